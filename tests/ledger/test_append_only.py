"""The ledger is appended to, in one order, and otherwise left alone."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from koryu.consent import actions
from koryu.ledger import actions as ledger
from koryu.ledger import models, queries
from koryu.seals.digests import commitment
from tests.world import AT, COMPILER, NDL, WORK, give_voice, put_on_record


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger_entry SET said = 'accepted'", "DELETE FROM ledger_entry", "UPDATE ledger_entry SET number = 9"],
)
def test_the_database_itself_refuses_to_change_or_delete_an_entry(statement: str) -> None:
    give_voice(NDL)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert [entry.said for entry in queries.entries()] == ["keyed"]


@pytest.mark.django_db
def test_entries_are_numbered_from_one_without_gaps() -> None:
    give_voice(NDL, COMPILER)
    put_on_record(NDL)
    assert [entry.number for entry in queries.entries()] == [1, 2, 3, 4]
    assert [entry.number for entry in queries.entries(after=2)] == [3, 4]


@pytest.mark.django_db
def test_however_many_there_are_each_is_read_once_in_their_order() -> None:
    """More than a database hands over at a time."""
    numbers = range(1, 4203)
    with ledger.locked():
        models.EntryRow.objects.bulk_create(
            models.EntryRow(number=number, digest=f"sha256:{number}", said="keyed", institution=NDL, sealed="{}")
            for number in numbers
        )
    assert [entry.number for entry in queries.entries()] == list(numbers)
    for after in (0, 1, 1999, 2000, 2001, 4201, 4202):
        assert [entry.number for entry in queries.entries(after=after)] == list(numbers[after:])
        assert [entry.number for entry in queries.entries_by(NDL, after=after)] == list(numbers[after:])


@pytest.mark.django_db
def test_what_was_said_of_a_record_is_read_up_to_the_number_asked_for() -> None:
    with ledger.locked():
        for number in range(1, 4):
            said = {"said": "keyed", "institution": NDL, "record": WORK if number != 2 else "other"}
            ledger.append({**said, "about": str(number)})
    about = [[one.number for one in queries.entries_about(WORK, until=until)] for until in (None, 0, 1, 2, 3)]
    assert about == [[1, 3], [], [1], [1], [1, 3]]


@pytest.mark.django_db
def test_a_turn_that_fails_leaves_no_number_behind() -> None:
    give_voice(NDL)

    def speak_and_fail() -> None:
        with ledger.locked():
            ledger.append({"said": "keyed", "institution": NDL})
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        speak_and_fail()
    assert queries.last_number() == 1
    assert models.LedgerLock.objects.get().last_number == 1


@pytest.mark.django_db
def test_a_dropped_content_is_gone_and_the_entry_still_names_it() -> None:
    give_voice(COMPILER)
    put_on_record()
    (recorded,) = queries.entries_about(WORK)
    digest = recorded.sealed["header"]["content"]
    kept = queries.content(digest)
    assert kept is not None
    assert commitment(salt=kept.salt, content=kept.content) == digest
    with ledger.locked():
        ledger.drop((digest,))
    assert queries.content(digest) is None
    assert queries.entries_about(WORK) == (recorded,)


@pytest.mark.django_db(transaction=True)
def test_many_who_speak_at_once_are_numbered_in_the_order_in_which_they_committed() -> None:
    give_voice(COMPILER)
    put_on_record()
    failures: list[BaseException] = []

    def speak(name: str) -> None:
        try:
            for turn in range(5):
                give_voice(f"tag:example.org,2026:institution/{name}-{turn}")
        except BaseException as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=speak, args=(f"library-{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert [entry.number for entry in queries.entries()] == list(range(1, 23))


@pytest.mark.django_db
def test_the_same_institution_is_not_given_a_first_key_twice() -> None:
    give_voice(NDL)
    with pytest.raises(ValueError, match="already has a key"):
        actions.give_key(institution=NDL, by="operator", at=AT)
