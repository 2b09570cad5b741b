"""A round of tending with 500 exchanges planned: reminders of steps, and what calendars are told of events."""

import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import Any, Final

from koryu.consent import actions as consent
from koryu.desk import steps
from koryu.ingest.actions import load
from koryu.institutions import actions as people
from koryu.notices.models import NoticeRow, ReminderRow
from koryu.planning import actions
from koryu.planning import steps as deleting
from koryu.planning.actions import keep_schedules
from koryu.planning.queries import exchanges_ahead
from tests.made_up import BASE, data_set

AT: Final = "2026-11-22T09:00:00Z"
TODAY: Final = date(2026, 11, 29)
OURS: Final = f"{BASE}institution/abc"
EXCHANGES: Final = 500
ROUNDS: Final = 5


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised)."""
    _planned()
    return [
        ("reminders of steps at 500 exchanges, the first round of a day", _seconds(_new_day), "1 s"),
        ("the same, another round of that day", _seconds(_reminders), "1 s"),
        ("what calendars are told of their events, something having changed", _seconds(_events), "1 s"),
        ("private rows, schedules and candidates deleted on their day", _seconds(_deleted), ""),
    ]


def _planned() -> None:
    """As many schedules of ours, each of a draft with its own dates."""
    load([data_set(programmes=10, exchanges=60, institutions=20)], at=AT)
    consent.give_key(institution=OURS, by="operator", at=AT)
    people.appoint(username="head", name="Head", institution=OURS, role="head")
    people.appoint(username="officer", name="Officer", institution=OURS, role="officer")
    said: dict[str, Any] = {"institution": OURS, "by": "head", "at": AT}
    actions.keep_settings(of=OURS, country="JP", **said)
    for number in range(EXCHANGES):
        uri = f"{OURS}/exchange/e{number}"
        begins = date(2027, 1 + number % 12, 1 + number % 20)
        content = {
            "kind": "exchange",
            "form": "visit",
            "title": {"en": f"Visit {number}", "ja": f"訪問{number}", "source": "en"},
            "event": {"state": "planned"},
            "institutions": [OURS, f"{BASE}institution/xyz"],
            "hosts": [OURS],
            "dates": [{"id": "d", "scope": "trip", "date": f"{begins}/{begins.replace(day=begins.day + 7)}"}],
            "shown_to": "institutions",
        }
        consent.draft(record=uri, content=content, replaces=None, **said)
        of = {"programme": "", "form": "visit", "counted_for": ""}
        keep_schedules.begin_schedule(exchange=uri, **of, **said)


def _new_day() -> None:
    """A round in which nothing was counted before, and everybody is told of all anew."""
    exchanges_ahead._COUNTED._kept.clear()
    ReminderRow.objects.all().delete()
    NoticeRow.objects.all().delete()
    _reminders()


def _reminders() -> None:
    steps.remind_of_steps(at="2026-11-29T06:00:00Z", today=TODAY)


def _events() -> None:
    steps._last.clear()
    steps.note_events(at=AT, today=TODAY)


def _deleted() -> None:
    deleting.delete_rows(at=AT, today=TODAY)


def _seconds(work: Callable[[], object]) -> str:
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return f"{median(taken):.2f} s of CPU"
