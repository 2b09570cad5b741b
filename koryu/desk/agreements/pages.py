"""Agreements: the register, and a certificate of one to print."""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.agreements.register import Registered, register
from koryu.desk.records import record_status
from koryu.desk.records.pages import title_for
from koryu.desk.render import render_page
from koryu.desk.visible_record import record_for
from koryu.markup.content_view import read
from koryu.records.agreement import AgreementType
from koryu.records.kinds import document_of
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class AgreementFilter:
    """Which of all agreements are looked at."""

    lapsed: str = ""
    ours: str = ""
    institution: str = ""
    type: str = ""

    def shows(self, agreement: Registered, *, me: str) -> bool:
        """Whether an agreement is among them."""
        return (
            (not self.lapsed or agreement.lapsed)
            and (not self.ours or me in agreement.institutions)
            and (not self.institution or self.institution in agreement.institutions)
            and (not self.type or self.type in agreement.types)
        )

    def to(self, **chosen: str) -> str:
        """The address of the register narrowed down otherwise."""
        wanted = {**asdict(self), **chosen}
        return "?" + urlencode({name: value for name, value in wanted.items() if value})

    @property
    def by_anything(self) -> bool:
        return bool(self.lapsed or self.ours or self.institution or self.type)


@staff
def agreements(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """Every agreement we may see: what stands, with its term and what extends it; and what is under consultation."""
    registered = register(archive.lines_of_agreements(asking=me.institution), today=clock.today())
    narrowed = _narrowed(request)
    shown = [agreement for agreement in registered if narrowed.shows(agreement, me=me.institution)]
    open_ones = [
        consultation
        for consultation in consent.consultations()
        if consultation.header.kind == "agreement"
        and me.institution in consultation.history.must_agree(consultation.version)
    ]
    institutions = sorted({uri for agreement in registered for uri in agreement.institutions})
    return render_page(
        request,
        me,
        "desk/agreements.html",
        naming={*institutions, *(uri for consultation in open_ones for uri in consultation.header.owners)},
        shown=shown,
        hidden=len(registered) - len(shown),
        narrowed=narrowed,
        institutions=institutions,
        types=[str(sort) for sort in AgreementType if any(sort in agreement.types for agreement in registered)],
        any_lapsed=any(agreement.lapsed for agreement in registered),
        under_consultation=[
            (consultation.record, title_of(consultation.content or {}), consultation) for consultation in open_ones
        ],
    )


def _narrowed(request: HttpRequest) -> AgreementFilter:
    asked = request.GET
    return AgreementFilter(
        lapsed="1" if asked.get("lapsed") else "",
        ours="1" if asked.get("ours") else "",
        institution=asked.get("institution", ""),
        type=asked.get("type", "") if asked.get("type", "") in set(AgreementType) else "",
    )


@staff
def certificate(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """A certificate of an agreement to print: what was agreed, when, and how each institution agreed to it."""
    record = record_for(me, uri)
    version = record.history.in_force
    if record.kind != "agreement" or version is None or record.standing is None:
        raise Http404
    words = record_status.words_on(record.history, version) if record.history.is_proposal(version) else ()
    reading = read(record.standing)
    stands = record_status.how_it_stands(record.history, version)
    owners = record.history.headers[version].owners
    return render_page(
        request,
        me,
        "desk/certificate.html",
        naming={uri, *reading.named, *owners, *(word.said.institution for word in words if word.said)}
        | {stands.said_by for stands in [stands] if stands},
        record=record,
        title=title_for(record),
        doc=document_of(record.standing, kept=True),
        stands=stands,
        owners=owners,
        words_on=words,
    )
