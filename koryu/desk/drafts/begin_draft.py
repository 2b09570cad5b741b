"""A draft begun: under which name, of what; once, however often the form is sent."""

import re
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused
from koryu.values.uris import mint

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")


def begin_draft(
    request: HttpRequest,
    me: CurrentUser,
    *,
    record: str,
    content: dict[str, Any],
    replaces: str = "",
    says: str = "proposed",
) -> int:
    """A new draft, or the one my institution has of this record already: the same form sent twice begins one."""
    number, new = actions.draft_once(
        lambda: consent.draft_begun(me.institution, record=record),
        institution=me.institution,
        record=record,
        content=content,
        replaces=replaces or None,
        by=me.username,
        at=clock.now(),
        says=says,
    )
    if not new:
        messages.success(request, _("Your institution already has a draft of this; here it is."))
    return number


def minted(request: HttpRequest, me: CurrentUser, kind: str) -> str:
    """The name of a new record, for good. Raises Refused for one that is taken or could not stand in an address."""
    return name_of_new(me, kind, clean.line(request.POST.get("name", "")))


def name_of_new(me: CurrentUser, kind: str, typed: str) -> str:
    """The same, of a name that was typed; also refused is what a record that I may read is called in addresses."""
    name = typed.lower()
    if not _NAME.fullmatch(name):
        raise Refused(Reason("The short name is made of letters a to z, digits and hyphens."))
    uri = mint(me.institution, kind, name)
    if (
        archive.known([uri])
        or archive.uri_at(kind=kind, slug=name, asking=me.institution)
        or consent.history(uri).headers
    ):
        raise Refused(Reason("There is a record of this name already; choose another short name."))
    if any(draft.sent for draft in consent.drafts_on(uri)):
        raise Refused(Reason("There is a record of this name already; choose another short name."))
    return uri
