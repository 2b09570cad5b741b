"""Drafts inside one institution: written, submitted, approved or returned. Only an approval lets it speak."""

from collections.abc import Mapping
from typing import Any

from koryu.consent import models
from koryu.consent.actions.agreeing import propose
from koryu.consent.rules import drafting
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.ledger.actions import turn
from koryu.records.kinds import document_of
from koryu.seals.digests import digest_of
from koryu.values.reason import Reason, Refused


def draft(*, institution: str, record: str, content: Mapping[str, Any], replaces: str | None, by: str, at: str) -> int:
    """Begin a draft of a record's next version. The content may still be incomplete. Returns the draft's id."""
    _staff_only(institution=institution, by=by)
    row = models.Draft.objects.create(
        institution=institution,
        record=record,
        content=dict(content),
        replaces=replaces or "",
        changed_by=by,
        changed_at=at,
    )
    return row.pk


def save(*, draft: int, content: Mapping[str, Any], seen: int, by: str, at: str) -> int:
    """Save a changed draft; `seen` is the edition it was changed from. Returns the new edition."""
    with turn():
        row = models.Draft.objects.get(pk=draft)
        _staff_only(institution=row.institution, by=by)
        _or_refuse(drafting.may_change(sent=bool(row.sent)) or drafting.may_save(seen=seen, edition=row.edition))
        row.content, row.edition, row.changed_by, row.changed_at = dict(content), row.edition + 1, by, at
        row.save()
        row.submissions.filter(decision="").update(decision="returned", decided_by=by, decided_at=at)
    return row.edition


def submit(*, draft: int, by: str, at: str) -> str:
    """Lay a draft before the head. Returns the digest of exactly what is laid before her."""
    with turn():
        row = models.Draft.objects.get(pk=draft)
        _staff_only(institution=row.institution, by=by)
        waiting = row.submissions.filter(decision="").exists()
        _or_refuse(drafting.may_submit(sent=bool(row.sent), waiting=waiting))
        document_of(row.content)
        digest = digest_of(row.content)
        row.submissions.create(content_digest=digest, by=by, at=at)
    return digest


def approve(*, draft: int, shown: str, by: str, at: str) -> str:
    """Approve exactly what was shown (its digest) and send it for the institution. Returns the version's digest."""
    with turn():
        row, waiting = _waiting(draft, shown=shown, by=by)
        version = propose(
            institution=row.institution,
            record=row.record,
            document=document_of(row.content),
            replaces=row.replaces or None,
            by=by,
            at=at,
        )
        _decide(waiting, "approved", by=by, at=at)
        row.sent = version
        row.save()
    return version


def return_(*, draft: int, shown: str, remark: str, by: str, at: str) -> None:
    """Return a draft to whoever submitted it, with a remark."""
    with turn():
        _, waiting = _waiting(draft, shown=shown, by=by)
        waiting.remark = remark
        _decide(waiting, "returned", by=by, at=at)


def _waiting(draft: int, *, shown: str, by: str) -> tuple[models.Draft, models.Submission]:
    row = models.Draft.objects.get(pk=draft)
    kind = str(row.content.get("kind", ""))
    role = institutions.role_of(person=by, institution=row.institution)
    _or_refuse(roles.may_speak(role=role, kind=kind, delegated=institutions.delegated(row.institution)))
    waiting = row.submissions.filter(decision="").first()
    submitted = waiting.content_digest if waiting else ""
    _or_refuse(drafting.may_decide(sent=bool(row.sent), waiting=waiting is not None, submitted=submitted, shown=shown))
    assert waiting is not None
    return row, waiting


def _decide(waiting: models.Submission, decision: str, *, by: str, at: str) -> None:
    waiting.decision, waiting.decided_by, waiting.decided_at = decision, by, at
    waiting.save()


def _staff_only(*, institution: str, by: str) -> None:
    _or_refuse(roles.may_draft(role=institutions.role_of(person=by, institution=institution)))


def _or_refuse(reason: Reason | None) -> None:
    if reason:
        raise Refused(reason)
