"""The people of an exchange through the door: typed cell by cell, pasted, without script; and who may not."""

import json
import re
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from koryu.archive import queries as archive
from koryu.consent import actions, queries
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.world import (
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    drafted,
    exchange,
    of,
    paper,
    participation,
    settle_in,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PEOPLE: Final = "/desk/exchange/e/people/"
IN_FOUR: Final = {
    "en": "37th Exchange",
    "ja": "第37回業務交流",
    "zh-Hans": "第37次业务交流",
    "ko": "제37회 업무교류",
    "source": "ja",
}
DATES: Final = [{"id": "d", "scope": "trip", "date": "2090-11-09/2090-11-17"}]
LIST: Final = (
    "序号\t姓名\t拼音\t部门\t职务\t备注\t护照号\n"
    "1\t沈文远\tShen Wenyuan\t\t副馆长\t团长\tPLANTED111\n"
    "2\t何静\tHe Jing\t国际交流处\t处长\t翻译\tPLANTED222\n"
)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def draft(officer: Client) -> int:
    """Our list, begun by its button."""
    titled = {**under(NDL, NLC).content(), "title": IN_FOUR, "dates": DATES, "shown_to": "institutions", "hosts": [NLC]}
    stands(document_of(titled), NDL, NLC)
    assert officer.post(f"{PEOPLE}begin/").status_code == 302
    return next(draft.id for draft in queries.drafts_of(NDL) if draft.kind == "participation")


def page_of(client: Client, address: str = PEOPLE) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def content(draft: int) -> dict[str, Any]:
    found = queries.draft(draft)
    assert found
    return found.content


def save(client: Client, draft: int, *changes: dict[str, Any], lang: str = "?lang=en") -> Any:
    return client.post(
        f"{PEOPLE}{draft}/save/{lang}", {"changes": json.dumps(changes)}, headers={"Accept": "application/json"}
    )


def on_record(name: str, called: str) -> str:
    """A person whose record stands."""
    names = [{"id": "en", "lang": "en", "written": called, "order": "given first"}]
    document = of("person", names=names, title={"en": called}, kept_by=NDL)
    actions.propose(institution=NDL, record=uri(f"person/{name}"), document=document, replaces=None, **HEAD)
    return uri(f"person/{name}")


def cell(row: str, column: str, now: str, was: str = "") -> dict[str, str]:
    return {"row": row, "cell": column, "was": was, "now": now}


def test_our_list_is_begun_with_one_button_and_titled_as_such_records_are(officer: Client, draft: int) -> None:
    assert content(draft)["institution"] == NDL
    assert (content(draft)["side"], content(draft)["shown_to"]) == ("visiting", "institutions")
    # The libraries of this test have English names alone.
    assert content(draft)["title"] == {"en": "Participation: NDL (37th Exchange)"}
    page = page_of(officer)
    assert "Begin our list" not in page
    assert page.count("<tr data-row=") == 3
    # The same button pressed on an older page begins no second one.
    officer.post(f"{PEOPLE}begin/")
    assert sum(each.kind == "participation" for each in queries.drafts_of(NDL)) == 1


def test_cells_are_saved_as_they_are_typed_and_the_same_sent_twice_is_saved_once(officer: Client, draft: int) -> None:
    typed = [
        {"row": "r1", "add": ""},
        cell("r1", "name:en", "MORI Kenichi"),
        cell("r1", "post:en", "Director"),
        cell("r1", "roles", "h"),
    ]
    for _ in range(2):
        answer = save(officer, draft, *typed)
        assert answer.status_code == 200
        assert answer.json()["rows"][0]["cells"]["name:en"] == "MORI Kenichi"
    assert "Saved on" in answer.json()["saved"]
    (member,) = content(draft)["members"]
    assert member["printed"] == {"en": "MORI Kenichi"}
    assert member["roles"] == ["head of delegation"]
    assert 'value="MORI Kenichi"' in page_of(officer, f"{PEOPLE}?lang=en")


def test_what_two_officers_type_at_once_is_all_there_and_one_cell_comes_back_with_both(
    officer: Client, draft: int
) -> None:
    other = person("other", (NDL, "officer"))
    save(officer, draft, {"row": "r1", "add": ""}, cell("r1", "name:en", "Mori"))
    assert save(other, draft, cell("r1", "unit:en", "Research")).json()["conflicts"] == []
    assert save(officer, draft, cell("r1", "post:en", "Director")).json()["conflicts"] == []
    (conflict,) = save(other, draft, cell("r1", "post:en", "Deputy")).json()["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == ("Deputy", "Director")
    (post,) = content(draft)["members"][0]["posts"]
    assert (post["post"], post["unit"]) == ({"en": "Director"}, {"en": "Research"})


def test_a_person_on_record_is_shown_by_name_and_none_is_made(officer: Client, draft: int) -> None:
    someone = on_record("mori", "Kenichi Mori")
    before = archive.counts(asking=NDL)["person"]
    answer = save(officer, draft, {"row": "r1", "add": ""}, cell("r1", "name:en", someone)).json()
    assert answer["rows"][0]["cells"]["name:en"] == "Kenichi Mori"
    save(officer, draft, {"row": "r2", "add": "r1"}, cell("r2", "name:en", "Nobody Yet"))
    assert [member.get("person") for member in content(draft)["members"]] == [someone, None]
    assert 'value="Kenichi Mori"' in page_of(officer, f"{PEOPLE}?lang=en")
    assert archive.counts(asking=NDL)["person"] == before


@pytest.mark.parametrize(
    "changes", ["", "{}", "[1]", '[{"row": "<x>", "add": ""}]', "[" * 100_000, '[{"row": "r1", "cell": 1}]']
)
def test_what_no_page_writes_is_refused_in_words(officer: Client, draft: int, changes: str) -> None:
    answer = officer.post(f"{PEOPLE}{draft}/save/", {"changes": changes}, headers={"Accept": "application/json"})
    assert (answer.status_code, "could not be read" in answer.json()["problem"]) == (409, True)


# Pasting


def paste(client: Client, draft: int, *, script: bool = True, **posted: Any) -> Any:
    accept = {"Accept": "text/html, application/json"} if script else {}
    return client.post(f"{PEOPLE}{draft}/paste/?lang=zh-Hans&lang=en", posted, headers=accept)


def choices_in(page: str) -> list[str]:
    """What is chosen for each column of what was pasted."""
    return re.findall(r'<option value="([^"]*)" selected', page.partition('class="pasted"')[2].partition("</thead>")[0])


def test_a_list_is_shown_before_it_is_put_in_and_can_be_put_back(officer: Client, draft: int) -> None:
    before = content(draft)
    panel = paste(officer, draft, text=LIST)
    assert (panel.status_code, 'class="pasted"' in panel.content.decode()) == (200, True)
    assert content(draft) == before
    text = re.search(r'name="text" value="([^"]*)"', panel.content.decode())
    assert text
    answer = paste(officer, draft, text=LIST, choice=choices_in(panel.content.decode()), do="put").json()
    assert [row["cells"]["name:zh-Hans"] for row in answer["rows"]] == ["沈文远", "何静"]
    (first, second) = content(draft)["members"]
    assert (first["roles"], second["roles"]) == (["head of delegation"], ["interpreter"])
    assert first["printed"]["zh-Hans"] == "沈文远"
    save(officer, draft, *answer["undo"], lang="?lang=zh-Hans&lang=en")
    assert "members" not in content(draft)


def test_a_passport_number_is_kept_nowhere(officer: Client, draft: int) -> None:
    panel = paste(officer, draft, text=LIST, script=False).content.decode()
    assert "not saved anywhere" in panel
    paste(officer, draft, script=False, text=LIST, choice=choices_in(panel), do="put")
    assert len(content(draft)["members"]) == 2
    kept = everything_kept()
    assert ("沈文远" in kept or json.dumps("沈文远").strip('"') in kept, "PLANTED" in kept) == (True, False)


def everything_kept() -> str:
    """All that any table of the database holds; what of it is JSON, as that is written."""
    with connection.cursor() as cursor:
        held = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            held += [
                bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview) else str(value)
                for row in cursor.fetchall()
                for value in row
            ]
    return "\n".join(held)


def test_too_much_is_refused_with_its_size(officer: Client, draft: int) -> None:
    answer = paste(officer, draft, text="\n".join(f"name {n}\tpost" for n in range(2310)))
    assert (answer.status_code, answer.json()["problem"]) == (409, "This is 2,310 rows; a sheet takes 500.")


# Without script


def posted_from(page: str) -> dict[str, Any]:
    """The fields of the sheet's form as a browser would send them."""
    form = page.partition('class="in-rows"')[2].partition("</form>")[0]
    fields: dict[str, Any] = {"rows": re.findall(r'name="rows" value="([^"]*)"', form)}
    fields |= dict(re.findall(r'<input name="([^"]+)"[^>]*? value="([^"]*)"', form))
    fields |= {
        name: (re.findall(r'<option value="([^"]*)" selected', inside) or [""])[0]
        for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form)
    }
    return fields


