"""Reasons and remarks are held apart from the entries that give them, and go when the record is erased."""

import json

import pytest
from django.test import Client

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent.queries.what_erasing_takes import what_goes
from koryu.ledger import models
from koryu.ledger import queries as ledger
from koryu.seals.digests import commitment
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import COMPILER, EXCHANGE, NDL, NLC, House, exchange, give_voice, history, put_on_record

pytestmark = pytest.mark.django_db
REASON, REMARK = Text.of(en="no room in May", ja="5月は満室", source="en"), Text.of(en="ours says June")


@pytest.fixture(scope="module", autouse=True)
def said(once: None) -> None:
    """A text that was not taken up, one that was agreed, and a remark on it."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    declined = House(NDL).propose(exchange(NDL, NLC, title="In May"))
    actions.decline(version=declined, reason=REASON, **House(NLC).said)
    agreed = House(NDL).propose(exchange(NDL, NLC, title="In June"))
    House(NLC).accept(agreed)
    actions.account_differs(version=agreed, note=REMARK, **House(NLC).said)


def test_an_entry_names_its_text_by_the_digest_of_the_text_and_a_salt() -> None:
    for digest, text in zip(history().texts, (REASON, REMARK), strict=True):
        kept = ledger.content(digest)
        assert kept
        assert kept.content == {"text": text.as_json()}
        assert commitment(salt=kept.salt, content=kept.content) == digest
    sealed = json.dumps([dict(entry.sealed) for entry in ledger.entries()], ensure_ascii=False)
    assert [words in sealed for words in ("no room", "満室", "says June")] == [False] * 3


def test_the_same_words_said_twice_are_two_texts_for_nobody_to_recognise() -> None:
    before = set(history().texts)
    actions.check(version=str(history().agreed), note=REMARK, **House(COMPILER).said)
    (digest,) = set(history().texts) - before
    assert ledger.texts([digest, *before]) == {digest: REMARK, **ledger.texts(before)}


def test_what_is_not_there_is_not_among_the_texts() -> None:
    reason, remark = history().texts
    assert ledger.texts(
        [reason, None, "sha256:" + "0" * 64, str(history().headers[history().agreed or ""].content)]
    ) == {reason: REASON}
    models.ContentRow.objects.filter(digest=remark).delete()
    assert ledger.texts([remark]) == {}


def test_erasing_names_them_and_takes_them() -> None:
    texts = history().texts
    erase()
    erased = history().statements[-1]
    versions = {header.content for header in history().headers.values()}
    assert (erased.said, set(erased.contents)) == ("erased", versions | set(texts))
    assert (ledger.texts(texts), models.ContentRow.objects.filter(digest__in=erased.contents).count()) == ({}, 0)


def erase() -> None:
    actions.erase(at_request_of_named=True, **House(NDL).said)


def test_what_is_said_after_erasing_can_be_erased_too() -> None:
    erased = str(history().agreed)
    erase()
    with pytest.raises(Refused, match="no content that could be erased"):
        erase()
    with pytest.raises(Refused, match="nothing left to check"):
        actions.check(version=erased, note=Text.of(en="made later"), **House(NLC).said)
    later = House(NDL).propose(exchange(NDL, NLC, title="In July"), replaces=erased)
    House(NLC).accept(later)
    actions.check(version=later, note=Text.of(en="made later"), **House(COMPILER).said)
    assert ledger.texts(history().texts) != {}
    erase()
    assert ledger.texts(history().texts) == {}
    assert what_goes(EXCHANGE, institution=NDL, at_request_of_named=True).texts == 0


def test_the_pages_show_what_was_given_and_say_where_it_was_erased() -> None:
    ours, reader = person("ours", (NDL, "head")), Client()
    desk, history_page = f"/desk/record/{EXCHANGE}/", f"/desk/record/{EXCHANGE}/history/"
    assert "ours says June" in ours.get(desk).content.decode()
    story = ours.get(history_page).content.decode()
    assert ("no room in May" in story, "ours says June" in story, "was erased" in story) == (True, True, False)
    assert "ours says June" in reader.get("/en/exchange/e/").content.decode()
    # Gone without an entry, so that the pages are still there to say so.
    models.ContentRow.objects.filter(digest__in=history().texts).delete()
    for client, address, times in ((ours, desk, 1), (ours, history_page, 2), (reader, "/en/exchange/e/", 1)):
        page = client.get(address).content.decode()
        assert page.count("The content of this version was erased.") == times
    found = archive.record_named(EXCHANGE, asking=archive.EVERYBODY)
    assert found
    assert [(one.note, one.erased) for one in found.version.remarks] == [(None, True)]


def test_a_stranger_at_the_desk_reads_the_remark_and_not_the_refusal() -> None:
    give_voice("tag:example.org,2026:institution/nal")
    stranger = person("stranger", ("tag:example.org,2026:institution/nal", "head"))
    story = stranger.get(f"/desk/record/{EXCHANGE}/history/").content.decode()
    assert ("ours says June" in story, "no room in May" in story) == (True, False)
