"""Works: bibliographic descriptions of what the record rests on and what was published about it."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from koryu.records.document import Document, Item, Plain, WebAddress
from koryu.records.form_groups import FormGroup
from koryu.records.links import Ref, ToInstitution
from koryu.records.listed_values import Summary
from koryu.search.entries import WrittenForm
from koryu.values.edtf import Edtf
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import N_
from koryu.values.text import Text


class WorkType(StrEnum):
    """The CSL 1.0.2 item types in use here."""

    ARTICLE = "article"
    JOURNAL_ARTICLE = "article-journal"
    MAGAZINE_ARTICLE = "article-magazine"
    NEWSPAPER_ARTICLE = "article-newspaper"
    BOOK = "book"
    CHAPTER = "chapter"
    PAPER = "paper-conference"
    REPORT = "report"
    SPEECH = "speech"
    WEB_PAGE = "webpage"
    DOCUMENT = "document"


class Relation(StrEnum):
    REPORT_OF = "report of"
    OUTLINE_OF = "outline of"
    TREATS = "treats"
    REUSES = "reuses"


class Read(StrEnum):
    WHOLE = "read whole"
    PART = "read in part"
    COPY = "read through a copy"
    NOT_SEEN = "not seen"


class Author(Item):
    """An author as printed: a person's name form, or a corporate body."""

    lang: LanguageTag
    literal: Plain
    family: Plain | None = None
    given: Plain | None = None


class AboutRecord(Item):
    """Which record the work is a report or outline of, or reuses."""

    relation: Relation
    record: Ref


class Work(Document):
    """A work, described with the fields of CSL-JSON 1.0.2; its title is the record's title."""

    kind: Literal["work"]
    kind_names: ClassVar[tuple[str, str]] = (N_("work"), N_("Works"))
    place: ClassVar[int] = 40
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "type", "container", "authors", "issued")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: (
            "title",
            "title_given",
            "type",
            "container",
            "volume",
            "issue",
            "page",
            "language",
            "address",
            "doi",
            "issn",
            "read",
            "copy_at",
        ),
        FormGroup.WHEN: ("issued", "accessed"),
        FormGroup.WHO: ("authors", "publisher", "kept_by"),
        FormGroup.ABOUT: ("about", "notes"),
    }
    whose: ClassVar[str] = "kept_by"
    links_say: ClassVar[Mapping[str, str]] = {
        "about": N_("Works about it"),
        "kept_by": N_("Works it has described"),
    }
    cites: ClassVar[str] = N_("Works whose record cites it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "type", "kept_by"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)
    rests_on_itself: ClassVar[bool] = True

    type: WorkType
    kept_by: ToInstitution
    authors: tuple[Author, ...] = ()
    container: Text | None = None
    volume: Plain | None = None
    issue: Plain | None = None
    page: Plain | None = None
    publisher: Text | None = None
    issued: Edtf | None = None
    language: LanguageTag | None = None
    address: WebAddress | None = None
    accessed: Edtf | None = None
    doi: Plain | None = Field(default=None, pattern=r"^10\.\d+/\S+$")
    issn: Plain | None = None
    about: tuple[AboutRecord, ...] = ()
    read: Read = Read.NOT_SEEN
    copy_at: WebAddress | None = None
    title_given: bool = Field(default=True, description="False where the work bears no title and ours describes it.")

    def when(self) -> Edtf | None:
        return self.issued

    def written_elsewhere(self) -> tuple[WrittenForm, ...]:
        return tuple(WrittenForm(str(author.lang), author.literal) for author in self.authors)

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"date": ("issued",)}

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            type=str(self.type),
            container=self.container.as_json() if self.container else {},
            issue=self.issue or "",
            address=self.address or "",
            authors=[{"lang": str(author.lang), "literal": author.literal} for author in self.authors],
        )
