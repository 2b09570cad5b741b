"""Reading schedules of work: what people did with their steps, beside the steps typed by hand and the calendars that
the days are counted in; all of it in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import blake2b
from typing import Any, Final

from koryu.planning.models import TemplateRow
from koryu.planning.queries.known_calendars import (
    KnownCalendar,
    calendars_in,
    calendars_statement,
    institutions_of,
    working_days_statement,
)
from koryu.planning.queries.planned_rows import OwnRows, WorkStep, by_due, selected
from koryu.planning.rules.arrangements import KEPT_FOR
from koryu.planning.rules.candidates import Candidate, DateAnswer, Says, seen
from koryu.planning.rules.schedule.schedule_lines import KeptStep
from koryu.planning.rules.schedule.schedule_steps import ScheduleStep, steps_kept
from koryu.planning.rules.translations import KeptTranslation, TranslationPlace
from koryu.values.moments import written

# In the columns of calendars: kind, number, exchange, institution, and fourteen of each kind's own, as texts.
_SCHEDULES: Final = (
    "SELECT 'schedule', s.id, s.exchange, s.institution, t.steps, t.programme, t.form, CAST(t.edition AS TEXT), "
    "CAST(t.id AS TEXT), s.counted_for, CAST((SELECT MAX(n.edition) FROM planning_template n WHERE "
    "n.institution = t.institution AND n.programme = t.programme AND n.form = t.form) AS TEXT), '', '', '', '', '', "
    's."by", CAST(s."at" AS TEXT) FROM planning_schedule s JOIN planning_template t ON t.id = s.template_id '
    "WHERE s.{of} = %s"
)
_COUNTED: Final = (
    "SELECT 'counted', c.id, c.exchange, c.institution, c.code, c.acting, CAST(c.day AS TEXT), "
    "CAST(c.done_at AS TEXT), c.done_by, c.done_for, c.evidence, CAST(c.aside_at AS TEXT), c.aside_by, c.why, "
    "c.together, c.taken_by, c.words, CAST(c.anew_at AS TEXT) FROM planning_counted_step c WHERE c.{of} = %s"
)
_TYPED: Final = (
    "SELECT 'step', p.id, p.exchange, p.institution, p.what, p.who, p.due, CAST(p.done_at AS TEXT), p.done_by, "
    "p.taken_by, '', '', '', '', '', '', '', '' FROM planning_step p WHERE p.institution = %s"
)
_CLOSED: Final = (
    "SELECT 'closing', k.id, k.exchange, k.institution, CAST(k.\"at\" AS TEXT), '', '', '', '', '', '', '', '', '', "
    "'', '', '', '' FROM planning_closing k WHERE k.institution = %s"
)
# What was asked of somebody to be translated.
_ASKED: Final = (
    "SELECT 'translation', t.id, t.exchange, t.institution, t.record, t.path, t.language, t.made_of, t.made_by, "
    "CAST(t.made_at AS TEXT), t.person, t.who, t.due, '', '', '', '', '' FROM planning_translation t "
    "WHERE t.institution = %s AND t.asked_at IS NOT NULL AND t.needed"
)
# Candidate dates, each with the last that one institution said of it itself.
_CANDIDATES: Final = (
    'SELECT \'candidate\', c.id, c.exchange, c.institution, CAST(c."first" AS TEXT), CAST(c."last" AS TEXT), '
    'CAST(c.withdrawn_at AS TEXT), (SELECT p.says FROM planning_place p WHERE p.candidate_id = c.id AND p."of" = %s '
    "AND p.kept_by = %s ORDER BY p.edition DESC LIMIT 1), '', '', '', '', '', '', '', '', c.\"by\", "
    'CAST(c."at" AS TEXT) FROM planning_candidate c WHERE {which}'
)
# Private rows that are deleted soon: how many of an exchange, and from which day on.
_GO: Final = (
    "SELECT 'go', 0, g.exchange, g.institution, CAST(COUNT(*) AS TEXT), CAST(MIN(g.delete_on) AS TEXT), '', '', '', "  # noqa: S608 -- only our own words; values are parameters
    "'', '', '', '', '', '', '', '', '' FROM planning_row g WHERE g.institution = %s AND g.delete_on <= %s "
    f"AND g.sheet IN ({', '.join(repr(sheet) for sheet in KEPT_FOR)}) GROUP BY g.exchange, g.institution"
)


@dataclass(frozen=True, kw_only=True)
class TemplateEdition:
    """One edition of a template: under which programme ('' for any) and for which form, and its steps."""

    id: int
    programme: str
    form: str
    edition: int
    steps: tuple[ScheduleStep, ...]
    by: str = ""
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class ScheduleKept:
    """The schedule of an institution for an exchange: the edition it follows, the `newest` there is, since when, for
    which dates somebody looked at it last, and what was done with its steps, by code and partner ('' for its own)."""

    institution: str
    exchange: str
    template: TemplateEdition
    newest: int
    counted_for: str
    by: str
    at: str
    kept: Mapping[tuple[str, str], KeptStep] = field(default_factory=dict)

    @property
    def asks_letters(self) -> bool:
        """Whether a step of it is done when a letter is sent."""
        return any(step.letter_kind for step in self.template.steps)


@dataclass(frozen=True, kw_only=True)
class WorkAtExchange:
    """What an institution keeps to itself of an exchange: steps typed by hand and the like (`own`), and its schedule.

    `theirs` are the schedules of partners, of which only steps that are shown may be told. `candidates` are the
    candidate dates, each with the last that the institution said of it itself. `translations` are those that were asked
    of somebody, where all exchanges are asked about.
    """

    own: OwnRows = field(default_factory=OwnRows)
    schedule: ScheduleKept | None = None
    theirs: tuple[ScheduleKept, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    # How many private rows are deleted soon, the first of them after which day; where that was asked for.
    go: tuple[int, date] | None = None
    translations: tuple[KeptTranslation, ...] = ()
    # Another whenever any of this is.
    mark: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkKept:
    """The same for several exchanges, by URI; and the calendars of the institutions that were asked for, with a `mark`
    that is another whenever one of these is."""

    at: Mapping[str, WorkAtExchange]
    calendars: Mapping[str, KnownCalendar]
    mark: str = ""


def work_at(
    exchange: str, *, institution: str, institutions: Iterable[str], together: Iterable[str] | None = None
) -> WorkKept:
    """What is kept at one exchange, with the calendars of the institutions that take part; in one statement.

    The candidate dates are among it where it is said who sees them: `together`, as `queries.candidates` has it.
    """
    parts = [
        (_SCHEDULES.format(of="exchange"), (exchange,)),
        (_COUNTED.format(of="exchange"), (exchange,)),
        (f"{_TYPED} AND p.exchange = %s", (institution, exchange)),
        (f"{_CLOSED} AND k.exchange = %s", (institution, exchange)),
    ]
    if together is not None:
        parts.append((_CANDIDATES.format(which="c.exchange = %s"), (institution, institution, exchange)))
    there = _work(parts, institution, {*institutions, institution})
    if together is None or exchange not in there.at:
        return there
    at = there.at[exchange]
    visible = seen(at.candidates, asking=institution, together=together)
    return replace(there, at={exchange: replace(at, candidates=visible)})


def work_ahead(institution: str, *, go_until: date | None = None) -> WorkKept:
    """What an institution has still to do at all of its exchanges, with the working days of every institution as far as
    they are known to it; in one statement.

    Of the steps typed by hand, those that are done are not among them. The candidate dates are all that were not
    withdrawn, at whatever exchange: `rules.candidates.asked_of` says which are for the institution to answer. Which
    private rows are deleted until a day, is among it where that day is given.
    """
    parts = [
        (_SCHEDULES.format(of="institution"), (institution,)),
        (_COUNTED.format(of="institution"), (institution,)),
        (f"{_TYPED} AND p.done_by = ''", (institution,)),
        (_CLOSED, (institution,)),
        (_ASKED, (institution,)),
        (_CANDIDATES.format(which="c.withdrawn_at IS NULL"), (institution, institution)),
    ]
    if go_until:
        parts.append((_GO, (institution, go_until.isoformat())))
    return _read(parts, working_days_statement(asking=institution), institution, {institution})


def _work(parts: Sequence[tuple[str, tuple[str, ...]]], institution: str, of: set[str]) -> WorkKept:
    return _read(parts, calendars_statement(tuple(sorted(of)), asking=institution), institution, of)


_OF_EXCHANGES: Final = frozenset({"schedule", "counted", "step", "closing", "candidate", "go", "translation"})


def _read(
    parts: Sequence[tuple[str, tuple[str, ...]]],
    around: tuple[str, tuple[str, ...]],
    institution: str,
    of: set[str],
) -> WorkKept:
    calendars, values = around
    statement = " UNION ALL ".join([*(each for each, _ in parts), calendars])
    given = (*(value for _, each in parts for value in each), *values)
    by_exchange: dict[str, list[tuple[Any, ...]]] = {}
    days: list[tuple[Any, ...]] = []
    for row in selected(f"{statement} ORDER BY 5, 2", given):
        if row[0] in _OF_EXCHANGES:
            by_exchange.setdefault(row[2], []).append(row)
        else:
            days.append(row)
    wanted = sorted(of | institutions_of(days))
    return WorkKept(
        at={exchange: _kept_at(rows, institution) for exchange, rows in by_exchange.items()},
        calendars=calendars_in(days, wanted, asking=institution),
        mark=_mark(days),
    )


def _mark(rows: Sequence[tuple[Any, ...]]) -> str:
    return blake2b(repr(rows).encode(), digest_size=16).hexdigest()


def _kept_at(rows: Sequence[tuple[Any, ...]], institution: str) -> WorkAtExchange:
    steps: list[WorkStep] = []
    done: list[WorkStep] = []
    schedules: list[ScheduleKept] = []
    dates: list[Candidate] = []
    closed_at, go = "", None
    translations: list[KeptTranslation] = []
    kept: dict[str, dict[tuple[str, str], KeptStep]] = {}
    for what, pk, exchange, whose, *rest in rows:
        match what:
            case "schedule":
                schedules.append(_schedule(exchange, whose, rest))
            case "counted":
                step = _kept_step(rest)
                kept.setdefault(whose, {})[step.code, step.acting] = step
            case "step":
                typed = _typed_step(pk, rest)
                (done if typed.done_by else steps).append(typed)
            case "candidate":
                dates.append(_candidate(pk, whose, rest, institution))
            case "go":
                go = (int(rest[0]), date.fromisoformat(rest[1]))
            case "translation":
                translations.append(_asked(exchange, rest))
            case _:
                closed_at = written(rest[0])
    full = [_with_kept(each, kept.get(each.institution, {})) for each in schedules]
    return WorkAtExchange(
        own=OwnRows(
            steps=tuple(sorted(steps, key=by_due)),
            done=tuple(sorted(done, key=lambda step: step.done_at, reverse=True)),
            closed_at=closed_at,
        ),
        schedule=next((each for each in full if each.institution == institution), None),
        theirs=tuple(each for each in full if each.institution != institution),
        candidates=tuple(sorted(dates, key=lambda each: each.id)),
        go=go,
        translations=tuple(translations),
        mark=_mark(rows),
    )


def _with_kept(schedule: ScheduleKept, kept: Mapping[tuple[str, str], KeptStep]) -> ScheduleKept:
    return ScheduleKept(**{**schedule.__dict__, "kept": kept})


def _schedule(exchange: str, institution: str, columns: Sequence[str]) -> ScheduleKept:
    steps, programme, form, edition, template, counted_for, newest, _, _, _, _, _, by, at = columns
    return ScheduleKept(
        institution=institution,
        exchange=exchange,
        template=TemplateEdition(
            id=int(template), programme=programme, form=form, edition=int(edition), steps=steps_kept(steps)
        ),
        newest=int(newest),
        counted_for=counted_for,
        by=by,
        at=written(at),
    )


def _kept_step(columns: Sequence[str | None]) -> KeptStep:
    code, acting, day, done_at, done_by, done_for, evidence, aside_at, aside_by, why, together, *more = columns
    taken_by, words, anew_at = more
    return KeptStep(
        code=code or "",
        acting=acting or "",
        day=date.fromisoformat(day) if day else None,
        done_at=written(done_at),
        done_by=done_by or "",
        done_for=done_for or "",
        evidence=evidence or "",
        aside_at=written(aside_at),
        aside_by=aside_by or "",
        why=why or "",
        together=together or "",
        taken_by=taken_by or "",
        words=words or "",
        anew_at=written(anew_at),
    )


def _typed_step(pk: int, columns: Sequence[str]) -> WorkStep:
    what, who, due, done_at, done_by, taken_by, *_rest = columns
    return WorkStep(id=pk, what=what, who=who, due=due, done_at=written(done_at), done_by=done_by, taken_by=taken_by)


def _candidate(pk: int, institution: str, columns: Sequence[str | None], asking: str) -> Candidate:
    first, last, withdrawn_at, says, *_rest, by, at = columns
    assert first
    assert last
    return Candidate(
        id=pk,
        institution=institution,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
        by=by or "",
        at=written(at),
        withdrawn_at=written(withdrawn_at),
        said=(DateAnswer(of=asking, kept_by=asking, says=Says(says)),) if says else (),
    )


def _asked(exchange: str, columns: Sequence[str | None]) -> KeptTranslation:
    record, path, language, made_of, made_by, made_at, person, who, due, *_rest = (each or "" for each in columns)
    return KeptTranslation(
        exchange=exchange,
        at=TranslationPlace(record=record, path=path, language=language),
        made_of=made_of,
        made_by=made_by,
        made_at=written(made_at),
        person=person,
        who=who,
        due=due,
        asked=True,
    )


def templates(institution: str) -> tuple[TemplateEdition, ...]:
    """The newest edition of each template of an institution; those for any programme first."""
    rows = TemplateRow.objects.filter(institution=institution).order_by("programme", "form", "edition")
    return tuple({(row.programme, row.form): _edition(row) for row in rows}.values())


def template(institution: str, *, programme: str, form: str) -> TemplateEdition | None:
    """The newest edition of the template for exchanges of a form under a programme: its own, else the one for any."""
    rows = TemplateRow.objects.filter(institution=institution, form=form, programme__in={programme, ""})
    row = rows.order_by("-programme", "-edition").first()
    return _edition(row) if row else None


def _edition(row: TemplateRow) -> TemplateEdition:
    return TemplateEdition(
        id=row.pk,
        programme=row.programme,
        form=row.form,
        edition=row.edition,
        steps=steps_kept(row.steps),
        by=row.by,
        at=row.at,
    )


def institutions_with_schedules() -> tuple[str, ...]:
    """The institutions that have a schedule, or a step typed by hand that is not done."""
    rows = selected(
        "SELECT institution FROM planning_schedule UNION SELECT institution FROM planning_step WHERE done_by = '' "
        "ORDER BY 1",
        (),
    )
    return tuple(row[0] for row in rows)
