"""Every list of the shipped record, out as a letter in Word and loaded again unchanged, would change nothing."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

import pytest
from lxml import etree

from koryu.desk.exchange.sheet.draft_sheet import NO_DRAFT, DraftSheet, names_of
from koryu.desk.exchange.sheet.rows_of_letter import LetterReading
from koryu.ingest.table_files import SpannedCell, TableFile, read_table
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.letter_source import LetterSource
from koryu.publishing.letters.make import make_letter
from koryu.publishing.letters.sent_tables import sent_tables
from koryu.publishing.letters.word import word_file
from koryu.sheets.rows.clipboard import grid_of
from koryu.sheets.rows.paper_rows import LISTED, PAPERS
from koryu.sheets.rows.pasted import PastedAs, PastePreview, paste_preview
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellReader, RowSheet
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.wording.languages import slug_of
from tests.desk.test_letters_come_back import edited
from tests.publishing.letters.shipped_letters import IDENTITY, LANGS, lines, sources

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES: Final = names_of(lines())


class PapersOfLetter(DraftSheet):
    """A sheet whose rows are records of their own."""

    def row_of_record(self, record: str) -> str:
        return next((str(item["id"]) for item in self.content[LISTED] if item["uri"] == record), "")


class LetterList(NamedTuple):
    """A list of a shipped exchange as the letter that prints it alone, and as the sheet into which it is loaded."""

    kind: str
    source: LetterSource
    record: str
    rows_are: RowSheet
    content: Mapping[str, Any]


def lists() -> Iterator[LetterList]:
    for source in sources().values():
        for each in source.participations:
            if each.content.get("members"):
                alone = replace(source, participations=(each,))
                yield LetterList("participants", alone, each.uri, PEOPLE, each.content)
        if source.timetable and source.timetable.content.get("sessions"):
            yield LetterList("programme", source, source.timetable.uri, TIMETABLE, source.timetable.content)
        if source.papers:
            items = [{**each.content, "id": f"r{at}", "uri": each.uri} for at, each in enumerate(source.papers)]
            yield LetterList("papers", source, "", PAPERS, {LISTED: items})


def sheet_of(listed: LetterList, lang: str) -> DraftSheet:
    made = PapersOfLetter if listed.rows_are is PAPERS else DraftSheet
    return made(
        rows_are=listed.rows_are,
        naming=lambda _content: (),
        draft=replace(NO_DRAFT, record=listed.record, content=dict(listed.content)),
        content=listed.content,
        offered=LANGS,
        tags=LANGS,
        reader=CellReader(slug=slug_of(lang), names=NAMES),
        known={},
        fixed=False,
    )


def loaded(
    listed: LetterList, pages: LetterPages, reader_lang: str, edit: Callable[[list[Any]], None] | None = None
) -> PastePreview | None:
    """What loading the file of this letter would do; None for a letter that prints nothing of the list."""
    body = word_file(pages, host="library.example")
    body = edited(body, edit) if edit else body
    asked = {"name": "a", "words": [], "sheet": "", "encoding": "", "fill": False, "rejected": False}
    read = read_table(json.dumps(asked).encode() + b"\n" + body)
    table = TableFile(
        rows=tuple(tuple(row) for _number, row in read["rows"]),
        numbers=tuple(number for number, _row in read["rows"]),
        letter=read["letter"],
        marks=tuple(tuple(tuple(cell) for cell in row) for row in read["marks"]),
        spanned=tuple(SpannedCell(*each) for each in read["spanned"]),
    )
    tables = list(sent_tables(pages))
    if not tables:
        return None
    came = {mark for row in table.marks for cell in row for mark in cell}
    sent = max(tables, key=lambda each: len(came & each.marks.keys()))
    sheet = sheet_of(listed, reader_lang)
    grid = grid_of(table.rows, table.numbers)
    reading = LetterReading(sheet, sent, table, grid, answers={}, langs=pages.langs, mark="m")
    return paste_preview(
        reading.grid,
        sheet=sheet.rows_are,
        content=sheet.content,
        columns=sheet.columns,
        reader=sheet.reader,
        mark="m",
        returned=reading.returned(),
    )


@pytest.mark.parametrize("lang", LANGS)
def test_every_shipped_list_comes_back_as_a_letter_in_word_as_it_went(lang: str) -> None:
    """Read by somebody of another language each time."""
    wrong, tried = [], 0
    for place, listed in enumerate(lists()):
        if LANGS[place % len(LANGS)] != lang:
            continue
        pages = make_letter(listed.kind, (lang,), listed.source, IDENTITY).pages
        preview = loaded(listed, pages, LANGS[(place + 1) % len(LANGS)])
        tried += preview is not None
        differs = [row for row in preview.rows if row.becomes is not PastedAs.SAME] if preview else []
        wrong += [(listed.kind, listed.record, row.becomes, row.changes, row.pasted) for row in differs]
    assert tried > 15
    assert wrong == []


def cut_about(rows: list[Any]) -> None:
    """The partner deletes the last column, merges two cells of the second row, and writes into the third."""
    for row in rows:
        row.remove(row.findall(f"{W}tc")[-1])
    first, second = rows[1].findall(f"{W}tc")[:2]
    first.find(f"{W}tcPr").append(etree.Element(f"{W}gridSpan", {f"{W}val": "2"}))
    first.extend(second.findall(f"{W}p"))
    rows[1].remove(second)


def test_a_programme_side_by_side_that_was_cut_about_takes_nothing_away() -> None:
    tried = 0
    for listed in lists():
        if listed.kind != "programme" or len(listed.content["sessions"]) < 3:
            continue
        pages = make_letter("programme", ("zh-Hans", "ja"), listed.source, IDENTITY).pages
        preview = loaded(listed, pages, "ko", cut_about)
        assert preview
        tried += 1
        assert [(row.becomes, row.changes) for row in preview.rows if row.becomes is not PastedAs.SAME] == []
        assert preview.missing == ()
    assert tried > 3
