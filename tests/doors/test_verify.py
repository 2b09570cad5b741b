"""Whoever verifies an exported record asks what the door asks: forged ones are refused, each seal of which is real.

`before` is what came of each when the table was written.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from koryu.cli.verifying import verify as verify_command
from koryu.consent.rules.verification import verify
from koryu.institutions import queries as institutions
from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal
from koryu.values.text import Text
from tests.doors.attacks import Attack, Attacks, came_of, is_refused, name_of
from tests.doors.forging import Made, Sealed, agreed, bundle, by_letter, concluded, made, sealed, worded
from tests.world import (
    AT,
    COMPILER,
    LETTER,
    NAL,
    NDL,
    NLC,
    NLK,
    NO,
    PROGRAMME,
    Act,
    exchange,
    give_voice,
    programme,
    sourced,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
FORGED = Attacks()
NOTE = Text.of(en="ours says June")
NARS = uri("institution/nars")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)


def verified(exported: dict[str, Any]) -> Act:
    return partial(verify, exported, keys=institutions.keys())


@pytest.mark.parametrize("tried", FORGED, ids=name_of)
def test_what_is_forged_is_refused_with_a_sentence_that_says_where(tried: Attack) -> None:
    is_refused(tried)


def both() -> Made:
    return made(exchange(NDL, NLC))


# What an honest record is


def recorded_then_agreed() -> dict[str, Any]:
    first = made(sourced(exchange(NDL, NLC)))
    second = made(exchange(NDL, NLC), parent=first)
    return bundle(first, second, entries=[sealed(COMPILER, "recorded", first), agreed(second, NDL, NLC)])


def agreed_twice() -> dict[str, Any]:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    remark = sealed(NLC, "account differs", second, note=worded(NOTE))
    return bundle(first, second, entries=[agreed(first, NDL, NLC), agreed(second, NLC, NDL), remark])


def agreed_by_letter() -> dict[str, Any]:
    version = made(exchange(NDL, NAL))
    own, letter = sealed(NDL, "proposed", version), by_letter(NDL, version, NAL, LETTER)
    return bundle(version, entries=[concluded(NDL, version, own, letter)])


@pytest.mark.parametrize("honest", [recorded_then_agreed, agreed_twice, agreed_by_letter])
def test_what_is_honest_verifies(honest: Any) -> None:
    assert came_of(verified(honest())) == "accepted"


# Who agreed, who proposed, who concluded


@FORGED.tried(before="accepted")
def two_letters_by_one_listed_stranger() -> Act:
    version = made(exchange(NDL, NAL))
    letters = [by_letter(NLK, version, one, LETTER) for one in (NDL, NAL)]
    return verified(bundle(version, entries=[concluded(NLK, version, *letters)]))


@FORGED.tried(before="accepted")
def two_letters_and_a_proposal_by_one_listed_stranger() -> Act:
    version = made(exchange(NAL, NARS))
    letters = [by_letter(NLK, version, one, LETTER) for one in (NAL, NARS)]
    return verified(bundle(version, entries=[concluded(NLK, version, sealed(NLK, "proposed", version), *letters)]))


@FORGED.tried(before="accepted")
def a_letter_recorded_by_a_stranger_beside_a_true_proposal() -> Act:
    version = made(exchange(NDL, NAL))
    own, letter = sealed(NDL, "proposed", version), by_letter(NLK, version, NAL, LETTER)
    return verified(bundle(version, entries=[concluded(NDL, version, own, letter)]))


@FORGED.tried(before="accepted")
def a_letter_by_the_one_it_is_the_letter_of() -> Act:
    version = both()
    own, letter = sealed(NDL, "proposed", version), by_letter(NLC, version, NLC, LETTER)
    return verified(bundle(version, entries=[concluded(NDL, version, own, letter)]))


@FORGED.tried(before="accepted")
def a_letter_beside_the_acceptance_of_the_same_institution() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version), by_letter(NDL, version, NLC, LETTER)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="accepted")
def a_letter_of_one_that_spoke_of_the_record_itself() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    own, letter = sealed(NDL, "proposed", second), by_letter(NDL, second, NLC, LETTER)
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), concluded(NDL, second, own, letter)]))


@FORGED.tried(before="accepted")
def a_letter_of_one_that_remarked_on_the_record_before() -> Act:
    first = made(sourced(exchange(NDL, NLC)))
    second = made(exchange(NDL, NLC), parent=first)
    said = [sealed(COMPILER, "recorded", first), sealed(NLC, "account differs", first, note=worded(NOTE))]
    letter = by_letter(NDL, second, NLC, LETTER, at="2026-11-22T09:00:01Z")
    return verified(
        bundle(first, second, entries=[*said, concluded(NDL, second, sealed(NDL, "proposed", second), letter)])
    )


@FORGED.tried(before="accepted")
def a_conclusion_by_who_did_not_propose() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version)]
    return verified(bundle(version, entries=[concluded(NLC, version, *said)]))


@FORGED.tried(before="accepted")
def a_conclusion_by_a_stranger() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version)]
    return verified(bundle(version, entries=[concluded(NLK, version, *said)]))


@FORGED.tried(before="accepted")
def a_conclusion_of_what_nobody_proposed() -> Act:
    version = both()
    said = [sealed(one, "accepted", version) for one in (NDL, NLC)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="accepted")
def a_conclusion_of_what_two_proposed() -> Act:
    version = both()
    said = [sealed(one, "proposed", version) for one in (NDL, NLC)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="accepted")
def a_proposal_by_a_stranger_that_all_accepted() -> Act:
    version = both()
    said = [sealed(NLK, "proposed", version), *(sealed(one, "accepted", version) for one in (NDL, NLC))]
    return verified(bundle(version, entries=[concluded(NLK, version, *said)]))


@FORGED.tried(before="accepted")
def a_newcomer_proposes_what_writes_it_in() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, NLK), parent=first)
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), agreed(second, NLK, NDL, NLC)]))


@FORGED.tried(before="refused: entries[1].agreements: the agreement of institution/nlk is missing")
def an_owner_is_written_out_by_the_others() -> Act:
    first = made(exchange(NDL, NLC, NLK))
    second = made(exchange(NDL, NLC), parent=first)
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC, NLK), agreed(second, NDL, NLC)]))


@FORGED.tried(before="accepted")
def a_first_agreed_version_drops_an_owner_of_the_recorded_one() -> Act:
    first = made(sourced(exchange(NDL, NLC)))
    second = made(exchange(NDL))
    return verified(bundle(first, second, entries=[sealed(COMPILER, "recorded", first), agreed(second, NDL)]))


@FORGED.tried(before="refused: entries[1]: the programme version cited is missing")
def a_departure_is_cited_that_no_programme_shows() -> Act:
    first = made(exchange(NDL, NLC))
    departure = {"institution": NLC, "programme": PROGRAMME, "version": LETTER}
    second = made(under(NDL), parent=first, departures=(departure,))
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), agreed(second, NDL)]))


@FORGED.tried(before="refused: entries[1]: institution/nlc did not agree to the programme version cited.")
def a_departure_is_cited_that_who_left_never_agreed_to() -> Act:
    left = made(programme(NDL, left=(NLC,)), record=PROGRAMME)
    own = sealed(NDL, "proposed", left, record=PROGRAMME)
    cited = bundle(left, entries=[concluded(NDL, left, own, record=PROGRAMME)], record=PROGRAMME)
    first = made(under(NDL, NLC))
    departure = {"institution": NLC, "programme": PROGRAMME, "version": left.digest}
    second = made(under(NDL), parent=first, departures=(departure,))
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), agreed(second, NDL)], cited=[cited]))


@FORGED.tried(before="refused: entries[1].agreements[1].version: expected sha256:…, found sha256:…")
def an_acceptance_of_another_version_lies_in_the_conclusion() -> Act:
    first = both()
    second = made(exchange(NDL, NLC, title="Second"), parent=first)
    said = [sealed(NDL, "proposed", second), sealed(NLC, "accepted", first)]
    return verified(bundle(first, second, entries=[agreed(first, NDL, NLC), concluded(NDL, second, *said)]))


@FORGED.tried(before="accepted")
def an_acceptance_of_the_same_version_of_another_record_lies_in_the_conclusion() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version, record=uri("exchange/other"))]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="refused: entries[0].agreements[1].said: “checked” is no agreement")
def a_check_lies_in_the_conclusion_as_an_acceptance() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "checked", version)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="refused: entries[0].agreements[2].said: “declined” is no agreement")
def a_decline_lies_in_the_conclusion_beside_the_acceptance() -> Act:
    version = both()
    said = [
        sealed(NDL, "proposed", version),
        sealed(NLC, "accepted", version),
        sealed(NLC, "declined", version, reason=worded(NO)),
    ]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="accepted")
def the_acceptance_of_a_stranger_lies_in_the_conclusion() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version), sealed(NLK, "accepted", version)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


# The keys


@FORGED.tried(before="refused: entries[0].proof: sealed with did:key:…, which is not listed for institution/ndl")
def the_list_of_keys_has_two_swapped() -> Act:
    keys = institutions.keys()
    swapped = {**keys, NDL: keys[NLC], NLC: keys[NDL]}
    return partial(verify, agreed_twice(), keys=swapped)


@FORGED.tried(
    before="refused: entries[0].agreements[1].proof: sealed with did:key:…, which is not listed for institution/nlc"
)
def an_acceptance_is_sealed_with_the_proposer_s_key() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version, key_of=NDL)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said)]))


@FORGED.tried(before="refused: entries[0].proof: sealed with did:key:…, which is not listed for institution/ndl")
def a_conclusion_is_sealed_with_the_key_of_another_owner() -> Act:
    version = both()
    said = [sealed(NDL, "proposed", version), sealed(NLC, "accepted", version)]
    return verified(bundle(version, entries=[concluded(NDL, version, *said, key_of=NLC)]))


@FORGED.tried(before="refused: entries[0].proof: sealed with did:key:…, which is not listed for institution/compiler")
def an_entry_is_sealed_with_a_key_of_nobody() -> Act:
    first = made(sourced(exchange(NDL, NLC)))
    own = {name: value for name, value in sealed(COMPILER, "recorded", first).items() if name != "proof"}
    return verified(bundle(first, entries=[seal(own, key=SecretKey.generate(), created=AT)]))


@FORGED.tried(before="refused: entries[1].proof: sealed with did:key:…, which is not listed for institution/nlc")
def a_speaker_is_not_in_the_list_of_keys() -> Act:
    keys = {name: dids for name, dids in institutions.keys().items() if name != NLC}
    return partial(verify, agreed_twice(), keys=keys)


# By the command


def written(folder: Path, exported: dict[str, Any]) -> list[str]:
    (folder / "record.json").write_text(json.dumps(exported), encoding="utf-8")
    (folder / "keys.json").write_text(json.dumps(institutions.keys()), encoding="utf-8")
    return [str(folder / "record.json"), "--keys", str(folder / "keys.json")]


def test_the_command_refuses_two_letters_by_one_stranger(tmp_path: Path) -> None:
    """Before: “In order”."""
    version = made(exchange(NDL, NAL))
    entries: list[Sealed] = [concluded(NLK, version, *(by_letter(NLK, version, one, LETTER) for one in (NDL, NAL)))]
    done = CliRunner().invoke(verify_command, written(tmp_path, bundle(version, entries=entries)))
    assert done.exit_code != 0
    assert "In order" not in done.output


def test_the_command_finds_what_is_honest_in_order(tmp_path: Path) -> None:
    done = CliRunner().invoke(verify_command, written(tmp_path, agreed_twice()))
    assert (done.exit_code, "In order: 1 record, 2 versions." in done.output) == (0, True)
