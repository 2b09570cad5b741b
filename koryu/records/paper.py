"""Papers given at exchanges: by an institution, through speakers in the posts they held then."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal

from koryu.records.document import Document, File, Item, Plain, Post, Readership
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToExchange, ToInstitution, ToPerson
from koryu.records.listed_values import Summary
from koryu.search.entries import WrittenForm
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import N_
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
    kind_names: ClassVar[tuple[str, str]] = (N_("paper given"), N_("Papers given"))
    place: ClassVar[int] = 90
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "title_given",
        "exchange",
        "institution",
        "type",
        "speakers",
        "subject",
        "wordings",
    )
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "title_given", "exchange", "type", "label"),
        FormGroup.WHO: ("institution", "speakers", "corporate_author", "shown_to"),
        FormGroup.ABOUT: ("subject", "wordings", "notes"),
    }
    whose: ClassVar[str] = "institution"
    own_half: ClassVar[bool] = True
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Papers given"),
        "institution": N_("Papers it gave"),
        "speakers": N_("Papers they gave"),
    }
    cites: ClassVar[str] = N_("Papers that cite it")
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

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"people": ("speakers",), "titles": ("wordings",)}

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            type=str(self.type),
            exchange=str(self.exchange),
            institution=str(self.institution),
            people=[str(speaker.person) for speaker in self.speakers if speaker.person],
            untitled=not self.title_given,
            label=self.label or "",
            titles={str(wording.lang): wording.title for wording in self.wordings if wording.title},
            speakers=[speaker.model_dump(mode="json", exclude_defaults=True) for speaker in self.speakers],
            corporate_author=self.corporate_author.as_json() if self.corporate_author else {},
        )
