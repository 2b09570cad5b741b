"""May this be done with a draft? Asked inside one institution, before anything is sent: it sends what was approved."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from koryu.records.kinds import KINDS
from koryu.records.timetable import Timetable
from koryu.values.reason import Reason

NOT_WAITING = Reason(
    "These texts are no longer waiting for approval: one of them was changed, or they were returned or sent."
)


def is_own_account(kind: str, content: Mapping[str, Any], institution: str) -> bool:
    """Whether an institution says a content, finished or not, for itself: it names no other as whose it is to say."""
    whose = content.get(KINDS[kind].whose) if kind in KINDS else None
    return whose is None or whose == institution or (isinstance(whose, list | tuple) and institution in whose)


def may_change(*, sent: bool) -> Reason | None:
    """Whether a draft may be changed: until it has been sent."""
    if sent:
        return Reason("This draft was sent. To change the text, make a new draft.")
    return None


def may_save(*, seen: int, edition: int, own: bool) -> Reason | None:
    """Whoever saves must have seen the latest edition, so that nobody's changes are lost, not even one's `own`."""
    if seen == edition:
        return None
    if own:
        return Reason("You have changed this draft meanwhile yourself, perhaps in another window.")
    return Reason("Somebody else has changed this draft meanwhile.")


def may_put_into_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> Reason | None:
    """Whether two contents differ only in the words of languages that are not the source of their text."""
    if _without_translations(before) != _without_translations(after):
        return Reason("Translators can change only the texts in other languages.")
    return None


def may_submit(*, sent: bool, waiting: bool) -> Reason | None:
    """Whether a draft may be submitted: not while it waits for approval."""
    if waiting:
        return Reason("This draft is waiting for approval already.")
    return may_change(sent=sent)


def may_decide(*, sent: bool, waiting: bool) -> Reason | None:
    """Whether a draft may be approved or returned: once, while it waits for approval."""
    if sent or not waiting:
        return Reason("This draft is no longer waiting for approval: it was changed or returned. Submit it again.")
    return None


def may_decide_alone(*, together: str) -> Reason | None:
    """Whether a draft that waits may be approved or returned by itself: not one that was submitted with others."""
    if together:
        return Reason("This draft was submitted together with others: approve or return them together.")
    return None


def may_submit_together(
    *, institutions: Collection[str], of_exchange: bool, all_there: bool, any_chosen: bool
) -> Reason | None:
    """Whether drafts may be submitted together: some, all there still, of one institution and of one exchange."""
    if not any_chosen:
        return Reason("Choose at least one text.")
    if not all_there:
        return Reason("One of these drafts was deleted meanwhile. Look through the others and choose again.")
    if len(institutions) > 1:
        return Reason("This draft is another institution's.")
    if not of_exchange:
        return Reason("Only texts of one exchange can be sent together, and what they name.")
    return None


def may_send_together(*, as_submitted: bool, digest: str, shown: str) -> Reason | None:
    """Whether drafts may be sent together: exactly as they were shown to whoever approves them."""
    if as_submitted and digest == shown:
        return None
    return Reason("These texts were changed after they were shown to you. Read them as they are now; nothing was sent.")


def may_send(*, submitted: str, shown: str) -> Reason | None:
    """Whether a draft may be sent: exactly as it was shown to whoever approves it."""
    if submitted != shown:
        return Reason("This draft was changed after it was shown to you. Read it as it is now; nothing was sent.")
    return None


def may_comment(*, ours: bool, shown: bool) -> Reason | None:
    """Whether an institution may comment on a draft: on its own, and on one that it was shown and is named in."""
    if ours or shown:
        return None
    return Reason("This draft was not shared with your institution.")


def may_invite(timetable: Timetable, exchange: frozenset[str]) -> Reason | None:
    """Whether a timetable can be sent, by who takes part in its sessions: institutions of its exchange alone.

    Asked where somebody speaks, and not of what is heard: who is of an exchange may change.
    """
    named = (uri for session in timetable.sessions for uri in session.taking_part)
    stranger = next((uri for uri in named if exchange and uri not in exchange), None)
    return Reason("%(who)s takes no part in this exchange.", who=str(stranger)) if stranger else None


def names(content: Mapping[str, Any], institution: str) -> bool:
    """Whether a content, finished or not, names this institution anywhere."""
    return institution in _strings(content)


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _strings(inner)
        case list() | tuple():
            for inner in value:
                yield from _strings(inner)


def _without_translations(value: Any) -> Any:
    match value:
        case Mapping() if _is_text(value):
            source = value.get("source", next(iter(value)))
            return {source: value[source]}
        case Mapping():
            return {name: _without_translations(inner) for name, inner in value.items()}
        case list() | tuple():
            return [_without_translations(inner) for inner in value]
        case _:
            return value


def _is_text(value: Mapping[str, Any]) -> bool:
    """Whether this is a text by language: several languages name their source, and one alone is a text by itself."""
    if "source" in value:
        return value["source"] in value
    tag = next(iter(value), "")
    return len(value) == 1 and isinstance(value[tag], str) and tag[:2].islower() and tag[2:3] in ("", "-")
