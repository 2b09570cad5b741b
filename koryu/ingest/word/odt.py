"""An .odt file as it came back, from LibreOffice or another program of its kind (OpenDocument 1.2 and later).

What was taken out while changes were tracked stands apart in such a file, so that its text is as if all were accepted.
"""

from collections.abc import Iterator
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
    return CameFile(
        identifier=_identifier(package),
        tables=tuple(CameTable(tuple(_rows(table))) for table in tables),
        lines=(*_lines(body), *(_lines(feet) if feet is not None else ())),
        comments=tuple(_comments(body)),
    )


def _identifier(package: ZippedDocument) -> str:
    meta = package.xml("meta.xml")
    if meta is None:
        return ""
    kept = (each.text for each in meta.iter(f"{_META}user-defined") if each.get(f"{_META}name") == _KEPT_IDENTIFIER)
    return (next(kept, None) or next((each.text for each in meta.iter(f"{_DC}identifier")), None) or "").strip()


def _inside_a_table(element: etree._Element) -> bool:
    return any(above.tag == f"{_TABLE}table" for above in element.iterancestors())


def _lines(part: etree._Element) -> Iterator[str]:
    for paragraph in part.iter(*_PARAGRAPHS):
        hidden = any(above.tag in _PASSED for above in paragraph.iterancestors())
        if not hidden and (line := clean.prose(_text(paragraph))):
            yield line


def _comments(element: etree._Element) -> Iterator[ReadComment]:
    for note in element.iter(f"{_OFFICE}annotation"):
        words = "\n".join(_text(paragraph) for paragraph in note.iter(f"{_TEXT}p"))
        yield ReadComment(note.findtext(f"{_DC}creator") or "", clean.prose(words))


def _rows(table: etree._Element) -> Iterator[tuple[ReadCell, ...]]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield tuple(_cells(child))
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[ReadCell]:
    for child in row:
        if child.tag != f"{_TABLE}table-cell":
            continue
        text = clean.prose("\n".join(_text(part) for part in child if part.tag in _PARAGRAPHS)).strip()
        cell = ReadCell(
            text=text,
            before=text,
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
        if child.tag == f"{_TEXT}s":
            said.append(" " * _spaces(child))
        elif child.tag == f"{_TEXT}tab":
            said.append(" ")
        elif child.tag == f"{_TEXT}line-break":
            said.append("\n")
        elif child.tag not in _PASSED:
            said.append(_text(child))
        said.append(child.tail or "")
    return "".join(said)


def _spaces(element: etree._Element) -> int:
    said = element.get(f"{_TEXT}c", "1")
    return min(int(said), _MOST_REPEATED) if said.isascii() and said.isdigit() else 1
