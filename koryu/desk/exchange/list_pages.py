"""The list of our exchanges: by how far each has come, with a sentence that says how it stands."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.archive.queries import CurrentLine, ExchangePage
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.exchanges_gathered import PageAsked, gather_exchanges
from koryu.desk.exchange.exchanges_listed import ListedExchange, listed_exchanges
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.planning.rules.status import Stage


@staff
@require_safe
def exchanges(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Our exchanges by how far each has come; what is closed is folded, and of what is long there is a page at once."""
    today, asked = clock.today(), PageAsked.of(request.GET)
    gathered = gather_exchanges(me, today, asked)
    past, held = gathered.current.past, gathered.current.held
    listed = sorted(listed_exchanges(me, gathered, today), key=_by_date)
    # Of those that were looked at one by one, the ones that come between what stands on this page.
    closed = [each for each in _in_stage(Stage.CLOSED, listed) if _is_on(each, past, asked.past)][::-1]
    to_close = [each for each in _in_stage(Stage.TO_CLOSE, listed) if asked.held == 1 or _is_in(each, held)]
    shown = {stage: _in_stage(stage, listed) for stage in Stage}
    number = {stage: len(each) for stage, each in shown.items()}
    number[Stage.CLOSED] += past.number - len(past.lines)
    number[Stage.TO_CLOSE] += held.number - len(held.lines)
    shown[Stage.TO_CLOSE] = to_close
    partners = {uri for each in listed for uri in each.partners}
    naming = {uri for each in listed for reason in each.status.says for uri in _named(reason.values.values())}
    return render_page(
        request,
        me,
        "desk/exchange/list.html",
        naming=naming | partners,
        known=gathered.current.named,
        stages=[(stage, shown[stage], number[stage]) for stage in Stage if stage is not Stage.CLOSED],
        closed=closed,
        number_closed=number[Stage.CLOSED],
        asked=asked,
        asked_held=replace(asked, which="held"),
        pages_closed=past.pages,
        pages_held=held.pages,
        any=bool(listed),
        may_begin=roles.may_draft(role=me.role, kind="exchange"),
    )


def _is_on(listed: ListedExchange, page: ExchangePage, number: int) -> bool:
    """Whether an exchange that is closed stands on this page: between the last one of the page before, and its own
    last one; on the last page, everything that is earlier."""
    if _is_in(listed, page):
        return True
    after, until = _of_line(page.before), _of_line(page.lines[-1] if page.lines else None)
    when = _by_date(listed)
    return (after is None or when < after) and (number >= page.pages or until is None or when > until)


def _is_in(listed: ListedExchange, page: ExchangePage) -> bool:
    return listed.plan is not None and listed.plan in page.lines


def _of_line(current: CurrentLine | None) -> tuple[date, str] | None:
    return (current.line.earliest or date.max, current.line.slug) if current else None


def _by_date(listed: ListedExchange) -> tuple[date, str]:
    return (listed.date.earliest if listed.date else date.max, listed.name)


def _in_stage(stage: Stage, listed: Iterable[ListedExchange]) -> list[ListedExchange]:
    return [each for each in listed if each.status.stage is stage]


def _named(values: Iterable[object]) -> set[str]:
    """The records among the values of a sentence."""
    return {uri for value in values if isinstance(value, tuple) for uri in value}
