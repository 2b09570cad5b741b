"""An exchange as a private link shows it: what stands for the circle, as the institution that gave the link may see it.

Nothing that is only drafted or proposed is read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from koryu.archive import queries as archive
from koryu.consent.queries import ExchangeWork
from koryu.consent.rules.history import History
from koryu.desk.exchange.part_list import texts_of
from koryu.desk.exchange.sheet.draft_sheet import names_of
from koryu.desk.exchange.sheet.names_around import names_around
from koryu.desk.exchange.sheet.part_work import PartWork
from koryu.institutions.queries import PrivateLink
from koryu.ledger import queries as ledger
from koryu.planning.queries.arranged_rows import Arranged, arranged
from koryu.planning.rules.arrangements import TERMS, TIMETABLE, days_of_content
from koryu.records.institution import Institution, has_time_zone
from koryu.sheets.rows.exchange_names import ExchangeNames
from koryu.sheets.rows.row_sheet import CellReader
from koryu.wording.languages import LANGUAGES
from koryu.wording.titles import named_by_titles, short_name_in_words, title_in

# Which private rows each sort of link shows something of; of each the link's own alone, or what is for all guests.
_ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "delegate": ("arrivals", "rooms", "calls", TIMETABLE),
    "interpreter": ("calls", TERMS, TIMETABLE),
    "reader": (),
}
_NOTHING_SAID: Final = History(())


@dataclass(frozen=True, kw_only=True)
class LinkedExchange(PartWork):
    """The exchange of a link, with all that its pages name; `kept` are the private rows it may show."""

    link: PrivateLink
    kept: Arranged

    @property
    def slug(self) -> str:
        """The language in which the link is read."""
        return self.link.language if self.link.language in LANGUAGES else "en"

    @property
    def tag(self) -> str:
        return LANGUAGES[self.slug][0]

    @cached_property
    def title(self) -> str:
        assert self.work.plan
        return title_in(self.work.plan.line, self.tag, lines=self.lines).text

    @cached_property
    def names(self) -> ExchangeNames:
        return _names(self.standing)

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day, as far as they are known to the day."""
        return days_of_content(self.work.content or {})

    @cached_property
    def reader(self) -> CellReader:
        return CellReader(slug=self.slug, days=self.days, names=_names_of(self.standing), around=self.names)

    @cached_property
    def timetable(self) -> Mapping[str, Any]:
        """What the timetable says that stands; empty where none does."""
        uri = self.timetable_uri
        return self.documents[uri].content() if uri else {}

    @cached_property
    def timetable_uri(self) -> str:
        """The record of that timetable: that of a host before what others recorded; '' where none stands."""
        assert self.work.plan
        hosts = self.work.plan.line.summary.hosts
        uris = [uri for uri, document in self.documents.items() if document.kind == TIMETABLE]
        return min(uris, key=lambda uri: (self.lines[uri].summary.institution not in hosts, uri), default="")

    @cached_property
    def contents(self) -> Mapping[str, Mapping[str, Any]]:
        """What each record says that stands, as JSON."""
        return {uri: document.content() for uri, document in self.documents.items() if document.kind in _READ}

    @cached_property
    def standing(self) -> "VisitStanding":
        """What of it stands, without any private row, and by what that is known."""
        known_by = (self.work.last, self.work.uri, self.link.institution, self.slug)
        return VisitStanding(*known_by, there=replace(self, kept=Arranged()))

    def institution(self, uri: str) -> str:
        """What an institution is called in short."""
        return short_name_in_words(self.lines.get(uri), uri, self.tag)

    def zone_of(self, institution: str) -> str:
        """The time zone of an institution (IANA); '' where it is not known."""
        document = self.documents.get(institution)
        zone = document.time_zone if isinstance(document, Institution) else ""
        return zone if has_time_zone(zone or "") else ""

    @cached_property
    def zone(self) -> str:
        """The zone in which the timetable is; '' where it says none."""
        zone = str(self.timetable.get("time_zone") or "")
        return zone if has_time_zone(zone) else ""

    def today(self, now: str) -> date:
        """The day it is where the timetable is; where it names no zone, at the institution that gave the link."""
        zone = self.zone or self.zone_of(self.link.institution) or "UTC"
        return datetime.fromisoformat(now).astimezone(ZoneInfo(zone)).date()


@dataclass(frozen=True)
class VisitStanding:
    """What stands of an exchange when the ledger's last entry is the one with this digest, for an institution, in a
    language: as long as these are the same, so is all that is made of `there`."""

    last: str
    uri: str
    institution: str
    slug: str
    there: LinkedExchange = field(compare=False)


# What stands is known by the last entry of the ledger.
@lru_cache(maxsize=32)
def _names(standing: VisitStanding) -> ExchangeNames:
    there = standing.there
    return names_around(replace(there, every=texts_of(there.work)), there.tag)


@lru_cache(maxsize=32)
def _names_of(standing: VisitStanding) -> Mapping[str, Mapping[str, str]]:
    return names_of(standing.there.lines)


# Of which kinds it is read what they say.
_READ: Final = frozenset({"exchange", "participation", "paper", "timetable", "questions"})


def linked_exchange(link: PrivateLink) -> LinkedExchange | None:
    """The exchange of a link; None where the institution that gave it has no part in it any more, or nothing stands.

    In three statements; in one more where the ledger has grown since it was last asked.
    """
    asking = link.institution
    lines = archive.lines_of_exchange(link.about, slug="", asking=asking, besides=[asking])
    plan = lines.exchange
    if plan is None or not archive.takes_part(plan.line, asking):
        return None
    last, named = ledger.last_digest(), dict(lines.named)
    taking_part = plan.line.summary.institutions
    opened = [plan.line, *(part.line for part in lines.parts), *(named[uri] for uri in taking_part if uri in named)]
    documents = archive.documents_at(last, opened)
    missing = named_by_titles([plan.line], LANGUAGES[link.language if link.language in LANGUAGES else "en"][0])
    if missing - named.keys():
        named = archive.lines_named(sorted(missing), asking=asking, besides=named)
    core = documents.get(plan.line.uri)
    work = ExchangeWork(
        uri=plan.line.uri,
        institution=asking,
        history=_NOTHING_SAID,
        plan=plan,
        content=core.content() if core else {},
        parts=lines.parts,
        open=(),
        drafts=(),
        shown=(),
        notes=(),
        named=named,
        last=last,
    )
    return LinkedExchange(
        kind=TIMETABLE,
        work=work,
        # What is asked of the texts is asked once for all links: see `_names`.
        every=(),
        documents=documents,
        lines=named,
        link=link,
        kept=_rows_for(link, work),
    )


def _rows_for(link: PrivateLink, work: ExchangeWork) -> Arranged:
    sheets = _ROWS.get(link.scope, ())
    assert work.plan
    if not sheets:
        return Arranged()
    programmes = work.plan.line.summary.programmes if TERMS in sheets else ()
    together = work.plan.line.summary.institutions
    return arranged([work.uri, *programmes], sheets=sheets, institution=link.institution, together=together)
