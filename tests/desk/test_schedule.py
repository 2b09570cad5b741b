"""The schedule of an exchange through the door: what is due, what is done, what moves; and who sees none of it."""

import re
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions as consent
from koryu.desk import clock
from koryu.planning import actions
from koryu.planning.models import CountedStepRow, ScheduleRow, StepRow
from koryu.planning.rules.institution_days import OwnCalendar, days_of
from tests.desk.people import person
from tests.world import (
    AT,
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    NLK,
    NO,
    House,
    history,
    in_countries,
    participation,
    settle_in,
    stands,
    the_exchange,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
SCHEDULE: Final = "/desk/exchange/e/schedule/"
WORK: Final = "/desk/exchange/e/"
TODAY: Final = date(2026, 11, 29)
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    in_countries({NDL: "JP", NLC: "CN"})


@pytest.fixture(autouse=True)
def today_is(monkeypatch: pytest.MonkeyPatch) -> Any:
    def it_is(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)
        monkeypatch.setattr(clock, "now", lambda: f"{day.isoformat()}T09:00:00Z")

    it_is(TODAY)
    return it_is


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def planned(**more: Any) -> str:
    return the_exchange(**{"dates": TRIP, "shown_to": "institutions", "hosts": [NDL], **more})


def text_of(answer: Any) -> str:
    page = answer.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()
    return re.sub(r" ([,.;:)])", r"\1", words).replace("( ", "(").replace("\u2068", "").replace("\u2069", "")


def said(client: Client, address: str = SCHEDULE) -> str:
    return text_of(client.get(address))


def does(client: Client, act: str, of: str = "1", **typed: str) -> Any:
    return client.post(SCHEDULE, {act: of, **typed})


def rows(client: Client) -> list[str]:
    """The rows of the schedule, each in words."""
    table = client.get(SCHEDULE).content.decode().partition('class="list schedule-steps"')[2].partition("</table>")[0]
    parts = re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)[1:]
    words = (re.sub(r"<span class=\"unseen\">.*?</span>", "", part) for part in parts)
    return [re.sub(r" ([,;])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", part).split())) for part in words]


def row(client: Client, words: str) -> str:
    """The first row that says this."""
    return next(each for each in rows(client) if words in each)


def begun(client: Client, **more: Any) -> str:
    version = planned(**more)
    assert does(client, "begin").status_code == 302
    return version


def moved_to(dates: str, version: str, **more: Any) -> str:
    trip = [{"id": "d", "scope": "trip", "date": dates}]
    return planned_anew(version, dates=trip, **more)


def planned_anew(version: str, **more: Any) -> str:
    content = {"dates": TRIP, "shown_to": "institutions", "hosts": [NDL], **more}
    return stands(under(NDL, NLC, **content), NDL, NLC, replaces=version)


# Counted


def test_a_schedule_is_begun_and_counted_from_the_dates(officer: Client) -> None:
    planned()
    assert "Begin the schedule" in said(officer)
    assert does(officer, "begin").status_code == 302
    assert row(officer, "Fix the timetable") == "5 November 2027 Fix the timetable timetable NDL later Done Change"
    assert [each for each in rows(officer) if re.fullmatch(r"(Before|During|After) the exchange \d+", each)] == [
        "Before the exchange 19",
        "During the exchange 1",
        "After the exchange 5",
    ]


def test_begun_twice_it_is_begun_once(officer: Client) -> None:
    begun(officer)
    does(officer, "done", "host-hotel")
    assert does(officer, "begin").status_code == 302
    assert ScheduleRow.objects.count() == 1
    assert "done" in row(officer, "Book the hotel")


def test_an_exchange_known_to_the_month_has_days_about(officer: Client) -> None:
    begun(officer, dates=[{"id": "d", "scope": "trip", "date": "2027-11"}])
    assert row(officer, "Fix the timetable").startswith("about 21 October 2027")
    assert "The exchange is known to the month alone: days are counted from its first day." in said(officer)


def test_without_a_date_there_are_distances_in_order(officer: Client) -> None:
    begun(officer, dates=[])
    assert row(officer, "Fix the timetable").startswith("7 working days before: arrival")
    assert row(officer, "Settle the accounts").startswith("40 working days after: departure")
    assert "The exchange has no date yet: steps are listed with their distance from it." in said(officer)


