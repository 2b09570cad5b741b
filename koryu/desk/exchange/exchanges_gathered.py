"""What a list of our exchanges is made of: what stands, is open, drafted, kept and counted of those on its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self
from urllib.parse import urlencode

from django.http import QueryDict

from koryu.archive import queries as archive
from koryu.archive.queries import CurrentLine, OwnExchanges
from koryu.consent import queries as consent
from koryu.consent.queries import Consultation, Drafted
from koryu.desk.access import CurrentUser
from koryu.desk.schedule.sent_letters import letters_at
from koryu.desk.todo.tasks import named_in
from koryu.institutions import rules as roles
from koryu.planning import queries as planning
from koryu.planning.queries import OwnRows
from koryu.planning.queries.exchanges_ahead import lines_ahead
from koryu.planning.queries.schedules import WorkKept, work_ahead
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine, next_of
from koryu.planning.rules.translations import KeptTranslation

_LONGEST_NUMBER: Final = 6


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
class ExchangeSources:
    """What the list is made of, whosever it is."""

    current: OwnExchanges
    open: tuple[Consultation, ...]
    drafts: tuple[Drafted, ...]
    own: dict[str, OwnRows]
    last: str
    # What is next at the exchanges that have a schedule, first what is due first; for those who may plan.
    ahead: Mapping[str, tuple[ScheduleLine, ...]]
    # What was asked of somebody to be translated, by exchange; for those who may plan.
    asked: Mapping[str, tuple[KeptTranslation, ...]]


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
    circles |= {each.line.uri: frozenset(each.line.summary.institutions) for each in every_line(current)}
    kept = work_ahead(me.institution) if roles.may_plan(role=me.role) is None else None
    return ExchangeSources(
        current=current,
        open=tuple(ours),
        drafts=tuple(draft for draft in drafts if _may_see(me, draft, circles)),
        own=own,
        last=last,
        ahead=_ahead(me, kept, last, drafts, unsettled, today) if kept else {},
        asked={uri: at.translations for uri, at in kept.at.items()} if kept else {},
    )


def _ahead(
    me: CurrentUser,
    kept: WorkKept,
    last: str,
    drafts: Iterable[Drafted],
    open_texts: Iterable[Consultation],
    today: date,
) -> dict[str, tuple[ScheduleLine, ...]]:
    ahead = lines_ahead(
        kept,
        institution=me.institution,
        last=last,
        drafts=drafts,
        open_texts=open_texts,
        today=today,
        letters_at=letters_at,
    )
    return {each.uri: next_of(each.lines, len(each.lines)) for each in ahead}


def every_line(current: OwnExchanges) -> tuple[CurrentLine, ...]:
    return (*current.others, *current.held.lines, *current.past.lines)


def _may_see(me: CurrentUser, draft: Drafted, of_exchange: Mapping[str, frozenset[str]]) -> bool:
    """Whether a draft is ours, or is for us among those that partners show."""
    return me.institution == draft.institution or me.institution in consent.circle_with(
        draft.kind, draft.content, of_exchange=of_exchange
    )
