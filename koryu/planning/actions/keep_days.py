"""Saying on which days an institution works: in which country, on which single days, by which announced holidays.

All that changes working days goes through here. What it said until then is kept, with its moment: steps are counted in
it once more, so that people are told what moved.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db import models as tables
from django.db import transaction

from koryu.archive import queries as archive
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.journal import actions as journal
from koryu.journal.rules import Change
from koryu.planning.models import AnnouncedRow, CalendarRow, DaysBeforeRow, OverrideRow
from koryu.planning.rules.calendar_settings import settings_fail
from koryu.planning.rules.holidays import CountryYear, country_year, edition
from koryu.planning.rules.periods import EARLIEST, LATEST, words_fail
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.text import check_characters

# As long as a schedule is kept after its exchange: nothing that is counted today asks for days before.
_KEPT_FOR: Final = timedelta(days=730)
# Schedules are begun this year and the next, and some of their days lie in the year after.
_YEARS_COMPARED: Final = 3
_TABLE: Final = "table"


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
    is_institution(of)
    or_refuse(settings_fail(country=country, subdivision=subdivision, year_month=year_month))
    said = {
        "country": country,
        "subdivision": subdivision,
        "year_month": year_month,
        "uses_holidays": uses_holidays,
    }
    with transaction.atomic():
        _say(CalendarRow, {"of": of, "kept_by": institution}, said, by=by, at=at)
        journal.write(Change.CALENDAR_CHANGED, by=by, at=at, institution=institution, about=of)


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
    said = {"lang": lang, "name": name, "file": file}
    with transaction.atomic():
        for year, of_year in days.items():
            named = {"kept_by": institution, "country": country, "year": year}
            _say(AnnouncedRow, named, {**said, "days": dict(of_year)}, by=by, at=at)
        journal.write(Change.CALENDAR_LOADED, by=by, at=at, institution=institution)


def remove_announced(*, institution: str, country: str, year: int, by: str, at: str) -> None:
    """Let the table of holidays decide of a year again."""
    _may_plan(institution, by)
    _take_back(AnnouncedRow, {"kept_by": institution, "country": country, "year": year}, at=at)


def keep_override(*, institution: str, of: str, day: date, works: bool, why: str = "", by: str, at: str) -> None:
    """Say of one day that an institution works on it, or does not; said again, it is changed."""
    _may_plan(institution, by)
    is_institution(of)
    or_refuse(words_fail(why))
    if not EARLIEST <= day <= LATEST:
        raise Refused(Reason("Enter days between 1970 and 2100."))
    if why:
        check_characters(why)
    with transaction.atomic():
        named = {"of": of, "kept_by": institution, "day": day}
        _say(OverrideRow, named, {"works": works, "why": why}, by=by, at=at)


def remove_override(*, institution: str, override: int, by: str, at: str) -> None:
    """Let the calendar decide of a day again."""
    _may_plan(institution, by)
    _take_back(OverrideRow, {"pk": override, "kept_by": institution}, at=at)


def note_table(*, today: date, at: str) -> int:
    """Keep what the table of holidays says of the years in which schedules are counted; where a newer one says
    otherwise, what the older one said stays until now. Returns how many years are others.

    The table is read only once for each country and year, and again when it is another one.
    """
    wanted = {
        (country, subdivision, year)
        for country, subdivision in CalendarRow.objects.exclude(country="").values_list("country", "subdivision")
        for year in range(today.year, today.year + _YEARS_COMPARED)
    }
    changed = 0
    with transaction.atomic():
        rows = DaysBeforeRow.objects.select_for_update().filter(what=_TABLE, until=None)
        kept = {(row.country, row.content["subdivision"], row.content["year"]): row for row in rows}
        for country, subdivision, year in sorted(wanted):
            row = kept.get((country, subdivision, year))
            if row and row.content["edition"] == edition():
                continue
            known = country_year(country, year, today=today, subdivision=subdivision)
            if known is None:
                continue
            content = {"edition": edition(), "subdivision": subdivision, "year": year, "days": _days_of_table(known)}
            if row is None:
                DaysBeforeRow.objects.create(what=_TABLE, country=country, content=content, at=at)
            elif row.content["days"] == content["days"]:
                row.content = content
                row.save()
            else:
                row.until = at
                row.save()
                DaysBeforeRow.objects.create(what=_TABLE, country=country, content=content, at=at)
                changed += 1
    return changed


def forget_days_before(*, today: date) -> int:
    """Delete what was taken back, or said otherwise, so long ago that nothing is counted in it any more."""
    deleted, _by_kind = DaysBeforeRow.objects.filter(until__lt=f"{today - _KEPT_FOR}T00:00:00Z").delete()
    return deleted


def is_institution(uri: str) -> None:
    """Refuse what is no institution on record."""
    known = archive.known([uri]).get(uri)
    if known is None or known.kind != "institution":
        raise Refused(Reason("Choose an institution that is on record."))


def _say(table: type[tables.Model], named: Mapping[str, Any], said: Mapping[str, Any], *, by: str, at: str) -> None:
    """Say something of days, in place of what was said there; said in the same words, nothing changes."""
    of_now = {**said, "by": by, "at": at}
    row, is_new = table._default_manager.select_for_update().get_or_create(**named, defaults=of_now)
    if is_new or all(getattr(row, name) == value for name, value in said.items()):
        return
    _before(row, at=at).save()
    for name, value in of_now.items():
        setattr(row, name, value)
    row.save()


def _take_back(table: type[tables.Model], named: Mapping[str, Any], *, at: str) -> None:
    with transaction.atomic():
        for row in table._default_manager.select_for_update().filter(**named):
            _before(row, at=at).save()
            row.delete()


def _before(row: tables.Model, *, at: str) -> DaysBeforeRow:
    """What a row says, as what was said until a moment."""
    match row:
        case CalendarRow():
            content = {"subdivision": row.subdivision, "uses_holidays": row.uses_holidays}
            named = {"what": "settings", "of": row.of, "country": row.country}
        case OverrideRow():
            content = {"day": row.day.isoformat(), "works": row.works}
            named = {"what": "day", "of": row.of}
        case AnnouncedRow():
            content = {"year": row.year, "days": row.days, "lang": row.lang}
            named = {"what": "announced", "country": row.country}
        case _:
            raise TypeError(row)
    return DaysBeforeRow(**named, kept_by=row.kept_by, content=content, at=row.at, until=at)


def _days_of_table(known: CountryYear) -> dict[str, Any]:
    """The days of a year as announced years keep them: what is free beside weekends, and what of these is worked."""
    free = sorted(day for day in known.free if day.weekday() not in known.weekend or day in known.holidays)
    return {"free": [[day.isoformat(), ""] for day in free], "worked": sorted(map(date.isoformat, known.make_up))}


def _may_plan(institution: str, by: str) -> None:
    or_refuse(roles.may_plan(role=institutions.role_of(person=by, institution=institution)))