def test_who_hosts_has_to_be_said(officer: Client) -> None:
    begun(officer, hosts=[])
    assert "Who hosts is not said in the plan; the steps of host and guests are not listed." in said(officer)
    assert [each for each in rows(officer) if "hotel" in each] == []


def test_days_of_a_partner_that_may_change_are_about_and_the_page_says_why(officer: Client) -> None:
    begun(officer)
    assert row(officer, "Send the list of participants").startswith("about 18 August 2027")
    assert "China: the holidays of 2027 are not announced yet; days may change." in said(officer)


def test_without_a_country_monday_to_friday_are_counted(officer: Client) -> None:
    stands(under(NDL, NLK, hosts=[NDL], dates=TRIP, shown_to="institutions"), NDL, NLK, record=uri("exchange/k"))
    officer.post("/desk/exchange/k/schedule/", {"begin": "1"})
    page = said(officer, "/desk/exchange/k/schedule/")
    assert "The country is not known of: NLK" in page
    assert "Monday to Friday are counted as working days." in page


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        ("2028-03-28/2028-04-03", "The trip goes beyond the end of your budget year, 31 March 2028."),
        ("2028-02-21/2028-02-25", "Your budget year closes on 31 March 2028, before the accounts are due."),
    ],
)
def test_a_budget_year_that_closes_before_the_accounts_are_settled_is_said(
    officer: Client, dates: str, says: str
) -> None:
    begun(officer, dates=[{"id": "d", "scope": "trip", "date": dates}])
    assert says in said(officer)


def test_where_the_accounts_are_settled_in_time_nothing_is_said_of_the_budget_year(officer: Client) -> None:
    begun(officer)
    assert "budget year" not in said(officer)


@pytest.mark.parametrize(
    ("form", "step"),
    [
        ("online exchange", "Try the connection"),
        ("staff dispatch", "Name the unit and the supervisor"),
        ("training", "Prepare the certificates"),
        ("meeting of heads", "Book the hotel"),
    ],
)
def test_each_form_begins_with_steps_of_its_own(officer: Client, form: str, step: str) -> None:
    begun(officer, form=form)
    assert row(officer, step)


# Done, moved by hand, set aside


def test_a_step_is_done_with_its_evidence_and_twice_is_no_error(officer: Client) -> None:
    begun(officer)
    assert does(officer, "done", "host-invitation", evidence="No. 12, by post").status_code == 302
    assert does(officer, "done", "host-invitation", evidence="another").status_code == 302
    assert "done 29 November 2026, Officer; No. 12, by post" in row(officer, "letter of invitation")
    does(officer, "not-done", "host-invitation")
    assert "later" in row(officer, "letter of invitation")


def test_a_day_set_by_hand_stays_and_what_is_counted_stands_beside_it(officer: Client) -> None:
    version = begun(officer)
    does(officer, "set-day", "host-hotel", day="1 September 2027")
    assert row(officer, "Book the hotel").startswith("1 September 2027 set by hand; by count 8 September 2027")
    moved_to("2027-11-23/2027-11-30", version)
    assert row(officer, "Book the hotel").startswith("1 September 2027 set by hand; by count 15 September 2027")
    does(officer, "set-day", "host-hotel", day="")
    assert row(officer, "Book the hotel").startswith("15 September 2027 Book")


@pytest.mark.parametrize(
    ("act", "typed", "says"),
    [
        ("set-day", {"day": "30 February 2027"}, "2027-02-30 is not a valid calendar date"),
        ("set-day", {"day": "2027-09"}, "Enter one day."),
        ("set-day", {"day": "1066-10-14"}, "Enter days between 1970 and 2100."),
        ("aside", {"why": ""}, "Say why it is not to be done."),
        ("aside", {"why": "x" * 501}, "At most 500 characters."),
        ("done", {"evidence": "x" * 501}, "At most 500 characters."),
    ],
)
def test_what_cannot_be_kept_is_refused_and_what_was_typed_stays(
    officer: Client, act: str, typed: dict[str, str], says: str
) -> None:
    begun(officer)
    answer = does(officer, act, "host-hotel", step="host-hotel", **typed)
    assert answer.status_code == 409
    assert says in text_of(answer)
    assert not CountedStepRow.objects.exists()
    for written in filter(None, typed.values()):
        assert f'value="{written}"' in answer.content.decode()


