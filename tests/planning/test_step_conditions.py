"""What the record says of whether a step is done: each condition, held and not, with the sentence that says why."""

from typing import Any, Final

import pytest

from koryu.planning.rules.schedule.schedule_lines import read_step
from koryu.planning.rules.schedule.schedule_steps import LETTER_OF, Acts, Condition, ScheduleStep, StepPaper
from koryu.planning.rules.schedule.step_conditions import (
    ConditionRead,
    ExchangeOnRecord,
    LetterSent,
    PartOnRecord,
    ProposedPlan,
    read_condition,
)
from koryu.values.edtf import Edtf
from koryu.values.moments import Moment
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.letters.letter_kinds import LETTER_KINDS

AT: Final = "2027-06-03T09:00:00Z"
US, THEM = "us", "them"
ON_RECORD: Final = Reason("On record since %(when)s.", when=Moment(AT))
AGREED: Final = Reason("Agreed on %(when)s.", when=Moment(AT))


def part(kind: str, institution: str = US, **content: Any) -> PartOnRecord:
    return PartOnRecord(kind=kind, institution=institution, at=AT, content=content)


def with_parts(*parts: PartOnRecord, **more: Any) -> ExchangeOnRecord:
    return ExchangeOnRecord(parts=parts, **more)


def people(*members: dict[str, Any]) -> ExchangeOnRecord:
    return with_parts(part("participation", members=list(members)))


def papers(*wordings: dict[str, Any], languages: tuple[str, ...] = (), **more: Any) -> ExchangeOnRecord:
    return with_parts(part("paper", wordings=list(wordings), title={"ja": "題"}, **more), languages=languages)


NAMED: Final = {"printed": {"ja": "森"}}
READ: Final = {"printed": {"ja": "森", "ja-Latn": "Mori"}}
IN_JAPANESE: Final = {"lang": "ja", "title": "題", "status": "supplied by the institution"}
IN_CHINESE: Final = {"lang": "zh-Hans", "title": "题", "status": "in translation"}
SESSIONS: Final = [{"id": "s", "type": "working session"}]
AN_AGREEMENT: Final = ExchangeOnRecord(agreed_at=AT, when=Edtf("2027-11-16/2027-11-23"))
BY_LETTER: Final = ExchangeOnRecord(agreed_at=AT, by_letter=True, when=Edtf("2027-11"))
SENT: Final = ExchangeOnRecord(proposed=ProposedPlan(by=US, at=AT))
DECLINED: Final = ExchangeOnRecord(proposed=ProposedPlan(by=US, at=AT, declined=True))


@pytest.mark.parametrize(
    ("condition", "record", "says"),
    [
        (Condition.PROPOSED, SENT, Reason("Sent on %(when)s.", when=Moment(AT))),
        (Condition.APPROVED, SENT, Reason("Sent on %(when)s.", when=Moment(AT))),
        (Condition.PROPOSED, AN_AGREEMENT, AGREED),
        (Condition.AGREED, AN_AGREEMENT, AGREED),
        (Condition.BY_LETTER, AN_AGREEMENT, AGREED),
        (Condition.BY_LETTER, BY_LETTER, Reason("Agreed by letter on %(when)s.", when=Moment(AT))),
        (Condition.PEOPLE, people(), ON_RECORD),
        (Condition.PEOPLE_NAMED, people(NAMED, {"person": "person/mori"}), ON_RECORD),
        (Condition.PEOPLE_READINGS, people(READ, {"person": "person/mori"}), ON_RECORD),
        (Condition.INTERPRETER, people({**NAMED, "roles": ["interpreter"]}), ON_RECORD),
        (Condition.PAPERS_TITLED, papers(), ON_RECORD),
        (Condition.PAPERS_TEXTS, papers(IN_JAPANESE), ON_RECORD),
        (Condition.PAPERS_TRANSLATED, papers(IN_JAPANESE, IN_CHINESE), ON_RECORD),
        (Condition.PAPERS_TRANSLATED, papers(IN_JAPANESE, IN_CHINESE, languages=("ja", "zh-Hans")), ON_RECORD),
        (Condition.TIMETABLE_COMPLETE, with_parts(part("timetable", sessions=SESSIONS, complete=True)), ON_RECORD),
        (Condition.TIMETABLE_FIXED, with_parts(part("timetable", THEM, sessions=SESSIONS)), ON_RECORD),
        (Condition.REPORT, with_parts(part("report")), ON_RECORD),
    ],
)
def test_a_condition_holds_and_says_since_when(condition: Condition, record: ExchangeOnRecord, says: Reason) -> None:
    assert read_condition(condition, of=US, record=record) == ConditionRead(holds=True, says=says, at=AT)


