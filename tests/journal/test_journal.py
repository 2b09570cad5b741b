"""The journal is append-only, and no verb forgets it: each leaves a sealed entry, a line, or a row that says who."""

import ast
import inspect
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from koryu.consent import actions as consent
from koryu.consent import queries as drafts
from koryu.consent.actions.naming_steps import StepNamed
from koryu.correspondence import actions as correspondence
from koryu.institutions import actions as people
from koryu.institutions import models as persons
from koryu.institutions.actions import give_links
from koryu.journal import actions, models, queries
from koryu.journal.rules import VALUES, Change
from koryu.ledger import queries as ledger
from koryu.notices import actions as notices
from koryu.seals.keys import SecretKey
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.notices.people import a_notice
from tests.world import AT, COMPILER, NDL, NLC, exchange, give_voice, put_on_record

pytestmark = pytest.mark.django_db

SEALED = "a sealed entry"
LINE = "a line of the journal"
# What is still private to an institution and can be changed again, in a row that names who changed it and when.
ROW = "a row that says who and when"
DERIVED = "nothing: what it changes is made anew from what was said"

LEAVES: dict[str, dict[str, str]] = {
    "koryu.consent.actions": {
        "accept": SEALED,
        "accept_all_with_letter": SEALED,
        "accept_by_letter": SEALED,
        "accept_together": SEALED,
        "accept_with_letter": SEALED,
        "account_differs": SEALED,
        "approve": SEALED,
        "approve_together": SEALED,
        "check": SEALED,
        "comment": ROW,
        "conclude": SEALED,
        "confirm_key": LINE,
        "counter": SEALED,
        "decline": SEALED,
        "discard": LINE,
        "draft": ROW,
        "draft_once": ROW,
        "erase": SEALED,
        "give_key": SEALED,
        "name_deputy": LINE,
        "name_steps": LINE,
        "note": ROW,
        "pass_on": ROW,
        "pass_on_together": ROW,
        "propose": SEALED,
        "rebuild": DERIVED,
        "record": SEALED,
        "remove_deputy": LINE,
        "renew_key": SEALED,
        "retire_key": SEALED,
        "return_": ROW,
        "return_together": ROW,
        "save": ROW,
        "send": SEALED,
        "send_together": SEALED,
        "share": LINE,
        "stop_key": LINE,
        "submit": ROW,
        "submit_together": ROW,
        "take_up": ROW,
        "unshare": LINE,
        "withdraw": SEALED,
    },
    "koryu.institutions.actions": {
        "appoint": LINE,
        "confirm_key": LINE,
        "delegate": LINE,
        "dismiss": LINE,
        "enter": LINE,
        "enter_person": LINE,
        "forget_retired_secrets": DERIVED,
        "give_role": LINE,
        "initial_password": "nothing: it changes nothing",
        "keep_secret": "nothing of its own: the entry that gives the key follows in the same turn",
        "give_token": LINE,
        "let_loader_speak": LINE,
        "let_officers_send": LINE,
        "note_signing_in": LINE,
        "note_token_read": "nothing: the day on which an address was read last stands in its own row",
        "remind_weekly": LINE,
        "revoke_token": LINE,
        "set_password": LINE,
        "stop_key": LINE,
        "take_role": LINE,
        "undelegate": LINE,
        "write_to_in": LINE,
    },
    "koryu.institutions.actions.give_links": {
        "count_opening": "nothing: how often it was opened stands in its own row, and by whom nowhere",
        "end_link": LINE,
        "forget_links": "nothing: when it was made and ended is told by lines of its own",
        "give_link": LINE,
    },
    "koryu.correspondence.actions": {
        "address_to": ROW,
        "approve_letter": LINE,
        "begin_letter": ROW,
        "correct_letter": ROW,
        "delete_old_letters": "nothing: what it empties still says when it was made, approved and sent, and by whom",
        "discard_letter": LINE,
        "end_contact": ROW,
        "end_letter": ROW,
        "erase_contact": LINE,
        "file_answer": ROW,
        "forget_contacts": "nothing of its own: the entry that erased the person was sealed before",
        "forget_erased": "nothing of its own: the entry that erased the person was sealed before",
        "keep_contact": ROW,
        "keep_template": ROW,
        "let_officers_approve": LINE,
        "pass_on_letter": ROW,
        "save_letter": ROW,
        "send_letter": LINE,
        "submit_letter": ROW,
        "take_back_letter": LINE,
        "use_template": LINE,
        "wipe_erased": "nothing: it overwrites what was erased already",
    },
    "koryu.notices.actions": {
        "as_mail_file": "nothing: it is written for whoever sends it, who says afterwards that it was sent",
        "forget": "nothing of its own: the entry that erased what it tells of was sealed before",
        "gather": LINE,
        "note_round": DERIVED,
        "note_sent": LINE,
        "put_aside": LINE,
        "send": LINE,
        "send_waiting": LINE,
    },
}


