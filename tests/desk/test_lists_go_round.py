"""Every list of the shipped record, out as a spreadsheet and in again unchanged, makes no difference."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from koryu.desk.exchange.sheet.printed_rows import PrintedRows
from koryu.ingest.table_files import read_table
from koryu.publishing.spreadsheets import as_csv, as_xlsx
from koryu.sheets.rows.clipboard import PastedGrid, grid_of
from koryu.sheets.rows.paper_rows import LISTED, PAPERS
from koryu.sheets.rows.pasted import PastedAs, paste_preview
from koryu.sheets.rows.pasted_columns import table_in
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.printed_heads import head_in_words
from koryu.sheets.rows.row_sheet import CellReader, RowSheet, rows_of
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.wording.languages import LANGUAGES
from tests.shipped import shipped

TAGS = tuple(tag for tag, _name in LANGUAGES.values())


def lists() -> Iterator[tuple[str, RowSheet, Mapping[str, Any]]]:
    """(what it is called, its sheet, its content) of every list that is shipped."""
    papers: dict[str, list[dict[str, Any]]] = {}
    for name, document in shipped().items():
        content = document.content()
        if document.kind == "participation" and content.get("members"):
            yield name, PEOPLE, content
        elif document.kind == "timetable" and content.get("sessions"):
            yield name, TIMETABLE, content
        elif document.kind == "paper":
            item = {"id": f"r{len(papers.get(content['exchange'], ()))}", **content}
            papers.setdefault(f"{content['exchange']}", []).append(item)
    yield from ((exchange, PAPERS, {LISTED: items}) for exchange, items in papers.items())


def printed(sheet: RowSheet, content: Mapping[str, Any], slug: str, tags: tuple[str, ...] = TAGS) -> PrintedRows:
    reader, columns = CellReader(slug=slug), sheet.shown_columns(tags)
    return PrintedRows(
        key="k",
        institution="",
        called=sheet.called,
        columns=columns,
        tags=tags,
        rows=rows_of(sheet, content, columns, reader),
        reader=reader,
        mark="marked",
    )


def came(body: bytes) -> PastedGrid:
    options = {"name": "a", "words": [], "sheet": "", "encoding": "", "fill": False}
    rows = read_table(json.dumps(options).encode() + b"\n" + body)["rows"]
    return grid_of([row for _number, row in rows], [number for number, _row in rows])


@pytest.mark.parametrize("slug", LANGUAGES)
def test_every_shipped_list_comes_back_from_a_spreadsheet_as_it_went(slug: str) -> None:
    every = list(lists())
    assert len(every) > 60
    for name, sheet, content in every:
        listed = printed(sheet, content, slug)
        preview = paste_preview(
            came(as_xlsx(listed.as_file(name))),
            sheet=sheet,
            content=content,
            columns=listed.columns,
            reader=listed.reader,
            mark="marked",
        )
        assert {row.becomes for row in preview.rows} == {PastedAs.SAME}, name
        assert (len(preview.rows), preview.missing, preview.unprinted) == (len(listed.rows), (), ()), name


@pytest.mark.parametrize("slug", LANGUAGES)
@pytest.mark.parametrize("sheet", [PEOPLE, TIMETABLE, PAPERS], ids=lambda sheet: sheet.kind)
def test_every_head_that_goes_out_is_known_again_whoever_reads_it(sheet: RowSheet, slug: str) -> None:
    columns = sheet.shown_columns(TAGS)
    heads = [head_in_words(column, columns, slug) for column in columns]
    table = table_in(grid_of([heads, ["x"] * len(heads)], [1, 2]), sheet, columns)
    assert table.has_heads
    assert [choice.key for choice in table.choices] == [column.key for column in columns]


@pytest.mark.parametrize("slug", LANGUAGES)
@pytest.mark.parametrize("sheet", [PEOPLE, TIMETABLE, PAPERS], ids=lambda sheet: sheet.kind)
def test_every_word_that_may_be_chosen_is_understood_when_it_comes_back(sheet: RowSheet, slug: str) -> None:
    reader = CellReader(slug=slug)
    for column in sheet.shown_columns(TAGS):
        for code, words in column.column.cell.choices(reader):
            item = column.with_typed({"id": "r", "x": 1}, words, reader)
            assert column.shown(item, reader) == code, (column.key, words)


def test_a_csv_of_people_comes_back_by_the_names_in_it() -> None:
    """It has no hidden column: whoever has no name in it cannot be known again."""
    wrong = []
    for name, sheet, content in lists():
        if sheet is PEOPLE:
            listed = printed(sheet, content, "en")
            grid = came(as_csv(listed.as_file(name)))
            preview = paste_preview(
                grid, sheet=sheet, content=content, columns=listed.columns, reader=listed.reader, mark="marked"
            )
            named = [row for row in preview.rows if any(row.cells[f"name:{tag}"] for tag in TAGS)]
            wrong += [name for row in named if row.becomes is not PastedAs.SAME]
    assert wrong == []
