"""The list of keys by institution, as a server exports it and the verifier reads it. Pure."""

from collections.abc import Mapping
from typing import Any

from koryu.consent.rules.statement import statement_of
from koryu.seals.proofs import BadProof, sealed_by
from koryu.values.reason import Reason, Refused


def read(listed: Any) -> dict[str, list[str]]:
    """The did:keys of each institution in a list of keys, those that were retired too.

    A key is named by its did:key, or is an object with `key` and, in `entry`, the sealed statement that gave it: then
    that is checked. It is sealed with the key before it or, where it is a first one, with itself: whose a first key is,
    whoever keeps the list has asked outside Koryu. Raises Refused with the first thing that is wrong.
    """
    if not isinstance(listed, Mapping) or not all(isinstance(keys, list) for keys in listed.values()):
        raise Refused(Reason("a list of keys by institution was expected"))
    return {str(institution): _keys_of(str(institution), keys) for institution, keys in listed.items()}


def _keys_of(institution: str, listed: list[Any]) -> list[str]:
    known: list[str] = []
    for entry in listed:
        did = entry.get("key") if isinstance(entry, Mapping) else entry
        if not isinstance(did, str):
            raise Refused(Reason("a key of %(who)s was expected as text beginning with did:key:", who=institution))
        if isinstance(entry, Mapping) and "entry" in entry:
            _check_giving(entry["entry"], institution=institution, did=did, before=known[-1] if known else None)
        known.append(did)
    return known


def _check_giving(entry: Any, *, institution: str, did: str, before: str | None) -> None:
    wrong = Reason("the entry by which %(key)s was given to %(who)s is not valid", key=did, who=institution)
    try:
        seal, said = sealed_by(dict(entry)).did, statement_of(entry)
    except (BadProof, ValueError, TypeError, AttributeError) as bad:
        raise Refused(wrong) from bad
    if (said.said, said.institution, said.key) != ("keyed", institution, did) or seal not in (did, before):
        raise Refused(wrong)
