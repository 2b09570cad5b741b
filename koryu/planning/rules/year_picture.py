"""A year of several institutions as a picture: where each mark lies along the year, and in which row it is said. Pure.

Two units are a day; a mark shorter than three is drawn as long as that. Whichever way the year runs, it is the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from koryu.planning.rules.institution_days import Cause, CauseKind, InstitutionDays
from koryu.planning.rules.periods import HowSure
from koryu.values.text import Text

A_DAY: Final = 2
_SHORTEST: Final = 3
_MONTHS: Final = 12
# How wide a letter is, and one of Chinese, Japanese or Korean; and what is left free at both ends of a mark.
_NARROW, _WIDE, _FREE = 6, 11, 6


class PictureKind(StrEnum):
    """How a mark is drawn; of CSS a class."""

    HOLIDAY = "holiday"
    RULED_OUT = "ruled-out"
    AVOIDED = "avoided"
    MAY_CHANGE = "may-change"
    UNKNOWN = "unknown"


_KINDS: Final = {
    CauseKind.HOLIDAY: PictureKind.HOLIDAY,
    CauseKind.DAY_OFF: PictureKind.HOLIDAY,
    CauseKind.RULED_OUT: PictureKind.RULED_OUT,
    CauseKind.AVOIDED: PictureKind.AVOIDED,
    CauseKind.MAY_CHANGE: PictureKind.MAY_CHANGE,
    CauseKind.UNKNOWN: PictureKind.UNKNOWN,
}
# What lies over what.
_ORDER: Final = (
    PictureKind.UNKNOWN,
    PictureKind.MAY_CHANGE,
    PictureKind.AVOIDED,
    PictureKind.HOLIDAY,
    PictureKind.RULED_OUT,
)


@dataclass(frozen=True, kw_only=True)
class PictureMark:
    """A mark from `start` on, so `long`; `label` where it has room for its words. `row` is where the table says it.

    One that is not announced yet `may_move`, and is drawn so.
    """

    kind: PictureKind
    start: int
    long: int
    row: int
    label: str = ""
    may_move: bool = False


@dataclass(frozen=True, kw_only=True)
class PictureLane:
    """The year of one institution."""

    institution: str
    marks: tuple[PictureMark, ...]


@dataclass(frozen=True, kw_only=True)
class DateFrame:
    """Days that are planned, or a candidate by its `number`, of whom put it forward: `is_agreed` where all have agreed
    to them."""

    first: date
    last: date
    number: str = ""
    institution: str = ""
    is_agreed: bool = False

    @property
    def days(self) -> tuple[date, date]:
        """The first day and the last."""
        return (self.first, self.last)


def without_twice(planned: Iterable[DateFrame], candidates: Iterable[DateFrame]) -> tuple[DateFrame, ...]:
    """Frames of which no two lie on the same days: agreed dates go before a candidate, and that before what is planned
    and not agreed yet, as a plan has it that took the candidate."""
    by_days = {frame.days: frame for frame in planned}
    agreed = {days for days, frame in by_days.items() if frame.is_agreed}
    by_days |= {frame.days: frame for frame in candidates if frame.days not in agreed}
    return tuple(by_days.values())


@dataclass(frozen=True, kw_only=True)
class FrameMark:
    """A frame across all lanes, from `start` on, so `long`."""

    frame: DateFrame
    start: int
    long: int


@dataclass(frozen=True, kw_only=True)
class YearPicture:
    """A year: where its months begin, a lane for each institution, frames across them; the `rows` of the table."""

    year: int
    long: int
    months: tuple[tuple[int, int], ...]
    lanes: tuple[PictureLane, ...]
    frames: tuple[FrameMark, ...]
    rows: tuple[Cause, ...]


def year_picture(
    year: int, days: Sequence[InstitutionDays], frames: Iterable[DateFrame] = (), *, tag: str
) -> YearPicture:
    """The picture of a year: `days` of each institution are those of the whole year, in the order of the lanes.

    Words beside marks are in the language of the reader, `tag`, where they have some.
    """
    rows: list[Cause] = []
    lanes = []
    for each in days:
        causes = sorted((cause for cause, _days in each.causes if cause.kind in _KINDS), key=_by_day)
        marks = [_mark(year, cause, len(rows) + place, tag) for place, cause in enumerate(causes)]
        rows.extend(causes)
        marks.sort(key=lambda mark: (_ORDER.index(mark.kind), mark.start))
        lanes.append(PictureLane(institution=each.institution, marks=tuple(_without_overlaps(marks))))
    return YearPicture(
        year=year,
        long=_length(date(year, 1, 1), date(year, 12, 31)),
        months=tuple((month, _start(year, date(year, month, 1))) for month in range(1, _MONTHS + 1)),
        lanes=tuple(lanes),
        frames=tuple(_frame(year, frame) for frame in frames if frame.first.year <= year <= frame.last.year),
        rows=tuple(rows),
    )


def _by_day(cause: Cause) -> tuple[date, date, str]:
    return (cause.first, cause.last, cause.kind)


def _mark(year: int, cause: Cause, row: int, tag: str) -> PictureMark:
    kind = _KINDS[cause.kind]
    long = max(_SHORTEST, _length(cause.first, cause.last))
    words = _words(cause.period.label if cause.period else None, tag)
    label = words if kind in (PictureKind.RULED_OUT, PictureKind.AVOIDED) and _room(words) <= long else ""
    may_move = cause.period is not None and cause.period.sure is HowSure.NOT_ANNOUNCED
    start = _start(year, cause.first)
    return PictureMark(kind=kind, start=start, long=long, row=row, label=label, may_move=may_move)


def _without_overlaps(marks: Iterable[PictureMark]) -> Iterator[PictureMark]:
    """The marks, without the labels that would stand on another one of the same kind."""
    until: dict[PictureKind, int] = {}
    for mark in marks:
        if mark.label and mark.start < until.get(mark.kind, 0):
            yield replace(mark, label="")
            continue
        if mark.label:
            until[mark.kind] = mark.start + _room(mark.label)
        yield mark


def _frame(year: int, frame: DateFrame) -> FrameMark:
    first, last = max(frame.first, date(year, 1, 1)), min(frame.last, date(year, 12, 31))
    return FrameMark(frame=frame, start=_start(year, first), long=max(_SHORTEST, _length(first, last)))


def _start(year: int, day: date) -> int:
    return A_DAY * (day - date(year, 1, 1)).days


def _length(first: date, last: date) -> int:
    return A_DAY * ((last - first).days + 1)


def _words(label: Text | None, tag: str) -> str:
    return label.shown(tag).text if label else ""


def _room(words: str) -> int:
    return _FREE + sum(_NARROW if letter.isascii() else _WIDE for letter in words)
