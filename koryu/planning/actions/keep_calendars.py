"""The calendars of institutions, our own and what we were told of partners: countries, periods, single days."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from koryu.archive import queries as archive
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.journal import actions as journal
from koryu.journal.rules import Change
from koryu.planning import models
from koryu.planning.rules.calendar_settings import settings_fail
from koryu.planning.rules.periods import EARLIEST, LATEST, Period, period_fails, words_fail
from koryu.planning.rules.suggested import suggested
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

PERIOD_GONE: Final = Reason("This period is no longer there.")
# What one institution keeps of another: each page that names dates reads all of them.
MOST_PERIODS: Final = 300
# What is said of a period, beside whose it is and what it is called.
_SAID: Final = ("first", "last", "repeat", "effect", "label", "shown", "sure", "source", "told_by")


def keep_settings(
    *,
    institution: str,
    of: str,
    country: str,
    subdivision: str = "",
    year_month: int | None = None,
    uses_holidays: bool = True,
    by: str,
    at: str,
) -> None:
    """Say in which country an institution works, our own or a partner; said again, it is changed."""
    _may_plan(institution, by)
    _is_institution(of)
    or_refuse(settings_fail(country=country, subdivision=subdivision, year_month=year_month))
    with transaction.atomic():
        models.CalendarRow.objects.update_or_create(
            of=of,
            kept_by=institution,
            defaults={
                "country": country,
                "subdivision": subdivision,
                "year_month": year_month,
                "uses_holidays": uses_holidays,
                "by": by,
                "at": at,
            },
        )
        journal.write(Change.CALENDAR_CHANGED, by=by, at=at, institution=institution, about=of)


def keep_period(*, institution: str, period: Period, by: str, at: str) -> int:
    """Keep a period of our own, or one of a partner as we were told of it, and return its number.

    The same sent twice is kept once; one that has a number is changed.
    """
    _may_plan(institution, by)
    _is_institution(period.of)
    or_refuse(period_fails(period))
    for typed in filter(None, (period.source, period.told_by, *_forms(period))):
        check_characters(typed)
    said = {"of": period.of, **_said(period), "uid": period.uid}
    with transaction.atomic():
        kept = models.PeriodRow.objects.filter(kept_by=institution)
        if period.id:
            if not kept.filter(pk=period.id).update(**said, by=by, at=at):
                raise Refused(PERIOD_GONE)
            return period.id
        if same := kept.filter(**said).first():
            return same.pk
        if kept.filter(of=period.of).count() >= MOST_PERIODS:
            raise Refused(_too_many())
        return models.PeriodRow.objects.create(kept_by=institution, **said, by=by, at=at).pk


def load_periods(
    *, institution: str, of: str, periods: Sequence[Period], gone: Iterable[int] = (), file: str, by: str, at: str
) -> None:
    """Keep the days of a calendar file, whose digest is `file`, as periods: new ones, and those it has changed.

    `gone` are the numbers of those from files before that it no longer has. All of it or nothing.
    """
    _may_plan(institution, by)
    _is_institution(of)
    for period in periods:
        or_refuse(period_fails(period))
        for typed in filter(None, (period.source, period.told_by, *_forms(period))):
            check_characters(typed)
    with transaction.atomic():
        kept = models.PeriodRow.objects.filter(of=of, kept_by=institution)
        kept.filter(pk__in=list(gone)).exclude(file="").delete()
        rows = {row.uid: row for row in kept.exclude(file="")}
        for period in periods:
            row = rows.get(period.uid) or models.PeriodRow(of=of, kept_by=institution, uid=period.uid)
            for name, value in _said(period).items():
                setattr(row, name, value)
            row.file, row.by, row.at = file, by, at
            rows[period.uid] = row
        if kept.filter(file="").count() + len(rows) > MOST_PERIODS:
            raise Refused(_too_many())
        new = [row for row in rows.values() if row._state.adding]
        there = [row for row in rows.values() if not row._state.adding]
        models.PeriodRow.objects.bulk_update(there, [*_SAID, "file", "by", "at"])
        models.PeriodRow.objects.bulk_create(new)
        journal.write(Change.CALENDAR_LOADED, by=by, at=at, institution=institution, about=of)


def load_announced(
    *,
    institution: str,
    country: str,
    days: Mapping[int, Mapping[str, Any]],
    lang: str,
    name: str,
    file: str,
    by: str,
    at: str,
) -> None:
    """Take the public holidays of a country from a file for these years; a year loaded again is replaced."""
    _may_plan(institution, by)
    or_refuse(settings_fail(country=country, subdivision="", year_month=None))
    or_refuse(words_fail(name))
    if not country or not days:
        raise Refused(Reason("Choose at least one year."))
    if name:
        check_characters(name)
    said = {"lang": lang, "name": name, "file": file, "by": by, "at": at}
    with transaction.atomic():
        for year, of_year in days.items():
            models.AnnouncedRow.objects.update_or_create(
                kept_by=institution, country=country, year=year, defaults={**said, "days": dict(of_year)}
            )
        journal.write(Change.CALENDAR_LOADED, by=by, at=at, institution=institution)


def remove_announced(*, institution: str, country: str, year: int, by: str) -> None:
    """Let the table of holidays decide of a year again."""
    _may_plan(institution, by)
    models.AnnouncedRow.objects.filter(kept_by=institution, country=country, year=year).delete()


def remove_period(*, institution: str, period: int, by: str) -> None:
    """Delete a period that we keep."""
    _may_plan(institution, by)
    models.PeriodRow.objects.filter(pk=period, kept_by=institution).delete()


def take_suggested(*, institution: str, codes: Iterable[str], country: str, today: date, by: str, at: str) -> None:
    """Have of the periods suggested for our country exactly these in our calendar: those ticked anew are copied there
    as they are suggested; those no longer ticked go."""
    _may_plan(institution, by)
    offered = {each.code: each for each in suggested(country, today=today)}
    wanted = offered.keys() & set(codes)
    with transaction.atomic():
        own = models.PeriodRow.objects.filter(of=institution, kept_by=institution, uid__in=offered)
        there = set(own.values_list("uid", flat=True))
        own.exclude(uid__in=wanted).delete()
        for code in sorted(wanted - there):
            keep_period(institution=institution, period=offered[code].taken_by(institution), by=by, at=at)


def keep_override(*, institution: str, of: str, day: date, works: bool, why: str = "", by: str, at: str) -> None:
    """Say of one day that an institution works on it, or does not; said again, it is changed."""
    _may_plan(institution, by)
    _is_institution(of)
    or_refuse(words_fail(why))
    if not EARLIEST <= day <= LATEST:
        raise Refused(Reason("Enter days between 1970 and 2100."))
    if why:
        check_characters(why)
    said = {"works": works, "why": why, "by": by, "at": at}
    models.OverrideRow.objects.update_or_create(of=of, kept_by=institution, day=day, defaults=said)


def remove_override(*, institution: str, override: int, by: str) -> None:
    """Let the calendar decide of a day again."""
    _may_plan(institution, by)
    models.OverrideRow.objects.filter(pk=override, kept_by=institution).delete()


def _too_many() -> Reason:
    return Reason("At most %(most)s periods of one institution can be kept.", most=MOST_PERIODS)


def _said(period: Period) -> dict[str, Any]:
    return {name: getattr(period, name) for name in _SAID} | {"label": period.label.as_json() if period.label else {}}


def _forms(period: Period) -> Iterable[str]:
    return period.label.forms.values() if period.label else ()


def _may_plan(institution: str, by: str) -> None:
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))


def _is_institution(uri: str) -> None:
    known = archive.known([uri]).get(uri)
    if known is None or known.kind != "institution":
        raise Refused(Reason("Choose an institution that is on record."))
