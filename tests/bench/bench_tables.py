"""Files with tables and mails: 5,000 rows read, a list previewed and written, a mail of 10 MB."""

import json
import os
import time
from collections.abc import Callable
from email.message import EmailMessage
from statistics import median
from typing import Any, Final

from koryu.ingest.mail_files import mail_file, read_mail
from koryu.ingest.table_files import TableOptions, read_table, table_file
from koryu.publishing.spreadsheets import ListFile, as_xlsx
from koryu.sheets.rows.clipboard import PastedGrid, grid_of
from koryu.sheets.rows.pasted import paste_preview
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellReader

COLUMNS: Final = PEOPLE.shown_columns(("zh-Hans", "ja", "ko", "en"))
HEADS: Final = ("序号", "姓名", "拼音", "部门", "职务", "备注", "电话", "邮箱")
ROUNDS: Final = 7


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    large, full = as_xlsx(_list(4_999)), as_xlsx(_list(499))
    asked = json.dumps({"name": "a", "words": [], "sheet": "", "encoding": "", "fill": False}).encode() + b"\n"
    grid = _grid(full)
    mail = _mail()
    return [
        ("a spreadsheet of 5,000 rows of 8 cells, read", _cpu(lambda: read_table(asked + large)), "300 ms of CPU"),
        ("the same in a process of its own, with its start", _clock(lambda: _table(large)), ""),
        ("a list of 500 people out of a file, previewed", _cpu(lambda: _previewed(grid)), "1,000 ms of CPU"),
        ("a list of 500 people written as a spreadsheet", _cpu(lambda: as_xlsx(_list(499))), ""),
        ("a mail of 10 MB, read", _cpu(lambda: read_mail(b'{"name": "a"}\n' + mail)), "500 ms of CPU"),
        ("the same in a process of its own, with its start", _clock(lambda: mail_file(name="a.eml", body=mail)), ""),
    ]


def _list(count: int) -> ListFile:
    rows = [
        (
            str(n),
            f"沈文{chr(0x4E00 + n)}",
            f"Shen Wen{n}",
            "业务处",
            "副馆长",
            "团员",
            f"010-8854{n:04}",
            f"{n}@nlc.example",
        )
        for n in range(1, count + 1)
    ]
    return ListFile(called="名单", heads=HEADS, rows=rows)


def _table(body: bytes) -> Any:
    return table_file(name="a.xlsx", body=body, words=(), options=TableOptions())


def _grid(body: bytes) -> PastedGrid:
    table = _table(body)
    return grid_of(table.rows, table.numbers)


def _previewed(grid: PastedGrid) -> None:
    paste_preview(grid, sheet=PEOPLE, content={"kind": "participation"}, columns=COLUMNS, reader=CellReader(slug="en"))


def _mail() -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "王芳 <wang@nlc.example>", "参加人员名单"
    made.set_content("您好！")
    made.add_attachment(os.urandom(7_400_000), maintype="application", subtype="pdf", filename="a.pdf")
    return made.as_bytes()


def _cpu(work: Callable[[], object]) -> str:
    return f"{_median(work, time.process_time):.0f} ms of CPU"


def _clock(work: Callable[[], object]) -> str:
    return f"{_median(work, time.perf_counter):.0f} ms"


def _median(work: Callable[[], object], clock: Callable[[], float]) -> float:
    taken = []
    for _ in range(ROUNDS):
        began = clock()
        work()
        taken.append(clock() - began)
    return median(taken) * 1000
