"""Addresses that lead to the page of an exchange where several texts wait: for lists and mails that do not know it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.values.uris import last_part


@staff
@require_safe
def package_at_exchange(request: HttpRequest, me: CurrentUser, /, together: str) -> HttpResponse:
    """Lead on to the texts of ours that were submitted together; to what goes out, where they came back."""
    waiting = consent.package(together)
    drafts = waiting.drafts if waiting else consent.drafts_submitted(together)
    exchange = next((draft.exchange for draft in drafts if draft.exchange and draft.institution == me.institution), "")
    if not exchange:
        raise Http404
    slug = _slug_of(me, exchange)
    if waiting is None:
        return HttpResponseRedirect(reverse("desk:exchange-send", kwargs={"slug": slug}))
    return HttpResponseRedirect(reverse("desk:exchange-package", kwargs={"slug": slug, "together": together}))


@staff
@require_safe
def answers_at_exchange(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Lead on to the texts of an exchange that ask us for an answer."""
    slug = _slug_of(me, request.GET.get("exchange", ""))
    exchange_for(me, slug)
    return HttpResponseRedirect(reverse("desk:exchange-answer", kwargs={"slug": slug}))


def _slug_of(me: CurrentUser, exchange: str) -> str:
    """What an exchange is called in addresses. Raises Http404 for what could be called nothing."""
    line = archive.lines_named([exchange], asking=me.institution).get(exchange)
    slug = line.slug if line else last_part(exchange)
    if not slug or "/" in slug:
        raise Http404
    return slug
