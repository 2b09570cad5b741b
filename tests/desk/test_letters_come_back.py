"""A list that went out as a letter comes back from a partner's Word: compared, shown, and put in where it is ticked."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from koryu.consent import actions
from koryu.consent import queries as consent
from tests.desk.people import person
from tests.desk.test_exchange_people import PEOPLE
from tests.desk.test_exchange_spreadsheets import fields_of, load, panel_of, put
from tests.desk.test_letters import W, approved, begun, plan_and_people
from tests.docx import changed, text_of
from tests.world import (
    AT,
    NDL,
    NLC,
    participation,
    settle_in,
    stands,
)

pytestmark = pytest.mark.django_db
Row = Any


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    plan_and_people()


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def draft() -> int:
    return next(draft.id for draft in consent.drafts_of(NDL))


@pytest.fixture
def sent(officer: Client) -> bytes:
    """The list in Japanese as a Word file, approved."""
    page = begun(officer, langs="ja")
    approved(officer, page)
    return bytes(officer.get(f"{page}1/word/").content)


def edited(word: bytes, edit: Callable[[list[Row]], None]) -> bytes:
    """The file with the rows of its first table edited, as Word saves it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                edit(root.findall(f".//{W}tbl/{W}tr"))
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(name, part)
    return made.getvalue()


def typed_over(row: Row, was: str, now: str) -> None:
    (text,) = (each for each in row.iter(f"{W}t") if each.text and was in each.text)
    text.text = text.text.replace(was, now)


def members() -> list[dict[str, Any]]:
    (list_of_ours,) = consent.drafts_of(NDL)
    return list(list_of_ours.content["members"])


def test_a_list_that_comes_back_as_it_was_differs_in_nothing(officer: Client, draft: int, sent: bytes) -> None:
    panel = panel_of(load(officer, draft, sent, "名簿.docx"))
    assert "Put in 0 rows" in panel
    assert panel.count("no change") == 2


def test_what_was_changed_is_shown_and_put_in_and_nothing_else(officer: Client, draft: int, sent: bytes) -> None:
    def edit(rows: list[Row]) -> None:
        first, second = rows[1], rows[2]
        typed_over(second, "森 花子", "森 華子")
        # Rows that changed places stay what they are.
        second.addnext(first)

    panel = panel_of(load(officer, draft, edited(sent, edit), "名簿.docx"))
    assert "森 華子" in panel
    assert put(officer, draft, panel).status_code == 302
    first, second = members()
    assert (first["printed"]["ja"], first["posts"][0]["unit"]["zh-Hans"]) == ("\ufa19尾 健一", "总务部")
    assert second["printed"]["ja"] == "森 華子"
    assert second["id"] == "m2"


def test_a_list_in_a_template_of_the_office_comes_back_as_any_other(officer: Client, draft: int) -> None:
    at = "/desk/letters/templates/participants/ja/"
    layout = changed(officer.get(f"{at}shipped/?names=ja").content, {"{{派遣機関}}": "様式1　{{派遣機関}}"})
    kept: Any = officer.post(f"{at}upload/", {"template": SimpleUploadedFile("名簿.docx", layout)})
    assert officer.post(f"{kept.url}use/").status_code == 302
    page = begun(officer, langs="ja")
    approved(officer, page)
    word = officer.get(f"{page}1/word/").content
    assert "様式1" in text_of(word)
    panel = panel_of(
        load(officer, draft, edited(word, lambda rows: typed_over(rows[2], "森 花子", "森 華子")), "名簿.docx")
    )
    assert put(officer, draft, panel).status_code == 302
    assert [(each["id"], each["printed"]["ja"]) for each in members()] == [("m1", "\ufa19尾 健一"), ("m2", "森 華子")]


def test_what_was_changed_here_meanwhile_is_kept_where_the_file_says_nothing(
    officer: Client,
    draft: int,
    sent: bytes,
) -> None:
    officer.post(
        f"{PEOPLE}{draft}/save/",
        {"changes": '[{"row": "m2", "cell": "name:ja", "was": "森 花子", "now": "森 はな"}]'},
    )
    panel = panel_of(load(officer, draft, sent, "名簿.docx"))
    assert "Put in 0 rows" in panel
    assert members()[1]["printed"]["ja"] == "森 はな"


def test_a_row_that_is_gone_goes_only_where_that_is_ticked(officer: Client, draft: int, sent: bytes) -> None:
    def edit(rows: list[Row]) -> None:
        rows[2].getparent().remove(rows[2])

    panel = panel_of(load(officer, draft, edited(sent, edit), "名簿.docx"))
    put(officer, draft, panel)
    assert [member["id"] for member in members()] == ["m1", "m2"]


