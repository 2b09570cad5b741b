"""What is counted of a programme and its exchanges, and how what comes next is answered: values for the rules here."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Generic, TypeVar

from koryu.records.exchange import EventState, ExchangeForm
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason

Value = TypeVar("Value")
# The institutions that host and travel as one.
Side = tuple[str, ...]

IN_PERSON: Final = frozenset({ExchangeForm.VISIT, ExchangeForm.SEMINAR, ExchangeForm.MEETING})
# What bears a number where exchanges are numbered.
_NUMBERED: Final = IN_PERSON | {ExchangeForm.ONLINE}
_COMES_ABOUT: Final = frozenset({EventState.PLANNED, EventState.HELD})


class Sure(StrEnum):
    """How far an answer is borne by the record."""

    RECORDED = "recorded"
    INFERRED = "inferred"
    WEAK = "weak"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Estimate(Generic[Value]):
    """What is suggested, what else is possible and why, and why it is suggested. None where nothing can be said."""

    value: Value | None
    sure: Sure
    also: tuple[tuple[Value, Reason], ...] = ()
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NextExchange:
    """The exchange that comes next.

    `awaited` is the exchange that is itself the answer, or is under way already; `refused` says why none comes next.
    Institutions and exchanges stand in reasons by their URIs, in a tuple.
    """

    host: Estimate[Side]
    number: Estimate[int]
    year: Estimate[int]
    form: Estimate[str]
    awaited: str | None = None
    refused: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class CountedExchange:
    """What is counted of one exchange. `turn_of` is whose turn it used up where that was said; it may be empty."""

    uri: str
    number: str = ""
    year: str = ""
    date: Edtf | None = None
    form: str = ExchangeForm.VISIT
    state: str = EventState.HELD
    hosts: Side = ()
    postponed_to: Edtf | None = None
    stands_in: bool = False
    turn_of: Side | None = None

    @property
    def time(self) -> tuple[datetime.date, str]:
        """Where it stands among others by time; what has no date comes last."""
        return (self.date.earliest if self.date else datetime.date.max, self.uri)

    @property
    def takes_a_turn(self) -> bool:
        """Whether somebody's turn is used up by it, unless it says whose itself."""
        return self.state in _COMES_ABOUT and self.form in IN_PERSON and not self.stands_in

    @property
    def takes_a_number(self) -> bool:
        return self.state != EventState.CANCELLED and self.form in _NUMBERED and not self.stands_in


@dataclass(frozen=True, kw_only=True)
class MemberTerm:
    """An institution of a programme, and since and until when."""

    institution: str
    joined: Edtf | None = None
    left: Edtf | None = None


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What a programme says of how it goes on. Unset: a turn is kept when held online, and numbers run on."""

    members: tuple[MemberTerm, ...]
    sides: tuple[Side, ...] = ()
    order: Side = ()
    every: str = ""
    year_begins: int | None = None
    online_turns: str = ""
    numbering: str = ""
    until: Edtf | None = None
    # Numbers that exchanges of other programmes bear in the same series.
    taken: frozenset[int] = frozenset()

    def sides_on(self, day: datetime.date) -> tuple[Side, ...]:
        """The sides that take part on a day, in the order of the programme: without whoever has left."""
        gone = {member.institution for member in self.members if member.left and member.left.latest < day}
        named = {institution for side in self.sides for institution in side}
        alone = dict.fromkeys(member.institution for member in self.members if member.institution not in named)
        every = (*self.sides, *((institution,) for institution in alone))
        left = (tuple(institution for institution in side if institution not in gone) for side in every)
        return tuple(side for side in left if side)

    def joined(self, side: Side) -> datetime.date | None:
        """The day from which a side that came later takes part; None for one that was there from the beginning."""
        days = [member.joined.earliest for member in self.members if member.institution in side and member.joined]
        return min(days, default=None)


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """A draft or a proposal of the next exchange that is there already."""

    uri: str
    number: str
    since: datetime.date
