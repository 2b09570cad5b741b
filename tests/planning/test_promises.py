"""What was promised and by whom, read from what is on record: a table of who owes what, and until when."""

from typing import Any, Final

import pytest

from koryu.planning.rules.promises import open_promises, promises_of, who_owes
from koryu.planning.rules.schedule.step_conditions import ExchangeOnRecord, PartOnRecord
from koryu.records.kinds import document_of

BASE: Final = "tag:example.org,2026:"
US, THEM, THIRD = (f"{BASE}institution/{name}" for name in "abc")
EXCHANGE: Final = f"{BASE}exchange/e"
ASKED: Final = f"{BASE}questions/q"
ANSWERED: Final = f"{BASE}questions/a"
PROMISED: Final = f"{BASE}follow-up/f"
AT: Final = "2026-11-22T12:00:00Z"
ALL: Final = (US, THEM, THIRD)


def question(**more: Any) -> dict[str, Any]:
    return {"id": "q1", "type": "question", "text": {"en": "Who?"}, "in_writing": True, **more}


def questions(*items: dict[str, Any], of: str = THEM) -> dict[str, Any]:
    return {"kind": "questions", "title": {"en": "Q"}, "exchange": EXCHANGE, "institution": of, "items": list(items)}


def follow_up(**more: Any) -> dict[str, Any]:
    return {"kind": "follow-up", "title": {"en": "Send it"}, "exchange": EXCHANGE, "institution": US, **more}


ANSWER: Final = {"id": "a1", "type": "answer", "text": {"en": "I."}, "answers": {"record": ASKED, "item": "q1"}}
OTHER_ANSWER: Final = {**ANSWER, "answers": {"record": ASKED, "item": "q2"}}
TO_US: Final = {"to": {"institution": US}}
# (what is on record, by URI; who owes; whether each was kept)
TABLE: Final = {
    "whom it names": ({ASKED: questions(question(**TO_US))}, [(US, False)]),
    "nobody named: each of the others": ({ASKED: questions(question())}, [(US, False), (THIRD, False)]),
    "not in writing": ({ASKED: questions({**question(), "in_writing": False})}, []),
    "answered": (
        {ASKED: questions(question(**TO_US)), ANSWERED: questions(ANSWER, of=US)},
        [(US, True)],
    ),
    "another question answered": (
        {ASKED: questions(question(**TO_US)), ANSWERED: questions(OTHER_ANSWER, of=US)},
        [(US, False)],
    ),
    "answered by its own side": ({ASKED: questions(question(**TO_US), ANSWER)}, [(US, True)]),
    "the question is gone": ({ASKED: questions(), ANSWERED: questions(ANSWER, of=US)}, []),
    "promised": ({PROMISED: follow_up(due="2026-12-24")}, [(US, False)]),
    "done": ({PROMISED: follow_up(done="2026-12-02")}, [(US, True)]),
    "given up": ({PROMISED: follow_up(ended={"en": "No"})}, []),
}


@pytest.mark.parametrize("case", TABLE)
def test_who_owes_what_is_the_same_by_lists_and_by_contents(case: str) -> None:
    contents, owed = TABLE[case]
    documents = {uri: document_of(content) for uri, content in contents.items()}
    parts = tuple(
        PartOnRecord(kind=each.kind, institution=each.summary().institution, at=AT, content=each.content(), uri=uri)
        for uri, each in documents.items()
    )
    read = promises_of(ExchangeOnRecord(parts=parts), ALL)
    assert [(promise.owner, bool(promise.kept_at)) for promise in read] == owed
    listed = open_promises(((uri, each.kind, each.summary()) for uri, each in documents.items()), {EXCHANGE: ALL})
    still_open = [(promise.key, promise.owner, promise.due) for promise in read if not promise.kept_at]
    assert [(promise.key, promise.owner, promise.due) for _exchange, promise in listed] == still_open


def test_nobody_owes_where_it_is_not_known_who_takes_part() -> None:
    assert who_owes(asked="", asker=THEM, institutions=()) == ()
