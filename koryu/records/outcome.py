"""Outcomes: what came of exchanges, as somebody states it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal

from koryu.records.document import Citation, Document, Item
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToInstitution, ToOrigin, ToResult
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen
from koryu.values.reason import N_
from koryu.values.text import Text


class OutcomeType(StrEnum):
    SERVICE_BEGUN = "service begun"
    PRACTICE_ADOPTED = "practice adopted"
    EXCHANGE_INCREASED = "exchange of publications increased"
    ACQUISITION = "cooperation in acquisition"
    ORGANISATION_FOUNDED = "organisation founded"
    STAFF_DISPATCHED = "staff dispatched"
    AGREEMENT_MADE = "agreement made"
    PROGRAMME_WIDENED = "programme widened"
    KNOWLEDGE_SHARED = "knowledge shared"
    JOINT_WORK = "joint work begun"


class Origin(Item):
    """What the outcome grew out of."""

    record: ToOrigin


class Result(Item):
    """The record in which the outcome took form."""

    record: ToResult


class Example(Frozen):
    """Whose arrangement the outcome follows, in the words of whoever states it."""

    institution: ToInstitution
    arrangement: Text | None = None


class Outcome(Document):
    """A result; it belongs to whoever records it, and others may check it."""

    kind: Literal["outcome"]
    kind_names: ClassVar[tuple[str, str]] = (N_("outcome"), N_("Outcomes"))
    place: ClassVar[int] = 130
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "type", "date", "concerns", "grew_out_of")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "type"),
        FormGroup.WHEN: ("date",),
        FormGroup.WHO: ("concerns", "kept_by", "stated_by"),
        FormGroup.ABOUT: ("grew_out_of", "took_form_in", "follows_example", "evidence", "notes"),
    }
    whose: ClassVar[str] = "kept_by"
    links_say: ClassVar[Mapping[str, str]] = {
        "concerns": N_("Outcomes that concern it"),
        "stated_by": N_("Outcomes it has stated"),
        "took_form_in": N_("Outcomes that took form in it"),
        "follows_example": N_("Outcomes that follow its example"),
        "kept_by": N_("Outcomes it has recorded"),
    }
    cites: ClassVar[str] = N_("Outcomes that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "type", "kept_by"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)

    type: OutcomeType
    kept_by: ToInstitution
    stated_by: ToInstitution | None = None
    concerns: tuple[ToInstitution, ...] = ()
    date: Edtf | None = None
    grew_out_of: tuple[Origin, ...] = ()
    took_form_in: tuple[Result, ...] = ()
    follows_example: Example | None = None
    evidence: tuple[Citation, ...] = ()

    def when(self) -> Edtf | None:
        return self.date

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"institutions": ("concerns",)}

    def summary(self) -> Summary:
        return replace(
            super().summary(), type=str(self.type), institutions=[str(institution) for institution in self.concerns]
        )
