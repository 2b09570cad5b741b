"""The papers of an exchange through the door: typed cell by cell, each row a draft; pasted; files; and who may not."""

import json
import re
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions, queries
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.papers_work import papers_work
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.files import models as files
from koryu.planning import actions as planning
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.sheets.rows.merge import CellChange
from tests.desk.people import person
from tests.desk.test_exchange_people import DATES, IN_FOUR, cell, posted_from
from tests.world import (
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    drafted,
    of,
    participation,
    settle_in,
    stands,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAPERS: Final = "/desk/exchange/e/papers/"
TITLED: Final = {
    **under(NDL, NLC).content(),
    "title": IN_FOUR,
    "dates": DATES,
    "shown_to": "institutions",
    "hosts": [NLC],
}
# As an office in Beijing sends it, with a column of numbers and one that belongs to no paper.
LIST: Final = (
    "序号\t类别\t报告人\t报告题目\t日文题目\t联系电话\n"
    "1\t主旨报告\t沈文远\t国家图书馆的新发展\t\tPLANTED\n"
    "2\t专题报告\t何静；李伟（主任）\t数字资源长期保存\tデジタル資源の長期保存\tPLANTED\n"
)
A_PDF: Final = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    stands(document_of(TITLED), NDL, NLC)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def page_of(client: Client, address: str = PAPERS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def number_in(page: str, section: str = "ndl") -> int:
    """What names the sheet of an institution in addresses."""
    found = re.search(rf'id="of-{section}".*?id="rows-(\d+)"', page, re.DOTALL)
    assert found
    return int(found[1])


@pytest.fixture
def sheet(officer: Client) -> int:
    return number_in(page_of(officer))


def save(client: Client, sheet: int, *changes: dict[str, Any], lang: str = "?lang=en&lang=ja") -> Any:
    return client.post(
        f"{PAPERS}{sheet}/save/{lang}", {"changes": json.dumps(changes)}, headers={"Accept": "application/json"}
    )


def drafts() -> list[Any]:
    return sorted((draft for draft in queries.drafts_of(NDL) if draft.kind == "paper"), key=lambda draft: draft.id)


def contents() -> list[dict[str, Any]]:
    return [draft.content for draft in drafts()]


def add(row: str, title: str = "Title") -> list[dict[str, Any]]:
    return [{"row": row, "add": None}, cell(row, "title:en", title)]


def test_each_row_that_is_typed_begins_a_draft_of_a_paper(officer: Client, sheet: int) -> None:
    typed = [*add("a1b2"), cell("a1b2", "type", "keynote"), cell("a1b2", "label", "L1"), *add("c3d4", "Other")]
    for _ in range(2):
        answer = save(officer, sheet, *typed)
        assert (answer.status_code, answer.json()["conflicts"]) == (200, [])
    assert [row["id"] for row in answer.json()["rows"]] == ["a1b2", "c3d4"]
    assert "Saved on" in answer.json()["saved"]
    first, second = drafts()
    assert first.record == f"{NDL}/paper/e-ndl-a1b2"
    assert first.content == {
        "kind": "paper",
        "title": {"en": "Title"},
        "exchange": uri("exchange/e"),
        "institution": NDL,
        "type": "keynote",
        "label": "L1",
        "shown_to": "institutions",
    }
    assert (second.content["type"], second.says) == ("paper", "proposed")
    page = page_of(officer)
    assert ('value="L1"' in page, page.count("All fields")) == (True, 2)


def test_what_two_officers_type_at_once_is_all_there_and_one_cell_comes_back_with_both(
    officer: Client, sheet: int
) -> None:
    other = person("other", (NDL, "officer"))
    save(officer, sheet, *add("a1b2"))
    save(officer, sheet, *add("c3d4", "Second"))
    assert save(other, sheet, cell("a1b2", "label", "L1"), cell("c3d4", "label", "L2")).json()["conflicts"] == []
    assert save(officer, sheet, cell("a1b2", "title:ja", "題")).json()["conflicts"] == []
    (conflict,) = save(officer, sheet, cell("c3d4", "label", "L3")).json()["conflicts"]
    assert (conflict["mine"], conflict["theirs"]) == ("L3", "L2")
    assert [content["label"] for content in contents()] == ["L1", "L2"]
    assert contents()[0]["title"] == {"en": "Title", "ja": "題", "source": "en"}
    # Only the draft in which something was typed is another edition now.
    assert [draft.edition for draft in drafts()] == [3, 2]


def test_two_who_type_into_the_first_empty_row_begin_two_papers(officer: Client, sheet: int) -> None:
    other = person("other", (NDL, "officer"))
    empty = [posted_from(page_of(client))["rows"][0].rstrip(":") for client in (officer, other)]
    for client, row in zip((officer, other), empty, strict=True):
        assert save(client, sheet, *add(row, f"By {row}")).json()["conflicts"] == []
    assert [content["title"]["en"] for content in contents()] == [f"By {row}" for row in empty]


def test_what_is_typed_while_another_removes_its_row_comes_back(officer: Client, sheet: int) -> None:
    me = CurrentUser(
        username="officer",
        name="",
        operator=False,
        institution=NDL,
        role="officer",
        memberships=(),
        names={},
        keyed=frozenset(),
    )
    save(officer, sheet, *add("a1b2"), *add("c3d4", "Stays"))
    read_before = papers_work(me, "e").sheet(me, sheet, ["en"])
    actions.discard(draft=drafts()[0].id, by="officer", at=HEAD["at"])
    typed = [CellChange("a1b2", "label", "", "L1"), CellChange("c3d4", "label", "", "L2")]
    merged, after = save_changes(me, read_before, typed)
    (conflict,) = merged.conflicts
    assert (conflict.row, str(conflict.reason)) == ("a1b2", "This row was removed meanwhile by somebody else.")
    assert [content["label"] for content in contents()] == ["L2"]
    assert [row.id for row in after.rows] == ["c3d4"]


def test_a_row_that_is_removed_is_no_draft_any_more_and_can_be_put_back(officer: Client, sheet: int) -> None:
    answer = save(officer, sheet, *add("a1b2"), cell("a1b2", "speakers", "Mori (Director)")).json()
    (before,) = drafts()
    undo = save(officer, sheet, {"row": "a1b2", "remove": answer["rows"][0]["cells"]}).json()["undo"]
    assert drafts() == []
    answer = save(officer, sheet, *undo).json()
    (after,) = drafts()
    assert (after.record, after.content) == (before.record, before.content)
    assert [row["id"] for row in answer["rows"]] == ["a1b2"]


def test_a_list_that_is_emptied_says_that_nothing_is_left(officer: Client, sheet: int) -> None:
    answer = save(officer, sheet, *add("a1b2")).json()
    gone = save(officer, sheet, {"row": "a1b2", "remove": answer["rows"][0]["cells"]})
    assert (gone.status_code, gone.json()["rows"], gone.json()["saved"]) == (200, [], "The draft was deleted.")


@pytest.mark.parametrize("what", ["shown", "submitted", "commented", "with a file"])
def test_what_could_not_be_put_back_is_not_removed_here(officer: Client, sheet: int, what: str) -> None:
    save(officer, sheet, *add("a1b2"), *add("c3d4", "Other"))
    (draft, _other) = drafts()
    said: dict[str, Any] = {"draft": draft.id, "by": "officer", "at": HEAD["at"]}
    match what:
        case "shown":
            actions.share(**said)
        case "submitted":
            actions.submit(**said, shown=draft.digest)
        case "commented":
            actions.comment(**said, institution=NDL, text="No.")
        case _:
            put_file(officer, sheet, "a1b2", "en")
    answer = save(officer, sheet, *({"row": row, "remove": {}} for row in ("a1b2", "c3d4")))
    assert (answer.status_code, "page of its draft" in answer.json()["problem"]) == (409, True)
    # All or nothing.
    assert len(drafts()) == 2


def test_rows_have_no_order_and_none_is_removed_that_is_held(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"), *add("c3d4", "Other"))
    actions.share(draft=drafts()[0].id, by="officer", at=HEAD["at"])
    page = page_of(officer)
    assert ("/order" in page, page.count("/remove")) == (False, 1)


@pytest.mark.parametrize("row", ["<x>", "a/b", "abcdefghi", "d-1", ""])
def test_a_row_that_no_page_calls_so_is_refused(officer: Client, sheet: int, row: str) -> None:
    answer = save(officer, sheet, *add(row))
    assert (answer.status_code, drafts()) == (409, [])


def test_a_draft_that_was_begun_elsewhere_is_a_row_too(officer: Client, sheet: int) -> None:
    number = drafted(NDL, paper(NDL, "Begun elsewhere"), uri("paper/keynote"))
    page = page_of(officer)
    assert ('value="Begun elsewhere"' in page, f'data-row="d-{number}"' in page) == (True, True)
    assert save(officer, sheet, cell(f"d-{number}", "label", "L7")).json()["conflicts"] == []
    assert contents()[0]["label"] == "L7"


def test_a_name_that_a_sent_paper_has_is_not_taken_again(officer: Client, sheet: int) -> None:
    actions.propose(
        institution=NDL, record=f"{NDL}/paper/e-ndl-a1b2", document=paper(NDL, "Sent"), replaces=None, **HEAD
    )
    answer = save(officer, sheet, *add("a1b2", "New"))
    assert (answer.status_code, [content["title"]["en"] for content in contents()]) == (200, ["New"])
    assert drafts()[0].record != f"{NDL}/paper/e-ndl-a1b2"


def paper(institution: str, title: str, **more: Any) -> Document:
    return of(
        "paper",
        title={"en": title},
        exchange=uri("exchange/e"),
        institution=institution,
        type="paper",
        shown_to="institutions",
        **more,
    )


# Pasting


def paste(client: Client, sheet: int, *, script: bool = True, **posted: Any) -> Any:
    accept = {"Accept": "text/html, application/json"} if script else {}
    return client.post(f"{PAPERS}{sheet}/paste/?lang=zh-Hans&lang=ja", posted, headers=accept)


def choices_in(page: str) -> list[str]:
    return re.findall(r'<option value="([^"]*)" selected', page.partition('class="pasted"')[2].partition("</thead>")[0])


@pytest.mark.parametrize("script", [True, False])
def test_a_list_from_beijing_is_shown_before_it_is_put_in_and_can_be_put_back(
    officer: Client, sheet: int, *, script: bool
) -> None:
    panel = paste(officer, sheet, text=LIST, script=script).content.decode()
    assert drafts() == []
    choices = choices_in(panel)
    assert choices == ["", "type", "speakers", "title:zh-Hans", "title:ja", ""]
    put = paste(officer, sheet, text=LIST, choice=choices, do="put", script=script)
    first, second = contents()
    assert (first["type"], second["type"]) == ("keynote", "theme report")
    assert second["title"] == {"zh-Hans": "数字资源长期保存", "ja": "デジタル資源の長期保存", "source": "zh-Hans"}
    assert [speaker["printed"] for speaker in second["speakers"]] == [{"zh-Hans": "何静"}, {"zh-Hans": "李伟"}]
    assert "PLANTED" not in json.dumps(contents())
    # Pasted again, it is known again.
    again = paste(officer, sheet, text=LIST, script=script).content.decode()
    assert again.count("no change") == 2
    if script:
        save(officer, sheet, *put.json()["undo"], lang="?lang=zh-Hans&lang=ja")
        assert drafts() == []


# Without script


def test_without_script_rows_are_added_changed_and_removed(officer: Client, sheet: int) -> None:
    fields = posted_from(page_of(officer, f"{PAPERS}?lang=en"))
    one, two, _three = (row.rstrip(":") for row in fields["rows"])
    assert re.fullmatch("[0-9a-f]{4}", one)
    officer.post(f"{PAPERS}{sheet}/save/?lang=en", fields | {f"{one}/title:en": "First", f"{two}/title:en": "Second"})
    assert [content["title"]["en"] for content in contents()] == ["First", "Second"]
    assert drafts()[0].record == f"{NDL}/paper/e-ndl-{one}"
    fields = posted_from(page_of(officer, f"{PAPERS}?lang=en"))
    officer.post(f"{PAPERS}{sheet}/save/?lang=en", fields | {f"{one}/label": "L1", f"{two}/remove": "1"})
    assert [(content["title"]["en"], content["label"]) for content in contents()] == [("First", "L1")]


def test_without_script_what_another_changed_is_shown_with_mine_in_its_cell(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"))
    fields = posted_from(page_of(officer, f"{PAPERS}?lang=en"))
    save(officer, sheet, cell("a1b2", "label", "L1"))
    answer = officer.post(f"{PAPERS}{sheet}/save/?lang=en", fields | {"a1b2/label": "L2"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this cell meanwhile: “L1”. Yours is still typed: “L2”." in page
    officer.post(f"{PAPERS}{sheet}/save/?lang=en", posted_from(page))
    assert contents()[0]["label"] == "L2"


def test_what_was_typed_when_the_session_had_ended_is_in_its_cells_again(officer: Client, sheet: int) -> None:
    address = f"{PAPERS}{sheet}/save/"
    row = posted_from(page_of(officer))["rows"][0].rstrip(":")
    session = officer.session
    session["unsaved"] = {"path": address, "typed": f"rows={row}:&{row}/label=L1"}
    session.save()
    page = officer.get(address).content.decode()
    assert ('value="L1"' in page, "You were signed out meanwhile" in page) == (True, True)
    assert drafts() == []


# Who speaks, and where it is given


def their_list(*members: dict[str, Any]) -> None:
    document = participation(NLC, members=list(members), shown_to="institutions")
    actions.propose(institution=NLC, record=uri("participation/c"), document=document, replaces=None, **HEAD)


def test_speakers_come_from_the_lists_of_people_as_they_stand_and_as_they_are_drafted(
    officer: Client, sheet: int
) -> None:
    post = [{"id": "post", "post": {"en": "Director"}}]
    their_list({"id": "m", "printed": {"en": "Same Person"}, "posts": post})
    ours = participation(NDL, members=[{"id": "m", "printed": {"en": "Our Own"}}], shown_to="institutions")
    drafted(NDL, ours, uri("participation/n"))
    answer = save(officer, sheet, *add("a1b2"), cell("a1b2", "speakers", "same person; Our Own; Nobody Known")).json()
    speakers = contents()[0]["speakers"]
    assert [speaker["printed"] for speaker in speakers] == [
        {"en": "Same Person"},
        {"en": "Our Own"},
        {"en": "Nobody Known"},
    ]
    assert speakers[0]["posts"] == post
    assert answer["rows"][0]["cells"]["speakers"] == "Same Person; Our Own; Nobody Known"
    assert [mark["words"] for mark in answer["marks"]] == ["Speakers: The speaker is in nobody’s list: Nobody Known."]


WANG: Final = {"zh-Hans": "王芳", "zh-Latn-pinyin": "Wang Fang", "source": "zh-Hans"}


def our_list(post: str) -> None:
    """Our list of people, as it is drafted now."""
    posts = [{"id": "post", "post": {"en": post}}]
    members = [{"id": "m1a2b3", "printed": WANG, "posts": posts}]
    content = participation(NDL, members=members, shown_to="institutions").content()
    known = [draft for draft in queries.drafts_of(NDL) if draft.kind == "participation"]
    if not known:
        drafted(NDL, participation(NDL, members=members, shown_to="institutions"), uri("participation/n"))
    for draft in known:
        actions.save(draft=draft.id, content=content, seen=draft.edition, **HEAD)


def test_what_the_list_says_of_a_speaker_is_offered_and_taken_with_one_button(officer: Client, sheet: int) -> None:
    our_list("Chief")
    save(officer, sheet, *add("a1b2"), cell("a1b2", "speakers", "wang fang"))
    assert contents()[0]["speakers"][0]["printed"] == WANG
    assert "The list of people says otherwise" not in page_of(officer)
    our_list("Director")
    assert contents()[0]["speakers"][0]["posts"][0]["post"] == {"en": "Chief"}
    page = page_of(officer)
    assert "The list says: 王芳 (Director)." in page
    fields = dict(re.findall(r'name="(paper|speaker)" value="([^"]+)"', page))
    answer = officer.post(f"{PAPERS}{sheet}/list/", fields)
    assert (answer.status_code, contents()[0]["speakers"][0]["posts"][0]["post"]) == (302, {"en": "Director"})
    assert "The list of people says otherwise" not in page_of(officer)


@pytest.mark.parametrize("role", ["reader", "translator"])
def test_who_may_not_type_in_a_paper_takes_nothing_into_it(officer: Client, sheet: int, role: str) -> None:
    our_list("Chief")
    save(officer, sheet, *add("a1b2"), cell("a1b2", "speakers", "王芳"))
    our_list("Director")
    answer = person("someone", (NDL, role)).post(f"{PAPERS}{sheet}/list/", {"paper": "a1b2", "speaker": "row-m1a2b3"})
    assert (answer.status_code, contents()[0]["speakers"][0]["posts"][0]["post"]) == (404, {"en": "Chief"})
    assert person("stranger", (NAL, "head")).post(f"{PAPERS}{sheet}/list/", {}).status_code == 404


def timetable(*sessions: tuple[str, str]) -> Document:
    """One that names papers: (title, record) of each session."""
    listed = [
        {"id": f"s{place}", "type": "working session", "title": {"en": title}, "papers": [record]}
        for place, (title, record) in enumerate(sessions)
    ]
    return of(
        "timetable",
        title={"en": "Timetable"},
        exchange=uri("exchange/e"),
        arranged_by=NLC,
        sessions=listed,
        shown_to="institutions",
    )


def test_the_sessions_that_name_a_paper_are_shown_and_a_second_one_is_pointed_out(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"), *add("c3d4", "In none"))
    assert "In no session." not in page_of(officer)
    sent = uri("paper/sent")
    actions.propose(institution=NDL, record=sent, document=paper(NDL, "Sent"), replaces=None, **HEAD)
    first = drafts()[0].record
    theirs = drafted(NLC, timetable(("Opening", first), ("Second part", first), ("Third", sent)), uri("timetable/t"))
    assert "Second part" not in page_of(officer)
    actions.share(draft=theirs, by="head", at=HEAD["at"])
    page = page_of(officer)
    assert ("Opening; Second part" in page, "Also in Second part." in page, "Third" in page) == (True, True, True)
    assert page.count("In no session.") == 1


# What is missing


def in_japanese(institution: str) -> None:
    """The record of an institution with a name in Japanese first: it works in that language."""
    content = {
        "kind": "institution",
        "type": "national library",
        "title": {"ja": "国会図書館", "en": "Diet Library", "source": "ja"},
        "kept_by": institution,
    }
    actions.propose(institution=institution, record=institution, document=document_of(content), replaces=None, **HEAD)


def test_what_is_missing_is_counted_for_each_institution_and_says_by_when_it_is_due(
    officer: Client, sheet: int
) -> None:
    in_japanese(NDL)
    save(officer, sheet, *add("a1b2"), *add("c3d4", "Other"), cell("c3d4", "title:ja", "別"))
    actions.propose(institution=NLC, record=uri("paper/c"), document=paper(NLC, "Theirs"), replaces=None, **HEAD)
    for what, who, due in (
        ("Titles", "Diet Library", "2090-10-10"),
        ("Texts to the partner", "Mori", "2090-10-20"),
        ("Translations", "NLC", "2090-10-30"),
    ):
        planning.add_step(
            exchange=uri("exchange/e"), institution=NDL, what=what, who=who, due=due, by="officer", at=HEAD["at"]
        )
    page = page_of(officer)
    assert "titles missing: 1; texts missing: 4" in page
    assert "titles missing: 1; texts missing: 2" in page
    # Ours in our own language, its text; and the partner's in ours.
    assert 'placeholder="missing; due 10 October 2090"' in page
    assert 'placeholder="missing; due 20 October 2090"' in page
    assert "missing; due 30 October 2090" in page
    assert "No title in: Japanese." in page
    assert 'placeholder="not needed"' in page_of(officer, f"{PAPERS}?lang=ja&lang=ko")


def test_the_working_languages_of_the_plan_are_those_in_which_papers_are_needed(officer: Client) -> None:
    drafted(NDL, under(NDL, NLC, languages=["ko"], dates=DATES), uri("exchange/x"))
    officer.post("/desk/exchange/x/papers/begin/")
    page = page_of(officer, "/desk/exchange/x/papers/?lang=ja&lang=ko")
    hints = dict(re.findall(r'name="\w+/(title:\w+)"[^>]*placeholder="([^"]*)"', page))
    assert hints == {"title:ko": "missing", "title:ja": "not needed"}


@pytest.mark.parametrize(
    ("text", "shown"), [("g", "as given"), ("supplied", "supplied by the institution"), ("訳", "in translation")]
)
def test_how_a_text_is_there_is_typed_by_letters(officer: Client, sheet: int, text: str, shown: str) -> None:
    answer = save(officer, sheet, *add("a1b2"), cell("a1b2", "text:en", text)).json()
    assert answer["rows"][0]["cells"]["text:en"] == shown
    assert contents()[0]["wordings"] == [{"id": "en", "lang": "en", "status": shown}]


def test_only_what_is_missing_from_me_can_be_shown_and_saving_that_loses_nothing(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"), *add("c3d4", "Done"), cell("c3d4", "text:en", "g"))
    page = page_of(officer, f"{PAPERS}?lang=en&for=me")
    assert re.findall(r'data-row="(\w+)"[^>]* hidden', page) == ["c3d4"]
    officer.post(f"{PAPERS}{sheet}/save/?lang=en", posted_from(page) | {"a1b2/text:en": "g"})
    assert [content["title"]["en"] for content in contents()] == ["Title", "Done"]
    assert page_of(officer, f"{PAPERS}?lang=en&for=me").count(" hidden") >= 2


# Files


def put_file(client: Client, sheet: int, row: str, language: str, *, script: bool = False, **more: Any) -> Any:
    file = more.pop("file", SimpleUploadedFile("text.pdf", A_PDF, "application/pdf"))
    accept = {"Accept": "application/json"} if script else {}
    posted = {"paper": row, "language": language, **({"file": file} if file else {})}
    return client.post(f"{PAPERS}{sheet}/file/", posted, headers=accept)


def test_a_file_is_the_text_of_a_paper_and_stays_when_the_row_is_typed_into(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"))
    answer = put_file(officer, sheet, "a1b2", "en", script=True).json()
    assert answer["rows"][0]["cells"]["text:en"] == "as given"
    assert officer.get(answer["file"]["href"]).content == A_PDF
    assert put_file(officer, sheet, "a1b2", "ja").status_code == 302
    (first, second) = contents()[0]["wordings"]
    assert (first["file"]["name"], first["status"], second["status"]) == ("text.pdf", "as given", "in translation")
    save(officer, sheet, cell("a1b2", "text:ja", "s", "in translation"), cell("a1b2", "label", "L1"))
    save(officer, sheet, cell("a1b2", "text:en", "", "as given"))
    (kept, changed) = contents()[0]["wordings"]
    assert (kept, changed["status"]) == (first, "supplied by the institution")
    assert page_of(officer, f"{PAPERS}?lang=en&lang=ja").count('class="file"') == 2


@pytest.mark.parametrize(
    ("row", "language", "file", "why"),
    [
        ("a1b2", "en", SimpleUploadedFile("x.exe", b"MZ"), "cannot be attached"),
        ("a1b2", "en", SimpleUploadedFile("x.pdf", b"no"), "not what its name says"),
        ("a1b2", "en", SimpleUploadedFile("x.pdf", b""), "is empty"),
        ("a1b2", "en", None, "Choose the paper, the language and the file."),
        ("a1b2", "xx", None, "Choose the paper, the language and the file."),
        ("zzzz", "en", None, "Choose the paper, the language and the file."),
    ],
)
@pytest.mark.parametrize("script", [True, False])
def test_a_file_that_is_not_kept_is_refused_in_words_and_nothing_is_left_of_it(
    officer: Client, sheet: int, row: str, language: str, file: Any, why: str, *, script: bool
) -> None:
    save(officer, sheet, *add("a1b2"))
    if file:
        file.seek(0)
    answer = put_file(officer, sheet, row, language, script=script, file=file)
    assert (answer.status_code, why in answer.content.decode()) == (409, True)
    assert ("wordings" in contents()[0], files.FileRow.objects.count()) == (False, 0)


def test_a_file_that_is_too_large_is_refused(officer: Client, sheet: int, settings: Any) -> None:
    settings.FILE_SIZE = 8
    save(officer, sheet, *add("a1b2"))
    answer = put_file(officer, sheet, "a1b2", "en", script=True)
    assert (answer.status_code, "too large" in answer.json()["problem"]) == (409, True)


def test_whatever_is_typed_is_text_and_never_html(officer: Client, sheet: int) -> None:
    script = "\"'><script>alert(1)</script>"
    save(officer, sheet, *add("a1b2", script), *(cell("a1b2", key, script) for key in ("label", "type", "speakers")))
    put_file(officer, sheet, "a1b2", "en", file=SimpleUploadedFile(f"{script}.pdf", A_PDF))
    planning.add_step(
        exchange=uri("exchange/e"), institution=NDL, what="Titles", who=script, due="2090", by="officer", at=HEAD["at"]
    )
    actions.propose(institution=NLC, record=uri("paper/c"), document=paper(NLC, script), replaces=None, **HEAD)
    page = page_of(officer, f"{PAPERS}?lang=en&lang=ko")
    assert ("<script>alert" in page, page.count("&lt;script&gt;alert") >= 6) == (False, True)


# Whose it is

ACTS: Final = ("save", "paste", "file")


@pytest.mark.parametrize(
    ("who", "whose", "role"), [("partner", NLC, "head"), ("stranger", NLK, "head"), ("reader", NDL, "reader")]
)
def test_only_who_drafts_for_us_types_in_our_list(officer: Client, sheet: int, who: str, whose: str, role: str) -> None:
    save(officer, sheet, *add("a1b2"))
    before = contents()
    client = person(who, (whose, role))
    cache.clear()
    for act in ACTS:
        posted = {"changes": json.dumps([cell("a1b2", "label", "X")]), "text": LIST, "do": "put", "paper": "a1b2"}
        assert client.post(f"{PAPERS}{sheet}/{act}/", posted).status_code == 404
    assert contents() == before
    assert client.get(PAPERS).status_code == (404 if whose == NLK else 200)
    assert client.post(f"{PAPERS}begin/").status_code in (302, 404, 409)
    assert contents() == before


def test_whoever_is_signed_out_is_shown_the_door(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"))
    stranger = Client()
    assert stranger.get(PAPERS).status_code == 302
    for act in ACTS:
        assert stranger.post(f"{PAPERS}{sheet}/{act}/", {"changes": "[]"}).status_code == 401
    assert len(drafts()) == 1


def test_a_reader_of_ours_sees_the_papers_and_types_nothing(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2", "To be read"))
    page = page_of(person("reader", (NDL, "reader")))
    assert ("To be read" in page, 'name="a1b2/' in page, 'class="in-rows"' in page) == (True, False, False)


def test_a_contributor_begins_papers_and_changes_their_own_alone(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2", "Of the officer"))
    client = person("contributor", (NDL, "contributor"))
    cache.clear()
    assert save(client, sheet, *add("c3d4", "My own")).status_code == 200
    assert save(client, sheet, cell("c3d4", "label", "L2")).json()["conflicts"] == []
    for change in (cell("a1b2", "label", "L1"), {"row": "a1b2", "remove": {}}):
        refused = save(client, sheet, change)
        assert (refused.status_code, refused.json()["problem"]) == (
            409,
            "Contributors can change only the drafts they began.",
        )
    assert put_file(client, sheet, "a1b2", "en", script=True).status_code == 409
    assert files.FileRow.objects.count() == 0
    page = page_of(client)
    assert ("Of the officer" in page, 'name="a1b2/label"' in page, 'name="c3d4/label"' in page) == (True, False, True)
    assert [content.get("label") for content in contents()] == [None, "L2"]
    # What an officer and the contributor change in one save, is one or the other's to do: nothing of it is half done.
    assert save(client, sheet, cell("c3d4", "label", "L3", "L2"), cell("a1b2", "label", "L1")).status_code == 409
    assert [content.get("label") for content in contents()] == [None, "L2"]


def test_a_translator_puts_titles_into_other_languages_and_nothing_else(officer: Client, sheet: int) -> None:
    save(officer, sheet, *add("a1b2"), cell("a1b2", "speakers", "Mori"), *add("c3d4", "Other"))
    client = person("translator", (NDL, "translator"))
    cache.clear()
    page = page_of(client, f"{PAPERS}?lang=en&lang=ja")
    assert re.findall(r'name="(\w+/[^"]+)"', page.partition("<tbody>")[2].partition("</tbody>")[0]) == [
        "a1b2/title:ja",
        "c3d4/title:ja",
    ]
    assert ("Speakers" in page, "/remove" in page, 'type="file"' in page) == (False, False, False)
    assert save(client, sheet, cell("a1b2", "title:ja", "題")).json()["conflicts"] == []
    assert contents()[0]["title"] == {"en": "Title", "ja": "題", "source": "en"}
    for change in (
        cell("a1b2", "title:en", "X", "Title"),
        cell("a1b2", "label", "L1"),
        {"row": "c3d4", "remove": {}},
        {"row": "e5f6", "add": None},
    ):
        more = [cell("e5f6", "title:ja", "新")] if "add" in change else []
        assert save(client, sheet, change, *more).status_code == 409
    assert put_file(client, sheet, "a1b2", "en").status_code == 404
    assert [content["title"].get("en") for content in contents()] == ["Title", "Other"]
    # Nor what is in no column of theirs.
    assert save(client, sheet, cell("a1b2", "speakers", "X", "Mori")).json()["conflicts"] == []
    assert "Mori" in json.dumps(contents())


def test_only_what_is_missing_from_a_translator_is_shown_to_one(officer: Client, sheet: int) -> None:
    in_japanese(NDL)
    save(officer, sheet, *add("a1b2"), *add("c3d4", "Done"), cell("c3d4", "title:ja", "済"))
    client = person("translator", (NDL, "translator"))
    page = page_of(client, f"{PAPERS}?lang=en&lang=ja&for=me")
    assert re.findall(r'data-row="(\w+)"[^>]* hidden', page) == ["c3d4"]


def test_a_draft_of_the_partner_is_read_once_it_is_shown_and_never_typed_into(officer: Client, sheet: int) -> None:
    theirs = drafted(NLC, paper(NLC, "Their Paper"), uri("paper/c"))
    assert ("Their Paper" in page_of(officer), "Put on record from a letter" in page_of(officer)) == (False, True)
    actions.share(draft=theirs, by="head", at=HEAD["at"])
    page = page_of(officer)
    assert ("Their Paper" in page, page.count('class="in-rows"')) == (True, 1)
    number = number_of_nlc()
    assert save(officer, number, *add("a1b2")).status_code == 404
    assert drafts() == []


def number_of_nlc() -> int:
    """Where the list of the partner is typed, by the partner."""
    return number_in(page_of(person("theirs", (NLC, "officer"))), "nlc")


def test_numbers_that_are_no_list_of_this_exchange_are_not_there(officer: Client, sheet: int) -> None:
    for number in (sheet + 1, 1, drafted(NDL, paper(NDL, "X"), uri("paper/x"))):
        assert save(officer, number, *add("a1b2")).status_code == 404
    assert officer.post(f"{PAPERS}{sheet}/other/").status_code == 404


def test_a_new_version_of_what_stands_is_begun_here_and_is_a_row(officer: Client, sheet: int) -> None:
    record = f"{NDL}/paper/e-ndl-a1b2"
    actions.propose(institution=NDL, record=record, document=paper(NDL, "Sent"), replaces=None, **HEAD)
    assert "Draft a new version" in page_of(officer)
    assert officer.post(f"{PAPERS}begin/", {"record": record}).headers["Location"] == PAPERS
    answer = save(officer, sheet, cell("a1b2", "title:en", "Sent, and changed", "Sent")).json()
    assert answer["conflicts"] == []
    assert (drafts()[0].replaces != "", contents()[0]["title"]) == (True, {"en": "Sent, and changed"})
    assert officer.post(f"{PAPERS}begin/", {"record": uri("paper/other")}).status_code == 404
    # What replaces a version is not removed here.
    assert save(officer, sheet, {"row": "a1b2", "remove": {}}).status_code == 409


def test_the_papers_of_a_partner_that_only_writes_rest_on_its_letter(officer: Client) -> None:
    titled = under(NDL, NAL, dates=DATES, shown_to="institutions")
    drafted(NDL, titled, uri("exchange/l"))
    page = "/desk/exchange/l/papers/"
    assert "Put on record from a letter" in page_of(officer, page)
    letter = SimpleUploadedFile("re.txt", b"We give two papers.", "text/plain")
    sent = {"partner": NAL, "names": ["paper"], "letter": letter, "dated": "2026-09-02"}
    answer = officer.post("/desk/exchange/l/received/", sent)
    assert answer.headers["Location"] == page
    number = number_in(page_of(officer, page), "nal")
    (first,) = drafts()
    row = first.record.rpartition("-")[2]
    changes = [cell(row, "title:en", "First of theirs"), *add("a1b2", "Second of theirs")]
    answer = officer.post(
        f"{page}{number}/save/?lang=en", {"changes": json.dumps(changes)}, headers={"Accept": "application/json"}
    )
    assert answer.json()["conflicts"] == []
    one, two = drafts()
    assert two.record == f"{NDL}/paper/l-nal-a1b2"
    assert (two.says, two.content["institution"], two.content["shown_to"]) == ("recorded", NAL, "institutions")
    assert two.content["sources"] == one.content["sources"]
    # Of the letter nothing goes with the first of them.
    head = person("chief", (NDL, "head"))
    assert head.post(f"/desk/draft/{one.id}/discard/").status_code in (200, 302)
    assert files.FileRow.objects.count() == 1


def test_whichever_way_a_paper_is_begun_it_is_typed_here(officer: Client) -> None:
    answer = officer.post("/desk/exchange/e/begin/", {"kind": "paper"})
    assert answer.headers["Location"] == PAPERS
    page = page_of(officer, "/desk/exchange/e/")
    assert page.count(f'href="{PAPERS}"') >= 2


# How it is made


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_takes_as_many_statements_however_much_there_is(
    officer: Client, sheet: int, count: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(count):
        save(officer, sheet, *add(f"a1b{place}", f"Title {place}"), cell(f"a1b{place}", "speakers", f"Person {place}"))
        actions.share(draft=drafts()[-1].id, by="officer", at=HEAD["at"])
        document = paper(NLC, f"Theirs {place}")
        actions.propose(institution=NLC, record=uri(f"paper/c{place}"), document=document, replaces=None, **HEAD)
    their_list(*({"id": f"m{place}", "printed": {"en": f"Name {place}"}} for place in range(count)))
    officer.get(PAPERS)
    with django_assert_max_num_queries(8):
        officer.get(PAPERS)


def test_forty_papers_in_three_languages_are_a_small_page(officer: Client, sheet: int) -> None:
    in_japanese(NDL)
    for place in range(40):
        row = f"{place:04x}"
        title = f"The long-term preservation of the digital collections, part {place}"
        typed = [*add(row, title), cell(row, "title:ja", f"デジタル資料の長期保存 その{place}")]
        save(officer, sheet, *typed, cell(row, "label", f"L{place}"), cell(row, "speakers", "Mori Kenichi"))
    answer = officer.get(f"{PAPERS}?lang=ja&lang=zh-Hans&lang=en")
    assert answer.content.count(b"data-row=") == 43
    assert len(answer.content) <= 120_000


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
@pytest.mark.parametrize("role", ["officer", "translator", "reader"])
def test_the_page_is_made_in_every_language(officer: Client, sheet: int, language: str, role: str) -> None:
    save(officer, sheet, *add("a1b2"), cell("a1b2", "text:ja", "g"))
    actions.propose(institution=NLC, record=uri("paper/c"), document=paper(NLC, "Theirs"), replaces=None, **HEAD)
    client = person("second", (NDL, role), language=language)
    for address in (PAPERS, f"{PAPERS}?lang=ko&lang=ja&for=me"):
        answer = client.get(address)
        assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)
