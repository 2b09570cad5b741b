"""The earliest arrival that the template of an exchange leaves time for: told where dates are sought."""

from dataclasses import replace
from datetime import date, timedelta

from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.schedule.sent_letters import letters_for
from koryu.planning.queries.schedules import WorkKept, template
from koryu.planning.rules.planned_exchange import planned_at_work, schedule_asked
from koryu.planning.rules.schedule.due_days import AnchorDay
from koryu.planning.rules.schedule.moved_dates import earliest_arrival
from koryu.planning.rules.schedule.schedule_steps import Anchor
from koryu.planning.rules.schedule.starter_steps import form_of_template, starter
from koryu.planning.rules.windows import Ask


def earliest_for(me: CurrentUser, work: ExchangeWork, ask: Ask, there: WorkKept, *, today: date) -> date | None:
    """The first arrival for which no step of ours would have been due before today: by the schedule of the exchange;
    where it has none yet, by our template, else by the steps to begin with.

    None where it is no later than the dates that are sought. In one statement, and one more where the ledger has grown.
    """
    planned = planned_at_work(work)
    kept = there.at[work.uri].schedule if work.uri in there.at else None
    form = form_of_template(planned.form)
    edition = kept.template if kept else template(me.institution, programme=planned.programme, form=form)
    last_day = today + timedelta(days=ask.length - 1)
    asked = schedule_asked(
        replace(
            planned,
            hosts=ask.hosts,
            # Only how long the trip is: the day itself is what is asked for.
            anchors={Anchor.ARRIVAL: AnchorDay(today), Anchor.DEPARTURE: AnchorDay(last_day)},
        ),
        me=me.institution,
        steps=edition.steps if edition else starter(form),
        calendars={uri: known.days for uri, known in there.calendars.items()},
        today=today,
        kept=kept.kept if kept else {},
        only_ours=True,
        letters=letters_for(kept),
    )
    # What is done need not be done again.
    earliest = earliest_arrival(asked, undone=asked.open_codes(), today=today)
    return earliest if earliest and earliest > max(ask.first, today) else None
