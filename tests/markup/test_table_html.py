"""A sheet of rows as a page sends it: ordinary controls with their names, small, and nothing typed taken for HTML."""

from typing import Any

import pytest
from django.utils import translation
from markupsafe import Markup

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnTable, ToldColumn, row_table
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellMark, CellReader, TypedRow, marks_of, rows_of
from koryu.values.reason import Reason
from koryu.wording.languages import LANGUAGES
from tests.html import problems_of

SCRIPT = """'"><script>alert(1)</script><i onclick=x&"""
CONTENT: dict[str, Any] = {
    "kind": "participation",
    "members": [
        {"id": "a", "printed": {"zh-Hans": "沈文远"}, "roles": ["head of delegation", "cook"]},
        {"id": "b", "printed": {"zh-Hans": "何静", "zh-Latn-pinyin": "He Jing", "source": "zh-Hans"}, "counted": False},
    ],
}


def drawn(content: dict[str, Any], slug: str = "en", tags: tuple[str, ...] = ("zh-Hans", "en"), **more: Any) -> str:
    columns = PEOPLE.shown_columns(tags)
    reader = CellReader(slug=slug)
    given = {"new": ("n1", "n2", "n3"), "marks": marks_of(PEOPLE, content, columns, reader)} | more
    with translation.override(slug):
        table = DrawnTable(
            at="ours", sheet=PEOPLE, columns=columns, rows=rows_of(PEOPLE, content, columns, reader), **given
        )
        return str(row_table(DeskWriter(slug, {}), table, save_at="/save", paste_at="/paste"))


@pytest.mark.parametrize("slug", LANGUAGES)
def test_the_table_is_sound_html_in_every_language(slug: str) -> None:
    page = f'<!doctype html><html lang="en"><title>x</title><body><form>{drawn(CONTENT, slug)}</form></body></html>'
    assert problems_of(page) == []


def test_every_cell_has_its_control_its_label_and_its_language() -> None:
    html = drawn(CONTENT)
    assert '<input name="a/name:zh-Hans" aria-labelledby="oursh0 oursoa" lang="zh-Hans" value="沈文远">' in html
    assert 'id="oursh0" data-key="name:zh-Hans" data-kinds="person">Full name (Chinese)</th>' in html
    assert '<td data-is="Full name (English)">' in html
    assert html.count("<tr data-row=") == 5
    assert html.count('class="new"') == 3
    assert html.count('name="rows"') == 5
    assert "role=" not in html


def test_what_is_pointed_out_stands_under_its_row_and_its_cell_leads_there() -> None:
    html = drawn(CONTENT)
    under = html.split('<tr class="said" data-of="a">')[1].split("</tr>")[0]
    assert "<strong>“cook” is not a role" in under
    assert "No reading: the interpreter will read it aloud." in under
    assert 'aria-labelledby="oursh8 oursoa" aria-describedby="ourswa" aria-invalid="true"' in html
    assert "ourswb" not in html


def test_where_nothing_may_be_typed_there_is_no_control() -> None:
    html = drawn(CONTENT, fixed=True)
    assert ("<input" in html, "<select" in html, "沈文远" in html) == (False, False, True)


def test_what_somebody_typed_while_another_was_faster_stays_in_the_cell() -> None:
    html = drawn(CONTENT, mine={("a", "name:zh-Hans"): "沈文"})
    assert 'value="沈文"' in html


def test_a_choice_that_is_none_is_a_line_with_what_was_typed() -> None:
    html = drawn({"kind": "participation", "members": [{"id": "a", "counted": "perhaps", "posts": []}]})
    assert 'value="perhaps"' in html


def test_a_page_may_add_columns_that_nobody_types_into() -> None:
    html = drawn(CONTENT, more=(ToldColumn("Stands in", {"a": Markup("<b>1 paper</b>")}),))
    assert html.count('<td data-is="Stands in">') == 5
    assert "<b>1 paper</b>" in html


def test_script_is_text_wherever_it_stands() -> None:
    content = {
        "kind": "participation",
        "members": [{"id": SCRIPT, "printed": {"zh-Hans": SCRIPT}, "roles": [SCRIPT], "counted": SCRIPT}],
    }
    marks = (CellMark(SCRIPT, SCRIPT, Reason("%(x)s", x=SCRIPT)), CellMark("", "", Reason("%(x)s", x=SCRIPT)))
    for html in (
        drawn(content),
        drawn(content, fixed=True),
        drawn(content, marks=marks, new=(SCRIPT,), mine={(SCRIPT, "roles"): SCRIPT}),
    ):
        assert ("<script" in html, "<i " in html) == (False, False)


def test_forty_rows_in_three_languages_are_no_larger_than_they_may_be() -> None:
    rows = [
        {
            "id": f"m{n:05}",
            "printed": {
                "zh-Hans": f"沈文{chr(0x4E00 + n)}",
                "ja": f"沈文{chr(0x4E00 + n)}",
                "en": f"SHEN Wenyuan{n}",
                "zh-Latn-pinyin": f"Shen Wenyuan{n}",
            },
            "posts": [
                {
                    "id": "post",
                    "post": {"zh-Hans": "副馆长", "ja": "副館長", "en": "Deputy Director"},
                    "unit": {"zh-Hans": "立法决策服务部", "ja": "立法サービス部", "en": "Department of Services"},
                }
            ],
            "remark": {"zh-Hans": "首次访问"},
        }
        for n in range(40)
    ]
    html = drawn({"kind": "participation", "members": rows}, tags=("zh-Hans", "ja", "en"))
    assert html.count("<tr data-row=") == 43
    assert len(html.encode()) < 120_000


def test_a_row_of_the_table_is_drawn_from_its_cells_alone() -> None:
    columns = PEOPLE.shown_columns(("en",))
    table = DrawnTable(at="t", sheet=PEOPLE, columns=columns, rows=(TypedRow("x", {"roles": "member"}),))
    assert 'value="member"' in str(row_table(DeskWriter("en", {}), table))
