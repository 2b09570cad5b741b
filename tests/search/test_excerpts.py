from koryu.search.entries import Match, WrittenForm
from koryu.search.excerpts import CUT, LONGEST, excerpt
from koryu.values.reason import Reason


def match(text: str, *spans: tuple[int, int]) -> Match:
    return Match(WrittenForm("ja", text), "texts", spans, Reason("because"))


def test_what_matched_is_set_apart_from_what_did_not() -> None:
    assert excerpt(match("国立国会図書館", (4, 7))) == (("国立国会", False), ("図書館", True))


def test_a_long_text_is_cut_around_the_first_match() -> None:
    text = "あ" * 500 + "図書館" + "い" * 500
    found = excerpt(match(text, (500, 503)))
    assert found[0] == (CUT, False)
    assert found[-1] == (CUT, False)
    assert ("図書館", True) in found
    assert sum(len(segment) for segment, _ in found[1:-1]) == LONGEST


def test_a_form_without_a_place_that_matched_is_shown_from_its_beginning() -> None:
    assert excerpt(match("図書館")) == (("図書館", False),)
    assert excerpt(match("あ" * 200)) == (("あ" * LONGEST, False), (CUT, False))
