"""Timetables: days, sessions and visits of an exchange, in order, as far as they are known."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator, model_validator

from koryu.records.document import Document, Id, Item, Plain, Post, Readership
from koryu.records.doubts import of_new
from koryu.records.exchange import Treated
from koryu.records.form_groups import FormGroup
from koryu.records.institution import known_time_zone
from koryu.records.links import ToExchange, ToInstitution, ToPaper, ToParticipation, ToPerson
from koryu.records.listed_values import Summary
from koryu.values.clock_changes import is_skipped
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason, Refused
from koryu.values.text import Text

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class SessionType(StrEnum):
    OPENING = "opening session"
    KEYNOTE = "keynote session"
    SESSION = "working session"
    DELIBERATION = "deliberation"
    MEETING = "meeting"
    CLOSING = "closing session"
    SITE_VISIT = "site visit"
    RECEPTION = "reception"
    COURTESY_CALL = "courtesy call"
    ORIENTATION = "orientation"
    UNPLACED = "session not known"


class Counted(StrEnum):
    DAYS = "days"
    SESSIONS = "sessions"
    VISITS = "visits"
    PAPERS = "papers"


class Completeness(Item):
    """How much of the timetable is known: 3 of 11 visits, or all of them."""

    what: Counted
    known: int = Field(ge=0)
    of: int | None = Field(default=None, ge=0, description="How many there were; null when that is not known.")

    @model_validator(mode="after")
    @of_new
    def _no_more_than_there_were(self) -> None:
        if self.of is not None and self.known > self.of:
            raise Refused(
                Reason(
                    "%(known)s of %(of)s are given as known, which is more than there were; correct one of the two "
                    "numbers",
                    known=self.known,
                    of=self.of,
                )
            )


class Receiver(Item):
    """Who received the delegation there."""

    person: ToPerson | None = None
    printed: Text | None = None
    posts: tuple[Post, ...] = ()


class Remote(Item):
    """A site joined by a line."""

    site: Text | None = None
    institution: ToInstitution | None = None


class AttendingAs(StrEnum):
    TAKES_PART = "takes part"
    INTERPRETS = "interprets"
    CHAIRS = "chairs"
    GREETS = "greets"


class Attending(Item):
    """Somebody who is there: a member of a participation, or all of it, and as what."""

    participation: ToParticipation
    member: Id | None = Field(default=None, description="The id of the member there; null for all of them.")
    does: AttendingAs = AttendingAs.TAKES_PART


class Session(Item):
    """One point of the timetable; its number is as printed (“I and II”).

    One that ends on a later day says `until` which; then its end need not come after its beginning. Where nobody is
    named in `attending` as who takes part, all of the institutions in `taking_part` do.
    """

    type: SessionType
    title: Text | None = None
    number: Plain | None = None
    date: Edtf | None = None
    start: Clock | None = None
    end: Clock | None = None
    until: Edtf | None = Field(default=None, description="The later day on which it ends.")
    themes: tuple[Treated, ...] = ()
    venue: Text | None = None
    at: ToInstitution | None = None
    remote: tuple[Remote, ...] = ()
    taking_part: tuple[ToInstitution, ...] = ()
    attending: tuple[Attending, ...] = ()
    received_by: tuple[Receiver, ...] = ()
    papers: tuple[ToPaper, ...] = ()
    remark: Text | None = None

    @model_validator(mode="after")
    @of_new
    def _ends_after_it_begins(self) -> None:
        if self.until:
            self._until_is_later(self.until)
        elif self.start and self.end and self.end < self.start:
            raise Refused(
                Reason(
                    "the end, %(end)s, is before the beginning, %(start)s; correct one of them",
                    start=self.start,
                    end=self.end,
                )
            )

    def _until_is_later(self, until: Edtf) -> None:
        if self.date and until.latest <= self.date.earliest:
            raise Refused(
                Reason(
                    "the day until which it lasts, %(until)s, is not later than its day; correct one of them",
                    until=until,
                )
            )


class Timetable(Document):
    """The timetable of an exchange, kept by whoever arranges it."""

    kind: Literal["timetable"]
    kind_names: ClassVar[tuple[str, str]] = (N_("timetable"), N_("Timetables"))
    place: ClassVar[int] = 100
    first_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "exchange",
        "arranged_by",
        "time_zone",
        "provisional",
        "sessions",
    )
    form_groups: ClassVar[Mapping[FormGroup, tuple[str, ...]]] = {
        FormGroup.WHAT: ("title", "exchange"),
        FormGroup.WHEN: ("time_zone", "provisional", "sessions", "known", "complete"),
        FormGroup.WHO: ("arranged_by", "shown_to"),
        FormGroup.ABOUT: ("notes",),
    }
    whose: ClassVar[str] = "arranged_by"
    own_half: ClassVar[bool] = True
    links_say: ClassVar[Mapping[str, str]] = {
        "exchange": N_("Timetable"),
        "arranged_by": N_("Timetables it arranged"),
        "sessions": N_("Timetables that name it"),
    }
    cites: ClassVar[str] = N_("Timetables that cite it")
    never_open: ClassVar[frozenset[str]] = frozenset({"title", "exchange", "arranged_by"})
    owned_by: ClassVar[tuple[str, ...]] = ("arranged_by",)
    claims_by: ClassVar[frozenset[str]] = frozenset({"exchange"})

    exchange: ToExchange
    arranged_by: ToInstitution
    time_zone: str | None = None
    sessions: tuple[Session, ...] = ()
    known: tuple[Completeness, ...] = ()
    complete: bool = False
    provisional: bool = Field(default=False, description="True for as long as it may still change.")
    shown_to: Readership = "public"

    _zone = field_validator("time_zone")(known_time_zone)

    @model_validator(mode="after")
    @of_new
    def _complete_is_all(self) -> None:
        short = next((count for count in self.known if count.of is not None and count.known < count.of), None)
        if self.complete and short:
            raise Refused(
                Reason(
                    "it is marked as complete, but only %(known)s of %(of)s are known; correct one of them",
                    known=short.known,
                    of=short.of,
                )
            )

    @model_validator(mode="after")
    @of_new
    def _times_exist(self) -> None:
        for session in self.sessions if self.time_zone else ():
            for day, clock in ((session.date, session.start), (session.until or session.date, session.end)):
                if (
                    day
                    and clock
                    and day.earliest == day.latest
                    and is_skipped(day.earliest, clock, str(self.time_zone))
                ):
                    raise Refused(
                        Reason(
                            "%(time)s does not exist in %(zone)s on %(day)s: clocks go forward.",
                            time=clock,
                            zone=str(self.time_zone).rpartition("/")[2].replace("_", " "),
                            day=day,
                        )
                    )

    def when(self) -> Edtf | None:
        return next((session.date for session in self.sessions if session.date), None)

    def summary_paths(self) -> Mapping[str, tuple[str, ...]]:
        return {"institution": ("arranged_by",)}

    def summary(self) -> Summary:
        return replace(super().summary(), exchange=str(self.exchange), institution=str(self.arranged_by))
