"""What was submitted, returned or sent in one act is told as one, not once for each of its texts."""

from datetime import date
from typing import Any, Final

import pytest

from koryu.consent import actions, queries
from koryu.notices import actions as notices
from koryu.notices import models
from koryu.records.document import Document
from tests.notices.people import settle_in, told
from tests.world import AT, EXCHANGE, NDL, NLC, exchange, history, paper, participation, uri

pytestmark = pytest.mark.django_db
TODAY: Final = date(2026, 11, 22)
LATER: Final = "2026-11-23T09:00:00Z"
DISPATCH: Final = uri("participation/d")


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    gather()


def gather() -> int:
    return notices.gather(at=AT, today=TODAY).written


def new() -> list[tuple[str, str]]:
    """What is told beside what was told before."""
    before = told()
    gather()
    after = told()
    for each in before:
        after.remove(each)
    return after


def begin(document: Document, record: str) -> int:
    return actions.draft(institution=NDL, record=record, content=document.content(), replaces=None, by="mori", at=AT)


def submitted() -> tuple[list[int], str, str]:
    """A plan, a paper of ours, and a list to which the partner must agree: their numbers, their token and digest."""
    drafts = [
        begin(exchange(NDL, NLC, title="第37回", shown_to="institutions"), EXCHANGE),
        begin(paper(NDL, shown_to="institutions"), uri("paper/one")),
        begin(participation(NDL, host=NLC, shown_to="institutions"), DISPATCH),
    ]
    shown = queries.package_digest(queries.drafts_numbered(drafts))
    said: dict[str, Any] = {"institution": NDL, "exchange": EXCHANGE, "drafts": drafts, "shown": shown}
    return drafts, actions.submit_together(**said, by="mori", at=AT), shown


def text_of(about: str) -> str:
    row = models.NoticeRow.objects.get(about=about)
    return f"{row.subject}\n{row.text}"


def test_a_package_laid_before_the_head_is_one_notice_that_leads_to_it() -> None:
    _, together, _ = submitted()
    assert new() == [("sato", "laid together")]
    assert f"/desk/package/{together}/" in text_of("laid together")
    assert "第37回" in text_of("laid together")
    assert gather() == 0


def test_a_package_that_is_returned_is_one_notice_to_whoever_submitted_it() -> None:
    _, together, shown = submitted()
    gather()
    actions.return_together(institution=NDL, together=together, shown=shown, remark="Autumn.", by="sato", at=LATER)
    assert new() == [("mori", "returned together")]
    assert models.NoticeRow.objects.get(about="laid together").aside_at


def test_a_package_that_came_back_as_somebody_else_changed_one_of_it_is_told_to_whoever_submitted_it() -> None:
    drafts, _, _ = submitted()
    gather()
    content = paper(NDL, shown_to="institutions", label="L1").content()
    actions.save(draft=drafts[1], content=content, seen=1, by="sato", at=LATER)
    assert new() == [("mori", "returned together")]


def test_a_package_that_is_sent_is_one_notice_here_and_one_at_the_partners() -> None:
    _, together, shown = submitted()
    gather()
    actions.approve_together(institution=NDL, together=together, shown=shown, by="sato", at=LATER)
    # Two of the three ask the partner; an officer there may accept the list alone.
    assert new() == [("he", "proposed"), ("mori", "approved together"), ("shen", "proposed together")]
    assert "/desk/answers/?exchange=" in text_of("proposed together")
    assert gather() == 0


def test_it_is_asked_for_as_long_as_one_of_them_is_open() -> None:
    _, together, shown = submitted()
    actions.approve_together(institution=NDL, together=together, shown=shown, by="sato", at=LATER)
    gather()
    for record in (EXCHANGE, DISPATCH):
        assert not models.NoticeRow.objects.get(about="proposed together").aside_at
        (version,) = history(record).open_versions
        actions.accept(institution=NLC, record=record, version=version, by="shen", at=LATER)
        gather()
    assert models.NoticeRow.objects.get(about="proposed together").aside_at
