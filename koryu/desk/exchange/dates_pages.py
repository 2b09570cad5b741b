"""Finding dates for an exchange: what is asked, what is possible for all with what speaks against it, and taking it."""

from datetime import date, timedelta
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.candidates.candidates_view import shown_among
from koryu.desk.exchange.dates_ask import not_before, typed_ask
from koryu.desk.exchange.dates_picture import year_view
from koryu.desk.exchange.dates_rows import stretch_rows
from koryu.desk.exchange.dates_taken import take_dates
from koryu.desk.exchange.dates_told import ask_of, dates_for, told_closest, told_excluded, told_stretches
from koryu.desk.exchange.work_frame import frame_of, named_on
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.schedule.earliest import earliest_for
from koryu.institutions import rules as roles
from koryu.planning.queries.schedules import WorkAtExchange, work_at
from koryu.planning.rules.periods import LATEST
from koryu.planning.rules.windows import AT_ONCE, Ask, ask_fails
from koryu.values.reason import Reason, Refused
from koryu.wording.dates import weekday_name
from koryu.wording.languages import active_reader

# All stretches, once they are asked for: one for each day of three years would be more than a page.
_ALL: Final = 400


@staff
def dates(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The dates that are possible; a button writes one of them into our draft."""
    if roles.may_plan(role=me.role):
        raise Http404
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, problem=SIGNED_OUT if late else None)
    try:
        first = _day(request.POST, "arrival")
        last = first + timedelta(days=_length(request.POST) - 1)
        take_dates(request, me, work, first=first, last=last)
    except Refused as refused:
        return _page(request, me, exchange_for(me, slug), slug, problem=refused.reason, status=409)
    messages.success(request, _("The dates were written into the draft. Nothing was sent to anyone."))
    return HttpResponseRedirect(reverse("desk:exchange-plan", kwargs={"slug": slug}))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    today, typed = clock.today(), request.GET
    suggested = ask_of(work, today)
    wrong = None
    ask = suggested
    if "first" in typed:
        try:
            ask = typed_ask(typed, suggested)
        except Refused as refused:
            wrong = refused.reason
    wrong = wrong or ask_fails(ask)
    together = shown_among(work)
    there = work_at(work.uri, institution=me.institution, institutions=work.institutions, together=together)
    calendars = {uri: there.calendars[uri] for uri in work.institutions}
    kept = there.at.get(work.uri, WorkAtExchange())
    may_take = bool(work.own_plan or (work.plan and not work.open_plan))
    earliest = None if wrong else earliest_for(me, work, ask, there, today=today)
    if earliest and "first" not in typed:
        ask = not_before(ask, earliest)
    came_to = None if wrong else dates_for(ask, calendars, today, most=_ALL if typed.get("all") else AT_ONCE)
    return render_page(
        request,
        me,
        "desk/exchange/dates.html",
        naming={*named_on(work), *(each.institution for each in kept.candidates)},
        known=work.named,
        status=status,
        **frame_of(work, name).variables,
        ask=ask,
        typed=typed if "first" in typed else {},
        wrong=wrong if "first" in typed or not _says_nothing(wrong, suggested) else None,
        to_say=wrong,
        came_to=came_to,
        stretches=told_stretches(came_to, me=me.institution) if came_to else (),
        stretch_rows=stretch_rows,
        excluded=told_excluded(came_to, me=me.institution) if came_to else (),
        closest=told_closest(came_to, me=me.institution) if came_to else (),
        unknown=[uri for uri, known in calendars.items() if not known.days.country and known.days.uses_holidays],
        # A week that begins on a Monday.
        weekdays=[weekday_name(date(2024, 1, 1 + place), language=active_reader().tag) for place in range(7)],
        may_take=may_take,
        earliest=earliest,
        year=year_view(work, ask, calendars, kept.candidates, typed, today=today),
        problem=problem,
    )


def _says_nothing(wrong: Reason | None, ask: Ask) -> bool:
    """Whether all that is wrong is that nothing was typed yet."""
    return wrong is not None and not ask.hosts and not ask.online


def _day(typed: QueryDict, name: str) -> date:
    try:
        day = date.fromisoformat(typed.get(name, ""))
    except ValueError:
        raise Refused(Reason("Choose the day of arrival.")) from None
    if day > LATEST:
        raise Refused(Reason("Enter days between 1970 and 2100."))
    return day


def _length(typed: QueryDict) -> int:
    written = typed.get("length", "")
    if not (written.isascii() and written.isdecimal()) or len(written) > 3 or int(written) < 1:
        raise Refused(Reason("Say how many days the trip and the meetings last."))
    return int(written)
