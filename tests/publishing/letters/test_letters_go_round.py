"""Letters of the shipped record, out as Word and in again unchanged, make no difference."""

import pytest

from tests.publishing.letters.shipped_letters import KINDS, differences, letters


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_of_the_shipped_record_comes_back_in_each_language_as_it_went(kind: str) -> None:
    tried = [letter for letter in letters() if letter.kind == kind]
    assert len(tried) > 70
    assert [said for letter in tried for said in differences(letter)] == []
