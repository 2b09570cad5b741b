"""The facets by which exchanges are browsed (year, host, place, form, theme): their values, and what has each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from koryu.archive.queries import Line
from koryu.records.exchange import ExchangeForm
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording import order
from koryu.wording.labels import chosen

FACETS: Final[Mapping[str, str]] = {
    "year": N_("Year"),
    "host": N_("Host"),
    "place": N_("Place"),
    "form": N_("Form"),
    "theme": N_("Theme"),
}


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value of a facet: its slug, and what it is called: a text of a record, or a message to be translated."""

    slug: str
    said: Text | str
    lines: tuple[Line, ...]


def values(facet: str, exchanges: Iterable[Line], *, named: Mapping[str, Line], reader: str) -> list[Value]:
    """The values of a facet in the order of the reader's language, years and forms in their own.

    `named` are the lines of hosts and themes by URI. No value says how many exchanges have it: from a record that is
    not complete, that would rank what was found.
    """
    lines_by_slug: dict[str, list[Line]] = defaultdict(list)
    called: dict[str, Text | str] = {}
    for line in exchanges:
        for slug, said in _of(facet, line, named):
            lines_by_slug[slug].append(line)
            called.setdefault(slug, said)
    made = [Value(slug=slug, said=called[slug], lines=tuple(lines)) for slug, lines in lines_by_slug.items()]
    match facet:
        case "year":
            return sorted(made, key=lambda value: value.slug)
        case "form":
            places = [_slug(form) for form in ExchangeForm]
            return sorted(made, key=lambda value: places.index(value.slug))
        case _:
            lines = {line.slug: line for line in named.values()} if facet != "place" else {}
            return sorted(made, key=lambda value: (_place(value, lines, reader), value.slug))


def _of(facet: str, line: Line, named: Mapping[str, Line]) -> Iterator[tuple[str, Text | str]]:
    summary = line.summary
    match facet:
        case "year":
            if line.earliest and line.latest:
                yield from ((str(year), str(year)) for year in range(line.earliest.year, _until(line) + 1))
        case "form":
            yield _slug(summary.form), chosen(summary.form)
        case "place":
            for city in summary.cities:
                text = Text.kept(city)
                yield _slug(city.get("en") or city[text.source]), text
        case "host" | "theme":
            for uri in dict.fromkeys(summary.hosts if facet == "host" else summary.themes):
                if uri in named:
                    yield named[uri].slug, named[uri].title


def _place(value: Value, lines: Mapping[str, Line], reader: str) -> order.Key:
    """By the name of the record the value stands for, else as it is called."""
    line = lines.get(value.slug)
    return order.key_of(line, reader=reader) if line else order.alphabetical(_shown(value, reader), reader=reader)


def _until(line: Line) -> int:
    """The last year of an exchange; that of its beginning where its end is open."""
    assert line.earliest is not None
    assert line.latest is not None
    # An open end is date.max, which would put the exchange into thousands of years.
    return line.latest.year if line.latest.year - line.earliest.year < 100 else line.earliest.year


def _shown(value: Value, reader: str) -> str:
    return value.said if isinstance(value.said, str) else value.said.shown(reader).text


def _slug(words: str) -> str:
    return "-".join(words.casefold().replace("/", " ").split())
