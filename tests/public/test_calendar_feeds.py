"""Calendars that everybody may read: of a programme, an exchange, an institution; only what stands and is public."""

import re
from typing import Any

import icalendar
import pytest
import vobject

from tests.site import LANGUAGES, Site


def events(site: Site, path: str) -> list[Any]:
    answer = site.get(path)
    assert answer.status == 200, path
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.body.encode()).walk("VEVENT"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_programme_has_a_calendar_of_its_exchanges_in_each_language(site: Site, language: str) -> None:
    path = f"/{language}/programme/ndl-nlc/calendar.ics"
    read = events(site, path)
    assert len(read) >= 5
    assert len({str(event["UID"]) for event in read}) == len(read)
    assert {str(event["STATUS"]) for event in read} <= {"CONFIRMED", "TENTATIVE", "CANCELLED"}
    assert all(event["DTSTART"].dt < event["DTEND"].dt for event in read)
    body = site.get(path).body
    assert max(len(line.encode()) for line in body.split("\r\n")) <= 75
    assert len(list(vobject.readOne(body).vevent_list)) == len(read)
    tag = {"zh-hans": "zh-Hans"}.get(language, language)
    assert set(re.findall(r"SUMMARY;LANGUAGE=([^:]+):", body)) == {tag}


def test_each_event_leads_to_its_record_and_is_named_for_it(site: Site) -> None:
    for event in events(site, "/ja/programme/ndl-nlk/calendar.ics"):
        address = str(event["URL"])
        slug = re.fullmatch(r"https?://[^/]+/exchange/([^/]+)", address)
        assert slug, address
        assert str(event["UID"]).partition("#")[0].endswith(f":exchange/{slug[1]}")


def test_an_institution_has_one_of_all_its_exchanges_and_an_exchange_one_of_itself(site: Site) -> None:
    of_programme = {str(event["UID"]) for event in events(site, "/en/programme/ndl-nlk/calendar.ics")}
    of_institution = {str(event["UID"]) for event in events(site, "/en/institution/ndl/calendar.ics")}
    assert of_programme < of_institution
    of_exchange = {str(event["UID"]) for event in events(site, "/en/exchange/ndl-nlk-20/calendar.ics")}
    assert any(uid.endswith("exchange/ndl-nlk-20") for uid in of_exchange)


def test_it_is_kept_as_pages_are(site: Site) -> None:
    path = "/en/programme/ndl-nlc/calendar.ics"
    etag = site.get(path).headers["etag"]
    again = site.get(path)
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == "no-cache"
    assert "set-cookie" not in again.headers


@pytest.mark.parametrize(
    "path",
    [
        "/en/programme/nobody/calendar.ics",
        "/en/work/ndl-exchange-activities/calendar.ics",
        "/en/person/nobody/calendar.ics",
        "/de/programme/ndl-nlc/calendar.ics",
    ],
)
def test_what_has_no_calendar_is_not_found(site: Site, path: str) -> None:
    assert site.get(path).status == 404


@pytest.mark.parametrize("kind", ["programme/ndl-nlc", "exchange/ndl-nlk-20", "institution/ndl"])
def test_the_page_leads_to_it(site: Site, kind: str) -> None:
    body = site.get(f"/en/{kind}/").body
    assert f'href="/en/{kind}/calendar.ics" type="text/calendar"' in body
    assert "Other programs read them up to a day later." in body


def test_robots_do_not_read_secret_addresses(site: Site) -> None:
    assert "Disallow: /calendar/" in site.get("/robots.txt").body
