"""What a partner has written or published: texts it accepts by a letter, and what it says itself, recorded by us."""

from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from koryu.consent.actions import RefusedText
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.cited_work import CitedWork, cited_work, works_offered
from koryu.desk.exchange.into_sheets import into_sheet
from koryu.desk.exchange.part_list import PAGE_OF_KIND, ExchangeText, texts_of
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
from koryu.desk.exchange.received_mail import (
    LIST,
    AskedList,
    DroppedMail,
    dropped_mail,
    filled_in,
    hold_mail,
    letter_in,
    list_asked,
    note_received,
    with_kind,
)
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.letters.back.back_taken import keep_with_letter
from koryu.desk.letters.back.mail_filed import answered_by
from koryu.files.rules import ENDINGS
from koryu.values.reason import Reason, Refused

_NOTHING: Final = QueryDict()
MAIL_DROPPED: Final = "drop-mail"
UNDER: Final = "under-letter"


@staff
def received(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Attach what came, say what it does; then that is done in one act, and what it gives is typed as drafts."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, typed=late or _NOTHING, problem=SIGNED_OUT if late is not None else None)
    posted = request.POST
    dropped: DroppedMail | None = None
    try:
        if MAIL_DROPPED in posted:
            dropped = hold_mail(me, work.uri, request.FILES.get("mail-file"))
            return _page(request, me, work, slug, typed=filled_in(posted, dropped), dropped=dropped)
        dropped = dropped_mail(me, work.uri, posted.dict())
        wanted = list_asked(posted.dict(), dropped)
        letter = letter_in(dropped) if dropped else KeptLetter.of(request.FILES.get("letter"))
    except Refused as refused:
        return _page(request, me, work, slug, typed=posted, dropped=dropped, problem=refused.reason, status=409)
    form, texts = received_form(with_kind(posted, wanted)), texts_of(work)
    arrival = Arrival(
        request=request,
        me=me,
        name=slug,
        work=work,
        texts=texts,
        form=form,
        letter=letter,
        source=cited_work(request.POST),
        earlier=_earlier(me, work, texts),
    )
    try:
        with transaction.atomic():
            drafts = dict(receive(arrival))
            to_look_at = _loaded(me, slug, form, drafts, wanted)
            if dropped:
                _file_under_letter(me, dropped, posted.get(UNDER, ""))
                note_received(dropped)
    except Refused as refused:
        now = exchange_for(me, slug)
        return _page(
            request,
            me,
            now,
            slug,
            typed=posted,
            dropped=dropped,
            problem=refused.reason,
            refused=refused,
            status=409,
        )
    return HttpResponseRedirect(to_look_at or _go_on(slug, drafts))


def _loaded(me: CurrentUser, slug: str, form: ReceivedForm, drafts: dict[str, int], wanted: AskedList | None) -> str:
    """The address at which the list that came is looked at, in the draft that rests on the letter; '' for none."""
    if wanted is None:
        return ""
    return into_sheet(
        me,
        exchange_for(me, slug),
        slug,
        wanted.kind,
        name=wanted.name,
        body=wanted.body,
        institution=form.partner,
        draft=drafts.get(wanted.kind, 0),
    )


def _file_under_letter(me: CurrentUser, dropped: DroppedMail, number: str) -> None:
    """The mail kept with the letter of ours that it answers, where somebody says so."""
    letter, _doubt = answered_by(me, dropped.mail)
    if number and number == letter:
        keep_with_letter(me, letter, name=dropped.arrived.name, body=dropped.arrived.body, known_by=dropped.known_by)


def _go_on(slug: str, drafts: dict[str, int]) -> str:
    """To the people, where the letter names some; to the one draft there is; else to the exchange."""
    if "participation" in drafts:
        return PEOPLE_PART.address(slug)
    if len(drafts) == 1:
        kind, number = next(iter(drafts.items()))
        if kind in PAGE_OF_KIND:
            address = reverse(f"desk:{PAGE_OF_KIND[kind]}", kwargs={"slug": slug})
            # Its answers are typed one after the other: into the draft that rests on the letter.
            return f"{address}?for={number}#new-text" if kind == "questions" else address
        return reverse("desk:edit", kwargs={"number": number})
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
    dropped: DroppedMail | None = None,
    problem: Reason | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    frame, partners, source = frame_of(work, name), partners_in(work), cited_work(typed)
    earlier = _earlier(me, work, frame.texts)
    works = works_offered(me, source) if source != CitedWork() else ()
    form: ReceivedForm = received_form(typed)
    variables: dict[str, Any] = {
        "partners": partners,
        "keyed": me.keyed,
        "awaited": awaited_texts(me, work, keyed=me.keyed),
        "to_name": kinds_to_name(me, work, frame.texts),
        "earlier": earlier,
        "form": form,
        "dropped": dropped,
        "answered": answered_by(me, dropped.mail)[0] if dropped else "",
        "listed": typed.get(LIST, ""),
        "dated": typed.get("dated", ""),
        "source": source,
        # Of partners that all reply themselves, only what they have published is recorded.
        "published": source != CitedWork() or me.keyed.issuperset(partners),
        "works": works,
        "most": settings.FILE_SIZE // (1024 * 1024),
        "endings": ",".join(f".{ending}" for ending in ENDINGS),
        "problem": problem,
        "refused_text": refused.record if isinstance(refused, RefusedText) else "",
    }
    cited = {uri for each in earlier for uri in each.works}
    return frame.page(request, me, "desk/exchange/received.html", naming={*works, *cited}, status=status, **variables)
