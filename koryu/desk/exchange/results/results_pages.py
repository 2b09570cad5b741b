"""The page of what comes of an exchange: its summary, reports, and what was promised."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.begin_part import parts_to_begin
from koryu.desk.exchange.results.results_work import FOLLOW_UP, REPORT, SUMMARY, ResultsWork, results_work
from koryu.desk.exchange.work_frame import frame_of
from koryu.institutions import rules as roles
from koryu.values.reason import Reason

# What a promise is made: the kinds of record that can be begun from it.
MADE: Final = ("outcome", "service")


@staff
@require_safe
def results(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What comes of one exchange."""
    return page_of(request, me, results_work(me, slug), slug)


def page_of(
    request: HttpRequest,
    me: CurrentUser,
    there: ResultsWork,
    name: str,
    *,
    typed: dict[str, str] | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with what was `typed` into one of its forms, and the `problem` where something was not done."""
    frame = frame_of(there.work, name, texts=there.every)
    led_to = {uri for promise in there.promises for uri in promise.led_to} - there.lines.keys()
    lines = archive.lines_named(led_to, asking=me.institution, besides=there.lines) if led_to else there.lines
    return frame.page(
        request,
        me,
        "desk/exchange/results.html",
        lines=lines,
        status=status,
        summaries=there.of(SUMMARY),
        reports=there.of(REPORT),
        promises=there.promises,
        to_begin={beginning.kind for beginning in parts_to_begin(me, there.work, frame.texts)},
        may_promise=roles.may_draft(role=me.role, kind=FOLLOW_UP),
        takes_part=me.institution in there.work.institutions,
        made=MADE,
        origin=request.GET.get("from", ""),
        typed=typed or {},
        today=clock.today(),
        problem=problem,
    )
