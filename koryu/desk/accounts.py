"""What allauth asks us about accounts: nobody enters themselves; people are entered by the operator or the head."""

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # -- allauth comes without types
    """allauth's account adapter."""

    def is_open_for_signup(self, request: "HttpRequest") -> bool:
        return False
