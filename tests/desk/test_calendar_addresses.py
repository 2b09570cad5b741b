"""Secret addresses of calendars: made, shown once, read by other programs, revoked; and what opens nothing."""

import re
from datetime import date
from typing import Any, Final

import icalendar
import pytest
import vobject
from django.test import Client

from koryu.desk import clock
from koryu.desk.feeds import feed_reading
from koryu.desk.steps import note_events
from koryu.gateway.request_log import page_of
from koryu.institutions import actions as people
from koryu.institutions import models as institutions
from koryu.institutions.queries import token_digest
from koryu.journal.queries import lines as journal_lines
from koryu.planning import actions
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.world import (
    AT,
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    NLK,
    House,
    settle_in,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/calendar/addresses/"
TODAY: Final = date(2026, 11, 29)
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027-11-08/2027-11-15"}]
SCHEDULE: Final = "/desk/exchange/e/schedule/"
TIMETABLE: Final = uri("timetable/t")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: "2026-11-29T09:00:00Z")
    feed_reading._made.clear()


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def planned(**more: Any) -> str:
    return the_exchange(**{"dates": TRIP, "shown_to": "institutions", "hosts": [NLC], **more})


def timetable(start: str = "09:30", **more: Any) -> Any:
    session = {"id": "opening", "type": "opening session", "date": "2027-11-09", "start": start, "end": "12:00", **more}
    return document_of(
        {
            "kind": "timetable",
            "title": {"en": "Timetable"},
            "exchange": EXCHANGE,
            "arranged_by": NLC,
            "time_zone": "Asia/Shanghai",
            "sessions": [session, {"id": "second", "type": "deliberation", "date": "2027-11-10"}],
            "shown_to": "institutions",
        }
    )


def makes(client: Client, scope: str = "person", **typed: str) -> str:
    """The path of a new address."""
    answer = client.post(PAGE, {"act": "make", "scope": scope, "language": "en", "name": "telephone", **typed})
    assert answer.status_code == 200, answer.status_code
    (address,) = re.findall(r'value="https?://[^/"]+(/calendar/[A-Za-z0-9_-]{43}\.ics)"', answer.content.decode())
    return str(address)


def events(path: str) -> dict[str, Any]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}


def numbered(path: str) -> int:
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    return institutions.TokenRow.objects.get(digest=token_digest(secret)).pk


# The page


def test_an_address_is_shown_once_and_only_its_digest_is_kept(officer: Client) -> None:
    path = makes(officer)
    row = institutions.TokenRow.objects.get()
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert row.digest == token_digest(secret)
    assert secret not in str(vars(row))
    page = officer.get(PAGE).content.decode()
    assert secret not in page
    assert "telephone" in page
    (line,) = [line for line in journal_lines() if line.change == "address given"]
    assert secret not in str(line)


def test_the_page_with_the_secret_is_kept_nowhere_and_tells_it_to_no_other_page(officer: Client) -> None:
    answer = officer.post(PAGE, {"act": "make", "scope": "person"})
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"


def test_somebody_has_at_most_ten_and_may_have_another_once_one_is_revoked(officer: Client) -> None:
    paths = [makes(officer) for _ in range(10)]
    answer = officer.post(PAGE, {"act": "make", "scope": "person"})
    assert answer.status_code == 409
    assert "At most 10 addresses at a time." in answer.content.decode()
    officer.post(PAGE, {"act": "revoke", "address": numbered(paths[0])})
    makes(officer)


@pytest.mark.parametrize("scope", ["", "everything", "exchange"])
def test_what_is_not_offered_is_not_made(officer: Client, scope: str) -> None:
    answer = officer.post(PAGE, {"act": "make", "scope": scope, "exchange": uri("exchange/none")})
    assert answer.status_code == 409
    assert not institutions.TokenRow.objects.exists()


def test_no_address_of_an_exchange_in_which_one_takes_no_part(officer: Client) -> None:
    planned()
    stranger = person("of-nlk", (NLK, "officer"))
    assert stranger.post(PAGE, {"act": "make", "scope": "exchange", "exchange": EXCHANGE}).status_code == 409


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_the_calendar_of_the_institution_is_for_those_who_plan(role: str) -> None:
    client = person("other", (NDL, role))
    assert client.post(PAGE, {"act": "make", "scope": "institution"}).status_code == 409
    makes(client, "person")


