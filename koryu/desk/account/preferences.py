"""What somebody chooses for themselves: the language, and the institution they speak for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from koryu.desk import clock
from koryu.desk.access import SPEAKING_FOR, CurrentUser, signed_in
from koryu.desk.middleware import COOKIE, ROOM
from koryu.institutions import actions as institutions
from koryu.wording.languages import LANGUAGES

_A_YEAR = 365 * 24 * 60 * 60


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read the desk in another language from now on; notices come in it too."""
    chosen = request.POST.get("language", "")
    response = _back(request)
    if chosen in LANGUAGES:
        response.set_cookie(COOKIE, chosen, max_age=_A_YEAR, path=ROOM, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            institutions.write_to_in(username=request.user.get_username(), language=chosen, at=clock.now())
    return response


@signed_in
def speak_for(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """Speak for another of one's institutions from now on."""
    chosen = request.POST.get("institution", "")
    if chosen in {membership.institution for membership in me.memberships}:
        request.session[SPEAKING_FOR] = chosen
    return HttpResponseRedirect(reverse("desk:todo"))


def _back(request: HttpRequest) -> HttpResponse:
    """Lead back to the page on which it was chosen, where that is a page of the desk."""
    came_from = request.POST.get("next", "")
    inside = came_from.startswith(ROOM) and "//" not in came_from and "\\" not in came_from
    return HttpResponseRedirect(came_from if inside else reverse("desk:todo"))
