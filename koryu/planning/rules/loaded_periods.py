"""Days that come from a calendar file, beside those that came from one before: new, changed, gone."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from koryu.planning.rules.announced_years import FEWEST_OF_A_YEAR
from koryu.planning.rules.periods import Period
from koryu.values.text import Text

_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class LoadedDays:
    """Whole days of a file, by what they are called in it (`uid`); `worked` where all work on them in lieu."""

    uid: str
    first: date
    last: date
    label: Text | None = None
    worked: bool = False

    @property
    def each(self) -> list[date]:
        """Every day of it."""
        return [self.first + place * _A_DAY for place in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, kw_only=True)
class LoadComparison:
    """What loading a file would do: `changed` with what is kept of each now; `gone` are those the file no longer has.

    `unchanged` are left as they are.
    """

    new: tuple[LoadedDays, ...]
    changed: tuple[tuple[Period, LoadedDays], ...]
    unchanged: tuple[Period, ...]
    gone: tuple[Period, ...]


def compared(days: Sequence[LoadedDays], kept: Iterable[Period]) -> LoadComparison:
    """The days of a file beside the periods we keep that came from files.

    Of these, only such as came in one file with something that is in this one too can be gone: another calendar is not
    replaced by this.
    """
    by_uid = {period.uid: period for period in kept if period.file}
    in_file = {each.uid for each in days}
    files = {period.file for uid, period in by_uid.items() if uid in in_file}
    pairs = [(by_uid[each.uid], each) for each in days if each.uid in by_uid]
    return LoadComparison(
        new=tuple(each for each in days if each.uid not in by_uid),
        changed=tuple((period, each) for period, each in pairs if not _is_same(period, each)),
        unchanged=tuple(period for period, each in pairs if _is_same(period, each)),
        gone=tuple(period for uid, period in by_uid.items() if uid not in in_file and period.file in files),
    )


def _is_same(period: Period, days: LoadedDays) -> bool:
    """Whether the file says of them what is kept. Somebody may have added the words in other languages meanwhile."""
    words = _words(days)
    is_called = words in period.label.forms.values() if period.label else not words
    return is_called and (period.first, period.last) == (days.first, days.last)


def told_apart(days: Iterable[LoadedDays]) -> tuple[LoadedDays, ...]:
    """Each with a name of its own: some programs give all entries the same, which then bear their day as well."""
    listed = tuple(days)
    counts = Counter(each.uid for each in listed)
    apart = (each if counts[each.uid] == 1 else replace(each, uid=f"{each.uid}#{each.first}") for each in listed)
    return tuple({each.uid: each for each in apart}.values())


def years_in(days: Iterable[LoadedDays]) -> dict[int, int]:
    """In how many days off each year lies: the years that a file of public holidays can announce."""
    return dict(sorted(Counter(day.year for each in days if not each.worked for day in each.each).items()))


def suggested_years(years: dict[int, int]) -> frozenset[int]:
    """The years that the file seems to be of: New Year's Day alone makes none."""
    return frozenset(year for year, count in years.items() if count >= FEWEST_OF_A_YEAR)


def announced_days(days: Sequence[LoadedDays], years: Collection[int]) -> dict[int, dict[str, list[object]]]:
    """For each year what is free, with its words, and what is worked in lieu; as it is kept."""
    free = {day: _words(each) for each in days if not each.worked for day in each.each}
    worked = {day for each in days if each.worked for day in each.each}
    return {
        year: {
            "free": [[day.isoformat(), words] for day, words in sorted(free.items()) if _falls(day, year, worked)],
            "worked": [day.isoformat() for day in sorted(worked) if day.year == year],
        }
        for year in sorted(years)
    }


def _falls(day: date, year: int, worked: Collection[date]) -> bool:
    return day.year == year and day not in worked


def _words(days: LoadedDays) -> str:
    return days.label.shown(days.label.source).text if days.label else ""
