"""Whose turn it is, and which number, year and form the next exchange of a programme has: a suggestion, with reasons.

Learned from what is on record, never said by anybody; whoever plans may overtype each answer.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final, Generic, TypeVar

from koryu.planning.rules.programme_years import months_in, year_after, years_of
from koryu.records.exchange import EventState, ExchangeForm
from koryu.records.programme import Numbering, OnlineTurns
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason

Value = TypeVar("Value")
# The institutions that host and travel as one.
Side = tuple[str, ...]

IN_PERSON: Final = frozenset({ExchangeForm.VISIT, ExchangeForm.SEMINAR, ExchangeForm.MEETING})
# What bears a number where exchanges are numbered.
_NUMBERED: Final = IN_PERSON | {ExchangeForm.ONLINE}
_COMES_ABOUT: Final = frozenset({EventState.PLANNED, EventState.HELD})
# So many exchanges must agree before their numbers say who hosts.
_PATTERN: Final = 3


class Sure(StrEnum):
    """How far an answer is borne by the record."""

    RECORDED = "recorded"
    INFERRED = "inferred"
    WEAK = "weak"
    OPEN = "open"


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[Value]):
    """What is suggested, what else is possible and why, and why it is suggested. None where nothing can be said."""

    value: Value | None
    sure: Sure
    also: tuple[tuple[Value, Reason], ...] = ()
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The exchange that comes next.

    `awaited` is the exchange that is itself the answer, or is under way already; `refused` says why none comes next.
    Institutions stand in reasons by their URIs.
    """

    host: Answer[Side]
    number: Answer[int]
    year: Answer[int]
    form: Answer[str]
    awaited: str | None = None
    refused: Reason | None = None


@dataclass(frozen=True, kw_only=True)
class Occasion:
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
    def takes_a_turn(self) -> bool:
        """Whether somebody's turn is used up by it, unless it says whose itself."""
        return self.state in _COMES_ABOUT and self.form in IN_PERSON and not self.stands_in

    @property
    def takes_a_number(self) -> bool:
        return self.state != EventState.CANCELLED and self.form in _NUMBERED and not self.stands_in


@dataclass(frozen=True, kw_only=True)
class Member:
    """An institution of a programme, and since and until when."""

    institution: str
    joined: Edtf | None = None
    left: Edtf | None = None


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """What a programme says of how it goes on. Unset: a turn is kept when held online, and numbers run on."""

    members: tuple[Member, ...]
    sides: tuple[Side, ...] = ()
    order: Side = ()
    every: str = ""
    year_begins: int | None = None
    online_turns: str = ""
    numbering: str = ""
    until: Edtf | None = None
    # Numbers that exchanges of other programmes bear in the same series.
    taken: frozenset[int] = frozenset()

    def sides_on(self, day: date) -> tuple[Side, ...]:
        """The sides that take part on a day, in the order of the programme: without whoever has left."""
        gone = {member.institution for member in self.members if member.left and member.left.latest < day}
        named = {institution for side in self.sides for institution in side}
        alone = dict.fromkeys(member.institution for member in self.members if member.institution not in named)
        every = (*self.sides, *((institution,) for institution in alone))
        left = (tuple(institution for institution in side if institution not in gone) for side in every)
        return tuple(side for side in left if side)

    def joined(self, side: Side) -> date | None:
        """The day from which a side that came later takes part; None for one that was there from the beginning."""
        days = [member.joined.earliest for member in self.members if member.institution in side and member.joined]
        return min(days, default=None)


@dataclass(frozen=True, kw_only=True)
class UnderWay:
    """A draft or a proposal of the next exchange that is there already."""

    uri: str
    number: str
    since: date


@dataclass(frozen=True)
class _Turn:
    """Which sides an occasion used up the turn of; None where the host is not known. `guessed`: how it was filled."""

    occasion: Occasion
    sides: frozenset[int] | None
    guessed: Reason | None = None


