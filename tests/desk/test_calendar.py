"""The calendar through the door: typed, ticked, told of partners; and who may neither see nor change it."""

import re
from datetime import date
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.test import Client

from koryu.desk import clock
from koryu.planning import actions, models, queries
from koryu.planning.rules.holidays import edition
from koryu.planning.rules.periods import Effect, Period, ShownAs
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import AT, COMPILER, NAL, NDL, NLC, NLK, PROGRAMME, give_voice, programme, put_on_record, stands

pytestmark = pytest.mark.django_db
CALENDAR: Final = "/desk/calendar/"
OF_NLC: Final = f"{CALENDAR}?of={quote(NLC)}"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def said(client: Client, address: str = CALENDAR) -> str:
    page = client.get(address).content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


def does(client: Client, act: str, address: str = CALENDAR, **typed: Any) -> Any:
    return client.post(address, {"act": act, **typed})


PERIOD: Final = {"days": "8–12 November 2027", "label": "Diet sitting", "effect": "ruled out", "shown": "without words"}


def test_the_country_is_said_and_its_holidays_are_known_or_not_announced(officer: Client) -> None:
    assert "Until the country is said, no day counts as a working day." in said(officer)
    assert does(officer, "settings", country="CN", uses_holidays="1", year_month="1").status_code == 302
    in_two_years = clock.today().year + 2
    assert f"China: the holidays of {in_two_years} are not announced yet; days may change." in said(officer)
    settings = queries.calendars([NDL], asking=NDL)[NDL].settings_of(NDL)
    assert settings
    assert (settings.country, settings.year_month, settings.uses_holidays) == ("CN", 1, True)
    assert does(officer, "settings", country="", uses_holidays="").status_code == 302
    assert queries.calendars([NDL], asking=NDL)[NDL].days.country == ""


def test_from_december_the_page_says_that_the_table_lacks_the_decree_of_china(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    does(officer, "settings", country="CN", uses_holidays="1")
    lacks = (
        f"China: the holidays of 2099 are not in the table of this server (edition {edition()}). "
        "Update it, or load them as a file."
    )
    for day, is_said in ((date(2098, 11, 30), False), (date(2098, 12, 1), True)):
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        assert (lacks in said(officer)) == is_said


def test_from_december_the_server_status_says_it_too(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    machines = person("machines", operator=True)
    for country, day, is_said in (
        ("CN", date(2098, 11, 30), False),
        ("CN", date(2098, 12, 1), True),
        ("JP", date(2098, 12, 1), False),
    ):
        does(officer, "settings", country=country, uses_holidays="1")
        monkeypatch.setattr(clock, "today", lambda day=day: day)
        lacks = "China: the holidays of 2099 are not in the table of this server"
        assert (lacks in said(machines, "/desk/machinery/")) == is_said


def test_a_period_is_typed_changed_and_deleted(officer: Client) -> None:
    assert does(officer, "period", **PERIOD).status_code == 302
    page = said(officer)
    assert "8–12 November 2027" in page
    assert "Diet sitting" in page
    (row,) = models.PeriodRow.objects.all()
    assert (row.first, row.last, row.label) == (
        date(2027, 11, 8),
        date(2027, 11, 12),
        {"en": "Diet sitting", "source": "en"},
    )
    in_japanese = person("other", (NDL, "head"), language="ja")
    does(in_japanese, "period", period=row.pk, **PERIOD | {"label": "臨時会", "effect": "to be avoided"})
    row.refresh_from_db()
    assert (row.label, row.effect) == ({"en": "Diet sitting", "ja": "臨時会", "source": "en"}, "to be avoided")
    assert does(officer, "remove-period", period=row.pk).status_code == 302
    assert not models.PeriodRow.objects.exists()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"days": ""}, "Enter the first and the last day."),
        ({"days": "2027"}, "Enter the first and the last day."),
        ({"days": "2027-11-08/.."}, "Enter the first and the last day."),
        ({"days": "2027-11-08?"}, "Enter the first and the last day."),
        ({"days": "2027-11-12/2027-11-08"}, "The last day comes before the first."),
        ({"days": "2027-02-30"}, "not a valid calendar date"),
        ({"days": "2027-01-01/2028-06-30"}, "A period has at most 400 days."),
        ({"effect": "holiday"}, "Choose one of the values offered."),
        ({"repeat": "hourly"}, "Choose one of the values offered."),
        ({"label": "x" * 301}, "At most 300 characters."),
        ({"period": "999"}, "This period is no longer there."),
        ({"period": "9" * 30, "days": ""}, "Enter the first and the last day."),
    ],
)
def test_what_cannot_be_kept_is_said_with_what_was_typed(officer: Client, typed: dict[str, str], reason: str) -> None:
    answer = does(officer, "period", **PERIOD | typed)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert reason in page
    assert typed.get("label", "Diet sitting") in page or "period" in typed
    assert not models.PeriodRow.objects.exists()


