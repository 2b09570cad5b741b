"""The days of a plan and the finding of dates, through the door: what is said and taken, and who sees none of it."""

import re
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.test import Client

from koryu.consent import actions as consent_actions
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.markup.desk_writer import DeskWriter
from koryu.planning import actions
from koryu.planning.rules.periods import Effect, Period, ShownAs
from koryu.values.reason import Reason
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import (
    AT,
    HEAD,
    NDL,
    NLC,
    NLK,
    House,
    drafted,
    in_countries,
    settle_in,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PLAN: Final = "/desk/exchange/e/plan/"
DATES: Final = "/desk/exchange/e/dates/"
TODAY: Final = date(2026, 11, 29)
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027-11-08/2027-11-15"}]
AUTUMN: Final = {
    "first": "2027-09-01",
    "last": "2027-12-20",
    "length": "8",
    "meeting_days": "4",
    "travel_before": "1",
    "travel_after": "1",
    "host": NDL,
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    in_countries({NDL: "JP", NLC: "CN"})


@pytest.fixture(autouse=True)
def autumn_of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def planned(**more: Any) -> str:
    return the_exchange(**{"dates": TRIP, "shown_to": "institutions", "hosts": [NDL], **more})


def said(client: Client, address: str) -> str:
    return text_of(client.get(address))


def text_of(answer: Any) -> str:
    page = answer.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()
    return re.sub(r" ([,.;:)])", r"\1", words).replace("( ", "(").replace("\u2068", "").replace("\u2069", "")


def ask(**more: Any) -> str:
    typed = {**AUTUMN, **more}
    listed = [(name, each) for name, value in typed.items() for each in (value if isinstance(value, list) else [value])]
    return f"{DATES}?" + "&".join(f"{name}={quote(str(each))}" for name, each in listed)


def kept(first: str, last: str, *, of: str = NDL, kept_by: str = NDL, **more: Any) -> int:
    given: dict[str, Any] = {"label": Text.of(en="Diet sitting"), "effect": Effect.RULED_OUT, **more}
    period = Period(of=of, kept_by=kept_by, first=date.fromisoformat(first), last=date.fromisoformat(last), **given)
    return actions.keep_period(period=period, institution=kept_by, by="head", at="2026-05-03T09:00:00Z")


def dates_of_draft() -> list[tuple[str, str]]:
    (draft,) = [each for each in consent.drafts_of(NDL) if each.kind == "exchange" and not each.sent]
    return [(each["scope"], each["date"]) for each in draft.content["dates"]]


# Beside each date of the plan


def test_beside_a_date_stand_the_holidays_of_each_country_and_what_is_not_announced(officer: Client) -> None:
    planned(dates=[{"id": "d", "scope": "trip", "date": "2027-09-27/2027-10-04"}])
    page = said(officer, PLAN)
    assert "1–4 October 2027: National Day, public holiday (NLC)" in page
    assert "may change; the holidays of China are not announced yet (NLC)" in page
    planned_in_november = [{"id": "d", "scope": "trip", "date": "2027-11-01/2027-11-05"}]
    drafted(
        NDL,
        under(NDL, NLC, dates=planned_in_november, hosts=[NDL]),
        replaces=consent.history(uri("exchange/e")).in_force,
    )
    page = said(officer, PLAN)
    assert "3 November 2027: Culture Day, public holiday (NDL)" in page
    assert "National Day" not in page


def test_what_is_ruled_out_is_a_check_with_whose_it_is_and_since_when(officer: Client) -> None:
    planned()
    kept("2027-11-08", "2027-11-12")
    kept("2027-11-10", "2027-11-10", of=NLC, effect=Effect.AVOIDED, told_by="letter of 3 June")
    kept("2027-11-11", "2027-11-11", of=NLC, kept_by=NLC, shown=ShownAs.NOT_POSSIBLE)
    checks = officer.get(PLAN).content.decode().partition('class="checks"')[2].partition("</ul>")[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", checks))
    assert "8–12 November 2027: Diet sitting, not possible (ours, entered 3 May 2026)" in words
    assert "10 November 2027: Diet sitting, to be avoided (NLC, told by: letter of 3 June)" in words
    assert "11 November 2027: not possible (NLC, by its own calendar)" in words


def test_other_exchanges_of_ours_on_these_days_are_named(officer: Client) -> None:
    planned()
    on_the_same = [{"id": "d", "scope": "trip", "date": "2027-11-14/2027-11-18"}]
    later = [{"id": "d", "scope": "trip", "date": "2027-12-14/2027-12-18"}]
    stands(under(NDL, NLC, title="Same week", dates=on_the_same), NDL, NLC, record=uri("exchange/same"))
    stands(under(NDL, NLC, title="Later", dates=later), NDL, NLC, record=uri("exchange/later"))
    stands(under(NLC, NLK, title="Theirs", dates=on_the_same), NLC, NLK, record=uri("exchange/theirs"))
    page = said(officer, PLAN)
    assert "Another exchange of ours: Same week" in page
    assert "Later" not in page
    assert "Theirs" not in page


@pytest.mark.parametrize(
    "more",
    [
        {"dates": [{"id": "d", "scope": "trip", "date": "2020-11-02/2020-11-08"}]},
        {"dates": [{"id": "d", "scope": "trip", "date": "2027"}]},
        {"dates": TRIP, "event": {"state": "cancelled"}},
        {"dates": []},
    ],
)
def test_of_what_is_past_called_off_or_hardly_known_nothing_is_said(officer: Client, more: dict[str, Any]) -> None:
    planned(**more)
    assert "What is known of these days" not in said(officer, PLAN)


def test_a_country_that_is_not_known_is_asked_for(officer: Client) -> None:
    stands(under(NDL, NLK, dates=TRIP, shown_to="institutions"), NDL, NLK)
    assert "The country is not known; enter it in the calendar of: NLK" in said(officer, PLAN)


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_to_other_roles_the_plan_says_nothing_of_calendars_and_there_is_nothing_to_find(role: str) -> None:
    planned()
    kept("2027-11-08", "2027-11-12")
    client = person(role, (NDL, role))
    page = client.get(PLAN)
    assert page.status_code == 200
    assert b"Diet sitting" not in page.content
    assert b"Find dates" not in page.content
    assert client.get(DATES).status_code == 404
    assert client.post(DATES, {"arrival": "2027-11-15", "length": "8"}).status_code == 404


def test_a_partner_reads_of_our_periods_what_we_show_and_nothing_of_what_we_were_told_of_it(officer: Client) -> None:
    planned()
    kept("2027-11-08", "2027-11-09", shown=ShownAs.NOTHING, label=Text.of(en="HIDDEN"))
    kept("2027-11-10", "2027-11-10", shown=ShownAs.NOT_POSSIBLE, label=Text.of(en="WORDLESS"))
    kept("2027-11-11", "2027-11-11", of=NLC, label=Text.of(en="TOLD"))
    partner = person("partner", (NLC, "officer"))
    for address in (PLAN, DATES):
        page = partner.get(address).content.decode()
        assert not any(word in page for word in ("HIDDEN", "WORDLESS", "TOLD"))
    assert "10 November 2027: not possible (NDL, by its own calendar)" in said(partner, PLAN)
    assert "8–9 November" not in said(partner, PLAN)


# Finding


def test_dates_are_found_with_what_is_to_be_considered_and_what_is_excluded(officer: Client) -> None:
    planned()
    page = said(officer, ask())
    assert "Of 104 days of arrival 83 are possible." in page
    assert "3–16 November 2027" in page
    assert "National Day, public holiday (NLC)" in page
    assert "the holidays of China are not announced yet (NLC)" in page
    assert "20 September 2027: Respect for the Aged Day, public holiday (NDL) 6" in page


def test_the_usual_time_is_that_of_those_held_under_the_programme(officer: Client) -> None:
    planned()
    held = [{"id": "d", "scope": "trip", "date": "2019-12-07/2019-12-14"}]
    state = {"state": "held"}
    stands(under(NDL, NLC, dates=held, event=state), NDL, NLC, record=uri("exchange/held"))
    first_row = officer.get(ask()).content.decode().partition("<tbody>")[2].partition("</tr>")[0]
    assert re.findall(r'name="arrival" value="([^"]+)"', first_row) == ["2027-12-07"]


def test_what_was_not_typed_is_as_the_plan_says(officer: Client) -> None:
    planned(dates=[{"id": "d", "scope": "trip", "date": "2028-05"}])
    page = officer.get(DATES).content.decode()
    assert re.findall(r'id="(first|last|length)" name="\1" value="([^"]*)"', page) == [
        ("first", "2028-01-01"),
        ("last", "2028-12-31"),
        ("length", "8"),
    ]
    assert re.findall(r'name="host" value="[^"]*/(\w+)" checked', page) == ["ndl"]


def test_where_no_host_is_known_it_is_asked_for_and_nothing_is_called_wrong(officer: Client) -> None:
    planned(hosts=[])
    answer = officer.get(DATES)
    assert "Say who hosts, or that it is held online." in text_of(answer)
    assert b'role="alert"' not in answer.content


def test_where_none_is_possible_the_closest_are_told(officer: Client) -> None:
    planned()
    kept("2027-09-01", "2027-12-20", of=NLC)
    page = said(officer, ask())
    assert "No 8 days are free for all. The closest:" in page
    assert "Diet sitting, not possible (NLC, as we entered it 3 May 2026)" in page
    assert "Take these dates" not in page


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"meeting_days": "7"}, "7 meeting days do not fit between arrival and departure of a trip of 8 days."),
        ({"last": "2027-08-01"}, "The last day comes before the first."),
        ({"last": "2031-01-01"}, "Look at most three years ahead."),
        ({"host": NLK}, "Say who hosts, or that it is held online."),
        ({"length": "0"}, "Say how many days the trip and the meetings last."),
        ({"length": "999"}, "Say how many days the trip and the meetings last."),
        ({"length": "-1"}, "Say how many days the trip and the meetings last."),
        ({"length": "x" * 5000}, "Say how many days the trip and the meetings last."),
        ({"first": ""}, "Enter the first and the last day."),
        ({"first": "tomorrow"}, "not understood"),
        ({"first": "2027-02-30"}, "not a valid calendar date"),
        ({"last": "2027-11-08/.."}, "Enter the first and the last day."),
    ],
)
def test_what_cannot_be_asked_is_said_with_what_was_typed(officer: Client, more: dict[str, str], reason: str) -> None:
    planned()
    answer = officer.get(ask(**more))
    assert answer.status_code == 200
    assert reason in text_of(answer)
    assert "Possible for all" not in text_of(answer)


