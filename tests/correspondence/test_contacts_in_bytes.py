"""A word of a contact stands in one table and nowhere else: no other row, file, export or log; erased, in no byte."""

import json
import logging
import secrets
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from koryu.archive import actions as search
from koryu.archive import queries as archive
from koryu.consent import actions as consent
from koryu.correspondence import actions, queries
from koryu.correspondence import models as rows
from koryu.correspondence.rules.contacts_typed import TypedContact
from koryu.correspondence.steps import STEPS
from koryu.institutions import actions as people
from koryu.institutions import models
from koryu.ledger.steps import wipe
from koryu.notices import actions as notices
from koryu.publishing import export
from koryu.values.text import Text
from tests.world import AT, COMPILER, NAL, NDL, NLC, House, exchange, give_voice, of, put_on_record, uri

WORD: Final = f"planted{secrets.token_hex(8)}"
PERSON: Final = uri("person/li")
HEAD: Final[dict[str, Any]] = {"institution": NDL, "by": "head", "at": AT}
ROUND: Final[dict[str, Any]] = {"at": AT, "today": date(2026, 11, 22)}


def plant() -> int:
    """A contact in which the word stands wherever somebody can write one, linked to a record that has other words."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)
    names = [{"id": "zh", "lang": "zh-Hans", "written": "李明", "order": "family first"}]
    person = of("person", names=names, title={"zh-Hans": "李明"}, kept_by=NDL)
    consent.propose(record=PERSON, document=person, replaces=None, **HEAD)
    contact = TypedContact(
        of=NAL,
        unit=Text.of(ko=f"unit {WORD}"),
        post=Text.of(ko=f"post {WORD}"),
        names=({"id": "n1", "lang": "en", "written": f"Li {WORD}", "order": "as written"},),
        honorifics={"en": WORD},
        email=f"{WORD}@example.org",
        telephone=WORD,
        address=f"{WORD}\nstreet",
        remark=f"remark {WORD}",
        person=PERSON,
    )
    number = actions.keep_contact(contact=contact, **HEAD)
    actions.address_to(of=NAL, kind="", number=number, **HEAD)
    House(NDL, uri("exchange/m")).propose(exchange(NDL, NAL))
    return number


def use_it(number: int) -> None:
    """Look at it on every page that shows it, find it, tell what is to be told, and let a round of tending pass."""
    people.appoint(username="chief", name="", institution=NDL, role="head")
    client = Client()
    client.force_login(models.Account.objects.get(username="chief"))
    for address in (f"contacts/{number}/", "contacts/", f"contacts/?q={WORD}", f"find/?q={WORD}", "outbox/", ""):
        answer = client.get(f"/desk/{address}")
        assert answer.status_code == 200
    assert f"{WORD}@example.org" in client.get("/desk/outbox/").content.decode()
    notices.gather(**ROUND)
    search.catch_up()
    for step in STEPS:
        step(**ROUND)


def tables_with_the_word() -> set[str]:
    tables = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(WORD in str(value) for row in cursor.fetchall() for value in row):
                tables.add(table)
    return tables


def files_with_the_word() -> list[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    home = Path(settings.HOME)
    files = (file for file in home.rglob("*") if file.is_file() and WORD.encode() in file.read_bytes())
    # Where tests run side by side, the name of the database says whose it is. PostgreSQL's own log is its operator's.
    names = (str(file.relative_to(home)).partition("_")[0] for file in files)
    return sorted(name for name in names if not name.startswith("postgresql/"))


def exported() -> str:
    uris = archive.uris(asking=archive.EVERYBODY)
    return json.dumps([export.bundle(uri, asking=archive.EVERYBODY) for uri in uris], ensure_ascii=False)


@pytest.mark.django_db(transaction=True)
def test_a_word_of_a_contact_stands_in_its_own_table_alone(caplog: pytest.LogCaptureFixture) -> None:
    number = plant()
    with caplog.at_level(logging.DEBUG):
        caplog.clear()
        use_it(number)
    assert tables_with_the_word() == {"correspondence_contact"}
    assert files_with_the_word() in (["test.sqlite3"], [])
    assert (len(exported()) > 2, WORD in exported()) == (True, False)
    logged = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in logged if WORD in line and "?q=" not in line]


@pytest.mark.django_db(transaction=True)
def test_of_a_contact_that_somebody_erased_no_byte_is_left() -> None:
    number = plant()
    use_it(number)
    actions.erase_contact(number=number, **HEAD)
    assert tables_with_the_word() == set()
    said = [line for step in STEPS for line in step(**ROUND)]
    assert said == ["The bytes of contacts that were erased were overwritten."]
    assert files_with_the_word() == []
    assert [line for step in STEPS for line in step(**ROUND)] == []


@pytest.mark.django_db(transaction=True)
def test_of_somebody_who_had_their_record_erased_no_byte_of_a_contact_is_left() -> None:
    plant()
    # Linked by another institution, at a time when it could read the record.
    theirs: dict[str, Any] = {"kept_by": NLC, "of": NAL, "remark": WORD, "person": PERSON}
    rows.ContactRow.objects.create(**theirs, changed_by="shen", changed_at=AT)
    forgetting = [notices.forget, actions.forget_contacts]
    consent.erase(record=PERSON, at_request_of_named=True, forgetting=forgetting, **HEAD)
    wipe(**ROUND)
    assert (queries.contacts(NDL), queries.contacts(NLC)) == ((), ())
    assert (tables_with_the_word(), files_with_the_word()) == (set(), [])
