"""What the desk does in each round of `koryu tend`: what calendars tell of events is kept, so that changes count."""

from datetime import date
from typing import Final

from koryu.desk.feeds.feed_entries import exchanges_and_sessions, steps
from koryu.institutions import queries as institutions
from koryu.planning import actions


def note_events(*, at: str, today: date) -> list[str]:
    """Keep what the calendars of all institutions here say of each event; one that is another counts as changed."""
    digests: dict[str, tuple[str, str]] = {}
    for institution in sorted(institutions.institutions_here()):
        for entry in (*exchanges_and_sessions(institution), *steps(institution)):
            digests.setdefault(entry.uid, (entry.digest, entry.since))
    changed = actions.note_events(digests, at=at)
    return [f"{changed} events of calendars have changed."] if changed else []


STEPS: Final = (note_events,)
