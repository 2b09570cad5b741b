"""Signing in at a provider, and coming back from it to where readers find this server."""

from typing import Any

from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse


class Elsewhere(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # -- allauth comes without types
    """allauth's way to a provider, with the address to return to that the provider was told of beforehand."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return str(settings.ADDRESS) + reverse("openid_connect_callback", kwargs={"provider_id": self.provider_id})


def leave(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider to sign in."""
    return _by(OAuth2LoginView, request, provider_id)


def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take what the provider says of the person who signed in there, and sign them in here."""
    return _by(OAuth2CallbackView, request, provider_id)


def _by(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        answer = view.adapter_view(Elsewhere(request, provider_id))(request)
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    assert isinstance(answer, HttpResponse)
    return answer