def verbs(module: Any) -> set[str]:
    """The public functions of a room's actions, as others may call them."""
    return {
        name
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and not name.startswith("_")
        and (name in getattr(module, "__all__", ()) or value.__module__ == module.__name__)
    }


@pytest.mark.parametrize(
    "module", [consent, people, give_links, correspondence, notices], ids=lambda module: module.__name__
)
def test_of_every_verb_it_is_said_what_it_leaves(module: Any) -> None:
    assert verbs(module) == LEAVES[module.__name__].keys()


def draft(**more: Any) -> int:
    return consent.draft(
        institution=NDL,
        record="tag:example.org,2026:exchange/d",
        content=exchange(NDL, NLC, title="A secret title").content(),
        replaces=None,
        by="head",
        at=AT,
        **more,
    )


def shared() -> int:
    number = draft()
    consent.share(draft=number, by="head", at=AT)
    return number


CALENDAR: dict[str, Any] = {"purpose": "calendar", "scope": "person", "language": "en", "name": "telephone", "at": AT}


def somebody() -> None:
    people.enter(username="mori", name="森 健一", email="mori@example.org", at=AT)


def operator() -> None:
    people.enter(username="yamada", name="Yamada", operator=True, at=AT)


def lost_key(institution: str) -> str:
    return SecretKey.generate().public.did


HEAD: dict[str, Any] = {"institution": NDL, "by": "head", "at": AT}


LINK: dict[str, Any] = {
    "scope": "reader",
    "about": "tag:example.org,2026:exchange/e",
    "language": "en",
    "ends": date(2026, 12, 24),
    "name": "A secret reader",
    "today": date(2026, 11, 22),
    **HEAD,
}


TEMPLATE: dict[str, Any] = {"kind": "plan", "langs": "zh-Hans+ja"}


def a_template() -> int:
    return correspondence.keep_template(**TEMPLATE, name="plan.docx", body=b"PK", **HEAD)


def one_step() -> list[StepNamed]:
    return [StepNamed(id=0, name=Text.of(en="Section chief"), holder="head")]


def a_step() -> int:
    people.appoint(username="mori", name="", institution=NDL, role="officer", at=AT)
    consent.name_steps(steps=one_step(), seen=[], **HEAD)
    return drafts.approval_steps(NDL)[0].id


def name_deputy(step: int) -> int:
    consent.name_deputy(step=step, username="mori", first=date(2027, 6, 3), last=date(2027, 6, 14), **HEAD)
    return step


def shown_of(number: int) -> str:
    found = drafts.draft(number)
    assert found
    return found.digest


def submitted_at(_step: int) -> int:
    number = draft()
    consent.submit(draft=number, shown=shown_of(number), by="head", at=AT)
    return number


