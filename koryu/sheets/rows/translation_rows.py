"""Texts in several languages, the sheet: one row is one text of an exchange, one column a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from koryu.seals.digests import digest_of
from koryu.sheets.rows.row_sheet import CellReader, CellSort, Column, RowItem, RowSheet
from koryu.sheets.rows.text_cells import TextCell
from koryu.values.reason import N_

# The list that is made for the sheet.
TEXTS: Final = "texts"
# What the file of a paper stands for: no text that is typed.
FILE: Final = "0"
# Longer originals are typed over several lines.
LONG: Final = 90


@dataclass(frozen=True)
class WhichTextCell(CellSort):
    """Which text it is, in words; nobody types there."""

    looks = "shown"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return str(item.get("what", ""))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item


TRANSLATIONS: Final = RowSheet(
    kind="translation",
    path=TEXTS,
    called=N_("Translations"),
    columns=(
        Column(key="what", cell=WhichTextCell(), called=N_("Which text"), path="what", width="l"),
        Column(
            key="words",
            cell=TextCell("words", looks="prose"),
            called=N_("Words"),
            path="words",
            width="l",
            by_language=True,
        ),
    ),
    keyed_by=("what",),
    rows_stay=True,
)


@lru_cache(maxsize=16384)
def place_mark(record: str, path: str) -> str:
    """What names a text among those of an exchange: eight hexadecimal digits of its record and path."""
    return digest_of([record, path])[7:15]


def row_of_text(record: str, path: str, made_of: str) -> str:
    """The row of a text: which text it is, and of which original; who types into it is known to have read that one."""
    return f"{place_mark(record, path)}-{made_of}"


def original_seen(row: str) -> tuple[str, str]:
    """(which text, of which original) of a row, as a page names it."""
    mark, _dash, made_of = row.partition("-")
    return mark, made_of


def item_of(row: str, what: str, words: Mapping[str, Any]) -> RowItem:
    """A text as an item of the sheet."""
    return {"id": row, "what": what, "words": dict(words)}
