"""The pages of the desk with 1,000 exchanges and 20 institutions on record: CPU, statements, one reader's time.

First those of made-up exchanges, then those of the longest record of each kind that is shipped.
"""

import time
from collections.abc import Mapping
from datetime import date
from statistics import median, quantiles
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.consent import actions, queries
from koryu.correspondence import actions as correspondence
from koryu.ingest.actions import load
from koryu.ingest.dataset import read
from koryu.institutions import actions as people
from koryu.institutions import models
from koryu.planning import actions as planning
from koryu.planning.actions import keep_schedules
from koryu.planning.rules.periods import Effect, Period, Repeat
from koryu.records.kinds import document_of
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.made_up import BASE, data_set
from tests.shipped import BASE as SHIPPED
from tests.shipped import DATA, shipped

AT = "2026-11-22T09:00:00Z"
OURS, THEIRS = f"{BASE}institution/abc", f"{BASE}institution/xyz"
OPEN = f"{BASE}exchange/0-1"
KEEPER, PARTNER = f"{SHIPPED}institution/ndl", f"{SHIPPED}institution/nlc"
LONG = f"{SHIPPED}programme/ndl-nlc"
WORK = {
    "our exchanges": "/desk/exchanges/",
    "an exchange": "/desk/exchange/0-1/",
    "its plan": "/desk/exchange/0-1/plan/",
    "its timetable": "/desk/exchange/0-1/timetable/",
    "its letters": "/desk/exchange/0-1/letters/",
    "what comes next": f"/desk/exchanges/next/?programme={BASE}programme/0",
}
# Of another exchange: forty drafts more would be on every list before.
PAPERS = "/desk/exchange/0-20/papers/?lang=en&lang=ja&lang=zh-Hans"
ROUNDS = 60


def run() -> list[tuple[str, str, str]]:
    """(what, measured, promised) for each page; makes its records in the database that is set up."""
    load([data_set(programmes=10, exchanges=100, institutions=20)], at=AT)
    pages: Mapping[str, str] = {**_pages(_goings_on(), OPEN), **WORK}
    pages = {**pages, **_dated()}
    rows = [_measured(name, path, _signed_in("officer")) for name, path in pages.items()]
    _papers(f"{BASE}exchange/0-20")
    rows.append(_measured("forty papers of an exchange in three languages", PAPERS, _signed_in("officer")))
    _questions(f"{BASE}exchange/0-20")
    rows.append(_measured("its sixty questions", "/desk/exchange/0-20/questions/", _signed_in("officer")))
    rows.append(_measured("its results", "/desk/exchange/0-20/results/", _signed_in("officer")))
    rows += [_measured(name, path, _signed_in("officer")) for name, path in _letters(f"{BASE}exchange/0-20").items()]
    load([read(path) for path in sorted(DATA.rglob("*.yaml"))], at=AT)
    longest = _pages_of_the_longest()
    rows += [_measured(name, path, _signed_in("keeper")) for name, path in longest.items()]
    pages = _pages(_proposed(LONG), LONG)
    return rows + [_measured(f"{name}, all long", path, _signed_in("partner")) for name, path in pages.items()]


def _signed_in(username: str) -> Client:
    client = Client()
    client.force_login(models.Account.objects.get(username=username), backend="koryu.desk.account.backend.OneStatement")
    return client


def _pages_of_the_longest() -> dict[str, str]:
    """The pages of the longest record of each kind, and of a draft that changes it or starts from it."""
    for username, institution in (("keeper", KEEPER), ("partner", PARTNER)):
        actions.give_key(institution=institution, by="operator", at=AT)
        people.appoint(username=username, name=username.title(), institution=institution, role="head")
    pages: dict[str, str] = {}
    for kind in {document.kind: None for document in shipped().values()}:
        name = max(
            (name for name, one in shipped().items() if one.kind == kind), key=lambda one: len(str(shipped()[one]))
        )
        draft = _drafted(SHIPPED + name)
        pages |= {
            f"{name}, its record": f"/desk/record/{SHIPPED}{name}/",
            f"{name}, a draft": f"/desk/draft/{draft}/",
            f"{name}, the form": f"/desk/draft/{draft}/edit/",
        }
    return pages


def _drafted(uri: str) -> int:
    said: dict[str, Any] = {"institution": KEEPER, "by": "keeper", "at": AT}
    content, version = _changed(uri)
    try:
        return actions.draft(record=uri, content=content, replaces=version, **said)
    except Refused:
        return actions.draft(record=f"{uri}-anew", content=content, replaces=None, **said)


