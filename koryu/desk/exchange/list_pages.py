"""The list of our exchanges: by how far each has come, with a sentence that says how it stands."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Self, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.archive.queries import CurrentLine, ExchangePage, OwnExchanges
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation, Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.render import render_page
from koryu.desk.todo.tasks import named_in
from koryu.institutions import rules as roles
from koryu.planning import queries as planning
from koryu.planning.queries import OwnRows
from koryu.planning.queries.exchanges_ahead import lines_ahead
from koryu.planning.queries.schedules import work_ahead
from koryu.planning.rules.exchange_facts import facts_of, with_next_step
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine, next_of
from koryu.planning.rules.status import ExchangeStatus, Stage, status_of
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.values.uris import last_part
from koryu.wording.languages import active_reader
from koryu.wording.titles import title_of

_LONGEST_NUMBER: Final = 6
_T = TypeVar("_T")


@dataclass(frozen=True, kw_only=True)
class PageAsked:
    """Which page of the exchanges that are `past`, and of those that were `held` and are to be closed; `which` of them
    the numbers lead to."""

    past: int = 1
    held: int = 1
    which: str = "past"

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """What is asked for; what is no number counts as the first page."""
        return cls(past=_number(given.get("past", "")), held=_number(given.get("held", "")))

    @property
    def page(self) -> int:
        """The page one is on."""
        return self.past if self.which == "past" else self.held

    def at_page(self, number: int) -> str:
        """The address of another page of these; where the list of the others begins stays as it is."""
        asked = replace(self, past=number) if self.which == "past" else replace(self, held=number)
        pairs = {name: str(page) for name, page in (("past", asked.past), ("held", asked.held)) if page > 1}
        return f"?{urlencode(pairs)}#{'closed' if self.which == 'past' else 'to-close'}"


def _number(written: str) -> int:
    is_number = written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER
    return max(int(written), 1) if is_number else 1


@dataclass(frozen=True, kw_only=True)
class ListedExchange:
    """An exchange in the list: what it is called and in addresses, its date as far as known, and how it stands."""

    uri: str
    name: str
    title: Text | None
    plan: CurrentLine | None
    date: Edtf | None
    partners: tuple[str, ...]
    status: ExchangeStatus
    # Its programme year as it says it, '' where it does not; its hosts; how many are to travel, as far as is known.
    year: str = ""
    hosts: tuple[str, ...] = ()
    size: str = ""


@dataclass(frozen=True, kw_only=True)
class ExchangeSources:
    """What the list is made of, whosever it is."""

    current: OwnExchanges
    open: tuple[Consultation, ...]
    drafts: tuple[Drafted, ...]
    own: dict[str, OwnRows]
    last: str
    # What is next at the exchanges that have a schedule, first what is due first; for those who may plan.
    ahead: Mapping[str, tuple[ScheduleLine, ...]]


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


def gather_exchanges(
    me: CurrentUser, today: date, asked: PageAsked, *, falling_in: tuple[date, date] | None = None
) -> ExchangeSources:
    """All that a list of our exchanges is made of; with those that fall in a time, however long past, where one is
    asked for. In three statements, and four more where the ledger has grown since."""
    drafts, last = consent.drafts_at_exchanges(me.institution)
    unsettled, own = consent.unsettled_at(last), planning.open_rows(me.institution)
    ours = [text for text in unsettled if me.institution in text.history.must_agree(text.version)]
    contents = [*(draft.content for draft in drafts), *(text.content or {} for text in ours)]
    fall_in = archive.exchanges_between(last, me.institution, *falling_in) if falling_in else ()
    current = archive.exchanges_of(
        me.institution,
        last=last,
        worked_on=frozenset(
            (
                *(uri for uri, rows in own.items() if rows.steps),
                *(draft.exchange for draft in drafts),
                *(consent.exchange_of_matter(text) for text in ours),
                *(line.uri for line in fall_in),
            )
        ),
        closed=frozenset(uri for uri, rows in own.items() if rows.closed_at),
        besides=frozenset(membership.institution for membership in me.memberships).union(*map(named_in, contents)),
        today=today,
        past_page=asked.past,
        held_page=asked.held,
    )
    circles = {text.record: text.history.owners for text in unsettled if text.header.kind == "exchange"}
    circles |= {each.line.uri: frozenset(each.line.summary.institutions) for each in _every(current)}
    return ExchangeSources(
        current=current,
        open=tuple(ours),
        drafts=tuple(draft for draft in drafts if _may_see(me, draft, circles)),
        own=own,
        last=last,
        ahead=_ahead(me, last, drafts, unsettled, today) if roles.may_plan(role=me.role) is None else {},
    )


def _ahead(
    me: CurrentUser, last: str, drafts: Iterable[Drafted], open_texts: Iterable[Consultation], today: date
) -> dict[str, tuple[ScheduleLine, ...]]:
    kept = work_ahead(me.institution)
    ahead = lines_ahead(kept, institution=me.institution, last=last, drafts=drafts, open_texts=open_texts, today=today)
    return {each.uri: next_of(each.lines, len(each.lines)) for each in ahead}


def _every(current: OwnExchanges) -> tuple[CurrentLine, ...]:
    return (*current.others, *current.held.lines, *current.past.lines)


def _may_see(me: CurrentUser, draft: Drafted, of_exchange: Mapping[str, frozenset[str]]) -> bool:
    """Whether a draft is ours, or is for us among those that partners show."""
    return me.institution == draft.institution or me.institution in consent.circle_with(
        draft.kind, draft.content, of_exchange=of_exchange
    )


def listed_exchanges(me: CurrentUser, gathered: ExchangeSources, today: date) -> Iterator[ListedExchange]:
    """The exchanges of the page that stand, and those that are only proposed or drafted yet."""
    tag = active_reader().tag
    plans = {current.line.uri: current for current in _every(gathered.current)}
    open_of, drafts_of = (
        _by_exchange(gathered.open, consent.exchange_of_matter),
        _by_exchange(gathered.drafts, lambda draft: draft.exchange),
    )
    begun = [text.record for text in gathered.open if text.header.kind == "exchange"]
    begun += [draft.record for draft in gathered.drafts if draft.kind == "exchange"]
    for uri in dict.fromkeys((*plans, *begun)):
        drafts, open_texts, plan = drafts_of.get(uri, []), open_of.get(uri, []), plans.get(uri)
        facts = facts_of(
            me.institution,
            plan=plan,
            open_texts=open_texts,
            drafts=[draft for draft in drafts if draft.institution == me.institution],
            shown=[draft for draft in drafts if draft.institution != me.institution],
            own=gathered.own.get(uri, OwnRows()),
            today=today,
        )
        facts = with_next_step(facts, gathered.ahead.get(uri, ()), tag)
        contents = [text.content or {} for text in open_texts if text.record == uri]
        contents += [draft.content for draft in drafts if draft.record == uri]
        yield ListedExchange(
            uri=uri,
            name=plan.line.slug if plan else last_part(uri),
            title=plan.line.title if plan else next(filter(None, map(title_of, contents)), None),
            plan=plan,
            date=plan.line.date if plan else next(filter(None, map(_first_date, contents)), None),
            partners=tuple(uri for uri in _institutions(plan, contents) if uri != me.institution),
            status=status_of(facts, today),
            year=plan.line.summary.programme_year if plan else _first_of("programme_year", contents),
            hosts=tuple(plan.line.summary.hosts) if plan else _hosts_in(contents),
            size=_first_of("planned_size", contents),
        )


def _by_exchange(texts: Iterable[_T], exchange_of: Callable[[_T], str]) -> dict[str, list[_T]]:
    gathered: dict[str, list[_T]] = {}
    for text in texts:
        gathered.setdefault(exchange_of(text), []).append(text)
    return gathered


def _institutions(plan: CurrentLine | None, contents: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    if plan:
        return tuple(plan.line.summary.institutions)
    return tuple(sorted(next((named for content in contents if (named := named_in(content))), ())))


def _first_of(field: str, contents: Iterable[Mapping[str, Any]]) -> str:
    """What the first of these contents that names a field says there, as it is written."""
    return next((str(content[field]) for content in contents if isinstance(content.get(field), str | int)), "")


def _hosts_in(contents: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    listed = next((content["hosts"] for content in contents if isinstance(content.get("hosts"), list)), ())
    return tuple(uri for uri in listed if isinstance(uri, str))


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
