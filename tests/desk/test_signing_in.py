"""The door of the desk."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.desk.kept_text import UNSAVED
from koryu.institutions import actions, models
from tests.desk.people import person
from tests.desk.provider import Provider, provider
from tests.html import problems_of
from tests.world import NDL, NLC

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
LANGUAGES = ("en", "ja", "zh-hans", "ko")
ELSEWHERE = "/desk/account/oidc/library/login/"


@pytest.fixture
def officer() -> str:
    actions.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    actions.set_password(username="officer", password=PASSWORD)
    return "officer"


def signs_in(client: Client, *, username: str, password: str) -> int:
    return client.post("/desk/account/login/", {"login": username, "password": password}).status_code


def signed_in(username: str = "officer", **named: str) -> Client:
    """Somebody who has just given their password."""
    client = Client()
    client.post("/desk/account/login/", {"login": username, "password": PASSWORD, **named})
    return client


def body(answer: Any) -> str:
    return str(answer.content.decode())


def wrong(answer: Any) -> str:
    """What a form says is wrong."""
    found = re.findall(r'<ul class="problems".*?</ul>|<span class="wrong".*?</span>', body(answer), re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", " ".join(found))).strip()


def test_whoever_has_not_signed_in_is_shown_the_door() -> None:
    answer = Client().get("/desk/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/account/login/?next=%2Fdesk%2F")


def test_a_handle_and_its_password_open_the_desk(officer: str) -> None:
    client = Client()
    assert signs_in(client, username=officer, password=PASSWORD) == 302
    assert client.get("/desk/").status_code == 200


def test_a_wrong_password_opens_nothing_and_too_many_close_the_door(officer: str) -> None:
    client = Client()
    assert [signs_in(client, username=officer, password="wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
    assert signs_in(client, username=officer, password=PASSWORD) == 429


def test_the_door_is_closed_for_that_handle_at_that_address_alone(officer: str) -> None:
    actions.enter(username="other", name="Other")
    actions.set_password(username="other", password=PASSWORD)
    for tried in ("officer", "Officer", " officer", "OFFICER", "officer "):
        signs_in(Client(), username=tried, password="wrong")
    assert signs_in(Client(), username="officer", password=PASSWORD) == 429
    assert signs_in(Client(), username="other", password=PASSWORD) == 302
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert signs_in(elsewhere, username="officer", password=PASSWORD) == 302


def test_a_right_password_forgets_the_wrong_ones(officer: str) -> None:
    for _ in range(2):
        assert [signs_in(Client(), username=officer, password="wrong") for _ in range(4)] == [200] * 4
        assert signs_in(Client(), username=officer, password=PASSWORD) == 302


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_locked_out_reads_for_how_long_in_their_language(officer: str, language: str) -> None:
    client = Client()
    client.cookies["koryu-language"] = language
    for _ in range(5):
        answer = client.post("/desk/account/login/", {"login": officer, "password": "wrong"})
    assert (answer.status_code, problems_of(body(answer))) == (429, [])


@pytest.mark.parametrize(
    ("language", "title"), [("en", "To do"), ("ja", "対応一覧"), ("zh-hans", "待办事项"), ("ko", "처리할 일")]
)
def test_the_desk_is_read_in_four_languages(language: str, title: str) -> None:
    page = person("officer", (NDL, "officer"), language=language).get("/desk/").content.decode()
    assert f"<h1>{title}</h1>" in page


def test_nobody_enters_themselves() -> None:
    answer = Client().post("/desk/account/signup/", {"username": "stranger", "password1": PASSWORD})
    assert "You cannot register yourself" in body(answer)
    assert not models.Account.objects.exists()


def test_an_account_that_is_closed_opens_nothing(officer: str) -> None:
    models.Account.objects.update(is_active=False)
    client = Client()
    answer = client.post("/desk/account/login/", {"login": officer, "password": PASSWORD}, follow=True)
    assert client.get("/desk/").status_code == 302
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The user name or the password is not correct."),
        ("ja", "ユーザーID又はパスワードが正しくありません。"),
        ("zh-hans", "用户名或密码不正确。"),
        ("ko", "아이디 또는 비밀번호가 올바르지 않습니다."),
    ],
)
def test_what_is_wrong_is_said_in_the_reader_s_language(officer: str, language: str, said: str) -> None:
    client = Client()
    client.cookies["koryu-language"] = language
    answer = client.post("/desk/account/login/", {"login": officer, "password": "wrong"})
    assert wrong(answer) == said
    assert f'value="{officer}"' in body(answer)


@pytest.mark.parametrize(("language", "has"), [("ja", "パスワード"), ("zh-hans", "密码"), ("ko", "비밀번호")])
def test_what_django_says_of_a_password_is_in_the_reader_s_language(officer: str, language: str, has: str) -> None:
    client = signed_in()
    client.cookies["koryu-language"] = language
    typed = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    said = wrong(client.post("/desk/account/password/change/", typed))
    assert has in said
    assert "characters" not in said


def test_the_language_page_and_the_place_to_go_on_to_outlive_signing_in(officer: str) -> None:
    client = Client()
    answer = client.post("/desk/account/login/", {"login": officer, "password": PASSWORD, "next": "/desk/people/"})
    assert answer.headers["Location"] == "/desk/people/"


@pytest.mark.parametrize("forged", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org"])
def test_signing_in_leads_to_no_other_host(officer: str, forged: str) -> None:
    answer = Client().post("/desk/account/login/", {"login": officer, "password": PASSWORD, "next": forged})
    assert answer.headers["Location"] == "/desk/"


def test_a_session_ends_after_twelve_hours_and_belongs_to_the_desk_alone(officer: str) -> None:
    cookie = signed_in().cookies["koryu-session"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/desk/", True, "Lax")
    assert cookie["max-age"] in ("", 43200)
    assert Client().get("/en/").cookies == {}


def brought(page: str) -> str:
    """What the page to sign in on holds."""
    return str(re.findall(r'name="koryu_brought" value="([^"]+)"', page)[0])


def typed_too_late() -> tuple[Client, str]:
    """Somebody whose session had ended when they sent a form, and the door they are shown."""
    client = signed_in()
    Session.objects.all().delete()
    answer = client.post("/desk/people/", {"act": "enter", "name": "神田", "csrfmiddlewaretoken": "old"})
    assert (answer.status_code, problems_of(body(answer))) == (401, [])
    return client, body(answer)


def test_what_was_typed_into_a_session_that_had_ended_outlives_signing_in(officer: str) -> None:
    client, page = typed_too_late()
    assert 'action="/desk/account/login/"' in page
    assert 'name="next" value="/desk/people/"' in page
    before = client.session.session_key
    typed = {"login": officer, "next": "/desk/people/", "koryu_brought": brought(page)}
    wrong = body(client.post("/desk/account/login/", {**typed, "password": "wrong"}))
    answer = client.post("/desk/account/login/", {**typed, "koryu_brought": brought(wrong), "password": PASSWORD})
    assert answer.headers["Location"] == "/desk/people/"
    assert client.session.session_key != before
    [(path, typed_there)] = client.session[UNSAVED].items()
    assert (path, parse_qs(typed_there)) == ("/desk/people/", {"act": ["enter"], "name": ["神田"]})


def test_what_was_typed_waits_for_the_second_factor_too(officer: str) -> None:
    _, codes = with_second_factor(signed_in())
    client, page = typed_too_late()
    client.post("/desk/account/login/", {"login": officer, "password": PASSWORD, "koryu_brought": brought(page)})
    client.post("/desk/account/2fa/authenticate/", {"code": codes[0]})
    assert list(client.session[UNSAVED]) == ["/desk/people/"]


# Sent by somebody who has not signed in, as (path, fields); before, each left a session with all of it in the database.
STRANGERS = {
    "a name": ("/desk/people/", {"name": "神田"}),
    "a draft": ("/desk/draft/1/edit/", {"title.en": "x", "edition": "1"}),
    "of a megabyte": ("/desk/people/", {"name": "x" * 1_000_000}),
    "of more": ("/desk/people/", {"name": "x" * 3_000_000}),
    "many fields": ("/desk/people/", {f"f{number}": "x" for number in range(900)}),
    "an act": ("/desk/record/tag:x,2026:exchange/one/act/accept/", {"version": "sha256:0"}),
    "a file": ("/desk/draft/1/edit/", {"f": SimpleUploadedFile("a.pdf", b"%PDF-1.7"), "title.en": "x"}),
    "NUL": ("/desk/people/", {"name": "a\0b"}),
    "what passes for a session": ("/desk/people/", {"unsaved": "x", "koryu_brought": "forged"}),
    "markup": ("/desk/people/", {"name": "<script>\"'"}),
    "lone surrogates": ("/desk/people/", {"name": "%ED%A0%80"}),
    "a choice of institution": ("/desk/speak-for/", {"institution": NDL}),
    "nothing": ("/desk/people/", {}),
}


@pytest.mark.parametrize("sent", STRANGERS)
def test_nothing_is_kept_for_who_has_not_signed_in(sent: str) -> None:
    path, fields = STRANGERS[sent]
    answer = Client().post(path, fields)
    assert answer.status_code in (302, 401)
    assert (
        problems_of(body(answer)) == []
        if answer.status_code == 401
        else answer.headers["Location"].startswith("/desk/")
    )
    assert Session.objects.count() == 0


@pytest.mark.parametrize("forged", ["", "forged", "e30:1:x", "x" * 10_000])
def test_what_was_not_signed_here_is_not_taken_in(officer: str, forged: str) -> None:
    client = Client()
    client.post("/desk/account/login/", {"login": officer, "password": PASSWORD, "koryu_brought": forged})
    assert UNSAVED not in client.session


def test_a_form_that_is_too_old_is_answered_with_what_to_do(officer: str) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/desk/account/login/", {"login": officer, "password": PASSWORD})
    assert (answer.status_code, problems_of(body(answer))) == (403, [])
    assert "This form can no longer be sent" in body(answer)


def test_signing_out_ends_the_session(officer: str) -> None:
    client = signed_in()
    client.post("/desk/account/logout/")
    assert client.get("/desk/").status_code == 302


def test_whoever_was_given_a_password_chooses_their_own_before_anything_else(officer: str) -> None:
    actions.set_password(username=officer, password=PASSWORD, must_change_password=True)
    client = signed_in(next="/desk/people/")
    for path in ("/desk/", "/desk/people/", "/desk/outbox/"):
        assert client.get(path).headers["Location"] == "/desk/account/password/change/"
    own = {"oldpassword": PASSWORD, "password1": "a password of her own", "password2": "a password of her own"}
    client.post("/desk/account/password/change/", own)
    assert client.get("/desk/").status_code == 200


# The second factor.


def code_for(secret: str) -> str:
    """The code an application shows now (RFC 6238)."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def with_second_factor(client: Client) -> tuple[str, list[str]]:
    """Let somebody use a second factor; its secret, and the recovery codes that are shown."""
    assert "Your password again" in body(client.get("/desk/account/2fa/totp/activate/", follow=True))
    client.post("/desk/account/reauthenticate/", {"password": PASSWORD})
    page = body(client.get("/desk/account/2fa/totp/activate/"))
    assert 'src="data:image/svg+xml;base64,' in page
    secret = re.findall(r'<input id="key" value="([A-Z2-7]+)"', page)[0]
    answer = client.post("/desk/account/2fa/totp/activate/", {"code": code_for(secret)}, follow=True)
    return secret, re.findall(r"<li><code>(\w+)</code></li>", body(answer))


