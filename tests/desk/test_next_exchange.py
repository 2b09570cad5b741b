"""Beginning the next exchange through the door, recording one that was, and what a partner has written of its part."""

import re
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from koryu.archive import actions as search
from koryu.archive import queries as archive
from koryu.consent import models, queries
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.world import (
    EXCHANGE,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    WORK,
    drafted,
    programme,
    settle_in,
    stands,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
NEXT: Final = "/desk/exchanges/next/"
OF: Final = f"{NEXT}?programme={PROGRAMME}"
HELD: Final[dict[str, Any]] = {
    "number": "22",
    "programme_year": "2003",
    "hosts": [NDL],
    "dates": [{"id": "d", "scope": "trip", "date": "2003-11-12/2003-11-16"}],
    "planned_size": 5,
    "duration": "P1W",
    "languages": ["zh-Hans", "ja"],
    "event": {"state": "held"},
}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def text_of(page: bytes) -> str:
    main = page.decode().partition("<main")[2].partition(">")[2].partition("</main>")[0]
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).strip()
    return re.sub(r" ([,.;)])", r"\1", said).replace("( ", "(")


def boxes(page: bytes) -> dict[str, list[str]]:
    """What a browser would send of the form, by name."""
    form = page.decode().partition('class="next-exchange"')[2].partition("</form>")[0]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        given = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if given.get("name") and (given.get("type") not in ("checkbox", "radio", "file") or " checked" in tag):
            sent.setdefault(given["name"], []).append(given.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def last_draft() -> Any:
    row = models.DraftRow.objects.last()
    assert row
    return queries.draft(row.pk)


def begun(client: Client, **typed: Any) -> Any:
    """What is suggested, sent back with this typed over it."""
    return client.post(NEXT, {**boxes(client.get(OF).content), **typed})


def test_what_comes_next_is_suggested_with_its_reasons_and_made_a_draft(officer: Client) -> None:
    the_exchange(**HELD)
    page = officer.get(OF).content
    assert {name: boxes(page)[name] for name in ("number", "host", "form", "name")} == {
        "number": ["23"],
        "host": [NLC],
        "form": ["visit"],
        "name": ["p-23"],
    }
    # Institutions and exchanges are called by their names.
    assert "NDL hosted last (12–16 November 2003)." in text_of(page)
    assert "tag:example.org" not in text_of(page)
    answer = begun(officer, year="2004")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/exchange/p-23/")
    draft = last_draft()
    assert draft.content == {
        "kind": "exchange",
        "title": {"en": "23rd Programme (2004)"},
        "form": "visit",
        "event": {"state": "planned"},
        "institutions": [NDL, NLC],
        "programmes": [{"id": "p", "programme": PROGRAMME, "number": "23"}],
        "programme_year": "2004",
        "hosts": [NLC],
        "planned_size": 5,
        "duration": "P1W",
        "languages": ["zh-Hans", "ja"],
        "shown_to": "institutions",
    }
    assert (draft.record, draft.says, draft.replaces) == (f"{NDL}/exchange/p-23", "proposed", "")
    said = text_of(officer.get(answer.headers["Location"]).content)
    assert "Copied without change:" in said
    assert "To be filled in again:" in said


def test_everything_suggested_can_be_overtyped(officer: Client) -> None:
    the_exchange(**HELD)
    begun(officer, number="I and II", year="2031", host=[NDL, NLC], form="online exchange", name="both")
    content = last_draft().content
    assert content["programmes"] == [{"id": "p", "programme": PROGRAMME, "number": "I and II"}]
    assert (content["hosts"], content["form"], content["programme_year"]) == ([NDL, NLC], "online exchange", "2031")


def test_a_number_that_another_bears_is_kept_and_pointed_out(officer: Client) -> None:
    the_exchange(**HELD, shown_to="institutions")
    told = "Number 22 is on record already: "
    sent = boxes(officer.get(OF).content)
    assert told not in officer.post(NEXT, sent, follow=True).content.decode()
    again = officer.post(NEXT, {**sent, "number": "22", "name": "another"}, follow=True).content.decode()
    assert told in again
    assert last_draft().content["programmes"][0]["number"] == "22"


def test_what_is_not_ticked_is_not_taken_over(officer: Client) -> None:
    the_exchange(**HELD)
    typed = {name: value for name, value in boxes(officer.get(OF).content).items() if name != "goes-on"}
    officer.post(NEXT, typed)
    assert not {"planned_size", "duration", "languages"} & last_draft().content.keys()


def test_the_same_form_twice_begins_one_draft(officer: Client) -> None:
    the_exchange(**HELD)
    typed = boxes(officer.get(OF).content)
    assert [officer.post(NEXT, typed).headers["Location"] for _ in range(2)] == ["/desk/exchange/p-23/"] * 2
    assert models.DraftRow.objects.count() == 1


@pytest.mark.parametrize(("name", "said"), [("e", "of this name already"), ("Ü ü", "letters a to z"), ("", "letters")])
def test_a_name_in_use_or_none_at_all_is_refused_and_what_was_typed_stays(
    officer: Client, name: str, said: str
) -> None:
    the_exchange(**HELD)
    answer = begun(officer, name=name, number="99")
    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert boxes(answer.content)["number"] == ["99"]


def test_a_draft_that_is_there_already_is_pointed_out(officer: Client) -> None:
    the_exchange(**HELD)
    begun(officer)
    page = text_of(officer.get(OF).content)
    assert "Your institution has had a draft of number 23 since" in page
    assert "One is under way already: p-23" in page


@pytest.mark.parametrize(
    ("turn", "kept", "comes_next", "because"),
    [
        ("", None, NLC, "NDL hosted last (November 2004)."),
        (NLC, [NLC], NDL, "NDL hosted last (November 2004), in place of NLC."),
        ("nobody", [], NLC, "NDL hosted last (12–16 November 2003). 23rd Programme (2004) used nobody’s turn."),
    ],
)
def test_another_hosts_than_whose_turn_it_is_and_the_one_after_follows_whose_turn_was_used(
    officer: Client, turn: str, kept: list[str] | None, comes_next: str, because: str
) -> None:
    the_exchange(**HELD)
    begun(officer, year="2004", host=NDL, turn=turn)
    content = last_draft().content
    assert (content["hosts"], content.get("turn_of")) == ([NDL], kept)
    was = {"dates": [{"id": "d", "scope": "trip", "date": "2004-11"}], "event": {"state": "held"}}
    models.DraftRow.objects.all().delete()
    stands(document_of({**content, **was}), NDL, NLC, record=uri("exchange/e-23"))
    page = officer.get(OF).content
    assert boxes(page)["host"] == [comes_next]
    assert because in text_of(page)


def test_one_that_was_put_off_comes_next_itself_and_the_one_after_stands_beside_it(officer: Client) -> None:
    the_exchange(**{**HELD, "event": {"state": "postponed"}})
    page = officer.get(OF).content
    assert boxes(page)["number"] == ["22"]
    assert "It was put off, and keeps its number. Or: 23 (the one after it)." in text_of(page)


def test_of_programmes_of_others_nothing_is_begun(officer: Client) -> None:
    stands(programme(NLC, NLK), NLC, NLK, record=uri("programme/others"))
    stranger = person("stranger", (NLK, "head"))
    for programme_, client in (
        (PROGRAMME, stranger),
        (uri("programme/others"), officer),
        (uri("programme/no"), officer),
    ):
        assert client.get(f"{NEXT}?programme={programme_}").status_code == 404
        assert client.post(NEXT, {"programme": programme_, "name": "x"}).status_code == 404
    assert uri("programme/others") not in officer.get(NEXT).content.decode()


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_who_does_not_draft_begins_nothing(role: str) -> None:
    client = person(f"the-{role}", (NDL, role))
    assert client.post(NEXT, {"programme": PROGRAMME, "name": "x"}).status_code == 409
    assert models.DraftRow.objects.count() == 0


def test_a_number_that_was_cancelled_is_given_again_under_another_name(officer: Client) -> None:
    for number, state in (("22", "held"), ("23", "cancelled")):
        content = under(NDL, NLC, number=number, programme_year="2003", event={"state": state}, shown_to="institutions")
        stands(content, NDL, NLC, record=uri(f"exchange/p-{number}"))
    page = officer.get(OF).content
    assert boxes(page)["name"] == [f"p-23-{boxes(page)['year'][0]}"]
    assert "Number 23 was cancelled, and is free again. Or: 24 (if the cancelled one keeps its number)" in text_of(page)
    assert begun(officer).status_code == 302


# It was held already


def held(client: Client, **typed: Any) -> Any:
    return begun(client, held="1", number="21", year="2002", name="p-21", **typed)


def test_one_that_was_held_is_recorded_from_a_work_on_record(officer: Client) -> None:
    the_exchange(**HELD)
    assert held(officer, work=WORK).status_code == 302
    draft = last_draft()
    assert (draft.says, draft.content["event"], "shown_to" in draft.content) == ("recorded", {"state": "held"}, False)
    assert draft.content["sources"] == [{"id": "s1", "work": WORK}]


def test_the_work_can_be_described_in_the_same_act() -> None:
    the_exchange(**HELD)
    described = {"work-title": "Newsletter 21", "work-publisher": "NDL", "work-date": "2002-12"}
    head = person("director", (NDL, "head"))
    assert held(head, **described, **{"work-address": "https://example.org/21"}).status_code == 302
    source = last_draft().content["sources"][0]["work"]
    standing = queries.standing(source)
    assert standing
    assert (standing.recorder, standing.content) == (
        NDL,
        {
            "kind": "work",
            "type": "webpage",
            "title": {"en": "Newsletter 21"},
            "publisher": {"en": "NDL"},
            "issued": "2002-12",
            "address": "https://example.org/21",
            "kept_by": NDL,
        },
    )
    # What was begun so can be sent.
    draft = last_draft()
    head.post(f"/desk/draft/{draft.id}/send/", {"shown": draft.digest})
    assert queries.history(draft.record).lines.keys() == {NDL}


def test_who_may_not_speak_for_the_institution_begins_a_draft_of_the_work(officer: Client) -> None:
    the_exchange(**HELD)
    held(officer, **{"work-title": "Newsletter 21"})
    drafts = {draft.kind: draft for draft in queries.drafts_of(NDL)}
    assert (drafts["work"].says, drafts["exchange"].content["sources"][0]["work"]) == (
        "recorded",
        drafts["work"].record,
    )
    assert queries.standing(drafts["work"].record) is None


def test_a_work_is_found_by_words_of_its_title(officer: Client) -> None:
    the_exchange(**HELD)
    search.catch_up()
    assert held(officer, **{"work-sought": "page"}).status_code == 302
    assert last_draft().content["sources"] == [{"id": "s1", "work": WORK}]


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"work": NDL},
        {"work": uri("work/none")},
        {"work": "page"},
        {"work-sought": "nothing of this name"},
        {"work-title": "x", "work-address": "no address"},
        {"work-title": "x", "work-date": "some day"},
    ],
)
def test_without_a_work_nothing_is_begun(officer: Client, typed: dict[str, str]) -> None:
    the_exchange(**HELD)
    assert held(officer, **typed).status_code == 409
    assert models.DraftRow.objects.count() == 0


