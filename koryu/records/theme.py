"""Themes: what exchanges are about, under one label in each language."""

from typing import ClassVar, Literal

from koryu.records.document import Document
from koryu.records.links import ToInstitution, ToTheme


class Theme(Document):
    """A theme; its title is its label in each language."""

    kind: Literal["theme"]
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "kept_by"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)

    kept_by: ToInstitution
    broader: ToTheme | None = None
