"""The letters of an institution that were sent, as its schedules ask them: planning knows no letters itself."""

from collections.abc import Sequence

from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import SentLetters
from koryu.planning.queries.schedules import ScheduleKept
from koryu.planning.rules.schedule.step_conditions import LettersAt, LetterSent, LettersSent


def letters_at(institution: str, *, exchange: str = "") -> LettersAt:
    """What an institution has sent, by exchange and kind of letter; in one statement."""
    return as_sent(correspondence.letters_sent(institution, exchange=exchange))


def as_sent(letters: SentLetters) -> LettersAt:
    """What was sent, as a schedule asks it."""
    return {uri: {kind: _first_and_last(sent) for kind, sent in kinds.items()} for uri, kinds in letters.items()}


def _first_and_last(sent: Sequence[tuple[str, str]]) -> LetterSent:
    (on, at), (last_on, last_at) = sent[0], sent[-1]
    return LetterSent(on=on, at=at, last_on=last_on, last_at=last_at)


def letters_for(schedule: ScheduleKept | None) -> LettersSent | None:
    """What whoever keeps a schedule has sent at its exchange; not asked, and None, where no step is done by it."""
    if schedule is None or not schedule.asks_letters:
        return None
    return letters_at(schedule.institution, exchange=schedule.exchange).get(schedule.exchange, {})
