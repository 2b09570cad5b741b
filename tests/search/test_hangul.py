import pytest
from hypothesis import given
from hypothesis import strategies as st

from koryu.search.hangul import as_said, composed, initial_law, parts, romanized, spellings


@pytest.mark.parametrize(
    ("written", "letters"),
    [
        ("국립", "gungnip"),
        ("도서관", "doseogwan"),
        ("국립중앙도서관", "gungnipjungangdoseogwan"),
        ("한국어", "hangugeo"),
        ("대학로", "daehangno"),
        ("독립", "dongnip"),
        ("법률", "beomnyul"),
        ("신라", "silla"),
        ("백마", "baengma"),
        ("종로", "jongno"),
        ("좋고", "joko"),
        ("압구정", "apgujeong"),
        ("별내", "byeollae"),
        ("집현전", "jiphyeonjeon"),
        ("서울 NLK", "seoul NLK"),
    ],
)
def test_hangul_is_romanized_by_its_sound(written: str, letters: str) -> None:
    assert romanized(written) == letters


def test_hangul_can_be_respelled_as_it_is_said() -> None:
    assert as_said("국립") == "궁닙"


@pytest.mark.parametrize(
    ("written", "at_head"), [("력", "역"), ("녀", "여"), ("래", "내"), ("이", "이"), ("니", "이"), ("a", "a")]
)
def test_the_initial_sound_rule_changes_the_head_of_a_word(written: str, at_head: str) -> None:
    assert initial_law(written) == at_head


@given(st.integers(0xAC00, 0xD7A3).map(chr))
def test_every_syllable_comes_apart_and_together_again(syllable: str) -> None:
    assert composed(*parts(syllable)) == syllable


def may_mean(letters: str, written: str, *, old: bool = False) -> bool:
    wanted = "".join(initial_law(char) for char in written)
    pairs = [wanted[at : at + 2] for at in range(len(wanted) - 1)]
    ways = spellings(letters, old=old)
    return any(
        len(way) == len(pairs) and all(pair in slot for pair, slot in zip(pairs, way, strict=True)) for way in ways
    )


@pytest.mark.parametrize(
    "written", "국립 도서관 국회 국립중앙도서관 한국어 대학로 법률 신라 교류 업무 협력 자료 입법".split(" ")
)
def test_what_is_romanized_can_be_read_back(written: str) -> None:
    assert may_mean(romanized(written), written)


def test_letters_are_read_syllable_by_syllable_too() -> None:
    assert may_mean("gukrip", "국립")


def test_mccune_reischauer_is_read_without_its_marks() -> None:
    assert may_mean("tosogwan", "도서관", old=True)
    assert may_mean("kungnip", "국립", old=True)


@pytest.mark.parametrize("letters", ["", "x", "strength", "zzz", "ng", "aeiouaeiouaeiou" * 5])
def test_letters_that_are_no_korean_do_no_harm(letters: str) -> None:
    assert isinstance(spellings(letters), list)
