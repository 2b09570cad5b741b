"""Text typed into a form that came too late, without a script: it is there again, whichever way one signs in."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from koryu.consent import actions as consent
from koryu.desk import kept_text, sent
from koryu.institutions import actions, models
from tests.desk.people import brought, person
from tests.desk.provider import Provider, provider
from tests.html import problems_of
from tests.world import AT, COMPILER, NDL, NLC, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
HERE = {"origin": "http://testserver"}
ELSEWHERE = {"origin": "https://example.org"}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    person("director", (NDL, "head"))
    actions.set_password(username="director", password=PASSWORD)
    models.Account.objects.filter(username="director").update(email="director@example.org")


@pytest.fixture
def library(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider to sign in with, which vouches for the director."""
    from allauth.socialaccount.providers import registry
    from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    registry.register(OpenIDConnectProvider)
    with provider() as there:
        settings.ROOT_URLCONF = "tests.desk.every_account_page"
        app = {"provider_id": "library", "name": "The library", "client_id": "koryu", "secret": "s"}
        told = {**app, "settings": {"server_url": there.address}}
        settings.SIGN_IN_PROVIDERS = [{**told, "institutions": [NDL], "operators": False}]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [told]}}
        there.person = {"sub": "1", "email": "director@example.org", "email_verified": True}
        yield there


def signed_in() -> Client:
    client = Client(enforce_csrf_checks=True)
    client.cookies["koryu-language"] = "en"
    client.force_login(
        models.Account.objects.get(username="director"), backend="koryu.desk.account.backend.OneStatement"
    )
    return client


def body(answer: Any) -> str:
    return str(answer.content.decode())


def mark(page: str) -> str:
    return str(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0])


def draft() -> int:
    content = exchange(NDL, NLC).content()
    return consent.draft(
        institution=NDL, record=uri("exchange/d"), content=content, replaces=None, by="director", at=AT
    )


# Where something is typed, with what, and what of it the page shows again. Before, the last two showed nothing of it.
BOXES: dict[str, tuple[str, dict[str, str], str]] = {
    "a draft": ("/desk/draft/{draft}/edit/", {"title.en": "神田の交流", "edition": "1"}, "神田の交流"),
    "a comment": ("/desk/draft/{draft}/comment/", {"text": "A comment of mine"}, "A comment of mine</textarea>"),
    "a note": ("/desk/draft/{draft}/note/", {"text": "They rang"}, "They rang</textarea>"),
    "somebody new": ("/desk/people/", {"act": "enter", "name": "神田 光", "username": "kanda"}, 'value="神田 光"'),
    "a short name": ("/desk/begin/", {"from": "nothing", "kind": "exchange", "name": "ndl-38"}, 'value="ndl-38"'),
}


@pytest.fixture(params=BOXES)
def box(request: pytest.FixtureRequest) -> tuple[str, dict[str, str], str]:
    path, typed, shown = BOXES[request.param]
    return path.format(draft=draft()), typed, shown


def typed_too_late(client: Client, path: str, typed: dict[str, str]) -> Any:
    """The page to sign in on, for somebody whose session has ended."""
    page = mark(body(client.get("/desk/")))
    Session.objects.all().delete()
    door = client.post(path, {**typed, "csrfmiddlewaretoken": page}, headers=HERE)
    assert (door.status_code, problems_of(body(door))) == (401, [])
    return door


def test_it_is_there_after_signing_in_with_a_password(box: tuple[str, dict[str, str], str]) -> None:
    path, typed, shown = box
    client = signed_in()
    door = typed_too_late(client, path, typed)
    sign_in = {"login": "director", "password": PASSWORD, "next": path, "koryu_brought": brought(door)}
    client.post("/desk/account/login/", {**sign_in, "csrfmiddlewaretoken": mark(body(door))}, headers=HERE)
    assert shown in body(client.get(path))


