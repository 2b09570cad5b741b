"""Who gives and takes roles, and never the last head's."""

from collections.abc import Callable

import pytest
from django.db import connections

from koryu.institutions import actions, models, queries
from koryu.values.reason import Reason, Refused
from tests.threads import at_once
from tests.world import AT, NDL, NLC

pytestmark = pytest.mark.django_db
ONLY_THE_HEAD = Reason("Only the head can give roles.")
LAST_HEAD = Reason("An institution must have at least one head: name the new one first.")


@pytest.fixture(autouse=True)
def people(db: None) -> None:
    for role in ("head", "officer", "contributor", "translator", "reader"):
        actions.appoint(username=role, name=role.title(), institution=NDL, role=role)
    actions.appoint(username="partner", name="Partner", institution=NLC, role="head")
    actions.enter(username="yamada", name="Yamada", operator=True)


def refused(action: Callable[..., None], **given: object) -> Reason | None:
    try:
        action(institution=NDL, **given)
    except Refused as refusal:
        return refusal.reason
    return None


def role(username: str) -> str | None:
    return queries.role_of(person=username, institution=NDL)


@pytest.mark.parametrize("by", ["officer", "contributor", "translator", "reader", "partner", "yamada", "nobody"])
def test_only_the_head_of_the_institution_gives_takes_and_lets(by: str) -> None:
    assert refused(actions.give_role, username="reader", role="officer", by=by, at=AT) == ONLY_THE_HEAD
    assert refused(actions.take_role, username="reader", by=by, at=AT) == ONLY_THE_HEAD
    assert refused(actions.let_officers_send, kinds=frozenset({"exchange"}), by=by, at=AT) == ONLY_THE_HEAD
    entered = {"username": "new", "name": "New", "email": "", "language": "en", "role": "reader", "password": ""}
    assert refused(actions.enter_person, by=by, at=AT, **entered) == ONLY_THE_HEAD
    assert (role("reader"), queries.delegated(NDL), queries.person("new")) == ("reader", frozenset(), None)


def test_the_head_gives_changes_and_takes_roles() -> None:
    actions.give_role(institution=NDL, username="partner", role="officer", by="head", at=AT)
    assert role("partner") == "officer"
    actions.give_role(institution=NDL, username="partner", role="reader", by="head", at=AT)
    assert role("partner") == "reader"
    actions.take_role(institution=NDL, username="partner", by="head", at=AT)
    assert role("partner") is None
    assert queries.role_of(person="partner", institution=NLC) == "head"


@pytest.mark.parametrize("forged", ["", "Head", "operator", "head ", "admin", "head\0"])
def test_a_forged_role_is_refused(forged: str) -> None:
    assert refused(actions.give_role, username="reader", role=forged, by="head", at=AT) == Reason(
        "There is no such role."
    )
    assert role("reader") == "reader"


def test_the_last_head_stays_whatever_is_done() -> None:
    assert refused(actions.take_role, username="head", by="head", at=AT) == LAST_HEAD
    assert refused(actions.give_role, username="head", role="officer", by="head", at=AT) == LAST_HEAD
    assert role("head") == "head"


def test_a_head_who_cannot_sign_in_does_not_count() -> None:
    actions.give_role(institution=NDL, username="officer", role="head", by="head", at=AT)
    models.Account.objects.filter(username="officer").update(is_active=False)
    assert refused(actions.take_role, username="head", by="head", at=AT) == LAST_HEAD


def test_a_new_head_takes_over() -> None:
    actions.give_role(institution=NDL, username="officer", role="head", by="head", at=AT)
    actions.take_role(institution=NDL, username="head", by="officer", at=AT)
    assert (role("head"), role("officer")) == (None, "head")
    assert refused(actions.give_role, username="head", role="head", by="head", at=AT) == ONLY_THE_HEAD


@pytest.mark.django_db(transaction=True)
def test_of_two_heads_who_take_each_other_s_role_at_once_one_stays() -> None:
    actions.give_role(institution=NDL, username="officer", role="head", by="head", at=AT)

    def take(username: str, by: str) -> Reason | None:
        try:
            return refused(actions.take_role, username=username, by=by, at=AT)
        finally:
            connections.close_all()

    found = at_once(lambda: take("head", "officer"), lambda: take("officer", "head"))
    assert sorted(str(one) for one in found if one) in ([str(LAST_HEAD)], [str(ONLY_THE_HEAD)])
    assert queries.heads(NDL) == 1


def test_somebody_new_is_entered_with_a_role_and_a_password_for_the_first_time() -> None:
    password = actions.initial_password()
    actions.enter_person(
        institution=NDL,
        username="new",
        name="神田 新",
        email="new@example.org",
        language="ja",
        role="officer",
        password=password,
        by="head",
        at=AT,
    )
    person = queries.person("new")
    assert person is not None
    assert (person.name, person.language, person.must_change_password) == ("神田 新", "ja", True)
    assert person.check_password(password)
    assert role("new") == "officer"


def test_a_handle_somebody_has_is_not_given_away_with_what_is_known_of_them() -> None:
    entered = {"name": "Thief", "email": "thief@example.org", "language": "en", "role": "reader", "password": "x" * 12}
    assert refused(actions.enter_person, username="partner", by="head", at=AT, **entered) == Reason(
        "This user name is already in use."
    )
    person = queries.person("partner")
    assert person is not None
    assert (person.name, person.email) == ("Partner", "")


@pytest.mark.parametrize("username", ["", "A", "a", "1a", "a b", "ä-b", "a/b", "a" * 41, "a-", "<b>"])
def test_a_handle_is_plain(username: str) -> None:
    entered = {"name": "New", "email": "", "language": "en", "role": "reader", "password": ""}
    reason = refused(actions.enter_person, username=username, by="head", at=AT, **entered)
    assert reason == Reason("A user name is made of small letters, digits, dots and hyphens, and begins with a letter.")


def test_without_a_password_nobody_signs_in_before_one_was_set() -> None:
    entered = {"username": "new", "name": "New", "email": "n@example.org", "language": "en", "role": "reader"}
    actions.enter_person(institution=NDL, password="", by="head", at=AT, **entered)
    person = queries.person("new")
    assert person is not None
    assert (person.has_usable_password(), person.must_change_password) == (False, False)


def test_officers_send_what_the_head_lets_them_and_no_more() -> None:
    actions.let_officers_send(institution=NDL, kinds=frozenset({"exchange", "agreement"}), by="head", at=AT)
    assert queries.delegated(NDL) == {"exchange", "agreement"}
    actions.let_officers_send(institution=NDL, kinds=frozenset({"exchange"}), by="head", at=AT)
    assert (queries.delegated(NDL), queries.delegated(NLC)) == (frozenset({"exchange"}), frozenset())


def test_an_address_that_two_people_share_belongs_to_neither() -> None:
    ours = frozenset({NDL})
    actions.appoint(username="one", name="One", institution=NDL, role="officer")
    actions.appoint(username="two", name="Two", institution=NDL, role="reader")
    models.Account.objects.filter(username="one").update(email="desk@example.org")
    assert queries.person_with_address("DESK@example.org", institutions=ours) == queries.person("one")
    models.Account.objects.filter(username="two").update(email="desk@example.org")
    assert queries.person_with_address("desk@example.org", institutions=ours) is None
    assert queries.person_with_address("", institutions=ours) is None
    assert queries.person_with_address(institutions=ours) is None
