"""A .docx file as it came back: read as if all tracked changes were accepted, with what was there before them.

The elements are those of ISO/IEC 29500 (WordprocessingML); content controls and smart tags are walked through, the
second copy that text boxes carry (mc:Fallback) is not.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from koryu.ingest.file_kinds import CUT_OFF
from koryu.ingest.word.came import CameFile, CameTable, ReadCell, ReadComment, TrackedRow
from koryu.ingest.word.package import ZippedDocument
from koryu.sheets import clean
from koryu.values.reason import Refused

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_IDENTIFIER: Final = "{http://purl.org/dc/elements/1.1/}identifier"
# What is passed over whole: readings of a ruby, the second copy of a text box, instructions of a field.
_PASSED: Final = frozenset({_FALLBACK, f"{_W}rt", f"{_W}instrText", f"{_W}delInstrText"})
_MARKED_AS_OUT: Final = frozenset({f"{_W}del", f"{_W}moveFrom"})
_MARKED_AS_IN: Final = frozenset({f"{_W}ins", f"{_W}moveTo"})
_BREAKS: Final = frozenset({f"{_W}br", f"{_W}cr"})


def read_docx(package: ZippedDocument) -> CameFile:
    """What a .docx file holds. Raises Refused where a part of it cannot be read."""
    document = package.xml("word/document.xml")
    body = document.find(f"{_W}body") if document is not None else None
    if body is None:
        raise Refused(CUT_OFF)
    comments = _comments(package)
    lines = [*_lines(body), *(line for part in _heads_and_feet(package) for line in _lines(part))]
    return CameFile(
        identifier=_identifier(package),
        tables=tuple(_table(table, comments) for table in _tables(body)),
        lines=tuple(line.text for line in lines if line.text),
        comments=tuple(comments.values()),
        tracked=tuple(line for line in lines if line.tracked_by),
    )


def _identifier(package: ZippedDocument) -> str:
    core = package.xml("docProps/core.xml")
    return (core.findtext(_IDENTIFIER) or "").strip() if core is not None else ""


def _heads_and_feet(package: ZippedDocument) -> Iterator[etree._Element]:
    for name in sorted(package.names):
        if name.startswith(("word/footer", "word/header")) and name.endswith(".xml"):
            part = package.xml(name)
            if part is not None:
                yield part


def _comments(package: ZippedDocument) -> dict[str, ReadComment]:
    part = package.xml("word/comments.xml")
    return {
        comment.get(f"{_W}id", ""): ReadComment(comment.get(f"{_W}author", ""), _Text(comment).after)
        for comment in (part.findall(f"{_W}comment") if part is not None else ())
    }


def _tables(body: etree._Element) -> Iterator[etree._Element]:
    """Tables that are not inside another one."""
    for table in body.iter(f"{_W}tbl"):
        if not any(above.tag in (f"{_W}tbl", _FALLBACK) for above in table.iterancestors()):
            yield table


def _lines(part: etree._Element) -> Iterator[ReadCell]:
    """The paragraphs outside tables."""
    for paragraph in part.iter(f"{_W}p"):
        if any(above.tag in (f"{_W}tbl", _FALLBACK) for above in paragraph.iterancestors()):
            continue
        line = _Text(paragraph)
        if line.after or line.authors:
            yield ReadCell(line.after, line.before, tracked_by=tuple(sorted(line.authors)))


def _children(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children of a kind, also those that stand in content controls or other wrappers."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}smartTag", *_MARKED_AS_IN):
            yield from _children(child, tag)


def _table(table: etree._Element, comments: dict[str, ReadComment]) -> CameTable:
    rows: list[tuple[ReadCell, ...]] = []
    put_in, taken_out = [], []
    for row in _children(table, f"{_W}tr"):
        cells = tuple(_cell(cell, comments) for cell in _children(row, f"{_W}tc"))
        out, new = row.find(f"{_W}trPr/{_W}del"), row.find(f"{_W}trPr/{_W}ins")
        if out is not None:
            taken_out.append(TrackedRow(len(rows), out.get(f"{_W}author", ""), cells))
            continue
        if new is not None:
            put_in.append(TrackedRow(len(rows), new.get(f"{_W}author", ""), cells))
        rows.append(cells)
    return CameTable(tuple(rows), tuple(put_in), tuple(taken_out))


def _cell(cell: etree._Element, comments: dict[str, ReadComment]) -> ReadCell:
    text = _Text(cell)
    merged = cell.find(f"{_W}tcPr/{_W}vMerge") is not None
    named = [comment.get(f"{_W}id", "") for comment in cell.iter(f"{_W}commentReference")]
    return ReadCell(
        text=text.after,
        before=text.before,
        marks=tuple(dict.fromkeys(mark.get(f"{_W}name", "") for mark in cell.iter(f"{_W}bookmarkStart"))),
        columns=_columns(cell),
        rows=2 if merged else 1,
        tracked_by=tuple(sorted(text.authors)),
        comments=tuple(comments[name] for name in named if name in comments),
    )


def _columns(cell: etree._Element) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    said = span.get(f"{_W}val", "1") if span is not None else "1"
    return min(int(said), 64) if said.isascii() and said.isdigit() and int(said) > 0 else 1


class _Text:
    """The text of an element: after all tracked changes, before them, and who made them."""

    def __init__(self, element: etree._Element) -> None:
        self._after: list[str] = []
        self._before: list[str] = []
        self.authors: set[str] = set()
        self._walk(element, is_in=True, was_in=True)
        self.after, self.before = clean.prose("".join(self._after)).strip(), clean.prose("".join(self._before)).strip()

    def _walk(self, element: etree._Element, *, is_in: bool, was_in: bool) -> None:
        for child in element:
            if child.tag in _PASSED:
                continue
            if child.tag in _MARKED_AS_OUT or child.tag in _MARKED_AS_IN:
                # Of a paragraph or row that was put in or taken out, only the mark itself has no children.
                if len(child):
                    self.authors.add(child.get(f"{_W}author", ""))
                out = child.tag in _MARKED_AS_OUT
                self._walk(child, is_in=is_in and not out, was_in=was_in and out)
            elif child.tag in (f"{_W}t", f"{_W}delText"):
                self._say(child.text or "", is_in=is_in and child.tag == f"{_W}t", was_in=was_in)
            elif child.tag == f"{_W}tab":
                self._say(" ", is_in=is_in, was_in=was_in)
            elif child.tag in _BREAKS:
                self._say("\n", is_in=is_in, was_in=was_in)
            elif child.tag == f"{_W}p":
                self._say("\n", is_in=is_in, was_in=was_in)
                self._walk(child, is_in=is_in, was_in=was_in)
            else:
                self._walk(child, is_in=is_in, was_in=was_in)

    def _say(self, text: str, *, is_in: bool, was_in: bool) -> None:
        if is_in:
            self._after.append(text)
        if was_in:
            self._before.append(text)
