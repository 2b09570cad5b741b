"""To do: whose turn it is, for whoever looks."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.desk import clock
from koryu.planning import actions as planning
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    exchange,
    give_voice,
    put_on_record,
    stands,
    uri,
)

pytestmark = pytest.mark.django_db
WAITING = ("For me", "For my head’s approval")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)


def rows(client: Client, address: str = "/desk/") -> dict[str, list[tuple[str, ...]]]:
    """(next, about, partner, since, due) of each row of the page, by group, without their marks."""
    page = client.get(address).content.decode().partition("</main>")[0]
    groups = {}
    for part in page.split("<tbody>")[1:]:
        heading, *listed = part.partition("</tbody>")[0].split("<tr>")
        name = text_of(heading).rpartition(" ")[0]
        groups[name] = [tuple(map(text_of, re.split("</t[hd]>", row)[:5])) for row in listed]
    return groups


def said(client: Client, group: str) -> list[str]:
    """What is said in the first two columns of a group."""
    return [f"{does} | {about}" for does, about, *_ in rows(client).get(group, [])]


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def proposed(by: str = NDL, *, record: str = EXCHANGE, **more: Any) -> str:
    return actions.propose(
        institution=by, record=record, document=exchange(NDL, NLC, **more), replaces=None, by="head", at=AT
    )


def drafted(by: str, institution: str = NDL, **more: Any) -> int:
    content = exchange(NDL, NLC, **more).content()
    return actions.draft(
        institution=institution, record=uri("exchange/d"), content=content, replaces=None, by=by, at=AT
    )


def submitted(draft: int, *, by: str) -> str:
    found = queries.draft(draft)
    assert found
    return actions.submit(draft=draft, shown=found.digest, by=by, at=AT)


def test_an_empty_desk_says_how_to_begin() -> None:
    officer = person("officer", (NDL, "officer"))
    page = officer.get("/desk/").content.decode()
    assert rows(officer) == {}
    ways = re.findall(r'href="(/desk/[^"]*)"', page.partition('class="empty"')[2].partition("</main>")[0])
    assert {"/desk/begin/", "/desk/find/", "/desk/agreements/", "/desk/help/"} <= set(ways)
    assert [officer.get(way).status_code for way in ways] == [200] * len(ways)


def test_a_draft_is_in_the_hands_of_its_house_alone() -> None:
    officer, stranger = person("officer", (NDL, "officer")), person("stranger", (NLC, "officer"))
    drafted("officer")
    assert rows(officer) == {
        "For me": [
            ("Go on with the draft", "Exchange exchange, draft Last changed by Officer.", "NLC", "22 November 2026", "")
        ]
    }
    assert rows(stranger) == {}


def test_a_submitted_draft_waits_for_the_head_and_is_for_her() -> None:
    officer, head = person("officer", (NDL, "officer")), person("chief", (NDL, "head"))
    submitted(drafted("officer"), by="officer")
    about = "Exchange exchange, draft Submitted for approval by Officer."
    assert said(officer, "For my head’s approval") == [f"Approve and send | {about}"]
    assert said(head, "For me") == [f"Approve and send, or return it | {about}"]


def test_a_returned_draft_comes_back_with_the_remark() -> None:
    officer = person("officer", (NDL, "officer"))
    draft = drafted("officer")
    shown = submitted(draft, by="officer")
    actions.return_(draft=draft, shown=shown, remark="Name the <host>.", by="head", at=AT)
    about = "Exchange exchange, draft Returned by head."
    assert said(officer, "For me") == [f"Change it and submit it again Name the &lt;host&gt;. | {about}"]


def test_a_proposal_is_with_the_partner_and_asks_the_partner() -> None:
    proposed()
    row = ("Exchange exchange", "NLC", "22 November 2026", "")
    assert rows(person("officer", (NDL, "officer"))) == {"Waiting for a partner": [("Reply of NLC", *row)]}
    asked = [("Accept, or send a counter-proposal", "Exchange exchange", "NDL", "22 November 2026", "")]
    assert rows(person("chief", (NLC, "head"))) == {"For me": asked}
    assert rows(person("clerk", (NLC, "officer"))) == {"For my head’s approval": asked}
    assert rows(person("other", (NAL, "head"))) == {}


def test_what_was_not_taken_up_comes_back_until_something_else_is_proposed() -> None:
    version = proposed()
    actions.decline(institution=NLC, record=EXCHANGE, version=version, reason=Text.of(en="Too early"), by="head", at=AT)
    officer = person("officer", (NDL, "officer"))
    otherwise = "Send a counter-proposal, or do nothing | Exchange exchange Not accepted by NLC."
    assert said(officer, "For me") == [otherwise]
    by: dict[str, Any] = {"institution": NDL, "record": EXCHANGE, "by": "officer", "at": AT}
    draft = actions.draft(content=exchange(NDL, NLC, title="Later").content(), replaces=None, **by)
    assert said(officer, "For me") == ["Go on with the draft | Later exchange, draft Last changed by Officer."]
    actions.discard(draft=draft, by="officer", at=AT)
    assert said(officer, "For me") == [otherwise]
    proposed(title="Later")
    assert said(officer, "For me") == []


def test_a_draft_shown_for_comment_is_seen_by_the_partner_until_it_is_sent() -> None:
    partner = person("clerk", (NLC, "officer"))
    person("officer", (NDL, "officer"))
    draft = drafted("officer")
    actions.share(draft=draft, by="officer", at=AT)
    assert said(partner, "For me") == [
        "Read and comment | Exchange exchange, draft Shared with you for comment. It is not binding."
    ]
    found = queries.draft(draft)
    assert found
    actions.send(draft=draft, shown=found.digest, by="head", at=AT)
    assert said(partner, "For me") == []


def agreed_exchange(name: str, date: str, **more: Any) -> None:
    record = uri(f"exchange/{name}")
    version = proposed(record=record, dates=[{"id": "d", "scope": "trip", "date": date}], **more)
    actions.accept(institution=NLC, record=record, version=version, by="head", at=AT)


def test_what_is_planned_comes_up_and_what_was_planned_and_never_confirmed_has_lapsed() -> None:
    officer = person("officer", (NDL, "officer"))
    agreed_exchange("next", "2999-05")
    assert "Nothing is past its date." in officer.get("/desk/").content.decode()
    agreed_exchange("last", "1999-05")
    assert "Nothing is past its date." not in officer.get("/desk/").content.decode()
    assert rows(officer) == {
        "Upcoming": [("Prepare the exchange", "Exchange exchange", "NLC", "", "May 2999")],
        "Past their date": [
            (
                "Record whether it was held",
                "Exchange exchange It is not recorded whether it was held.",
                "NLC",
                "",
                "May 1999",
            )
        ],
    }


@pytest.mark.parametrize(("days", "soon"), [(0, True), (7, True), (8, False), (-1, False)])
def test_what_is_due_within_a_week_is_bold_and_says_so(days: int, soon: bool) -> None:
    agreed_exchange("soon", str(clock.today() + timedelta(days=days)))
    page = person("officer", (NDL, "officer")).get("/desk/").content.decode()
    assert ('<strong class="soon">' in page, "due soon" in page) == (soon, soon)


def test_a_date_that_is_inferred_says_so_where_it_calls_for_something() -> None:
    derived = [{"id": "d", "field": "dates[d].date", "grounds": {"en": "A guess."}}]
    agreed_exchange("inferred", "2091", derived=derived)
    assert said(person("officer", (NDL, "officer")), "Upcoming") == [
        "Prepare the exchange | Exchange exchange inferred"
    ]


def test_the_page_is_narrowed_to_one_partner_and_says_how_much_each_has() -> None:
    proposed()
    drafted("head", title="Another")
    actions.draft(
        institution=NDL,
        record=uri("exchange/three"),
        content=exchange(NDL, NLC, NAL, title="Three").content(),
        replaces=None,
        by="head",
        at=AT,
    )
    officer = person("officer", (NDL, "officer"))
    page = officer.get("/desk/").content.decode()
    line = text_of(page.partition('aria-label="Partners shown"')[2].partition("</nav>")[0].partition(">")[2])
    assert line == "All 3 NAL 1 NLC 3"
    assert {name: len(listed) for name, listed in rows(officer, f"/desk/?partner={NAL}").items()} == {"For me": 1}
    assert "Show everything" in officer.get("/desk/?kind=paper").content.decode()
    assert sum(len(listed) for listed in rows(officer, "/desk/?kind=nonsense").values()) == 3


def test_the_number_at_the_head_of_every_page_is_that_of_what_waits_here() -> None:
    """Of what is for us or our head; a text that is declined is counted until another is drafted in its place."""
    officer, partner = person("officer", (NDL, "officer")), person("clerk", (NLC, "officer"))
    actions.share(draft=drafted("officer"), by="officer", at=AT)
    version = proposed()

    def numbers(client: Client) -> tuple[int, int]:
        page = client.get("/desk/people/").content.decode()
        at_head = re.search(r">To do</a> <span class=\"n\">(\d+)<", page)
        groups = rows(client)
        return int(at_head[1]) if at_head else 0, sum(len(groups.get(name, [])) for name in WAITING)

    assert (numbers(officer), numbers(partner)) == ((1, 1), (2, 2))
    actions.decline(institution=NLC, record=EXCHANGE, version=version, reason=Text.of(en="Too early"), by="head", at=AT)
    assert (numbers(officer), numbers(partner)) == ((2, 2), (2, 2))
    actions.draft(
        institution=NLC, record=EXCHANGE, content=exchange(NDL, NLC).content(), replaces=None, by="head", at=AT
    )
    assert numbers(partner) == (2, 2)
    assert numbers(person("stranger", (NAL, "head"))) == (0, 0)


def step_on(client: Client, name: str = "e", **typed: str) -> None:
    assert client.post(f"/desk/exchange/{name}/step/", typed).status_code == 302


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 29))


@pytest.mark.usefixtures("today")
def test_steps_that_are_due_stand_here_with_their_exchange_and_nobody_else_sees_them() -> None:
    stands(exchange(NDL, NLC, title="The visit", shown_to="institutions"), NDL, NLC)
    officer = person("officer", (NDL, "officer"))
    step_on(officer, what="Titles 100% in Chinese", who="Mori", due="2026-12-11")
    step_on(officer, what="Rooms", due="2026-11-28")
    step_on(officer, what="Known to the month", due="2026-11")
    step_on(officer, what="Eleven working days", due="2026-12-14")
    step_on(officer, what="Far away", due="2027-03-01")
    step_on(officer, what="No day")
    assert said(officer, "Due in 10 working days") == [
        "Known to the month | The visit exchange",
        "Titles 100% in Chinese | The visit exchange Responsible: Mori.",
    ]
    assert said(officer, "Upcoming") == ["Eleven working days | The visit exchange"]
    assert said(officer, "Late") == ["Rooms | The visit exchange"]
    assert 'href="/desk/exchange/e/#next">Rooms</a>' in officer.get("/desk/").content.decode()
    # They are not ours to answer: the number in the frame does not count them.
    assert '>To do</a> <span class="n">' not in officer.get("/desk/people/").content.decode()
    for client in (person("partner", (NLC, "head")), person("stranger", (NAL, "head"))):
        assert "Rooms" not in client.get("/desk/").content.decode()
    officer.post("/desk/exchange/e/close/")
    assert "Rooms" not in officer.get("/desk/").content.decode()


@pytest.mark.usefixtures("today")
def test_a_step_of_what_was_held_or_is_only_drafted_or_sent_is_called_by_its_exchange() -> None:
    stands(exchange(NDL, NLC, title="Held", event={"state": "held"}, shown_to="institutions"), NDL, NLC)
    content = exchange(NDL, NLC, title="Drafted").content()
    actions.draft(institution=NDL, record=uri("exchange/d"), content=content, replaces=None, by="head", at=AT)
    proposed(title="Sent", record=uri("exchange/p"))
    officer = person("officer", (NDL, "officer"))
    step_on(officer, what="Thanks", due="2026-11-30")
    step_on(officer, "d", what="Ask", due="2026-11-30")
    step_on(officer, "p", what="Remind", due="2026-11-30")
    assert sorted(said(officer, "Due in 10 working days")) == [
        "Ask | Drafted exchange",
        "Remind | Sent exchange",
        "Thanks | Held exchange",
    ]


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_takes_as_many_statements_however_long_it_is(count: int, django_assert_num_queries: Any) -> None:
    officer, partner = person("officer", (NDL, "officer")), person("partner", (NLC, "head"))
    for number in range(count):
        proposed(record=uri(f"exchange/{number}"))
        draft = drafted("officer")
        actions.share(draft=draft, by="officer", at=AT)
        submitted(draft, by="officer")
    for client in (officer, partner):
        client.get("/desk/")
        with django_assert_num_queries(9):
            client.get("/desk/")


def test_what_partners_say_of_a_draft_stands_beside_it_until_it_is_sent() -> None:
    officer, partner = person("officer", (NDL, "officer")), person("partner", (NLC, "officer"))
    number = drafted("officer")
    actions.share(draft=number, by="officer", at=AT)
    for text in ("Could it be later?", "And shorter?"):
        actions.comment(draft=number, institution=NLC, text=text, by="partner", at="2026-11-23T09:00:00Z")
    actions.comment(draft=number, institution=NDL, text="Among us", by="officer", at=AT)
    assert "Comments of partners: 2." in text_of(officer.get("/desk/").content.decode())
    assert "Comments of partners" not in text_of(partner.get("/desk/").content.decode())


@pytest.mark.parametrize(
    ("until", "does"),
    [
        (None, "Agree on a new date"),
        ("2028-03", "Agree on the exact days"),
        ("2028-03-06/2028-03-10", "Prepare the exchange"),
    ],
)
def test_of_a_postponed_exchange_what_is_not_known_yet_is_to_be_agreed(until: str | None, does: str) -> None:
    event = {"state": "postponed", **({"postponed_to": until} if until else {})}
    stands(exchange(NDL, NLC, dates=[{"id": "d", "scope": "trip", "date": "2027-11-08"}], event=event), NDL, NLC)
    page = text_of(person("someone", (NDL, "officer")).get("/desk/").content.decode())
    offered = ("Agree on a new date", "Agree on the exact days", "Prepare the exchange")
    assert [each for each in offered if each in page] == [does]


def test_a_step_of_an_exchange_that_is_only_proposed_says_what_that_is_called() -> None:
    proposed(title="The third visit")
    planning.add_step(exchange=EXCHANGE, institution=NDL, what="Call", who="", due=str(clock.today()), by="head", at=AT)
    page = text_of(person("someone", (NDL, "officer")).get("/desk/").content.decode())
    assert ("The third visit" in page, "without a title yet" in page) == (True, False)


def looked_at_again(client: Client) -> list[str]:
    """What To do says of agreed dates on which somebody no longer works."""
    listed = [row for group in rows(client).values() for row in group if row[0] == "Look at the agreed dates again"]
    return [row[1].replace("\u2068", "").replace("\u2069", "") for row in listed]


def test_agreed_dates_on_which_somebody_no_longer_works_are_pointed_out_to_all_who_take_part() -> None:
    planning.keep_settings(of=NDL, country="JP", institution=NDL, **HEAD)
    planning.keep_override(of=NDL, institution=NDL, day=date(2027, 11, 17), works=False, **HEAD)
    agreed_exchange("e", "2027-11-16/2027-11-23")
    ours, theirs, stranger = (person(name, (of, "officer")) for name, of in (("o", NDL), ("p", NLC), ("s", NLK)))
    # What was known when they were agreed is not pointed out, nor a day of another week.
    said_later: dict[str, Any] = {"institution": NDL, "by": "head", "at": "2027-01-10T09:00:00Z"}
    planning.keep_override(of=NDL, day=date(2027, 12, 1), works=False, **said_later)
    assert [looked_at_again(each) for each in (ours, theirs)] == [[], []]
    planning.keep_override(of=NDL, day=date(2027, 11, 18), works=False, why="stocktaking", **said_later)
    for client in (ours, theirs):
        (row,) = looked_at_again(client)
        assert row.endswith("NDL no longer works on 18 November 2027.")
        assert "/desk/exchange/e/plan/" in client.get("/desk/").content.decode()
    assert looked_at_again(stranger) == []
    assert looked_at_again(person("c", (NDL, "contributor"))) == []
    planning.keep_override(of=NDL, day=date(2027, 11, 18), works=True, **said_later)
    assert looked_at_again(theirs) == []


def test_a_decree_that_is_loaded_after_dates_were_agreed_is_pointed_out() -> None:
    planning.keep_settings(of=NLC, country="CN", institution=NDL, **HEAD)
    agreed_exchange("e", "2027-09-27/2027-10-04")
    ours = person("o", (NDL, "officer"))
    assert looked_at_again(ours) == []
    days = {
        2027: {"free": [["2027-09-29", "国庆节"], ["2027-09-30", "国庆节"], ["2027-10-01", "国庆节"]], "worked": []}
    }
    decree: dict[str, Any] = {"country": "CN", "lang": "zh-Hans", "name": "decree.ics", "file": "sha256:0"}
    planning.load_announced(institution=NDL, days=days, by="head", at="2027-01-10T09:00:00Z", **decree)
    (row,) = looked_at_again(ours)
    assert "NLC no longer works on 29–30 September 2027." in row
    assert "1 October" not in row


def test_whatever_is_pointed_out_to_do_takes_as_many_statements(django_assert_num_queries: Any) -> None:
    planning.keep_settings(of=NDL, country="JP", institution=NDL, **HEAD)
    client = person("o", (NDL, "officer"))
    for number in range(3):
        agreed_exchange(f"e{number}", f"2027-11-1{number}/2027-11-2{number}")
        later: dict[str, Any] = {"institution": NDL, "by": "head", "at": "2027-01-10T09:00:00Z"}
        planning.keep_override(of=NDL, day=date(2027, 11, 15 + number), works=False, **later)
        client.get("/desk/")
        with django_assert_num_queries(9):
            client.get("/desk/")
