"""Who is told what: pulled from the ledger, the drafts and the terms of agreements; once each."""

from datetime import date
from typing import Any

import pytest

from koryu.consent import actions, queries
from koryu.consent.actions.naming_steps import StepNamed
from koryu.institutions import actions as people
from koryu.notices import actions as notices
from koryu.notices import models
from koryu.records.kinds import document_of
from koryu.values.text import Text
from tests.notices.people import settle_in, told
from tests.world import AT, EXCHANGE, NAL, NDL, NLC, exchange, timetable, uri

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
REASON = Text({"en": "In May our reading rooms are being rebuilt."})


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    gather()
    assert told() == []


def gather(today: date = TODAY) -> int:
    """Gather, and say how many notices were written."""
    return notices.gather(at=AT, today=today).written


def new() -> list[tuple[str, str]]:
    """What is told beside what was told before."""
    before = told()
    gather()
    found = told()
    for one in before:
        found.remove(one)
    return found


def proposed(by: str = "sato", institution: str = NDL, **more: Any) -> str:
    document = exchange(NDL, NLC, **more)
    return actions.propose(institution=institution, record=EXCHANGE, document=document, replaces=None, by=by, at=AT)


def drafted(by: str = "mori") -> int:
    content = exchange(NDL, NLC, title="第36回").content()
    return actions.draft(institution=NDL, record=uri("exchange/d"), content=content, replaces=None, by=by, at=AT)


def digest(draft: int) -> str:
    found = queries.draft(draft)
    assert found
    return found.digest


def test_a_draft_laid_before_the_head_is_told_to_the_head_alone() -> None:
    draft = drafted()
    actions.submit(draft=draft, shown=digest(draft), by="mori", at=AT)
    assert new() == [("sato", "laid")]


def test_a_draft_returned_is_told_to_whoever_laid_it() -> None:
    draft = drafted()
    actions.submit(draft=draft, shown=digest(draft), by="mori", at=AT)
    actions.return_(draft=draft, shown=digest(draft), remark="Autumn.", by="sato", at=AT)
    assert new() == [("mori", "returned")]


def test_a_draft_that_came_back_because_it_was_changed_is_told_to_nobody() -> None:
    draft = drafted()
    actions.submit(draft=draft, shown=digest(draft), by="mori", at=AT)
    content = exchange(NDL, NLC, title="第37回").content()
    actions.save(draft=draft, content=content, seen=1, by="sato", at=AT)
    assert new() == []


def test_a_draft_laid_again_is_told_again() -> None:
    draft = drafted()
    actions.submit(draft=draft, shown=digest(draft), by="mori", at=AT)
    gather()
    actions.return_(draft=draft, shown=digest(draft), remark="Autumn.", by="sato", at=AT)
    actions.submit(draft=draft, shown=digest(draft), by="mori", at="2026-11-23T09:00:00Z")
    assert new() == [("sato", "laid")]


def test_a_draft_shown_for_comment_is_told_to_those_who_may_comment() -> None:
    actions.share(draft=drafted(), by="mori", at=AT)
    assert new() == [("he", "shared"), ("shen", "shared")]


def test_a_comment_on_a_draft_is_told_to_whoever_drafts_it_and_not_to_whoever_left_it() -> None:
    draft = drafted()
    actions.share(draft=draft, by="mori", at=AT)
    gather()
    actions.comment(draft=draft, institution=NLC, text="内緒の意見", by="he", at=AT)
    actions.comment(draft=draft, institution=NDL, text="Mine", by="mori", at=AT)
    assert new() == [("mori", "commented")]
    assert "内緒" not in models.NoticeRow.objects.get(about="commented").text
    assert gather() == 0


def test_a_draft_that_is_sent_is_told_to_whoever_drafted_it_and_to_the_partner() -> None:
    draft = drafted()
    actions.submit(draft=draft, shown=digest(draft), by="mori", at=AT)
    actions.approve(draft=draft, shown=digest(draft), by="sato", at=AT)
    assert new() == [("mori", "approved"), ("shen", "proposed")]


def test_a_proposal_is_told_to_those_who_may_answer_it() -> None:
    proposed()
    assert new() == [("shen", "proposed")]


def test_officers_are_told_of_the_kinds_the_head_lets_them_send() -> None:
    people.delegate(institution=NLC, kind="exchange")
    proposed()
    assert new() == [("he", "proposed"), ("shen", "proposed")]


def test_an_acceptance_that_makes_an_agreement_is_told_as_the_agreement() -> None:
    version = proposed()
    gather()
    actions.accept(institution=NLC, record=EXCHANGE, version=version, by="shen", at=AT)
    assert new() == [("sato", "agreed")]


