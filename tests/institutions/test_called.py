"""What people are called wherever somebody reads of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from koryu.institutions import actions, models, queries
from koryu.institutions.rules import called

NAMES = {"mori": "森 健一", "sato1": "Sato (sato1)", "sato2": "Sato (sato2)", "empty": ""}


@pytest.mark.parametrize(
    ("username", "said"),
    [
        ("mori", "森 健一"),
        ("sato1", "Sato (sato1)"),
        ("empty", "empty"),
        ("gone", "gone"),
        ("somebody@elsewhere.example", "somebody@elsewhere.example"),
        ("operator", "<the operator, by a command on the server>"),
        ("server", "<the server, by itself>"),
        ("loader", "<the loader of data sets>"),
        ("", ""),
    ],
)
def test_a_person_is_called_by_name_the_machine_in_words_and_whoever_is_not_known_as_written(
    username: str, said: str
) -> None:
    assert called(username, NAMES, translate=lambda message: f"<{message}>") == said


# Names by username as they were entered, and what each is called.
TOGETHER = [
    ({"a": "Mori", "b": "Sato"}, {"a": "Mori", "b": "Sato"}),
    ({"a": "Sato", "b": "Sato"}, {"a": "Sato (a)", "b": "Sato (b)"}),
    ({"a": "SATO", "b": "Sato", "c": "Mori"}, {"a": "SATO (a)", "b": "Sato (b)", "c": "Mori"}),
    ({"a": "Ｓato", "b": "Sato"}, {"a": "Ｓato (a)", "b": "Sato (b)"}),
    ({"a": "神田", "b": "神田"}, {"a": "神田 (a)", "b": "神田 (b)"}),
    ({"a": "", "b": ""}, {}),
    ({"a": "Nagao Makoto", "b": "Makoto Nagao"}, {"a": "Nagao Makoto", "b": "Makoto Nagao"}),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("entered", "names"), TOGETHER)
def test_the_handle_stands_beside_a_name_only_where_two_have_it(entered: dict[str, str], names: dict[str, str]) -> None:
    for username, name in entered.items():
        models.Account.objects.create(username=username, name=name)
    assert queries.names() == names


@pytest.mark.django_db
def test_roles_and_names_are_asked_in_one_query_whoever_has_gone() -> None:
    actions.appoint(username="mori", name="Mori", institution="tag:e:institution/a", role="officer")
    actions.appoint(username="mori", name="Mori", institution="tag:e:institution/b", role="head")
    actions.appoint(username="sato", name="Sato", institution="tag:e:institution/b", role="reader")
    actions.delegate(institution="tag:e:institution/b", kind="exchange", by="mori", at="2026-11-22T09:00:00Z")
    actions.dismiss(username="sato", institution="tag:e:institution/b")
    mori = models.Account.objects.get(username="mori").pk
    with CaptureQueriesContext(connection) as asked:
        here = queries.at_desk(mori)
    assert len(asked) == 1
    assert here
    memberships, names = here.memberships, here.names
    assert here.account.username == "mori"
    assert [(membership.institution, membership.role, membership.delegated) for membership in memberships] == [
        ("tag:e:institution/a", "officer", frozenset()),
        ("tag:e:institution/b", "head", frozenset({"exchange"})),
    ]
    assert names == {"mori": "Mori", "sato": "Sato"}
    assert queries.at_desk(0) is None
