"""The timetable of an exchange through the door: typed cell by cell, with private rows, by its host alone."""

import json
import re
import time
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.test import Client

from koryu.consent import actions, queries
from koryu.planning import models as planning
from koryu.planning import queries as rows
from koryu.planning.steps import delete_rows
from koryu.records.kinds import document_of
from koryu.values.reason import Refused
from tests.desk.people import person
from tests.world import (
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    WORK,
    give_voice,
    paper,
    participation,
    programme,
    put_on_record,
    stands,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/exchange/e/timetable/"
DATES: Final = [{"id": "d", "scope": "trip", "date": "2090-11-09/2090-11-17"}]
TABLE: Final = uri("timetable/e-ndl")
ZONES: Final = {NDL: "Asia/Tokyo", NLC: "Asia/Shanghai"}
PEOPLE: Final = [
    {
        "id": "shen",
        "printed": {"zh-Hans": "沈文远", "zh-Latn-pinyin": "Shen Wenyuan", "source": "zh-Hans"},
        "roles": ["head of delegation"],
    },
    {
        "id": "he",
        "printed": {"zh-Hans": "何静", "zh-Latn-pinyin": "He Jing", "source": "zh-Hans"},
        "roles": ["interpreter"],
    },
]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NLK, NAL, COMPILER)
    for institution, zone in ZONES.items():
        seat = [{"id": "seat", "role": "seat", "name": {"en": "Seat"}, "time_zone": zone}]
        library = {"kind": "institution", "type": "national library", "kept_by": institution, "places": seat}
        titled = {**library, "title": {"en": institution.rpartition("/")[2].upper()}}
        sourced = {**titled, "sources": [{"id": "page", "work": WORK}]}
        actions.record(record=institution, document=document_of(sourced), institution=COMPILER, **HEAD)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def plan() -> None:
    stands(under(NDL, NLC, dates=DATES, shown_to="institutions", hosts=[NDL]), NDL, NLC)
    theirs = participation(NLC, members=PEOPLE, shown_to="institutions")
    actions.propose(institution=NLC, record=uri("participation/c"), document=theirs, replaces=None, **HEAD)
    for label in ("L1", "L2"):
        given = paper(NLC, label=label, title={"en": f"Paper {label}"}, shown_to="institutions")
        actions.propose(institution=NLC, record=uri(f"paper/{label.lower()}"), document=given, replaces=None, **HEAD)


@pytest.fixture
def draft(officer: Client, plan: None) -> int:
    """Our timetable, begun by its button."""
    assert officer.post(f"{PAGE}begin/").status_code == 302
    return next(draft.id for draft in queries.drafts_of(NDL) if draft.kind == "timetable")


def page_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def content(draft: int) -> dict[str, Any]:
    kept = queries.draft(draft)
    assert kept
    return kept.content


def save(client: Client, draft: int, *changes: dict[str, Any]) -> Any:
    return client.post(
        f"{PAGE}{draft}/save/?lang=en", {"changes": json.dumps(changes)}, headers={"Accept": "application/json"}
    )


def cell(row: str, column: str, now: str, was: str = "") -> dict[str, str]:
    return {"row": row, "cell": column, "was": was, "now": now}


def added(row: str, **cells: str) -> list[dict[str, Any]]:
    """A new row at the end with these cells; `title` is the English one."""
    named = {"title": "title:en", "venue": "venue:en", "remark": "remark:en"}
    return [{"row": row, "add": None}, *(cell(row, named.get(key, key), text) for key, text in cells.items())]


def marks(answer: Any) -> list[tuple[str, str, str, bool]]:
    return [(mark["row"], mark["column"], mark["words"], mark["stops"]) for mark in answer.json()["marks"]]


def test_a_timetable_is_begun_with_one_button_provisional_and_in_the_zone_of_the_host(draft: int) -> None:
    said = content(draft)
    assert (said["arranged_by"], said["provisional"], said["time_zone"]) == (NDL, True, "Asia/Tokyo")
    assert said["shown_to"] == "institutions"