def test_odd_values_break_nothing(officer: Client) -> None:
    planned()
    for more in (
        {"weekday": ["9", "x", "1"]},
        {"host": ["x" * 999, NDL]},
        {"first": "9999-01-01", "last": "9999-12-31"},
    ):
        assert officer.get(ask(**more)).status_code == 200
    assert "Of 14 days of arrival" in said(officer, ask(weekday=["1"]))


# Taking


def take(client: Client, arrival: str = "2027-11-15", length: str = "8") -> Any:
    return client.post(DATES, {"arrival": arrival, "length": length})


def test_dates_are_taken_into_our_draft_and_nothing_else_of_it_changes(officer: Client) -> None:
    version = planned()
    more = [*TRIP, {"id": "s", "scope": "session", "date": "2027-11-10"}]
    document = under(NDL, NLC, dates=more, hosts=[NDL], shown_to="institutions", title="Ours")
    number = drafted(NDL, document, replaces=version)
    before = consent.draft(number)
    assert take(officer).status_code == 302
    after = consent.draft(number)
    assert before
    assert after
    assert dates_of_draft() == [("trip", "2027-11-15/2027-11-22"), ("session", "2027-11-10")]
    assert {**after.content, "dates": []} == {**before.content, "dates": []}
    # The same sent twice changes nothing more.
    assert take(officer).status_code == 302
    again = consent.draft(number)
    assert again
    assert again.edition == after.edition


