"""Themes: what exchanges are about, under one label in each language."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from koryu.records.document import Document
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToInstitution, ToTheme
from koryu.values.reason import N_


class Theme(Document):
    """A theme; its title is its label in each language."""

    kind: Literal["theme"]
    kind_names: ClassVar[tuple[str, str]] = (N_("theme"), N_("Themes"))
    place: ClassVar[int] = 30
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title",)
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "broader"),
        FormGroup.WHO: ("kept_by",),
        FormGroup.ABOUT: ("notes",),
    }
    whose: ClassVar[str] = "kept_by"
    links_say: ClassVar[Mapping[str, str]] = {
        "broader": N_("Narrower themes"),
        "kept_by": N_("Themes it keeps"),
    }
    cites: ClassVar[str] = N_("Themes whose record cites it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "kept_by"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)

    kept_by: ToInstitution
    broader: ToTheme | None = None
