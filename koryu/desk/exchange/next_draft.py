"""The draft of the next exchange: made of what was chosen, and of what goes on from the last one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.begin_draft import begin_draft, name_of_new
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.begin_part import arranges, begin_part_of, sources_of
from koryu.desk.exchange.cited_work import CitedWork, work_cited
from koryu.institutions import rules as roles
from koryu.planning.queries import ProgrammeGoingOn
from koryu.planning.rules.next_content import ChosenNext, Following, following
from koryu.records.exchange import EventState
from koryu.records.institution import Institution, PlaceRole
from koryu.values.invisible import isolated
from koryu.values.reason import or_refuse
from koryu.values.uris import last_part
from koryu.wording.field_names import field_called
from koryu.wording.languages import active_reader
from koryu.wording.titles import title_in

# What a publication on an exchange tells besides, each a text of one institution.
GIVES: Final = ("participation", "paper", "timetable")


def begin_draft_of_next(
    request: HttpRequest,
    me: CurrentUser,
    chosen: ChosenNext,
    going_on: ProgrammeGoingOn,
    *,
    name: str,
    source: CitedWork,
    gives: Iterable[str] = (),
) -> str:
    """Begin the draft, and return what the exchange is called in addresses. Raises Refused; then nothing was done.

    Where it is put on record of what was, the work it rests on is begun in the same act if it is not there yet, and so
    are the texts that it `gives`: one source serves all.
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
        for kind in gives:
            _begin_parts(request, me, last_part(record), kind=kind)
    _tell(request, made)
    if borne := _that_bears(chosen, going_on, besides=record):
        message = _("Number %(number)s is on record already: %(title)s. It was kept as you typed it.")
        title = title_in(borne, active_reader().tag, lines=going_on.lines).text
        messages.warning(request, message % {"number": chosen.number, "title": isolated(title)})
    return last_part(record)


def _that_bears(chosen: ChosenNext, going_on: ProgrammeGoingOn, *, besides: str) -> Line | None:
    """Another exchange of the programme that bears the number that was chosen, and was not cancelled."""
    numbered = (line for line in going_on.lines.values() if line.summary.state != EventState.CANCELLED)
    same = (line for line in numbered if line.summary.numbers.get(chosen.programme) == chosen.number)
    return next((line for line in same if line.uri != besides), None) if chosen.number else None


def _begin_parts(request: HttpRequest, me: CurrentUser, name: str, *, kind: str) -> None:
    """The texts of a kind of all who would have one. Papers of our own are begun by typing in their list."""
    or_refuse(roles.may_draft(role=me.role, kind=kind))
    work = exchange_for(me, name)
    hosts = (work.own_plan.content if work.own_plan else {}).get("hosts")
    for institution in work.institutions:
        ours = institution == me.institution
        theirs_to_say = not ours if kind == "paper" else ours or kind != "timetable" or bool(hosts)
        if theirs_to_say and arranges(work, kind, institution):
            begin_part_of(request, me, work, kind=kind, institution=institution, sources=sources_of(work))


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
