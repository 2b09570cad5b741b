"""The year plan: one budget year of an institution on one page, to be read and printed; nothing is done from here."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.agreements.register import register
from koryu.desk.exchange.exchanges_gathered import PageAsked, gather_exchanges
from koryu.desk.exchange.exchanges_listed import listed_exchanges
from koryu.desk.render import render_page
from koryu.desk.year.year_view import exchanges_in, groups_of, programmes_in, steps_in, terms_in
from koryu.institutions import rules as roles
from koryu.planning import queries as planning
from koryu.planning.rules.budget_year import FIRST_YEAR, LAST_YEAR, BudgetYear, year_of
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason


@staff
@require_safe
def this_year(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """The budget year in which we are."""
    month = _month(me)
    return _page(request, me, year_of(clock.today(), month or 1), is_known=month is not None)


@staff
@require_safe
def year_plan(request: HttpRequest, me: CurrentUser, /, year: int) -> HttpResponse:
    """A budget year of ours, called by the year in which it begins."""
    if not FIRST_YEAR <= year < LAST_YEAR:
        raise Http404
    month = _month(me)
    return _page(request, me, BudgetYear(year=year, month=month or 1), is_known=month is not None)


def _month(me: CurrentUser) -> int | None:
    """The month in which our budget year begins, where we have said so."""
    own = planning.calendars([me.institution], asking=me.institution)[me.institution]
    settings = own.settings_of(me.institution)
    return settings.year_month if settings else None


def _page(request: HttpRequest, me: CurrentUser, year: BudgetYear, *, is_known: bool) -> HttpResponse:
    today = clock.today()
    gathered = gather_exchanges(me, today, PageAsked(), falling_in=(year.first, year.last))
    listed = tuple(listed_exchanges(me, gathered, today))
    exchanges = exchanges_in(year, listed, today=today)
    drafts = [draft for draft in gathered.drafts if draft.institution == me.institution]
    programmes = programmes_in(year, planning.programmes_at(gathered.last, me.institution), drafts, today=today)
    terms = terms_in(
        year, register(archive.lines_of_agreements_at(gathered.last, me.institution), today=today), me.institution
    )
    steps, before = steps_in(year, gathered.own, gathered.ahead, {each.uri: each for each in listed})
    documents = archive.documents_at(gathered.last, [each.plan.line for each in exchanges if each.plan])
    named = {
        *(uri for each in programmes for uri in (*each.line.summary.institutions, *(each.coming.host.value or ()))),
        *(uri for each in exchanges for uri in (*each.partners, *each.hosts)),
        *(uri for each in terms for line in each.all for uri in line.summary.institutions),
        *_named(reason for each in exchanges for reason in each.status.says),
        *_named(reason for each in programmes for reason in (*each.because, *(why for _other, why in each.also))),
        *(uri for each in programmes for side, _why in each.coming.host.also for uri in side),
    }
    return render_page(
        request,
        me,
        "desk/year.html",
        naming=named,
        known={**gathered.current.named, **{each.line.uri: each.line for each in programmes}},
        year=year,
        span_of_year=Edtf(f"{year.first}/{year.last}"),
        month_of=lambda day: Edtf(f"{day:%Y-%m}"),
        is_known=is_known,
        years=[each for each in (year.year - 1, year.year + 1) if FIRST_YEAR <= each < LAST_YEAR],
        groups=groups_of(programmes),
        exchanges=exchanges,
        sizes={uri: size for uri, document in documents.items() if (size := document.content().get("planned_size"))},
        terms=terms,
        steps=steps,
        before=before if year.touches(today, today) else (),
        today=today,
        may_begin=roles.may_draft(role=me.role, kind="exchange") is None,
    )


def _named(reasons: Iterable[Reason]) -> set[str]:
    """The records among the values of sentences."""
    return {uri for reason in reasons for value in reason.values.values() if isinstance(value, tuple) for uri in value}
