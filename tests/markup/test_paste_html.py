"""The panel over a sheet in which somebody has pasted: what is chosen for each column, and what each row would do."""

from typing import Any

import pytest
from django.utils import translation

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.load_html import FileShown, file_shown
from koryu.markup.paste_html import paste_panel
from koryu.sheets.rows.clipboard import pasted_grid
from koryu.sheets.rows.pasted import paste_preview
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellReader
from koryu.wording.languages import LANGUAGES
from tests.html import problems_of

CONTENT: dict[str, Any] = {
    "kind": "participation",
    "members": [{"id": "a", "printed": {"zh-Hans": "沈文远"}}, {"id": "b", "printed": {"zh-Hans": "何静"}}],
}
LIST = "名单\t\t\t\n姓名\t职务\t角色\t护照号\n沈文远\t馆长\t\tE12345678\n何静\t\t\tE12345678\n新人\t\t厨师\tE12345678"


def panel(text: str, slug: str = "en") -> str:
    columns = PEOPLE.shown_columns(("zh-Hans", "en"))
    grid = pasted_grid(text)
    preview = paste_preview(grid, sheet=PEOPLE, content=CONTENT, columns=columns, reader=CellReader(slug=slug))
    with translation.override(slug):
        return str(paste_panel(DeskWriter(slug, {}), grid, preview, columns, paste_at="/paste", mark=""))


@pytest.mark.parametrize("slug", LANGUAGES)
def test_the_panel_is_sound_html_in_every_language(slug: str) -> None:
    page = f'<!doctype html><html lang="en"><title>x</title><body>{panel(LIST, slug)}</body></html>'
    assert problems_of(page) == []


def test_each_row_says_what_becomes_of_it_before_anything_is_written() -> None:
    html = panel(LIST)
    rows = [row.split("<td>")[2].split("</td>")[0] for row in html.split("<tbody>")[1].split("</tr>")[:3]]
    assert rows[:2] == ["changes: Post (Chinese)", "no change"]
    # What would change nothing has nothing to tick.
    assert html.count('type="checkbox" name="row"') == 2
    assert rows[2].startswith("new row<br>cannot be read: “厨师” is not a role")
    assert "Put in 2 rows" in html
    assert "Pasted: 3 rows, 4 columns" in html


def test_a_column_that_is_left_out_for_what_it_holds_says_that_it_is_not_saved() -> None:
    html = panel(LIST)
    passport = html.split("护照号 <select")[1].split("</th>")[0]
    assert '<option value="" selected>leave this column out</option>' in passport
    assert "(not saved anywhere)" in passport


def test_nothing_pasted_is_taken_for_html() -> None:
    html = panel("姓名\t职务\n<script>alert(1)</script>\t\"'><i onclick=x&\n<script>")
    assert ("<script" in html, "<i " in html) == (False, False)


@pytest.mark.parametrize("slug", LANGUAGES)
def test_what_is_asked_of_a_file_is_sound_html_in_every_language(slug: str) -> None:
    file = FileShown(
        number=7,
        taken_at="2026-11-22T09:00:00Z",
        sheets=("名簿", "<b>"),
        sheet="<b>",
        encoding="cp932",
        encodings=("utf-8", "cp932"),
        merged=tuple(f"B{n}:B{n + 1}" for n in range(1, 30, 2)),
        fill=True,
        valueless=("C7",),
        heads_at=None,
        has_heads=False,
    )
    with translation.override(slug):
        fields = file_shown(DeskWriter(slug, {}), file)
    page = f'<!doctype html><html lang="en"><title>x</title><body><form action="/x">{fields}</form></body></html>'
    assert problems_of(page) == []
    assert '<option value="&lt;b&gt;" selected>' in fields
    assert "B1–B2" in fields
    assert "C7" in fields
