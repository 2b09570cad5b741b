"""Public lists as spreadsheets: the exchanges of a programme or a facet, the records of a kind, what a search found."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.public import facets
from koryu.public.access import record_for
from koryu.public.pages.endpoints import lasting
from koryu.public.pages.record_pages import in_order, named_in
from koryu.public.search_query import Asked
from koryu.publishing.search_json import pages
from koryu.publishing.spreadsheets import WRITERS, ListFile
from koryu.records.kinds import NAMES as KIND_NAMES
from koryu.values.language_tags import name_of
from koryu.values.reason import N_, Refused
from koryu.values.text import Text
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES, Reader
from koryu.wording.messages import date_in_words, translated
from koryu.wording.titles import short_name_in_words

# So many pages of a search go into one file.
_MOST_PAGES: Final = 25
_TITLE: Final = N_("Title")
_COMMA: Final = N_(", ")


@dataclass(frozen=True, kw_only=True)
class _Reading:
    """For whom a list is written: the reader, what its records name, and the programme whose numbers stand there."""

    reader: Reader
    named: Mapping[str, Line]
    programme: str = ""

    def word(self, code: str) -> str:
        return translated(chosen(code), self.reader.slug) if code else ""

    def names(self, uris: Iterable[str]) -> str:
        comma = translated(_COMMA, self.reader.slug)
        return comma.join(short_name_in_words(self.named.get(uri), uri, self.reader.tag) for uri in uris)

    def numbers(self, line: Line) -> str:
        numbers = line.summary.numbers
        if self.programme:
            return numbers.get(self.programme, "")
        return translated(_COMMA, self.reader.slug).join(dict.fromkeys(numbers.values()))

    def places(self, line: Line) -> str:
        shown = (Text.kept(city).shown(self.reader.tag).text for city in line.summary.cities)
        return translated(_COMMA, self.reader.slug).join(shown)

    def whose(self, line: Line) -> str:
        summary = line.summary
        return self.names(filter(None, (summary.institution, *summary.institutions)))


Column = tuple[str, Callable[[_Reading, Line], str]]
# What a list says besides titles; a column in which nothing stands is left out.
_BEFORE: Final[tuple[Column, ...]] = (
    (N_("Date"), lambda list_of, line: date_in_words(line.date, list_of.reader.slug) if line.date else ""),
    (N_("Number"), lambda list_of, line: list_of.numbers(line)),
)
_AFTER: Final[tuple[Column, ...]] = (
    (N_("Host"), lambda list_of, line: list_of.names(line.summary.hosts)),
    (N_("Institutions"), lambda list_of, line: list_of.whose(line)),
    (N_("Place"), lambda list_of, line: list_of.places(line)),
    (N_("Form"), lambda list_of, line: list_of.word(line.summary.form)),
    (N_("Type"), lambda list_of, line: list_of.word(line.summary.type)),
    (N_("State"), lambda list_of, line: list_of.word(line.summary.state)),
    (N_("Permanent address"), lambda _list_of, line: lasting(line)),
)
_KIND: Final[Column] = (
    N_("Kind"),
    lambda list_of, line: translated(KIND_NAMES[line.kind][0], list_of.reader.slug),
)


def lines_file(lines: Sequence[Line], reading: _Reading, *, called: str, kinds: bool = False) -> ListFile:
    """A list of records as a file: a title in each language in which some have one, and what is known besides."""
    slug = reading.reader.slug
    titles = [
        (f"{translated(_TITLE, slug)} ({name_of(tag, reading.reader.tag)})", _title_in(tag))
        for tag, _name in LANGUAGES.values()
        if any(tag in line.summary.title for line in lines)
    ]
    named = [(translated(head, slug), cell) for head, cell in (*((_KIND,) if kinds else ()), *_BEFORE)]
    named += [*titles, *((translated(head, slug), cell) for head, cell in _AFTER)]
    columns = [(head, [cell(reading, line) for line in lines]) for head, cell in named]
    filled = [(head, cells) for head, cells in columns if any(cells)] or columns[:1]
    return ListFile(
        called=called,
        heads=[head for head, _cells in filled],
        rows=list(zip(*(cells for _head, cells in filled), strict=True)),
    )


def _title_in(tag: str) -> Callable[[_Reading, Line], str]:
    return lambda _list_of, line: str(line.summary.title.get(tag, ""))


@require_safe
def listing(request: HttpRequest, lang: str, kind: str, form: str) -> HttpResponse:
    """All records of one kind."""
    reader = Reader(lang)
    lines = in_order(archive.lines(kind, asking=archive.EVERYBODY), reader)
    return _answer(lines, _Reading(reader=reader, named=_named(lines)), name=kind, form=form)


@require_safe
def programme(request: HttpRequest, lang: str, slug: str, form: str) -> HttpResponse:
    """The exchanges that are held under a programme."""
    record = record_for(kind="programme", slug=slug)
    lines = archive.lines_under(record.line.uri, asking=archive.EVERYBODY)
    reading = _Reading(reader=Reader(lang), named=_named(lines), programme=record.line.uri)
    return _answer(lines, reading, name=slug, form=form)


@require_safe
def browsed(request: HttpRequest, lang: str, facet: str, value: str, form: str) -> HttpResponse:
    """The exchanges of one year, host, place, form or theme."""
    reader = Reader(lang)
    every = archive.lines("exchange", "institution", "theme", "programme", asking=archive.EVERYBODY)
    named = {line.uri: line for line in every}
    exchanges = [line for line in every if line.kind == "exchange"]
    values = facets.values(facet, exchanges, named=named, reader=reader.tag)
    lines = next((each.lines for each in values if each.slug == value), None)
    if lines is None:
        raise Http404
    return _answer(lines, _Reading(reader=reader, named=named), name=f"{facet}-{value}", form=form)


@require_safe
def found(request: HttpRequest, lang: str, form: str) -> HttpResponse:
    """What a search found, in its order: the first pages of it."""
    reader, asked = Reader(lang), Asked.of(request.GET)
    if not asked.query:
        raise Http404
    try:
        uris = list(_found(asked, reader))
    except Refused:
        # The index is being made anew: the page of the search says so.
        return HttpResponse(status=503)
    lines = archive.lines_named(uris, asking=archive.EVERYBODY)
    in_their_order = [lines[uri] for uri in uris if uri in lines]
    reading = _Reading(reader=reader, named=_named(in_their_order))
    return _answer(in_their_order, reading, name="find", form=form, kinds=True)


def _found(asked: Asked, reader: Reader) -> Iterator[str]:
    first = replace(asked, page=1).found(reader=reader.tag)
    yield from (hit.uri for hit in first.hits)
    for number in range(2, min(pages(first), _MOST_PAGES) + 1):
        yield from (hit.uri for hit in replace(asked, page=number).found(reader=reader.tag).hits)


def _named(lines: Iterable[Line]) -> dict[str, Line]:
    return archive.lines_named((uri for line in lines for uri in named_in(line)), asking=archive.EVERYBODY)


def _answer(lines: Collection[Line], reading: _Reading, *, name: str, form: str, kinds: bool = False) -> HttpResponse:
    write, media_type = WRITERS[form]
    body = write(lines_file(list(lines), reading, called=name, kinds=kinds))
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{form}"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(body, content_type=media_type, headers=headers)
