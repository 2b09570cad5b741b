"""What joins rooms in each round of `koryu tend`: people are told what is due, calendars keep what they told."""

from datetime import date
from typing import Final

from koryu.desk.feeds.feed_entries import exchanges_and_sessions, steps
from koryu.institutions import queries as institutions
from koryu.notices.actions.remind import DueStep, remind
from koryu.planning import actions
from koryu.planning.queries import exchanges_ahead as planning


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
        )
        for step in planning.asked(today)
    ]
    reminded = remind(asked, at=at)
    counts = {
        "reminders of steps written.": reminded.written,
        "reminders of steps put aside: they are done.": reminded.passed,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def note_events(*, at: str, today: date) -> list[str]:
    """Keep what the calendars of all institutions here say of each event; one that is another counts as changed."""
    digests: dict[str, tuple[str, str]] = {}
    for institution in sorted(institutions.institutions_here()):
        for entry in (*exchanges_and_sessions(institution), *steps(institution)):
            digests.setdefault(entry.uid, (entry.digest, entry.since))
    changed = actions.note_events(digests, at=at)
    return [f"{changed} events of calendars have changed."] if changed else []


STEPS: Final = (remind_of_steps, note_events)
