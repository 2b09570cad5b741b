"""The candidate dates of an exchange: put forward, answered by each institution for itself, taken into our draft."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, said_by, staff
from koryu.desk.calendar.said_of_days import span
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.candidates.candidates_typed import (
    answers_typed,
    by_number,
    says_typed,
    spans_typed,
    told_typed,
)
from koryu.desk.exchange.candidates.candidates_view import (
    MEANS,
    SAYS,
    candidates_view,
    shown_among,
    taking_part,
)
from koryu.desk.exchange.dates_taken import take_dates
from koryu.desk.exchange.received_form import SAYS_ITSELF
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.file_to_keep import to_keep
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.text_input import number_typed
from koryu.files import queries as files
from koryu.files.actions import bring_upload
from koryu.files.rules import ENDINGS, Naming
from koryu.institutions import rules as roles
from koryu.planning import actions, queries
from koryu.planning.rules.candidates import LONGEST_REMARK
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.dates import span_with_weekdays
from koryu.wording.languages import active_reader

_NOTHING: Final = QueryDict()


@staff
def candidates(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """All candidates in their order; a form sent from here does one thing."""
    if roles.may_plan(role=me.role):
        raise Http404
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, work, slug, typed=late or _NOTHING, problem=SIGNED_OUT if late else None)
    act = next((name for name in _DO if name in request.POST), "")
    if not act:
        raise Http404
    try:
        _DO[act](request, me, work)
    except Refused as refused:
        now = exchange_for(me, slug)
        return _page(request, me, now, slug, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _(_DONE[act]))
    return HttpResponseRedirect(reverse(f"desk:{_GO_ON.get(act, 'exchange-candidates')}", kwargs={"slug": slug}))


@staff
def letter_file(request: HttpRequest, me: CurrentUser, /, slug: str, digest: str) -> HttpResponse:
    """A letter or mail by which a partner answered: for the institution that keeps it."""
    work = exchange_for(me, slug)
    known = queries.candidates(work.uri, asking=me.institution, together=shown_among(work))
    named = {said.file: said for each in known for said in each.said if said.kept_by == me.institution}
    naming = Naming(digest=digest, institution=me.institution, record=work.uri)
    kept = files.file_for(digest, institution=me.institution, readable=[naming]) if digest in named else None
    if kept is None or roles.may_plan(role=me.role):
        raise Http404
    return to_keep(kept.body, kept.media_type, kept.name)


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    typed: QueryDict,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    institutions, together = taking_part(work), shown_among(work)
    own, known = queries.rows_and_candidates(work.uri, institution=me.institution, together=together)
    calendars = queries.calendars(institutions, asking=me.institution) if known else {}
    view = candidates_view(work, known, calendars, today=clock.today())
    partners = [uri for uri in institutions if uri != me.institution]
    return frame_of(work, name, own).page(
        request,
        me,
        "desk/exchange/candidates.html",
        naming=[*institutions, *together, *(each.institution for each in known)],
        status=status,
        view=view,
        with_weekdays=partial(span_with_weekdays, language=active_reader().tag),
        span=span,
        says=SAYS,
        means=MEANS,
        partners=partners,
        told_for=[uri for uri in partners if uri not in me.keyed],
        seen_by=[uri for uri in together if uri != me.institution],
        may_take=bool(work.own_plan or (work.plan and not work.open_plan)),
        most_remark=LONGEST_REMARK,
        most=settings.FILE_SIZE // (1024 * 1024),
        endings=",".join(f".{ending}" for ending in ENDINGS),
        typed=typed,
        problem=problem,
    )


def _put_forward(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> None:
    actions.put_forward(
        spans=spans_typed(request.POST), says=says_typed(request.POST), today=clock.today(), **_at(me, work)
    )


def _answer(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> None:
    answers = list(answers_typed(request.POST, of=me.institution))
    actions.answer_candidates(answers=answers, today=clock.today(), **_at(me, work))


def _told(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> None:
    """What a partner answered by letter, mail or telephone; the letter is kept with it."""
    source = told_typed(request.POST, partners=frozenset(taking_part(work)) - {me.institution})
    if source.of in me.keyed:
        raise Refused(SAYS_ITSELF)
    answers = list(answers_typed(request.POST, of=source.of, source=source))
    if not answers:
        raise Refused(Reason("Say what they answered: preferred, possible or not possible."))
    uploaded = request.FILES.get("letter")
    with transaction.atomic():
        if uploaded:
            by = said_by(me)
            body = uploaded.read(settings.FILE_SIZE + 1)
            kept = bring_upload(name=str(uploaded.name), body=body, most=settings.FILE_SIZE, record=work.uri, **by)
            answers = [(number, replace(said, file=kept.digest, file_name=kept.name)) for number, said in answers]
        actions.answer_candidates(answers=answers, today=clock.today(), **_at(me, work))


def _withdraw(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> None:
    # The buttons stand in the form of our answers: what was chosen there is not lost.
    _answer(request, me, work)
    actions.withdraw_candidate(candidate=number_typed(request.POST.get("withdraw", "")), **_at(me, work))


def _take(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> None:
    _answer(request, me, work)
    known = queries.candidates(work.uri, asking=me.institution, together=shown_among(work))
    candidate = by_number(known, number_typed(request.POST.get("take", "")))
    take_dates(request, me, work, first=candidate.first, last=candidate.last)


def _at(me: CurrentUser, work: ExchangeWork) -> dict[str, Any]:
    return {
        "institution": me.institution,
        "exchange": work.uri,
        "together": shown_among(work),
        "by": me.username,
        "at": clock.now(),
    }


# By the name of the button that was pressed.
_DO: Final[Mapping[str, Callable[[HttpRequest, CurrentUser, ExchangeWork], None]]] = {
    "take": _take,
    "withdraw": _withdraw,
    "told": _told,
    "put-forward": _put_forward,
    "answer": _answer,
}
_DONE: Final[Mapping[str, str]] = {
    "take": N_("The dates were written into the draft. Nothing was sent to anyone."),
    "withdraw": N_("The dates were withdrawn."),
    "told": N_("What they answered was saved."),
    "put-forward": N_("The candidate dates were saved."),
    "answer": N_("Your answers were saved."),
}
_GO_ON: Final[Mapping[str, str]] = {"take": "exchange-plan"}
