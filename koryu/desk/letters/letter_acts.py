"""What is done with a letter: begun, typed, submitted, approved, said to be sent, corrected."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import actions
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import OwnLetter
from koryu.correspondence.rules.letter_life import CHANGED, GONE, sending_fails
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.letters.letter_addressees import addressed_to, begun_with, partners_of
from koryu.desk.letters.letter_boxes import typed_in
from koryu.desk.letters.letter_contents import OURS
from koryu.desk.letters.letter_making import files_at_sending, files_of, made_now, submitted_pages, template_of
from koryu.desk.letters.letter_pages import letter_for, letter_page, list_page
from koryu.planning.actions.keep_schedules import note_sent_for
from koryu.planning.rules.planned_exchange import planned_at_work
from koryu.planning.rules.private_rows_typed import delete_day
from koryu.planning.rules.schedule.moved_dates import dates_named
from koryu.publishing.letters.blocks import sheet_of_letter
from koryu.values.reason import N_, Refused, or_refuse
from koryu.wording.letters.letter_kinds import LETTER_KINDS, languages_allowed

_OURS_FIRST: Final = ("participants",)


@staff
def begin(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Begin a letter of the kind and in the languages chosen; who sends it is taken over from the last one."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:exchange-letters", kwargs={"slug": slug}))
    kind, langs = request.POST.get("kind", ""), tuple(request.POST.get("langs", "").split("+"))
    spec, partner = LETTER_KINDS.get(kind), next(iter(partners_of(work)), "")
    # What is no language is refused where the letter is begun: nothing is looked up in it before.
    begins_filled = spec is not None and not spec.is_list and languages_allowed(kind, langs)
    typed = begun_with(me, work, kind, langs[0], partner=partner) if begins_filled else {}
    if kind in _OURS_FIRST and _have_list(work):
        typed["whose"] = OURS
    try:
        number = actions.begin_letter(exchange=work.uri, kind=kind, langs=langs, typed=typed, **_said_by(me))
    except Refused as refused:
        return list_page(request, me, work, slug, problem=refused.reason, status=409)
    return HttpResponseRedirect(reverse("desk:exchange-letter", kwargs={"slug": slug, "number": number}))


@staff
def rights(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Let officers approve letters of the kinds that are ticked."""
    work = exchange_for(me, slug)
    if request.method == "POST":
        try:
            actions.let_officers_approve(kinds=frozenset(request.POST.getlist("kind")), **_said_by(me))
        except Refused as refused:
            return list_page(request, me, work, slug, problem=refused.reason, status=409)
        messages.success(request, _(_RIGHTS_SAVED))
    return HttpResponseRedirect(reverse("desk:exchange-letters", kwargs={"slug": slug}))


@staff
def act(request: HttpRequest, me: CurrentUser, /, slug: str, number: str) -> HttpResponse:
    """Do what the button says with the newest version of a letter."""
    work = exchange_for(me, slug)
    kept = letter_for(me, work, number)
    page = reverse("desk:exchange-letter", kwargs={"slug": slug, "number": kept.number})
    if request.method != "POST":
        return HttpResponseRedirect(page)
    do = request.POST.get("do", "")
    if do not in _DO:
        raise Http404
    try:
        _DO[do](request, me, work, kept)
    except Refused as refused:
        again = correspondence.letter(kept.number, institution=me.institution)
        if again is None:
            return list_page(request, me, work, slug, problem=refused.reason, status=409)
        return letter_page(request, me, work, slug, again, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _(_DONE[do]))
    if do == "discard" and len(kept.versions) == 1:
        return HttpResponseRedirect(reverse("desk:exchange-letters", kwargs={"slug": slug}))
    return HttpResponseRedirect(page)


