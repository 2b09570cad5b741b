"""The draft of the next exchange: made of what was chosen, and of what goes on from the last one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.begin_draft import begin_draft, name_of_new
from koryu.desk.exchange.cited_work import CitedWork, work_cited
from koryu.planning.queries import ProgrammeGoingOn
from koryu.planning.rules.next_content import ChosenNext, Following, following
from koryu.records.institution import Institution, PlaceRole
from koryu.values.uris import last_part
from koryu.wording.field_names import field_called


def begin_draft_of_next(
    request: HttpRequest,
    me: CurrentUser,
    chosen: ChosenNext,
    going_on: ProgrammeGoingOn,
    *,
    name: str,
    source: CitedWork,
) -> str:
    """Begin the draft, and return what the exchange is called in addresses. Raises Refused; then nothing was done.

    Where it is put on record of what was, the work it rests on is begun in the same act if it is not there yet.
    """
    record = name_of_new(me, "exchange", name)
    with transaction.atomic():
        if chosen.was_held:
            chosen = replace(chosen, source=work_cited(request, me, source))
        made = following(
            chosen,
            last=going_on.last_document.content() if going_on.last_document else None,
            programme=going_on.document.content(),
            seats=_seats(chosen.hosts, asking=me.institution),
        )
        begin_draft(
            request, me, record=record, content=made.content, says="recorded" if chosen.was_held else "proposed"
        )
    _tell(request, made)
    return last_part(record)


def _seats(hosts: Iterable[str], *, asking: str) -> dict[str, Mapping[str, str]]:
    """The cities in which institutions have their seat, where the record says so; in two statements."""
    lines = archive.lines_named(hosts, asking=asking)
    cities: dict[str, Mapping[str, str]] = {}
    for uri, document in archive.documents(lines.values()).items():
        places = document.places if isinstance(document, Institution) else ()
        city = next((place.city for place in places if place.role == PlaceRole.SEAT and place.city), None)
        if city:
            cities[uri] = city.as_json()
    return cities


def _tell(request: HttpRequest, made: Following) -> None:
    """What of last year's goes on, and what is to be said anew."""
    for message, fields in (
        (_("Copied without change: %(fields)s."), made.taken_over),
        (_("To be filled in again: %(fields)s."), made.cleared),
    ):
        named = dict.fromkeys(_(field_called(field)) for field in fields if field not in ("kind", "event", "shown_to"))
        if named:
            messages.success(request, message % {"fields": _(", ").join(named)})
