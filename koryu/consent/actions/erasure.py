"""Erasing a record: whole, to the last byte in this server's files."""

from collections.abc import Callable, Iterable
from typing import Any

from koryu.archive import actions as search
from koryu.consent import models, queries
from koryu.consent.actions.statements import say
from koryu.consent.queries import what_erasing_takes
from koryu.consent.rules.policies import CHANGED, erasable, versions_to_erase
from koryu.consent.rules.statement import Statement
from koryu.files.actions import let_go
from koryu.ledger import actions as ledger
from koryu.values.reason import Refused


def erase(
    *,
    institution: str,
    record: str,
    by: str,
    at: str,
    shown: str | None = None,
    at_request_of_named: bool = False,
    forgetting: Iterable[Callable[[str], object]] = (),
) -> int:
    """Erase what an institution can have erased of a record, for good; the digests stay.

    Returns how many contents of versions were erased. `at_request_of_named` says that a person named in the record has
    asked for it: then any of its institutions can have erased what several have agreed. `shown` is the version whoever
    asks for it was shown: nothing is erased once another stands.

    With the contents go the reasons and remarks on them, the drafts that were sent with the comments on them, and the
    files that nothing else names; with the last of them, all notes on the record. `forgetting` is what rooms above this
    one let go of, each given the record: see `koryu.notices.actions.forget`. The search forgets it in the same breath,
    and the bytes are overwritten in the files of the database; where another process reads for too long, the next round
    of `koryu tend` does that.

    Drafts that were not sent stay: they are private to those who write them, and say nothing yet.
    """
    with ledger.locked():
        history = queries.history(record)
        if shown is not None and shown != history.in_force:
            raise Refused(CHANGED)
        who: dict[str, Any] = {"institution": institution, "at_request_of_named": at_request_of_named}
        versions = versions_to_erase(history, **who)
        # Where there is nothing it can have erased, the door says why of all that is there.
        contents = tuple(sorted(erasable(history, **who) or history.contents))
        kind = next((header.kind for header in history.headers.values()), "")
        say(Statement(said="erased", by=by, at=at, record=record, contents=contents, **who), kind=kind, history=history)
        gone = what_erasing_takes.brought_and_going(record, versions=versions, history=history)
        ledger.drop(contents)
        models.DraftRow.objects.filter(record=record, sent__in=versions).delete()
        if versions >= history.headers.keys():
            models.Note.objects.filter(record=record).delete()
        let_go(gone, still_named=what_erasing_takes.still_named(gone, but_of=record))
        for forget in forgetting:
            forget(record)
    search.follow()
    ledger.wipe()
    return len(set(contents) & {header.content for header in history.headers.values()})
