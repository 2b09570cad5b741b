"""Services: what one institution provides to another's readers, or each to the other."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from koryu.records import search_entry
from koryu.records.document import Document, Item
from koryu.records.doubts import check_order, of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToInstitution
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.values.text import Text


class ServiceType(StrEnum):
    PUBLICATION_EXCHANGE = "exchange of publications"
    DOCUMENT_SUPPLY = "document supply (copying)"
    ACQUISITION = "acquisition cooperation"
    LENDING = "international lending"
    REFERENCE = "reference service"


class Introduced(Item):
    """Who made the service known to whose readers, and since when."""

    by: ToInstitution
    readers_of: ToInstitution | None = None
    since: Edtf | None = None


class Service(Document):
    """A service between institutions."""

    kind: Literal["service"]
    kind_names: ClassVar[tuple[str, str]] = (N_("service"), N_("Services"))
    place: ClassVar[int] = 120
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "type", "providers", "receivers", "since", "terms")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "type"),
        FormGroup.WHEN: ("since", "until"),
        FormGroup.WHO: ("providers", "receivers"),
        FormGroup.ABOUT: ("terms", "how_to_use", "introduced", "notes"),
    }
    whose: ClassVar[str] = "providers"
    links_say: ClassVar[Mapping[str, str]] = {
        "providers": N_("Services it provides"),
        "receivers": N_("Services it receives"),
        "introduced": N_("Services that name it"),
    }
    cites: ClassVar[str] = N_("Services that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "type", "providers"})
    owned_by: ClassVar[tuple[str, ...]] = (
        "providers",
        "receivers",
    )

    type: ServiceType
    providers: tuple[ToInstitution, ...] = Field(min_length=1)
    receivers: tuple[ToInstitution, ...] = ()
    introduced: tuple[Introduced, ...] = ()
    since: Edtf | None = None
    until: Edtf | None = None
    terms: Text | None = None
    how_to_use: Text | None = None

    @model_validator(mode="after")
    @of_new
    def _ends_after_it_begins(self) -> None:
        check_order(self.since, self.until)

    def when(self) -> Edtf | None:
        # Not when it was made known to somebody's readers: it may have been there long before.
        return self.since

    def years(self) -> tuple[int, int] | None:
        return search_entry.years(self.since, self.until, *(introduction.since for introduction in self.introduced))

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"date": ("since",), "institutions": ("providers", "receivers")}

    def summary(self) -> Summary:
        return replace(super().summary(), type=str(self.type), institutions=list(self.owners()))