def test_without_a_draft_one_of_the_next_version_is_begun(officer: Client) -> None:
    version = planned()
    assert take(officer).status_code == 302
    assert dates_of_draft() == [("trip", "2027-11-15/2027-11-22")]
    (draft,) = consent.drafts_of(NDL)
    assert draft.replaces == version


def test_dates_that_were_left_open_are_no_longer_open(officer: Client) -> None:
    planned(dates=[], open=[{"id": "o", "field": "dates"}, {"id": "p", "field": "places"}])
    take(officer)
    assert dates_of_draft() == [("trip", "2027-11-15/2027-11-22")]
    (draft,) = consent.drafts_of(NDL)
    assert [each["field"] for each in draft.content["open"]] == ["places"]


@pytest.mark.parametrize(
    ("arrival", "length", "reason"),
    [
        ("2026-11-01", "8", "These dates have passed."),
        ("", "8", "Choose the day of arrival."),
        ("2027-11-31", "8", "Choose the day of arrival."),
        ("9999-12-31", "8", "Enter days between 1970 and 2100."),
        ("2027-11-15", "0", "Say how many days the trip and the meetings last."),
        ("2027-11-15", "x", "Say how many days the trip and the meetings last."),
    ],
)
def test_what_cannot_be_taken_is_refused_and_begins_no_draft(
    officer: Client, arrival: str, length: str, reason: str
) -> None:
    planned()
    answer = take(officer, arrival, length)
    assert answer.status_code == 409
    assert reason in text_of(answer)
    assert list(consent.drafts_of(NDL)) == []


