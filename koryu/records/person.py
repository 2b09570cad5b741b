"""People, as the public record prints their names. No career: posts are printed where they were held."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from koryu.records import search_entry
from koryu.records.document import Document, paths_of_title, read_as_titled
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToInstitution
from koryu.search.entries import WrittenForm
from koryu.values.person_names import NameForm
from koryu.values.reason import N_


class Person(Document):
    """A person named in the record; the title is the name as it is written in each language."""

    kind: Literal["person"]
    kind_names: ClassVar[tuple[str, str]] = (N_("person"), N_("People"))
    place: ClassVar[int] = 20
    first_fields: ClassVar[tuple[str, ...]] = ("title", "names")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "names"),
        FormGroup.WHO: ("kept_by",),
        FormGroup.ABOUT: ("notes",),
    }
    whose: ClassVar[str] = "kept_by"
    links_say: ClassVar[Mapping[str, str]] = {
        "kept_by": N_("People it has recorded"),
    }
    cites: ClassVar[str] = N_("People whose record cites it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "kept_by", "names"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)

    kept_by: ToInstitution
    names: tuple[NameForm, ...] = Field(min_length=1)

    def written_names(self) -> tuple[WrittenForm, ...]:
        return tuple(
            search_entry.form(name.lang, name.written, reading=name.reading, reading_lang=name.reading_lang)
            for name in self.names
        )

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return paths_of_title(self.title, self.names)

    def readings(self) -> dict[str, str]:
        """How the title is read, by the language of the name."""
        return super().readings() | read_as_titled(self.title, self.names)