def test_an_acceptance_that_is_not_the_last_is_told_as_such() -> None:
    document = exchange(NDL, NLC, NAL)
    version = actions.propose(institution=NDL, record=EXCHANGE, document=document, replaces=None, by="sato", at=AT)
    gather()
    actions.accept(institution=NLC, record=EXCHANGE, version=version, by="shen", at=AT)
    assert new() == [("sato", "accepted")]


@pytest.mark.parametrize("what", ["declined", "withdrawn"])
def test_what_becomes_of_a_proposal_is_told_to_the_other_side(what: str) -> None:
    version = proposed()
    gather()
    if what == "declined":
        actions.decline(institution=NLC, record=EXCHANGE, version=version, reason=REASON, by="shen", at=AT)
        assert new() == [("sato", "declined")]
    else:
        actions.withdraw(institution=NDL, record=EXCHANGE, version=version, by="sato", at=AT)
        assert new() == [("shen", "withdrawn")]


def test_a_proposal_that_was_answered_meanwhile_is_not_said_to_wait() -> None:
    version = proposed()
    actions.accept(institution=NLC, record=EXCHANGE, version=version, by="shen", at=AT)
    assert new() == [("sato", "agreed")]


def test_what_is_recorded_or_remarked_waits_for_nobody() -> None:
    page = uri("work/page")
    version = str(queries.history(page).recorded)
    actions.check(institution=NDL, record=page, version=version, by="sato", at=AT)
    assert new() == []


def test_gathering_again_writes_nothing_again() -> None:
    proposed()
    actions.share(draft=drafted(), by="mori", at=AT)
    assert [gather(), gather(), gather()] == [3, 0, 0]


def test_what_was_put_aside_is_not_written_again() -> None:
    actions.share(draft=drafted(), by="mori", at=AT)
    gather()
    for number in models.NoticeRow.objects.values_list("pk", flat=True):
        notices.put_aside(notice=number, by="shen", at=AT)
    assert gather() == 0


def waiting() -> list[tuple[str, str]]:
    """(username, what it is about) of every notice that still waits to be sent."""
    unsent = models.NoticeRow.objects.filter(sent_at=None, aside_at=None)
    return sorted(unsent.values_list("person__username", "about"))


def test_what_a_draft_asked_for_is_put_aside_once_it_was_done() -> None:
    draft = drafted()
    actions.share(draft=draft, by="mori", at=AT)
    actions.submit(draft=draft, shown=digest(draft), by="mori", at=AT)
    gather()
    assert waiting() == [("he", "shared"), ("sato", "laid"), ("shen", "shared")]
    actions.return_(draft=draft, shown=digest(draft), remark="Autumn.", by="sato", at=AT)
    gather()
    assert waiting() == [("he", "shared"), ("mori", "returned"), ("shen", "shared")]
    actions.submit(draft=draft, shown=digest(draft), by="mori", at="2026-11-23T09:00:00Z")
    gather()
    assert waiting() == [("he", "shared"), ("sato", "laid"), ("shen", "shared")]
    actions.approve(draft=draft, shown=digest(draft), by="sato", at=AT)
    gather()
    assert waiting() == [("mori", "approved"), ("shen", "proposed")]


def test_that_a_proposal_waits_is_put_aside_once_it_does_not() -> None:
    version = proposed()
    gather()
    assert notices.gather(at=AT, today=TODAY).passed == 0
    assert waiting() == [("shen", "proposed")]
    actions.withdraw(institution=NDL, record=EXCHANGE, version=version, by="sato", at=AT)
    assert notices.gather(at=AT, today=TODAY).passed == 1
    assert waiting() == [("shen", "withdrawn")]


def test_whoever_can_no_longer_answer_is_asked_no_longer() -> None:
    people.delegate(institution=NLC, kind="exchange")
    proposed()
    gather()
    people.dismiss(username="he", institution=NLC)
    gather()
    assert waiting() == [("shen", "proposed")]


def test_what_is_perhaps_sent_or_tells_of_what_happened_is_never_put_aside_by_itself() -> None:
    version = proposed()
    gather()
    models.NoticeRow.objects.update(taken_at=AT, taken_by="shen")
    actions.accept(institution=NLC, record=EXCHANGE, version=version, by="shen", at=AT)
    gather()
    gather()
    assert waiting() == [("sato", "agreed"), ("shen", "proposed")]


def agreement(end: str, record: str = uri("agreement/a"), **more: Any) -> None:
    content = {
        "kind": "agreement",
        "type": "memorandum of understanding",
        "title": {"en": "Memorandum"},
        "institutions": [NDL, NLC],
        "term": {"start": "2022-01-01", "end": end},
        **more,
    }
    version = actions.propose(
        institution=NDL, record=record, document=document_of(content), replaces=None, by="sato", at=AT
    )
    actions.accept(institution=NLC, record=record, version=version, by="shen", at=AT)


