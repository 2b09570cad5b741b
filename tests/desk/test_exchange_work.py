"""The work on one exchange through the door: the list, the page, the plan, steps and notes; and who sees none of it."""

import re
from typing import Any, Final

import pytest
from django.apps import apps
from django.test import Client

from koryu.archive import actions as search
from koryu.archive import queries as archive
from koryu.archive.queries import exchanges as own_exchanges
from koryu.consent import actions, models
from koryu.consent import queries as consent
from koryu.ledger import queries as ledger
from koryu.planning import actions as planning
from koryu.planning.models import StepRow
from koryu.publishing.export import bundle
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
    House,
    drafted,
    exchange,
    paper,
    participation,
    programme,
    records,
    settle_in,
    stands,
    the_exchange,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
LIST: Final = "/desk/exchanges/"
WORK: Final = "/desk/exchange/e/"
DATES: Final = [{"id": "d", "scope": "trip", "date": "2090-11-09/2090-11-17"}]
# Whoever has no part in an exchange is answered as if there were none.
PAGES: Final = ("", "plan/", "received/", "step/", "done/", "note/", "begin/", "close/")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def text_of(client: Client, address: str = WORK) -> str:
    """What a page says, without its marks."""
    page = client.get(address).content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()
    return re.sub(r" ([,.;)])", r"\1", said).replace("( ", "(")


def status_said(client: Client, address: str = WORK) -> str:
    page = client.get(address).content.decode()
    return re.sub(r"<[^>]+>", "", re.findall(r'<div class="status"><p>(.*?)</p>', page)[0]).strip()


def rail(client: Client) -> list[str]:
    """The items of the rail, each with what stands."""
    page = client.get(WORK).content.decode().partition('class="beside-parts"')[2].partition("</nav>")[0]
    return [re.sub(r"<[^>]+>", "", item.replace("<small>", ": ")).strip() for item in page.split("<li")[1:]]


def does(client: Client, act: str, **typed: str) -> Any:
    return client.post(f"{WORK}{act}/", typed)


def planned(**more: Any) -> str:
    return the_exchange(**{"dates": DATES, "shown_to": "institutions", "hosts": [NLC], **more})


def test_an_empty_list_says_how_to_begin(officer: Client) -> None:
    assert "No exchange of your institution is on record yet" in text_of(officer, LIST)
    assert "Begin the next" in text_of(officer, LIST)
    assert "Begin the next" not in text_of(person("reader", (NDL, "reader")), LIST)


def test_the_list_goes_by_how_far_each_has_come_and_the_past_is_folded(officer: Client) -> None:
    planned(title="Coming")
    drafted(NDL, under(NDL, NLC, title="Drafted"), uri("exchange/drafted"))
    records(COMPILER, exchange(NDL, NLC, title="Past", event={"state": "held"}), uri("exchange/past"))
    stands(under(NDL, NLC, title="Held", event={"state": "held"}), NDL, NLC, record=uri("exchange/held"))
    stands(under(NLC, NLK, title="Of others"), NLC, NLK, record=uri("exchange/others"))
    page = text_of(officer, LIST)
    assert re.findall(r"(In preparation|Coming|Under way|To close|Closed, and past) (\d)", page) == [
        ("In preparation", "1"),
        ("Coming", "1"),
        ("To close", "1"),
        ("Closed, and past", "1"),
    ]
    assert "Drafted NLC A draft; no partner has a text to answer. Not public." in page
    assert "Past NLC Held; the date is not known. On record from published sources." in page
    assert "Of others" not in page


def test_the_page_says_how_it_stands_and_what_stands_of_each_part(officer: Client) -> None:
    planned()
    actions.propose(institution=NDL, record=uri("participation/n"), document=participation(NDL), replaces=None, **HEAD)
    drafted(NDL, paper(NDL), uri("paper/1"))
    assert status_said(officer).startswith("Agreed on 22 November 2026. 9–17 November 2090, days until then: ")
    assert status_said(officer).endswith("Not public.")
    assert [re.sub(r"^[^>]*>", "", item) for item in rail(officer)] == [
        "Overview",
        "Plan: agreed 22 November 2026; not public",
        "Participants NDL: sent 22 November 2026; not public",
        "Participants NLC: nothing yet",
        "Papers: drafts: 1",
        "Timetable: nothing yet",
        "Questions: nothing yet",
        "Results and follow-ups: nothing yet",
        "Schedule",
        "Our notes: nothing yet",
        "Translations: texts and languages",
        "Letters: as Word and PDF",
        "Arrangements: arrivals, rooms, diet; private",
        "Private links: for delegates, interpreters and readers",
    ]


