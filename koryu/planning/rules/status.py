"""How an exchange stands for one of its institutions, in one sentence: the first of a list that is true. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from koryu.records.exchange import EventState
from koryu.values.edtf import Edtf
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason
from koryu.values.text import Text


class Stage(StrEnum):
    """How far an exchange has come, in the order of a list of them."""

    PREPARED = N_("In preparation")
    COMING = N_("Coming")
    UNDER_WAY = N_("Under way")
    TO_CLOSE = N_("To close")
    CLOSED = N_("Closed, and past")


@dataclass(frozen=True, kw_only=True)
class OpenText:
    """A proposed text of an exchange that is not settled: who of those who must agree has not answered yet.

    `declined_by` is who did not accept it, where somebody did not. `wished_by` is who has written that they want
    something changed in it, and `wished_at` when we noted that.
    """

    by: str
    at: str
    awaited: frozenset[str] = frozenset()
    declined_by: str = ""
    declined_at: str = ""
    wished_by: str = ""
    wished_at: str = ""


@dataclass(frozen=True, kw_only=True)
class ExchangeFacts:
    """What is known of an exchange to an institution, `me`.

    `state`, `when` and the like are what stands says; `agreed_at` is '' where nothing stands. `recorded` where it
    stands from published sources, agreed by nobody. Of our own draft: since when it waits for the head, since when and
    to whom it is shown. `candidates` are the candidate dates that we put forward, by their first day, with those who
    know of them and have not answered; `dates_to_answer` those of others that wait for our answer, by their first day,
    with whoever put them forward. `next_step` is what is to be done next, with `step_due` and `step_who`;
    `steps_open` how many there are.
    """

    me: str
    state: str = ""
    when: Edtf | None = None
    postponed_to: Edtf | None = None
    agreed_at: str = ""
    by_letter: bool = False
    recorded: bool = False
    public: bool = False
    open: tuple[OpenText, ...] = ()
    waits_since: str = ""
    # The approval step at which it waits; None where the head alone approves.
    waits_at: Text | None = None
    shown_since: str = ""
    shown_to: tuple[str, ...] = ()
    shown_by: str = ""
    closed_at: str = ""
    candidates: tuple[tuple[date, frozenset[str]], ...] = ()
    dates_to_answer: tuple[tuple[date, str], ...] = ()
    next_step: str = ""
    step_who: str = ""
    step_due: Edtf | None = None
    steps_open: int = 0


@dataclass(frozen=True, kw_only=True)
class ExchangeStatus:
    """How an exchange stands: how far it has come, and in words. `is_ours` where we are to reply."""

    stage: Stage
    says: tuple[Reason, ...]
    is_ours: bool = False


def status_of(facts: ExchangeFacts, today: date) -> ExchangeStatus:
    """How an exchange stands on a day."""
    stage, said = next(_clauses(facts, today))
    unseen = (Reason("Not public."),) if not facts.public else ()
    return ExchangeStatus(
        stage=stage,
        says=(*said, *unseen),
        is_ours=(_is_ours(facts) or bool(facts.dates_to_answer)) and not facts.closed_at,
    )


def _clauses(facts: ExchangeFacts, today: date) -> Iterator[tuple[Stage, tuple[Reason, ...]]]:
    """What could be said, what goes before coming first."""
    stands = bool(facts.agreed_at)
    pending = _pending(facts)
    if stands and facts.state == EventState.CANCELLED:
        cancelled = Reason("Cancelled on %(when)s.", when=Moment(facts.agreed_at))
        yield Stage.CLOSED, _with(facts, (cancelled,), pending)
    if stands and facts.state == EventState.POSTPONED:
        yield Stage.PREPARED, _with(facts, (_postponed(facts), *_to_answer(facts)), pending)
    if facts.closed_at:
        yield Stage.CLOSED, (_closed(facts),)
    if stands and facts.state == EventState.HELD:
        stage, held = _held(facts)
        yield stage, _with(facts, held, pending)
    if day := _day_of(facts, today):
        yield Stage.UNDER_WAY, _with(facts, (day,), pending)
    if pending:
        yield (Stage.COMING if stands else Stage.PREPARED), (*pending, *_until_then(facts))
    if stands:
        yield _agreed(facts, today)
    if facts.shown_since:
        yield Stage.PREPARED, (_shown(facts), *_to_answer(facts), *_candidates(facts, today))
    yield Stage.PREPARED, _candidates(facts, today) or (Reason("A draft; no partner has a text to answer."),)


def _pending(facts: ExchangeFacts) -> tuple[Reason, ...]:
    """What is under way beside what stands: the first of what waits for somebody."""
    if _asked(facts):
        return (_to_reply(facts),)
    if wished := _wished(facts):
        return (
            Reason(
                "%(who)s has written and wants something changed (noted on %(when)s).",
                who=(wished.wished_by,),
                when=Moment(wished.wished_at),
            ),
            Reason("Your turn: withdraw the text that is open and send the next version."),
        )
    if _sent(facts):
        return (_to_reply(facts),)
    if declined := next((text for text in facts.open if text.declined_by), None):
        who, when = (declined.declined_by,), Moment(declined.declined_at)
        return (Reason("Not accepted by %(who)s on %(when)s.", who=who, when=when),)
    if facts.waits_since:
        return (_waiting_for_approval(facts),)
    return ()


def _with(facts: ExchangeFacts, said: tuple[Reason, ...], pending: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Both; what we are to do goes first."""
    return (*pending, *said) if _is_ours(facts) else (*said, *pending)


