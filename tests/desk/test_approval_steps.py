"""Approval in several steps through the door: named by the head, passed on in turn, taken over, and by nobody else."""

import re
from datetime import timedelta
from html import unescape
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.consent.actions.naming_steps import StepNamed
from koryu.desk import clock
from koryu.institutions import actions as people
from koryu.values.text import Text
from tests.desk.people import person
from tests.html import problems_of
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
    programme,
    put_on_record,
    stands,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
STEPS: Final = "/desk/people/steps/"
NAMES: Final = (("課長", "Section chief"), ("部長", "Division director"), ("館長", "Director"))
HOLDERS: Final = ("suzuki", "kimura", "director")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


@pytest.fixture
def staff() -> dict[str, Client]:
    roles = {"officer": "officer", "suzuki": "officer", "kimura": "officer", "tanaka": "officer", "director": "head"}
    return {username: person(username, (NDL, role)) for username, role in roles.items()}


@pytest.fixture
def three_steps(staff: dict[str, Client]) -> None:
    steps = [
        StepNamed(id=0, name=Text({"ja": ja, "en": en, "source": "ja"}), holder=holder)
        for (ja, en), holder in zip(NAMES, HOLDERS, strict=True)
    ]
    actions.name_steps(institution=NDL, steps=steps, seen=[], by="director", at=AT)


def submitted() -> int:
    content = exchange(NDL, NLC, title="The visit").content()
    said: dict[str, Any] = {"by": "officer", "at": AT}
    number = actions.draft(institution=NDL, record=uri("exchange/d"), content=content, replaces=None, **said)
    draft = queries.draft(number)
    assert draft
    actions.submit(draft=number, shown=draft.digest, **said)
    return number


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    body = answer.content.decode()
    assert problems_of(body) == []
    return str(body.partition("<main")[2])


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def read(client: Client, number: int) -> str:
    return text_of(page(client, f"/desk/draft/{number}/"))


def does(client: Client, number: int, act: str, **typed: str) -> Any:
    draft = queries.draft(number)
    return client.post(f"/desk/draft/{number}/{act}/", {"shown": draft.digest if draft else "", **typed})


def typed_steps(*rows: tuple[str, str], **more: str) -> dict[str, str]:
    there = queries.approval_steps(NDL)
    typed = {"act": "steps", "seen": " ".join(str(step.id) for step in there)}
    for row, (name, holder) in enumerate(rows, start=1):
        kept = str(there[row - 1].id) if row <= len(there) else ""
        typed |= {f"name-{row}-ja": name, f"holder-{row}": holder, f"id-{row}": kept}
    return {**typed, **more}


# Naming them


def test_the_head_names_steps_and_everybody_reads_them(staff: dict[str, Client]) -> None:
    rows = [(ja, holder) for (ja, _en), holder in zip(NAMES, HOLDERS, strict=True)]
    answer = staff["director"].post(STEPS, typed_steps(*rows), follow=True)
    assert "The approval steps were saved." in answer.content.decode()
    assert [(step.name.shown("ja").text, step.holder) for step in queries.approval_steps(NDL)] == rows
    for role in ("officer", "contributor", "translator", "reader"):
        shown = page(person("one", (NDL, role)), STEPS)
        assert ("課長" in shown, 'name="act" value="steps"' in shown) == (True, False)


def test_an_empty_form_takes_the_steps_away(staff: dict[str, Client], three_steps: None) -> None:
    number = submitted()
    answer = staff["director"].post(STEPS, typed_steps(), follow=True)
    assert "1 text that waits begins again at the first step." in text_of(answer.content.decode())
    assert queries.approval_steps(NDL) == ()
    assert "The head decides next." in read(staff["officer"], number)


def test_the_order_that_was_typed_is_the_order(staff: dict[str, Client], three_steps: None) -> None:
    rows = [(ja, holder) for (ja, _en), holder in zip(NAMES, HOLDERS, strict=True)]
    order = {"order-1": "2", "order-2": "1", "order-3": "3"}
    staff["director"].post(STEPS, typed_steps(*rows, **order))
    assert [step.holder for step in queries.approval_steps(NDL)] == ["kimura", "suzuki", "director"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"name-1-ja": "", "holder-1": "suzuki"}, "Enter the name of each step"),
        ({"name-1-ja": "課長", "holder-1": ""}, "Choose an officer or a head"),
        ({"name-1-ja": "課長", "holder-1": "shen"}, "Choose an officer or a head"),
        ({"name-1-ja": "課長", "holder-1": "suzuki", "seen": "99"}, "Somebody else has changed these steps"),
        ({"act": "deputy", "step": "1", "deputy": "tanaka", "first": "soon", "last": ""}, "Enter the first and the"),
        ({"act": "deputy", "step": "1", "deputy": "tanaka", "first": "2027-06", "last": "2027-07"}, "Enter the first"),
        ({"act": "remove-deputy", "number": "1"}, "This deputy is no longer there."),
    ],
)
def test_what_makes_no_sense_is_refused_and_what_was_typed_stands(
    staff: dict[str, Client], typed: dict[str, str], why: str
) -> None:
    answer = staff["director"].post(STEPS, {"act": "steps", "seen": "", **typed})
    assert answer.status_code == 409
    assert why in text_of(answer.content.decode())
    assert queries.approval_steps(NDL) == ()
    if "holder-1" in typed and typed["name-1-ja"]:
        assert f'value="{typed["name-1-ja"]}"' in answer.content.decode()


