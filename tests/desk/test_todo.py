"""To do: whose turn it is, for whoever looks."""

import re
from typing import Any

import pytest
from django.test import Client

from koryu.consent import actions, queries
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import AT, COMPILER, EXCHANGE, NAL, NDL, NLC, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
SECTIONS = ("For me", "For my head’s approval", "Waiting for a partner", "Upcoming", "Past their date")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)


def sections(client: Client, address: str = "/desk/") -> dict[str, list[str]]:
    """The sentences of the page by section, without their marks."""
    page = client.get(address).content.decode()
    found = {}
    for part in page.split("<section ")[1:]:
        name = re.findall(r"<h2[^>]*>(.*?)</h2>", part)[0]
        found[name] = [text_of(one) for one in re.findall(r'<p class="sentence">(.*?)</p>', part, re.S)]
    return found


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def proposed(by: str = NDL, *, record: str = EXCHANGE, **more: Any) -> str:
    return actions.propose(
        institution=by, record=record, document=exchange(NDL, NLC, **more), replaces=None, by="head", at=AT
    )


def drafted(by: str, institution: str = NDL, **more: Any) -> int:
    content = exchange(NDL, NLC, **more).content()
    return actions.draft(
        institution=institution, record=uri("exchange/d"), content=content, replaces=None, by=by, at=AT
    )


def submitted(draft: int, *, by: str) -> str:
    found = queries.draft(draft)
    assert found
    return actions.submit(draft=draft, shown=found.digest, by=by, at=AT)


def test_a_new_desk_has_nothing_to_do() -> None:
    assert sections(person("officer", (NDL, "officer"))) == {name: [] for name in SECTIONS}


def test_a_draft_is_in_the_hands_of_its_house_alone() -> None:
    officer, stranger = person("officer", (NDL, "officer")), person("stranger", (NLC, "officer"))
    drafted("officer")
    assert sections(officer)["For me"] == [
        "A draft, last changed by Officer on 22 November 2026. It has not been shared or submitted yet."
    ]
    assert sections(stranger)["For me"] == []


def test_a_submitted_draft_waits_for_the_head_and_is_for_her() -> None:
    officer, head = person("officer", (NDL, "officer")), person("chief", (NDL, "head"))
    submitted(drafted("officer"), by="officer")
    said = ["Submitted for approval by Officer on 22 November 2026."]
    assert (sections(officer)["For my head’s approval"], sections(head)["For me"]) == (said, said)


def test_a_returned_draft_comes_back_with_the_remark() -> None:
    officer = person("officer", (NDL, "officer"))
    draft = drafted("officer")
    shown = submitted(draft, by="officer")
    actions.return_(draft=draft, shown=shown, remark="Name the <host>.", by="head", at=AT)
    assert sections(officer)["For me"] == ["Returned by head on 22 November 2026 with a remark: Name the &lt;host&gt;."]


def test_a_proposal_is_with_the_partner_and_asks_the_partner() -> None:
    proposed()
    assert sections(person("officer", (NDL, "officer")))["Waiting for a partner"] == [
        "Sent on 22 November 2026. NLC is to reply."
    ]
    asked = ["Sent by NDL on 22 November 2026. Your institution needs to reply."]
    assert sections(person("chief", (NLC, "head")))["For me"] == asked
    assert sections(person("clerk", (NLC, "officer")))["For my head’s approval"] == asked
    assert sections(person("other", (NAL, "head"))) == {name: [] for name in SECTIONS}


def test_what_was_not_taken_up_comes_back_until_something_else_is_proposed() -> None:
    version = proposed()
    actions.decline(institution=NLC, record=EXCHANGE, version=version, reason=Text.of(en="Too early"), by="head", at=AT)
    officer = person("officer", (NDL, "officer"))
    assert sections(officer)["For me"] == [
        "Not accepted by NLC on 22 November 2026. You can send a counter-proposal or do nothing."
    ]
    said: dict[str, Any] = {"institution": NDL, "record": EXCHANGE, "by": "officer", "at": AT}
    draft = actions.draft(content=exchange(NDL, NLC, title="Later").content(), replaces=None, **said)
    assert sections(officer)["For me"] == [
        "A draft, last changed by Officer on 22 November 2026. It has not been shared or submitted yet."
    ]
    actions.discard(draft=draft, by="officer", at=AT)
    proposed(title="Later")
    assert sections(officer)["For me"] == []


def test_a_draft_shown_for_comment_is_seen_by_the_partner_until_it_is_sent() -> None:
    partner = person("clerk", (NLC, "officer"))
    person("officer", (NDL, "officer"))
    draft = drafted("officer")
    actions.share(draft=draft, by="officer", at=AT)
    assert sections(partner)["For me"] == ["Shared with you by NDL on 22 November 2026 for comment. It is not binding."]
    found = queries.draft(draft)
    assert found
    actions.send(draft=draft, shown=found.digest, by="head", at=AT)
    assert sections(partner)["For me"] == []


def test_what_is_planned_comes_up_and_what_was_planned_and_never_confirmed_has_lapsed() -> None:
    for name, date in (("next", "2999-05"), ("last", "1999-05")):
        version = proposed(record=uri(f"exchange/{name}"), dates=[{"id": "trip", "scope": "trip", "date": date}])
        actions.accept(institution=NLC, record=uri(f"exchange/{name}"), version=version, by="head", at=AT)
    found = sections(person("officer", (NDL, "officer")))
    assert found["Upcoming"] == ["Planned for May 2999."]
    assert found["Past their date"] == ["Was planned for May 1999. It is not recorded whether it was held."]


def test_a_date_that_is_inferred_says_so_where_it_calls_for_something() -> None:
    derived = [{"id": "d", "field": "dates[d].date", "grounds": {"en": "A guess."}}]
    version = proposed(dates=[{"id": "d", "scope": "exchange", "date": "2091"}], derived=derived)
    actions.accept(institution=NLC, record=EXCHANGE, version=version, by="head", at=AT)
    (coming,) = sections(person("officer", (NDL, "officer")))["Upcoming"]
    assert coming.endswith(" inferred")


def test_the_page_is_narrowed_down_and_says_what_it_leaves_out() -> None:
    proposed()
    officer = person("officer", (NDL, "officer"))
    assert sections(officer, "/desk/?kind=paper")["Waiting for a partner"] == []
    assert "1 more is not shown." in officer.get("/desk/?kind=paper").content.decode()
    assert len(sections(officer, f"/desk/?kind=exchange&partner={NLC}")["Waiting for a partner"]) == 1
    assert len(sections(officer, "/desk/?kind=nonsense")["Waiting for a partner"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_eight_statements_however_long_it_is(rows: int, django_assert_num_queries: Any) -> None:
    officer = person("officer", (NDL, "officer"))
    for number in range(rows):
        proposed(record=uri(f"exchange/{number}"))
        submitted(drafted("officer"), by="officer")
    with django_assert_num_queries(8):
        officer.get("/desk/")
