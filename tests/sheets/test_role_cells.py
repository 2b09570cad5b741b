"""What is typed into a cell for roles, or for yes and no, and how it is understood."""

import pytest

from koryu.records.participation import DelegationRole
from koryu.sheets.rows.role_cells import RolesCell, YesNoCell, roles_typed
from koryu.sheets.rows.row_sheet import CellReader
from koryu.wording.languages import LANGUAGES

_UNDERSTOOD = {
    "head": ["head of delegation"],
    "Head of Delegation": ["head of delegation"],
    "h": ["head of delegation"],
    "h, s": ["head of delegation", "speaker"],
    "i; s": ["interpreter", "speaker"],
    "int": ["interpreter"],
    "speaker and interpreter": ["speaker", "interpreter"],
    "translator": ["interpreter"],
    "acting head": ["acting head of delegation"],
    "団長": ["head of delegation"],
    "團長": ["head of delegation"],
    "代表団長": ["head of delegation"],
    "団長代理": ["acting head of delegation"],
    "団長兼発表者": ["head of delegation", "speaker"],
    "通": ["interpreter"],
    "通訳、報告者": ["interpreter", "speaker"],
    "司会／挨拶": ["chair", "gave a greeting"],
    "团长": ["head of delegation"],
    "团长兼翻译": ["head of delegation", "interpreter"],
    "代表团团长": ["head of delegation"],
    "翻译（口译）": ["interpreter"],
    "口譯": ["interpreter"],
    "陪同人员": ["escort"],
    "단장": ["head of delegation"],
    "단장 대리": ["acting head of delegation"],
    "통역": ["interpreter"],
    "통역, 발표": ["interpreter", "speaker"],
    "발표자 겸 통역": ["speaker", "interpreter"],
    "ｓｐｅａｋｅｒ": ["speaker"],
    "member": ["member"],
    "head, head": ["head of delegation"],
    "": [],
    " ; ; ": [],
    # What is not understood, or may be several, stays as it was typed.
    "团": ["团"],
    "a": ["a"],
    "副团长": ["副团长"],
    "interpreter, cook": ["interpreter", "cook"],
    "=SUM(A1)": ["=SUM(A1)"],
    "E12345678": ["E12345678"],
}


@pytest.mark.parametrize(("typed", "roles"), _UNDERSTOOD.items())
def test_roles_are_understood_by_words_or_first_letters_in_four_languages(typed: str, roles: list[str]) -> None:
    assert list(roles_typed(typed)) == roles


@pytest.mark.parametrize("slug", LANGUAGES)
@pytest.mark.parametrize("role", DelegationRole)
def test_what_a_role_is_called_on_the_page_is_understood(role: DelegationRole, slug: str) -> None:
    cell, reader = RolesCell(), CellReader(slug=slug)
    item = {"id": "m1", "roles": [str(role), "speaker"]}
    assert roles_typed(cell.shown(item, "", reader)) == tuple(dict.fromkeys((str(role), "speaker")))


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("团", "may be head of delegation, member"),
        ("a", "may be acting head of delegation, "),
        ("cook", "is not a role"),
    ],
)
def test_what_is_no_role_is_answered_with_what_it_may_be(role: str, sentence: str) -> None:
    reason = RolesCell().wrong({"id": "m1", "roles": [role]}, "", CellReader())
    assert sentence in str(reason)


def test_a_row_without_a_role_is_a_member_and_a_new_row_is_nothing_yet() -> None:
    cell = RolesCell()
    assert (cell.shown({"id": "m1"}, "", CellReader()), cell.shown({"id": "m1", "posts": []}, "", CellReader())) == (
        "",
        "member",
    )
    assert cell.with_typed({"id": "m1", "roles": ["speaker"]}, "member", "", CellReader()) == {"id": "m1"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *((word, {}) for word in ("yes", "Y", "○", "はい", "是", "예", "1", "✓", "")),
        *((word, {"counted": False}) for word in ("no", "×", "いいえ", "不计", "不計", "아니오", "0", "제외")),
        ("perhaps", {"counted": "perhaps"}),
    ],
)
def test_yes_and_no_are_understood_in_four_languages(typed: str, kept: dict[str, object]) -> None:
    cell = YesNoCell("counted", default=True)
    made = cell.with_typed({"id": "m1"}, typed, "", CellReader())
    assert made == {"id": "m1", **kept}
    assert (cell.wrong(made, "", CellReader()) is None) == (typed != "perhaps")
