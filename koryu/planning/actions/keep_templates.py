"""Keeping the templates by which an institution plans its exchanges: a change is another edition, none is lost."""

import json
from collections.abc import Sequence

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.rules.schedule.schedule_steps import ScheduleStep, steps_fail
from koryu.planning.rules.schedule.starter_steps import TEMPLATE_FORMS
from koryu.values.reason import Reason, Refused, or_refuse


def keep_template(
    *, institution: str, programme: str, form: str, steps: Sequence[ScheduleStep], edition: int, by: str, at: str
) -> int:
    """Keep the next edition of a template, and return its number; `edition` is the one it was typed over, 0 for none.

    Refused where somebody has kept another meanwhile. Steps that are as they were make no new edition.
    """
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
    or_refuse(steps_fail(steps))
    if form not in TEMPLATE_FORMS:
        raise Refused(Reason("Choose one of the values offered."))
    of = {"institution": institution, "programme": programme, "form": form}
    written = json.dumps([step.as_json() for step in steps], ensure_ascii=False)
    with transaction.atomic():
        newest = models.TemplateRow.objects.filter(**of).order_by("-edition").first()
        if (newest.edition if newest else 0) != edition:
            raise Refused(Reason("Somebody else changed this meanwhile. Look at it, and save again."))
        if newest and newest.steps == written:
            return newest.pk
        return models.TemplateRow.objects.create(**of, edition=edition + 1, steps=written, by=by, at=at).pk


def change_template(
    *, institution: str, programme: str, form: str, steps: Sequence[ScheduleStep], edition: int, by: str, at: str
) -> int:
    """The same by hand: that is for the head, and for an officer whom the head lets send exchanges."""
    membership = next((each for each in institutions.memberships_at(institution) if each.username == by), None)
    or_refuse(
        may_change_templates(
            role=membership.role if membership else None,
            delegated=membership.delegated if membership else frozenset(),
        )
    )
    return keep_template(
        institution=institution, programme=programme, form=form, steps=steps, edition=edition, by=by, at=at
    )


def may_change_templates(*, role: str | None, delegated: frozenset[str]) -> Reason | None:
    """Whether someone with this role may change the templates of an institution."""
    return roles.may_speak(role=role, kind="exchange", delegated=delegated)