def test_what_stands_what_is_proposed_and_our_draft_stand_beside_each_other(officer: Client) -> None:
    version = planned(planned_size=5)
    other = [{"id": "d", "scope": "trip", "date": "2090-11-10/2090-11-18"}]
    ours = [{"id": "d", "scope": "trip", "date": "2090-11-11"}]
    shared: dict[str, Any] = {"shown_to": "institutions", "hosts": [NLC], "planned_size": 5}
    House(NLC).propose(under(NDL, NLC, dates=other, **shared), replaces=version)
    drafted(NDL, under(NDL, NLC, dates=ours, **shared), replaces=version)
    assert status_said(officer) == (
        "Sent by NLC on 22 November 2026; your institution is to reply. "
        "Until then the plan agreed on 22 November 2026 remains the current version. Not public."
    )
    heads = "Agreed 22 November 2026 Proposed by NLC 22 November 2026 Our draft of 22 November 2026"
    assert f"{heads} Dates 9–17 November 2090 10–18 November 2090 11 November 2090" in text_of(officer)
    plan = officer.get(f"{WORK}plan/").content.decode()
    for said in ("9–17 November 2090", "10–18 November 2090", "11 November 2090", "Read the proposed text and answer"):
        assert said in plan
    # The partner sees what it has proposed, and nothing of our draft.
    partner = text_of(person("partner", (NLC, "head")))
    assert ("10–18 November 2090" in partner, "11 November 2090" in partner, "Our draft" in partner) == (
        True,
        False,
        False,
    )


def test_what_does_not_fit_is_pointed_out_and_can_be_typed_all_the_same(officer: Client) -> None:
    wrong = {
        "kind": "exchange",
        "title": {"en": "Next"},
        "institutions": [NDL, NAL],
        "hosts": [NLC],
        "dates": [{"id": "d", "scope": "trip", "date": "Tuesday 17 November 2027"}, *DATES],
        "open": [{"id": "o", "field": "dates"}],
        "programmes": [{"id": "p", "programme": uri("programme/left")}],
    }
    stands(programme(NDL, NLC, left=(NAL,)), NDL, NLC, record=uri("programme/left"))
    actions.draft(institution=NDL, record=EXCHANGE, content=wrong, replaces=None, **HEAD)
    page = text_of(officer, f"{WORK}plan/")
    for said in (
        "Dates are given and also open.",
        "The host does not take part: NLC.",
        "NAL took part in the programme until 2020.",
        "is a Wednesday. Correct the day, or leave the day of the week out.",
    ):
        assert said in page


# Our draft, typed at the plan


def test_our_draft_is_typed_at_the_plan_beside_what_stands_and_what_is_proposed(officer: Client) -> None:
    version = planned(planned_size=5)
    House(NLC).propose(under(NDL, NLC, shown_to="institutions", planned_size=6), replaces=version)
    draft = drafted(NDL, under(NDL, NLC, dates=DATES, shown_to="institutions", hosts=[NLC]), replaces=version)
    page = officer.get(f"{WORK}plan/").content.decode()
    assert (f'action="/desk/draft/{draft}/edit/"' in page, 'name="on" value="e"' in page) == (True, True)
    assert (page.count("<h1"), "making.js" in page) == (1, True)
    # By its script: saved as it is typed, and what is wrong is said.
    typed = {"edition": "1", "title:en": "Typed at the plan", "title:source": "en", "on": "e"}
    answer = officer.post(f"/desk/draft/{draft}/edit/", typed, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["edition"]) == (200, 2)
    # By its button: one comes back to the plan.
    back = officer.post(f"/desk/draft/{draft}/edit/", {**typed, "edition": "2", "do": "save"})
    assert back.headers["Location"] == f"{WORK}plan/"
    assert officer.get(f"{WORK}plan/").status_code == 200