@pytest.mark.parametrize("of", ["", "nothing", "host-hotel@", "typed:99", "typed:x", "guest-names@nobody", "a" * 900])
def test_a_step_that_is_not_there_is_refused(officer: Client, of: str) -> None:
    begun(officer)
    kept = CountedStepRow.objects.count()
    assert does(officer, "done", of).status_code == (302 if of == "host-hotel@" else 409)
    assert CountedStepRow.objects.count() == kept + (of == "host-hotel@")


def test_an_act_that_there_is_not_is_no_page(officer: Client) -> None:
    begun(officer)
    assert does(officer, "explode").status_code == 404


def test_a_step_is_set_aside_with_the_reason_and_taken_up_again(officer: Client) -> None:
    begun(officer)
    does(officer, "aside", "host-interpreter", why="All speak Japanese")
    assert "set aside All speak Japanese; Officer" in row(officer, "Engage the interpreter")
    does(officer, "up-again", "host-interpreter")
    assert "later" in row(officer, "Engage the interpreter")


def test_a_step_typed_by_hand_stands_in_the_same_table(officer: Client) -> None:
    begun(officer)
    officer.post(f"{WORK}step/", {"what": "Ask the choir", "who": "Mori", "due": "2027-10-05"})
    number = StepRow.objects.get().pk
    listed = rows(officer)
    place = next(n for n, each in enumerate(listed) if "Ask the choir" in each)
    assert "Send the draft timetable" in listed[place - 1]
    assert listed[place].startswith("5 October 2027 Ask the choir Mori later")
    does(officer, "take", f"typed:{number}")
    does(officer, "done", f"typed:{number}")
    assert "done 29 November 2026, Officer" in row(officer, "Ask the choir")


# Dates that move


def test_when_the_dates_move_the_page_says_what_moves_until_it_was_noted(officer: Client) -> None:
    version = begun(officer)
    does(officer, "set-day", "host-hotel", day="2027-09-01")
    moved_to("2027-11-23/2027-11-30", version)
    page = said(officer)
    assert "From 16–23 November 2027 to 23–30 November 2027. These due dates were calculated again:" in page
    assert "Fix the timetable 5 November 2027 12 November 2027" in page
    assert "Book the hotel 8 September 2027 15 September 2027 stays, set by hand: 1 September 2027" in page
    does(officer, "note-dates", seen="2027-11-23/2027-11-30")
    assert "The dates have moved" not in said(officer)


def test_what_was_sent_for_other_dates_may_be_sent_anew_or_stay(officer: Client) -> None:
    version = begun(officer)
    for step in ("host-invitation", "host-cards", "host-turn"):
        does(officer, "done", step)
    assert "Do it again?" not in said(officer)
    moved_to("2027-11-23/2027-11-30", version)
    page = said(officer)
    assert "“Send the letter of invitation” was done for 16–23 November 2027. Do it again?" in page
    # A step without a paper names no dates.
    assert "“Confirm whose turn" not in page
    does(officer, "anew", "host-invitation")
    does(officer, "stays", "host-cards")
    assert "Do it again?" not in said(officer)
    assert "later" in row(officer, "letter of invitation")
    assert "done" in row(officer, "Name cards")


def test_a_step_is_said_in_our_own_words_and_to_partners_as_the_template_has_it(officer: Client) -> None:
    begun(officer)
    changing = officer.get(f"{SCHEDULE}?step=host-hotel").content.decode()
    assert 'name="words"' in changing
    does(officer, "say", "host-hotel", words="Book rooms at Haneda, <b>quiet</b>")
    assert "Book rooms at Haneda, &lt;b&gt;quiet" in row(officer, "Haneda")
    partner = person("partner", (NLC, "head"))
    does(partner, "begin")
    assert "Haneda" not in said(partner)
    # Renewed or moved, they stay; without any, it is called as before.
    does(officer, "set-day", "host-hotel", day="2027-09-01")
    assert "Book rooms at Haneda" in row(officer, "Haneda")
    does(officer, "say", "host-hotel", words="")
    assert "Haneda" not in said(officer)
    assert does(officer, "say", "host-hotel", words="x" * 501).status_code == 409
    assert does(officer, "say", "no-such-step", words="x").status_code == 409


