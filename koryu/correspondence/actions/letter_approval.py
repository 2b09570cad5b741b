"""A letter on its way to whoever approves it: submitted, passed on from step to step, given back, approved.

The approval steps are those of drafts, asked in the same place. Each act is about exactly the pages that were shown:
their digest is what is submitted, passed on and approved.
"""

from collections.abc import Mapping
from typing import Any

from koryu.consent import queries as consent
from koryu.consent.actions.approving import act_at_step, at_first_step, passed, steps_read, written_steps
from koryu.consent.rules.approval_steps import way_now
from koryu.correspondence import models
from koryu.correspondence.actions.letter_actions import (
    LetterFiles,
    bring_files,
    check_writes,
    forget_files,
    last_version,
    state_of,
)
from koryu.correspondence.queries.letters_kept import approved_by_officers
from koryu.correspondence.rules import letter_life as rules
from koryu.institutions import queries as institutions
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.seals.digests import digest_of
from koryu.values.reason import Refused, or_refuse


def submit_letter(
    *, institution: str, number: str, pages: Mapping[str, Any], edition: int, template: int = 0, by: str, at: str
) -> str:
    """Ask for approval of exactly these pages, and return the digest by which they are approved.

    `template` is the number of the institution's own template that they were made with. Where there are approval
    steps, the letter is at the first.
    """
    check_writes(institution, by)
    with locked():
        row = last_version(institution, number)
        or_refuse(rules.may_change(state_of(row)))
        if row.edition != edition:
            raise Refused(rules.CHANGED)
        row.pages, row.pages_digest, row.template = dict(pages), digest_of(pages), template
        row.submitted_by, row.submitted_at, row.remark = by, at, ""
        row.returned_by, row.returned_at, row.steps = "", None, at_first_step(institution)
        row.save()
        return row.pages_digest


def pass_on_letter(*, institution: str, number: str, shown: str, by: str, at: str) -> None:
    """Pass exactly the pages that were shown on to the next approval step, by whoever has the step they are at."""
    with locked():
        row = _waiting(institution, number, shown=shown)
        row.steps = passed(_way(row), institution=institution, by=by, at=at)
        row.save()


def approve_letter(
    *,
    institution: str,
    number: str,
    shown: str,
    made: LetterFiles,
    sheet: Mapping[str, Any],
    by: str,
    at: str,
    taking_over: bool = False,
) -> None:
    """Approve the pages with the digest `shown`; their bytes, `made`, are fixed from now on.

    Where there are approval steps, by whoever has the last one, once the letter has come there; or by a head who is
    `taking_over`, of which the journal tells.
    """
    role = institutions.role_of(person=by, institution=institution)
    with locked():
        row = last_version(institution, number)
        kind, steps = row.letter.kind, _way(row)
        if not steps:
            or_refuse(rules.may_approve_letter(role=role, kind=kind, by_officers=approved_by_officers(institution)))
        or_refuse(rules.may_settle(state_of(row)))
        if row.pages_digest != shown:
            raise Refused(rules.CHANGED)
        said: dict[str, Any] = {"institution": institution, "by": by, "at": at}
        about: dict[str, Any] = {**said, "about": row.letter.exchange, "letter": number}
        if steps:
            step = act_at_step(steps, **said, approving=True, taking_over=taking_over)
            or_refuse(rules.may_approve_letter(role=role, kind=kind, by_officers=approved_by_officers(institution)))
            if taking_over:
                write(Change.LETTER_TAKEN_OVER, **about, step=step)
        row.steps = steps
        row.word, row.pdf = bring_files(row.letter, made, by=by, at=at)
        row.sheet, row.approved_by, row.approved_at = dict(sheet), by, at
        row.save()
        write(Change.LETTER_APPROVED, **about)


def take_back_letter(*, institution: str, number: str, remark: str = "", by: str, at: str) -> None:
    """Make it a draft again, with a remark for whoever submitted it. What was approved is approved no more.

    Whoever writes letters may: a change takes a letter back in any case, and it begins again at the first step.
    """
    check_writes(institution, by)
    or_refuse(rules.box_fails("text", remark))
    with locked():
        row = last_version(institution, number)
        or_refuse(rules.may_take_back(state_of(row)))
        if row.approved_at:
            about = row.letter.exchange
            write(Change.LETTER_TAKEN_BACK, by=by, at=at, institution=institution, about=about, letter=number)
        is_returned = bool(remark) or by != row.submitted_by
        row.returned_by, row.returned_at = (by, at) if is_returned else ("", None)
        row.pages, row.pages_digest, row.sheet, row.remark = None, "", None, remark
        row.submitted_by = row.approved_by = row.word = row.pdf = ""
        row.submitted_at = row.approved_at = None
        row.steps, row.template = [], 0
        row.edition += 1
        row.save()
        forget_files(row.letter)


def _waiting(institution: str, number: str, *, shown: str) -> models.LetterVersionRow:
    """The newest version, if it waits for approval with the pages that were shown. Raises Refused."""
    row = last_version(institution, number)
    or_refuse(rules.may_settle(state_of(row)))
    if row.pages_digest != shown:
        raise Refused(rules.CHANGED)
    return row


def _way(row: models.LetterVersionRow) -> list[Mapping[str, Any]]:
    """The way of a letter through the steps that there are now."""
    return written_steps(way_now(steps_read(row.steps), consent.approval_steps(row.letter.institution)))
