"""How a text is there in a language, and for whom it is to write."""

import pytest

from koryu.planning.rules.translations import (
    KeptTranslation,
    TranslationPlace,
    WordsState,
    asking_fails,
    is_mine,
    words_state,
    working_languages,
)
from koryu.sheets.translated_texts import TextAtPath

AT = TranslationPlace(record="r", path="title", language="ko")
TEXT = TextAtPath(path="title", forms={"ja": "題", "en": "Title"}, source="ja")
OLD = "0" * 16


def kept(**said: object) -> KeptTranslation:
    return KeptTranslation(exchange="e", at=AT, **said)  # type: ignore[arg-type]  # -- the fields are the test's own


@pytest.mark.parametrize(
    ("tag", "what", "state"),
    [
        ("ja", None, WordsState.ORIGINAL),
        ("en", None, WordsState.TRANSLATED),
        ("en", kept(made_of=TEXT.made_of), WordsState.TRANSLATED),
        ("en", kept(made_of=OLD), WordsState.STALE),
        # Whatever was asked, what is there is there.
        ("en", kept(needed=False), WordsState.TRANSLATED),
        ("ko", None, WordsState.MISSING),
        ("ko", kept(made_of=OLD), WordsState.MISSING),
        ("ko", kept(needed=False, asked=True), WordsState.NOT_NEEDED),
        ("fr", None, WordsState.NOT_NEEDED),
        ("fr", kept(asked=True), WordsState.MISSING),
    ],
)
def test_how_a_text_is_there(tag: str, what: KeptTranslation | None, state: WordsState) -> None:
    assert words_state(TEXT, tag, what, working=("ja", "ko")) is state


@pytest.mark.parametrize(
    ("what", "state", "translates", "mine"),
    [
        (None, WordsState.MISSING, True, True),
        (None, WordsState.MISSING, False, False),
        (None, WordsState.TRANSLATED, True, False),
        (kept(person="mun"), WordsState.MISSING, False, True),
        (kept(person="kim"), WordsState.MISSING, True, False),
        (kept(who="an agency"), WordsState.MISSING, True, False),
        (kept(made_by="mun"), WordsState.STALE, False, True),
        (kept(made_by="kim"), WordsState.STALE, False, False),
        (kept(person="mun"), WordsState.STALE, False, True),
        (kept(person="mun"), WordsState.NOT_NEEDED, True, False),
    ],
)
def test_for_whom_it_is_to_write(
    what: KeptTranslation | None, state: WordsState, *, translates: bool, mine: bool
) -> None:
    assert is_mine(what, state, username="mun", translates=translates) is mine


def test_the_plan_names_the_languages_else_they_are_those_of_the_institutions() -> None:
    assert working_languages({"languages": ["ko", "ja", "ko"]}, ["zh-Hans"]) == ("ko", "ja")
    assert working_languages({"languages": ["ko", 7]}, ["zh-Hans", "ja", "zh-Hans"]) == ("zh-Hans", "ja")
    assert working_languages({}, []) == ()


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [
        ({"person": "mun"}, False),
        ({"person": "han"}, True),
        ({"who": "x" * 201}, True),
        ({"due": "2027-10"}, False),
        ({"due": "soon"}, True),
    ],
)
def test_who_can_be_asked(said: dict[str, str], *, is_refused: bool) -> None:
    asked = {"person": "", "who": "", "due": "", **said}
    assert (asking_fails(**asked, staff=["mun"]) is not None) is is_refused