def test_whoever_types_while_the_dates_move_is_told_so_and_nothing_is_lost(officer: Client) -> None:
    version = begun(officer)
    moved_to("2027-11-23/2027-11-30", version)
    answer = officer.post(
        SCHEDULE, {"done": "host-hotel", "evidence": "Hotel K", "seen": "2027-11-16/2027-11-23"}, follow=True
    )
    told = "The dates changed meanwhile: 16–23 November 2027 → 23–30 November 2027. Your entry was kept."
    assert told in answer.content.decode()
    assert "Hotel K" in row(officer, "Book the hotel")


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ({"state": "postponed"}, "Postponed without a date: the schedule rests until there is one."),
        ({"state": "cancelled"}, "The exchange is cancelled; nothing is due. What was done is kept."),
    ],
)
def test_what_is_postponed_without_a_date_rests_and_what_is_cancelled_is_closed(
    officer: Client, today_is: Any, event: dict[str, str], says: str
) -> None:
    version = begun(officer)
    does(officer, "done", "host-turn")
    planned_anew(version, event=event)
    today_is(date(2027, 11, 1))
    assert says in said(officer)
    states = {each.rpartition(" Done")[0].rpartition(" ")[2] for each in rows(officer) if "NDL" in each}
    assert not states & {"late", "soon", "coming"}
    assert "done 29 November 2026" in row(officer, "Confirm whose turn")
    assert "Late" not in said(officer, "/desk/")


def test_postponed_to_new_days_it_counts_from_these(officer: Client) -> None:
    version = begun(officer)
    planned_anew(version, event={"state": "postponed", "postponed_to": "2028-11-14/2028-11-21"})
    assert row(officer, "Fix the timetable").startswith("2 November 2028")


def test_moved_online_the_steps_of_travel_are_set_aside_in_one_act_and_taken_up_in_one(officer: Client) -> None:
    version = begun(officer)
    planned_anew(version, form="online exchange")
    assert "The exchange is held online. Steps of travel that fall away: 3." in said(officer)
    does(officer, "travel-aside")
    assert "set aside held online; nobody travels; Officer" in row(officer, "Book the hotel")
    (together,) = set(CountedStepRow.objects.values_list("together", flat=True))
    does(officer, "undo", together)
    assert "later" in row(officer, "Book the hotel")
    assert not CountedStepRow.objects.exclude(aside_at=None).exists()


# What the record says


def test_the_record_itself_says_what_is_done_and_nobody_writes_it(officer: Client) -> None:
    begun(officer)
    assert "No timetable is on record." not in row(officer, "Fix the timetable")
    sessions = [{"id": "s", "type": "working session", "date": "2027-11-17"}]
    version = stands(timetable(NDL, sessions=sessions), NDL, record=uri("timetable/t"))
    assert "done On record since" in row(officer, "Fix the timetable")
    stands(timetable(NDL, sessions=sessions, provisional=True), NDL, record=uri("timetable/t"), replaces=version)
    assert "later" in row(officer, "Fix the timetable")
    assert not CountedStepRow.objects.exists()


def test_a_step_that_is_open_again_says_why(officer: Client, today_is: Any) -> None:
    begun(officer)
    today_is(date(2027, 11, 4))
    sessions = [{"id": "s", "type": "working session", "date": "2027-11-17"}]
    stands(timetable(NDL, sessions=sessions, provisional=True), NDL, record=uri("timetable/t"))
    assert "due soon The timetable may still change." in row(officer, "Fix the timetable")


def test_a_text_that_was_not_accepted_opens_its_steps_again(officer: Client) -> None:
    House(NDL).propose(under(NDL, NLC, dates=TRIP, hosts=[NDL]))
    does(officer, "begin")
    assert "done Sent on" in row(officer, "Propose dates and themes")
    version = history().last_proposed or ""
    consent.decline(version=version, reason=NO, institution=NLC, record=EXCHANGE, by="head", at=AT)
    assert "later" in row(officer, "Propose dates and themes")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([{"id": "m", "printed": {"zh-Hans": "沈文"}}], "done On record since"),
        ([{"id": "m", "posts": []}], "expected Participants without a name: 1."),
        ([], "expected No list of participants is on record."),
    ],
)
def test_names_are_read_from_the_list_of_the_partner(officer: Client, given: Any, says: str) -> None:
    begun(officer)
    stands(participation(NLC, members=given), NLC, record=uri("participation/n"))
    assert says in row(officer, "Send the list of participants")


# Partners


