"""The private rows beside a record: kept with the draft they were typed in, and in no record."""

from collections.abc import Container, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.actions.keep_arrangements import CHANGED_MEANWHILE, check_rows
from koryu.values.reason import Refused, or_refuse


def keep_rows(
    *,
    institution: str,
    exchange: str,
    sheet: str,
    rows: Mapping[str, Mapping[str, Any]],
    shown: Container[str],
    seen: Mapping[str, int],
    delete_on: date,
    by: str,
    at: str,
) -> None:
    """Keep these as the private rows of a sheet (a kind of record), by their places in it; those not among them go.

    `seen` are the editions of the rows that were there when they were typed. Refused where somebody else has changed,
    added or deleted one meanwhile. Those in `shown` are for the institutions that are shown the sheet.
    """
    or_refuse(roles.may_draft(role=institutions.role_of(person=by, institution=institution), kind=sheet))
    check_rows(rows)
    of_sheet = {"institution": institution, "exchange": exchange, "sheet": sheet}
    with transaction.atomic():
        there = {row.place: row for row in models.PrivateRow.objects.select_for_update().filter(**of_sheet)}
        if {place: row.edition for place, row in there.items()} != dict(seen):
            raise Refused(CHANGED_MEANWHILE)
        for place in there.keys() - rows.keys():
            there[place].delete()
        for place, cells in rows.items():
            row = there.get(place) or models.PrivateRow(**of_sheet, place=place, edition=0)
            if row.cells != cells or row.shown != (place in shown):
                row.cells, row.shown, row.edition = dict(cells), place in shown, row.edition + 1
                row.changed_by, row.changed_at = by, at
            row.delete_on = delete_on
            row.save()
