"""The journal at the desk: the head sees the institution's lines, an operator the server's own, others nothing."""

import re

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.desk.system.journal_pages import SENTENCES, record_name
from koryu.institutions import actions as people
from koryu.journal.actions import write
from koryu.journal.rules import VALUES, Change
from tests.desk.people import person
from tests.html import problems_of
from tests.world import AT, COMPILER, NDL, NLC, give_voice, put_on_record

pytestmark = pytest.mark.django_db
OURS, SERVERS = "/desk/journal/", "/desk/journal/server/"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)


def every_line(institution: str) -> None:
    values: dict[str, str | int] = {
        "whom": "mori",
        "role": "officer",
        "before": "reader",
        "kind": "exchange",
        "language": "ja",
    }
    values |= {"draft": 7, "notice": 8, "key": "did:key:z6Mk", "replaces": "did:key:z6Mo", "operator": "yes"}
    values |= {"contact": 4, "steps": 3, "step": 1, "first": "2027-06-03", "last": "2027-06-14"}
    values |= {
        "letter": "7Q42M9A",
        "letters": "invitation",
        "languages": "ja",
        "version": 2,
        "purpose": "calendar",
        "scope": "person",
    }
    with transaction.atomic():
        for change in Change:
            told = {name: values[name] for name in VALUES[change]}
            write(change, by="mori", at=AT, institution=institution, about="tag:example.org,2026:exchange/d", **told)


def said(client: Client, path: str = OURS) -> list[str]:
    """The sentences of the page, without what is marked in them."""
    body = client.get(path).content.decode()
    found = re.findall(r'<div class="what">\s*<p>(.*?)</p>', body, re.S)
    return [re.sub(r"(?:<[^>]+>|\s)+", " ", one).strip() for one in found]


def test_every_change_has_a_sentence() -> None:
    assert SENTENCES.keys() == set(Change)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
@pytest.mark.parametrize("institution", [NDL, ""])
def test_every_line_is_told_in_four_languages(language: str, institution: str) -> None:
    one = person("sato", (NDL, "head"), operator=True, language=language)
    person("mori", (NDL, "officer"))
    every_line(institution)
    body = one.get(OURS if institution else SERVERS).content.decode()
    assert (problems_of(body), "%(" in body, body.count('class="what"') >= len(Change)) == ([], False, True)


def test_sentences_name_people_by_their_names_and_drafts_by_their_records() -> None:
    people.enter(username="mori", name="森 健一")
    head = person("sato", (NDL, "head"))
    with transaction.atomic():
        about = "tag:example.org,2026:exchange/d"
        write(Change.DRAFT_DISCARDED, by="sato", at=AT, institution=NDL, about=about, draft=3)
    people.appoint(username="mori", name="", institution=NDL, role="officer", at=AT)
    assert said(head)[:2] == [
        "森 健一 was given the role: officer. through the operator, by a command on the server",
        "Draft 3 of exchange d was deleted. through Sato",
    ]


def test_another_institution_and_the_server_are_not_shown() -> None:
    head = person("sato", (NDL, "head"))
    before = said(head)
    every_line(NLC)
    every_line("")
    assert said(head) == before


@pytest.mark.parametrize(
    ("role", "operator", "ours", "servers"),
    [
        ("head", False, 200, 404),
        ("officer", False, 404, 404),
        ("contributor", False, 404, 404),
        ("translator", False, 404, 404),
        ("reader", False, 404, 404),
        ("head", True, 200, 200),
        ("officer", True, 404, 200),
        ("", True, 404, 200),
        ("", False, 404, 404),
    ],
)
def test_who_reads_which(role: str, operator: bool, ours: int, servers: int) -> None:
    one = person("one", *([(NDL, role)] if role else []), operator=operator)
    assert (one.get(OURS).status_code, one.get(SERVERS).status_code) == (ours, servers)
    assert ('href="/desk/journal/"' in one.get("/desk/").content.decode()) is (ours == 200)