def test_what_is_typed_is_understood_and_the_time_of_the_partner_stands_beside_it(officer: Client, draft: int) -> None:
    opening = added("r1", day="9", hours="10-1130", type="開会", who="all; 何静 interprets", papers="L1, L2")
    answer = save(officer, draft, *opening)
    assert answer.json()["rows"][0]["cells"]["in-nlc"] == "09:00"
    (session,) = content(draft)["sessions"]
    assert {name: value for name, value in session.items() if name != "id"} == {
        "date": "2090-11-09",
        "start": "10:00",
        "end": "11:30",
        "type": "opening session",
        "taking_part": [NDL, NLC],
        "attending": [{"id": "he", "participation": uri("participation/c"), "member": "he", "does": "interprets"}],
        "papers": [uri("paper/l1"), uri("paper/l2")],
    }
    assert marks(answer) == []
    page = page_of(officer)
    assert ('value="all; 何静 interprets"' in page, 'value="L1, L2"' in page) == (True, True)


def test_over_midnight_is_until_the_day_after(officer: Client, draft: int) -> None:
    save(officer, draft, *added("r1", day="9", hours="2330-0030 +1", type="reception"))
    (session,) = content(draft)["sessions"]
    assert (session["start"], session["end"], session["until"]) == ("23:30", "00:30", "2090-11-10")
    moved = save(officer, draft, cell("r1", "day", "10", "Thu 9 Nov"))
    assert moved.json()["rows"][0]["cells"]["hours"] == "23:30–00:30 +1"
    assert content(draft)["sessions"][0]["until"] == "2090-11-11"


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ({"hours": "12-1130"}, ("hours", "Time: Ends before it starts; for the next day write +1.", True)),
        ({"who": "NLK"}, ("who", "Who: “NLK” is no institution of this exchange, and nobody in its lists", True)),
        ({"who": NLK}, ("who", "Who: NLK takes no part in this exchange.", True)),
        ({"hours": "11-12", "who": "NLC"}, ("hours", "Time: Overlaps “Opening” for: NLC.", False)),
        ({"hours": "11-12", "who": "NDL; 何静 interprets"}, ("who", "Who: 何静 interprets twice at 11:00.", False)),
        ({"papers": "L1"}, ("papers", "Papers: Also in “Opening”.", False)),
        ({"papers": "L9"}, ("papers", "Papers: “L9” is no label or title of a paper of this exchange.", True)),
        ({"day": "11/20"}, ("day", "Day: Outside the days of the exchange", False)),
    ],
)
def test_what_is_to_be_looked_at_is_said_beside_its_cell(
    officer: Client, draft: int, cells: dict[str, str], mark: tuple[str, str, bool]
) -> None:
    first = added(
        "r1", day="9", hours="10-1130", type="opening session", title="Opening", who="NLC; 何静 interprets", papers="L1"
    )
    second = added("r2", **{"day": "9", "hours": "14-15", "type": "meeting", **cells})
    said = [each for each in marks(save(officer, draft, *first, *second)) if each[0] == "r2"]
    column, words, stops = mark
    assert any((each[1], each[3]) == (column, stops) and each[2].startswith(words) for each in said), said


@pytest.mark.parametrize(
    ("hours", "words", "stops"),
    [
        ("0230-0330", "02:30 does not exist in Berlin on 26 March 2090: clocks go forward.", True),
        ("0400-0500", "", False),
    ],
)
def test_a_time_that_a_change_of_clocks_skips_stops_sending(
    officer: Client, draft: int, hours: str, words: str, stops: bool
) -> None:
    officer.post(f"{PAGE}{draft}/facts/", {"time_zone": "Europe/Berlin", "time_zone-was": "Asia/Tokyo"})
    answer = save(officer, draft, *added("r1", day="2090-03-26", hours=hours, type="meeting"))
    said = [each for each in marks(answer) if each[1] == "hours"]
    assert [(words in each[2], each[3]) for each in said] == ([(True, stops)] if words else [])


