"""Keeping customs of a relation: what whoever comes after should know of working with a partner."""

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning.models import CustomRow
from koryu.planning.rules.customs_typed import custom_fails
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

_CHANGED: Reason = Reason("Somebody else changed this meanwhile. Look at it, and save again.")
_GONE: Reason = Reason("This row was removed meanwhile by somebody else.")


def add_custom(*, institution: str, relation: str, text: str, by: str, at: str) -> int:
    """Keep a custom, and return its number; the same one sent twice is kept once."""
    of = _of(institution, relation, by)
    with transaction.atomic():
        kept = CustomRow.objects.filter(**of)
        or_refuse(custom_fails(text, others=kept.count()))
        check_characters(text)
        row = kept.filter(text=text).first() or CustomRow.objects.create(**of, text=text, by=by, at=at)
    return row.pk


def change_custom(*, institution: str, relation: str, custom: int, text: str, seen: int, by: str, at: str) -> None:
    """Say a custom otherwise; `seen` is the edition it was changed from."""
    of = _of(institution, relation, by)
    or_refuse(custom_fails(text, others=0))
    check_characters(text)
    with transaction.atomic():
        row = CustomRow.objects.select_for_update().filter(**of, pk=custom).first()
        if row is None:
            raise Refused(_GONE)
        if row.text == text:
            return
        if row.edition != seen:
            raise Refused(_CHANGED)
        row.text, row.edition, row.by, row.at = text, row.edition + 1, by, at
        row.save()


def remove_custom(*, institution: str, relation: str, custom: int, by: str) -> None:
    """Delete a custom for good."""
    CustomRow.objects.filter(**_of(institution, relation, by), pk=custom).delete()


def _of(institution: str, relation: str, by: str) -> dict[str, str]:
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
    return {"institution": institution, "relation": relation}
