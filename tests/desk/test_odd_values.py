"""Values that no column holds, or that no text is: answered alike on both databases (see KORYU_TEST_DATABASE)."""

from dataclasses import dataclass, field

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.institutions import actions as people
from tests.desk.people import person
from tests.world import AT, COMPILER, EXCHANGE, NAL, NDL, NLC, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
DRAFTED = uri("exchange/d")
NUL, LONG, LONGER = "a\0b", "x" * 600, "x" * 100_000
ENTERING = {"act": "enter", "username": "new", "name": "New", "email": "new@example.org", "language": "en"}
ENTERING |= {"role": "reader", "how": "password"}


@dataclass(frozen=True)
class Sent:
    """What is sent where, as GET where nothing is; the answer, and what it was `before` on SQLite and PostgreSQL."""

    name: str
    path: str
    answer: int
    before: str
    fields: dict[str, str] = field(default_factory=dict)


SENT = [
    Sent("a name too long", "/desk/people/", 409, "200, DataError", {**ENTERING, "name": LONG}),
    Sent("a name with a NUL", "/desk/people/", 409, "200, DataError", {**ENTERING, "name": NUL}),
    Sent("a username too long", "/desk/people/", 409, "409", {**ENTERING, "username": LONG}),
    Sent("a username with a NUL", "/desk/people/", 409, "409, DataError", {**ENTERING, "username": NUL}),
    Sent("an address too long", "/desk/people/", 409, "409", {**ENTERING, "email": f"{LONG}@example.org"}),
    Sent(
        "an address of a long host",
        "/desk/people/",
        409,
        "200, DataError",
        {**ENTERING, "email": "a@" + "b." * 140 + "org"},
    ),
    Sent("an address with a NUL", "/desk/people/", 409, "409", {**ENTERING, "email": "a\0@example.org"}),
    Sent("a role too long", "/desk/people/", 409, "409", {**ENTERING, "role": LONG}),
    Sent("a role with a NUL", "/desk/people/", 409, "409", {**ENTERING, "role": NUL}),
    Sent(
        "a role for a NUL", "/desk/people/", 409, "409, DataError", {"act": "give", "username": NUL, "role": "reader"}
    ),
    Sent(
        "a role for a long username", "/desk/people/", 409, "409", {"act": "give", "username": LONGER, "role": "reader"}
    ),
    Sent("a role taken of a NUL", "/desk/people/", 409, "409, DataError", {"act": "take", "username": NUL}),
    Sent("a kind with a NUL", "/desk/people/", 302, "302", {"act": "let", "kind": NUL}),
    Sent("a comment with a NUL", "/desk/draft/{draft}/comment/", 409, "302, DataError", {"text": NUL}),
    Sent("a long comment", "/desk/draft/{draft}/comment/", 302, "302", {"text": LONGER}),
    Sent("a note with a NUL", "/desk/draft/{draft}/note/", 409, "302, DataError", {"text": NUL, "means": "note"}),
    Sent("means that are none", "/desk/draft/{draft}/note/", 302, "302", {"text": "x", "means": LONG}),
    Sent("means with a NUL", "/desk/draft/{draft}/note/", 302, "302", {"text": "x", "means": NUL}),
    Sent("what was shown, with a NUL", "/desk/draft/{draft}/send/", 409, "409", {"shown": NUL}),
    Sent("what was shown, too long", "/desk/draft/{draft}/send/", 409, "409", {"shown": LONGER}),
    Sent("an institution with a NUL", "/desk/speak-for/", 302, "302", {"institution": NUL}),
    Sent("an institution too long", "/desk/speak-for/", 302, "302", {"institution": LONGER}),
    Sent("a record to begin from, with a NUL", "/desk/begin/", 409, "409", {"from": "standing", "record": NUL}),
    Sent("a record to begin from, too long", "/desk/begin/", 409, "409", {"from": "standing", "record": LONGER}),
    Sent("a kind to begin, with a NUL", "/desk/begin/", 409, "409", {"from": "nothing", "kind": NUL}),
    Sent("a kind to begin, too long", "/desk/begin/", 409, "409", {"from": "nothing", "kind": LONG}),
    Sent("a query with a NUL", "/desk/begin/?q=a%00b", 404, "404"),
    Sent("a record with a NUL", "/desk/record/tag:a%00b/", 404, "404"),
    Sent("a record too long", f"/desk/record/tag:{'x' * 3000}/", 404, "404"),
    Sent("a version with a NUL", f"/desk/record/{EXCHANGE}/compare/?this=%00&that=%00", 404, "404"),
    Sent("a file with a NUL", f"/desk/record/{EXCHANGE}/file/sha256:%00/", 404, "404"),
    Sent("a draft beyond all numbers", "/desk/draft/" + "9" * 40 + "/", 404, "404"),
    Sent("a line of the journal beyond all", "/desk/journal/?before=" + "9" * 40, 200, "200"),
    Sent(
        "a title with a NUL", "/desk/draft/{draft}/edit/", 302, "302", {"do": "save", "edition": "1", "title.en": NUL}
    ),
    Sent("an edition beyond all", "/desk/draft/{draft}/edit/", 409, "409", {"do": "save", "edition": "9" * 40}),
    Sent("an edition with a NUL", "/desk/draft/{draft}/edit/", 409, "409", {"do": "save", "edition": NUL}),
    Sent("a partner with a NUL", "/desk/?partner=%00", 404, "404"),
]


@pytest.fixture(scope="module")
def house(once: None) -> None:
    """Three libraries, of which one has an officer."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")


@pytest.fixture
def head(house: None) -> Client:
    return person("chief", (NDL, "head"))


@pytest.mark.parametrize("sent", SENT, ids=lambda one: one.name)
def test_what_no_column_holds_is_answered_alike(head: Client, sent: Sent) -> None:
    content = exchange(NDL, NLC).content()
    draft = actions.draft(institution=NDL, record=DRAFTED, content=content, replaces=None, by="chief", at=AT)
    path = sent.path.format(draft=draft)
    answer = head.post(path, sent.fields) if sent.fields else head.get(path)
    assert answer.status_code == sent.answer
    assert queries.draft(draft)


SIGNING_IN = [
    ("a username with a NUL", {"login": NUL, "password": "x"}),
    ("a username too long", {"login": LONG, "password": "x"}),
    ("a username far too long", {"login": LONGER, "password": "x"}),
    ("a password with a NUL", {"login": "chief", "password": NUL}),
    ("a password too long", {"login": "chief", "password": LONGER}),
    ("half of a pair", {"login": "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"), "password": "x"}),
    ("what cannot be seen", {"login": "\u202e\u200b", "password": "x"}),
]


@pytest.mark.parametrize(("name", "typed"), SIGNING_IN)
def test_who_cannot_be_signs_in_nowhere_and_breaks_nothing(head: Client, name: str, typed: dict[str, str]) -> None:
    answer = Client().post("/desk/account/login/", typed)
    assert answer.status_code == 200
    assert head.get("/desk/").status_code == 200