def test_meals_and_transfers_are_rows_beside_the_record_in_their_order(officer: Client, draft: int) -> None:
    save(officer, draft, *added("r1", day="9", hours="10-1130", type="opening session"))
    save(officer, draft, *added("r2", day="9", hours="14-15", type="meeting"))
    answer = save(officer, draft, *added("r3", day="9", hours="1130-13", type="昼食", title="Planted bento"))
    save(officer, draft, *added("r4", day="9", hours="9-10", type="ours alone", title="Planted key"))
    assert [row["id"] for row in answer.json()["rows"]] == ["r1", "r2", "r3"]
    assert [session["id"] for session in content(draft)["sessions"]] == ["r1", "r2"]
    assert "Planted" not in json.dumps(content(draft))
    kept = {row.place: row for row in planning.PrivateRow.objects.all()}
    assert {place: (row.cells["type"], row.shown) for place, row in kept.items()} == {
        "r3": ("meal", True),
        "r4": ("ours alone", False),
    }
    page = page_of(officer)
    assert re.findall(r'data-row="(r\d)"', page) == ["r4", "r1", "r3", "r2"]
    # What becomes a session is one, and no row any more.
    save(officer, draft, cell("r3", "type", "reception", "meal"))
    assert [session["id"] for session in content(draft)["sessions"]] == ["r1", "r3", "r2"]
    assert [row.place for row in rows.rows_in(EXCHANGE, "timetable", asking=NDL)] == ["r4"]


def test_a_private_row_changed_by_two_comes_back_with_both(officer: Client, draft: int) -> None:
    other = person("other", (NDL, "officer"))
    save(officer, draft, *added("r1", day="9", hours="12-13", type="meal", title="Lunch"))
    save(other, draft, cell("r1", "title:en", "Luncheon", "Lunch"))
    answer = save(officer, draft, cell("r1", "title:en", "Dinner", "Lunch"), cell("r1", "venue:en", "Canteen"))
    assert [(each["mine"], each["theirs"]) for each in answer.json()["conflicts"]] == [("Dinner", "Luncheon")]
    (row,) = planning.PrivateRow.objects.all()
    assert (row.cells["title"], row.cells["venue"]) == ({"en": "Luncheon"}, {"en": "Canteen"})


def test_a_private_row_that_was_removed_is_put_back_as_it_was(officer: Client, draft: int) -> None:
    save(officer, draft, *added("r1", day="9", hours="12-13", type="meal", title="Lunch"))
    (row,) = planning.PrivateRow.objects.all()
    removed = save(officer, draft, {"row": "r1", "remove": {"title:en": "Lunch"}})
    assert planning.PrivateRow.objects.count() == 0
    save(officer, draft, *removed.json()["undo"])
    assert planning.PrivateRow.objects.get().cells == row.cells
    assert "sessions" not in content(draft)


def test_a_private_row_is_never_said_searched_or_exported_and_is_deleted_on_its_day(
    officer: Client, draft: int, capsys: pytest.CaptureFixture[str]
) -> None:
    from koryu.archive.models import RecordRow
    from koryu.ledger.models import ContentRow, EntryRow

    save(officer, draft, *added("r1", day="9", hours="10-11", type="opening session", title="Opening"))
    save(officer, draft, *added("r2", day="9", hours="12-13", type="meal", title="Plantedword"))
    kept = queries.draft(draft)
    assert kept
    actions.send(draft=draft, shown=kept.digest, by="head", at=HEAD["at"])
    for model in (ContentRow, EntryRow, RecordRow):
        assert not any("Plantedword" in str(list(row)) for row in model.objects.values_list())
    assert "Plantedword" not in officer.get("/desk/find/?q=Plantedword").content.decode().partition("<main")[2].replace(
        'value="Plantedword"', ""
    )
    # It goes on standing beside the timetable, for those who see it.
    assert "Plantedword" in page_of(officer)
    (row,) = planning.PrivateRow.objects.all()
    assert row.delete_on.isoformat() == "2091-02-15"
    assert delete_rows(at=HEAD["at"], today=row.delete_on) == []
    assert delete_rows(at=HEAD["at"], today=row.delete_on.replace(day=16)) == [
        "1 private rows were deleted (timetable)."
    ]


