"""A calendar: in which country an institution works, its periods and single days; our own, or a partner's for us."""

from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.calendar.said_of_days import how_sure, span
from koryu.desk.calendar.typed_periods import Typed, day_typed, period_typed, row_number, settings_typed
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.planning import actions, queries
from koryu.planning.rules.holidays import countries, edition
from koryu.planning.rules.periods import Effect, HowSure, Period, Repeat, ShownAs
from koryu.planning.rules.suggested import suggested
from koryu.sheets import clean
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.countries import countries_by_name, country_name
from koryu.wording.dates import days_of_year_in_words
from koryu.wording.languages import active_reader

_YEARS_TOLD: Final = 3
EFFECTS: Final[Mapping[Effect, str]] = {
    Effect.RULED_OUT: N_("not possible"),
    Effect.AVOIDED: N_("to be avoided"),
    Effect.KNOWN: N_("only to be known"),
}
REPEATS: Final[Mapping[Repeat, str]] = {
    Repeat.ONCE: N_("once"),
    Repeat.YEARLY: N_("each year"),
    Repeat.MONTHLY: N_("each month, on the same weekday"),
}
SHOWN_AS: Final[Mapping[ShownAs, str]] = {
    ShownAs.NOT_POSSIBLE: N_("the days, without words"),
    ShownAs.WORDS: N_("the days and the words"),
    ShownAs.NOTHING: N_("nothing"),
}
HOW_SURE: Final[Mapping[HowSure, str]] = {
    HowSure.FIXED: N_("fixed"),
    HowSure.USUAL: N_("usual"),
    HowSure.NOT_ANNOUNCED: N_("not announced yet"),
}


@staff
def calendar(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """One calendar; a form sent from here does one thing."""
    if roles.may_plan(role=me.role):
        raise Http404
    of = request.GET.get("of") or me.institution
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, of, typed=late or {}, problem=SIGNED_OUT if late else None)
    act = request.POST.get("act", "")
    if act not in _DO:
        raise Http404
    try:
        _DO[act](me, of, request.POST)
    except Refused as refused:
        return _page(request, me, of, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _(_DONE[act]))
    return HttpResponseRedirect(address_of(of, me=me.institution))


def address_of(institution: str, *, me: str) -> str:
    """Where the calendar of an institution is read."""
    return reverse("desk:calendar") + ("" if institution == me else f"?{urlencode({'of': institution})}")


def _page(
    request: HttpRequest,
    me: CurrentUser,
    of: str,
    *,
    typed: Typed,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = institutions_shown(me, of)
    known = queries.calendars([of], asking=me.institution)[of]
    today, tag = clock.today(), active_reader().tag
    is_ours = of == me.institution
    return render_page(
        request,
        me,
        "desk/calendar/calendar.html",
        naming=lines,
        known=lines,
        status=status,
        of=of,
        is_ours=is_ours,
        calendar=known.days,
        settings=known.settings_of(me.institution),
        theirs=None if is_ours else known.settings_of(of),
        partners=[uri for uri, line in lines.items() if line.kind == "institution" and uri != me.institution],
        countries=countries_by_name(countries(), tag),
        edition=edition(),
        sure=tuple(how_sure(known.days, range(today.year, today.year + _YEARS_TOLD), today=today, tag=tag)),
        suggested=suggested(known.days.country, today=today) if is_ours else (),
        taken={period.uid for period in known.days.periods if period.uid},
        span=span,
        days_of_year=lambda first, last: days_of_year_in_words(first, last, language=tag),
        country_name=lambda code: country_name(code, tag),
        choices={"effect": EFFECTS, "repeat": REPEATS, "shown": SHOWN_AS, "sure": HOW_SURE},
        typed=typed,
        problem=problem,
    )


def institutions_shown(me: CurrentUser, of: str) -> dict[str, Line]:
    """Our partners under programmes, ourselves, and the institution that is asked for. Raises Http404.

    In two statements.
    """
    programmes = archive.lines("programme", asking=me.institution)
    ours = [line for line in programmes if archive.takes_part(line, me.institution)]
    partners = {uri for line in ours for uri in line.summary.institutions}
    voices = {membership.institution for membership in me.memberships}
    lines = archive.lines_named({*partners, *voices, me.institution, of}, asking=me.institution)
    if of not in lines or lines[of].kind != "institution":
        raise Http404
    return lines


def _keep_settings(me: CurrentUser, of: str, typed: QueryDict) -> None:
    said = settings_typed(typed)
    actions.keep_settings(
        of=of,
        country=said.country,
        subdivision=said.subdivision,
        year_month=said.year_month,
        uses_holidays=said.uses_holidays,
        **_by(me),
    )


def _keep_period(me: CurrentUser, of: str, typed: QueryDict) -> None:
    number = row_number(typed, "period")
    before = _period(me, of, number) if number else None
    if number and before is None:
        raise Refused(actions.PERIOD_GONE)
    period = period_typed(typed, of=of, kept_by=me.institution, tag=active_reader().tag, before=before)
    actions.keep_period(period=period, **_by(me))


def _period(me: CurrentUser, of: str, number: int) -> Period | None:
    periods = queries.calendars([of], asking=me.institution)[of].days.periods
    return next((each for each in periods if each.id == number and each.kept_by == me.institution), None)


def _remove_period(me: CurrentUser, of: str, typed: QueryDict) -> None:
    actions.remove_period(institution=me.institution, period=row_number(typed, "period"), by=me.username)


def _keep_day(me: CurrentUser, of: str, typed: QueryDict) -> None:
    actions.keep_override(
        of=of,
        day=day_typed(typed.get("day", "")),
        works=typed.get("works") == "1",
        why=clean.line(typed.get("why", "")),
        **_by(me),
    )


def _remove_day(me: CurrentUser, of: str, typed: QueryDict) -> None:
    actions.remove_override(override=row_number(typed, "override"), **_by(me))


def _remove_year(me: CurrentUser, of: str, typed: QueryDict) -> None:
    country = queries.calendars([of], asking=me.institution)[of].days.country
    year = row_number(typed, "year")
    actions.remove_announced(country=country, year=year, **_by(me))


def _take_suggested(me: CurrentUser, of: str, typed: QueryDict) -> None:
    if of != me.institution:
        raise Http404
    country = queries.calendars([of], asking=me.institution)[of].days.country
    codes = typed.getlist("code")
    actions.take_suggested(codes=codes, country=country, today=clock.today(), **_by(me))


def _by(me: CurrentUser) -> dict[str, str]:
    return {"institution": me.institution, "by": me.username, "at": clock.now()}


_DO: Final[Mapping[str, Callable[[CurrentUser, str, QueryDict], None]]] = {
    "settings": _keep_settings,
    "period": _keep_period,
    "remove-period": _remove_period,
    "day": _keep_day,
    "remove-day": _remove_day,
    "remove-year": _remove_year,
    "suggested": _take_suggested,
}
_DONE: Final[Mapping[str, str]] = {
    "settings": N_("The country was saved."),
    "period": N_("The period was saved."),
    "remove-period": N_("The period was deleted."),
    "day": N_("The day was saved."),
    "remove-day": N_("The day was deleted."),
    "remove-year": N_("The holidays from the file were deleted."),
    "suggested": N_("The suggested periods were saved."),
}
