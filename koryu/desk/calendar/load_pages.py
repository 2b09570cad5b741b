"""Loading a calendar file into a calendar: what is new, changed, gone and not understood, before anything is kept."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from koryu.desk import clock
from koryu.desk.access import CurrentUser, said_by, staff
from koryu.desk.calendar.load_preview import FilePreview, preview_carried, preview_of
from koryu.desk.calendar.pages import EFFECTS, SHOWN_AS, address_of, institutions_shown
from koryu.desk.calendar.said_of_days import span
from koryu.desk.calendar.typed_periods import choice_typed
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.planning import actions, queries
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.loaded_periods import announced_days, compared, suggested_years, years_in
from koryu.planning.rules.periods import Effect, Period, ShownAs
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused
from koryu.wording.countries import country_name
from koryu.wording.languages import active_reader

# What a file holds: days of the institution, or the public holidays of its country as they were announced.
_PERIODS, _ANNOUNCED = "periods", "announced"


@staff
def load(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """The file is chosen, then shown; a second button keeps what was shown."""
    if roles.may_plan(role=me.role):
        raise Http404
    of = request.GET.get("of") or me.institution
    known = queries.calendars([of], asking=me.institution)[of]
    if request.method != "POST":
        return _shown_again(request, me, of, known)
    holds = request.POST.get("holds", "")
    act = request.POST.get("act", "")
    if act not in ("read", "load") or holds not in (_PERIODS, _ANNOUNCED):
        raise Http404
    tag = active_reader().tag
    preview = None
    try:
        if holds == _ANNOUNCED and not known.days.country:
            raise Refused(Reason("Say first in which country the institution works."))
        if act == "read":
            uploaded = request.FILES.get("file")
            preview = preview_of(uploaded, of=of, calendar=known.days, reader=tag, today=clock.today())
            return _page(request, me, of, known, preview=preview, holds=holds)
        carried = request.POST.get("carried", "")
        preview = preview_carried(carried, of=of, country=known.days.country, reader=tag)
        _KEEP[holds](me, of, known, preview, request.POST)
    except Refused as refused:
        return _page(request, me, of, known, preview=preview, holds=holds, problem=refused.reason, status=409)
    messages.success(request, _("The file was loaded."))
    return HttpResponseRedirect(address_of(of, me=me.institution))


def _shown_again(request: HttpRequest, me: CurrentUser, of: str, known: KnownCalendar) -> HttpResponse:
    """The page; where the session had ended when a preview was confirmed, that preview again."""
    late = typed_too_late(request)
    if not late or not late.get("carried"):
        return _page(request, me, of, known)
    try:
        preview = preview_carried(str(late["carried"]), of=of, country=known.days.country, reader=active_reader().tag)
    except Refused as refused:
        return _page(request, me, of, known, problem=refused.reason)
    return _page(request, me, of, known, preview=preview, holds=late.get("holds", _PERIODS), problem=SIGNED_OUT)


def _page(
    request: HttpRequest,
    me: CurrentUser,
    of: str,
    known: KnownCalendar,
    *,
    preview: FilePreview | None = None,
    holds: str = _PERIODS,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = institutions_shown(me, of)
    tag = active_reader().tag
    days = preview.days if preview else ()
    years = {year: count for year, count in years_in(days).items() if year >= clock.today().year}
    return render_page(
        request,
        me,
        "desk/calendar/load.html",
        naming=lines,
        known=lines,
        status=status,
        of=of,
        is_ours=of == me.institution,
        country=country_name(known.days.country, tag) if known.days.country else "",
        preview=preview,
        holds=holds,
        comparison=compared(days, _kept(me, known)) if preview and holds == _PERIODS else None,
        years=years,
        suggested_years=suggested_years(years),
        span=span,
        effects=EFFECTS,
        shown_as=SHOWN_AS,
        typed=request.POST if request.method == "POST" else {},
        problem=problem,
    )


def _kept(me: CurrentUser, known: KnownCalendar) -> list[Period]:
    return [period for period in known.days.periods if period.kept_by == me.institution]


def _keep_periods(me: CurrentUser, of: str, known: KnownCalendar, preview: FilePreview, typed: QueryDict) -> None:
    """Those that are unchanged in the file are kept as they are, whatever was chosen for the others."""
    comparison = compared(preview.days, _kept(me, known))
    is_ours = of == me.institution
    said = Period(
        of=of,
        kept_by=me.institution,
        first=clock.today(),
        last=clock.today(),
        effect=choice_typed(Effect, typed.get("effect", "")),
        shown=choice_typed(ShownAs, typed.get("shown", ShownAs.NOT_POSSIBLE)),
        source=preview.name if is_ours else "",
        told_by=clean.line(typed.get("told_by", "")) or ("" if is_ours else preview.name),
    )
    new = [replace(said, uid=each.uid, first=each.first, last=each.last, label=each.label) for each in comparison.new]
    changed = [
        replace(period, first=each.first, last=each.last, label=each.label) for period, each in comparison.changed
    ]
    gone = [period.id for period in comparison.gone] if typed.get("gone") else []
    actions.load_periods(
        of=of, periods=[*comparison.unchanged, *changed, *new], gone=gone, file=preview.file, **said_by(me)
    )


def _keep_announced(me: CurrentUser, of: str, known: KnownCalendar, preview: FilePreview, typed: QueryDict) -> None:
    years = {year for year in years_in(preview.days) if str(year) in typed.getlist("year")}
    actions.load_announced(
        country=known.days.country,
        days=announced_days(preview.days, years),
        lang=preview.lang,
        name=preview.name,
        file=preview.file,
        **said_by(me),
    )


_KEEP: Final[Mapping[str, Callable[[CurrentUser, str, KnownCalendar, FilePreview, QueryDict], None]]] = {
    _PERIODS: _keep_periods,
    _ANNOUNCED: _keep_announced,
}