def test_a_guest_sees_what_is_shown_comments_on_a_row_and_types_nothing(officer: Client, draft: int) -> None:
    guest = person("guest", (NLC, "officer"))
    save(officer, draft, *added("r1", day="9", hours="10-11", type="opening session", title="Opening"))
    save(officer, draft, *added("r2", day="9", hours="12-13", type="meal", title="Bento"))
    save(officer, draft, *added("r3", day="9", hours="13-14", type="ours alone", title="Keyring"))
    assert [word in page_of(guest) for word in ("Opening", "Bento", "Keyring")] == [False, False, False]
    actions.share(draft=draft, by="officer", at=HEAD["at"])
    page = page_of(guest)
    assert [word in page for word in ("Opening", "Bento", "Keyring")] == [True, True, False]
    assert f"{draft}/save/" not in page
    assert (
        guest.post(f"{PAGE}{draft}/comment/", {"place": "r1", "text": "In the afternoon, please."}).status_code == 302
    )
    # Of a row that it is not shown nothing is said either.
    assert guest.post(f"{PAGE}{draft}/comment/", {"place": "r3", "text": "And this?"}).status_code == 302
    kept = queries.draft(draft)
    assert kept
    said = queries.said_beside(kept, institution=NDL)
    assert [(each.place, each.text) for each in said] == [("r1", "In the afternoon, please."), ("", "And this?")]
    assert "Thu 9 Nov 10:00–11:00 Opening" in page_of(officer)
    for act in ("save", "paste", "facts", "move", "day"):
        assert guest.post(f"{PAGE}{draft}/{act}/", {"changes": "[]", "row": "r1", "minutes": "15"}).status_code == 404


@pytest.mark.parametrize(
    ("who", "whose", "role", "sees", "types"),
    [
        ("stranger", NLK, "head", False, False),
        ("reader", NDL, "reader", True, False),
        ("colleague", NDL, "officer", True, True),
        ("contributor", NDL, "contributor", True, False),
        ("partner", NLC, "head", True, False),
    ],
)
def test_who_may_see_and_who_may_type(draft: int, who: str, whose: str, role: str, sees: bool, types: bool) -> None:
    client = person(who, (whose, role))
    cache.clear()
    assert client.get(PAGE).status_code == (200 if sees else 404)
    assert save(client, draft, *added("r9", day="9", title="X")).status_code == (200 if types else 404)
    assert save(client, draft, *added("r8", day="9", type="meal")).status_code == (200 if types else 404)
    assert planning.PrivateRow.objects.count() == types
    assert Client().get(PAGE).status_code == 302


def test_the_rest_of_a_day_is_moved_and_nothing_else(officer: Client, draft: int) -> None:
    for row, day, hours in (("a", "9", "9-10"), ("b", "9", "10-11"), ("c", "9", "23-2350"), ("d", "10", "10-11")):
        save(officer, draft, *added(row, day=day, hours=hours, type="meeting"))
    save(officer, draft, *added("m", day="9", hours="12-13", type="meal"))
    assert officer.post(f"{PAGE}{draft}/move/", {"row": "b", "minutes": "15"}).status_code == 302
    timed = {each["id"]: (each["start"], each["end"], each.get("until")) for each in content(draft)["sessions"]}
    assert timed == {
        "a": ("09:00", "10:00", None),
        "b": ("10:15", "11:15", None),
        "c": ("23:15", "00:05", "2090-11-10"),
        "d": ("10:00", "11:00", None),
    }
    assert planning.PrivateRow.objects.get().cells["start"] == "12:15"
    # Back again, and no further than the day.
    officer.post(f"{PAGE}{draft}/move/", {"row": "b", "minutes": "-15"})
    assert "until" not in next(each for each in content(draft)["sessions"] if each["id"] == "c")
    assert officer.post(f"{PAGE}{draft}/move/", {"row": "c", "minutes": "60"}).status_code == 409
    assert officer.post(f"{PAGE}{draft}/move/", {"row": "gone", "minutes": "15"}).status_code == 409
    assert officer.post(f"{PAGE}{draft}/move/", {"row": "b", "minutes": "7"}).status_code == 404


