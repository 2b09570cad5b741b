"""Institutions: their names by language and period, their places and their line of succession."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import ValidationInfo, field_validator, model_validator

from koryu.records import search_entry
from koryu.records.document import Document, Id, Item, Plain, paths_of_title, read_as_titled
from koryu.records.doubts import check_order, check_web_address, of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToInstitution
from koryu.records.listed_values import Summary
from koryu.search.entries import WrittenForm
from koryu.values.edtf import Edtf
from koryu.values.frozen import is_new
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text


class InstitutionType(StrEnum):
    NATIONAL_LIBRARY = "national library"
    PARLIAMENTARY_LIBRARY = "parliamentary library"
    RESEARCH_SERVICE = "parliamentary research service"
    BRANCH = "branch library"
    PUBLIC_LIBRARY = "public library"
    UNIVERSITY_LIBRARY = "university library"
    SCHOOL = "university or institute"
    MUSEUM = "museum"
    ARCHIVE = "archive"
    PARLIAMENT = "parliament"
    GOVERNMENT = "government body"
    ASSOCIATION = "association"
    INTERNATIONAL = "international organisation"
    COMPANY = "company"
    COMPILER = "compiler of a data set"


class NameUse(StrEnum):
    FULL = "full name"
    SHORT = "short name"
    ABBREVIATION = "abbreviation"
    FORMER = "former name"


_BRIEF: Final = frozenset({NameUse.SHORT, NameUse.ABBREVIATION})


class PlaceRole(StrEnum):
    SEAT = "seat"
    BRANCH = "branch"
    VENUE = "venue"


# The areas of the database whose zones bear the name of a place.
_AREAS: Final = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Asking reads the whole time zone database from disk.
    return frozenset(available_timezones())


def has_time_zone(zone: str) -> bool:
    """Whether the IANA time zone database has this zone."""
    return zone in _zones()


def known_time_zone(zone: str | None, info: ValidationInfo) -> str | None:
    """The zone given, if it is one of the IANA time zone database that is named after a place; Refused otherwise.

    `localtime` is wherever the reader is, and EST or Etc/GMT-9 are no places.
    """
    is_place = zone == "UTC" or str(zone).partition("/")[0] in _AREAS
    if zone is not None and (zone not in _zones() or not (is_place or not is_new(info))):
        raise Refused(Reason("“%(zone)s” is not a time zone such as Asia/Tokyo", zone=zone))
    return zone


class Name(Item):
    """One name of an institution: in which language, in which use, when, and as used by whom."""

    lang: LanguageTag
    written: Plain
    use: NameUse = NameUse.FULL
    reading: Plain | None = None
    period: Edtf | None = None
    used_by: ToInstitution | None = None


class Venue(Item):
    """A building or site of the institution."""

    name: Text
    role: PlaceRole = PlaceRole.VENUE
    city: Text | None = None
    time_zone: str | None = None
    institution: ToInstitution | None = None

    _zone = field_validator("time_zone")(known_time_zone)

    @property
    def zone(self) -> ZoneInfo | None:
        return ZoneInfo(self.time_zone) if self.time_zone else None


class Succession(Item):
    """Which institution came before or after this one, and when it changed."""

    institution: ToInstitution
    date: Edtf | None = None


class Identifier(Item):
    """What the institution is called in a register."""

    scheme: Literal["ISIL", "ROR", "Wikidata", "VIAF", "ISNI", "web"]
    value: Plain

    @model_validator(mode="after")
    @of_new
    def _leads_to_a_page(self) -> None:
        if self.scheme == "web":
            check_web_address(self.value)


class Institution(Document):
    """A library, research service, branch or other body that takes part, hosts, or is named."""

    kind: Literal["institution"]
    kind_names: ClassVar[tuple[str, str]] = (N_("institution"), N_("Institutions"))
    place: ClassVar[int] = 10
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = ("title", "type", "names", "founded", "places", "part_of")
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "type", "names", "also", "identifiers"),
        FormGroup.WHEN: ("founded", "places", "ended"),
        FormGroup.WHO: ("part_of", "kept_by", "formerly", "followed_by"),
        FormGroup.ABOUT: ("notes",),
    }
    whose: ClassVar[str] = "kept_by"
    links_say: ClassVar[Mapping[str, str]] = {
        "part_of": N_("Institutions that belong to it"),
        "formerly": N_("Successors"),
        "followed_by": N_("Predecessors"),
        "names": N_("Institutions it has its own name for"),
        "places": N_("Institutions with a place there"),
        "kept_by": N_("Institutions it has described"),
    }
    cites: ClassVar[str] = N_("Institutions whose record cites it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "type", "kept_by", "names"})
    owned_by: ClassVar[tuple[str, ...]] = ("kept_by",)

    type: InstitutionType
    also: tuple[InstitutionType, ...] = ()
    kept_by: ToInstitution
    names: tuple[Name, ...] = ()
    part_of: ToInstitution | None = None
    founded: Edtf | None = None
    ended: Edtf | None = None
    formerly: tuple[Succession, ...] = ()
    followed_by: tuple[Succession, ...] = ()
    places: tuple[Venue, ...] = ()
    identifiers: tuple[Identifier, ...] = ()

    @property
    def time_zone(self) -> str:
        """The time zone of its main building, else of the first of its places that has one; '' where none has."""
        places = sorted(self.places, key=lambda place: place.role != PlaceRole.SEAT)
        return next((place.time_zone for place in places if place.time_zone), "")

    @model_validator(mode="after")
    @of_new
    def _ended_after_it_began(self) -> None:
        check_order(self.founded, self.ended)

    def when(self) -> Edtf | None:
        return self.founded

    def short(self) -> dict[Id, str]:
        """The short name or abbreviation in use today, by language."""
        return {str(name.lang): name.written for name in self.names if name.use in _BRIEF and name.period is None}

    def readings(self) -> dict[str, str]:
        """How the full name in use today is read, by the language of the name, where it is what the title has."""
        named = [name for name in self.names if name.use is NameUse.FULL and name.period is None]
        return super().readings() | read_as_titled(self.title, named)

    def written_names(self) -> tuple[WrittenForm, ...]:
        return tuple(search_entry.form(name.lang, name.written, reading=name.reading) for name in self.names)

    def years(self) -> tuple[int, int] | None:
        return search_entry.years(self.founded, self.ended)

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {
            "date": ("founded",),
            **paths_of_title(self.title, self.names),
            "short": tuple(f"names[{name.id}].written" for name in self.names if name.use in _BRIEF),
        }

    def summary(self) -> Summary:
        return replace(super().summary(), type=str(self.type), short=self.short())
