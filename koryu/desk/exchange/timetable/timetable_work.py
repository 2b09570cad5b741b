"""The timetable of an exchange as its institution may see it, and the sheets of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from koryu.consent import queries as consent
from koryu.consent.queries import Comment, ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.people.people_sheet import named_in as named_in_list
from koryu.desk.exchange.sheet.draft_sheet import is_fixed, language_of, languages_of, names_of
from koryu.desk.exchange.sheet.names_around import names_around
from koryu.desk.exchange.sheet.part_work import DraftedWork, part_around
from koryu.desk.exchange.timetable.timetable_sheet import KIND, OtherZone, TimetableSheet, named_in, with_rows
from koryu.planning import queries as planning
from koryu.planning.queries import OwnRows
from koryu.planning.rules.arrangements import days_of_content
from koryu.records.institution import Institution, has_time_zone
from koryu.sheets.rows.exchange_names import ExchangeNames
from koryu.sheets.rows.row_sheet import CellReader, items_of
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.wording.languages import active_reader


@dataclass(frozen=True, kw_only=True)
class TimetableWork(DraftedWork):
    """An exchange with all that the page of its timetable and what is done there need.

    `own` is what its institution keeps to itself, with the private rows of its timetables.
    """

    own: OwnRows

    @cached_property
    def names(self) -> ExchangeNames:
        return names_around(self, active_reader().tag)

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the exchange, as far as they are known to the day."""
        return days_of(self.work)

    @cached_property
    def zones(self) -> Mapping[str, str]:
        """The time zone of each institution of the exchange, where its record says one."""
        lines = [self.lines[uri] for uri in self.work.institutions if uri in self.lines]
        documents = self.work.documents(lines)
        known = {uri: document.time_zone for uri, document in documents.items() if isinstance(document, Institution)}
        return {uri: zone for uri, zone in known.items() if zone}

    @cached_property
    def comments(self) -> Mapping[int, tuple[Comment, ...]]:
        """What was said of the drafts of timetables, by the id of the draft, as far as our institution may see it."""
        drafts = [text.draft.id for text in self.texts if text.draft]
        return consent.comments_on(drafts, institution=self.work.institution)

    def reader(self) -> CellReader:
        return CellReader(slug=active_reader().slug, days=self.days, names=names_of(self.lines), around=self.names)

    def sheet_of(self, me: CurrentUser, text: ExchangeText, asked: Sequence[str]) -> TimetableSheet:
        assert text.draft
        draft, reader = text.draft, self.reader()
        whose = self.lines.get(str(draft.content.get("arranged_by", "")))
        offered, tags = languages_of(asked, list(_texts(draft.content)), first=language_of(whose, else_=reader.tag))
        return TimetableSheet(
            rows_are=TIMETABLE,
            naming=named_in,
            draft=draft,
            offered=offered,
            tags=tags,
            reader=reader,
            known={},
            fixed=is_fixed(me, draft),
            exchange=self.work.uri,
            zones=tuple(self._others(str(draft.content.get("time_zone") or ""))),
            last_day=self.days[1] if self.days else None,
            **with_rows(draft, [row for row in self.own.rows if row.institution == draft.institution]),
        )

    def _others(self, own: str) -> Iterator[OtherZone]:
        """The institutions whose clocks differ from those of this zone on the first day."""
        if not has_time_zone(own):
            return
        noon = datetime(*(self.days[0] if self.days else date(2000, 1, 1)).timetuple()[:3], 12, tzinfo=ZoneInfo(own))
        shown: set[object] = {noon.utcoffset()}
        for uri in self.work.institutions:
            zone = self.zones.get(uri, "")
            offset = noon.astimezone(ZoneInfo(zone)).utcoffset() if zone else noon.utcoffset()
            if offset not in shown:
                shown.add(offset)
                yield OtherZone(institution=uri, called=self.names.called(uri), zone=zone)


def timetable_work(me: CurrentUser, name: str) -> TimetableWork:
    """The timetable of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    return timetable_around(me, exchange_for(me, name))


def timetable_around(me: CurrentUser, work: ExchangeWork) -> TimetableWork:
    """The timetable of an exchange that was read before."""
    read = part_around(me, work, {KIND: named_in, "participation": named_in_list})
    own = planning.own_rows(read["work"].uri, institution=me.institution, sheet=KIND)
    return TimetableWork(kind=KIND, own=own, **read)


def days_of(work: ExchangeWork) -> tuple[date, date] | None:
    """From when until when an exchange is, as what stands says it, else as our draft or a shown one does."""
    drafted = work.own_plan or work.shown_plan
    return days_of_content(work.content or (drafted.content if drafted else {}))


def _texts(content: Mapping[str, Any]) -> Iterator[object]:
    for item in items_of(TIMETABLE, content):
        yield from (item.get("title"), item.get("venue"))
        themes = item.get("themes")
        yield from (
            (theme.get("text") for theme in themes if isinstance(theme, dict)) if isinstance(themes, list) else ()
        )
