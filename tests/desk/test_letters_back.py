"""What comes back to letters through the door: a plan compared and taken, files kept, mails filed; and who may not."""

import base64
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from email import message_from_bytes
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.consent import queries as consent
from koryu.correspondence import models, queries
from koryu.correspondence.actions import delete_old_letters
from koryu.files.models import ArrivedFile, FileRow
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from tests.desk.people import person
from tests.desk.test_letters import LETTERS, W, approved, begun, do, plan_and_people, sent
from tests.desk.test_letters_come_back import edited, typed_over
from tests.html import problems_of
from tests.ingest.made_files import mail, xlsx
from tests.world import (
    EXCHANGE,
    NDL,
    NLC,
    NLK,
    drafted,
    paper,
    settle_in,
    timetable,
)

pytestmark = pytest.mark.django_db
BACK: Final = f"{LETTERS}back/"
MAILS: Final = f"{LETTERS}mails/"
Edit = Callable[[list[Any]], None]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    theme = {"id": "t", "level": "main theme", "text": {"ja": "資料保存", "zh-Hans": "文献保护", "source": "ja"}}
    plan_and_people(planned_size=5, themes=[theme])


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


def went_out(head: Client, kind: str = "plan", langs: str = "zh-Hans") -> tuple[str, bytes]:
    """A letter that was sent: its number, and its Word file."""
    page = begun(head, kind, langs)
    approved(head, page)
    word = bytes(head.get(f"{page}1/word/").content)
    sent(head, page)
    return page.rstrip("/").rpartition("/")[2], word


def comes_back(client: Client, body: bytes, name: str = "方案.docx", **more: str) -> Any:
    return client.post(BACK, {"file": SimpleUploadedFile(name, body), **more})


def fields_of(page: str) -> dict[str, Any]:
    form = page.partition('<form class="letter-form')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    ticked = re.findall(r'<input type="checkbox" name="take" value="([^"]*)" checked', form)
    return {**hidden, "take": ticked}


def plan_edits(rows: list[Any]) -> None:
    by_label = {"".join(text.text or "" for text in row.iter(f"{W}t")): row for row in rows}
    (size,) = (row for said, row in by_label.items() if "5人" in said)
    (theme,) = (row for said, row in by_label.items() if "文献保护" in said)
    typed_over(size, "5人", "6人")
    typed_over(theme, "文献保护", "古籍保护")


def own_plan() -> dict[str, Any]:
    return next(dict(draft.content) for draft in consent.drafts_of(NDL) if draft.kind == "exchange")


def test_a_plan_that_came_back_becomes_a_draft_with_what_is_ticked_and_nothing_else(head: Client) -> None:
    number, word = went_out(head)
    body = edited(word, plan_edits)
    page = comes_back(head, body).content.decode()
    fields = fields_of(page)
    assert fields["take"] == ["set themes[t].text.zh-Hans", "set planned_size"]
    before = len(consent.drafts_of(NDL))
    fields["take"] = ["set planned_size"]
    assert head.post(BACK, {**fields, "do": "take"}).status_code == 302
    content = own_plan()
    assert content["planned_size"] == 6
    assert content["themes"][0]["text"]["zh-Hans"] == "文献保护"
    assert len(consent.drafts_of(NDL)) == before + 1
    # The untouched bytes are kept with the letter, and the file is not taken twice.
    (kept,) = queries.answers_to(number, institution=NDL)
    file = queries.answer_file(kept.digest, number=number, institution=NDL)
    assert file
    assert file.body == body
    assert head.post(BACK, {**fields, "do": "take"}).status_code == 409
    assert kept.name in head.get(f"{LETTERS}{number}/").content.decode()


def test_a_plan_that_came_back_as_it_was_says_so(head: Client) -> None:
    _number, word = went_out(head)
    page = comes_back(head, word).content.decode()
    assert "Nothing differs from what was sent." in page
    assert 'value="take"' not in page


def test_what_was_changed_here_after_it_was_looked_at_is_looked_at_again(head: Client) -> None:
    _number, word = went_out(head)
    fields = fields_of(comes_back(head, edited(word, plan_edits)).content.decode())
    standing = consent.standing(EXCHANGE)
    assert standing
    drafted(NDL, document_of({**(standing.content or {}), "planned_size": 4}))
    answer = head.post(BACK, {**fields, "do": "take"})
    assert answer.status_code == 409
    assert "The plan was changed meanwhile." in answer.content.decode()
    assert own_plan()["planned_size"] == 4


