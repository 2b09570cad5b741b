"""Keeping the private rows of an exchange that its institutions type, one alone or together; deleting them."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.ledger import actions as wiping
from koryu.ledger import queries as ledger
from koryu.planning import models
from koryu.planning.queries.arranged_rows import KeptUntil, rows_kept_until
from koryu.planning.rules.arrangements import (
    KEPT_FOR,
    LONGEST_NAME,
    SHEETS,
    TERMS,
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
    kept = rows_kept_until()
    last = _last_days(kept)
    for each in kept:
        if each.exchange not in last:
            continue
        shared = KEPT_FOR[each.sheet].shared
        off = [
            other.put_off
            for other in kept
            if other.put_off
            and (other.exchange, other.sheet) == (each.exchange, each.sheet)
            and (shared or other.institution == each.institution)
        ]
        day = last_day_kept(each.sheet, last[each.exchange], today=date.min, put_off=max(off, default=None))
        if day != each.delete_on:
            of_sheet = {"exchange": each.exchange, "sheet": each.sheet, "institution": each.institution}
            _keep_until(models.PrivateRow.objects.filter(**of_sheet), day, today=today)
            _keep_until(models.SheetRow.objects.filter(**of_sheet), day, today=today)


def _keep_until(rows: Any, kept: date, *, today: date) -> None:
    """Of what was typed after its day had passed, today is the last one."""
    if kept >= today:
        rows.exclude(delete_on=kept).update(delete_on=kept)
    else:
        rows.filter(delete_on__gt=today).update(delete_on=today)


def delete_old_rows(*, today: date) -> dict[str, int]:
    """Delete the private rows of which the day has come. Returns how many of which sheet they were.

    Their bytes are overwritten in the files of the database later in the same round.
    """
    old = models.PrivateRow.objects.filter(delete_on__lt=today)
    with transaction.atomic():
        counts = dict(Counter(old.values_list("sheet", flat=True)))
        if counts:
            old.delete()
            wiping.wipe_deleted_later()
    translations, _ = models.TranslationRow.objects.filter(delete_on__lt=today).delete()
    return {**counts, "translations": translations} if translations else counts


def delete_sheets(*, today: date) -> None:
    """Delete what was said of sheets of which the day has come."""
    models.SheetRow.objects.filter(delete_on__lt=today).delete()


def _last_days(kept: Iterable[KeptUntil]) -> dict[str, date]:
    """The last days of these exchanges, as they stand for an institution whose rows are kept; in a statement for each
    institution, and in one more where the ledger has grown since it was last asked."""
    asked: dict[str, dict[str, None]] = {}
    for each in kept:
        asked.setdefault(each.institution, {})[each.exchange] = None
    lines: dict[str, Line] = {}
    for institution, exchanges in asked.items():
        lines |= archive.lines_named(exchanges, asking=institution)
    documents = archive.documents_at(ledger.last_digest(), [lines[uri] for uri in sorted(lines)]) if lines else {}
    days = {uri: last_day_of(document.content()) for uri, document in documents.items()}
    return {uri: day for uri, day in days.items() if day}
