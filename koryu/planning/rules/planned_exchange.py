"""An exchange as its schedule of work is counted: its days, who hosts, and what the record says of its parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

from koryu.archive.queries import CurrentLine
from koryu.consent.queries import Consultation, Drafted, ExchangeWork
from koryu.planning.rules.institution_days import OwnCalendar, days_of
from koryu.planning.rules.schedule.due_days import AnchorDay, WorkingDays
from koryu.planning.rules.schedule.moved_dates import anchors_of
from koryu.planning.rules.schedule.schedule_lines import KeptStep, ScheduleAsked, TypedStep
from koryu.planning.rules.schedule.schedule_steps import Anchor, ScheduleStep
from koryu.planning.rules.schedule.step_conditions import ExchangeOnRecord, LettersSent, PartOnRecord, ProposedPlan
from koryu.records.document import Document
from koryu.records.exchange import EventState, ExchangeForm
from koryu.values.edtf import Edtf

_RECORDED: Final = "recorded"
_BY_LETTER: Final = "agreed by letter"
# How far from an exchange its steps can lie: two years, and a third for the calendar around them.
_YEARS: Final = 3
# Days are known for these years alone.
_FIRST_YEAR: Final = 1970
_LAST_YEAR: Final = 2100


@dataclass(frozen=True, kw_only=True)
class PlannedExchange:
    """An exchange as its plan says it: what stands, else what is proposed, else our draft, else a partner's.

    `rests` where nothing is to be done for now: postponed without a date, or cancelled.
    """

    uri: str
    content: Mapping[str, Any]
    anchors: Mapping[str, AnchorDay]
    institutions: tuple[str, ...]
    hosts: tuple[str, ...]
    form: str
    state: str
    programme: str
    record: ExchangeOnRecord = field(default_factory=ExchangeOnRecord)

    @property
    def rests(self) -> bool:
        """Whether nothing is to be done for now."""
        if self.state == EventState.CANCELLED:
            return True
        return self.state == EventState.POSTPONED and Anchor.ARRIVAL not in self.anchors

    @property
    def is_online(self) -> bool:
        """Whether nobody travels."""
        return self.form == ExchangeForm.ONLINE


def planned_exchange(
    uri: str,
    *,
    plan: CurrentLine | None,
    parts: Iterable[CurrentLine],
    documents: Mapping[str, Document],
    open_plan: Consultation | None,
    drafts: Iterable[Drafted],
) -> PlannedExchange:
    """An exchange, of what stands of it and its parts with their `documents`, what is proposed, and drafts of it."""
    standing = documents.get(uri) if plan else None
    proposed = open_plan.content if open_plan else None
    drafted = next((draft.content for draft in drafts if draft.kind == "exchange"), None)
    content = standing.content() if standing else proposed or drafted or {}
    record = _on_record(plan, tuple(parts), documents, open_plan, content)
    event = content.get("event")
    state = str(event.get("state") or "") if isinstance(event, Mapping) else ""
    return PlannedExchange(
        uri=uri,
        content=content,
        anchors=anchors_of(content, agreed_at=record.agreed_at, first_session=_first_session(record)),
        institutions=_uris(content.get("institutions")),
        hosts=_uris(content.get("hosts")),
        form=str(content.get("form") or ""),
        state=state,
        programme=_programme(content),
        record=record,
    )


def planned_at_work(work: ExchangeWork) -> PlannedExchange:
    """The same, of all of one exchange that an institution may see."""
    lines = [part.line for part in work.parts] + ([work.plan.line] if work.plan else [])
    return planned_exchange(
        work.uri,
        plan=work.plan,
        parts=work.parts,
        documents=work.documents(lines) if lines else {},
        open_plan=work.open_plan,
        drafts=(*work.drafts, *work.shown),
    )


def schedule_asked(
    planned: PlannedExchange,
    *,
    me: str,
    steps: tuple[ScheduleStep, ...],
    calendars: Mapping[str, OwnCalendar],
    today: date,
    kept: Mapping[tuple[str, str], KeptStep] | None = None,
    typed: Iterable[TypedStep] = (),
    closed: bool = False,
    only_ours: bool = False,
    letters: LettersSent | None = None,
) -> ScheduleAsked:
    """What the schedule of an institution, `me`, is counted from; of whom no calendar is known, Monday to Friday.

    `letters` are those it has sent; None where they are not known.
    """
    arrival = planned.anchors.get(Anchor.ARRIVAL)
    year = arrival.day.year if arrival else today.year
    taking_part = (me,) if only_ours else tuple(dict.fromkeys((*planned.institutions, me)))
    return ScheduleAsked(
        me=me,
        steps=steps,
        hosts=planned.hosts,
        institutions=planned.institutions,
        anchors=planned.anchors,
        days={uri: working_days(calendars.get(uri), uri, year, today) for uri in taking_part},
        record=planned.record if letters is None else replace(planned.record, letters={me: letters}),
        kept=kept or {},
        typed=tuple(typed),
        rests=planned.rests or closed,
        only_ours=only_ours,
    )


def working_days(known: OwnCalendar | None, institution: str, year: int, today: date) -> WorkingDays:
    """The working days of an institution around a year, as far as they are known today."""
    first, last = max(year - _YEARS, _FIRST_YEAR), min(year + _YEARS, _LAST_YEAR)
    return _around(known or OwnCalendar(institution=institution), min(first, last), last, today)


@lru_cache(maxsize=64)
def _around(calendar: OwnCalendar, first: int, last: int, today: date) -> WorkingDays:
    """Kept: all exchanges of a year are counted in the same days."""
    # What keeps from meeting keeps nobody from work: periods say nothing of working days.
    works = OwnCalendar(
        institution=calendar.institution,
        country=calendar.country,
        subdivision=calendar.subdivision,
        uses_holidays=calendar.uses_holidays,
        overrides=calendar.overrides,
        announced=calendar.announced,
    )
    return WorkingDays.of(days_of(works, first=date(first, 1, 1), last=date(last, 12, 31), today=today))


def _on_record(
    plan: CurrentLine | None,
    parts: tuple[CurrentLine, ...],
    documents: Mapping[str, Document],
    open_plan: Consultation | None,
    content: Mapping[str, Any],
) -> ExchangeOnRecord:
    agreed = plan is not None and plan.line.basis != _RECORDED
    proposed = (
        ProposedPlan(
            by=open_plan.proposed.institution, at=open_plan.proposed.at, declined=open_plan.declined is not None
        )
        if open_plan
        else None
    )
    return ExchangeOnRecord(
        agreed_at=plan.at if plan and agreed else "",
        by_letter=plan is not None and plan.line.basis == _BY_LETTER,
        when=plan.line.date if plan else None,
        proposed=proposed,
        languages=_uris(content.get("languages")),
        parts=tuple(
            PartOnRecord(
                kind=part.line.kind,
                institution=part.line.summary.institution,
                at=part.at,
                content=documents[part.line.uri].content() if part.line.uri in documents else {},
                uri=part.line.uri,
            )
            for part in parts
        ),
    )


def _first_session(record: ExchangeOnRecord) -> Edtf | None:
    """The first day on which the timetable has a session."""
    sessions = [
        session
        for part in record.parts
        if part.kind == "timetable"
        for session in part.content.get("sessions") or ()
        if isinstance(session, Mapping) and session.get("date")
    ]
    days = [Edtf(str(session["date"])) for session in sessions]
    return min(days, key=lambda day: day.earliest, default=None)


def _programme(content: Mapping[str, Any]) -> str:
    listed = content.get("programmes")
    under = listed[0] if isinstance(listed, list | tuple) and listed else None
    return str(under.get("programme") or "") if isinstance(under, Mapping) else ""


def _uris(listed: Any) -> tuple[str, ...]:
    return tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list | tuple) else ()
