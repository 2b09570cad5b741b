"""Several texts of one exchange in one act: submitted, approved, returned, sent; and accepted by those they ask.

All or nothing: whatever one of them is refused for, nothing is said. Each stays a record, with a version, a digest,
entries and a proof of its own; that they were sent together stands beside the drafts alone.
"""

from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Final

from django.db.models import QuerySet
from pydantic import ValidationError

from koryu.consent import models, queries
from koryu.consent.actions.approving import act_at_step, at_first_step, passed, refuse_at_once, written_steps
from koryu.consent.actions.document_to_send import document_to_send
from koryu.consent.actions.drafting import (
    as_written_now,
    files_in,
    kept_words,
    let_go_of_files,
    say_draft,
    speaker_of,
)
from koryu.consent.actions.proposals import accept
from koryu.consent.actions.statements import kind_of
from koryu.consent.queries import Drafted, Package
from koryu.consent.rules import claims, draft_permissions
from koryu.consent.rules.draft_permissions import names
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.files.queries import drafts_with_files
from koryu.institutions import rules as roles
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.records.document import Document
from koryu.records.kinds import KINDS
from koryu.values.frozen import complaints
from koryu.values.reason import N_, Reason, Refused, or_refuse

_NOTHING_SENT: Final = N_("Nothing was sent. “%(title)s” (%(kind)s): %(why)s")
_NOTHING_ACCEPTED: Final = N_("Nothing was accepted. “%(title)s” (%(kind)s): %(why)s")
_NOT_SUBMITTED: Final = N_("Nothing was submitted. “%(title)s” (%(kind)s): %(why)s")


def submit_together(*, institution: str, exchange: str, drafts: Sequence[int], shown: str, by: str, at: str) -> str:
    """Lay several drafts of one exchange before the head, to be sent in one act. Returns the token they share.

    `shown` is the digest of the package as it was shown. What belongs to no exchange goes along where one of the others
    names it: a person, or a work. Raises Refused, and then none was submitted.
    """
    with locked():
        return _submit(institution=institution, exchange=exchange, drafts=drafts, shown=shown, by=by, at=at)


def pass_on_together(*, institution: str, together: str, shown: str, by: str, at: str) -> None:
    """Pass exactly the package that was shown (its digest) on to the next approval step."""
    with locked():
        package = _shown_package(institution, together, shown=shown)
        steps = passed(written_steps(package.steps), institution=institution, by=by, at=at)
        _laid(package).update(steps=steps)


def approve_together(
    *, institution: str, together: str, shown: str, by: str, at: str, taking_over: bool = False
) -> tuple[str, ...]:
    """Approve exactly the package that was shown (its digest) and send all of it, in the order of kinds.

    By whom, where there are approval steps: see `drafting.approve`. Returns the digests of the versions. Raises
    Refused, and then nothing was sent.
    """
    with locked():
        package = _waiting(institution, together, shown, by=by, at=at, approving=True, taking_over=taking_over)
        return _send(package, by=by, at=at)


def send_together(
    *, institution: str, exchange: str, drafts: Sequence[int], shown: str, by: str, at: str
) -> tuple[str, ...]:
    """Submit and approve in one, by somebody who may speak for the institution on every kind among them.

    Refused where the institution has approval steps.
    """
    with locked():
        refuse_at_once(institution)
        together = _submit(institution=institution, exchange=exchange, drafts=drafts, shown=shown, by=by, at=at)
        return approve_together(institution=institution, together=together, shown=shown, by=by, at=at)


def return_together(
    *, institution: str, together: str, shown: str, remark: str, by: str, at: str, taking_over: bool = False
) -> None:
    """Return all drafts of a package to whoever submitted it, with a remark."""
    with locked():
        package = _waiting(institution, together, shown, by=by, at=at, approving=False, taking_over=taking_over)
        remark = kept_words(remark)
        _laid(package).update(decision="returned", decided_by=by, decided_at=at, remark=remark)


def accept_together(*, institution: str, versions: Mapping[str, str], by: str, at: str) -> None:
    """Accept exactly these versions, by record, in one act. Raises Refused, and then none of them was accepted."""
    with locked():
        if not versions:
            raise Refused(Reason("Choose at least one text."))
        said = queries.histories(versions)
        kinds = {record: kind_of(said[record], version) for record, version in versions.items()}
        for record in sorted(versions, key=lambda record: (queries.place_of_kind(kinds[record]), record)):
            try:
                accept(institution=institution, record=record, version=versions[record], by=by, at=at)
            except Refused as refused:
                content = queries.content_of(said[record].headers[versions[record]]) or {}
                raise Refused(_of_all(_NOTHING_ACCEPTED, kinds[record], content, refused.reason)) from refused


