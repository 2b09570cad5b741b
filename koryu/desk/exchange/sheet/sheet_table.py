"""A sheet as it is drawn, with what is typed and not saved; and the addresses it is sent to."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from markupsafe import Markup

from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import plain
from koryu.markup.table_html import DrawnCells, DrawnTable, ToldColumn, row_table
from koryu.markup.widgets import hidden
from koryu.sheets.rows.merge import new_ids
from koryu.sheets.rows.row_sheet import CellMark
from koryu.values.reason import N_

_FORM_OF_ROW: Final = N_("Details")
_ALL_FIELDS: Final = N_("All fields")
# What the script opens for F2.
_FORM: Final = Markup('<a href="%s" data-form>%s</a>')


@dataclass(frozen=True, kw_only=True)
class NotSaved:
    """What of one sheet is not saved: what was typed by row and column, what is said of it, rows that are new.

    `panel` is what was pasted, before it is put in.
    """

    number: int
    mine: Mapping[tuple[str, str], str] = field(default_factory=dict)
    marks: Sequence[CellMark] = ()
    new: Sequence[str] = ()
    panel: str = ""


def languages_asked(request: HttpRequest) -> list[str]:
    """The languages that were ticked: kept in the address, and in each form of the page."""
    return (request.POST.getlist("lang") if request.method == "POST" else []) or request.GET.getlist("lang")


def address_with(address: str, asked: Sequence[str]) -> str:
    """An address with the languages that were ticked."""
    return f"{address}?{urlencode({'lang': list(asked)}, doseq=True)}" if asked else address


def act_address(part: str, name: str, number: int, act: str, asked: Sequence[str] = ()) -> str:
    """Where one thing is done with one of our sheets of a part of an exchange: save, paste and what else that has."""
    return address_with(_act_path(part, name, number, act), asked)


# A page with several sheets asks for a dozen of each.
@lru_cache(maxsize=1024)
def _act_path(part: str, name: str, number: int, act: str) -> str:
    return reverse(f"desk:exchange-{part}-act", kwargs={"slug": name, "number": number, "act": act})


def hidden_fields(request: HttpRequest, asked: Sequence[str]) -> str:
    """What the form of a paste sends besides: the mark of the page, and the languages of the sheet."""
    return str(csrf_input(request)) + "".join(hidden("lang", tag) for tag in asked)


def all_fields(writer: DeskWriter, sheet: DraftSheet, *, but: Container[str] = ()) -> ToldColumn:
    """The way from each row to the form of its item with every field, which F2 opens too; of rows in `but` there is
    none."""
    form, path = reverse("desk:edit", kwargs={"number": sheet.number}), sheet.rows_are.path
    words = plain(_ALL_FIELDS, writer.slug)
    ways = {row.id: _FORM % (f"{form}#f-{path}[{row.id}]", words) for row in sheet.rows if row.id not in but}
    return ToldColumn(called=_FORM_OF_ROW, cells=ways)


def table_of(
    writer: DeskWriter,
    part: str,
    name: str,
    sheet: DraftSheet,
    unsaved: NotSaved,
    *,
    more: Sequence[ToldColumn] = (),
    grey: Container[str] = (),
    cells: DrawnCells | None = None,
) -> str:
    """The table of a sheet of one part of the exchange that is called `name` in addresses.

    `more` are columns that the page adds, and rows in `grey` are beside the record.
    """
    number, rows = sheet.number, sheet.rows
    taken, length = [*(row.id for row in rows), *unsaved.new], sheet.rows_are.id_length
    empty = new_ids(sheet.seed, taken, count=sheet.empty_rows, length=length) if sheet.grows else ()
    drawn = DrawnTable(
        at=f"p{number}-",
        sheet=sheet.rows_are,
        columns=sheet.columns,
        rows=rows,
        marks=(*sheet.marks, *unsaved.marks),
        new=(*unsaved.new, *empty),
        more=more,
        mine=unsaved.mine,
        grey=grey,
        fixed=sheet.fixed,
        cells=cells or DrawnCells(),
    )
    if sheet.fixed:
        return row_table(writer, drawn)
    save_at, paste_at = (act_address(part, name, number, act, sheet.tags) for act in ("save", "paste"))
    return row_table(writer, drawn, save_at=save_at, paste_at=paste_at)