@pytest.mark.parametrize(
    ("condition", "record", "says"),
    [
        (Condition.PROPOSED, ExchangeOnRecord(), Reason("No text has been sent yet.")),
        (Condition.PROPOSED, DECLINED, Reason("The text sent on %(when)s was not accepted.", when=Moment(AT))),
        (Condition.AGREED, SENT, Reason("No dates are agreed yet.")),
        (Condition.AGREED, BY_LETTER, Reason("What is agreed says no days yet.")),
        (Condition.BY_LETTER, SENT, Reason("No answer is on record yet.")),
        (Condition.PEOPLE, with_parts(part("participation", THEM)), Reason("No list of participants is on record.")),
        (Condition.PEOPLE_NAMED, people(), Reason("No list of participants is on record.")),
        (Condition.PEOPLE_NAMED, people(NAMED, {"posts": []}), Reason("Participants without a name: %(n)s.", n=1)),
        (
            Condition.PEOPLE_READINGS,
            people(NAMED, READ),
            Reason("Participants whose names have no reading: %(n)s.", n=1),
        ),
        (Condition.INTERPRETER, people(NAMED), Reason("No interpreter is named yet.")),
        (Condition.INTERPRETER, people({"roles": ["interpreter"]}), Reason("No interpreter is named yet.")),
        (Condition.PAPERS_TITLED, with_parts(part("paper", THEM)), Reason("No paper is on record.")),
        (Condition.PAPERS_TITLED, papers(title_given=False), Reason("Papers whose titles are missing: %(n)s.", n=1)),
        (Condition.PAPERS_TEXTS, papers(), Reason("Papers whose texts are missing: %(n)s.", n=1)),
        (Condition.PAPERS_TRANSLATED, papers(IN_JAPANESE), Reason("Papers whose texts are missing: %(n)s.", n=1)),
        (
            Condition.PAPERS_TRANSLATED,
            papers(IN_JAPANESE, IN_CHINESE, languages=("ja", "ko")),
            Reason("Papers whose texts are missing: %(n)s.", n=1),
        ),
        (Condition.TIMETABLE_FIXED, with_parts(part("timetable")), Reason("No timetable is on record.")),
        (
            Condition.TIMETABLE_FIXED,
            with_parts(part("timetable", sessions=SESSIONS, provisional=True)),
            Reason("The timetable may still change."),
        ),
        (
            Condition.TIMETABLE_COMPLETE,
            with_parts(part("timetable", sessions=SESSIONS)),
            Reason("The timetable is not marked as complete."),
        ),
        (Condition.REPORT, with_parts(part("report", THEM)), Reason("No report is on record.")),
    ],
)
def test_a_condition_that_does_not_hold_says_why(condition: Condition, record: ExchangeOnRecord, says: Reason) -> None:
    assert read_condition(condition, of=US, record=record) == ConditionRead(holds=False, says=says)


@pytest.mark.parametrize("condition", ["moonrise", ""])
def test_of_what_is_in_no_record_nothing_is_read(condition: str) -> None:
    assert read_condition(condition, of=US, record=AN_AGREEMENT) is None


@pytest.mark.parametrize("condition", sorted(set(Condition) - {Condition.LETTER_SENT}))
def test_every_other_condition_is_read(condition: Condition) -> None:
    assert read_condition(condition, of=US, record=ExchangeOnRecord()) is not None


LETTERS: Final = ExchangeOnRecord(letters={US: {"thanks": LetterSent(on="2027-11-25", at="2027-11-26T01:00:00Z")}})


@pytest.mark.parametrize(
    ("makes", "of", "record", "says"),
    [
        ("letter of thanks", US, LETTERS, Reason("Sent on %(when)s.", when=Edtf("2027-11-25"))),
        ("letter of invitation", US, LETTERS, Reason("No such letter is marked as sent.")),
        # Nothing is known of the letters of a partner, nor of ours where they were not asked for.
        ("letter of thanks", THEM, LETTERS, None),
        ("letter of thanks", US, ExchangeOnRecord(), None),
        # A paper that is no letter of its own kind, and none at all.
        ("letter with candidate dates", US, LETTERS, None),
        ("", US, LETTERS, None),
    ],
)
def test_a_step_is_done_by_a_letter_of_the_kind_it_makes(
    makes: str, of: str, record: ExchangeOnRecord, says: Reason | None
) -> None:
    step = ScheduleStep(code="s", words=Text.of(en="Send"), acts=Acts.EACH, makes=makes, condition="letter sent")
    read = read_step(step, of=of, record=record)
    assert (read.says if read else None) == says


def test_every_letter_that_a_step_makes_is_of_a_kind_there_is() -> None:
    assert set(LETTER_OF.values()) <= set(LETTER_KINDS)
    assert set(LETTER_OF) <= set(StepPaper)
