"""What is exported verifies by itself, and nothing that was changed does."""

import copy
import json
from typing import Any

import pytest

from koryu.archive.queries import EVERYBODY
from koryu.consent import actions
from koryu.consent.rules.verification import verify
from koryu.institutions import queries as institutions
from koryu.publishing.export import bundle, bundles
from koryu.seals.digests import commitment, new_salt
from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.world import AT, COMPILER, EXCHANGE, NDL, NLC, WORK, House, exchange, give_voice, put_on_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(db: None) -> dict[str, Any]:
    """A record with two agreed versions, a refusal before them, and a remark."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    refused = House(NDL).propose(exchange(NDL, NLC, title="Never stood"))
    actions.decline(version=refused, reason=Text.of(en="no"), **House(NLC).said)
    first = House(NDL).propose(exchange(NDL, NLC))
    House(NLC).accept(first)
    second = House(NLC).propose(exchange(NDL, NLC, title="神保町で"), replaces=first)
    House(NDL).accept(second)
    actions.account_differs(version=second, note=Text.of(en="ours says June"), **House(NLC).said)
    return bundle(EXCHANGE, asking=NDL)


def problem(exported: dict[str, Any], **named: Any) -> str:
    with pytest.raises(Refused) as caught:
        verify(exported, keys=named.get("keys"))
    return str(caught.value.reason)


def test_everything_exported_verifies_without_the_database_and_with_the_list_of_keys(exported: dict[str, Any]) -> None:
    read_back = json.loads(json.dumps(exported, ensure_ascii=False))
    found = verify(read_back, keys=institutions.keys())
    assert (found.record, found.versions, found.standing) == (EXCHANGE, 2, "agreed")
    assert [record["record"] for record in bundles(asking=EVERYBODY)] == sorted([EXCHANGE, NDL, NLC, WORK])
    for other in bundles(asking=EVERYBODY):
        verify(other, keys=institutions.keys())


def test_what_never_stood_is_not_exported(exported: dict[str, Any]) -> None:
    assert "Never stood" not in json.dumps(exported)
    assert [entry["said"] for entry in exported["entries"]] == ["concluded", "concluded", "account differs"]


def test_a_remark_is_exported_beside_the_entry_that_names_it_and_a_refusal_is_not(exported: dict[str, Any]) -> None:
    (remark,) = exported["texts"]
    assert (remark["text"], remark["digest"]) == ({"en": "ours says June"}, exported["entries"][-1]["note"])
    assert "ours says June" not in json.dumps(exported["entries"])


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda texts: texts.clear(), "entries[2]: its text is missing, and no entry says that it was erased"),
        (lambda texts: texts[0]["text"].update(en="ours says May"), "texts[0]: expected"),
        (lambda texts: texts.append(text_of("foisted")), "texts[1]: no entry gives this text"),
    ],
    ids=["missing", "changed", "foisted"],
)
def test_a_remark_that_is_not_the_one_that_was_made_is_noticed(exported: dict[str, Any], change: Any, why: str) -> None:
    change(exported["texts"])
    assert why in problem(exported)


def text_of(said: str) -> dict[str, Any]:
    text, salt = {"en": said}, new_salt()
    return {"digest": commitment(salt=salt, content={"text": text}), "salt": salt, "text": text}


def test_a_remark_that_was_erased_is_missing_and_in_order(exported: dict[str, Any]) -> None:
    actions.erase(at_request_of_named=True, **House(NDL).said)
    erased = bundle(EXCHANGE, asking=NDL)
    assert "texts" not in erased
    assert exported["entries"][-1]["note"] in erased["entries"][-1]["contents"]
    assert verify(erased, keys=institutions.keys()).versions == 2


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every text in an exported record."""
    if isinstance(value, dict):
        return [found for name, inner in value.items() for found in places(inner, (*path, name))]
    if isinstance(value, list):
        return [found for place, inner in enumerate(value) for found in places(inner, (*path, place))]
    return [path] if isinstance(value, str) else []


def test_one_character_changed_anywhere_is_noticed(exported: dict[str, Any]) -> None:
    for path in places(exported):
        if path == ("kind",):
            continue
        changed = copy.deepcopy(exported)
        holder = changed
        for step in path[:-1]:
            holder = holder[step]
        text = holder[path[-1]]
        holder[path[-1]] = text[:-1] + ("0" if text[-1] != "0" else "1")
        with pytest.raises((Refused, ValueError)):
            verify(changed)


def test_a_conclusion_without_one_of_its_proofs_is_noticed(exported: dict[str, Any]) -> None:
    secret = institutions.secret_key(NDL)
    conclusion = {name: value for name, value in exported["entries"][0].items() if name != "proof"}
    alone = [one for one in conclusion["agreements"] if one["institution"] == NDL]
    exported["entries"][0] = seal({**conclusion, "agreements": alone}, key=secret, created=AT)
    assert problem(exported) == f"entries[0].agreements: the agreement of {NLC} is missing"


def test_a_record_sealed_anew_with_another_key_is_noticed_with_the_list_of_keys_alone(db: None) -> None:
    give_voice(COMPILER)
    put_on_record()
    exported, thief = bundle(WORK, asking=NDL), SecretKey.generate()
    own = {name: value for name, value in exported["entries"][0].items() if name != "proof"}
    exported["entries"] = [seal(own, key=thief, created=AT)]
    assert verify(exported).keys == ((COMPILER, thief.public.did),)
    assert problem(exported, keys=institutions.keys()) == (
        f"entries[0].proof: sealed with {thief.public.did}, which the list of keys does not name as a key of {COMPILER}"
    )


def test_a_version_left_out_is_noticed(exported: dict[str, Any]) -> None:
    del exported["versions"][0]
    assert problem(exported).startswith("versions[0].header.parent: the version it replaces is missing")


def test_a_content_left_out_is_noticed_unless_it_was_erased(exported: dict[str, Any]) -> None:
    del exported["versions"][0]["content"]
    assert problem(exported).startswith("versions[0].content: it is missing")
    actions.erase(institution=NDL, record=EXCHANGE, by="head", at=AT, at_request_of_named=True)
    erased = bundle(EXCHANGE, asking=NDL)
    assert [version.keys() for version in erased["versions"]] == [{"version", "header"}, {"version", "header"}]
    assert verify(erased, keys=institutions.keys()).versions == 2


def test_an_erasing_by_a_stranger_is_noticed(exported: dict[str, Any]) -> None:
    stranger = SecretKey.generate()
    contents = [version["header"]["content"] for version in exported["versions"]]
    said = {"said": "erased", "institution": COMPILER, "by": "x", "at": AT, "record": EXCHANGE, "contents": contents}
    exported["entries"].append(seal(said, key=stranger, created=AT))
    for version in exported["versions"]:
        del version["content"], version["salt"]
    assert problem(exported) == (
        "entries[3]: An institution can have only content erased that it recorded or agreed itself."
    )