def _proposed(uri: str) -> int:
    """A change of a record that waits for its partner, who counters it. Returns the number of the counter-proposal."""
    content, version = _changed(uri)
    said: dict[str, Any] = {"record": uri, "replaces": version, "at": AT}
    proposed = actions.propose(institution=KEEPER, document=document_of(content), by="keeper", **said)
    return actions.draft(institution=PARTNER, content=content, answers=proposed, by="partner", **said)


def _changed(uri: str) -> tuple[dict[str, Any], str]:
    standing = queries.standing(uri)
    assert standing
    assert standing.content
    title = {tag: text if tag == "source" else f"{text} 2" for tag, text in standing.content["title"].items()}
    return {**standing.content, "title": title}, standing.version


def _goings_on() -> int:
    """Both libraries speak: proposals, acceptances, drafts. Returns the number of a draft."""
    for institution in (OURS, THEIRS):
        actions.give_key(institution=institution, by="operator", at=AT)
        people.appoint(username="head", name="Head", institution=institution, role="head")
    people.appoint(username="officer", name="Officer", institution=OURS, role="officer")
    draft = 0
    for number in range(1, 11):
        uri = f"{BASE}exchange/0-{number}"
        said: dict[str, Any] = {"record": uri, "by": "head", "at": AT}
        standing = queries.standing(uri)
        assert standing
        assert standing.content
        content = {**standing.content, "notes": {"en": "Changed", "ja": "変更", "source": "en"}}
        if number % 3 == 0:
            draft = actions.draft(institution=OURS, content=content, replaces=standing.version, **said)
            continue
        proposer, other = (OURS, THEIRS) if number % 2 == 0 else (THEIRS, OURS)
        version = actions.propose(
            institution=proposer, document=document_of(content), replaces=standing.version, **said
        )
        if number > 6:
            actions.decline(institution=other, version=version, reason=Text.of(en="Later"), **said)
    return draft


def _papers(exchange: str) -> None:
    """Forty drafts of papers of one institution at an exchange."""
    for number in range(40):
        title = {
            "en": f"The long-term preservation of the digital collections, part {number}",
            "ja": f"デジタル資料の長期保存について その{number}",
            "zh-Hans": f"数字资源的长期保存（{number}）",
            "source": "ja",
        }
        content = {
            "kind": "paper",
            "title": title,
            "exchange": exchange,
            "institution": OURS,
            "type": "theme report",
            "label": f"L{number}",
            "speakers": [{"id": "s1", "printed": {"ja": "森健一", "ja-Hira": "もりけんいち", "source": "ja"}}],
            "wordings": [{"id": "ja", "lang": "ja", "status": "as given"}],
            "shown_to": "institutions",
        }
        record = f"{OURS}/paper/0-20-{OURS.rpartition('/')[2]}-{number:04x}"
        actions.draft(institution=OURS, record=record, content=content, replaces=None, by="officer", at=AT)


def _questions(exchange: str) -> None:
    """Thirty questions of a partner on record, of twelve papers, and thirty drafts of ours that answer them."""
    record = f"{THEIRS}/questions/0-20"
    asked = [
        {
            "id": f"q{number}",
            "type": "question",
            "text": {"en": f"How is part {number} of the collections kept, and who may use it?"},
            "to": {"institution": OURS},
            "in_writing": True,
        }
        for number in range(30)
    ]
    answers = [
        {
            "id": f"a{number}",
            "type": "answer",
            "text": {"ja": f"第{number}部は館内で保存し、来館者が利用できます。"},
            "answers": {"record": record, "item": f"q{number}"},
        }
        for number in range(30)
    ]
    common = {"kind": "questions", "title": {"en": "Questions and answers"}, "exchange": exchange}
    said: dict[str, Any] = {"replaces": None, "at": AT}
    document = document_of({**common, "institution": THEIRS, "items": asked})
    actions.propose(institution=THEIRS, record=record, document=document, by="head", **said)
    content = {**common, "institution": OURS, "items": answers}
    actions.draft(institution=OURS, record=f"{OURS}/questions/0-20", content=content, by="officer", **said)


