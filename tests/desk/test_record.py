"""The page of a record at the desk: who sees what of it, what stands, what is open, and what can be done."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.records.kinds import document_of
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES
from tests.desk.people import person
from tests.html import problems_of
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    House,
    exchange,
    give_voice,
    put_on_record,
    uri,
)

pytestmark = pytest.mark.django_db
PAGE = f"/desk/record/{EXCHANGE}/"
REPORT = uri("report/r")
PAGES = ("", "compare/", "history/", "check/")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL)


def agreed(*members: str, **more: Any) -> str:
    version = House(NDL).propose(exchange(NDL, NLC, **more))
    House(NLC).accept(version)
    return version


def page_of(client: Client, address: str = PAGE, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def text_of(html: str) -> str:
    return re.sub(r"\s+([.,]|$)", r"\1", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def marks(page: str) -> list[tuple[str, str]]:
    """(mark, words) of each institution on the first proposal of a page."""
    found = re.findall(r'<li class="given (\w+)">(.*?)</li>', page, re.S)
    return [(mark, text_of(words)) for mark, words in found]


def report(shown_to: str) -> None:
    content = {
        "kind": "report",
        "title": {"en": "Our account"},
        "exchange": EXCHANGE,
        "institution": NDL,
        "shown_to": shown_to,
        "text": {"en": "In our words"},
    }
    actions.propose(institution=NDL, record=REPORT, document=document_of(content), replaces=None, by="head", at=AT)


def test_what_is_under_consultation_is_there_only_for_those_who_take_part() -> None:
    House(NDL).propose(exchange(NDL, NLC))
    for who, status in ((NDL, 200), (NLC, 200), (NAL, 404)):
        client = person(f"clerk-{who[-3:]}", (who, "reader"))
        assert [client.get(PAGE + page).status_code for page in PAGES] == [status] * 4


def test_what_stands_is_for_all_staff_and_what_is_open_on_it_for_those_who_take_part() -> None:
    version = agreed(title="Kyoto")
    House(NDL).propose(exchange(NDL, NLC, title="Nara"), replaces=version)
    for who, seen in ((NLC, True), (NAL, False)):
        client = person(f"clerk-{who[-3:]}", (who, "officer"))
        for page in PAGES:
            found = page_of(client, PAGE + page)
            assert "Kyoto" in found
            assert ("Nara" in found or "under consultation" in found) == seen or page == "check/"


def test_what_was_not_taken_up_or_withdrawn_stays_among_those_who_take_part() -> None:
    version = agreed()
    second = House(NDL).propose(exchange(NDL, NLC, title="Too early"), replaces=version)
    actions.decline(version=second, reason=Text.of(en="Not this year"), **House(NLC).said)
    third = House(NDL).propose(exchange(NDL, NLC, title="Later"), replaces=version)
    actions.withdraw(version=third, **House(NDL).said)
    history = page_of(person("clerk", (NAL, "head")), PAGE + "history/")
    assert [
        word for word in ("Too early", "Not this year", "Later", "withdrew", "did not accept") if word in history
    ] == []
    assert "Not this year" in page_of(person("own", (NLC, "head")), PAGE + "history/")


def test_a_remark_makes_nobody_one_of_those_who_take_part() -> None:
    give_voice(NAL)
    version = agreed()
    actions.check(version=version, **House(NAL).said)
    House(NDL).propose(exchange(NDL, NLC, title="Nara"), replaces=version)
    assert "Nara" not in page_of(person("clerk", (NAL, "head")))


@pytest.mark.parametrize(
    ("shown_to", "seen_by"), [("public", {NDL, NLC, NAL}), ("institutions", {NDL, NLC}), ("own", {NDL})]
)
def test_what_stands_and_is_not_public_is_there_for_those_it_is_for(shown_to: str, seen_by: set[str]) -> None:
    agreed()
    report(shown_to)
    for who in (NDL, NLC, NAL):
        client = person(f"clerk-{who[-3:]}", (who, "reader"))
        for page in ("", "history/", "check/", "compare/", "check/json/"):
            answer = client.get(f"/desk/record/{REPORT}/{page}")
            assert answer.status_code == (200 if who in seen_by else 404), (who, page)


@pytest.mark.parametrize(
    "address",
    ["tag:example.org,2026:exchange/none", "x", "..", "a/b/c", "tag:example.org,2026:exchange/e%00", "e' OR 1=1 --"],
)
def test_a_guessed_address_is_not_there(address: str) -> None:
    agreed()
    client = person("clerk", (NDL, "head"))
    for page in PAGES:
        assert client.get(f"/desk/record/{address}/{page}").status_code == 404


def test_each_institution_has_its_mark_with_its_words() -> None:
    version = agreed()
    second = House(NDL).propose(exchange(NDL, NLC, NLK, hosts=[NLK]), replaces=version)
    page = page_of(person("clerk", (NDL, "officer")))
    assert marks(page) == [
        ("ring", "NLK sent 22 November 2026"),
        ("filled", "NDL proposed 22 November 2026"),
        ("ring", "NLC sent 22 November 2026"),
    ]
    House(NLC).accept(second)
    actions.accept_with_letter(on_behalf_of=NLK, name="l.pdf", body=b"%PDF-1", version=second, **House(NDL).said)
    assert marks(page_of(person("clerk", (NDL, "officer")))) == []


def test_who_did_not_take_it_up_is_struck_and_the_reason_stands_with_it() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.decline(version=version, reason=Text.of(en="Not <this> year"), **House(NLC).said)
    page = page_of(person("clerk", (NDL, "officer")))
    assert marks(page) == [
        ("filled", "NDL proposed 22 November 2026"),
        ("struck", "NLC not accepted 22 November 2026 Not &lt;this&gt; year"),
    ]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (NLC, "Sent by NDL on 22 November 2026. Your institution needs to reply."),
        (NDL, "Sent on 22 November 2026. NLC is to reply."),
    ],
)
def test_one_sentence_says_who_speaks_next_since_when(who: str, said: str) -> None:
    House(NDL).propose(exchange(NDL, NLC))
    page = page_of(person("clerk", (who, "officer")))
    assert text_of(re.findall(r'<p class="next">(.*?)</p>', page, re.S)[0]) == said


def buttons(page: str) -> dict[str, str]:
    """The buttons of a page with the reason beside each; '' where it can be pressed."""
    forms = re.findall(r'<form action="/desk/record/[^"]*/act/.*?</form>', page, re.S)
    return {
        re.findall(r"<button[^>]*>(.*?)</button>", form)[0]: "".join(re.findall(r'class="reason"[^>]*>(.*?)<', form))
        for form in forms
    }


HEADS_ONLY = "Only the head, or an officer to whom the head has given that right, can act for the institution."


def test_what_may_not_be_done_has_the_reason_beside_its_button() -> None:
    House(NDL).propose(exchange(NDL, NLC, NLK))
    assert buttons(page_of(person("head-nlc", (NLC, "head")))) == {
        "Accept this text": "",
        "Send a counter-proposal": "",
        "Do not accept this text": "",
        "Record an acceptance by letter: NLK": "",
    }
    assert buttons(page_of(person("clerk", (NLC, "officer")))) == {
        "Send a counter-proposal": "",
        "Do not accept this text": HEADS_ONLY,
        "Record an acceptance by letter: NLK": HEADS_ONLY,
    }
    assert buttons(page_of(person("head-ndl", (NDL, "head"))))["Withdraw this text"] == ""


def test_an_officer_asks_the_head_to_accept_and_she_reads_it_on_the_record() -> None:
    """In the place of a button that cannot be pressed; asked twice it is asked once, and nobody else sees it."""
    version = House(NDL).propose(exchange(NDL, NLC, NLK))
    officer, head = person("clerk", (NLC, "officer")), person("chief", (NLC, "head"))
    assert "Submit for approval" in page_of(officer)
    assert "Submit for approval" not in page_of(head)
    for _ in range(2):
        officer.post(f"{PAGE}submit/", {"version": version, "remark": "It is what we <asked> for."})
    kept = queries.kept_on(EXCHANGE, institution=NLC)
    asked = "Submitted for approval: accept the text of NDL of 22 November 2026."
    assert [item.text for item in kept] == [f"{asked}\nIt is what we <asked> for."]
    assert "It is what we &lt;asked&gt; for." in page_of(head)
    assert "asked" not in page_of(person("other", (NDL, "head")))


@pytest.mark.parametrize("role", ["head", "reader", "translator"])
def test_whoever_may_accept_or_keeps_no_notes_asks_nobody(role: str) -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    client = person("somebody", (NLC, role))
    assert "Submit for approval" not in page_of(client)
    assert client.post(f"{PAGE}submit/", {"version": version}).status_code == 409
    stranger = person("stranger", (NAL, "officer"))
    assert stranger.post(f"{PAGE}submit/", {"version": version}).status_code == 404
    assert queries.kept_on(EXCHANGE, institution=NLC) == ()


def test_what_is_no_longer_open_is_not_submitted() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.withdraw(version=version, **House(NDL).said)
    officer = person("clerk", (NLC, "officer"))
    assert officer.post(f"{PAGE}submit/", {"version": version}).status_code == 409
    assert officer.post(f"{PAGE}submit/", {"version": "sha256:" + "0" * 64}).status_code == 409


def test_a_next_text_is_drafted_from_what_stands_by_those_it_belongs_to() -> None:
    version = agreed()
    client = person("officer", (NDL, "officer"))
    page = page_of(client)
    assert f'name="record" value="{EXCHANGE}"' in page
    answer = client.post("/desk/begin/", {"from": "record", "record": EXCHANGE})
    (draft,) = queries.drafts_of(NDL)
    assert (answer.status_code, draft.replaces) == (302, version)
    assert "This record belongs to other institutions" in page_of(person("stranger", (NAL, "officer")))


def test_the_drafts_and_notes_of_ours_are_seen_by_us_alone() -> None:
    agreed()
    officer, other = person("officer", (NDL, "officer")), person("other", (NLC, "officer"))
    draft = actions.draft(
        institution=NDL, record=EXCHANGE, content=exchange(NDL, NLC).content(), replaces=None, by="officer", at=AT
    )
    actions.note(institution=NDL, record=EXCHANGE, means="telephone", text="Ms <b>Kim</b> rang", by="officer", at=AT)
    page = page_of(officer)
    assert f'href="/desk/draft/{draft}/"' in page
    assert "Ms &lt;b&gt;Kim&lt;/b&gt; rang" in page
    assert "For our institution only" not in page_of(other)


def test_what_differs_from_what_stands_is_marked() -> None:
    version = agreed(title="The exchange in Tokyo")
    House(NDL).propose(exchange(NDL, NLC, title="The exchange in Kansai"), replaces=version)
    page = page_of(person("clerk", (NLC, "officer")))
    assert "The exchange in <del>Tokyo</del>" in page
    assert "The exchange in <ins>Kansai</ins>" in page
    assert '<small class="how">differs</small>' in page


def test_what_was_erased_is_gone_and_said_to_be() -> None:
    agreed(title="A person’s name")
    actions.erase(at_request_of_named=True, **House(NDL).said)
    client = person("clerk", (NDL, "officer"))
    for page in PAGES[:1] + PAGES[2:]:
        assert "A person’s name" not in page_of(client, PAGE + page)
    assert "Erased at the request of NDL on 22 November 2026" in text_of(page_of(client))
    assert person("other", (NAL, "head")).get(PAGE).status_code == 404


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_every_page_of_a_record_is_sound_in_every_language(language: str) -> None:
    version = agreed()
    second = House(NDL).propose(exchange(NDL, NLC, NLK, title="Otherwise"), replaces=version)
    actions.decline(version=second, reason=Text.of(ja="来年に"), **House(NLC).said)
    House(NLC).propose(exchange(NDL, NLC, NLK, title="As we would"), replaces=version)
    actions.check(version=version, note=Text.of(ko="확인함"), **House(COMPILER).said)
    client = person("clerk", (NDL, "head"), language=language)
    for page in PAGES:
        assert problems_of(page_of(client, PAGE + page)) == []


@pytest.mark.parametrize("versions", [1, 3])
def test_the_page_takes_as_many_statements_however_much_was_said(versions: int, django_assert_num_queries: Any) -> None:
    version = agreed()
    for number in range(versions - 1):
        second = House(NDL).propose(exchange(NDL, NLC, title=f"Version {number}"), replaces=version)
        House(NLC).accept(second)
        version = second
    House(NDL).propose(exchange(NDL, NLC, NLK, title="Proposed"), replaces=version)
    client = person("clerk", (NDL, "officer"))
    client.get(PAGE)
    with django_assert_num_queries(7):
        client.get(PAGE)
    with django_assert_num_queries(6):
        client.get(PAGE + "history/")
    with django_assert_num_queries(8):
        client.get(PAGE + "check/")


def test_a_text_that_came_to_nothing_is_drafted_otherwise_by_any_who_take_part() -> None:
    version = House(NDL).propose(exchange(NDL, NLC, title="May"))
    assert 'value="proposed"' not in page_of(person("chief", (NLC, "head")))
    reason = Text({"en": "Not in May"})
    actions.decline(version=version, reason=reason, institution=NLC, record=EXCHANGE, by="head", at=AT)
    officer = person("officer", (NDL, "officer"))
    assert "Send a counter-proposal" in text_of(page_of(officer))
    answer = officer.post("/desk/begin/", {"from": "proposed", "record": EXCHANGE})
    begun = queries.drafts_on(EXCHANGE)
    assert [(one.content["title"], one.replaces, one.answers) for one in begun] == [({"en": "May"}, "", "")]
    assert answer.headers["Location"] == f"/desk/draft/{begun[0].id}/edit/"


def test_nothing_is_drafted_otherwise_of_what_is_open_or_stands_or_is_not_seen() -> None:
    House(NDL).propose(exchange(NDL, NLC))
    for institution, status in ((NDL, 409), (COMPILER, 404)):
        client = person(f"officer-{institution[-3:]}", (institution, "officer"))
        assert client.post("/desk/begin/", {"from": "proposed", "record": EXCHANGE}).status_code == status
    assert queries.drafts_on(EXCHANGE) == ()


def test_a_reader_sees_why_what_was_withdrawn_is_not_theirs_to_draft() -> None:
    version = House(NDL).propose(exchange(NDL, NLC))
    actions.withdraw(version=version, institution=NDL, record=EXCHANGE, by="head", at=AT)
    page = text_of(page_of(person("reader", (NDL, "reader"))))
    assert "Start a new draft from this text Only the staff of the institution can draft for it." in page


def test_a_counter_proposal_tells_what_it_answers_and_is_compared_with_that() -> None:
    first = House(NDL).propose(exchange(NDL, NLC, title="May"))
    actions.counter(
        version=first,
        reason=Text({"en": "Not in May"}),
        document=exchange(NDL, NLC, title="October"),
        institution=NLC,
        record=EXCHANGE,
        by="head",
        at=AT,
    )
    client = person("chief", (NDL, "head"))
    assert "proposed this instead of a text it did not accept: Not in May" in text_of(page_of(client))
    compared = text_of(page_of(client, f"{PAGE}compare/")).partition("Two texts beside each other")[2]
    assert compared.index("May") < compared.index("October")
