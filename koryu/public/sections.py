"""The navigation of the public pages, and the heading under which each sort of link to a record is shown."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from koryu.records.kinds import KINDS, NAMES
from koryu.values.reason import N_

# The kinds that have a list, as a reader meets them: what was agreed and done first, what it is described with last.
_MET_FIRST: Final = (
    *("programme", "exchange", "paper", "agreement", "outcome", "service", "institution", "theme", "work"),
)
NAVIGATION: Final = tuple(kind for kind in dict.fromkeys((*_MET_FIRST, *KINDS)) if KINDS[kind].has_list)


class Way(NamedTuple):
    """A way through the record: to a page by its name, or to the list of a kind; and what it is called."""

    said: str
    page: str = ""
    kind: str = ""


# The line of the header: what most readers come for. Everything else is under "browse all" and at the foot.
WAYS: Final = (
    Way(N_("Timeline"), page="timeline"),
    Way(NAMES["programme"][True], kind="programme"),
    Way(NAMES["exchange"][True], kind="exchange"),
    Way(N_("Papers given"), kind="paper"),
    Way(NAMES["agreement"][True], kind="agreement"),
    Way(NAMES["outcome"][True], kind="outcome"),
    Way(N_("Libraries"), kind="institution"),
    Way(N_("Browse all"), page="browse"),
)
WAYS_AT_THE_FOOT: Final[Mapping[str, str]] = {"network": N_("Who works with whom"), "new": N_("What is new")}
KINDS_AT_THE_FOOT: Final = tuple(kind for kind in NAVIGATION if kind not in {way.kind for way in WAYS})

# What the results of a search can be narrowed down by.
FACETS: Final[Mapping[str, str]] = {
    "kind": N_("Kind of record"),
    "programme": N_("Programme"),
    "institution": N_("Institution"),
    "theme": N_("Theme"),
    "form": N_("Form"),
    "decade": N_("Decade"),
}

# In which order pages name what links to a record, and what cites it; a kind that is not named here comes last.
_LINKING: Final = (
    *("programme", "agreement", "exchange", "participation", "timetable", "paper", "report", "service", "outcome"),
    *("institution", "theme", "work"),
)
_CITING: Final = (
    *("exchange", "programme", "agreement", "outcome", "service", "institution", "theme", "work", "person"),
    *("participation", "paper", "timetable", "report"),
)
_KEPT: Final = ("theme", "work", "institution", "outcome", "person")
# The fields by which a record says what it rests on.
_SOURCES: Final = ("sources", "variants", "evidence")


def _in_order(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kinds, *KINDS)))


def _links() -> Iterator[tuple[tuple[str, str], str]]:
    for kind in _in_order(_LINKING):
        yield from (((kind, rel), says) for rel, says in KINDS[kind].links_say.items() if rel != "kept_by")
    for kind in _in_order(_CITING):
        yield from (((kind, rel), KINDS[kind].cites) for rel in _SOURCES)
    for kind in _in_order(_KEPT):
        yield from (((kind, rel), says) for rel, says in KINDS[kind].links_say.items() if rel == "kept_by")


# What each link into a record says of it, in the order shown. Links that a page shows elsewhere are not here: what
# came of a record stands among its lines of descent.
LINKS: Final[Mapping[tuple[str, str], str]] = dict(_links())
