"""What is typed into a cell for a name: which forms of it are understood, and what the cell shows of them then."""

import pytest

from koryu.records.person import Person
from koryu.sheets.rows.name_cells import (
    forms_on_record,
    name_shown,
    name_typed,
    names_proposed,
    parts_of,
    reading_shown,
    reading_tag,
)
from tests.shipped import BASE

_TYPED = [
    # (what is typed, the language of the column, the forms it is understood as, what the cell shows)
    ("沈文遠（しん・ぶんえん）", "ja", {"ja": "沈文遠", "ja-Hira": "しん・ぶんえん"}, "沈文遠"),
    ("沈文遠(シン・ブンエン)", "ja", {"ja": "沈文遠", "ja-Kana": "シン・ブンエン"}, "沈文遠"),
    ("沈文遠（심문원）", "ja", {"ja": "沈文遠", "ko": "심문원"}, "沈文遠"),
    ("青木 春子", "ja", {"ja": "青木 春子"}, "青木 春子"),
    ("川口 まこと", "ja", {"ja": "川口 まこと"}, "川口 まこと"),
    ("青木春子/あおきはるこ", "ja", {"ja": "青木春子", "ja-Hira": "あおきはるこ"}, "青木春子"),
    ("青木春子 Haruko AOKI", "ja", {"ja": "青木春子", "ja-Latn": "Haruko AOKI"}, "青木春子"),
    ("ハン・ガラム", "ja", {"ja": "ハン・ガラム"}, "ハン・ガラム"),
    ("Haruko AOKI", "ja", {"ja-Latn": "Haruko AOKI"}, "Haruko AOKI"),
    ("神 花子", "ja", {"ja": "神 花子"}, "神 花子"),
    ("沈文远", "zh-Hans", {"zh-Hans": "沈文远"}, "沈文远"),
    ("沈文远（Shen Wenyuan）", "zh-Hans", {"zh-Hans": "沈文远", "zh-Latn-pinyin": "Shen Wenyuan"}, "沈文远"),
    ("沈文远 SHEN Wenyuan", "zh-Hans", {"zh-Hans": "沈文远", "zh-Latn-pinyin": "SHEN Wenyuan"}, "沈文远"),
    ("SHEN Wenyuan", "zh-Hans", {"zh-Latn-pinyin": "SHEN Wenyuan"}, "SHEN Wenyuan"),
    ("Shěn Wényuǎn", "zh-Hans", {"zh-Latn-pinyin": "Shěn Wényuǎn"}, "Shěn Wényuǎn"),
    ("欧阳 修", "zh-Hans", {"zh-Hans": "欧阳 修"}, "欧阳 修"),
    ("阿卜杜拉·买买提", "zh-Hans", {"zh-Hans": "阿卜杜拉·买买提"}, "阿卜杜拉·买买提"),
    ("윤서진 尹瑞珍", "ko", {"ko": "윤서진", "ko-Hani": "尹瑞珍"}, "윤서진 尹瑞珍"),
    ("윤서진(尹瑞珍)", "ko", {"ko": "윤서진", "ko-Hani": "尹瑞珍"}, "윤서진 尹瑞珍"),
    ("尹瑞珍(윤서진)", "ko", {"ko": "윤서진", "ko-Hani": "尹瑞珍"}, "윤서진 尹瑞珍"),
    ("尹瑞珍", "ko", {"ko-Hani": "尹瑞珍"}, "尹瑞珍"),
    ("윤서진 (Yoon Seo-jin)", "ko", {"ko": "윤서진", "ko-Latn": "Yoon Seo-jin"}, "윤서진"),
    ("남궁 민", "ko", {"ko": "남궁 민"}, "남궁 민"),
    ("SHEN Wenyuan", "en", {"en": "SHEN Wenyuan"}, "SHEN Wenyuan"),
    ("Wenyuan SHEN (Ms)", "en", {"en": "Wenyuan SHEN (Ms)"}, "Wenyuan SHEN (Ms)"),
    ("Dr. Sang Pal Lee", "en", {"en": "Dr. Sang Pal Lee"}, "Dr. Sang Pal Lee"),
    ("", "ja", {}, ""),
    ("　 ", "ja", {}, ""),
    ("=A1&B1", "zh-Hans", {"zh-Hans": "=A1&B1"}, "=A1&B1"),
    ("（）", "ja", {"ja": "（）"}, "（）"),
    ("沈文遠（", "ja", {"ja": "沈文遠（"}, "沈文遠（"),
    ("Владимир Путиловский", "ja", {"ja": "Владимир Путиловский"}, "Владимир Путиловский"),
    ("沈" * 300, "ja", {"ja": "沈" * 300}, "沈" * 300),
]


