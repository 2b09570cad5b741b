"""A letter goes through the approval steps that drafts go through: exactly its pages, from hand to hand."""

import re
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions as consent
from koryu.consent import queries as drafts
from koryu.consent.actions.naming_steps import StepNamed
from koryu.correspondence import queries
from koryu.journal import queries as journal
from koryu.journal.rules import Change
from koryu.records.kinds import document_of
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import AT, COMPILER, NDL, NLC, PROGRAMME, give_voice, programme, put_on_record, stands, under

pytestmark = pytest.mark.django_db
LETTERS: Final = "/desk/exchange/e/letters/"
NAMES: Final = ("Section chief", "Division director", "Director")
HOLDERS: Final = ("suzuki", "kimura", "director")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    titled = {**under(NDL, NLC).content(), "title": {"en": "37th Exchange"}, "shown_to": "institutions"}
    stands(document_of(titled), NDL, NLC)
    for username, role in (("officer", "officer"), ("suzuki", "officer"), ("kimura", "officer"), ("tanaka", "officer")):
        person(username, (NDL, role))
    person("director", (NDL, "head"))
    name_steps()


def name_steps(*order: int, **more: Any) -> None:
    """The three steps in this order, as they are where none is given."""
    there = drafts.approval_steps(NDL)
    ids = [step.id for step in there] or [0, 0, 0]
    places = order or (0, 1, 2)
    named = [StepNamed(id=ids[at], name=Text.of(en=NAMES[at]), holder=HOLDERS[at]) for at in places]
    seen = [step.id for step in there]
    consent.name_steps(institution=NDL, steps=named, seen=seen, by="director", at=AT, **more)


def at_desk(username: str) -> Client:
    """Somebody of the house, signed in again."""
    return person(username, (NDL, "head" if username == "director" else "officer"))


@pytest.fixture
def page() -> str:
    """The page of an invitation that was submitted."""
    officer = at_desk("officer")
    answer: Any = officer.post(f"{LETTERS}begin/", {"kind": "invitation", "langs": "ja"})
    assert do("officer", answer.url, "submit", edition="1", purpose="地図").status_code == 302
    return str(answer.url)


def do(username: str, page: str, what: str, **typed: str) -> Any:
    return at_desk(username).post(f"{page}do/", {"do": what, **typed})


def kept(page: str) -> Any:
    letter = queries.letter(page.rstrip("/").rpartition("/")[2], institution=NDL)
    assert letter
    return letter.last


def shown(page: str) -> str:
    return str(kept(page).pages_digest)


def reads(username: str, address: str) -> str:
    answer = at_desk(username).get(address)
    assert answer.status_code == 200
    words = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(words.split())


def test_a_letter_goes_from_hand_to_hand_and_the_last_approves_it(page: str) -> None:
    assert "It has been at the step “Section chief” since" in reads("officer", page)
    assert "Letter waiting for approval: Section chief" in reads("officer", LETTERS)
    assert "Pass on a letter, or return it" in reads("suzuki", "/desk/")
    assert "Approval step: Section chief" in reads("kimura", "/desk/")
    assert do("suzuki", page, "pass-on", shown=shown(page)).status_code == 302
    assert "Approval step: Division director" in reads("suzuki", "/desk/")
    assert "passed on by Suzuki" in reads("kimura", page)
    assert do("kimura", page, "pass-on", shown=shown(page)).status_code == 302
    assert "Approve a letter, or return it" in reads("director", "/desk/")
    digest = shown(page)
    assert do("director", page, "approve", shown=digest).status_code == 302
    assert (kept(page).approved_by, kept(page).pages_digest) == ("director", digest)
    assert [(step.name.shown("en").text, step.by) for step in kept(page).steps] == [
        ("Section chief", "suzuki"),
        ("Division director", "kimura"),
        ("Director", ""),
    ]


@pytest.mark.parametrize(
    ("username", "what", "says"),
    [
        ("kimura", "pass-on", "It is the turn of another step now: Section chief."),
        ("tanaka", "pass-on", "It is the turn of another step now: Section chief."),
        ("suzuki", "approve", "This text is still at an earlier step: Section chief."),
        ("director", "approve", "It is the turn of another step now: Section chief."),
    ],
)
def test_nobody_acts_out_of_turn(page: str, username: str, what: str, says: str) -> None:
    answer = do(username, page, what, shown=shown(page))
    assert (answer.status_code, says in answer.content.decode()) == (409, True)
    assert [step.by for step in kept(page).steps] == ["", "", ""]


