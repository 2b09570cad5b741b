"""Papers given at exchanges: by an institution, through speakers in the posts they held then."""

from enum import StrEnum
from typing import Any, ClassVar, Literal

from koryu.records.document import Document, File, Item, Plain, Post, Readership, without_empty
from koryu.records.links import ToExchange, ToInstitution, ToPerson
from koryu.search.entries import WrittenForm
from koryu.values.language_tags import LanguageTag
from koryu.values.text import Text


class PaperType(StrEnum):
    KEYNOTE = "keynote"
    THEME_REPORT = "theme report"
    PAPER = "paper"
    LECTURE = "lecture"


class Status(StrEnum):
    GIVEN = "as given"
    SUPPLIED = "supplied by the institution"
    TRANSLATED = "in translation"


class PaperText(Item):
    """The paper in one language: its title, and its text as a file, and whether it was given so or translated."""

    lang: LanguageTag
    title: Plain | None = None
    status: Status
    file: File | None = None


class Speaker(Item):
    """A speaker, named or by post alone."""

    person: ToPerson | None = None
    printed: Text | None = None
    posts: tuple[Post, ...] = ()
    remark: Text | None = None


class Paper(Document):
    """A paper. Where its title was not seen, the record's title describes it, and `title_given` is false."""

    kind: Literal["paper"]
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "institution", "type"})
    owned_by: ClassVar[tuple[str, ...]] = ("institution",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    institution: ToInstitution
    type: PaperType
    title_given: bool = True
    label: Plain | None = None
    subject: Text | None = None
    speakers: tuple[Speaker, ...] = ()
    corporate_author: Text | None = None
    wordings: tuple[PaperText, ...] = ()
    shown_to: Readership = "public"

    def written_elsewhere(self) -> tuple[WrittenForm, ...]:
        return tuple(WrittenForm(str(wording.lang), wording.title) for wording in self.wordings if wording.title)

    def facts(self) -> dict[str, Any]:
        return without_empty(
            type=str(self.type),
            exchange=str(self.exchange),
            institution=str(self.institution),
            people=[str(speaker.person) for speaker in self.speakers if speaker.person],
            untitled=not self.title_given,
            label=self.label,
            titles={str(one.lang): one.title for one in self.wordings if one.title},
            speakers=[speaker.model_dump(mode="json", exclude_defaults=True) for speaker in self.speakers],
            corporate_author=self.corporate_author and self.corporate_author.as_json(),
        )