@pytest.mark.parametrize("on", ["//evil.example", "e/../x", "https://evil.example/", " ", "\x00"])
def test_one_comes_back_to_the_plan_of_an_exchange_and_nowhere_else(officer: Client, on: str) -> None:
    draft = drafted(NDL, under(NDL, NLC), EXCHANGE)
    answer = officer.post(f"/desk/draft/{draft}/edit/", {"edition": "1", "title:en": "T", "on": on, "do": "save"})
    assert answer.headers["Location"] == f"/desk/draft/{draft}/edit/"
    paper_of_ours = drafted(NDL, paper(NDL), uri("paper/1"))
    answer = officer.post(f"/desk/draft/{paper_of_ours}/edit/", {"edition": "1", "title:en": "T", "on": "e"})
    assert answer.headers["Location"] == f"/desk/draft/{paper_of_ours}/edit/"


@pytest.mark.parametrize(
    ("role", "types"), [("head", True), ("officer", True), ("contributor", False), ("reader", False)]
)
def test_only_who_may_change_the_draft_gets_its_form_at_the_plan(role: str, types: bool) -> None:
    drafted(NDL, under(NDL, NLC), EXCHANGE)
    page = person(f"the-{role}", (NDL, role)).get(f"{WORK}plan/").content.decode()
    assert ('id="making"' in page) is types


def test_a_draft_of_the_partner_has_no_form_at_our_plan(officer: Client) -> None:
    theirs = drafted(NLC, under(NDL, NLC), uri("exchange/t"))
    actions.share(draft=theirs, by="head", at=AT)
    page = officer.get("/desk/exchange/t/plan/")
    assert (page.status_code, 'id="making"' in page.content.decode()) == (200, False)


# Steps


def test_a_step_is_added_changed_done_and_deleted(officer: Client) -> None:
    planned()
    assert does(officer, "step", what="Titles in Chinese", who="NLC", due="10 October 2090").status_code == 302
    does(officer, "step", what="No date")
    does(officer, "step", what="Rooms", due="2090-09")
    assert re.findall(r"(Rooms|Titles in Chinese|No date)</th>", officer.get(WORK).content.decode()) == [
        "Rooms",
        "Titles in Chinese",
        "No date",
    ]
    assert "Next: Rooms, due September 2090." in status_said(officer)
    rooms = StepRow.objects.get(what="Rooms").pk
    does(officer, "change-step", step=str(rooms), what="Rooms and cars", who="Mori", due="")
    assert "Next: Titles in Chinese, due 10 October 2090." in status_said(officer)
    does(officer, "done", step=str(rooms))
    row = StepRow.objects.get(pk=rooms)
    assert (row.what, row.who, row.done_by) == ("Rooms and cars", "Mori", "officer")
    assert "Done 1" in text_of(officer)
    does(officer, "not-done", step=str(rooms))
    assert StepRow.objects.get(pk=rooms).done_by == ""
    does(officer, "remove-step", step=str(rooms))
    assert not StepRow.objects.filter(pk=rooms).exists()


def test_the_same_step_twice_is_kept_once(officer: Client) -> None:
    planned()
    for _ in range(2):
        does(officer, "step", what="Titles", who="NLC", due="2090-10-10")
    assert StepRow.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"what": " "}, "Say what is to be done."),
        ({"what": "x" * 501}, "A step has at most 500 characters."),
        ({"what": "x", "who": "y" * 201}, "A name has at most 200 characters."),
        ({"what": "x", "due": "when the leaves fall"}, "“when the leaves fall” is not understood as a date."),
        ({"what": "x", "due": "2090-10/.."}, "“2090-10/..” is not understood as a date."),
    ],
)
def test_a_step_that_is_none_is_refused_and_what_was_typed_stays(
    officer: Client, typed: dict[str, str], said: str
) -> None:
    planned()
    answer = does(officer, "step", **typed)
    page = answer.content.decode()
    assert (answer.status_code, said in page, f'value="{typed.get("due", "")}"' in page) == (409, True, True)
    assert StepRow.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "7", "", "x", "9" * 30, "-1", "٣"])
