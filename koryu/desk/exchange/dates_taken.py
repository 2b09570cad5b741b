"""Dates taken into the draft of an exchange: in the place of those that were planned, whoever changed it meanwhile."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.planning.rules.plan_dates import with_dates
from koryu.values.reason import Reason, Refused, or_refuse

# Whoever is overtaken so often in one moment is told.
_MOST_TIMES: Final = 4


def take_dates(request: HttpRequest, me: CurrentUser, work: ExchangeWork, *, first: date, last: date) -> int:
    """Write these days into our draft of the exchange; where there is none, one of the next version is begun.

    Returns the number of the draft. Raises Refused; then nothing was changed.
    """
    or_refuse(_fails(work, first, last))
    number = work.own_plan.id if work.own_plan else begin_from_record(request, me, work.uri)
    for times in range(_MOST_TIMES):
        draft = consent.draft(number)
        if draft is None or draft.institution != me.institution:
            raise Refused(Reason("This draft is no longer there."))
        content: Mapping[str, Any] = with_dates(draft.content, first, last)
        try:
            actions.save(draft=number, content=content, seen=draft.edition, by=me.username, at=clock.now())
        except Refused:
            now = consent.draft(number)
            if now is None or now.edition == draft.edition or times == _MOST_TIMES - 1:
                raise
            continue
        return number
    raise AssertionError("the last time raises")


def _fails(work: ExchangeWork, first: date, last: date) -> Reason | None:
    if last < first:
        return Reason("The last day comes before the first.")
    if first < clock.today():
        return Reason("These dates have passed.")
    if not work.own_plan and (work.open_plan or not work.plan):
        return Reason("There is no draft of this plan into which dates could be written.")
    return None
