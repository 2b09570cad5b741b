"""One timetable as a sheet, its private rows among its sessions, with the time where the others are beside."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

from django.db import transaction
from django.utils.translation import gettext

from koryu.consent.queries import Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.planning import actions as planning
from koryu.planning import queries as rows_of_planning
from koryu.planning.queries import KeptRow
from koryu.planning.rules.private_rows_typed import delete_day
from koryu.records.institution import has_time_zone
from koryu.sheets.parse import is_record
from koryu.sheets.rows.private_rows import OURS, interleaved, is_private, parted
from koryu.sheets.rows.row_sheet import Column, ShownColumn, items_of
from koryu.sheets.rows.timetable_rows import TIMETABLE, local_time_column
from koryu.values.uris import last_part

KIND: Final = "timetable"
# After which column the times of the others stand.
_AFTER: Final = "papers"


@dataclass(frozen=True, kw_only=True)
class OtherZone:
    """An institution of the exchange whose clocks differ from those of the timetable: what it is called, its zone."""

    institution: str
    called: str
    zone: str


@dataclass(frozen=True, kw_only=True)
class TimetableSheet(DraftSheet):
    """The sheet of the draft of a timetable. `content` has its private rows in it, `seen` are their editions.

    `zones` are those of the other institutions. `exchange` and `last_day` say of what and until when rows are kept.
    """

    exchange: str
    seen: Mapping[str, int]
    zones: tuple[OtherZone, ...] = ()
    last_day: date | None = None

    @cached_property
    def columns(self) -> tuple[ShownColumn, ...]:
        columns = super().columns
        zone = str(self.content.get("time_zone") or "")
        if not has_time_zone(zone):
            return columns
        place = 1 + next(at for at, column in enumerate(columns) if column.column.key == _AFTER)
        local = tuple(ShownColumn(_there(other, own=zone)) for other in self.zones)
        return (*columns[:place], *local, *columns[place:])

    @property
    def private(self) -> frozenset[str]:
        """The ids of the rows that are in no record."""
        return frozenset(item["id"] for item in items_of(TIMETABLE, self.content) if is_private(item))

    def kept(self, me: CurrentUser, content: Mapping[str, Any]) -> Self:
        record, rows = parted(content)
        record_was, rows_were = parted(self.content)
        at, sheet = clock.now(), self
        with transaction.atomic():
            if record != record_was:
                sheet = super().kept(me, record)
            if rows != rows_were:
                planning.keep_rows(
                    institution=me.institution,
                    exchange=self.exchange,
                    sheet=KIND,
                    rows=rows,
                    shown=[place for place, cells in rows.items() if cells.get("type") != OURS],
                    seen=self.seen,
                    delete_on=delete_day(self.last_day, today=clock.today()),
                    by=me.username,
                    at=at,
                )
        seen = {place: self.seen.get(place, 0) + (rows[place] != rows_were.get(place)) for place in rows}
        return replace(sheet, seen=seen).with_content(content, asking=me.institution)

    def changed_meanwhile(self) -> Self | None:
        now = super().changed_meanwhile()
        rows = rows_of_planning.rows_in(self.exchange, KIND, asking=self.draft.institution)
        own = [row for row in rows if row.institution == self.draft.institution]
        if now is None and {row.place: row.edition for row in own} == dict(self.seen):
            return None
        draft = now.draft if now else self.draft
        return replace(self, draft=draft, **with_rows(draft, own))


def _there(other: OtherZone, *, own: str) -> Column:
    """The column of the time of day where another institution is."""
    called = gettext("Time at %(who)s") % {"who": other.called}
    return local_time_column(f"in-{last_part(other.institution)}", called, own=own, other=other.zone)


def with_rows(draft: Drafted, rows: Iterable[KeptRow]) -> dict[str, Any]:
    """The content of a sheet of a draft with private rows in it, and which these are."""
    own = list(rows)
    return {
        "content": interleaved(draft.content, {row.place: row.cells for row in own}),
        "seen": {row.place: row.edition for row in own},
    }


def named_in(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The records that a timetable, finished or not, names: who arranges it, where, with whom, which papers."""
    named = [content.get("arranged_by")]
    for item in items_of(TIMETABLE, content):
        named += [item.get("at"), *_listed(item.get("taking_part")), *_listed(item.get("papers"))]
    return tuple(dict.fromkeys(uri for uri in named if isinstance(uri, str) and is_record(uri)))


def _listed(listed: object) -> list[Any]:
    return listed if isinstance(listed, list) else []