def test_a_partner_sees_of_our_schedule_only_the_steps_that_are_shown_and_none_is_late(
    officer: Client, today_is: Any
) -> None:
    begun(officer)
    does(officer, "done", "host-invitation", evidence="Secret number")
    does(officer, "set-day", "host-fixed", day="2027-11-08")
    partner = person("partner", (NLC, "officer"))
    assert "Fix the timetable" not in said(partner)
    does(partner, "begin")
    today_is(date(2028, 6, 1))
    page = said(partner)
    assert "8 November 2027 Fix the timetable timetable NDL expected" in page
    assert "Send the letter of invitation letter of invitation NDL done" in page
    for secret in ("Secret number", "Book the hotel", "Officer"):
        assert secret not in page
    ours = [each for each in rows(partner) if " NDL " in each]
    assert ours
    assert not [each for each in ours if " late" in each]


def test_what_we_expect_of_a_partner_can_be_noted_as_done(officer: Client) -> None:
    begun(officer)
    assert does(officer, "done", f"guest-texts@{NLC}", evidence="by mail").status_code == 302
    assert "done 29 November 2026, Officer; by mail" in row(officer, "about 12 October 2027") or "by mail" in said(
        officer
    )
    # Ours is another step.
    assert "later" in row(officer, "18 October 2027 Send the texts")


ADDRESSES: Final = (SCHEDULE, "/desk/templates/", "/desk/templates/?form=visit")


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_only_the_head_and_officers_see_schedules(address: str, role: str) -> None:
    planned()
    client = person("other", (NDL, role))
    assert client.get(address).status_code == 404
    assert client.post(address, {"begin": "1"}).status_code == 404


def test_whoever_has_no_part_finds_no_schedule_and_changes_none(officer: Client) -> None:
    begun(officer)
    stranger, nobody, partner = person("stranger", (NLK, "head")), person("roleless"), person("partner", (NLC, "head"))
    acts = ("begin", "done", "not-done", "stays", "set-day", "aside", "up-again", "take", "take-over", "travel-aside")
    for client in (stranger, nobody):
        assert client.get(SCHEDULE).status_code == 404
        for act in (*acts, "anew", "say", "undo", "all-past", "note-dates", "renew", "end"):
            assert does(client, act, "host-hotel", day="2027-09-01", why="no").status_code == 404
    # The partner has one of its own, and touches none of ours.
    for act in ("done", "aside", "set-day", "take"):
        assert does(partner, act, "host-hotel", day="2027-09-01", why="no").status_code == 409
    does(partner, "end")
    assert not CountedStepRow.objects.exists()
    assert ScheduleRow.objects.get().institution == NDL


