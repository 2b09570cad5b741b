"""Keys, erasing, and rebuilding what is derived."""

from collections.abc import Callable, Iterable

from koryu.archive import actions as search
from koryu.archive import effects as archive
from koryu.consent import effects, queries
from koryu.consent.actions.saying import hear, say, seal_and_hear
from koryu.consent.rules.speaking import CHANGED, erasable
from koryu.consent.rules.statement import Statement
from koryu.institutions import actions as secrets
from koryu.institutions import effects as keys
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.ledger import actions as ledger
from koryu.ledger import queries as entries
from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal
from koryu.values.reason import Refused


def give_key(*, institution: str, by: str, at: str) -> str:
    """Give an institution its first key on this server, and with it a voice. Returns the did:key."""
    with ledger.turn():
        refusal = roles.may_have_key(held=institutions.key_of(institution) is not None)
        if refusal:
            raise Refused(refusal)
        key = SecretKey.generate()
        secrets.keep_secret(key)
        said = Statement(said="keyed", institution=institution, by=by, at=at, key=key.public.did)
        hear(seal(said.plain(), key=key, created=at))
    return key.public.did


def retire_key(*, institution: str, by: str, at: str) -> None:
    """Say, with the key itself, that it is not used any more."""
    with ledger.turn():
        seal_and_hear(Statement(said="key retired", institution=institution, by=by, at=at))


def erase(
    *,
    institution: str,
    record: str,
    by: str,
    at: str,
    shown: str | None = None,
    at_request_of_named: bool = False,
) -> int:
    """Erase all contents of a record that an institution can have erased, for good; the digests stay.

    Returns how many contents were erased. `at_request_of_named` says that a person named in the record has asked for
    it: then any institution of the record can have erased what several have agreed.

    `shown` is the version whoever asks for it was shown: nothing is erased once another stands. The letters and scans
    that it alone names go with it, and the search forgets it in the same breath, to the last byte of its files.
    """
    with ledger.turn():
        history = queries.history(record)
        if shown is not None and shown != history.in_force:
            raise Refused(CHANGED)
        found = erasable(history, institution=institution, at_request_of_named=at_request_of_named)
        # Where there is nothing it can have erased, the door says why of all that is there.
        contents = tuple(sorted(found or {header.content for header in history.headers.values()}))
        kind = next((header.kind for header in history.headers.values()), "")
        said = Statement(
            said="erased",
            institution=institution,
            by=by,
            at=at,
            record=record,
            contents=contents,
            at_request_of_named=at_request_of_named,
        )
        say(said, kind=kind)
        files = entries.files_of(record, contents=contents)
        ledger.drop(contents)
        ledger.drop_files(files - queries.named_in_drafts(files), record=record)
    search.forget_erased()
    return len(contents)


def rebuild(*, tell: Callable[[Iterable[entries.Entry]], Iterable[entries.Entry]] = iter) -> int:
    """Empty the archive and the list of keys and replay the ledger. Returns how many entries were replayed.

    The search index is made anew from what then stands. Raises Busy while another process writes it.
    `tell` is given the entries as they are replayed, to show progress.
    """
    with ledger.turn():
        archive.empty()
        keys.empty()
        replayed = 0
        for entry in tell(entries.entries()):
            effects.take_effect(entry)
            replayed += 1
    search.rebuild_index()
    return replayed
