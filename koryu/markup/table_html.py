"""A sheet of rows as an HTML table of ordinary controls: it works without script, and `table.js` knows its names.

A page sends such tables by the dozen of rows, so they are put together as strings, like forms: every value is escaped
where it is named, and nothing is escaped again.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext
from markupsafe import Markup

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_html, as_markup, marked, plain
from koryu.markup.widgets import hidden
from koryu.sheets.rows.merge import row_mark
from koryu.sheets.rows.posted_rows import ORDER, REMOVE, ROWS
from koryu.sheets.rows.row_sheet import CellMark, CellReader, RowSheet, ShownColumn, TypedRow
from koryu.values.reason import N_

_ORDER: Final = N_("Place in the order")
_REMOVE: Final = N_("Remove")
_ROW: Final = N_("Row %(number)s")
_NEW_ROW: Final = N_("New row %(number)s")
# What the script says, by the name under which it looks for it.
_SENTENCES: Final = {
    "removed": N_("Removed; it can be restored until you leave this page."),
    "put-back": N_("Restore it"),
    "suggestions": N_("Suggestions"),
    "theirs": N_("Use the other entry"),
    "mine": N_("Keep my entry"),
    "gone": N_("This row was removed meanwhile by somebody else."),
    "file": N_("File…"),
    "sending": N_("Sending the file…"),
    "broke-off": N_("Not kept: the upload broke off."),
}


@dataclass(frozen=True)
class ToldColumn:
    """A column that a page adds and nobody types into: its head, and what stands in it by the id of the row."""

    called: str
    cells: Mapping[str, Markup] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class DrawnCells:
    """What is otherwise than usual in some cells and rows of a table.

    Into the cells in `closed` (row, key of the column) nobody types; the rows in `held` are not removed, those in
    `hidden` are there and not shown. `hints` say what an empty cell is; `beside` is what stands behind a cell. Those in
    `long` are typed over several lines, where their column is of prose and rows stay. Of the columns in `offered`, by
    key, cells offer these words while one types, and take others too.
    """

    closed: frozenset[tuple[str, str]] = frozenset()
    held: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    long: frozenset[tuple[str, str]] = frozenset()
    hints: Mapping[tuple[str, str], str] = field(default_factory=dict)
    beside: Mapping[tuple[str, str], Markup] = field(default_factory=dict)
    offered: Mapping[str, Sequence[str]] = field(default_factory=dict)


_AS_USUAL: Final = DrawnCells()


@dataclass(frozen=True, kw_only=True)
class DrawnTable:
    """What one table is drawn from.

    `at` begins the ids of its parts, so that two tables can stand on one page. `new` are the ids of the empty rows
    under it. `mine` is what somebody typed, by row and column, where another was faster; it stands in the cell, and a
    mark says what the other wrote. Rows in `grey` are beside the record. Where `fixed`, nothing can be typed.
    """

    at: str
    sheet: RowSheet
    columns: Sequence[ShownColumn]
    rows: Sequence[TypedRow]
    marks: Sequence[CellMark] = ()
    new: Sequence[str] = ()
    more: Sequence[ToldColumn] = ()
    mine: Mapping[tuple[str, str], str] = field(default_factory=dict)
    grey: Container[str] = ()
    fixed: bool = False
    cells: DrawnCells = _AS_USUAL


def row_table(writer: DeskWriter, drawn: DrawnTable, *, save_at: str = "", paste_at: str = "") -> Markup:
    """The table with what is pointed out of the whole above it; it stands inside a form that posts its cells.

    The form says `autocomplete="off"` once for all of them.

    `save_at` and `paste_at` are where the script sends changes and what was pasted; without them it stays quiet.
    """
    return as_markup(_Drawing(writer, drawn, CellReader(slug=writer.slug)).table(save_at, paste_at))


def heads_of(writer: DeskWriter, columns: Sequence[ShownColumn]) -> dict[str, str]:
    """What the columns are called, by key, as HTML: with their language where they are for one."""
    return {column.key: _head(writer, column, columns) for column in columns}


def _head(writer: DeskWriter, column: ShownColumn, columns: Sequence[ShownColumn]) -> str:
    called = plain(column.column.called, writer.slug)
    if not column.tag:
        return str(called)
    language = column.tag.partition("-")[0]
    others = {each.tag for each in columns if each.tag.partition("-")[0] == language}
    return f"{called} ({writer.language(language if len(others) == 1 else column.tag)})"


class _Drawing:
    def __init__(self, writer: DeskWriter, drawn: DrawnTable, reader: CellReader) -> None:
        self.writer, self.drawn, self.reader = writer, drawn, reader
        self.at = escape(drawn.at)
        self.marks: dict[str, list[CellMark]] = {}
        for mark in drawn.marks:
            self.marks.setdefault(mark.row, []).append(mark)
        # The signs in ids: h for the head of a column, l for what it offers, o for the order of a row, w for what is
        # wrong in it.
        self.heads = heads_of(writer, drawn.columns)
        self.places = {column.key: place for place, column in enumerate(drawn.columns)}
        # Of each column what its cells say of it, and its key, escaped once for all of them.
        self.columns = [
            (column, self.id("h", column.key), marked(escape(column.tag)) if column.tag else "", escape(column.key))
            for column in drawn.columns
        ]
        self.choices = {
            column.key: column.column.cell.choices(reader)
            for column in drawn.columns
            if column.column.cell.looks == "choice"
        }
        # Nothing is offered where nobody types.
        self.offered = (
            {} if drawn.fixed else {key: words for key, words in drawn.cells.offered.items() if key in self.places}
        )
        self.drawn_options: dict[tuple[str, str], str] = {}
        self.remove = plain(_REMOVE, writer.slug)
        self.stay = drawn.fixed or drawn.sheet.rows_stay
        # The order, and the tick to remove where rows can be.
        self.width = len(drawn.columns) + len(drawn.more) + (1 if self.stay else 2)

    def table(self, save_at: str, paste_at: str) -> str:
        drawn, say = self.drawn, self.writer.gettext
        widths = "".join([f'<col class="w-{escape(column.column.width)}">' for column in drawn.columns])
        added = '<col class="w-m">' * len(drawn.more)
        heads = "".join([self.head_cell(column) for column in drawn.columns])
        more = "".join([f'<th scope="col">{self.writer.gettext(column.called)}</th>' for column in drawn.more])
        rows = "".join([self.row(row, number) for number, row in enumerate(drawn.rows, 1)])
        empty = (TypedRow(row, {}) for row in ([] if drawn.fixed else drawn.new))
        new = "".join([self.row(row, number, new=True) for number, row in enumerate(empty, len(drawn.rows) + 1)])
        addresses = (("save", save_at), ("paste", paste_at), ("pick", reverse("desk:suggest") if save_at else ""))
        data = "".join([f' data-{name}="{escape(address)}"' for name, address in addresses if address])
        # Rows without an order are not moved; their ids stand in the names of records, and are short.
        data += " data-unordered" if drawn.sheet.rows_are_drafts or drawn.sheet.rows_stay else ""
        data += " data-stay" if drawn.sheet.rows_stay else ""
        called = self.remove
        remove = "" if self.stay else f'<th scope="col" id="{self.id("r", "")}">{called}</th>'
        return (
            f"{self.of_whole()}"
            f'<table class="rows" id="{escape(drawn.at)}" aria-label="{say(drawn.sheet.called)}"{data}>\n'
            f'<colgroup><col class="w-order">{widths}{added}{"" if self.stay else "<col>"}</colgroup>\n'
            f'<thead><tr><th scope="col"><span class="unseen">{say(_ORDER)}</span></th>{heads}{more}{remove}</tr>'
            f"</thead>\n"
            f"<tbody>\n{rows}{new}</tbody>\n</table>\n{self.lists()}{self.sentences() if save_at else ''}"
        )

    def lists(self) -> str:
        """What is offered while one types, a list for each column that has some."""
        return "".join(
            f'<datalist id="{self.id("l", key)}">'
            + "".join(f'<option value="{escape(words)}"></option>' for words in offered)
            + "</datalist>\n"
            for key, offered in self.offered.items()
        )

    def head_cell(self, column: ShownColumn) -> str:
        called = self.heads[column.key]
        kinds = f' data-kinds="{" ".join(column.column.kinds)}"' if column.column.kinds else ""
        files = " data-files" if column.column.takes_files else ""
        key = f'id="{self.id("h", column.key)}" data-key="{escape(column.key)}"'
        return f'<th scope="col" {key}{kinds}{files}>{called}</th>'

    def id(self, part: str, key: str) -> str:
        """The id of a part of the table: short, for each cell names two of them."""
        return f"{self.at}{part}{self.places[key] if part in 'hl' else escape(key)}"

    def row(self, row: TypedRow, number: int, *, new: bool = False) -> str:
        marks = self.marks.get(row.id, ())
        label, name = self.id("o", row.id), escape(row.id)
        cells = "".join(
            [
                self.cell(row, column, marks, f'name="{name}/{key}" aria-labelledby="{head} {label}"{lang}', lang)
                for column, head, lang, key in self.columns
            ]
        )
        more = "".join(
            [
                f'<td data-is="{self.writer.gettext(column.called)}"><div>{column.cells.get(row.id, "")}</div></td>'
                for column in self.drawn.more
            ]
        )
        grey = row.id in self.drawn.grey
        classes = " ".join([name for name, holds in (("new", new), ("pointed", marks), ("private", grey)) if holds])
        shown = f' class="{classes}"' if classes else ""
        shown += " hidden" if row.id in self.drawn.cells.hidden else ""
        shown += " data-held" if row.id in self.drawn.cells.held else ""
        return (
            f'<tr data-row="{escape(row.id)}"{shown}>{self.first(row, number, new=new)}{cells}{more}'
            f"{self.last(row, new=new)}</tr>\n{self.said(row, marks)}"
        )

    def first(self, row: TypedRow, number: int, *, new: bool) -> str:
        """The head of the row, its number, and what tells whether it is as it was."""
        called = self.writer.gettext(_NEW_ROW if new else _ROW, number=number)
        name = f'<span class="unseen" id="{self.id("o", row.id)}">{called}</span>'
        shown = f'<span class="number">{number}</span>'
        if self.drawn.fixed:
            return f'<th scope="row">{name}{shown}</th>'
        mark = "" if new else row_mark(row)
        if self.drawn.sheet.rows_are_drafts or self.drawn.sheet.rows_stay:
            return f'<th scope="row">{name}{shown}{hidden(ROWS, f"{row.id}:{mark}")}</th>'
        order = (
            f'<input name="{escape(row.id)}/{ORDER}" value="{number}" inputmode="numeric" '
            f'aria-labelledby="{self.id("o", row.id)}">'
        )
        return f'<th scope="row">{name}{number if new else order}{hidden(ROWS, f"{row.id}:{mark}")}</th>'

    def last(self, row: TypedRow, *, new: bool) -> str:
        if self.stay:
            return ""
        label = self.remove
        if new or row.id in self.drawn.cells.held:
            return "<td></td>"
        return (
            f'<td data-is="{label}"><input type="checkbox" name="{escape(row.id)}/{REMOVE}" value="1" '
            f'aria-labelledby="{self.id("r", "")} {self.id("o", row.id)}"></td>'
        )

    def cell(self, row: TypedRow, column: ShownColumn, marks: Sequence[CellMark], named: str, lang: str) -> str:
        key = column.key
        value = row.cells.get(key, "")
        if self.drawn.mine:
            value = self.drawn.mine.get((row.id, key), value)
        label = self.heads[key]
        drawn, at = self.drawn.cells, (row.id, key)
        beside, hint = drawn.beside.get(at, ""), drawn.hints.get(at, "")
        closed = self.drawn.fixed or at in drawn.closed
        if closed or column.column.cell.looks == "shown":
            # A cell that follows from others is set anew by the script.
            follows = "" if closed else f' data-shown="{escape(key)}"'
            return f'<td data-is="{label}"{follows}>{self.closed_cell(column, value, hint, lang)}{beside}</td>'
        here = [mark for mark in marks if column.is_at(mark)] if marks else ()
        stops, pointed = any(mark.stops for mark in here), bool(here)
        about = f' aria-describedby="{self.id("w", row.id)}"' if pointed else ""
        invalid = ' aria-invalid="true"' if stops else ""
        attributes = f"{named}{about}{invalid}"
        if hint and not value:
            attributes += f' placeholder="{escape(hint)}"'
        shown = ' class="pointed"' if pointed else ""
        long = not self.drawn.sheet.rows_stay or at in drawn.long
        return f'<td data-is="{label}"{shown}>{self.control(column, value, attributes, long=long)}{beside}</td>'

    def closed_cell(self, column: ShownColumn, value: str, hint: str, lang: str) -> str:
        """A cell that is only read: of a choice its words, and what an empty one is."""
        if not value and hint:
            return f'<span class="soft">{escape(hint)}</span>'
        words = next((words for code, words in self.choices.get(column.key, ()) if code == value), value)
        return f"<span{lang}>{as_html(words)}</span>"

    def control(self, column: ShownColumn, value: str, attributes: str, *, long: bool) -> str:
        match column.column.cell.looks:
            case "choice" if not value or any(value == code for code, _words in self.choices[column.key]):
                return f'<select {attributes}><option value="">–</option>{self.options(column.key, value)}</select>'
            case "prose" if long:
                return f'<textarea {attributes} rows="2">\n{escape(value)}</textarea>'
            case "number":
                return f'<input {attributes} value="{escape(value)}" inputmode="numeric">'
        if column.key in self.offered:
            attributes += f' list="{self.id("l", column.key)}"'
        return f'<input {attributes} value="{escape(value)}">'

    def options(self, key: str, value: str) -> str:
        """The options of a choice with one of them chosen; the same ones for each row in which it is."""
        if (key, value) not in self.drawn_options:
            options = "".join([_option(code, words, value) for code, words in self.choices[key]])
            self.drawn_options[key, value] = options
        return self.drawn_options[key, value]

    def said(self, row: TypedRow, marks: Sequence[CellMark]) -> str:
        """What is pointed out in a row, under it, each with the head of its column."""
        if not marks:
            return ""
        lines, width = "".join([f"<li>{self.sentence(mark)}</li>" for mark in marks]), self.width
        return (
            f'<tr class="said" data-of="{escape(row.id)}"><td colspan="{width}">'
            f'<ul id="{self.id("w", row.id)}">{lines}</ul></td></tr>\n'
        )

    def sentence(self, mark: CellMark) -> str:
        column = next((column for column in self.drawn.columns if column.is_at(mark)), None)
        head = f"{self.heads[column.key]}: " if column else ""
        words = escape(mark.reason.in_words(gettext))
        return f"{head}<strong>{words}</strong>" if mark.stops else f"{head}{words}"

    def of_whole(self) -> str:
        marks = self.marks.get("", ())
        lines = "".join([f"<li>{self.sentence(mark)}</li>" for mark in marks])
        return f'<ul class="said-of-all" id="{escape(self.drawn.at)}-said">{lines}</ul>\n'

    def sentences(self) -> str:
        words = "".join(
            [
                f'<span data-say="{name}">{plain(message, self.writer.slug)}</span>'
                for name, message in _SENTENCES.items()
            ]
        )
        return f'<template id="{escape(self.drawn.at)}-words">{words}</template>\n'


def _option(code: str, words: str, value: str) -> str:
    return f'<option value="{escape(code)}"{" selected" if code == value else ""}>{escape(words)}</option>'
