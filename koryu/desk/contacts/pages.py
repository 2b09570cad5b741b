"""The contacts of my institution, by the institution they are at; and to whom letters go by default."""

from datetime import date
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from koryu.correspondence import actions, queries
from koryu.correspondence.queries import Contact
from koryu.correspondence.rules.addressees import ADDRESSED_KINDS
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.contacts.partners import contact_keepers, written_to
from koryu.desk.render import render_page
from koryu.desk.text_input import number_typed
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused

_LONGEST_QUERY: Final = 200


@contact_keepers
def contacts(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """The contacts we keep: all, those at one institution, or those that are found."""
    of, query = request.GET.get("of", ""), clean.line(request.GET.get("q", "")[:_LONGEST_QUERY])
    if request.method != "POST":
        return _page(request, me, of, query=query)
    try:
        _address(me, of, request)
    except Refused as refused:
        return _page(request, me, of, query=query, problem=refused.reason, status=409)
    messages.success(request, _("Saved to whom letters are addressed."))
    return HttpResponseRedirect(f"{reverse('desk:contacts')}?{urlencode({'of': of})}")


def _address(me: CurrentUser, of: str, request: HttpRequest) -> None:
    """Save to whom the letters of each kind are addressed, where that was chosen otherwise."""
    now = {kind: each.id for each in queries.contacts(me.institution, of=of) for kind in each.addressed}
    for kind in ADDRESSED_KINDS:
        number = number_typed(request.POST.get(f"to-{kind}", ""))
        if number != now.get(kind, 0):
            actions.address_to(
                institution=me.institution, of=of, kind=kind, number=number, by=me.username, at=clock.now()
            )


def _page(
    request: HttpRequest,
    me: CurrentUser,
    of: str,
    *,
    query: str,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    kept = queries.contacts_found(me.institution, query) if query else queries.contacts(me.institution, of=of)
    lines = written_to(me, (*(each.of for each in kept), *((of,) if of else ())))
    if of and of not in lines:
        raise Http404
    today = clock.today()
    groups = [
        (uri, *_parted([each for each in kept if each.of == uri], today))
        for uri in ([of] if of and not query else lines)
    ]
    return render_page(
        request,
        me,
        "desk/contacts/contacts.html",
        naming=lines,
        known=lines,
        status=status,
        of=of,
        query=query,
        groups=[group for group in groups if group[1] or group[2] or of],
        number=len(kept),
        without=[uri for uri, current, past in groups if not (current or past)] if not query else [],
        kinds=ADDRESSED_KINDS,
        named={kind: each.id for each in kept for kind in each.addressed} if of else {},
        by_number={each.id: each for each in kept},
        problem=problem,
    )


def _parted(kept: list[Contact], today: date) -> tuple[list[Contact], list[Contact]]:
    """Those who hold their post, and those who no longer do."""
    return [each for each in kept if each.holds_on(today)], [each for each in kept if not each.holds_on(today)]
