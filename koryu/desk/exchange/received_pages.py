"""What a partner has written or published: texts it accepts by a letter, and what it says itself, recorded by us."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from koryu.consent.actions import RefusedText
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.cited_work import CitedWork, cited_work, works_offered
from koryu.desk.exchange.part_list import ExchangeText, texts_of
from koryu.desk.exchange.people.people_acts import PEOPLE_PART
from koryu.desk.exchange.received_acts import Arrival, KeptLetter, receive
from koryu.desk.exchange.received_form import (
    EarlierSources,
    ReceivedForm,
    awaited_texts,
    earlier_sources,
    kinds_to_name,
    partners_in,
    received_form,
)
from koryu.desk.exchange.work_frame import frame_of, named_on
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.files.rules import ENDINGS
from koryu.institutions import queries as institutions
from koryu.values.reason import Reason, Refused

_NOTHING: Final = QueryDict()


@staff
def received(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Attach what came, say what it does; then that is done in one act, and what it gives is typed as drafts."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, typed=late or _NOTHING, problem=SIGNED_OUT if late is not None else None)
    form, texts = received_form(request.POST), texts_of(work)
    arrival = Arrival(
        request=request,
        me=me,
        name=slug,
        work=work,
        texts=texts,
        form=form,
        letter=KeptLetter.of(request.FILES.get("letter")),
        source=cited_work(request.POST),
        earlier=_earlier(me, work, texts),
    )
    try:
        drafts = dict(receive(arrival))
    except Refused as refused:
        now = exchange_for(me, slug)
        return _page(request, me, now, slug, typed=request.POST, problem=refused.reason, refused=refused, status=409)
    return HttpResponseRedirect(_go_on(slug, drafts))


def _go_on(slug: str, drafts: dict[str, int]) -> str:
    """To the people, where the letter names some; to the one draft there is; else to the exchange."""
    if "participation" in drafts:
        return PEOPLE_PART.address(slug)
    if len(drafts) == 1:
        return reverse("desk:edit", kwargs={"number": next(iter(drafts.values()))})
    return reverse("desk:exchange", kwargs={"slug": slug})


def _earlier(me: CurrentUser, work: ExchangeWork, texts: tuple[ExchangeText, ...]) -> tuple[EarlierSources, ...]:
    recorded = [text.current.line for text in texts if text.current and text.current.said_by == me.institution]
    own = [line for line in recorded if line.basis == "recorded"]
    return earlier_sources(me, texts, work.documents(own) if own else {})


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    typed: QueryDict,
    problem: Reason | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, partners, source = frame_of(work, name), partners_in(work), cited_work(typed)
    keyed = institutions.with_key(partners)
    earlier = _earlier(me, work, frame.texts)
    works = works_offered(me, source) if source != CitedWork() else ()
    form: ReceivedForm = received_form(typed)
    variables: dict[str, Any] = {
        **frame.variables,
        "partners": partners,
        "keyed": keyed,
        "awaited": awaited_texts(me, work, keyed=keyed),
        "to_name": kinds_to_name(me, work, frame.texts),
        "earlier": earlier,
        "form": form,
        "dated": typed.get("dated", ""),
        "source": source,
        # Of partners that all reply themselves, only what they have published is recorded.
        "published": source != CitedWork() or keyed.issuperset(partners),
        "works": works,
        "most": settings.FILE_SIZE // (1024 * 1024),
        "endings": ",".join(f".{ending}" for ending in ENDINGS),
        "problem": problem,
        "refused_text": refused.record if isinstance(refused, RefusedText) else "",
    }
    cited = {uri for each in earlier for uri in each.works}
    return render_page(
        request,
        me,
        "desk/exchange/received.html",
        naming={*named_on(work), *works, *cited},
        known=work.named,
        status=status,
        **variables,
    )
