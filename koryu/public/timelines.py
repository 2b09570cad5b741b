"""The timeline as pages show it: of the whole record, of some years of it, or of one programme."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter
from koryu.public import svg
from koryu.statistics import timeline as times
from koryu.wording.languages import Reader


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """A timeline: the positions in it, its picture, and its letters with the institutions they stand for."""

    laid: times.Timeline
    picture: svg.Picture
    letters: list[tuple[str, str]]

    @property
    def inferred(self) -> bool:
        """Whether anything that a mark shows is inferred."""
        return any(mark.inferred for lane in self.laid.lanes for mark in lane.marks)


def recorded() -> tuple[Sequence[Line], Sequence[Line], dict[str, Line]]:
    """The programmes and the exchanges by date, and the lines of programmes and institutions by URI."""
    every = archive.lines("programme", "exchange", "institution", asking=archive.EVERYBODY)
    programmes = [line for line in every if line.kind == "programme"]
    exchanges = [line for line in every if line.kind == "exchange"]
    return programmes, exchanges, {line.uri: line for line in every if line.kind != "exchange"}


def timeline_of(
    programmes: Sequence[Line],
    exchanges: Sequence[Line],
    lines: Mapping[str, Line],
    *,
    reader: Reader,
    first: int = 0,
    last: int = 0,
) -> TimelineView | None:
    """The timeline of these from `first` to `last`, or of all their years; None where nothing bears a date."""
    reach = times.years(exchanges, programmes)
    if reach is None:
        return None
    short = abbreviations(lines.values())
    laid = times.timeline(
        programmes,
        exchanges,
        short=short,
        first=first or reach[0],
        last=last or reach[1],
        name=lambda line, room: svg.set_in(line.title.shown(reader.tag).text, room),
    )
    picture = svg.drawn(laid, PageWriter(reader.slug, lines), year_page=_to_years(reader, laid, reach))
    return TimelineView(laid=laid, picture=picture, letters=svg.legend(laid.lanes))


def abbreviations(lines: Iterable[Line]) -> dict[str, str]:
    """The abbreviation in Latin letters of each institution that has one, by URI."""
    return {line.uri: line.summary.short["en"] for line in lines if "en" in line.summary.short}


def _to_years(reader: Reader, laid: times.Timeline, reach: tuple[int, int]) -> Callable[[str], str | None]:
    """A function that gives the address of a year's timeline for the label of a tick, where that one shows more."""

    def to_year(label: str) -> str | None:
        if not label.isdecimal() or laid.first == laid.last or not reach[0] <= int(label) <= reach[1]:
            return None
        return reverse("public:timeline", kwargs={"lang": reader.slug, "span": label})

    return to_year
