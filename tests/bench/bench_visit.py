"""Arrangements with 30 rows and private links, of an exchange with 12 sessions and 40 papers."""

import time
from datetime import date, timedelta
from statistics import median, quantiles
from typing import Any, Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.desk import clock
from koryu.institutions import actions as people
from koryu.institutions import models
from koryu.planning import actions as planning
from tests import visit
from tests.visit import DAYS, GUESTS, SESSIONS
from tests.world import EXCHANGE, NDL, NLC, PROGRAMME, stands, uri

ROUNDS: Final = 40
SHEETS: Final = ("arrivals", "rooms", "diet")


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised) for each page; makes its records in the database that is set up."""
    today = clock.today()
    _stands(today)
    _rows(today)
    officer = Client()
    officer.force_login(
        models.Account.objects.get(username="officer"), backend="koryu.desk.account.backend.OneStatement"
    )
    pages = {"arrangements of 30 rows": "arrangements", "terms": "terms", "private links": "links"}
    rows = [
        _measured(f"desk: {name}", f"/desk/exchange/e/{page}/", officer, "12 ms, 8, p95 30 ms")
        for name, page in pages.items()
    ]
    for scope, member in (("delegate", "shen"), ("interpreter", "he"), ("reader", "")):
        rows.append(_measured(f"a private link, {scope}", _link(scope, member, today), Client(), "6 ms, 6"))
    return rows


def _stands(today: date) -> None:
    visit.houses()
    first, last = today - timedelta(days=1), today + timedelta(days=6)
    stands(visit.plan(dates=[{"id": "d", "scope": "trip", "date": f"{first}/{last}"}]), NDL, NLC)
    visit.halves()
    sessions: list[dict[str, Any]] = [
        {**SESSIONS[0], "id": f"s{place}", "date": (today + timedelta(days=place // 3)).isoformat()}
        for place in range(12)
    ]
    version = visit.says(NDL, visit.days(sessions), DAYS)
    visit.says(NDL, visit.days([*sessions[:11], {**sessions[11], "start": "15:00", "end": "16:00"}]), DAYS, version)
    for number in range(39):
        visit.says(NLC, visit.lecture(label=f"L{number + 2}"), uri(f"paper/e-nlc-{number + 2}"))


def _rows(today: date) -> None:
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    said: dict[str, Any] = {"institution": NDL, "seen": {}, "by": "officer", "at": clock.now()}
    who = {"person": "沈文远", "member": f"{GUESTS} shen"}
    row = {**who, "way": "arrives", "day": today.isoformat(), "time": "14:05", "hotel": "Hotel", "diet": "pork"}
    kept = {"delete_on": today + timedelta(days=90), **said}
    for sheet in SHEETS:
        rows = {
            f"r{number}": {**row, **({"person": f"Guest {number}", "member": ""} if number else {})}
            for number in range(10)
        }
        planning.keep_arranged(exchange=EXCHANGE, sheet=sheet, rows=rows, **kept)
    terms = {f"t{number}": {"term": {"ja": f"用語{number}", "zh-Hans": f"术语{number}"}} for number in range(40)}
    planning.keep_arranged(exchange=PROGRAMME, sheet="terms", rows=terms, **kept)


def _link(scope: str, member: str, today: date) -> str:
    secret = people.give_link(
        institution=NDL,
        scope=scope,
        about=EXCHANGE,
        language="ja",
        ends=today + timedelta(days=20),
        part=GUESTS if member else "",
        member=member,
        today=today,
        by="officer",
        at=clock.now(),
    )
    return f"/v/{secret}/"


def _measured(name: str, path: str, client: Client, promised: str) -> tuple[str, str, str]:
    cpu, wall = [], []
    for _ in range(ROUNDS):
        began, then = time.process_time(), time.perf_counter()
        answer = client.get(path)
        cpu.append((time.process_time() - began) * 1000)
        wall.append((time.perf_counter() - then) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    p95 = quantiles(wall[5:], n=20)[-1]
    return (name, f"{median(cpu[5:]):.1f} ms of CPU, {len(asked)} statements, p95 {p95:.1f} ms", promised)
