"""Searching the records that stand: the index is read as it is."""

from koryu.archive import actions
from koryu.archive.queries.audience import EVERYBODY
from koryu.search.entries import Filters, SearchResult, Suggestion, WrittenReading
from koryu.search.readings import automatic_reading
from koryu.values.reason import Refused


def found(query: str, *, reader: str, asking: str, filters: Filters | None = None, page: int = 1) -> SearchResult:
    """What a question finds among everything on record that whoever asks may read, with counts and reasons.

    `reader` is the language tag of who asks. Any string is answered. Raises Busy while there is no index to read.
    """
    return actions.current().find(query, filters=filters, page=page, reader=reader, audiences=_audiences(asking))


def suggested(typed: str, *, reader: str, asking: str) -> tuple[Suggestion, ...]:
    """Names and titles that go on from what was typed so far. Raises Busy."""
    return actions.current().suggest(typed, reader=reader, audiences=_audiences(asking))


def automatic_readings(uri: str, *, kind: str) -> dict[tuple[str, str], WrittenReading]:
    """How the names of a record are read where no reading is on record, by language and name; none while busy.

    None for people either: they are called as they say, and a dictionary does not know it.
    """
    if kind == "person":
        return {}
    try:
        forms = actions.current().named(uri)
    except Refused:
        return {}
    readings = {(form.lang, form.text): automatic_reading(form) for form in forms}
    return {name: reading for name, reading in readings.items() if reading}


def _audiences(asking: str) -> frozenset[str]:
    return frozenset({EVERYBODY, asking})
