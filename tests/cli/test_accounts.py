"""Founding an institution, giving roles and passwords from the command line; every wrong input in one sentence."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from koryu.archive import queries as archive
from koryu.cli import accounts
from koryu.consent import queries as consent
from koryu.institutions import actions, queries
from koryu.ledger import queries as ledger
from koryu.values.reason import Refused

pytestmark = pytest.mark.django_db
AOYAMA = "tag:127.0.0.1,2026:institution/aoyama"
ADD = ["aoyama", "ja=架空青山図書館", "en=Invented Library of Aoyama", "--head", "aoki", "--head-name", "青木 春子"]


def run(command: Any, *arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)


def refused(run: Callable[[], Result]) -> str:
    """The one sentence with which a command ends, where it ends with 2."""
    result = run()
    if isinstance(result.exception, Refused):
        return str(result.exception.reason)
    assert result.exit_code == 2, result.output
    return result.output.strip().splitlines()[-1]


def test_an_institution_is_founded_with_its_key_its_head_and_its_own_record() -> None:
    assert run(accounts.institution, "add", *ADD).exit_code == 0
    standing = consent.standing(AOYAMA)
    assert standing is not None
    assert (standing.agreed, standing.header.owners) == (True, (AOYAMA,))
    record = archive.record_named(AOYAMA, asking=AOYAMA)
    assert record is not None
    assert (record.line.basis, record.line.title.shown("ja").text) == ("agreed", "架空青山図書館")
    assert queries.role_of(person="aoki", institution=AOYAMA) == "head"
    assert queries.key_of(AOYAMA)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({0: "Aoyama"}, "Aoyama: an address is made of small letters, digits and hyphens."),
        ({1: "架空青山図書館"}, "架空青山図書館: a name is given with its language, as ja=国立国会図書館."),
        ({1: "ja="}, "ja=: a name is given with its language, as ja=国立国会図書館."),
        ({1: "xx-yy=Name"}, "xx-yy=Name: xx-yy is not a language tag such as ja, ja-Latn or zh-Hans."),
        ({4: "Aoki"}, "A user name is made of small letters, digits, dots and hyphens, and begins with a letter."),
    ],
)
def test_what_an_institution_cannot_be_founded_with_is_said_and_nothing_is_left(
    changed: dict[int, str], sentence: str
) -> None:
    arguments = [changed.get(place, given) for place, given in enumerate(ADD)]
    assert refused(lambda: run(accounts.institution, "add", *arguments)) == sentence
    assert (ledger.last_number(), queries.person("aoki"), queries.keys()) == (0, None, {})


def test_an_institution_is_founded_once() -> None:
    run(accounts.institution, "add", *ADD)
    before = ledger.last_number()
    assert refused(lambda: run(accounts.institution, "add", *ADD)) == (
        "institution/aoyama: this is on record already; give it a key with `koryu key give`."
    )
    assert ledger.last_number() == before


def test_somebody_known_here_stays_who_they_are() -> None:
    actions.enter(username="aoki", name="Aoki", email="aoki@example.org", language="ko")
    run(accounts.institution, "add", *ADD, "--mail", "other@example.org")
    person = queries.person("aoki")
    assert person is not None
    assert (person.name, person.email, person.language) == ("Aoki", "aoki@example.org", "ko")


def test_the_institutions_are_listed_with_their_heads_and_keys() -> None:
    run(accounts.institution, "add", *ADD)
    assert run(accounts.institution, "list").output == (
        f"{AOYAMA}  Invented Library of Aoyama  with a key  heads: aoki 青木 春子\n"
    )


def test_roles_are_given_taken_and_listed() -> None:
    run(accounts.institution, "add", *ADD)
    at = "institution/aoyama"
    assert run(accounts.role, "give", "mori", "officer", at, "--name", "森", "--language", "ja").exit_code == 0
    assert run(accounts.role, "list", at).output == (f"{AOYAMA}  head  aoki  青木 春子\n{AOYAMA}  officer  mori  森\n")
    assert run(accounts.role, "take", "mori", at).output == f"mori: no longer officer at {AOYAMA}\n"
    assert refused(lambda: run(accounts.role, "take", "mori", at)) == f"mori: this person has no role at {AOYAMA}."


def test_the_last_head_stays() -> None:
    run(accounts.institution, "add", *ADD)
    last = "An institution must have at least one head: name the new one first."
    assert refused(lambda: run(accounts.role, "take", "aoki", "institution/aoyama")) == last
    assert refused(lambda: run(accounts.role, "give", "aoki", "reader", "institution/aoyama")) == last
    assert queries.heads(AOYAMA) == 1


def test_a_role_is_given_somewhere_and_a_forged_one_nowhere() -> None:
    run(accounts.institution, "add", *ADD)
    assert refused(lambda: run(accounts.role, "give", "mori", "officer")) == (
        "role give mori officer: at which institution? Name it, as institution/ndl."
    )
    assert run(accounts.role, "give", "mori", "king", "institution/aoyama").exit_code == 2
    assert queries.person("mori") is None


def test_an_operator_keeps_what_is_known_of_them() -> None:
    actions.enter(username="yamada", name="山田", email="y@example.org", language="ja")
    run(accounts.role, "give", "yamada", "operator")
    person = queries.person("yamada")
    assert person is not None
    assert (person.operator, person.name, person.email, person.language) == (True, "山田", "y@example.org", "ja")


def test_a_password_is_made_for_the_first_time_or_read() -> None:
    actions.enter(username="aoki", name="Aoki")
    made = run(accounts.passwd, "aoki", "--generate").output.partition(": ")[2].strip()
    person = queries.person("aoki")
    assert person is not None
    assert (person.check_password(made), person.must_change_password) == (True, True)
    assert run(accounts.passwd, "aoki", typed="a long enough password\n").output == "aoki: the password was set.\n"
    person = queries.person("aoki")
    assert person is not None
    assert (person.check_password("a long enough password"), person.must_change_password) == (True, False)


@pytest.mark.parametrize("typed", ["short\n", "\n", ""])
def test_a_password_that_is_too_short_is_refused(typed: str) -> None:
    actions.enter(username="aoki", name="Aoki")
    assert refused(lambda: run(accounts.passwd, "aoki", typed=typed)).startswith("aoki: ")
    assert refused(lambda: run(accounts.passwd, "nobody", "--generate")) == (
        "nobody: there is no user of this name here; add them with `koryu role give`."
    )


def test_what_is_exported_of_a_founded_institution_verifies() -> None:
    from koryu.consent.rules.verification import verify
    from koryu.publishing import export

    run(accounts.institution, "add", *ADD)
    bundle = json.loads(json.dumps(export.bundle(AOYAMA, asking=AOYAMA)))
    assert verify(bundle, keys=queries.keys()).standing == "agreed"