def _submit(*, institution: str, exchange: str, drafts: Sequence[int], shown: str, by: str, at: str) -> str:
    wanted = tuple(dict.fromkeys(drafts))
    chosen = queries.in_order(queries.drafts_numbered(wanted))
    or_refuse(
        draft_permissions.may_submit_together(
            institutions={institution, *(draft.institution for draft in chosen)},
            of_exchange=_is_of_exchange(chosen, exchange),
            all_there=len(chosen) == len(wanted),
            any_chosen=bool(wanted),
        )
    )
    speaker = speaker_of(by, institution)
    for draft in chosen:
        if refusal := may_with_draft(DraftAct.SUBMIT, speaker, queries.drafting_of(draft, by=by)):
            raise Refused(_of_all(_NOT_SUBMITTED, draft.kind, draft.content, refusal))
        _document(draft, _NOT_SUBMITTED)
    or_refuse(
        draft_permissions.may_send_together(as_submitted=True, digest=queries.package_digest(chosen), shown=shown)
    )
    together, steps = token_hex(16), at_first_step(institution)
    models.Submission.objects.bulk_create(
        models.Submission(draft_id=draft.id, content_digest=draft.digest, by=by, at=at, together=together, steps=steps)
        for draft in chosen
    )
    return together


def _is_of_exchange(drafts: Sequence[Drafted], exchange: str) -> bool:
    """Whether all are of this exchange, or of none and named by one of the others."""
    ours = [draft for draft in drafts if draft.exchange == exchange]
    besides = [draft for draft in drafts if draft.exchange != exchange]
    named = (not draft.exchange and any(names(other.content, draft.record) for other in ours) for draft in besides)
    return bool(exchange) and bool(ours) and all(named)


def _waiting(
    institution: str, together: str, shown: str, *, by: str, at: str, approving: bool, taking_over: bool
) -> Package:
    """The package that waits, for somebody who may approve it, or else return it, and was shown exactly this."""
    package = _package(institution, together)
    if package.steps:
        said = {"institution": institution, "by": by, "at": at}
        steps = written_steps(package.steps)
        number = act_at_step(steps, **said, approving=approving, taking_over=taking_over)
        for draft in package.drafts if taking_over else ():
            write(Change.APPROVAL_TAKEN_OVER, about=draft.record, draft=draft.id, step=number, **said)
    if approving or not package.steps:
        speaker = speaker_of(by, institution)
        for kind in package.kinds:
            or_refuse(roles.may_speak(role=speaker.role, kind=kind, delegated=speaker.delegated))
    return _as_shown(package, shown)


def _shown_package(institution: str, together: str, *, shown: str) -> Package:
    return _as_shown(_package(institution, together), shown)


def _package(institution: str, together: str) -> Package:
    package = queries.package(together)
    if package is None or package.institution != institution:
        raise Refused(draft_permissions.NOT_WAITING)
    return package


def _as_shown(package: Package, shown: str) -> Package:
    or_refuse(
        draft_permissions.may_send_together(as_submitted=package.is_as_submitted, digest=package.digest, shown=shown)
    )
    return package


def _send(package: Package, *, by: str, at: str) -> tuple[str, ...]:
    documents = {draft.id: _document(draft, _NOTHING_SENT) for draft in package.drafts}
    besides = queries.sent_together(
        {
            draft.record: claims.about_to_be(
                documents[draft.id], institution=draft.institution, recorded=draft.says == "recorded"
            )
            for draft in package.drafts
        }
    )
    rows = models.DraftRow.objects.in_bulk(list(documents))
    for draft in package.drafts:
        row = as_written_now(rows[draft.id])
        try:
            row.sent = say_draft(row, document=documents[draft.id], by=by, at=at, besides=besides)
        except Refused as refused:
            raise Refused(_of_all(_NOTHING_SENT, draft.kind, draft.content, refused.reason)) from refused
    _note_that_sent(package, rows, by=by, at=at)
    return tuple(rows[draft.id].sent for draft in package.drafts)


def _note_that_sent(package: Package, rows: Mapping[int, models.DraftRow], *, by: str, at: str) -> None:
    """Note of all drafts at once what each became; files that none of these names any more go."""
    models.DraftRow.objects.bulk_update(list(rows.values()), ["sent"])
    _laid(package).update(decision="approved", decided_by=by, decided_at=at)
    for number in drafts_with_files(rows):
        let_go_of_files(number, but=files_in(rows[number].content))


def _laid(package: Package) -> QuerySet[models.Submission]:
    return models.Submission.objects.filter(together=package.together, decision="")


def _document(draft: Drafted, refused_with: str) -> Document:
    """The document that a draft is. Raises Refused for one that is not finished, with what is missing first."""
    try:
        return document_to_send(draft.content)
    except ValidationError as bad:
        where, problem = complaints(bad)[0]
        why = Reason("%(field)s: %(problem)s", field=where, problem=problem)
    except Refused as refused:
        why = refused.reason
    raise Refused(_of_all(refused_with, draft.kind, draft.content, why))


def _of_all(message: str, kind: str, content: Mapping[str, object], why: Reason) -> Reason:
    """Why nothing was done, on account of one of the texts: its kind, its title, and what is wrong with it."""
    title = content.get("title")
    forms = title if isinstance(title, Mapping) else {}
    called = forms.get(forms.get("source", "")) or next(iter(forms.values()), "")
    return Reason(message, kind=Reason(KINDS[kind].kind_names[0]), title=str(called), why=why)
