"""The work that a record of what was held rests on: one on record, or one that is described in the same form."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from pydantic import ValidationError

from koryu.consent import actions
from koryu.consent.queries import targets
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.begin_draft import begin_draft
from koryu.desk.drafts.while_typing import records_found
from koryu.institutions import rules as roles
from koryu.records.kinds import document_of
from koryu.sheets import clean
from koryu.sheets.parse import is_record, understood
from koryu.values.frozen import complaints
from koryu.values.reason import Reason, Refused
from koryu.values.uris import mint
from koryu.wording.languages import active_reader

NO_SOURCE = Reason("Name the publication it is based on: choose one on record, or give its title.")


@dataclass(frozen=True, kw_only=True)
class CitedWork:
    """A work as it was typed: `work` is one on record, `sought` words of its title, the rest describes a new one."""

    work: str = ""
    sought: str = ""
    title: str = ""
    publisher: str = ""
    date: str = ""
    address: str = ""


def cited_work(posted: Mapping[str, Any]) -> CitedWork:
    """What was typed about the source."""
    return CitedWork(
        work=clean.line(posted.get("work", "")),
        sought=clean.line(posted.get("work-sought", "")),
        title=clean.line(posted.get("work-title", "")),
        publisher=clean.line(posted.get("work-publisher", "")),
        date=clean.line(posted.get("work-date", "")),
        address=clean.line(posted.get("work-address", "")),
    )


def work_cited(request: HttpRequest, me: CurrentUser, cited: CitedWork) -> str:
    """The URI of the work. One that is not on record is put on record now; by whoever may not speak for the
    institution, it is drafted. Raises Refused; then nothing was done.
    """
    if not cited.title:
        return _chosen(me, cited)
    tag = active_reader().tag
    content: dict[str, Any] = {
        "kind": "work",
        "type": "webpage" if cited.address else "document",
        "title": {tag: cited.title},
        "kept_by": me.institution,
    }
    content |= {"publisher": {tag: cited.publisher}} if cited.publisher else {}
    content |= {"issued": understood(cited.date)} if cited.date else {}
    content |= {"address": cited.address} if cited.address else {}
    try:
        document = document_of(content)
    except ValidationError as bad:
        where, problem = complaints(bad)[0]
        raise Refused(Reason("%(field)s: %(problem)s", field=where, problem=problem)) from bad
    uri = mint(me.institution, "work", f"{clock.today().year}-{token_hex(3)}")
    if roles.may_speak(role=me.role, kind="work", delegated=me.speaker().delegated):
        begin_draft(request, me, record=uri, content=document.content(), says="recorded")
        messages.success(request, _("A draft of the work was begun too; it is to be sent before the exchange."))
        return uri
    actions.record(institution=me.institution, record=uri, document=document, by=me.username, at=clock.now())
    return uri


def works_offered(me: CurrentUser, cited: CitedWork) -> tuple[str, ...]:
    """The works on record to choose from: those found for the words, and the one chosen before."""
    return tuple(dict.fromkeys((*filter(None, [cited.work]), *records_found(cited.sought, ("work",), {}, me=me))))


def _chosen(me: CurrentUser, cited: CitedWork) -> str:
    """The work that was chosen; or the only one found for the words that were typed."""
    offered = works_offered(me, cited) if cited.sought and not cited.work else ()
    if len(offered) > 1:
        raise Refused(Reason("Several publications were found. Choose one of them."))
    work = offered[0] if offered else cited.work
    known = targets([work]).get(work) if is_record(work) else None
    if known is None or known.kind != "work" or not known.is_read_by(me.institution):
        raise Refused(NO_SOURCE)
    return work
