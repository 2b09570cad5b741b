"""Reading what planning needs: what a programme says of how it goes on and what was held; an institution's own rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from pydantic_core import from_json

from koryu.planning.queries.candidate_dates import (
    CANDIDATES,
    NOTHING_SAID,
    OWN_CANDIDATES,
    SAID_OF_OWN,
    OwnCandidate,
    candidates_in,
    own_candidates,
)
from koryu.planning.queries.candidate_dates import candidates as candidates
from koryu.planning.queries.exchanges_to_come import ProgrammeGoingOn as ProgrammeGoingOn
from koryu.planning.queries.exchanges_to_come import ProgrammeHistory as ProgrammeHistory
from koryu.planning.queries.exchanges_to_come import coming_under as coming_under
from koryu.planning.queries.exchanges_to_come import exchange_to_come as exchange_to_come
from koryu.planning.queries.exchanges_to_come import members_of as members_of
from koryu.planning.queries.exchanges_to_come import programmes_at as programmes_at
from koryu.planning.rules.candidates import Candidate
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.periods import Effect, HowSure, Override, Period, Repeat, ShownAs, as_shown_to
from koryu.values.edtf import Edtf
from koryu.values.moments import written
from koryu.values.text import Text

# Steps and closings have little in common but that a page shows them together; it asks for them at once.
_STEPS: Final = (
    "SELECT 'step', exchange, id, what, who, due, done_at, done_by, changed_by, changed_at FROM planning_step "
    "WHERE institution = %s"
)
_CLOSINGS: Final = (
    "SELECT 'closing', exchange, id, '', '', '', NULL, '', \"by\", \"at\" FROM planning_closing WHERE institution = %s"
)
_ALL_OF_EXCHANGE: Final = (
    f"{_STEPS} AND exchange = %s UNION ALL {_CLOSINGS} AND exchange = %s UNION ALL "
    f"{OWN_CANDIDATES} AND exchange = %s UNION ALL {SAID_OF_OWN} AND c.exchange = %s"
)
_OF_EXCHANGE: Final = f"{_ALL_OF_EXCHANGE} ORDER BY 10, 3"
_WITH_CANDIDATES: Final = (
    f"{CANDIDATES} UNION ALL SELECT o.*, {NOTHING_SAID} FROM ({_ALL_OF_EXCHANGE}) o ORDER BY 10, 3"  # noqa: S608 -- only our own SQL; values are parameters
)
# Of one sheet besides: the private rows of an institution, and those of others that are shown. The CASE gives a time
# that is not there: databases are exact about what stands in one column.
_OF_SHEET: Final = (
    "SELECT 'row', sheet, edition, CAST(cells AS TEXT), institution, place, CASE WHEN 0 = 1 THEN changed_at END, "
    "'', changed_by, changed_at "
    "FROM planning_row WHERE exchange = %s AND sheet = %s AND (institution = %s OR shown = %s) UNION ALL "
)
_OF_INSTITUTION: Final = (
    f"{_STEPS} AND done_by = '' UNION ALL {_CLOSINGS} UNION ALL {OWN_CANDIDATES} UNION ALL {SAID_OF_OWN} ORDER BY 10, 3"
)

_ROWS: Final = (
    "SELECT institution, place, cells, edition FROM planning_row "
    "WHERE exchange = %s AND sheet = %s AND (institution = %s OR shown = %s) ORDER BY id"
)


@dataclass(frozen=True, kw_only=True)
class WorkStep:
    """Something to be done for an exchange, by whom in words and by when; `done_at` and `done_by` once it is done."""

    id: int
    what: str
    who: str
    due: str
    done_at: str
    done_by: str

    @property
    def date(self) -> Edtf | None:
        """The day by which it is due."""
        return Edtf(self.due) if self.due else None


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """A private row of a sheet: whose, its place (its id in the sheet), what stands in its cells."""

    institution: str
    place: str
    cells: Mapping[str, Any]
    edition: int


@dataclass(frozen=True, kw_only=True)
class OwnRows:
    """What an institution keeps to itself of an exchange: steps still to do by date, those done, the last first; when
    it was closed; and the candidate dates that it puts forward.

    Where one of its sheets was asked for, its private `rows`, and those of others that are shown among them.
    """

    steps: tuple[WorkStep, ...] = ()
    done: tuple[WorkStep, ...] = ()
    closed_at: str = ""
    rows: tuple[KeptRow, ...] = ()
    candidates: tuple[OwnCandidate, ...] = ()


def rows_in(exchange: str, sheet: str, *, asking: str) -> tuple[KeptRow, ...]:
    """The private rows of a sheet of an exchange: those of who asks, and those of others that are shown.

    Those of others are for whoever is shown their sheet: that is asked where the sheet is.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, (exchange, sheet, asking, True))
        return tuple(
            KeptRow(
                institution=institution,
                place=place,
                cells=cells if isinstance(cells, dict) else from_json(cells),
                edition=edition,
            )
            for institution, place, cells, edition in cursor.fetchall()
        )