@pytest.mark.parametrize(("typed", "tag", "forms", "shown"), _TYPED)
def test_a_name_is_understood_with_its_reading_and_other_form(
    typed: str, tag: str, forms: dict[str, str], shown: str
) -> None:
    assert (dict(name_typed(typed, tag).forms), name_shown(forms, tag)) == (forms, shown)


@pytest.mark.parametrize(("typed", "tag", "forms", "shown"), _TYPED)
def test_what_the_cell_shows_of_a_name_is_read_back_as_part_of_it(
    typed: str, tag: str, forms: dict[str, str], shown: str
) -> None:
    assert name_typed(shown, tag).forms.items() <= forms.items()


@pytest.mark.parametrize(
    ("reading", "tag", "kept"),
    [
        ("しん・ぶんえん", "ja", "ja-Hira"),
        ("シンブンエン", "ja", "ja-Kana"),
        ("Shin Bun'en", "ja", "ja-Latn"),
        ("Shen Wenyuan", "zh-Hans", "zh-Latn-pinyin"),
        ("Yoon Seojin", "ko", "ko-Latn"),
        ("ユン・ソジン", "ko", "ko-Kana"),
        ("12", "ja", "ja-Hira"),
        ("Shen", "en", "en-Latn"),
    ],
)
def test_a_reading_is_kept_by_its_script(reading: str, tag: str, kept: str) -> None:
    assert reading_tag(reading, tag) == kept


def test_a_name_that_is_only_spelt_has_no_reading_besides() -> None:
    spelt = {"zh-Latn-pinyin": "SHEN Wenyuan"}
    assert (name_shown(spelt, "zh-Hans"), reading_shown(spelt, "zh-Hans")) == ("SHEN Wenyuan", "")
    whole = {"zh-Hans": "沈文远", **spelt}
    assert (name_shown(whole, "zh-Hans"), reading_shown(whole, "zh-Hans")) == ("沈文远", "SHEN Wenyuan")


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("SHEN Wenyuan", ("SHEN", "Wenyuan", "family first")),
        ("Wenyuan SHEN", ("SHEN", "Wenyuan", "given first")),
        ("Haruko Aoki", ("", "", "as written")),
        ("AOKI HARUKO", ("", "", "as written")),
        ("青木 春子", ("青木", "春子", "family first")),
        ("しん・ぶんえん", ("しん", "ぶんえん", "family first")),
        ("沈文远", ("", "", "as written")),
        ("Sang Pal LEE", ("", "", "as written")),
    ],
)
def test_family_and_given_name_are_told_only_where_the_letters_show_them(
    written: str, parts: tuple[str, str, str]
) -> None:
    assert parts_of(written) == parts


def test_what_was_printed_proposes_the_names_of_a_person_to_be_looked_at() -> None:
    printed = {
        "zh-Hans": "沈文远",
        "zh-Latn-pinyin": "SHEN Wenyuan",
        "ja": "沈 文遠",
        "ja-Hira": "しん・ぶんえん",
        "en": "Wenyuan SHEN",
        "source": "zh-Hans",
    }
    names = names_proposed(printed)
    assert [(name["written"], name.get("family", ""), name["order"], name.get("reading", "")) for name in names] == [
        ("沈文远", "", "as written", "SHEN Wenyuan"),
        ("沈 文遠", "沈", "family first", "しん・ぶんえん"),
        ("Wenyuan SHEN", "SHEN", "given first", ""),
    ]
    title = {name["lang"]: name["written"] for name in names} | {"source": "zh-Hans"}
    content = {"kind": "person", "title": title, "kept_by": BASE + "institution/nlc", "names": names}
    person = Person.model_validate(content)
    assert forms_on_record(person.title.as_json(), person.readings()) == {
        **title,
        "zh-Latn-pinyin": "SHEN Wenyuan",
        "ja-Hira": "しん・ぶんえん",
    }


@pytest.mark.parametrize(
    ("printed", "written"),
    [
        (None, []),
        ({"zh-Latn-pinyin": "SHEN Wenyuan"}, ["SHEN Wenyuan"]),
        ({"ko": "윤서진", "ko-Hani": "尹瑞珍", "source": "ko"}, ["윤서진", "尹瑞珍"]),
    ],
)
def test_a_name_that_is_only_spelt_is_a_name(printed: object, written: list[str]) -> None:
    assert [name["written"] for name in names_proposed(printed)] == written