def test_the_page_of_a_letter_that_was_sent_leads_to_where_it_comes_back(officer: Client) -> None:
    page = begun(officer, langs="ja")
    approved(officer, page)
    assert "The partner sends it back changed" not in officer.get(page).content.decode()
    officer.post(f"{page}do/", {"do": "send", "how": "mail", "on": "2026-11-22", "to": "NLC", "number": "", "day": ""})
    said = officer.get(page).content.decode()
    assert "The partner sends it back changed" in said
    assert re.search(r'href="/desk/exchange/e/people/', said)


OTHER: Final = "王 小明"


def another_in_second_row(rows: list[Row]) -> None:
    """The second member typed over with somebody else, whose cells have nothing in common with it."""
    texts = [text for text in rows[2].iter(f"{W}t") if text.text]
    for text in texts:
        text.text = OTHER if "森" in (text.text or "") else ""


def asked_of(panel: str) -> dict[str, list[str]]:
    """What is asked of each row, and what may be answered."""
    selects = re.findall(r'<select name="same:(\d+)"[^>]*>(.*?)</select>', panel, re.DOTALL)
    return {number: re.findall(r'<option value="([^"]*)"', inside) for number, inside in selects}


def test_a_row_that_is_not_certain_is_asked_and_the_answer_is_kept(officer: Client, draft: int, sent: bytes) -> None:
    panel = panel_of(load(officer, draft, edited(sent, another_in_second_row), "名簿.docx"))
    assert asked_of(panel) == {"3": ["", "m2", "new", "out"]}
    assert "Row 3: the same entry rewritten, or another?" in panel
    assert "the same as: 森 花子" in panel
    assert "Put in 0 rows" in panel
    # Nobody has said which one it is: nothing is put in, and it is asked again.
    again = panel_of(put(officer, draft, panel))
    assert "Rows that are not certain: 1." in again
    assert [member["printed"]["ja"] for member in members()] == ["\ufa19尾 健一", "森 花子"]
    # An answer is looked at first, and stays.
    fields = {**fields_of(again), "same:3": "m2"}
    looked = panel_of(officer.post(f"{PEOPLE}{draft}/paste/", {**fields, "do": "ask"}))
    assert '<option value="m2" selected>' in looked
    assert "Put in 1 rows" in looked
    assert put(officer, draft, looked).status_code == 302
    assert [(member["id"], member["printed"]["ja"]) for member in members()][1] == ("m2", OTHER)


@pytest.mark.parametrize(("answer", "names"), [("new", ["\ufa19尾 健一", "森 花子", OTHER]), ("out", None)])
def test_another_one_is_a_new_row_and_one_that_is_left_out_is_none(
    officer: Client, draft: int, sent: bytes, answer: str, names: list[str] | None
) -> None:
    panel = panel_of(load(officer, draft, edited(sent, another_in_second_row), "名簿.docx"))
    # What was not looked at with this answer is not put in with it.
    unseen = put(officer, draft, panel, **{"same:3": answer})
    looked = panel_of(unseen)
    assert len(members()) == 2
    if names is None:
        assert "Put in 0 rows" in looked
        return
    assert put(officer, draft, looked).status_code == 302
    assert [member["printed"]["ja"] for member in members()] == names


def test_an_answer_that_is_none_of_those_offered_is_none(officer: Client, draft: int, sent: bytes) -> None:
    panel = panel_of(load(officer, draft, edited(sent, another_in_second_row), "名簿.docx"))
    looked = panel_of(put(officer, draft, panel, **{"same:3": "m1"}))
    assert asked_of(looked) == {"3": ["", "m2", "new", "out"]}
    assert "data-unanswered" in looked


def test_without_its_head_the_first_row_is_as_certain_as_the_others(officer: Client, draft: int, sent: bytes) -> None:
    def edit(rows: list[Row]) -> None:
        typed_over(rows[1], "健一", "憲一")
        rows[0].getparent().remove(rows[0])

    panel = panel_of(load(officer, draft, edited(sent, edit), "名簿.docx"))
    assert put(officer, draft, panel).status_code == 302
    assert [(member["id"], member["printed"]["ja"]) for member in members()] == [
        ("m1", "\ufa19尾 憲一"),
        ("m2", "森 花子"),
    ]


def test_a_head_that_was_sorted_in_among_the_rows_stands_above_them(officer: Client, draft: int, sent: bytes) -> None:
    panel = panel_of(load(officer, draft, edited(sent, lambda rows: rows[1].addnext(rows[0])), "名簿.docx"))
    assert panel.count("no change") == 2


def test_merged_cells_and_a_column_that_is_gone_are_said_and_take_nothing(
    officer: Client, draft: int, sent: bytes
) -> None:
    def edit(rows: list[Row]) -> None:
        # The last column is deleted, and the first two cells of the second member are one.
        for row in rows:
            row.remove(row.findall(f"{W}tc")[-1])
        cells = rows[2].findall(f"{W}tc")
        properties = cells[0].find(f"{W}tcPr")
        properties.append(etree.Element(f"{W}gridSpan", {f"{W}val": "2"}))
        rows[2].remove(cells[1])

    before = members()
    panel = panel_of(load(officer, draft, edited(sent, edit), "名簿.docx"))
    assert "Cells were merged in row 3" in panel
    assert "Not in the file, and left as they were:" in panel
    assert "Put in 0 rows" in panel
    put(officer, draft, panel)
    assert members() == before


