"""Keeping the private rows of an exchange that its institutions type, one alone or together; deleting them."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction

from koryu.archive import queries as archive
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.planning import models
from koryu.planning.queries.arranged_rows import exchanges_with_rows
from koryu.planning.rules.arrangements import (
    KEPT_FOR,
    LONGEST_NAME,
    SHEETS,
    TERMS,
    TIMETABLE,
    last_day_kept,
    last_day_of,
    put_off_fails,
)
from koryu.planning.rules.private_rows_typed import row_fails
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

CHANGED_MEANWHILE: Final = Reason("Somebody else changed this meanwhile. Look at it, and save again.")
_NO_SHEET: Final = Reason("There is no such sheet.")


def keep_arranged(
    *,
    institution: str,
    exchange: str,
    sheet: str,
    rows: Mapping[str, Mapping[str, Any]],
    seen: Mapping[str, int],
    together: Collection[str] = (),
    delete_on: date,
    by: str,
    at: str,
) -> None:
    """Keep these as the rows of a sheet, in this order, by their places in it; those not among them go.

    Of a sheet that is shared the rows of all institutions in `together` are meant; what is new is this institution's.
    `seen` are the editions of the rows that were there when they were typed: Refused where somebody else has changed,
    added or deleted one meanwhile.
    """
    or_refuse(roles.may_arrange(role=institutions.role_of(person=by, institution=institution)))
    or_refuse(None if sheet in (*SHEETS, TERMS) else _NO_SHEET)
    for cells in rows.values():
        or_refuse(row_fails(cells))
        check_characters(json.dumps(cells, ensure_ascii=False))
    shared = sheet in KEPT_FOR and KEPT_FOR[sheet].shared
    of_sheet = models.PrivateRow.objects.filter(exchange=exchange, sheet=sheet)
    own = of_sheet.filter(institution=institution)
    both = own | of_sheet.filter(institution__in=list(together), shown=True) if shared else own
    try:
        with transaction.atomic():
            there = {row.place: row for row in both.select_for_update().order_by("rank", "id")}
            if {place: row.edition for place, row in there.items()} != dict(seen):
                raise Refused(CHANGED_MEANWHILE)
            for place in [place for place in there if place not in rows]:
                there.pop(place).delete()
            moved = [place for place in rows if place in there] != list(there)
            for number, (place, cells) in enumerate(rows.items(), 1):
                row = there.get(place) or models.PrivateRow(
                    institution=institution, exchange=exchange, sheet=sheet, place=place, edition=0, shown=shared
                )
                before = (row.rank, row.edition, row.delete_on)
                if moved or len(rows) != len(there):
                    row.rank = number
                if row.cells != cells:
                    row.cells, row.edition = dict(cells), row.edition + 1
                    row.changed_by, row.changed_for, row.changed_at = by, institution, at
                row.delete_on = delete_on
                if before != (row.rank, row.edition, row.delete_on):
                    row.save()
    except IntegrityError as twice:
        # The same new row sent twice at once: whoever is second tries again, and finds it there.
        raise Refused(CHANGED_MEANWHILE) from twice


def say_of_sheet(
    *,
    institution: str,
    exchange: str,
    sheet: str,
    called: str | None = None,
    kept_until: date | None = None,
    why: str = "",
    last: date | None,
    today: date,
    by: str,
    at: str,
) -> None:
    """Say what an own sheet is called; or, without `called`, until when the rows of a sheet are kept, and why.

    Without a day, what was put off is taken back. Raises Refused.
    """
    or_refuse(roles.may_arrange(role=institutions.role_of(person=by, institution=institution)))
    or_refuse(None if sheet in SHEETS else _NO_SHEET)
    for typed in filter(None, (called, why)):
        check_characters(typed)
    if called is not None and len(called) > LONGEST_NAME:
        raise Refused(Reason("At most %(most)s characters.", most=LONGEST_NAME))
    if called is None:
        or_refuse(put_off_fails(kept_until, why, last=last, today=today))
    with transaction.atomic():
        row, _new = models.SheetRow.objects.select_for_update().get_or_create(
            institution=institution,
            exchange=exchange,
            sheet=sheet,
            defaults={"by": by, "at": at, "delete_on": last_day_kept(sheet, last, today=today)},
        )
        if called is None:
            row.kept_until, row.why = kept_until, why if kept_until else ""
        else:
            row.called = called
        row.by, row.at = by, at
        row.delete_on = last_day_kept(sheet, last, today=today, put_off=row.kept_until)
        row.save()


def count_days_anew(*, today: date) -> None:
    """Count for each exchange anew until when its private rows are kept: its dates may have moved, or it was put off.

    What is put off for a sheet that is shared, is for the rows of all. Nothing is counted where nothing stands.
    """
    for exchange, whose in exchanges_with_rows().items():
        last = _last_day(exchange, whose)
        if last is None:
            continue
        off = _put_off(exchange)
        for sheet in (*SHEETS, TIMETABLE):
            for institution in whose:
                until = [day for who, of, day in off if of == sheet and (KEPT_FOR[sheet].shared or who == institution)]
                kept = last_day_kept(sheet, last, today=date.min, put_off=max(until, default=None))
                of_sheet = {"exchange": exchange, "sheet": sheet, "institution": institution}
                _keep_until(models.PrivateRow.objects.filter(**of_sheet), kept, today=today)
                _keep_until(models.SheetRow.objects.filter(**of_sheet), kept, today=today)


def _keep_until(rows: Any, kept: date, *, today: date) -> None:
    """Of what was typed after its day had passed, today is the last one."""
    if kept >= today:
        rows.exclude(delete_on=kept).update(delete_on=kept)
    else:
        rows.filter(delete_on__gt=today).update(delete_on=today)


def delete_sheets(*, today: date) -> None:
    """Delete what was said of sheets of which the day has come."""
    models.SheetRow.objects.filter(delete_on__lt=today).delete()


def _put_off(exchange: str) -> list[tuple[str, str, date]]:
    said = models.SheetRow.objects.filter(exchange=exchange).exclude(kept_until=None)
    return [(row.institution, row.sheet, row.kept_until) for row in said]


def _last_day(exchange: str, whose: Iterable[str]) -> date | None:
    """The last day of an exchange as it stands for one of these institutions; None where none does."""
    for institution in whose:
        lines = archive.lines_named([exchange], asking=institution)
        document = archive.documents(lines.values()).get(exchange)
        if document:
            return last_day_of(document.content())
    return None
