"""Texts go through the approval steps of an institution, each in its turn; the last one speaks for it."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.consent import actions, models, queries
from koryu.consent.actions.naming_steps import StepNamed
from koryu.consent.queries import Drafted
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.journal import queries as journal
from koryu.journal.rules import Change
from koryu.ledger import queries as ledger
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.wording.told_moments import told_in
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    PROGRAMME,
    exchange,
    give_voice,
    paper,
    participation,
    programme,
    put_on_record,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
NAMES: Final = (
    {"ja": "課長", "en": "Section chief", "source": "ja"},
    {"ja": "部長", "en": "Division director", "source": "ja"},
    {"ja": "館長", "en": "Director", "source": "ja"},
)
HOLDERS: Final = ("suzuki", "kimura", "director")
JUNE: Final = "2027-06-03T01:00:00Z"
PEOPLE, PAPER = uri("participation/ours"), uri("paper/one")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    for username, role in (
        *(("officer", "officer"), ("suzuki", "officer"), ("kimura", "officer"), ("tanaka", "officer")),
        *(("director", "head"), ("reader", "reader")),
    ):
        people.appoint(username=username, name=username.title(), institution=NDL, role=role)
        people.enter(username=username, name=username.title(), language="ja")
    people.appoint(username="shen", name="Shen", institution=NLC, role="head")


def named(*holders: str) -> list[StepNamed]:
    return [StepNamed(id=0, name=Text(name), holder=holder) for name, holder in zip(NAMES, holders, strict=False)]


def name_steps(*holders: str, **more: Any) -> int:
    steps = {"steps": named(*holders), "seen": [step.id for step in queries.approval_steps(NDL)]}
    return actions.name_steps(**{"institution": NDL, **steps, "by": "director", "at": AT, **more})


@pytest.fixture
def three_steps() -> None:
    name_steps(*HOLDERS)


def drafted() -> int:
    return actions.draft(
        institution=NDL,
        record=uri("exchange/d"),
        content=exchange(NDL, NLC).content(),
        replaces=None,
        by="officer",
        at=AT,
    )


def read(number: int) -> Drafted:
    draft = queries.draft(number)
    assert draft
    return draft


def submitted() -> int:
    number = drafted()
    actions.submit(draft=number, shown=read(number).digest, by="officer", at=AT)
    return number


def does(act: Any, number: int, by: str, at: str = JUNE, **more: Any) -> Any:
    return act(**{"draft": number, "shown": read(number).digest, "by": by, "at": at, **more})


def turn(number: int) -> str:
    waiting = read(number).waiting
    return waiting.turn.name.shown("en").text if waiting and waiting.turn else ""


def way(number: int) -> list[tuple[str, str, str]]:
    return [(step.name.shown("en").text, step.by, step.for_whom) for step in read(number).submissions[-1].steps]


def refused(act: Any, *values: Any, **named: Any) -> str:
    """Why an act is refused, after making sure that it has said and changed nothing."""
    before = ledger.last_number(), state()
    with pytest.raises(Refused) as why:
        act(*values, **named)
    assert (ledger.last_number(), state()) == before
    return why.value.reason.message


def state() -> list[Any]:
    return [
        *models.Submission.objects.values_list("draft_id", "decision", "steps"),
        *models.ApprovalStepRow.objects.values_list("pk", "place", "holder"),
        *models.DeputyRow.objects.values_list("pk", flat=True),
    ]


# As before


def test_without_steps_the_head_approves_alone_as_ever() -> None:
    number = submitted()
    assert read(number).submissions[-1].steps == ()
    assert refused(does, actions.pass_on, number, "suzuki").startswith("Your institution has no approval steps")
    assert refused(does, actions.approve, number, "suzuki").startswith("Only the head, or an officer")
    assert does(actions.approve, number, "director")


def test_without_steps_nobody_takes_over() -> None:
    number = submitted()
    does(actions.approve, number, "director", taking_over=True)
    assert not [line for line in journal.lines() if line.change is Change.APPROVAL_TAKEN_OVER]


# In their order


@pytest.mark.usefixtures("three_steps")
def test_each_passes_it_on_in_turn_and_the_last_one_sends_it() -> None:
    number = submitted()
    assert turn(number) == "Section chief"
    does(actions.pass_on, number, "suzuki")
    assert turn(number) == "Division director"
    does(actions.pass_on, number, "kimura")
    assert turn(number) == "Director"
    version = does(actions.approve, number, "director")
    assert read(number).sent == version
    assert way(number) == [
        ("Section chief", "suzuki", ""),
        ("Division director", "kimura", ""),
        ("Director", "", ""),
    ]


@pytest.mark.usefixtures("three_steps")
@pytest.mark.parametrize("by", ["officer", "kimura", "director", "reader", "shen", "nobody"])
def test_whoever_is_not_at_turn_neither_passes_it_on_nor_approves_nor_returns_it(by: str) -> None:
    number = submitted()
    out_of_turn = by in ("officer", "kimura", "director")
    begins = "It is the turn of another step now" if out_of_turn else "Only the head and officers"
    assert refused(does, actions.pass_on, number, by).startswith(begins)
    assert refused(does, actions.approve, number, by).startswith(begins)
    assert refused(does, actions.return_, number, by, remark="no").startswith(begins)


@pytest.mark.usefixtures("three_steps")
def test_the_first_step_does_not_approve_and_the_last_one_does_not_pass_it_on() -> None:
    number = submitted()
    assert refused(does, actions.approve, number, "suzuki").startswith("This text is still at an earlier step")
    does(actions.pass_on, number, "suzuki")
    does(actions.pass_on, number, "kimura")
    assert refused(does, actions.pass_on, number, "director").startswith("This is the last step")


@pytest.mark.usefixtures("three_steps")
def test_of_two_who_press_at_once_the_second_is_told_whose_turn_it_is() -> None:
    number = submitted()
    does(actions.pass_on, number, "suzuki")
    assert refused(does, actions.pass_on, number, "suzuki").startswith("It is the turn of another step now")


@pytest.mark.usefixtures("three_steps")
def test_a_step_returns_what_it_has_with_a_remark_and_it_begins_again_at_the_first() -> None:
    number = submitted()
    does(actions.pass_on, number, "suzuki")
    does(actions.return_, number, "kimura", remark="Which hotel?")
    returned = read(number).returned
    assert returned
    assert (returned.remark, returned.decided_by) == ("Which hotel?", "kimura")
    does(actions.submit, number, "officer")
    assert turn(number) == "Section chief"


@pytest.mark.usefixtures("three_steps")
def test_what_was_seen_is_what_is_passed_on() -> None:
    number = submitted()
    other = {"shown": "sha256:" + "0" * 64}
    assert refused(does, actions.pass_on, number, "suzuki", **other).startswith("This draft was changed after")


@pytest.mark.usefixtures("three_steps")
def test_a_change_takes_it_out_of_every_hand_and_it_begins_again_at_the_first() -> None:
    number = submitted()
    does(actions.pass_on, number, "suzuki")
    changed = exchange(NDL, NLC, title="Otherwise").content()
    actions.save(draft=number, content=changed, seen=1, by="officer", at=JUNE)
    assert refused(does, actions.pass_on, number, "kimura").startswith("This draft is no longer waiting")
    does(actions.submit, number, "officer")
    assert turn(number) == "Section chief"


@pytest.mark.usefixtures("three_steps")
@pytest.mark.parametrize("by", ["director", "officer"])
def test_nobody_sends_at_once_past_the_steps(by: str) -> None:
    number = drafted()
    assert refused(does, actions.send, number, by).startswith("Your institution approves texts in several steps")


@pytest.mark.usefixtures("three_steps")
def test_a_kind_that_officers_may_send_goes_through_the_steps_too() -> None:
    the_exchange()
    number = actions.draft(
        institution=NDL, record=PAPER, content=paper(NDL).content(), replaces=None, by="officer", at=AT
    )
    assert refused(does, actions.send, number, "officer").startswith("Your institution approves texts in several")


# Deputies


@pytest.fixture
def deputy(three_steps: None) -> None:
    first = queries.approval_steps(NDL)[0]
    said: dict[str, Any] = {"institution": NDL, "step": first.id, "by": "suzuki", "at": AT}
    actions.name_deputy(username="tanaka", first=date(2027, 6, 3), last=date(2027, 6, 14), **said)


@pytest.mark.usefixtures("deputy")
@pytest.mark.parametrize(
    ("at", "acts"),
    [
        # The days are those of the institution, here of Tokyo: 3 June begins there at 15:00 UTC of the day before.
        ("2027-06-02T14:59:59Z", False),
        ("2027-06-02T15:00:00Z", True),
        ("2027-06-14T14:59:59Z", True),
        ("2027-06-14T15:00:00Z", False),
    ],
)
def test_a_deputy_acts_on_the_days_named_and_on_no_others(at: str, acts: bool) -> None:
    number = submitted()
    with told_in("Asia/Tokyo"):
        if not acts:
            assert refused(does, actions.pass_on, number, "tanaka", at).startswith("You are deputy at the step")
            return
        does(actions.pass_on, number, "tanaka", at)
    assert way(number)[0] == ("Section chief", "tanaka", "suzuki")


@pytest.mark.usefixtures("deputy")
def test_a_deputy_of_one_step_is_none_of_another() -> None:
    number = submitted()
    does(actions.pass_on, number, "suzuki")
    assert refused(does, actions.pass_on, number, "tanaka").startswith("It is the turn of another step now")


@pytest.mark.usefixtures("deputy")
def test_a_deputy_who_was_removed_does_not_act() -> None:
    number = submitted()
    (named_deputy,) = queries.approval_steps(NDL)[0].deputies
    actions.remove_deputy(institution=NDL, deputy=named_deputy.id, by="director", at=AT)
    assert refused(does, actions.pass_on, number, "tanaka").startswith("It is the turn of another step now")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"username": "suzuki"}, "Nobody is their own deputy."),
        ({"username": "reader"}, "Choose an officer or a head of your institution as deputy."),
        ({"username": "shen"}, "Choose an officer or a head of your institution as deputy."),
        ({"last": date(2027, 6, 2)}, "The last day comes before the first."),
        ({"by": "kimura"}, "Only the head, or the person who holds a step, can name its deputies."),
        ({"by": "shen"}, "Only the head, or the person who holds a step, can name its deputies."),
        ({"step": 0}, "Only the head, or the person who holds a step, can name its deputies."),
        ({"step": 0, "by": "director"}, "This step is no longer there."),
    ],
)
@pytest.mark.usefixtures("three_steps")
def test_who_cannot_be_deputy_and_who_cannot_say_so(typed: dict[str, Any], why: str) -> None:
    first = queries.approval_steps(NDL)[0]
    said = {"institution": NDL, "step": first.id, "username": "tanaka", "by": "suzuki", "at": AT}
    days = {"first": date(2027, 6, 3), "last": date(2027, 6, 14)}
    assert refused(actions.name_deputy, **{**said, **days, **typed}) == why


# Who left


@pytest.mark.usefixtures("three_steps")
def test_whoever_left_the_institution_passes_nothing_on() -> None:
    number = submitted()
    people.dismiss(username="suzuki", institution=NDL)
    assert refused(does, actions.pass_on, number, "suzuki").startswith("Only the head and officers")


@pytest.mark.usefixtures("three_steps")
def test_the_last_one_who_lost_the_role_meanwhile_does_not_speak() -> None:
    number = submitted()
    does(actions.pass_on, number, "suzuki")
    does(actions.pass_on, number, "kimura")
    people.give_role(institution=NDL, username="director", role="officer", by="head", at=AT)
    assert refused(does, actions.approve, number, "director").startswith("Only the head, or an officer")
    people.delegate(institution=NDL, kind="exchange")
    assert does(actions.approve, number, "director")


# Taking over


@pytest.mark.usefixtures("three_steps")
def test_a_head_takes_over_and_the_journal_says_so() -> None:
    number = submitted()
    does(actions.approve, number, "head", taking_over=True)
    line = next(iter(journal.lines()))
    assert (line.change, line.by, dict(line.values)) == (
        Change.APPROVAL_TAKEN_OVER,
        "head",
        {"draft": number, "step": 1},
    )
    assert read(number).sent


@pytest.mark.usefixtures("three_steps")
def test_nobody_else_takes_over() -> None:
    number = submitted()
    for by in ("officer", "kimura", "reader", "shen"):
        assert refused(does, actions.approve, number, by, taking_over=True).startswith("Only the head can take over")
        why = refused(does, actions.return_, number, by, taking_over=True, remark="mine")
        assert why.startswith("Only the head can take over")


# Together


@pytest.mark.usefixtures("three_steps")
def test_a_package_goes_through_the_steps_as_one() -> None:
    drafts = [
        actions.draft(institution=NDL, record=record, content=document.content(), replaces=None, by="officer", at=AT)
        for record, document in (
            (EXCHANGE, under(NDL, NLC, shown_to="institutions")),
            (PEOPLE, participation(NDL, shown_to="institutions")),
        )
    ]
    shown = queries.package_digest(queries.drafts_numbered(drafts))
    said: dict[str, Any] = {"institution": NDL, "shown": shown, "at": JUNE}
    asked: dict[str, Any] = {**said, "exchange": EXCHANGE, "drafts": drafts}
    assert refused(actions.send_together, by="director", **asked).startswith("Your institution approves texts in")
    together = actions.submit_together(by="officer", **asked)
    said["together"] = together
    assert refused(actions.approve_together, by="director", **said).startswith("It is the turn of another step")
    assert refused(actions.pass_on_together, by="kimura", **said).startswith("It is the turn of another step")
    actions.pass_on_together(by="suzuki", **said)
    assert refused(actions.pass_on_together, by="suzuki", **said).startswith("It is the turn of another step")
    assert refused(actions.pass_on_together, **{**said, "by": "kimura", "shown": "sha256:0"}).startswith("These texts")
    assert refused(actions.pass_on_together, **{**said, "by": "kimura", "institution": NLC}).startswith("These texts")
    assert refused(does, actions.pass_on, drafts[0], "kimura").startswith("This draft was submitted together")
    actions.pass_on_together(by="kimura", **said)
    assert refused(actions.approve_together, by="kimura", **said).startswith("It is the turn of another step")
    assert len(actions.approve_together(by="director", **said)) == 2


@pytest.mark.usefixtures("three_steps")
def test_a_package_is_returned_by_a_step_and_taken_over_by_a_head() -> None:
    number = actions.draft(
        institution=NDL,
        record=EXCHANGE,
        content=under(NDL, NLC, shown_to="institutions").content(),
        replaces=None,
        by="officer",
        at=AT,
    )

    def laid() -> dict[str, Any]:
        shown = queries.package_digest(queries.drafts_numbered([number]))
        asked: dict[str, Any] = {"institution": NDL, "shown": shown, "at": JUNE}
        together = actions.submit_together(exchange=EXCHANGE, drafts=[number], by="officer", **asked)
        return {**asked, "together": together}

    said = laid()
    assert refused(actions.return_together, by="kimura", remark="no", **said).startswith("It is the turn of another")
    actions.return_together(by="suzuki", remark="Later", **said)
    said = laid()
    assert refused(actions.approve_together, by="kimura", taking_over=True, **said).startswith("Only the head can")
    actions.approve_together(by="head", taking_over=True, **said)
    assert next(iter(journal.lines())).change is Change.APPROVAL_TAKEN_OVER


# Naming them


@pytest.mark.parametrize("by", ["officer", "suzuki", "reader", "shen"])
def test_only_a_head_names_the_steps(by: str) -> None:
    assert refused(name_steps, *HOLDERS, by=by) == "Only the head can change the approval steps."


@pytest.mark.parametrize(
    ("steps", "why"),
    [
        (named("suzuki", "suzuki"), "Choose a different person for each step."),
        (named("reader"), "Choose an officer or a head of your institution for each step."),
        (named("shen"), "Choose an officer or a head of your institution for each step."),
        (named("nobody"), "Choose an officer or a head of your institution for each step."),
        ([StepNamed(id=0, name=Text.of(en="x"), holder="suzuki")] * 6, "There are at most %(most)s steps."),
        (
            [StepNamed(id=0, name=Text.of(en="x" * 101), holder="suzuki")],
            "The name of a step is one line of at most %(most)s characters.",
        ),
        (
            [StepNamed(id=99, name=Text.of(en="x"), holder="suzuki")],
            "Somebody else has changed these steps meanwhile. Look at them, and save again.",
        ),
    ],
)
def test_what_cannot_be_a_step(steps: list[StepNamed], why: str) -> None:
    assert refused(name_steps, steps=steps) == why


@pytest.mark.usefixtures("three_steps")
def test_two_heads_who_change_the_steps_at_once_do_not_overwrite_each_other() -> None:
    assert refused(name_steps, "suzuki", seen=[]).startswith("Somebody else has changed these steps")


@pytest.mark.usefixtures("three_steps")
def test_other_steps_let_what_waits_begin_again_and_another_holder_does_not() -> None:
    number = submitted()
    does(actions.pass_on, number, "suzuki")
    there = queries.approval_steps(NDL)
    kept = [StepNamed(id=step.id, name=step.name, holder=step.holder) for step in there]
    kept[1] = StepNamed(id=there[1].id, name=Text.of(en="Head of division"), holder="tanaka")
    assert name_steps(steps=kept) == 0
    assert turn(number) == "Head of division"
    does(actions.pass_on, number, "tanaka")
    assert name_steps(steps=kept[::-1]) == 1
    assert turn(number) == "Director"
    assert name_steps(steps=[]) == 1
    assert does(actions.approve, number, "director")


def test_steps_named_while_a_text_waits_are_before_it_too() -> None:
    number = submitted()
    assert name_steps(*HOLDERS) == 1
    assert turn(number) == "Section chief"
    assert refused(does, actions.approve, number, "director").startswith("It is the turn of another step now")


@pytest.mark.usefixtures("deputy")
def test_nothing_of_the_steps_enters_the_ledger() -> None:
    before = ledger.last_number()
    number = submitted()
    does(actions.pass_on, number, "tanaka")
    does(actions.pass_on, number, "kimura")
    does(actions.approve, number, "director")
    said = str([dict(entry.sealed) for entry in ledger.entries(after=before)])
    assert ["課長" in said, "tanaka" in said, "kimura" in said] == [False, False, False]


def test_the_roles_are_asked_of_the_institution_itself() -> None:
    assert institutions.role_of(person="shen", institution=NDL) is None
