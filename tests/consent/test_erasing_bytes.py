"""Erasing is whole: of what a record said, nothing is left in any row, nor in any byte of this server's files."""

import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from koryu.archive import actions as search
from koryu.archive import queries as archive
from koryu.consent import actions, queries
from koryu.consent.queries.what_erasing_takes import Going, what_goes
from koryu.files.actions import bring
from koryu.files.queries import kept
from koryu.institutions import actions as people
from koryu.ledger import queries as ledger
from koryu.ledger.steps import wipe
from koryu.notices import actions as notices
from koryu.notices import queries as told
from koryu.public.page_cache import PageCache
from koryu.values.text import Text
from tests.world import AT, COMPILER, NDL, NLC, NLK, give_voice, put_on_record, uri

WORD = f"planted{secrets.token_hex(8)}"
RECORD = uri("agreement/planted")
HEAD: dict[str, Any] = {"by": "head", "at": AT}
ROUND: dict[str, Any] = {"at": AT, "today": date(2026, 11, 22)}


def memorandum(title: str, file: str) -> dict[str, Any]:
    wording = {"id": "f", "name": f"{WORD}.pdf", "digest": file, "media_type": "application/pdf", "size": 40}
    return {
        "kind": "agreement",
        "type": "memorandum of understanding",
        "title": {"en": title},
        "institutions": [NDL, NLC, NLK],
        "texts_in": [{"id": "en", "lang": "en", "authentic": True, "text": f"{WORD} article 1", "file": wording}],
        "notes": {"en": f"noted: {WORD}"},
    }


def plant() -> str:
    """A record in the story of which the word stands wherever somebody can write one. Returns its last version."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK)
    people.appoint(username="shen", name="", institution=NLC, role="head")
    ours, theirs = ({"institution": one, "record": RECORD, **HEAD} for one in (NDL, NLC))
    number = actions.draft(content={"kind": "agreement"}, replaces=None, **ours)
    bytes_of: dict[str, Any] = {
        "name": f"{WORD}.pdf",
        "media_type": "application/pdf",
        "body": f"%PDF-1.7 {WORD}".encode(),
    }
    file = bring(draft=number, **bytes_of, **ours)
    actions.save(draft=number, content=memorandum(f"First {WORD}", file), seen=1, **HEAD)
    actions.share(draft=number, **HEAD)
    actions.comment(draft=number, text=f"comment {WORD}", institution=NLC, **HEAD)
    actions.note(means="telephone", text=f"they said {WORD}", **ours)
    actions.submit(draft=number, shown=digest_of(number), **HEAD)
    actions.return_(draft=number, shown=digest_of(number), remark=f"returned: {WORD}", **HEAD)
    notices.gather(at=AT, today=date(2026, 11, 22))
    declined = actions.send(draft=number, shown=digest_of(number), **HEAD)
    notices.gather(at=AT, today=date(2026, 11, 22))
    actions.decline(version=declined, reason=Text.of(en=f"because of {WORD}"), **theirs)
    second = actions.draft(content=memorandum(f"Second {WORD}", file), replaces=None, **ours)
    agreed = actions.send(draft=second, shown=digest_of(second), **HEAD)
    actions.accept(version=agreed, **theirs)
    letter: dict[str, Any] = {
        "on_behalf_of": NLK,
        "name": f"{WORD}-letter.pdf",
        "body": f"%PDF-1.7 letter {WORD}".encode(),
    }
    actions.accept_with_letter(version=agreed, **letter, **ours)
    actions.account_differs(version=agreed, note=Text.of(en=f"ours says {WORD}"), **theirs)
    notices.gather(at=AT, today=date(2026, 11, 22))
    search.catch_up()
    return agreed


def digest_of(number: int) -> str:
    draft = queries.draft(number)
    assert draft
    return draft.digest


def erase() -> None:
    actions.erase(institution=NDL, record=RECORD, at_request_of_named=True, forgetting=[notices.forget], **HEAD)


def rows_with_the_word() -> set[str]:
    """The tables in a row of which the word stands anywhere."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(
                WORD in str(value) or WORD.encode() in as_bytes(value) for row in cursor.fetchall() for value in row
            ):
                found.add(table)
    return found


def as_bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else b""


def files_with_the_word() -> list[str]:
    """The files below the home of this server in which the word stands, byte by byte."""
    home = Path(settings.HOME)
    return [
        str(one.relative_to(home)) for one in home.rglob("*") if one.is_file() and WORD.encode() in one.read_bytes()
    ]


@pytest.mark.django_db(transaction=True)
def test_of_a_draft_that_was_thrown_away_no_byte_is_left() -> None:
    give_voice(NDL, NLC)
    number = actions.draft(content=memorandum(WORD, "sha256:0"), replaces=None, institution=NDL, record=RECORD, **HEAD)
    actions.comment(draft=number, text=f"comment {WORD}", institution=NDL, **HEAD)
    emptied_log()
    # Where tests run side by side, the name of the database says whose it is.
    assert [name.partition("_")[0] for name in files_with_the_word()] == ["test.sqlite3"]
    actions.discard(draft=number, **HEAD)
    emptied_log()
    assert (rows_with_the_word(), files_with_the_word()) == (set(), [])