def test_who_has_no_role_has_no_page() -> None:
    assert Client().get(PAGE).status_code == 302
    assert person("machines", operator=True).get(PAGE).status_code == 404


def test_only_the_owner_and_the_head_revoke(officer: Client) -> None:
    path = makes(officer)
    number = numbered(path)
    for stranger in (person("colleague", (NDL, "officer")), person("elsewhere", (NLC, "head"))):
        assert stranger.post(PAGE, {"act": "revoke", "address": number}).status_code == 409
    assert Client().get(path).status_code == 200
    head = person("chief", (NDL, "head"))
    assert "telephone" in head.get(PAGE).content.decode()
    assert head.post(PAGE, {"act": "revoke", "address": number}).status_code == 302
    assert Client().get(path).status_code == 404
    assert "<td" not in person("elsewhere", (NLC, "head")).get(PAGE).content.decode()


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_in_each_language(language: str) -> None:
    client = person("reader-of", (NDL, "head"), language=language)
    makes(client)
    assert client.get(PAGE).status_code == 200


# What it holds


def test_an_officer_reads_exchanges_sessions_and_steps(officer: Client) -> None:
    planned()
    stands(timetable(), NLC, record=TIMETABLE)
    for who, day in (("Officer", "2027-09-01"), ("", "2027-09-02"), ("Somebody else", "2027-09-03"), ("", "2027-09")):
        actions.add_step(institution=NDL, exchange=EXCHANGE, what=f"Write {day}", who=who, due=day, **HEAD)
    person_feed = events(makes(officer))
    steps = sorted(str(event["SUMMARY"]) for uid, event in person_feed.items() if "#step-" in uid)
    assert steps == ["Write 2027-09-01", "Write 2027-09-02"]
    assert {str(event["TRANSP"]) for uid, event in person_feed.items() if "#step-" in uid} == {"TRANSPARENT"}
    trip = person_feed[EXCHANGE]
    assert (trip["DTSTART"].dt, trip["DTEND"].dt) == (date(2027, 11, 8), date(2027, 11, 16))
    assert str(trip["STATUS"]) == "CONFIRMED"
    assert str(trip["URL"]).endswith("/desk/exchange/e/")
    opening = person_feed[f"{TIMETABLE}#opening"]
    assert str(opening["SUMMARY"]) == "opening session"
    assert opening["DTSTART"].dt.isoformat() == "2027-11-09T09:30:00+08:00"
    everything = events(makes(officer, "institution"))
    assert len([uid for uid in everything if "#step-" in uid]) == 3
    one = events(makes(officer, "exchange", exchange=EXCHANGE))
    assert sorted(one) == sorted([EXCHANGE, f"{TIMETABLE}#opening", f"{TIMETABLE}#second"])


def test_partners_read_no_step_of_ours_and_strangers_nothing(officer: Client) -> None:
    planned()
    actions.add_step(institution=NDL, exchange=EXCHANGE, what="Write", who="", due="2027-09-01", **HEAD)
    assert sorted(events(makes(person("partner", (NLC, "head")), "institution"))) == [EXCHANGE]
    assert events(makes(person("stranger", (NLK, "head")), "institution")) == {}


def test_what_is_proposed_is_tentative(officer: Client) -> None:
    House(NLC).propose(under(NDL, NLC, dates=TRIP, shown_to="institutions"))
    assert str(events(makes(officer))[EXCHANGE]["STATUS"]) == "TENTATIVE"


@pytest.mark.parametrize(
    ("event", "status", "first"),
    [
        ({"state": "cancelled"}, "CANCELLED", date(2027, 11, 8)),
        ({"state": "postponed"}, "CANCELLED", date(2027, 11, 8)),
        ({"state": "postponed", "postponed_to": "2028-05-10/2028-05-17"}, "TENTATIVE", date(2028, 5, 10)),
        ({"state": "held"}, "CONFIRMED", date(2027, 11, 8)),
    ],
)
def test_how_an_exchange_stands_is_how_its_event_does(
    officer: Client, event: dict[str, str], status: str, first: date
) -> None:
    planned(event=event)
    (read,) = events(makes(officer)).values()
    assert (str(read["STATUS"]), read["DTSTART"].dt) == (status, first)
    assert ("postponed" in str(read["SUMMARY"])) == (event["state"] == "postponed" and "postponed_to" not in event)


