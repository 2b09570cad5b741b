"""Writing a notice: in the receiver's language, in plain words, with a page's address and nothing of what it holds.

Of a fixed timetable that was changed it says the changes: who travels by it has to know them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.institutions.queries import Membership
from koryu.institutions.rules import called
from koryu.notices.queries import name_of
from koryu.notices.rules import NoticeKind
from koryu.seals.digests import digest_of
from koryu.values.edtf import Edtf
from koryu.values.invisible import isolated
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words
from koryu.wording.timetable_changes import SessionChange, change_in_words
from koryu.wording.told_moments import day_told, told_in

_LONGEST_SUBJECT: Final = 200

SUBJECTS: Final = {
    NoticeKind.LAID: N_("For your approval: %(title)s"),
    NoticeKind.LAID_TOGETHER: N_("For your approval, %(n)s texts: %(title)s"),
    NoticeKind.AT_STEP: N_("For your approval: %(title)s"),
    NoticeKind.AT_STEP_TOGETHER: N_("For your approval, %(n)s texts: %(title)s"),
    NoticeKind.RETURNED: N_("Returned to you: %(title)s"),
    NoticeKind.RETURNED_TOGETHER: N_("Returned to you, %(n)s texts: %(title)s"),
    NoticeKind.APPROVED: N_("Approved and sent: %(title)s"),
    NoticeKind.APPROVED_TOGETHER: N_("Approved and sent, %(n)s texts: %(title)s"),
    NoticeKind.SHARED: N_("For your comment: %(title)s"),
    NoticeKind.COMMENTED: N_("A comment by %(who)s: %(title)s"),
    NoticeKind.PROPOSED: N_("A proposed text has arrived: %(title)s"),
    NoticeKind.PROPOSED_TOGETHER: N_("%(n)s proposed texts have arrived: %(title)s"),
    NoticeKind.ACCEPTED: N_("Accepted by %(who)s: %(title)s"),
    NoticeKind.LETTER: N_("Accepted by letter by %(who)s: %(title)s"),
    NoticeKind.DECLINED: N_("Not accepted by %(who)s: %(title)s"),
    NoticeKind.WITHDRAWN: N_("Withdrawn by %(who)s: %(title)s"),
    NoticeKind.AGREED: N_("Agreed: %(title)s"),
    NoticeKind.RUNS_OUT: N_("Runs out on %(when)s: %(title)s"),
    NoticeKind.RENEWS: N_("Renews automatically on %(when)s: %(title)s"),
    NoticeKind.CHANGED: N_("Timetable changed: %(title)s"),
}
SENTENCES: Final = {
    NoticeKind.LAID: N_(
        "On %(when)s %(by)s submitted the draft “%(title)s” for your approval. It is sent for %(own)s when you "
        "approve it."
    ),
    NoticeKind.LAID_TOGETHER: N_(
        "On %(when)s %(by)s submitted %(n)s texts of “%(title)s” for your approval. They are sent for %(own)s in one "
        "act when you approve them."
    ),
    NoticeKind.AT_STEP: N_(
        "On %(when)s the draft “%(title)s” of %(own)s came to your approval step. Pass it on, or return it."
    ),
    NoticeKind.AT_STEP_TOGETHER: N_(
        "On %(when)s %(n)s texts of “%(title)s” of %(own)s came to your approval step. Pass them on, or return them."
    ),
    NoticeKind.RETURNED_TOGETHER: N_(
        "%(n)s texts of “%(title)s” that you had submitted came back to you from %(by)s on %(when)s. What became of "
        "them is on the page."
    ),
    NoticeKind.APPROVED_TOGETHER: N_(
        "On %(when)s %(by)s approved %(n)s texts of “%(title)s”, and they were sent for %(own)s."
    ),
    NoticeKind.PROPOSED_TOGETHER: N_(
        "On %(when)s %(who)s sent %(n)s proposed texts of “%(title)s”. Your institution needs to reply."
    ),
    NoticeKind.RETURNED: N_("On %(when)s %(by)s returned the draft “%(title)s” to you. The remark is on the page."),
    NoticeKind.APPROVED: N_("On %(when)s %(by)s approved “%(title)s”, and it was sent for %(own)s."),
    NoticeKind.SHARED: N_(
        "On %(when)s %(who)s shared the draft “%(title)s” with your institution for comment. It is not binding."
    ),
    NoticeKind.COMMENTED: N_(
        "On %(when)s %(by)s of %(who)s commented on the draft “%(title)s”. The comment is on the page."
    ),
    NoticeKind.PROPOSED: N_("On %(when)s %(who)s sent the proposed text “%(title)s”. Your institution needs to reply."),
    NoticeKind.ACCEPTED: N_("On %(when)s %(who)s accepted “%(title)s”."),
    NoticeKind.LETTER: N_("On %(when)s the letter by which %(who)s accepts “%(title)s” was recorded."),
    NoticeKind.DECLINED: N_(
        "On %(when)s %(who)s answered that “%(title)s” is not accepted. The reason is on the page."
    ),
    NoticeKind.WITHDRAWN: N_("On %(when)s %(who)s withdrew “%(title)s”."),
    NoticeKind.AGREED: N_(
        "All institutions concerned have accepted the same text of “%(title)s”. It has been the current version "
        "since %(when)s."
    ),
    NoticeKind.RUNS_OUT: N_("By its term “%(title)s” runs out on %(when)s. A renewal can be proposed on its page."),
    NoticeKind.RENEWS: N_(
        "By its term, “%(title)s” renews automatically on %(when)s. If it should not, give notice before then."
    ),
    NoticeKind.CHANGED: N_("On %(when)s %(who)s changed the timetable “%(title)s”, which was fixed:"),
}
# English says it otherwise of a month or a year.
_LESS_EXACT: Final = {
    NoticeKind.RUNS_OUT: (
        N_("Runs out in %(when)s: %(title)s"),
        N_("By its term “%(title)s” runs out in %(when)s. A renewal can be proposed on its page."),
    ),
    NoticeKind.RENEWS: (
        N_("Renews automatically in %(when)s: %(title)s"),
        N_("By its term, “%(title)s” renews automatically in %(when)s. If it should not, give notice before then."),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing that one person is told: `who` is the institution and `by` the person whose doing it is.

    `when` is a moment or a date; `key` names the matter, so that nobody is told of it twice. `together` names what was
    submitted, and sent, in one act, of which this tells; `n` is of how many texts.
    `changes` are those of a fixed timetable.
    """

    about: NoticeKind
    membership: Membership
    record: str
    title: Text | None
    who: str
    when: str
    key: tuple[str | int, ...]
    by: str = ""
    draft: int = 0
    exchange: str = ""
    together: str = ""
    n: int = 1
    changes: tuple[SessionChange, ...] = ()

    @property
    def receiver(self) -> tuple[str, str]:
        return self.membership.institution, self.membership.username

    @property
    def digest(self) -> str:
        """What names it among all that was ever told to whom."""
        return digest_of({"key": list(self.key), "about": self.about, "of": list(self.receiver)})


