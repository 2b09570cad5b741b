"""The year plan: what comes next, what is under way, agreements, steps by month, and what is missing; ours alone."""

from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from koryu.desk import clock
from koryu.planning import actions
from koryu.records.document import Document
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.desk.test_exchange_dates import text_of
from tests.world import (
    AT,
    HEAD,
    MEMORANDUM,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    drafted,
    memorandum,
    programme,
    settle_in,
    stands,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
TODAY: Final = date(2026, 11, 29)
THIS: Final = "/desk/year/"
NEXT: Final = "/desk/year/2027/"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    actions.keep_settings(of=NDL, country="JP", year_month=4, institution=NDL, **HEAD)


@pytest.fixture(autouse=True)
def autumn_of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def dated(when: str) -> list[dict[str, str]]:
    return [{"id": "d", "scope": "trip", "date": when}]


def held(name: str, when: str, *hosts: str, number: str = "", **more: Any) -> None:
    given = {"dates": dated(when), "event": {"state": "held"}, "hosts": list(hosts), "shown_to": "institutions", **more}
    stands(under(NDL, NLC, number=number, title=name.title(), **given), NDL, NLC, record=uri(f"exchange/{name}"))


def planned(name: str, when: str, **more: Any) -> None:
    given = {"dates": dated(when), "hosts": [NDL], "shown_to": "institutions", **more}
    stands(under(NDL, NLC, title=name.title(), **given), NDL, NLC, record=uri(f"exchange/{name}"))


def section(client: Client, address: str, heading: str) -> str:
    page = client.get(address).content.decode()
    part = page.partition(f'aria-labelledby="{heading}"')[2].partition("</section>")[0]
    return text_of(_Page(part))


class _Page:
    """A part of a page, read as a page is."""

    def __init__(self, part: str) -> None:
        self.content = f"<main {part}</main>".encode()


# Next in turn


def test_each_programme_says_what_comes_next_why_and_leads_to_begin_it(officer: Client) -> None:
    held("first", "2025-10-06/2025-10-12", NLC, number="1")
    held("second", "2026-10-06/2026-10-12", NDL, number="2")
    there = section(officer, NEXT, "next-heading")
    assert "Programme Begin it Number: 3 Year: 2027 Host: NLC visit" in there
    assert "hosted last" in there or "NLC is next" in there
    page = officer.get(NEXT).content.decode()
    assert f"/desk/exchanges/next/?programme={PROGRAMME.replace(':', '%3A').replace(',', '%2C')}" in page or (
        "/desk/exchanges/next/?programme=" in page
    )
    assert 'class="in-year"' in page
    assert 'class="in-year"' not in officer.get("/desk/year/2030/").content.decode()


def test_where_a_draft_is_there_it_leads_there(officer: Client) -> None:
    held("first", "2026-10-06/2026-10-12", NDL, number="1")
    drafted(NDL, under(NDL, NLC, number="2", title="Second"), record=uri("exchange/second"))
    there = section(officer, NEXT, "next-heading")
    assert "One is under way already: second" in there
    assert "Begin it" not in there


def test_a_programme_that_ended_and_ours_alone(officer: Client) -> None:
    ended = document_of({**programme(NDL, NLK, title="Ended").content(), "until": "2010"})
    stands(ended, NDL, NLK, record=uri("programme/ended"))
    old = under(NDL, NLK, held_under=uri("programme/ended"), title="Old", dates=dated("2009-05"), event={"state": "held"})  # fmt: skip  # noqa: E501 -- one line
    stands(old, NDL, NLK, record=uri("exchange/old"))
    stands(programme(NLC, NLK, title="Theirs"), NLC, NLK, record=uri("programme/theirs"))
    there = section(officer, NEXT, "next-heading")
    assert "This programme ended in 2010." in there
    assert "Theirs" not in there


def test_years_of_which_nothing_is_on_record_are_named(officer: Client) -> None:
    for name, year in (("a", 2019), ("b", 2022), ("c", 2024)):
        held(name, f"{year}-10-06", NDL)
    there = section(officer, NEXT, "next-heading")
    assert "2020–2021, 2023, 2025" in there


# Exchanges of the year


def test_the_year_is_that_of_the_budget_and_a_trip_across_its_end_is_in_both(officer: Client) -> None:
    planned("march", "2027-03-29/2027-04-02", planned_size=6)
    planned("may", "2027-05-10/2027-05-14")
    planned("later", "2028-04-10")
    this, following = (section(officer, address, "exchanges-heading") for address in (THIS, NEXT))
    assert "March" in this
    assert "May" not in this
    assert "March 29 March – 2 April 2027 NDL Planned size: 6 " in following
    assert "May 10–14 May 2027" in following
    assert "Later" not in following


def test_without_a_month_it_is_the_calendar_year_and_is_asked_for() -> None:
    partner = person("partner", (NLC, "officer"))
    planned("march", "2027-03-29/2027-04-02")
    assert "March" not in section(partner, "/desk/year/2026/", "exchanges-heading")
    assert "March" in section(partner, NEXT, "exchanges-heading")
    assert "Say in which month your budget year begins." in text_of(partner.get(NEXT))
    assert "Say in which month" not in text_of(person("officer2", (NDL, "officer")).get(NEXT))


def test_a_past_year_is_read_the_same_however_long_ago(officer: Client) -> None:
    for place in range(60):
        held(f"h{place}", f"{1960 + place}-10-06/{1960 + place}-10-09", NDL)
    there = section(officer, "/desk/year/1975/", "exchanges-heading")
    assert "6–9 October 1975" in there
    assert there.count("October") >= 1
    assert "1976" not in there


def test_a_draft_without_a_date_is_in_the_year_it_names_else_in_this_one(officer: Client) -> None:
    drafted(NDL, under(NDL, NLC, title="Undated", planned_size=4), record=uri("exchange/undated"))
    drafted(NDL, under(NDL, NLC, title="Named", programme_year="2027"), record=uri("exchange/named"))
    this, following = (section(officer, address, "exchanges-heading") for address in (THIS, NEXT))
    assert "Undated" in this
    assert "Undated" not in following
    assert "Named" in following
    assert "Named" not in this
    assert " Planned size: 4 A draft; no partner has a text to answer." in this


def test_what_was_put_off_is_in_the_year_to_which_it_was(officer: Client) -> None:
    planned("moved", "2026-06-10", event={"state": "postponed", "postponed_to": "2027-06"})
    for address in (THIS, NEXT):
        assert "Moved" in section(officer, address, "exchanges-heading")
    assert "Moved" not in section(officer, "/desk/year/2028/", "exchanges-heading")


# Agreements and steps


def counted(**more: Any) -> Document:
    return memorandum(NDL, NLC, title={"en": "Four visits"}, **more)


def test_agreements_that_end_in_the_year_or_are_counted_are_named(officer: Client) -> None:
    stands(counted(term={"start": "2024-01-01", "exchanges": 4}), NDL, NLC, record=MEMORANDUM)
    ends = memorandum(NDL, NLC, title={"en": "Ends"}, term={"start": "2022-06-01", "end": "2027-05-31"})
    stands(ends, NDL, NLC, record=uri("agreement/ends"))
    for name, year in (("a", 2024), ("b", 2025)):
        held(name, f"{year}-10-06", NDL, agreements=[MEMORANDUM])
    there = section(officer, NEXT, "agreements-heading")
    assert "Four visits 2 of 4 exchanges held." in there
    assert "Ends Runs out: 31 May 2027." in there
    assert "Ends" not in section(officer, "/desk/year/2029/", "agreements-heading")


def test_steps_stand_under_their_months_in_the_order_of_the_budget_year(officer: Client) -> None:
    planned("may", "2027-05-10/2027-05-14")
    said: dict[str, Any] = {"institution": NDL, "exchange": uri("exchange/may"), "by": "head", "at": AT}
    for what, due in (("Thanks", "2028-01-15"), ("Tickets", "2027-04-20"), ("Budget", "2026-11-01"), ("Some day", "")):
        actions.add_step(what=what, who="", due=due, **said)
    there = section(officer, NEXT, "steps-heading")
    assert there.index("April 2027") < there.index("Tickets") < there.index("January 2028") < there.index("Thanks")
    assert "Budget" not in there
    assert "Some day" not in there
    assert "Budget" in section(officer, THIS, "steps-heading")
    actions.close(institution=NDL, exchange=uri("exchange/may"), by="head", at=AT)
    assert "Tickets" not in section(officer, NEXT, "steps-heading")


def test_what_was_due_before_this_year_is_not_lost(officer: Client) -> None:
    planned("may", "2027-05-10/2027-05-14")
    actions.add_step(
        institution=NDL, exchange=uri("exchange/may"), by="head", at=AT, what="Late one", who="", due="2025-11-01"
    )
    assert "Due before this year 1 November 2025 Late one" in section(officer, THIS, "steps-heading")
    assert "Late one" not in section(officer, NEXT, "steps-heading")


# Who, where, how much


def test_it_is_in_the_navigation_and_of_our_own_institution_alone(officer: Client) -> None:
    planned("may", "2027-05-10/2027-05-14")
    said: dict[str, Any] = {"institution": NDL, "exchange": uri("exchange/may"), "by": "head", "at": AT}
    actions.add_step(what="SECRET STEP", who="", due="2027-05-01", **said)
    drafted(NDL, under(NDL, NLC, title="SECRET DRAFT", dates=dated("2027-06")), record=uri("exchange/secret"))
    assert 'href="/desk/year/"' in officer.get("/desk/").content.decode()
    for client in (person("partner", (NLC, "head")), person("stranger", (NLK, "head"))):
        assert "SECRET" not in client.get(NEXT).content.decode()
    assert "May" not in section(person("stranger2", (NLK, "head")), NEXT, "exchanges-heading")
    assert person("somebody").get(NEXT).status_code == 404
    assert Client().get(NEXT).status_code == 302
    assert officer.post(NEXT).status_code == 405


@pytest.mark.parametrize("role", ["head", "officer", "contributor", "translator", "reader"])
def test_everybody_of_the_institution_reads_it_and_only_who_may_begins(role: str) -> None:
    held("first", "2026-10-06/2026-10-12", NDL, number="1")
    answered = person(f"our-{role}", (NDL, role)).get(NEXT)
    assert answered.status_code == 200
    assert (b"Begin it" in answered.content) == (role in ("head", "officer"))


@pytest.mark.parametrize("year", ["1899", "2100", "0", "99999999999"])
def test_a_year_that_no_calendar_has_is_no_page(officer: Client, year: str) -> None:
    assert officer.get(f"/desk/year/{year}/").status_code == 404


@pytest.mark.parametrize("year", ["1900", "2099"])
def test_the_first_and_the_last_year_are_pages(officer: Client, year: str) -> None:
    assert officer.get(f"/desk/year/{year}/").status_code == 200


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_there_in_each_language(language: str) -> None:
    planned("may", "2027-05-10/2027-05-14")
    assert person("officer", (NDL, "officer"), language=language).get(NEXT).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_however_much_there_is(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        stands(programme(NDL, NLC, title=f"P{place}"), NDL, NLC, record=uri(f"programme/p{place}"))
        planned(f"e{place}", f"2027-05-1{place}")
    for address in (THIS, NEXT):
        officer.get(address)
        with django_assert_max_num_queries(8):
            officer.get(address)