def proposal(
    rhythm: Rhythm, history: Iterable[Occasion], *, today: date, under_way: Sequence[UnderWay] = ()
) -> Proposal:
    """What comes next under a programme, after what is on record of it, on a day."""
    occasions = sorted(history, key=_time)
    if not occasions:
        return _of_nothing(rhythm, under_way)
    if postponed := next((each for each in reversed(occasions) if each.state == EventState.POSTPONED), None):
        return _postponed(rhythm, occasions, postponed, today)
    year = _year(rhythm, occasions, today)
    made = Proposal(
        host=_host(rhythm, occasions, today),
        number=_number(rhythm, occasions, year.value),
        year=year,
        form=_form(occasions),
        awaited=next((each.uri for each in under_way), None),
        refused=_ended(rhythm, year.value, today),
    )
    return _with_what_is_there(made, occasions, under_way)


def _time(occasion: Occasion) -> tuple[date, str]:
    return (occasion.date.earliest if occasion.date else date.max, occasion.uri)


def _of_nothing(rhythm: Rhythm, under_way: Sequence[UnderWay]) -> Proposal:
    because = (Reason("Nothing to count from."),)
    sides = rhythm.sides_on(date.min)
    return Proposal(
        host=Answer(value=sides[0] if len(sides) == 1 else None, sure=Sure.OPEN, because=because),
        number=Answer(value=None, sure=Sure.OPEN, because=because),
        year=Answer(value=None, sure=Sure.OPEN, because=because),
        form=Answer(value=None, sure=Sure.OPEN, because=because),
        awaited=next((each.uri for each in under_way), None),
    )


def _postponed(rhythm: Rhythm, occasions: Sequence[Occasion], postponed: Occasion, today: date) -> Proposal:
    """One that was put off comes next itself; what comes after it stands beside it."""
    until = postponed.postponed_to
    held = replace(postponed, state=EventState.PLANNED, date=until or postponed.date)
    after = proposal(rhythm, (held if each is postponed else each for each in occasions), today=today)
    keeps = Reason("It was put off, and keeps its number.")
    then = Reason("the one after it")
    sides = rhythm.sides_on(today)
    side = next((side for side in sides if not set(side).isdisjoint(postponed.hosts)), None)
    number = int(postponed.number) if postponed.number.isdecimal() else None
    return Proposal(
        host=Answer(value=side, sure=Sure.RECORDED if side else Sure.OPEN, also=_also(after.host, then)),
        number=Answer(value=number, sure=Sure.RECORDED, also=_also(after.number, then), because=(keeps,)),
        year=Answer(
            value=until.earliest.year if until else None,
            sure=Sure.RECORDED if until else Sure.OPEN,
            also=_also(after.year, then),
            because=() if until else (Reason("No new date is on record."),),
        ),
        form=Answer(value=postponed.form, sure=Sure.RECORDED),
        awaited=postponed.uri,
        refused=None,
    )


def _also(answer: Answer[Value], why: Reason) -> tuple[tuple[Value, Reason], ...]:
    return ((answer.value, why),) if answer.value is not None else ()


def _with_what_is_there(made: Proposal, occasions: Sequence[Occasion], under_way: Sequence[UnderWay]) -> Proposal:
    because = [
        Reason("Your library has a draft of number %(number)s since %(since)s.", number=each.number, since=each.since)
        for each in under_way
    ]
    last = occasions[-1]
    if last.state == EventState.PLANNED:
        because.append(Reason("Number %(number)s is planned; this would be the one after it.", number=last.number))
    return replace(made, number=replace(made.number, because=(*made.number.because, *because)))


def _ended(rhythm: Rhythm, year: int | None, today: date) -> Reason | None:
    if rhythm.until is None:
        return None
    last = rhythm.until.latest
    if today <= last and (year is None or year <= last.year):
        return None
    return Reason("This programme ended in %(year)s.", year=str(last.year))


# Host ---------------------------------------------------------------------------------------------------------------


def _host(rhythm: Rhythm, occasions: Sequence[Occasion], today: date) -> Answer[Side]:
    """The side whose last turn lies longest ago."""
    sides = rhythm.sides_on(today)
    if len(sides) == 1:
        return Answer(value=sides[0], sure=Sure.RECORDED, because=(Reason("One institution alone holds it."),))
    turns = _turns(rhythm, sides, occasions)
    answer = _longest_ago(rhythm, sides, turns, occasions, today)
    online = tuple(each for each in occasions if each.form == ExchangeForm.ONLINE and each.hosts)
    if rhythm.online_turns or not online or answer.value is None:
        return answer
    counted = _turns(replace(rhythm, online_turns=OnlineTurns.SPENT), sides, occasions)
    other = _longest_ago(rhythm, sides, counted, occasions, today)
    stayed = Reason("Held online, the turn stayed with %(side)s.", side=_said(answer.value))
    also = ((other.value, Reason("if what was held online counts")),) if other.value not in (None, answer.value) else ()
    after = bool(turns) and _time(online[-1]) > _time(turns[-1].occasion)
    because = (*answer.because, stayed) if after else answer.because
    return replace(answer, also=(*answer.also, *_valued(also)), because=because)