def test_a_draft_that_waited_for_approval_waits_no_more_once_its_dates_are_others(officer: Client) -> None:
    version = planned()
    number = drafted(NDL, under(NDL, NLC, dates=TRIP, hosts=[NDL], shown_to="institutions"), replaces=version)
    draft = consent.draft(number)
    assert draft
    consent_actions.submit(draft=number, shown=draft.digest, by="head", at=AT)
    assert take(officer).status_code == 302
    assert dates_of_draft() == [("trip", "2027-11-15/2027-11-22")]
    changed = consent.draft(number)
    assert changed
    assert changed.waiting is None


def test_while_a_text_is_proposed_nothing_is_taken_beside_it(officer: Client) -> None:
    version = planned()
    House(NLC).propose(under(NDL, NLC, dates=TRIP, shown_to="institutions"), replaces=version)
    assert b"Take these dates" not in officer.get(ask()).content
    assert take(officer).status_code == 409
    assert list(consent.drafts_of(NDL)) == []


def test_for_a_stranger_and_who_is_signed_out_there_is_nothing_to_find() -> None:
    planned()
    stranger = person("stranger", (NLK, "head"))
    assert stranger.get(DATES).status_code == 404
    assert take(stranger).status_code == 404
    assert Client().get(DATES).status_code == 302
    take(Client())
    assert person("somebody").get(DATES).status_code == 404
    assert list(consent.drafts_of(NDL)) == list(consent.drafts_of(NLK)) == []


# In four languages, and how much it costs


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_each_language(language: str) -> None:
    planned(dates=[{"id": "d", "scope": "trip", "date": "2027-09-27/2027-10-04"}])
    kept("2027-09-27", "2027-09-28", label=Text.of(ja="臨時会"))
    client = person("officer", (NDL, "officer"), language=language)
    for address in (PLAN, DATES, ask()):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "臨時会" in answer.content.decode() or address == DATES


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_as_many_statements_however_much_there_is(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    planned()
    for place in range(count):
        kept("2027-11-08", f"2027-11-1{place}")
        day = date(2027, 11, 8) + timedelta(days=place)
        dated = [{"id": "d", "scope": "trip", "date": f"{day}/{day + timedelta(days=3)}"}]
        stands(under(NDL, NLC, title=f"Other {place}", dates=dated), NDL, NLC, record=uri(f"exchange/o{place}"))
    for address in (PLAN, ask()):
        officer.get(address)
        with django_assert_max_num_queries(8):
            officer.get(address)


def test_a_sentence_holds_texts_and_sentences_each_in_its_own_words() -> None:
    writer = DeskWriter("en", {})
    inner = Reason("by %(who)s", who="<b>")
    said_of_both = Reason("%(what)s (%(whose)s)", what=Text.of(ja="臨時会"), whose=inner)
    shown = str(writer.dated_reason(said_of_both))
    assert '<span lang="ja">臨時会</span>' in shown
    assert "(by &lt;b&gt;)" in shown
    assert writer.plain_reason(said_of_both) == "臨時会 (by <b>)"


TURN: Final = {**AUTUMN, "first": "2027-12-20", "last": "2028-01-12", "length": "6", "meeting_days": "3"}


def test_days_on_which_libraries_are_usually_closed_are_told_and_come_last_until_the_calendar_says(
    officer: Client,
) -> None:
    the_exchange()
    actions.keep_settings(institution=NDL, of=NDL, country="JP", **HEAD)
    actions.keep_settings(institution=NDL, of=NLC, country="CN", **HEAD)
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", officer.get(DATES, TURN).content.decode(), re.DOTALL)
    said = [text_of_row(row) for row in rows]
    closed = [place for place, row in enumerate(said) if "usual in its country, not in its calendar" in row]
    assert closed
    assert "Closed over the turn of the year, to be avoided" in said[closed[0]]
    free = [place for place, row in enumerate(said) if "Arrival" in row and place not in closed]
    assert max(free) < min(closed)
    actions.take_suggested(institution=NDL, codes=["jp-year-end"], country="JP", today=TODAY, **HEAD)
    assert "usual in its country" not in officer.get(DATES, TURN).content.decode()


def text_of_row(row: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row))


