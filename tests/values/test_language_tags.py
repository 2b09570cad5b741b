import json
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from koryu.values.language_tags import INTERFACE, LanguageTag, name_of
from koryu.values.reason import Refused

APPENDIX_A = json.loads((Path(__file__).parents[1] / "conformance/rfc5646/appendix-a.json").read_text("utf-8"))

# Well-formed, and refused here: what is said of a text must mean the same to every partner.
OUTSIDE = {
    "i-enochian": "irregular tag of old, deprecated",
    "de-CH-x-phonebk": "private use",
    "az-Arab-x-AZE-derbend": "private use",
    "x-whatever": "private use",
    "qaa-Qaaa-QM-x-southern": "private use",
    "zh-min": "irregular tag of old, deprecated",
    "zh-min-nan-Hant-CN": "extended language: nan alone is preferred",
    "en-US-u-islamCal": "extension: a habit of the reader, not the language of a text",
    "zh-CN-a-myExt-x-private": "extension that was never registered",
    "en-a-myExt-b-another": "extension that was never registered",
}
WELL_FORMED = [tag for tags in APPENDIX_A["valid"].values() for tag in tags]


@pytest.mark.parametrize("tag", [tag for tag in WELL_FORMED if tag not in OUTSIDE])
def test_the_well_formed_tags_of_rfc_5646_are_taken(tag: str) -> None:
    assert LanguageTag(tag) == tag


@pytest.mark.parametrize("tag", [*OUTSIDE, *APPENDIX_A["invalid"]])
def test_tags_that_would_not_mean_the_same_to_all_are_refused(tag: str) -> None:
    with pytest.raises(Refused) as refused:
        LanguageTag(tag)
    assert str(refused.value) == f"{tag} is not a language tag such as ja, ja-Latn or zh-Hans"


def test_every_refused_tag_of_the_appendix_is_one_of_it() -> None:
    assert set(OUTSIDE) - set(WELL_FORMED) == set()


@pytest.mark.parametrize(
    "tag", ["ja", "ja-Kana", "ja-Latn", "zh-Hans", "zh-Hant", "zh-Latn-pinyin", "ko", "ko-Hani", "ko-Latn", "en"]
)
def test_the_tags_of_the_house_are_taken(tag: str) -> None:
    assert LanguageTag(tag) == tag


@pytest.mark.parametrize(
    "tag", ["", "xx", "jp-Zzzq", "ja-Romaji", "zh_Hans", "root", "ja ", "ja\n", "日本語", "ja-Latn-pinyin-pinyin"]
)
def test_unregistered_and_malformed_tags_are_refused(tag: str) -> None:
    with pytest.raises(Refused):
        LanguageTag(tag)


@pytest.mark.parametrize(("tag", "canonical"), [("JA", "ja"), ("ja-latn", "ja-Latn"), ("en-gb", "en-GB")])
def test_another_case_is_refused_and_the_right_one_named(tag: str, canonical: str) -> None:
    with pytest.raises(Refused) as refused:
        LanguageTag(tag)
    assert str(refused.value) == f"the language tag {tag} must be written {canonical}"


def test_a_tag_tells_its_language_and_script() -> None:
    assert [(LanguageTag(tag).language, LanguageTag(tag).script) for tag in ("ja", "ja-Latn", "zh-Hant", "ko")] == [
        ("ja", "Jpan"),
        ("ja", "Latn"),
        ("zh", "Hant"),
        ("ko", "Kore"),
    ]


def test_tags_are_fields_and_keys_of_documents() -> None:
    adapter = TypeAdapter(dict[LanguageTag, LanguageTag])
    value = adapter.validate_json('{"ja":"ja-Latn"}')
    assert {type(part) for pair in value.items() for part in pair} == {LanguageTag}
    assert adapter.dump_json(value) == b'{"ja":"ja-Latn"}'
    with pytest.raises(ValidationError, match="xx is not a language tag such as ja, ja-Latn or zh-Hans"):
        adapter.validate_python({"xx": "ja"})


NAMES = {
    ("ja", "en"): "Japanese",
    ("ja", "ja"): "日本語",
    ("ja", "zh-Hans"): "日语",
    ("ja", "ko"): "일본어",
    ("ja-Latn", "en"): "Japanese (Latin)",
    ("ja-Latn", "ja"): "日本語（ラテン文字）",
    ("ja-Latn", "zh-Hans"): "日语（拉丁文）",
    ("ja-Latn", "ko"): "일본어(로마자)",
    ("zh-Hans", "en"): "Simplified Chinese",
    ("zh-Hans", "ja"): "簡体中国語",
    ("zh-Hans", "zh-Hans"): "简体中文",
    ("zh-Hans", "ko"): "중국어(간체)",
    ("zh-Latn-pinyin", "en"): "Chinese (pinyin)",
    ("zh-Latn-pinyin", "ja"): "中国語（ピンイン）",
    ("zh-Latn-pinyin", "zh-Hans"): "中文（拼音）",
    ("zh-Latn-pinyin", "ko"): "중국어(병음)",
    ("ko-Hani", "ja"): "韓国語（漢字）",
    ("de-CH-1901", "en"): "German (Switzerland, Traditional German orthography)",
    ("ja", "xx"): "Japanese",
}


@pytest.mark.parametrize(("tag", "reader"), NAMES)
def test_a_language_is_named_in_the_readers_own(tag: str, reader: str) -> None:
    assert name_of(tag, reader) == NAMES[tag, reader]


def test_the_pages_are_in_four_languages() -> None:
    assert INTERFACE == ("en", "ja", "zh-Hans", "ko")
