"""Going on with what was typed on a page that had grown too old, or when the session had ended."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from koryu.desk.kept_text import BROUGHT, door_with, page_brought, take_in


# Signing in in another window makes the mark of every earlier page void, this one's too. That it is a page of ours, the
# browser says itself (Fetch Standard, "Origin header"); and all that is done is to show what was typed once more.
@csrf_exempt
def go_on(request: HttpRequest) -> HttpResponse:
    """Show what was typed in its form again, not saved yet, to whoever has signed in meanwhile."""
    path = page_brought(request)
    if not path or not comes_from_here(request):
        return HttpResponseRedirect(reverse("desk:todo"))
    if not request.user.is_authenticated:
        return door_with(request, request.POST.get(BROUGHT, ""), path=path)
    take_in(request)
    return HttpResponseRedirect(path)


@require_safe
def signed_in_elsewhere(request: HttpRequest) -> HttpResponse:
    """What to do next, for whoever has signed in at a provider in a window of its own."""
    return render(request, "desk/come_back.html")


def comes_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of this server, as the browser says."""
    ours = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return request.headers.get("Origin") in ours
