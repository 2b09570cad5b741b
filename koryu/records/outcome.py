"""Outcomes: what came of exchanges, as somebody states it."""

from enum import StrEnum
from typing import Any, ClassVar, Literal

from koryu.records.document import Citation, Document, Item, without_empty
from koryu.records.links import ToInstitution, ToOrigin, ToResult
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen
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

    def facts(self) -> dict[str, Any]:
        return without_empty(type=str(self.type), institutions=[str(one) for one in self.concerns])
