"""Calendar addresses: one makes them, sees each once, and revokes them; the head all of the institution."""

from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.feeds.feed_reading import PURPOSE
from koryu.desk.render import render_page
from koryu.desk.text_input import number_typed
from koryu.institutions import actions, queries
from koryu.institutions import rules as roles
from koryu.institutions.rules import CALENDAR_SCOPES, MOST_TOKENS
from koryu.sheets import clean
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import LANGUAGES, active_reader

SCOPES: Final = {
    "person": N_("my exchanges and steps"),
    "institution": N_("all exchanges and steps of my institution"),
    "exchange": N_("one exchange, with its timetable"),
}
# The exchanges that are offered: those still to come, and the last ones.
_OFFERED: Final = 40


@staff
def addresses(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """My addresses; a form makes one or revokes one. One that was made is shown on the page that answers, and never
    again."""
    if request.method != "POST":
        return _page(request, me)
    try:
        match request.POST.get("act"):
            case "make":
                return _page(request, me, secret=_make(me, request))
            case "revoke":
                number = number_typed(request.POST.get("address", ""))
                actions.revoke_token(token=number, by=me.username, at=clock.now())
            case _:
                raise Http404
    except Refused as refused:
        return _page(request, me, problem=refused.reason, status=409)
    messages.success(request, _("The address was revoked."))
    return HttpResponseRedirect(reverse("desk:calendar-addresses"))


def _make(me: CurrentUser, request: HttpRequest) -> str:
    scope, about = request.POST.get("scope", ""), ""
    if scope == "exchange":
        about = request.POST.get("exchange", "")
        line = archive.lines_named([about], asking=me.institution).get(about)
        if line is None or line.kind != "exchange" or not archive.takes_part(line, me.institution):
            raise Refused(Reason("Choose an exchange."))
    language = request.POST.get("language", "")
    return actions.give_token(
        institution=me.institution,
        username=me.username,
        purpose=PURPOSE,
        scope=scope,
        about=about,
        language=language if language in LANGUAGES else active_reader().slug,
        name=clean.line(request.POST.get("name", ""))[:100],
        at=clock.now(),
    )


def _page(
    request: HttpRequest, me: CurrentUser, *, secret: str = "", problem: Reason | None = None, status: int = 200
) -> HttpResponse:
    own = queries.secret_addresses(purpose=PURPOSE, username=me.username)
    may_all = not roles.may_give_roles(role=me.role)
    every = queries.secret_addresses(purpose=PURPOSE, institution=me.institution) if may_all else ()
    offered = _offered(me)
    named = {each.about for each in (*own, *every) if each.about} | {each.institution for each in own}
    answer = render_page(
        request,
        me,
        "desk/calendar/addresses.html",
        naming=named,
        known={line.uri: line for line in offered},
        status=status,
        secret=f"{settings.ADDRESS}{reverse('calendar-at', kwargs={'secret': secret})}" if secret else "",
        own=own,
        others=[each for each in every if each.username != me.username],
        offered=offered,
        scopes={
            scope: SCOPES[scope] for scope in CALENDAR_SCOPES if not roles.may_have_calendar(role=me.role, scope=scope)
        },
        scope_names=SCOPES,
        most=MOST_TOKENS,
        typed=request.POST if problem else {},
        problem=problem,
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _offered(me: CurrentUser) -> list[Line]:
    dated = archive.dated_exchanges(asking=me.institution, institution=me.institution)
    return [each.line for each in reversed(dated)][:_OFFERED]
