"""Beginning a draft: from nothing, from a record that stands, from last year's. The record gets its name here, once."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.rules.history import History
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.drafts.begin_draft import begin_draft, minted
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.visible_record import history_for, record_for
from koryu.institutions import rules as roles
from koryu.records.kinds import KINDS
from koryu.records.schema import FieldType, fields_of
from koryu.search.entries import Filters
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.wording.languages import active_reader

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
    records = _found(sought, me)
    return render_page(
        request,
        me,
        "desk/begin.html",
        naming=records,
        status=status,
        kinds=[kind for kind in KINDS if roles.may_draft(role=me.role, kind=kind) is None],
        refusal=roles.may_draft(role=me.role, kind="paper"),
        sought=sought,
        found=records,
        name=typed.get("name") or f"{clock.today().year}-{token_hex(3)}",
        chosen=typed.get("kind", ""),
        problem=problem,
    )


def _begun(request: HttpRequest, me: CurrentUser) -> int:
    record = clean.line(request.POST.get("record", ""))
    match request.POST.get("from", ""):
        case "record":
            return begin_from_record(request, me, record)
        case "proposed":
            return _from_proposed(request, me, record)
        case _:
            return _from_nothing(request, me)


def _from_nothing(request: HttpRequest, me: CurrentUser) -> int:
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Refused(Reason("Choose the kind of record."))
    return begin_draft(
        request, me, record=minted(request, me, kind), content={"kind": kind, **_whose(kind, me), **_for_whom(kind)}
    )


def begin_from_record(request: HttpRequest, me: CurrentUser, record: str) -> int:
    """A draft of the next version of a record that stands; it replaces what is in force. Raises Refused."""
    history = history_for(me, record)
    kind = _kind_of(history)
    or_refuse(may(Act.DRAFT, me.speaker(), RecordContext(kind=kind, history=history)))
    standing = consent.standing(record)
    if standing is None or standing.content is None:
        raise Refused(Reason("This record has no current version from which a draft could be made."))
    says = "recorded" if not standing.agreed and standing.recorder == me.institution else "proposed"
    return begin_draft(request, me, record=record, content=standing.content, replaces=standing.version, says=says)


def _from_proposed(request: HttpRequest, me: CurrentUser, record: str) -> int:
    """A draft made from the text that was proposed last, where that was withdrawn or not taken up."""
    seen = record_for(me, record)
    last = seen.history.last_proposed or ""
    or_refuse(may(Act.DRAFT, me.speaker(), RecordContext(kind=seen.kind, history=seen.history)))
    content = seen.contents.get(last)
    if not seen.inside or content is None or not seen.history.is_dead(last):
        raise Refused(Reason("This record has no text to which a counter-proposal could be made."))
    return begin_draft(request, me, record=record, content=dict(content), replaces=seen.history.in_force or "")


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


def _kind_of(history: History) -> str:
    return next(iter(history.headers.values())).kind


def _found(sought: str, me: CurrentUser) -> tuple[str, ...]:
    if not sought:
        return ()
    try:
        tag = active_reader().tag
        result = archive.found(sought, reader=tag, asking=me.institution, filters=Filters())
    except Refused:
        return ()
    # Most drafts are of the next exchange: those come first.
    hits = sorted(result.hits or result.near, key=lambda hit: hit.kind != "exchange")
    return tuple(hit.uri for hit in hits[:_MOST_FOUND])
