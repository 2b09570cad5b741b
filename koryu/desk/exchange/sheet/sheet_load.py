"""A file with a table, loaded into a sheet: read as a plain table, and then the same way as what is pasted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.printed_rows import mark_of_list
from koryu.desk.exchange.sheet.rows_of_letter import list_of_letter, table_meant
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_table import act_address
from koryu.desk.held_files import chosen_file, held_file, hold_table
from koryu.files import actions as files
from koryu.files import queries as kept
from koryu.files.queries import Arrived
from koryu.ingest.table_files import MOST_BYTES, TableFile, TableOptions, table_file
from koryu.markup.paste_html import ANSWER
from koryu.sheets.rows.clipboard import PastedGrid, grid_of
from koryu.sheets.rows.pasted_columns import header_words
from koryu.sheets.rows.returned_rows import ReturnedList, taken_apart
from koryu.values.reason import Reason

# How the number of a file that is looked at is called in addresses and forms.
HELD: Final = "held"


@dataclass(frozen=True, kw_only=True)
class LoadedTable:
    """A file that is looked at, the table in it, and which of its rows is said to be that of the heads; of a letter of
    ours what its rows are, and what is doubtful about it."""

    arrived: Arrived
    table: TableFile
    grid: PastedGrid
    heads_at: int | None = None
    returned: ReturnedList | None = None
    notes: tuple[Reason, ...] = ()


def place_of_sheet(asked: AskedSheet) -> str:
    """Where a file is put down that is loaded into a sheet."""
    return _place(asked.part, asked.sheet.number, asked.there.work.uri)


def _place(part: SheetPart[Any], number: int, exchange: str) -> str:
    return f"{part.name} {number} {exchange}"


def hand_over(
    me: CurrentUser, part: SheetPart[Any], *, slug: str, exchange: str, sheet: int, name: str, body: bytes
) -> str:
    """Put a file that came another way down at one of our sheets, and return the address at which it is looked at.

    Raises Refused for one that is not read.
    """
    held = hold_table(me, _place(part, sheet, exchange), name=name, body=body)
    return f"{act_address(part.name, slug, sheet, 'load')}?{urlencode({HELD: held})}"


def put_down(asked: AskedSheet) -> int:
    """Keep the file that was chosen while it is looked at. Raises Refused."""
    name, body = chosen_file(asked.request.FILES.get("file"), most=MOST_BYTES)
    return hold_table(asked.me, place_of_sheet(asked), name=name, body=body)


def loaded_table(asked: AskedSheet, number: int) -> tuple[LoadedTable, AskedSheet]:
    """The file of this number as it was asked to be read, and the sheet in all languages that it may have.

    Raises Refused.
    """
    arrived = held_file(asked.me, place_of_sheet(asked), number)
    wide = replace(asked, sheet=asked.there.sheet(asked.me, asked.sheet.number, asked.sheet.offered))
    posted: Mapping[str, str] = {name: asked.request.POST.get(name, "") for name in ("sheet", "encoding", "heads")}
    options = TableOptions(
        sheet=posted["sheet"],
        encoding=posted["encoding"],
        fill="fill" in asked.request.POST,
        rejected="rejected" in asked.request.POST,
    )
    words = header_words(wide.sheet.columns)
    table = table_file(name=arrived.name, body=arrived.body, words=words, options=options)
    if not options.sheet and (meant := table_meant(wide, table)):
        options = replace(options, sheet=meant)
        table = table_file(name=arrived.name, body=arrived.body, words=words, options=options)
    heads = posted["heads"].strip()
    named = (name for name in asked.request.POST if name.startswith(ANSWER))
    answers = {name.removeprefix(ANSWER): asked.request.POST.get(name, "") for name in named}
    letter = list_of_letter(wide, table, grid_of(table.rows, table.numbers), answers=answers)
    said = int(heads) if heads.isdecimal() and len(heads) < 8 else None
    return (
        LoadedTable(
            arrived=arrived,
            table=table,
            grid=letter.grid,
            heads_at=0 if said is None and not letter.has_heads else said,
            returned=letter.returned,
            notes=letter.notes,
        ),
        wide if letter.returned else _as_printed(wide, letter.grid),
    )


def _as_printed(asked: AskedSheet, grid: PastedGrid) -> AskedSheet:
    """The sheet in the languages in which it went out, where it comes back."""
    _grid, returned = taken_apart(grid)
    if returned is None or returned.mark != mark_of_list(asked.there.work.uri, asked.sheet):
        return asked
    return replace(asked, sheet=asked.there.sheet(asked.me, asked.sheet.number, returned.tags))


def drop(asked: AskedSheet, number: int) -> HttpResponse:
    """A file put away, nothing taken from it."""
    if kept.arrived(number, institution=asked.me.institution, place=place_of_sheet(asked)):
        files.put_away(number)
    return HttpResponseRedirect(asked.page)


def note_taken(loaded: LoadedTable, *, rows: int) -> None:
    """Note that its rows were put in."""
    files.note_taken(loaded.arrived.id, rows=rows, at=clock.now())
