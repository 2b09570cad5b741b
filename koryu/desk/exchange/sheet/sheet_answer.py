"""What a sheet answers when it was saved: to its script as JSON; without script what was not saved, in its cells."""

from dataclasses import replace
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_request import AskedSheet
from koryu.desk.exchange.sheet.sheet_table import NotSaved
from koryu.markup.table_html import heads_of
from koryu.sheets.rows.merge import MergedContent
from koryu.sheets.rows.row_sheet import CellMark
from koryu.sheets.rows.saved_rows import saved_rows
from koryu.values.reason import Reason

_NOT_ALL: Final = Reason("Not everything was saved: somebody else changed the list meanwhile. What you typed is below.")


def saved_answer(asked: AskedSheet, merged: MergedContent, sheet: DraftSheet, **more: Any) -> HttpResponse:
    """The rows as they are now, for the script: as they are kept, which may be more than was typed; and `more`."""
    return JsonResponse({**saved_content(asked, merged, sheet), **more})


def saved_content(asked: AskedSheet, merged: MergedContent, sheet: DraftSheet) -> dict[str, Any]:
    """The same, before it is sent."""
    answer = saved_rows(
        sheet.rows_are,
        replace(merged, content=dict(sheet.content)),
        columns=sheet.columns,
        reader=sheet.reader,
        marks=sheet.marks,
        translate=_,
        heads=heads_of(asked.writer, sheet.columns),
    )
    return {**answer, "saved": sheet.saved_words(asked.me) or _("The draft was deleted.")}


def conflicts_of(asked: AskedSheet, merged: MergedContent, sheet: DraftSheet) -> HttpResponse:
    """The page with what was not saved, each in its cell; whatever was typed into a row that is gone in a new one."""
    there = {row.id for row in sheet.rows}
    typed = [conflict for conflict in merged.conflicts if conflict.column]
    unsaved = NotSaved(
        number=sheet.number,
        mine={(conflict.row, conflict.column): conflict.mine for conflict in typed},
        marks=[CellMark(conflict.row, conflict.column, conflict.reason) for conflict in merged.conflicts],
        new=list(dict.fromkeys(conflict.row for conflict in typed if conflict.row not in there)),
    )
    return asked.again(unsaved=unsaved, problem=_NOT_ALL)