def test_it_is_there_after_signing_in_at_a_provider(box: tuple[str, dict[str, str], str], library: Provider) -> None:
    """Before, it was gone: the page that held it was left for the provider."""
    path, typed, shown = box
    client = signed_in()
    door = typed_too_late(client, path, typed)
    address = re.findall(r'<a href="(/desk/account/oidc/library/login/[^"]*)" target="_blank">', body(door))[0]
    state = parse_qs(urlsplit(client.get(address).headers["Location"]).query)["state"][0]
    there = client.get("/desk/account/oidc/library/login/callback/", {"code": "code", "state": state})
    told = client.get(there.headers["Location"])
    assert "press “Continue with what I typed” there" in body(told)
    assert problems_of(body(told)) == []
    back = client.post("/desk/go-on/", {"koryu_brought": brought(door)}, headers=HERE)
    assert (back.status_code, back.headers["Location"]) == (302, path)
    assert shown in body(client.get(path))


def test_it_is_there_when_the_mark_of_the_form_is_too_old(box: tuple[str, dict[str, str], str]) -> None:
    """Before, the page said to go back and copy it."""
    path, typed, shown = box
    client = signed_in()
    client.get("/desk/")
    page = client.post(path, {**typed, "csrfmiddlewaretoken": "a" * 64}, headers=HERE)
    assert (page.status_code, problems_of(body(page))) == (403, [])
    back = client.post("/desk/go-on/", {"koryu_brought": brought(page)}, headers=HERE)
    assert back.headers["Location"] == path
    assert shown in body(client.get(path))


def test_going_on_before_one_has_signed_in_shows_the_door_again() -> None:
    client = signed_in()
    door = typed_too_late(client, "/desk/people/", BOXES["somebody new"][1])
    again = client.post("/desk/go-on/", {"koryu_brought": brought(door)}, headers=HERE)
    assert again.status_code == 401
    assert 'name="next" value="/desk/people/"' in body(again)
    assert brought(again) == brought(door)


# What arrives at the page that goes on; none of it is shown as typed by whoever is there.
FORGED: dict[str, tuple[str, dict[str, str]]] = {
    "from another host": ("ours", ELSEWHERE),
    "from nowhere": ("ours", {}),
    "not written here": ("forged", HERE),
    "empty": ("", HERE),
}


@pytest.mark.parametrize("forged", FORGED)
def test_what_was_not_typed_here_is_not_gone_on_with(forged: str) -> None:
    written, origin = FORGED[forged]
    client = signed_in()
    client.get("/desk/")
    page = client.post("/desk/people/", BOXES["somebody new"][1], headers=HERE)
    answer = client.post(
        "/desk/go-on/", {"koryu_brought": brought(page) if written == "ours" else written}, headers=origin
    )
    assert answer.headers["Location"] == "/desk/"
    assert "神田 光" not in body(client.get("/desk/people/"))


def test_a_form_of_another_host_is_refused_and_nothing_of_it_is_shown() -> None:
    answer = signed_in().post("/desk/people/", BOXES["somebody new"][1], headers=ELSEWHERE)
    assert answer.status_code == 403
    assert "koryu_brought" not in body(answer)


@pytest.mark.parametrize("path", ["login/", "password/change/", "reauthenticate/", "2fa/authenticate/"])
def test_a_password_typed_on_an_old_page_is_taken_along_nowhere(path: str) -> None:
    typed = {"login": "director", "password": PASSWORD, "oldpassword": PASSWORD, "code": "123456"}
    answer = signed_in().post(f"/desk/account/{path}", typed, headers=HERE)
    assert answer.status_code == 403
    assert "koryu_brought" not in body(answer)


def test_what_a_page_to_sign_in_on_held_is_taken_along_when_its_mark_is_too_old() -> None:
    client = signed_in()
    door = typed_too_late(client, "/desk/people/", BOXES["somebody new"][1])
    typed = {"login": "director", "password": "wrong", "koryu_brought": brought(door)}
    answer = client.post("/desk/account/login/", typed, headers=HERE)
    assert (answer.status_code, brought(answer)) == (403, brought(door))


