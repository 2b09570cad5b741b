"""The page on which mails are filed under the letters that they answer, several at once."""

from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.rules.letter_numbers import as_number
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.into_sheets import PARTS, into_sheet
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.file_to_keep import to_keep
from koryu.desk.held_files import CHOOSE_FILE, MAIL_AWAY
from koryu.desk.letters.back.back_files import hold_back
from koryu.desk.letters.back.back_taken import keep_with_letter
from koryu.desk.letters.back.back_view import letters_to_answer
from koryu.desk.letters.back.mail_filed import MailToFile, hold_mail_to_file, mails_to_file
from koryu.desk.letters.letter_pages import letter_for
from koryu.desk.text_input import number_typed
from koryu.files import actions as files
from koryu.ingest.mail_files import attached
from koryu.institutions import rules as roles
from koryu.values.reason import N_, Reason, Refused, or_refuse
from koryu.wording.letters.letter_kinds import LETTER_KINDS

_MOST: Final = 10
_TOO_MANY: Final = N_("At most %(most)s mails at once.")
_WHICH: Final = Reason("Choose the letter that it answers.")


@staff
def mails(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Drop mails; see which letter each answers and what is attached; file them."""
    work = exchange_for(me, slug)
    if roles.may_note(role=me.role):
        raise Http404
    if request.method != "POST":
        return _page(request, me, work, slug, _looked_at(me, work, request.GET.getlist("mail")))
    numbers = request.POST.getlist("mail")
    try:
        or_refuse(roles.may_draft(role=me.role))
        if "read" in request.POST:
            return HttpResponseRedirect(_handed_on(me, work, slug, request.POST["read"]))
        if request.POST.get("do") == "file":
            return _filed(request, me, work, slug, numbers)
        if request.POST.get("do") == "drop":
            for looked_at in _looked_at(me, work, numbers):
                files.put_away(looked_at.arrived.id)
            return HttpResponseRedirect(reverse("desk:exchange-letters", kwargs={"slug": slug}))
        return _dropped(request, me, work, slug)
    except Refused as refused:
        return _page(request, me, work, slug, _looked_at(me, work, numbers), problem=refused.reason, status=409)


@staff
@require_safe
def answer(request: HttpRequest, me: CurrentUser, /, slug: str, number: str, digest: str) -> HttpResponse:
    """What is filed under a letter, to keep."""
    kept = letter_for(me, exchange_for(me, slug), number)
    file = correspondence.answer_file(digest, number=kept.number, institution=me.institution)
    if file is None:
        raise Http404
    return to_keep(file.body, file.media_type, file.name)


def _dropped(request: HttpRequest, me: CurrentUser, work: ExchangeWork, slug: str) -> HttpResponse:
    """Each mail read and put down; those that are none are told, and the others stay."""
    uploaded = request.FILES.getlist("mails")
    if not uploaded:
        raise Refused(CHOOSE_FILE)
    if len(uploaded) > _MOST:
        raise Refused(Reason(_TOO_MANY, most=_MOST))
    numbers = []
    for each in uploaded:
        try:
            numbers.append(hold_mail_to_file(me, work.uri, each))
        except Refused as refused:
            if len(uploaded) == 1:
                raise
            messages.warning(request, refused.reason.in_words(_))
    return HttpResponseRedirect(f"{_here(slug)}?{urlencode({'mail': list(map(str, numbers))}, doseq=True)}")


def _filed(request: HttpRequest, me: CurrentUser, work: ExchangeWork, slug: str, numbers: list[str]) -> HttpResponse:
    """All of them filed, or none."""
    listed = _looked_at(me, work, numbers)
    if not listed:
        raise Refused(MAIL_AWAY)
    chosen = {each.arrived.id: as_number(request.POST.get(f"letter:{each.arrived.id}", "")) for each in listed}
    wanted = [each for each in listed if chosen[each.arrived.id]]
    if not wanted:
        raise Refused(_WHICH)
    with transaction.atomic():
        for each in wanted:
            keep_with_letter(
                me, chosen[each.arrived.id], name=each.name, body=each.arrived.body, known_by=each.known_by
            )
            files.note_taken(each.arrived.id, rows=0, at=clock.now())
    messages.success(request, _("Mails filed under their letters: %(n)s.") % {"n": len(wanted)})
    rest = [each.arrived.id for each in listed if each not in wanted]
    if rest:
        return HttpResponseRedirect(f"{_here(slug)}?{urlencode({'mail': rest}, doseq=True)}")
    return HttpResponseRedirect(reverse("desk:exchange-letters", kwargs={"slug": slug}))


def _handed_on(me: CurrentUser, work: ExchangeWork, slug: str, asked: str) -> str:
    """The address at which something attached is looked at: `3:0:letter` is the first of mail 3, as a letter."""
    mail, _, rest = asked.partition(":")
    part, _, how = rest.partition(":")
    looked_at = next(iter(_looked_at(me, work, [mail])), None)
    parts = looked_at.mail.attachments if looked_at else ()
    attachment = next((each for each in parts if str(each.number) == part), None)
    if looked_at is None or attachment is None or how not in ("letter", *PARTS):
        raise Refused(MAIL_AWAY)
    body = attached(body=looked_at.arrived.body, number=attachment.number)
    if how == "letter":
        held = hold_back(me, work.uri, name=attachment.name, body=body)
        asks = urlencode({"held": str(held), "letter": looked_at.letter})
        return f"{reverse('desk:exchange-letters-back', kwargs={'slug': slug})}?{asks}"
    return into_sheet(me, work, slug, how, name=attachment.name, body=body)


def _looked_at(me: CurrentUser, work: ExchangeWork, numbers: list[str]) -> list[MailToFile]:
    known = [number for each in dict.fromkeys(numbers) if (number := number_typed(each))]
    return mails_to_file(me, work.uri, known[:_MOST])


def _here(slug: str) -> str:
    return reverse("desk:exchange-letters-mails", kwargs={"slug": slug})


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    listed: list[MailToFile],
    *,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    return frame_of(work, name).page(
        request,
        me,
        "desk/letters/mails.html",
        status=status,
        mails=listed,
        letters=letters_to_answer(me, work),
        kinds=LETTER_KINDS,
        parts=PARTS,
        may_write=roles.may_draft(role=me.role),
        problem=problem,
    )
