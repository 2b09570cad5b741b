"""The next exchange begun from one that stands: what goes on, what moves on, and what is to be said anew."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.consent import queries as consent
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.begin_draft import begin_draft, minted
from koryu.desk.visible_record import history_for
from koryu.records.institution import PlaceRole
from koryu.records.next_exchange import Following, following
from koryu.values.reason import Reason, Refused
from koryu.wording.field_names import field_called
from koryu.wording.titles import exchange_titles


def begin_next(request: HttpRequest, me: CurrentUser, record: str) -> int:
    """A draft of the exchange after one that stands. Who came to that one is not taken over."""
    history_for(me, record)
    last = consent.standing(record)
    if last is None or last.content is None or last.header.kind != "exchange":
        raise Refused(Reason("The next exchange is made from an exchange that stands."))
    if me.institution not in last.content.get("institutions", ()):
        raise Refused(Reason("Your institution does not take part in this exchange."))
    under = [held["programme"] for held in last.content.get("programmes", ())]
    programme = consent.standing(under[0]) if under else None
    made = following(
        last.content,
        programme=programme.content if programme else None,
        seats=_seats(last.content.get("institutions", ())),
        titled=exchange_titles,
    )
    number = begin_draft(request, me, record=minted(request, me, "exchange"), content=made.content)
    _tell(request, made)
    return number


def _seats(institutions: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """The cities in which institutions have their seat, where the record says so."""
    cities: dict[str, Mapping[str, str]] = {}
    for uri in institutions:
        standing = consent.standing(uri)
        places = (standing.content or {}).get("places", ()) if standing else ()
        city = next(
            (place["city"] for place in places if place.get("role") == PlaceRole.SEAT and "city" in place), None
        )
        if city:
            cities[uri] = city
    return cities


def _tell(request: HttpRequest, made: Following) -> None:
    """What of last year's goes on, moves on, and is to be said anew."""
    for message, fields in (
        (_("Taken over as it was: %(fields)s."), made.taken_over),
        (_("Moved on from last time, to be checked: %(fields)s."), made.advanced),
        (_("Left to be said anew: %(fields)s."), made.cleared),
    ):
        if fields:
            named = dict.fromkeys(_(field_called(field)) for field in fields)
            messages.success(request, message % {"fields": _(", ").join(named)})
