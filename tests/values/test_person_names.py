from typing import Any

import pytest
from pydantic import ValidationError

from koryu.values.frozen import complaints
from koryu.values.language_tags import LanguageTag
from koryu.values.person_names import NameForm
from koryu.values.reason import Reason

FORMS: list[dict[str, Any]] = [
    {"id": "1", "lang": "ja", "written": "神門典子", "family": "神門", "given": "典子", "order": "family first"},
    {"id": "2", "lang": "ja-Latn", "written": "KANDO Noriko", "order": "as written"},
    {"id": "3", "lang": "ko", "written": "김  철수", "order": "family first", "reading": None, "reading_lang": None},
    {"id": "4", "lang": "en", "written": "Cheol-su Kim", "order": "given first", "family": "Kim"},
    {
        "id": "5",
        "lang": "zh-Hans",
        "written": "李",
        "order": "as written",
        "reading": "lǐ",
        "reading_lang": "zh-Latn-pinyin",
    },
]


@pytest.mark.parametrize("form", FORMS)
def test_a_name_is_written_back_as_it_was_read(form: dict[str, Any]) -> None:
    assert NameForm.model_validate(form).as_json() == form


def test_compatibility_ideographs_stay_as_they_are() -> None:
    name = NameForm(id="1", lang=LanguageTag("ja"), written="\ufa19", order="as written")
    assert name.as_json()["written"] == "\ufa19"


BOTH = Reason("a reading and the language tag it is written in must be given together")


@pytest.mark.parametrize("half", [{"reading": "かんど"}, {"reading_lang": "ja-Hira"}])
def test_a_reading_says_its_script(half: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as error:
        NameForm.model_validate({**FORMS[0], **half})
    assert complaints(error.value) == [("", BOTH)]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("written", " ", Reason("a text must not be empty")),
        ("written", "a\nb", Reason("a text must not contain the control character %(code)s", code="U+000A")),
        ("family", "", Reason("a text must not be empty")),
        ("lang", "JA", Reason("the language tag %(tag)s must be written %(canonical)s", tag="JA", canonical="ja")),
    ],
)
def test_a_name_is_one_line_in_a_known_language(field: str, value: str, reason: Reason) -> None:
    with pytest.raises(ValidationError) as error:
        NameForm.model_validate({**FORMS[0], field: value})
    assert complaints(error.value) == [(field, reason)]
