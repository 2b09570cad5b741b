"""A letter as a Word file: the same bytes for the same letter, each value in the font and language of its own.

ECMA-376 (WordprocessingML, Open Packaging Conventions). No macros, no content controls, no merged cells, no field but
the page number; widths of tables are given twice, as some readers lay out by the grid alone.
"""

from collections.abc import Iterable
from typing import Final

from lxml import etree

from koryu.publishing.letters.blocks import (
    HeadingBlock,
    LetterBlock,
    LetterPages,
    LineBlock,
    PairBlock,
    ParagraphBlock,
    ReferenceBlock,
    Runs,
    SignBlock,
    SpaceBlock,
    TableBlock,
    mark_of,
)
from koryu.publishing.letters.word_parts import PARTS, core_properties, packed_parts, page_foot, tagged
from koryu.publishing.letters.word_runs import written_runs

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# Twentieths of a point: A4 with margins of 20 mm.
_MM: Final = 56.7
_SHORT, _LONG, _MARGIN = 11906, 16838, 1134
_EM: Final = 210


def word_file(pages: LetterPages, *, host: str) -> bytes:
    """The letter as .docx. Every value out of a record lies in a bookmark `k<number>_<n>`, see `marked_values`."""
    parts = {
        **PARTS,
        "docProps/core.xml": core_properties(pages, host=host),
        "word/footer1.xml": page_foot(pages),
        "word/document.xml": _document(pages),
    }
    return packed_parts(parts)


def _document(pages: LetterPages) -> bytes:
    writer = _Writer(pages)
    document = tagged("document")
    body = tagged("body", parent=document)
    body.extend(element for block in pages.blocks for element in writer.block(block))
    section = tagged("sectPr", parent=body)
    foot = tagged("footerReference", parent=section, type="default")
    foot.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id", "rIdFoot")
    width, height = (_LONG, _SHORT) if pages.landscape else (_SHORT, _LONG)
    tagged("pgSz", parent=section, w=width, h=height, **({"orient": "landscape"} if pages.landscape else {}))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), _MARGIN)
    tagged("pgMar", parent=section, **sides, header=567, footer=567, gutter=0)
    return bytes(etree.tostring(document, xml_declaration=True, encoding="UTF-8", standalone=True))


class _Writer:
    """Writes the blocks of one letter, numbering its values as it goes."""

    def __init__(self, pages: LetterPages) -> None:
        self.pages = pages
        self.marks = 0
        self.width = (_LONG if pages.landscape else _SHORT) - 2 * _MARGIN

    def block(self, block: LetterBlock) -> Iterable[etree._Element]:
        match block:
            case HeadingBlock():
                style = f"Heading{block.level}"
                yield self._paragraph(block.runs, style=style, align=block.align, new_page=block.new_page)
            case LineBlock():
                yield self._paragraph(block.runs, align=block.align)
            case PairBlock():
                yield self._pair(block)
            case ParagraphBlock():
                yield self._paragraph(block.runs, style="BodyText", first=int(block.indent * _EM))
            case TableBlock():
                yield self._table(block)
                # Two tables that touch are one; and a body never ends with a table.
                yield self._paragraph((), style="Gap")
            case SignBlock():
                yield from self._sign(block)
            case ReferenceBlock():
                yield self._paragraph(block.runs, style="Reference")
            case SpaceBlock():
                yield _spaced(tagged("p"), after=int(block.lines * 240))

    def _paragraph(
        self,
        runs: Runs,
        *,
        style: str = "",
        align: str = "left",
        first: int = 0,
        right: int = 0,
        before: int = 0,
        after: int = 0,
        new_page: bool = False,
    ) -> etree._Element:
        paragraph = tagged("p")
        properties = tagged("pPr", parent=paragraph)
        if style:
            tagged("pStyle", parent=properties, val=style)
        if new_page:
            tagged("pageBreakBefore", parent=properties)
        if before or after:
            tagged("spacing", parent=properties, before=before, after=after)
        if first or right:
            tagged(
                "ind",
                parent=properties,
                **({"right": right} if right else {}),
                **({"firstLine": first} if first else {}),
            )
        if align != "left":
            tagged("jc", parent=properties, val=align)
        self._runs(paragraph, runs)
        return paragraph

    def _pair(self, block: PairBlock) -> etree._Element:
        paragraph, left = tagged("p"), int(block.width * _EM)
        properties = tagged("pPr", parent=paragraph)
        tagged("tab", parent=tagged("tabs", parent=properties), val="left", pos=left)
        tagged("ind", parent=properties, left=left, hanging=left)
        self._runs(paragraph, block.label)
        tagged("tab", parent=tagged("r", parent=paragraph))
        self._runs(paragraph, block.value)
        return paragraph

    def _sign(self, block: SignBlock) -> Iterable[etree._Element]:
        """The free place: beside a name at the right, around one in the middle, above one at the left."""
        free = int(block.free * _MM)
        right = free if block.align == "right" else 0
        before = free if block.align == "left" else free // 3
        after = 0 if block.align == "left" else free // 3
        for place, line in enumerate(block.lines):
            is_first, is_last = place == 0, place == len(block.lines) - 1
            yield self._paragraph(
                line, align=block.align, right=right, before=before if is_first else 0, after=after if is_last else 0
            )

    def _table(self, block: TableBlock) -> etree._Element:
        table = tagged("tbl")
        properties = tagged("tblPr", parent=table)
        tagged("tblStyle", parent=properties, val="TableGrid")
        tagged("tblW", parent=properties, w=self.width, type="dxa")
        tagged("tblLayout", parent=properties, type="fixed")
        tagged("tblLook", parent=properties, val="04A0", firstRow=1, firstColumn=int(block.labels), noVBand=1)
        whole = sum(block.widths)
        widths = [int(self.width * width / whole) for width in block.widths]
        grid = tagged("tblGrid", parent=table)
        for width in widths:
            tagged("gridCol", parent=grid, w=width)
        if block.heads:
            self._row(table, block.heads, widths, is_head=True)
        for row in block.rows:
            self._row(table, row.cells, widths, labels=block.labels)
        return table

    def _row(
        self,
        table: etree._Element,
        cells: Iterable[Runs],
        widths: list[int],
        *,
        is_head: bool = False,
        labels: bool = False,
    ) -> None:
        row = tagged("tr", parent=table)
        properties = tagged("trPr", parent=row)
        tagged("cantSplit", parent=properties)
        if is_head:
            tagged("tblHeader", parent=properties)
        for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            box = tagged("tc", parent=row)
            shape = tagged("tcPr", parent=box)
            tagged("tcW", parent=shape, w=width, type="dxa")
            if is_head or (labels and place == 0):
                tagged("shd", parent=shape, val="clear", color="auto", fill="F2F2F2")
            box.append(self._paragraph(cell, style="Cell"))

    def _runs(self, parent: etree._Element, runs: Runs) -> None:
        for run in runs:
            if not run.path:
                parent.extend(written_runs(run))
                continue
            self.marks += 1
            tagged("bookmarkStart", parent=parent, id=self.marks, name=mark_of(self.pages, self.marks))
            parent.extend(written_runs(run))
            tagged("bookmarkEnd", parent=parent, id=self.marks)


def _spaced(paragraph: etree._Element, *, after: int) -> etree._Element:
    properties = tagged("pPr", parent=paragraph)
    tagged("spacing", parent=properties, before=0, after=0, line=max(after, 20), lineRule="exact")
    return paragraph
