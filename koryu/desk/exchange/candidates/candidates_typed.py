"""Candidate dates as they were typed: dates put forward, what we say of each, what we were told. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import QueryDict

from koryu.planning.rules.candidates import ANSWERS, LONGEST, Candidate, DateAnswer, Means, Says
from koryu.planning.rules.periods import LATEST
from koryu.sheets import clean
from koryu.sheets.parse import date_typed, is_date, understood
from koryu.values.reason import Reason, Refused

_NOT_DAYS: Final = Reason("Enter the first and the last day.")
_MOST_AT_ONCE: Final = 50


@dataclass(frozen=True, kw_only=True)
class ToldTyped:
    """What we were told of a partner, how and on which day."""

    of: str
    means: Means
    told_on: str


def spans_typed(typed: QueryDict) -> list[tuple[date, date]]:
    """The dates that are put forward: the days of arrival that were ticked, each for as long as the trip lasts; else
    those that were typed. Raises Refused."""
    days = typed.getlist("day")[:_MOST_AT_ONCE]
    if days:
        return [_trip(day, _length(typed)) for day in days]
    if typed.get("length") and not clean.line(typed.get("first", "")):
        raise Refused(Reason("Tick the days of arrival first."))
    first, last = clean.line(typed.get("first", "")), clean.line(typed.get("last", ""))
    if not first:
        raise Refused(_NOT_DAYS)
    begins = date_typed(first)
    ends = date_typed(last) if last else begins
    # Typed as one span: 16–23 November.
    if not last and begins.earliest != begins.latest:
        ends = begins
    exact = begins.start and begins.end and ends.start and ends.end and begins.precision == ends.precision == "day"
    if not exact or "X" in begins or "X" in ends:
        raise Refused(_NOT_DAYS)
    return [(begins.earliest, ends.latest)]


def says_typed(typed: QueryDict, name: str = "says") -> Says:
    """For us: preferred, or simply possible."""
    return Says.PREFERRED if typed.get(name) == Says.PREFERRED else Says.POSSIBLE


def answers_typed(typed: QueryDict, *, of: str, source: ToldTyped | None = None) -> Iterator[tuple[int, DateAnswer]]:
    """What is said of each candidate, by its number; nothing of those of which nothing was chosen. Raises Refused."""
    for name in typed:
        number = name.removeprefix("says-")
        if number == name or not (number.isascii() and number.isdecimal()) or len(number) > 18:
            continue
        chosen = typed.get(name, "")
        if not chosen:
            continue
        if chosen not in {str(says) for says in ANSWERS}:
            raise Refused(Reason("Choose preferred, possible or not possible."))
        yield (
            int(number),
            DateAnswer(
                of=of,
                kept_by="",
                says=Says(chosen),
                remark=clean.line(typed.get(f"remark-{number}", "")),
                means=source.means if source else Means.ITSELF,
                told_on=source.told_on if source else "",
                edition=_edition(typed.get(f"edition-{number}", "")),
            ),
        )


def told_typed(typed: QueryDict, *, partners: frozenset[str]) -> ToldTyped:
    """Of whom we were told, how and when. Raises Refused."""
    of, means, on = typed.get("of", ""), typed.get("means", ""), clean.line(typed.get("told-on", ""))
    if of not in partners:
        raise Refused(Reason("Choose from which institution it came."))
    if means not in {str(each) for each in Means if each}:
        raise Refused(Reason("Say how you were told: by letter, mail or telephone."))
    told_on = understood(on) if on else ""
    if told_on and not is_date(told_on):
        raise Refused(Reason("“%(typed)s” is not understood as a date.", typed=on[:100]))
    return ToldTyped(of=of, means=Means(means), told_on=told_on)


def by_number(candidates: tuple[Candidate, ...], number: int) -> Candidate:
    """The candidate with this number. Raises Refused where it is not, or no longer, there."""
    for candidate in candidates:
        if candidate.id == number and not candidate.withdrawn_at:
            return candidate
    raise Refused(Reason("These candidate dates are no longer there."))


def _trip(day: str, length: int) -> tuple[date, date]:
    try:
        first = date.fromisoformat(day)
    except ValueError:
        raise Refused(Reason("Choose the day of arrival.")) from None
    if first > LATEST:
        raise Refused(Reason("Enter days between 1970 and 2100."))
    return first, first + timedelta(days=length - 1)


def _length(typed: QueryDict) -> int:
    written = typed.get("length", "")
    if not (written.isascii() and written.isdecimal()) or len(written) > 3 or not 1 <= int(written) <= LONGEST:
        raise Refused(Reason("Say how many days the trip and the meetings last."))
    return int(written)


def _edition(written: str) -> int:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 9 else 0