# What is done first, what is done then, and the lines the second leaves: (what, by, institution, about, values).
WRITTEN: dict[str, tuple[Any, Any, list[tuple[str, str, str, str, dict[str, Any]]]]] = {
    "enter": (
        lambda: None,
        lambda _: people.enter(username="mori", name="森 健一", email="mori@example.org", at=AT),
        [("person entered", "operator", "", "", {"whom": "mori"})],
    ),
    "enter an operator": (
        somebody,
        lambda _: people.enter(username="mori", name="Mori", operator=True, at=AT),
        [("person changed", "operator", "", "", {"whom": "mori", "operator": "yes"})],
    ),
    "enter_person": (
        lambda: None,
        lambda _: people.enter_person(
            username="mori", name="森", email="m@example.org", language="ja", role="officer", password="x" * 20, **HEAD
        ),
        [
            ("person entered", "head", NDL, "", {"whom": "mori"}),
            ("role given", "head", NDL, "", {"whom": "mori", "role": "officer"}),
        ],
    ),
    "appoint": (
        somebody,
        lambda _: people.appoint(username="mori", name="", institution=NDL, role="reader", at=AT),
        [("role given", "operator", NDL, "", {"whom": "mori", "role": "reader"})],
    ),
    "give_role": (
        lambda: people.appoint(username="mori", name="", institution=NDL, role="reader"),
        lambda _: people.give_role(username="mori", role="officer", **HEAD),
        [("role given", "head", NDL, "", {"whom": "mori", "role": "officer", "before": "reader"})],
    ),
    "give_role that is there": (
        lambda: people.appoint(username="mori", name="", institution=NDL, role="reader"),
        lambda _: people.give_role(username="mori", role="reader", **HEAD),
        [],
    ),
    "take_role": (
        lambda: people.appoint(username="mori", name="", institution=NDL, role="reader"),
        lambda _: people.take_role(username="mori", **HEAD),
        [("role taken", "head", NDL, "", {"whom": "mori", "role": "reader"})],
    ),
    "dismiss nobody": (lambda: None, lambda _: people.dismiss(username="mori", institution=NDL, at=AT), []),
    "let_officers_send": (
        lambda: people.delegate(institution=NDL, kind="agreement"),
        lambda _: people.let_officers_send(kinds=frozenset({"exchange"}), **HEAD),
        [
            ("officers may send", "head", NDL, "", {"kind": "exchange"}),
            ("officers may not send", "head", NDL, "", {"kind": "agreement"}),
        ],
    ),
    "give_token": (
        lambda: None,
        lambda _: people.give_token(institution=NDL, username="head", **CALENDAR),
        [("address given", "head", NDL, "", {"purpose": "calendar", "scope": "person"})],
    ),
    "revoke_token": (
        lambda: people.give_token(institution=NDL, username="head", **CALENDAR),
        lambda _: people.revoke_token(token=persons.TokenRow.objects.get().pk, by="head", at=AT),
        [("address revoked", "head", NDL, "", {"purpose": "calendar", "scope": "person", "whom": "head"})],
    ),
    "give_link": (
        lambda: None,
        lambda _: people.give_link(**LINK),
        [("link given", "head", NDL, "", {"scope": "reader"})],
    ),
    "end_link": (
        lambda: people.give_link(**LINK),
        lambda _: people.end_link(link=persons.TokenRow.objects.get().pk, **HEAD),
        [("link ended", "head", NDL, "", {"scope": "reader", "whom": "head"})],
    ),
    "set_password": (
        somebody,
        lambda _: people.set_password(username="mori", password="a long enough password", by="mori", at=AT),
        [("password set", "mori", "", "", {"whom": "mori"})],
    ),
    "write_to_in": (
        somebody,
        lambda _: people.write_to_in(username="mori", language="ko", at=AT),
        [("language chosen", "mori", "", "", {"whom": "mori", "language": "ko"})],
    ),
    "write_to_in the same": (somebody, lambda _: people.write_to_in(username="mori", language="en", at=AT), []),
    "remind_weekly": (
        somebody,
        lambda _: people.remind_weekly(username="mori", weekly=True, at=AT),
        [("reminded weekly", "mori", "", "", {"whom": "mori"})],
    ),
    "remind_weekly the same": (somebody, lambda _: people.remind_weekly(username="mori", weekly=False, at=AT), []),
    "let_loader_speak": (
        lambda: None,
        lambda _: people.let_loader_speak(institution=COMPILER, at=AT),
        [("loader speaks", "loader", COMPILER, "", {})],
    ),
    "note_signing_in": (
        operator,
        lambda _: people.note_signing_in(username="yamada", at=AT),
        [("operator signed in", "yamada", "", "", {})],
    ),
    "note_signing_in of others": (somebody, lambda _: people.note_signing_in(username="mori", at=AT), []),
    "confirm_key": (
        lambda: SecretKey.generate().public.did,
        lambda did: consent.confirm_key(institution=NLC, did=did, by="operator", at=AT, lost=True),
        [("key confirmed", "operator", NLC, "", {"key": "", "replaces": ""})],
    ),
    "stop_key": (
        lambda: None,
        lambda _: consent.stop_key(institution=NLC, by="operator", at=AT),
        [("key stopped", "operator", NLC, "", {"key": ""})],
    ),
    "share": (
        draft,
        lambda number: consent.share(draft=number, by="head", at=AT),
        [("draft shown", "head", NDL, "tag:example.org,2026:exchange/d", {"draft": 0})],
    ),
    "unshare": (
        shared,
        lambda number: consent.unshare(draft=number, by="head", at=AT),
        [("draft not shown", "head", NDL, "tag:example.org,2026:exchange/d", {"draft": 0})],
    ),
    "discard": (
        draft,
        lambda number: consent.discard(draft=number, by="head", at=AT),
        [("draft discarded", "head", NDL, "tag:example.org,2026:exchange/d", {"draft": 0})],
    ),
    "name_steps": (
        lambda: None,
        lambda _: consent.name_steps(steps=one_step(), seen=[], **HEAD),
        [("approval steps changed", "head", NDL, "", {"steps": 1})],
    ),
    "name_deputy": (
        a_step,
        lambda number: name_deputy(number),
        [
            (
                "deputy named",
                "head",
                NDL,
                "",
                {"whom": "mori", "step": 1, "first": "2027-06-03", "last": "2027-06-14"},
            )
        ],
    ),
    "name_deputy who is": (lambda: name_deputy(a_step()), lambda number: name_deputy(number), []),
    "remove_deputy": (
        lambda: name_deputy(a_step()),
        lambda _: consent.remove_deputy(deputy=drafts.approval_steps(NDL)[0].deputies[0].id, **HEAD),
        [("deputy removed", "head", NDL, "", {"whom": "mori", "step": 1})],
    ),
    "approve taking over": (
        lambda: submitted_at(a_step()),
        lambda number: consent.return_(
            draft=number, shown=shown_of(number), remark="no", by="head", at=AT, taking_over=True
        ),
        [("approval taken over", "head", NDL, "tag:example.org,2026:exchange/d", {"draft": 0, "step": 1})],
    ),
    "use_template": (
        lambda: a_template(),
        lambda number: correspondence.use_template(version=number, **TEMPLATE, **HEAD),
        [("template in use", "head", NDL, "", {"letters": "plan", "languages": "zh-Hans+ja", "version": 1})],
    ),
    "use_template as it is": (
        lambda: a_template(),
        lambda _: correspondence.use_template(version=0, **TEMPLATE, **HEAD),
        [],
    ),
    "use_template of Koryu": (
        lambda: correspondence.use_template(version=a_template(), **TEMPLATE, **HEAD),
        lambda _: correspondence.use_template(version=0, **TEMPLATE, **HEAD),
        [("template not in use", "head", NDL, "", {"letters": "plan", "languages": "zh-Hans+ja"})],
    ),
    "note_sent": (
        lambda: a_notice("head"),
        lambda number: notices.note_sent(notice=number, by="head", at=AT),
        [("notice sent by hand", "head", NDL, "", {"notice": 0, "whom": "head"})],
    ),
    "put_aside": (
        lambda: a_notice("head"),
        lambda number: notices.put_aside(notice=number, by="head", at=AT),
        [("notice put aside", "head", NDL, "", {"notice": 0, "whom": "head"})],
    ),
}


