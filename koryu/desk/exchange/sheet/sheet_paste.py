"""Pasting into a sheet, and loading a file into it: shown before anything is written; then put in, or dropped."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from markupsafe import Markup

from koryu.desk.exchange.sheet.printed_rows import mark_of_list
from koryu.desk.exchange.sheet.sheet_answer import conflicts_of, saved_answer
from koryu.desk.exchange.sheet.sheet_load import HELD, LoadedTable, drop, loaded_table, note_taken, put_down
from koryu.desk.exchange.sheet.sheet_request import AskedSheet
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.exchange.sheet.sheet_table import NotSaved, act_address, hidden_fields
from koryu.desk.text_input import number_typed
from koryu.files import actions as files
from koryu.ingest.table_files import TableFile
from koryu.markup.load_html import CommentShown, FileShown, TrackedShown, file_shown
from koryu.markup.paste_html import LOOKED_AT, SHOWN, paste_panel
from koryu.markup.widgets import hidden
from koryu.sheets import clean
from koryu.sheets.rows.clipboard import PastedGrid, as_text, pasted_grid
from koryu.sheets.rows.merge import RowChange
from koryu.sheets.rows.pasted import PastePreview, changes_of, paste_preview
from koryu.values.reason import Refused


def paste(asked: AskedSheet) -> HttpResponse:
    """What a paste or a file would change; where it was looked at already, what came of it."""
    posted = asked.request.POST
    number = number_typed(posted.get(HELD, ""))
    if posted.get("do") == "drop":
        return drop(asked, number) if number else HttpResponseRedirect(asked.page)
    if number:
        loaded, wide = loaded_table(asked, number)
        # Another sheet or encoding has other columns: what was chosen for those before is not meant.
        chosen = () if posted.get("do") == "look" else posted.getlist("choice")
        return _shown_or_put(wide, loaded.grid, chosen, loaded)
    grid = pasted_grid(posted.get("text", ""), posted.get("html", ""))
    return _shown_or_put(asked, grid, posted.getlist("choice"), None)


def load(asked: AskedSheet) -> HttpResponse:
    """A file put down, and what it would change; asked for without one, that of the file that was put down before."""
    if asked.request.method != "POST":
        loaded, wide = loaded_table(asked, number_typed(asked.request.GET.get(HELD, "")))
        return _shown_or_put(wide, loaded.grid, (), loaded)
    number = put_down(asked)
    try:
        loaded, wide = loaded_table(asked, number)
        return _shown_or_put(wide, loaded.grid, (), loaded)
    except Refused:
        files.put_away(number)
        raise


def _shown_or_put(
    asked: AskedSheet, grid: PastedGrid, chosen: Sequence[str], loaded: LoadedTable | None
) -> HttpResponse:
    sheet, posted = asked.sheet, asked.request.POST
    preview = paste_preview(
        grid,
        sheet=sheet.rows_are,
        content=sheet.content,
        columns=sheet.columns,
        reader=sheet.reader,
        chosen=chosen or None,
        seed=sheet.seed,
        heads_at=loaded.heads_at if loaded else None,
        mark=mark_of_list(asked.there.work.uri, sheet),
        returned=loaded.returned if loaded else None,
    )
    if posted.get("do") == "put" and _was_looked_at(preview, posted):
        changes = changes_of(
            preview,
            {row.id: row for row in sheet.rows},
            ticked=posted.getlist("row") if "ticks" in posted else None,
            without_missing="without" in posted,
        )
        return _put(asked, changes, loaded)
    panel = paste_panel(
        asked.writer,
        grid,
        preview,
        sheet.columns,
        paste_at=act_address(asked.part.name, asked.name, sheet.number, "paste", asked.languages),
        mark=hidden_fields(asked.request, sheet.tags if loaded is None else asked.languages),
        source=_source(asked, preview, loaded) if loaded else hidden("text", as_text(grid)),
        file=loaded.arrived.name if loaded else "",
        ticked=_ticked(preview, posted) if "ticks" in posted else None,
    )
    if asked.by_script:
        return HttpResponse(panel)
    return asked.again(unsaved=NotSaved(number=sheet.number, panel=panel), problem=None, status=200)


def _was_looked_at(preview: PastePreview, posted: QueryDict) -> bool:
    """Whether of each row that is asked somebody said which one it is, and saw what becomes of it."""
    return all(
        row.asked and row.asked.answer and posted.get(f"{LOOKED_AT}{row.number}") == row.asked.answer
        for row in preview.asked
    )


def _ticked(preview: PastePreview, posted: QueryDict) -> set[str]:
    """The rows that are ticked: those that were, and those that could not be when they were looked at."""
    shown = set(posted.getlist(SHOWN))
    return {*posted.getlist("row"), *(row.id for row in preview.rows if row.id not in shown and not row.disputed)}


def _source(asked: AskedSheet, preview: PastePreview, loaded: LoadedTable) -> Markup:
    table = loaded.table
    return file_shown(
        asked.writer,
        FileShown(
            number=loaded.arrived.id,
            taken_at=loaded.arrived.taken_at,
            sheets=table.sheets,
            sheet=table.sheet,
            encoding=table.encoding,
            encodings=table.encodings,
            merged=table.merged,
            fill=table.options.fill,
            valueless=table.valueless,
            heads_at=loaded.heads_at,
            has_heads=preview.table.has_heads,
            rejected=table.options.rejected,
            tracked=[
                TrackedShown(
                    row=each.row, column=_head(table, each.column), author=each.author, was=each.was, now=each.now
                )
                for each in table.tracked
            ],
            comments=[
                CommentShown(row=each.row, column=_head(table, each.column), author=each.author, text=each.text)
                for each in table.comments
            ],
            notes=loaded.notes,
        ),
    )


def _head(table: TableFile, column: int) -> str:
    """What stands above a column of the file."""
    first = table.rows[0]
    return clean.line(first[column]) if 0 <= column < len(first) else ""


def _put(asked: AskedSheet, changes: Iterable[RowChange], loaded: LoadedTable | None) -> HttpResponse:
    with transaction.atomic():
        merged, sheet = save_changes(asked.me, asked.sheet, changes)
        if loaded:
            note_taken(loaded, rows=len(merged.changed))
    if asked.by_script:
        return saved_answer(asked, merged, sheet)
    if merged.conflicts:
        return conflicts_of(asked, merged, sheet)
    messages.success(asked.request, _("Rows put in or changed: %(n)s.") % {"n": len(merged.changed)})
    return HttpResponseRedirect(asked.page)
