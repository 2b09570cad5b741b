"""Follow-ups: what one institution has promised at an exchange, by when, and what became of it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from pydantic import model_validator

from koryu.records.document import Citation, Document, Id, Item
from koryu.records.doubts import of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToExchange, ToInstitution, ToOccasion, ToProduct
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text


class PromiseOrigin(Item):
    """What the promise came from: a record, and where it is one of its items, which."""

    record: ToOccasion
    item: Id | None = None


class PromiseResult(Item):
    """What it led to."""

    record: ToProduct


class FollowUp(Document):
    """A promise, owned by who will act. It is never public; what it led to may be, and does not name it."""

    kind: Literal["follow-up"]
    kind_names: ClassVar[tuple[str, str]] = (N_("follow-up"), N_("Follow-ups"))
    place: ClassVar[int] = 112
    never_public: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "exchange", "institution", "for_whom", "due", "done")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "what", "exchange"),
        FormGroup.WHEN: ("due", "done", "ended"),
        FormGroup.WHO: ("institution", "for_whom"),
        FormGroup.ABOUT: ("grew_out_of", "led_to", "evidence", "notes"),
    }
    whose: ClassVar[str] = "institution"
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Follow-ups of it"),
        "institution": N_("Its follow-up items"),
        "for_whom": N_("Follow-up items for it"),
        "grew_out_of": N_("Follow-ups that came from it"),
        "led_to": N_("Follow-ups that led to it"),
    }
    cites: ClassVar[str] = N_("Follow-ups that cite it")
    field_names: ClassVar[Mapping[str, str]] = {
        "title": N_("What will be done"),
        "done": N_("Done on"),
        "ended": N_("Given up, and why"),
    }
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "institution"})
    owned_by: ClassVar[tuple[str, ...]] = ("institution",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    institution: ToInstitution
    what: Text | None = None
    for_whom: tuple[ToInstitution, ...] = ()
    due: Edtf | None = None
    done: Edtf | None = None
    ended: Text | None = None
    evidence: tuple[Citation, ...] = ()
    grew_out_of: tuple[PromiseOrigin, ...] = ()
    led_to: tuple[PromiseResult, ...] = ()

    @model_validator(mode="after")
    @of_new
    def _ends_one_way(self) -> None:
        if self.done and self.ended:
            raise Refused(Reason("It is marked both as done and as given up; choose one of them."))

    def when(self) -> Edtf | None:
        return self.done or self.due

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"date": ("done", "due"), "state": ("done", "ended"), "until": ("due",)}

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            state="done" if self.done else "given up" if self.ended else "",
            exchange=str(self.exchange),
            institution=str(self.institution),
            for_whom=[str(institution) for institution in self.for_whom],
            until=str(self.due) if self.due else "",
            led_to=[str(product.record) for product in self.led_to],
        )
