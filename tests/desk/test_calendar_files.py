"""A calendar file through the door: shown first, kept when confirmed; holidays announced by it; and who may not."""

import re
from datetime import date
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.desk import clock
from koryu.desk.steps import remind_of_steps
from koryu.institutions.actions import set_password
from koryu.notices.models import NoticeRow
from koryu.planning import actions, models, queries
from koryu.planning.rules.institution_days import days_of
from tests.desk.people import brought, person
from tests.world import (
    AT,
    NDL,
    NLC,
    NLK,
    in_countries,
    settle_in,
    the_exchange,
)

pytestmark = pytest.mark.django_db
SCHEDULE: Final = "/desk/exchange/e/schedule/"
LOAD: Final = "/desk/calendar/load/"
OF_NLC: Final = f"{LOAD}?of={quote(NLC)}"
TODAY: Final = date(2026, 12, 20)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    in_countries({NDL: "JP", NLC: "CN"})


@pytest.fixture(autouse=True)
def before_the_new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def ics(*entries: tuple[str, str, str, str]) -> bytes:
    """A calendar of these: uid, first day, the day after the last, words."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-CALNAME:Diet"]
    for uid, first, end, words in entries:
        lines += ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{words}", f"DTSTART;VALUE=DATE:{first}"]
        lines += [f"DTEND;VALUE=DATE:{end}", "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


SITTING: Final = ("a", "20270118", "20270617", "常会")
SPECIAL: Final = ("b", "20271001", "20271203", "Special sitting")
BACKWARDS: Final = ("c", "20270508", "20270501", "Holidays")


def sends(client: Client, data: bytes, address: str = LOAD, holds: str = "periods") -> Any:
    return client.post(address, {"act": "read", "holds": holds, "file": SimpleUploadedFile("diet.ics", data)})


def confirms(client: Client, preview: Any, address: str = LOAD, holds: str = "periods", **typed: Any) -> Any:
    carried = re.findall(r'name="carried" value="([^"]+)"', preview.content.decode())[0]
    return client.post(address, {"act": "load", "holds": holds, "carried": carried, "effect": "ruled out", **typed})


def text_of(answer: Any) -> str:
    page = answer.content.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).strip()


def kept() -> list[tuple[str, str, str, str]]:
    rows = models.PeriodRow.objects.order_by("first")
    return [(row.uid, row.first.isoformat(), row.last.isoformat(), next(iter(row.label.values()), "")) for row in rows]


def test_a_file_is_shown_first_and_nothing_of_it_is_kept(officer: Client) -> None:
    shown = sends(officer, ics(SITTING, SPECIAL, BACKWARDS))
    page = text_of(shown)
    assert "Diet : Nothing is kept yet." in page.replace("Diet:", "Diet :")
    assert "New 2" in page
    assert "18 January – 16 June 2027 常会" in page
    assert "Not understood 1 Line 20: “Holidays” ends before it begins; skipped." in page
    assert kept() == []


def test_what_was_shown_is_kept_once_it_is_confirmed(officer: Client) -> None:
    answer = confirms(officer, sends(officer, ics(SITTING, SPECIAL)), shown="with its words")
    assert answer.status_code == 302
    assert answer["Location"] == "/desk/calendar/"
    assert kept() == [
        ("a", "2027-01-18", "2027-06-16", "常会"),
        ("b", "2027-10-01", "2027-12-02", "Special sitting"),
    ]
    first, second = models.PeriodRow.objects.order_by("first")
    assert (first.label, second.label) == ({"ja": "常会"}, {"en": "Special sitting"})
    assert (first.effect, first.shown, first.source) == ("ruled out", "with its words", "Diet")
    assert first.file.startswith("sha256:")


def test_a_file_that_comes_again_shows_what_changed_and_what_is_gone(officer: Client) -> None:
    actions.keep_period(period=_typed_by_hand(), institution=NDL, by="head", at=AT)
    confirms(officer, sends(officer, ics(SITTING, SPECIAL)))
    longer = ("a", "20270118", "20270701", "常会")
    shown = sends(officer, ics(longer, ("d", "20280118", "20280601", "常会")))
    page = text_of(shown)
    assert "New 1" in page
    assert "Changed entries 1" in page
    assert "No longer in the file 1" in page
    confirms(officer, shown, gone="1")
    assert [each[:3] for each in kept()] == [
        ("a", "2027-01-18", "2027-06-30"),
        ("", "2027-03-15", "2027-04-10"),
        ("d", "2028-01-18", "2028-05-31"),
    ]
    another = ics(("x", "20270901", "20270902", "Closed"))
    assert "No longer in the file" not in text_of(sends(officer, another))
    confirms(officer, sends(officer, another), gone="1")
    assert len(kept()) == 4


def _typed_by_hand() -> Any:
    from koryu.planning.rules.periods import Effect, Period

    return Period(of=NDL, kept_by=NDL, first=date(2027, 3, 15), last=date(2027, 4, 10), effect=Effect.AVOIDED)


def test_the_same_file_twice_changes_nothing(officer: Client) -> None:
    confirms(officer, sends(officer, ics(SITTING)), shown="nothing")
    before = models.PeriodRow.objects.values("uid", "first", "effect", "shown").get()
    shown = sends(officer, ics(SITTING))
    assert "1 entry is as before." in text_of(shown)
    confirms(officer, shown, effect="to be known", shown="with its words")
    assert models.PeriodRow.objects.values("uid", "first", "effect", "shown").get() == before


def test_words_that_were_added_in_another_language_are_no_change_and_stay(officer: Client) -> None:
    confirms(officer, sends(officer, ics(SITTING)))
    row = models.PeriodRow.objects.get()
    row.label = {"ja": "常会", "en": "Ordinary session", "source": "ja"}
    row.save()
    shown = sends(officer, ics(SITTING))
    assert "1 entry is as before." in text_of(shown)
    confirms(officer, shown)
    assert models.PeriodRow.objects.get().label["en"] == "Ordinary session"


def test_a_file_about_a_partner_is_kept_as_we_were_told(officer: Client) -> None:
    answer = confirms(officer, sends(officer, ics(SPECIAL), OF_NLC), OF_NLC, told_by="letter of 3 June")
    assert answer["Location"] == f"/desk/calendar/?of={quote(NLC, safe='')}"
    row = models.PeriodRow.objects.get()
    assert (row.of, row.kept_by, row.told_by, row.source) == (NLC, NDL, "letter of 3 June", "")
    assert queries.calendars([NLC], asking=NLK)[NLC].days.periods == ()


def test_entries_by_the_hour_count_on_days_on_which_the_institution_works(officer: Client) -> None:
    def timed(uid: str, day: str) -> str:
        lines = [f"UID:{uid}", "SUMMARY:Audit", f"DTSTART:{day}T090000", f"DTEND:{day}T180000"]
        return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])

    # A Monday that is a public holiday in Japan, and the day after it.
    data = f"BEGIN:VCALENDAR\r\n{timed('a', '20270111')}{timed('b', '20270112')}END:VCALENDAR\r\n".encode()
    page = text_of(sends(officer, data))
    assert "New 1 " in page
    assert "Line 2: “Audit” has hours on a day off; skipped." in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is not a calendar file."),
        (b"<html>", "This is not a calendar file."),
        (ics(SITTING)[:-30], "The file ends in the middle of an entry; nothing was taken."),
        (ics(SITTING).decode().encode("euc-jp"), "The file is not in UTF-8."),
        (ics(SITTING) + b" " * 2_100_000, "At most 2 MB and 5,000 entries."),
        (ics(), "There is no entry in this calendar."),
    ],
)
def test_what_is_no_calendar_is_one_sentence(officer: Client, data: bytes, said: str) -> None:
    answer = sends(officer, data)
    assert answer.status_code == 409
    assert said in text_of(answer)
    assert kept() == []


def test_a_preview_that_was_changed_or_is_of_another_calendar_is_refused(officer: Client) -> None:
    shown = sends(officer, ics(SITTING))
    stale = "This preview is too old, or of another calendar. Choose the file again."
    assert stale in text_of(confirms(officer, shown, OF_NLC))
    answer = officer.post(LOAD, {"act": "load", "holds": "periods", "carried": "x:y", "effect": "ruled out"})
    assert answer.status_code == 409
    assert stale in text_of(answer)
    assert confirms(officer, shown, effect="holiday").status_code == 409
    assert kept() == []


def test_more_than_can_be_kept_is_refused_whole(officer: Client) -> None:
    many = ics(*[(str(n), f"2027{n % 12 + 1:02}{n % 27 + 1:02}", f"2028{n % 12 + 1:02}01", "x") for n in range(301)])
    answer = confirms(officer, sends(officer, many))
    assert answer.status_code == 409
    assert "At most 300 periods of one institution can be kept." in text_of(answer)
    assert kept() == []


def test_a_preview_that_is_confirmed_after_the_session_has_ended_is_there_again(officer: Client) -> None:
    preview = sends(officer, ics(SITTING))
    officer.logout()
    answer = confirms(officer, preview)
    assert answer.status_code == 401
    assert kept() == []
    session = {"login": "officer", "password": "a long enough password", "koryu_brought": brought(answer)}
    set_password(username="officer", password=session["password"])
    officer.post("/desk/account/login/", session)
    again = officer.get(LOAD)
    assert "You were signed out meanwhile" in text_of(again)
    assert confirms(officer, again).status_code == 302
    assert [each[0] for each in kept()] == ["a"]


# What China announces.

NATIONAL_DAY: Final = ("n", "20271001", "20271009", "国庆节、中秋节（休）")
NEW_YEAR: Final = ("y", "20270101", "20270104", "元旦（休）")
WORKED: Final = ("w", "20270926", "20270927", "国庆节（班）")
DECREE: Final = ics(NEW_YEAR, NATIONAL_DAY, WORKED)


def autumn(asking: str = NDL) -> Any:
    calendar = queries.calendars([NLC], asking=asking)[NLC].days
    return days_of(calendar, first=date(2027, 9, 1), last=date(2027, 12, 31), today=TODAY)


def test_a_decree_that_is_loaded_makes_the_year_announced(officer: Client) -> None:
    before = autumn()
    assert before.may_change
    assert not before.day(date(2027, 9, 26)).works
    assert "Update it, or load them as a file." in text_of(officer.get(f"/desk/calendar/?of={quote(NLC)}"))

    shown = sends(officer, DECREE, OF_NLC, holds="announced")
    assert "2027 (11 days off)" in text_of(shown).replace("( ", "(").replace(" )", ")")
    assert autumn() == before
    assert confirms(officer, shown, OF_NLC, holds="announced", year="2027").status_code == 302

    after = autumn()
    assert not after.may_change
    assert after.day(date(2027, 9, 26)).works
    assert not after.day(date(2027, 10, 8)).works
    assert after.day(date(2027, 10, 9)).works is False  # a Saturday
    assert after.day(date(2027, 10, 11)).works
    (cause,) = after.causes_between(date(2027, 10, 4), date(2027, 10, 4))
    assert str(cause.called and cause.called.shown("en").text) == "国庆节、中秋节（休）"
    page = text_of(officer.get(f"/desk/calendar/?of={quote(NLC)}"))
    assert "China: the holidays of 2027 are taken from a file, loaded" in page
    assert "Update it" not in page


def test_the_dates_that_are_found_are_sure_once_the_decree_is_loaded(officer: Client) -> None:
    the_exchange(hosts=[NDL], shown_to="institutions")
    asked = f"first=2027-09-01&last=2027-11-30&length=8&meeting_days=3&host={quote(NDL)}"
    address = f"/desk/exchange/e/dates/?{asked}"
    before = officer.get(address).content.decode()
    assert "may change; the holidays of China are not announced yet" in text_of(officer.get(address))
    assert '<rect class="may-change"' in before
    confirms(officer, sends(officer, DECREE, OF_NLC, holds="announced"), OF_NLC, holds="announced", year="2027")
    after = officer.get(address).content.decode()
    assert "are not announced yet" not in after
    assert '<rect class="may-change"' not in after
    assert "国庆节、中秋节（休）" in after


def test_steps_are_counted_anew_once_the_decree_is_loaded_and_a_notice_names_what_moved(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: "2026-12-20T09:00:00Z")
    the_exchange(
        hosts=[NDL], shown_to="institutions", dates=[{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]
    )
    officer.post(SCHEDULE, {"begin": "1"})
    before = expected(officer)
    assert remind_of_steps(at="2026-12-20T10:00:00Z", today=TODAY) == []
    monkeypatch.setattr(clock, "now", lambda: "2026-12-20T11:00:00Z")
    confirms(officer, sends(officer, DECREE, OF_NLC, holds="announced"), OF_NLC, holds="announced", year="2027")
    after = expected(officer)
    moved = {step for step, day in before.items() if after[step] != day}
    assert moved
    assert moved < before.keys()
    assert "are not announced yet" not in text_of(officer.get(SCHEDULE))
    # The officer, and nobody else, is told.
    assert remind_of_steps(at="2026-12-21T06:00:00Z", today=date(2026, 12, 21)) == ["1 reminders of steps written."]
    row = NoticeRow.objects.get()
    assert (row.person.username, row.subject) == ("officer", f"Steps whose days have moved: {len(moved)}")
    told = set(re.findall(r"- (.*?) \(.*?NLC.*?\): moved from", re.sub("[\u2068\u2069]", "", row.text)))
    assert told == moved
    assert remind_of_steps(at="2026-12-22T06:00:00Z", today=date(2026, 12, 22)) == []


def expected(client: Client) -> dict[str, str]:
    """What is expected of the NLC, each step with its day."""
    page = client.get(SCHEDULE).content.decode().partition('class="list schedule-steps"')[2].partition("</table>")[0]
    page = re.sub(r'<span class="under soft">.*?</span>', "", page)
    rows = re.findall(r'<tr[^>]*><td class="num">(.*?)</td><th scope="row">(.*?)</th><td[^>]*>(.*?)</td>', page)
    plain = [[" ".join(re.sub(r"<[^>]+>", " ", part).split()) for part in row] for row in rows]
    return {step: day.removeprefix("about ") for day, step, who in plain if who == "NLC"}


def test_a_decree_holds_for_those_who_loaded_it_and_until_it_is_deleted(officer: Client) -> None:
    confirms(officer, sends(officer, DECREE, OF_NLC, holds="announced"), OF_NLC, holds="announced", year="2027")
    assert autumn(NLK).may_change or not autumn(NLK).works
    officer.post(f"/desk/calendar/?of={quote(NLC)}", {"act": "remove-year", "year": "2027"})
    assert autumn().may_change
    assert not models.AnnouncedRow.objects.exists()


def test_a_year_has_to_be_chosen_and_the_country_to_be_known(officer: Client) -> None:
    shown = sends(officer, DECREE, OF_NLC, holds="announced")
    answer = confirms(officer, shown, OF_NLC, holds="announced")
    assert answer.status_code == 409
    assert "Choose at least one year." in text_of(answer)
    models.CalendarRow.objects.all().delete()
    unknown = sends(officer, DECREE, OF_NLC, holds="announced")
    assert "Say first in which country the institution works." in text_of(unknown)


# Who may not.


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_nobody_else_sees_the_page_or_loads_a_file(role: str) -> None:
    client = person("other", (NDL, role))
    assert client.get(LOAD).status_code == 404
    assert sends(client, ics(SITTING)).status_code == 404
    assert Client().get(LOAD).status_code == 302
    assert person("machines", operator=True).get(LOAD).status_code == 404
    assert kept() == []


def test_what_was_shown_to_one_institution_is_not_kept_by_another(officer: Client) -> None:
    shown = sends(officer, ics(SITTING))
    other = person("of-nlk", (NLK, "officer"))
    assert confirms(other, shown).status_code == 409
    assert other.get(f"{LOAD}?of={quote('tag:nobody.example,2026:institution/x')}").status_code == 404
    assert kept() == []


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_both_pages_are_in_each_language(language: str) -> None:
    client = person("reader-of", (NDL, "head"), language=language)
    assert client.get(LOAD).status_code == 200
    for holds in ("periods", "announced"):
        assert sends(client, ics(SITTING, BACKWARDS), holds=holds).status_code == 200
