"""Summary records: what was said and decided at an exchange, as all of its institutions agree that it was."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from koryu.records.document import Digest, Document, Id, Item
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToExchange, ToInstitution, ToQuestions, ToTimetable
from koryu.records.listed_values import Summary
from koryu.records.report import Point
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text


class SummedQuestion(Item):
    """A question or an answer that belongs to the summary: in which record it is, its id there, in which version."""

    record: ToQuestions
    item: Id
    version: Digest | None = Field(default=None, description="Of that record, as it was when this was agreed.")


class SummedSession(Item):
    """One session, or what belongs to none: what was said, what was asked, what was decided."""

    timetable: ToTimetable | None = None
    session: Id | None = None
    title: Text | None = None
    points: tuple[Point, ...] = ()
    asked: tuple[SummedQuestion, ...] = ()
    decisions: tuple[Point, ...] = ()

    @model_validator(mode="after")
    def _is_of_a_timetable(self) -> Self:
        if (self.timetable is None) != (self.session is None):
            raise Refused(Reason("A session is named by its timetable and its id there."))
        return self


class SummaryRecord(Document):
    """The summary of an exchange, joint and never public; an exchange may do without one."""

    kind: Literal["summary"]
    kind_names: ClassVar[tuple[str, str]] = (N_("summary record"), N_("Summary records"))
    place: ClassVar[int] = 104
    never_public: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "exchange", "institutions", "sessions")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "exchange"),
        FormGroup.WHO: ("institutions",),
        FormGroup.ABOUT: ("sessions", "notes"),
    }
    whose: ClassVar[str] = "institutions"
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Summary record of it"),
        "institutions": N_("Summary records it agreed"),
        "sessions": N_("Summary records that name it"),
    }
    cites: ClassVar[str] = N_("Summary records that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "institutions"})
    owned_by: ClassVar[tuple[str, ...]] = ("institutions",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    institutions: tuple[ToInstitution, ...] = Field(min_length=1)
    sessions: tuple[SummedSession, ...] = ()

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            exchange=str(self.exchange),
            institutions=[str(institution) for institution in self.institutions],
        )