def _valued(also: Sequence[tuple[Value | None, Reason]]) -> tuple[tuple[Value, Reason], ...]:
    return tuple((value, why) for value, why in also if value is not None)


def _said(side: Side) -> str:
    return " ".join(side)


def _turns(rhythm: Rhythm, sides: Sequence[Side], occasions: Sequence[Occasion]) -> list[_Turn]:
    """Whose turn was used up, in the order of time; what was nobody's is left out."""
    turns = []
    for each in occasions:
        if each.turn_of is not None:
            turns.append(_Turn(each, _indices(each.turn_of, sides)))
        elif each.takes_a_turn or (rhythm.online_turns == OnlineTurns.SPENT and each.form == ExchangeForm.ONLINE):
            turns.append(_Turn(each, _indices(each.hosts, sides) or None))
    filled = _filled(rhythm, sides, turns)
    return [turn for turn in filled if turn.sides is None or turn.sides]


def _indices(institutions: Iterable[str], sides: Sequence[Side]) -> frozenset[int]:
    named = set(institutions)
    return frozenset(index for index, side in enumerate(sides) if not named.isdisjoint(side))


def _filled(rhythm: Rhythm, sides: Sequence[Side], turns: Sequence[_Turn]) -> list[_Turn]:
    """The same, with the host where its number, or the turn, says who it was."""
    pattern = _pattern(turns, len(sides))
    filled: list[_Turn] = []
    for place, turn in enumerate(turns):
        number = turn.occasion.number
        if turn.sides is not None:
            filled.append(turn)
        elif number.isdecimal() and pattern:
            by_number = Reason("%(exchange)s names no host; by its number it was %(side)s.", **_of(turn, sides, pattern))
            filled.append(_Turn(turn.occasion, frozenset({pattern[int(number) % len(sides)]}), by_number))
        elif (side := _by_turn(rhythm, turns, place, len(sides))) is not None:
            known = {"exchange": turn.occasion.uri, "side": _said(sides[side])}
            by_turn = Reason("%(exchange)s names no host; by turn it was %(side)s.", **known)
            filled.append(_Turn(turn.occasion, frozenset({side}), by_turn))
        else:
            filled.append(turn)
    return filled


def _of(turn: _Turn, sides: Sequence[Side], pattern: Mapping[int, int]) -> dict[str, str]:
    return {"exchange": turn.occasion.uri, "side": _said(sides[pattern[int(turn.occasion.number) % len(sides)]])}


def _pattern(turns: Sequence[_Turn], sides: int) -> dict[int, int]:
    """Which side hosts the even numbers and which the odd ones, as the last of them agree; empty where they do not."""
    pattern: dict[int, int] = {}
    agreeing = 0
    for turn in reversed(turns):
        if not turn.occasion.number.isdecimal() or turn.sides is None or len(turn.sides) != 1:
            continue
        rest, side = int(turn.occasion.number) % sides, next(iter(turn.sides))
        if pattern.setdefault(rest, side) != side:
            break
        agreeing += 1
    return pattern if agreeing >= _PATTERN and len(set(pattern.values())) == len(pattern) == sides else {}


def _by_turn(rhythm: Rhythm, turns: Sequence[_Turn], place: int, sides: int) -> int | None:
    """Of two sides, the one whose turn it was, one step after an exchange whose host is known."""
    before = turns[place - 1] if place else None
    if sides != 2 or before is None or before.sides is None or len(before.sides) != 1:
        return None
    numbers = [each.occasion.number for each in (before, turns[place])]
    if all(number.isdecimal() for number in numbers):
        one_step = int(numbers[1]) - int(numbers[0]) == 1
    else:
        step = months_in(rhythm.every) or 12
        years = [years_of(each.occasion, rhythm.year_begins) for each in (before, turns[place])]
        one_step = any(12 * (after - first) <= step for first in years[0] for after in years[1])
    return 1 - next(iter(before.sides)) if one_step else None


