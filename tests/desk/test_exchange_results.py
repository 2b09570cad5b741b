"""What comes of an exchange, through the door: a summary and reports laid out; promises kept, given up, led on."""

from typing import Any, Final

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.publishing.export import bundle
from koryu.records.kinds import document_of
from koryu.values.reason import Refused
from tests.desk.people import person
from tests.html import problems_of, words_of
from tests.world import (
    EXCHANGE,
    HEAD,
    NDL,
    NLC,
    NLK,
    House,
    of,
    paper,
    participation,
    settle_in,
    stands,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/exchange/e/results/"
DATES: Final = [{"id": "d", "scope": "trip", "date": "2026-11-09/2026-11-17"}]
PAPER: Final = uri("paper/l1")
TABLE: Final = uri("timetable/t")
ASKED: Final = uri("questions/q")
OUTCOME: Final = uri("outcome/o")
PROMISE: Final = uri("follow-up/f")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    """A visit that was held and is public, with people, a paper, the timetable and a question."""
    settle_in()
    stands(under(NDL, NLC, hosts=[NLC], dates=DATES, event={"state": "held"}), NDL, NLC)
    member = {"id": "m", "printed": {"en": "MORI Kenichi"}, "posts": [{"id": "p", "post": {"en": "Director"}}]}
    stands(participation(NDL, members=[member]), NDL, record=uri("participation/n"))
    stands(paper(NLC, title={"en": "On deposit"}, label="L1"), NLC, record=PAPER)
    session: dict[str, Any] = {"id": "s1", "type": "working session", "title": {"en": "Deposit"}, "papers": [PAPER]}
    dinner = {"id": "s2", "type": "reception", "date": "2026-11-10", "start": "18:00"}
    stands(timetable(NLC, sessions=[{**session, "date": "2026-11-09", "start": "10:00"}, dinner]), NLC, record=TABLE)
    asked = {"id": "q1", "type": "question", "of": {"paper": PAPER}, "text": {"en": "Who chooses?"}}
    stands(of("questions", exchange=EXCHANGE, institution=NLC, items=[asked]), NLC, record=ASKED)


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


def main_of(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode().partition("<main")[2].partition("</main>")[0]


def draft_of(kind: str) -> queries.Drafted:
    (draft,) = [draft for draft in queries.drafts_of(NDL) if draft.kind == kind]
    return draft


def send(kind: str) -> str:
    draft = draft_of(kind)
    assert actions.send(draft=draft.id, shown=draft.digest, **HEAD)
    return draft.record


def promised(**more: Any) -> str:
    return stands(of("follow-up", exchange=EXCHANGE, institution=NDL, **more), NDL, record=PROMISE)


def act(client: Client, does: str, /, **typed: str | list[str]) -> Any:
    return client.post(f"{PAGE}{does}/", {"record": PROMISE, **typed})


def test_a_report_begins_with_what_is_known(head: Client) -> None:
    begun = act(head, "begin", kind="report")
    report = draft_of("report")
    assert begun.headers["Location"] == f"/desk/draft/{report.id}/edit/"
    assert report.content["shown_to"] == "own"
    text = report.content["text"]["en"]
    for known in ("9–17 November 2026", "MORI Kenichi, Director, NDL", "10:00  Deposit", "L1  On deposit  (NLC)"):
        assert known in text
    # Of a dispatch there are several.
    act(head, "begin", kind="report")
    assert sum(draft.kind == "report" for draft in queries.drafts_of(NDL)) == 2


def test_a_summary_begins_with_sessions_papers_and_questions_and_is_agreed_by_all(head: Client) -> None:
    act(head, "begin", kind="summary")
    content = draft_of("summary").content
    (session,) = content["sessions"]
    assert (session["timetable"], session["session"], session["title"]) == (TABLE, "s1", {"en": "Deposit"})
    assert session["points"] == [{"id": "p1", "text": {"en": "On deposit"}}]
    version = queries.history(ASKED).in_force
    assert session["asked"] == [{"id": "q1", "record": ASKED, "item": "q1", "version": version}]
    assert document_of(content).owners() == tuple(sorted((NDL, NLC)))
    send("summary")
    partner = person("partner", (NLC, "head"))
    assert "sent by NDL: yours to answer" in words_of(main_of(partner))
    assert "Begin the summary record" not in main_of(partner)


def test_what_was_promised_is_seen_by_both_and_due_until_it_is_done_or_given_up(head: Client) -> None:
    act(head, "promise", what="Send the list", due="2026-12-24", **{"for": [NLC]}, **{"from": f"{ASKED}#q1"})
    record = send("follow-up")
    partner = person("partner", (NLC, "officer"))
    for client, called in ((head, "Send the list"), (partner, "Follow-up of NDL")):
        assert called in words_of(client.get("/desk/").content.decode())
        page = words_of(main_of(client))
        assert "Send the list" in page
        assert "NDL → NLC" in page
        assert "due 24 December 2026" in page
    assert head.post(f"{PAGE}done/", {"record": record, "done": "2 December 2026"}).status_code == 302
    assert draft_of("follow-up").content["done"] == "2026-12-02"
    send("follow-up")
    for client in (head, partner):
        assert "Send the list" not in words_of(client.get("/desk/").content.decode())
        assert "done 2 December 2026" in words_of(main_of(client))
    assert "Record that we checked it" in main_of(partner)
    actions.check(version=queries.history(record).in_force or "", **House(NLC, record).said)
    assert "Checked by NLC." in words_of(main_of(head))


def test_what_is_given_up_says_why(head: Client) -> None:
    promised(title={"en": "Send the list"})
    assert act(head, "give-up", why=" ").status_code == 409
    act(head, "give-up", why="There is none")
    assert (draft_of("follow-up").content["ended"], "done" in draft_of("follow-up").content) == (
        {"en": "There is none"},
        False,
    )
    send("follow-up")
    assert "given up: There is none" in words_of(main_of(head))


def test_what_is_never_public_is_not_offered_to_be_made_public(head: Client) -> None:
    stands(paper(NDL, shown_to="institutions"), NDL, record=uri("paper/l2"))
    stands(of("questions", exchange=EXCHANGE, institution=NDL), NDL, record=uri("questions/n"))
    promised()
    offered = main_of(head, "/desk/exchange/e/send/")
    assert [record in offered for record in (uri("paper/l2"), uri("questions/n"), PROMISE)] == [True, False, False]


def test_an_outcome_begins_from_a_promise_and_does_not_name_it(head: Client) -> None:
    promised(title={"en": "Send the list"}, for_whom=[NLC], done="2026-12-02", notes={"en": "Quillfeather"})
    begun = act(head, "make", kind="outcome")
    outcome, follow_up = draft_of("outcome"), draft_of("follow-up")
    assert begun.headers["Location"] == f"/desk/draft/{outcome.id}/edit/"
    assert outcome.content["grew_out_of"] == [{"id": "e", "record": EXCHANGE}]
    assert outcome.content["date"] == "2026-12-02"
    assert PROMISE not in str(outcome.content)
    assert follow_up.content["led_to"] == [{"id": "r1", "record": outcome.record}]
    # Alone the promise would name what nobody can read yet; together with it, it goes.
    with pytest.raises(Refused):
        actions.send(draft=follow_up.id, shown=follow_up.digest, **HEAD)
    typed = {**outcome.content, "type": "practice adopted"}
    actions.save(draft=outcome.id, content=typed, seen=outcome.edition, **HEAD)
    both = (draft_of("outcome"), follow_up)
    shown = queries.package_digest(both)
    drafts = [draft.id for draft in both]
    actions.send_together(institution=NDL, exchange=EXCHANGE, drafts=drafts, shown=shown, **HEAD)
    name = outcome.record.rpartition("/")[2]
    # Both ways for those who take part; for readers the outcome alone.
    for who in ("director", "partner"):
        client = head if who == "director" else person("partner", (NLC, "officer"))
        assert f"/desk/record/{outcome.record}/" in main_of(client)
        assert f"/desk/record/{PROMISE}/" in main_of(client, f"/desk/record/{outcome.record}/")
    public = Client().get(f"/en/outcome/{name}/").content.decode()
    assert "Send the list" in public
    stranger = person("stranger", (NLK, "head"))
    beside = stranger.get(f"/desk/record/{outcome.record}/").content.decode()
    for told in (public, beside, str(bundle(outcome.record, asking="public"))):
        assert PROMISE not in told
        assert "Quillfeather" not in told


def test_a_promise_whose_outcome_was_erased_is_still_there(head: Client) -> None:
    stands(of("outcome", type="practice adopted", kept_by=NDL, title={"en": "A list"}), NDL, record=OUTCOME)
    promised(title={"en": "Send the list"}, done="2026-12-02", led_to=[{"id": "r", "record": OUTCOME}])
    assert "A list" in main_of(head)
    actions.erase(institution=NDL, record=OUTCOME, at_request_of_named=True, **HEAD)
    page = main_of(head)
    assert "A list" not in page
    assert "a record that is not there yet, or no longer" in page
    # Its next version may be said all the same: what it led to was said while it was there.
    assert act(head, "make", kind="outcome").status_code == 302


@pytest.mark.parametrize(
    ("what", "typed", "says"),
    [
        ("promise", {"what": ""}, "Say in one line what will be done."),
        ("promise", {"what": "x", "due": "soonish"}, "“soonish” is not understood as a date."),
        ("begin", {"kind": "outcome"}, "Choose the kind of record."),
        ("make", {"kind": "person"}, "Choose the kind of record."),
        ("done", {"record": uri("follow-up/none")}, "This follow-up is no longer there."),
        ("done", {"record": uri("follow-up/theirs")}, "This follow-up is no longer there."),
    ],
)
def test_what_cannot_be_done_says_why_and_leaves_nothing(
    head: Client, what: str, typed: dict[str, str], says: str
) -> None:
    promised()
    stands(of("follow-up", exchange=EXCHANGE, institution=NLC), NLC, record=uri("follow-up/theirs"))
    answer = act(head, what, **typed)
    assert (answer.status_code, says in words_of(answer.content.decode())) == (409, True)
    assert queries.drafts_of(NDL) == ()


def test_the_head_sends_what_is_promised_or_lets_officers(head: Client) -> None:
    officer = person("officer", (NDL, "officer"))
    act(officer, "promise", what="Send the list")
    draft = draft_of("follow-up")
    with pytest.raises(Refused):
        actions.send(draft=draft.id, shown=draft.digest, by="officer", at=HEAD["at"])
    assert officer.get(PAGE).status_code == 200
    assert [act(officer, "burn").status_code, officer.get(f"{PAGE}promise/").status_code] == [404, 302]


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_made_in_every_language(head: Client, language: str) -> None:
    promised(title={"en": "Send the list"}, due="2026-12-24")
    client = person("second", (NDL, "officer"), language=language)
    answer = client.get(PAGE)
    assert (answer.status_code, problems_of(answer.content.decode())) == (200, [])
