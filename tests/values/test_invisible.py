"""Characters that cannot be seen: refused in names, titles and identifiers, shown as signs elsewhere."""

from typing import Final

import pytest

from koryu.records.kinds import document_of
from koryu.values.invisible import differing, isolated, look_alike, signed, spelt, unseen

# What it is, the text, what a name, a title or an identifier written so came to before.
UNSEEN: Final = [
    ("a mark that turns the direction", "A\u202eDN", "taken"),
    ("the same in Han", "国立\u202e国会図書館", "taken"),
    ("an embedding", "\u202aNDL\u202c", "taken"),
    ("an isolate", "\u2066NDL\u2069", "taken"),
    ("a left-to-right mark", "NDL\u200e", "taken"),
    ("a right-to-left mark", "NDL\u200f 2004", "taken"),
    ("the Arabic letter mark", "NDL\u061c", "taken"),
    ("a zero-width space", "国会\u200b図書館", "taken"),
    ("a word joiner", "国会\u2060図書館", "taken"),
    ("a byte order mark", "\ufeffNDL", "taken"),
    ("a soft hyphen", "Biblio\u00adthek", "taken"),
    ("tag characters", "NDL\U000e0041\U000e0042", "taken"),
    ("a language tag", "NDL\U000e0001", "taken"),
    ("an invisible times", "2\u20622", "taken"),
    ("an interlinear anchor", "辻\ufff9つじ\ufffb", "taken"),
    ("a Hangul filler", "국립\u3164도서관", "taken"),
    ("a half-width Hangul filler", "국립\uffa0도서관", "taken"),
    ("a choseong filler", "\u115f국립", "taken"),
    ("a grapheme joiner", "N\u034fDL", "taken"),
    ("a blank of braille", "NDL\u2800", "taken"),
    ("a Mongolian vowel separator", "NDL\u180e", "taken"),
    ("a musical beam", "NDL\U0001d173", "taken"),
    ("a line separator", "NDL\u2028NLC", "taken"),
    ("a deprecated format character", "NDL\u206f", "taken"),
    ("a Khmer inherent vowel", "NDL\u17b4", "taken"),
    ("a selector after a Latin letter", "N\ufe0fDL", "taken"),
    ("a selector after hangul", "국\ufe00립", "taken"),
    ("a selector at the beginning", "\U000e0100辻", "taken"),
    ("two selectors in a row", "辻\U000e0100\U000e0101", "taken"),
    ("a run of selectors that hides a text", "📚\ufe0f\U000e0148\U000e0155", "taken"),
    ("a joiner between Latin letters", "N\u200dDL", "taken"),
    ("a joiner between Han characters", "国\u200d会", "taken"),
    ("a joiner at the end", "NDL\u200d", "taken"),
    ("a non-joiner in hangul", "국\u200c립", "taken"),
    ("an unassigned character of the tags' block", "NDL\U000e0fff", "taken"),
]
# What it is, and the text, in which every character is needed.
NEEDED: Final = [
    ("a name with a variant", "辻\U000e0100"),
    ("a place with a variant", "葛\U000e0100飾区立図書館"),
    ("a compatibility ideograph", "神神"),
    ("a standardised variant", "神\ufe00"),
    ("a non-joiner in Persian", "کتاب\u200cخانه ملی"),
    ("a joiner in Hindi", "क\u094d\u200dष"),
    ("a non-joiner in Hindi", "क\u094d\u200cष"),
    ("a joiner in Sinhala", "ශ\u0dca\u200dර\u0dd3 ලංකා"),
    ("a family of emoji", "👨\u200d👩\u200d👧"),
    ("a heart in colour", "❤\ufe0f"),
    ("a keycap", "1\ufe0f⃣"),
    ("a Mongolian variant", "ᠠ\u180b"),
    ("an Arabic name", "المكتبة الوطنية التونسية"),
    ("a Hebrew name", "הספרייה הלאומית"),
    ("a decomposed letter", "がく"),
    ("a Burmese library", "အမျ\u102d\u102fးသား စာကြည\u1037\u103aတ\u102d\u102fက\u103a"),
]


def contents(text: str) -> list[dict[str, object]]:
    """A name, a title, an identifier and a file's name, written as the text is."""
    keeper = {"kept_by": "tag:example.org,2026:institution/a", "title": {"ja": "題"}}
    name = {"id": "n", "lang": "ja", "written": text, "order": "as written"}
    identifier = {"id": "i", "scheme": "ISIL", "value": text}
    return [
        {"kind": "person", **keeper, "names": [name]},
        {"kind": "theme", **keeper, "title": {"ja": text}},
        {"kind": "institution", "type": "museum", **keeper, "identifiers": [identifier]},
        {"kind": "institution", "type": "museum", **keeper, "places": [{"id": "p", "name": {"ja": text}}]},
    ]


@pytest.mark.parametrize(("what", "text", "before"), UNSEEN)
def test_what_cannot_be_seen_is_refused_in_names_titles_and_identifiers(what: str, text: str, before: str) -> None:
    assert before == "taken"
    for content in contents(text):
        with pytest.raises(ValueError, match=r"a character that cannot be seen \(U\+"):
            document_of(content)


@pytest.mark.parametrize(("what", "text"), NEEDED)
def test_what_a_script_needs_stays(what: str, text: str) -> None:
    assert unseen(text) == ()
    for content in contents(text):
        assert document_of(content).content() == content


@pytest.mark.parametrize(("what", "text", "before"), UNSEEN)
def test_elsewhere_it_is_taken_and_shown_as_a_sign(what: str, text: str, before: str) -> None:
    note = {
        "kind": "theme",
        "kept_by": "tag:example.org,2026:institution/a",
        "title": {"ja": "題"},
        "notes": {"ja": text},
    }
    assert document_of(note).content() == note
    assert "[U+" in signed(text)
    assert unseen(signed(text)) == ()


def test_what_was_kept_is_read_as_it_was_kept() -> None:
    for content in contents("A\u202eDN"):
        assert document_of(content, kept=True).content() == content


def test_a_sign_says_the_code_point() -> None:
    assert signed("A\u202eDN") == "A[U+202E]DN"


def test_two_texts_that_look_the_same_are_told_from_two_that_do_not() -> None:
    assert look_alike("辻", "辻\U000e0100")
    assert look_alike("神\ufa19", "神神")
    assert not look_alike("辻", "辻")
    assert not look_alike("辻", "杜")


def test_they_differ_in_code_points_that_are_said() -> None:
    assert differing("大辻氏", "大辻\U000e0100氏") == ("辻", "辻\U000e0100")
    assert spelt("辻\U000e0100") == "U+8FBB U+E0100"
    assert differing("神", "\ufa19") == ("神", "\ufa19")


def test_in_plain_text_what_runs_from_right_to_left_carries_nothing_along() -> None:
    assert isolated("المكتبة") == "\u2068المكتبة\u2069"
    assert isolated("NDL\u202e") == "NDL[U+202E]"
    assert isolated("国立国会図書館") == "国立国会図書館"
