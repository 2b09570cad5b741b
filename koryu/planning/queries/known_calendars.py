"""Reading calendars: what one institution may know of the days of another, and whose entry each of it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from pydantic_core import from_json

from koryu.planning.queries.planned_rows import selected
from koryu.planning.rules.announced_years import AnnouncedYear
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
        )
    )
    return statement, (*institutions, asking) * 4


def working_days_statement(*, asking: str) -> tuple[str, tuple[str, ...]]:
    """What selects the working days of every institution that are known to one, in the same order: no periods, for what
    keeps from meeting keeps nobody from work."""
    among = '(kept_by = %s OR kept_by = "of")'
    statement = f"{_SETTINGS} WHERE {among} UNION ALL {_OVERRIDES} WHERE {among} UNION ALL {_ANNOUNCED}"
    return statement, (asking, asking)


def calendars_in(
    selected_rows: Iterable[tuple[Any, ...]], institutions: Iterable[str], *, asking: str
) -> dict[str, KnownCalendar]:
    """The calendars of these institutions, of the rows that `calendars_statement` selects."""
    rows: dict[str, list[tuple[Any, ...]]] = {institution: [] for institution in institutions}
    announced: list[AnnouncedYear] = []
    for row in selected_rows:
        if row[0] == "announced":
            announced.append(_announced(row))
        else:
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
    overrides: list[Override] = []
    for what, pk, of, kept_by, *rest in rows:
        match what:
            case "settings":
                settings.append(_settings(kept_by, rest))
            case "period":
                if shown := as_shown_to(asking, _period(pk, of, kept_by, rest)):
                    periods.append(shown)
            case _:
                day, works, why, *_rest, at = rest
                said = {"of": of, "kept_by": kept_by, "why": why if kept_by == asking else "", "at": written(at)}
                overrides.append(Override(id=pk, day=date.fromisoformat(day), works=works in _YES, **said))
    settings.sort(key=lambda each: each.kept_by != institution)
    named = next((each for each in settings if each.country), settings[0] if settings else None)
    days = OwnCalendar(
        institution=institution,
        country=named.country if named else "",
        subdivision=named.subdivision if named else "",
        uses_holidays=named.uses_holidays if named else True,
        periods=tuple(periods),
        overrides=tuple(overrides),
        announced=_of_country(announced, named.country if named else "", institution, asking),
    )
    return KnownCalendar(days=days, settings=tuple(settings))


def _of_country(
    announced: Iterable[AnnouncedYear], country: str, institution: str, asking: str
) -> tuple[AnnouncedYear, ...]:
    """The years of a country that were loaded from a file, by the institution itself or else by who asks."""
    theirs = [each for each in announced if each.country == country and each.kept_by in (institution, asking)]
    by_year = {each.year: each for each in sorted(theirs, key=lambda each: each.kept_by == institution)}
    return tuple(by_year[year] for year in sorted(by_year))


def _announced(row: Sequence[Any]) -> AnnouncedYear:
    _what, _pk, country, kept_by, year, days, lang, name, *_rest, at = row
    kept = from_json(days)
    return AnnouncedYear(
        country=country,
        year=int(year),
        free=tuple((date.fromisoformat(day), words) for day, words in kept["free"]),
        worked=frozenset(map(date.fromisoformat, kept["worked"])),
        lang=lang,
        name=name,
        kept_by=kept_by,
        at=written(at),
    )


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
