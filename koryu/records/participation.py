"""Participations: who came for one institution, in which post and role, as printed then."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal

from pydantic import Field

from koryu.records.document import Document, Duration, Item, Post, Readership
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToExchange, ToInstitution, ToPerson
from koryu.records.listed_values import Summary
from koryu.values.frozen import Frozen
from koryu.values.reason import N_
from koryu.values.text import Text


class ParticipationSide(StrEnum):
    VISITING = "visiting"
    HOSTING = "hosting"
    ONLINE = "online"
    NOT_SAID = "side not stated"


class DelegationRole(StrEnum):
    HEAD = "head of delegation"
    ACTING_HEAD = "acting head of delegation"
    MEMBER = "member"
    INTERPRETER = "interpreter"
    AUDITOR = "auditor"
    TRAINEE = "trainee"
    CHAIR = "chair"
    GREETING = "gave a greeting"
    SPEAKER = "speaker"
    ESCORT = "escort"


class Member(Item):
    """One member, in rank order: a person, or a post without a name; at times neither is printed."""

    person: ToPerson | None = None
    printed: Text | None = None
    posts: tuple[Post, ...] = ()
    roles: tuple[DelegationRole, ...] = (DelegationRole.MEMBER,)
    counted: bool = Field(default=True, description="False for one who took part but is not counted in the size.")
    remark: Text | None = None


class Placement(Frozen):
    """Where and for what somebody was placed, in a dispatch or training."""

    unit: Text | None = None
    supervisor: Text | None = None
    goals: Text | None = None


class Participation(Document):
    """The part that one institution takes in an exchange."""

    kind: Literal["participation"]
    kind_names: ClassVar[tuple[str, str]] = (N_("participation"), N_("Participations"))
    place: ClassVar[int] = 80
    first_fields: ClassVar[tuple[str, ...]] = ("title", "exchange", "institution", "side", "members")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "exchange", "side", "placement"),
        FormGroup.WHEN: ("duration",),
        FormGroup.WHO: ("institution", "members", "host", "size_stated", "complete", "shown_to"),
        FormGroup.ABOUT: ("notes",),
    }
    whose: ClassVar[str] = "institution"
    own_half: ClassVar[bool] = True
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Who took part"),
        "institution": N_("Its delegations and participants"),
        "host": N_("Visitors it received"),
        "members": N_("Exchanges they took part in"),
    }
    cites: ClassVar[str] = N_("Participations that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "institution"})
    owned_by: ClassVar[tuple[str, ...]] = (
        "institution",
        "host",
    )
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    institution: ToInstitution
    side: ParticipationSide
    host: ToInstitution | None = Field(default=None, description="Of a dispatch or training: it agrees too.")
    members: tuple[Member, ...] = ()
    size_stated: int | None = Field(default=None, ge=1)
    complete: bool | None = Field(default=None, description="Whether all members are listed; null when not known.")
    duration: Duration | None = None
    placement: Placement | None = None
    shown_to: Readership = "public"

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"people": ("members",)}

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            exchange=str(self.exchange),
            institution=str(self.institution),
            side=str(self.side),
            people=[str(member.person) for member in self.members if member.person],
        )
