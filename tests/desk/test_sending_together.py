"""Several texts of an exchange through the door: chosen, submitted, approved, answered; and who may not."""

import re
from datetime import date
from html import unescape
from typing import Any, Final
from urllib.parse import unquote

import pytest
from django.test import Client

from koryu.archive import queries as archive
from koryu.consent import actions, queries
from koryu.consent.queries import Package
from koryu.desk.exchange.together.new_names import names_to_look_at
from koryu.institutions import actions as people
from koryu.ledger import queries as ledger
from koryu.planning.actions import keep_rows
from koryu.records.document import Document
from tests.archive.test_rebuild import everything
from tests.desk.people import person
from tests.world import (
    AT,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    House,
    drafted,
    exchange,
    history,
    paper,
    participation,
    settle_in,
    stands,
    the_exchange,
    timetable,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
SEND: Final = "/desk/exchange/e/send/"
ANSWER: Final = "/desk/exchange/e/answer/"
PREVIEW: Final = "/desk/exchange/e/preview/"
PEOPLE, PAPER = uri("participation/ours"), uri("paper/one")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def head() -> Client:
    return person("chief", (NDL, "head"))


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def three() -> list[int]:
    """The drafts of an exchange, of our people and of a paper of ours."""
    return [
        drafted(NDL, under(NDL, NLC, shown_to="institutions")),
        drafted(NDL, participation(NDL, shown_to="institutions"), PEOPLE),
        drafted(NDL, paper(NDL, shown_to="institutions", title={"en": "First paper"}), PAPER),
    ]


def page_of(client: Client, address: str = SEND) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return main_of(answer)


def main_of(answer: Any) -> str:
    return str(answer.content.decode().partition("<main")[2].partition("</main>")[0])


def text_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def posted_from(page: str, *, ticked: list[int] | None = None) -> dict[str, Any]:
    """The fields of the form as a browser would send them, with those that were ticked; or others."""
    form = page.partition('id="send"')[2].partition("</form>")[0]
    fields: dict[str, Any] = dict(re.findall(r'type="hidden" name="(edition-[^"]+)" value="([^"]*)"', form))
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        fields[name] = (re.findall(r'<option value="([^"]*)" selected', inside) or [""])[0]
    boxes = re.findall(r'type="checkbox" name="draft" value="(\d+)"[^>]*? checked', form)
    fields["draft"] = boxes if ticked is None else [str(number) for number in ticked]
    return fields


def go(client: Client, do: str, **more: Any) -> Any:
    ticked = more.pop("ticked", None)
    return client.post(SEND, {**posted_from(page_of(client), ticked=ticked), "do": do, **more})


def waiting() -> Package:
    (package,) = queries.packages_in(queries.drafts_of(NDL))
    return package


def address_of(package: Package) -> str:
    return f"{SEND}{package.together}/"


def approve(client: Client, package: Package, **more: Any) -> Any:
    return client.post(address_of(package), {"shown": package.digest, "do": "approve", **more})


# Choosing


def test_what_is_ready_is_ticked_with_what_it_changes_and_who_must_agree(officer: Client, three: list[int]) -> None:
    page = page_of(officer)
    assert posted_from(page)["draft"] == [str(number) for number in three]
    rows = [text_of(row) for row in re.findall(r"<tr>\s*<td class=\"tick\">.*?</tr>", page, re.DOTALL)]
    assert ["NLC" in rows[0], "ours alone" in rows[1], "new" in rows[2]] == [True, True, True]


def test_a_text_that_would_be_refused_says_why_and_cannot_be_ticked(officer: Client, three: list[int]) -> None:
    House(NLC).propose(under(NDL, NLC, title="Theirs"))
    page = page_of(officer)
    assert "already an open proposal" not in posted_from(page)["draft"]
    assert "✕" in page
    assert str(three[0]) not in posted_from(page)["draft"]


def test_a_draft_that_is_not_finished_says_so(officer: Client, three: list[int]) -> None:
    content = {**paper(NDL, shown_to="institutions").content()}
    del content["type"]
    actions.save(draft=three[2], content=content, seen=1, **HEAD)
    assert "It is not finished." in page_of(officer)


def test_what_stands_is_compared_field_by_field(officer: Client) -> None:
    first = the_exchange(shown_to="institutions")
    drafted(NDL, under(NDL, NLC, title="Another title", planned_size=5, shown_to="institutions"), replaces=first)
    page = text_of(page_of(officer))
    assert "2 fields" in page


def test_an_officer_submits_what_is_ticked_and_the_rest_stays(officer: Client, three: list[int]) -> None:
    answer = go(officer, "submit", ticked=three[:2])
    assert (answer.status_code, answer.headers["Location"]) == (302, SEND)
    assert [draft.id for draft in waiting().drafts] == three[:2]
    page = text_of(page_of(officer))
    assert "2 texts wait for approval together" in page
    assert "First paper" in page


def test_whoever_may_speak_sends_them_at_once(head: Client, three: list[int]) -> None:
    assert go(head, "send").status_code == 302
    assert history().open_versions
    assert history(PEOPLE).agreed
    assert "No text of this exchange is in draft." in page_of(head)


def test_an_officer_cannot_send_what_is_the_heads_to_send(officer: Client, three: list[int]) -> None:
    answer = go(officer, "send")
    assert (answer.status_code, "Only the head" in main_of(answer)) == (409, True)
    assert history(PEOPLE).headers == {}
    assert queries.packages_in(queries.drafts_of(NDL)) == ()
    # What is ticked stays ticked.
    assert posted_from(main_of(answer))["draft"] == [str(number) for number in three]


def test_nothing_ticked_is_refused(officer: Client, three: list[int]) -> None:
    answer = go(officer, "submit", ticked=[])
    assert (answer.status_code, "Choose at least one text." in main_of(answer)) == (409, True)


@pytest.mark.parametrize("number", ["x", "99999999999999999999", "-1", ""])
def test_what_no_page_writes_is_no_draft(officer: Client, three: list[int], number: str) -> None:
    answer = go(officer, "submit", draft=[number])
    assert answer.status_code == 409


def test_drafts_of_another_exchange_or_house_are_not_there(officer: Client, three: list[int]) -> None:
    other = drafted(NDL, exchange(NDL, NLC), uri("exchange/other"))
    theirs = drafted(NLC, paper(NLC, shown_to="institutions"), uri("paper/theirs"))
    actions.share(draft=theirs, **HEAD)
    for number in (other, theirs, max(three) + 1000):
        answer = go(officer, "submit", draft=[str(number)], **{f"edition-{number}": "1"})
        assert (answer.status_code, "deleted meanwhile" in main_of(answer)) == (409, True)


def test_a_draft_that_was_changed_after_it_was_shown_is_not_submitted(officer: Client, three: list[int]) -> None:
    fields = posted_from(page_of(officer))
    actions.save(draft=three[2], content=paper(NDL, label="L1").content(), seen=1, **HEAD)
    answer = officer.post(SEND, {**fields, "do": "submit"})
    assert (answer.status_code, "changed after they were shown" in main_of(answer)) == (409, True)
    assert all(draft.waiting is None for draft in queries.drafts_of(NDL))


def test_a_form_sent_twice_submits_once(officer: Client, three: list[int]) -> None:
    fields = {**posted_from(page_of(officer)), "do": "submit"}
    assert [officer.post(SEND, fields).status_code for _ in range(2)] == [302, 409]
    assert len(waiting().drafts) == 3


def test_what_was_ticked_when_the_session_had_ended_is_ticked_again(officer: Client, three: list[int]) -> None:
    session = officer.session
    session["unsaved"] = {"path": SEND, "typed": f"draft={three[1]}&to-{three[2]}=public&do=submit"}
    session.save()
    page = page_of(officer)
    assert "You were signed out meanwhile" in page
    fields = posted_from(page)
    assert (fields["draft"], fields[f"to-{three[2]}"]) == ([str(three[1])], "public")
    assert all(draft.waiting is None for draft in queries.drafts_of(NDL))


# Who will see it


def test_choosing_who_will_see_it_saves_that_and_sends_nothing_before_it_was_seen(
    head: Client, three: list[int]
) -> None:
    before = ledger.last_number()
    answer = go(head, "send", **{f"to-{three[2]}": "public"})
    assert (answer.status_code, ledger.last_number()) == (302, before)
    found = queries.draft(three[2])
    assert found
    assert found.content["shown_to"] == "public"
    page = text_of(page_of(head))
    assert "Saved who will see it" not in page or "nothing has been sent" in page


def test_only_those_who_can_be_chosen_are(head: Client, three: list[int]) -> None:
    for to in ("own", "nobody", ""):
        go(head, "choose", **{f"to-{three[2]}": to})
    assert queries.drafts_numbered([three[2]])[0].content["shown_to"] == "institutions"


def test_readers_see_nothing_until_the_plan_is_public_and_agreed(head: Client, three: list[int]) -> None:
    go(head, "choose", **{f"to-{three[2]}": "public"})
    assert "Readers will see none of it until the plan is public too." in text_of(page_of(head))
    go(head, "choose", **{f"to-{three[0]}": "public"})
    assert "Readers will see it when NLC has agreed to the plan." in text_of(page_of(head))
    go(head, "send")
    assert archive.counts(asking=archive.EVERYBODY).get("paper", 0) == 0
    House(NLC).accept(history().open_versions[0])
    assert archive.counts(asking=archive.EVERYBODY)["paper"] == 1


@pytest.mark.parametrize("state", ["postponed", "cancelled"])
def test_of_what_is_put_off_readers_see_the_plan_alone_and_the_page_says_so(head: Client, state: str) -> None:
    the_exchange(event={"state": state})
    drafted(NDL, participation(NDL, shown_to="public"), PEOPLE)
    page = text_of(page_of(head))
    assert "Readers see the plan alone as long as the exchange is postponed or cancelled." in page
    assert ("send people, papers and the timetable again" in page) == (state == "postponed")
    go(head, "send")
    assert archive.lines_named([PEOPLE], asking=archive.EVERYBODY) == {}


def test_what_was_made_public_is_offered_to_nobody_fewer(officer: Client) -> None:
    first = the_exchange()
    number = drafted(NDL, under(NDL, NLC, title="Next"), replaces=first)
    assert f'name="to-{number}"' not in page_of(officer)


def test_a_timetable_says_which_titles_of_the_partner_will_not_show(officer: Client) -> None:
    the_exchange(shown_to="institutions")
    theirs = uri("paper/theirs")
    House(NLC, theirs).propose(paper(NLC, shown_to="institutions"))
    sessions = [{"id": "s", "type": "working session", "papers": [theirs]}]
    drafted(NDL, timetable(NDL, sessions=sessions), uri("timetable/t"))
    assert "Papers of NLC that are not public: 1. Their titles will not show." in text_of(page_of(officer))


# Names that go public


def test_names_that_go_public_are_looked_at_once_and_become_records_sent_first(head: Client) -> None:
    the_exchange()
    printed = {"ja": "森 健一", "ja-Hira": "もり けんいち", "en": "MORI Kenichi", "source": "ja"}
    members = [{"id": "m", "printed": printed}, {"id": "n", "printed": {"en": "Not Yet"}}]
    number = drafted(NDL, participation(NDL, members=members), PEOPLE)
    speakers = [{"id": "s", "printed": {"ja": "森 健一"}}]
    given = drafted(NDL, paper(NDL, speakers=speakers), PAPER)
    page = page_of(head)
    assert "2 names that go public are on no record yet" in text_of(page)
    form = page.partition('class="names"')[2]
    fields: dict[str, Any] = dict(re.findall(r'<input id="[^"]+" name="([^"]+)" value="([^"]*)"', form))
    for name, inside in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', form, re.DOTALL):
        fields[name] = re.findall(r'<option value="([^"]*)" selected', inside)[0]
    keys = re.findall(r'name="name" value="([^"]+)"', form)
    before = archive.counts(asking=NDL).get("person", 0)
    assert head.post(SEND, {**fields, "name": keys[:1], "do": "names"}).status_code == 302
    # Nothing is on record by that.
    assert archive.counts(asking=NDL).get("person", 0) == before
    listed, paper_ = queries.draft(number), queries.draft(given)
    assert listed
    assert paper_
    someone = listed.content["members"][0]["person"]
    assert (listed.content["members"][1].get("person"), paper_.content["speakers"][0]["person"]) == (None, someone)
    (draft,) = queries.drafts_of_records(NDL, [someone])
    assert [(form["lang"], form["order"], form.get("reading")) for form in draft.content["names"]] == [
        ("ja", "family first", "もり けんいち"),
        ("en", "family first", None),
    ]
    assert someone.endswith("/person/mori-kenichi")
    assert "1 name that goes public is on no record yet" in text_of(page_of(head))
    before_sending = ledger.last_number()
    assert go(head, "send").status_code == 302
    records = list(dict.fromkeys(str(entry.sealed["record"]) for entry in ledger.entries(after=before_sending)))
    assert records == [someone, PEOPLE, PAPER]
    assert archive.counts(asking=archive.EVERYBODY)["person"] == 1


def test_a_name_in_one_language_here_and_another_there_is_one_person_and_two_rows_are_two(head: Client) -> None:
    the_exchange()
    wang = {"zh-Hans": "王芳", "zh-Latn-pinyin": "Wang Fang", "source": "zh-Hans"}
    members = [
        {"id": "m", "printed": wang},
        {"id": "n", "printed": {"zh-Hans": "李伟"}},
        {"id": "o", "printed": {"zh-Hans": "李伟"}},
    ]
    drafted(NDL, participation(NDL, members=members), PEOPLE)
    speakers = [{"id": "s1", "printed": {"ja": "王芳"}}, {"id": "row-o", "printed": {"en": "Li Wei"}}]
    drafted(NDL, paper(NDL, speakers=speakers), PAPER)
    drafted(NDL, paper(NDL, speakers=[{"id": "s1", "printed": {"en": "WANG Fang"}}]), uri("paper/two"))
    names = names_to_look_at(queries.drafts_of(NDL))
    assert [(name.called, [place.item for place in name.places]) for name in names] == [
        ("王芳", ["m", "s1", "s1"]),
        ("李伟", ["n"]),
        ("李伟", ["o", "row-o"]),
    ]
    assert len({name.key for name in names}) == 3


def test_nobody_is_put_on_record_before_a_text_that_names_them_goes_public(head: Client) -> None:
    the_exchange()
    number = drafted(NDL, participation(NDL, members=[{"id": "m", "printed": {"en": "MORI Kenichi"}}]), PEOPLE)
    (key,) = re.findall(r'name="name" value="([^"]+)"', page_of(head))
    head.post(SEND, {"name": [key], f"{key}-en-order": "as written", "do": "names"})
    assert len(posted_from(page_of(head))["draft"]) == 2
    go(head, "choose", **{f"to-{number}": "institutions"})
    assert posted_from(page_of(head))["draft"] == [str(number)]
    assert "No text that names this person is for everyone yet." in text_of(page_of(head))


def test_a_name_in_the_wrong_order_is_refused_and_nobody_is_begun(head: Client) -> None:
    the_exchange()
    members = [{"id": "m", "printed": {"en": "MORI Kenichi"}}]
    number = drafted(NDL, participation(NDL, members=members), PEOPLE)
    (key,) = re.findall(r'name="name" value="([^"]+)"', page_of(head))
    typed = {f"{key}-en-family": "Mori", f"{key}-en-given": "Kenichi", f"{key}-en-order": "given first"}
    answer = head.post(SEND, {**typed, "name": [key], "do": "names"})
    assert (answer.status_code, "in the order chosen" in main_of(answer)) == (409, True)
    assert [draft.id for draft in queries.drafts_of(NDL)] == [number]


def test_a_contributor_begins_no_records_of_people(head: Client) -> None:
    the_exchange()
    drafted(NDL, participation(NDL, members=[{"id": "m", "printed": {"en": "MORI Kenichi"}}]), PEOPLE)
    (key,) = re.findall(r'name="name" value="([^"]+)"', page_of(head))
    contributor = person("hand", (NDL, "contributor"))
    assert contributor.post(SEND, {"name": [key], "do": "names"}).status_code == 409
    assert len(queries.drafts_of(NDL)) == 1


# The head


def test_the_head_reads_all_beside_what_stands_and_approves_exactly_that(officer: Client, head: Client) -> None:
    first = the_exchange(shown_to="institutions")
    drafted(NDL, under(NDL, NLC, title="Another title", shown_to="institutions"), replaces=first)
    drafted(NDL, paper(NDL, shown_to="institutions", title={"en": "First paper"}), PAPER)
    go(officer, "submit")
    package = waiting()
    page = page_of(head, address_of(package))
    assert ("Current version" in page, "Another title" in page, "First paper" in page) == (True, True, True)
    assert "Approve and send 2 texts" in text_of(page)
    assert approve(head, package).headers["Location"] == "/desk/exchange/e/"
    assert history(PAPER).agreed
    assert head.get(address_of(package)).status_code == 404


def test_all_come_back_with_a_remark_to_whoever_submitted_them(officer: Client, head: Client, three: list[int]) -> None:
    go(officer, "submit")
    package = waiting()
    returning = {"shown": package.digest, "do": "return", "remark": "The second week, please"}
    assert head.post(address_of(package), returning).status_code == 302
    page = text_of(page_of(officer))
    assert "3 texts were returned together by Chief" in page
    assert "The second week, please" in page


def test_who_changed_one_of_them_and_when_is_said(officer: Client, head: Client, three: list[int]) -> None:
    go(officer, "submit")
    content = paper(NDL, shown_to="institutions", title={"en": "Second thoughts"}).content()
    actions.save(draft=three[2], content=content, seen=1, by="officer", at="2026-11-23T09:00:00Z")
    page = text_of(page_of(head))
    assert "3 texts were returned together by Officer" in page
    assert "Changed was: Second thoughts" in page


def test_a_head_who_approves_while_an_officer_types_sends_nothing(
    officer: Client, head: Client, three: list[int]
) -> None:
    go(officer, "submit")
    package = waiting()
    actions.save(draft=three[2], content=paper(NDL, label="L9").content(), seen=1, by="officer", at=AT)
    answer = approve(head, package)
    assert (answer.status_code, "no longer waiting" in main_of(answer)) == (409, True)
    assert history(PEOPLE).headers == {}


def test_two_heads_at_once_send_it_once(officer: Client, head: Client, three: list[int]) -> None:
    go(officer, "submit")
    package = waiting()
    second = person("second", (NDL, "head"))
    assert (approve(head, package).status_code, approve(second, package).status_code) == (302, 409)


def test_one_stale_text_undoes_all_and_is_named(officer: Client, head: Client, three: list[int]) -> None:
    go(officer, "submit")
    package = waiting()
    House(NLC).propose(under(NDL, NLC, title="Theirs"))
    answer = approve(head, package)
    assert (answer.status_code, "Nothing was sent. “Exchange” (exchange):" in text_of(main_of(answer))) == (409, True)
    assert history(PEOPLE).headers == {}


@pytest.mark.parametrize(
    ("who", "whose", "role", "status"),
    [
        ("stranger", NLK, "head", 404),
        ("partner", NLC, "head", 404),
        ("officer", NDL, "officer", 409),
        ("contributor", NDL, "contributor", 409),
        ("translator", NDL, "translator", 409),
        ("reader", NDL, "reader", 409),
    ],
)
def test_only_who_may_speak_for_all_of_it_approves(
    three: list[int], who: str, whose: str, role: str, status: int
) -> None:
    shown = queries.package_digest(queries.drafts_numbered(three))
    actions.submit_together(institution=NDL, exchange=EXCHANGE, drafts=three, shown=shown, **HEAD)
    package = waiting()
    client = person(who, (whose, role))
    for do in ("approve", "return"):
        assert approve(client, package, do=do).status_code == status
    assert client.get(address_of(package)).status_code == (404 if status == 404 else 200)
    assert client.get(SEND).status_code == (404 if status == 404 else 200)
    assert client.get(f"{PREVIEW}en/").status_code == (404 if status == 404 else 200)
    assert waiting() == package


def test_a_partner_that_takes_part_finds_no_package_of_ours(officer: Client) -> None:
    the_exchange(shown_to="institutions")
    drafted(NDL, paper(NDL, shown_to="institutions"), PAPER)
    go(officer, "submit")
    package, partner = waiting(), person("partner", (NLC, "head"))
    assert partner.get(address_of(package)).status_code == 404
    assert approve(partner, package).status_code in (404, 409)
    assert "First paper" not in page_of(partner)
    assert waiting() == package


def test_who_has_signed_out_is_shown_the_door(three: list[int]) -> None:
    stranger = Client()
    for address in (SEND, f"{SEND}{'0' * 32}/", ANSWER, f"{PREVIEW}ja/"):
        answer = stranger.get(address)
        assert (answer.status_code, f"next={address}" in unquote(answer.headers["Location"])) == (302, True)
        assert stranger.post(address, {"do": "send"}).status_code in (200, 302, 401, 403)
    assert history().headers == {}


def test_a_role_that_was_taken_meanwhile_is_gone(officer: Client, head: Client, three: list[int]) -> None:
    go(officer, "submit")
    package = waiting()
    people.appoint(username="other", name="", institution=NDL, role="head")
    people.appoint(username="chief", name="", institution=NDL, role="officer", by="other")
    assert approve(head, package).status_code == 409
    assert waiting() == package


def test_a_draft_that_waits_with_others_is_not_decided_on_its_own_page(
    officer: Client, head: Client, three: list[int]
) -> None:
    go(officer, "submit")
    package = waiting()
    page = page_of(head, f"/desk/draft/{three[2]}/")
    leads = f"/desk/package/{package.together}/"
    assert (leads in page, f"/desk/draft/{three[2]}/approve/" in page) == (True, False)
    assert head.get(leads).headers["Location"] == address_of(package)


# The partner


def proposed() -> dict[str, str]:
    """Two texts of the partner's that ask us."""
    core, dispatch = under(NDL, NLC, shown_to="institutions"), uri("participation/dispatch")
    first = House(NLC).propose(core)
    both = participation(NLC, host=NDL, shown_to="institutions", title={"en": "A dispatch"})
    return {EXCHANGE: first, dispatch: House(NLC, dispatch).propose(both)}


def test_what_is_ticked_is_accepted_in_one_act_and_the_rest_stays(head: Client) -> None:
    versions = proposed()
    page = page_of(head, ANSWER)
    assert re.findall(r'name="version" value="([^"]+)"', page) == list(versions.values())
    assert " checked" not in page.partition("<form")[2]
    assert head.post(ANSWER, {"version": [versions[EXCHANGE]]}).status_code == 302
    dispatch = next(record for record in versions if record != EXCHANGE)
    assert (history().agreed, history(dispatch).agreed) == (versions[EXCHANGE], None)


def test_all_are_accepted_or_none(head: Client) -> None:
    versions = proposed()
    dispatch = next(record for record in versions if record != EXCHANGE)
    page_of(head, ANSWER)
    actions.withdraw(institution=NLC, record=dispatch, version=versions[dispatch], **HEAD)
    answer = head.post(ANSWER, {"version": list(versions.values())})
    assert (answer.status_code, "changed meanwhile" in main_of(answer)) == (409, True)
    assert history().agreed is None
    assert head.post(ANSWER, {}).status_code == 409


@pytest.mark.parametrize(
    ("who", "whose", "role", "status"),
    [
        ("stranger", NLK, "head", 404),
        ("proposer", NLC, "head", 409),
        ("officer", NDL, "officer", 409),
        ("contributor", NDL, "contributor", 409),
        ("translator", NDL, "translator", 409),
    ],
)
def test_only_who_may_speak_for_us_accepts(who: str, whose: str, role: str, status: int) -> None:
    versions = proposed()
    client = person(who, (whose, role))
    assert client.post(ANSWER, {"version": list(versions.values())}).status_code == status
    assert history().agreed is None
    if status == 409:
        # An officer sends, and so accepts, what is of our own half.
        boxes = re.findall(r'name="version" value="([^"]+)"', page_of(client, ANSWER))
        assert boxes == (list(versions.values())[1:] if who == "officer" else [])


# What is to be done


def to_do(client: Client) -> list[str]:
    """The lines of the page, and whether the number at the head of every page is that of what is here to be done."""
    page = client.get("/desk/").content.decode()
    lines = re.findall(r'<a class="act" href="([^"]+)">(.*?)</a>', page)
    number = re.search(r'>To do</a> <span class="n">(\d+)<', page)
    assert (int(number[1]) if number else 0) == len(lines)
    for address, _words in lines:
        assert client.get(unescape(address), follow=True).status_code == 200
    return [unescape(words) for _address, words in lines]


def test_a_package_is_one_line_for_the_head_and_one_for_whoever_submitted_it(
    officer: Client, head: Client, three: list[int]
) -> None:
    assert to_do(officer) == ["Go on with the draft"] * 3
    go(officer, "submit")
    assert to_do(officer) == ["Approve and send 3 texts"]
    assert to_do(head) == ["Approve and send 3 texts, or return them"]
    package = waiting()
    approve(head, package, do="return", remark="Not yet")
    assert to_do(officer) == ["Change 3 texts and submit them again"]
    actions.discard(draft=three[2], **HEAD)
    assert to_do(officer) == ["Change 2 texts and submit them again"]


def test_several_texts_of_one_exchange_that_ask_us_are_one_line(head: Client) -> None:
    versions = proposed()
    assert to_do(head) == ["Answer 2 texts"]
    assert "Answer 2 texts" in text_of(page_of(head, "/desk/exchange/e/"))
    actions.accept(institution=NDL, record=EXCHANGE, version=versions[EXCHANGE], **HEAD)
    assert to_do(head)[0] == "Accept, or send a counter-proposal"


def test_addresses_that_lead_on_lead_strangers_nowhere(officer: Client, three: list[int]) -> None:
    go(officer, "submit")
    proposed_of = f"/desk/answers/?exchange={EXCHANGE}"
    for who, whose in (("stranger", NLK), ("partner", NLC)):
        client = person(who, (whose, "head"))
        assert client.get(f"/desk/package/{waiting().together}/").status_code == 404
        assert client.get(proposed_of).status_code == 404
    for nothing in (
        "/desk/package/x/",
        "/desk/answers/",
        "/desk/answers/?exchange=a/b/",
        "/desk/answers/?exchange=%00",
    ):
        assert officer.get(nothing).status_code == 404


# Previewing


def test_the_preview_has_what_is_public_alone(officer: Client) -> None:
    the_exchange()
    drafted(NDL, paper(NDL, title={"en": "A public paper"}), PAPER)
    drafted(NDL, paper(NDL, title={"en": "PLANTED"}, shown_to="institutions"), uri("paper/two"))
    page = page_of(officer, f"{PREVIEW}en/")
    assert ("A public paper" in page, "PLANTED" in page) == (True, False)
    assert officer.get(f"{PREVIEW}xx/").status_code == 404


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_preview_is_the_public_page_itself_and_leaves_nothing_behind(head: Client, language: str) -> None:
    the_exchange(shown_to="institutions", title="Before")
    drafted(NDL, under(NDL, NLC, title="The visit"), replaces=history().in_force)
    members = [{"id": "m", "printed": {"en": "MORI Kenichi"}}]
    drafted(NDL, participation(NDL, members=members), PEOPLE)
    before, edition = everything(), ledger.last_number()
    answer = head.get(f"{PREVIEW}{language}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert (f'<html lang="{language[:2]}' in page, "MORI Kenichi" in page, "The visit" in page) == (True, True, True)
    note, _, public = page.partition("</aside>")
    assert [f"{PREVIEW}{each}/" in note for each in ("en", "ja", "zh-hans", "ko")] == [True] * 4
    # No page of the desk: nothing of who is signed in is in it.
    assert "chief" not in public
    assert (everything(), ledger.last_number()) == (before, edition)
    assert Client().get(f"/{language}/exchange/e/").status_code == 404
    go(head, "send")
    House(NLC).accept(history().open_versions[0])
    now = Client().get(f"/{language}/exchange/e/").content.decode()
    assert parts_of_page(public) == parts_of_page(now)


def parts_of_page(html: str) -> str:
    """The words of a public page without what depends on the version: its number, day and digests."""
    main = html.partition("<main")[2].partition("</main>")[0].partition('<details class="fold">')[0]
    return re.sub(r"\d{4}年?[^ ]*|\d+ \w+ 20\d\d", "", text_of(main))


# How it is made


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_made_in_every_language(three: list[int], language: str) -> None:
    content = {**participation(NDL).content(), "members": [{"id": "m", "printed": {"ja": "森 健一"}}]}
    actions.save(draft=three[1], content=content, seen=1, **HEAD)
    client = person("chief", (NDL, "head"), language=language)
    page = client.get(SEND).content.decode()
    assert f'<html lang="{language[:2]}' in page
    for shown in ("ja", "zh-hans", "ko", "en"):
        assert client.get(f"{PREVIEW}{shown}/").status_code == 200
    go(client, "submit")
    assert client.get(address_of(waiting())).status_code == 200
    asked = uri("participation/dispatch")
    House(NLC, asked).propose(participation(NLC, host=NDL, exchange=EXCHANGE)) if history().headers else None
    assert client.get(ANSWER).status_code == 200


def papers(count: int) -> list[Document]:
    return [paper(NDL, shown_to="institutions", title={"en": f"Paper {n}"}) for n in range(count)]


@pytest.mark.parametrize("count", [1, 20])
def test_a_page_takes_eight_statements_however_much_there_is(
    head: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    the_exchange(shown_to="institutions")
    for place, document in enumerate(papers(count)):
        drafted(NDL, document, uri(f"paper/{place}"))
        asked = uri(f"participation/d{place}")
        House(NLC, asked).propose(participation(NLC, host=NDL, shown_to="institutions"))
    go(head, "submit")
    for address in (SEND, address_of(waiting()), ANSWER):
        head.get(address)
        with django_assert_max_num_queries(8):
            assert head.get(address).status_code == 200


# For everyone


def drafts_of_ours() -> dict[str, str]:
    """Who sees each of our drafts, by record."""
    return {draft.record: draft.content["shown_to"] for draft in queries.drafts_of(NDL)}


@pytest.fixture
def kept_back() -> None:
    """The plan, our people and a paper of the partner, each for the institutions alone."""
    stands(under(NDL, NLC, shown_to="institutions"), NDL, NLC)
    House(NDL, PEOPLE).propose(participation(NDL, shown_to="institutions"))
    House(NLC, PAPER).propose(paper(NLC, shown_to="institutions"))


def test_what_stands_for_the_institutions_alone_is_drafted_for_everyone_in_one_act(
    officer: Client, kept_back: None
) -> None:
    offered = re.findall(r'name="record" value="([^"]+)" checked', page_of(officer))
    assert sorted(offered) == sorted([EXCHANGE, PEOPLE])
    answer = officer.post(SEND, {"do": "for-all", "record": offered}, follow=True)
    assert "2 texts were drafted for everyone. Nothing has been sent." in text_of(main_of(answer))
    assert drafts_of_ours() == {EXCHANGE: "public", PEOPLE: "public"}
    assert "For the institutions alone" not in page_of(officer)
    assert archive.lines_named([PEOPLE], asking=archive.EVERYBODY) == {}


@pytest.mark.parametrize(
    ("records", "said"),
    [
        ([], "Tick at least one text."),
        ([PAPER], "These texts changed meanwhile."),
        ([EXCHANGE, "tag:e:nothing"], "These texts changed meanwhile."),
    ],
)
def test_what_is_not_offered_is_not_drafted_nor_anything_with_it(
    officer: Client, kept_back: None, records: list[str], said: str
) -> None:
    answer = officer.post(SEND, {"do": "for-all", "record": records})
    assert (answer.status_code, said in text_of(main_of(answer)), drafts_of_ours()) == (409, True, {})


@pytest.mark.parametrize(("role", "status"), [("reader", 409), ("translator", 409), ("contributor", 409)])
def test_who_may_not_draft_drafts_nothing_for_everyone(kept_back: None, role: str, status: int) -> None:
    answer = person("someone", (NDL, role)).post(SEND, {"do": "for-all", "record": [EXCHANGE]})
    assert (answer.status_code, drafts_of_ours()) == (status, {})
    assert person("stranger", (NAL, "head")).post(SEND, {"do": "for-all", "record": [EXCHANGE]}).status_code == 404


def test_a_person_of_a_letter_that_may_be_made_public_can_be_sent(head: Client) -> None:
    drafted(NDL, under(NDL, NAL, shown_to="public"), uri("exchange/l"))
    letter = {"digest": "sha256:" + "a" * 64, "dated": "2026-09-02", "public": True}
    listed = participation(
        NAL,
        exchange=uri("exchange/l"),
        members=[{"id": "a", "printed": {"en": "Ann Whitlow"}}],
        sources=[{"id": "l1", "letter": letter}],
        shown_to="public",
    )
    actions.draft(
        institution=NDL,
        record=uri("participation/theirs"),
        content=listed.content(),
        replaces=None,
        says="recorded",
        **HEAD,
    )
    page = "/desk/exchange/l/send/"
    name = re.findall(r'name="name" value="([^"]+)"', page_of(head, page))[0]
    head.post(page, {"do": "names", "name": name, f"{name}-en-order": "as written"})
    (someone,) = [draft for draft in queries.drafts_of(NDL) if draft.kind == "person"]
    assert someone.content["sources"][0]["letter"]["exchange"] == uri("exchange/l")
    assert "can be recorded only by an institution of the same exchange" not in text_of(page_of(head, page))


# What goes together is named together


@pytest.fixture
def laid(officer: Client) -> None:
    """The plan, two papers and a timetable with a meal and a row of our own, all submitted together."""
    drafted(NDL, under(NDL, NLC, shown_to="institutions"))
    first, second = uri("paper/one"), uri("paper/two")
    drafted(NDL, paper(NDL, shown_to="institutions", title={"en": "First paper"}), first)
    drafted(NDL, paper(NDL, shown_to="institutions", title={"en": "Second paper"}), second)
    sessions = [{"id": "s", "type": "working session", "papers": [first, second]}]
    drafted(NDL, timetable(NDL, sessions=sessions, shown_to="institutions"), uri("timetable/t"))
    keep_rows(
        institution=NDL,
        exchange=EXCHANGE,
        sheet="timetable",
        rows={
            "r1": {"type": "meal", "title": {"en": "Lunch at the Lotus"}},
            "r2": {"type": "ours alone", "title": {"en": "Keyring"}},
        },
        shown=["r1"],
        seen={},
        delete_on=date(2099, 1, 1),
        **HEAD,
    )
    go(officer, "submit")


def test_what_is_sent_in_the_same_act_is_called_as_it_is_drafted(head: Client, laid: None) -> None:
    page = page_of(head, address_of(waiting()))
    assert "not on record here" not in page
    assert re.findall(r'href="(#text-\d)"[^>]*>(First paper|Second paper)', page).count(("#text-2", "First paper")) == 2


def test_what_came_in_the_same_act_is_called_as_it_is_proposed(head: Client) -> None:
    drafts = [
        drafted(
            NLC, under(NDL, NLC, form="staff dispatch", hosts=[NDL], shown_to="institutions", title="The dispatch")
        ),
        drafted(NLC, participation(NLC, host=NDL, shown_to="institutions"), uri("participation/theirs")),
    ]
    shown = queries.package_digest(queries.drafts_numbered(drafts))
    actions.send_together(institution=NLC, exchange=EXCHANGE, drafts=drafts, shown=shown, **HEAD)
    page = page_of(head, ANSWER)
    assert "not on record here" not in page
    assert re.search(r'href="#text-1"[^>]*>The dispatch', page)


def test_rows_that_are_in_no_record_are_shown_grey_to_whoever_approves_and_marked(head: Client, laid: None) -> None:
    page = page_of(head, address_of(waiting()))
    grey = re.findall(r'<tr data-row="(r\d)" class="private">(.*?)</tr>', page, re.DOTALL)
    assert [(row, "private, not sent" in cells) for row, cells in grey] == [("r1", True), ("r2", True)]
    assert page.count("private, not sent") == 2


def test_what_is_approved_leaves_those_rows_out(head: Client, laid: None) -> None:
    assert approve(head, waiting()).status_code == 302
    sent = str([entry.sealed for entry in ledger.entries()]) + str(history(uri("timetable/t")).headers)
    assert "Lotus" not in sent
    assert "Keyring" not in sent
