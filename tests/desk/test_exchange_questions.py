"""The questions of an exchange through the door: asked one after the other, owed in writing, answered; by letter too;
and who may not."""

from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import queries
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.world import (
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    give_voice,
    of,
    paper,
    programme,
    put_on_record,
    stands,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/exchange/e/questions/"
DATES: Final = [{"id": "d", "scope": "trip", "date": "2026-11-09/2026-11-17"}]
PAPER: Final = uri("paper/l1")
TABLE: Final = uri("timetable/t")
SESSIONS: Final = [
    {"id": "s1", "type": "working session", "number": "1", "title": {"en": "Digital deposit"}, "papers": [PAPER]},
    {"id": "s2", "type": "working session", "number": "2", "title": {"en": "Reference work"}},
]
ASKED: Final = uri("questions/e-nlc")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    """The NDL and the NLC have a key. Their exchange stands, with a paper, the timetable and a question of the NLC."""
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    plan = under(NDL, NLC, hosts=[NLC], dates=DATES, shown_to="institutions")
    stands(plan, NDL, NLC)
    stands(paper(NLC, shown_to="institutions", label="L1"), NLC, record=PAPER)
    stands(timetable(NLC, shown_to="institutions", sessions=SESSIONS), NLC, record=TABLE)
    asked = [
        {
            "id": "q1",
            "type": "question",
            "of": {"paper": PAPER},
            "text": {"en": "How are web pages chosen?"},
            "to": {"institution": NDL},
            "in_writing": True,
            "due": "2026-11-24",
        }
    ]
    stands(of("questions", exchange=EXCHANGE, institution=NLC, items=asked), NLC, record=ASKED)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def main_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def ours() -> dict[str, Any]:
    (draft,) = [draft for draft in queries.drafts_of(NDL) if draft.kind == "questions"]
    return dict(draft.content)


def test_questions_are_typed_one_after_the_other_and_the_session_is_chosen_once(officer: Client) -> None:
    first = {
        "of": f"{TABLE}#s2",
        "type": "question",
        "when": "during",
        "text-in": "en",
        "text": "Who answers at night?",
    }
    added = officer.post(f"{PAGE}add/", {**first, "to": "NLC", "written": "2026-11-24"})
    assert added.status_code == 302
    page = main_of(officer, added["Location"])
    # What was chosen stays chosen, and the next is typed at once.
    assert f'<option value="{TABLE}#s2" selected>Reference work</option>' in page
    assert "autofocus" in page
    officer.post(f"{PAGE}add/", {**first, "text": "And on holidays?"})
    one, two = ours()["items"]
    assert (one["of"], one["type"], one["to"]) == (
        {"timetable": TABLE, "session": "s2"},
        "question",
        {"institution": NLC},
    )
    assert (one["in_writing"], one["due"], two["text"]) == (True, "2026-11-24", {"en": "And on holidays?"})
    document_of(ours())
    page = main_of(officer)
    # Of both sides, by session: the paper of the first session stands before the second one.
    assert (
        page.index("How are web pages chosen?") < page.index("Who answers at night?") < page.index("And on holidays?")
    )
