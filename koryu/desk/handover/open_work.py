"""What is open with a partner or under a programme, exchange by exchange, what is due first coming first. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, Drafted, exchange_of_matter
from koryu.desk.exchange.exchanges_gathered import ExchangeSources
from koryu.desk.exchange.exchanges_listed import ListedExchange
from koryu.planning.queries import OwnRows
from koryu.planning.rules.promises import open_promises
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine
from koryu.planning.rules.translations import KeptTranslation
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class OpenItem:
    """One thing that is open: what, whose it is (institutions, or words; none where it is ours), by when."""

    what: Reason | Text | str
    who: tuple[str, ...] | str = ()
    due: Edtf | None = None
    is_late: bool = False


@dataclass(frozen=True, kw_only=True)
class OpenExchange:
    """An exchange on which work goes on, with how it stands and what is open of it."""

    listed: ListedExchange
    items: tuple[OpenItem, ...]


def open_exchanges(
    listed: Iterable[ListedExchange], gathered: ExchangeSources, promised: Iterable[Line], today: date, *, me: str
) -> tuple[OpenExchange, ...]:
    """What is open of each of these exchanges for the institution `me`; first that on which something is due first.

    `promised` are the lines of questions and follow-ups that it may read.
    """
    exchanges = tuple(listed)
    taking_part = {each.uri: tuple(each.plan.line.summary.institutions) for each in exchanges if each.plan}
    promises: dict[str, list[OpenItem]] = {}
    for exchange, promise in open_promises(((line.uri, line.kind, line.summary) for line in promised), taking_part):
        who = () if promise.owner == me else (promise.owner,)
        item = OpenItem(what=promise.words, who=who, due=promise.due, is_late=_is_past(promise.due, today))
        promises.setdefault(exchange, []).append(item)
    made = [
        OpenExchange(listed=each, items=tuple(_items(each.uri, gathered, promises.get(each.uri, ()), today)))
        for each in exchanges
    ]
    return tuple(sorted(made, key=lambda each: (_first(each.items), each.listed.name)))


def _items(exchange: str, gathered: ExchangeSources, promises: Sequence[OpenItem], today: date) -> list[OpenItem]:
    own, ahead = gathered.own.get(exchange, OwnRows()), gathered.ahead.get(exchange, ())
    items = [
        *_of_steps(ahead, own, today),
        # Among the lines of a schedule is what was promised.
        *(() if ahead else promises),
        *_of_texts(text for text in gathered.open if exchange_of_matter(text) == exchange),
        *_of_drafts([draft for draft in gathered.drafts if draft.exchange == exchange]),
        *_of_translations(gathered.asked.get(exchange, ()), today),
    ]
    return sorted(items, key=lambda item: item.due.latest if item.due else date.max)


def _of_steps(lines: Sequence[ScheduleLine], own: OwnRows, today: date) -> Iterator[OpenItem]:
    """Of a schedule its open lines, those typed by hand among them; without one the steps typed by hand."""
    for line in lines:
        who = line.who or ((line.acting,) if line.acting else ())
        yield OpenItem(what=line.words, who=who, due=line.due, is_late=_is_past(line.due, today))
    for step in () if lines else own.steps:
        yield OpenItem(what=step.what, who=step.who, due=step.date, is_late=_is_past(step.date, today))


def _of_texts(texts: Iterable[Consultation]) -> Iterator[OpenItem]:
    for text in texts:
        title = title_of(text.content or {})
        if text.declined:
            yield OpenItem(what=Reason("Not accepted: %(text)s", text=title or ""), who=(text.declined.institution,))
        elif text.waits_for:
            who = tuple(sorted(text.waits_for))
            yield OpenItem(what=Reason("To be answered: %(text)s", text=title or ""), who=who)


def _of_drafts(drafts: Sequence[Drafted]) -> Iterator[OpenItem]:
    ours = [draft for draft in drafts if not draft.shared_at]
    if ours:
        yield OpenItem(what=Reason("our drafts, not sent: %(n)s", n=len(ours)))
    if shown := len(drafts) - len(ours):
        yield OpenItem(what=Reason("drafts shown to partners: %(n)s", n=shown))


def _of_translations(kept: Iterable[KeptTranslation], today: date) -> Iterator[OpenItem]:
    owed = [each for each in kept if not each.made_of]
    if owed:
        due = min((each.due_date for each in owed if each.due_date), key=lambda day: day.latest, default=None)
        what = Reason("translations asked for and not made: %(n)s", n=len(owed))
        yield OpenItem(what=what, due=due, is_late=_is_past(due, today))


def _is_past(due: Edtf | None, today: date) -> bool:
    return due is not None and due.latest < today


def _first(items: Sequence[OpenItem]) -> date:
    return items[0].due.latest if items and items[0].due else date.max
