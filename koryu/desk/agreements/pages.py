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

    def shows(self, one: Registered, *, me: str) -> bool:
        """Whether an agreement is among them."""
        return (
            (not self.lapsed or one.lapsed)
            and (not self.ours or me in one.institutions)
            and (not self.institution or self.institution in one.institutions)
            and (not self.type or self.type in one.types)
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
    found = register(archive.lines_of_agreements(asking=me.institution), today=clock.today())
    narrowed = _narrowed(request)
    shown = [one for one in found if narrowed.shows(one, me=me.institution)]
    open_ones = [
        one
        for one in consent.consultations()
        if one.header.kind == "agreement" and me.institution in one.history.must_agree(one.version)
    ]
    institutions = sorted({uri for one in found for uri in one.institutions})
    return render_page(
        request,
        me,
        "desk/agreements.html",
        naming={*institutions, *(uri for one in open_ones for uri in one.header.owners)},
        shown=shown,
        hidden=len(found) - len(shown),
        narrowed=narrowed,
        institutions=institutions,
        types=[str(sort) for sort in AgreementType if any(sort in one.types for one in found)],
        any_lapsed=any(one.lapsed for one in found),
        under_consultation=[(one.record, title_of(one.content or {}), one) for one in open_ones],
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
    """What was agreed, by whom, when, each word in its true form, on paper."""
    seen = record_for(me, uri)
    version = seen.history.in_force
    if seen.kind != "agreement" or version is None or seen.standing is None:
        raise Http404
    words = record_status.words_on(seen.history, version) if seen.history.is_proposal(version) else ()
    reading = read(seen.standing)
    stands = record_status.how_it_stands(seen.history, version)
    owners = seen.history.headers[version].owners
    return render_page(
        request,
        me,
        "desk/certificate.html",
        naming={uri, *reading.named, *owners, *(word.said.institution for word in words if word.said)}
        | {stands.said_by for stands in [stands] if stands},
        seen=seen,
        title=title_for(seen),
        doc=document_of(seen.standing, kept=True),
        stands=stands,
        owners=owners,
        words_on=words,
    )