def test_nobody_reads_it_without_signing_in_or_writes_to_it() -> None:
    assert [Client().get(path).status_code for path in (OURS, SERVERS)] == [302, 302]
    one = person("one", (NDL, "head"), operator=True)
    assert [one.post(path).status_code for path in (OURS, SERVERS)] == [405, 405]


def test_an_institution_in_the_address_is_not_listened_to() -> None:
    every_line(NLC)
    head = person("sato", (NDL, "head"))
    assert said(head, f"{OURS}?institution={NLC}") == said(head)


@pytest.mark.parametrize("before", ["", "x", "-1", "0", "９", "9" * 400, "1 OR 1=1"])
def test_a_number_that_is_none_breaks_nothing(before: str) -> None:
    assert person("sato", (NDL, "head")).get(OURS, {"before": before}).status_code == 200


def shows(head: str, drafts: int) -> None:
    """So many lines more."""
    with transaction.atomic():
        for number in range(drafts):
            write(Change.DRAFT_SHOWN, by=head, at=AT, institution=NDL, about="tag:e:exchange/d", draft=number)


def older(client: Client, path: str = OURS) -> list[str]:
    """Where a page leads to for what was before it."""
    return re.findall(r"/desk/journal/\?before=\d+", client.get(path).content.decode())


def test_it_is_paged_and_every_line_is_on_one_page() -> None:
    head = person("sato", (NDL, "head"))
    before = len(said(head))
    shows("sato", 103)
    pages, path = [said(head)], OURS
    while further := set(older(head, path)) - {path}:
        (path,) = further
        pages.append(said(head, path))
    assert [len(page) for page in pages] == [50, 50, 3 + before]
    told = [
        f"Draft {n} of exchange d was shared with the partners named in it. through Sato" for n in reversed(range(103))
    ]
    assert [line for page in pages for line in page][:103] == told


def test_where_the_lines_fill_the_page_just_so_it_leads_to_no_other() -> None:
    head = person("sato", (NDL, "head"))
    shows("sato", 50 - len(said(head)))
    assert (len(said(head)), older(head)) == (50, [])
    shows("sato", 1)
    assert (len(said(head)), len(older(head))) == (50, 1)


@pytest.mark.parametrize("lines", [1, 3])
def test_it_asks_few_questions_however_many_lines_there_are(lines: int) -> None:
    head = person("sato", (NDL, "head"))
    for number in range(lines):
        people.appoint(username=f"mori{number}", name="Mori", institution=NDL, role="reader", at=AT)
    head.get(OURS)
    with CaptureQueriesContext(connection) as asked:
        head.get(OURS)
    assert len(asked) == 5


def test_script_in_a_name_stays_a_name() -> None:
    head = person("sato", (NDL, "head"))
    people.appoint(username="mori", name="<script>alert(1)</script>", institution=NDL, role="reader", at=AT)
    assert "<script>alert" not in head.get(OURS).content.decode()


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("tag:koryu,2026:exchange/d", "exchange d"),
        ("tag:koryu,2026:exchange/1981/2", "exchange 1981/2"),
        ("tag:x:unknown/d", "unknown d"),
        ("", ""),
    ],
)
def test_a_record_is_named_by_kind_and_address(uri: str, name: str) -> None:
    assert record_name(uri) == name


def test_an_operator_who_signs_in_and_out_leaves_two_lines() -> None:
    people.enter(username="yamada", name="山田", operator=True)
    people.set_password(username="yamada", password="a long enough password")
    client = Client()
    client.post("/desk/account/login/", {"login": "yamada", "password": "wrong"})
    client.post("/desk/account/login/", {"login": "yamada", "password": "a long enough password"})
    assert said(client, SERVERS)[0] == "An operator signed in. through 山田"
    client.post("/desk/account/logout/")
    assert said(person("sato", operator=True), SERVERS)[0:3] == [
        "Sato was added. through the operator, by a command on the server",
        "An operator signed out. through 山田",
        "An operator signed in. through 山田",
    ]