def test_a_step_that_is_not_there_is_refused(officer: Client, number: str) -> None:
    planned()
    assert does(officer, "done", step=number).status_code == 409


def test_nobody_of_another_institution_touches_a_step(officer: Client) -> None:
    planned()
    does(officer, "step", what="Ours", who="us")
    step, partner = str(StepRow.objects.get().pk), person("partner", (NLC, "head"))
    for act in ("done", "change-step", "not-done"):
        assert does(partner, act, step=step, what="Theirs").status_code == 409
    does(partner, "remove-step", step=step)
    assert (StepRow.objects.get().what, StepRow.objects.get().done_by) == ("Ours", "")
    assert "Ours" not in text_of(partner)


@pytest.mark.parametrize(
    ("role", "may"), [("head", 302), ("officer", 302), ("contributor", 302), ("translator", 409), ("reader", 409)]
)
def test_who_keeps_notes_keeps_steps(role: str, may: int) -> None:
    planned()
    client = person(f"the-{role}", (NDL, role))
    assert does(client, "step", what="A step").status_code == may
    assert does(client, "note", text="A note").status_code == may
    assert does(client, "close").status_code == may
    assert client.get(WORK).status_code == 200


def test_notes_stand_on_the_page_the_last_first(officer: Client) -> None:
    planned()
    does(officer, "note", text="first")
    does(officer, "note", text="they may come on the 8th", means="telephone")
    page = text_of(officer)
    assert page.index("they may come on the 8th telephone") < page.index("first")


def test_what_is_closed_says_so_and_can_be_opened_again(officer: Client) -> None:
    planned(event={"state": "held"})
    does(officer, "step", what="Thanks")
    assert "To do before closing: Thanks." in status_said(officer)
    does(officer, "close")
    assert "steps left open: 1." in status_said(officer)
    assert "Closed, and past 1" in text_of(officer, LIST)
    # Nothing is said to the partner.
    assert "Closed on" not in status_said(person("partner", (NLC, "head")))
    does(officer, "open-again")
    assert "To do before closing: Thanks." in status_said(officer)


def test_what_is_kept_of_an_exchange_is_in_no_ledger_archive_search_or_export(officer: Client) -> None:
    planned(shown_to="public")
    word = "Zinnoberrot"
    does(officer, "step", what=f"{word} what", who=f"{word} who")
    does(officer, "note", text=f"{word} note")
    does(officer, "close")
    search.catch_up()
    holding = {
        model.__name__
        for model in apps.get_app_config("koryu").get_models()
        for row in model._default_manager.values()
        if any(word in str(value) for value in row.values())
    }
    assert holding == {"StepRow", "Note"}
    assert word not in str([entry.sealed for entry in ledger.entries()])
    assert word not in str(bundle(EXCHANGE, asking=NDL))
    for asking in (NDL, NLC, archive.EVERYBODY):
        sought = archive.found(word, reader="en", asking=asking)
        assert (*sought.hits, *sought.near) == ()
    partner, reader = person("partner", (NLC, "head")), Client()
    for client, address in ((partner, WORK), (partner, LIST), (partner, "/desk/"), (reader, "/en/exchange/e/")):
        answer = client.get(address)
        assert (answer.status_code, word in answer.content.decode()) == (200, False)


# Who sees none of it


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("shown_to", ["institutions", "public"])
def test_a_stranger_who_guesses_a_name_is_answered_as_if_there_were_none(page: str, shown_to: str) -> None:
    planned(shown_to=shown_to)
    drafted(NDL, paper(NDL), uri("paper/1"))
    stranger = person("stranger", (NLK, "head"))
    for send in (stranger.get, stranger.post):
        guessed, unknown = (send(f"/desk/exchange/{name}/{page}") for name in ("e", "nothing-of-this-name"))
        # What is only read is not posted to, whoever asks.
        expected = 405 if send == stranger.post and page in ("", "plan/") else 404
        assert (guessed.status_code, unknown.status_code) == (expected, expected)
        assert re.sub("nothing-of-this-name", "e", unknown.content.decode()) == guessed.content.decode()


