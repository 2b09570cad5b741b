"""The steps of a schedule: who acts, how the day is counted, when a step is done; and which steps can be kept. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final, Self

from pydantic_core import from_json

from koryu.values.reason import N_, Reason
from koryu.values.text import Text

MOST_STEPS: Final = 80
LONGEST_WORDS: Final = 300
_LONGEST_LEAD: Final = 260
# An anchor that is another step is written with this before its code.
STEP: Final = "step:"


class Acts(StrEnum):
    """Who acts: the host, each guest, each institution that takes part, or only the one whose schedule it is."""

    HOST = "host"
    GUEST = "guest"
    EACH = "each"
    OWN = "own"


class Anchor(StrEnum):
    """From which day of the exchange a step is counted."""

    ARRIVAL = "arrival"
    FIRST_SESSION = "first session"
    DEPARTURE = "departure"
    AGREED = "dates agreed"


class Unit(StrEnum):
    """In what the distance is counted; working days are those of who acts."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Condition(StrEnum):
    """What the record has to say for a step to be done; see `step_conditions`."""

    APPROVED = N_("approved")
    PROPOSED = N_("proposal sent")
    AGREED = N_("dates agreed")
    BY_LETTER = N_("accepted by letter")
    PEOPLE = N_("participants sent")
    PEOPLE_NAMED = N_("participants with names")
    PEOPLE_READINGS = N_("participants with readings")
    INTERPRETER = N_("interpreter named")
    PAPERS_TITLED = N_("papers titled")
    PAPERS_TEXTS = N_("papers with texts")
    PAPERS_TRANSLATED = N_("papers translated")
    TIMETABLE_COMPLETE = N_("timetable complete")
    TIMETABLE_FIXED = N_("timetable fixed")
    REPORT = N_("report sent")
    LETTER_SENT = N_("letter sent")
    SUMMARY_RECORD = N_("summary record agreed")
    FOLLOW_UPS = N_("follow-up items noted")


class StepPaper(StrEnum):
    """The paper that a step makes."""

    DATES = N_("letter with candidate dates")
    PROPOSAL = N_("proposed text")
    INVITATION = N_("letter of invitation")
    VISA = N_("papers for the visa")
    PARTICIPANTS = N_("list of participants")
    PAPERS = N_("papers given")
    TIMETABLE = N_("timetable")
    CARDS = N_("name cards")
    THANKS = N_("letter of thanks")
    REPORT = N_("own report")
    SUMMARY = N_("summary record")
    ACCOUNTS = N_("accounts")


# The kind of letter that is the paper of a step, where there is one that is nothing else.
LETTER_OF: Final[Mapping[str, str]] = {
    StepPaper.PROPOSAL: "plan",
    StepPaper.INVITATION: "invitation",
    StepPaper.PARTICIPANTS: "participants",
    StepPaper.PAPERS: "papers",
    StepPaper.TIMETABLE: "programme",
    StepPaper.THANKS: "thanks",
}


# At most two years, in each unit; of working days a year has some 245.
_LONGEST: Final[Mapping[Unit, int]] = {Unit.WORKING_DAYS: 490, Unit.DAYS: 730, Unit.WEEKS: 104, Unit.MONTHS: 24}
_TOO_FAR: Final = Reason("At most two years before or after.")


