"""What came from a partner, through the door: a letter that does several things in one act, or nothing at all."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions, models, queries
from koryu.files.models import FileRow
from koryu.institutions import actions as institutions
from koryu.ledger import queries as ledger
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from tests.desk.people import person
from tests.desk.test_exchange_people import everything_kept
from tests.world import (
    AT,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    WORK,
    House,
    exchange,
    settle_in,
    stands,
    uri,
)

pytestmark = pytest.mark.django_db
RECEIVED: Final = "/desk/exchange/e/received/"
PEOPLE: Final = "/desk/exchange/e/people/"
LETTER: Final = b"%PDF-1.7 these five come"
LIST: Final = (
    "序号\t姓名\t拼音\t部门\t职务\t备注\t护照号\n"
    "1\t沈文远\tShen Wenyuan\t\t副馆长\t团长\tPLANTED111\n"
    "2\t何静\tHe Jing\t国际交流处\t处长\t翻译\tPLANTED222\n"
)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def sent_to_nal(*others: str, **more: Any) -> str:
    """The plan of an exchange with the NAL, which has no key here: sent, and answered by nobody yet."""
    return House(NDL).propose(exchange(NDL, NAL, *others, hosts=[NAL], shown_to="institutions", **more))


def agreed_with_nal(**more: Any) -> str:
    version = sent_to_nal(**more)
    actions.accept_by_letter(
        institution=NDL, on_behalf_of=NAL, letter=digest(b"yes"), record=EXCHANGE, version=version, **HEAD
    )
    return version


def letter(name: str = "re.pdf", body: bytes = LETTER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type="application/pdf")


def receives(client: Client, **typed: Any) -> Any:
    """The form sent, with a letter of the NAL of 2 September unless something else is said."""
    sent: dict[str, Any] = {"partner": NAL, "letter": letter(), "dated": "2 September 2026", **typed}
    return client.post(RECEIVED, {name: value for name, value in sent.items() if value is not None})


def accepting(*versions: str) -> dict[str, str]:
    return {f"answer:{version}": "accepts" for version in versions}


def drafts() -> list[queries.Drafted]:
    return sorted(queries.drafts_of(NDL), key=lambda draft: draft.id)


def everything() -> tuple[int, int, int, int]:
    """How much there is of all that a letter could leave behind."""
    return (
        len(list(ledger.entries())),
        FileRow.objects.count(),
        models.DraftRow.objects.count(),
        models.Note.objects.count(),
    )


# In one act


def test_one_letter_accepts_the_plan_and_names_the_people(head: Client) -> None:
    version = sent_to_nal()
    answer = receives(head, **accepting(version), names=["participation"], **{"signed-by": "国际交流处"})
    assert (answer.status_code, answer.headers["Location"]) == (302, PEOPLE)
    standing = queries.standing(EXCHANGE)
    assert standing
    assert (standing.version, standing.agreed) == (version, True)
    (draft,) = drafts()
    named = {"digest": digest(LETTER), "dated": "2026-09-02"}
    assert (draft.says, draft.content["institution"], draft.content["side"]) == ("recorded", NAL, "hosting")
    assert (draft.content["sources"], draft.content["shown_to"]) == ([{"id": "l1", "letter": named}], "institutions")
    # One file, kept with the plan that it accepts and with the draft that rests on it.
    assert FileRow.objects.count() == 1
    for record in (EXCHANGE, draft.record):
        assert head.get(f"/desk/file/{digest(LETTER)}?of={record}").content == LETTER
    note = models.Note.objects.get()
    assert (note.institution, note.record) == (NDL, EXCHANGE)
    assert note.text == (
        "Received from NAL: re.pdf, 2 September 2026, signed by 国际交流处\nAccepts: Exchange\nGives: participation"
    )


def test_several_texts_are_accepted_by_one_letter_the_plan_first(head: Client) -> None:
    version = sent_to_nal()
    visit = {"side": "visiting", "institution": NDL, "host": NAL, "exchange": EXCHANGE, "shown_to": "institutions"}
    document = document_of({"kind": "participation", "title": {"en": "A dispatch"}, **visit})
    other = House(NDL, uri("participation/d")).propose(document)
    assert receives(head, **accepting(other, version)).status_code == 302
    said = [entry.sealed for entry in ledger.entries() if entry.said == "accepted by letter"]
    assert [(each["record"], each["letter"]) for each in said] == [
        (EXCHANGE, digest(LETTER)),
        (uri("participation/d"), digest(LETTER)),
    ]


def test_a_list_that_is_pasted_is_put_in_with_the_acceptance_and_what_is_left_out_is_said(head: Client) -> None:
    version = sent_to_nal()
    answer = receives(head, **accepting(version), text=LIST)
    assert answer.headers["Location"] == PEOPLE
    standing = queries.standing(EXCHANGE)
    assert standing
    assert standing.agreed
    (draft,) = drafts()
    assert [member["roles"] for member in draft.content["members"]] == [["head of delegation"], ["interpreter"]]
    assert [member["printed"]["zh-Hans"] for member in draft.content["members"]] == ["沈文远", "何静"]
    assert draft.content["sources"][0]["letter"]["digest"] == digest(LETTER)
    page = head.get(PEOPLE).content.decode()
    assert "Rows put in or changed: 2." in page
    assert "Columns left out, and not saved anywhere: 序号, 护照号." in page
    assert "PLANTED" not in everything_kept()


def test_what_it_would_have_otherwise_becomes_a_draft_and_the_file_is_not_kept(head: Client) -> None:
    version = sent_to_nal(planned_size=5)
    answer = receives(head, **{f"answer:{version}": "otherwise"}, dated=None)
    (draft,) = drafts()
    assert answer.headers["Location"] == f"/desk/draft/{draft.id}/edit/"
    assert (draft.record, draft.content["planned_size"], draft.says) == (EXCHANGE, 5, "proposed")
    assert FileRow.objects.count() == 0
    assert "Would have it otherwise: Exchange" in models.Note.objects.get().text
    # The text that was sent stays open until somebody withdraws it.
    assert queries.history(EXCHANGE).open_versions


def overview(client: Client) -> str:
    html = client.get("/desk/exchange/e/").content.decode().partition("<main")[2]
    return re.sub(r"\s+", " ", re.sub(r"<(?!a |/a)[^>]+>", " ", html))


def test_what_a_partner_would_have_changed_is_our_turn_with_the_ways_to_go_on(head: Client) -> None:
    version = sent_to_nal(planned_size=5)
    assert "to reply: " in overview(head)
    for _ in range(2):
        receives(head, **{f"answer:{version}": "otherwise"}, dated=None)
    page, (draft,) = overview(head), drafts()
    assert "to reply: " not in page
    assert "has written and wants something changed (noted on" in page
    assert "Your turn: withdraw the text that is open and send the next version." in page
    (withdraw,) = set(re.findall(r'href="([^"]+act/withdraw/[^"]*)"', page))
    assert head.get(unescape(withdraw)).status_code == 200
    assert f'href="/desk/draft/{draft.id}/edit/"' in page
    assert "has written and wants something changed" in head.get("/desk/exchanges/").content.decode()
    actions.withdraw(record=EXCHANGE, version=version, institution=NDL, by="head", at=AT)
    page = overview(head)
    assert ("wants something changed" in page, "no partner has a text to answer" in page) == (False, True)


def test_what_a_partner_wrote_to_us_is_told_to_nobody_else(head: Client) -> None:
    version = sent_to_nal(planned_size=5)
    receives(head, **{f"answer:{version}": "otherwise"}, dated=None)
    other = person("reader", (NAL, "head"))
    assert "wants something changed" not in other.get("/desk/exchange/e/").content.decode()
    reader = overview(person("ours", (NDL, "reader")))
    assert ("wants something changed" in reader, "act/withdraw" in reader) == (True, False)


def test_a_text_of_a_third_is_answered_by_our_own_counter_proposal(head: Client) -> None:
    document = exchange(NDL, NAL, NLC, shown_to="institutions")
    version = House(NLC).propose(document)
    receives(head, **{f"answer:{version}": "otherwise"})
    assert [draft.answers for draft in drafts()] == [version]


def test_papers_and_the_timetable_of_the_host_are_begun_from_the_same_letter(head: Client) -> None:
    agreed_with_nal()
    answer = receives(head, names=["paper", "timetable"])
    assert answer.headers["Location"] == "/desk/exchange/e/"
    assert [(draft.kind, draft.content["sources"][0]["letter"]["dated"]) for draft in drafts()] == [
        ("paper", "2026-09-02"),
        ("timetable", "2026-09-02"),
    ]
    assert FileRow.objects.count() == 1


def test_what_a_partner_has_written_is_recorded_from_its_letter_which_stays_ours(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    (draft,) = drafts()
    address = f"/desk/file/{digest(LETTER)}?of={draft.record}"
    head.post(f"/desk/draft/{draft.id}/send/", {"shown": draft.digest})
    standing = queries.standing(draft.record)
    assert standing
    assert (standing.recorder, standing.agreed) == (NDL, False)
    # The partner reads what was recorded, and not the letter; nor does anybody else.
    partner, stranger = person("partner", (NAL, "officer")), person("stranger", (NLC, "head"))
    assert [client.get(f"/desk/record/{draft.record}/").status_code for client in (partner, stranger)] == [200, 404]
    assert [client.get(address).status_code for client in (head, partner, stranger)] == [200, 404, 404]


def test_a_letter_that_allows_it_lets_what_rests_on_it_be_made_public(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"], public="1")
    (draft,) = drafts()
    assert draft.content["sources"][0]["letter"]["public"] is True
    content = {name: value for name, value in draft.content.items() if name != "shown_to"}
    actions.save(draft=draft.id, content=content, seen=draft.edition, by="director", at=HEAD["at"])
    (draft,) = drafts()
    head.post(f"/desk/draft/{draft.id}/send/", {"shown": draft.digest})
    standing = queries.standing(draft.record)
    assert standing
    assert "shown_to" not in (standing.content or {"shown_to": "gone"})


def test_a_letter_that_does_not_allow_it_does_not(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    (draft,) = drafts()
    content = {name: value for name, value in draft.content.items() if name != "shown_to"}
    actions.save(draft=draft.id, content=content, seen=draft.edition, by="director", at=HEAD["at"])
    answer = head.post(f"/desk/draft/{draft.id}/send/", {"shown": drafts()[0].digest})
    assert "unless the letter allows it" in answer.content.decode()
    assert queries.standing(draft.record) is None


def test_a_letter_goes_with_the_draft_that_is_thrown_away(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    assert FileRow.objects.filter(digest=digest(LETTER)).count() == 1
    head.post(f"/desk/draft/{drafts()[0].id}/discard/")
    assert FileRow.objects.filter(digest=digest(LETTER)).count() == 0


# A second time


def test_the_same_form_sent_twice_does_all_of_it_once(head: Client) -> None:
    version = sent_to_nal()
    for _ in range(2):
        assert receives(head, **accepting(version), names=["participation", "paper"]).status_code == 302
    assert sum(entry.said == "accepted by letter" for entry in ledger.entries()) == 1
    assert [draft.kind for draft in drafts()] == ["participation", "paper"]
    assert models.Note.objects.count() == 1


def test_a_second_letter_is_named_beside_the_first_in_the_draft_that_is_there(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    receives(head, names=["participation"], letter=letter(body=b"%PDF-1.7 one cannot come"), dated="9 September 2026")
    (draft,) = drafts()
    assert [(source["id"], source["letter"]["dated"]) for source in draft.content["sources"]] == [
        ("l1", "2026-09-02"),
        ("l2", "2026-09-09"),
    ]
    assert FileRow.objects.count() == 2


def test_a_second_letter_begins_the_next_version_of_what_we_recorded(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    (draft,) = drafts()
    head.post(f"/desk/draft/{draft.id}/send/", {"shown": draft.digest})
    receives(head, names=["participation"], letter=letter(body=b"%PDF-1.7 one cannot come"), dated="9 September 2026")
    (again,) = drafts()
    assert (again.record, again.says, len(again.content["sources"])) == (draft.record, "recorded", 2)
    head.post(f"/desk/draft/{again.id}/send/", {"shown": again.digest})
    assert drafts() == []


def test_what_the_first_text_rests_on_is_offered_for_the_next(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    (first,) = drafts()
    page = head.get(RECEIVED).content.decode()
    assert "the letter of <time" in page or "the letter of 2 September 2026" in re.sub(r"<[^>]+>", "", page)
    assert receives(head, names=["paper"], letter=None, dated=None, resting=first.record).status_code == 302
    assert drafts()[1].content["sources"] == first.content["sources"]
    # The draft of the people goes; the letter stays with the paper.
    head.post(f"/desk/draft/{first.id}/discard/")
    assert head.get(f"/desk/file/{digest(LETTER)}?of={drafts()[0].record}").content == LETTER


def test_sources_of_another_partner_are_not_taken_over(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["participation"])
    before = everything()
    for resting in (EXCHANGE, uri("participation/none")):
        assert receives(head, names=["paper"], letter=None, dated=None, resting=resting).status_code == 409
    assert everything() == before


# From a publication


def test_what_a_partner_has_published_is_recorded_from_it(officer: Client) -> None:
    agreed_with_nal()
    assert receives(officer, names=["participation"], letter=None, dated=None, work=WORK).status_code == 302
    (draft,) = drafts()
    assert draft.content["sources"] == [{"id": "l1", "work": WORK}]
    assert "shown_to" not in draft.content
    assert models.Note.objects.count() == 0


def test_a_partner_with_a_key_here_says_it_itself_but_for_what_it_has_published(officer: Client) -> None:
    stands(exchange(NDL, NLC), NDL, NLC)
    answer = receives(officer, partner=NLC, names=["participation"])
    assert (answer.status_code, "uses this server and must reply itself" in answer.content.decode()) == (409, True)
    sent = receives(officer, partner=NLC, names=["participation"], letter=None, dated=None, work=WORK)
    assert sent.status_code == 302


# Refused, and nothing is left behind


REFUSED: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "it does nothing": ({}, "Say what the letter does"),
    "from nobody": ({"partner": "", "names": ["paper"]}, "Choose from which institution it came."),
    "from ourselves": ({"partner": NDL, "names": ["paper"]}, "Choose from which institution it came."),
    "from no institution of the exchange": ({"partner": NLK, "names": ["paper"]}, "Choose from which institution"),
    "no letter": ({"letter": None, "names": ["paper"]}, "Name the publication it is based on"),
    "no date": ({"dated": None, "names": ["paper"]}, "Give the date of the letter"),
    "no such date": ({"dated": "some day", "names": ["paper"]}, "“some day” is not understood as a date."),
    "its report": ({"names": ["report"]}, "Choose what it is."),
    "a program": ({"letter": letter("evil.exe"), "names": ["paper"]}, "cannot be attached"),
    "empty": ({"letter": letter(body=b""), "names": ["paper"]}, "is empty"),
    "not what it says": ({"letter": letter(body=b"MZ"), "names": ["paper"]}, "is not what its name says"),
    "too long a name": ({"names": ["paper"], "signed-by": "x" * 201}, "A name has at most 200 characters."),
    "a text that is not open": (accepting("sha256:" + "0" * 64), "is no longer open"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_nothing_behind(head: Client, case: str) -> None:
    typed, said = REFUSED[case]
    agreed_with_nal()
    before = everything()
    answer = receives(head, **{**typed, **({"letter": _again(typed["letter"])} if typed.get("letter") else {})})
    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert "no file was kept" in answer.content.decode()
    assert everything() == before


def _again(file: SimpleUploadedFile) -> SimpleUploadedFile:
    file.seek(0)
    return file


def test_a_letter_that_is_too_large_is_refused(head: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILE_SIZE", 1024)
    version = sent_to_nal()
    before = everything()
    answer = receives(head, **accepting(version), letter=letter(body=b"%PDF-1.7" + b"x" * 2048))
    assert (answer.status_code, "is too large" in answer.content.decode()) == (409, True)
    assert everything() == before


def test_an_acceptance_needs_the_letter(head: Client) -> None:
    version = sent_to_nal()
    answer = receives(head, **accepting(version), letter=None)
    assert (answer.status_code, "Attach the letter or mail" in answer.content.decode()) == (409, True)


def test_a_text_superseded_that_minute_refuses_all_of_it(head: Client) -> None:
    """The plan is withdrawn and sent anew while the letter is being typed: the people are not begun either."""
    version = sent_to_nal()
    actions.withdraw(institution=NDL, record=EXCHANGE, version=version, **HEAD)
    sent_to_nal(planned_size=4)
    before = everything()
    answer = receives(head, **accepting(version), names=["participation"])
    assert (answer.status_code, "no longer open" in answer.content.decode()) == (409, True)
    assert everything() == before


def test_what_was_undone_is_not_told_as_done(head: Client) -> None:
    version = sent_to_nal()
    actions.withdraw(institution=NDL, record=EXCHANGE, version=version, **HEAD)
    sent_to_nal(planned_size=4)
    answer = receives(head, **accepting(version), text=LIST)
    assert (answer.status_code, "Rows put in" in answer.content.decode()) == (409, False)
    assert "Rows put in" not in head.get(RECEIVED).content.decode()


def test_of_several_texts_the_one_that_is_refused_is_named_and_none_is_accepted(head: Client) -> None:
    version = sent_to_nal()
    visit = {"side": "visiting", "institution": NDL, "host": NLK, "exchange": EXCHANGE, "shown_to": "institutions"}
    document = document_of({"kind": "participation", "title": {"en": "Of a third"}, **visit})
    other = House(NDL, uri("participation/d")).propose(document)
    before = everything()
    answer = receives(head, **accepting(version, other))
    assert (answer.status_code, "is not among those who must agree" in answer.content.decode()) == (409, True)
    assert everything() == before


def test_a_partner_given_a_key_while_its_letter_is_typed_replies_itself(head: Client) -> None:
    version = sent_to_nal()
    page = head.get(RECEIVED).content.decode()
    assert f"answer:{version}" in page
    actions.give_key(institution=NAL, by="operator", at=HEAD["at"])
    before = everything()
    for typed in ({**accepting(version), "names": ["participation"]}, {"names": ["participation"]}):
        answer = receives(head, **typed)
        assert (answer.status_code, "must reply itself" in answer.content.decode()) == (409, True)
        assert everything() == before
    assert f"answer:{version}" not in head.get(RECEIVED).content.decode()


def test_a_list_that_is_too_long_refuses_all_of_it(head: Client) -> None:
    version = sent_to_nal()
    before = everything()
    answer = receives(head, **accepting(version), text="\n".join(f"name {n}\tpost" for n in range(2310)))
    assert (answer.status_code, "a sheet takes 500" in answer.content.decode()) == (409, True)
    assert everything() == before


# Who may


def test_an_officer_accepts_by_letter_only_where_the_head_has_given_that_right(officer: Client) -> None:
    version = sent_to_nal()
    page = officer.get(RECEIVED).content.decode()
    assert re.search(r'value="accepts" disabled', page)
    before = everything()
    assert receives(officer, **accepting(version), names=["participation"]).status_code == 409
    assert everything() == before
    institutions.delegate(institution=NDL, kind="exchange", by="head", at=HEAD["at"])
    assert receives(officer, **accepting(version), names=["participation"]).status_code == 302


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_who_does_not_draft_records_nothing(role: str) -> None:
    version = sent_to_nal()
    client = person(f"the-{role}", (NDL, role))
    assert client.get(RECEIVED).status_code == 200
    before = everything()
    for typed in ({"names": ["participation"]}, accepting(version), {f"answer:{version}": "otherwise"}):
        assert receives(client, **typed).status_code == 409
        assert everything() == before


@pytest.mark.parametrize("outside", [lambda: person("stranger", (NLK, "head")), Client])
def test_from_outside_there_is_nothing_here(outside: Callable[[], Client]) -> None:
    version = sent_to_nal()
    client = outside()
    expected = 404 if client.cookies.get("koryu-language") else 302
    assert client.get(RECEIVED).status_code == expected
    before = everything()
    assert receives(client, **accepting(version), names=["participation"]).status_code in (404, 401)
    assert everything() == before


# How it is made


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_statements_however_much_there_is(
    head: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    sent_to_nal()
    for place in range(count):
        receives(head, names=["paper"], letter=letter(body=b"%PDF-1.7 " + str(place).encode()))
    head.get(RECEIVED)
    with django_assert_max_num_queries(8):
        head.get(RECEIVED)


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_page_is_made_in_every_language(language: str) -> None:
    sent_to_nal()
    client = person("second", (NDL, "head"), language=language)
    receives(client, names=["paper"])
    answer = client.get(RECEIVED)
    assert (answer.status_code, f'<html lang="{language[:2]}' in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(("dated", "told"), [("2099-01-01", True), ("2026-09-02", False)])
def test_a_letter_that_is_dated_after_today_is_taken_and_that_is_told(head: Client, dated: str, told: bool) -> None:
    version = sent_to_nal(planned_size=5)
    answer = receives(head, **{f"answer:{version}": "otherwise"}, dated=dated)
    page = head.get(answer.headers["Location"]).content.decode()
    assert ("The date of the letter is after today" in page) is told


def test_who_can_open_a_letter_is_as_the_page_says(head: Client) -> None:
    version = sent_to_nal(planned_size=5)
    receives(head, **accepting(version))
    kept = digest(LETTER)
    assert "A letter that accepts a text can be opened by those who take part" in head.get(RECEIVED).content.decode()
    there, stranger = person("there", (NAL, "reader")), person("stranger", (NLC, "head"))
    answers = [client.get(f"/desk/file/{kept}", {"of": EXCHANGE}).status_code for client in (head, there, stranger)]
    assert answers == [200, 200, 404]


def test_a_letter_that_only_gives_something_is_opened_by_our_institution_alone(head: Client) -> None:
    agreed_with_nal()
    receives(head, names=["paper"])
    (draft,) = drafts()
    kept = digest(LETTER)
    there = person("there", (NAL, "reader"))
    answers = [client.get(f"/desk/file/{kept}", {"of": draft.record}).status_code for client in (head, there)]
    assert answers == [200, 404]
