"""Agreements: the register, a renewal in one click, and a certificate to print."""

from dataclasses import asdict, dataclass
from secrets import token_hex
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.desk.access import CurrentUser, record_for, staff
from koryu.desk.agreements.register import EXTENSION_OF, Registered, register, renewal_of
from koryu.desk.records import record_status as at_desk
from koryu.desk.records.pages import title_for
from koryu.desk.render import render_page
from koryu.markup.content_view import read
from koryu.markup.desk_writer import draft_page, record_page
from koryu.records.agreement import AgreementType
from koryu.records.kinds import document_of
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import LANGUAGES
from koryu.wording.titles import title_of

RENEWING = N_("A draft of the renewal was made. Nothing was said yet.")
_SLUGS = {tag: slug for slug, (tag, _name) in LANGUAGES.items()}


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
    found = register(archive.lines("agreement", asking=me.institution), today=clock.today())
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
def renew(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """Begin a draft that renews an agreement, or go on with the one begun."""
    seen = record_for(me, uri)
    if seen.kind != "agreement" or seen.standing is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(record_page(uri))
    ours = (draft for draft in consent.drafts_of(me.institution) if draft.kind == "agreement")
    begun = next((draft.id for draft in ours if draft.content.get("extends") == uri), None)
    try:
        if me.institution not in seen.history.headers[seen.history.in_force or ""].owners:
            raise Refused(Reason("Only an institution of the agreement can propose its renewal."))
        if begun is None:
            begun = actions.draft(
                institution=me.institution,
                record=f"tag:{settings.NAMES}:agreement/{clock.today().year}-{token_hex(3)}",
                content=renewal_of(uri, seen.standing, titled=_titled),
                replaces=None,
                by=me.username,
                at=clock.now(),
            )
    except Refused as refused:
        messages.error(request, refused.reason.in_words(_))
        return HttpResponseRedirect(record_page(uri))
    messages.success(request, _(RENEWING))
    return HttpResponseRedirect(draft_page(begun))


def _titled(tag: str, title: str) -> str:
    """The title of the extension of what is called `title` in a language; as it is in one we have no words in."""
    if tag not in _SLUGS:
        return title
    with translation.override(_SLUGS[tag]):
        return _(EXTENSION_OF) % {"title": title}


@staff
def certificate(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """What was agreed, by whom, when, each word in its true form, on paper."""
    seen = record_for(me, uri)
    version = seen.history.in_force
    if seen.kind != "agreement" or version is None or seen.standing is None:
        raise Http404
    words = at_desk.words_on(seen.history, version) if seen.history.is_proposal(version) else ()
    reading = read(seen.standing)
    stands = at_desk.how_it_stands(seen.history, version)
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