@pytest.fixture
def houses(db: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


def lines(after: int) -> list[models.JournalRow]:
    return list(models.JournalRow.objects.filter(pk__gt=after).order_by("pk"))


def last() -> int:
    return models.JournalRow.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@pytest.mark.usefixtures("houses")
@pytest.mark.parametrize(("first", "then", "expected"), WRITTEN.values(), ids=WRITTEN)
def test_a_change_leaves_its_line(first: Any, then: Any, expected: Any) -> None:
    made = first()
    before, entries = last(), ledger.last_number()
    then(made)
    found = lines(before)
    # Numbers and keys differ from run to run: their names are compared.
    varying = ("draft", "notice", "key", "replaces")
    assert [(row.what, row.by, row.institution, row.about, _known(row.values, varying)) for row in found] == [
        (*told, _known(values, varying)) for *told, values in expected
    ]
    assert {row.at for row in found} <= {AT}
    assert ledger.last_number() == entries


def _known(values: dict[str, Any], varying: tuple[str, ...]) -> dict[str, Any]:
    return {name: ... if name in varying else value for name, value in values.items()}


@pytest.mark.usefixtures("houses")
def test_a_refused_change_leaves_no_line() -> None:
    number = draft()
    people.appoint(username="reader", name="", institution=NDL, role="reader")
    before = last()
    by = {"institution": NDL, "by": "reader", "at": AT}
    for call, given in (
        (people.give_role, {"username": "head", "role": "reader", **by}),
        (people.take_role, {"username": "head", **by}),
        (people.let_officers_send, {"kinds": frozenset({"exchange"}), **by}),
        (consent.discard, {"draft": number, "by": "reader", "at": AT}),
        (consent.share, {"draft": number, "by": "reader", "at": AT}),
        (notices.put_aside, {"notice": a_notice("head"), "by": "reader", "at": AT}),
        (people.enter, {"username": "operator", "name": "", "at": AT}),
        (consent.confirm_key, {"institution": NDL, "did": lost_key(NDL), "by": "operator", "at": AT}),
    ):
        with pytest.raises(Refused):
            call(**given)
    assert last() == before


@pytest.mark.usefixtures("houses")
def test_a_change_that_is_undone_takes_its_line_with_it() -> None:
    before = last()
    with transaction.atomic():
        people.appoint(username="mori", name="", institution=NDL, role="reader", at=AT)
        assert last() > before
        transaction.set_rollback(True)
    assert (last(), persons.Account.objects.filter(username="mori").exists()) == (before, False)


@pytest.mark.usefixtures("houses")
def test_no_line_holds_a_name_an_address_a_title_or_a_password() -> None:
    for first, then, _expected in WRITTEN.values():
        with transaction.atomic():
            then(first())
            written = str(list(models.JournalRow.objects.values()))
            transaction.set_rollback(True)
        assert not any(one in written for one in ("森", "@", "secret", "Secret", "a long enough", "xxxx"))


@pytest.mark.parametrize("how", ["update", "delete"])
def test_a_line_is_never_changed_nor_deleted(how: str) -> None:
    with transaction.atomic():
        actions.write(Change.OPERATOR_SIGNED_IN, by="yamada", at=AT)
    rows = models.JournalRow.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(by="other") if how == "update" else rows.delete()
    assert [line.by for line in queries.lines()] == ["yamada"]


@pytest.mark.django_db(transaction=True)
def test_a_line_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        actions.write(Change.OPERATOR_SIGNED_IN, by="yamada", at=AT)


def test_a_line_holds_only_the_values_of_its_change() -> None:
    with pytest.raises(TypeError, match="does not hold name"), transaction.atomic():
        actions.write(Change.PERSON_ENTERED, by="head", at=AT, whom="mori", name="森")
    assert VALUES.keys() == set(Change)


def test_lines_are_read_newest_first_and_page_by_page() -> None:
    with transaction.atomic():
        for number in range(3):
            actions.write(Change.DRAFT_SHOWN, by="head", at=AT, institution=NDL, draft=number)
            actions.write(Change.OPERATOR_SIGNED_IN, by="yamada", at=AT)
    first = queries.lines_of(NDL, most=2)
    assert [line.values["draft"] for line in first] == [2, 1]
    assert [line.values["draft"] for line in queries.lines_of(NDL, before=first[-1].number, most=2)] == [0]
    assert [line.institution for line in queries.lines_of("", most=9)] == ["", "", ""]
    assert queries.lines_of(NLC, most=9) == ()


@pytest.mark.usefixtures("houses")
def test_replaying_the_ledger_leaves_the_journal_as_it_is() -> None:
    before = list(queries.lines())
    consent.rebuild()
    assert list(queries.lines()) == before
    assert drafts.history(NDL).statements


def calls_without_at() -> list[str]:
    """Where a command or a page does something for people or keys and does not say when."""
    timed = {
        name
        for name, verb in vars(people).items()
        if inspect.isfunction(verb) and not name.startswith("_") and "at" in inspect.signature(verb).parameters
    }
    house = Path(people.__file__).parents[1]
    found = []
    for file in (*sorted((house / "cli").rglob("*.py")), *sorted((house / "desk").rglob("*.py"))):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Attribute(value=ast.Name(id="people" | "institutions"), attr=name), keywords=given
                ):
                    named = {one.arg for one in given}
                    if name in timed and not named & {"at", None}:
                        found.append(f"{file.name}:{node.lineno} {name}")
    return found


def test_whoever_changes_something_here_says_when() -> None:
    assert calls_without_at() == []
