"""Who has which role, seen by all of the institution and changed by its head alone."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.institutions import actions, queries
from tests.desk.people import person
from tests.html import problems_of
from tests.world import COMPILER, NDL, NLC, give_voice, put_on_record

pytestmark = pytest.mark.django_db
NEW = {"act": "enter", "username": "kanda", "name": "神田 薫", "email": "", "language": "ja", "role": "officer"}


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


@pytest.fixture
def head() -> Client:
    return person("sato", (NDL, "head"))


def page(client: Client) -> str:
    return client.get("/desk/people/").content.decode()


def told(answer: Any) -> str:
    """What the page says was done, or why not."""
    body = answer.content.decode()
    found = re.findall(
        r'<div class="told" role="status">(.*?)</div>|<p class="problems" role="alert">(.*?)</p>', body, re.S
    )
    return re.sub(r"<[^>]+>|\s+", " ", " ".join("".join(one) for one in found)).strip()


def post(client: Client, **typed: Any) -> Any:
    return client.post("/desk/people/", typed, follow=True)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
@pytest.mark.parametrize("role", ["head", "officer", "contributor", "translator", "reader"])
def test_everybody_of_the_institution_sees_who_has_which_role_in_their_language(role: str, language: str) -> None:
    answer = person("one", (NDL, role), language=language).get("/desk/people/")
    assert answer.status_code == 200
    assert problems_of(answer.content.decode()) == []
    assert ('name="act"' in answer.content.decode()) is (role == "head")


def test_whoever_has_no_role_finds_no_page() -> None:
    assert person("yamada", operator=True).get("/desk/people/").status_code == 404
    assert Client().get("/desk/people/").status_code == 302


@pytest.mark.parametrize("role", ["officer", "contributor", "translator", "reader"])
@pytest.mark.parametrize(
    "typed",
    [
        {"act": "give", "username": "mori", "role": "head"},
        {"act": "take", "username": "head"},
        {"act": "let", "kind": ["exchange"]},
        NEW,
    ],
)
def test_a_form_forged_by_somebody_else_than_the_head_changes_nothing(role: str, typed: dict[str, Any]) -> None:
    mori = person("mori", (NDL, role))
    answer = mori.post("/desk/people/", typed)
    assert (answer.status_code, told(answer)) == (409, "Only the head can give roles.")
    assert [membership.username for membership in queries.memberships_at(NDL) if membership.role == "head"] == ["head"]
    assert (queries.person("kanda"), queries.delegated(NDL)) == (None, frozenset())


def test_the_head_gives_changes_and_takes_a_role(head: Client) -> None:
    person("mori", (NLC, "officer"))
    assert told(post(head, act="give", username="mori", role="officer")) == "Mori is now officer."
    assert queries.role_of(person="mori", institution=NDL) == "officer"
    assert told(post(head, act="take", username="mori")).startswith("Mori has no role at your institution any more.")
    assert queries.role_of(person="mori", institution=NDL) is None
    assert queries.role_of(person="mori", institution=NLC) == "officer"


def test_an_institution_in_the_form_is_not_listened_to(head: Client) -> None:
    person("mori", (NLC, "officer"))
    post(head, act="take", username="mori", institution=NLC)
    assert queries.role_of(person="mori", institution=NLC) == "officer"


@pytest.mark.parametrize("role", ["", "operator", "Head", "<script>"])
def test_a_forged_role_is_refused_in_words(head: Client, role: str) -> None:
    person("mori", (NDL, "officer"))
    answer = post(head, act="give", username="mori", role=role)
    assert (answer.status_code, told(answer)) == (409, "There is no such role.")


@pytest.mark.parametrize("typed", [{}, {"act": "burn"}, {"act": "take", "username": "nobody"}, {"act": "give"}])
def test_a_form_that_makes_no_sense_is_refused_in_words(head: Client, typed: dict[str, str]) -> None:
    assert post(head, **typed).status_code == 409


def test_the_one_head_has_no_button_that_takes_her_role(head: Client) -> None:
    actions.dismiss(username="head", institution=NDL)
    assert "The only head: name another first." in page(head)
    answer = post(head, act="take", username="sato")
    assert told(answer) == "An institution must have at least one head: name the new one first."


def test_somebody_new_is_entered_and_the_password_shown_once_and_kept_nowhere(head: Client) -> None:
    answer = post(head, **NEW)
    password = re.findall(r"<dd><code>([a-z0-9-]{24})</code></dd>", answer.content.decode())[0]
    assert (answer.status_code, password in page(head)) == (200, False)
    newcomer = Client()
    signed_in = newcomer.post("/desk/account/login/", {"login": "kanda", "password": password})
    assert signed_in.status_code == 302
    assert newcomer.get("/desk/").headers["Location"] == "/desk/account/password/change/"
    chosen = {"oldpassword": password, "password1": "a password of her own", "password2": "a password of her own"}
    assert newcomer.post("/desk/account/password/change/", chosen).status_code == 302
    assert newcomer.get("/desk/").status_code == 200


def test_the_same_form_sent_twice_enters_one_person_and_keeps_what_was_typed(head: Client) -> None:
    post(head, **NEW)
    answer = post(head, **NEW)
    assert (answer.status_code, told(answer)) == (409, "This user name is already in use.")
    assert 'value="神田 薫"' in answer.content.decode()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"name": " "}, "Enter the name of the person."),
        ({"email": "not an address"}, "This is not an e-mail address."),
        ({"language": "fr"}, "Choose one of the four languages for notices."),
        ({"role": "king"}, "There is no such role."),
        (
            {"username": "神田"},
            "A user name is made of small letters, digits, dots and hyphens, and begins with a letter.",
        ),
    ],
)
def test_what_somebody_cannot_be_entered_with_is_said(head: Client, changed: dict[str, str], reason: str) -> None:
    answer = post(head, **{**NEW, **changed})
    assert (answer.status_code, told(answer), queries.person("kanda")) == (409, reason, None)


def test_script_in_a_name_stays_a_name(head: Client) -> None:
    post(head, **{**NEW, "name": "<script>alert(1)</script>"})
    assert "<script>alert" not in page(head)


def test_with_mail_a_newcomer_is_sent_a_link_in_their_language(head: Client, settings: Any, client: Client) -> None:
    settings.MAIL, settings.ROOT_URLCONF = True, "tests.desk.every_account_page"
    answer = post(head, **{**NEW, "email": "kanda@example.org", "how": "mail"})
    assert told(answer) == "神田 薫 was added, and a link to set a password was sent."
    assert [one.to for one in mail.outbox] == [["kanda@example.org"]]
    # Where readers find this server, whatever host the request was sent to.
    link = re.findall(r"http://127\.0\.0\.1:8000(\S+)", str(mail.outbox[0].body))[0]
    form = client.get(link, follow=True)
    assert form.status_code == 200
    chosen = {"password1": "a password of her own", "password2": "a password of her own"}
    assert client.post(form.redirect_chain[-1][0], chosen, follow=True).status_code == 200
    assert client.post("/desk/account/login/", {"login": "kanda", "password": chosen["password1"]}).status_code == 302
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_the_head_lets_officers_send_kinds_of_her_choice(head: Client) -> None:
    post(head, act="let", kind=["exchange", "agreement", "king"])
    assert queries.delegated(NDL) == {"exchange", "agreement"}
    assert re.findall(r'value="(\w+)" checked', page(head)) == ["agreement", "exchange"]
    post(head, act="let")
    assert queries.delegated(NDL) == frozenset()


@pytest.mark.parametrize("people", [1, 3])
def test_the_page_asks_few_questions_however_many_people_there_are(head: Client, people: int) -> None:
    for number in range(people):
        person(f"mori{number}", (NDL, "officer"))
    page(head)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(head)
    assert len(asked) == 5
