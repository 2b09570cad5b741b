"""Drafts inside one institution: written, shared, submitted, approved or returned. Only an approval lets it speak."""

from collections.abc import Callable, Container, Mapping
from typing import Any, Final

from django.db.models import Q

from koryu.consent import models, queries
from koryu.consent.actions.admission import NOTHING
from koryu.consent.actions.approving import act_at_step, at_first_step, passed, refuse_at_once
from koryu.consent.actions.document_to_send import document_to_send
from koryu.consent.actions.proposals import counter, propose
from koryu.consent.actions.recording import record as put_on_record
from koryu.consent.queries import what_erasing_takes
from koryu.consent.queries.drafts import exchange_of_text
from koryu.consent.rules import draft_permissions
from koryu.consent.rules.claims import Targets
from koryu.consent.rules.namings import letters_named
from koryu.consent.rules.permissions import (
    Act,
    Actor,
    DraftAct,
    Drafting,
    RecordContext,
    may,
    may_change,
    may_with_draft,
)
from koryu.files.actions import let_go
from koryu.files.queries import brought_for_draft
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.records.document import Document
from koryu.records.kinds import brought_up_to_date, schema_of
from koryu.records.schema import files_named
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import Text, check_characters

# As the columns of records have it.
_LONGEST_NAME: Final = 500
_LONGEST_PLACE: Final = 64


def draft(
    *,
    institution: str,
    record: str,
    content: Mapping[str, Any],
    replaces: str | None,
    by: str,
    at: str,
    says: str = "proposed",
    answers: str = "",
    reason: Text | None = None,
) -> int:
    """Begin a draft of a record's next version. The content may still be incomplete. Returns the draft's id.

    `says` is what will be said when it is sent: proposed, or recorded of what was. `answers` is the version it is to be
    the counter-proposal to, and `reason` why that one is not taken up.
    """
    kind = str(content.get("kind", ""))
    place = RecordContext(kind=kind, history=queries.history(record), version=answers)
    or_refuse(may(Act.COUNTER if answers else Act.DRAFT, speaker_of(by, institution), place))
    row = models.DraftRow.objects.create(
        institution=institution,
        record=record,
        exchange=_kept_exchange(record=record, kind=kind, content=content),
        kind=kind,
        content=dict(content),
        schema=schema_of(kind),
        replaces=replaces or "",
        answers=answers,
        reason=reason.as_json() if reason else None,
        says=says,
        begun_by=by,
        begun_at=at,
        changed_by=by,
        changed_at=at,
    )
    return row.pk


def draft_once(begun: Callable[[], queries.Drafted | None], **said: Any) -> tuple[int, bool]:
    """The draft that `begun` finds, else a new one of what is `said`, as of `draft`; and whether it is new.

    Asked and begun under one lock: of two who begin at the same moment, the second goes on with what the first began.
    """
    with locked():
        there = begun()
        return (there.id, False) if there else (draft(**said), True)


def save(
    *, draft: int, content: Mapping[str, Any], seen: int, by: str, at: str, reason: Mapping[str, str] | None = None
) -> int:
    """Save a changed draft; `seen` is the edition it was changed from. Returns the edition it is now.

    `reason` is that of a counter-proposal, finished or not; without it, the reason stays.
    """
    with locked():
        row = _row(draft)
        or_refuse(
            _may_change(row, content, by=by)
            or draft_permissions.may_save(seen=seen, edition=row.edition, own=row.changed_by == by)
        )
        why = row.reason if reason is None else dict(reason) or None
        if (row.content, row.reason) != (content, why):
            row.content, row.reason = dict(content), why
            _changed(row, by=by, at=at)
    return row.edition


def take_up(*, draft: int, by: str, at: str) -> int:
    """Let a draft replace what stands now, after that has changed. Returns the new edition.

    Only where the institution can have a say in the next version: what others have agreed meanwhile is theirs.
    """
    with locked():
        row = _row(draft)
        or_refuse(_may(DraftAct.CHANGE, row, by=by))
        history = queries.history(row.record)
        or_refuse(may_change(history, institution=row.institution))
        row.replaces = history.in_force or ""
        _changed(row, by=by, at=at)
    return row.edition


def discard(*, draft: int, by: str, at: str) -> None:
    """Throw a draft away, with what was said of it inside the house and the files that were brought for it alone.

    What was sent stays.
    """
    with locked():
        row = _row(draft)
        or_refuse(_may(DraftAct.DISCARD, row, by=by))
        _note(Change.DRAFT_DISCARDED, row, by=by, at=at)
        _take_back(row, by=by, at=at)
        row.delete()
        let_go_of_files(draft, but=())


def share(*, draft: int, by: str, at: str) -> None:
    """Show a draft to the partners it names, for comment; it binds nobody."""
    _set_shared(draft, Change.DRAFT_SHOWN, by=by, at=at)


def unshare(*, draft: int, by: str, at: str) -> None:
    """Show a draft to its own institution alone again."""
    _set_shared(draft, Change.DRAFT_NOT_SHOWN, by=by, at=at)


