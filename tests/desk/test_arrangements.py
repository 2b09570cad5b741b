"""Arrangements: private rows typed by host and guests together or by one alone, and who may not; until when kept."""

import json
import re
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import queries
from koryu.desk import clock
from koryu.planning import models, steps
from koryu.planning.rules.arrangements import SHEETS
from koryu.sheets.rows.arrangement_rows import ARRANGED
from tests import visit
from tests.desk.people import person
from tests.visit import GUESTS, TODAY
from tests.world import EXCHANGE, NDL, NLC, NLK, stands

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/exchange/e/arrangements/"
TERMS: Final = "/desk/exchange/e/terms/"
ARRIVALS, ROOMS, DIET, CALLS, FREE = (f"{PAGE}{number}/" for number in range(1, 6))
LAST: Final = date(2027, 11, 15)


@pytest.fixture(scope="module", autouse=True)
def world(once: None) -> None:
    visit.houses()
    visit.visit()


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, TODAY)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)
    monkeypatch.setattr(clock, "now", lambda: f"{day}T03:00:00Z")


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def guest() -> Client:
    return person("guest", (NLC, "officer"))


def save(client: Client, sheet: str, *changes: dict[str, Any]) -> Any:
    return client.post(f"{sheet}save/", {"changes": json.dumps(changes)}, headers={"Accept": "application/json"}).json()


def row(name: str, **cells: str) -> list[dict[str, Any]]:
    return [{"row": name, "add": None}, *(cell(name, column, now) for column, now in cells.items())]


def cell(name: str, column: str, now: str, was: str = "") -> dict[str, str]:
    return {"row": name, "cell": column, "was": was, "now": now}


def page_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def tend(monkeypatch: pytest.MonkeyPatch, day: date) -> list[str]:
    on(monkeypatch, day)
    return steps.delete_rows(at=clock.now(), today=day)


# Typed together


def test_a_row_of_host_and_guests_is_typed_by_both_and_says_who_changed_it_last(officer: Client, guest: Client) -> None:
    save(officer, ARRIVALS, *row("r1", person="沈文远", way="arrives", day="8", time="午後2時5分", train="CA925"))
    (kept,) = models.PrivateRow.objects.all()
    assert kept.cells == {
        "person": "沈文远",
        "member": f"{GUESTS} shen",
        "way": "arrives",
        "day": "2027-11-08",
        "time": "14:05",
        "train": "CA925",
    }
    answer = save(guest, ARRIVALS, cell("r1", "train", "CA927", "CA925"), cell("r1", "met", "森"))
    assert answer["conflicts"] == []
    assert answer["rows"][0]["cells"]["changed"].startswith("Guest (NLC), ")
    assert "Guest (NLC), " in page_of(officer)
    kept.refresh_from_db()
    assert (kept.institution, kept.changed_for, kept.cells["train"], kept.cells["met"]) == (NDL, NLC, "CA927", "森")


