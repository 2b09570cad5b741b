"""What is to be done at all exchanges of an institution, counted from what is on record of each: for To do, and for
reminders."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation, Drafted
from koryu.ledger import queries as ledger
from koryu.planning.queries import WorkStep
from koryu.planning.queries.schedules import WorkAtExchange, WorkKept, institutions_with_schedules, work_ahead
from koryu.planning.rules.institution_days import OwnCalendar
from koryu.planning.rules.planned_exchange import PlannedExchange, planned_exchange, schedule_asked
from koryu.planning.rules.schedule.calendar_moves import changed_last, moved_by_calendars
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine, StepState, TypedStep, schedule_lines
from koryu.planning.rules.schedule.step_conditions import LettersAt, LettersSent
from koryu.records.document import Document
from koryu.values.text import Text
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class ExchangeAhead:
    """The lines of the schedule of one exchange, and what it is called; `slug` is '' where nothing of it stands.

    `since` is when the schedule was begun, '' where there is none.
    """

    uri: str
    title: Text | None
    slug: str
    institutions: tuple[str, ...]
    lines: tuple[ScheduleLine, ...]
    since: str = ""


def lines_ahead(
    kept: WorkKept,
    *,
    institution: str,
    last: str,
    drafts: Iterable[Drafted],
    open_texts: Iterable[Consultation],
    today: date,
    without_schedule: bool = False,
    letters_at: Callable[[str], LettersAt] | None = None,
) -> tuple[ExchangeAhead, ...]:
    """Our steps, line by line, at the exchanges that have a schedule and are not closed; `kept` is `work_ahead`.

    In no statement as long as the ledger's `last` entry stays; else in two. Steps typed by hand at an exchange
    `without_schedule` are among them only if that is asked for. `letters_at` tells which letters an institution has
    sent at which exchange; it is asked, once, only where a step of a schedule is done by one.
    """
    wanted = tuple(sorted(uri for uri, at in kept.at.items() if _is_ahead(at, without_schedule)))
    if not wanted:
        return ()
    standing = archive.exchanges_with_parts(last, wanted, institution)
    lines = [each.line for core, parts in standing.values() for each in (*([core] if core else []), *parts)]
    documents = archive.documents_at(last, lines)
    drafted, proposed = tuple(drafts), {text.record: text for text in open_texts}
    calendars = {uri: known.days for uri, known in kept.calendars.items()}
    asking = [at.schedule for uri in wanted if (at := kept.at[uri]).schedule and at.schedule.asks_letters]
    letters = letters_at(institution) if letters_at and asking else None
    ahead = []
    for uri in wanted:
        waited = None if letters is None else letters.get(uri, {})
        ours, open_plan = [draft for draft in drafted if draft.record == uri], proposed.get(uri)
        key = (
            *(institution, uri, last, today.isoformat(), kept.at[uri].mark, kept.mark),
            *((open_plan.version, str(open_plan.declined)) if open_plan else ()),
            *(repr(draft.content) for draft in ours),
            repr(waited),
        )

        def count(
            uri: str = uri,
            ours: list[Drafted] = ours,
            open_plan: Consultation | None = open_plan,
            waited: LettersSent | None = waited,
        ) -> ExchangeAhead | None:
            planned = _planned(uri, standing[uri], documents, open_plan, tuple(ours))
            return _counted(
                kept.at[uri], planned, standing[uri][0], calendars, waited, institution=institution, today=today
            )

        if counted := _COUNTED.get(key, count):
            ahead.append(counted)
    return tuple(ahead)


class CountedBefore:
    """What was counted, by all that it was counted from: nearly always the same as when a page was read last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, ...], ExchangeAhead | None] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, ...], count: Callable[[], ExchangeAhead | None]) -> ExchangeAhead | None:
        """What was counted from this before, else what is counted now."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        counted = count()
        with self._lock:
            self._kept[key] = counted
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return counted


# As many as a busy institution plans at once: a round of tending asks of each twice.
_COUNTED: Final = CountedBefore(most=600)


def _counted(
    at: WorkAtExchange,
    planned: PlannedExchange,
    core: archive.CurrentLine | None,
    calendars: Mapping[str, OwnCalendar],
    letters: LettersSent | None,
    *,
    institution: str,
    today: date,
) -> ExchangeAhead | None:
    """The lines of one exchange; None where nothing is known of it."""
    if not (core or planned.content):
        return None
    asked = schedule_asked(
        planned,
        me=institution,
        steps=at.schedule.template.steps if at.schedule else (),
        calendars=calendars,
        today=today,
        kept=at.schedule.kept if at.schedule else {},
        typed=map(typed_step, at.own.steps),
        only_ours=True,
        letters=letters,
    )
    return ExchangeAhead(
        uri=planned.uri,
        title=core.line.title if core else title_of(planned.content),
        slug=core.line.slug if core else "",
        institutions=planned.institutions,
        lines=schedule_lines(asked, today),
        since=at.schedule.at if at.schedule else "",
    )


def _is_ahead(at: WorkAtExchange, without_schedule: bool) -> bool:
    return bool(at.schedule or (without_schedule and at.own.steps)) and not at.own.closed_at


def _planned(
    uri: str,
    standing: tuple[archive.CurrentLine | None, tuple[archive.CurrentLine, ...]],
    documents: Mapping[str, Document],
    open_plan: Consultation | None,
    drafts: tuple[Drafted, ...],
) -> PlannedExchange:
    core, parts = standing
    return planned_exchange(
        uri,
        plan=core,
        parts=parts,
        documents=documents,
        open_plan=open_plan,
        drafts=[draft for draft in drafts if draft.record == uri],
    )


def typed_step(step: WorkStep) -> TypedStep:
    """A step typed by hand, as a schedule has it."""
    return TypedStep(
        id=step.id,
        what=step.what,
        who=step.who,
        due=step.date,
        done_at=step.done_at,
        done_by=step.done_by,
        taken_by=step.taken_by,
    )


@dataclass(frozen=True, kw_only=True)
class AskedStep:
    """A step of which the people of an institution are reminded: of which exchange, by when, and at which stage.

    `taken_by` is who does it; '' while nobody has said so. `key` names the step at its exchange. Of one that has moved
    with a calendar, `before` is the day it had, and `acting` who does it.
    """

    institution: str
    exchange: str
    title: Text | None
    slug: str
    what: Text | str
    due: str
    stage: str
    taken_by: str
    key: str
    before: str = ""
    acting: str = ""


# A step is reminded of when it is soon due, on its day, and once it has been late for five days.
STAGE_SOON, STAGE_TODAY, STAGE_LATE = "soon", "today", "late"
# And once its counted day has moved, for working days are others.
STAGE_MOVED: Final = "moved"
_LATE_AFTER: Final = 5


def asked(today: date, *, letters_at: Callable[[str], LettersAt] | None = None) -> tuple[AskedStep, ...]:
    """Everything of which somebody is to be reminded today, at all institutions here; for `letters_at` see there."""
    every = institutions_with_schedules()
    return tuple(step for institution in every for step in _asked_at(institution, today, letters_at))


def ahead_of(
    institution: str,
    today: date,
    *,
    without_schedule: bool = False,
    letters_at: Callable[[str], LettersAt] | None = None,
) -> tuple[ExchangeAhead, ...]:
    """`lines_ahead` of an institution, with all that they are counted from."""
    return lines_ahead(
        work_ahead(institution),
        **_around(institution),
        today=today,
        without_schedule=without_schedule,
        letters_at=letters_at,
    )


def _around(institution: str) -> dict[str, Any]:
    """What the plans of an institution are read from, besides what it keeps to itself."""
    last = ledger.last_digest()
    return {
        "institution": institution,
        "last": last,
        "drafts": consent.drafts_for(institution),
        "open_texts": consent.unsettled_at(last),
    }


def _asked_at(institution: str, today: date, letters_at: Callable[[str], LettersAt] | None) -> Iterator[AskedStep]:
    kept, around = work_ahead(institution), _around(institution)
    for ahead in lines_ahead(kept, **around, today=today, without_schedule=True, letters_at=letters_at):
        for line in ahead.lines:
            if line.is_open and (step := _asked_of(institution, ahead, line, today)):
                yield step
    yield from _moved_at(kept, **around, today=today, letters_at=letters_at)


def _moved_at(
    kept: WorkKept,
    *,
    institution: str,
    last: str,
    drafts: tuple[Drafted, ...],
    open_texts: Iterable[Consultation],
    today: date,
    letters_at: Callable[[str], LettersAt] | None,
) -> Iterator[AskedStep]:
    """The steps of our schedules whose counted day has moved with a calendar; nearly always none, and nothing asked."""
    calendars = {uri: known.days for uri, known in kept.calendars.items()}
    changed = changed_last(calendars, today=today)
    # One that was begun later was counted in what was said by then.
    wanted = sorted(
        uri for uri, at in kept.at.items() if at.schedule and at.schedule.at < changed and not at.own.closed_at
    )
    if not wanted:
        return
    standing = archive.exchanges_with_parts(last, tuple(wanted), institution)
    lines = [each.line for core, parts in standing.values() for each in (*([core] if core else []), *parts)]
    documents = archive.documents_at(last, lines)
    proposed, letters = {text.record: text for text in open_texts}, letters_at(institution) if letters_at else {}
    for uri in wanted:
        schedule = kept.at[uri].schedule
        assert schedule
        planned = _planned(uri, standing[uri], documents, proposed.get(uri), drafts)
        asked_now = schedule_asked(
            planned,
            me=institution,
            steps=schedule.template.steps,
            calendars=calendars,
            today=today,
            kept=schedule.kept,
            letters=letters.get(uri, {}),
        )
        core = standing[uri][0]
        for move in moved_by_calendars(asked_now, calendars, since=schedule.at, today=today):
            yield AskedStep(
                institution=institution,
                exchange=uri,
                title=core.line.title if core else title_of(planned.content),
                slug=core.line.slug if core else uri.rpartition("/")[2],
                what=move.line.words,
                due=move.after.isoformat(),
                stage=STAGE_MOVED,
                taken_by=move.line.taken_by,
                key=f"{move.line.code}@{move.line.acting} {move.before} {move.on}",
                before=move.before.isoformat(),
                acting="" if move.line.is_ours else move.line.acting,
            )


def _asked_of(institution: str, ahead: ExchangeAhead, line: ScheduleLine, today: date) -> AskedStep | None:
    stage = stage_of(line, today)
    if not stage:
        return None
    return AskedStep(
        institution=institution,
        exchange=ahead.uri,
        title=ahead.title,
        slug=ahead.slug or ahead.uri.rpartition("/")[2],
        what=line.words,
        due=str(line.due),
        stage=stage,
        taken_by=line.taken_by,
        key=line.code or line.promise or f"typed:{line.typed}",
    )


def stage_of(line: ScheduleLine, today: date) -> str:
    """At which stage somebody is reminded of a step; '' where nobody is."""
    if line.latest is None or line.state not in (StepState.LATE, StepState.SOON):
        return ""
    if line.state is StepState.SOON:
        return STAGE_TODAY if line.latest == today else STAGE_SOON
    # Until it has been late for some days, it is still its day: a reminder that was not written then is written now.
    return STAGE_LATE if (today - line.latest).days >= _LATE_AFTER else STAGE_TODAY
