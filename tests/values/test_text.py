import copy
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from koryu.values.frozen import Frozen
from koryu.values.reason import Refused
from koryu.values.text import Line, ShownText, Text

TEXT = TypeAdapter(Text)
KANA = Text.of(ja="業務交流", ja_Kana="ギョウムコウリュウ", ja_Latn="gyōmu kōryū", ko="업무교류", source="ja")
written = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(lambda text: text.strip())
documents = st.dictionaries(st.sampled_from(["ja", "en", "zh-Hans", "ko-Hani", "zh-Latn-pinyin"]), written, min_size=1)


@given(documents, st.data())
def test_a_text_is_written_back_as_it_was_read(forms: dict[str, str], data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([*forms, None] if len(forms) == 1 else [*forms]))
    document = forms if source is None else {**forms, "source": source}
    text = TEXT.validate_python(document)
    assert TEXT.dump_python(text, mode="json") == document
    assert list(text.as_json()) == list(document)
    assert TEXT.validate_json(TEXT.dump_json(text)) == text


def test_the_source_is_not_made_up_when_it_was_left_out() -> None:
    assert Text({"ja": "館長"}).as_json() == {"ja": "館長"}
    assert Text({"ja": "館長"}).source == "ja"
    assert Text({"ja": "館長"}) != Text({"ja": "館長", "source": "ja"})


def test_a_text_is_never_normalised() -> None:
    name = "神" + unicodedata.normalize("NFD", "が") + unicodedata.normalize("NFD", "한")
    assert Text.of(ja=name).as_json() == {"ja": name}


def test_texts_are_equal_whatever_the_order_of_their_languages() -> None:
    one, other = Text({"ja": "a", "en": "b", "source": "ja"}), Text({"source": "ja", "en": "b", "ja": "a"})
    assert one == other
    assert hash(one) == hash(other)
    assert one != Text({"ja": "a", "en": "b", "source": "en"})
    assert copy.deepcopy(one) == one


def test_a_line_break_is_part_of_a_text() -> None:
    assert Text.of(ja="一行目\n二行目").as_json() == {"ja": "一行目\n二行目"}


NOT_A_TEXT = 'a text by language was expected, such as {"ja": "…", "en": "…", "source": "ja"}'
WRONG = [
    ({}, NOT_A_TEXT),
    ("業務交流", NOT_A_TEXT),
    (None, NOT_A_TEXT),
    ({"ja": 1}, NOT_A_TEXT),
    ({"ja": {"en": "a"}}, NOT_A_TEXT),
    ({"source": "ja"}, NOT_A_TEXT),
    ({"ja": ""}, "a text must not be empty"),
    ({"ja": " \n\u3000"}, "a text must not be empty"),
    ({"ja": "a\rb"}, "a text must not contain the control character U+000D"),
    ({"ja": "a\x85b"}, "a text must not contain the control character U+0085"),
    ({"ja": "a\ud800"}, "a text must not contain the control character U+D800"),
    ({"ja": "a", "en": "b"}, "a text in more than one language must say which is its source"),
    ({"ja": "a", "source": "en"}, "the source of a text must be one of its languages, not en"),
    ({"jp": "a"}, "jp is not a language tag such as ja, ja-Latn or zh-Hans"),
]


@pytest.mark.parametrize(("document", "reason"), WRONG)
def test_what_is_no_text_is_refused_in_one_sentence(document: Any, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        Text(document)
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("reader", "shown"),
    [
        ("ja", ShownText("業務交流", "ja", True)),  # type: ignore[arg-type]  # -- tags as plain strings read better
        ("ja-Latn", ShownText("gyōmu kōryū", "ja-Latn", True)),  # type: ignore[arg-type]  # -- as above
        ("ko-Hani", ShownText("업무교류", "ko", False)),  # type: ignore[arg-type]  # -- as above
        ("ja-Hira", ShownText("業務交流", "ja", False)),  # type: ignore[arg-type]  # -- as above
        ("zh-Hans", ShownText("業務交流", "ja", False)),  # type: ignore[arg-type]  # -- as above
        ("en", ShownText("業務交流", "ja", False)),  # type: ignore[arg-type]  # -- as above
    ],
)
def test_a_reader_is_shown_the_own_language_else_another_script_else_the_source(reader: str, shown: ShownText) -> None:
    assert KANA.shown(reader) == shown


def test_a_regional_form_is_the_readers_own_language() -> None:
    text = Text.of(ja="図書館", en_GB="library", source="ja")
    assert text.shown("en") == ("library", "en-GB", True)


def test_traditional_characters_are_shown_for_simplified_ones_and_said_to_be() -> None:
    text = Text.of(ko="도서관", zh_Latn_pinyin="túshūguǎn", zh_Hant="圖書館", source="ko")
    assert text.shown("zh-Hans") == ("圖書館", "zh-Hant", False)


def test_a_text_shows_how_to_write_it_again() -> None:
    assert repr(Text.of(ja="報告", source="ja")) == "Text({'ja': '報告', 'source': 'ja'})"


def test_a_text_tells_its_forms_and_source() -> None:
    assert KANA.source == "ja"
    assert list(KANA.forms) == ["ja", "ja-Kana", "ja-Latn", "ko"]


def test_a_text_is_a_field_of_a_document() -> None:
    class Titled(Frozen):
        title: Text
        subtitle: Text | None = None

    document = {"title": {"ja": "報告", "source": "ja"}, "subtitle": {"ko": "발표문"}}
    assert Titled.model_validate(document).as_json() == document
    assert Titled(title=Text.of(ja="報告")).as_json() == {"title": {"ja": "報告"}}
    assert Titled.model_json_schema()["properties"]["title"]["additionalProperties"] == {
        "type": "string",
        "minLength": 1,
    }


@pytest.mark.parametrize("line", ["", " ", "a\nb", "a\tb"])
def test_a_line_is_one_line(line: str) -> None:
    with pytest.raises(ValueError, match="a text must not"):
        TypeAdapter(Line).validate_python(line)
