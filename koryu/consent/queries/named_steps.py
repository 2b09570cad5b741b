"""Reading through which approval steps the texts of an institution go, who holds them, and who are deputies."""

from datetime import date
from typing import Any, Final

from django.db import connection
from pydantic_core import from_json

from koryu.consent.rules.approval_steps import ApprovalStep, Deputy
from koryu.values.text import Text

_STEPS: Final = (
    "SELECT s.institution, s.id, s.name, h.handle, d.id, p.handle, d.first, d.last FROM consent_approval_step s "
    "LEFT JOIN institutions_person h ON h.id = s.holder_id "
    "LEFT JOIN consent_deputy d ON d.step_id = s.id "
    "LEFT JOIN institutions_person p ON p.id = d.person_id {where}"
    "ORDER BY s.institution, s.place, s.id, d.first, d.id"
)


def approval_steps(institution: str) -> tuple[ApprovalStep, ...]:
    """The approval steps of an institution, in their order, in one statement; none where the head alone approves."""
    return _steps("WHERE s.institution = %s ", institution).get(institution, ())


def all_approval_steps() -> dict[str, tuple[ApprovalStep, ...]]:
    """The same of every institution here that has any."""
    return _steps("")


def _steps(where: str, *values: str) -> dict[str, tuple[ApprovalStep, ...]]:
    by_step: dict[tuple[str, int, str, str], list[Deputy]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_STEPS.format(where=where), values)
        for institution, step, name, holder, deputy, username, first, last in cursor:
            deputies = by_step.setdefault((institution, step, name, holder or ""), [])
            if deputy is not None:
                deputies.append(Deputy(id=deputy, username=username, first=_day(first), last=_day(last)))
    steps: dict[str, tuple[ApprovalStep, ...]] = {}
    for (institution, step, name, holder), deputies in by_step.items():
        made = ApprovalStep(id=step, name=Text.kept(from_json(name)), holder=holder, deputies=tuple(deputies))
        steps[institution] = (*steps.get(institution, ()), made)
    return steps


def _day(kept: Any) -> date:
    """A day as PostgreSQL gives it; of SQLite, asked past Django, a text."""
    return date.fromisoformat(kept) if isinstance(kept, str) else kept
