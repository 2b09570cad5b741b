"""Who is at the desk, for which institution, and what of all that is there they may see: everything else is 404."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from koryu.consent import queries as consent
from koryu.consent.rules import drafting
from koryu.consent.rules.acting import Speaker
from koryu.consent.rules.history import History
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.queries import Voice

P = ParamSpec("P")
# Under which names a session keeps which institution somebody speaks for, and what they typed when it had ended.
SPEAKING_FOR: Final = "institution"
UNSAVED: Final = "unsaved"
_MOST_UNSAVED: Final = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Me:
    """Whoever is at the desk, speaking for one institution at a time; '' and None where they have no role."""

    handle: str
    name: str
    operator: bool
    institution: str
    role: str | None
    voices: tuple[Voice, ...]

    def speaker(self) -> Speaker:
        """The person as the rules of consent know them."""
        voice = next((one for one in self.voices if one.institution == self.institution), None)
        return Speaker(
            institution=self.institution, role=self.role, delegated=voice.delegated if voice else frozenset()
        )


Page = Callable[Concatenate[HttpRequest, Me, P], HttpResponse]
Answering = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(page: Page[P]) -> Answering[P]:
    """A page for whoever has signed in; others are shown the door, and what they had typed is kept for them."""

    @wraps(page)
    def shown(request: HttpRequest, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            _keep_what_was_typed(request)
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
        if request.user.must_choose:
            return HttpResponseRedirect(reverse("account_change_password"))
        return page(request, me_of(request), *args, **places)

    return shown


def operators(page: Page[P]) -> Answering[P]:
    """A page for those who mind the machinery; for whoever does not it is not there."""

    @wraps(page)
    @signed_in
    def shown(request: HttpRequest, me: Me, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if roles.may_tend(operator=me.operator):
            raise Http404
        return page(request, me, *args, **places)

    return shown


def staff(page: Page[P]) -> Answering[P]:
    """A page for those who have a role at an institution; for whoever has none it is not there."""

    @wraps(page)
    @signed_in
    def shown(request: HttpRequest, me: Me, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if me.role is None:
            raise Http404
        return page(request, me, *args, **places)

    return shown


def me_of(request: HttpRequest) -> Me:
    """Whoever has signed in, as they speak now. Asks for their roles once a request."""
    person = request.user
    assert person.is_authenticated
    voices = institutions.voices_of(person.get_username())
    chosen = request.session.get(SPEAKING_FOR)
    voice = next((one for one in voices if one.institution == chosen), voices[0] if voices else None)
    return Me(
        handle=person.get_username(),
        name=person.name,
        operator=person.operator,
        institution=voice.institution if voice else "",
        role=voice.role if voice else None,
        voices=voices,
    )


def draft_for(me: Me, number: int) -> consent.Drafted:
    """The draft with this number, if it is my institution's or was shared with it. Raises Http404."""
    found = consent.draft(number)
    if found and (found.institution == me.institution or _shared_with(me, found)):
        return found
    raise Http404


def history_for(me: Me, record: str) -> History:
    """What was said of a record that my institution may see: all of it where it takes part. Raises Http404.

    Those who take part are the owners of any of its versions, and who recorded or proposed one.
    """
    found = consent.history(record)
    if not found.headers or not (takes_part(me, found) or found.in_force):
        raise Http404
    return found


def takes_part(me: Me, history: History) -> bool:
    """Whether my institution has a part in a record, and so sees what is under consultation or was not taken up."""
    owners = {owner for header in history.headers.values() for owner in header.owners}
    spoke = {said.institution for said in history.statements}
    return me.institution in owners | spoke


def _shared_with(me: Me, draft: consent.Drafted) -> bool:
    return bool(draft.shared_at) and not draft.sent and drafting.names(draft.content, me.institution)


def _keep_what_was_typed(request: HttpRequest) -> None:
    """So that a session that ended while somebody was typing costs them nothing: the page shows it again."""
    if request.method == "POST" and len(request.body) < _MOST_UNSAVED:
        request.session[UNSAVED] = {"path": request.path, "typed": request.POST.urlencode()}
