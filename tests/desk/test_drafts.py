"""Drafts through the door of the desk: begun, read, shown to partners, laid before the head, sent."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions, models, queries
from koryu.institutions import actions as people
from koryu.ledger import queries as ledger
from koryu.values.text import Text
from tests.desk.people import brought, person
from tests.html import problems_of
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    exchange,
    give_voice,
    history,
    put_on_record,
    uri,
)

pytestmark = pytest.mark.django_db
DRAFTED = uri("exchange/d")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


@pytest.fixture
def partner() -> Client:
    return person("partner", (NLC, "officer"))


def drafted(*, record: str = DRAFTED, replaces: str | None = None, **more: Any) -> int:
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    content = exchange(NDL, NLC, **more).content()
    return actions.draft(institution=NDL, record=record, content=content, replaces=replaces, by="officer", at=AT)


def digest_of(number: int) -> str:
    found = queries.draft(number)
    assert found
    return found.digest


def does(client: Client, number: int, act: str, **typed: str) -> Any:
    return client.post(f"/desk/draft/{number}/{act}/", typed)


def read(client: Client, number: int) -> str:
    answer = client.get(f"/desk/draft/{number}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def shown_in(page: str) -> str:
    """The digest the page displayed, as its buttons carry it."""
    found = set(re.findall(r'name="shown" value="([^"]+)"', page))
    assert len(found) == 1
    return str(found.pop())


def test_a_draft_goes_from_the_officer_to_the_head_and_is_sent_exactly_as_shown(officer: Client, head: Client) -> None:
    number = drafted()
    assert does(officer, number, "submit", shown=shown_in(read(officer, number))).status_code == 302
    page = read(head, number)
    assert "Approve and send this text" in page
    assert does(head, number, "approve", shown=shown_in(page)).status_code == 302
    assert len(history(DRAFTED).open_versions) == 1


def test_what_was_changed_after_it_was_shown_is_not_sent(officer: Client, head: Client) -> None:
    number = drafted()
    stale = shown_in(read(head, number))
    actions.save(draft=number, content=exchange(NDL, NLC, title="Changed").content(), seen=1, by="officer", at=AT)
    for act in ("send", "submit", "approve", "return"):
        assert does(head, number, act, shown=stale).status_code == 409
    assert history(DRAFTED).headers == {}


@pytest.mark.parametrize("shown", ["", "sha256:" + "0" * 64])
def test_a_forged_digest_sends_nothing(head: Client, shown: str) -> None:
    number = drafted()
    assert does(head, number, "send", shown=shown).status_code == 409
    assert history(DRAFTED).headers == {}


def test_the_same_submission_twice_lays_it_once(officer: Client) -> None:
    number = drafted()
    shown = digest_of(number)
    assert [does(officer, number, "submit", shown=shown).status_code for _ in range(2)] == [302, 409]
    assert models.Submission.objects.count() == 1


def test_an_officer_does_not_approve(officer: Client) -> None:
    number = drafted()
    does(officer, number, "submit", shown=digest_of(number))
    answer = does(officer, number, "approve", shown=digest_of(number))
    assert (answer.status_code, "Only the head" in answer.content.decode()) == (409, True)
    assert history(DRAFTED).headers == {}


def test_where_the_head_gave_that_right_an_officer_sends(officer: Client) -> None:
    people.delegate(institution=NDL, kind="exchange")
    number = drafted()
    page = read(officer, number)
    assert "Send this text" in page
    assert does(officer, number, "send", shown=shown_in(page)).status_code == 302
    assert len(history(DRAFTED).headers) == 1


def test_a_draft_comes_back_with_the_remark_on_its_page(officer: Client, head: Client) -> None:
    number = drafted()
    does(officer, number, "submit", shown=digest_of(number))
    does(head, number, "return", shown=digest_of(number), remark="the <b>host</b> first")
    page = read(officer, number)
    assert "the &lt;b&gt;host&lt;/b&gt; first" in page
    assert "Submit for approval" in page


def test_an_unfinished_draft_says_what_is_missing_and_is_not_laid_before_anybody(officer: Client) -> None:
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    number = actions.draft(
        institution=NDL, record=DRAFTED, content={"kind": "exchange"}, replaces=None, by="officer", at=AT
    )
    page = read(officer, number)
    assert "this must be given" in page
    answer = does(officer, number, "submit", shown=shown_in(page))
    assert (answer.status_code, "The draft is not finished" in answer.content.decode()) == (409, True)


def test_a_partner_sees_a_draft_once_it_is_shown_and_only_reads_and_comments(officer: Client, partner: Client) -> None:
    number = drafted()
    assert partner.get(f"/desk/draft/{number}/").status_code == 404
    assert does(officer, number, "share").status_code == 302
    page = read(partner, number)
    assert "Add the comment" in page
    assert "Actions" not in page
    assert partner.get(f"/desk/draft/{number}/edit/").status_code == 404
    for act in ("submit", "send", "approve", "return", "share", "unshare", "take-up"):
        assert does(partner, number, act, shown=digest_of(number)).status_code == 404
    assert partner.post(f"/desk/draft/{number}/discard/").status_code == 404
    assert does(officer, number, "unshare").status_code == 302
    assert partner.get(f"/desk/draft/{number}/").status_code == 404


def test_once_it_was_sent_no_partner_sees_the_draft_any_more(officer: Client, head: Client, partner: Client) -> None:
    number = drafted(title="Of next year")
    does(officer, number, "share")
    does(officer, number, "comment", text="inside our house")
    assert "Of next year" in partner.get("/desk/drafts/").content.decode()
    assert "for comment" in partner.get("/desk/").content.decode()
    assert does(head, number, "send", shown=digest_of(number)).status_code == 302
    assert partner.get(f"/desk/draft/{number}/").status_code == 404
    assert does(partner, number, "comment", text="too late").status_code == 404
    assert models.CommentRow.objects.count() == 1
    for who in (partner, officer):
        assert "Of next year" not in who.get("/desk/drafts/").content.decode()
    assert "for comment" not in partner.get("/desk/").content.decode()
    page = read(officer, number)
    assert "inside our house" in page
    assert "Shared for comment with the partners" not in page
    # Nor does the record lead to it as to something in hand.
    assert f'href="/desk/draft/{number}/"' not in officer.get(f"/desk/record/{DRAFTED}/").content.decode()


def test_what_was_sent_without_being_shown_is_shown_to_nobody_as_a_draft(head: Client, partner: Client) -> None:
    number = drafted()
    does(head, number, "send", shown=digest_of(number))
    assert does(head, number, "share").status_code == 409
    assert partner.get(f"/desk/draft/{number}/").status_code == 404
    assert models.DraftRow.objects.get().shared_at == ""


def test_a_partner_the_draft_does_not_name_is_not_shown_it(officer: Client) -> None:
    number = drafted()
    does(officer, number, "share")
    assert person("stranger", (NAL, "head")).get(f"/desk/draft/{number}/").status_code == 404


def test_who_sees_which_comment_and_note(officer: Client, partner: Client) -> None:
    number = drafted(institutions=[NDL, NLC, NAL])
    third = person("third", (NAL, "officer"))
    does(officer, number, "share")
    does(officer, number, "comment", text="inside our house")
    does(officer, number, "note", text="called Ms Li", means="telephone")
    does(officer, number, "note", text="ours alone", means="note")
    does(partner, number, "comment", text="from Beijing")
    does(third, number, "comment", text="from Seoul")
    everything = ["inside our house", "called Ms Li", "ours alone", "from Beijing", "from Seoul"]
    seen = {
        name: [one for one in everything if one in read(who, number)]
        for name, who in (("officer", officer), ("partner", partner), ("third", third))
    }
    assert seen == {"officer": everything, "partner": ["from Beijing"], "third": ["from Seoul"]}


def test_a_comment_is_shown_as_text_and_an_empty_one_is_none(officer: Client) -> None:
    number = drafted()
    assert does(officer, number, "comment", text="  ").status_code == 409
    does(officer, number, "comment", text="<script>alert(1)</script>")
    assert "<script>alert(1)</script>" not in read(officer, number)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in read(officer, number)


def test_a_reader_reads_and_neither_notes_nor_comments() -> None:
    number, reader = drafted(), person("reader", (NDL, "reader"))
    assert "Only the staff" in read(reader, number)
    assert [does(reader, number, act, text="x").status_code for act in ("comment", "note", "share")] == [409, 409, 409]
    assert reader.get(f"/desk/draft/{number}/edit/").status_code == 404


def test_what_changed_meanwhile_is_shown_and_gone_on_from(officer: Client, head: Client) -> None:
    first = agreed(title="First")
    number = drafted(record=EXCHANGE, replaces=first, title="Ours")
    second = agreed(replaces=first, title="Second")
    page = read(officer, number)
    assert "This changed meanwhile" in page
    assert "Changes from the current version" in page
    assert does(head, number, "send", shown=digest_of(number)).status_code == 409
    assert does(officer, number, "take-up").status_code == 302
    assert "This changed meanwhile" not in read(officer, number)
    assert models.DraftRow.objects.get(pk=number).replaces == second
    assert does(head, number, "send", shown=digest_of(number)).status_code == 302


def agreed(*, replaces: str | None = None, title: str = "Exchange") -> str:
    said: dict[str, Any] = {"record": EXCHANGE, "by": "head", "at": AT}
    version = actions.propose(institution=NDL, document=exchange(NDL, NLC, title=title), replaces=replaces, **said)
    actions.accept(institution=NLC, version=version, **said)
    return version


def test_a_counter_proposal_shows_why_the_proposed_text_is_not_taken_up(head: Client) -> None:
    proposed = actions.propose(
        institution=NLC, record=EXCHANGE, document=exchange(NDL, NLC, title="Theirs"), replaces=None, by="head", at=AT
    )
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")
    number = actions.draft(
        institution=NDL,
        record=EXCHANGE,
        content=exchange(NDL, NLC, title="Ours").content(),
        replaces=None,
        by="officer",
        at=AT,
        answers=proposed,
        reason=Text.of(en="The host has no room in May"),
    )
    page = read(head, number)
    assert "The host has no room in May" in page
    assert does(head, number, "send", shown=shown_in(page)).status_code == 302
    assert history().declined_by(proposed) == {NDL}


def test_a_draft_is_thrown_away_after_it_was_asked_once(officer: Client) -> None:
    number = drafted()
    assert "Delete the draft" in officer.get(f"/desk/draft/{number}/discard/").content.decode()
    assert models.DraftRow.objects.count() == 1
    assert officer.post(f"/desk/draft/{number}/discard/").status_code == 302
    assert models.DraftRow.objects.count() == 0
    assert officer.post(f"/desk/draft/{number}/discard/").status_code == 404


def test_a_draft_of_another_institution_is_not_there_by_a_guessed_address(officer: Client) -> None:
    number = drafted()
    stranger = person("stranger", (NAL, "head"))
    for page in ("", "edit/", "discard/"):
        assert stranger.get(f"/desk/draft/{number}/{page}").status_code == 404
    for act in ("submit", "send", "approve", "comment", "note", "share", "no-such-act"):
        assert does(stranger, number, act, text="x").status_code == 404
    assert officer.get("/desk/draft/999/").status_code == 404


def test_the_list_names_ours_and_what_is_shown_to_us(officer: Client, partner: Client) -> None:
    number = drafted(title="Of next year")
    assert "Of next year" in officer.get("/desk/drafts/").content.decode()
    assert "Of next year" not in partner.get("/desk/drafts/").content.decode()
    does(officer, number, "share")
    assert "Of next year" in partner.get("/desk/drafts/").content.decode()


def test_a_draft_that_was_sent_says_so_and_is_changed_no_more(head: Client) -> None:
    number = drafted()
    does(head, number, "send", shown=digest_of(number))
    page = read(head, number)
    assert "Open the record" in page
    assert head.get(f"/desk/draft/{number}/edit/").status_code == 404
    assert does(head, number, "send", shown=digest_of(number)).status_code == 409
    assert len(history(DRAFTED).headers) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_database_as_often_for_one_as_for_three(
    officer: Client, rows: int, django_assert_num_queries: Any
) -> None:
    version = agreed()
    numbers = [drafted(record=EXCHANGE, replaces=version, title=f"Draft {place}") for place in range(rows)]
    for _ in range(rows):
        does(officer, numbers[0], "comment", text="a comment")
        does(officer, numbers[0], "note", text="a note", means="note")
    officer.get("/desk/drafts/")
    with django_assert_num_queries(5):
        officer.get("/desk/drafts/")
    with django_assert_num_queries(9):
        officer.get(f"/desk/draft/{numbers[0]}/")
    with django_assert_num_queries(6):
        officer.get(f"/desk/draft/{numbers[0]}/edit/")


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_every_page_is_sound_in_every_language(language: str) -> None:
    head = person("director", (NDL, "head"), language=language)
    number = drafted(record=EXCHANGE, replaces=agreed(), title="Ours")
    does(head, number, "comment", text="a comment")
    for page in ("drafts/", "begin/", f"draft/{number}/", f"draft/{number}/edit/", f"draft/{number}/discard/"):
        assert problems_of(head.get(f"/desk/{page}").content.decode()) == [], page


def test_nothing_is_said_by_drafting(officer: Client) -> None:
    before = ledger.last_number()
    number = drafted()
    does(officer, number, "submit", shown=digest_of(number))
    assert ledger.last_number() == before


def test_the_address_of_an_act_leads_to_the_draft(officer: Client) -> None:
    number = drafted()
    answer = officer.get(f"/desk/draft/{number}/approve/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/draft/{number}/")


def test_a_note_typed_when_the_session_had_ended_stands_in_its_own_box_after_signing_in(officer: Client) -> None:
    number, password = drafted(), "a long enough password"
    people.set_password(username="officer", password=password)
    gone, address = Client(), f"/desk/draft/{number}/note/"
    gone.cookies["koryu-language"] = "en"
    door = gone.post(address, {"text": "Their budget is not settled", "means": "note"})
    signs_in = {"login": "officer", "password": password, "next": address, "koryu_brought": brought(door)}
    gone.post("/desk/account/login/", signs_in)
    page = gone.get(address).content.decode()
    assert "You were signed out meanwhile, and nothing was done." in page
    assert re.findall(r'<textarea id="(\w+)"[^>]*>\s*Their budget', page) == ["note"]