def test_a_draft_of_ours_is_nobody_elses_until_it_is_shown(officer: Client) -> None:
    number = drafted(NDL, under(NDL, NLC), EXCHANGE)
    partner, stranger = person("partner", (NLC, "head")), person("stranger", (NLK, "head"))
    assert [client.get(WORK).status_code for client in (officer, partner, stranger)] == [200, 404, 404]
    actions.share(draft=number, by="head", at=AT)
    assert [client.get(WORK).status_code for client in (officer, partner, stranger)] == [200, 200, 404]
    assert status_said(officer) == "A draft, shown to NLC since 22 November 2026. Not public."
    assert status_said(partner) == "A draft of NDL, shown to you since 22 November 2026. Not public."


def test_naming_anothers_exchange_in_a_draft_opens_nothing() -> None:
    planned()
    drafted(NLK, paper(NLK), uri("paper/spy"))
    drafted(NLK, under(NLK, title="Mine"), uri("exchange/mine"))
    spy = person("spy", (NLK, "head"))
    assert spy.get(WORK).status_code == 404
    assert spy.get("/desk/exchange/mine/").status_code == 200
    assert "paper/spy" not in person("officer", (NDL, "officer")).get(WORK).content.decode()


def test_a_name_with_signs_of_the_database_in_it_finds_nothing(officer: Client) -> None:
    planned()
    for name in ("%25", "_", "!", "E", "%25e", "'", "%00", "e%2f"):
        assert officer.get(f"/desk/exchange/{name}/").status_code == 404


def test_only_staff_come_in() -> None:
    planned()
    assert Client().get(WORK).status_code == 302
    assert person("visitor").get(LIST).status_code == 404


def test_what_was_not_accepted_is_said_with_who_and_when(officer: Client) -> None:
    version = House(NDL).propose(under(NDL, NLC, dates=DATES))
    actions.decline(institution=NLC, record=EXCHANGE, version=version, reason=Text.of(en="Too early"), **HEAD)
    assert status_said(officer) == "Not accepted by NLC on 22 November 2026. Not public."


def test_every_page_of_an_exchange_says_the_same_of_how_it_stands(officer: Client) -> None:
    planned(dates=[{"id": "d", "scope": "trip", "date": "2020-11-09/2020-11-17"}], event={"state": "held"})
    said = set()
    for change in (("step", {"what": "Write the report"}), ("close", {})):
        does(officer, change[0], **change[1])
        stands_now = {status_said(officer, f"{WORK}{page}") for page in ("", "plan/", "people/", "received/")}
        assert len(stands_now) == 1, stands_now
        said |= stands_now
    assert len(said) == 2


def test_a_partners_draft_is_shown_at_an_exchange_to_whomever_it_is_for_and_to_nobody_else(officer: Client) -> None:
    """A plan that leaves us out is not for us, though we take part in what stands; a paper of the partner is."""
    version = planned()
    without_us = drafted(NLC, under(NLC, NLK, title="Without you", shown_to="institutions"), replaces=version)
    paper_of_theirs = drafted(NLC, paper(NLC, shown_to="institutions"), uri("paper/theirs"))
    for shown in (without_us, paper_of_theirs):
        actions.share(draft=shown, by="head", at=AT)
    work = consent.exchange_work("e", institution=NDL)
    assert work is not None
    assert [draft.id for draft in work.shown] == [paper_of_theirs]
    assert [draft.id for draft in consent.drafts_for(NDL)] == [paper_of_theirs]
    assert "shown to" not in text_of(officer, LIST)


# How much it costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_as_many_statements_however_much_there_is(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    version = planned()
    dates = [{"id": "d", "scope": "trip", "date": "2090-11"}]
    House(NLC).propose(under(NDL, NLC, dates=dates, shown_to="institutions"), replaces=version)
    drafted(NDL, under(NDL, NLC, shown_to="institutions"), replaces=version)
    for place in range(count):
        drafted(NDL, paper(NDL), uri(f"paper/{place}"))
        shown = drafted(NLC, paper(NLC, shown_to="institutions"), uri(f"paper/c{place}"))
        actions.share(draft=shown, by="head", at=AT)
        said: dict[str, Any] = {"record": uri(f"paper/s{place}"), "replaces": None, **HEAD}
        actions.propose(institution=NLC, document=paper(NLC, shown_to="institutions"), **said)
        stands(under(NDL, NLC, title=f"Other {place}"), NDL, NLC, record=uri(f"exchange/o{place}"))
        does(officer, "step", what=f"Step {place}")
        does(officer, "note", text=f"Note {place}")
    for address in (WORK, f"{WORK}plan/", LIST):
        officer.get(address)
    with django_assert_max_num_queries(8):
        officer.get(WORK)
    with django_assert_max_num_queries(8):
        officer.get(f"{WORK}plan/")
    with django_assert_max_num_queries(8):
        officer.get(LIST)


