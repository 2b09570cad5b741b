"""Erasing a record: whole, to the last byte in this server's files."""

from collections.abc import Callable, Iterable

from koryu.archive import actions as search
from koryu.consent import models, queries
from koryu.consent.actions.saying import say
from koryu.consent.rules.files import namings_of_letters
from koryu.consent.rules.history import History
from koryu.consent.rules.speaking import CHANGED
from koryu.consent.rules.statement import Statement
from koryu.files import actions as files
from koryu.files import queries as brought
from koryu.ledger import actions as ledger
from koryu.records.shape import files_named
from koryu.values.reason import Refused


def erase(
    *,
    institution: str,
    record: str,
    by: str,
    at: str,
    shown: str | None = None,
    forgetting: Iterable[Callable[[str], object]] = (),
) -> int:
    """Erase everything a record said for good; the digests stay. Returns how many contents of versions were erased.

    `shown` is the version whoever asks for it was shown: nothing is erased once another stands. With the contents go
    the reasons and remarks, the drafts that were sent and the comments on them, the notes on the record, and the files
    that it alone names. `forgetting` is what rooms above this one let go of, each given the record: see
    `koryu.notices.actions.forget`. The search forgets it in the same breath, and the bytes are overwritten in the files
    of the database; where another process reads for too long, the next round of `koryu tend` does that.

    Drafts that were not sent stay: they are private to those who write them, and say nothing yet.
    """
    with ledger.turn():
        history = queries.history(record)
        if shown is not None and shown != history.in_force:
            raise Refused(CHANGED)
        versions = {header.content for header in history.headers.values()}
        contents = tuple(sorted(versions.union(history.texts)))
        kind = next((header.kind for header in history.headers.values()), "")
        said = Statement(said="erased", institution=institution, by=by, at=at, record=record, contents=contents)
        say(said, kind=kind)
        named = _files_of(history)
        ledger.drop(contents)
        models.Draft.objects.filter(record=record).exclude(sent="").delete()
        models.Note.objects.filter(record=record).delete()
        _let_go_of_files(record, named)
        for forget in forgetting:
            forget(record)
    search.forget_erased()
    ledger.wipe()
    return len(versions)


def _files_of(history: History) -> frozenset[str]:
    """The files that the versions of a record name, and the letters."""
    named = {digest for content in queries.contents_of(history.headers).values() for digest in files_named(content)}
    return frozenset(named | {one.digest for one in namings_of_letters(history.statements)})


def _let_go_of_files(record: str, named: frozenset[str]) -> None:
    """Let go of what was brought for a record, but for the drafts of it that stay."""
    unsent = set(models.Draft.objects.filter(record=record).values_list("pk", flat=True))
    gone = [one for one in brought.brought_for(record) if one.draft not in unsent]
    digests = named.union(one.digest for one in gone)
    still_named = [naming for digest in sorted(digests) for naming in queries.namings(digest, but_of=record)]
    files.let_go(gone, still_named=still_named)
    files.drop(digests, still_named=still_named)
