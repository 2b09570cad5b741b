"""Timetables that were changed after they were fixed: what each such version changes, for the institutions of its
exchange."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from koryu.consent import queries as consent
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement
from koryu.wording.timetable_changes import SessionChange, changes_since_fixed


@dataclass(frozen=True, kw_only=True)
class ChangedTimetable:
    """A version of a timetable that changes a fixed one; by which statement it stands, and who is of the exchange."""

    said: Statement
    content: dict[str, Any]
    changes: tuple[SessionChange, ...]
    circle: frozenset[str]


def changed_timetables(statements: Iterable[Statement]) -> Iterator[ChangedTimetable]:
    """Of these statements those by which a change of a fixed timetable came to stand."""
    for said in statements:
        if said.said != "concluded" or not said.version or not said.record:
            continue
        history = consent.history(said.record)
        header = history.headers.get(said.version)
        if header is None or header.kind != "timetable":
            continue
        contents = consent.contents_of({each: history.headers[each] for each in _stood(history, said.version)})
        if said.version not in contents:
            continue
        changes = changes_since_fixed(list(contents.values()))[-1]
        if changes:
            content = contents[said.version]
            yield ChangedTimetable(said=said, content=content, changes=changes, circle=_circle(content))


def _stood(history: History, version: str) -> list[str]:
    """The versions that came to stand up to this one, in order."""
    agreed = [str(said.version) for said in history.statements if said.said == "concluded" and said.version]
    return agreed[: agreed.index(version) + 1]


def _circle(content: dict[str, Any]) -> frozenset[str]:
    exchange = str(content.get("exchange", ""))
    known = consent.targets([exchange])
    return known[exchange].owners if exchange in known else frozenset()
