"""The names of texts that go together and are on no record yet: as they are drafted. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from koryu.archive.queries import Line
from koryu.markup.desk_writer import DeskWriter
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.reason import Refused


@dataclass(frozen=True, eq=False)
class TogetherWriter(DeskWriter):
    """As on every page of the desk; what is on no record yet leads to its place on this one: `places`, by URI."""

    places: Mapping[str, str] = field(default_factory=dict)

    def page_of(self, line: Line) -> str:
        return self.places.get(line.uri) or super().page_of(line)


def drafted_line(uri: str, document: Document) -> Line:
    """The line of a record as it would be if this stood."""
    return Line(uri=uri, kind=document.kind, slug="", basis="", summary=document.summary())


def drafted_lines(contents: Iterable[tuple[str, Mapping[str, Any]]]) -> dict[str, Line]:
    """Such lines of records with these contents, by URI; of what is not finished there is none."""
    return dict(_lines(contents))


def places_of(uris: Iterable[str]) -> dict[str, str]:
    """Where on a page each of these texts stands: they are numbered from 1."""
    return {uri: f"#text-{number}" for number, uri in enumerate(uris, 1)}


def _lines(contents: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, Line]]:
    for uri, content in contents:
        try:
            yield uri, drafted_line(uri, document_of(content))
        except (ValidationError, Refused):
            continue
