"""A search query as it stands in an address, and the links by which a reader narrows it down."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlencode

from django.http import QueryDict

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.search.entries import Filters, SearchResult
from koryu.wording.languages import LANGUAGES

# What can be narrowed down, in the order of the page. RECORDS are records themselves: addresses name them by slug.
FACETS: Final = ("kind", "programme", "institution", "theme", "form", "decade")
RECORDS: Final = frozenset({"programme", "institution", "theme"})
MOST_VALUES: Final = 20
LONGEST: Final = 1000
_YEAR: Final = re.compile(r"[0-9]{1,4}", re.ASCII)
_PAGE: Final = re.compile(r"[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One value of a facet: how many results have it, and `href`, the address at which it is chosen or no longer so."""

    value: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader asked: `?q=…&kind=paper&programme=ndl-nlc&from=1990&to=1999&page=2`.

    Made from any address whatever; what cannot be a year or a page number counts as not given.
    """

    query: str = ""
    kind: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        chosen = {name: _values(given.getlist(name)) for name in FACETS if name != "decade"}
        return cls(
            query=_readable(given.get("q", "")),
            first=_number(given.get("from", ""), _YEAR),
            last=_number(given.get("to", ""), _YEAR),
            page=_number(given.get("page", ""), _PAGE) or 1,
            **chosen,
        )

    @property
    def narrowed(self) -> bool:
        """Whether anything was narrowed down."""
        return replace(self, query="", page=1) != Asked()

    def found(self, *, reader: str) -> SearchResult:
        """The answer, for a reader of a language. Raises Refused while the index is being made anew."""
        return archive.found(
            self.query, filters=self.filters(), page=self.page, reader=reader, asking=archive.EVERYBODY
        )

    def filters(self) -> Filters:
        """What the search is narrowed to: records by their URIs."""
        uris = {name: tuple(_uri(name, address) for address in getattr(self, name)) for name in RECORDS}
        return Filters(kind=self.kind, form=self.form, years=(self.first, self.last), **uris)

    def address(self) -> str:
        """The question as the end of an address."""
        pairs = [("q", self.query)]
        pairs += [(name, value) for name in FACETS if name != "decade" for value in getattr(self, name)]
        numbers = {"from": self.first, "to": self.last, "page": self.page if self.page > 1 else None}
        pairs += [(name, str(number)) for name, number in numbers.items() if number is not None]
        return "?" + urlencode(pairs, errors="replace")

    def at_page(self, number: int) -> str:
        """The address of another page of the answer."""
        return replace(self, page=number).address()

    def widened(self) -> str:
        """The address of the same question, not narrowed down."""
        return Asked(query=self.query).address()

    def in_each_language(self) -> tuple[tuple[str, str, str, str], ...]:
        """(slug, tag, own name, path) of the same question in each language."""
        end = self.address() if self.query else ""
        return tuple((slug, tag, name, f"/{slug}/find/{end}") for slug, (tag, name) in LANGUAGES.items())

    def facets(self, result: SearchResult, lines: Mapping[str, Line]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """(facet, its choices), most frequent first; a facet that leaves no choice is left out."""
        facets = ((name, tuple(self._choices(name, result.counts.get(name, {}), lines))) for name in FACETS)
        return tuple(
            (name, choices) for name, choices in facets if len(choices) > 1 or any(choice.chosen for choice in choices)
        )

    def _choices(self, name: str, counts: Mapping[str, int], lines: Mapping[str, Line]) -> Iterable[Choice]:
        if name == "decade":
            yield from (self._decade(int(first), count) for first, count in sorted(counts.items()))
            return
        chosen = getattr(self, name)
        if name in RECORDS:
            counts = {lines[uri].slug: count for uri, count in counts.items() if uri in lines}
        every = {value: counts.get(value, 0) for value in (*counts, *chosen)}
        for value, count in sorted(every.items(), key=lambda item: (-item[1], item[0])):
            is_chosen = value in chosen
            others = tuple(other for other in chosen if other != value) if is_chosen else (*chosen, value)
            yield Choice(value=value, count=count, chosen=is_chosen, href=self._with(**{name: others}))

    def _decade(self, first: int, count: int) -> Choice:
        is_chosen = (self.first, self.last) == (first, first + 9)
        href = self._with(first=None, last=None) if is_chosen else self._with(first=first, last=first + 9)
        return Choice(value=str(first), count=count, chosen=is_chosen, href=href)

    def _with(self, **changes: object) -> str:
        return replace(self, page=1, **changes).address()  # type: ignore[arg-type]  # -- fields of this very class


def _values(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_readable, written))))[:MOST_VALUES]


def _readable(written: str) -> str:
    """What was typed, shortened, and without characters that no page can show and some databases refuse."""
    return "".join(char if char.isprintable() else " " for char in written[:LONGEST]).strip()


def _number(written: str, shape: re.Pattern[str]) -> int | None:
    return int(written) if shape.fullmatch(written) else None


def _uri(kind: str, slug: str) -> str:
    """The URI of the record with this slug; the slug itself where there is none, which then finds nothing."""
    return archive.uri_at(kind=kind, slug=slug, asking=archive.EVERYBODY) or slug
