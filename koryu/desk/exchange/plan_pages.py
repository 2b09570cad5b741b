"""The plan of an exchange: what stands, what is proposed and our draft beside each other, and what does not fit."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.consent.queries import ExchangeWork
from koryu.consent.rules.permissions import Act, RecordContext, may
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.drafts.edit_draft import form_shown
from koryu.desk.drafts.typed_draft import may_type
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.plan_days import plan_days
from koryu.desk.exchange.plan_view import plan_view
from koryu.desk.exchange.work_frame import frame_of
from koryu.institutions import rules as roles
from koryu.planning.queries import members_of
from koryu.planning.rules.plan_checks import plan_checks
from koryu.records.programme import Programme
from koryu.sheets.errors import wrong_in
from koryu.values.reason import Reason


@staff
@require_safe
def plan(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The plan field by field, with the ways to answer it, to change it, and to go on with our draft."""
    work = exchange_for(me, slug)
    view = plan_view(work)
    days = plan_days(me, work, today=clock.today())
    checks = (*_checks(work, clock.today()), *days.checks)
    values = (value for reason in checks for value in reason.values.values() if isinstance(value, tuple))
    context = RecordContext(kind="exchange", history=work.history)
    draft = work.own_plan
    form = None
    if draft and may_type(me, draft):
        form = form_shown(me, draft, draft.content, draft.reason or {}, seen=draft.edition, known=work.named)
    return frame_of(work, slug).page(
        request,
        me,
        "desk/exchange/plan.html",
        naming={
            *(view.named if view else ()),
            *(uri for value in values for uri in value),
            *days.named,
            *(form.naming if form else ()),
        },
        **(form.variables if form else {"form": None}),
        plan=view,
        checks=checks,
        days=days,
        may_find=roles.may_plan(role=me.role) is None,
        next_text=may(Act.DRAFT, me.speaker(), context) if work.plan else None,
    )


def _checks(work: ExchangeWork, today: Any) -> tuple[Reason, ...]:
    """What does not fit in our draft; without one, in what is proposed, else in what stands."""
    drafted = work.own_plan
    proposed = work.open_plan.content if work.open_plan else None
    content: Mapping[str, Any] = (drafted.content if drafted else None) or proposed or work.content or {}
    held = content.get("programmes")
    uris = (
        {str(under.get("programme")) for under in held if isinstance(under, Mapping)}
        if isinstance(held, list)
        else set()
    )
    programmes = work.documents(line for uri in uris if (line := work.named.get(uri)))
    members = {uri: members_of(document) for uri, document in programmes.items() if isinstance(document, Programme)}
    wrong = wrong_in("exchange", content) if drafted else {}
    dates = (reason for path, reasons in wrong.items() if path.startswith("dates") for reason in reasons)
    return (*dates, *plan_checks(content, members=members, today=today))
