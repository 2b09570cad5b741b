"""Whoever did something is read of by name, on every page that tells of it; when, in the zone of the institution."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from koryu.consent import actions, queries
from koryu.institutions import actions as people
from koryu.institutions import models
from koryu.notices import actions as noticing
from koryu.notices.models import NoticeRow
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.notices.people import a_notice
from tests.world import AT, COMPILER, NAL, NDL, NLC, exchange, give_voice, library, put_on_record, uri

pytestmark = pytest.mark.django_db
RECORD = uri("exchange/d")
# Late in the evening in London: tomorrow in Tokyo.
LATE = "2026-11-22T16:30:00Z"
DAY = {"en": "23 November 2026", "ja": "2026年11月23日", "zh-hans": "2026年11月23日", "ko": "2026년 11월 23일"}
HANDLE, NAME = "handle-of-hers", "森 健一"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NLC, NAL)
    seat = [{"id": "seat", "role": "seat", "name": {"en": "Seat"}, "time_zone": "Asia/Tokyo"}]
    there = document_of({**library(NDL).content(), "places": seat})
    actions.record(record=NDL, document=there, institution=COMPILER, by="head", at=AT)
    people.appoint(username=HANDLE, name=NAME, institution=NDL, role="head")


def head(language: str = "en") -> Client:
    return person("reads", (NDL, "head"), language=language)


def says(**more: Any) -> dict[str, Any]:
    return {"by": HANDLE, "at": LATE, **more}


def drafted() -> int:
    content = exchange(NDL, NLC).content()
    return actions.draft(institution=NDL, record=RECORD, content=content, replaces=None, **says())


def a_page_of_each(number: int) -> dict[str, str]:
    """By what is told there, a page that names whoever did it."""
    actions.comment(draft=number, institution=NDL, text="Seen", **says())
    actions.note(institution=NDL, record=RECORD, means="telephone", text="Rang", **says())
    return {"a draft": f"/desk/draft/{number}/", "all drafts": "/desk/drafts/", "to do": "/desk/"}


def read(client: Client, path: str) -> str:
    body = client.get(path).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<(?:head|script)\b.*?</(?:head|script)>", "", body, flags=re.S))


def proposed() -> str:
    document = exchange(NDL, NLC)
    return actions.propose(institution=NDL, record=RECORD, document=document, replaces=None, **says())


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_no_page_of_what_somebody_did_says_their_handle(language: str) -> None:
    number = drafted()
    pages = a_page_of_each(number)
    actions.share(draft=number, **says())
    another = actions.draft(
        institution=NDL, record=uri("exchange/f"), content=exchange(NDL, NLC).content(), replaces=None, **says()
    )
    found = queries.draft(another)
    assert found
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    actions.submit(draft=another, shown=found.digest, **says())
    actions.return_(draft=another, shown=found.digest, remark="Which year?", **says())
    pages |= {"returned": f"/desk/draft/{another}/", "the form": f"/desk/draft/{another}/edit/"}
    proposed()
    client = head(language)
    a_notice("reads", NDL, sent_at=LATE, sent_by=HANDLE)
    a_notice("reads", NDL, sent_at=LATE, sent_by=HANDLE, by_hand=True)
    a_notice("reads", NDL, aside_at=LATE, aside_by=HANDLE)
    pages |= {
        "the record": f"/desk/record/{RECORD}/",
        "its history": f"/desk/record/{RECORD}/history/",
        "compared": f"/desk/record/{RECORD}/compare/",
        "the outbox": "/desk/outbox/",
        "the journal": "/desk/journal/",
    }
    told = {what: read(client, path) for what, path in pages.items()}
    assert {what: (NAME in page, HANDLE in page) for what, page in told.items()} == dict.fromkeys(told, (True, False))


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_days_and_hours_are_those_of_the_institution_in_every_language_and_the_zone_is_named(language: str) -> None:
    number = drafted()
    a_page_of_each(number)
    proposed()
    client = head(language)
    a_notice("reads", NDL, sent_at=LATE, sent_by=HANDLE, made_at=LATE)
    a_notice("reads", NDL, made_at=LATE)
    hour = "01:30"
    with translation.override(language):
        zone = translation.gettext("Tokyo time")
        around = translation.gettext("Days and times: %(zone)s") % {"zone": zone}
    for path in (
        f"/desk/draft/{number}/",
        f"/desk/draft/{number}/edit/",
        f"/desk/record/{RECORD}/",
        f"/desk/record/{RECORD}/history/",
        "/desk/outbox/",
    ):
        page = read(client, path)
        shown = re.findall(rf">([^<>]*{hour}[^<>]*)<", page)
        assert shown, (path, page)
        for one in shown:
            assert zone in one, (path, one)
            assert DAY[language] in one, (path, one)
        # The day alone, elsewhere on the page, is the same day.
        assert "16:30" not in re.sub(r'datetime="[^"]*"', "", page)
        assert around in page


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_whose_institution_says_no_zone_and_every_reader_are_told_in_utc(language: str) -> None:
    there = person("there", (NLC, "head"), language=language)
    proposed()
    page = read(there, f"/desk/record/{RECORD}/history/")
    assert re.search(r"22[^<]*16:30[^<]*UTC", page)
    assert "UTC" in page.rpartition('<p class="note zone">')[2].partition("</p>")[0]
    # One request changes nothing of the next.
    read(head(language), "/desk/")
    public = Client().get(f"/{language}/institution/ndl/").content.decode()
    assert re.search(rf'<time class="date" datetime="{AT}">[^<]*</time> *\(UTC\)', public)


def test_machines_are_told_the_moment_in_utc() -> None:
    proposed()
    page = read(head("ja"), f"/desk/record/{RECORD}/history/")
    assert f'<time class="date" datetime="{LATE}">2026年11月23日' in page


def test_two_of_one_name_are_told_apart_by_the_handle() -> None:
    people.enter(username="another", name=NAME)
    drafted()
    assert f"{NAME} ({HANDLE})" in read(head(), "/desk/drafts/")


def test_whoever_has_gone_is_named_and_whom_nobody_knows_is_told_as_written() -> None:
    proposed()
    people.dismiss(username=HANDLE, institution=NDL)
    client = head()
    assert f"through {NAME}" in read(client, f"/desk/record/{RECORD}/history/")
    models.Account.objects.filter(username=HANDLE).delete()
    assert f"through {HANDLE}" in read(client, f"/desk/record/{RECORD}/history/")


def test_a_notice_names_whoever_did_it() -> None:
    people.enter(username="reads", name="Reads", email="reads@example.org")
    people.appoint(username="reads", name="Reads", institution=NDL, role="head")
    number = drafted()
    found = queries.draft(number)
    assert found
    actions.submit(draft=number, shown=found.digest, **says())
    noticing.gather(at="2026-11-22T17:00:00Z", today=date(2026, 11, 22))
    told = [one.text for one in NoticeRow.objects.filter(person__username="reads")]
    assert told
    assert [(NAME in text, HANDLE in text) for text in told] == [(True, False)] * len(told)


def test_a_role_is_given_and_taken_by_name() -> None:
    client = head()
    answer = client.post("/desk/people/", {"act": "give", "username": HANDLE, "role": "head"}, follow=True)
    assert f"{NAME} is now head." in answer.content.decode()
