"""Agreements: letters of intent, memoranda, and what extends or amends them."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from koryu.records.document import Document, Duration, File, Item, Prose
from koryu.records.doubts import check_once, check_order, check_takes_part, of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToAgreement, ToInstitution, ToPerson
from koryu.records.listed_values import Summary
from koryu.search.entries import WrittenForm
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text


class AgreementType(StrEnum):
    LETTER_OF_INTENT = "Letter of Intent"
    MEMORANDUM = "memorandum of understanding"
    AGREEMENT = "agreement"
    EXTENSION = "extension"
    AMENDMENT = "amendment"
    UNDERSTANDING = "understanding not put in a document"


class AmendmentType(StrEnum):
    CORRECTION = "correction"
    EXTENSION = "extension of term"
    CHANGE = "change of content"


class AgreementAct(StrEnum):
    EXCHANGED = "exchanged"
    SIGNED = "signed"
    RENEWED = "renewed automatically"
    AGREED = "agreed without a signed document"


class Renewal(StrEnum):
    AUTOMATIC = "renews automatically"
    BY_AGREEMENT = "renewed by agreement"
    NONE = "not renewed"


class Signatory(Item):
    """Who acted for an institution, as printed."""

    institution: ToInstitution
    person: ToPerson | None = None
    name: Text | None = None
    post: Text | None = None


class Done(Frozen):
    """When, where and by whom the agreement was exchanged or signed."""

    on: Edtf | None = None
    at: Text | None = None
    by: tuple[Signatory, ...] = ()


class Term(Frozen):
    """How long the agreement runs."""

    start: Edtf | None = None
    end: Edtf | None = None
    stated: Text | None = None
    lasts: Duration | None = None
    exchanges: int | None = Field(default=None, ge=1, description="For how many exchanges it was made.")
    renewal: Renewal | None = None

    @model_validator(mode="after")
    @of_new
    def _lasts_for_some_time(self) -> None:
        if self.lasts and not any(digit in self.lasts for digit in "123456789"):
            raise Refused(Reason("a term lasts for a day at least; enter how long, or leave it open"))

    @model_validator(mode="after")
    @of_new
    def _ends_after_it_begins(self) -> None:
        check_order(self.start, self.end)


class Wording(Item):
    """The agreement's text in one language."""

    lang: LanguageTag
    authentic: bool
    text: Prose | None = None
    file: File | None = None

    @model_validator(mode="after")
    @of_new
    def _says_something(self) -> None:
        if not (self.text or self.file):
            raise Refused(Reason("a wording has a text or a file; add one, or remove the wording"))


class Agreement(Document):
    """What institutions agreed between them."""

    kind: Literal["agreement"]
    kind_names: ClassVar[tuple[str, str]] = (N_("agreement"), N_("Agreements"))
    place: ClassVar[int] = 50
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "type",
        "institutions",
        "act",
        "done",
        "term",
        "provides",
        "texts_in",
    )
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "type", "act", "amends_by"),
        FormGroup.WHEN: ("done", "term", "proposed", "text_settled"),
        FormGroup.WHO: ("institutions", "proposed_by"),
        FormGroup.ABOUT: ("provides", "texts_in", "notes"),
        FormGroup.UNDER: ("extends",),
    }
    whose: ClassVar[str] = "institutions"
    links_say: ClassVar[Mapping[str, str]] = {
        "institutions": N_("Agreements it has made"),
        "done": N_("Agreements it has made"),
        "proposed_by": N_("Agreements it has made"),
        "extends": N_("Extended by"),
    }
    cites: ClassVar[str] = N_("Agreements that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "type", "institutions"})
    owned_by: ClassVar[tuple[str, ...]] = ("institutions",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"extends"})

    type: AgreementType
    institutions: tuple[ToInstitution, ...] = Field(min_length=1)
    amends_by: AmendmentType | None = None
    extends: ToAgreement | None = None
    act: AgreementAct | None = None
    proposed: Edtf | None = None
    proposed_by: tuple[Signatory, ...] = ()
    text_settled: Edtf | None = None
    done: Done | None = None
    term: Term | None = None
    provides: Text | None = None
    texts_in: tuple[Wording, ...] = ()

    @model_validator(mode="after")
    @of_new
    def _contradicts_nothing(self) -> None:
        check_once(self.institutions, Reason("an institution is listed twice; remove one of the two"))
        for signatory in (*self.proposed_by, *(self.done.by if self.done else ())):
            check_takes_part(signatory.institution, self.institutions)
        check_once(
            (wording.lang for wording in self.texts_in if wording.authentic),
            Reason("two texts in one language are said to be authentic; only one of them can be"),
        )
        done = self.done.on if self.done else None
        if self.proposed and done and done.latest < self.proposed.earliest:
            raise Refused(
                Reason(
                    "it was done on %(done)s, before it was proposed on %(proposed)s; correct one of them",
                    done=done,
                    proposed=self.proposed,
                )
            )

    def when(self) -> Edtf | None:
        if self.done and self.done.on:
            return self.done.on
        return self.term.start if self.term else None

    def written_elsewhere(self) -> tuple[WrittenForm, ...]:
        return tuple(WrittenForm(str(wording.lang), wording.text) for wording in self.texts_in if wording.text)

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        done = ("done.on",)
        return {
            "date": done if self.done and self.done.on else ("term.start",),
            "done": done,
            "since": ("term.start",),
            "until": ("term.end",),
            "stated": ("term.stated",),
            "renewal": ("term.renewal",),
            "authentic": tuple(f"texts_in[{wording.id}].authentic" for wording in self.texts_in),
        }

    def summary(self) -> Summary:
        done, term = self.done or Done(), self.term or Term()
        return replace(
            super().summary(),
            type=str(self.type),
            institutions=[str(institution) for institution in self.institutions],
            amends_by=str(self.amends_by or ""),
            extends=str(self.extends or ""),
            act=str(self.act or ""),
            done=str(done.on or ""),
            since=str(term.start or ""),
            until=str(term.end or ""),
            stated=term.stated.as_json() if term.stated else {},
            lasts=term.lasts or "",
            exchanges_agreed=term.exchanges or 0,
            renewal=str(term.renewal or ""),
            authentic=[str(wording.lang) for wording in self.texts_in if wording.authentic],
            files=[
                {"digest": wording.file.digest, "name": wording.file.name, "lang": str(wording.lang)}
                for wording in self.texts_in
                if wording.file
            ],
        )
