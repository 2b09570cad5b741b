"""What allauth asks us about accounts: who may come in, what is said to them, and in which words."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import MinimumLengthValidator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, override

from koryu.archive import queries as archive
from koryu.desk import clock
from koryu.desk.kept_text import take_in
from koryu.institutions import actions as institutions
from koryu.institutions import queries
from koryu.values.reason import N_

if TYPE_CHECKING:
    from django.http import HttpRequest

# What was done, where it is worth saying; that somebody came or went shows by itself.
TOLD: Final = {
    "account/messages/password_changed.txt": N_("Your password was changed."),
    "account/messages/password_set.txt": N_("Your password was set."),
    "mfa/messages/totp_activated.txt": N_("Two-step verification is now on."),
    "mfa/messages/totp_deactivated.txt": N_("Two-step verification is now off."),
    "mfa/messages/recovery_codes_generated.txt": N_("New recovery codes were made; the earlier ones no longer work."),
}
_INCORRECT_CODE: Final = gettext_lazy(N_("This code is not correct, or no longer valid."))


def username_tried(request: "HttpRequest", credentials: Mapping[str, Any] | None = None) -> str:
    """With which username somebody tries to sign in, in one spelling: allauth and axes name it differently."""
    given = credentials or {}
    tried = given.get("login") or given.get("username") or request.POST.get("login") or ""
    return str(tried).strip().lower()[:255]


def institutions_named(names: Iterable[str]) -> frozenset[str]:
    """The URIs of institutions called by URI or, as on the command line, by kind and address (`institution/ndl`)."""
    uris = set()
    for name in names:
        kind, _, slug = name.partition("/")
        uris.add(archive.uri_of(kind=kind, slug=slug) or name)
    return frozenset(uris)


class LongEnough(MinimumLengthValidator):
    """Django's rule for the length of a password, in words that are there in every language of ours."""

    def get_error_message(self) -> str:
        return gettext("A password has at least %(count)s characters.") % {"count": self.min_length}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # -- allauth comes without types
    """allauth's account adapter: nobody enters themselves; people are entered by the operator or the head."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy(N_("This account is closed.")),
        "enter_current_password": gettext_lazy(N_("This is not your current password.")),
        "incorrect_code": _INCORRECT_CODE,
        "incorrect_password": gettext_lazy(N_("The password is not correct.")),
        "username_password_mismatch": gettext_lazy(N_("The user name or the password is not correct.")),
        "too_many_login_attempts": gettext_lazy(N_("Too many wrong codes. Try again in 15 minutes.")),
    }

    def is_open_for_signup(self, request: "HttpRequest") -> bool:
        return False

    def pre_authenticate(self, request: "HttpRequest", **credentials: Any) -> None:
        """Do not count wrong passwords here: axes alone counts them, so that one answer is given."""

    def pre_login(self, request: "HttpRequest", user: Any, **named: Any) -> Any:
        refused = super().pre_login(request, user, **named)
        if refused is None:
            take_in(request)
        return refused

    def get_login_redirect_url(self, request: "HttpRequest") -> str:
        # Whoever has to choose a password is led there from every page, this one among them.
        return reverse("desk:todo")

    def get_password_change_redirect_url(self, request: "HttpRequest") -> str:
        return reverse("desk:todo")

    def set_password(self, user: Any, password: str) -> None:
        """Keep the password that somebody chose for themselves."""
        institutions.set_password(username=user.username, password=password, by=user.username, at=clock.now())
        user.refresh_from_db()

    def login(self, request: "HttpRequest", user: Any) -> None:
        super().login(request, user)
        institutions.note_signing_in(username=user.username, at=clock.now())

    def logout(self, request: "HttpRequest") -> None:
        username = request.user.get_username()
        super().logout(request)
        institutions.note_signing_in(username=username, at=clock.now(), out=True)

    def add_message(
        self, request: "HttpRequest", level: int, message_template: str | None = None, *args: Any, **more: Any
    ) -> None:
        message = TOLD.get(message_template or "")
        if message:
            messages.success(request, gettext(message))

    def get_reset_password_from_key_url(self, key: str) -> str:
        # Never the host that a request names: anybody can name one, and the link would lead there.
        return str(settings.ADDRESS) + reverse("account_reset_password") + f"key/{key}/"

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Write the mail in the language of whoever receives it."""
        with override(user.language):
            super().send_password_reset_mail(user, email, context)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # -- allauth comes without types
    """allauth's adapter for second factors."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": _INCORRECT_CODE}

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)


class FromElsewhere(DefaultSocialAccountAdapter):  # type: ignore[misc]  # -- allauth comes without types
    """allauth's adapter for people who sign in at a provider: each is one of those entered here, or nobody.

    They are matched anew each time, by an e-mail address that the provider has verified and one person here bears, of
    the institutions that the provider belongs to.
    """

    def pre_social_login(self, request: "HttpRequest", sociallogin: Any) -> None:
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        provider = next(
            entry for entry in settings.SIGN_IN_PROVIDERS if entry["provider_id"] == sociallogin.account.provider
        )
        person = queries.person_with_address(
            *verified, institutions=institutions_named(provider["institutions"]), operators=provider["operators"]
        )
        if person is None or sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(render(request, "socialaccount/nobody.html", status=403))
        sociallogin.user = person

    def is_open_for_signup(self, request: "HttpRequest", sociallogin: Any) -> bool:
        return False