def test_the_page_says_what_is_best_and_that_days_of_travel_count(officer: Client) -> None:
    the_exchange()
    page = officer.get(DATES, AUTUMN).content.decode()
    assert "Best is the arrival with the fewest days to be avoided" in page
    assert "No trip on public holidays of the guests, days of travel included" in page


# The year as a picture.


def drawn(client: Client, address: str = DATES) -> str:
    page = client.get(address).content.decode()
    return page.partition('<svg class="year across"')[2].partition("</section>")[0]


def test_the_year_is_drawn_twice_and_said_in_a_table(officer: Client) -> None:
    planned()
    kept("2027-09-01", "2027-10-20")
    kept("2027-08-01", "2027-08-16", of=NLC, effect=Effect.AVOIDED, told_by="letter")
    picture = drawn(officer, f"{DATES}?year=2027")
    across, _, down = picture.partition('<svg class="year down"')
    for kind in ("holiday", "ruled-out", "avoided", "may-change", "frame agreed"):
        assert f'<rect class="{kind}"' in across
        assert f'<rect class="{kind}"' in down
    rows = set(re.findall(r'<tr id="day-(\d+)">', picture))
    assert set(re.findall(r'href="#day-(\d+)"', across)) == set(re.findall(r'href="#day-(\d+)"', down)) & rows == rows
    assert len(re.findall("<title>", across)) == len(rows) + 1
    table = re.sub(r"<[^>]+>", "", picture.partition("<table")[2])
    for said_there in ("Diet sitting", "National Day, public holiday", "not announced yet"):
        assert said_there in table


def test_the_host_stands_first_and_what_is_not_known_is_dashed(officer: Client) -> None:
    planned(hosts=[NLC], institutions=[NDL, NLC])
    names = re.findall(r'class="name"[^>]*>([^<]+)<', drawn(officer).partition('<svg class="year down"')[0])
    assert names == ["NLC", "NDL"]
    actions.keep_settings(of=NLC, country="", institution=NDL, **HEAD)
    assert '<rect class="unknown"' in drawn(officer)


def test_other_years_are_a_link_away_and_no_farther_than_can_be_asked(officer: Client) -> None:
    planned()
    page = officer.get(f"{DATES}?year=2028&length=8").content.decode()
    assert 'href="?year=2027&amp;length=8#year-heading"' in page
    assert 'href="?year=2029&amp;length=8#year-heading"' in page
    for odd in ("9999", "0000", "abcd", "٢٠٢٧", "-1"):
        assert officer.get(f"{DATES}?year={odd}").status_code == 200


def test_the_picture_is_small_and_costs_no_statement(officer: Client, django_assert_max_num_queries: Any) -> None:
    planned()
    officer.get(DATES)
    with django_assert_max_num_queries(8):
        page = officer.get(f"{DATES}?year=2027").content
    picture = page.partition(b'<svg class="year across"')[2].rpartition(b"</svg>")[0]
    assert 5_000 < len(picture) < 40_000
