"""Sheets of rows: a list of 60 people pasted, 500 of them, one cell saved, and the table of 40 people drawn."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnTable, row_table
from koryu.sheets.rows.clipboard import pasted_grid
from koryu.sheets.rows.merge import CellChange, content_with
from koryu.sheets.rows.pasted import PastePreview, changes_of, paste_preview
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellReader, marks_of, rows_of

COLUMNS = PEOPLE.shown_columns(("zh-Hans", "ja", "en"))
READER = CellReader(slug="en")
NOBODY: dict[str, Any] = {"kind": "participation"}
HEADS = "序号\t姓名\t拼音\t性别\t部门\t职务\t备注\t护照号"
ROUNDS = 9


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    people = content_with(PEOPLE, NOBODY, changes_of(_previewed(_html(40)), {}), COLUMNS, READER).content
    return [
        ("paste of 60 people from a spreadsheet, previewed", _ms(lambda: _previewed(_html(60))), "60 ms"),
        ("the same of 500", _ms(lambda: _previewed(_html(500))), ""),
        ("one cell of 40 people saved, and all checked again", _ms(lambda: _saved(people)), "50 ms"),
        ("the table of 40 people in three languages drawn", _ms(lambda: _drawn(people)), ""),
        ("the same, as it is sent", f"{len(_drawn(people).encode()) / 1000:.0f} kB", "120 kB"),
    ]


def _html(count: int) -> str:
    rows = (
        f"{n}\t沈文{chr(0x4E00 + n)}\tShen Wen{n}\t男\t业务处\t副馆长\t{'团长' if n == 1 else '团员'}\tE1234567{n % 10}"
        for n in range(1, count + 1)
    )
    cells = (
        "".join(f"<td class=xl65 style='height:12pt'>{cell}</td>" for cell in row.split("\t")) for row in (HEADS, *rows)
    )
    return f"<table>{''.join(f'<tr height=16>{row}</tr>' for row in cells)}</table>"


def _previewed(html: str) -> PastePreview:
    return paste_preview(pasted_grid("", html), sheet=PEOPLE, content=NOBODY, columns=COLUMNS, reader=READER)


def _saved(people: dict[str, Any]) -> None:
    row = rows_of(PEOPLE, people, COLUMNS, READER)[5]
    change = CellChange(row.id, "post:zh-Hans", row.cells["post:zh-Hans"], "馆长")
    marks_of(PEOPLE, content_with(PEOPLE, people, [change], COLUMNS, READER).content, COLUMNS, READER)


def _drawn(people: dict[str, Any]) -> str:
    rows = rows_of(PEOPLE, people, COLUMNS, READER)
    table = DrawnTable(at="p", sheet=PEOPLE, columns=COLUMNS, rows=rows, new=("new1", "new2", "new3"))
    return str(row_table(DeskWriter("en", {}), table, save_at="/save", paste_at="/paste"))


def _ms(work: Callable[[], object]) -> str:
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return f"{median(taken) * 1000:.0f} ms"
