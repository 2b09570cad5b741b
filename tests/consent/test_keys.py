"""Whose key counts here: a first one once the operator has confirmed it, the next one sealed by the last."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from koryu.consent import actions, queries
from koryu.consent.actions.statements import hear
from koryu.consent.rules.key_list import read
from koryu.consent.rules.statement import Statement
from koryu.institutions import models
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.ledger.actions import locked
from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal, sealed_by
from koryu.values.reason import Refused
from tests.consent.elsewhere import came
from tests.world import AT, COMPILER, NDL, NLC, NLK, WORK, House, exchange, give_voice, library, put_on_record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
BY: dict[str, Any] = {"by": "operator", "at": AT}
NOT_CONFIRMED = f"The operator of this server has not confirmed this key of {NLK} yet."
NOT_ITS_KEY = "This has no digital check made with the key of {who}."
DAMAGED = (
    "The key file of this server, keys.json, is damaged: the operator must restore it from the copy that was kept."
)
OPEN = (
    "The key file of this server, keys.json, can be read by others on the machine: the operator must run `chmod "
    "600` on it."
)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    """NDL and the compiler speak from here, NLC and NLK not yet."""
    give_voice(NDL, COMPILER)
    put_on_record(NDL, NLC, NLK, COMPILER)


def heard(sealed: dict[str, Any]) -> None:
    with locked():
        hear(sealed)


def refused(call: Callable[..., Any], *given: Any, **named: Any) -> str:
    """The reason, after making sure that nothing was left in the ledger."""
    before = ledger.last_number()
    with pytest.raises(Refused) as caught:
        call(*given, **named)
    assert ledger.last_number() == before
    return str(caught.value.reason)


def begun(institution: str = NLK) -> SecretKey:
    """An institution that speaks from another server: its first key was confirmed here and has come."""
    key = SecretKey.generate()
    actions.confirm_key(institution=institution, did=key.public.did, **BY)
    heard(came(key, institution=institution))
    return key


def secret(institution: str = NDL) -> SecretKey:
    return institutions.secret_key(institution)


def test_a_first_key_made_elsewhere_counts_once_it_was_confirmed_and_only_that_one() -> None:
    key, strangers = SecretKey.generate(), SecretKey.generate()
    assert refused(heard, came(key)) == NOT_CONFIRMED
    actions.confirm_key(institution=NLK, did=key.public.did, **BY)
    assert institutions.key_of(NLK) is None
    assert refused(heard, came(strangers)) == NOT_CONFIRMED
    heard(came(key))
    assert institutions.key_of(NLK) == key.public.did


def not_its_key(who: str) -> str:
    return NOT_ITS_KEY.format(who=who)


# What comes after NLK's first key, and why it is not heard: which key is given to whom, sealed with which.
FORGED: dict[str, tuple[str, str, str, str]] = {
    "a second first key by itself": ("new", NLK, "new", not_its_key(NLK)),
    "a renewal sealed by another institution": ("new", NLK, "NDL's", not_its_key(NLK)),
    "a renewal sealed by a key nobody knows": ("new", NLK, "unknown", not_its_key(NLK)),
    "the first key once more": ("first", NLK, "first", "This key is already in use."),
    "the key of another institution": ("NDL's", NLK, "first", "This key is already in use."),
    "its first key as that of another institution": (
        "first",
        NLC,
        "first",
        f"The operator of this server has not confirmed this key of {NLC} yet.",
    ),
    "its first key as the next of NDL": ("first", NDL, "NDL's", "This key is already in use."),
    "retired by another": ("", NLK, "NDL's", not_its_key(NLK)),
    "retired by a new key": ("", NLK, "new", not_its_key(NLK)),
    "retired in the name of an institution without any": ("", NLC, "first", not_its_key(NLC)),
}


@pytest.mark.parametrize(("given", "institution", "by", "reason"), FORGED.values(), ids=FORGED)
def test_what_gives_or_retires_a_key_wrongly_is_refused_at_the_door(
    given: str, institution: str, by: str, reason: str
) -> None:
    keys = {"first": begun(), "new": SecretKey.generate(), "unknown": SecretKey.generate(), "NDL's": secret()}
    said = "keyed" if given else "key retired"
    sealed = came(keys[given or by], institution=institution, by=keys[by], said=said)
    assert refused(heard, sealed) == reason
    assert institutions.key_of(NLK) == keys["first"].public.did
    assert institutions.key_of(NDL) == keys["NDL's"].public.did


def test_a_key_that_is_none_cannot_be_the_next() -> None:
    first = begun()
    said = Statement(said="keyed", institution=NLK, by="head", at=AT, key="did:key:z6Mkjunk")
    assert refused(heard, seal(said.plain(), key=first, created=AT)) == "an Ed25519 public key of 32 bytes was expected"
    assert institutions.key_of(NLK) == first.public.did


def test_an_entry_that_gives_no_key_lacks_what_it_must_hold() -> None:
    first = begun()
    said = Statement(said="keyed", institution=NLK, by="head", at=AT)
    sealed = seal(said.plain(), key=first, created=AT)
    assert refused(heard, sealed) == "This statement is incomplete."


def test_the_next_key_is_sealed_by_the_last_and_the_last_counts_no_more() -> None:
    first, second, third = begun(), SecretKey.generate(), SecretKey.generate()
    heard(came(second, by=first))
    assert institutions.key_of(NLK) == second.public.did
    assert refused(heard, came(third, by=first)) == NOT_ITS_KEY.format(who=NLK)
    assert refused(heard, came(first, by=second)) == "This key is already in use."


def test_after_a_key_was_retired_nothing_is_heard_before_the_operator_confirms_anew() -> None:
    first, next_ = begun(), SecretKey.generate()
    heard(came(first, by=first, said="key retired"))
    assert institutions.key_of(NLK) is None
    assert refused(heard, came(next_, by=first)) == NOT_ITS_KEY.format(who=NLK)
    assert refused(heard, came(next_)) == NOT_CONFIRMED
    assert refused(heard, came(first)) == "This key is already in use."
    actions.confirm_key(institution=NLK, did=next_.public.did, **BY)
    heard(came(next_))
    assert institutions.key_of(NLK) == next_.public.did


def test_a_lost_key_is_replaced_by_one_confirmed_in_its_place() -> None:
    first, found = begun(), SecretKey.generate()
    given = {"institution": NLK, "did": found.public.did, **BY}
    assert refused(actions.confirm_key, **given) == (
        "The institution already has a key here; it can be renewed, not given again."
    )
    actions.confirm_key(lost=True, **given)
    heard(came(found))
    assert [(key.did, key.until is None) for key in institutions.every_key() if key.institution == NLK] == [
        (first.public.did, False),
        (found.public.did, True),
    ]


def test_a_confirmation_in_the_place_of_a_key_says_nothing_once_that_is_no_more_the_one_in_use() -> None:
    first, found, thiefs = begun(), SecretKey.generate(), SecretKey.generate()
    actions.confirm_key(institution=NLK, did=found.public.did, lost=True, **BY)
    heard(came(thiefs, by=first))
    assert refused(heard, came(found)) == NOT_ITS_KEY.format(who=NLK)
    actions.confirm_key(institution=NLK, did=found.public.did, lost=True, **BY)
    heard(came(found))
    assert institutions.key_of(NLK) == found.public.did


REFUSED_CONFIRMATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "lost, where there is none": (
        {"institution": NLC, "lost": True},
        "The institution has no key here that could be lost.",
    ),
    "a text that is no key": ({"institution": NLC, "did": "z6Mk"}, "a key beginning with did:key: was expected"),
    "a key in use elsewhere": ({"institution": NLC, "did": "NDL's"}, "This key is already in use."),
    "a key confirmed for another": (
        {"institution": NLC, "did": "waiting"},
        "This key was confirmed for another institution.",
    ),
}


@pytest.mark.parametrize(("given", "reason"), REFUSED_CONFIRMATIONS.values(), ids=REFUSED_CONFIRMATIONS)
def test_what_cannot_be_confirmed(given: dict[str, Any], reason: str) -> None:
    waiting = SecretKey.generate().public.did
    actions.confirm_key(institution=NLK, did=waiting, **BY)
    named = {"NDL's": institutions.key_of(NDL), "waiting": waiting}
    did = given.get("did", SecretKey.generate().public.did)
    assert refused(actions.confirm_key, **BY, **{**given, "did": named.get(did, did)}) == reason


def test_a_key_waiting_for_one_institution_is_not_the_next_of_another() -> None:
    waiting = SecretKey.generate()
    actions.confirm_key(institution=NLK, did=waiting.public.did, **BY)
    assert (
        refused(heard, came(waiting, institution=NDL, by=secret())) == "This key was confirmed for another institution."
    )


def test_a_key_given_here_is_renewed_here_and_its_secret_is_gone() -> None:
    first = secret()
    second = actions.renew_key(institution=NDL, **BY)
    assert (institutions.key_of(NDL), institutions.holds_secret(second)) == (second, True)
    assert not institutions.holds_secret(first.public.did)
    entry = list(ledger.key_entries())[-1]
    assert sealed_by(dict(entry.sealed)) == first.public
    assert House(NDL).propose(exchange(NDL))


def test_nothing_is_said_with_a_retired_key_and_it_is_not_renewed() -> None:
    old = secret()
    actions.retire_key(institution=NDL, **BY)
    assert not institutions.holds_secret(old.public.did)
    none = f"{NDL} has no key on this server."
    assert refused(House(NDL).propose, exchange(NDL)) == none
    assert refused(actions.renew_key, institution=NDL, **BY) == none
    assert refused(actions.retire_key, institution=NDL, **BY) == none
    said = Statement(said="checked", institution=NDL, by="head", at=AT, record=WORK)
    assert refused(heard, seal(said.plain(), key=old, created=AT)) == NOT_ITS_KEY.format(who=NDL)


def test_an_institution_that_lost_its_secret_begins_anew_on_its_server() -> None:
    lost = institutions.key_of(NDL)
    kept = json.loads(institutions.key_file().read_text())
    institutions.key_file().write_text(json.dumps({did: text for did, text in kept.items() if did != lost}))
    none = f"{NDL} has no key on this server."
    assert refused(House(NDL).propose, exchange(NDL)) == none
    assert refused(actions.renew_key, institution=NDL, **BY) == none
    assert refused(actions.give_key, institution=NDL, **BY) == (
        "The institution already has a key here; it can be renewed, not given again."
    )
    actions.give_key(institution=NDL, lost=True, **BY)
    assert House(NDL).propose(exchange(NDL))


def test_a_stopped_key_is_heard_no_more_and_stays_stopped_when_the_ledger_is_replayed() -> None:
    first = begun()
    until = ledger.last_number()
    actions.stop_key(institution=NLK, **BY)
    assert refused(heard, came(SecretKey.generate(), by=first)) == NOT_ITS_KEY.format(who=NLK)
    assert refused(actions.stop_key, institution=NLK, **BY) == f"{NLK} has no key on this server."
    House(NDL).propose(exchange(NDL))
    before = institutions.every_key()
    actions.rebuild()
    assert institutions.every_key() == before
    assert [(key.until, key.stopped) for key in before if key.institution == NLK] == [(until, True)]


def test_replaying_the_ledger_tells_every_key_anew_however_it_was_given() -> None:
    first, lost = begun(), SecretKey.generate()
    actions.confirm_key(institution=NLK, did=lost.public.did, lost=True, **BY)
    heard(came(lost))
    actions.renew_key(institution=NDL, **BY)
    waiting = SecretKey.generate()
    actions.confirm_key(institution=NLC, did=waiting.public.did, **BY)
    before = institutions.every_key()
    actions.rebuild()
    assert (institutions.every_key(), institutions.key_of(NLC)) == (before, None)
    assert first.public.did in {key.did for key in before}
    heard(came(waiting, institution=NLC))
    assert institutions.key_of(NLC) == waiting.public.did


KEY_FILES: dict[str, tuple[bytes | None, int, str]] = {
    "cut short": (b'{"did:key:z6Mk', 0o600, DAMAGED),
    "empty": (b"", 0o600, DAMAGED),
    "a list": (b"[]", 0o600, DAMAGED),
    "a number for a key": (b'{"did:key:z6Mk": 7}', 0o600, DAMAGED),
    "a text that is no key": (b'{"did:key:z6Mk": "z3u2"}', 0o600, DAMAGED),
    "no text at all": (b"\xff\xfe\x00", 0o600, DAMAGED),
    "a secret under another key's name": (b"swapped", 0o600, DAMAGED),
    "read by the group": (None, 0o640, OPEN),
    "read by all": (None, 0o604, OPEN),
    "written by the group": (None, 0o620, OPEN),
}


@pytest.mark.parametrize(("written", "mode", "reason"), KEY_FILES.values(), ids=KEY_FILES)
def test_a_key_file_that_cannot_be_relied_on_seals_nothing_and_is_not_written_over(
    written: bytes | None, mode: int, reason: str
) -> None:
    file = institutions.key_file()
    if written == b"swapped":
        one, other = json.loads(file.read_text()).items()
        written = json.dumps({one[0]: other[1], other[0]: one[1]}).encode()
    file.write_bytes(written if written is not None else file.read_bytes())
    file.chmod(mode)
    before = file.read_bytes()
    assert refused(House(NDL).propose, exchange(NDL)) == reason
    assert refused(actions.give_key, institution=NLC, **BY) == reason
    assert refused(actions.renew_key, institution=NDL, **BY) == reason
    assert (file.read_bytes(), institutions.key_of(NLC)) == (before, None)


def test_without_a_key_file_nothing_is_sealed_for_those_who_had_a_key_and_a_new_one_can_begin() -> None:
    institutions.key_file().unlink()
    assert refused(House(NDL).propose, exchange(NDL)) == f"{NDL} has no key on this server."
    actions.give_key(institution=NLC, **BY)
    assert (institutions.key_file().stat().st_mode & 0o777, len(institutions.kept_secrets())) == (0o600, 1)


def test_a_refused_first_key_leaves_no_confirmation_behind() -> None:
    assert refused(actions.give_key, institution=NDL, **BY).startswith("The institution already has a key here")
    assert models.KeyDecision.objects.filter(institution=NDL).count() == 1


def test_the_list_of_keys_names_the_retired_ones_too_and_for_which_entries_they_counted() -> None:
    old = institutions.key_of(NDL)
    new = actions.renew_key(institution=NDL, **BY)
    listed = json.loads(json.dumps(queries.key_list()))
    assert [(one["key"], one["from"], one.get("until")) for one in listed[NDL]] == [
        (old, 1, ledger.last_number()),
        (new, ledger.last_number(), None),
    ]
    assert read(listed) == institutions.keys()


def test_the_list_of_keys_is_checked_link_by_link() -> None:
    actions.renew_key(institution=NDL, **BY)
    other = SecretKey.generate()
    listed = json.loads(json.dumps(queries.key_list()))
    forged = {"key": other.public.did, "entry": came(other, institution=NDL, by=SecretKey.generate())}
    wrong = f"the entry by which {other.public.did} was given to {NDL} is not valid"
    assert refused(read, {NDL: [*listed[NDL], forged]}) == wrong
    assert refused(read, {NDL: [*listed[NDL], {**listed[NDL][1], "key": other.public.did}]}) == wrong
    assert refused(read, {NLC: listed[NDL]}).endswith(f"was given to {NLC} is not valid")
    assert refused(read, {NDL: [{"key": other.public.did, "entry": "none"}]}) == wrong
    assert read({NDL: [other.public.did]}) == {NDL: [other.public.did]}


def test_what_was_said_with_a_key_is_told_since_a_day_or_an_entry() -> None:
    first = institutions.key_of(NDL) or ""
    House(NDL).propose(exchange(NDL))
    version = ledger.last_number()
    actions.renew_key(institution=NDL, **BY)
    House(NDL, record=NDL).propose(library(NDL), replaces=queries.history(NDL).in_force)
    said = [entry.said for entry in queries.sealed_with(first, institution=NDL)]
    assert said == ["keyed", "proposed", "concluded", "keyed"]
    assert next(one.number for one in queries.sealed_with(first, institution=NDL, after=version - 1)) == version
    assert queries.sealed_with(first, institution=NDL, since="2027-01-01") == ()
