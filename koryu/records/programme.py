"""Programmes: a standing arrangement between institutions, under which exchanges are held."""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from pydantic import Field, model_validator

from koryu.records import search_entry
from koryu.records.document import Document, Duration, Item, sorted_uris
from koryu.records.doubts import check_once, check_order, of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToAgreement, ToInstitution, ToProgramme, ToTheme, ToWork
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text

# Exchanges are counted in months and years.
_A_MONTH: Final = re.compile(r"[1-9]\d*[YM]")


class ProgrammeType(StrEnum):
    MUTUAL_VISIT = "mutual visit programme"
    TRAINING = "staff training programme"
    STAFF_EXCHANGE = "staff exchange programme"
    JOINT_MEETING = "joint meeting series"
    INVITATION = "invitation programme"


class ProgrammeMember(Item):
    """An institution of the programme: since and until when, and what it calls the programme."""

    institution: ToInstitution
    joined: Edtf | None = None
    left: Edtf | None = None
    calls_it: Text | None = None

    @model_validator(mode="after")
    @of_new
    def _left_after_joining(self) -> None:
        check_order(self.joined, self.left)


class HostingSide(Item):
    """Institutions that host and travel as one."""

    institutions: tuple[ToInstitution, ...] = Field(min_length=1)


class OnlineTurns(StrEnum):
    """What holding an exchange online does with the turn of whoever was to host it."""

    KEPT = "turn kept"
    SPENT = "turn used"


class Numbering(StrEnum):
    RUNS_ON = "numbers run on"
    NONE = "no numbers"


class Basis(Item):
    """An agreement the programme rests on, and from when."""

    agreement: ToAgreement
    since: Edtf | None = None


class Concern(Item):
    """What the institutions share as a concern, as somebody stated it at some time."""

    text: Text
    as_of: Edtf | None = None
    theme: ToTheme | None = None
    source: ToWork | None = None


class Reported(Item):
    """A field the institutions report on to each other."""

    text: Text
    theme: ToTheme | None = None


class Shape(Frozen):
    """The usual shape of an exchange."""

    delegation_size: int | None = Field(default=None, ge=1)
    days: int | None = Field(default=None, ge=1)
    described: Text | None = None


class Programme(Document):
    """A programme of exchanges."""

    kind: Literal["programme"]
    kind_names: ClassVar[tuple[str, str]] = (N_("programme"), N_("Programmes"))
    place: ClassVar[int] = 60
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "short", "type", "institutions", "since", "until", "basis")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "short", "type"),
        FormGroup.WHEN: ("since", "until", "cadence", "every", "year_begins"),
        FormGroup.WHO: ("institutions", "sides", "hosting_order", "online_turns"),
        FormGroup.ABOUT: ("purpose", "shared_concern", "fields", "usual_shape", "notes"),
        FormGroup.UNDER: ("basis", "continues", "number_series", "numbering"),
    }
    whose: ClassVar[str] = "institutions"
    links_say: ClassVar[Mapping[str, str]] = {
        "institutions": N_("Programmes it takes part in"),
        "hosting_order": N_("Programmes it takes part in"),
        "sides": N_("Programmes it takes part in"),
        "basis": N_("Programmes based on it"),
        "continues": N_("Continued by"),
        "number_series": N_("Programmes that number with it"),
        "fields": N_("Programmes that name it"),
        "shared_concern": N_("Programmes that name it"),
    }
    cites: ClassVar[str] = N_("Programmes that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "type", "institutions"})
    claims_by: ClassVar[frozenset[str]] = frozenset({"continues", "number_series"})

    type: ProgrammeType
    short: Text | None = Field(default=None, description="What it is called where there is little room.")
    institutions: tuple[ProgrammeMember, ...] = Field(min_length=1)
    since: Edtf | None = None
    until: Edtf | None = None
    continues: ToProgramme | None = None
    basis: tuple[Basis, ...] = ()
    purpose: Text | None = None
    shared_concern: tuple[Concern, ...] = ()
    fields: tuple[Reported, ...] = ()
    sides: tuple[HostingSide, ...] = ()
    hosting_order: tuple[ToInstitution, ...] = ()
    cadence: Text | None = None
    every: Duration | None = None
    year_begins: int | None = Field(default=None, ge=1, le=12, description="The month in which its year begins.")
    online_turns: OnlineTurns | None = None
    numbering: Numbering | None = None
    number_series: ToProgramme | None = None
    usual_shape: Shape | None = None

    @model_validator(mode="after")
    @of_new
    def _contradicts_nothing(self) -> None:
        check_order(self.since, self.until)
        members = [member.institution for member in self.institutions]
        # One that left and came back is listed again, with other dates.
        check_once(
            ((member.institution, member.joined, member.left) for member in self.institutions),
            Reason("an institution is listed twice; remove one of the two"),
        )
        strangers = sorted(set(self.hosting_order) - set(members))
        if strangers:
            raise Refused(Reason("“%(host)s” hosts in turn but is not a member of the programme", host=(strangers[0],)))
        sided = [institution for side in self.sides for institution in side.institutions]
        twice = sorted({institution for institution in sided if sided.count(institution) > 1})
        if twice:
            raise Refused(Reason("“%(host)s” hosts with two others; leave it with one of them", host=(twice[0],)))
        strangers = sorted(set(sided) - set(members))
        if strangers:
            raise Refused(
                Reason("“%(host)s” hosts with others but is not a member of the programme", host=(strangers[0],))
            )
        if self.every and not _A_MONTH.search(self.every):
            raise Refused(Reason("the step between exchanges must be at least one month; write it as P1Y or P6M"))

    def owners(self) -> tuple[str, ...]:
        return sorted_uris(*(member.institution for member in self.institutions if member.left is None))

    @classmethod
    def owners_in(cls, content: Mapping[str, Any]) -> tuple[str, ...]:
        members = content.get("institutions")
        listed = [member for member in members if isinstance(member, dict)] if isinstance(members, list | tuple) else []
        named = (member.get("institution") for member in listed if not member.get("left"))
        return sorted_uris(*(institution for institution in named if isinstance(institution, str)))

    def departed(self) -> tuple[str, ...]:
        """The institutions that, by this content, have left."""
        return sorted_uris(*(member.institution for member in self.institutions if member.left is not None))

    def when(self) -> Edtf | None:
        return self.since

    def years(self) -> tuple[int, int] | None:
        return search_entry.years(self.since, self.until)

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {
            "date": ("since",),
            "institutions": tuple(f"institutions[{member.id}].institution" for member in self.institutions),
            "series": ("number_series",),
        }

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            type=str(self.type),
            short=self.short.as_json() if self.short else {},
            institutions=[str(member.institution) for member in self.institutions],
            until=str(self.until or ""),
            continues=str(self.continues or ""),
            series=str(self.number_series or ""),
            basis={str(ground.agreement): str(ground.since or "") for ground in self.basis},
        )