def comment(*, draft: int, institution: str, text: str, by: str, at: str, place: str = "") -> None:
    """Say something of a draft, or of the item of it with the id `place`: inside the house, or as a partner to whom it
    was shown."""
    row = _row(draft)
    or_refuse(_may(DraftAct.COMMENT, row, by=by, institution=institution))
    if len(place) > _LONGEST_PLACE:
        raise Refused(Reason("This row is no longer there."))
    row.comments.create(institution=institution, by=by, at=at, text=kept_words(text), place=place)


def note(*, institution: str, record: str, means: str, text: str, by: str, at: str) -> None:
    """Keep a note on a record, for one's own institution alone; `means` is note or telephone."""
    or_refuse(roles.may_note(role=institutions.role_of(person=by, institution=institution)))
    models.Note.objects.create(institution=institution, record=record, means=means, by=by, at=at, text=kept_words(text))


def submit(*, draft: int, shown: str, by: str, at: str) -> str:
    """Lay a draft before the head. Returns the digest of exactly what is laid before her, which must be what was shown.

    Raises Refused, and pydantic.ValidationError for a content that is not complete.
    """
    with locked():
        return _submit(draft, shown=shown, by=by, at=at).content_digest


def pass_on(*, draft: int, shown: str, by: str, at: str) -> None:
    """Pass exactly what was shown (its digest) on to the next approval step, by whoever has the step that it is at."""
    with locked():
        row = _row(draft)
        waiting = _submitted_alone(row, shown=shown)
        waiting.steps = passed(waiting.steps, institution=row.institution, by=by, at=at)
        waiting.save()


def approve(*, draft: int, shown: str, by: str, at: str, taking_over: bool = False) -> str:
    """Approve exactly what was shown (its digest) and send it for the institution. Returns the version's digest.

    Where the institution has approval steps, by whoever has the last one, once it has come there; or by a head who is
    `taking_over`, of which the journal tells.
    """
    with locked():
        row, waiting = _waiting(draft, shown=shown, by=by, at=at, approving=True, taking_over=taking_over)
        return _send(row, waiting, by=by, at=at)


def send(*, draft: int, shown: str, by: str, at: str) -> str:
    """Submit and approve in one, by somebody who may speak for the institution. Returns the version's digest.

    Refused where the institution has approval steps.
    """
    with locked():
        row = _row(draft)
        refuse_at_once(row.institution)
        if not row.submissions.filter(decision="").exists():
            _submit(draft, shown=shown, by=by, at=at)
        return approve(draft=draft, shown=shown, by=by, at=at)


def return_(*, draft: int, shown: str, remark: str, by: str, at: str, taking_over: bool = False) -> None:
    """Return a draft to whoever submitted it, with a remark; by whom, see `approve`: any step returns what it has."""
    with locked():
        _, waiting = _waiting(draft, shown=shown, by=by, at=at, approving=False, taking_over=taking_over)
        waiting.remark = kept_words(remark)
        decide(waiting, "returned", by=by, at=at)


def _row(draft: int) -> models.DraftRow:
    """The draft's row; what was begun under an earlier number of its kind goes on in the current one."""
    return as_written_now(models.DraftRow.objects.get(pk=draft))


def as_written_now(row: models.DraftRow) -> models.DraftRow:
    """A draft's row with the content in the current number of its kind."""
    row.content, row.schema = brought_up_to_date(row.content, schema=row.schema), schema_of(row.kind)
    return row


def _submit(draft: int, *, shown: str, by: str, at: str) -> models.Submission:
    row = _row(draft)
    or_refuse(_may(DraftAct.SUBMIT, row, by=by))
    document_to_send(row.content)
    laid = queries.draft(draft)
    digest = laid.digest if laid else ""
    or_refuse(draft_permissions.may_send(submitted=digest, shown=shown))
    return row.submissions.create(content_digest=digest, by=by, at=at, steps=at_first_step(row.institution))


def _send(row: models.DraftRow, waiting: models.Submission, *, by: str, at: str) -> str:
    document = document_to_send(row.content)
    row.sent = say_draft(row, document=document, by=by, at=at)
    decide(waiting, "approved", by=by, at=at)
    row.save()
    let_go_of_files(row.pk, but=files_in(row.content))
    return row.sent


def say_draft(row: models.DraftRow, *, document: Document, by: str, at: str, besides: Targets = NOTHING) -> str:
    """Say what a draft says. Returns the version's digest. Raises Refused.

    `document` is that of its content; `besides` are records of which more is said in the same act. Must be called while
    the ledger is locked, for a draft of which was asked that it may be sent; that it was is left to be noted.
    """
    said: dict[str, Any] = {
        "institution": row.institution,
        "record": row.record,
        "document": document,
        "by": by,
        "at": at,
        "besides": besides,
    }
    if row.answers:
        return counter(version=row.answers, reason=Text(row.reason or {}), **said)
    if row.says == "recorded":
        return put_on_record(**said)
    return propose(replaces=row.replaces or None, **said)