def test_a_file_is_compared_with_the_version_that_it_answers(head: Client) -> None:
    number, first = went_out(head)
    page = f"{LETTERS}{number}/"
    assert do(head, page, "correct").status_code == 302
    approved(head, page, notes="二稿")
    second = bytes(head.get(f"{page}2/word/").content)
    sent(head, page)
    older = comes_back(head, first).content.decode()
    assert "This answers version 1 of the letter; version 2 is newer." in older
    assert "Nothing differs from what was sent." in older
    newer = comes_back(head, second).content.decode()
    assert "This answers version" not in newer
    assert "Nothing differs from what was sent." in newer


def nameless(word: bytes) -> bytes:
    """The file without its properties, its marks and the foot of its pages."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as package, zipfile.ZipFile(made, "w") as written:
        for name in package.namelist():
            part = re.sub(rb"koryu:[^<]*", b"", package.read(name))
            part = re.sub("<w:t>[^<]* · [^<]*</w:t>".encode(), b"<w:t>-</w:t>", part)
            written.writestr(name, re.sub(rb"<w:bookmark(Start|End)[^>]*/>", b"", part))
    return made.getvalue()


def test_a_file_that_does_not_say_which_letter_it_answers_is_asked(head: Client) -> None:
    number, word = went_out(head)
    page = comes_back(head, nameless(edited(word, plan_edits))).content.decode()
    assert "This file does not say which of your letters it answers. Choose it." in page
    held = fields_of(page)["held"]
    page = head.post(BACK, {"held": held, "letter": number}).content.decode()
    assert fields_of(page)["take"] == ["set themes[t].text.zh-Hans", "set planned_size"]


def test_a_file_that_is_not_read_is_kept_with_the_letter_where_somebody_says_so(head: Client) -> None:
    number, _word = went_out(head)
    answer = comes_back(head, b"%PDF-1.7 scan", "方案.pdf")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "方案.pdf is not a Word file; it is PDF. It can be kept as evidence." in page
    held = fields_of(page)["held"]
    assert head.post(BACK, {"held": held, "do": "keep", "letter": ""}).status_code == 409
    assert head.post(BACK, {"held": held, "do": "keep", "letter": number}).status_code == 302
    (kept,) = queries.answers_to(number, institution=NDL)
    answer = head.get(f"{LETTERS}{number}/answers/{kept.digest}/")
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 scan", "application/pdf")


@pytest.mark.parametrize(
    ("kind", "part"), [("participants", "people"), ("papers", "papers"), ("programme", "timetable")]
)
def test_a_list_that_came_back_goes_to_its_sheet(head: Client, kind: str, part: str) -> None:
    drafted(NDL, paper(NDL, title={"ja": "資料の保存"}), record=f"{NDL}/paper/e-a")
    sessions = [{"id": "s", "type": "reception", "date": "2090-11-10", "title": {"ja": "懇親会"}}]
    drafted(NDL, timetable(NDL, sessions=sessions), record=f"{NDL}/timetable/e")
    _number, word = went_out(head, kind, "ja")
    answer = comes_back(head, word, "一覧.docx")
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"/desk/exchange/e/{part}/")
    page = head.get(answer["Location"]).content.decode()
    assert 'class="pasted"' in page
    assert "Nothing differs from what was sent." in page


def test_a_letter_in_words_is_compared_line_by_line_for_reading(head: Client) -> None:
    _number, word = went_out(head, "thanks", "ja")
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        part = package.read("word/document.xml").decode()
    line = max(re.findall(r"<w:t[^>]*>([^<]+)</w:t>", part), key=len)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word)) as package, zipfile.ZipFile(made, "w") as written:
        for name in package.namelist():
            written.writestr(name, package.read(name).replace(line.encode(), b"changed words"))
    page = comes_back(head, made.getvalue()).content.decode()
    assert "Changes in the text outside the table, for reading only" in page
    assert "changed words" in page
    assert 'value="take"' not in page


@pytest.mark.parametrize("lang", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_every_language_and_read_little(head: Client, lang: str) -> None:
    number, _word = went_out(head)
    reader = person("officer", (NDL, "officer"), language=lang)
    for address in (BACK, f"{BACK}?letter={number}", MAILS, f"{LETTERS}{number}/"):
        reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            answer = reader.get(address)
        assert (answer.status_code, problems_of(answer.content.decode())) == (200, [])
        assert len(asked) <= 8, "\n".join(query["sql"][:150] for query in asked)


# Mails


def drops(client: Client, *bodies: bytes) -> Any:
    files = [SimpleUploadedFile(f"{at}.eml", body) for at, body in enumerate(bodies)]
    return client.post(MAILS, {"mails": files}, follow=True)


def mails_in(answer: Any) -> dict[str, str]:
    """The mails that are looked at, each with the letter that is chosen for it."""
    page = answer.content.decode()
    chosen = {}
    for number, inside in re.findall(r'name="letter:(\d+)">(.*?)</select>', page, re.DOTALL):
        named = re.search(r'<option value="([^"]*)" selected', inside)
        chosen[number] = named[1] if named else ""
    return chosen


def filed(client: Client, chosen: dict[str, str]) -> Any:
    said = {f"letter:{number}": letter for number, letter in chosen.items()}
    return client.post(MAILS, {"mail": list(chosen), "do": "file", **said})


def raw_mail(*lines: str, subject: bytes = b"re", body: str = "ok") -> bytes:
    head = [b"From: wang@nlc.example", b"Subject: " + subject, *(line.encode() for line in lines)]
    return b"\r\n".join([*head, b"", body.encode()])


def in_japanese(text: str) -> bytes:
    return b"=?ISO-2022-JP?B?" + base64.b64encode(text.encode("iso2022_jp")) + b"?="


def test_each_mail_is_filed_under_the_letter_that_it_answers(head: Client) -> None:
    one, word = went_out(head)
    # The mail with which it leaves, opened in a program of one's own, is what an answer refers to.
    leaves = message_from_bytes(head.get(f"{LETTERS}{one}/1/mail/").content)
    assert one in str(leaves["Subject"])
    assert [part.get_payload(decode=True) for part in leaves.walk() if part.get_filename("").endswith("docx")] == [word]
    two, _word = went_out(head, "participants", "ja")
    by_reply = raw_mail("Message-ID: <a@nlc.example>", f"In-Reply-To: {leaves['Message-ID']}")
    by_subject = raw_mail("Message-ID: <b@nlc.example>", subject=in_japanese(f"参加者名簿（{two}）について"))
    by_file = mail(attached=[("方案.docx", word)], name="<c@nlc.example>")
    by_both = raw_mail("Message-ID: <d@nlc.example>", body=f"{one} and {two}")
    answer = drops(head, by_reply, by_subject, by_file, by_both)
    chosen = mails_in(answer)
    assert list(chosen.values()) == [one, two, one, ""]
    assert f"参加者名簿（{two}）について" in answer.content.decode()
    assert f"It names several letters: {one}, {two}." in answer.content.decode()
    assert filed(head, chosen).status_code == 302
    assert {digest(by_reply), digest(by_file)} == {each.digest for each in queries.answers_to(one, institution=NDL)}
    assert [each.digest for each in queries.answers_to(two, institution=NDL)] == [digest(by_subject)]
    # Its answer to that mail is filed by the thread; the same mail in other bytes is told.
    thread = raw_mail("Message-ID: <e@nlc.example>", "References: <x@y> <b@nlc.example>")
    answer = drops(head, thread, b"X-Copy: 1\r\n" + by_subject)
    assert list(mails_in(answer).values()) == [two, two]
    assert f"This mail is filed under letter {two} already." in answer.content.decode()


def test_what_is_attached_goes_to_the_reader_of_its_kind(head: Client) -> None:
    number, word = went_out(head)
    people = xlsx((("氏名", "職名"), ("沈文远", "副館長")))
    answer = drops(head, mail(attached=[("方案.docx", edited(word, plan_edits)), ("名单.xlsx", people)]))
    (held,) = mails_in(answer)
    read = head.post(MAILS, {"mail": held, "read": f"{held}:0:letter"}, follow=True)
    assert "古籍保护" in read.content.decode()
    read = head.post(MAILS, {"mail": held, "read": f"{held}:1:participation"}, follow=True)
    assert "沈文远" in read.content.decode()
    assert 'class="pasted"' in read.content.decode()
    for odd in ("0:0:letter", f"{held}:9:letter", f"{held}:0:passport"):
        assert head.post(MAILS, {"mail": held, "read": odd}).status_code == 409
    assert number


def test_winmail_is_told_in_a_sentence_and_the_mail_is_kept(head: Client) -> None:
    number, _word = went_out(head)
    answer = drops(head, mail(attached=[("noname", b"\x78\x9f\x3e\x22 x")], subject=number))
    assert "winmail.dat" in answer.content.decode()
    assert filed(head, mails_in(answer)).status_code == 302
    assert len(queries.answers_to(number, institution=NDL)) == 1


def test_what_is_no_mail_is_told_and_the_others_stay(head: Client) -> None:
    number, _word = went_out(head)
    answer = drops(head, b"words alone", raw_mail(subject=number.encode()))
    assert list(mails_in(answer).values()) == [number]
    assert "is not a mail" in answer.content.decode()
    assert drops(head, b"words alone").status_code == 409
    many = drops(head, *[raw_mail(f"Message-ID: <{at}@x.example>") for at in range(11)])
    assert "At most 10 mails at once." in many.content.decode()


def test_what_is_filed_goes_with_a_letter_that_is_emptied_on_its_day(head: Client) -> None:
    number, word = went_out(head)
    filed(head, mails_in(drops(head, raw_mail(subject=number.encode()))))
    models.LetterVersionRow.objects.filter(letter__number=number).update(delete_on=date(2027, 1, 1))
    (kept,) = queries.answers_to(number, institution=NDL)
    delete_old_letters(today=date(2027, 1, 2))
    assert "Its files were deleted on the day that was set for it." in comes_back(head, word).content.decode()
    assert queries.answers_to(number, institution=NDL) == ()
    assert not FileRow.objects.filter(digest=kept.digest).exists()


def test_nobody_else_sees_or_files_what_came_back(head: Client) -> None:
    number, word = went_out(head)
    held = fields_of(comes_back(head, edited(word, plan_edits)).content.decode())["held"]
    (mail_held,) = mails_in(drops(head, raw_mail(subject=number.encode(), body="SECRET")))
    filed(head, mails_in(drops(head, raw_mail("Message-ID: <z@x.example>", subject=number.encode()))))
    (kept,) = queries.answers_to(number, institution=NDL)
    addresses = (BACK, f"{BACK}?held={held}", MAILS, f"{MAILS}?mail={mail_held}")
    answer_at = f"{LETTERS}{number}/answers/{kept.digest}/"
    before = (ArrivedFile.objects.count(), len(consent.drafts_of(NDL)), FileRow.objects.count())
    # A partner of the same exchange has pages of its own, and finds nothing of ours on them.
    partner = person("li", (NLC, "head"))
    for address in addresses:
        assert "SECRET" not in partner.get(address).content.decode()
        assert "古籍保护" not in partner.get(address).content.decode()
    assert partner.get(answer_at).status_code == 404
    for fields in ({"held": held}, {"held": held, "do": "take"}, {"held": held, "do": "keep", "letter": number}):
        assert partner.post(BACK, fields).status_code == 409
    assert partner.post(MAILS, {"mail": mail_held, "do": "file", f"letter:{mail_held}": number}).status_code == 409
    mine = mails_in(drops(partner, raw_mail("Message-ID: <p@x.example>", subject=number.encode())))
    assert list(mine.values()) == [""]
    assert filed(partner, dict.fromkeys(mine, number)).status_code == 409
    for stranger, status in (
        (person("kim", (NLK, "head")), 404),
        (person("reader", (NDL, "reader")), 404),
        (Client(), (401, 302)),
    ):
        for address in (*addresses, answer_at):
            got = stranger.get(address).status_code
            assert got == status or (isinstance(status, tuple) and got in status)
        for address in (BACK, MAILS):
            posted = stranger.post(address, {"held": held, "mail": mail_held, "do": "file"}).status_code
            assert posted == status or (isinstance(status, tuple) and posted in status)
    assert before == (ArrivedFile.objects.count() - len(mine), len(consent.drafts_of(NDL)), FileRow.objects.count())
    assert [each.digest for each in queries.answers_to(number, institution=NDL)] == [kept.digest]
