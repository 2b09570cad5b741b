"""The door of the desk."""

import pytest
from django.test import Client

from koryu.institutions import actions
from tests.consent.houses import NDL
from tests.desk.houses import person

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"


@pytest.fixture
def officer() -> str:
    actions.appoint(handle="officer", name="Officer", institution=NDL, role="officer")
    actions.set_password(handle="officer", password=PASSWORD)
    return "officer"


def signs_in(client: Client, *, handle: str, password: str) -> int:
    return client.post("/desk/account/login/", {"login": handle, "password": password}).status_code


def test_whoever_has_not_signed_in_is_shown_the_door() -> None:
    answer = Client().get("/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/account/login/?next=%2Fdesk%2F")


def test_a_handle_and_its_password_open_the_desk(officer: str) -> None:
    client = Client()
    assert signs_in(client, handle=officer, password=PASSWORD) == 302
    assert client.get("/desk/").status_code == 200


def test_a_wrong_password_opens_nothing_and_too_many_close_the_door(officer: str) -> None:
    client = Client()
    assert [signs_in(client, handle=officer, password="wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert signs_in(client, handle=officer, password=PASSWORD) == 429


@pytest.mark.parametrize(
    ("language", "title"), [("en", "To do"), ("ja", "対応一覧"), ("zh-hans", "待办事项"), ("ko", "처리할 일")]
)
def test_the_desk_is_read_in_four_languages(language: str, title: str) -> None:
    page = person("officer", (NDL, "officer"), language=language).get("/desk/").content.decode()
    assert f"<h1>{title}</h1>" in page


def test_nobody_enters_themselves() -> None:
    answer = Client().post("/desk/account/signup/", {"username": "stranger", "password1": PASSWORD})
    assert answer.status_code in (200, 404)
    assert signs_in(Client(), handle="stranger", password=PASSWORD) == 200


@pytest.mark.parametrize("path", ["/en/", "/ja/about/", "/ko/find/?q=x", "/robots.txt"])
def test_the_public_pages_bear_no_sign_of_who_reads_them(path: str) -> None:
    officer = person("officer", (NDL, "officer"), language="ja")
    seen, unseen = officer.get(path), Client().get(path)
    assert seen.content == unseen.content
    assert (dict(seen.cookies), "Cookie" in seen.headers.get("Vary", "")) == ({}, False)
