"""The outbox: what waits is read, and sent or put aside by a person."""

import re
from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.ingest.mail_files import mail_file
from koryu.institutions import actions as people
from koryu.notices import queries
from tests.desk.people import person
from tests.desk.test_people import told
from tests.html import problems_of
from tests.notices.people import a_notice, settle_in
from tests.world import NDL, NLC

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def officer() -> Client:
    return person("kanda", (NDL, "officer"))


@pytest.fixture
def configured(settings: Any) -> None:
    settings.MAIL, settings.ROOT_URLCONF = True, "tests.desk.every_account_page"


def page(client: Client) -> str:
    return client.get("/desk/outbox/").content.decode()


def settle(client: Client, number: int, act: str, **typed: str) -> Any:
    return client.post(f"/desk/outbox/{number}/", {"act": act, "seen": "", **typed}, follow=True)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_outbox_is_sound_in_every_language_whatever_lies_in_it(configured: None, language: str) -> None:
    a_notice(text="<b>Text</b>\n")
    a_notice(taken_at="2026-11-20T09:00:00Z")
    a_notice(failure="550 no such person", language="zh-hans")
    a_notice(sent_at="2026-11-20T09:00:00Z", sent_by="server")
    a_notice(sent_at="2026-11-20T09:00:00Z", sent_by="mori", by_hand=True)
    a_notice(aside_at="2026-11-20T09:00:00Z", aside_by="mori")
    assert problems_of(page(person("kanda", (NDL, "officer"), language=language))) == []


def test_everybody_chooses_how_often_they_are_reminded_and_for_nobody_else(officer: Client) -> None:
    reminders, weekly = "/desk/outbox/reminders/", 'value="weekly" checked'
    other, reader = person("mori", (NDL, "officer")), person("reader", (NDL, "reader"))
    officer.post(reminders, {"often": "weekly"}, follow=True)
    assert [weekly in page(each) for each in (officer, other, reader)] == [True, False, False]
    assert "once a week" in page(officer)
    officer.post(reminders, {"often": "whatever"})
    assert weekly not in page(officer)
    assert officer.get(reminders).status_code == 405
    assert Client().post(reminders, {"often": "weekly"}).status_code in (302, 401)


def test_without_a_mail_server_it_says_so_and_offers_what_can_be_done(officer: Client) -> None:
    a_notice()
    body = page(officer)
    assert "Mail is not configured on this server: nothing is sent." in body
    assert re.findall(r'name="act" value="(\w+)"', body) == ["sent", "aside"]
    assert "mailto:sato@example.org?subject=Subject&amp;body=Text%0D%0A" in body


def test_an_officer_sends_a_notice(officer: Client, configured: None) -> None:
    number = a_notice()
    assert told(settle(officer, number, "send")) == "The notice to Sato was sent."
    assert [one.to for one in mail.outbox] == [["sato@example.org"]]


def test_the_same_form_sent_twice_sends_one_letter(officer: Client, configured: None) -> None:
    number = a_notice()
    settle(officer, number, "send")
    again = settle(officer, number, "send")
    assert (again.status_code, told(again), len(mail.outbox)) == (409, "This notice was sent already.", 1)


def test_a_stale_form_does_not_send_what_somebody_else_has_taken(officer: Client, configured: None) -> None:
    number = a_notice(taken_at="2026-11-20T09:00:00Z")
    again = settle(officer, number, "send", seen="")
    assert (again.status_code, mail.outbox) == (409, [])
    assert told(settle(officer, number, "send", seen="2026-11-20T09:00:00Z")) == "The notice to Sato was sent."


def test_a_notice_is_noted_as_sent_by_hand_or_put_aside(officer: Client) -> None:
    first, second = a_notice(), a_notice()
    assert told(settle(officer, first, "sent")) == "The notice to Sato is marked as sent."
    assert told(settle(officer, second, "aside")) == "The notice to Sato will not be sent."
    assert queries.waiting(NDL) == ()


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_others_read_the_outbox_and_a_form_they_forge_does_nothing(role: str, configured: None) -> None:
    number = a_notice()
    reader = person("kanda", (NDL, role))
    assert "Only the head and officers can send notices." in page(reader)
    for act in ("send", "sent", "aside"):
        answer = settle(reader, number, act)
        assert (answer.status_code, told(answer)) == (409, "Only the head and officers can send notices.")
    assert (mail.outbox, len(queries.waiting(NDL))) == ([], 1)


@pytest.mark.parametrize("act", ["send", "sent", "aside"])
def test_a_notice_of_another_institution_is_not_there(officer: Client, configured: None, act: str) -> None:
    number = a_notice("shen", NLC)
    assert settle(officer, number, act).status_code == 404
    assert settle(officer, 999, act).status_code == 404
    assert (mail.outbox, len(queries.waiting(NLC))) == ([], 1)
    assert "shen" not in page(officer).lower()


def test_somebody_without_an_address_is_said_to_have_none(officer: Client, configured: None) -> None:
    people.enter(username="sato", name="Sato")
    a_notice()
    body = page(officer)
    assert "No e-mail address is known." in body
    assert re.findall(r'name="act" value="(\w+)"', body) == ["sent", "aside"]


@pytest.mark.parametrize("notices", [1, 3])
def test_the_page_asks_few_questions_however_much_lies_there(officer: Client, notices: int) -> None:
    for _ in range(notices):
        a_notice()
        a_notice(aside_at="2026-11-20T09:00:00Z", aside_by="mori")
    page(officer)
    with CaptureQueriesContext(connection) as asked:
        page(officer)
    assert len(asked) == 8


def test_what_had_passed_is_said_to_be_put_aside_by_itself(officer: Client) -> None:
    a_notice(aside_at="2026-11-20T09:00:00Z", aside_by="server")
    assert "Not sent: on 20 November 2026, 09:00 (UTC) it was no longer needed." in page(officer)


def test_a_notice_is_kept_as_a_mail_file_with_all_that_would_be_sent(officer: Client, configured: None) -> None:
    number = a_notice(subject="第37回業務交流の計画が届きました" * 4, text="本文です。\n二行目")
    assert f'href="/desk/outbox/{number}.eml"' in page(officer)
    answer = officer.get(f"/desk/outbox/{number}.eml")
    assert answer.headers["Content-Type"] == "message/rfc822"
    said = mail_file(name="a.eml", body=answer.content)
    assert (said.subject, said.text) == ("第37回業務交流の計画が届きました" * 4, "本文です。\n二行目")
    made = message_from_bytes(answer.content)
    assert (made["To"], made["X-Unsent"]) == ("sato@example.org", "1")
    # It is the same mail as the one that would be sent.
    settle(officer, number, "send")
    assert mail.outbox[0].message()["Message-ID"] == made["Message-ID"]
    people.enter(username="sato", name="Sato")
    without = officer.get(f"/desk/outbox/{number}.eml")
    assert message_from_bytes(without.content)["To"] is None


def test_a_mail_file_is_for_the_institution_of_the_notice(officer: Client) -> None:
    number = a_notice()
    address = f"/desk/outbox/{number}.eml"
    assert person("wang", (NLC, "head")).get(address).status_code == 404
    assert Client().get(address).status_code in (302, 401)
    assert officer.post(address).status_code == 405
    assert officer.get("/desk/outbox/999999.eml").status_code == 404
