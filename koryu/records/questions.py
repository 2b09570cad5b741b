"""Questions: what one institution asks, answers and states at an exchange; one record each, for its circle alone."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import model_validator

from koryu.records.document import Document, File, Id, Item
from koryu.records.doubts import of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToExchange, ToInstitution, ToPaper, ToPerson, ToQuestions, ToTimetable
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text


class QuestionType(StrEnum):
    QUESTION = "question"
    ANSWER = "answer"
    STATEMENT = "statement"


class AskedWhen(StrEnum):
    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class QuestionMatter(Frozen):
    """What a question is about: a paper, or a session of a timetable by its id there."""

    paper: ToPaper | None = None
    timetable: ToTimetable | None = None
    session: Id | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if (self.paper is None) == (self.timetable is None) or (self.timetable is None) != (self.session is None):
            raise Refused(Reason("It must be about a paper, or about a session of a timetable."))
        return self


class QuestionParty(Frozen):
    """Who asks or is asked: an institution, and somebody there."""

    institution: ToInstitution | None = None
    person: ToPerson | None = None
    printed: Text | None = None

    @model_validator(mode="after")
    def _is_somebody(self) -> Self:
        if not (self.institution or self.person or self.printed):
            raise Refused(Reason("Say who it is: an institution, a person or a name."))
        return self


class AnsweredQuestion(Frozen):
    """The question that an answer answers: in which record, and its id there."""

    record: ToQuestions
    item: Id


class QuestionItem(Item):
    """A question, an answer or a statement.

    A question is `in_writing` where an answer in writing was promised, by the day `due` where one was named; whoever it
    is put `to` owes it, and where it says nobody, each of the others.
    """

    field_names: ClassVar[Mapping[str, str]] = {"of": N_("What it is about"), "by": N_("Who says it")}

    type: QuestionType
    of: QuestionMatter | None = None
    when: AskedWhen | None = None
    by: QuestionParty | None = None
    to: QuestionParty | None = None
    text: Text
    in_writing: bool = False
    due: Edtf | None = None
    answers: AnsweredQuestion | None = None
    dated: Edtf | None = None
    file: File | None = None

    @model_validator(mode="after")
    @of_new
    def _is_of_one_sort(self) -> None:
        if self.answers and self.type is not QuestionType.ANSWER:
            raise Refused(Reason("Only an answer says which question it answers."))
        if (self.in_writing or self.due) and self.type is not QuestionType.QUESTION:
            raise Refused(Reason("Only a question is to be answered in writing."))
        if self.due and not self.in_writing:
            raise Refused(Reason("A day by which to answer is given only where a written answer is asked for."))


class Questions(Document):
    """What one institution asks, answers and states at an exchange. It is never public."""

    kind: Literal["questions"]
    kind_names: ClassVar[tuple[str, str]] = (N_("questions and answers"), N_("Questions and answers"))
    place: ClassVar[int] = 102
    never_public: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "exchange", "institution", "items")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "exchange"),
        FormGroup.WHO: ("institution",),
        FormGroup.ABOUT: ("items", "notes"),
    }
    whose: ClassVar[str] = "institution"
    own_half: ClassVar[bool] = True
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Questions and answers at it"),
        "institution": N_("Its questions and answers"),
        "items": N_("Questions that name it"),
    }
    cites: ClassVar[str] = N_("Questions that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "institution"})
    owned_by: ClassVar[tuple[str, ...]] = ("institution",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    institution: ToInstitution
    items: tuple[QuestionItem, ...] = ()

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return dict.fromkeys(("owed", "answered", "matters"), ("items",))

    def summary(self) -> Summary:
        written = [item for item in self.items if item.in_writing]
        named = Counter(matter_named(item.of) for item in self.items if item.of)
        return replace(
            super().summary(),
            exchange=str(self.exchange),
            institution=str(self.institution),
            owed=[
                {
                    "item": item.id,
                    "to": str(item.to.institution) if item.to and item.to.institution else "",
                    "due": str(item.due) if item.due else "",
                    "text": item.text.as_json(),
                }
                for item in written
            ],
            answered=[f"{item.answers.record}#{item.answers.item}" for item in self.items if item.answers],
            matters=dict(named),
        )


def matter_named(matter: QuestionMatter) -> str:
    """What names the paper or the session something is about among the values of a list."""
    return str(matter.paper) if matter.paper else f"{matter.timetable}#{matter.session}"