def emptied_log() -> None:
    """What SQLite does by itself when its log is long enough, or when the last who has it open closes it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def another_process() -> Iterator[None]:
    """A process beside ours that has read from the database and keeps it open, as a second server does."""
    reading = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('PRAGMA journal_mode=WAL'); "
        "c.execute('SELECT count(*) FROM ledger_entry').fetchone(); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", reading, str(connection.settings_dict["NAME"])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate("")


@pytest.mark.django_db(transaction=True)
def test_of_what_was_erased_no_row_is_left() -> None:
    plant()
    assert rows_with_the_word() >= {
        *("ledger_content", "ledger_file", "files_bringing", "archive_record"),
        *("consent_draft", "consent_comment", "consent_note", "consent_submission", "notices_notice"),
    }
    erase()
    assert (rows_with_the_word(), ledger.is_to_be_wiped()) == (set(), False)


@pytest.mark.django_db(transaction=True)
def test_of_what_was_erased_no_byte_is_left_while_another_process_has_the_database_open() -> None:
    plant()
    with another_process():
        assert files_with_the_word() != []
        erase()
        assert files_with_the_word() == []
        assert not ledger.is_to_be_wiped()


@pytest.mark.django_db(transaction=True)
def test_what_could_not_be_overwritten_while_another_read_is_overwritten_later(settings: Any) -> None:
    plant()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    other = connection.copy()
    with other.cursor() as reading:
        reading.execute("BEGIN DEFERRED")
        reading.execute("SELECT count(*) FROM ledger_content")
        erase()
        assert ledger.is_to_be_wiped()
        assert files_with_the_word() != []
        reading.execute("ROLLBACK")
    other.close()
    assert wipe(**ROUND) == ["What was erased was overwritten in the files of the database."]
    assert (files_with_the_word(), wipe(**ROUND)) == ([], [])
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_page_that_another_process_keeps_is_made_anew() -> None:
    version = plant()
    servers = [PageCache(WSGIHandler()), PageCache(WSGIHandler())]
    address = "/en/agreement/planted/"
    assert [status_and_word(one, address) for one in servers] == [("200 OK", True)] * 2
    erase()
    assert [status_and_word(one, address) for one in servers] == [("410 Gone", False)] * 2
    assert archive.record_named(RECORD, asking=NDL) is None
    assert version in queries.history(RECORD).headers


def status_and_word(server: PageCache, address: str) -> tuple[str, bool]:
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "HTTP_HOST": "localhost",
    }
    body = b"".join(server(environ, lambda status, *_: said.append(status)))
    return said[0], WORD.encode() in body


@pytest.mark.django_db(transaction=True)
def test_what_goes_is_counted_before() -> None:
    plant()
    going = going_now()
    # The wording, once, and the letter.
    assert (going.versions, going.texts, going.drafts, going.files) == (2, 2, 2, 2)
    assert (going.comments, going.notes, going.unsent, told.told_of(RECORD)) == (1, 1, 0, 6)
    erase()
    assert going_now() == Going(versions=0, texts=0, drafts=0, comments=0, notes=0, files=0, unsent=0)
    assert told.told_of(RECORD) == 0


@pytest.mark.django_db(transaction=True)
def test_a_draft_that_was_not_sent_stays_with_its_files() -> None:
    plant()
    file = next(iter(kept_files()))
    number = actions.draft(content=memorandum("Next", file), replaces=None, institution=NDL, record=RECORD, **HEAD)
    erase()
    draft = queries.draft(number)
    assert draft
    assert draft.content["title"] == {"en": "Next"}
    assert kept([file]) == {file}


def going_now() -> Going:
    return what_goes(RECORD, institution=NDL, at_request_of_named=True)


def kept_files() -> frozenset[str]:
    (agreed,) = [one for one in queries.history(RECORD).statements if one.said == "concluded"]
    content = queries.content_of(queries.history(RECORD).headers[agreed.version or ""])
    assert content
    return frozenset([content["texts_in"][0]["file"]["digest"]])


@pytest.mark.django_db(transaction=True)
def test_notices_go_with_the_next_round_where_whoever_erased_did_not_see_to_it() -> None:
    plant()
    actions.erase(institution=NDL, record=RECORD, at_request_of_named=True, **HEAD)
    assert told.told_of(RECORD) > 0
    notices.gather(at=AT, today=date(2026, 11, 22))
    assert (told.told_of(RECORD), ledger.is_to_be_wiped()) == (0, True)
    assert wipe(**ROUND) == ["What was erased was overwritten in the files of the database."]
    assert rows_with_the_word() == set()


# PostgreSQL keeps a log of its own, which is its operator's: bytes are looked for where the database is one file.
if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
    del test_of_a_draft_that_was_thrown_away_no_byte_is_left
    del test_of_what_was_erased_no_byte_is_left_while_another_process_has_the_database_open
    del test_what_could_not_be_overwritten_while_another_read_is_overwritten_later