def written(matter: Matter, *, names: Mapping[str, str], lines: Mapping[str, Line]) -> tuple[str, str]:
    """The subject and the text of a notice, as plain text in the language of whoever receives it.

    `names` are those of the people here, by username.
    """
    slug = matter.membership.language if matter.membership.language in LANGUAGES else "en"
    with override(slug), told_in(_zone(matter, lines)):
        tag = LANGUAGES[slug][0]
        values = {
            "title": isolated(_line(matter.title.shown(tag).text)) if matter.title else gettext("without a title yet"),
            "who": _name(matter.who, lines, tag),
            "own": _name(matter.membership.institution, lines, tag),
            "by": isolated(called(matter.by, names, translate=gettext)),
            "n": matter.n,
            "when": date_in_words(Edtf(day_told(matter.when)), slug),
        }
        subject, sentence = (gettext(message) % values for message in _messages(matter))
        closing = gettext("This message was written by Koryu for %(name)s of %(own)s.") % {
            **values,
            "name": isolated(name_of(matter.membership)),
        }
    listed = "".join(f"\n- {isolated(_line(change_in_words(change, slug)))}" for change in matter.changes)
    return subject[:_LONGEST_SUBJECT], f"{sentence}{listed}\n\n{address(matter)}\n\n{closing}\n"


def for_partner(*, title: Text | None, who: str, when: str, tag: str, lines: Mapping[str, Line]) -> tuple[str, str]:
    """The subject and the sentence by which a partner who has no account here is told that a proposed text waits.

    In the language `tag`; English where none of ours is asked for.
    """
    slug = next((slug for slug, (known, _name) in LANGUAGES.items() if known == tag), "en")
    with override(slug):
        values = {
            "title": isolated(_line(title.shown(tag).text)) if title else gettext("without a title yet"),
            "who": _name(who, lines, tag),
            "when": date_in_words(Edtf(day_told(when)), slug),
        }
        subject, sentence = SUBJECTS[NoticeKind.PROPOSED], SENTENCES[NoticeKind.PROPOSED]
        return (gettext(subject) % values)[:_LONGEST_SUBJECT], gettext(sentence) % values


def _zone(matter: Matter, lines: Mapping[str, Line]) -> str:
    """The time zone of the institution of whoever receives it; '' where it is not known."""
    own = lines.get(matter.membership.institution)
    return archive.time_zone_in(own.content, own.schema) if own else ""


def _messages(matter: Matter) -> tuple[str, str]:
    """What the subject and the sentence are made of."""
    exact = SUBJECTS[matter.about], SENTENCES[matter.about]
    less_exact = _LESS_EXACT.get(matter.about)
    if less_exact is None:
        return exact
    return less_exact if Edtf(matter.when).earliest < Edtf(matter.when).latest else exact


def address(matter: Matter) -> str:
    """The whole address of the page where what is told of can be read and answered."""
    match matter.about:
        case NoticeKind.LAID_TOGETHER | NoticeKind.RETURNED_TOGETHER | NoticeKind.AT_STEP_TOGETHER:
            return str(settings.ADDRESS) + reverse("desk:package", kwargs={"together": matter.together})
        case NoticeKind.PROPOSED_TOGETHER:
            return f"{settings.ADDRESS}{reverse('desk:answers')}?{urlencode({'exchange': matter.record})}"
    if matter.draft:
        return str(settings.ADDRESS) + reverse("desk:draft", kwargs={"number": matter.draft})
    return str(settings.ADDRESS) + reverse("desk:record", kwargs={"uri": matter.record})


def _name(uri: str, lines: Mapping[str, Line], tag: str) -> str:
    line = lines.get(uri)
    return isolated(_line(line.title.shown(tag).text)) if line else uri


def _line(text: str) -> str:
    """A text in one line: a title may not begin another line of a letter's head."""
    return " ".join(text.split())
