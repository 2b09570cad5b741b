"""Giving, confirming, renewing, retiring and stopping the keys of institutions; and rebuilding what is derived."""

from collections.abc import Callable, Iterable
from typing import Any

from koryu.archive import actions as search
from koryu.archive import effects as archive
from koryu.consent import effects
from koryu.consent.actions.statements import hear, seal_and_hear
from koryu.consent.rules.statement import Statement
from koryu.institutions import actions as secrets
from koryu.institutions import effects as keys
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.ledger import actions as ledger
from koryu.ledger import queries as entries
from koryu.seals.keys import PublicKey, SecretKey
from koryu.seals.proofs import seal
from koryu.values.reason import Reason, Refused, or_refuse


def give_key(*, institution: str, by: str, at: str, key: SecretKey | None = None, lost: bool = False) -> str:
    """Give an institution its first key on this server: from now on it speaks for itself. Returns the did:key.

    Whoever calls this answers for the institution's having said, outside Koryu, that it speaks from this server. `key`
    is one that was shown for that; `lost` where it takes the place of the key in use, of which the secret is gone.
    """
    key = key or SecretKey.generate()
    with ledger.locked():
        in_use = institutions.key_of(institution)
        or_refuse(roles.may_have_key(held=in_use is not None, lost=lost))
        secrets.keep_secret(key)
        secrets.confirm_key(institution=institution, did=key.public.did, replaces=in_use or "", by=by, at=at)
        hear(seal(_keyed(institution, key, by=by, at=at), key=key, created=at))
    _forget_retired_secrets()
    return key.public.did


def confirm_key(*, institution: str, did: str, by: str, at: str, lost: bool = False) -> None:
    """Note that a key made elsewhere is the institution's first, or takes the place of its lost one.

    It counts here once the entry by which it is given has come, sealed with the key itself.
    """
    with ledger.locked():
        PublicKey.from_did(did)
        in_use = institutions.key_of(institution)
        or_refuse(roles.may_have_key(held=in_use is not None, lost=lost))
        if did in {known for given in institutions.keys().values() for known in given}:
            raise Refused(Reason("This key is already in use."))
        secrets.confirm_key(institution=institution, did=did, replaces=in_use or "", by=by, at=at)


def renew_key(*, institution: str, by: str, at: str) -> str:
    """Give an institution its next key: said with the one in use, which is retired by it. Returns the did:key."""
    key = SecretKey.generate()
    with ledger.locked():
        secrets.keep_secret(key)
        seal_and_hear(Statement(said="keyed", institution=institution, by=by, at=at, key=key.public.did))
    _forget_retired_secrets()
    return key.public.did


def retire_key(*, institution: str, by: str, at: str) -> None:
    """Say, with the key itself, that it is not used any more."""
    with ledger.locked():
        seal_and_hear(Statement(said="key retired", institution=institution, by=by, at=at))
    _forget_retired_secrets()


def stop_key(*, institution: str, by: str, at: str) -> None:
    """Accept nothing more that is sealed with the institution's key, of which the secret half is not here."""
    with ledger.locked():
        in_use = institutions.key_of(institution)
        if in_use is None:
            raise Refused(Reason("%(who)s has no key on this server.", who=institution))
        secrets.stop_key(institution=institution, did=in_use, after=entries.last_number(), by=by, at=at)


def rebuild(*, tell: Callable[[Iterable[entries.LedgerEntry]], Iterable[entries.LedgerEntry]] = iter) -> int:
    """Empty the archive and the list of keys and replay the ledger. Returns how many entries were replayed.

    The search index is made anew from what then stands. Raises Busy while another process writes it.
    `tell` is given the entries as they are replayed, to show progress.
    """
    with ledger.locked():
        archive.empty()
        keys.empty()
        replayed = 0
        for entry in tell(entries.entries()):
            effects.take_effect(entry)
            replayed += 1
    search.rebuild_index()
    return replayed


def _keyed(institution: str, key: SecretKey, *, by: str, at: str) -> dict[str, Any]:
    return Statement(said="keyed", institution=institution, by=by, at=at, key=key.public.did).plain()


def _forget_retired_secrets() -> None:
    """Delete the secrets of retired keys, in a lock of its own: only what is committed is certainly retired."""
    with ledger.locked():
        secrets.forget_retired_secrets()
