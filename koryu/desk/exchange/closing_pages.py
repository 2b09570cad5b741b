"""Closing an exchange without ceremony: what is done, left open and with whom, who reads what, what goes when."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.left_open import left_open
from koryu.desk.exchange.work_frame import WorkFrame, frame_of
from koryu.desk.schedule.schedule_view import ScheduleView, schedule_view
from koryu.institutions import rules as roles
from koryu.planning.queries.relations_kept import RowsToGo, rows_to_go
from koryu.planning.rules.replies import REPLIES
from koryu.planning.rules.schedule.schedule_lines import StepState
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason

# What private rows are, by their sheet.
_ROWS: Final[Mapping[str, str]] = {
    "timetable": N_("meals, transfers and other rows of the timetable that are in no record: %(n)s"),
    REPLIES: N_("what a partner wrote of a text: %(n)s"),
    "translations": N_("who was asked for which translation: %(n)s"),
}
_OTHER_ROWS: Final = N_("private rows: %(n)s")


@staff
@require_safe
def closing(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What there is to be seen before an exchange is closed, or after it was; nothing here is a condition."""
    work = exchange_for(me, slug)
    plans = roles.may_plan(role=me.role) is None
    schedule = schedule_view(me, work, today=clock.today()) if plans else None
    lines = schedule.lines if schedule and schedule.kept else ()
    frame = frame_of(work, slug, ahead=schedule.next if schedule and lines else ())
    going, owed = rows_to_go(work.uri, institution=me.institution)
    return frame.page(
        request,
        me,
        "desk/exchange/closing.html",
        own=frame.own,
        done=tuple(_done(frame, schedule)),
        left_open=tuple(left_open(work, frame.own, lines=lines, translations=owed)),
        for_all=[text for text in frame.texts if text.current and text.current.public],
        for_us=[text for text in frame.texts if text.current and not text.current.public],
        to_go=[(Edtf(each.day.isoformat()), _to_go(each)) for each in going],
        may_note=roles.may_note(role=me.role),
    )


def _done(frame: WorkFrame, schedule: ScheduleView | None) -> Iterator[Reason]:
    """What was done, in sentences: texts that stand, then steps."""
    texts = [text for text in frame.texts if text.current]
    if held := [text for text in texts if text.kind == "exchange"]:
        yield Reason("the plan: %(says)s", says=held[0].says[0])
    if others := len(texts) - len(held):
        yield Reason("texts on record besides the plan: %(n)s", n=others)
    if frame.own.done:
        yield Reason("steps done: %(n)s", n=len(frame.own.done) + _counted(schedule))
    elif counted := _counted(schedule):
        yield Reason("steps done: %(n)s", n=counted)


def _counted(schedule: ScheduleView | None) -> int:
    lines = schedule.lines if schedule and schedule.kept else ()
    return sum(line.state is StepState.DONE and line.is_ours and not line.typed for line in lines)


def _to_go(rows: RowsToGo) -> Reason:
    return Reason(_ROWS.get(rows.sheet, _OTHER_ROWS), n=rows.number)
