"""The texts that were submitted together as the head reads them, each beside what stands; and what is done with all."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted, ExchangeWork, Package
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.approval_view import approval_view
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.timetable.timetable_sheet import KIND as TIMETABLE
from koryu.desk.exchange.timetable.timetable_table import read_table
from koryu.desk.exchange.timetable.timetable_work import timetable_around
from koryu.desk.exchange.together.reader_together import reader_together
from koryu.desk.exchange.together.readership import becomes_public
from koryu.desk.exchange.together.send_items import SendItem, send_items, to_be_sent
from koryu.desk.exchange.together.text_views import DrawnText, TextViews, drawn, text_views
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.markup.desk_writer import DeskWriter
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import active_reader


@dataclass(frozen=True, kw_only=True)
class PackageText:
    """One text of a package, drawn alone and beside what stands and what it answers, where there is such.

    Of a timetable that has rows in no record, `with_private` is all of it in a table that says which are not sent.
    """

    item: SendItem
    drawn: DrawnText
    with_private: str = ""


@staff
def package(request: HttpRequest, me: CurrentUser, /, slug: str, together: str) -> HttpResponse:
    """What was submitted together; and, when that is sent back, approve and send exactly that, or return it."""
    work = exchange_for(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        remark = late.get("remark", "") if late is not None else ""
        return _page(request, me, work, slug, together, remark=remark, problem=SIGNED_OUT if late is not None else None)
    said: dict[str, Any] = {
        "institution": me.institution,
        "together": together,
        "shown": request.POST.get("shown", ""),
        "by": me.username,
        "at": clock.now(),
    }
    remark, over = request.POST.get("remark", "").strip(), request.POST.get("over") == "1"
    try:
        if request.POST.get("do") == "return":
            actions.return_together(remark=remark, taking_over=over, **said)
            message = _("The texts were returned with your remark.")
        elif request.POST.get("do") == "pass-on":
            actions.pass_on_together(**said)
            message = _("The texts were passed on to the next step.")
        else:
            count = len(actions.approve_together(taking_over=over, **said))
            message = ngettext("%(n)s text was sent.", "%(n)s texts were sent.", count) % {"n": count}
    except Refused as refused:
        again = exchange_for(me, slug)
        return _page(request, me, again, slug, together, remark=remark, problem=refused.reason, status=409)
    messages.success(request, message)
    return HttpResponseRedirect(reverse("desk:exchange", kwargs={"slug": slug}))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    together: str,
    *,
    remark: str,
    problem: Reason | None,
    status: int = 200,
) -> HttpResponse:
    waiting = next((each for each in consent.packages_in(to_be_sent(work)) if each.together == together), None)
    if waiting is None and problem is None:
        raise Http404
    items = send_items(me, work, waiting.drafts) if waiting else ()
    views = _views(work, waiting) if waiting else ()
    naming = {uri for view in views for uri in view.named} | {uri for item in items for uri in item.others}
    drafts = waiting.drafts if waiting else ()
    submitted = (waiting.submitted_digest,) if waiting else ()
    reader, lines = reader_together(
        me,
        work,
        [(draft.record, draft.content) for draft in drafts],
        naming=naming,
        known_by=(*submitted, *(f"{draft.id}:{draft.edition}" for draft in drafts)),
    )
    heads = (_("Current version"), _("The text it answers"), _("The draft"))
    private = _with_private(me, work, drafts)
    texts = [
        PackageText(
            item=item,
            drawn=drawn(reader, view, files_of=item.draft.record, heads=heads),
            with_private=private.get(item.draft.record, ""),
        )
        for item, view in zip(items, views, strict=True)
    ]
    return render_page(
        request,
        me,
        "desk/exchange/package.html",
        naming=lines,
        known=lines,
        status=status,
        work=work,
        name=name,
        title=title_for(work),
        package=waiting,
        texts=texts,
        readers_see=becomes_public(work, waiting.drafts) if waiting else None,
        may_not=_may_not(me, waiting) if waiting else None,
        approval=approval_view(me, waiting.steps, since=waiting.since) if waiting else None,
        remark=remark,
        problem=problem,
    )


def _with_private(me: CurrentUser, work: ExchangeWork, drafts: Iterable[Drafted]) -> dict[str, str]:
    """The timetables among these that have private rows, as tables with them, by URI; read where there is one."""
    timetables = [draft for draft in drafts if draft.kind == TIMETABLE]
    if not timetables:
        return {}
    there = timetable_around(me, work)
    writer = DeskWriter(active_reader().slug, there.lines, names=me.names)
    tables = {
        draft.record: read_table(writer, there, draft.content, said_by=draft.institution, marked=True)
        for draft in timetables
    }
    return {record: table.html for record, table in tables.items() if table.private}


def _may_not(me: CurrentUser, package: Package) -> Reason | None:
    """Why whoever looks may not approve it: somebody may who may speak on every kind in it."""
    speaker = me.speaker()
    refusals = (roles.may_speak(role=speaker.role, kind=kind, delegated=speaker.delegated) for kind in package.kinds)
    return next(filter(None, refusals), None)


def _views(work: ExchangeWork, package: Package) -> tuple[TextViews, ...]:
    records = tuple(draft.record for draft in package.drafts)
    beside = _beside(work.last, records, tuple(draft.answers for draft in package.drafts))
    return tuple(
        text_views(_key(draft, work.last), draft.content, stands=stands, answered=answered)
        for draft, (stands, answered) in zip(package.drafts, beside, strict=True)
    )


def _key(draft: Drafted, last: str) -> tuple[str, ...]:
    """What names a text as it was submitted. One that was changed since without a trace is not sent."""
    return draft.record, draft.waiting.digest if draft.waiting else "", str(draft.edition), last


# What the ledger says is known by its last entry.
@lru_cache(maxsize=16)
def _beside(
    _last: str, records: tuple[str, ...], answers: tuple[str, ...]
) -> tuple[tuple[dict[str, Any] | None, dict[str, Any] | None], ...]:
    """What stands of each record, and what its draft answers; None where there is no such."""
    said = consent.histories(records)
    wanted = {
        version: said[record].headers[version]
        for record, answered in zip(records, answers, strict=True)
        for version in (said[record].in_force or "", answered)
        if version in said[record].headers
    }
    contents = consent.contents_of(wanted) if wanted else {}
    return tuple(
        (contents.get(said[record].in_force or ""), contents.get(answered))
        for record, answered in zip(records, answers, strict=True)
    )
