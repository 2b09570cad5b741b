"""What the home page says of the record: whose it is, since when, how much; all of it read from the record itself.

Whatever it picks out of many, it picks by date: it ranks nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from koryu.archive.queries import Line
from koryu.public import timelines
from koryu.public.timelines import TimelineView
from koryu.statistics import timeline as times
from koryu.wording.languages import Reader

# How many are named in a sentence, listed beside each other, and given a row.
NAMED: Final = 3
LISTED: Final = 5
ROWS: Final = 12
YEARS: Final = 30


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """The home page: the first year, and the libraries of the programmes in the order in which these began.

    `latest` says of a programme when the last of its exchanges was found that bear a date; `examples` are the names of
    some of the libraries as they write them themselves.
    """

    since: int
    reach: tuple[int, int] | None
    libraries: tuple[str, ...]
    examples: tuple[tuple[str, str], ...]
    programmes: tuple[Line, ...]
    newest: tuple[Line, ...]
    outcomes: tuple[Line, ...]
    latest: Mapping[str, Line]
    timeline: TimelineView | None

    @property
    def named(self) -> tuple[str, ...]:
        """The libraries that are named in the first sentence: all, or the first of them."""
        return self.libraries if len(self.libraries) <= NAMED else self.libraries[:NAMED]


def home_view(
    programmes: Sequence[Line],
    exchanges: Sequence[Line],
    outcomes: Sequence[Line],
    lines: Mapping[str, Line],
    *,
    reader: Reader,
) -> HomeView:
    """The home page of programmes, exchanges and outcomes that come by date."""
    by_beginning = times.in_succession(programmes)
    reach = times.years(exchanges, programmes)
    libraries = tuple(dict.fromkeys(uri for line in by_beginning for uri in line.summary.institutions if uri in lines))
    dated = [line for line in exchanges if line.earliest]
    return HomeView(
        since=reach[0] if reach else 0,
        reach=reach,
        libraries=libraries,
        examples=_examples([lines[uri] for uri in libraries]),
        programmes=tuple(programmes[:ROWS]),
        newest=_newest(dated),
        outcomes=_newest(outcomes),
        latest={programme: line for line in dated for programme in line.summary.programmes},
        timeline=_last_years(by_beginning, dated, lines, reach, reader=reader) if reach else None,
    )


def _newest(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The newest of lines that come by date; those that bear none fill up what is left."""
    dated = [line for line in lines if line.earliest]
    return (*reversed(dated), *(line for line in lines if not line.earliest))[:LISTED]


def _last_years(
    programmes: Sequence[Line],
    exchanges: Sequence[Line],
    lines: Mapping[str, Line],
    reach: tuple[int, int],
    *,
    reader: Reader,
) -> TimelineView | None:
    """The last thirty years: of the programmes of which exchanges were found in them, those that began first."""
    first = max(reach[0], reach[1] - YEARS + 1)
    under = {
        programme
        for line in exchanges
        if line.earliest and (line.latest or line.earliest).year >= first
        for programme in line.summary.programmes
    }
    rows = [line.uri for line in programmes if line.uri in under][:ROWS]
    if not rows:
        return None
    return timelines.timeline_of(programmes, exchanges, lines, reader=reader, first=first, last=reach[1], rows=rows)


def _examples(libraries: Sequence[Line]) -> tuple[tuple[str, str], ...]:
    """(language, name) of libraries, each in its own language, which none before it has."""
    names: dict[str, str] = {}
    for line in libraries:
        source = line.title.source
        names.setdefault(source, line.title.forms[source])
    return tuple(names.items())[:NAMED]
