"""People: who has which role at my institution, and what each may do; the head gives and takes roles here."""

from dataclasses import dataclass
from smtplib import SMTPException

from allauth.account.forms import ResetPasswordForm
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.desk import clock
from koryu.desk.access import CurrentUser, said_by, staff
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.navigation import ROLES
from koryu.desk.render import render_page
from koryu.institutions import actions, queries
from koryu.institutions import rules as roles
from koryu.records.kinds import KINDS
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.wording.labels import ROLE_NAMES
from koryu.wording.languages import LANGUAGES

# The kinds of which officers never speak for their institution without its head, unless she says so.
KINDS_TO_LET: tuple[str, ...] = tuple(kind for kind in KINDS if kind not in roles.OWN_HALF)


@dataclass(frozen=True, kw_only=True)
class Entered:
    """Somebody who was just entered, and the password they sign in with for the first time."""

    username: str
    name: str
    password: str


@staff
def people(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """The people of my institution; a form sent from here does one thing and says in words what was done."""
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, typed=late, refused=SIGNED_OUT if late else None)
    try:
        return _do(request, me, request.POST)
    except Refused as refused:
        return _page(request, me, status=409, refused=refused.reason, typed=request.POST)


def _do(request: HttpRequest, me: CurrentUser, typed: QueryDict) -> HttpResponse:
    username, role = typed.get("username", "").strip(), typed.get("role", "")
    by = said_by(me)
    name = roles.called(username, me.names, translate=_)
    match typed.get("act"):
        case "enter":
            return _enter(request, me, typed, username=username, role=role)
        case "give":
            actions.give_role(username=username, role=role, **by)
            message = _("%(name)s is now %(role)s.") % {"name": name, "role": _(ROLE_NAMES.get(role, role))}
        case "take":
            actions.take_role(username=username, **by)
            message = _("%(name)s has no role at your institution any more. What they recorded is kept.") % {
                "name": name
            }
        case "let":
            kinds = frozenset(typed.getlist("kind")) & frozenset(KINDS_TO_LET)
            actions.let_officers_send(kinds=kinds, **by)
            message = _("What officers can send without approval was changed.")
        case _:
            raise Refused(Reason("Something required is missing in this form. Fill in the fields marked “needed”."))
    messages.success(request, message)
    return HttpResponseRedirect(reverse("desk:people"))


def _enter(request: HttpRequest, me: CurrentUser, typed: QueryDict, *, username: str, role: str) -> HttpResponse:
    email, language = typed.get("email", "").strip(), typed.get("language", "")
    by_mail = settings.MAIL and typed.get("how") == "mail"
    or_refuse(_entry_fails(typed, email=email, language=language, by_mail=by_mail))
    password = "" if by_mail else actions.initial_password()
    name = typed.get("name", "").strip()
    actions.enter_person(
        institution=me.institution,
        username=username,
        name=name,
        email=email,
        language=language,
        role=role,
        password=password,
        by=me.username,
        at=clock.now(),
    )
    if not by_mail:
        # Shown in the answer itself, once: a page to be redirected to would have to find it kept somewhere.
        return _page(request, me, entered=Entered(username=username, name=name, password=password))
    if send_link(request, username=username, email=email):
        messages.success(request, _("%(name)s was added, and a link to set a password was sent.") % {"name": name})
    else:
        message = _("%(name)s was added. The link could not be sent; it can be requested on the sign-in page.")
        messages.success(request, message % {"name": name})
    return HttpResponseRedirect(reverse("desk:people"))


def send_link(request: HttpRequest, *, username: str, email: str) -> bool:
    """Send somebody a link to set a password; False where the mail server did not take it."""
    form = ResetPasswordForm({"email": email})
    if not form.is_valid():
        return False
    form.users = [queries.person(username)]
    try:
        form.save(request)
    except (OSError, SMTPException):
        return False
    return True


def _entry_fails(typed: QueryDict, *, email: str, language: str, by_mail: bool) -> Reason | None:
    if not typed.get("name", "").strip():
        return Reason("Enter the name of the person.")
    if language not in LANGUAGES:
        return Reason("Choose one of the four languages for notices.")
    if by_mail and not email:
        return Reason("A link by mail needs an e-mail address.")
    try:
        validate_email(email or "nobody@example.org")
    except ValidationError:
        return Reason("This is not an e-mail address.")
    return None


def _page(
    request: HttpRequest,
    me: CurrentUser,
    *,
    status: int = 200,
    refused: Reason | None = None,
    typed: QueryDict | None = None,
    entered: Entered | None = None,
) -> HttpResponse:
    memberships = queries.memberships_at(me.institution)
    order = list(roles.Role)
    return render_page(
        request,
        me,
        "desk/people.html",
        status=status,
        memberships=sorted(
            memberships, key=lambda membership: (order.index(roles.Role(membership.role)), membership.username)
        ),
        roles=ROLES,
        kinds=KINDS_TO_LET,
        delegated=queries.delegated(me.institution) if not memberships else memberships[0].delegated,
        may_not=roles.may_give_roles(role=me.role),
        last_head=sum(membership.role == roles.Role.HEAD for membership in memberships) == 1,
        refused=refused,
        typed=typed if typed is not None else {},
        entered=entered,
    )