def files_in(content: Mapping[str, Any]) -> frozenset[str]:
    """The digests of the files and letters that a content names: they stay with what a draft became."""
    return frozenset({*files_named(content), *letters_named(content)})


def _waiting(
    draft: int, *, shown: str, by: str, at: str, approving: bool, taking_over: bool
) -> tuple[models.DraftRow, models.Submission]:
    """The draft and its submission, for somebody who may decide on it now: approve it, or else return it."""
    row = _row(draft)
    laid = row.submissions.filter(decision="").first()
    if laid is None or not laid.steps:
        or_refuse(_may(DraftAct.APPROVE, row, by=by))
    waiting = _submitted_alone(row, shown=shown)
    if waiting.steps:
        said = {"institution": row.institution, "by": by, "at": at}
        number = act_at_step(waiting.steps, **said, approving=approving, taking_over=taking_over)
        if approving:
            or_refuse(_may(DraftAct.APPROVE, row, by=by))
        if taking_over:
            write(Change.APPROVAL_TAKEN_OVER, about=row.record, draft=row.pk, step=number, **said)
    return row, waiting


def _submitted_alone(row: models.DraftRow, *, shown: str) -> models.Submission:
    """The submission that waits, if it is of what was shown. Raises Refused."""
    waiting = row.submissions.filter(decision="").first()
    or_refuse(draft_permissions.may_decide(sent=bool(row.sent), waiting=waiting is not None))
    assert waiting is not None
    or_refuse(draft_permissions.may_decide_alone(together=waiting.together))
    or_refuse(draft_permissions.may_send(submitted=waiting.content_digest, shown=shown))
    return waiting


def decide(waiting: models.Submission, decision: str, *, by: str, at: str) -> None:
    """Note what became of a submission."""
    waiting.decision, waiting.decided_by, waiting.decided_at = decision, by, at
    waiting.save()


def let_go_of_files(draft: int, *, but: Container[str]) -> None:
    """Let go of the files that were brought for a draft, but for those that stay with what it became."""
    gone = [file for file in brought_for_draft(draft) if file.digest not in but]
    let_go(gone, still_named=what_erasing_takes.still_named(gone, but_draft=draft))


def _changed(row: models.DraftRow, *, by: str, at: str) -> None:
    """A changed draft is another one: what was laid before the head of the old one is not decided any more."""
    row.edition, row.changed_by, row.changed_at = row.edition + 1, by, at
    row.exchange = _kept_exchange(record=row.record, kind=row.kind, content=row.content)
    row.save()
    _take_back(row, by=by, at=at)


def _take_back(row: models.DraftRow, *, by: str, at: str) -> None:
    """Let a draft wait no longer; nor any that was submitted together with it, for together they were another text."""
    laid = models.Submission.objects.filter(decision="")
    with_it = laid.filter(draft=row).exclude(together="").values("together")
    laid.filter(Q(draft=row) | Q(together__in=with_it)).update(decision="returned", decided_by=by, decided_at=at)


def _kept_exchange(*, record: str, kind: str, content: Mapping[str, Any]) -> str:
    """The exchange of a draft, as its column has room for it: a longer text is the name of no record."""
    exchange = exchange_of_text(record=record, kind=kind, content=content)
    return exchange if len(exchange) <= _LONGEST_NAME and "\x00" not in exchange else ""


def _set_shared(draft: int, change: Change, *, by: str, at: str) -> None:
    with locked():
        row = _row(draft)
        or_refuse(_may(DraftAct.SHARE, row, by=by))
        row.shared_at = at if change is Change.DRAFT_SHOWN else ""
        row.save()
        _note(change, row, by=by, at=at)


def _note(change: Change, row: models.DraftRow, *, by: str, at: str) -> None:
    write(change, by=by, at=at, institution=row.institution, about=row.record, draft=row.pk)


def _may_change(row: models.DraftRow, content: Mapping[str, Any], *, by: str) -> Reason | None:
    """Whoever drafts changes anything; who only translates, the words in other languages."""
    refusal = _may(DraftAct.CHANGE, row, by=by)
    if refusal and _may(DraftAct.TRANSLATE, row, by=by) is None:
        return draft_permissions.may_put_into_words(row.content, content)
    return refusal


def _may(act: DraftAct, row: models.DraftRow, *, by: str, institution: str = "") -> Reason | None:
    who = institution or row.institution
    draft = Drafting(
        kind=row.kind,
        own=row.begun_by == by,
        ours=row.institution == who,
        shown=bool(row.shared_at) and not row.sent and who in queries.circle_in(row.kind, row.content),
        waiting=row.submissions.filter(decision="").exists(),
        sent=bool(row.sent),
    )
    return may_with_draft(act, speaker_of(by, who), draft)


def speaker_of(by: str, institution: str) -> Actor:
    """A person at an institution, as the rules ask of them."""
    return Actor(
        institution=institution,
        role=institutions.role_of(person=by, institution=institution),
        delegated=institutions.delegated(institution),
    )


def kept_words(text: str) -> str:
    """A text that either database keeps, with lines as browsers end them. Raises Refused."""
    check_characters(text, allowed="\r\n\t")
    return text
