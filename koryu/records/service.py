"""Services: what one institution provides to another's readers, or each to the other."""

from enum import StrEnum
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from koryu.records import search_entry
from koryu.records.document import Document, Item, without_empty
from koryu.records.doubts import check_order, of_new
from koryu.records.links import ToInstitution
from koryu.values.edtf import Edtf
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
        return self.since or next((one.since for one in self.introduced if one.since), None)

    def years(self) -> tuple[int, int] | None:
        return search_entry.years(self.when(), self.until)

    def facts(self) -> dict[str, Any]:
        return without_empty(type=str(self.type), institutions=list(self.owners()))