def test_a_second_factor_is_asked_for_beside_the_password(officer: str) -> None:
    secret, codes = with_second_factor(signed_in())
    assert len(codes) == 10
    client = signed_in()
    assert client.get("/desk/").status_code == 302
    assert wrong(client.post("/desk/account/2fa/authenticate/", {"code": "000000"})) != ""
    assert client.get("/desk/").status_code == 302
    assert client.post("/desk/account/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert client.get("/desk/").status_code == 200
    again = signed_in()
    again.post("/desk/account/2fa/authenticate/", {"code": codes[0]})
    assert again.get("/desk/").status_code == 302
    assert secret not in body(client.get("/desk/account/2fa/"))


def test_a_code_of_the_application_opens_the_desk_once(officer: str) -> None:
    secret, _ = with_second_factor(signed_in())
    from django.core.cache import cache

    cache.clear()
    client = signed_in()
    client.post("/desk/account/2fa/authenticate/", {"code": code_for(secret)})
    assert client.get("/desk/").status_code == 200
    again = signed_in()
    again.post("/desk/account/2fa/authenticate/", {"code": code_for(secret)})
    assert again.get("/desk/").status_code == 302


def test_too_many_wrong_codes_close_the_second_door(officer: str) -> None:
    _, codes = with_second_factor(signed_in())
    client = signed_in()
    for _ in range(6):
        answer = client.post("/desk/account/2fa/authenticate/", {"code": "000000"})
    assert wrong(answer) == "Too many wrong codes. Try again in 15 minutes."
    client.post("/desk/account/2fa/authenticate/", {"code": codes[0]})
    assert client.get("/desk/").status_code == 302


def test_a_second_factor_is_taken_off_again(officer: str) -> None:
    client = signed_in()
    with_second_factor(client)
    client.post("/desk/account/2fa/totp/deactivate/", follow=True)
    assert signed_in().get("/desk/").status_code == 200


# Every page.


@pytest.fixture
def every_page(settings: Any) -> None:
    settings.MAIL, settings.ROOT_URLCONF = True, "tests.desk.every_account_page"


CLOSED = ("login/", "logout/", "inactive/", "signup/", "password/reset/", "password/reset/done/")
MORE = ("password/reset/key/done/", "password/reset/key/1-abc-def/", "elsewhere/cancelled/", "elsewhere/error/")
OPEN = ("", "logout/", "password/change/", "password/set/", "2fa/", "2fa/totp/activate/", "2fa/totp/deactivate/")
CODES = ("2fa/recovery-codes/", "2fa/recovery-codes/generate/", "reauthenticate/", "2fa/reauthenticate/")


@pytest.mark.parametrize(("language", "practice"), [*((language, False) for language in LANGUAGES), ("ko", True)])
@pytest.mark.usefixtures("every_page")
def test_every_page_of_signing_in_is_ours_and_sound(officer: str, language: str, practice: bool, settings: Any) -> None:
    settings.PRACTICE = practice
    client = signed_in()
    with_second_factor(client)
    walk(Client(), (*CLOSED, *MORE), language)
    walk(client, (*OPEN, *CODES), language)
    halfway = signed_in()
    walk(halfway, ("2fa/authenticate/",), language)
    plain = person("plain", (NDL, "reader"), language=language)
    walk(plain, ("", "password/set/"), language)


def walk(client: Client, paths: tuple[str, ...], language: str) -> None:
    client.cookies["koryu-language"] = language
    tags = {"zh-hans": "zh-Hans"}
    for path in paths:
        answer = client.get(f"/desk/account/{path}", follow=True)
        assert answer.status_code in (200, 401, 403), path
        assert f'<html lang="{tags.get(language, language)}"' in body(answer), path
        assert 'class="masthead"' in body(answer), path
        assert problems_of(body(answer)) == [], path


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "login/code/confirm/", "3rdparty/", "password/reset/"])
def test_what_is_not_used_is_not_there(officer: str, path: str) -> None:
    assert Client().get(f"/desk/account/{path}").status_code == 404
    assert signed_in().get(f"/desk/account/{path}").status_code == 404


