"""The drafts of papers as the rows of a sheet, and back: which row each is, and what became of each. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.consent.queries import Drafted
from koryu.sheets.rows.paper_rows import LISTED, PAPERS
from koryu.sheets.rows.row_sheet import RowItem, items_of
from koryu.values.reason import Reason, Refused
from koryu.values.uris import last_part

# What a new row is called, and the end of the name of its record.
_ROW: Final = re.compile(r"[a-z0-9]{1,8}")
_UNREADABLE: Final = Reason("The changes could not be read: reload the page, and type them again.")


@dataclass(frozen=True, kw_only=True)
class PaperChanges:
    """What a saved sheet does to drafts: contents by row of those to be begun, those changed, and the rows gone."""

    begun: Mapping[str, dict[str, Any]]
    changed: Mapping[str, dict[str, Any]]
    gone: Sequence[str]


def drafts_by_row(drafts: Iterable[Drafted], prefix: str) -> dict[str, Drafted]:
    """The drafts by the row that each is, in the order in which they were begun.

    A row is the end of the name of its record, which begins with `prefix`; a draft with another name has a row of its
    number, which no new row can be called.
    """
    by_row: dict[str, Drafted] = {}
    for draft in sorted(drafts, key=lambda each: each.id):
        name = last_part(draft.record)
        row = name.removeprefix(prefix)
        own = name.startswith(prefix) and _ROW.fullmatch(row) and row not in by_row
        by_row[row if own else f"d-{draft.id}"] = draft
    return by_row


def listed(by_row: Mapping[str, Drafted]) -> dict[str, Any]:
    """The content that a sheet of these drafts has."""
    return {LISTED: [{"id": row, **draft.content} for row, draft in by_row.items()]}


def paper_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> PaperChanges:
    """What leads from one content of the sheet to another. Raises Refused for a row that no page calls so."""
    was, now = _by_row(before), _by_row(after)
    begun = {row: _content(item) for row, item in now.items() if row not in was}
    if any(not _ROW.fullmatch(row) for row in begun):
        raise Refused(_UNREADABLE)
    changed = {
        # Which exchange a paper is of, and whose it is, is in no cell: it stays.
        row: {**_content(item), **{name: was[row][name] for name in _STAYS if name in was[row]}}
        for row, item in now.items()
        if row in was and item != was[row]
    }
    return PaperChanges(begun=begun, changed=changed, gone=[row for row in was if row not in now])


_STAYS: Final = ("kind", "exchange", "institution")


def _by_row(content: Mapping[str, Any]) -> dict[str, RowItem]:
    return {item["id"]: item for item in items_of(PAPERS, content)}


def _content(item: RowItem) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != "id"}


def named_in(content: Mapping[str, Any]) -> Iterator[str]:
    """The records that a paper, or a whole sheet of papers, names: whose it is, its speakers, bodies of their posts."""
    for paper in content.get(LISTED, [content]):
        yield from _strings(paper.get("institution"))
        speakers = paper.get("speakers")
        for speaker in speakers if isinstance(speakers, list) else ():
            if isinstance(speaker, Mapping):
                yield from _strings(speaker.get("person"))
                posts = speaker.get("posts")
                for post in posts if isinstance(posts, list) else ():
                    yield from _strings(post.get("institution") if isinstance(post, Mapping) else None)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str) and ":" in value:
        yield value
