"""Saying through which approval steps the texts of an institution go, who holds them, and who acts for them when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from koryu.consent import models, queries
from koryu.consent.actions.approving import steps_read, written_steps
from koryu.consent.rules import approval_steps as rules
from koryu.consent.rules.approval_steps import ApprovalStep
from koryu.institutions import queries as institutions
from koryu.journal.actions import write
from koryu.journal.rules import Change
from koryu.ledger.actions import locked
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import Text


@dataclass(frozen=True, kw_only=True)
class StepNamed:
    """A step as somebody names it: what it is called, and who holds it; `id` is 0 for a new one."""

    id: int
    name: Text
    holder: str


def name_steps(*, institution: str, steps: Sequence[StepNamed], seen: Sequence[int], by: str, at: str) -> int:
    """Let the texts of the institution go through exactly these steps, in this order; none for the head alone.

    `seen` are the ids of those there were, as they were shown. Where the order or number of steps is another one, what
    waits begins again at the first step; returned is how many texts that are.
    """
    with locked():
        or_refuse(rules.may_name_steps(institutions.role_of(person=by, institution=institution)))
        there = queries.approval_steps(institution)
        ids = [step.id for step in there]
        if ids != list(seen) or not {step.id for step in steps if step.id} <= set(ids):
            raise Refused(rules.STEPS_CHANGED)
        or_refuse(rules.steps_fail([(step.name, step.holder) for step in steps], roles=_roles(institution)))
        _keep(institution, steps, by=by, at=at)
        again = _begin_again(institution, same=[step.id for step in steps] == ids)
        write(Change.APPROVAL_STEPS_CHANGED, by=by, at=at, institution=institution, steps=len(steps))
    return again


def name_deputy(*, institution: str, step: int, username: str, first: date, last: date, by: str, at: str) -> None:
    """Let somebody act for the holder of a step from the first to the last of these days. The same twice is once."""
    with locked():
        named = _step(institution, step)
        role = institutions.role_of(person=by, institution=institution)
        or_refuse(rules.may_name_deputy(named, username=by, role=role))
        or_refuse(rules.deputy_fails(named, username=username, first=first, last=last, roles=_roles(institution)))
        person = institutions.person(username)
        _, new = models.DeputyRow.objects.get_or_create(
            step_id=step, person=person, first=first, last=last, defaults={"by": by, "at": at}
        )
        if new:
            days = {"first": first.isoformat(), "last": last.isoformat()}
            number = _number(institution, step)
            write(Change.DEPUTY_NAMED, by=by, at=at, institution=institution, whom=username, step=number, **days)


def remove_deputy(*, institution: str, deputy: int, by: str, at: str) -> None:
    """Let somebody be deputy no longer. What they passed on stays passed on."""
    with locked():
        row = models.DeputyRow.objects.filter(pk=deputy, step__institution=institution).select_related("person").first()
        if row is None:
            raise Refused(Reason("This deputy is no longer there."))
        role = institutions.role_of(person=by, institution=institution)
        or_refuse(rules.may_name_deputy(_step(institution, row.step_id), username=by, role=role))
        number = _number(institution, row.step_id)
        row.delete()
        whom = row.person.username
        write(Change.DEPUTY_REMOVED, by=by, at=at, institution=institution, whom=whom, step=number)


def _keep(institution: str, steps: Sequence[StepNamed], *, by: str, at: str) -> None:
    rows = models.ApprovalStepRow.objects.filter(institution=institution)
    rows.exclude(pk__in=[step.id for step in steps]).delete()
    for place, step in enumerate(steps):
        said = {"place": place, "name": step.name.as_json(), "holder": institutions.person(step.holder)}
        if step.id:
            rows.filter(pk=step.id).update(**said, by=by, at=at)
        else:
            rows.create(institution=institution, **said, by=by, at=at)


def _begin_again(institution: str, *, same: bool) -> int:
    """Let what waits begin again at the first step; where the steps are the `same`, what was passed on stays so."""
    steps = queries.approval_steps(institution)
    waiting = models.Submission.objects.filter(draft__institution=institution, decision="")
    for submission in waiting:
        submission.steps = written_steps(rules.way_now(steps_read(submission.steps), steps))
        submission.save()
    return 0 if same else len(waiting)


def _step(institution: str, number: int) -> ApprovalStep | None:
    return next((step for step in queries.approval_steps(institution) if step.id == number), None)


def _number(institution: str, step: int) -> int:
    """Which step it is, counted from 1."""
    return 1 + [each.id for each in queries.approval_steps(institution)].index(step)


def _roles(institution: str) -> dict[str, str]:
    return {membership.username: membership.role for membership in institutions.memberships_at(institution)}