@dataclass(frozen=True, kw_only=True)
class ScheduleStep:
    """One step: what is to be done, who acts, and its day, `n` units after `anchor` (before it, where negative).

    `anchor` is one of `Anchor`, or `STEP` and the code of another step. `lead` is how many working days it takes.
    `condition` is one of `Condition`, or '' for a step that is done when somebody says so; `makes` one of `StepPaper`,
    or ''. `travel` where it falls away online, `shown` where the partners see it too.
    """

    code: str
    words: Text
    acts: Acts
    anchor: str = Anchor.ARRIVAL
    n: int = 0
    unit: Unit = Unit.WORKING_DAYS
    lead: int = 0
    makes: str = ""
    condition: str = ""
    travel: bool = False
    shown: bool = False

    @property
    def after_step(self) -> str:
        """The code of the step from which it is counted; '' where that is none."""
        return self.anchor.removeprefix(STEP) if self.anchor.startswith(STEP) else ""

    @property
    def is_read(self) -> bool:
        """Whether the record, or a letter that was sent, says that it is done."""
        if self.condition == Condition.LETTER_SENT:
            return bool(self.letter_kind)
        return bool(self.condition)

    @property
    def letter_kind(self) -> str:
        """The kind of letter with whose sending it is done; '' where that is none, or not how it is done."""
        return LETTER_OF.get(self.makes, "") if self.condition == Condition.LETTER_SENT else ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept in a template."""
        return {
            "code": self.code,
            "words": self.words.as_json(),
            "acts": str(self.acts),
            "anchor": str(self.anchor),
            "n": self.n,
            "unit": str(self.unit),
            "lead": self.lead,
            "makes": str(self.makes),
            "condition": str(self.condition),
            "travel": self.travel,
            "shown": self.shown,
        }

    @classmethod
    def kept(cls, written: Mapping[str, Any]) -> Self:
        """A step as a template has kept it."""
        return cls(
            **{
                **written,
                "words": Text.kept(written["words"]),
                "acts": Acts(written["acts"]),
                "unit": Unit(written["unit"]),
            }
        )


# Every page of an exchange reads its template, and a template never changes: it has another edition then.
@lru_cache(maxsize=64)
def steps_kept(written: str) -> tuple[ScheduleStep, ...]:
    """The steps of a template, of the JSON in which it is kept."""
    return tuple(ScheduleStep.kept(each) for each in from_json(written))


def steps_fail(steps: Sequence[ScheduleStep]) -> Reason | None:
    """Why these cannot be the steps of a template; None where they can."""
    if len(steps) > MOST_STEPS:
        return Reason("At most %(most)s steps can be kept in one schedule.", most=MOST_STEPS)
    if len({step.code for step in steps}) < len(steps):
        return Reason("Two steps are called alike inside; delete one of them.")
    return next(filter(None, map(_step_fails, steps)), None) or _order_fails(steps)


def _step_fails(step: ScheduleStep) -> Reason | None:
    if any(len(form) > LONGEST_WORDS for form in step.words.forms.values()):
        return Reason("A step has at most %(most)s characters.", most=LONGEST_WORDS)
    if abs(step.n) > _LONGEST[step.unit]:
        return _TOO_FAR
    if not 0 <= step.lead <= _LONGEST_LEAD:
        return Reason("A step takes at most %(most)s working days.", most=_LONGEST_LEAD)
    if not step.after_step and step.anchor not in set(Anchor):
        return Reason("Choose one of the values offered.")
    if step.condition and step.condition not in set(Condition):
        return Reason("Choose one of the values offered.")
    return Reason("Choose one of the values offered.") if step.makes and step.makes not in set(StepPaper) else None


def _order_fails(steps: Sequence[ScheduleStep]) -> Reason | None:
    """What is wrong with what steps are counted from: each other, a step that is not there, or from too far away."""
    by_code = {step.code: step for step in steps}
    for step in steps:
        if step.after_step and step.after_step not in by_code:
            return Reason("“%(step)s” is counted from a step that is not there.", step=step.words)
        chain = list(_chain(step, by_code))
        if chain[-1].after_step:
            return _circle(chain, by_code)
        if sum(abs(each.n) / _LONGEST[each.unit] for each in chain) > 1:
            return _TOO_FAR
    return None


def _chain(step: ScheduleStep, by_code: Mapping[str, ScheduleStep]) -> Iterator[ScheduleStep]:
    """A step, the one it is counted from, and so on; it ends before a step comes again."""
    seen: set[str] = set()
    following: ScheduleStep | None = step
    while following and following.code not in seen:
        seen.add(following.code)
        yield following
        following = by_code.get(following.after_step)


def _circle(chain: Sequence[ScheduleStep], by_code: Mapping[str, ScheduleStep]) -> Reason:
    """The steps of a chain that wait for each other, by name."""
    begins = by_code.get(chain[-1].after_step)
    if begins is None:
        return Reason("“%(step)s” is counted from a step that is not there.", step=chain[-1].words)
    around = chain[chain.index(begins) :]
    match len(around):
        case 1:
            return Reason("“%(one)s” waits for itself.", one=around[0].words)
        case 2:
            return Reason("“%(one)s” and “%(other)s” wait for each other.", one=around[0].words, other=around[1].words)
        case _:
            return Reason(
                "“%(one)s”, “%(other)s” and others wait for each other.", one=around[0].words, other=around[1].words
            )


def acting(step: ScheduleStep, *, me: str, hosts: Iterable[str], institutions: Iterable[str]) -> tuple[str, ...]:
    """The institutions that act in a step, as `me` sees it: itself first. Nobody where it is not known who hosts."""
    hosting, taking_part = tuple(hosts), tuple(institutions)
    match step.acts:
        case Acts.OWN:
            return (me,)
        case Acts.HOST:
            listed = hosting
        case Acts.GUEST:
            listed = tuple(uri for uri in taking_part if uri not in hosting) if hosting else ()
        case _:
            listed = taking_part
    return tuple(sorted(dict.fromkeys(listed), key=lambda uri: uri != me))


ACTS_NAMES: Final[Mapping[Acts, str]] = {
    Acts.HOST: N_("the host"),
    Acts.GUEST: N_("each guest"),
    Acts.EACH: N_("each institution"),
    Acts.OWN: N_("only we"),
}
ANCHOR_NAMES: Final[Mapping[str, str]] = {
    Anchor.ARRIVAL: N_("arrival"),
    Anchor.FIRST_SESSION: N_("first session"),
    Anchor.DEPARTURE: N_("departure"),
    Anchor.AGREED: N_("dates agreed"),
}
UNIT_NAMES: Final[Mapping[Unit, str]] = {
    Unit.WORKING_DAYS: N_("working days"),
    Unit.DAYS: N_("calendar days"),
    Unit.WEEKS: N_("calendar weeks"),
    Unit.MONTHS: N_("calendar months"),
}
