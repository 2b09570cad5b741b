"""The language of the desk is chosen on any of its pages, and leads back there and nowhere else."""

import pytest
from django.test import Client

from koryu.institutions import queries as people
from tests.desk.people import person

pytestmark = pytest.mark.django_db
CHOOSE = "/desk/language/"
TODO = "/desk/"

# The address of the page that the form brings with it, and where one is led.
BACK = {
    "/desk/people/": "/desk/people/",
    "/desk/?kind=exchange": "/desk/?kind=exchange",
    "/desk/record/tag:example.org,2026:exchange/e/": "/desk/record/tag:example.org,2026:exchange/e/",
    "": TODO,
    "desk/people/": TODO,
    "/en/": TODO,
    "/": TODO,
    "https://elsewhere.example/": TODO,
    "https://elsewhere.example/desk/": TODO,
    "//elsewhere.example/desk/": TODO,
    "///elsewhere.example/desk/": TODO,
    "/\\elsewhere.example/desk/": TODO,
    "\\\\elsewhere.example/desk/": TODO,
    "/desk/..//elsewhere.example/": TODO,
    "/desk/..\\\\elsewhere.example/": TODO,
    "/desk/\\elsewhere.example/": TODO,
    " //elsewhere.example/desk/": TODO,
    "\t//elsewhere.example/desk/": TODO,
    "javascript:alert(1)//desk/": TODO,
}


@pytest.mark.parametrize(("brought", "there"), BACK.items())
def test_one_comes_back_to_the_page_of_the_desk_and_to_no_other_host(brought: str, there: str) -> None:
    answer = Client().post(CHOOSE, {"language": "ko", "next": brought})
    assert (answer.status_code, answer.headers["Location"]) == (302, there)


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("ja", "ja"), ("zh-hans", "zh-Hans"), ("ko", "ko")])
def test_the_desk_and_the_notices_are_in_the_language_chosen_from_then_on(language: str, tag: str) -> None:
    client = person("mori", language="ja" if language == "en" else "en")
    client.post(CHOOSE, {"language": language})
    assert f'<html lang="{tag}"' in client.get(TODO).content.decode()
    found = people.person("mori")
    assert found
    assert found.language == language
    cookie = client.cookies["koryu-language"]
    assert (cookie["path"], bool(cookie["httponly"]), cookie["samesite"]) == (TODO, True, "Lax")


@pytest.mark.parametrize("language", ["", "fr", "KO", "ko\r\nSet-Cookie: a=b", "../ko"])
def test_a_language_there_is_not_changes_nothing(language: str) -> None:
    client = person("mori", language="ja")
    answer = client.post(CHOOSE, {"language": language, "next": TODO})
    assert (answer.status_code, list(answer.cookies)) == (302, [])
    found = people.person("mori")
    assert found
    assert found.language == "ja"


def test_somebody_who_has_not_signed_in_chooses_for_themselves_alone() -> None:
    person("mori", language="ja")
    stranger = Client()
    stranger.post(CHOOSE, {"language": "ko"})
    assert '<html lang="ko"' in stranger.get("/desk/account/login/").content.decode()
    found = people.person("mori")
    assert found
    assert found.language == "ja"


def test_an_address_alone_chooses_nothing() -> None:
    assert Client().get(CHOOSE, {"language": "ko", "next": TODO}).status_code == 405
