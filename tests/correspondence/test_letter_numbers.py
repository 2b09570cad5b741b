"""Numbers of letters: read back however they are typed, and never taken for another."""

import pytest

from koryu.correspondence.rules.letter_numbers import ALPHABET, as_number, numbered

SOME = [numbered(value) for value in (0, 1, 31, 32, 7_654_321, 2**30 - 1, 123_456_789)]


@pytest.mark.parametrize("number", SOME)
def test_a_number_is_read_back_however_it_is_typed(number: str) -> None:
    assert len(number) == 7
    assert set(number) <= set(ALPHABET)
    typed = number.lower().replace("0", "o").replace("1", "l")
    assert as_number(number) == as_number(typed) == as_number(f" {number[:3]} {number[3:]}\n") == number


@pytest.mark.parametrize("number", SOME)
def test_one_wrong_character_is_always_noticed(number: str) -> None:
    for place in range(7):
        for character in ALPHABET:
            if character != number[place]:
                assert as_number(number[:place] + character + number[place + 1 :]) == ""


@pytest.mark.parametrize("number", SOME)
def test_two_neighbours_that_were_exchanged_are_always_noticed(number: str) -> None:
    for place in range(6):
        first, second = number[place], number[place + 1]
        if first != second:
            assert as_number(number[:place] + second + first + number[place + 2 :]) == ""


@pytest.mark.parametrize("typed", ["", "0000", "AAAAAAAAAAAA", "?!?!?!?", "神神神神神神神", "\x00" * 7])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert as_number(typed) == ""


def test_numbers_of_different_values_differ() -> None:
    assert len({numbered(value) for value in range(5000)}) == 5000
