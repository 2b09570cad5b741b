"""Usernames that are the server's own are nobody's, however they are written; and the loader is no account."""

from importlib import import_module
from typing import Any

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.core import mail
from django.test import Client

from koryu.cli.serving import prepare
from koryu.consent import actions as consent
from koryu.ingest import actions as ingest
from koryu.ingest.dataset import read
from koryu.institutions import actions, models, queries
from koryu.institutions import rules as roles
from koryu.ledger import queries as ledger
from koryu.values.reason import Reason, Refused
from tests.world import AT, COMPILER, NDL, exchange, give_voice, library, put_on_record

pytestmark = pytest.mark.django_db
OWN = "The user name %(username)s, or one that looks like it, is reserved for the server. Choose another."
FORM = "A user name is made of small letters, digits, dots and hyphens, and begins with a letter."

HANDLES: dict[str, str] = {
    "loader": OWN,
    "server": OWN,
    "operator": OWN,
    "machine": OWN,
    "admin": OWN,
    "root": OWN,
    "koryu": OWN,
    # With signs between, and with a number after.
    "l.oader": OWN,
    "ser-ver": OWN,
    "operator2": OWN,
    "operator-17": OWN,
    # Letters and digits that look alike.
    "l0ader": OWN,
    "ioader": OWN,
    "operat0r": OWN,
    "s3rver": OWN,
    "adrnin": OWN,
    "4dmin": FORM,
    "0perator": FORM,
    # Written otherwise: in capitals, full width, with letters of other scripts, with spaces or nothing at all.
    "Loader": FORM,
    "OPERATOR": FORM,
    "ｌｏａｄｅｒ": FORM,
    "ＳＥＲＶＥＲ": FORM,
    "lоader": FORM,
    "ѕеrvеr": FORM,
    "οperator": FORM,
    "loader\u200b": FORM,
    " loader": FORM,
    "loáder": FORM,
    "": FORM,
}
FREE = ("sato", "loaderman", "observer", "kim.operator", "serverin", "rooth", "mori0", "li", "ito")


@pytest.mark.parametrize(("username", "reason"), HANDLES.items())
def test_nobody_is_entered_with_a_handle_of_the_server(username: str, reason: str) -> None:
    assert getattr(roles.may_enter(username=username, taken=False), "message", None) == reason


@pytest.mark.parametrize("username", [one for one in HANDLES if one])
def test_no_verb_makes_a_person_with_one_even_where_its_form_is_not_asked(username: str) -> None:
    expected = Reason(OWN, username=username)
    for call, more in (
        (actions.enter, {"name": "X", "operator": True}),
        (actions.appoint, {"name": "X", "institution": NDL, "role": "head"}),
    ):
        with pytest.raises(Refused) as caught:
            call(username=username, at=AT, **more)
        assert caught.value.reason == expected
    assert not models.Account.objects.exists()


@pytest.mark.parametrize("username", FREE)
def test_other_handles_are_free(username: str) -> None:
    assert roles.may_enter(username=username, taken=False) is None


@pytest.fixture
def loaded(tmp_path: Any) -> str:
    """A compiler whose data set was loaded. Its URI."""
    written = """
base: "tag:library.example,2026:"
recorder: institution/compiler
records:
  - {record: institution/compiler, kind: institution, type: compiler of a data set, title: {en: Compiler},
     kept_by: institution/compiler, sources: [{id: page, work: work/page}]}
  - {record: work/page, kind: work, type: webpage, title: {en: Page}, kept_by: institution/compiler}
...
"""
    file = tmp_path / "set.yaml"
    file.write_text(written, encoding="utf-8")
    ingest.load([read(file)], at=AT)
    return "tag:library.example,2026:institution/compiler"


def test_a_compiler_speaks_through_the_loader_who_is_nobody_and_has_no_role(loaded: str) -> None:
    assert {entry.sealed["by"] for entry in ledger.entries()} == {"loader"}
    assert (models.Account.objects.count(), models.RoleRow.objects.count()) == (0, 0)
    assert (queries.heads(loaded), queries.institutions_here()) == (0, frozenset())


def test_the_loader_speaks_for_compilers_alone_and_does_nothing_else_for_them(loaded: str) -> None:
    give_voice(NDL, COMPILER)
    put_on_record(NDL)
    with pytest.raises(Refused, match="Only the head"):
        consent.propose(institution=NDL, record=NDL, document=library(NDL), replaces=None, by="loader", at=AT)
    role = queries.role_of(person="loader", institution=loaded)
    assert (role, queries.role_of(person="loader", institution=NDL)) == (roles.MACHINE, None)
    asked = (roles.may_draft(role=role), roles.may_give_roles(role=role), roles.may_note(role=role))
    assert None not in (*asked, roles.may_read(role=role), roles.may_share(role=role), roles.may_translate(role=role))
    with pytest.raises(Refused):
        consent.draft(
            institution=loaded, record="tag:x:e", content=exchange(loaded).content(), replaces=None, by="loader", at=AT
        )
    for forged in (roles.MACHINE, "loader"):
        assert roles.may_give_role(role="head", given=forged, held=None, heads=1) == Reason("There is no such role.")


@pytest.mark.parametrize("username", ["loader", "Loader", "ｌｏａｄｅｒ", "server", "operator"])
def test_nobody_signs_in_as_the_machine_or_resets_its_password(username: str, loaded: str, settings: Any) -> None:
    settings.MAIL, settings.ROOT_URLCONF = True, "tests.desk.every_account_page"
    for password in ("", "loader", "operator", "a long enough password"):
        client = Client()
        client.post("/desk/account/login/", {"login": username, "password": password})
        assert client.get("/desk/").status_code == 302
    Client().post("/desk/account/password/reset/", {"email": username})
    Client().post("/desk/account/password/reset/", {"email": f"{username}@library.example"})
    assert mail.outbox == []
    with pytest.raises(LookupError):
        actions.set_password(username=username, password="a long enough password", at=AT)


def test_whoever_prepares_the_server_is_told_of_people_with_such_handles() -> None:
    models.Account.objects.create(username="operator", name="Operator")
    models.Account.objects.create(username="mori", name="Mori")
    assert CliRunner().invoke(prepare, []).stderr == (
        "operator: this user name is reserved for the server now, and nobody can sign in with it. "
        "Add the person under another: koryu role give USERNAME ROLE INSTITUTION\n"
    )


def test_whoever_had_one_before_is_moved_out_of_the_way() -> None:
    moved = import_module("koryu.migrations.0008_keys")
    loader = models.Account.objects.create(username="loader", name="")
    former = models.Account.objects.create(username="operator", name="Operator", last_login="2026-11-01T00:00:00Z")
    models.RoleRow.objects.create(person=loader, institution=COMPILER, role="head")
    models.RoleRow.objects.create(person=former, institution=NDL, role="head")
    moved.let_compilers_speak_through_the_loader(apps, None)
    moved.close_accounts_with_these_handles(apps, None)
    assert queries.role_of(person="loader", institution=COMPILER) == roles.MACHINE
    assert list(models.Account.objects.values_list("username", "is_active")) == [("operator", False)]
    assert queries.heads(NDL) == 0


def test_somebody_who_had_such_a_handle_before_is_named_and_given_nothing_more() -> None:
    models.Account.objects.create(username="operator", name="Operator")
    assert queries.people_with_reserved_handles() == ("operator",)
    with pytest.raises(Refused):
        actions.appoint(username="operator", name="", institution=NDL, role="head", at=AT)
    with pytest.raises(LookupError):
        actions.set_password(username="operator", password="a long enough password", at=AT)