@pytest.mark.parametrize(
    ("end", "on", "expected"),
    [
        ("2027-11-22", date(2026, 11, 23), []),
        ("2027-05-01", date(2026, 11, 23), ["sato", "shen"]),
        ("2026-12", date(2026, 12, 31), ["sato", "shen"]),
        ("2026-11-22", date(2026, 11, 23), []),
    ],
)
def test_that_an_agreement_runs_out_is_told_half_a_year_before(end: str, on: date, expected: list[str]) -> None:
    agreement(end)
    gather(on)
    assert [username for username, about in told() if about == "runs out"] == expected


def test_that_it_runs_out_is_told_once_more_a_month_before_and_not_every_day() -> None:
    agreement("2027-05-01")
    for day in (date(2026, 12, 1), date(2026, 12, 2), date(2027, 4, 10), date(2027, 4, 11)):
        gather(day)
    assert told().count(("sato", "runs out")) == 2
    assert waiting().count(("sato", "runs out")) == 1


def test_that_it_runs_out_waits_no_longer_once_it_was_extended() -> None:
    agreement("2027-05-01")
    gather(date(2026, 12, 1))
    agreement("2032-05-01", record=uri("agreement/b"), type="extension", extends=uri("agreement/a"))
    gather(date(2026, 12, 1))
    assert [about for _, about in waiting() if about == "runs out"] == []


def test_what_was_extended_does_not_run_out() -> None:
    agreement("2027-05-01")
    agreement("2032-05-01", record=uri("agreement/b"), type="extension", extends=uri("agreement/a"))
    gather(date(2026, 12, 1))
    assert [about for _, about in told() if about == "runs out"] == []


def test_a_notice_is_in_the_receiver_s_language_with_the_address_of_the_page_and_nothing_of_its_content() -> None:
    proposed(title="第36回日中業務交流", notes={"ja": "宿泊は未定"})
    gather()
    notice = models.NoticeRow.objects.get(about="proposed")
    assert (notice.person.username, notice.language) == ("shen", "zh-hans")
    assert f"http://127.0.0.1:8000/desk/record/{EXCHANGE}/" in notice.text.splitlines()
    assert "第36回日中業務交流" in notice.subject
    assert "2026年11月22日" in notice.text
    assert "宿泊" not in notice.text


def test_a_title_of_several_lines_never_begins_another_line_of_the_head() -> None:
    proposed(title="Visit\nBcc: everybody@example.org")
    gather()
    assert "\n" not in models.NoticeRow.objects.get(about="proposed").subject


def test_a_fixed_timetable_that_was_changed_is_told_to_the_other_institutions_with_its_changes() -> None:
    version = proposed()
    actions.accept(institution=NLC, version=version, by="shen", at=AT, record=EXCHANGE)
    visit = {"id": "v", "type": "site visit", "date": "2027-11-10", "title": {"en": "Archives"}}
    before = None
    gather()
    for place, (start, provisional) in enumerate((("13:00", True), ("14:00", False), ("15:00", False))):
        document = timetable(NDL, sessions=[{**visit, "start": start}], provisional=provisional)
        about: dict[str, Any] = {"record": uri("timetable/t"), "by": "sato", "at": AT}
        before = actions.propose(institution=NDL, document=document, replaces=before, **about)
        heard = [(whom, what) for whom, what in new() if what == "changed"]
        assert heard == ([("he", "changed"), ("shen", "changed")] if place == 2 else []), heard
    texts = dict(models.NoticeRow.objects.filter(about="changed").values_list("language", "text"))
    assert {language: text.count("Archives 14:00 → 15:00") for language, text in texts.items()} == {
        "zh-hans": 1,
        "ko": 1,
    }


def test_each_step_is_asked_in_its_turn_and_no_longer_once_it_has_passed_it_on() -> None:
    people.enter(username="tanaka", name="Tanaka", language="en")
    people.appoint(username="tanaka", name="", institution=NDL, role="officer")
    steps = [
        StepNamed(id=0, name=Text.of(en=name), holder=holder)
        for name, holder in (("Section chief", "mori"), ("Director", "sato"))
    ]
    by_head: dict[str, Any] = {"institution": NDL, "by": "sato", "at": AT}
    actions.name_steps(steps=steps, seen=[], **by_head)
    days: dict[str, Any] = {"first": TODAY, "last": TODAY}
    actions.name_deputy(step=queries.approval_steps(NDL)[0].id, username="tanaka", **days, **by_head)
    draft = drafted("sato")
    actions.submit(draft=draft, shown=digest(draft), by="sato", at=AT)
    assert new() == [("mori", "at a step"), ("tanaka", "at a step")]
    actions.pass_on(draft=draft, shown=digest(draft), by="mori", at=AT)
    assert new() == [("sato", "laid")]
    waiting = models.NoticeRow.objects.filter(aside_at=None).values_list("person__username", "about")
    assert list(waiting) == [("sato", "laid")]