@pytest.mark.parametrize(
    ("gives", "begun_too"),
    [
        ([], set()),
        (["agreement", "exchange", ""], set()),
        (["participation"], {("participation", NDL), ("participation", NLC)}),
        # Our own papers are begun by typing them; the timetable is the host's.
        (
            ["participation", "paper", "timetable"],
            {("participation", NDL), ("participation", NLC), ("paper", NLC), ("timetable", NLC)},
        ),
    ],
)
def test_what_the_publication_gives_is_begun_with_it(
    officer: Client, gives: list[str], begun_too: set[tuple[str, str]]
) -> None:
    the_exchange(**HELD)
    assert held(officer, work=WORK, gives=gives, host=[NLC]).status_code == 302
    drafts = [draft for draft in queries.drafts_of(NDL) if draft.kind != "exchange"]
    whose = {(draft.kind, draft.content.get("institution", draft.content.get("arranged_by"))) for draft in drafts}
    assert (whose, len(drafts)) == (begun_too, len(begun_too))
    assert {draft.says for draft in drafts} <= {"recorded"}
    assert all(draft.content["sources"] == [{"id": "s1", "work": WORK}] for draft in drafts)


def test_nothing_is_begun_beside_what_is_yet_to_come(officer: Client) -> None:
    the_exchange(**HELD)
    assert begun(officer, number="23", name="p-23", gives=["participation"]).status_code == 302
    assert models.DraftRow.objects.count() == 1


