"""What a sheet of rows is: its columns, what a row of it is, its checks, and what of a content stands in its cells."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, Protocol

from koryu.records.schema import Field
from koryu.sheets.errors import wrong_in
from koryu.sheets.operations import value_at
from koryu.sheets.rows.exchange_names import ExchangeNames
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

MOST_ROWS: Final = 500
_NOBODY: Final = ExchangeNames()
_NO_NAMES: Final[Mapping[str, Mapping[str, str]]] = {}


@dataclass(frozen=True, kw_only=True)
class CellReader:
    """For whom cells are written: the language of the pages, and the records that cells name.

    `names` are the names of those records by URI, as a text in JSON: `{"zh-Hans": "…", "zh-Latn-pinyin": "…"}`.
    `days` are the first and the last day of the exchange, where they are known: a day typed as `9` lies in them.
    `around` are the institutions, people and papers of the exchange, which cells may name by a short word.
    `home` is the language of the institution whose list it is, '' where that is not known.
    """

    slug: str = "en"
    days: tuple[date, date] | None = None
    names: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NO_NAMES)
    around: ExchangeNames = field(default_factory=lambda: _NOBODY)
    home: str = ""

    @property
    def tag(self) -> str:
        """The tag of the reader's language."""
        return LANGUAGES[self.slug][0]

    def word(self, code: str) -> str:
        """What a code is called in the reader's language."""
        return translated(chosen(code), self.slug)

    def name(self, uri: str, tag: str) -> str:
        """The name of a record in a language; '' where it has none in it, or is not known."""
        return str(self.names.get(uri, _NO_NAMES).get(tag, ""))

    def best_name(self, uri: str) -> str:
        """The name of a record as the reader reads it; '' where it is not known."""
        names = self.names.get(uri)
        return Text.kept(names).shown(self.tag).text if names else ""

    def named(self, typed: str) -> str:
        """The URI of the one record that is called so in any language; '' where none or more than one is."""
        wanted = typed.casefold()
        uris = [
            uri
            for uri, names in self.names.items()
            if any(name.casefold() == wanted for tag, name in names.items() if tag != "source")
        ]
        return uris[0] if len(uris) == 1 else ""


RowItem = dict[str, Any]


