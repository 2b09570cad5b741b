"""What a reminder of steps says, in the language of whoever receives it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from koryu.archive.queries import Line
from koryu.institutions.queries import Membership
from koryu.notices.queries import name_of
from koryu.values.edtf import Edtf
from koryu.values.invisible import isolated
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words
from koryu.wording.titles import short_name_in_words


@dataclass(frozen=True, kw_only=True)
class DueStep:
    """A step of which somebody is to be reminded: what, at which exchange, by when (EDTF), and at which stage.

    `stage` is soon, today, late or moved; `key` names the step at its exchange; `taken_by` is who does it, '' for
    nobody yet. One that moved was due on `before`; `acting` is the partner that does it, '' for ourselves.
    """

    institution: str
    exchange: str
    title: Text | None
    slug: str
    what: Text | str
    due: str
    stage: str
    key: str
    taken_by: str = ""
    before: str = ""
    acting: str = ""


def composed(to: Membership, steps: list[DueStep], lines: Mapping[str, Line]) -> tuple[str, str]:
    """The subject and the text of a reminder, as plain text in the language of whoever receives it."""
    slug = to.language if to.language in LANGUAGES else "en"
    with override(slug):
        tag = LANGUAGES[slug][0]
        listed, ordered = [], sorted(steps, key=lambda step: (step.exchange, Edtf(step.due).latest, step.key))
        for place, step in enumerate(ordered):
            if not place or step.exchange != ordered[place - 1].exchange:
                title = step.title.shown(tag).text if step.title else gettext("without a title yet")
                listed.append(f"\n{isolated(_line(title))}\n{_page_of(step)}")
            listed.append(f"- {_sentence(step, slug, tag, lines)}")
        own = lines.get(to.institution)
        closing = gettext("This message was written by Koryu for %(name)s of %(own)s.") % {
            "name": isolated(name_of(to)),
            "own": isolated(_line(own.title.shown(tag).text)) if own else to.institution,
        }
        moved = sum(bool(step.before) for step in steps)
        if moved == len(steps):
            subject = gettext("Steps whose days have moved: %(n)s") % {"n": moved}
            opening = gettext(
                "Working days have changed in a calendar. The due dates of these steps were calculated again."
            )
        else:
            subject = gettext("Steps that are due: %(n)s") % {"n": len(steps)}
            opening = gettext("These steps of your work on exchanges are due.")
    return subject, f"{opening}\n" + "\n".join(listed) + f"\n\n{closing}\n"


def _sentence(step: DueStep, slug: str, tag: str, lines: Mapping[str, Line]) -> str:
    what = step.what if isinstance(step.what, str) else step.what.shown(tag).text
    if step.before:
        who = short_name_in_words(lines.get(step.acting), step.acting, tag) if step.acting else ""
        message = N_("%(what)s: moved from %(before)s to %(when)s, because working days have changed")
        of_partner = N_("%(what)s (%(who)s): moved from %(before)s to %(when)s, because working days have changed")
        return gettext(of_partner if who else message) % {
            "what": isolated(_line(what)),
            "who": isolated(who),
            "before": date_in_words(Edtf(step.before), slug),
            "when": date_in_words(Edtf(step.due), slug),
        }
    message = gettext("%(what)s: was due on %(when)s") if step.stage == "late" else gettext("%(what)s: due on %(when)s")
    return message % {"what": isolated(_line(what)), "when": date_in_words(Edtf(step.due), slug)}


def _page_of(step: DueStep) -> str:
    return str(settings.ADDRESS) + reverse("desk:exchange-schedule", kwargs={"slug": step.slug})


def _line(text: str) -> str:
    return " ".join(text.split())