def test_what_was_cancelled_leaves_after_a_year(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    planned(event={"state": "cancelled"})
    path = makes(officer, "institution")
    assert list(events(path)) == [EXCHANGE]
    monkeypatch.setattr(clock, "today", lambda: date(2028, 11, 16))
    assert events(path) == {}


def test_a_moved_session_has_the_same_name_and_a_higher_number(officer: Client) -> None:
    planned()
    before = stands(timetable(), NLC, record=TIMETABLE)
    path = makes(officer, "exchange", exchange=EXCHANGE)
    note_events(at=AT, today=TODAY)
    first = events(path)
    assert {event["SEQUENCE"] for event in first.values()} == {0}
    stands(timetable("10:30"), NLC, record=TIMETABLE, replaces=before)
    not_noted = Client().get(path).content
    note_events(at=AT, today=TODAY)
    after = events(path)
    assert after.keys() == first.keys()
    assert {uid: event["SEQUENCE"] for uid, event in after.items()} == {
        EXCHANGE: 0,
        f"{TIMETABLE}#opening": 1,
        f"{TIMETABLE}#second": 0,
    }
    assert Client().get(path).content == not_noted
    assert note_events(at=AT, today=TODAY) == []


def test_two_libraries_read_it_in_each_language(officer: Client) -> None:
    called = {"en": "Exchange", "ja": "業務交流", "zh-Hans": "业务交流", "ko": "업무교류", "source": "en"}
    document = under(NDL, NLC, dates=TRIP, shown_to="institutions").content()
    stands(document_of({**document, "title": called}), NDL, NLC)
    stands(timetable(), NLC, record=TIMETABLE)
    for language, title in (("en", "Exchange"), ("ja", "業務交流"), ("zh-hans", "业务交流"), ("ko", "업무교류")):
        path = makes(officer, "exchange", exchange=EXCHANGE, language=language)
        body = Client().get(path).content
        assert max(map(len, body.split(b"\r\n"))) <= 75
        assert title in {str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(body).walk("VEVENT")}
        assert title in {each.summary.value for each in vobject.readOne(body.decode()).vevent_list}


# How it is read


def test_the_answer_says_that_it_is_private_and_not_to_be_found(officer: Client) -> None:
    answer = Client().get(makes(officer))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, max-age=900"
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
    assert answer["Content-Disposition"].startswith("inline")
    assert not answer.cookies
    assert "Vary" not in answer or "Cookie" not in answer["Vary"]


def counted(path: str) -> dict[str, date]:
    """The steps of a schedule in a calendar, each with its day."""
    there = events(path)
    return {
        uid.partition("#step-")[2].removesuffix("-ndl"): event["DTSTART"].dt
        for uid, event in there.items()
        if uid.endswith("-ndl") and "#step-" in uid
    }


def test_steps_of_a_schedule_come_on_their_days_and_go_once_they_are_done(officer: Client) -> None:
    version = planned(hosts=[NDL])
    assert officer.post(SCHEDULE, {"begin": "1"}).status_code == 302
    path = makes(officer)
    before = counted(path)
    assert {"host-hotel", "host-arrival"} & set(before)
    hotel = next(event for uid, event in events(path).items() if "#step-host-hotel-" in uid)
    assert str(hotel["SUMMARY"]) == "Book the hotel"
    assert str(hotel["TRANSP"]) == "TRANSPARENT"
    assert str(hotel["URL"]).endswith("/desk/exchange/e/")
    note_events(at="2026-11-29T09:00:00Z", today=TODAY)
    etag = Client().get(path)["ETag"]
    officer.post(SCHEDULE, {"done": "host-hotel"})
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200
    assert "host-hotel" not in counted(path)
    moved = [{"id": "d", "scope": "trip", "date": "2027-11-15/2027-11-22"}]
    stands(under(NDL, NLC, dates=moved, shown_to="institutions", hosts=[NDL]), NDL, NLC, replaces=version)
    after = counted(path)
    assert {(day - before[code]).days for code, day in after.items()} == {7}
    note_events(at="2026-11-29T10:00:00Z", today=TODAY)
    assert {int(event["SEQUENCE"]) for uid, event in events(path).items() if "#step-" in uid} == {1}


def test_steps_that_a_colleague_has_taken_are_in_the_calendar_of_the_institution_alone(officer: Client) -> None:
    planned(hosts=[NDL])
    officer.post(SCHEDULE, {"begin": "1"})
    colleague = person("colleague", (NDL, "officer"))
    colleague.post(SCHEDULE, {"take": "host-hotel"})
    assert "host-hotel" not in counted(makes(officer))
    assert "host-hotel" in counted(makes(colleague))
    assert "host-hotel" in counted(makes(person("chief", (NDL, "head")), "institution"))


def test_whoever_sees_no_schedule_has_none_of_its_steps(officer: Client) -> None:
    planned(hosts=[NDL])
    officer.post(SCHEDULE, {"begin": "1"})
    assert counted(makes(person("typist", (NDL, "contributor")))) == {}
    assert not [uid for uid in events(makes(person("partner", (NLC, "officer")))) if "#step-" in uid]


def test_head_and_unchanged(officer: Client) -> None:
    planned()
    path = makes(officer)
    answer = Client().get(path)
    head = Client().head(path)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(answer.content)))
    etag = answer["ETag"]
    assert head["ETag"] == etag
    unchanged = Client().get(path, headers={"If-None-Match": f'"x", W/{etag}'})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    actions.add_step(institution=NDL, exchange=EXCHANGE, what="Write", who="", due="2027-09-01", **HEAD)
    assert Client().get(path, headers={"If-None-Match": etag}).status_code == 200


