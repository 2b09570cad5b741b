"""The navigation of the public pages, and the heading under which each sort of link to a record is shown."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from koryu.records.kinds import KINDS
from koryu.values.reason import N_

# The kinds that have a list, as a reader meets them: what was agreed and done first, what it is described with last.
_MET_FIRST: Final = (
    *("programme", "exchange", "paper", "agreement", "outcome", "service", "institution", "theme", "work"),
)
NAVIGATION: Final = tuple(kind for kind in dict.fromkeys((*_MET_FIRST, *KINDS)) if KINDS[kind].has_list)

# The other ways through the record, by the names of their pages.
OTHER_WAYS: Final[Mapping[str, str]] = {
    "timeline": N_("Timeline"),
    "network": N_("Network"),
    "browse": N_("Browse"),
    "new": N_("New"),
}

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
