"""What of an exchange goes out together: its pages with 50 drafts and 20 texts asked; 50 records sent in one act."""

import time
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.consent import actions, queries
from koryu.institutions import models
from koryu.records.document import Document
from tests.desk.people import person
from tests.world import (
    COMPILER,
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    House,
    drafted,
    exchange,
    give_voice,
    paper,
    participation,
    put_on_record,
    stands,
    timetable,
    uri,
)

ROUNDS = 40
DATES = [{"id": "d", "scope": "trip", "date": "2090-11-09/2090-11-17"}]
IN_THREE = {"en": "Paper", "ja": "論文", "zh-Hans": "论文", "source": "ja"}


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised); makes its records in the database that is set up."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    first = stands(_plan(), NDL, NLC)
    person("chief", (NDL, "head"))
    for number in range(20):
        record = uri(f"participation/asked-{number}")
        House(NLC, record).propose(participation(NLC, host=NDL, members=_members(3), shown_to="institutions"))
    drafts = _begun(first)
    address = "/desk/exchange/e/"
    rows = [
        _page(f"what goes out, {len(drafts)} drafts", f"{address}send/"),
        _page("20 texts to answer", f"{address}answer/"),
    ]
    shown = queries.package_digest(queries.drafts_numbered(drafts))
    said: dict[str, Any] = {"institution": NDL, "exchange": EXCHANGE, "drafts": drafts, "shown": shown}
    together = actions.submit_together(**said, **HEAD)
    rows.append(_page(f"{len(drafts)} texts before the head", f"{address}send/{together}/"))
    began, then = time.process_time(), time.perf_counter()
    actions.approve_together(institution=NDL, together=together, shown=shown, **HEAD)
    cpu, wall = time.process_time() - began, time.perf_counter() - then
    return [*rows, (f"{len(drafts)} records sent in one act", f"{cpu:.2f} s of CPU, {wall:.2f} s", "at most 1 s")]


def _plan(**more: Any) -> Document:
    return exchange(NDL, NLC, dates=DATES, hosts=[NDL], shown_to="institutions", **more)


def _begun(first: str) -> list[int]:
    """A plan changed, our people, a timetable of 12 sessions and 47 papers."""
    papers = {uri(f"paper/{number}"): _paper(number) for number in range(47)}
    given = list(papers)
    sessions = [
        {
            "id": f"s{number}",
            "type": "working session",
            "date": f"2090-11-{9 + number // 2:02}",
            "start": "10:00",
            "end": "11:30",
            "title": {"en": f"Session {number}", "ja": f"第{number}部", "source": "ja"},
            "papers": given[number * 3 : number * 3 + 3],
        }
        for number in range(12)
    ]
    return [
        drafted(NDL, _plan(planned_size=5), EXCHANGE, replaces=first),
        drafted(NDL, participation(NDL, members=_members(9), shown_to="institutions"), uri("participation/ours")),
        drafted(NDL, timetable(NDL, sessions=sessions, shown_to="institutions"), uri("timetable/t")),
        *(drafted(NDL, document, record) for record, document in papers.items()),
    ]


def _paper(number: int) -> Document:
    wordings = [
        {"id": tag.lower(), "lang": tag, "title": f"{title} {number}", "status": "as given"}
        for tag, title in IN_THREE.items()
        if tag != "source"
    ]
    speakers = [{"id": "s", "printed": {"ja": f"話者 {number}"}}]
    return paper(NDL, shown_to="institutions", title=IN_THREE, label=f"L{number}", speakers=speakers, wordings=wordings)


def _members(count: int) -> list[dict[str, Any]]:
    posts = [{"id": "p", "post": {"en": "Director", "ja": "部長", "source": "ja"}}]
    return [{"id": f"m{number}", "printed": {"ja": f"参加者 {number}"}, "posts": posts} for number in range(count)]


def _page(name: str, path: str) -> tuple[str, str, str]:
    client = Client()
    client.force_login(models.Account.objects.get(username="chief"), backend="koryu.desk.account.backend.OneStatement")
    cpu = []
    for _ in range(ROUNDS):
        began = time.process_time()
        answer = client.get(path)
        cpu.append((time.process_time() - began) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    size = len(answer.content) / 1024
    return (
        f"desk: {name}",
        f"{median(cpu[5:]):.1f} ms of CPU, {len(asked)} statements, {size:.0f} KB",
        "12 ms, 8 statements",
    )
