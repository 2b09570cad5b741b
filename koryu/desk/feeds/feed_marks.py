"""What a calendar depends on: as long as all of it is the same, so is the calendar, and nothing is gathered again."""

from datetime import date

from koryu.correspondence import queries as correspondence
from koryu.planning import queries as planning


def depends_on(institution: str, *, today: date) -> tuple[str, ...]:
    """What the calendars of an institution depend on; a letter that was sent can have done a step. Two statements."""
    return (today.isoformat(), *planning.feed_mark(institution), *correspondence.sent_mark(institution))