class CellSort(Protocol):
    """What stands in the cells of a column. None of these changes the item it is given.

    `looks` is how the cell is drawn: line, prose, number, choice, record or shown (which cannot be typed into).
    """

    @property
    def looks(self) -> str: ...

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        """What stands in the cell of this item, for one language."""

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        """The item after this was typed; what is not understood is in it as it was typed."""

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        """What is wrong with what stands in the cell."""

    def fits(self, typed: str, tag: str) -> bool:
        """Whether a pasted value looks like one of this sort and of this language."""

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        """(what is saved, what is shown) for each choice of a cell that is chosen."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column as it is declared.

    `called` is the message of its head. `heads` are the words by which it is recognised in a pasted table, by language,
    separated by blanks (an underscore is a blank). `path` is the field of an item in which its values lie. Where
    `by_language`, it can stand once for each language of the sheet. A `stops` column stops sending where something is
    wrong in it. Of a cell that names records, `kinds` are those it may name; at one that `takes_files` a file can be
    put in.
    """

    key: str
    cell: CellSort
    called: str
    path: str
    width: str = "m"
    by_language: bool = False
    kinds: tuple[str, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    stops: bool = False
    takes_files: bool = False


@dataclass(frozen=True)
class ShownColumn:
    """A column as it is drawn: for one of the languages of the sheet (`tag`), or for none ('')."""

    column: Column
    tag: str = ""

    @property
    def key(self) -> str:
        """What names it among the columns of the sheet: `post:zh-Hans`, `roles`."""
        return f"{self.column.key}:{self.tag}" if self.tag else self.column.key

    @property
    def is_typed(self) -> bool:
        """Whether anything can be typed into its cells."""
        return self.column.cell.looks != "shown"

    def shown(self, item: RowItem, reader: CellReader) -> str:
        return self.column.cell.shown(item, self.tag, reader)

    def with_typed(self, item: RowItem, typed: str, reader: CellReader) -> RowItem:
        return item if typed == self.shown(item, reader) else self.column.cell.with_typed(item, typed, self.tag, reader)

    def wrong(self, item: RowItem, reader: CellReader) -> Reason | None:
        return self.column.cell.wrong(item, self.tag, reader)

    def is_at(self, mark: "CellMark") -> bool:
        """Whether a mark is at this column; one that names a column by language without it means any of them."""
        return mark.column == self.key or (":" not in mark.column and mark.column == self.column.key)


@dataclass(frozen=True)
class CellMark:
    """Something pointed out: at a cell (`column` is its key), at a row ('' as key), or at the whole sheet (no row)."""

    row: str
    column: str
    reason: Reason
    stops: bool = False


# What a check is told besides the content: plain values that the page knows, such as the names in the other list.
RowCheck = Callable[[Mapping[str, Any], CellReader, Mapping[str, Any]], Iterable[CellMark]]


@dataclass(frozen=True, kw_only=True)
class RowSheet:
    """A sheet as it is declared: the kind of record, the list in it whose items are the rows, columns and checks.

    `keyed_by` are the columns that tell which row a pasted one is, all of them together where `keyed_together`; an
    empty cell of a column in `as_above` means the same as in the row above, in a new row and when it is pasted.
    `recorded` is what of a content is asked of the record, where a sheet has rows besides.

    Where `rows_are_drafts`, each row is a draft of this kind for itself: `path` is then that of a list made for the
    sheet, of whose items each is a whole content with the id of its row. Such rows have no order of their own.

    Where `rows_stay`, rows are neither added, moved nor removed, and a page may show some of them alone.

    Where rows are in no record, `own_fields` say what one can hold, and nothing is asked of a record.
    """

    kind: str
    path: str
    called: str
    columns: tuple[Column, ...]
    keyed_by: tuple[str, ...]
    keyed_together: bool = False
    as_above: frozenset[str] = frozenset()
    checks: tuple[RowCheck, ...] = ()
    recorded: Callable[[Mapping[str, Any]], Mapping[str, Any]] = field(default=lambda content: content)
    rows_are_drafts: bool = False
    own_fields: tuple[Field, ...] = ()
    rows_stay: bool = False

    @property
    def id_length(self) -> int:
        """How long the ids of new rows are: of those that are drafts they stand in the names of records."""
        return 4 if self.rows_are_drafts else 6

    def shown_columns(
        self, tags: Iterable[str], *, once: Iterable[str] = ("reading", "remark")
    ) -> tuple[ShownColumn, ...]:
        """The columns for these languages, the first of them first; those in `once` for the first language alone."""
        languages, alone = tuple(dict.fromkeys(tags)), frozenset(once)
        return tuple(
            ShownColumn(column, tag)
            for column in self.columns
            for tag in ((languages[:1] if column.key in alone else languages) if column.by_language else ("",))
        )


@dataclass(frozen=True)
class TypedRow:
    """One row: the id of its item, and what stands in its cells by the key of the column."""

    id: str
    cells: Mapping[str, str]


def items_of(sheet: RowSheet, content: Mapping[str, Any]) -> Iterator[RowItem]:
    """The items that are rows; whatever else an unfinished content may hold there is passed over."""
    items = value_at(content, sheet.path)
    if isinstance(items, list):
        yield from (item for item in items if isinstance(item, dict) and isinstance(item.get("id"), str))


def row_of(item: RowItem, columns: Iterable[ShownColumn], reader: CellReader) -> TypedRow:
    """An item as a row."""
    return TypedRow(item["id"], {column.key: column.shown(item, reader) for column in columns})


def rows_of(
    sheet: RowSheet, content: Mapping[str, Any], columns: Iterable[ShownColumn], reader: CellReader
) -> tuple[TypedRow, ...]:
    """The rows of a content, finished or not, in their order."""
    drawn = tuple(columns)
    return tuple(row_of(item, drawn, reader) for item in items_of(sheet, content))


def marks_of(
    sheet: RowSheet,
    content: Mapping[str, Any],
    columns: Iterable[ShownColumn],
    reader: CellReader,
    known: Mapping[str, Any] = _NO_NAMES,
) -> tuple[CellMark, ...]:
    """Everything pointed out: cells not understood, what else would stop a row, then what the checks of the sheet find.

    `known` is what the checks are told besides the content (see the checks). Nothing here stops anybody from typing.
    """
    drawn = tuple(columns)
    cells = [
        (column.column.path, CellMark(item["id"], column.key, reason, column.column.stops))
        for item in items_of(sheet, content)
        for column in drawn
        if (reason := column.wrong(item, reader))
    ]
    # What is pointed out at its cell already is not said again, nor of the whole row what follows from a cell of it.
    marked = {(mark.row, path) for path, mark in cells} | {(mark.row, "") for _path, mark in cells}
    unseen = (mark for path, mark in _refused(sheet, sheet.recorded(content), drawn) if (mark.row, path) not in marked)
    checks = (mark for check in sheet.checks for mark in check(content, reader, known))
    return tuple(dict.fromkeys((*(mark for _path, mark in cells), *unseen, *checks)))


def _refused(
    sheet: RowSheet, content: Mapping[str, Any], columns: Iterable[ShownColumn]
) -> Iterator[tuple[str, CellMark]]:
    """(field of the item, mark) for all in a row that the record itself refuses; at the first column of that field."""
    keys: dict[str, str] = {}
    for column in columns:
        keys.setdefault(column.column.path, column.key)
    for row, field_path, reasons in _wrong_in_rows(sheet, content):
        name = re.split(r"[.\[]", field_path.lstrip("."), maxsplit=1)[0]
        yield from ((name, CellMark(row, keys.get(name, ""), reason, stops=True)) for reason in reasons)


def _wrong_in_rows(sheet: RowSheet, content: Mapping[str, Any]) -> Iterator[tuple[str, str, tuple[Reason, ...]]]:
    """(row, path inside its item, reasons) for all that the record refuses."""
    if sheet.own_fields:
        return
    if sheet.rows_are_drafts:
        for item in items_of(sheet, content):
            written = json.dumps(item_with(item, "id", None), ensure_ascii=False)
            for path, reasons in _wrong_in(sheet.kind, written):
                yield item["id"], path, reasons
        return
    for path, reasons in _wrong_in(sheet.kind, json.dumps(content, ensure_ascii=False)):
        row, inside, field_path = path.removeprefix(f"{sheet.path}[").partition("]")
        if inside and row != path:
            yield row, field_path, reasons


# A page asks it of forty drafts, or of one with sixty rows, each time it is opened: to check a content takes long.
@lru_cache(maxsize=2048)
def _wrong_in(kind: str, written: str) -> tuple[tuple[str, tuple[Reason, ...]], ...]:
    """What a record refuses of this content, which is given as JSON."""
    return tuple(wrong_in(kind, json.loads(written)).items())


def kept_text(text: object) -> dict[str, str]:
    """The forms of a text in JSON, finished or not, by language."""
    # What comes out of JSON is a dict: to ask that first is quicker, and a page asks hundreds of times.
    if not isinstance(text, dict | Mapping):
        return {}
    return {tag: form for tag, form in text.items() if tag != "source" and isinstance(form, str)}


def text_with(text: object, tag: str, form: str) -> dict[str, str] | None:
    """A text in JSON after one form of it was typed, or emptied; None where nothing is left.

    Its source stays what it was for as long as that is there. Raises Refused where something is typed in no language:
    no page could show it.
    """
    forms = kept_text(text)
    source = text.get("source") if isinstance(text, Mapping) else None
    if form:
        forms[str(LanguageTag(tag))] = form
    else:
        forms.pop(tag, None)
    if source in forms:
        return {**forms, "source": source}
    return {**forms, "source": next(iter(forms))} if len(forms) > 1 else forms or None


def item_with(item: RowItem, name: str, value: object) -> RowItem:
    """The item with this value in a field; without the field where the value is None."""
    if value is None:
        return {key: held for key, held in item.items() if key != name}
    return {**item, name: value}
