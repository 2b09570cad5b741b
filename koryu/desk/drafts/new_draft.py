"""Beginning a draft: from nothing, from a record that stands, from last year's. The record gets its name here, once."""

import re
from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.rules.history import History
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.visible_record import history_for, record_for
from koryu.institutions import rules as roles
from koryu.records.institution import PlaceRole
from koryu.records.kinds import KINDS
from koryu.records.next_exchange import Following, following
from koryu.records.schema import FieldType, fields_of
from koryu.search.entries import Filters
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.uris import mint
from koryu.wording.field_names import field_called
from koryu.wording.languages import LANGUAGES

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")
_MOST_FOUND: Final = 10


@staff
def begin(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Begin a draft, or go on with the one that was begun already."""
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, typed=late or {}, problem=SIGNED_OUT if late else None)
    try:
        number = _begun(request, me)
    except Refused as refused:
        return _page(request, me, typed=request.POST, problem=refused.reason, status=409)
    return HttpResponseRedirect(reverse("desk:edit", kwargs={"number": number}))


def _page(
    request: HttpRequest, me: CurrentUser, *, typed: Mapping[str, Any], problem: Reason | None = None, status: int = 200
) -> HttpResponse:
    sought = clean.line(request.GET.get("q", ""))
    found = _found(sought, me)
    return render_page(
        request,
        me,
        "desk/begin.html",
        naming=found,
        status=status,
        kinds=[kind for kind in KINDS if roles.may_draft(role=me.role, kind=kind) is None],
        refusal=roles.may_draft(role=me.role, kind="paper"),
        sought=sought,
        found=found,
        name=typed.get("name") or f"{clock.today().year}-{token_hex(3)}",
        chosen=typed.get("kind", ""),
        problem=problem,
    )


def _begun(request: HttpRequest, me: CurrentUser) -> int:
    record = clean.line(request.POST.get("record", ""))
    match request.POST.get("from", ""):
        case "record":
            return _from_record(request, me, record)
        case "last":
            return _from_last(request, me, record)
        case "proposed":
            return _from_proposed(request, me, record)
        case _:
            return _from_nothing(request, me)


def _from_nothing(request: HttpRequest, me: CurrentUser) -> int:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Refused(Reason("Choose what kind of record it is to be."))
    return _draft(
        request, me, record=_minted(request, me, kind), content={"kind": kind, **_whose(kind, me), **_for_whom(kind)}
    )


def _from_record(request: HttpRequest, me: CurrentUser, record: str) -> int:
    """A draft of the next version of a record that stands; it replaces what is in force."""
    history = history_for(me, record)
    kind = _kind_of(history)
    or_refuse(may(Act.DRAFT, me.speaker(), RecordContext(kind=kind, history=history)))
    standing = consent.standing(record)
    if standing is None or standing.content is None:
        raise Refused(Reason("Nothing stands on this record that a draft could be made from."))
    says = "recorded" if not standing.agreed and standing.recorder == me.institution else "proposed"
    return _draft(request, me, record=record, content=standing.content, replaces=standing.version, says=says)


def _from_proposed(request: HttpRequest, me: CurrentUser, record: str) -> int:
    """A draft made from the text that was proposed last, where that was withdrawn or not taken up."""
    seen = record_for(me, record)
    last = seen.history.last_proposed or ""
    or_refuse(may(Act.DRAFT, me.speaker(), RecordContext(kind=seen.kind, history=seen.history)))
    content = seen.contents.get(last)
    if not seen.inside or content is None or not seen.history.is_dead(last):
        raise Refused(Reason("No text is left on this record that could be proposed otherwise."))
    return _draft(request, me, record=record, content=dict(content), replaces=seen.history.in_force or "")


def _from_last(request: HttpRequest, me: CurrentUser, record: str) -> int:
    """A draft of the exchange after one that stands. Who came to that one is not taken over."""
    history_for(me, record)
    last = consent.standing(record)
    if last is None or last.content is None or last.header.kind != "exchange":
        raise Refused(Reason("The next exchange is made from an exchange that stands."))
    if me.institution not in last.content.get("institutions", ()):
        raise Refused(Reason("Your institution does not take part in this exchange."))
    under = [one["programme"] for one in last.content.get("programmes", ())]
    programme = consent.standing(under[0]) if under else None
    made = following(
        last.content,
        programme=programme.content if programme else None,
        seats=_seats(last.content.get("institutions", ())),
    )
    number = _draft(request, me, record=_minted(request, me, "exchange"), content=made.content)
    _tell(request, made)
    return number


def _seats(institutions: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """The cities in which institutions have their seat, where the record says so."""
    found: dict[str, Mapping[str, str]] = {}
    for uri in institutions:
        standing = consent.standing(uri)
        places = (standing.content or {}).get("places", ()) if standing else ()
        city = next((one["city"] for one in places if one.get("role") == PlaceRole.SEAT and "city" in one), None)
        if city:
            found[uri] = city
    return found


def _draft(
    request: HttpRequest,
    me: CurrentUser,
    *,
    record: str,
    content: dict[str, Any],
    replaces: str = "",
    says: str = "proposed",
) -> int:
    """A new draft, or the one my institution has of this record already: the same form sent twice begins one."""
    begun = next((one for one in consent.drafts_on(record) if one.institution == me.institution and not one.sent), None)
    if begun:
        messages.success(request, _("Your institution has a draft of this already; here it is."))
        return begun.id
    return actions.draft(
        institution=me.institution,
        record=record,
        content=content,
        replaces=replaces or None,
        by=me.username,
        at=clock.now(),
        says=says,
    )


def _minted(request: HttpRequest, me: CurrentUser, kind: str) -> str:
    """The name of a new record, for good. Raises Refused for one that is taken or could not stand in an address."""
    name = clean.line(request.POST.get("name", "")).lower()
    if not _NAME.fullmatch(name):
        raise Refused(Reason("The short name is made of letters a to z, digits and hyphens."))
    uri = mint(me.institution, kind, name)
    if archive.known([uri]) or consent.history(uri).headers:
        raise Refused(Reason("There is a record of this name already; choose another short name."))
    if any(one.sent for one in consent.drafts_on(uri)):
        raise Refused(Reason("There is a record of this name already; choose another short name."))
    return uri


def _whose(kind: str, me: CurrentUser) -> dict[str, Any]:
    """Whoever begins a draft takes part in it."""
    field = next((field for field in fields_of(kind) if field.name == KINDS[kind].whose), None)
    if field is None:
        return {}
    if field.sort is FieldType.GROUP:
        return {field.name: [{"id": "m1", "institution": me.institution}]}
    return {field.name: [me.institution] if field.many else me.institution}


def _for_whom(kind: str) -> dict[str, Any]:
    """What is still to come is for the institutions of the exchange, until somebody makes it public."""
    return {"shown_to": "institutions"} if any(field.name == "shown_to" for field in fields_of(kind)) else {}


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


def _kind_of(history: History) -> str:
    return next(iter(history.headers.values())).kind


def _found(sought: str, me: CurrentUser) -> tuple[str, ...]:
    if not sought:
        return ()
    try:
        tag = LANGUAGES[translation.get_language() or "en"][0]
        found = archive.found(sought, reader=tag, asking=me.institution, filters=Filters())
    except Refused:
        return ()
    # Most drafts are of the next exchange: those come first.
    hits = sorted(found.hits or found.near, key=lambda hit: hit.kind != "exchange")
    return tuple(hit.uri for hit in hits[:_MOST_FOUND])
