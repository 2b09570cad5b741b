"""The texts of an exchange that ask us for an answer: read beside what stands, and those that are ticked accepted."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koryu.consent import actions
from koryu.consent.queries import Consultation, ExchangeWork, place_of_kind
from koryu.consent.rules.policies import CHANGED
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.together.reader_together import reader_together
from koryu.desk.exchange.together.text_views import DrawnText, TextViews, drawn, text_views
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class AskedText:
    """A text that asks us for an answer, drawn beside what stands where something does. `may_not` where whoever looks
    may not accept it; they can ask the head to, on its own page."""

    matter: Consultation
    title: Text | None
    drawn: DrawnText
    may_not: Reason | None


@staff
def answer(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What we are asked to agree to at one exchange; and, when that is sent back, accept what is ticked."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, posted=late, problem=SIGNED_OUT if late is not None else None)
    try:
        count = _accept(me, work, request.POST.getlist("version"))
    except Refused as refused:
        again = exchange_for(me, slug)
        return _page(request, me, again, slug, posted=request.POST, problem=refused.reason, status=409)
    message = ngettext(
        "%(n)s text was accepted, exactly as it was shown.",
        "%(n)s texts were accepted, exactly as they were shown.",
        count,
    )
    messages.success(request, message % {"n": count})
    return HttpResponseRedirect(reverse("desk:exchange", kwargs={"slug": slug}))


def _accept(me: CurrentUser, work: ExchangeWork, ticked: list[str]) -> int:
    """Accept exactly these versions, which all are still open to us here. Raises Refused."""
    asked = {matter.version: matter.record for matter in asked_of_us(work)}
    wanted = list(dict.fromkeys(ticked))
    if not set(wanted) <= asked.keys():
        raise Refused(CHANGED)
    versions = {asked[version]: version for version in wanted}
    actions.accept_together(institution=me.institution, versions=versions, by=me.username, at=clock.now())
    return len(versions)


def asked_of_us(work: ExchangeWork) -> list[Consultation]:
    """The texts of an exchange that we have not answered yet, what is linked to coming first."""
    open_to_us = [text for text in work.open if not text.declined and work.institution in text.waits_for]
    return sorted(open_to_us, key=lambda text: (place_of_kind(text.header.kind), text.record))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    posted: Any,
    problem: Reason | None,
    status: int = 200,
) -> HttpResponse:
    matters = asked_of_us(work)
    views = _views(work, matters)
    naming = {uri for view in views for uri in view.named} | {matter.proposed.institution for matter in matters}
    proposed = [(matter.record, matter.content or {}) for matter in matters]
    versions = tuple(matter.version for matter in matters)
    reader, lines = reader_together(me, work, proposed, naming=naming, known_by=versions)
    speaker, heads = me.speaker(), (_("Current version"), "", _("Proposed text"))
    texts = [
        AskedText(
            matter=matter,
            title=title_of(matter.content or {}),
            drawn=drawn(reader, view, files_of=matter.record, heads=heads),
            may_not=roles.may_speak(role=speaker.role, kind=matter.header.kind, delegated=speaker.delegated),
        )
        for matter, view in zip(matters, views, strict=True)
    ]
    return render_page(
        request,
        me,
        "desk/exchange/answer.html",
        naming=lines,
        known=lines,
        status=status,
        work=work,
        name=name,
        title=title_for(work),
        texts=texts,
        ticked=set(posted.getlist("version")) if posted is not None else set(),
        speaks=any(text.may_not is None for text in texts),
        problem=problem,
    )


def _views(work: ExchangeWork, matters: list[Consultation]) -> list[TextViews]:
    records = {matter.record for matter in matters}
    lines = [part.line for part in work.parts if part.line.uri in records]
    stands = {uri: document.content() for uri, document in work.documents(lines).items()}
    if work.content:
        stands[work.uri] = dict(work.content)
    return [
        text_views((matter.version, work.last), matter.content, stands=stands.get(matter.record)) for matter in matters
    ]
