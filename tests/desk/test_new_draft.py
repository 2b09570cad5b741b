"""Beginning a draft through the door: from nothing, from a record that stands."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from koryu.archive import actions as search
from koryu.consent import actions, models, queries
from koryu.records.document import Document
from koryu.records.kinds import KINDS
from tests.desk.people import person
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    PROGRAMME,
    exchange,
    give_voice,
    programme,
    put_on_record,
    under,
    uri,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def begins(client: Client, **typed: str) -> Any:
    return client.post("/desk/begin/", typed)


def stands(document: Document, *, record: str = EXCHANGE) -> str:
    said: dict[str, Any] = {"record": record, "by": "head", "at": AT}
    version = actions.propose(institution=NDL, document=document, replaces=None, **said)
    actions.accept(institution=NLC, version=version, **said)
    return version


def only_draft() -> Any:
    found = queries.draft(models.DraftRow.objects.get().pk)
    assert found
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_of_every_kind_is_begun_from_nothing_and_typed_into(officer: Client, kind: str) -> None:
    answer = begins(officer, **{"from": "nothing", "kind": kind, "name": "ndl-nlc-38"})
    assert only_draft().record == f"{NDL}/{kind}/ndl-nlc-38"
    assert officer.get(answer.headers["Location"]).status_code == 200


def test_the_same_form_twice_begins_one_draft(officer: Client) -> None:
    name = re.findall(r'name="name" value="([^"]+)"', officer.get("/desk/begin/").content.decode())[0]
    for _ in range(2):
        assert begins(officer, **{"from": "nothing", "kind": "exchange", "name": name}).status_code == 302
    assert models.DraftRow.objects.count() == 1


@pytest.mark.parametrize("name", ["", "Über", "a b", "../x", "<script>", "-x", "x" * 100])
def test_a_name_that_cannot_stand_in_an_address_is_refused(officer: Client, name: str) -> None:
    assert begins(officer, **{"from": "nothing", "kind": "exchange", "name": name}).status_code == 409
    assert models.DraftRow.objects.count() == 0


@pytest.mark.parametrize("typed", [{}, {"from": "nothing", "kind": "no-such-kind", "name": "x"}])
def test_a_kind_that_is_none_is_refused(officer: Client, typed: dict[str, str]) -> None:
    assert begins(officer, **typed).status_code == 409


def test_a_name_is_given_once(officer: Client) -> None:
    head = person("director", (NDL, "head"))
    begins(officer, **{"from": "nothing", "kind": "theme", "name": "taken"})
    draft = only_draft()
    content = {"kind": "theme", "title": {"en": "Theme"}, "kept_by": NDL}
    actions.save(draft=draft.id, content=content, seen=1, by="officer", at=AT)
    shown = only_draft().digest
    head.post(f"/desk/draft/{draft.id}/send/", {"shown": shown})
    answer = begins(officer, **{"from": "nothing", "kind": "theme", "name": "taken"})
    assert (answer.status_code, "of this name already" in answer.content.decode()) == (409, True)


def test_a_draft_from_a_record_replaces_what_is_in_force(officer: Client) -> None:
    version = stands(exchange(NDL, NLC))
    assert begins(officer, **{"from": "record", "record": EXCHANGE}).status_code == 302
    draft = only_draft()
    assert (draft.record, draft.replaces, draft.content) == (EXCHANGE, version, exchange(NDL, NLC).content())
    assert begins(officer, **{"from": "record", "record": EXCHANGE}).status_code == 302
    assert models.DraftRow.objects.count() == 1


def test_a_record_of_others_is_not_changed_by_a_draft() -> None:
    stands(exchange(NDL, NLC))
    answer = begins(person("stranger", (NAL, "head")), **{"from": "record", "record": EXCHANGE})
    assert (answer.status_code, "belongs to other institutions" in answer.content.decode()) == (409, True)
    assert (
        begins(person("third", (NAL, "head")), **{"from": "record", "record": uri("exchange/none")}).status_code == 404
    )


def test_a_contributor_begins_papers_and_nothing_else() -> None:
    contributor = person("contributor", (NDL, "contributor"))
    assert begins(contributor, **{"from": "nothing", "kind": "exchange", "name": "x"}).status_code == 409
    assert begins(contributor, **{"from": "nothing", "kind": "paper", "name": "x"}).status_code == 302


@pytest.mark.parametrize("role", ["translator", "reader"])
def test_who_does_not_draft_begins_nothing(role: str) -> None:
    client = person(role, (NDL, role))
    assert "Only the staff" in client.get("/desk/begin/").content.decode()
    assert begins(client, **{"from": "nothing", "kind": "paper", "name": "x"}).status_code == 409
    assert models.DraftRow.objects.count() == 0


def test_a_record_to_begin_from_is_found_in_any_script(officer: Client) -> None:
    stands(programme(NDL, NLC), record=PROGRAMME)
    stands(under(NDL, NLC, title="Beijing 1981"))
    search.catch_up()
    page = officer.get("/desk/begin/", {"q": "beijing"}).content.decode()
    assert f"/desk/exchanges/next/?programme={quote(PROGRAMME, safe='/')}" in page
    assert "Draft a new version" in page