def _longest_ago(
    rhythm: Rhythm, sides: Sequence[Side], turns: Sequence[_Turn], occasions: Sequence[Occasion], today: date
) -> Answer[Side]:
    everybody = tuple((side, Reason("the record does not say whose turn it is")) for side in sides)
    if not turns:
        none_yet = Reason("Neither has hosted yet.") if len(sides) == 2 else Reason("None of them has hosted yet.")
        return _tied(rhythm, sides, range(len(sides)), None, (none_yet,))
    last = turns[-1]
    if last.sides is None:
        why = Reason("%(exchange)s names no host.", exchange=last.occasion.uri)
        return Answer(value=None, sure=Sure.OPEN, also=everybody, because=(why,))
    ago = {index: _last_turn(rhythm, side, index, turns) for index, side in enumerate(sides)}
    first = min(ago.values())
    longest = [index for index, when in ago.items() if when == first]
    because = _why(sides, turns, last)
    if len(longest) > 1:
        return _tied(rhythm, sides, longest, last, because)
    return Answer(
        value=sides[longest[0]], sure=_how_sure(rhythm, sides, turns, occasions, today, longest[0]), because=because
    )


def _last_turn(rhythm: Rhythm, side: Side, index: int, turns: Sequence[_Turn]) -> tuple[date, str]:
    """When a side had its last turn; who came later is counted from the day it joined."""
    last = next((turn.occasion for turn in reversed(turns) if turn.sides and index in turn.sides), None)
    joined = rhythm.joined(side)
    return max(_time(last) if last else (date.min, ""), (joined, "") if joined else (date.min, ""))


def _tied(
    rhythm: Rhythm, sides: Sequence[Side], tied: Iterable[int], last: _Turn | None, because: tuple[Reason, ...]
) -> Answer[Side]:
    """Of sides whose last turn lies equally long ago, the next in the order of the programme; else all of them."""
    among = list(tied)
    order = [index for institution in rhythm.order for index in _indices((institution,), sides)]
    hosted = [order.index(index) for index in (last.sides if last and last.sides else ()) if index in order]
    begin = max(hosted, default=-1) + 1
    rotation = [index for index in (*order[begin:], *order[:begin]) if index in among]
    if rotation:
        by_order = Reason("By the order of the programme %(side)s is next.", side=_said(sides[rotation[0]]))
        return Answer(value=sides[rotation[0]], sure=Sure.RECORDED, because=(*because, by_order))
    either = tuple((sides[index], Reason("its turn is as long ago as that of the others")) for index in among)
    return Answer(value=None, sure=Sure.OPEN, also=either, because=because)


def _why(sides: Sequence[Side], turns: Sequence[_Turn], last: _Turn) -> tuple[Reason, ...]:
    hosts = " ".join(_said(sides[index]) for index in sorted(last.sides or ()))
    when = last.occasion.date
    because = [Reason("%(side)s hosted last (%(when)s).", side=hosts, when=when or last.occasion.year)]
    if last.guessed:
        because.insert(0, last.guessed)
    if len(turns) > 1 and turns[-2].sides == last.sides and last.sides and len(last.sides) == 1:
        because.append(Reason("%(side)s hosted twice running.", side=hosts))
    return tuple(because)


def _how_sure(
    rhythm: Rhythm,
    sides: Sequence[Side],
    turns: Sequence[_Turn],
    occasions: Sequence[Occasion],
    today: date,
    next_side: int,
) -> Sure:
    last = turns[-1].occasion
    if last.date:
        newest = max((each.date.earliest for each in occasions if each.date), default=last.date.earliest)
        years = max(newest, today).year - last.date.latest.year
        if 12 * years > 2 * (months_in(rhythm.every) or 12):
            return Sure.WEAK
    decisive = turns[-len(sides) + 1 :]
    own = max((place for place, turn in enumerate(turns) if turn.sides and next_side in turn.sides), default=-1)
    if len(sides) > 2 and any(turn.sides is None for turn in turns[own + 1 :]):
        return Sure.WEAK
    return Sure.INFERRED if any(turn.guessed for turn in decisive) else Sure.RECORDED


# Number, year, form -------------------------------------------------------------------------------------------------


