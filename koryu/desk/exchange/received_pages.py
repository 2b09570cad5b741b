"""What a partner has written or published about its own part, put on record by us: our line, which binds nobody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, draft_for, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.begin_part import arranges, begin_part_of
from koryu.desk.exchange.cited_work import CitedWork, cited_work, work_cited, works_offered
from koryu.desk.exchange.part_list import PART_OF_KIND, TYPED_AS_SHEETS, ExchangeText, texts_of
from koryu.desk.exchange.work_frame import frame_of, named_on
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.files.actions import bring_upload
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.seals.digests import digest
from koryu.sheets import clean
from koryu.sheets.parse import is_date, understood
from koryu.values.reason import Reason, Refused, or_refuse

_SAYS_ITSELF = Reason("That institution uses this server and must reply itself.")


@dataclass(frozen=True, kw_only=True)
class PartnersPart:
    """A text that could be recorded for a partner: of which kind, whose it is."""

    kind: str
    institution: str


@staff
def received(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Choose what it is and what it rests on; then type it into a draft of a recorded text."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, typed=late or {}, problem=SIGNED_OUT if late is not None else None)
    source = cited_work(request.POST)
    try:
        number = _begun(request, me, work, source)
    except Refused as refused:
        return _page(request, me, work, slug, typed=request.POST, source=source, problem=refused.reason, status=409)
    kind = draft_for(me, number).kind
    if kind in TYPED_AS_SHEETS:
        return HttpResponseRedirect(reverse(f"desk:exchange-{PART_OF_KIND[kind]}", kwargs={"slug": slug}))
    return HttpResponseRedirect(reverse("desk:edit", kwargs={"number": number}))


def _begun(request: HttpRequest, me: CurrentUser, work: ExchangeWork, source: CitedWork) -> int:
    part = _part(request, me, work)
    letter = request.FILES.get("letter")
    if letter is None:
        with transaction.atomic():
            cited = {"id": "s1", "work": work_cited(request, me, source)}
            return begin_part_of(request, me, work, kind=part.kind, institution=part.institution, sources=[cited])
    or_refuse(_SAYS_ITSELF if part.institution in institutions.with_key([part.institution]) else None)
    return _by_letter(request, me, work, part, letter)


def _by_letter(
    request: HttpRequest, me: CurrentUser, work: ExchangeWork, part: PartnersPart, letter: "UploadedFile[Any]"
) -> int:
    """A draft that rests on a letter, for the institutions of the exchange; the file is kept with it."""
    # One byte more than is kept tells that there is too much; the rest need not be read.
    body = letter.read(settings.FILE_SIZE + 1)
    dated = understood(clean.line(request.POST.get("dated", "")))
    if dated and not is_date(dated):
        raise Refused(Reason("“%(typed)s” is not understood as a date.", typed=dated))
    named = {"digest": digest(body), **({"dated": dated} if dated else {})}
    with transaction.atomic():
        number = begin_part_of(
            request,
            me,
            work,
            kind=part.kind,
            institution=part.institution,
            sources=[{"id": "l1", "letter": named}],
            shown_to="institutions",
        )
        bring_upload(
            name=str(letter.name),
            body=body,
            most=settings.FILE_SIZE,
            institution=me.institution,
            record=draft_for(me, number).record,
            draft=number,
            by=me.username,
            at=clock.now(),
        )
    return number


def _part(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> PartnersPart:
    kind, _, institution = request.POST.get("part", "").partition(" ")
    part = PartnersPart(kind=kind, institution=institution)
    if part not in _choices(me, work, texts_of(work)):
        raise Refused(Reason("Choose what it is."))
    or_refuse(roles.may_draft(role=me.role, kind=kind))
    return part


def _choices(me: CurrentUser, work: ExchangeWork, texts: Iterable[ExchangeText]) -> list[PartnersPart]:
    """What partners have alone to say and nothing agreed stands of: not their reports, which are their own account."""
    there = {(text.kind, text.institution) for text in texts if text.draft or text.current}
    return [
        PartnersPart(kind=kind, institution=institution)
        for institution in work.institutions
        if institution != me.institution
        for kind in PART_OF_KIND
        if kind != "report" and arranges(work, kind, institution)
        if kind == "paper" or (kind, institution) not in there
    ]


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    typed: Mapping[str, Any],
    source: CitedWork | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, source = frame_of(work, name), source or CitedWork()
    works = works_offered(me, source)
    return render_page(
        request,
        me,
        "desk/exchange/received.html",
        naming={*named_on(work), *works},
        known=work.named,
        status=status,
        **frame.variables,
        choices=_choices(me, work, frame.texts),
        typed=typed,
        source=source,
        works=works,
        most=settings.FILE_SIZE // (1024 * 1024),
        problem=problem,
    )
