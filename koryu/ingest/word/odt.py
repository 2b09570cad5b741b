"""An .odt file as it came back, from LibreOffice or another program of its kind (OpenDocument 1.2 and later).

What was taken out while changes were tracked stands apart in such a file, so that its text is as if all were accepted;
what was put in stands between two marks (OpenDocument 1.3, part 3, section 5.5).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from koryu.ingest.file_kinds import CUT_OFF
from koryu.ingest.word.came import CameFile, CameTable, ReadCell, ReadComment
from koryu.ingest.word.package import ZippedDocument
from koryu.sheets import clean
from koryu.values.reason import Refused

_NAMES: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE: Final = f"{{{_NAMES}office:1.0}}"
_TEXT: Final = f"{{{_NAMES}text:1.0}}"
_TABLE: Final = f"{{{_NAMES}table:1.0}}"
_META: Final = f"{{{_NAMES}meta:1.0}}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
# As LibreOffice keeps the identifier of a Word file.
_KEPT_IDENTIFIER: Final = "OOXMLCorePropertyIdentifier"
_PASSED: Final = frozenset(
    {f"{_TEXT}ruby-text", f"{_TEXT}note", f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TABLE}table"}
)
_PARAGRAPHS: Final = frozenset({f"{_TEXT}p", f"{_TEXT}h"})
_BEGINS, _ENDS = f"{_TEXT}change-start", f"{_TEXT}change-end"
_SIGNS: Final = frozenset({f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"})
_MARKS: Final = (f"{_TEXT}bookmark", f"{_TEXT}bookmark-start")
_MOST_REPEATED: Final = 1_000


def read_odt(package: ZippedDocument) -> CameFile:
    """What an .odt file holds. Raises Refused where a part of it cannot be read."""
    content = package.xml("content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text") if content is not None else None
    if body is None:
        raise Refused(CUT_OFF)
    styles = package.xml("styles.xml")
    feet = styles.find(f"{_OFFICE}master-styles") if styles is not None else None
    tables = [table for table in body.iter(f"{_TABLE}table") if not _inside_a_table(table)]
    changes = _Changes.of(body)
    lines = [*_lines(body, changes), *(_lines(feet, _Changes()) if feet is not None else ())]
    return CameFile(
        identifier=_identifier(package),
        tables=tuple(CameTable(tuple(_rows(table, changes))) for table in tables),
        lines=tuple(line.text for line in lines if line.text),
        comments=tuple(_comments(body)),
        tracked=tuple(line for line in lines if line.tracked_by),
    )


@dataclass(frozen=True)
class _Changes:
    """The tracked changes of a file: by whom each is, what was taken out by it, and which are open where a paragraph
    begins."""

    authors: dict[str, str] = field(default_factory=dict)
    taken_out: dict[str, str] = field(default_factory=dict)
    open_at: dict[etree._Element, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, body: etree._Element) -> "_Changes":
        changes = cls()
        for region in body.iter(f"{_TEXT}changed-region"):
            name = region.get(f"{_TEXT}id", "")
            changes.authors[name] = next((each.text or "" for each in region.iter(f"{_DC}creator")), "")
            out = region.find(f"{_TEXT}deletion")
            if out is not None:
                changes.taken_out[name] = "\n".join(_text(part) for part in out if part.tag in _PARAGRAPHS)
        under_way: set[str] = set()
        for element in body.iter(_BEGINS, _ENDS, *_PARAGRAPHS) if changes.authors else ():
            if element.tag == _BEGINS:
                under_way.add(element.get(f"{_TEXT}change-id", ""))
            elif element.tag == _ENDS:
                under_way.discard(element.get(f"{_TEXT}change-id", ""))
            elif under_way:
                changes.open_at[element] = frozenset(under_way)
        return changes

    def read(self, paragraph: etree._Element) -> "_Tracked":
        """What of a paragraph is there as if all was accepted, what as if all was rejected, and by whom it differs."""
        tracked = _Tracked(self, set(self.open_at.get(paragraph, ())))
        tracked.walk(paragraph)
        return tracked


class _Tracked:
    def __init__(self, changes: _Changes, under_way: set[str]) -> None:
        self.changes, self.under_way = changes, under_way
        self.before: list[str] = []
        self.authors = {changes.authors.get(name, "") for name in under_way}

    def walk(self, element: etree._Element) -> None:
        self.say(element.text or "")
        for child in element:
            name = child.get(f"{_TEXT}change-id", "")
            if child.tag == _BEGINS:
                self.under_way.add(name)
                self.authors.add(self.changes.authors.get(name, ""))
            elif child.tag == _ENDS:
                self.under_way.discard(name)
            elif child.tag == f"{_TEXT}change":
                self.say(self.changes.taken_out.get(name, ""))
                self.authors.add(self.changes.authors.get(name, ""))
            elif child.tag in _SIGNS:
                self.say(_sign(child))
            elif child.tag not in _PASSED:
                self.walk(child)
            self.say(child.tail or "")

    def say(self, text: str) -> None:
        if not self.under_way:
            self.before.append(text)


def _identifier(package: ZippedDocument) -> str:
    meta = package.xml("meta.xml")
    if meta is None:
        return ""
    kept = (each.text for each in meta.iter(f"{_META}user-defined") if each.get(f"{_META}name") == _KEPT_IDENTIFIER)
    return (next(kept, None) or next((each.text for each in meta.iter(f"{_DC}identifier")), None) or "").strip()


def _inside_a_table(element: etree._Element) -> bool:
    return any(above.tag == f"{_TABLE}table" for above in element.iterancestors())


def _lines(part: etree._Element, changes: _Changes) -> Iterator[ReadCell]:
    for paragraph in part.iter(*_PARAGRAPHS):
        if any(above.tag in _PASSED for above in paragraph.iterancestors()):
            continue
        line = _read([paragraph], changes)
        if line.text or line.tracked_by:
            yield line


def _read(paragraphs: list[etree._Element], changes: _Changes) -> ReadCell:
    """The text of these paragraphs, with all tracked changes accepted and as it was before them."""
    text = clean.prose("\n".join(map(_text, paragraphs))).strip()
    if not changes.authors:
        return ReadCell(text, text)
    tracked = [changes.read(paragraph) for paragraph in paragraphs]
    before = clean.prose("\n".join("".join(each.before) for each in tracked)).strip()
    return ReadCell(text, before, tracked_by=tuple(sorted(set[str]().union(*(each.authors for each in tracked)))))


def _comments(element: etree._Element) -> Iterator[ReadComment]:
    for note in element.iter(f"{_OFFICE}annotation"):
        words = "\n".join(_text(paragraph) for paragraph in note.iter(f"{_TEXT}p"))
        yield ReadComment(note.findtext(f"{_DC}creator") or "", clean.prose(words))


def _rows(table: etree._Element, changes: _Changes) -> Iterator[tuple[ReadCell, ...]]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield tuple(_cells(child, changes))
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child, changes)


def _cells(row: etree._Element, changes: _Changes) -> Iterator[ReadCell]:
    for child in row:
        if child.tag != f"{_TABLE}table-cell":
            continue
        cell = replace(
            _read([part for part in child if part.tag in _PARAGRAPHS], changes),
            marks=tuple(dict.fromkeys(mark.get(f"{_TEXT}name", "") for mark in child.iter(*_MARKS))),
            columns=_number(child, "number-columns-spanned"),
            rows=_number(child, "number-rows-spanned"),
            comments=tuple(_comments(child)),
        )
        yield from [cell] * min(_number(child, "number-columns-repeated"), _MOST_REPEATED)


def _number(cell: etree._Element, name: str) -> int:
    said = cell.get(f"{_TABLE}{name}", "1")
    return min(int(said), _MOST_REPEATED) if said.isascii() and said.isdigit() and int(said) > 0 else 1


def _text(element: etree._Element) -> str:
    said = [element.text or ""]
    for child in element:
        if child.tag in _SIGNS:
            said.append(_sign(child))
        elif child.tag not in _PASSED:
            said.append(_text(child))
        said.append(child.tail or "")
    return "".join(said)


def _sign(element: etree._Element) -> str:
    if element.tag == f"{_TEXT}line-break":
        return "\n"
    return " " if element.tag == f"{_TEXT}tab" else " " * _spaces(element)


def _spaces(element: etree._Element) -> int:
    said = element.get(f"{_TEXT}c", "1")
    return min(int(said), _MOST_REPEATED) if said.isascii() and said.isdigit() else 1
