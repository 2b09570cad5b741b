from typing import Any, Literal

import pytest
from pydantic import ValidationError

from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen, complaints
from koryu.values.reason import Reason
from koryu.values.text import Text


class Session(Frozen):
    title: Text
    held: Edtf | None = None
    kind: Literal["seminar", "visit"] = "seminar"
    number: str = ""


class Seminar(Frozen):
    sessions: list[Session]


def complaints_about(document: Any) -> list[tuple[str, Reason]]:
    with pytest.raises(ValidationError) as error:
        Seminar.model_validate(document)
    return complaints(error.value)


def test_a_document_is_written_back_as_it_was_read() -> None:
    document = {"sessions": [{"title": {"ja": " 開会 "}, "held": None}, {"title": {"ko": "회의"}, "kind": "visit"}]}
    assert Seminar.model_validate(document).as_json() == document


def test_a_document_cannot_be_changed() -> None:
    session = Session(title=Text.of(ja="開会"))
    with pytest.raises(ValidationError):
        session.number = "2"  # type: ignore[misc]  # -- the point of the test


def test_each_complaint_names_its_field_and_says_what_was_expected() -> None:
    wrong = {"title": {"jp": "a"}, "held": "1986-02-29", "kind": "trip", "number": 3, "when": ""}
    assert complaints_about({"sessions": [wrong, {}]}) == [
        (
            "sessions.0.title",
            Reason("%(tag)s is not the tag of the language meant; write %(meant)s", tag="jp", meant="ja"),
        ),
        ("sessions.0.held", Reason("%(value)s is not a valid calendar date", value="1986-02-29")),
        ("sessions.0.kind", Reason("one of these was expected here: %(expected)s", expected="'seminar' or 'visit'")),
        ("sessions.0.number", Reason("a text was expected here")),
        ("sessions.0.when", Reason("there is no such field")),
        ("sessions.1.title", Reason("this must be given")),
    ]


def test_what_has_no_words_of_its_own_is_still_complained_about() -> None:
    assert complaints_about({"sessions": 1}) == [("sessions", Reason("something else was expected here"))]