def test_an_unchanged_calendar_asks_the_database_three_times(officer: Client, django_assert_num_queries: Any) -> None:
    planned()
    path = makes(officer)
    etag = Client().get(path)["ETag"]
    with django_assert_num_queries(3):
        assert Client().get(path, headers={"If-None-Match": etag}).status_code == 304


def test_only_the_day_of_the_last_reading_is_kept(officer: Client) -> None:
    path = makes(officer)
    Client().get(path)
    assert institutions.TokenRow.objects.get().last_read == TODAY
    assert "29 November 2026" in officer.get(PAGE).content.decode()


def test_more_than_sixty_readings_an_hour_are_too_many(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = makes(officer), makes(officer)
    assert {Client().get(path).status_code for _ in range(60)} == {200}
    answer = Client().get(path)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "3600"
    assert Client().get(other).status_code == 200
    monkeypatch.setattr(clock, "now", lambda: "2026-11-29T10:00:00Z")
    assert Client().get(path).status_code == 200


def test_whatever_opens_nothing_is_the_same_answer(officer: Client) -> None:
    planned()
    paths = {name: makes(officer) for name in ("revoked", "role lost", "closed")}
    of_exchange = makes(officer, "exchange", exchange=EXCHANGE)
    plan = makes(officer, "institution")
    officer.post(PAGE, {"act": "revoke", "address": numbered(paths["revoked"])})
    never_made = (f"/calendar/{'A' * 43}.ics", "/calendar/x.ics", "/calendar/%E9%A4%A8.ics")
    answers = [Client().get(path) for path in (*never_made, paths["revoked"])]
    answers.append(Client().post(paths["role lost"]))

    people.appoint(username="officer", name="", institution=NDL, role="reader")
    answers.append(Client().get(plan))
    assert Client().get(paths["role lost"]).status_code == 200
    people.dismiss(username="officer", institution=NDL)
    answers += [Client().get(path) for path in (paths["role lost"], of_exchange)]
    people.appoint(username="officer", name="", institution=NDL, role="officer")
    assert Client().get(of_exchange).status_code == 200
    institutions.Account.objects.filter(username="officer").update(is_active=False)
    answers.append(Client().get(paths["closed"]))
    assert {(answer.status_code, answer.content) for answer in answers} == {
        (404, b"There is no calendar at this address.\n")
    }
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_role_elsewhere_opens_nothing_of_what_it_was_made_for(officer: Client) -> None:
    path = makes(officer)
    people.appoint(username="officer", name="", institution=NLC, role="head")
    people.dismiss(username="officer", institution=NDL)
    assert Client().get(path).status_code == 404


def test_an_address_is_not_written_into_the_log(officer: Client) -> None:
    path = makes(officer)
    assert page_of({"PATH_INFO": path}, status=200) == "/calendar/…"
    assert page_of({"PATH_INFO": path}, status=404) == "?"


def test_an_account_that_is_deleted_takes_its_addresses_with_it(officer: Client) -> None:
    path = makes(officer)
    institutions.Account.objects.get(username="officer").delete()
    assert Client().get(path).status_code == 404
    assert not institutions.TokenRow.objects.exists()
