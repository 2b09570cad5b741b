"""Who will see the texts of an exchange, and when: what is public only with the plan, and what will not show. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from koryu.consent.queries import Drafted, ExchangeWork
from koryu.consent.queries.drafts import owners_in
from koryu.consent.rules.draft_permissions import names
from koryu.records.exchange import EventState
from koryu.records.kinds import visibility_in
from koryu.records.schema import fields_of
from koryu.values.reason import Reason

# What is public only with its exchange.
_WITH_EXCHANGE: Final = ("participation", "paper", "timetable")
_NOT_NAMED: Final = Reason("No text that names this person is for everyone yet.")


def becomes_public(work: ExchangeWork, drafts: Iterable[Drafted]) -> Reason | None:
    """When readers will see those of these texts that are public; None where none is."""
    drafts = list(drafts)
    state = _state_of(work, drafts)
    public = [draft for draft in drafts if visibility_in(draft.content) == "public" and draft.kind != "person"]
    if not any(draft.kind in (*_WITH_EXCHANGE, "exchange") for draft in public):
        return None
    if state in (EventState.POSTPONED, EventState.CANCELLED) and all(draft.kind != "exchange" for draft in public):
        return Reason("Readers see the plan alone as long as the exchange is postponed or cancelled.")
    plan = next((draft for draft in public if draft.kind == "exchange"), None)
    if plan:
        others = tuple(sorted(owners_in("exchange", plan.content) - {work.institution}))
        if others and plan.says == "proposed":
            return Reason("Readers will see it when %(who)s has agreed to the plan.", who=others)
        return Reason("Readers will see it as soon as it is sent.")
    if work.plan and work.plan.public:
        return Reason("Readers will see it as soon as it is sent.")
    proposed = work.open_plan
    if proposed and visibility_in(proposed.content or {}) == "public" and not proposed.declined:
        others = tuple(sorted(proposed.waits_for))
        return Reason("Readers will see it when %(who)s has agreed to the plan.", who=others)
    return Reason("Readers will see none of it until the plan is public too.")


def _state_of(work: ExchangeWork, drafts: Iterable[Drafted]) -> str:
    """How the event stands: as our draft of the plan says, else as the plan does that stands."""
    drafted = next((draft.content for draft in drafts if draft.kind == "exchange"), None)
    event = (drafted or work.content or {}).get("event")
    return str(event.get("state", "")) if isinstance(event, Mapping) else ""


def choices_of(draft: Drafted, stands: Mapping[str, Any] | None = None) -> tuple[str, ...]:
    """Who can be chosen to see a text: fewer than see what stands never can."""
    field = next((field for field in fields_of(draft.kind) if field.name == "shown_to"), None)
    if field is None:
        return ()
    offered = ("own", "institutions", "public") if draft.kind == "report" else ("institutions", "public")
    return ("public",) if stands and visibility_in(stands) == "public" else offered


def named_by_nothing_public(draft: Drafted, drafts: Sequence[Drafted]) -> Reason | None:
    """Why a person is not put on record: none is before a text that names them goes public."""
    if draft.kind != "person" or draft.waiting:
        return None
    public = (other for other in drafts if other is not draft and visibility_in(other.content) == "public")
    return None if any(names(other.content, draft.record) for other in public) else _NOT_NAMED


def hidden_papers(work: ExchangeWork, draft: Drafted, drafts: Sequence[Drafted]) -> Iterator[Reason]:
    """The papers of a timetable that goes public of which readers will not see the titles, by whose they are."""
    if draft.kind != "timetable" or visibility_in(draft.content) != "public":
        return
    going = {other.record for other in drafts if visibility_in(other.content) == "public"}
    sessions = draft.content.get("sessions")
    listed = [session for session in sessions if isinstance(session, Mapping)] if isinstance(sessions, list) else []
    given = {uri for session in listed for uri in session.get("papers") or () if isinstance(uri, str)}
    hidden: dict[str, int] = {}
    for part in work.parts:
        if part.line.uri in given - going and not part.public:
            whose = part.line.summary.institution
            hidden[whose] = hidden.get(whose, 0) + 1
    for whose, count in sorted(hidden.items()):
        yield Reason("Papers of %(who)s that are not public: %(n)s. Their titles will not show.", who=(whose,), n=count)
