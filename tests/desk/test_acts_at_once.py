"""Acts on a record done at once, each in a transaction of its own: one is done, and it is done once."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from koryu.consent import actions, queries
from koryu.consent.actions.naming_steps import StepNamed
from koryu.desk import clock
from koryu.institutions import actions as people
from koryu.planning import actions as planning
from koryu.planning.queries import candidates
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.desk.test_record_actions import does, head, said
from tests.threads import at_once
from tests.world import COMPILER, HEAD, NDL, NLC, House, drafted, exchange, give_voice, paper, put_on_record, uri

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def houses(transactional_db: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


def closing(doing: Any) -> Any:
    """Done in a thread of its own, whose connection is closed when it ends."""

    def done() -> Any:
        try:
            return doing()
        finally:
            connection.close()

    return done


def test_two_heads_of_one_library_at_once_say_it_once() -> None:
    proposed = House(NDL).propose(exchange(NDL, NLC))
    first, second = head(username="first"), head(username="second")
    answers = at_once(
        closing(lambda: does(first, "accept", proposed)), closing(lambda: does(second, "accept", proposed))
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert said() == [("proposed", NDL), ("accepted", NLC), ("concluded", NDL)]


def test_two_who_begin_the_same_text_at_once_have_one_draft_of_it() -> None:
    """Before: each had one, and what the first had typed was on no page."""
    first, second = head(NDL, "first"), head(NDL, "second")
    for number in range(4):
        begins = {"from": "nothing", "kind": "exchange", "name": f"e{number}"}
        answers = at_once(
            closing(lambda begins=begins: first.post("/desk/begin/", begins)),
            closing(lambda begins=begins: second.post("/desk/begin/", begins)),
        )
        assert answers[0]["Location"] == answers[1]["Location"]
    assert len(queries.drafts_of(NDL)) == 4


def test_a_form_sent_again_while_it_is_still_being_done_is_done_once() -> None:
    """Before: each time anew, for what was done was noted only with the answer."""
    client, begins = head(NDL, "first"), {"from": "nothing", "kind": "paper", "name": "p"}
    answers = at_once(
        *(closing(lambda: client.post("/desk/begin/", begins, headers={"Koryu-Sent": "same"})) for _ in range(3))
    )
    assert {(answer.status_code, answer["Koryu-Go-On"]) for answer in answers} == {(204, answers[0]["Koryu-Go-On"])}
    received = "This was already received. It was not done a second time."
    assert sorted(bool(received in str(answer.wsgi_request.session.get("_messages"))) for answer in answers) == [
        False,
        True,
        True,
    ]


def test_an_acceptance_that_crosses_a_withdrawal_is_never_both() -> None:
    theirs, ours = head(), head(NDL, "ours")
    for number in range(5):
        record = uri(f"exchange/{number}")
        version = House(NDL, record).propose(exchange(NDL, NLC))
        answers = at_once(
            closing(lambda record=record, version=version: does(theirs, "accept", version, record=record)),
            closing(lambda record=record, version=version: does(ours, "withdraw", version, record=record)),
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        ended = [one for one, _ in said(record)]
        assert ended in (["proposed", "accepted", "concluded"], ["proposed", "withdrawn"])


def package_of(number: int) -> tuple[str, list[int], str]:
    """An exchange of one library and a paper of it, submitted together: its address, its drafts, its digest."""
    record = uri(f"exchange/{number}")
    drafts = [
        drafted(NDL, exchange(NDL), record),
        drafted(NDL, paper(NDL, record), uri(f"paper/{number}")),
    ]
    shown = queries.package_digest(queries.drafts_numbered(drafts))
    submitted = actions.submit_together(institution=NDL, exchange=record, drafts=drafts, shown=shown, **HEAD)
    return f"/desk/exchange/{number}/send/{submitted}/", drafts, shown


def test_two_heads_at_once_send_a_package_once() -> None:
    first, second = head(NDL, "first"), head(NDL, "second")
    address, drafts, shown = package_of(1)
    approval = {"shown": shown, "do": "approve"}
    answers = at_once(closing(lambda: first.post(address, approval)), closing(lambda: second.post(address, approval)))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert said(uri("exchange/1")) == [("proposed", NDL), ("concluded", NDL)]
    assert said(uri("paper/1")) == [("proposed", NDL), ("concluded", NDL)]
    assert all(draft.sent for draft in queries.drafts_numbered(drafts))


def test_a_head_who_approves_while_an_officer_types_sends_all_of_it_as_it_was_or_nothing() -> None:
    chief = head(NDL, "first")
    for number in range(2, 6):
        address, drafts, shown = package_of(number)
        typed = {"draft": drafts[1], "content": paper(NDL, uri(f"exchange/{number}"), label="L1").content(), "seen": 1}
        answer, _ = at_once(
            closing(lambda address=address, shown=shown: chief.post(address, {"shown": shown, "do": "approve"})),
            closing(lambda typed=typed: saved(typed)),
        )
        sent = [bool(draft.sent) for draft in queries.drafts_numbered(drafts)]
        assert (answer.status_code, sent) in ((302, [True, True]), (409, [False, False]))


def saved(typed: dict[str, Any]) -> None:
    """What an officer has typed, unless it was sent before."""
    try:
        actions.save(**typed, **HEAD)
    except Refused:
        return


def test_two_at_one_step_at_once_pass_a_text_on_once() -> None:
    for username in ("suzuki", "tanaka"):
        people.appoint(username=username, name="", institution=NDL, role="officer")
    steps = [
        StepNamed(id=0, name=Text.of(en=name), holder=holder)
        for name, holder in (("Section", "suzuki"), ("Division", "tanaka"), ("Director", "head"))
    ]
    actions.name_steps(institution=NDL, steps=steps, seen=[], **HEAD)
    today: dict[str, Any] = {"first": clock.today(), "last": clock.today()}
    step = queries.approval_steps(NDL)[0].id
    actions.name_deputy(institution=NDL, step=step, username="head", **today, **HEAD)
    for number in range(5):
        draft = drafted(NDL, exchange(NDL, NLC), uri(f"exchange/{number}"))
        shown = queries.drafts_numbered([draft])[0].digest
        actions.submit(draft=draft, shown=shown, **HEAD)
        passing: dict[str, Any] = {"draft": draft, "shown": shown, "at": clock.now()}
        done = at_once(
            closing(lambda passing=passing: passed_on(**passing, by="suzuki")),
            closing(lambda passing=passing: passed_on(**passing, by="head")),
        )
        (waiting,) = queries.drafts_numbered([draft])[0].submissions
        assert (sorted(done), [bool(each.by) for each in waiting.steps]) == ([False, True], [True, False, False])


def passed_on(**said: Any) -> bool:
    try:
        actions.pass_on(**said)
    except Refused:
        return False
    return True


def test_two_who_put_candidate_dates_forward_at_once_never_reach_nine() -> None:
    first, second = head(NDL, "first"), head(NDL, "second")
    today = clock.today()
    for number in range(5):
        record = uri(f"exchange/{number}")
        drafted(NDL, exchange(NDL, NLC), record)
        days = [today + timedelta(days=10 * each) for each in range(1, 10)]
        spans = [(day, day + timedelta(days=5)) for day in days]
        seven: dict[str, Any] = {"institution": NDL, "exchange": record, "together": (), "today": today, **HEAD}
        planning.put_forward(spans=spans[:7], **seven)
        address = f"/desk/exchange/{number}/candidates/"
        typed = [{"put-forward": "1", "first": str(span[0]), "last": str(span[1])} for span in spans[7:]]
        answers = at_once(
            closing(lambda address=address, typed=typed: first.post(address, typed[0])),
            closing(lambda address=address, typed=typed: second.post(address, typed[1])),
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        assert len(candidates(record, asking=NDL, together=())) == 8
