"""The machinery is seen by operators; what is on record is not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.notices import actions as notices
from tests.desk.people import person
from tests.html import problems_of
from tests.notices.people import a_notice
from tests.world import AT, COMPILER, NDL, NLC, exchange, give_voice, put_on_record

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


def page(client: Client) -> str:
    return client.get("/desk/machinery/").content.decode()


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_an_operator_sees_how_the_server_does(language: str) -> None:
    notices.note_round(at=AT, did=["3 notices written."])
    operator = person("yamada", operator=True, language=language)
    assert problems_of(page(operator)) == []
    assert "3 notices written." in page(operator)


@pytest.mark.parametrize("role", ["head", "officer", "contributor", "translator", "reader"])
def test_nobody_else_does(role: str) -> None:
    assert person("one", (NDL, role)).get("/desk/machinery/").status_code == 404
    assert Client().get("/desk/machinery/").status_code == 302


def test_contents_are_not_shown_and_no_room_of_an_institution_is_open() -> None:
    from koryu.consent import actions

    content = exchange(NDL, NLC, title="A secret draft").content()
    actions.draft(institution=NDL, record="tag:e,2026:exchange/d", content=content, replaces=None, by="head", at=AT)
    a_notice("head", subject="A secret notice")
    operator = person("yamada", operator=True)
    assert "secret" not in page(operator)
    assert [operator.get(f"/desk/{room}/").status_code for room in ("people", "outbox")] == [404, 404]
    assert "secret" not in operator.get("/desk/").content.decode()


def test_failed_tries_are_counted_by_handle() -> None:
    for _ in range(2):
        Client().post("/desk/account/login/", {"login": "Mori", "password": "wrong"})
    assert "<code>mori</code>" in page(person("yamada", operator=True))


def test_it_asks_few_questions() -> None:
    operator = person("yamada", operator=True)
    page(operator)
    with CaptureQueriesContext(connection) as asked:
        page(operator)
    assert len(asked) <= 8
