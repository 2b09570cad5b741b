"""Reading calendars: what one institution may know of the days of another, and whose entry each of it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from pydantic_core import from_json

from koryu.planning.queries.planned_rows import selected
from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.changed_days import calendar_at
from koryu.planning.rules.days_said import DaysSaid, WorksIn
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.periods import Effect, HowSure, Override, Period, Repeat, ShownAs, as_shown_to
from koryu.values.moments import written
from koryu.values.text import Text

# As texts, for the columns of a UNION must be of one kind; the word `of` is one of SQL's own.
_SETTINGS: Final = (
    "SELECT 'settings', id, \"of\", kept_by, country, subdivision, CAST(year_month AS TEXT), "
    "CAST(uses_holidays AS TEXT), '', '', '', '', '', '', '', '', \"by\", CAST(\"at\" AS TEXT) FROM planning_calendar"
)
_PERIODS: Final = (
    'SELECT \'period\', id, "of", kept_by, CAST("first" AS TEXT), CAST("last" AS TEXT), "repeat", effect, '
    'CAST(label AS TEXT), shown, sure, source, told_by, uid, file, \'\', "by", CAST("at" AS TEXT) FROM planning_period'
)
_OVERRIDES: Final = (
    'SELECT \'override\', id, "of", kept_by, CAST("day" AS TEXT), CAST(works AS TEXT), why, '
    "'', '', '', '', '', '', '', '', '', \"by\", CAST(\"at\" AS TEXT) FROM planning_override"
)
# By country, and not by institution: a decree holds for all that work there.
_ANNOUNCED: Final = (
    "SELECT 'announced', id, country, kept_by, CAST(\"year\" AS TEXT), CAST(days AS TEXT), lang, name, "
    "'', '', '', '', '', '', '', '', \"by\", CAST(\"at\" AS TEXT) FROM planning_announced"
)
# What was said before: what kind it is of, and its columns as JSON.
_BEFORE: Final = (
    "SELECT 'before', id, \"of\", kept_by, what, CAST(content AS TEXT), country, '', '', '', '', '', '', '', '', "
    'CAST("until" AS TEXT), \'\', CAST("at" AS TEXT) FROM planning_days_before'
)
_YES: Final = frozenset({"1", "true"})


@dataclass(frozen=True, kw_only=True)
class CalendarSettings:
    """In which country an institution works, as `kept_by` has it."""

    kept_by: str
    country: str
    subdivision: str
    year_month: int | None
    uses_holidays: bool


@dataclass(frozen=True, kw_only=True)
class KnownCalendar:
    """What is known of the days of an institution to another: `settings` of its own first, then those of who asks."""

    days: OwnCalendar
    settings: tuple[CalendarSettings, ...] = ()

    def settings_of(self, kept_by: str) -> CalendarSettings | None:
        """The settings as one institution keeps them."""
        return next((each for each in self.settings if each.kept_by == kept_by), None)


def calendars(institutions: Iterable[str], *, asking: str) -> dict[str, KnownCalendar]:
    """What an institution may know of the days of these, itself among them or not; in one statement.

    Its own entries about each, and of each institution's what that shows. Whose is whose is said in each; where both
    name a country, the institution's own counts.
    """
    wanted = tuple(dict.fromkeys(institutions))
    if not wanted:
        return {}
    statement, values = calendars_statement(wanted, asking=asking)
    return calendars_in(selected(f"{statement} ORDER BY 5, 2", values), wanted, asking=asking)


def calendars_statement(institutions: Sequence[str], *, asking: str) -> tuple[str, tuple[str, ...]]:
    """What selects the calendars of these institutions, with its values; in the order of columns 5 and 2."""
    among = f'"of" IN ({", ".join(["%s"] * len(institutions))}) AND (kept_by = %s OR kept_by = "of")'
    places = ", ".join(["%s"] * (len(institutions) + 1))
    statement = " UNION ALL ".join(
        (
            *(f"{each} WHERE {among}" for each in (_SETTINGS, _PERIODS, _OVERRIDES)),
            f"{_ANNOUNCED} WHERE kept_by IN ({places})",
            f"{_BEFORE} WHERE \"until\" IS NOT NULL AND ({among} OR (\"of\" = '' AND kept_by IN ('', {places})))",
        )
    )
    return statement, (*institutions, asking) * 6


def working_days_statement(*, asking: str) -> tuple[str, tuple[str, ...]]:
    """What selects the working days of every institution that are known to one, in the same order: no periods, for what
    keeps from meeting keeps nobody from work."""
    among = '(kept_by = %s OR kept_by = "of")'
    statement = (
        f"{_SETTINGS} WHERE {among} UNION ALL {_OVERRIDES} WHERE {among} UNION ALL {_ANNOUNCED} "
        f'UNION ALL {_BEFORE} WHERE "until" IS NOT NULL AND ({among} OR "of" = \'\')'
    )
    return statement, (asking, asking, asking)


def institutions_of(rows: Iterable[tuple[Any, ...]]) -> set[str]:
    """The institutions that these rows of calendars are of."""
    return {row[2] for row in rows if row[2] and row[0] != "announced"}


def calendars_in(
    selected_rows: Iterable[tuple[Any, ...]], institutions: Iterable[str], *, asking: str
) -> dict[str, KnownCalendar]:
    """The calendars of these institutions, of the rows that `calendars_statement` selects."""
    rows: dict[str, list[tuple[Any, ...]]] = {institution: [] for institution in institutions}
    announced: list[AnnouncedYear] = []
    for row in selected_rows:
        if row[0] == "announced":
            announced.append(_announced(row))
        elif row[0] == "before" and not row[2]:
            announced.append(_announced_before(row))
        elif row[2] in rows:
            rows[row[2]].append(row)
    return {institution: _calendar(institution, kept, announced, asking) for institution, kept in rows.items()}


def countries_kept() -> frozenset[str]:
    """The countries that calendars of this server name."""
    rows = selected("SELECT DISTINCT country FROM planning_calendar WHERE country <> ''", ())
    return frozenset(country for (country,) in rows)


def _calendar(
    institution: str, rows: Iterable[tuple[Any, ...]], announced: Iterable[AnnouncedYear], asking: str
) -> KnownCalendar:
    settings: list[CalendarSettings] = []
    periods: list[Period] = []
    works_in: list[WorksIn] = []
    overrides: list[Override] = []
    for what, pk, of, kept_by, *rest in rows:
        match what:
            case "settings":
                kept = _settings(kept_by, rest)
                settings.append(kept)
                works_in.append(_works_in(kept, at=written(rest[-1])))
            case "period":
                if shown := as_shown_to(asking, _period(pk, of, kept_by, rest)):
                    periods.append(shown)
            case "override":
                overrides.append(_override(pk, of, kept_by, rest, asking))
            case _:
                before = _before(kept_by, of, rest)
                if isinstance(before, WorksIn):
                    works_in.append(before)
                else:
                    overrides.append(before)
    settings.sort(key=lambda each: each.kept_by != institution)
    countries = {each.country for each in works_in}
    said = DaysSaid(
        institution=institution,
        asking=asking,
        settings=tuple(works_in),
        overrides=tuple(overrides),
        announced=tuple(
            each
            for each in announced
            if each.country in countries and (each.of_table or each.kept_by in (institution, asking))
        ),
    )
    return KnownCalendar(days=replace(calendar_at(said), periods=tuple(periods)), settings=tuple(settings))


def _works_in(kept: CalendarSettings, *, at: str) -> WorksIn:
    return WorksIn(
        kept_by=kept.kept_by,
        country=kept.country,
        subdivision=kept.subdivision,
        uses_holidays=kept.uses_holidays,
        at=at,
    )


def _override(pk: int, of: str, kept_by: str, columns: Sequence[str], asking: str) -> Override:
    day, works, why, *_rest, by, at = columns
    return Override(
        id=pk,
        of=of,
        kept_by=kept_by,
        day=date.fromisoformat(day),
        works=works in _YES,
        why=why if kept_by == asking else "",
        at=written(at),
        by=by if kept_by == asking else "",
    )


def _before(kept_by: str, of: str, columns: Sequence[str]) -> WorksIn | Override:
    """What was said of an institution before: in which country it works, or whether it does on a day."""
    what, content, country, *_rest, until, _by, at = columns
    kept, said, no_more = from_json(content), written(at), written(until)
    if what == "settings":
        return WorksIn(
            kept_by=kept_by,
            country=country,
            subdivision=kept["subdivision"],
            uses_holidays=kept["uses_holidays"],
            at=said,
            until=no_more,
        )
    day = date.fromisoformat(kept["day"])
    return Override(of=of, kept_by=kept_by, day=day, works=kept["works"], at=said, until=no_more)


def _announced_before(row: Sequence[Any]) -> AnnouncedYear:
    """A year as it was announced before: by a file, or by the table of holidays that this server had."""
    _what, _pk, _of, kept_by, _kind, content, country, *_rest, until, _by, at = row
    kept = from_json(content)
    of_table = kept.get("edition", "")
    return AnnouncedYear(
        country=country,
        year=kept["year"],
        free=_free(kept["days"]),
        worked=frozenset(map(date.fromisoformat, kept["days"]["worked"])),
        lang=kept.get("lang", ""),
        kept_by=kept_by,
        # What a table has, it had before somebody first asked it.
        at="" if of_table else written(at),
        until=written(until),
        of_table=of_table,
        subdivision=kept.get("subdivision", ""),
    )


def _announced(row: Sequence[Any]) -> AnnouncedYear:
    _what, _pk, country, kept_by, year, days, lang, name, *_rest, at = row
    kept = from_json(days)
    return AnnouncedYear(
        country=country,
        year=int(year),
        free=_free(kept),
        worked=frozenset(map(date.fromisoformat, kept["worked"])),
        lang=lang,
        name=name,
        kept_by=kept_by,
        at=written(at),
    )


def _free(days: Any) -> tuple[tuple[date, str], ...]:
    return tuple((date.fromisoformat(day), words) for day, words in days["free"])


def _settings(kept_by: str, columns: Sequence[str]) -> CalendarSettings:
    country, subdivision, year_month, uses_holidays, *_rest = columns
    return CalendarSettings(
        kept_by=kept_by,
        country=country,
        subdivision=subdivision,
        year_month=int(year_month) if year_month else None,
        uses_holidays=uses_holidays in _YES,
    )


def _period(pk: int, of: str, kept_by: str, columns: Sequence[str]) -> Period:
    first, last, repeat, effect, label, shown, sure, source, told_by, uid, file, _, by, at = columns
    words = from_json(label)
    return Period(
        id=pk,
        of=of,
        kept_by=kept_by,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        repeat=Repeat(repeat),
        effect=Effect(effect),
        label=Text.kept(words) if words else None,
        shown=ShownAs(shown),
        sure=HowSure(sure),
        source=source,
        told_by=told_by,
        uid=uid,
        file=file,
        by=by,
        at=at[:10],
    )
