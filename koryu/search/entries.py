"""What goes into the index, and what comes out of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from koryu.values.reason import Reason

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class WrittenReading:
    """How a form is read, as somebody put on record: kana, hangul, or letters with the language they are in."""

    lang: str
    text: str


@dataclass(frozen=True, slots=True)
class WrittenForm:
    """A name, title or text as written, in one language, with the readings on record for it.

    A reading on record in a language takes the place of the automatic one in that language. A form that comes out of
    the index also has `sounds`, its Japanese sounds word by word (packed by `japanese_sounds`), and `kana`, how the
    dictionary spells a Japanese name without a reading on record.
    """

    lang: str
    text: str
    readings: tuple[WrittenReading, ...] = ()
    sounds: str = field(default="", compare=False, repr=False)
    kana: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchEntry:
    """What one record is to be found by, and by whom.

    `audience` is `PUBLIC` or the names of those who may see the record; nobody else finds it. `years` is the
    first and last year the record speaks of.
    """

    uri: str
    kind: str
    audience: tuple[str, ...] = (PUBLIC,)
    names: tuple[WrittenForm, ...] = ()
    titles: tuple[WrittenForm, ...] = ()
    texts: tuple[WrittenForm, ...] = ()
    programme: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What results are narrowed to. Several values of one facet mean any of them; several facets mean all."""

    kind: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    institution: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)


class LedgerMark(NamedTuple):
    """A place in a ledger: the number of an entry and its digest, for two ledgers may both have such a number."""

    number: int
    digest: str


BEGINNING = LedgerMark(0, "")
FACETS = ("kind", "programme", "institution", "theme", "form", "lang")


@dataclass(frozen=True, slots=True)
class Match:
    """Where and why a form matched: marked spans (start, end) of the form's own text, and the reason in words."""

    form: WrittenForm
    part: str
    spans: tuple[tuple[int, int], ...]
    why: Reason


Forms = tuple[tuple[WrittenForm, ...], tuple[WrittenForm, ...], tuple[WrittenForm, ...]]


def _formless() -> Forms:
    return (), (), ()


def _unexplained(_hit: "Hit") -> tuple[Match, ...]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One entry found, as far as a page of results shows it.

    Its forms, and what matched of them, are worked out when first asked for: `unpack` gives names, titles and texts.
    """

    uri: str
    kind: str
    unpack: Callable[[], Forms] = field(repr=False, compare=False, default=_formless)
    score: float = 0.0
    near: bool = False
    explain: Callable[["Hit"], tuple[Match, ...]] = field(repr=False, compare=False, default=_unexplained)

    @cached_property
    def forms(self) -> Forms:
        """The names, the titles and the texts of the entry."""
        return self.unpack()

    @property
    def names(self) -> tuple[WrittenForm, ...]:
        return self.forms[0]

    @property
    def titles(self) -> tuple[WrittenForm, ...]:
        return self.forms[1]

    @property
    def texts(self) -> tuple[WrittenForm, ...]:
        return self.forms[2]

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """The forms that matched, best first; each with its spans and the reason in words."""
        return self.explain(self)

    @property
    def why(self) -> Reason | None:
        """The reason of the best match in words."""
        return self.matches[0].why if self.matches else None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name or title that continues what was typed."""

    text: str
    lang: str
    uri: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The answer to a question.

    `counts` tells for each facet how many of all entries found have each value, and under `decade` how many speak of
    any of those ten years. `near` holds what comes close when nothing was found; it is in no count.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    near: tuple[Hit, ...] = ()
    note: Reason | None = None

    @property
    def by_kind(self) -> dict[str, tuple[Hit, ...]]:
        """The hits of this page grouped by kind, kinds in the order of their best hit."""
        groups: dict[str, list[Hit]] = {}
        for hit in self.hits:
            groups.setdefault(hit.kind, []).append(hit)
        return {kind: tuple(hits) for kind, hits in groups.items()}
