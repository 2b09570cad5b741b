"""Exchanges: the small joint core of one visit, seminar, meeting, dispatch or training."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from koryu.records import search_entry
from koryu.records.document import Document, Duration, Item, Plain, Readership
from koryu.records.doubts import check_once, of_new
from koryu.records.form_groups import FormGroup
from koryu.records.links import ToAgreement, ToExchange, ToInstitution, ToProgramme, ToTheme
from koryu.records.listed_values import Summary
from koryu.search.entries import WrittenForm
from koryu.values.edtf import Edtf
from koryu.values.frozen import Frozen
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text


class ExchangeForm(StrEnum):
    VISIT = "visit"
    SEMINAR = "seminar"
    ONLINE = "online exchange"
    HEADS = "meeting of heads"
    MEETING = "meeting"
    DISPATCH = "staff dispatch"
    TRAINING = "training"
    NOT_STATED = "form not stated"


class EventState(StrEnum):
    PLANNED = "planned"
    HELD = "held"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class Scope(StrEnum):
    WHOLE = "exchange"
    TRIP = "trip"
    SEMINAR = "seminar dates"
    SESSION = "session"


class Level(StrEnum):
    MAIN = "main theme"
    SUB = "sub-theme"


class HeldUnder(Item):
    """A programme the exchange is held under, and the number it bears there, as printed."""

    programme: ToProgramme
    number: Plain | None = None


class Dated(Item):
    """A span of dates and what it covers."""

    scope: Scope
    date: Edtf


class Held(Item):
    """A place of the exchange: a city, and the venue where known."""

    city: Text | None = None
    venue: Text | None = None
    institution: ToInstitution | None = None

    @model_validator(mode="after")
    def _somewhere(self) -> Self:
        if not (self.city or self.venue or self.institution):
            raise Refused(Reason("a place must name a city, a venue or an institution"))
        return self


class Treated(Item):
    """A theme of the exchange, in its own words, and the theme of the list it belongs to."""

    text: Text | None = None
    theme: ToTheme | None = None
    level: Level = Level.MAIN


class StandsInFor(Frozen):
    """Which exchange this one took the place of."""

    exchange: ToExchange | None = None
    described: Text | None = None


class Event(Frozen):
    """The state of the event itself."""

    state: EventState
    postponed_to: Edtf | None = None
    remark: Text | None = None


class Exchange(Document):
    """One exchange: what its institutions must agree on, and no more."""

    kind: Literal["exchange"]
    kind_names: ClassVar[tuple[str, str]] = (N_("exchange"), N_("Exchanges"))
    place: ClassVar[int] = 70
    has_list: ClassVar[bool] = True
    first_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "form",
        "event",
        "dates",
        "institutions",
        "hosts",
        "themes",
        "programmes",
    )
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "form", "event"),
        FormGroup.WHEN: ("dates", "places", "duration"),
        FormGroup.WHO: ("institutions", "hosts", "planned_size", "languages", "invited_by", "shown_to"),
        FormGroup.ABOUT: ("themes", "notes"),
        FormGroup.UNDER: ("programmes", "programme_year", "agreements", "stands_in_for"),
    }
    whose: ClassVar[str] = "institutions"
    links_say: ClassVar[Mapping[str, str]] = {
        "agreements": N_("Exchanges held under it"),
        "programmes": N_("Exchanges held under it"),
        "institutions": N_("Exchanges it takes part in"),
        "hosts": N_("Exchanges it takes part in"),
        "turn_of": N_("Exchanges it takes part in"),
        "invited_by": N_("Exchanges it takes part in"),
        "places": N_("Exchanges held there"),
        "stands_in_for": N_("Replaced by"),
        "themes": N_("Exchanges on this theme"),
    }
    cites: ClassVar[str] = N_("Exchanges that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "form", "event", "institutions"})
    owned_by: ClassVar[tuple[str, ...]] = ("institutions",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"programmes", "stands_in_for"})

    form: ExchangeForm
    event: Event
    institutions: tuple[ToInstitution, ...] = Field(min_length=1)
    programmes: tuple[HeldUnder, ...] = ()
    programme_year: Plain | None = None
    agreements: tuple[ToAgreement, ...] = ()
    hosts: tuple[ToInstitution, ...] = ()
    turn_of: tuple[ToInstitution, ...] | None = Field(
        default=None, description="Whose turn it used up, where not simply the hosts’; empty where nobody’s."
    )
    invited_by: ToInstitution | None = None
    stands_in_for: StandsInFor | None = None
    places: tuple[Held, ...] = ()
    dates: tuple[Dated, ...] = ()
    duration: Duration | None = None
    themes: tuple[Treated, ...] = ()
    planned_size: int | None = Field(default=None, ge=1)
    languages: tuple[LanguageTag, ...] = Field(default=(), description="The languages in which one works there.")
    shown_to: Readership = "public"

    @model_validator(mode="after")
    def _hosts_take_part(self) -> Self:
        strangers = set(self.hosts) - set(self.institutions)
        if strangers:
            raise Refused(Reason("“%(host)s” hosts but does not take part", host=(min(strangers),)))
        return self

    @model_validator(mode="after")
    @of_new
    def _contradicts_nothing(self) -> None:
        check_once(self.institutions, Reason("an institution is listed twice; remove one of the two"))
        first, until = self.when(), self.event.postponed_to
        if first and until and until.latest < first.earliest:
            raise Refused(
                Reason(
                    "it is postponed to %(until)s, which is before its date, %(date)s; correct one of them",
                    until=until,
                    date=first,
                )
            )

    def when(self) -> Edtf | None:
        return self.dates[0].date if self.dates else None

    def is_awaited(self) -> bool:
        return self.event.state in (EventState.PLANNED, EventState.POSTPONED)

    def years(self) -> tuple[int, int] | None:
        return search_entry.years(*(dated.date for dated in self.dates))

    def numbers(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(held.programme), held.number) for held in self.programmes if held.number)

    def written_elsewhere(self) -> tuple[WrittenForm, ...]:
        """Its numbers as people write them: its title need not say them."""
        return tuple(form for number in dict(self.numbers()).values() for form in search_entry.counted(number))

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {
            "date": tuple(f"dates[{dated.id}].date" for dated in self.dates[:1]),
            "state": ("event.state",),
            "programmes": tuple(f"programmes[{held.id}].programme" for held in self.programmes),
            "numbers": tuple(f"programmes[{held.id}].number" for held in self.programmes),
            "cities": tuple(f"places[{held.id}].city" for held in self.places),
            "themes": tuple(f"themes[{treated.id}].theme" for treated in self.themes),
        }

    def summary(self) -> Summary:
        return replace(
            super().summary(),
            form=str(self.form),
            state=str(self.event.state),
            institutions=[str(institution) for institution in self.institutions],
            hosts=[str(host) for host in self.hosts],
            programmes=[str(held.programme) for held in self.programmes],
            numbers=dict(self.numbers()),
            agreements=[str(agreement) for agreement in self.agreements],
            cities=[held.city.as_json() for held in self.places if held.city],
            themes=[str(treated.theme) for treated in self.themes if treated.theme],
            programme_year=self.programme_year or "",
            postponed_to=str(self.event.postponed_to or ""),
            stands_in=self.stands_in_for is not None,
            turn_said=self.turn_of is not None,
            turn_of=[str(institution) for institution in self.turn_of or ()],
        )