def test_one_more_day_is_added_after_the_last(officer: Client, draft: int) -> None:
    for _ in range(2):
        officer.post(f"{PAGE}{draft}/day/")
    assert [each["date"] for each in content(draft)["sessions"]] == ["2090-11-09", "2090-11-10"]


def test_without_script_rows_are_typed_and_what_another_changed_is_shown(officer: Client, draft: int) -> None:
    page = page_of(officer, f"{PAGE}?lang=en")
    (row, *_others) = re.findall(r'name="rows" value="([^"]+):"', page)
    posted = {"rows": f"{row}:", f"{row}/day": "9", f"{row}/hours": "10-11", f"{row}/type": "meal", "lang": "en"}
    assert officer.post(f"{PAGE}{draft}/save/", posted).status_code == 302
    drawn = re.findall(r'name="rows" value="([^"]+:[^"]+)"', page_of(officer, f"{PAGE}?lang=en"))
    save(person("other", (NDL, "officer")), draft, cell(row, "title:en", "Theirs"))
    mine = {"rows": drawn[0], f"{row}/title:en": "Mine", "lang": "en"}
    answer = officer.post(f"{PAGE}{draft}/save/", mine)
    assert (answer.status_code, 'value="Mine"' in answer.content.decode()) == (409, True)


def test_a_timetable_is_pasted_with_its_meals(officer: Client, draft: int) -> None:
    text = "日付\t時間\t区分\t内容\n9日(木)\t10-1130\t開会\t開会式\n\t12-13\t昼食\t昼食会\n"
    answer = officer.post(
        f"{PAGE}{draft}/paste/?lang=ja", {"text": text, "do": "put", "choice": ["day", "hours", "type", "title:ja"]}
    )
    assert answer.status_code == 302
    assert [each["title"] for each in content(draft)["sessions"]] == [{"ja": "開会式"}]
    assert planning.PrivateRow.objects.get().cells["title"] == {"ja": "昼食会"}