@pytest.mark.parametrize("what", ["pass-on", "approve"])
def test_other_pages_than_those_that_are_shown_are_not_passed_on(page: str, what: str) -> None:
    for forged in ("", "sha256:" + "0" * 64):
        assert do("suzuki", page, what, shown=forged).status_code == 409
    assert [step.by for step in kept(page).steps] == ["", "", ""]


def test_a_step_gives_it_back_and_it_begins_again_at_the_first(page: str) -> None:
    do("suzuki", page, "pass-on", shown=shown(page))
    before = shown(page)
    assert do("kimura", page, "take-back", remark="費用を書いてください").status_code == 302
    assert "Change it and submit it again 費用を書いてください" in reads("officer", "/desk/")
    assert "Returned by Kimura" in reads("officer", page)
    edition = str(kept(page).edition)
    assert do("officer", page, "submit", edition=edition, purpose="地図", costs="派遣館").status_code == 302
    assert [step.by for step in kept(page).steps] == ["", "", ""]
    # What was passed on was the pages before.
    assert do("suzuki", page, "pass-on", shown=before).status_code == 409
    assert "Change it and submit it again" not in reads("officer", "/desk/")


def test_where_the_steps_change_a_letter_begins_again_and_a_new_name_changes_nothing(page: str) -> None:
    do("suzuki", page, "pass-on", shown=shown(page))
    there = drafts.approval_steps(NDL)
    renamed = [
        StepNamed(id=step.id, name=Text.of(en=f"New {step.name.shown('en').text}"), holder=step.holder)
        for step in there
    ]
    said: dict[str, Any] = {"institution": NDL, "seen": [step.id for step in there], "by": "director", "at": AT}
    consent.name_steps(steps=renamed, **said)
    assert "It has been at the step “New Division director” since" in reads("officer", page)
    consent.name_steps(steps=[renamed[1], renamed[0], renamed[2]], **said)
    assert "It has been at the step “New Division director” since" in reads("officer", page)
    assert do("kimura", page, "pass-on", shown=shown(page)).status_code == 302
    assert [step.by for step in kept(page).steps] == ["kimura", "", ""]
    # Without steps the head alone approves.
    consent.name_steps(
        institution=NDL, steps=[], seen=[step.id for step in drafts.approval_steps(NDL)], by="director", at=AT
    )
    assert do("suzuki", page, "pass-on", shown=shown(page)).status_code == 409
    assert do("director", page, "approve", shown=shown(page)).status_code == 302


def test_a_deputy_acts_on_their_days_and_a_head_can_take_over(page: str) -> None:
    step = drafts.approval_steps(NDL)[0].id
    said: dict[str, Any] = {"institution": NDL, "by": "director", "at": AT}
    consent.name_deputy(step=step, username="tanaka", first=date(2000, 1, 1), last=date(2999, 1, 1), **said)
    assert do("tanaka", page, "pass-on", shown=shown(page)).status_code == 302
    assert next((step.by, step.for_whom) for step in kept(page).steps) == ("tanaka", "suzuki")
    # An officer takes nothing over.
    assert do("suzuki", page, "approve", shown=shown(page), over="1").status_code == 409
    assert do("director", page, "approve", shown=shown(page), over="1").status_code == 302
    lines = [line for line in journal.lines() if line.change is Change.LETTER_TAKEN_OVER]
    assert [(line.by, line.values["step"]) for line in lines] == [("director", 2)]


def test_whoever_has_the_last_step_approves_only_what_they_may_speak_of(page: str) -> None:
    there = drafts.approval_steps(NDL)
    alone = [StepNamed(id=there[0].id, name=there[0].name, holder="suzuki")]
    consent.name_steps(institution=NDL, steps=alone, seen=[step.id for step in there], by="director", at=AT)
    answer = do("suzuki", page, "approve", shown=shown(page))
    assert "Only the head can approve a letter of this kind." in answer.content.decode()
    assert at_desk("director").post(f"{LETTERS}rights/", {"kind": "invitation"}).status_code == 302
    assert do("suzuki", page, "approve", shown=shown(page)).status_code == 302
