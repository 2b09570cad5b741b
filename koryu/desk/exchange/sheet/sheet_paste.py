"""Pasting into a sheet: shown before anything is written; then put in, or dropped."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.desk.exchange.sheet.sheet_answer import conflicts_of, saved_answer
from koryu.desk.exchange.sheet.sheet_request import AskedSheet
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.exchange.sheet.sheet_table import NotSaved, hidden_fields
from koryu.markup.paste_html import paste_panel
from koryu.sheets.rows.clipboard import pasted_grid
from koryu.sheets.rows.merge import RowChange
from koryu.sheets.rows.pasted import changes_of, paste_preview


def paste(asked: AskedSheet) -> HttpResponse:
    """What a paste would change; where it was looked at already, what came of it."""
    posted, sheet = asked.request.POST, asked.sheet
    if posted.get("do") == "drop":
        return HttpResponseRedirect(asked.page)
    grid = pasted_grid(posted.get("text", ""), posted.get("html", ""))
    preview = paste_preview(
        grid,
        sheet=sheet.rows_are,
        content=sheet.content,
        columns=sheet.columns,
        reader=sheet.reader,
        chosen=posted.getlist("choice") or None,
        seed=sheet.seed,
    )
    if posted.get("do") == "put":
        return _put(asked, changes_of(preview, {row.id: row for row in sheet.rows}))
    panel = paste_panel(
        asked.writer,
        grid,
        preview,
        sheet.columns,
        paste_at=asked.act("paste"),
        mark=hidden_fields(asked.request, sheet.tags),
    )
    if asked.by_script:
        return HttpResponse(panel)
    return asked.again(unsaved=NotSaved(number=sheet.number, panel=panel), problem=None, status=200)


def _put(asked: AskedSheet, changes: Iterable[RowChange]) -> HttpResponse:
    merged, sheet = save_changes(asked.me, asked.sheet, changes)
    if asked.by_script:
        return saved_answer(asked, merged, sheet)
    if merged.conflicts:
        return conflicts_of(asked, merged, sheet)
    messages.success(asked.request, _("Rows put in or changed: %(n)s.") % {"n": len(merged.changed)})
    return HttpResponseRedirect(asked.page)
