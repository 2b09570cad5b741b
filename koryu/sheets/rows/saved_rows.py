"""What a page answers when a sheet was saved: the rows as they are now, what was not saved, and what is pointed out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from koryu.sheets.rows.merge import MergedContent, as_posted
from koryu.sheets.rows.row_sheet import CellMark, CellReader, RowSheet, ShownColumn, rows_of


def saved_rows(
    sheet: RowSheet,
    merged: MergedContent,
    *,
    columns: Sequence[ShownColumn],
    reader: CellReader,
    marks: Iterable[CellMark],
    translate: Callable[[str], str],
    heads: Mapping[str, str],
) -> dict[str, Any]:
    """The answer as JSON, as `table.js` reads it; the page adds `saved`, the words that say when.

    `heads` are what the columns are called, by key.
    """
    rows = rows_of(sheet, merged.content, columns, reader)
    return {
        "rows": [{"id": row.id, "cells": dict(row.cells)} for row in rows],
        "conflicts": [
            {
                "row": conflict.row,
                "column": conflict.column,
                "mine": conflict.mine,
                "theirs": conflict.theirs,
                "words": conflict.reason.in_words(translate),
            }
            for conflict in merged.conflicts
        ],
        "marks": [_mark(mark, columns, translate, heads) for mark in marks],
        "undo": [as_posted(restored) for restored in merged.undo],
    }


def _mark(
    mark: CellMark, columns: Sequence[ShownColumn], translate: Callable[[str], str], heads: Mapping[str, str]
) -> dict[str, Any]:
    column = next((column.key for column in columns if column.is_at(mark)), "")
    words = mark.reason.in_words(translate)
    head = heads.get(column)
    return {
        "row": mark.row,
        "column": column,
        "words": f"{head}: {words}" if head else words,
        "stops": mark.stops,
    }
