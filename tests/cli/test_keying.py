"""`koryu key` and `koryu journal`, as an operator types them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from koryu.cli import accounts, keying, read_commands
from koryu.cli.verifying import verify
from koryu.consent import actions
from koryu.consent.actions.statements import hear
from koryu.institutions import queries
from koryu.ledger import queries as ledger
from koryu.ledger.actions import locked
from koryu.publishing import export
from koryu.seals.keys import PublicKey, SecretKey
from koryu.values.reason import Refused
from tests.consent.elsewhere import came
from tests.world import AT, COMPILER, NDL, NLC, give_voice, put_on_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
HELD = "The institution already has a key here; it can be renewed, not given again."


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, COMPILER)
    put_on_record(NDL, NLC, COMPILER)


def run(*arguments: str, typed: str = "", command: Any = keying.key) -> Result:
    return CliRunner().invoke(command, list(arguments), input=typed)


def refused(*arguments: str) -> str:
    """The one sentence with which a command ends, with 2, leaving nothing in the ledger."""
    before = ledger.last_number()
    result = run(*arguments)
    assert ledger.last_number() == before
    if isinstance(result.exception, Refused):
        return str(result.exception.reason)
    assert result.exit_code == 2, result.output
    return result.output.strip().splitlines()[-1]


def fingerprint(institution: str) -> str:
    return PublicKey.from_did(queries.key_of(institution) or "").fingerprint


def test_a_fingerprint_is_twelve_groups_of_five_digits_and_of_this_key_alone() -> None:
    one = PublicKey.from_did("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK")
    assert one.fingerprint == ("82259 58850 98100 88061 87855 93110 80820 65892 09542 16111 20529 51705")
    assert SecretKey.generate().public.fingerprint != one.fingerprint


def test_a_first_key_is_given_after_the_operator_has_said_yes_to_its_fingerprint() -> None:
    result = run("give", NLC, typed="y\n")
    assert result.exit_code == 0
    assert fingerprint(NLC) in result.output
    assert "Has it confirmed that it speaks from this server? [y/N]: y" in result.output
    assert refused("give", NLC, "--confirmed") == HELD


@pytest.mark.parametrize("typed", ["n\n", "\n", ""])
def test_without_a_yes_no_key_is_given_or_confirmed(typed: str) -> None:
    before = ledger.last_number(), queries.key_file().read_text()
    assert run("give", NLC, typed=typed).exit_code == 1
    did = SecretKey.generate().public.did
    assert run("confirm", NLC, did, typed=typed).exit_code == 1
    assert (queries.key_of(NLC), queries.confirmed_for(did)) == (None, None)
    assert (ledger.last_number(), queries.key_file().read_text()) == before


def test_a_key_made_elsewhere_is_confirmed_and_then_heard() -> None:
    key = SecretKey.generate()
    result = run("confirm", NLC, key.public.did, typed="y\n")
    assert (result.exit_code, key.public.fingerprint in result.output) == (0, True)
    with locked():
        hear(came(key, institution=NLC))
    assert "in use since entry" in run("list", NLC).output
    assert "its secret is not here" in run("list", NLC).output


def test_a_lost_key_is_replaced_only_where_that_is_said() -> None:
    old = queries.key_of(NDL)
    assert refused("give", NDL, "--confirmed") == HELD
    assert refused("confirm", NDL, SecretKey.generate().public.did, "--confirmed") == HELD
    assert run("give", NDL, "--lost", "--confirmed").exit_code == 0
    assert queries.key_of(NDL) != old
    assert refused("give", NLC, "--lost", "--confirmed") == "The institution has no key here that could be lost."


def test_a_key_is_renewed_and_both_are_listed() -> None:
    old = queries.key_of(NDL)
    renewed = run("renew", NDL).output
    assert fingerprint(NDL) in renewed
    listed = run("list", NDL).output.splitlines()
    assert listed[0] == f"{NDL}  {old}  retired, counts for entries 1 to {ledger.last_number()}"
    assert listed[2].endswith(f"in use since entry {ledger.last_number()}, its secret is here")


def test_a_stolen_key_is_retired_at_once_and_what_was_said_with_it_is_listed() -> None:
    result = run("retire", NDL, "--yes", "--since", "2026-01-01")
    said = result.output.splitlines()
    assert result.exit_code == 0
    assert said[0] == f"{NDL}: the key is retired, and its secret is taken out of keys.json."
    assert said[1].startswith(f"{AT}  1  operator  keyed")
    assert said[-1] == f"{len(said) - 2} entries were sealed with it since 2026-01-01."
    assert queries.key_of(NDL) is None
    assert refused("retire", NDL, "--yes") == f"{NDL} has no key here."


def test_a_key_whose_secret_is_elsewhere_is_stopped_here() -> None:
    key = SecretKey.generate()
    actions.confirm_key(institution=NLC, did=key.public.did, by="operator", at=AT)
    with locked():
        hear(came(key, institution=NLC))
    until = ledger.last_number()
    result = run("retire", NLC, typed="y\n")
    assert "Its secret is not on this server." in result.output
    assert f"{NLC}: nothing more that is sealed with the key is heard on this server." in result.output
    assert f"stopped, counts for entries {until} to {until}" in run("list", NLC).output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("retire", NDL, "--yes", "--since", "yesterday"),
            "--since yesterday: a day as 2026-11-29, or the number of an entry, was expected.",
        ),
        (("retire", NLC, "--yes"), f"{NLC} has no key here."),
        (("renew", NLC), f"{NLC} has no key on this server."),
        (("confirm", NLC, "z6Mk", "--confirmed"), "z6Mk: a key beginning with did:key: was expected."),
        (
            ("confirm", NLC, "did:key:z6Mk", "--confirmed"),
            "did:key:z6Mk: an Ed25519 public key of 32 bytes was expected.",
        ),
    ],
)
def test_what_cannot_be_used_is_said_in_one_sentence(arguments: tuple[str, ...], sentence: str) -> None:
    assert refused(*arguments) == sentence


@pytest.mark.parametrize("verb", [("give",), ("renew",), ("retire", "--yes"), ("list",)])
def test_an_institution_nobody_knows_is_named(verb: tuple[str, ...]) -> None:
    assert refused(verb[0], "institution/nowhere", *verb[1:]).startswith("institution/nowhere: no record has this name")


def test_whoever_has_no_key_has_none_in_the_list() -> None:
    result = run("list", NLC)
    assert (result.exit_code, result.output) == (1, f"{NLC} has no key here.\n")


def test_what_was_said_before_and_after_a_renewal_verifies_with_the_list_and_a_forged_list_does_not(
    tmp_path: Path,
) -> None:
    give_voice(NLC)
    run("renew", COMPILER)
    (tmp_path / "record.json").write_text(json.dumps(export.bundle(NDL, asking=NDL)))
    keys = run("--keys", command=read_commands.export).output
    (tmp_path / "keys").write_text(keys)
    given = [str(tmp_path / "record.json"), "--keys", str(tmp_path / "keys")]
    assert run(*given, command=verify).output.startswith("In order: 1 record, 1 version.")
    listed = json.loads(keys)
    listed[COMPILER][1]["entry"]["institution"] = NDL
    (tmp_path / "keys").write_text(json.dumps(listed))
    result = run(*given, command=verify)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "is not valid" in result.output


def test_the_journal_is_told_the_latest_first_for_all_or_for_one() -> None:
    run("give", "mori", "officer", NDL, "--name", "森", command=accounts.role)
    told = run("--most", "2", command=read_commands.journal).output.splitlines()
    assert [line.split("  ")[1:] for line in told] == [
        ["operator", NDL, "role given", "role=officer whom=mori"],
        ["operator", "-", "person entered", "whom=mori"],
    ]
    own = run("--institution", NLC, command=read_commands.journal)
    assert own.output == ""
