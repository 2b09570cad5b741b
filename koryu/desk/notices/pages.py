"""The outbox: what the people of my institution are to be told, to be read and sent, or put aside, by a person."""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from koryu.archive import queries as archive
from koryu.delivery.attempts import may_note
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.notices.to_partners import mail_for, partners_to_tell
from koryu.desk.render import render_page
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.rules import called
from koryu.notices import actions, queries
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import LANGUAGES


@staff
def outbox(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """What waits to be sent, and what was sent."""
    return _page(request, me)


@staff
def settle(request: HttpRequest, me: CurrentUser, number: int) -> HttpResponse:
    """Send a notice, note it as sent by hand, or put it aside."""
    notice = queries.notice(number)
    if notice is None or notice.institution != me.institution:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(reverse("desk:outbox"))
    try:
        message = _do(request, me, notice)
    except Refused as refused:
        return _page(request, me, status=409, refused=refused.reason)
    messages.success(request, message)
    return HttpResponseRedirect(reverse("desk:outbox"))


@staff
@require_POST
def reminders(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """Choose how often one is reminded of steps oneself."""
    people.remind_weekly(username=me.username, weekly=request.POST.get("often") == "weekly", at=clock.now())
    messages.success(request, _("The choice was saved."))
    return HttpResponseRedirect(reverse("desk:outbox"))


@staff
@require_safe
def mail_file(request: HttpRequest, me: CurrentUser, number: int) -> HttpResponse:
    """A notice as a file that a mail program opens."""
    notice = queries.notice(number)
    if notice is None or notice.institution != me.institution:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="notice-{notice.id}.eml"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(actions.as_mail_file(notice), content_type="message/rfc822", headers=headers)


def _do(request: HttpRequest, me: CurrentUser, notice: queries.Notice) -> str:
    said: dict[str, Any] = {"notice": notice.id, "by": me.username, "at": clock.now()}
    name = {"name": called(notice.username, me.names, translate=_)}
    match request.POST.get("act"):
        case "send":
            actions.send(seen=request.POST.get("seen", ""), **said)
            return _("The notice to %(name)s was sent.") % name
        case "sent":
            actions.note_sent(**said)
            return _("The notice to %(name)s is marked as sent.") % name
        case "aside":
            actions.put_aside(**said)
            return _("The notice to %(name)s will not be sent.") % name
        case _:
            raise Refused(Reason("Something required is missing in this form. Fill in the fields marked “needed”."))


def _page(request: HttpRequest, me: CurrentUser, *, status: int = 200, refused: Reason | None = None) -> HttpResponse:
    at = clock.now()
    to_tell = partners_to_tell(me, today=clock.today())
    lines = archive.lines_named({me.institution, *(each.partner for each in to_tell)}, asking=me.institution)
    mails = [mail_for(each, me, dict(lines)) for each in to_tell]
    return render_page(
        request,
        me,
        "desk/outbox.html",
        status=status,
        naming=[each.partner for each in to_tell],
        known=lines,
        to_tell=[(each, mail_to(mail) if mail else "") for each, mail in zip(to_tell, mails, strict=True)],
        waiting=[_shown(notice, at=at) for notice in queries.waiting(me.institution)],
        settled=queries.settled(me.institution),
        may_not=roles.may_send_notices(role=me.role),
        automatic=settings.MAIL_AUTO,
        weekly=me.username in institutions.weekly_readers(),
        tags={slug: tag for slug, (tag, _name) in LANGUAGES.items()},
        refused=refused,
    )


def _shown(notice: queries.Notice, *, at: str) -> tuple[queries.Notice, bool, str]:
    """A notice, whether it is being sent at this moment, and the address that opens it in one's own mail program."""
    under_way = may_note(sent=False, aside=False, taken_at=notice.taken_at, at=at) is not None
    return notice, under_way, mail_to(notice) if notice.email else ""


def mail_to(notice: Any) -> str:
    """The notice as a letter to be opened in a mail program (RFC 6068)."""
    text = quote(notice.text.replace("\n", "\r\n"))
    return f"mailto:{quote(notice.email, safe='@')}?subject={quote(notice.subject)}&body={text}"