def test_without_script_rows_are_added_moved_and_removed(officer: Client, draft: int) -> None:
    fields = posted_from(page_of(officer, f"{PEOPLE}?lang=en"))
    one, two, _three = (row.rstrip(":") for row in fields["rows"])
    fields |= {f"{one}/name:en": "First", f"{two}/name:en": "Second"}
    officer.post(f"{PEOPLE}{draft}/save/?lang=en", fields)
    assert [member["printed"]["en"] for member in content(draft)["members"]] == ["First", "Second"]
    fields = posted_from(page_of(officer, f"{PEOPLE}?lang=en"))
    officer.post(f"{PEOPLE}{draft}/save/?lang=en", fields | {f"{two}/order": "1"})
    assert [member["printed"]["en"] for member in content(draft)["members"]] == ["Second", "First"]
    fields = posted_from(page_of(officer, f"{PEOPLE}?lang=en"))
    officer.post(f"{PEOPLE}{draft}/save/?lang=en", fields | {f"{two}/remove": "1"})
    assert [member["printed"]["en"] for member in content(draft)["members"]] == ["First"]


def test_without_script_what_another_changed_is_shown_with_mine_in_its_cell(officer: Client, draft: int) -> None:
    save(officer, draft, {"row": "r1", "add": ""}, cell("r1", "name:en", "Mori"))
    fields = posted_from(page_of(officer, f"{PEOPLE}?lang=en"))
    save(officer, draft, cell("r1", "post:en", "Director"))
    answer = officer.post(f"{PEOPLE}{draft}/save/?lang=en", fields | {"r1/post:en": "Deputy"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this cell meanwhile: “Director”. Yours is still typed: “Deputy”." in page
    assert 'value="Deputy"' in page
    officer.post(f"{PEOPLE}{draft}/save/?lang=en", posted_from(page))
    assert content(draft)["members"][0]["posts"][0]["post"] == {"en": "Deputy"}


def test_what_was_typed_when_the_session_had_ended_is_in_its_cells_again(officer: Client, draft: int) -> None:
    address = f"{PEOPLE}{draft}/save/"
    fields = posted_from(page_of(officer))
    row = fields["rows"][0].rstrip(":")
    column = next(name for name in fields if name.startswith(f"{row}/name:"))
    session = officer.session
    session["unsaved"] = {"path": address, "typed": f"rows={row}:&{column}=Mori"}
    session.save()
    page = officer.get(address).content.decode()
    assert ('value="Mori"' in page, "You were signed out meanwhile" in page) == (True, True)
    assert "members" not in content(draft)


# Side and size


def test_side_and_size_are_saved_above_the_list(officer: Client, draft: int) -> None:
    facts = {"size_stated": "5", "size_stated-was": "", "side": "hosting", "side-was": "visiting"}
    officer.post(f"{PEOPLE}{draft}/facts/", facts)
    assert (content(draft)["size_stated"], content(draft)["side"]) == (5, "hosting")
    # On a page that is older than that, nothing is lost.
    again = officer.post(f"{PEOPLE}{draft}/facts/", facts | {"side": "online"})
    assert (again.status_code, content(draft)["side"]) == (409, "hosting")


def test_more_than_are_to_come_is_pointed_out(officer: Client, draft: int) -> None:
    officer.post(f"{PEOPLE}{draft}/facts/", {"size_stated": "1", "size_stated-was": ""})
    added = [
        change for row in ("r1", "r2") for change in ({"row": row, "add": None}, cell(row, "name:en", f"Name {row}"))
    ]
    marks = save(officer, draft, *added).json()["marks"]
    assert "1 agreed, 2 named." in [mark["words"] for mark in marks]


def test_who_is_in_the_partners_list_too_is_pointed_out(officer: Client, draft: int) -> None:
    members = [{"id": "m", "printed": {"en": "Same Person"}}]
    document = participation(NLC, members=members, shown_to="institutions")
    actions.propose(institution=NLC, record=uri("participation/c"), document=document, replaces=None, **HEAD)
    answer = save(officer, draft, {"row": "r1", "add": ""}, cell("r1", "name:en", "Same Person")).json()
    assert "Also in the list of NLC." in " ".join(mark["words"] for mark in answer["marks"])
    page = page_of(officer)
    assert "People of" in page
    assert page.count("Same Person") > 1


# From last time


def test_our_people_of_last_time_are_ticked_with_how_old_their_posts_are(officer: Client, draft: int) -> None:
    before = uri("exchange/before")
    dates = [{"id": "d", "scope": "trip", "date": "2089-11"}]
    stands(under(NDL, NLC, title="Before", dates=dates, shown_to="institutions"), NDL, NLC, record=before)
    members = [
        {"id": "a", "printed": {"en": "Old Hand"}, "posts": [{"id": "post", "post": {"en": "Librarian"}}]},
        {"id": "b", "printed": {"en": "Not Again"}},
    ]
    last = participation(NDL, before, members=members, shown_to="institutions")
    actions.propose(institution=NDL, record=uri("participation/b"), document=last, replaces=None, **HEAD)
    page = page_of(officer, f"{PEOPLE}{draft}/last/")
    assert ("Old Hand" in page, "Not Again" in page, "Post as of 2089" in page) == (True, True, True)
    for _ in range(2):
        officer.post(f"{PEOPLE}{draft}/last/", {"member": ["a"]})
    (member,) = content(draft)["members"]
    assert member["posts"][0]["post"] == {"en": "Librarian"}
    assert member["remark"] == {"en": "Post as of 2089"}


def test_where_there_was_no_last_time_the_page_says_so(officer: Client, draft: int) -> None:
    assert "No earlier list of people" in page_of(officer, f"{PEOPLE}{draft}/last/")


# Whose it is


def test_a_new_version_of_what_stands_is_begun_here(officer: Client) -> None:
    the_exchange(dates=DATES, shown_to="institutions")
    document = participation(NDL, members=[{"id": "m", "printed": {"en": "Mori"}}], shown_to="institutions")
    actions.propose(institution=NDL, record=uri("participation/n"), document=document, replaces=None, **HEAD)
    assert "Draft a new version" in page_of(officer)
    officer.post(f"{PEOPLE}begin/", {"record": uri("participation/n")})
    page = page_of(officer)
    assert ('value="Mori"' in page, "Current version" in page) == (True, True)
    assert officer.post(f"{PEOPLE}begin/", {"record": uri("participation/x")}).status_code == 404


ACTS: Final = ("save", "paste", "facts", "last")


@pytest.mark.parametrize(
    ("who", "whose", "role"), [("partner", NLC, "head"), ("stranger", NLK, "head"), ("reader", NDL, "reader")]
)
def test_only_who_drafts_for_us_types_in_our_list(draft: int, who: str, whose: str, role: str) -> None:
    client = person(who, (whose, role))
    cache.clear()
    before = content(draft)
    for act in ACTS:
        posted = {"changes": json.dumps([{"row": "r1", "add": ""}, cell("r1", "name:en", "X")]), "size_stated": "9"}
        assert client.post(f"{PEOPLE}{draft}/{act}/", posted).status_code == 404
    assert content(draft) == before
    assert client.get(PEOPLE).status_code == (404 if whose == NLK else 200)
    assert client.post(f"{PEOPLE}begin/").status_code in (404, 302, 409)


def test_a_draft_of_the_partner_is_read_once_it_is_shown_and_never_typed_into(officer: Client, draft: int) -> None:
    members = [{"id": "m", "printed": {"en": "Their Head"}}]
    theirs = drafted(NLC, participation(NLC, members=members, shown_to="institutions"), uri("participation/c"))
    assert "Their Head" not in page_of(officer)
    actions.share(draft=theirs, by="head", at=HEAD["at"])
    page = page_of(officer)
    assert ("Their Head" in page, f"{PEOPLE}{theirs}/" in page) == (True, False)
    assert officer.post(f"{PEOPLE}{theirs}/save/", {"changes": "[]"}).status_code == 404


def test_numbers_that_are_no_list_of_this_exchange_are_not_there(officer: Client, draft: int) -> None:
    other = drafted(NDL, exchange(NDL, NLC), uri("exchange/f"))
    for number in (other, draft + 1000):
        assert officer.post(f"{PEOPLE}{number}/save/", {"changes": "[]"}).status_code == 404
    assert officer.post(f"{PEOPLE}{draft}/other/").status_code == 404


def test_the_list_of_a_partner_without_a_key_is_typed_as_recorded(officer: Client) -> None:
    the_exchange(dates=DATES, shown_to="institutions")
    source = [{"id": "s", "work": uri("work/page")}]
    content_ = participation(NLC, sources=source, members=[{"id": "m", "printed": {"en": "From A Letter"}}]).content()
    number = actions.draft(
        institution=NDL, record=uri("participation/l"), content=content_, replaces=None, says="recorded", **HEAD
    )
    assert 'value="From A Letter"' in page_of(officer)
    assert save(officer, number, cell("m", "post:en", "Director")).status_code == 200


def test_whichever_way_a_list_is_begun_it_is_typed_here(officer: Client) -> None:
    titled = under(NDL, NAL, dates=DATES, shown_to="institutions")
    drafted(NDL, titled)
    ours = officer.post("/desk/exchange/e/begin/", {"kind": "participation"})
    letter = SimpleUploadedFile("re.txt", b"We send two people.", "text/plain")
    sent = {"partner": NAL, "names": ["participation"], "letter": letter, "dated": "2026-09-02"}
    theirs = officer.post("/desk/exchange/e/received/", sent)
    assert [ours.headers["Location"], theirs.headers["Location"]] == [PEOPLE, PEOPLE]
    assert page_of(officer).count('class="in-rows"') == 2


# How it is made


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_takes_as_many_statements_however_much_there_is(
    officer: Client, draft: int, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        someone = on_record(f"p{place}", f"Person {place}")
        save(officer, draft, {"row": f"r{place}", "add": None}, cell(f"r{place}", "name:en", someone))
    members = [{"id": f"m{place}", "printed": {"en": f"Name {place}"}} for place in range(count)]
    document = participation(NLC, members=members, shown_to="institutions")
    actions.propose(institution=NLC, record=uri("participation/c"), document=document, replaces=None, **HEAD)
    officer.get(PEOPLE)
    with django_assert_max_num_queries(8):
        officer.get(PEOPLE)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_made_in_every_language(draft: int, language: str) -> None:
    client = person("second", (NDL, "officer"), language=language)
    for address in (PEOPLE, f"{PEOPLE}?lang=ko&lang=ja", f"{PEOPLE}{draft}/last/"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)


def test_languages_that_are_ticked_stay_ticked(officer: Client, draft: int) -> None:
    page = page_of(officer, f"{PEOPLE}?lang=ko&lang=ja&lang=xx")
    heads = re.findall(r'data-key="(name:[^"]+)"', page)
    assert heads == ["name:ja", "name:ko"]
    answer = officer.post(f"{PEOPLE}{draft}/facts/", {"size_stated": "3", "lang": ["ja", "ko"]})
    assert answer.headers["Location"].endswith("?lang=ja&lang=ko")


# What stands beside a row


def test_beside_each_person_stands_what_they_speak_about_and_the_way_to_every_field(
    officer: Client, draft: int
) -> None:
    save(officer, draft, {"row": "r1", "add": None}, cell("r1", "name:en", "MORI Kenichi"))
    save(officer, draft, {"row": "r2", "add": None}, cell("r2", "name:en", "Sato Yuko"))
    spoken = paper(NDL, label="L7", speakers=[{"id": "s", "printed": {"en": "Mori Kenichi"}}], shown_to="institutions")
    drafted(NDL, spoken, uri("paper/l7"))
    page = page_of(officer)
    rows = dict(re.findall(r'<tr data-row="(\w+)"[^>]*>(.*?)</tr>', page, re.DOTALL))
    assert ("L7" in rows["r1"], "L7" in rows["r2"]) == (True, False)
    form = re.findall(r'href="([^"]+)" data-form', rows["r1"])[0]
    assert form == f"/desk/draft/{draft}/edit/#f-members[r1]"
    assert 'id="f-members[r1]"' in officer.get(form.partition("#")[0]).content.decode()
