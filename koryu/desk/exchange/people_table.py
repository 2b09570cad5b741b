"""The sheet of a list of people as it is drawn, with what is typed and not saved; and the addresses it is sent to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse

from koryu.desk.exchange.people_sheet import PeopleSheet
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnTable, row_table
from koryu.markup.widgets import hidden
from koryu.sheets.rows.merge import new_ids
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellMark

_EMPTY_ROWS: Final = 3


@dataclass(frozen=True, kw_only=True)
class NotSaved:
    """What of one sheet is not saved: what was typed by row and column, what is said of it, rows that are new.

    `panel` is what was pasted, before it is put in.
    """

    draft: int
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


def act_address(name: str, number: int, act: str, asked: Sequence[str] = ()) -> str:
    """Where one thing is done with one of our lists: save, paste, facts, last."""
    return address_with(reverse("desk:exchange-people-act", kwargs={"slug": name, "number": number, "act": act}), asked)


def hidden_fields(request: HttpRequest, asked: Sequence[str]) -> str:
    """What the form of a paste sends besides: the mark of the page, and the languages of the sheet."""
    return str(csrf_input(request)) + "".join(hidden("lang", tag) for tag in asked)


def table_of(writer: DeskWriter, name: str, sheet: PeopleSheet, unsaved: NotSaved) -> str:
    """The table of a sheet of the exchange that is called `name` in addresses."""
    number, rows = sheet.draft.id, sheet.rows
    taken = [*(row.id for row in rows), *unsaved.new]
    seed = f"{number}:{sheet.draft.edition}"
    drawn = DrawnTable(
        at=f"p{number}-",
        sheet=PEOPLE,
        columns=sheet.columns,
        rows=rows,
        marks=(*sheet.marks, *unsaved.marks),
        new=(*unsaved.new, *new_ids(seed, taken, count=_EMPTY_ROWS)),
        mine=unsaved.mine,
        fixed=sheet.fixed,
    )
    if sheet.fixed:
        return row_table(writer, drawn)
    save_at, paste_at = (act_address(name, number, act, sheet.tags) for act in ("save", "paste"))
    return row_table(writer, drawn, save_at=save_at, paste_at=paste_at)