def names_in(page: str) -> list[str]:
    return re.findall(r'class="title" href="/desk/exchange/([^/]+)/"', page)


STATES: Final = ("planned", "held", "postponed", "cancelled")
WHEN: Final = ("2020-11", "2090-11", "")


def test_every_exchange_stands_where_its_own_page_says_whatever_is_read_of_it(officer: Client) -> None:
    """Most are only counted: those that are opened and those that are not come out the same."""
    for basis in ("agreed", "recorded"):
        for state in STATES:
            for place, when in enumerate(WHEN):
                dates: dict[str, Any] = {"dates": [{"id": "d", "scope": "trip", "date": when}]} if when else {}
                name = f"{basis}-{state}-{place}"
                document = under(NDL, NLC, title=name, event={"state": state}, **dates)
                if basis == "agreed":
                    stands(document, NDL, NLC, record=uri(f"exchange/{name}"))
                else:
                    records(
                        COMPILER,
                        exchange(NDL, NLC, title=name, event={"state": state}, **dates),
                        uri(f"exchange/{name}"),
                    )
    for closed in ("agreed-held-0", "agreed-planned-0", "recorded-held-1"):
        officer.post(f"/desk/exchange/{closed}/close/")
    for worked_on in ("recorded-held-0", "recorded-held-1", "agreed-held-1"):
        officer.post(f"/desk/exchange/{worked_on}/step/", {"what": "Thanks"})
    page = officer.get(LIST).content.decode()
    listed = dict(re.findall(r'href="/desk/exchange/([^/]+)/".*?<td>\s*(.*?)</td>\s*</tr>', page, flags=re.S))
    assert len(listed) == 2 * len(STATES) * len(WHEN)
    for name, said in listed.items():
        plain = re.sub(r"<[^>]+>", "", said).strip()
        assert plain == status_said(officer, f"/desk/exchange/{name}/"), name
    in_groups = re.findall(
        r"(In preparation|Coming|Under way|To close|Closed, and past) <span class=\"count\">(\d+)", page
    )
    assert sum(int(number) for _stage, number in in_groups) == len(listed)
    folded = names_in(page.partition('id="closed"')[2])
    assert {"agreed-held-0", "agreed-planned-0", "recorded-held-1", "agreed-cancelled-2"} <= set(folded)
    assert "recorded-held-0" not in folded


def test_what_is_past_and_what_is_to_close_stand_on_pages(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_exchanges, "MOST_LISTED", 2)
    own_exchanges.exchanges_of.cache_clear()
    for year in range(2001, 2006):
        dates = [{"id": "d", "scope": "trip", "date": f"{year}-11"}]
        held: dict[str, Any] = {"event": {"state": "held"}, "dates": dates}
        records(COMPILER, exchange(NDL, NLC, title=f"Past {year}", **held), uri(f"exchange/past-{year}"))
        stands(under(NDL, NLC, title=f"Held {year}", **held), NDL, NLC, record=uri(f"exchange/held-{year}"))
    # One that is looked at by itself stands among the others by its date.
    cancelled = [{"id": "d", "scope": "trip", "date": "2003-06"}]
    document = under(NDL, NLC, title="Cancelled", event={"state": "cancelled"}, dates=cancelled)
    stands(document, NDL, NLC, record=uri("exchange/cancelled"))
    pages = [officer.get(f"{LIST}?past={number}&held={number}").content.decode() for number in (1, 2, 3)]
    past = [names_in(page.partition('id="closed"')[2]) for page in pages]
    assert past == [["past-2005", "past-2004"], ["past-2003", "cancelled", "past-2002"], ["past-2001"]]
    to_close = [names_in(page.partition('id="closed"')[0]) for page in pages]
    assert to_close == [["held-2001", "held-2002"], ["held-2003", "held-2004"], ["held-2005"]]
    assert ["6" in page.partition('id="closed"')[2][:200] for page in pages] == [True] * 3
    for number in ("4", "0", "-1", "x", "9" * 40, "٣"):
        assert officer.get(f"{LIST}?past={number}&held={number}").status_code == 200
    own_exchanges.exchanges_of.cache_clear()


