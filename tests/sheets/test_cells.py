"""Every shipped record, as cells and back, is the same record; and one cell changed changes nothing else."""

from typing import Any

import pytest

from koryu.sheets.boxes import sheet_of
from koryu.sheets.cells import Cell, cells_of, content_in
from koryu.sheets.operations import value_at
from koryu.wording.field_names import field_called
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words, translated
from tests.shipped import shipped


def cells(content: dict[str, Any], slug: str) -> tuple[Cell, ...]:
    sheet = sheet_of(
        str(content["kind"]),
        content,
        wrong={},
        tag=LANGUAGES[slug][0],
        in_words=lambda date: date_in_words(date, slug),
    )
    return cells_of(sheet, called=lambda name, top: translated(field_called(name, inside=not top), slug))


@pytest.mark.parametrize("slug", LANGUAGES)
def test_every_shipped_record_as_cells_and_back_is_the_same(slug: str) -> None:
    changed = [
        name
        for name, document in shipped().items()
        if content_in(document.kind, cells(document.content(), slug)) != document.content()
    ]
    assert changed == []


def test_a_cell_says_its_path_what_it_is_called_and_its_language() -> None:
    paper = shipped()[next(name for name in shipped() if name.startswith("paper/"))].content()
    assert Cell("title.ja", translated("Title", "ja"), paper["title"]["ja"], "ja") in cells(paper, "ja")


def test_one_cell_changed_changes_what_lies_at_its_path_and_nothing_else() -> None:
    exchange = shipped()["exchange/ndl-nlc-23"].content()
    before = cells(exchange, "en")
    after = [cell._replace(value="24") if cell.path.endswith(".number") else cell for cell in before]
    read = content_in("exchange", after)
    held = exchange["programmes"][0]["id"]
    assert value_at(read, f"programmes[{held}].number") == "24"
    assert content_in("exchange", before) == exchange
    assert {**read, "programmes": exchange["programmes"]} == exchange