def tracked(rows: list[Row]) -> None:
    """The name of the second member changed by 王芳 while changes were tracked, as Word writes it."""
    (text,) = (each for each in rows[2].iter(f"{W}t") if each.text and "森 花子" in each.text)
    run = text.getparent()
    for tag, inner, words in (("del", "delText", "森 花子"), ("ins", "t", "森 華子")):
        change = etree.Element(f"{W}{tag}", {f"{W}id": "1", f"{W}author": "王芳"})
        piece = etree.SubElement(etree.SubElement(change, f"{W}r"), f"{W}{inner}")
        piece.text = words
        run.addprevious(change)
    run.getparent().remove(run)


def test_tracked_changes_are_shown_and_can_be_rejected(officer: Client, draft: int, sent: bytes) -> None:
    panel = panel_of(load(officer, draft, edited(sent, tracked), "名簿.docx"))
    assert "王芳: <del>森 花子</del> <ins>森 華子</ins>" in panel
    assert "Put in 1 rows" in panel
    rejected = panel_of(officer.post(f"{PEOPLE}{draft}/paste/", {**fields_of(panel), "rejected": "1", "do": "look"}))
    assert "as if they were rejected" in rejected
    assert "Put in 0 rows" in rejected


def test_a_file_that_came_another_way_is_looked_at_without_being_sent_again(
    officer: Client, draft: int, sent: bytes
) -> None:
    held = fields_of(panel_of(load(officer, draft, edited(sent, tracked), "名簿.docx")))["held"][0]
    assert "森 華子" in panel_of(officer.get(f"{PEOPLE}{draft}/load/?held={held}"))
    for odd in ("", "0", "99999999999999999999", "x"):
        assert officer.get(f"{PEOPLE}{draft}/load/?held={odd}").status_code in (302, 409)
    assert person("li", (NLC, "head")).get(f"{PEOPLE}{draft}/load/?held={held}").status_code == 404


def test_a_row_that_was_removed_here_since_is_not_made_again(officer: Client, draft: int, sent: bytes) -> None:
    kept = consent.draft(draft)
    assert kept
    content = {**kept.content, "members": members()[:1]}
    actions.save(draft=draft, content=content, seen=kept.edition, by="officer", at=AT)
    panel = panel_of(load(officer, draft, sent, "名簿.docx"))
    assert "this row was removed here after the list went out" in panel
    assert "Put in 0 rows" in panel


def test_of_a_letter_with_two_lists_the_one_of_this_sheet_is_read(officer: Client, draft: int) -> None:
    listed = [{"id": f"n{at}", "printed": {"zh-Hans": f"沈{at}"}} for at in range(5)]
    theirs = participation(NLC, members=listed, shown_to="institutions")
    stands(theirs, NLC, record=f"{NLC}/participation/e")
    page = begun(officer, langs="ja")
    officer.post(f"{page}do/", {"do": "save", "edition": "1", "whose": ""})
    approved(officer, page)
    word = bytes(officer.get(f"{page}1/word/").content)
    panel = panel_of(load(officer, draft, word, "名簿.docx"))
    assert "Nothing differs from what was sent." in panel
    assert panel.count("no change") == 2


def test_a_letter_of_another_exchange_is_not_taken(officer: Client, draft: int, sent: bytes) -> None:
    from koryu.correspondence import models

    models.LetterRow.objects.update(exchange="tag:example.org,2026:exchange/other")
    answer = load(officer, draft, sent, "名簿.docx")
    assert answer.status_code == 409
    assert "of another exchange" in answer.content.decode()


def test_parts_of_two_letters_in_one_file_are_not_taken(officer: Client, draft: int, sent: bytes) -> None:
    def edit(rows: list[Row]) -> None:
        mark = next(rows[1].iter(f"{W}bookmarkStart"))
        mark.set(f"{W}name", "k7Q42M9A_1")

    answer = load(officer, draft, edited(sent, edit), "名簿.docx")
    assert answer.status_code == 409
    assert "parts of two letters" in answer.content.decode()


def test_a_word_list_of_somebody_else_is_read_as_a_table(officer: Client, draft: int, sent: bytes) -> None:
    def edit(rows: list[Row]) -> None:
        for mark in [mark for row in rows for mark in row.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        typed_over(rows[2], "森 花子", "林 光")

    made = edited(sent, edit)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = re.sub(rb"koryu:[^<]*", b"", parts["docProps/core.xml"])
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    assert "林 光" in panel_of(load(officer, draft, written.getvalue(), "list.docx"))
