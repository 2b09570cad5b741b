"""That an agreement runs out is said alike at the desk, in the register and by mail: one table, three doors."""

import re
from typing import Any

import pytest

from koryu.archive import queries as archive
from koryu.consent import actions
from koryu.consent.rules.permissions import Actor
from koryu.desk.agreements.register import register
from koryu.desk.todo.tasks import Section, Task, tasks
from koryu.institutions import actions as people
from koryu.notices import actions as notices
from koryu.notices import models
from koryu.records.kinds import document_of
from koryu.records.running import Running
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording import terms
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words
from tests.desk.people import person
from tests.html import problems_of
from tests.notices.people import settle_in
from tests.records.terms import FULFILLED, RAN_OUT, RENEWS, RUNS_OUT, SITUATIONS, A, B, Situation, extends
from tests.world import AT, COMPILER, NDL, NLC

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.rule)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


def put_on_record(situation: Situation) -> None:
    """Every record of it; what extends another once both are there: a loop is made of two that were there before."""
    contents = situation.contents()
    for content_of in (_first, dict):
        for uri, content in contents.items():
            if content_of is dict and content.get("extends") not in contents:
                continue
            document = document_of(content_of(content))
            actions.record(institution=COMPILER, record=uri, document=document, by="head", at=AT)


def _first(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name != "extends"}


def task_of(situation: Situation, institution: str = NDL) -> Task | None:
    found = tasks(
        Actor(institution=institution, role="head"),
        consultations=(),
        drafts=(),
        lines=archive.lines_of_what_comes(asking=institution),
        today=situation.today,
    )
    of_it = [one for one in found if one.about.record == A]
    assert len(of_it) < 2
    return next(iter(of_it), None)


def registered(situation: Situation) -> tuple[Running, tuple[Reason, ...]]:
    lines = archive.lines_of_agreements(asking=NDL)
    return next((one.term, one.says) for one in register(lines, today=situation.today) if one.line.uri == A)


def mailed(situation: Situation) -> list[tuple[str, str]]:
    """(what it is about, its subject) of every notice of it that goes to whoever speaks for the NDL."""
    notices.gather(at=AT, today=situation.today)
    rows = models.NoticeRow.objects.filter(record=A, person__username="sato")
    return list(rows.values_list("about", "subject"))


@each
def test_register_desk_and_notice_say_what_the_rule_says(situation: Situation) -> None:
    """The desk in the year before; the notice half a year and a month before."""
    put_on_record(situation)
    the_register_has_the_answer_of_the_rule(situation)
    the_desk_says_what_the_register_says(situation)
    the_notice_says_what_the_register_says(situation)


def the_register_has_the_answer_of_the_rule(situation: Situation) -> None:
    term, says = registered(situation)
    assert (term.state, str(term.until or ""), term.step) == (situation.state, situation.until, situation.step)
    assert (term.parts, term.alike) == (situation.parts, situation.alike)
    assert (term.count and (term.count.held, term.count.agreed)) == situation.count
    dates = [str(one.values["when"]) for one in says[:1] if "when" in one.values]
    assert dates == ([situation.until] if situation.until and situation.state != FULFILLED else [])
    assert [one.message for one in says].count(terms.RECKONED) == int(situation.reckoned)


def the_desk_says_what_the_register_says(situation: Situation) -> None:
    task = task_of(situation)
    _term, says = registered(situation)
    over = situation.state in (RAN_OUT, FULFILLED)
    if not over and situation.step is None:
        assert task is None
        return
    assert task is not None
    assert task.section == (Section.LAPSED if over else Section.COMING)
    assert (task.says, *task.besides) == (says[0].message, *says[1:])
    assert task.when == situation.until
    assert task_of(situation, COMPILER) is None


def the_notice_says_what_the_register_says(situation: Situation) -> None:
    wanted = {RUNS_OUT: "runs out", RENEWS: "renews"}.get(situation.state)
    due = wanted and situation.step in (183, 31)
    found = mailed(situation)
    assert [about for about, _subject in found] == ([wanted] if due else [])
    assert all(date_in_words(Edtf(situation.until), "ja") in subject for _about, subject in found)


def test_the_three_doors_differ_from_before_where_the_table_says_so() -> None:
    """Of each situation once: whether what the three places said was one answer, and that of the rule."""
    right = {one.rule for one in SITUATIONS if _was_right(one)}
    assert 0 < len(right) < len(SITUATIONS)
    assert "a correction does not prolong, though it says an end" not in right
    assert "-1 days before its end" in right