def own_rows(exchange: str, *, institution: str, sheet: str = "") -> OwnRows:
    """What an institution keeps to itself of an exchange, in one statement; of a `sheet` (a kind of record) besides."""
    values = (institution, exchange) * 4
    if not sheet:
        return _own(_selected(_OF_EXCHANGE, values))
    of_sheet = (exchange, sheet, institution, True)
    return _own(_selected(f"{_OF_SHEET}{_OF_EXCHANGE}", (*of_sheet, *values)))


def rows_and_candidates(
    exchange: str, *, institution: str, together: Iterable[str]
) -> tuple[OwnRows, tuple[Candidate, ...]]:
    """`own_rows` and `candidates`, in one statement."""
    rows = _selected(_WITH_CANDIDATES, (exchange, *(institution, exchange) * 4))
    dates = [row for row in rows if row[0] == "dates"]
    own = _own(row[:10] for row in rows if row[0] != "dates")
    return own, candidates_in(dates, asking=institution, together=together)


def open_rows(institution: str) -> dict[str, OwnRows]:
    """The steps that an institution has still to do, which exchanges it has closed, and its candidate dates; by
    exchange, in one statement.

    What is done is not among them.
    """
    by_exchange: dict[str, list[tuple[Any, ...]]] = {}
    for row in _selected(_OF_INSTITUTION, (institution,) * 4):
        by_exchange.setdefault(row[1], []).append(row)
    return {exchange: _own(rows) for exchange, rows in by_exchange.items()}


def _selected(query: str, values: Sequence[str | bool]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _own(rows: Iterable[tuple[Any, ...]]) -> OwnRows:
    steps: list[WorkStep] = []
    private: list[KeptRow] = []
    candidate_rows: list[tuple[Any, ...]] = []
    closed_at = ""
    for what, _of, pk, text, who, due, done_at, done_by, _by, changed_at in rows:
        match what:
            case "row":
                private.append(KeptRow(institution=who, place=due, cells=from_json(text), edition=pk))
            case "step":
                done = written(done_at)
                steps.append(WorkStep(id=pk, what=text, who=who, due=due, done_at=done, done_by=done_by))
            case "closing":
                closed_at = written(changed_at)
            case _:
                candidate_rows.append((what, pk, text, who, due))
    return OwnRows(
        steps=tuple(sorted((step for step in steps if not step.done_by), key=_by_due)),
        done=tuple(sorted((step for step in steps if step.done_by), key=lambda step: step.done_at, reverse=True)),
        closed_at=closed_at,
        rows=tuple(private),
        candidates=own_candidates(candidate_rows),
    )


def _by_due(step: WorkStep) -> tuple[date, int]:
    """What has no date comes last."""
    return (step.date.latest if step.date else date.max, step.id)


# As texts, for the columns of a UNION must be of one kind; the word `of` is one of SQL's own.
_SETTINGS: Final = (
    "SELECT 'settings', id, \"of\", kept_by, country, subdivision, CAST(year_month AS TEXT), "
    "CAST(uses_holidays AS TEXT), '', '', '', '', '', '', \"by\", CAST(\"at\" AS TEXT) FROM planning_calendar"
)
_PERIODS: Final = (
    'SELECT \'period\', id, "of", kept_by, CAST("first" AS TEXT), CAST("last" AS TEXT), "repeat", effect, '
    'CAST(label AS TEXT), shown, sure, source, told_by, uid, "by", CAST("at" AS TEXT) FROM planning_period'
)
_OVERRIDES: Final = (
    'SELECT \'override\', id, "of", kept_by, CAST("day" AS TEXT), CAST(works AS TEXT), why, '
    "'', '', '', '', '', '', '', \"by\", CAST(\"at\" AS TEXT) FROM planning_override"
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
    among = f'"of" IN ({", ".join(["%s"] * len(wanted))}) AND (kept_by = %s OR kept_by = "of")'
    query = " UNION ALL ".join(f"{each} WHERE {among}" for each in (_SETTINGS, _PERIODS, _OVERRIDES))
    rows: dict[str, list[tuple[Any, ...]]] = {institution: [] for institution in wanted}
    for row in _selected(f"{query} ORDER BY 5, 2", (*wanted, asking) * 3):
        rows[row[2]].append(row)
    return {institution: _calendar(institution, kept, asking) for institution, kept in rows.items()}


def _calendar(institution: str, rows: Iterable[tuple[Any, ...]], asking: str) -> KnownCalendar:
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
                day, works, why, *_rest = rest
                said = {"of": of, "kept_by": kept_by, "why": why if kept_by == asking else ""}
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
    )
    return KnownCalendar(days=days, settings=tuple(settings))


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
    first, last, repeat, effect, label, shown, sure, source, told_by, uid, by, at = columns
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
        by=by,
        at=at[:10],
    )
