"""Reports: one institution's own account of an exchange."""

from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar, Literal

from koryu.records.document import Document, Item, Visibility
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToExchange, ToInstitution, ToWork
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.values.text import Text


class Point(Item):
    """One thing the account tells."""

    text: Text


class Report(Document):
    """One side's account, in its words; public, or kept inside its own institution."""

    kind: Literal["report"]
    kind_names: ClassVar[tuple[str, str]] = (N_("own report"), N_("Own reports"))
    place: ClassVar[int] = 110
    first_fields: ClassVar[tuple[str, ...]] = ("title", "exchange", "institution", "dated", "shown_to", "text")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "exchange", "published_as"),
        FormGroup.WHEN: ("dated",),
        FormGroup.WHO: ("institution", "shown_to"),
        FormGroup.ABOUT: ("text", "points", "notes"),
    }
    whose: ClassVar[str] = "institution"
    own_half: ClassVar[bool] = True
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Reports of the participating institutions"),
        "institution": N_("Its own reports"),
        "published_as": N_("Reports published as this work"),
    }
    cites: ClassVar[str] = N_("Reports that cite it")
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

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"date": ("dated",)}

    def summary(self) -> Summary:
        return replace(super().summary(), exchange=str(self.exchange), institution=str(self.institution))