def _until_then(facts: ExchangeFacts) -> tuple[Reason, ...]:
    if not facts.agreed_at or facts.recorded:
        return ()
    return (
        Reason("Until then the plan agreed on %(when)s remains the current version.", when=Moment(facts.agreed_at)),
    )


def _postponed(facts: ExchangeFacts) -> Reason:
    if facts.postponed_to:
        return Reason("Postponed to %(until)s.", until=facts.postponed_to)
    return Reason("Postponed; no new date is on record.")


def _closed(facts: ExchangeFacts) -> Reason:
    when = Moment(facts.closed_at)
    if facts.steps_open:
        return Reason("Closed on %(when)s; steps left open: %(n)s.", when=when, n=facts.steps_open)
    return Reason("Closed on %(when)s.", when=when)


def _held(facts: ExchangeFacts) -> tuple[Stage, tuple[Reason, ...]]:
    """What was only put on record from published sources was never worked on here, and is not to be closed."""
    held = Reason("Held %(when)s.", when=facts.when) if facts.when else Reason("Held; the date is not known.")
    if facts.recorded and not facts.steps_open:
        return Stage.CLOSED, (held, Reason("On record from published sources."))
    return Stage.TO_CLOSE, (held, _left_to_do(facts))


def _left_to_do(facts: ExchangeFacts) -> Reason:
    if not facts.next_step:
        return Reason("Not closed yet.")
    if facts.step_who:
        return Reason("To do before closing: %(what)s (%(who)s).", what=facts.next_step, who=facts.step_who)
    return Reason("To do before closing: %(what)s.", what=facts.next_step)


def _day_of(facts: ExchangeFacts, today: date) -> Reason | None:
    """Which day of how many it is, where both ends are known to the day."""
    start, end = (facts.when.start, facts.when.end) if facts.when else (None, None)
    if not facts.agreed_at or not start or not end or "day" not in (start.precision, end.precision):
        return None
    first, last = start.earliest, end.latest
    if start.earliest != start.latest or end.earliest != end.latest or not first <= today <= last:
        return None
    return Reason("Today is day %(n)s of %(m)s.", n=(today - first).days + 1, m=(last - first).days + 1)


def _sent(facts: ExchangeFacts) -> tuple[OpenText, ...]:
    return tuple(text for text in facts.open if not text.declined_by and text.awaited)


def _asked(facts: ExchangeFacts) -> bool:
    return any(facts.me in text.awaited for text in _sent(facts))


def _wished(facts: ExchangeFacts) -> OpenText | None:
    """The text of ours in which a partner would have something changed, by what it has written."""
    return next((text for text in _sent(facts) if text.wished_by and text.by == facts.me), None)


