"""Reports: one institution's own account of an exchange."""

from typing import Any, ClassVar, Literal

from koryu.records.document import Document, Item, Visibility, without_empty
from koryu.records.links import ToExchange, ToInstitution, ToWork
from koryu.values.edtf import Edtf
from koryu.values.text import Text


class Point(Item):
    """One thing the account tells."""

    text: Text


class Report(Document):
    """One side's account, in its words; public, or kept inside its own institution."""

    kind: Literal["report"]
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "institution", "shown_to"})
    owned_by: ClassVar[tuple[str, ...]] = ("institution",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    institution: ToInstitution
    shown_to: Visibility = "public"
    dated: Edtf | None = None
    published_as: tuple[ToWork, ...] = ()
    text: Text | None = None
    points: tuple[Point, ...] = ()

    def when(self) -> Edtf | None:
        return self.dated

    def facts(self) -> dict[str, Any]:
        return without_empty(exchange=str(self.exchange), institution=str(self.institution))
