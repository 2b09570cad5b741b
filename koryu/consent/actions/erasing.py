"""Erasing a record: whole, to the last byte in this server's files."""

from collections.abc import Callable, Iterable

from koryu.archive import actions as search
from koryu.consent import models, queries
from koryu.consent.actions.saying import say
from koryu.consent.queries import going
from koryu.consent.rules.speaking import CHANGED
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
        contents = tuple(sorted(history.contents))
        kind = next((header.kind for header in history.headers.values()), "")
        said = Statement(said="erased", institution=institution, by=by, at=at, record=record, contents=contents)
        say(said, kind=kind)
        gone = going.brought_and_going(record)
        ledger.drop(contents)
        models.Draft.objects.filter(record=record).exclude(sent="").delete()
        models.Note.objects.filter(record=record).delete()
        let_go(gone, still_named=going.still_named(gone, but_of=record))
        for forget in forgetting:
            forget(record)
    search.forget_erased()
    ledger.wipe()
    return len({header.content for header in history.headers.values()})