def test_what_two_type_at_once_is_all_there_and_one_cell_comes_back_with_both(officer: Client, guest: Client) -> None:
    save(officer, ROOMS, *row("r1", person="何静", hotel="Hotel A"))
    assert save(guest, ROOMS, cell("r1", "room", "605"))["conflicts"] == []
    (conflict,) = save(guest, ROOMS, cell("r1", "hotel", "Hotel C", "Hotel B"))["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == ("Hotel C", "Hotel A")
    # Rows begun at once by both, and the same sent twice.
    for client, name in ((officer, "r2"), (guest, "r3"), (guest, "r3")):
        save(client, ROOMS, *row(name, person=name))
    assert [each.place for each in models.PrivateRow.objects.order_by("rank")] == ["r1", "r2", "r3"]
    save(guest, ROOMS, {"row": "r3", "move": ""})
    assert [each.place for each in models.PrivateRow.objects.order_by("rank")] == ["r3", "r1", "r2"]
    assert {each.edition for each in models.PrivateRow.objects.filter(place__in=["r2", "r3"])} == {1}


def test_a_row_that_was_deleted_while_somebody_had_it_open_is_said_and_not_made_anew(
    officer: Client, guest: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = save(officer, DIET, *row("r1", person="沈文远", diet="pork"))["undo"]
    changed = save(officer, DIET, cell("r1", "diet", "pork, nuts", "pork"))["undo"]
    assert undo
    drawn = re.search(r'name="rows" value="(r1:[^"]+)"', page_of(guest))
    assert drawn
    assert tend(monkeypatch, LAST + timedelta(days=31)) == ["1 private rows were deleted (diet)."]
    (conflict,) = save(officer, DIET, cell("r1", "care", "lift"))["conflicts"]
    assert "removed meanwhile" in conflict["words"]
    # Put back as it was, by whoever still had it open.
    assert save(officer, DIET, *changed)["conflicts"]
    # Without script.
    answer = guest.post(f"{DIET}save/", {"rows": [drawn[1]], "r1/diet": "pork, nuts, milk", "do": "save"})
    assert answer.status_code == 409
    assert "removed meanwhile" in answer.content.decode()
    assert not models.PrivateRow.objects.exists()


def test_without_script_a_sheet_is_saved_too(officer: Client) -> None:
    answer = officer.post(
        f"{CALLS}save/", {"rows": ["n1:"], "n1/who": "Ms Mori", "n1/phone": "+81 3 1234", "do": "save"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert models.PrivateRow.objects.get().cells == {"who": "Ms Mori", "phone": "+81 3 1234"}
    page = page_of(officer)
    assert 'value="+81 3 1234"' in page
    assert '<option value="沈文远"></option>' in page


def test_a_table_is_pasted_after_it_was_looked_at_and_passports_are_left_out(officer: Client) -> None:
    table = "姓名\t抵离\t日期\t航班\t护照号\n沈文远\t抵达\t11/8\tCA925\tPLANTED1\n何静\t抵达\t11/8\tCA925\tPLANTED2\n"
    shown = officer.post(f"{ARRIVALS}paste/", {"text": table}).content.decode()
    choices = re.findall(r'<select name="choice".*?</select>', shown, re.DOTALL)
    chosen = [re.search(r'<option value="([^"]*)" selected', each) for each in choices]
    put = {"text": table, "do": "put", "choice": [each[1] if each else "" for each in chosen]}
    assert officer.post(f"{ARRIVALS}paste/", put).status_code == 302
    assert [each.cells.get("train") for each in models.PrivateRow.objects.order_by("rank")] == ["CA925", "CA925"]
    assert "PLANTED" not in str(list(models.PrivateRow.objects.values()))
    loaded = SimpleUploadedFile("arrivals.csv", b"person,flight\nNobody,MU1\n", "text/csv")
    assert "MU1" in officer.post(f"{ARRIVALS}load/", {"file": loaded}).content.decode()


# Who may


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
@pytest.mark.parametrize("address", [PAGE, TERMS])
def test_only_heads_and_officers_are_shown_it(role: str, address: str) -> None:
    assert person("somebody", (NDL, role)).get(address).status_code == 404


@pytest.mark.parametrize("who", [[(NLK, "head")], [], [(NDL, "reader")]], ids=["stranger", "no role", "reader"])
def test_nobody_else_reads_types_pastes_names_or_puts_off_anything(officer: Client, who: list[tuple[str, str]]) -> None:
    save(officer, ARRIVALS, *row("r1", person="PLANTED"))
    client = person("outside", *who)
    for sheet in (ARRIVALS, f"{PAGE}9/", f"{TERMS}1/"):
        for act in ("save", "paste", "load", "name", "put-off", "nothing"):
            answer = client.post(f"{sheet}{act}/", {"changes": "[]", "text": "a\tb"})
            assert (answer.status_code, b"PLANTED" in answer.content) == (404, False)
    for address in (PAGE, TERMS, f"{PAGE}list/1.csv", f"{TERMS}list/1.xlsx", "/desk/exchange/none/arrangements/"):
        assert client.get(address).status_code == 404
    assert Client().get(PAGE).status_code == 302
    assert Client().post(f"{ARRIVALS}save/", {"changes": "[]"}).status_code == 401
    assert models.PrivateRow.objects.count() == 1


def test_rows_of_our_own_sheet_and_terms_are_seen_by_us_alone(officer: Client, guest: Client) -> None:
    save(officer, FREE, *row("r1", what="PLANTED gift"))
    save(officer, f"{TERMS}1/", *row("r2", **{"term:en": "PLANTED term"}))
    officer.post(f"{FREE}name/", {"called": "PLANTED gifts"})
    assert "PLANTED gifts" in page_of(officer)
    assert "PLANTED term" in page_of(officer, f"{TERMS}?lang=en")
    assert "PLANTED" not in page_of(guest) + page_of(guest, f"{TERMS}?lang=en") + page_of(
        person("k", (NLK, "head")), PAGE
    )


def test_whoever_is_no_longer_of_the_exchange_sees_their_own_rows_alone_and_nobody_sees_theirs(
    officer: Client, guest: Client
) -> None:
    save(officer, ARRIVALS, *row("r1", person="OURS"))
    save(guest, ARRIVALS, *row("r2", person="THEIRS"))
    stands(visit.plan(institutions=[NDL]), NDL, NLC, replaces=queries.history(EXCHANGE).in_force)
    assert guest.get(PAGE).status_code == 404
    page = page_of(officer)
    assert "OURS" in page
    assert "THEIRS" not in page


# Until when


def test_each_sheet_says_until_when_it_is_kept_and_it_is_put_off_only_with_a_reason(
    officer: Client, guest: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sheet, name in ((ARRIVALS, "r1"), (DIET, "r2")):
        save(officer, sheet, *row(name, person="沈文远"))
    kept = dict(models.PrivateRow.objects.values_list("sheet", "delete_on"))
    assert kept == {"arrivals": LAST + timedelta(days=90), "diet": LAST + timedelta(days=30)}
    page = page_of(officer)
    assert "Deleted after 15 December 2027." in page
    assert "Deleted after 13 February 2028." in page
    assert guest.post(f"{DIET}put-off/", {"until": "2028-03-31", "why": ""}).status_code == 409
    assert guest.post(f"{DIET}put-off/", {"until": "2099-03-31", "why": "a claim"}).status_code == 409
    assert guest.post(f"{DIET}put-off/", {"until": "2028-03-31", "why": "a claim is open"}).status_code == 302
    assert "a claim is open" in page_of(officer)
    assert tend(monkeypatch, date(2028, 1, 1)) == []
    assert tend(monkeypatch, date(2028, 2, 14)) == ["1 private rows were deleted (arrivals)."]
    assert tend(monkeypatch, date(2028, 4, 1)) == ["1 private rows were deleted (diet)."]
    assert not models.SheetRow.objects.exists()


def test_the_day_goes_with_the_dates_of_the_exchange(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    save(officer, ARRIVALS, *row("r1", person="沈文远"))
    later = [{"id": "d", "scope": "trip", "date": "2028-11-08/2028-11-15"}]
    stands(visit.plan(dates=later), NDL, NLC, replaces=queries.history(EXCHANGE).in_force)
    assert tend(monkeypatch, date(2028, 3, 1)) == []
    assert models.PrivateRow.objects.get().delete_on == date(2028, 11, 15) + timedelta(days=90)


def test_what_is_typed_after_its_day_goes_the_day_after(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    late = LAST + timedelta(days=200)
    on(monkeypatch, late)
    save(officer, ARRIVALS, *row("r1", person="沈文远"))
    assert "What is typed now is deleted the day after." in page_of(officer)
    assert tend(monkeypatch, late) == []
    assert tend(monkeypatch, late + timedelta(days=1)) == ["1 private rows were deleted (arrivals)."]


def test_to_do_says_two_weeks_before_what_is_deleted(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    save(officer, DIET, *row("r1", person="沈文远"))
    said = "Private rows are deleted"
    assert said not in page_of(officer, "/desk/")
    on(monkeypatch, LAST + timedelta(days=20))
    assert said in page_of(officer, "/desk/")
    assert said not in page_of(person("colleague", (NDL, "contributor")), "/desk/")


# How it is made


@pytest.mark.parametrize("count", [1, 6])
def test_the_pages_take_as_many_statements_however_much_there_is(
    officer: Client, guest: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        for sheet in (ARRIVALS, ROOMS, DIET, CALLS, FREE):
            client = officer if place % 2 or sheet == FREE else guest
            save(client, sheet, *row(f"r{place}", **{"who": "a"} if sheet in (CALLS, FREE) else {"person": "何静"}))
    for address in (PAGE, TERMS):
        officer.get(address)
        with django_assert_max_num_queries(8):
            officer.get(address)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_made_in_every_language(officer: Client, language: str) -> None:
    save(officer, ROOMS, *row("r1", person="沈文远", breakfast="yes", paid="host", until="7", **{"from": "8"}))
    client = person("second", (NDL, "officer"), language=language)
    for address in (PAGE, f"{PAGE}?for=print", TERMS, f"{TERMS}?for=print&lang=ko&lang=ja"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)


def test_a_sheet_goes_out_as_a_file_and_to_nobody_else(officer: Client) -> None:
    save(officer, ARRIVALS, *row("r1", person="沈文远", train="CA925"))
    answer = officer.get(f"{PAGE}list/1.csv")
    assert "CA925" in answer.content.decode("utf-8-sig")
    assert answer["Cache-Control"] == "no-store"


def test_every_sheet_that_is_kept_is_one_of_these() -> None:
    assert tuple(sheet.kind for sheet in ARRANGED) == SHEETS
