"""The questions at the door and of the verifier: a package of 50 drafts asked, an export of 640 records verified."""

import json
import time
from itertools import cycle, islice
from statistics import median
from typing import Any

from koryu.archive.queries import EVERYBODY
from koryu.consent import actions
from koryu.consent.actions.admission import PlannedStatement, would_refuse
from koryu.consent.rules.verification import verify
from koryu.ingest.actions import load
from koryu.ingest.dataset import read
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.publishing.export import bundles
from koryu.records.kinds import document_of
from koryu.values.uris import mint
from tests.shipped import BASE, DATA

AT = "2026-11-22T09:00:00Z"
NDL, NLC = f"{BASE}institution/ndl", f"{BASE}institution/nlc"
ROUNDS = 9
RECORDS = 640


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised); loads the shipped record into the database that is set up."""
    load([read(path) for path in sorted(DATA.rglob("*.yaml"))], at=AT)
    return [_asked(), _verified()]


def _asked() -> tuple[str, str, str]:
    actions.give_key(institution=NDL, by="operator", at=AT)
    people.appoint(username="officer", name="Officer", institution=NDL, role="head")
    package = list(_package())
    assert set(would_refuse(package)) == {None}
    taken = []
    for _ in range(ROUNDS):
        began = time.process_time()
        would_refuse(package)
        taken.append((time.process_time() - began) * 1000)
    return "the door's questions for a package of 50 drafts", f"{median(taken):.0f} ms of CPU", "at most 150 ms"


def _package() -> list[PlannedStatement]:
    """An exchange, and 49 papers of one side that belong to it."""
    exchange = mint(NDL, "exchange", "next")
    core: dict[str, Any] = {
        "kind": "exchange",
        "form": "visit",
        "event": {"state": "planned"},
        "title": {"en": "The next exchange"},
        "institutions": [NDL, NLC],
        "programmes": [{"id": "p", "programme": f"{BASE}programme/ndl-nlc", "number": "99"}],
        "shown_to": "institutions",
    }
    papers = (
        {
            "kind": "paper",
            "type": "paper",
            "title": {"en": f"Paper {number}"},
            "exchange": exchange,
            "institution": NDL,
            "shown_to": "institutions",
        }
        for number in range(49)
    )
    contents = [(exchange, core), *((mint(NDL, "paper", f"p{n}"), one) for n, one in enumerate(papers))]
    return [
        PlannedStatement(institution=NDL, record=record, content=document_of(one).content()) for record, one in contents
    ]


def _verified() -> tuple[str, str, str]:
    written = [json.dumps(one) for one in bundles(asking=EVERYBODY)]
    keys = institutions.keys()
    exported = list(islice(cycle(written), RECORDS))
    taken = []
    for _ in range(3):
        began = time.process_time()
        for one in exported:
            verify(json.loads(one), keys=keys)
        taken.append(time.process_time() - began)
    return f"an export of {RECORDS} records verified", f"{median(taken):.1f} s of CPU", "at most 3 s"
