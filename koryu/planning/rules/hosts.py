"""Whose turn it is to host: the side whose last turn lies longest ago."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from koryu.planning.rules.counting import CountedExchange, Estimate, Rhythm, Side, Sure, Value
from koryu.planning.rules.programme_years import months_in, years_of
from koryu.records.exchange import ExchangeForm
from koryu.records.programme import OnlineTurns
from koryu.values.reason import Reason

# So many exchanges must agree before their numbers say who hosts.
_PATTERN: Final = 3


@dataclass(frozen=True)
class _Turn:
    """Which sides an occasion used up the turn of; None where the host is not known. `guessed`: how it was filled."""

    occasion: CountedExchange
    sides: frozenset[int] | None
    guessed: Reason | None = None


def host_after(rhythm: Rhythm, occasions: Sequence[CountedExchange], today: date) -> Estimate[Side]:
    """The side whose last turn lies longest ago."""
    sides = rhythm.sides_on(today)
    if len(sides) == 1:
        return Estimate(value=sides[0], sure=Sure.RECORDED, because=(Reason("One institution alone holds it."),))
    turns = _turns(rhythm, sides, occasions)
    answer = _longest_ago(rhythm, sides, turns, occasions, today)
    if nobodys := _nobodys(turns, occasions):
        answer = replace(answer, because=(*answer.because, nobodys))
    online = tuple(each for each in occasions if each.form == ExchangeForm.ONLINE and each.hosts)
    if rhythm.online_turns or not online or answer.value is None:
        return answer
    counted = _turns(replace(rhythm, online_turns=OnlineTurns.SPENT), sides, occasions)
    other = _longest_ago(rhythm, sides, counted, occasions, today)
    stayed = Reason("Held online, the turn stayed with %(side)s.", side=answer.value)
    also = ((other.value, Reason("if what was held online counts")),) if other.value not in (None, answer.value) else ()
    after = bool(turns) and online[-1].time > turns[-1].occasion.time
    because = (*answer.because, stayed) if after else answer.because
    return replace(answer, also=(*answer.also, *_valued(also)), because=because)


def _nobodys(turns: Sequence[_Turn], occasions: Sequence[CountedExchange]) -> Reason | None:
    """That since the last turn there was something of which it is said that it used nobody's."""
    since = [each for each in occasions if not turns or each.time > turns[-1].occasion.time]
    last = next((each for each in reversed(since) if each.turn_of == ()), None)
    return Reason("%(exchange)s used nobody’s turn.", exchange=(last.uri,)) if last else None


def _valued(also: Sequence[tuple[Value | None, Reason]]) -> tuple[tuple[Value, Reason], ...]:
    return tuple((value, why) for value, why in also if value is not None)


def _turns(rhythm: Rhythm, sides: Sequence[Side], occasions: Sequence[CountedExchange]) -> list[_Turn]:
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
            by_number = Reason(
                "%(exchange)s names no host; by its number it was %(side)s.", **_of(turn, sides, pattern)
            )
            filled.append(_Turn(turn.occasion, frozenset({pattern[int(number) % len(sides)]}), by_number))
        elif (side := _by_turn(rhythm, turns, place, len(sides))) is not None:
            known: dict[str, Side] = {"exchange": (turn.occasion.uri,), "side": sides[side]}
            by_turn = Reason("%(exchange)s names no host; by turn it was %(side)s.", **known)
            filled.append(_Turn(turn.occasion, frozenset({side}), by_turn))
        else:
            filled.append(turn)
    return filled


def _of(turn: _Turn, sides: Sequence[Side], pattern: Mapping[int, int]) -> dict[str, Side]:
    return {"exchange": (turn.occasion.uri,), "side": sides[pattern[int(turn.occasion.number) % len(sides)]]}


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
    rhythm: Rhythm, sides: Sequence[Side], turns: Sequence[_Turn], occasions: Sequence[CountedExchange], today: date
) -> Estimate[Side]:
    everybody = tuple((side, Reason("the record does not say whose turn it is")) for side in sides)
    if not turns:
        none_yet = Reason("Neither has hosted yet.") if len(sides) == 2 else Reason("None of them has hosted yet.")
        return _tied(rhythm, sides, range(len(sides)), None, (none_yet,))
    last = turns[-1]
    if last.sides is None:
        why = Reason("%(exchange)s names no host.", exchange=(last.occasion.uri,))
        return Estimate(value=None, sure=Sure.OPEN, also=everybody, because=(why,))
    ago = {index: _last_turn(rhythm, side, index, turns) for index, side in enumerate(sides)}
    first = min(ago.values())
    longest = [index for index, when in ago.items() if when == first]
    because = _why(sides, turns, last)
    if len(longest) > 1:
        return _tied(rhythm, sides, longest, last, because)
    return Estimate(
        value=sides[longest[0]], sure=_how_sure(rhythm, sides, turns, occasions, today, longest[0]), because=because
    )


def _last_turn(rhythm: Rhythm, side: Side, index: int, turns: Sequence[_Turn]) -> tuple[date, str]:
    """When a side had its last turn; who came later is counted from the day it joined."""
    last = next((turn.occasion for turn in reversed(turns) if turn.sides and index in turn.sides), None)
    joined = rhythm.joined(side)
    return max(last.time if last else (date.min, ""), (joined, "") if joined else (date.min, ""))


def _tied(
    rhythm: Rhythm, sides: Sequence[Side], tied: Iterable[int], last: _Turn | None, because: tuple[Reason, ...]
) -> Estimate[Side]:
    """Of sides whose last turn lies equally long ago, the next in the order of the programme; else all of them."""
    among = list(tied)
    order = [index for institution in rhythm.order for index in _indices((institution,), sides)]
    hosted = [order.index(index) for index in (last.sides if last and last.sides else ()) if index in order]
    begin = max(hosted, default=-1) + 1
    rotation = [index for index in (*order[begin:], *order[:begin]) if index in among]
    if rotation:
        by_order = Reason("By the order of the programme %(side)s is next.", side=sides[rotation[0]])
        return Estimate(value=sides[rotation[0]], sure=Sure.RECORDED, because=(*because, by_order))
    either = tuple((sides[index], Reason("its turn is as long ago as that of the others")) for index in among)
    return Estimate(value=None, sure=Sure.OPEN, also=either, because=because)


def _why(sides: Sequence[Side], turns: Sequence[_Turn], last: _Turn) -> tuple[Reason, ...]:
    hosts = tuple(institution for index in sorted(last.sides or ()) for institution in sides[index])
    own, when = last.occasion.hosts, last.occasion.date or last.occasion.year
    if last.occasion.turn_of is not None and own and not set(own) & set(hosts):
        because = [
            Reason("%(host)s hosted last (%(when)s), in place of %(side)s.", host=tuple(own), side=hosts, when=when)
        ]
    else:
        because = [Reason("%(side)s hosted last (%(when)s).", side=hosts, when=when)]
    if last.guessed:
        because.insert(0, last.guessed)
    if len(turns) > 1 and turns[-2].sides == last.sides and last.sides and len(last.sides) == 1:
        because.append(Reason("%(side)s hosted twice running.", side=hosts))
    return tuple(because)


def _how_sure(
    rhythm: Rhythm,
    sides: Sequence[Side],
    turns: Sequence[_Turn],
    occasions: Sequence[CountedExchange],
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
