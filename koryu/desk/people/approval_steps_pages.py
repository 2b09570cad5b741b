"""Approval in several steps: through whom the texts of my institution go, and who are deputies when."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.actions.naming_steps import StepNamed
from koryu.consent.rules import approval_steps as rules
from koryu.consent.rules.approval_steps import ApprovalStep
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.approval_view import today_here
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.text_input import TAGS, number_typed, text_so_far
from koryu.institutions import queries as institutions
from koryu.sheets.parse import is_date, understood
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.languages import active_reader

_NO_DAY: Final = Reason("Enter the first and the last day, for example 2027-06-03.")


@staff
def approval_steps(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """The approval steps of my institution; a form sent from here does one thing."""
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, typed=late or {}, problem=SIGNED_OUT if late else None)
    act = request.POST.get("act", "")
    if act not in _DO:
        raise Http404
    try:
        message = _DO[act](me, request.POST)
    except Refused as refused:
        return _page(request, me, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, message)
    return HttpResponseRedirect(reverse("desk:approval-steps"))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    *,
    typed: Mapping[str, str],
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    steps = consent.approval_steps(me.institution)
    roles = {membership.username: membership.role for membership in institutions.memberships_at(me.institution)}
    return render_page(
        request,
        me,
        "desk/approval_steps.html",
        status=status,
        steps=steps,
        rows=[*steps, *(None for _empty in range(_rows(steps, typed) - len(steps)))],
        roles=roles,
        tags=TAGS,
        who=sorted(rules.who_approves(roles), key=lambda username: me.names.get(username, username)),
        may_not=rules.may_name_steps(me.role),
        may_name={step.id: rules.may_name_deputy(step, username=me.username, role=me.role) is None for step in steps},
        today=today_here(),
        typed=typed if typed.get("act") else {},
        problem=problem,
    )


def _rows(steps: Sequence[ApprovalStep], typed: Mapping[str, str]) -> int:
    """How many rows there are to type in: what there is or was typed, an empty one, and three at least."""
    last = max((row for row in range(1, rules.MOST_STEPS + 1) if typed.get(f"holder-{row}")), default=0)
    return min(rules.MOST_STEPS, max(3, len(steps) + 1, last))


def _name_steps(me: CurrentUser, typed: QueryDict) -> str:
    numbers = [number_typed(written) for written in typed.get("seen", "").split()]
    again = actions.name_steps(
        institution=me.institution, steps=_steps_typed(typed), seen=numbers, by=me.username, at=clock.now()
    )
    if not again:
        return _("The approval steps were saved.")
    message = ngettext(
        "The approval steps were saved. %(n)s text that waits begins again at the first step.",
        "The approval steps were saved. %(n)s texts that wait begin again at the first step.",
        again,
    )
    return message % {"n": again}


def _steps_typed(typed: QueryDict) -> list[StepNamed]:
    """The steps in the order that was typed; a row without a name and without a person is none."""
    named: list[tuple[int, StepNamed]] = []
    for row in range(1, rules.MOST_STEPS + 1):
        name = text_so_far(
            {f"text-{tag}": typed.get(f"name-{row}-{tag}", "") for tag in TAGS}, before={}, mine=active_reader().tag
        )
        holder = typed.get(f"holder-{row}", "")
        if not name and not holder:
            continue
        if not name:
            raise Refused(Reason("Enter the name of each step in at least one language."))
        step = StepNamed(id=number_typed(typed.get(f"id-{row}", "")), name=Text(name), holder=holder)
        named.append((number_typed(typed.get(f"order-{row}", "")) or row, step))
    return [step for _order, step in sorted(named, key=lambda each: each[0])]


def _name_deputy(me: CurrentUser, typed: QueryDict) -> str:
    actions.name_deputy(
        institution=me.institution,
        step=number_typed(typed.get("step", "")),
        username=typed.get("deputy", ""),
        first=_day(typed.get("first", "")),
        last=_day(typed.get("last", "")),
        by=me.username,
        at=clock.now(),
    )
    return _("The deputy was named.")


def _remove_deputy(me: CurrentUser, typed: QueryDict) -> str:
    deputy = number_typed(typed.get("number", ""))
    actions.remove_deputy(institution=me.institution, deputy=deputy, by=me.username, at=clock.now())
    return _("The deputy was removed.")


def _day(typed: str) -> date:
    value = understood(typed.strip())
    if not is_date(value):
        raise Refused(_NO_DAY)
    day = Edtf(value)
    if day.earliest != day.latest:
        raise Refused(_NO_DAY)
    return day.earliest


_DO: Final[Mapping[str, Callable[[CurrentUser, QueryDict], str]]] = {
    "steps": _name_steps,
    "deputy": _name_deputy,
    "remove-deputy": _remove_deputy,
}
