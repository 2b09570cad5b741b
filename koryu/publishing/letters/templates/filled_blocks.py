"""What a filled template says, as blocks: what is shown on the screen and approved is what is in the Word file.

How it is set is the template's; the blocks have its words, in their order, with the values where they stand.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Final, Literal

from lxml import etree

from koryu.publishing.letters.blocks import (
    Align,
    HeadingBlock,
    LetterBlock,
    LetterRun,
    LetterTableRow,
    LineBlock,
    PairBlock,
    Runs,
    SpaceBlock,
    TableBlock,
)
from koryu.publishing.letters.templates.template_package import DOCUMENT, TemplatePackage
from koryu.publishing.letters.templates.word_text import runs_in, text_of_run
from koryu.publishing.letters.word_parts import CELL, FALLBACK, PARAGRAPH, ROW, TABLE, TEXT_BOX, W
from koryu.wording.letters.letter_words import words

_PICTURES: Final = (f"{{{W}}}drawing", f"{{{W}}}pict")
_WRAPPERS: Final = (f"{{{W}}}sdt", f"{{{W}}}sdtContent", f"{{{W}}}customXml")
_ALIGNED: Final[Mapping[str, Align]] = {"center": "center", "right": "right", "end": "right"}
# As Word calls the styles of headings, in English whatever its language.
_HEADINGS: Final[Mapping[str, int]] = {"title": 1, "heading 1": 1, "heading 2": 2, "heading 3": 2}
_MOST_COLUMNS: Final = 30
# Twentieths of a point in an em of the usual size; how far a value stands from the edge at most.
_EM: Final = 210
_WIDEST: Final = 16


class BlockReader:
    """Reads one filled template; `values` are the runs that were put in, `paths` the items of repeated rows."""

    def __init__(
        self,
        package: TemplatePackage,
        lang: str,
        values: Mapping[etree._Element, LetterRun],
        paths: Mapping[etree._Element, str],
    ) -> None:
        self._package, self._lang, self._values, self._paths = package, lang, values, paths
        self._styles = package.style_names()

    @property
    def landscape(self) -> bool:
        """Whether its first pages lie on their side."""
        size = next(self._package.tree(DOCUMENT).iter(f"{{{W}}}pgSz"), None)
        return size is not None and size.get(f"{{{W}}}orient") == "landscape"

    def blocks(self) -> Iterator[LetterBlock]:
        """Headers, the text, footers."""
        for name in self._package.heads:
            yield from self._said(self._package.tree(name))
        body = self._package.tree(DOCUMENT).find(f"{{{W}}}body")
        yield from self._all(body) if body is not None else ()
        for name in self._package.feet:
            yield from self._said(self._package.tree(name))

    def _said(self, part: etree._Element) -> Iterator[LetterBlock]:
        return (block for block in self._all(part) if not isinstance(block, SpaceBlock))

    def _all(self, parent: etree._Element) -> Iterator[LetterBlock]:
        for child in parent:
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == TABLE:
                yield from self._table(child)
            elif child.tag in _WRAPPERS:
                yield from self._all(child)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[LetterBlock]:
        runs, behind_tab = self._runs(paragraph), self._behind_tab(paragraph)
        style, align = self._style(paragraph), _align(paragraph)
        if not "".join(run.text for run in runs).strip():
            yield SpaceBlock(lines=0.7)
        elif style in _HEADINGS:
            yield HeadingBlock(level=_HEADINGS[style], runs=runs, align=align)
        elif behind_tab:
            label, value = behind_tab
            yield PairBlock(label=label, value=value, width=min(_hanging(paragraph) / _EM, _WIDEST))
        else:
            yield LineBlock(runs=runs, align=align)
        for box in paragraph.iter(TEXT_BOX):
            if not any(above.tag in (TEXT_BOX, FALLBACK) for above in box.iterancestors()):
                yield from self._said(box)

    def _behind_tab(self, paragraph: etree._Element) -> tuple[Runs, Runs] | None:
        """A label and its value, where a paragraph hangs and has one behind the first tab."""
        listed = list(runs_in(paragraph))
        place = next((place for place, run in enumerate(listed) if text_of_run(run) == "\t"), None)
        if place is None or not _hanging(paragraph):
            return None
        return self._runs_of(listed[:place]), self._runs_of(listed[place + 1 :])

    def _runs(self, paragraph: etree._Element) -> Runs:
        return self._runs_of(runs_in(paragraph))

    def _runs_of(self, elements: Iterable[etree._Element]) -> Runs:
        runs = []
        for run in elements:
            known = self._values.get(run)
            if known is None:
                text = text_of_run(run).replace("\t", " ")
                if next(run.iter(*_PICTURES), None) is not None and next(run.iter(TEXT_BOX), None) is None:
                    text += words("picture", self._lang)
                known = LetterRun(text=text, lang=self._lang, strong=_is_bold(run))
            if known.text:
                runs.append(known)
        return tuple(runs)

    def _table(self, table: etree._Element) -> Iterator[LetterBlock]:
        rows = list(_rows(table))
        if not rows:
            return
        cells = [tuple(self._cell(cell) for cell in _cells(row)) for row in rows]
        most = min(max(map(len, cells)), _MOST_COLUMNS)
        whole = [(*each, *((),) * (most - len(each)))[:most] for each in cells]
        heads = self._heads(rows)
        paths = [self._paths.get(row, "") for row in rows]
        for title in whole[: max(heads - 1, 0)]:
            yield LineBlock(runs=tuple(run for cell in title for run in cell))
        listed = (
            LetterTableRow(path=path, cells=each) for path, each in zip(paths[heads:], whole[heads:], strict=True)
        )
        yield TableBlock(widths=_widths(table, most), heads=whole[heads - 1] if heads else (), rows=tuple(listed))

    def _heads(self, rows: list[etree._Element]) -> int:
        """How many rows are heads: those before the items of a list; else those that Word repeats on each page."""
        first = next((place for place, row in enumerate(rows) if row in self._paths), None)
        if first is not None:
            return first
        repeated = list(takewhile(lambda row: row.find(f"{{{W}}}trPr/{{{W}}}tblHeader") is not None, rows))
        return len(repeated) if len(repeated) < len(rows) else 0

    def _cell(self, cell: etree._Element) -> Runs:
        """A cell as one text; tables within it are read as lines."""
        lines: list[Runs] = []
        for paragraph in cell.iter(PARAGRAPH):
            if runs := self._runs(paragraph):
                lines.append(runs)
        joint = LetterRun(text="\n", lang=self._lang)
        return tuple(run for place, line in enumerate(lines) for run in ((joint,) if place else ()) + line)

    def _style(self, paragraph: etree._Element) -> str:
        style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
        return self._styles.get(style.get(f"{{{W}}}val", ""), "") if style is not None else ""


def _align(paragraph: etree._Element) -> Literal["left", "right", "center"]:
    aligned = paragraph.find(f"{{{W}}}pPr/{{{W}}}jc")
    return _ALIGNED.get(aligned.get(f"{{{W}}}val", ""), "left") if aligned is not None else "left"


def _hanging(paragraph: etree._Element) -> int:
    """How far the lines behind the first hang, in twentieths of a point; 0 where they do not."""
    indent = paragraph.find(f"{{{W}}}pPr/{{{W}}}ind")
    said = indent.get(f"{{{W}}}hanging", "") if indent is not None else ""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _is_bold(run: etree._Element) -> bool:
    bold = run.find(f"{{{W}}}rPr/{{{W}}}b")
    return bold is not None and bold.get(f"{{{W}}}val", "1") not in ("0", "false", "off")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == ROW:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if child.tag == CELL:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _cells(child)


def _widths(table: etree._Element, columns: int) -> tuple[float, ...]:
    """The widths of the columns as the table's grid has them; alike where it has another number of them."""
    grid = [column.get(f"{{{W}}}w", "") for column in table.iterchildren(f"{{{W}}}tblGrid") for column in column]
    if len(grid) != columns or not all(width.isascii() and width.isdigit() and int(width) for width in grid):
        return (1.0,) * columns
    return tuple(float(width) for width in grid)
