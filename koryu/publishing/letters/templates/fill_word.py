"""Filling an office's own Word template: fields get their values, a row of a list is repeated, what stays empty goes.

A template holds names and no instructions: nothing in it is worked out. Values are set as text, each in the language of
its own and otherwise as the template sets the field; those out of records lie in bookmarks, as in every letter.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from koryu.publishing.letters.blocks import (
    FilledPart,
    LetterBlock,
    LetterFilling,
    LetterPages,
    LetterRun,
    Runs,
    mark_of,
    runs_of,
)
from koryu.publishing.letters.templates.filled_blocks import BlockReader
from koryu.publishing.letters.templates.template_fields import TemplateField, fields_of
from koryu.publishing.letters.templates.template_package import DOCUMENT, TemplatePackage, paragraphs_of
from koryu.publishing.letters.templates.word_text import (
    FieldFound,
    TextEdit,
    edit_text,
    fields_in,
    optional_parts,
    text_of_paragraph,
)
from koryu.publishing.letters.word_parts import CELL, PARAGRAPH, ROW, TABLE, TEXT_BOX, W, core_properties, tagged
from koryu.publishing.letters.word_runs import written_runs
from koryu.wording.letters.template_words import field_called_by

# What a paragraph may hold that must not go with it.
_KEPT: Final = (f"{{{W}}}drawing", f"{{{W}}}pict", f"{{{W}}}sectPr", f"{{{W}}}object")
# Bookmarks of the template itself have small numbers.
_FIRST_MARK: Final = 100_000
# Fields of several sentences: alone in a paragraph, each line of theirs becomes a paragraph like it.
_SENTENCES: Final = frozenset({"body", "text", "covering", "notes"})


@dataclass
class FilledTemplate:
    """A template that was filled: what it says, block by block, and its bytes, made when they are asked for."""

    blocks: tuple[LetterBlock, ...]
    landscape: bool
    _package: TemplatePackage
    _pages: LetterPages

    def word(self, *, host: str) -> bytes:
        """The Word file. Its reference line is in the foot of its pages, wherever the template has it or not."""
        self._package.with_core(core_properties(self._pages, host=host))
        return self._package.written()


def filled_template(body: bytes, pages: LetterPages) -> FilledTemplate:
    """Fill a template that was found sound with the values of a letter."""
    package = TemplatePackage(body)
    filler = _Filler(package, pages)
    filler.fill()
    reader = BlockReader(package, pages.lang, filler.values, filler.paths)
    blocks = tuple(reader.blocks())
    if sum(1 for block in blocks for run in runs_of(block) if run.path) != filler.marks:
        # Of a file that is put together oddly: what could come back under another's mark does not come back by marks.
        blocks = tuple(map(_without_paths, blocks))
    return FilledTemplate(blocks=blocks, landscape=reader.landscape, _package=package, _pages=pages)


class _Filler:
    """Fills one template, numbering the values of records as it goes."""

    def __init__(self, package: TemplatePackage, pages: LetterPages) -> None:
        self.package, self.pages = package, pages
        self.filling = pages.filling or LetterFilling(fields={})
        self.known = fields_of(pages.kind, two=len(pages.langs) > 1)
        self.marks = 0
        # Which value each run holds, and of which item each row is: by the elements that were made for them.
        self.values: dict[etree._Element, LetterRun] = {}
        self.paths: dict[etree._Element, str] = {}

    def fill(self) -> None:
        document = self.package.tree(DOCUMENT)
        says_which = any(self._names_it(part) for part in (document, *map(self.package.tree, self._margins())))
        if not says_which:
            self.package.with_foot_line(self.pages.reference)
        body = document.find(f"{{{W}}}body")
        if body is not None:
            self._fill_all(body, self.filling.fields, marked=True)
        for name in self._margins():
            self._fill_all(self.package.tree(name), self.filling.fields, marked=False)

    def _margins(self) -> list[str]:
        return self.package.heads_and_feet

    def _names_it(self, part: etree._Element) -> bool:
        texts = map(text_of_paragraph, paragraphs_of(part))
        return any(field_called_by(each.typed) == "reference" for text in texts for each in fields_in(text))

    def _fill_all(self, parent: etree._Element, values: Mapping[str, Runs], *, marked: bool) -> None:
        """Fill what stands in a body, a cell, a header: tables, paragraphs, and what wraps them."""
        children = list(parent)
        # What stands over the parts of a list is filled with each part.
        headings = [self._heading_of(child, name) for child in children if (name := self._listed_in(child))]
        for child in children:
            if child.getparent() is None or any(child is heading for heading in headings):
                continue
            if child.tag == PARAGRAPH:
                self._fill_paragraph(child, values, marked=marked)
            elif child.tag == TABLE:
                self._fill_table(child, values, marked=marked)
            elif child.tag in (CELL, f"{{{W}}}sdt", f"{{{W}}}sdtContent", f"{{{W}}}customXml"):
                self._fill_all(child, values, marked=marked)

    def _fill_table(self, table: etree._Element, values: Mapping[str, Runs], *, marked: bool) -> None:
        listed = self._listed_in(table)
        if not listed:
            self._fill_rows(table, values, marked=marked)
            return
        parts = self.filling.lists.get(listed, ())
        heading = self._heading_of(table, listed)
        if heading is None:
            parts = (_as_one(parts),) if parts else ()
        self._fill_parts(table, heading, listed, parts, values, marked=marked)

    def _fill_parts(
        self,
        table: etree._Element,
        heading: etree._Element | None,
        listed: str,
        parts: Sequence[FilledPart],
        values: Mapping[str, Runs],
        *,
        marked: bool,
    ) -> None:
        """A table for each part, under its heading, the paragraphs between them repeated; none where there is none."""
        block = [heading] if heading is not None else []
        if heading is not None:
            block += list(_between(heading, table))
        block.append(table)
        behind = table.getnext()
        gap = behind if len(parts) > 1 and behind is not None and _is_empty(behind) else None
        copies = [[deepcopy(each) for each in block] for _part in parts]
        for place, (copied, part) in enumerate(zip(copies, parts, strict=True)):
            if place and gap is not None:
                table.addprevious(deepcopy(gap))
            for each in copied:
                table.addprevious(each)
            of_part = {**values, self._heading_code(listed): part.heading}
            for each in copied[:-1]:
                if each.tag == PARAGRAPH:
                    self._fill_paragraph(each, of_part, marked=marked)
            self._fill_rows(copied[-1], of_part, marked=marked, listed=listed, part=part)
        for each in block:
            _gone(each)

    def _fill_rows(
        self,
        table: etree._Element,
        values: Mapping[str, Runs],
        *,
        marked: bool,
        listed: str = "",
        part: FilledPart | None = None,
    ) -> None:
        for row in list(_rows(table)):
            if part is not None and self._list_of(row) == listed:
                self._repeat(row, part, values, marked=marked)
                continue
            texts = self._fields_of(row)
            if texts and not any(self._value(each, values) for each in texts):
                _gone(row)
                continue
            self._fill_row(row, values, marked=marked)
        if not list(_rows(table)):
            _gone(table)

    def _repeat(self, row: etree._Element, part: FilledPart, values: Mapping[str, Runs], *, marked: bool) -> None:
        for item in part.rows:
            copied = deepcopy(row)
            row.addprevious(copied)
            self.paths[copied] = item.path
            self._fill_row(copied, {**values, **item.cells}, marked=marked)
        _gone(row)

    def _fill_row(self, row: etree._Element, values: Mapping[str, Runs], *, marked: bool) -> None:
        for cell in row.iterchildren(CELL, f"{{{W}}}sdt"):
            self._fill_all(cell, values, marked=marked)
            # A cell ends with a paragraph.
            if cell.tag == CELL and (not len(cell) or cell[-1].tag != PARAGRAPH):
                tagged("p", parent=cell)

    def _fill_paragraph(self, paragraph: etree._Element, values: Mapping[str, Runs], *, marked: bool) -> None:
        """Put values into a paragraph; it goes where all its fields are empty, and then its words with them."""
        for box in list(paragraph.iter(TEXT_BOX)):
            if not any(above.tag == TEXT_BOX for above in box.iterancestors()):
                self._fill_all(box, values, marked=False)
        text = text_of_paragraph(paragraph)
        fields = fields_in(text)
        if not fields and not optional_parts(text):
            return
        if self._goes(text, fields, values) and not _keeps(paragraph):
            _gone(paragraph)
            return
        if self._is_of_sentences(text, fields):
            self._fill_sentences(paragraph, fields[0], values, marked=marked)
            return
        edit_text(paragraph, list(self._edits(text, fields, values, marked=marked)))

    def _goes(self, text: str, fields: Sequence[FieldFound], values: Mapping[str, Runs]) -> bool:
        """Whether all fields of a paragraph are empty, and something would go with them but what is in brackets."""
        if not fields or any(self._value(each, values) for each in fields):
            return False
        parts = optional_parts(text)
        without = "".join(text[end:start] for end, start in _outside(parts, len(text)))
        return bool(fields_in(without)) or not without.strip()

    def _is_of_sentences(self, text: str, fields: Sequence[FieldFound]) -> bool:
        alone = len(fields) == 1 and text.strip() == text[fields[0].start : fields[0].end]
        return alone and field_called_by(fields[0].typed) in _SENTENCES

    def _fill_sentences(
        self, paragraph: etree._Element, field: FieldFound, values: Mapping[str, Runs], *, marked: bool
    ) -> None:
        for line in _lines(self._value(field, values)):
            copied = deepcopy(paragraph)
            paragraph.addprevious(copied)
            edit_text(copied, [TextEdit(field.start, field.end, self._writer(line, marked=marked))])
        _gone(paragraph)

    def _edits(
        self, text: str, fields: Sequence[FieldFound], values: Mapping[str, Runs], *, marked: bool
    ) -> Iterator[TextEdit]:
        """In the order of the text, so that bookmarks are numbered in it."""
        gone = []
        for start, end in optional_parts(text):
            inside = [each for each in fields if start <= each.start and each.end <= end]
            if inside and not any(self._value(each, values) for each in inside):
                gone.append((start, end))
                yield TextEdit(start, end)
                continue
            yield TextEdit(start, start + 2)
            yield TextEdit(end - 2, end)
        for field in fields:
            if not any(start <= field.start < end for start, end in gone):
                value = self._value(field, values)
                yield TextEdit(field.start, field.end, self._writer(value, marked=marked))

    def _writer(self, value: Runs, *, marked: bool) -> Callable[[etree._Element | None], list[etree._Element]]:
        """What makes the elements of a value; their numbers are given now, as they stand in the text."""
        numbered: list[tuple[LetterRun, int]] = []
        for run in value:
            is_marked = bool(marked and run.path)
            self.marks += is_marked
            numbered.append((run if is_marked or not run.path else run.model_copy(update={"path": ""}), self.marks))

        def write(look: etree._Element | None) -> list[etree._Element]:
            return [element for run, number in numbered for element in self._written(run, number, look)]

        return write

    def _written(self, run: LetterRun, number: int, look: etree._Element | None) -> Iterator[etree._Element]:
        look = tagged("rPr") if look is None else look
        elements = list(written_runs(run, look=look, own_lang=self.pages.lang))
        for place, element in enumerate(elements):
            # A value that is several elements is one value all the same.
            self.values[element] = run if place == 0 else run.model_copy(update={"text": "", "ruby": "", "path": ""})
        if not run.path:
            yield from elements
            return
        yield tagged("bookmarkStart", id=_FIRST_MARK + number, name=mark_of(self.pages, number))
        yield from elements
        yield tagged("bookmarkEnd", id=_FIRST_MARK + number)

    def _value(self, field: FieldFound, values: Mapping[str, Runs]) -> Runs:
        return values.get(field_called_by(field.typed) or "", ())

    def _fields_of(self, element: etree._Element) -> list[FieldFound]:
        return [each for paragraph in element.iter(PARAGRAPH) for each in fields_in(text_of_paragraph(paragraph))]

    def _listed_in(self, table: etree._Element) -> str:
        """The list that a table has a row of; '' for none, and for what is no table."""
        rows = _rows(table) if table.tag == TABLE else ()
        return next((name for row in rows if (name := self._list_of(row))), "")

    def _list_of(self, row: etree._Element) -> str:
        """The list of whose fields a row has any."""
        return next((known.row_of for known in self._known_in(row) if known.row_of and not known.is_heading), "")

    def _known_in(self, element: etree._Element) -> Iterator[TemplateField]:
        codes = (field_called_by(each.typed) for each in self._fields_of(element))
        return (self.known[code] for code in codes if code in self.known)

    def _heading_of(self, table: etree._Element, listed: str) -> etree._Element | None:
        """The paragraph before a table in which the parts of its list are called; nothing but empty ones between."""
        for before in table.itersiblings(preceding=True):
            if before.tag != PARAGRAPH:
                return None
            if any(known.is_heading and known.row_of == listed for known in self._known_in(before)):
                return before
            if not _is_empty(before):
                return None
        return None

    def _heading_code(self, listed: str) -> str:
        return next(field.code for field in self.known.values() if field.is_heading and field.row_of == listed)


def _without_paths(block: LetterBlock) -> LetterBlock:
    """The same block with values that are of no record."""
    return type(block).model_validate(_pathless(block.model_dump(mode="json")))


def _pathless(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: "" if name == "path" else _pathless(each) for name, each in part.items()}
    return [_pathless(each) for each in part] if isinstance(part, list) else part


def _outside(parts: Sequence[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """What of a text is in none of these parts of it."""
    at = 0
    for start, end in parts:
        yield at, start
        at = end
    yield at, length


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, also those in content controls."""
    for child in table:
        if child.tag == ROW:
            yield child
        elif child.tag in (f"{{{W}}}sdt", f"{{{W}}}sdtContent"):
            yield from _rows(child)


def _between(first: etree._Element, last: etree._Element) -> Iterator[etree._Element]:
    for each in first.itersiblings():
        if each is last:
            return
        yield each


def _as_one(parts: Sequence[FilledPart]) -> FilledPart:
    """All parts of a list as one, each row with the heading of its part."""
    return FilledPart(heading=parts[0].heading, rows=tuple(row for part in parts for row in part.rows))


def _lines(value: Runs) -> list[Runs]:
    lines: list[list[LetterRun]] = [[]]
    for run in value:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return [tuple(line) for line in lines]


def _is_empty(element: etree._Element) -> bool:
    return element.tag == PARAGRAPH and not text_of_paragraph(element).strip() and not _keeps(element)


def _keeps(paragraph: etree._Element) -> bool:
    return next(paragraph.iter(*_KEPT), None) is not None


def _gone(element: etree._Element) -> None:
    """Take an element out; of a cell that would have no paragraph any more, an empty one stays."""
    parent = element.getparent()
    if parent is None:
        return
    parent.remove(element)
    if parent.tag == CELL and parent.find(PARAGRAPH) is None:
        tagged("p", parent=parent)
