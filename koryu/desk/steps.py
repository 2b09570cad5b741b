"""What joins rooms in each round of `koryu tend`: people are told what is due, calendars keep what they told."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from koryu.desk.feeds.feed_entries import counted_steps, exchanges_and_sessions, steps
from koryu.desk.feeds.feed_marks import depends_on
from koryu.desk.schedule.sent_letters import letters_at
from koryu.institutions import queries as institutions
from koryu.notices.actions.remind import remind
from koryu.notices.actions.reminder_text import DueStep
from koryu.planning import actions
from koryu.planning.queries import exchanges_ahead as planning

_last: Final[list[tuple[str, ...]]] = []


def remind_of_steps(*, at: str, today: date) -> list[str]:
    """Remind people of the steps that are due; put aside reminders of what is done."""
    asked = [
        DueStep(
            institution=step.institution,
            exchange=step.exchange,
            title=step.title,
            slug=step.slug,
            what=step.what,
            due=step.due,
            stage=step.stage,
            key=step.key,
            taken_by=step.taken_by,
            before=step.before,
            acting=step.acting,
        )
        for step in planning.asked(today, letters_at=letters_at)
    ]
    reminded = remind(asked, at=at)
    counts = {
        "reminders of steps written.": reminded.written,
        "reminders of steps put aside: they are done.": reminded.passed,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def note_events(*, at: str, today: date) -> list[str]:
    """Keep what the calendars of all institutions here say of each event; one that is another counts as changed.

    Where nothing has changed since the last round of this process, nothing is gathered.
    """
    here = sorted(institutions.institutions_here())
    mark = _mark(here, today)
    if _last and _last[-1] == mark:
        return []
    digests: dict[str, tuple[str, str]] = {}
    for institution in here:
        counted = counted_steps(institution, today=today)
        for entry in (*exchanges_and_sessions(institution), *steps(institution), *counted):
            digests.setdefault(entry.uid, (entry.digest, entry.since))
    changed = actions.note_events(digests, at=at)
    _last[:] = [_mark(here, today)]
    return [f"{changed} events of calendars have changed."] if changed else []


def _mark(here: Iterable[str], today: date) -> tuple[str, ...]:
    """What the calendars of these depend on."""
    return tuple(part for each in here for part in (each, *depends_on(each, today=today)))


STEPS: Final = (remind_of_steps, note_events)
