"""The timeline as pages show it: of the whole record, of some years of it, or of one programme."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.markup.page_writer import PageWriter
from koryu.public import timeline_html
from koryu.statistics import timeline as times
from koryu.wording.languages import Reader


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """A timeline: what lies where in it, and its table."""

    laid: times.Timeline
    table: Markup

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
    rows: Collection[str] | None = None,
) -> TimelineView | None:
    """The timeline of these from `first` to `last`, or of all their years; None where nothing bears a date.

    If `rows` are given, only these programmes have a row; the letters stay what they are among all of them.
    """
    reach = times.years(exchanges, programmes)
    if reach is None:
        return None
    laid = times.timeline(
        programmes,
        exchanges,
        short=abbreviations(lines.values()),
        first=first or reach[0],
        last=last or reach[1],
        rows=rows,
    )
    linked = range(reach[0], reach[1] + 1) if laid.last > laid.first else range(0)
    table = timeline_html.drawn(laid, PageWriter(reader.slug, lines), linked=linked)
    return TimelineView(laid=laid, table=table)


def abbreviations(lines: Iterable[Line]) -> dict[str, str]:
    """The abbreviation in Latin letters of each institution that has one, by URI."""
    return {line.uri: line.summary.short["en"] for line in lines if "en" in line.summary.short}
