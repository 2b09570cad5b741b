"""What does not fit in the plan of an exchange, finished or not: pointed out, and nobody is kept from typing. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from koryu.planning.rules.counting import MemberTerm
from koryu.records.exchange import EventState
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused

# What is said of a field that is filled in and also left open.
_ALSO_OPEN: Final[Mapping[str, Reason]] = {
    "dates": Reason("Dates are given and also open."),
    "places": Reason("Places are given and also open."),
    "hosts": Reason("A host is given and also open."),
    "themes": Reason("Themes are given and also open."),
}


def plan_checks(
    content: Mapping[str, Any], *, members: Mapping[str, Sequence[MemberTerm]], today: date
) -> tuple[Reason, ...]:
    """What does not fit. `members` are those of the programmes it is held under, as far as they are on record.

    Institutions stand in reasons by their URIs, in a tuple.
    """
    return (
        *_also_open(content),
        *_hosts_who_do_not_come(content),
        *_who_has_left(content, members),
        *_past(content, today),
    )


def _also_open(content: Mapping[str, Any]) -> Iterator[Reason]:
    fields = {point.get("field") for point in _listed(content, "open") if isinstance(point, Mapping)}
    yield from (reason for field, reason in _ALSO_OPEN.items() if field in fields and content.get(field))


def _hosts_who_do_not_come(content: Mapping[str, Any]) -> Iterator[Reason]:
    takes_part = _listed(content, "institutions")
    for host in _listed(content, "hosts"):
        if isinstance(host, str) and host not in takes_part:
            yield Reason("The host does not take part: %(who)s.", who=(host,))


def _who_has_left(content: Mapping[str, Any], members: Mapping[str, Sequence[MemberTerm]]) -> Iterator[Reason]:
    """Who takes part and had left a programme before the exchange begins; without a date, before today or ever."""
    begins = min((dated.earliest for dated in _dates(content)), default=None)
    for held in _listed(content, "programmes"):
        terms = members.get(str(held.get("programme")), ()) if isinstance(held, Mapping) else ()
        for institution in _listed(content, "institutions"):
            left = _left(institution, terms)
            if left and (begins is None or left.latest < begins):
                yield Reason(
                    "%(who)s took part in the programme until %(year)s.", who=(institution,), year=str(left.latest.year)
                )


def _left(institution: object, terms: Sequence[MemberTerm]) -> Edtf | None:
    """When an institution left; None for one that is there, or has come back."""
    own = [term.left for term in terms if term.institution == institution]
    return max((left for left in own if left), key=lambda left: left.latest) if own and all(own) else None


def _past(content: Mapping[str, Any], today: date) -> Iterator[Reason]:
    event = content.get("event")
    planned = isinstance(event, Mapping) and event.get("state") == EventState.PLANNED
    last = max((dated.latest for dated in _dates(content)), default=None)
    if planned and last and last < today:
        yield Reason("The dates are past, and the exchange is said to be planned.")


def _dates(content: Mapping[str, Any]) -> Iterator[Edtf]:
    for dated in _listed(content, "dates"):
        written = dated.get("date") if isinstance(dated, Mapping) else None
        try:
            if isinstance(written, str):
                yield Edtf(written)
        except Refused:
            continue


def _listed(content: Mapping[str, Any], field: str) -> Sequence[Any]:
    value = content.get(field)
    return value if isinstance(value, list | tuple) else ()
