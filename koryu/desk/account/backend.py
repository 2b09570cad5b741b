"""Who has signed in, as each request asks it: the account with its roles and the names beside it, in one statement."""

from typing import Final

from allauth.account.auth_backends import AuthenticationBackend

from koryu.institutions import queries as institutions
from koryu.institutions.models import Account

# Under which name an account carries what was read with it; nobody who is only signing in has it.
AT_DESK: Final = "koryu_at_desk"


class OneStatement(AuthenticationBackend):  # type: ignore[misc]  # -- allauth comes without types
    """Signing in is allauth's; whoever has signed in is read with all that a page of the desk asks of them."""

    def get_user(self, user_id: int) -> Account | None:
        """The account with this id, where it may still sign in."""
        here = institutions.at_desk(user_id)
        if here is None or not here.account.is_active:
            return None
        setattr(here.account, AT_DESK, here)
        return here.account
