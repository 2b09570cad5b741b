"""Renewing an agreement: a draft of its extension in one click."""

from collections.abc import Mapping
from secrets import token_hex
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.agreements.register import EXTENSION_OF, renewal_of
from koryu.desk.visible_record import record_for
from koryu.markup.desk_writer import draft_page, record_page
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import slug_of
from koryu.wording.messages import translated

RENEWING: Final = N_("A draft of the renewal was made. Nothing has been sent.")


@staff
def renew(request: HttpRequest, me: CurrentUser, uri: str) -> HttpResponse:
    """Begin a draft that renews an agreement, or go on with the one begun."""
    record = record_for(me, uri)
    if record.kind != "agreement" or record.standing is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(record_page(uri))
    begun = consent.draft_begun(me.institution, extends=uri)
    try:
        if me.institution not in record.history.headers[record.history.in_force or ""].owners:
            raise Refused(Reason("Only an institution of the agreement can propose its renewal."))
        number = begun.id if begun else _begin(me, uri, record.standing)
    except Refused as refused:
        messages.error(request, refused.reason.in_words(_))
        return HttpResponseRedirect(record_page(uri))
    messages.success(request, _(RENEWING))
    return HttpResponseRedirect(draft_page(number))


def _begin(me: CurrentUser, uri: str, content: Mapping[str, Any]) -> int:
    number, _new = actions.draft_once(
        lambda: consent.draft_begun(me.institution, extends=uri),
        institution=me.institution,
        record=f"tag:{settings.NAMES}:agreement/{clock.today().year}-{token_hex(3)}",
        content=renewal_of(uri, content, titled=_titled),
        replaces=None,
        by=me.username,
        at=clock.now(),
    )
    return number


def _titled(tag: str, title: str) -> str:
    """The title of the extension of what is called `title` in a language; as it is in one we have no words in."""
    slug = slug_of(tag)
    return translated(EXTENSION_OF, slug) % {"title": title} if slug else title
