"""Letters: a programme of twelve sessions as PDF, a list of forty people as Word, each with other texts every time."""

import time
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

from koryu.ingest.letter_files import read_letter
from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.pdf import pdf_fails, pdf_file
from koryu.publishing.letters.sent_tables import sent_tables
from koryu.publishing.letters.word import word_file
from koryu.sheets.placing import CameCell, placed
from tests.publishing.letters.letter_samples import SOURCE, TIMETABLE, made, printed, rows

ROUNDS = 15


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    listed = [
        ("a list of 40 people as Word", _ms(lambda place: _word(place)), "60 ms"),
        ("the same, as it is kept", f"{len(_word(0)) / 1000:.0f} kB", ""),
        ("a list of 40 people that came back, read and placed", _ms(_came_back(40)), "150 ms"),
        ("the same of 400 people", _ms(_came_back(400)), "300 ms"),
    ]
    if pdf_fails():
        return listed
    began = time.perf_counter()
    _pdf(0)
    first = (time.perf_counter() - began) * 1000
    return [
        ("the first PDF of a process", f"{first:.0f} ms", "500 ms"),
        ("a programme of 12 sessions as PDF", _ms(_pdf), "50 ms"),
        ("the same, as it is kept", f"{len(_pdf(1)) / 1000:.0f} kB", "100 kB"),
        *listed,
    ]


def _programme(place: int) -> LetterSource:
    """Twelve sessions whose texts no other programme has: what was set before is remembered."""
    sessions: list[dict[str, Any]] = [
        {
            "id": f"s{number}",
            "type": "working session",
            "date": f"2027-09-{7 + number // 4:02}",
            "start": f"{9 + number % 4 * 2:02}:00",
            "end": f"{10 + number % 4 * 2:02}:30",
            "title": {"ja": f"報告{place}-{number}：{chr(0x4E00 + place * 40 + number)}資料の提供"},
            "venue": {"ja": f"会議室{place}{number}"},
        }
        for number in range(12)
    ]
    return replace(SOURCE, timetable=printed("timetable/t", {**TIMETABLE, "sessions": sessions}))


def _pdf(place: int) -> bytes:
    return pdf_file(made("programme", "ja", source=_programme(place)).pages)


def _word(place: int) -> bytes:
    return word_file(made("participants", "zh-Hans", source=rows(40 + place % 2)).pages, host="library.example")


def _came_back(count: int) -> Callable[[int], object]:
    pages = made("participants", "zh-Hans", source=rows(count)).pages
    body = b'{"name": "a.docx", "rejected": false}\n' + word_file(pages, host="library.example")
    (sent,) = sent_tables(pages)

    def placed_again(_place: int) -> object:
        (table,) = read_letter(body)["tables"]
        came = [
            [CameCell(text, tuple(sent.marks[mark] for mark in marks), *size) for text, marks, *size in row]
            for row in table
        ]
        return placed(sent.table, came)

    return placed_again


def _ms(make: Callable[[int], object]) -> str:
    taken = []
    for place in range(2, ROUNDS + 2):
        began = time.process_time()
        make(place)
        taken.append((time.process_time() - began) * 1000)
    return f"{median(taken):.0f} ms of CPU"