def _was_right(situation: Situation) -> bool:
    todo, in_register, told = situation.before
    over = situation.state in (RAN_OUT, FULFILLED)
    said_at_all = bool(situation.until) and situation.state != FULFILLED
    return (
        bool(todo) == (over or situation.step is not None)
        and bool(in_register) == said_at_all
        and ("Lapsed" in in_register) == (situation.state == RAN_OUT)
        and told == (situation.state in (RUNS_OUT, RENEWS) and situation.step in (183, 31))
        and not situation.alike
        and not situation.count
    )


# What the table cannot say


def test_an_extension_of_which_an_institution_says_otherwise_prolongs_nothing() -> None:
    plain = SITUATIONS[0].contents()[A]
    put_on_record(SITUATIONS[0])
    theirs: dict[str, Any] = {**plain, **extends(A, "2020", "2040"), "institutions": [NLC]}
    version = actions.record(institution=COMPILER, record=B, document=document_of(theirs), by="head", at=AT)

    def found() -> dict[str, str]:
        listed = register(archive.lines_of_agreements(asking=NDL), today=SITUATIONS[0].today)
        return {one.line.uri: str(one.term.until) for one in listed}

    assert found() == {A: "2040"}
    note = Text.of(en="We know of no extension.")
    actions.account_differs(institution=NDL, record=B, version=version, note=note, by="sato", at=AT)
    assert found() == {A: "2030-01-01", B: "2040"}


@pytest.mark.parametrize("count", [1, 3])
def test_lines_are_read_in_one_statement_however_many_count(count: int, django_assert_num_queries: Any) -> None:
    counted = next(one for one in SITUATIONS if one.rule.startswith("those held under a programme"))
    put_on_record(counted)
    for number in range(count):
        content = {**counted.contents()[A], "title": {"en": f"Another {number}"}}
        actions.record(institution=COMPILER, record=f"{A}{number}", document=document_of(content), by="head", at=AT)
    for read in (archive.lines_of_agreements, archive.lines_of_what_comes):
        with django_assert_num_queries(1):
            found = read(asking=NDL)
        kinds = [line.kind for line in found]
        assert (kinds.count("agreement"), kinds.count("exchange"), kinds.count("programme")) == (1 + count, 4, 1)


def test_where_nothing_is_counted_no_exchange_is_read() -> None:
    put_on_record(next(one for one in SITUATIONS if one.rule == "an end far ahead"))
    content = next(iter(one for one in SITUATIONS if one.exchanges)).contents()
    for uri, exchange in content.items():
        if exchange["kind"] == "exchange":
            document = document_of(exchange)
            actions.record(institution=COMPILER, record=uri, document=document, by="head", at=AT)
    assert [line.kind for line in archive.lines_of_agreements(asking=NDL)] == ["agreement"]


@pytest.mark.parametrize("address", ["/desk/", "/desk/agreements/"])
def test_the_desk_asks_whether_another_memorandum_extends_it(address: str) -> None:
    put_on_record(next(one for one in SITUATIONS if one.rule == "another of these institutions begins as it ends"))
    page = person("clerk", (NDL, "officer")).get(address).content.decode()
    words = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Ran out: 2020. No extension is on record." in words
    assert "Another memorandum of these institutions begins in 2021. Does it extend this one?" in words


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_what_is_said_of_terms_is_sound_in_every_language(language: str) -> None:
    put_on_record(next(one for one in SITUATIONS if one.rule.startswith("more than were agreed")))
    client = person("clerk", (NDL, "officer"), language=language)
    for address in ("/desk/", "/desk/agreements/", f"/desk/record/{A}/", f"/desk/record/{A}/certificate/"):
        assert problems_of(client.get(address).content.decode()) == []


def test_what_renews_is_told_as_renewing_and_never_as_running_out() -> None:
    people.enter(username="yomu-en", name="Yomu", email="y@example.org", language="en")
    people.appoint(username="yomu-en", name="Yomu", institution=NDL, role="head")
    put_on_record(next(one for one in SITUATIONS if one.rule == "what renews by itself goes on by its length"))
    notices.gather(at=AT, today=SITUATIONS[0].today)
    letter = models.NoticeRow.objects.get(person__username="yomu-en")
    assert letter.subject == "Renews automatically on 15 December 2026: Memorandum"
    assert "renews automatically on 15 December 2026. If it should not, give notice before then." in letter.text