def test_one_day_is_entered_and_deleted(officer: Client) -> None:
    assert does(officer, "day", day="2027-11-20", works="1", why="shift").status_code == 302
    assert "20 November 2027 : working day – shift (" in said(officer)
    assert does(officer, "day", day="8–9 November 2027").status_code == 409
    (row,) = models.OverrideRow.objects.all()
    does(officer, "remove-day", override=row.pk)
    assert not models.OverrideRow.objects.exists()


def test_what_is_suggested_for_the_country_is_off_until_it_is_ticked(officer: Client) -> None:
    assert "Suggested for your country" not in said(officer)
    does(officer, "settings", country="JP", uses_holidays="1")
    page = officer.get(CALENDAR).content.decode()
    assert page.count('name="code"') == 5
    assert "checked> <span" not in page
    does(officer, "suggested", code=["jp-year-end", "jp-obon"])
    assert set(models.PeriodRow.objects.values_list("uid", flat=True)) == {"jp-year-end", "jp-obon"}
    page = officer.get(CALENDAR).content.decode()
    assert re.findall(r'value="([a-z-]+)" checked', page) == ["jp-obon", "jp-year-end"]
    does(officer, "suggested")
    assert not models.PeriodRow.objects.exists()


def test_what_we_were_told_of_a_partner_stands_beside_what_it_shows(officer: Client) -> None:
    does(officer, "settings", OF_NLC, country="CN", uses_holidays="1")
    does(officer, "period", OF_NLC, **PERIOD | {"label": "年终决算", "told_by": "letter of 3 June"})
    theirs = Period(
        of=NLC,
        kept_by=NLC,
        first=date(2027, 12, 1),
        last=date(2027, 12, 2),
        effect=Effect.RULED_OUT,
        label=Text.of(en="SECRET"),
        shown=ShownAs.NOT_POSSIBLE,
    )
    actions.keep_period(institution=NLC, period=theirs, by="head", at=AT)
    page = said(officer, OF_NLC)
    assert "letter of 3 June" in page
    assert "1–2 December 2027 without words" in page
    assert "by its own calendar" in page
    assert "SECRET" not in page
    assert "Suggested" not in page
    # And there: nothing of what we were told of it.
    there = said(person("theirs", (NLC, "head")))
    assert "SECRET" in there
    assert "letter of 3 June" not in there


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_for_other_roles_there_is_no_calendar(role: str) -> None:
    client = person(role, (NDL, role))
    assert client.get(CALENDAR).status_code == 404
    assert does(client, "period", **PERIOD).status_code == 404
    assert not models.PeriodRow.objects.exists()


def test_who_is_signed_out_is_shown_the_door_and_who_has_no_role_nothing() -> None:
    assert Client().get(CALENDAR).headers["Location"].startswith("/desk/account/login/")
    does(Client(), "period", **PERIOD)
    assert person("somebody").get(CALENDAR).status_code == 404
    assert not models.PeriodRow.objects.exists()


def test_a_stranger_changes_nothing_of_ours_by_its_number(officer: Client) -> None:
    does(officer, "period", **PERIOD)
    does(officer, "day", day="2027-11-20", works="0")
    (row,), (day,) = models.PeriodRow.objects.all(), models.OverrideRow.objects.all()
    stranger = person("stranger", (NLK, "head"))
    of_ndl = f"{CALENDAR}?of={quote(NDL)}"
    assert does(stranger, "period", of_ndl, period=row.pk, **PERIOD | {"label": "mine"}).status_code == 409
    does(stranger, "remove-period", of_ndl, period=row.pk)
    does(stranger, "remove-day", of_ndl, override=day.pk)
    assert does(stranger, "suggested", of_ndl, code="jp-obon").status_code == 404
    row.refresh_from_db()
    assert (row.label, models.OverrideRow.objects.count()) == ({"en": "Diet sitting", "source": "en"}, 1)


@pytest.mark.parametrize("of", [PROGRAMME, "tag:example.org,2026:institution/none", "x" * 3000, "\x00"])
def test_there_is_no_calendar_of_what_is_no_institution(officer: Client, of: str) -> None:
    assert officer.get(f"{CALENDAR}?of={quote(of)}").status_code == 404
    assert does(officer, "settings", f"{CALENDAR}?of={quote(of)}", country="JP").status_code in (404, 409)
    assert not models.CalendarRow.objects.exists()


def test_an_act_there_is_not_is_not_found(officer: Client) -> None:
    assert does(officer, "burn").status_code == 404


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_there_in_each_language(language: str) -> None:
    client = person("officer", (NDL, "officer"), language=language)
    does(client, "settings", country="CN", uses_holidays="1")
    does(client, "suggested", code=["cn-congress"])
    does(client, "day", day="2027-11-20", works="0")
    assert client.get(CALENDAR).status_code == 200
    assert client.get(OF_NLC).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_however_much_is_kept(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        does(officer, "period", **PERIOD | {"label": f"Sitting {place}"})
        does(officer, "day", day=f"2027-11-2{place}", works="0")
    officer.get(CALENDAR)
    with django_assert_max_num_queries(8):
        officer.get(CALENDAR)
