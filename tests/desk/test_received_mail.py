"""A mail dropped at Received: what it says is filled in, what is attached is offered, and the same mail comes once."""

import re
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import queries
from koryu.files import models as files
from koryu.files.models import FileRow
from koryu.files.steps import forget_arrived
from koryu.seals.digests import digest
from tests.desk.people import person
from tests.desk.test_exchange_received import RECEIVED, accepting, agreed_with_nal, drafts, everything, sent_to_nal
from tests.desk.test_exchange_spreadsheets import panel_of, put
from tests.ingest.made_files import mail, xlsx
from tests.world import (
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    settle_in,
)

pytestmark = pytest.mark.django_db
PEOPLE: Final = (
    ("参加人员名单",),
    ("序号", "姓名", "职务", "护照号"),
    (1, "沈文远", "副馆长", "PLANTED111"),
    (2, "何静", "处长", "PLANTED222"),
    ("合计", "2人"),
)
PDF: Final = b"%PDF-1.7 we accept"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


def the_mail(**more: Any) -> bytes:
    return mail(attached=[("名单.xlsx", xlsx(PEOPLE)), ("复函.pdf", PDF), ("x.bin", b"x")], **more)


def drops(client: Client, body: bytes, name: str = "a.eml", **typed: Any) -> Any:
    return client.post(RECEIVED, {"drop-mail": "1", "mail-file": SimpleUploadedFile(name, body), **typed})


def number_in(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()
    return str(re.findall(r'name="mail" value="(\d+)"', answer.content.decode())[0])


def test_a_mail_fills_in_who_wrote_and_when_and_nothing_is_on_record_yet(head: Client) -> None:
    sent_to_nal()
    before = everything()
    page = drops(head, the_mail()).content.decode()
    assert 'name="dated" placeholder="2027-09-02" value="2027-09-07"' in page
    assert 'name="signed-by" value="王芳"' in page
    assert "您好！名单见附件。" in page
    assert [re.sub("<[^>]+>", "", each).split()[0] for each in re.findall(r'<p class="attached">(.*?)</p>', page)] == [
        "名单.xlsx",
        "复函.pdf",
        "x.bin",
    ]
    assert everything() == before


def test_the_whole_mail_is_the_letter_by_which_a_text_is_accepted(head: Client) -> None:
    version, body = sent_to_nal(), the_mail()
    number = number_in(drops(head, body))
    answer = head.post(RECEIVED, {"partner": NAL, "mail": number, "letter-part": "whole", **accepting(version)})
    assert answer.status_code == 302
    standing = queries.standing(EXCHANGE)
    assert standing
    assert standing.agreed
    assert FileRow.objects.filter(digest=digest(body)).exists()
    # The same mail, dropped again by a colleague whose program has put a line before it.
    again = drops(head, b"X-Copy: 1\n" + body).content.decode()
    assert "This mail was already received on" in again
    assert files.ArrivedFile.objects.count() == 1


def test_what_is_attached_is_the_letter_where_somebody_says_so_and_its_list_goes_where_people_are(head: Client) -> None:
    agreed_with_nal()
    number = number_in(drops(head, the_mail()))
    answer = head.post(
        RECEIVED,
        {"partner": NAL, "mail": number, "letter-part": "1", "dated": "2027-09-07", "list": "0:participation"},
    )
    assert answer.status_code == 302, re.findall('role="alert">(.*?)<', answer.content.decode())
    (begun,) = drafts()
    assert "members" not in begun.content
    # The same road as a file that is loaded there: looked at, and put in.
    panel = panel_of(head.get(answer["Location"]))
    assert "沈文远" in panel
    assert put(head, begun.id, panel).status_code == 302
    (draft,) = drafts()
    assert [member["printed"] for member in draft.content["members"]] == [{"zh-Hans": "沈文远"}, {"zh-Hans": "何静"}]
    assert draft.content["sources"][0]["letter"]["digest"] == digest(PDF)
    assert "PLANTED" not in str(draft.content)
    # The mail itself was kept for the form alone.
    assert {bytes(row.body) for row in files.ArrivedFile.objects.all()} == {b""}
    assert not FileRow.objects.filter(digest=digest(the_mail())).exists()


@pytest.mark.parametrize(
    ("kind", "rows", "part", "says"),
    [
        ("paper", (("题目", "报告人"), ("古籍保护", "沈文远")), "papers", "古籍保护"),
        ("timetable", (("日期", "时间", "内容"), ("9月7日", "9:30-10:00", "开幕式")), "timetable", "开幕式"),
    ],
)
def test_papers_and_a_timetable_that_are_attached_go_the_same_road(
    head: Client, kind: str, rows: Any, part: str, says: str
) -> None:
    agreed_with_nal()
    number = number_in(drops(head, mail(attached=[("一.xlsx", xlsx(rows))])))
    answer = head.post(
        RECEIVED, {"partner": NAL, "mail": number, "letter-part": "whole", "dated": "2027-09-07", "list": f"0:{kind}"}
    )
    assert answer.status_code == 302, re.findall('role="alert">(.*?)<', answer.content.decode())
    assert answer["Location"].startswith(f"/desk/exchange/e/{part}/")
    panel = panel_of(head.get(answer["Location"]))
    assert says in panel
    assert "Put in 1 rows" in panel
    (draft,) = drafts()
    assert (draft.kind, draft.says) == (kind, "recorded")


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("a.msg", b"x", "“a.msg” is a file of Outlook: save the mail as .eml, or drag it into a folder first."),
        ("a.eml", b"words", "“a.eml” is not a mail: save it as .eml in your mail program."),
        ("a.eml", b"", "“a.eml” is empty."),
    ],
)
def test_what_is_no_mail_is_refused_and_nothing_is_kept(head: Client, name: str, body: bytes, sentence: str) -> None:
    sent_to_nal()
    answer = drops(head, body, name)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert not files.ArrivedFile.objects.exists()


