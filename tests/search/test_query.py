import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koryu.search.query import Less, TokenNode, slips, sounds, understood


@pytest.mark.parametrize("query", ["", " ", "\t\n", "。、「」", "\x00\x01", "\ud800", '"', "*", "---", "'", "🙂"])
def test_a_query_with_nothing_to_look_for_means_nothing(query: str) -> None:
    assert understood(query) is None


@settings(deadline=None)  # the first Japanese word loads the dictionary
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_string_is_understood_or_not_but_never_an_error(query: str) -> None:
    meaning = understood(query)
    assert meaning is None or meaning.parts


def test_the_words_of_the_engine_are_words_like_any_other() -> None:
    meaning = understood("AND OR NOT NEAR")
    assert meaning is not None
    assert meaning.words == ("and", "or", "not", "near")


def test_a_long_query_is_cut() -> None:
    assert understood("図" * 10_000) == understood("図" * 200)


def test_one_character_looks_for_what_begins_with_it() -> None:
    meaning = understood("館")
    assert meaning is not None
    assert meaning.parts == (TokenNode("written", "館", prefix=True),)


def test_a_single_syllable_in_letters_has_no_sound_to_look_for() -> None:
    assert [node for node in sounds("guan") if not isinstance(node, Less)] == []
    assert sounds("to") == ()


def test_the_form_of_the_characters_typed_is_kept() -> None:
    meaning = understood("圖書館")
    assert meaning is not None
    assert meaning.exact == ("=圖", "=書", "=館")


def test_slips_are_one_letter_away() -> None:
    found = set(slips("abc"))
    assert {"ab", "abbc", "bac", "abd", "abcx", "xabc"} <= found
    assert "abcde" not in found


def test_the_likelier_slips_come_first() -> None:
    found = list(slips("toshokna"))
    assert found.index("toshokan") < found.index("toshokn") < found.index("toshoknaq")
