"""The list of our exchanges: by how far each has come, with a sentence that says how it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.archive.queries import CurrentLine, Line
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation, Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.render import render_page
from koryu.desk.todo.tasks import named_in
from koryu.institutions import rules as roles
from koryu.planning import queries as planning
from koryu.planning.queries import OwnRows
from koryu.planning.rules.exchange_facts import facts_of
from koryu.planning.rules.status import ExchangeStatus, Stage, status_of
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.values.uris import last_part
from koryu.wording.titles import title_of

# Of forty years of exchanges, the last ones; all of them when asked for.
_MOST_CLOSED: Final = 50


@dataclass(frozen=True, kw_only=True)
class ListedExchange:
    """An exchange in the list: what it is called and in addresses, its date as far as known, and how it stands."""

    name: str
    title: Text | None
    plan: CurrentLine | None
    date: Edtf | None
    partners: tuple[str, ...]
    status: ExchangeStatus


@dataclass(frozen=True, kw_only=True)
class ExchangeSources:
    """What the list is made of, whosever it is."""

    current: tuple[CurrentLine, ...]
    open: tuple[Consultation, ...]
    drafts: tuple[Drafted, ...]
    own: dict[str, OwnRows]
    named: dict[str, Line]


@staff
@require_safe
def exchanges(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Our exchanges by how far each has come; what is closed is folded."""
    gathered = _gather(me)
    listed = sorted(_listed(me, gathered, clock.today()), key=_by_date)
    closed = _in_stage(Stage.CLOSED, listed)[::-1]
    partners = {uri for each in listed for uri in each.partners}
    naming = {uri for each in listed for reason in each.status.says for uri in _named(reason.values.values())}
    return render_page(
        request,
        me,
        "desk/exchange/list.html",
        naming=naming | partners,
        known=gathered.named,
        stages=[(stage, _in_stage(stage, listed)) for stage in Stage if stage is not Stage.CLOSED],
        closed=closed if "all" in request.GET else closed[:_MOST_CLOSED],
        number_closed=len(closed),
        any=bool(listed),
        may_begin=roles.may_draft(role=me.role, kind="exchange"),
    )


def _gather(me: CurrentUser) -> ExchangeSources:
    current, named = archive.exchanges_of(me.institution)
    drafts, last = consent.drafts_at_exchanges(me.institution)
    unsettled = consent.unsettled_at(last)
    circles = {text.record: text.history.owners for text in unsettled if text.header.kind == "exchange"}
    circles |= {each.line.uri: frozenset(each.line.summary.institutions) for each in current}
    return ExchangeSources(
        current=current,
        open=unsettled,
        drafts=tuple(draft for draft in drafts if _may_see(me, draft, circles)),
        own=planning.open_rows(me.institution),
        named=named,
    )


def _may_see(me: CurrentUser, draft: Drafted, of_exchange: Mapping[str, frozenset[str]]) -> bool:
    """Whether a draft is ours, or is for us among those that partners show."""
    return me.institution == draft.institution or me.institution in consent.circle_with(
        draft.kind, draft.content, of_exchange=of_exchange
    )


def _listed(me: CurrentUser, gathered: ExchangeSources, today: date) -> Iterator[ListedExchange]:
    """Every exchange that stands, and those that are only proposed or drafted yet."""
    plans = {current.line.uri: current for current in gathered.current}
    ours = [text for text in gathered.open if me.institution in text.history.must_agree(text.version)]
    begun = [text.record for text in ours if text.header.kind == "exchange"]
    begun += [draft.record for draft in gathered.drafts if draft.kind == "exchange"]
    for uri in dict.fromkeys((*plans, *begun)):
        drafts = [draft for draft in gathered.drafts if draft.exchange == uri]
        open_texts = [text for text in ours if consent.exchange_of_matter(text) == uri]
        plan = plans.get(uri)
        facts = facts_of(
            me.institution,
            plan=plan,
            open_texts=open_texts,
            drafts=[draft for draft in drafts if draft.institution == me.institution],
            shown=[draft for draft in drafts if draft.institution != me.institution],
            own=gathered.own.get(uri, OwnRows()),
        )
        contents = [text.content or {} for text in open_texts if text.record == uri]
        contents += [draft.content for draft in drafts if draft.record == uri]
        yield ListedExchange(
            name=plan.line.slug if plan else last_part(uri),
            title=plan.line.title if plan else next(filter(None, map(title_of, contents)), None),
            plan=plan,
            date=plan.line.date if plan else next(filter(None, map(_first_date, contents)), None),
            partners=tuple(uri for uri in _institutions(plan, contents) if uri != me.institution),
            status=status_of(facts, today),
        )


def _institutions(plan: CurrentLine | None, contents: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    if plan:
        return tuple(plan.line.summary.institutions)
    return tuple(sorted(next((named for content in contents if (named := named_in(content))), ())))


def _first_date(content: object) -> Edtf | None:
    """The first date of a content that may be unfinished."""
    dates = content.get("dates") if isinstance(content, dict) else None
    first = dates[0].get("date") if isinstance(dates, list) and dates and isinstance(dates[0], dict) else None
    try:
        return Edtf(first) if isinstance(first, str) else None
    except Refused:
        return None


def _by_date(listed: ListedExchange) -> tuple[date, str]:
    return (listed.date.earliest if listed.date else date.max, listed.name)


def _in_stage(stage: Stage, listed: Iterable[ListedExchange]) -> list[ListedExchange]:
    return [each for each in listed if each.status.stage is stage]


def _named(values: Iterable[object]) -> set[str]:
    """The records among the values of a sentence."""
    return {uri for value in values if isinstance(value, tuple) for uri in value}