@pytest.mark.parametrize("address", ADDRESSES)
def test_whoever_has_not_signed_in_is_shown_the_door(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 302
    assert "/sign-in/" in answer.headers["Location"] or "login" in answer.headers["Location"]


# Late, taken


# 160 working days of the NDL lie between 1 June 2027 and this day: it is counted slowly below.
EARLIEST: Final = "21 January 2028"


def test_the_earliest_arrival_is_that_of_a_slow_count() -> None:
    calendar = OwnCalendar(institution=NDL, country="JP")
    days = days_of(calendar, first=date(2027, 6, 1), last=date(2028, 12, 31), today=date(2027, 6, 1))
    working = [day for n in range(500) if days.day(day := date(2027, 6, 1) + timedelta(days=n)).works]
    # On the first day after the 160th, the 160th working day before it is 1 June.
    assert f"{working[159] + timedelta(days=1):%-d %B %Y}" == EARLIEST


def test_what_was_late_from_the_start_is_said_with_the_earliest_arrival(officer: Client, today_is: Any) -> None:
    today_is(date(2027, 6, 1))
    begun(officer)
    page = said(officer)
    assert "“Confirm whose turn it is, and the year” would have been due on 23 March 2027." in page
    assert f"With this template the earliest arrival is {EARLIEST}." in page
    for step in ("host-turn", "host-candidates"):
        does(officer, "done", step)
    assert "Too late from the start" not in said(officer)


def test_the_finder_says_the_earliest_arrival_too(officer: Client, today_is: Any) -> None:
    today_is(date(2027, 6, 1))
    planned()
    page = said(officer, "/desk/exchange/e/dates/")
    assert "With your template the earliest arrival for which there is time is " in page
    assert EARLIEST in page


def test_dates_are_sought_from_the_earliest_arrival_unless_another_day_is_typed(officer: Client, today_is: Any) -> None:
    today_is(date(2027, 3, 1))
    planned()
    address = "/desk/exchange/e/dates/"
    first, told = _first_sought(officer, address), said(officer, address)
    assert f"there is time is {first:%-d %B %Y}." in told
    assert first > date(2027, 9, 1)
    typed = "?first=2027-04-01&last=2027-12-31"
    assert (_first_sought(officer, address + typed), told != said(officer, address + typed)) == (date(2027, 4, 1), True)


def _first_sought(client: Client, address: str) -> date:
    (typed,) = re.findall(r'id="first" name="first" value="([^"]+)"', client.get(address).content.decode())
    return date.fromisoformat(typed)


def test_a_step_is_taken_and_a_successor_takes_all_of_them_in_one_act(officer: Client) -> None:
    begun(officer)
    for step in ("host-hotel", "host-cards", "host-turn"):
        does(officer, "take", step)
    does(officer, "done", "host-turn")
    successor = person("successor", (NDL, "officer"))
    assert "Steps that Officer does: 2." in said(successor)
    does(successor, "take-over", "officer")
    taken = dict(CountedStepRow.objects.values_list("code", "taken_by"))
    assert taken == {"host-hotel": "successor", "host-cards": "successor", "host-turn": "officer"}
    assert "NDL Successor" in row(successor, "Book the hotel")


def test_once_the_exchange_is_over_what_was_not_noted_is_noted_in_one_act(officer: Client, today_is: Any) -> None:
    begun(officer)
    today_is(date(2027, 12, 1))
    assert "The exchange is over." in said(officer)
    does(officer, "all-past")
    assert "The exchange is over." not in said(officer)
    assert "done 1 December 2027" in row(officer, "Book the hotel")
    assert "late" in row(officer, "Send a letter of thanks")


def test_a_schedule_is_deleted_with_what_was_noted_and_steps_typed_by_hand_stay(officer: Client) -> None:
    begun(officer)
    does(officer, "done", "host-hotel")
    officer.post(f"{WORK}step/", {"what": "Ask the choir"})
    does(officer, "end")
    assert not CountedStepRow.objects.exists()
    assert "Ask the choir" in said(officer)
    assert "Begin the schedule" in said(officer)


# Other pages


def test_the_page_of_the_exchange_says_what_is_next_in_its_rail_and_sentence(officer: Client) -> None:
    begun(officer)
    page = officer.get(WORK).content.decode()
    rail = page.partition('class="beside-parts"')[2].partition("</nav>")[0]
    assert re.findall(r"<small>(.*?)</small>", rail.partition("Schedule")[2])[:3] == [
        "23 March 2027: Confirm whose turn it is, and the year",
        "6 April 2027: Choose candidate dates",
        "5 July 2027: Send the letter of invitation",
    ]
    assert "Next: Confirm whose turn it is, and the year, due 23 March 2027." in text_of(officer.get(WORK))
    contributor = person("contributor", (NDL, "contributor"))
    assert "schedule/" not in contributor.get(WORK).content.decode()


def listed(client: Client) -> str:
    return said(client, "/desk/exchanges/")


def test_the_list_of_exchanges_says_what_is_next_as_the_page_does(officer: Client, today_is: Any) -> None:
    begun(officer)
    today_is(date(2027, 9, 1))
    (said_there,) = re.findall(r"Next: .+?, due [^.]+\.", said(officer, WORK))
    assert said_there in listed(officer)
    does(officer, "done", "guest-plan")
    today_is(date(2027, 10, 20))
    (later,) = re.findall(r"Next: .+?, due [^.]+\.", said(officer, WORK))
    assert later in listed(officer)
    assert "Next:" not in listed(person("contributor", (NDL, "contributor")))
    assert "Next:" not in listed(person("partner", (NLC, "officer")))


def test_what_was_counted_before_is_counted_anew_once_anything_of_it_is_another(officer: Client) -> None:
    version = begun(officer)
    assert "due 23 March 2027." in listed(officer)
    does(officer, "set-day", "host-turn", day="2027-03-25")
    assert "due 25 March 2027." in listed(officer)
    does(officer, "set-day", "host-turn", day="")
    assert "due 23 March 2027." in listed(officer)
    moved_to("2027-11-23/2027-11-30", version)
    assert "due 23 March 2027." not in listed(officer)
    assert re.search(r"Next: .+?, due (30|31) March 2027\.", listed(officer))
    holiday = date(2027, 6, 15)
    actions.keep_override(of=NDL, institution=NDL, day=holiday, works=False, **HEAD)
    assert re.search(r"Next: .+?, due (29|30) March 2027\.", listed(officer))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_year_take_as_many_statements_however_many_schedules_there_are(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    begun(officer)
    for n in range(count):
        stands(under(NDL, NLC, dates=TRIP, hosts=[NDL], title=f"Other {n}"), NDL, NLC, record=uri(f"exchange/o{n}"))
        assert officer.post(f"/desk/exchange/o{n}/schedule/", {"begin": "1"}).status_code == 302
    for address in ("/desk/exchanges/", "/desk/year/2027/"):
        officer.get(address)
        with django_assert_max_num_queries(8):
            assert officer.get(address).status_code == 200


def test_steps_of_a_schedule_stand_under_their_months_in_the_year_plan(officer: Client) -> None:
    begun(officer)
    there = said(officer, "/desk/year/2027/").partition("Steps by month")[2]
    hotel = row(officer, "Book the hotel")
    day = re.search(r"\d+ \w+ 2027", hotel)
    assert day
    assert f"{day[0]} Book the hotel" in there
    assert there.index("September 2027") < there.index("Book the hotel")
    does(officer, "done", "host-hotel")
    assert "Book the hotel" not in said(officer, "/desk/year/2027/")
    assert "Steps by month No step is due in this year." in said(
        person("typist", (NDL, "contributor")), "/desk/year/2027/"
    )


def todo(client: Client) -> dict[str, list[str]]:
    """What is to be done, by section: the step alone."""
    page = client.get("/desk/").content.decode()
    sections: dict[str, list[str]] = {}
    for body in page.partition("<main")[2].partition("</main>")[0].split("<tbody>")[1:]:
        (head,) = re.findall(r'rowgroup"[^>]*>(.*?) <span', body)
        sections[head] = re.findall(r'class="act" href="[^"]*schedule/">(.*?)</a>', body)
    return sections


@pytest.mark.parametrize(
    ("day", "late", "soon", "coming"),
    [
        ("2026-12-01", [], [], []),
        ("2026-12-23", [], [], ["Confirm whose turn it is, and the year"]),
        ("2027-03-08", [], ["Confirm whose turn it is, and the year"], ["Choose candidate dates"]),
        ("2027-03-24", ["Confirm whose turn it is, and the year"], ["Choose candidate dates"], []),
    ],
)
def test_to_do_says_what_is_late_due_in_ten_working_days_and_coming(
    officer: Client, today_is: Any, day: str, late: list[str], soon: list[str], coming: list[str]
) -> None:
    begun(officer)
    today_is(date.fromisoformat(day))
    there = todo(officer)
    assert [there.get("Late", []), there.get("Due in 10 working days", []), there["Upcoming"]] == [late, soon, coming]


def test_whoever_sees_no_schedule_is_told_of_none_of_its_steps(officer: Client, today_is: Any) -> None:
    begun(officer)
    today_is(date(2027, 3, 24))
    for client in (person("reader", (NDL, "reader")), person("partner", (NLC, "head")), person("far", (NLK, "head"))):
        assert "Confirm whose turn" not in client.get("/desk/").content.decode()


def test_a_closed_exchange_has_nothing_to_do(officer: Client, today_is: Any) -> None:
    begun(officer)
    today_is(date(2027, 3, 24))
    officer.post(f"{WORK}close/")
    assert "Late" not in todo(officer)
    assert "The exchange is closed here; nothing is due." in said(officer)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_rendered_in_every_language(language: str) -> None:
    client = person(f"officer-{language}", (NDL, "officer"), language=language)
    begun(client)
    for address in (*ADDRESSES, f"{SCHEDULE}?step=host-hotel", WORK):
        answer = client.get(address)
        assert answer.status_code == 200
        assert f'<html lang="{ {"zh-hans": "zh-Hans"}.get(language, language) }"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3, 40])
def test_the_pages_take_as_many_statements_however_many_steps_there_are(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    begun(officer)
    for n in range(count):
        officer.post(f"{WORK}step/", {"what": f"Step {n}", "due": "2027-10-05"})
    for address in (SCHEDULE, f"{SCHEDULE}?step=host-hotel", WORK, "/desk/templates/?form=visit"):
        officer.get(address)
        with django_assert_max_num_queries(8):
            assert officer.get(address).status_code == 200
    # To do takes no more with schedules than without.
    officer.get("/desk/")
    with django_assert_max_num_queries(10):
        officer.get("/desk/")