def test_where_one_text_cannot_be_begun_none_is(officer: Client) -> None:
    the_exchange(**HELD)
    assert held(officer, gives=["participation"]).status_code == 409
    assert models.DraftRow.objects.count() == 0


def test_what_belongs_to_what_was_held_is_recorded_from_the_same_source() -> None:
    the_exchange(**HELD)
    head = person("director", (NDL, "head"))
    held(head, work=WORK)
    draft = last_draft()
    head.post(f"/desk/draft/{draft.id}/send/", {"shown": draft.digest})
    head.post("/desk/exchange/p-21/begin/", {"kind": "participation"})
    part = last_draft()
    assert (part.says, part.content["sources"], part.content["title"]) == (
        "recorded",
        [{"id": "s1", "work": WORK}],
        {"en": "Participation: NDL (21st Programme (2002))"},
    )
    head.post(f"/desk/draft/{part.id}/send/", {"shown": part.digest})
    assert queries.standing(part.record) is not None


# How much it costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_however_much_was_held(
    officer: Client, count: int, django_assert_num_queries: Any
) -> None:
    for place in range(count):
        stands(under(NDL, NLC, number=str(place + 1), hosts=[NDL]), NDL, NLC, record=uri(f"exchange/{place}"))
        drafted(NDL, under(NDL, NLC, number=str(place + 9)), uri(f"exchange/d{place}"))
    officer.get(OF)
    with django_assert_num_queries(7):
        officer.get(OF)
    with django_assert_num_queries(5):
        officer.get(NEXT)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_made_in_every_language(language: str) -> None:
    the_exchange(**HELD)
    client = person("officer", (NDL, "officer"), language=language)
    for address in (NEXT, OF, f"{OF}&held=1"):
        assert client.get(address).status_code == 200


def test_the_shipped_archive_is_not_asked_for_what_nobody_may_read() -> None:
    the_exchange(**HELD, shown_to="institutions")
    asked: dict[str, Any] = {"last": "now", "today": date(2026, 11, 29)}
    assert archive.exchanges_of(NLK, **asked).held.lines == ()
    assert [each.line.uri for each in archive.exchanges_of(NLC, **asked).held.lines] == [EXCHANGE]