def test_an_attachment_that_is_no_list_leaves_the_mail_in_the_form(head: Client) -> None:
    sent_to_nal()
    number = number_in(drops(head, mail(attached=[("名单.xlsx", b"%PDF-1.7")])))
    for odd in ("0:passport", "9:paper", "x:participation"):
        answer = head.post(RECEIVED, {"partner": NAL, "mail": number, "list": odd})
        assert answer.status_code == 409
        assert f'name="mail" value="{number}"' in answer.content.decode()
    answer = head.post(RECEIVED, {"partner": NAL, "mail": number, "list": "0:participation"})
    assert answer.status_code == 409
    assert "is not a spreadsheet" in answer.content.decode()
    assert drafts() == []


def test_nobody_else_reads_a_mail_that_lies_there(head: Client) -> None:
    version = sent_to_nal(NLC)
    number = number_in(drops(head, the_mail()))
    for stranger in (person("li", (NLC, "head")), person("two", (NLC, "officer"))):
        answer = stranger.post(RECEIVED, {"partner": NAL, "mail": number, **accepting(version)})
        assert answer.status_code == 409
        assert "This mail is no longer here." in answer.content.decode()
        assert "您好" not in answer.content.decode()
    assert person("kim", (NLK, "head")).post(RECEIVED, {"mail": number}).status_code == 404
    assert Client().post(RECEIVED, {"mail": number}).status_code == 401
    assert head.post(RECEIVED, {"partner": NAL, "mail": "99999999999999999999"}).status_code == 409


def test_what_nobody_went_on_with_is_forgotten_after_a_day(head: Client) -> None:
    sent_to_nal()
    drops(head, the_mail())
    at = datetime.fromisoformat(files.ArrivedFile.objects.get().at)
    assert forget_arrived(at=at.isoformat(), today=at.date()) == []
    later = at + timedelta(days=2)
    assert forget_arrived(at=later.isoformat(), today=later.date()) == [
        "1 files that nobody went on with were forgotten."
    ]
    assert not files.ArrivedFile.objects.exists()
