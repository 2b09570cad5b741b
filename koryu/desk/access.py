"""Who is at the desk, for which institution, and what of all that is there they may see: everything else is 404."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.rules.permissions import Actor, Drafting
from koryu.desk import clock, sent
from koryu.desk.account.backend import AT_DESK
from koryu.desk.kept_text import SIGN_IN_BY_FORM, door_with, form_typed, keep_text, what_was_typed
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.institutions.queries import Membership
from koryu.wording.told_moments import tell_in

P = ParamSpec("P")
# Under which names a session keeps which institution somebody speaks for, and what they typed when it had ended.
SPEAKING_FOR: Final = "institution"


@dataclass(frozen=True, kw_only=True)
class CurrentUser:
    """Whoever is at the desk, speaking for one institution at a time; '' and None where they have no role."""

    username: str
    name: str
    operator: bool
    institution: str
    role: str | None
    memberships: tuple[Membership, ...]
    # What everybody here is called, by username.
    names: Mapping[str, str]
    # The institutions that have a key here, and so speak for themselves.
    keyed: frozenset[str]

    def speaker(self) -> Actor:
        """The person as the rules of consent know them."""
        current = next(
            (membership for membership in self.memberships if membership.institution == self.institution), None
        )
        return Actor(
            institution=self.institution, role=self.role, delegated=current.delegated if current else frozenset()
        )


Page = Callable[Concatenate[HttpRequest, CurrentUser, P], HttpResponse]
Answering = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(page: Page[P]) -> Answering[P]:
    """A page for whoever has signed in; others are shown the door, and bring what they had typed with them."""

    @wraps(page)
    def shown(request: HttpRequest, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if brought := what_was_typed(request):
                return door_with(request, brought)
            if sent.by_script(request):
                return HttpResponse(status=401, headers=SIGN_IN_BY_FORM)
            return HttpResponseRedirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")
        if request.user.must_change_password:
            if typed := form_typed(request):
                keep_text(request, request.path, typed)
            if sent.by_script(request):
                return HttpResponse(status=401, headers=SIGN_IN_BY_FORM)
            return HttpResponseRedirect(reverse("account_change_password"))
        me = me_of(request)
        if sent.for_another(request, username=me.username, institution=me.institution):
            return HttpResponse(status=412)
        return sent.once(request, lambda: page(request, me, *args, **places))

    return shown


def operators(page: Page[P]) -> Answering[P]:
    """A page for those who mind the machinery; for whoever does not it is not there."""

    @wraps(page)
    @signed_in
    def shown(request: HttpRequest, me: CurrentUser, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if roles.may_tend(operator=me.operator):
            raise Http404
        return page(request, me, *args, **places)

    return shown


def staff(page: Page[P]) -> Answering[P]:
    """A page for those who have a role at an institution; for whoever has none it is not there."""

    @wraps(page)
    @signed_in
    def shown(request: HttpRequest, me: CurrentUser, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if me.role is None:
            raise Http404
        return page(request, me, *args, **places)

    return shown


def me_of(request: HttpRequest) -> CurrentUser:
    """Whoever has signed in, as they speak now. Asks for their roles once a request."""
    person = request.user
    assert person.is_authenticated
    # Who signs in with this very request was not read as whoever is signed in (see `account.backend`).
    here = getattr(person, AT_DESK, None) or institutions.at_desk(person.pk)
    # Nothing is left of an account that was just deleted.
    assert here
    memberships = here.memberships
    chosen = request.session.get(SPEAKING_FOR)
    current = next(
        (membership for membership in memberships if membership.institution == chosen),
        memberships[0] if memberships else None,
    )
    # Days and hours of this request are told where the institution is.
    tell_in(archive.time_zone_in(*here.contents.get(current.institution, ("", ""))) if current else "")
    return CurrentUser(
        username=person.get_username(),
        name=person.name,
        operator=person.operator,
        institution=current.institution if current else "",
        role=current.role if current else None,
        memberships=memberships,
        names=here.names,
        keyed=here.keyed,
    )


def said_by(me: CurrentUser) -> dict[str, Any]:
    """Who does something, for which institution, and when: as the verbs of rooms below are told it."""
    return {"institution": me.institution, "by": me.username, "at": clock.now()}


def draft_for(me: CurrentUser, number: int) -> consent.Drafted:
    """The draft with this number, if it is my institution's or was shared with it. Raises Http404."""
    draft = consent.draft(number)
    if draft and (draft.institution == me.institution or _shared_with(me, draft)):
        return draft
    raise Http404


def own_draft_for(me: CurrentUser, number: int) -> consent.Drafted:
    """The draft with this number, if it is my institution's own. Raises Http404."""
    draft = draft_for(me, number)
    if draft.institution != me.institution:
        raise Http404
    return draft


def place_of(me: CurrentUser, draft: consent.Drafted) -> Drafting:
    """Where a draft is for me, as the rules ask it."""
    place = consent.drafting_of(draft, by=me.username)
    return replace(place, ours=draft.institution == me.institution, shown=_shared_with(me, draft))


def _shared_with(me: CurrentUser, draft: consent.Drafted) -> bool:
    return bool(draft.shared_at) and not draft.sent and consent.is_for(draft, me.institution)
