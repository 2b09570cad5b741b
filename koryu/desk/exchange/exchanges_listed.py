"""Our exchanges as a list has them: what each is called, when and with whom it is, and how it stands. Pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from koryu.archive.queries import CurrentLine
from koryu.consent import queries as consent
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.exchanges_gathered import ExchangeSources, every_line
from koryu.desk.todo.tasks import named_in
from koryu.planning.queries import OwnRows
from koryu.planning.rules.exchange_facts import facts_of, with_next_step
from koryu.planning.rules.status import ExchangeStatus, status_of
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.values.uris import last_part
from koryu.wording.languages import active_reader
from koryu.wording.titles import title_of

_T = TypeVar("_T")


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


def listed_exchanges(me: CurrentUser, gathered: ExchangeSources, today: date) -> Iterator[ListedExchange]:
    """The exchanges of the page that stand, and those that are only proposed or drafted yet."""
    tag = active_reader().tag
    plans = {current.line.uri: current for current in every_line(gathered.current)}
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