@pytest.mark.parametrize("role", ["officer", "contributor", "translator", "reader"])
def test_a_form_forged_by_somebody_else_names_no_steps(role: str, staff: dict[str, Client]) -> None:
    forger = person("forger", (NDL, role))
    answer = forger.post(STEPS, typed_steps(("課長", "forger")))
    assert (answer.status_code, queries.approval_steps(NDL)) == (409, ())


def test_strangers_find_no_page_and_change_nothing(staff: dict[str, Client], three_steps: None) -> None:
    number, before = submitted(), queries.approval_steps(NDL)
    stranger = person("shen", (NLC, "head"))
    assert "課長" not in page(stranger, STEPS)
    assert stranger.post(STEPS, {"act": "steps", "seen": ""}).status_code == 302
    assert (queries.approval_steps(NDL), queries.approval_steps(NLC)) == (before, ())
    assert does(stranger, number, "pass-on").status_code == 404
    assert person("yamada", operator=True).get(STEPS).status_code == 404
    assert Client().get(STEPS).status_code == 302
    assert does(Client(), number, "pass-on").status_code == 401
    draft = queries.draft(number)
    assert draft
    assert draft.waiting
    assert not any(step.by for step in draft.waiting.steps)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_four_languages(language: str, three_steps: None) -> None:
    number, today = submitted(), clock.today()
    step = queries.approval_steps(NDL)[0].id
    days = {"first": today, "last": today + timedelta(days=3)}
    actions.name_deputy(institution=NDL, step=step, username="tanaka", by="director", at=AT, **days)
    for username, role in (("director", "head"), ("tanaka", "officer"), ("suzuki", "officer"), ("reader", "reader")):
        client = person(username, (NDL, role), language=language)
        for address in (STEPS, f"/desk/draft/{number}/", "/desk/", "/desk/people/"):
            assert "%(" not in page(client, address)


# In turn


@pytest.mark.usefixtures("three_steps")
def test_three_pass_it_on_and_the_last_one_sends_it(staff: dict[str, Client]) -> None:
    number = submitted()
    shown = read(staff["officer"], number)
    assert re.search(r"It has been at the step “ ?Section chief", shown)
    assert "It is the turn of another step now" in shown
    assert "Pass it on to the next step" in read(staff["suzuki"], number)
    assert does(staff["kimura"], number, "pass-on").status_code == 409
    assert does(staff["suzuki"], number, "pass-on").status_code == 302
    assert does(staff["suzuki"], number, "pass-on").status_code == 409
    assert "passed on by Suzuki" in read(staff["kimura"], number)
    assert does(staff["kimura"], number, "approve").status_code == 409
    assert does(staff["kimura"], number, "pass-on").status_code == 302
    assert "Pass it on" not in read(staff["director"], number)
    assert does(staff["director"], number, "approve").status_code == 302
    draft = queries.draft(number)
    assert draft
    assert draft.sent


@pytest.mark.usefixtures("three_steps")
def test_to_do_shows_it_to_whoever_has_it_and_tells_the_others_where_it_is(staff: dict[str, Client]) -> None:
    number = submitted()

    def todo(username: str) -> str:
        return text_of(page(staff[username], "/desk/"))

    assert "For me 1 Pass it on, or return it The visit" in todo("suzuki")
    for username in ("officer", "kimura", "director"):
        assert "In approval at my institution 1 Approval step: Section chief The visit" in todo(username)
    does(staff["suzuki"], number, "pass-on")
    does(staff["kimura"], number, "pass-on")
    assert "For me 1 Approve and send, or return it The visit" in todo("director")
    assert "Approval step: Director The visit" in todo("suzuki")