def test_what_changed_since_it_was_fixed_is_listed(officer: Client, plan: None) -> None:
    visit = {"id": "v", "type": "site visit", "title": {"en": "Visit to the archives"}, "date": "2090-11-15"}
    opening = {"id": "o", "type": "opening session", "date": "2090-11-09"}
    versions: list[dict[str, Any]] = [
        {"sessions": [{**visit, "start": "13:00"}], "provisional": True},
        {"sessions": [{**visit, "start": "14:00"}, opening]},
        {"sessions": [{**visit, "start": "15:00", "venue": {"en": "Annex"}}]},
    ]
    version = None
    for more in versions:
        document = timetable(NDL, shown_to="institutions", **more)
        version = actions.propose(institution=NDL, record=TABLE, document=document, replaces=version, **HEAD)
    page = page_of(officer)
    listed = page.partition("Changed since it was fixed")[2].partition("</section>")[0]
    assert re.findall("<li>([^<]+)</li>", listed) == [
        "Wed 15 Nov: Visit to the archives 14:00 → 15:00; not known → Annex",
        "Thu 9 Nov: left out: opening session",
    ]
    # What is fixed says so to nobody else but those of the circle.
    assert person("stranger", (NLK, "head")).get(PAGE).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_takes_as_many_statements_however_much_there_is(
    officer: Client, draft: int, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        save(officer, draft, *added(f"r{place}", day="9", hours=f"{9 + place}-{10 + place}", type="meeting", who="all"))
        save(officer, draft, *added(f"m{place}", day="10", hours=f"{9 + place}-{10 + place}", type="meal"))
    officer.get(PAGE)
    with django_assert_max_num_queries(8):
        officer.get(PAGE)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_made_in_every_language(officer: Client, draft: int, language: str) -> None:
    client = person("second", (NDL, "officer"), language=language)
    save(officer, draft, *added("r1", day="9", hours="10-11", type="meeting", who="all; 何静 interprets"))
    for address in (PAGE, f"{PAGE}?lang=ko&lang=ja"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)


def test_whichever_way_a_timetable_is_begun_it_is_typed_here(officer: Client, plan: None) -> None:
    ours = officer.post("/desk/exchange/e/begin/", {"kind": "timetable"})
    assert ours.headers["Location"] == PAGE
    rail = officer.get("/desk/exchange/e/").content.decode()
    assert f'href="{PAGE}"' in rail


def test_a_plain_text_is_there_to_be_copied_without_what_is_ours(officer: Client, draft: int) -> None:
    save(officer, draft, *added("r1", day="9", hours="10-11", type="meeting", title="Talks", venue="Hall", who="all"))
    save(officer, draft, *added("r2", day="9", hours="12-13", type="meal", title="Lunch"))
    save(officer, draft, *added("r3", day="9", hours="13-14", type="ours alone", title="Keyring"))
    text = page_of(officer).partition('<textarea id="mail-1"')[2].partition(">")[2].partition("</textarea>")[0].strip()
    assert text.splitlines() == ["Thu 9 Nov", "10:00–11:00  Talks  Hall  all", "12:00–13:00  Lunch"]


def test_the_timetable_of_a_partner_without_a_key_is_typed_as_recorded(officer: Client, plan: None) -> None:
    source = [{"id": "s", "work": WORK}]
    number = actions.draft(
        institution=NDL,
        record=uri("timetable/r"),
        content=timetable(NLC, sources=source).content(),
        replaces=None,
        says="recorded",
        **HEAD,
    )
    assert save(officer, number, *added("r1", day="9", hours="10-11", type="meeting")).status_code == 200


def test_a_timetable_with_a_guest_who_takes_no_part_is_not_sent(draft: int) -> None:
    for strangers, sent in (([NDL, NLK], False), ([NDL, NLC], True)):
        kept = queries.draft(draft)
        assert kept
        session = {"id": "s", "type": "meeting", "taking_part": strangers}
        actions.save(draft=draft, content={**kept.content, "sessions": [session]}, seen=kept.edition, **HEAD)
        shown = queries.draft(draft)
        assert shown
        if sent:
            assert actions.send(draft=draft, shown=shown.digest, **HEAD)
            continue
        for act in (actions.submit, actions.send):
            with pytest.raises(Refused, match="takes no part in this exchange"):
                act(draft=draft, shown=shown.digest, **HEAD)


def test_a_page_takes_no_more_than_three_times_what_the_overview_does(officer: Client, draft: int) -> None:
    """Of a full exchange; the bench measures how long that is, and on a quiet machine it is within 12 ms."""
    for number in range(3, 41):
        given = paper(NLC, label=f"L{number}", title={"en": f"Paper {number}"}, shown_to="institutions")
        actions.propose(institution=NLC, record=uri(f"paper/l{number}"), document=given, replaces=None, **HEAD)
    for place in range(22):
        hours, kind = f"{9 + place % 4}-{10 + place % 4}", "meal" if place > 11 else "meeting"
        titled = {"title": "Talk", "venue": "Hall", "who": "all; 何静 interprets", "papers": f"L{place + 1}"}
        save(officer, draft, *added(f"r{place}", day=str(9 + place // 4), hours=hours, type=kind, **titled))

    def least(address: str) -> float:
        times = []
        for _ in range(15):
            began = time.process_time()
            assert officer.get(address).status_code == 200
            times.append(time.process_time() - began)
        return min(times)

    assert least(PAGE) <= 3 * least("/desk/exchange/e/")
