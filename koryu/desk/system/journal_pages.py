"""The journal: every change that is not sealed, for the head of the institution, and the server's own for operators."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.desk.access import CurrentUser, operators, staff
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.journal.queries import JournalLine, lines_of
from koryu.journal.rules import Change
from koryu.records.kinds import NAMES
from koryu.values.reason import N_
from koryu.wording.languages import LANGUAGES
from koryu.wording.letters.letter_kinds import LETTER_KINDS

PAGE: Final = 50
# What the number of a line can be; a longer one is nobody's.
_LONGEST_NUMBER: Final = 18
SENTENCES: Final[Mapping[Change, str]] = {
    Change.PERSON_ENTERED: N_("%(whom)s was added."),
    Change.PERSON_CHANGED: N_("The data of %(whom)s were changed."),
    Change.PASSWORD_SET: N_("A password was set for %(whom)s."),
    Change.LANGUAGE_CHOSEN: N_("Notices to %(whom)s are written in another language: %(language)s."),
    Change.REMINDED_WEEKLY: N_("Reminders of steps come to %(whom)s once a week."),
    Change.REMINDED_DAILY: N_("Reminders of steps come to %(whom)s on each day on which something is due."),
    Change.ROLE_GIVEN: N_("%(whom)s was given the role: %(role)s."),
    Change.ROLE_TAKEN: N_("%(whom)s no longer has the role: %(role)s."),
    Change.OFFICERS_MAY_SEND: N_("Officers can send without approval: %(kind)s."),
    Change.OFFICERS_MAY_NOT_SEND: N_("Officers can no longer send without approval: %(kind)s."),
    Change.LOADER_SPEAKS: N_("Data sets are recorded in the name of the institution from now on."),
    Change.KEY_CONFIRMED: N_("A key of the institution was confirmed: %(key)s"),
    Change.KEY_STOPPED: N_("A key of the institution was stopped; nothing made with it is accepted any more: %(key)s"),
    Change.DRAFT_DISCARDED: N_("Draft %(draft)s of %(record)s was deleted."),
    Change.DRAFT_SHOWN: N_("Draft %(draft)s of %(record)s was shared with the partners named in it."),
    Change.DRAFT_NOT_SHOWN: N_("Draft %(draft)s of %(record)s is no longer shared with partners."),
    Change.NOTICE_SENT: N_("A notice to %(whom)s was sent."),
    Change.NOTICE_SENT_BY_HAND: N_("A notice to %(whom)s was marked as sent."),
    Change.NOTICE_PUT_ASIDE: N_("A notice to %(whom)s was marked as not to be sent."),
    Change.CALENDAR_CHANGED: N_("The country of a calendar was changed."),
    Change.APPROVAL_STEPS_CHANGED: N_("The approval steps were changed; there are now: %(steps)s."),
    Change.DEPUTY_NAMED: N_("%(whom)s was named deputy at approval step %(step)s from %(first)s to %(last)s."),
    Change.DEPUTY_REMOVED: N_("%(whom)s is no longer deputy at approval step %(step)s."),
    Change.APPROVAL_TAKEN_OVER: N_(
        "Draft %(draft)s of %(record)s was taken over by the head at approval step %(step)s."
    ),
    Change.CONTACT_ERASED: N_("Contact %(contact)s was erased."),
    Change.LETTER_APPROVED: N_("Letter %(letter)s was approved."),
    Change.LETTER_TAKEN_BACK: N_("The approval of letter %(letter)s was taken back."),
    Change.LETTER_SENT: N_("Letter %(letter)s was marked as sent."),
    Change.LETTER_DISCARDED: N_("The draft of letter %(letter)s was deleted."),
    Change.LETTER_TAKEN_OVER: N_("Letter %(letter)s was taken over by the head at approval step %(step)s."),
    Change.TEMPLATE_IN_USE: N_("Version %(version)s of the Word template is in use: %(letters)s (%(languages)s)."),
    Change.TEMPLATE_NOT_IN_USE: N_("The layout that comes with Koryu is in use again: %(letters)s (%(languages)s)."),
    Change.OFFICERS_MAY_APPROVE: N_("Officers can approve letters of this kind themselves: %(letters)s."),
    Change.OFFICERS_MAY_NOT_APPROVE: N_("Officers can no longer approve letters of this kind: %(letters)s."),
    Change.CALENDAR_LOADED: N_("A calendar file was loaded."),
    Change.ADDRESS_GIVEN: N_("A calendar address was made."),
    Change.ADDRESS_REVOKED: N_("A calendar address was revoked."),
    Change.LINK_GIVEN: N_("A private link to an exchange was made."),
    Change.LINK_ENDED: N_("A private link to an exchange was ended; %(whom)s had made it."),
    Change.OPERATOR_SIGNED_IN: N_("An operator signed in."),
    Change.OPERATOR_SIGNED_OUT: N_("An operator signed out."),
}


@staff
@require_safe
def journal(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """The lines of my institution, for its head."""
    if roles.may_read_journal(role=me.role):
        raise Http404
    return _page(request, me, institution=me.institution)


@operators
@require_safe
def server_journal(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """The server's own lines, which concern no institution."""
    return _page(request, me, institution="")


def _page(request: HttpRequest, me: CurrentUser, *, institution: str) -> HttpResponse:
    lines = lines_of(institution, before=_number(request.GET.get("before", "")), most=PAGE + 1)
    shown, more = lines[:PAGE], len(lines) > PAGE
    return render_page(
        request,
        me,
        "desk/journal.html",
        of_server=not institution,
        told_lines=[(line.at, sentence(line, me.names), line.by) for line in shown],
        newest=reverse("desk:server-journal" if not institution else "desk:journal"),
        is_first="before" not in request.GET,
        older=shown[-1].number if more else None,
    )


def sentence(line: JournalLine, names: Mapping[str, str]) -> str:
    """What was changed, in the reader's language: a plain text."""
    values: dict[str, Any] = {
        **line.values,
        "whom": roles.called(str(line.values.get("whom", "")), names, translate=_),
        "role": _(str(line.values.get("role") or "reader")),
        "kind": _kind(str(line.values.get("kind", ""))),
        "letters": _letters(str(line.values.get("letters", ""))),
        "language": LANGUAGES.get(str(line.values.get("language")), ("", ""))[1],
        "record": record_name(line.about),
    }
    return _(SENTENCES[line.change]) % values


def record_name(uri: str) -> str:
    """A record by its kind and address, never by a title, which may still be a secret."""
    kind, _slash, address = uri.rpartition(":")[2].partition("/")
    return f"{_kind(kind)} {address}".strip()


def _kind(kind: str) -> str:
    return _(NAMES[kind][0]) if kind in NAMES else kind


def _letters(kind: str) -> str:
    return _(LETTER_KINDS[kind].name) if kind in LETTER_KINDS else kind


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdigit() and len(written) <= _LONGEST_NUMBER else None