@pytest.mark.usefixtures("three_steps")
def test_a_deputy_acts_on_the_days_named_and_it_is_said_for_whom(staff: dict[str, Client]) -> None:
    number, today = submitted(), clock.today()
    step = str(queries.approval_steps(NDL)[0].id)

    def name(first: int, last: int) -> Any:
        days = [(today + timedelta(days=n)).isoformat() for n in (first, last)]
        typed = {"act": "deputy", "step": step, "deputy": "tanaka", "first": days[0], "last": days[1]}
        return staff["suzuki"].post(STEPS, typed, follow=True)

    assert "The deputy was named." in name(3, 5).content.decode()
    assert does(staff["tanaka"], number, "pass-on").status_code == 409
    assert "You are deputy at the step" in read(staff["tanaka"], number)
    name(0, 1)
    assert "You act as deputy for" in read(staff["tanaka"], number)
    assert "Pass it on, or return it" in text_of(page(staff["tanaka"], "/desk/"))
    does(staff["tanaka"], number, "pass-on")
    assert re.search(r"passed on by .?Tanaka.? for .?Suzuki", read(staff["kimura"], number))


@pytest.mark.usefixtures("three_steps")
def test_a_head_takes_over_and_others_have_no_such_button(staff: dict[str, Client]) -> None:
    number = submitted()
    assert "Take over as head" in read(staff["director"], number)
    assert "Take over as head" not in read(staff["officer"], number)
    assert does(staff["kimura"], number, "approve", over="1").status_code == 409
    assert does(staff["director"], number, "approve").status_code == 409
    assert does(staff["director"], number, "approve", over="1").status_code == 302
    journal = text_of(page(staff["director"], "/desk/journal/"))
    assert f"Draft {number} of exchange d was taken over by the head at approval step 1." in journal


@pytest.mark.usefixtures("three_steps")
def test_a_change_after_it_was_passed_on_is_said(staff: dict[str, Client]) -> None:
    number = submitted()
    does(staff["suzuki"], number, "pass-on")
    changed = exchange(NDL, NLC, title="Otherwise").content()
    actions.save(draft=number, content=changed, seen=1, by="officer", at=AT)
    shown = read(staff["officer"], number)
    assert "It was changed after it had been passed on. When it is submitted again" in shown
    assert "It goes through these steps, and the last one sends it: Section chief, Division director" in shown
    assert "Send this text" not in read(staff["director"], number)


@pytest.mark.usefixtures("three_steps")
def test_a_package_goes_the_same_way(staff: dict[str, Client]) -> None:
    said: dict[str, Any] = {"by": "officer", "at": AT}
    content = under(NDL, NLC, shown_to="institutions").content()
    number = actions.draft(institution=NDL, record=EXCHANGE, content=content, replaces=None, **said)
    assert "Approve and send what is ticked" not in page(staff["director"], "/desk/exchange/e/send/")
    shown = queries.package_digest(queries.drafts_numbered([number]))
    together = actions.submit_together(institution=NDL, exchange=EXCHANGE, drafts=[number], shown=shown, **said)
    address = f"/desk/exchange/e/send/{together}/"
    assert "It is the turn of another step now" in text_of(page(staff["kimura"], address))
    assert "draft, at the step “" in text_of(page(staff["kimura"], "/desk/exchange/e/"))
    for username in ("suzuki", "kimura"):
        assert "Pass them on to the next step" in text_of(page(staff[username], address))
        assert staff[username].post(address, {"shown": shown, "do": "pass-on"}).status_code == 302
        assert staff[username].post(address, {"shown": shown, "do": "pass-on"}).status_code == 409
    assert staff["kimura"].post(address, {"shown": shown, "do": "approve"}).status_code == 409
    assert staff["kimura"].post(address, {"shown": shown, "do": "approve", "over": "1"}).status_code == 409
    assert staff["director"].post(address, {"shown": shown, "do": "approve"}).status_code == 302


@pytest.mark.usefixtures("three_steps")
def test_whoever_left_stops_it_and_the_head_names_another(staff: dict[str, Client]) -> None:
    number = submitted()
    people.dismiss(username="suzuki", institution=NDL)
    assert does(staff["suzuki"], number, "pass-on").status_code == 404
    rows = [("課長", "tanaka"), ("部長", "kimura"), ("館長", "director")]
    staff["director"].post(STEPS, typed_steps(*rows))
    assert does(staff["tanaka"], number, "pass-on").status_code == 302


@pytest.mark.usefixtures("three_steps")
@pytest.mark.parametrize("count", [1, 20])
def test_to_do_takes_as_many_statements_however_much_is_on_its_way(
    staff: dict[str, Client], count: int, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        submitted()
    staff["suzuki"].get("/desk/")
    with django_assert_num_queries(10):
        staff["suzuki"].get("/desk/")