def test_recovery_codes_are_taken_along_as_a_file(officer: str) -> None:
    client = signed_in()
    _, codes = with_second_factor(client)
    answer = client.get("/desk/account/2fa/recovery-codes/download/")
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert body(answer).split() == codes


def test_too_many_forms_in_a_minute_are_answered_with_a_page(officer: str) -> None:
    client = signed_in()
    for _ in range(6):
        answer = client.post("/desk/account/password/change/", {})
    assert (answer.status_code, problems_of(body(answer))) == (429, [])


# Signing in elsewhere.


@pytest.fixture
def library(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """A provider to sign in with, on this machine."""
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
        yield there


def from_elsewhere(client: Client, *, query: str = "") -> Any:
    """Go to the provider and come back."""
    there = client.get(f"{ELSEWHERE}{query}")
    state = parse_qs(urlsplit(there.headers["Location"]).query)["state"][0]
    return client.get(f"{ELSEWHERE}callback/", {"code": "code", "state": state})


def test_whoever_signs_in_elsewhere_is_the_one_person_with_that_checked_address(
    officer: str, library: Provider
) -> None:
    models.Account.objects.update(email="officer@example.org")
    library.person = {"sub": "1", "email": "Officer@Example.org", "email_verified": True}
    client = Client()
    assert "Sign in with The library" in body(client.get("/desk/account/login/"))
    assert from_elsewhere(client).headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    assert signs_in(Client(), username=officer, password=PASSWORD) == 302


@pytest.mark.parametrize(
    "there",
    [
        {"sub": "1", "email": "stranger@example.org", "email_verified": True},
        {"sub": "1", "email": "officer@example.org", "email_verified": False},
        {"sub": "1", "email": "officer@example.org"},
        {"sub": "1"},
        {"sub": "1", "email": "", "email_verified": True},
        {"sub": "1", "preferred_username": "officer"},
    ],
)
def test_nobody_is_made_or_matched_by_anything_else(officer: str, library: Provider, there: dict[str, Any]) -> None:
    models.Account.objects.update(email="officer@example.org")
    library.person = there
    client = Client()
    answer = from_elsewhere(client)
    assert (answer.status_code, problems_of(body(answer))) == (403, [])
    assert client.get("/desk/").status_code == 302
    assert models.Account.objects.count() == 1


def test_an_address_that_two_people_share_opens_neither_account(officer: str, library: Provider) -> None:
    actions.appoint(username="other", name="Other", institution=NDL, role="reader")
    models.Account.objects.update(email="desk@example.org")
    library.person = {"sub": "1", "email": "desk@example.org", "email_verified": True}
    client = Client()
    assert from_elsewhere(client).status_code == 403
    assert client.get("/desk/").status_code == 302


def test_an_account_elsewhere_is_never_tied_to_one_here(officer: str, library: Provider) -> None:
    models.Account.objects.update(email="officer@example.org")
    library.person = {"sub": "1", "email": "officer@example.org", "email_verified": True}
    assert from_elsewhere(signed_in(), query="?process=connect").status_code == 403


def test_a_second_factor_is_asked_for_whoever_signs_in_elsewhere_too(officer: str, library: Provider) -> None:
    with_second_factor(signed_in())
    models.Account.objects.update(email="officer@example.org")
    library.person = {"sub": "1", "email": "officer@example.org", "email_verified": True}
    client = Client()
    assert from_elsewhere(client).headers["Location"] == "/desk/account/2fa/authenticate/"
    assert client.get("/desk/").status_code == 302


def test_an_answer_nobody_asked_for_opens_nothing(officer: str, library: Provider) -> None:
    models.Account.objects.update(email="officer@example.org")
    library.person = {"sub": "1", "email": "officer@example.org", "email_verified": True}
    client = Client()
    answer = client.get(f"{ELSEWHERE}callback/", {"code": "code", "state": "forged"})
    assert problems_of(body(answer)) == []
    assert client.get("/desk/").status_code == 302


# Who signs in at a provider of NDL alone, and is vouched for: with which roles, minding the machinery or not, where the
# provider may sign in operators or not; and whether they come in. Before, each of them did.
VOUCHED = [
    ([NDL], False, False, True),
    ([NLC], False, False, False),
    ([NDL, NLC], False, False, False),
    ([], False, False, False),
    ([], True, False, False),
    ([], True, True, True),
    ([NDL], True, False, False),
    ([NDL], True, True, True),
    ([NLC], True, True, False),
    ([NDL, NLC], True, True, False),
    (["tag:koryu,2026:institution/nd"], False, False, False),
    ([f"{NDL}/"], False, False, False),
    ([NDL.upper()], False, False, False),
]


@pytest.mark.parametrize(("at", "operator", "operators", "opens"), VOUCHED)
def test_a_provider_signs_in_people_of_its_own_institutions_alone(
    library: Provider, settings: Any, at: list[str], operator: bool, operators: bool, opens: bool
) -> None:
    settings.SIGN_IN_PROVIDERS = [{**settings.SIGN_IN_PROVIDERS[0], "operators": operators}]
    actions.enter(username="someone", name="Someone", email="someone@example.org", operator=operator)
    for institution in at:
        actions.appoint(username="someone", name="Someone", institution=institution, role="officer")
    library.person = {"sub": "1", "email": "someone@example.org", "email_verified": True}
    client = Client()
    assert from_elsewhere(client).status_code == (302 if opens else 403)
    assert client.get("/desk/").status_code == (200 if opens else 302)


def test_the_same_address_at_another_institution_stands_in_nobody_s_way(officer: str, library: Provider) -> None:
    actions.appoint(username="other", name="Other", institution=NLC, role="head")
    models.Account.objects.update(email="desk@example.org")
    library.person = {"sub": "1", "email": "desk@example.org", "email_verified": True}
    client = Client()
    assert from_elsewhere(client).status_code == 302
    assert client.get("/desk/").status_code == 200