@pytest.mark.parametrize(("language", "between"), [("en", ". "), ("ja", "。"), ("zh-hans", "。"), ("ko", ". ")])
def test_two_sentences_stand_apart_as_the_language_sets_them(language: str, between: str) -> None:
    planned()
    said = status_said(person("officer", (NDL, "officer"), language=language))
    assert len(said.split(between)) >= 2, said
    assert "。 " not in said


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_every_page_is_made_in_every_language(language: str) -> None:
    planned()
    client = person("officer", (NDL, "officer"), language=language)
    does(client, "step", what="Titles", due="2090-10")
    for address in (LIST, WORK, f"{WORK}plan/", f"{WORK}received/"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)


def test_a_draft_says_at_which_exchange_it_is_worked_on_whenever_it_is_saved() -> None:
    number = drafted(NDL, paper(NDL), uri("paper/1"))
    own = drafted(NDL, under(NDL, NLC), EXCHANGE)
    assert [models.DraftRow.objects.get(pk=each).exchange for each in (number, own)] == [EXCHANGE, EXCHANGE]
    edition = 1
    for typed, kept in ((uri("exchange/f"), uri("exchange/f")), (7, ""), ("x" * 501, ""), (None, "")):
        content = {"kind": "paper", "title": {"en": "P"}, "exchange": typed}
        edition = actions.save(draft=number, content=content, seen=edition, by="head", at=AT)
        assert models.DraftRow.objects.get(pk=number).exchange == kept


def test_what_is_left_open_is_said_before_it_is_closed_and_stops_nobody(officer: Client) -> None:
    version = planned(planned_size=5)
    ending = text_of(officer, "/desk/exchange/e/").rpartition("Closing")[2]
    assert "Still open" not in ending
    planning.add_step(exchange=EXCHANGE, institution=NDL, what="Thanks", who="Mori", due="", **HEAD)
    House(NDL).propose(under(NDL, NLC, planned_size=6), replaces=version)
    drafted(NDL, participation(NDL), uri("participation/n"))
    ending = text_of(officer, "/desk/exchange/e/").rpartition("Closing")[2]
    for said in ("step: Thanks (Mori)", "texts not answered: 1 (NLC)", "our drafts, not sent: 1"):
        assert said in ending
    assert officer.post("/desk/exchange/e/close/").status_code == 302
    assert "Closed on" in status_said(officer)


@pytest.mark.parametrize("part", ["people", "papers", "timetable"])
def test_for_paper_a_part_is_drawn_without_anything_to_type(officer: Client, part: str) -> None:
    planned()
    drafted(
        NDL,
        participation(NDL, members=[{"id": "m", "printed": {"en": "Somebody with a long name"}}]),
        uri("participation/n"),
    )
    drafted(NDL, paper(NDL, title={"en": "A title that is long"}, shown_to="institutions"), uri("paper/n"))
    sessions = [{"id": "s", "type": "meeting", "title": {"en": "A long talk"}}]
    drafted(NDL, timetable(NDL, sessions=sessions, shown_to="institutions"), uri("timetable/n"))
    page = officer.get(f"/desk/exchange/e/{part}/").content.decode()
    assert f'href="/desk/exchange/e/{part}/?for=print' in page
    on_paper = officer.get(f"/desk/exchange/e/{part}/?for=print").content.decode()
    table = on_paper.partition('<table class="rows"')[2].partition("</table>")[0]
    assert ("long" in table, "<input" in table, "<select" in table, "data-print" in on_paper) == (
        True,
        False,
        False,
        True,
    )