def test_what_was_typed_on_two_pages_is_there_on_both() -> None:
    """Before, the second took the place of the first."""
    client = signed_in()
    client.get("/desk/")
    for path, typed in (
        ("/desk/people/", BOXES["somebody new"][1]),
        ("/desk/begin/", BOXES["a short name"][1]),
    ):
        page = client.post(path, typed, headers=HERE)
        client.post("/desk/go-on/", {"koryu_brought": brought(page)}, headers=HERE)
    assert "神田 光" in body(client.get("/desk/people/"))
    assert "ndl-38" in body(client.get("/desk/begin/"))


def test_what_an_earlier_release_kept_is_shown() -> None:
    client = signed_in()
    session = client.session
    session[kept_text.UNSAVED] = {"path": "/desk/people/", "typed": "act=enter&name=Kanda"}
    session.save()
    assert 'value="Kanda"' in body(client.get("/desk/people/"))
    assert 'value="Kanda"' not in body(client.get("/desk/people/"))


def test_who_is_to_choose_a_password_first_finds_it_afterwards() -> None:
    """Before, it was gone."""
    client = signed_in()
    page = body(client.get("/desk/people/"))
    models.Account.objects.filter(username="director").update(must_change_password=True)
    typed = {**BOXES["somebody new"][1], "csrfmiddlewaretoken": mark(page)}
    assert client.post("/desk/people/", typed, headers=HERE).headers["Location"] == "/desk/account/password/change/"
    models.Account.objects.filter(username="director").update(must_change_password=False)
    assert 'value="神田 光"' in body(client.get("/desk/people/"))


def test_whoever_chose_an_institution_too_late_comes_to_a_page() -> None:
    """Before, signing in led to an error: the address took forms alone."""
    assert signed_in().get("/desk/speak-for/").headers["Location"] == "/desk/"


# What a script sends.


def sends(client: Client, path: str, typed: dict[str, str], **headers: str) -> Any:
    page = mark(body(client.get("/desk/")))
    return client.post(path, {**typed, "csrfmiddlewaretoken": page}, headers={**HERE, **headers})


def test_a_form_that_arrived_before_is_not_done_a_second_time() -> None:
    number, client = draft(), signed_in()
    path = f"/desk/draft/{number}/comment/"
    answers = [sends(client, path, {"text": "Once"}, **{sent.NAME: name}) for name in ("a", "a", "b", "")]
    assert [one.status_code for one in answers] == [204, 204, 204, 302]
    assert {one.headers.get(sent.GO_ON) for one in answers[:3]} == {f"/desk/draft/{number}/"}
    assert body(client.get(f"/desk/draft/{number}/")).count('<p class="prose">Once</p>') == 3


def test_what_was_refused_is_tried_again_under_the_same_name() -> None:
    number, client = draft(), signed_in()
    path = f"/desk/draft/{number}/comment/"
    answers = [sends(client, path, {"text": text}, **{sent.NAME: "a"}) for text in ("", "Said")]
    assert [one.status_code for one in answers] == [409, 204]


@pytest.mark.parametrize(
    ("whose", "status"),
    [
        (sent.whose(username="director", institution=NDL), 204),
        (sent.whose(username="director", institution=NLC), 412),
        (sent.whose(username="officer", institution=NDL), 412),
        ("", 412),
    ],
)
def test_a_page_of_another_person_or_institution_does_nothing(whose: str, status: int) -> None:
    number, client = draft(), signed_in()
    answer = sends(client, f"/desk/draft/{number}/comment/", {"text": "Whose"}, **{sent.NAME: "a", sent.WHOSE: whose})
    assert answer.status_code == status
    assert ("Whose</p>" in body(client.get(f"/desk/draft/{number}/"))) == (status == 204)


def test_a_script_is_told_that_nobody_is_signed_in() -> None:
    client = Client()
    answers = [client.post(path, {}, headers={sent.NAME: "a"}).status_code for path in ("/desk/", "/desk/people/")]
    assert answers == [401, 401]


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_every_page_says_for_whom_it_is_and_what_its_script_may_say(language: str) -> None:
    client = signed_in()
    client.cookies["koryu-language"] = language
    page = body(client.get("/desk/"))
    assert f'data-whose="{sent.whose(username="director", institution=NDL)}"' in page
    assert problems_of(page) == []