def _is_ours(facts: ExchangeFacts) -> bool:
    return _asked(facts) or _wished(facts) is not None


def _to_reply(facts: ExchangeFacts) -> Reason:
    """Where several are open, what is asked of us goes before what is asked of others."""
    sent = _sent(facts)
    ours = tuple(text for text in sent if facts.me in text.awaited)
    texts = ours or sent
    first = min(texts, key=lambda text: text.at)
    values = {"when": Moment(first.at), "n": len(texts)}
    if ours:
        if len(ours) == 1:
            return Reason("Sent by %(who)s on %(when)s; your institution is to reply.", who=(first.by,), **values)
        return Reason("Texts sent on %(when)s and after, for your institution to reply: %(n)s.", **values)
    awaited = tuple(sorted({who for text in texts for who in text.awaited}))
    if len(texts) == 1:
        return Reason("Sent on %(when)s; to reply: %(who)s.", who=awaited, **values)
    return Reason("Texts sent on %(when)s and after: %(n)s; to reply: %(who)s.", who=awaited, **values)


def _agreed(facts: ExchangeFacts, today: date) -> tuple[Stage, tuple[Reason, ...]]:
    if facts.when and facts.when.latest < today:
        past = Reason("Was planned for %(when)s; nothing on record says whether it was held.", when=facts.when)
        return (Stage.CLOSED if facts.recorded and not facts.steps_open else Stage.TO_CLOSE), (past,)
    return Stage.COMING, (*_basis(facts), *_how_long(facts, today), *_to_answer(facts), *_next_step(facts))


def _to_answer(facts: ExchangeFacts) -> tuple[Reason, ...]:
    """Whose candidate dates wait for our answer."""
    who = sorted({uri for _first, uri in facts.dates_to_answer})
    return (Reason("Candidate dates of %(who)s wait for your answer.", who=tuple(who)),) if who else ()


def _candidates(facts: ExchangeFacts, today: date) -> tuple[Reason, ...]:
    """With whom candidate dates are that are still to come."""
    who = sorted({uri for first, awaited in facts.candidates if first >= today for uri in awaited})
    return (Reason("Candidate dates are with %(who)s.", who=tuple(who)),) if who else ()


def _basis(facts: ExchangeFacts) -> tuple[Reason, ...]:
    when = Moment(facts.agreed_at)
    if facts.recorded:
        return (Reason("On record from published sources; not agreed here."),)
    if facts.by_letter:
        return (Reason("Agreed by letter on %(when)s.", when=when),)
    return (Reason("Agreed on %(when)s.", when=when),)


def _how_long(facts: ExchangeFacts, today: date) -> tuple[Reason, ...]:
    start = facts.when.start if facts.when else None
    if facts.when is None or start is None:
        return (Reason("No date yet."), *_candidates(facts, today)) if facts.when is None else ()
    if start.earliest != start.latest:
        return (Reason("Planned for %(when)s.", when=facts.when), *_candidates(facts, today))
    days = (start.earliest - today).days
    return (Reason("%(when)s, days until then: %(n)s.", when=facts.when, n=days),)


def _next_step(facts: ExchangeFacts) -> tuple[Reason, ...]:
    if not facts.next_step:
        return ()
    if facts.step_due:
        return (Reason("Next: %(what)s, due %(due)s.", what=facts.next_step, due=facts.step_due),)
    return (Reason("Next: %(what)s.", what=facts.next_step),)


def _waiting_for_approval(facts: ExchangeFacts) -> Reason:
    when = Moment(facts.waits_since)
    if facts.waits_at is not None:
        return Reason("Waiting at the approval step “%(step)s” since %(when)s.", step=facts.waits_at, when=when)
    return Reason("Waiting for your head’s approval since %(when)s.", when=when)


def _shown(facts: ExchangeFacts) -> Reason:
    when = Moment(facts.shown_since)
    if facts.shown_by:
        return Reason("A draft of %(who)s, shown to you since %(when)s.", who=(facts.shown_by,), when=when)
    return Reason("A draft, shown to %(who)s since %(when)s.", who=facts.shown_to, when=when)
