"""People, as the public record prints their names. No career: posts are printed where they were held."""

from typing import Any, ClassVar, Literal

from pydantic import Field

from koryu.records import search_entry
from koryu.records.document import Document, without_empty
from koryu.records.links import ToInstitution
from koryu.search.entries import WrittenForm
from koryu.values.person_names import NameForm


class Person(Document):
    """A person named in the record; the title is the name as it is written in each language."""

    kind: Literal["person"]
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "kept_by", "names"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)

    kept_by: ToInstitution
    names: tuple[NameForm, ...] = Field(min_length=1)

    def written_names(self) -> tuple[WrittenForm, ...]:
        return tuple(
            search_entry.form(name.lang, name.written, reading=name.reading, reading_lang=name.reading_lang)
            for name in self.names
        )

    def facts(self) -> dict[str, Any]:
        return without_empty(readings={str(name.lang): name.reading for name in self.names if name.reading})