def _letters(exchange: str) -> dict[str, str]:
    """Letters in preparation: one with an addressee, and the list of forty papers in two languages."""
    said: dict[str, Any] = {"institution": OURS, "exchange": exchange, "typed": {}, "by": "officer", "at": AT}
    enquiry = correspondence.begin_letter(kind="enquiry", langs=("ja",), **said)
    papers = correspondence.begin_letter(kind="papers", langs=("zh-Hans", "ja"), **said)
    return {
        "a letter in preparation": f"/desk/exchange/0-20/letters/{enquiry}/",
        "the list of its forty papers in two languages": f"/desk/exchange/0-20/letters/{papers}/",
    }


def _dated() -> dict[str, str]:
    """Calendars of eight periods each, and a draft of an exchange of next year."""
    this_year = date.today().year  # noqa: DTZ011 -- the pages are asked now, and what is past is not told
    for institution, country in ((OURS, "JP"), (THEIRS, "CN")):
        by: dict[str, Any] = {"institution": OURS, "by": "officer", "at": AT}
        planning.keep_settings(of=institution, country=country, **by)
        for month in range(2, 10):
            first = date(this_year, month, 3)
            period = Period(
                of=institution,
                kept_by=OURS,
                first=first,
                last=first.replace(day=9),
                effect=Effect.AVOIDED if month % 2 else Effect.RULED_OUT,
                repeat=Repeat.YEARLY,
                label=Text.of(en=f"Sitting {month}"),
            )
            planning.keep_period(period=period, **by)
    uri, span = f"{BASE}exchange/0-11", f"{this_year + 1}-09-27/{this_year + 1}-10-06"
    standing = queries.standing(uri)
    assert standing
    assert standing.content
    content = {
        **standing.content,
        "dates": [{"id": "trip", "scope": "trip", "date": span}],
        "event": {"state": "planned"},
        "hosts": [OURS],
    }
    actions.draft(institution=OURS, content=content, replaces=standing.version, record=uri, by="officer", at=AT)
    spans = [(date(this_year + 1, 9, day), date(this_year + 1, 9, day + 7)) for day in range(1, 9)]
    kept: dict[str, Any] = {"institution": OURS, "exchange": uri, "together": (), "by": "officer", "at": AT}
    planning.put_forward(spans=spans, today=date(this_year, 1, 1), **kept)
    planning.note_asked(of=THEIRS, today=date(this_year, 1, 1), **kept)
    for step in range(40):
        due = f"{this_year + 1}-{step % 12 + 1:02}-20"
        planning.add_step(institution=OURS, exchange=uri, what=f"Step {step}", who="", due=due, by="officer", at=AT)
    began: dict[str, Any] = {"programme": "", "form": "visit", "counted_for": span, "by": "officer", "at": AT}
    keep_schedules.begin_schedule(institution=OURS, exchange=uri, **began)
    return {
        "its schedule, with 40 steps typed by hand besides": "/desk/exchange/0-11/schedule/",
        "one step of it": "/desk/exchange/0-11/schedule/?step=host-hotel",
        "a template": "/desk/templates/?form=visit",
        "eight candidate dates": "/desk/exchange/0-11/candidates/",
        "the same for a partner's mail": f"/desk/exchange/0-11/candidates/text/?to={THEIRS}&lang=ja",
        "the year plan": f"/desk/year/{this_year + 1}/",
        "a plan with dates to come": "/desk/exchange/0-11/plan/",
        "dates found for it": "/desk/exchange/0-11/dates/",
        "our calendar": "/desk/calendar/",
    }


def _pages(draft: int, record: str) -> Mapping[str, str]:
    return {
        "to do": "/desk/",
        "drafts": "/desk/drafts/",
        "a draft": f"/desk/draft/{draft}/",
        "the form of a draft": f"/desk/draft/{draft}/edit/",
        "beginning a draft": "/desk/begin/?q=visit",
        "a record with a proposed text": f"/desk/record/{record}/",
        "accepting a text": f"/desk/record/{record}/act/accept/?version={queries.history(record).open_versions[0]}",
        "two texts compared": f"/desk/record/{record}/compare/",
        "its history": f"/desk/record/{record}/history/",
        "its digital check": f"/desk/record/{record}/check/",
        "agreements": "/desk/agreements/",
        "people": "/desk/people/",
        "outbox": "/desk/outbox/",
    }


def _measured(name: str, path: str, client: Client) -> tuple[str, str, str]:
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
    return (
        f"desk: {name}",
        f"{median(cpu[5:]):.1f} ms of CPU, {len(asked)} statements, p95 {p95:.1f} ms",
        "12 ms, 9, p95 30 ms",
    )