def _save(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    _keep_typed(me, work, kept, typed_in(kept.kind, kept.langs[0], request.POST), edition=_edition(request))


def _address(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    """Keep what is typed, with the boxes for the addressee filled in for the contact that was chosen."""
    lang = kept.langs[0]
    typed = typed_in(kept.kind, lang, request.POST)
    typed = addressed_to(me, work, typed, request.POST.get("contact", ""), lang)
    _keep_typed(me, work, kept, typed, edition=_edition(request))


def _keep_typed(
    me: CurrentUser, work: ExchangeWork, kept: OwnLetter, typed: Mapping[str, str], *, edition: int
) -> None:
    delete_on = delete_day(_last_day(work), today=clock.today()) if typed.get("private") else None
    actions.save_letter(number=kept.number, typed=typed, edition=edition, delete_on=delete_on, **_said_by(me))


def _submit(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    """Keep what is typed, and ask for approval of the letter as it is printed with it."""
    _save(request, me, work, kept)
    saved = correspondence.letter(kept.number, institution=me.institution)
    if saved is None:
        raise Refused(GONE)
    pages = made_now(work, saved, saved.last, draft=False).pages
    actions.submit_letter(
        number=kept.number,
        pages=pages.model_dump(mode="json"),
        edition=saved.last.edition,
        template=saved.template.version if saved.template else 0,
        **_said_by(me),
    )


def _take_back(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    remark = request.POST.get("remark", "").replace("\r\n", "\n").strip()
    actions.take_back_letter(number=kept.number, remark=remark, **_said_by(me))


def _approve(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    pages, shown = submitted_pages(kept.last), request.POST.get("shown", "")
    # The bytes are made of what is read here: it must be what whoever approves has seen.
    if shown != kept.last.pages_digest:
        raise Refused(CHANGED)
    actions.approve_letter(
        number=kept.number,
        shown=shown,
        made=files_of(pages, template_of(kept, kept.last)),
        sheet=sheet_of_letter(pages),
        taking_over=request.POST.get("over") == "1",
        **_said_by(me),
    )


def _pass_on(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    actions.pass_on_letter(number=kept.number, shown=request.POST.get("shown", ""), **_said_by(me))


def _send(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    typed = {box: request.POST.get(box, "").strip() for box in ("how", "on", "to", "number", "day")}
    or_refuse(sending_fails(**typed))
    actions.send_letter(
        number=kept.number,
        how=typed["how"],
        on=typed["on"],
        to=typed["to"],
        document_number=typed["number"],
        document_date=typed["day"],
        made=files_at_sending(kept, kept.last, number=typed["number"], day=typed["day"]),
        **_said_by(me),
    )
    # Once the dates move, whoever plans is asked whether it is to be sent anew.
    dates = dates_named(planned_at_work(work).anchors)
    note_sent_for(exchange=work.uri, letter_kind=kept.kind, done_for=dates, **_said_by(me))


def _answered(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    actions.end_letter(number=kept.number, ended_as="answered", **_said_by(me))


def _closed(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    actions.end_letter(number=kept.number, ended_as="closed", **_said_by(me))


def _correct(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    actions.correct_letter(number=kept.number, **_said_by(me))


def _discard(request: HttpRequest, me: CurrentUser, work: ExchangeWork, kept: OwnLetter) -> None:
    actions.discard_letter(number=kept.number, **_said_by(me))


def _have_list(work: ExchangeWork) -> bool:
    own = (draft.kind for draft in work.drafts)
    standing = (part.line.summary.institution for part in work.parts if part.line.kind == "participation")
    return "participation" in own or work.institution in standing


def _last_day(work: ExchangeWork) -> date | None:
    when = work.plan.line.date if work.plan else None
    return when.latest if when else None


def _edition(request: HttpRequest) -> int:
    written = request.POST.get("edition", "")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else -1


def _said_by(me: CurrentUser) -> dict[str, Any]:
    return {"institution": me.institution, "by": me.username, "at": clock.now()}


_DO: Final[Mapping[str, Callable[[HttpRequest, CurrentUser, ExchangeWork, OwnLetter], None]]] = {
    "save": _save,
    "address": _address,
    "submit": _submit,
    "take-back": _take_back,
    "pass-on": _pass_on,
    "approve": _approve,
    "send": _send,
    "answered": _answered,
    "closed": _closed,
    "correct": _correct,
    "discard": _discard,
}
_DONE: Final[Mapping[str, str]] = {
    "save": N_("The letter was saved."),
    "address": N_("The letter was saved."),
    "submit": N_("The letter was submitted for approval."),
    "take-back": N_("The letter is a draft again."),
    "pass-on": N_("The letter was passed on to the next step."),
    "approve": N_("The letter was approved. Its files do not change any more."),
    "send": N_("The letter was marked as sent."),
    "answered": N_("The letter was marked as answered."),
    "closed": N_("The letter was closed."),
    "correct": N_("A new version was begun; the one before stays as it is."),
    "discard": N_("The draft was deleted."),
}
_RIGHTS_SAVED: Final = N_("Saved which letters officers may approve.")