def _number(rhythm: Rhythm, occasions: Sequence[Occasion], year: int | None) -> Answer[int]:
    """One more than the last, where nothing that bears a number came after it."""
    taking = [each for each in occasions if each.takes_a_number]
    numbered = [each for each in taking if each.number.isdecimal()]
    if rhythm.numbering == Numbering.NONE:
        return Answer(value=None, sure=Sure.RECORDED, because=(Reason("Its exchanges bear no numbers."),))
    if taking and taking[-1].number and not taking[-1].number.isdecimal():
        words = Reason("The last number is text: “%(number)s”.", number=taking[-1].number)
        return Answer(value=None, sure=Sure.OPEN, because=(words,))
    last = numbered[-1] if numbered else None
    after = [each for each in taking if last is None or _time(each) > _time(last)]
    least = (int(last.number) if last else 0) + len(after) + 1
    if after or last is None:
        return Answer(value=None, sure=Sure.OPEN, because=(_not_before(least, last, len(after)),))
    taken = rhythm.taken | {int(each.number) for each in numbered}
    number = next(free for free in range(least, least + len(taken) + 1) if free not in taken)
    because = () if number == least else (Reason("Number %(number)s is taken.", number=str(least)),)
    return Answer(value=number, sure=_sure_of_number(rhythm, occasions, last, year), because=because)


def _not_before(least: int, last: Occasion | None, unnumbered: int) -> Reason:
    if last is None:
        return Reason("Not before number %(least)s: no exchange on record bears one.", least=str(least))
    return Reason(
        "Not before number %(least)s: after number %(last)s, exchanges without a number: %(unnumbered)s.",
        least=str(least),
        last=last.number,
        unnumbered=str(unnumbered),
    )


def _sure_of_number(rhythm: Rhythm, occasions: Sequence[Occasion], last: Occasion, year: int | None) -> Sure:
    """Weak where years lie between of which nothing is on record."""
    counted = years_of(last, rhythm.year_begins)
    if year is None or not counted:
        return Sure.RECORDED
    later = sum(_time(each) > _time(last) for each in occasions)
    between = 12 * (year - max(counted))
    return Sure.WEAK if between > (months_in(rhythm.every) or 12) * (1 + later) else Sure.RECORDED


def _year(rhythm: Rhythm, occasions: Sequence[Occasion], today: date) -> Answer[int]:
    """The year after that of the last, as often as the programme says, else as its last three intervals agree."""
    last = next((each for each in reversed(occasions) if years_of(each, rhythm.year_begins)), None)
    if last is None:
        return Answer(value=None, sure=Sure.OPEN, because=(Reason("No exchange on record has a date."),))
    said = months_in(rhythm.every)
    learned = None if said else _interval(rhythm, occasions)
    step = said or learned or 12
    because: list[Reason] = []
    nexts: list[int] = []
    for begun in years_of(last, rhythm.year_begins):
        year, passed = year_after(begun, last, step, rhythm.year_begins, today)
        nexts.append(year)
        if passed:
            because.append(Reason("Earlier years are over and not on record."))
    first, *others = dict.fromkeys(nexts)
    also = tuple((year, Reason("The last was held between January and March.")) for year in others)
    return Answer(
        value=first, sure=Sure.RECORDED if said or learned else Sure.WEAK, also=also, because=tuple(dict.fromkeys(because))
    )


def _interval(rhythm: Rhythm, occasions: Sequence[Occasion]) -> int | None:
    """How many months lay between the last four, where the three intervals agree."""
    years = [years[0] for each in occasions if (years := years_of(each, rhythm.year_begins))]
    intervals = {after - before for before, after in zip(years[-4:], years[-3:], strict=False)}
    if len(years) < 4 or len(intervals) != 1:
        return None
    return 12 * intervals.pop() or None


def _form(occasions: Sequence[Occasion]) -> Answer[str]:
    """That of most of the last three that were held in person."""
    in_person = [each.form for each in occasions if each.form in IN_PERSON][-3:]
    forms = in_person or [each.form for each in occasions][-3:]
    # Of forms that were used equally often, the latest.
    form = max(reversed(forms), key=Counter(forms).__getitem__)
    online = [each.form for each in occasions][-2:] == [ExchangeForm.ONLINE] * 2
    because = (Reason("The last two were held online."),) if online else ()
    return Answer(value=str(form), sure=Sure.RECORDED, because=because)
