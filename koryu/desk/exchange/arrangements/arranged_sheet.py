"""One sheet of private rows, as whoever looks types in it: in no draft, and in no record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Self

from django.utils.translation import gettext

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.sheet.draft_sheet import NO_DRAFT, DraftSheet
from koryu.planning import actions as planning
from koryu.planning.queries.arranged_rows import ArrangedRow, SheetSaid, arranged
from koryu.planning.rules.arrangements import last_day_kept
from koryu.sheets.rows.arrangement_cells import ChangedCell
from koryu.sheets.rows.row_sheet import CellReader, Column, RowSheet, ShownColumn, items_of
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.wording.messages import date_in_words, weekday_in_words
from koryu.wording.told_moments import told

_CHANGED: Final = N_("Last changed")
_BY: Final = N_("%(who)s (%(of)s), %(when)s")


@dataclass(frozen=True, kw_only=True)
class ArrangedSheet(DraftSheet):
    """A sheet of private rows of an exchange, or of a programme (`about`), called `sheet`.

    `seen` are the editions of its rows, `by_row` who changed each last (username, institution, moment); `together` the
    institutions that type in it besides ours. `last` is the last day of the exchange, `said` what is said of the sheet
    by each of them. `people` and `called` are what people and institutions are called.
    """

    about: str
    sheet: str
    place: int
    institution: str
    username: str
    together: tuple[str, ...]
    seen: Mapping[str, int]
    by_row: Mapping[str, tuple[str, str, str]]
    last: date | None
    people: Mapping[str, str]
    called: Mapping[str, str]
    said: tuple[SheetSaid, ...] = ()

    @property
    def number(self) -> int:
        return self.place

    @property
    def list_of(self) -> str:
        return f"{self.sheet} {self.institution}"

    @property
    def seed(self) -> str:
        """Other ids for each person, and for each state of the sheet: two who add rows at once add two."""
        return f"{self.about}:{self.sheet}:{self.username}:{len(self.seen)}:{sum(self.seen.values())}"

    @property
    def put_off(self) -> SheetSaid | None:
        """By whom the day of deletion was put off furthest; None where nobody did."""
        off = [each for each in self.said if each.kept_until]
        return max(off, key=lambda each: each.kept_until or date.min, default=None)

    @property
    def own_said(self) -> SheetSaid:
        """What our institution says of the sheet."""
        return next((each for each in self.said if each.institution == self.institution), SheetSaid(institution=""))

    @property
    def kept_until(self) -> date:
        """The last day on which its rows are kept, as it is counted now."""
        until = self.put_off.kept_until if self.put_off else None
        return last_day_kept(self.sheet, self.last, today=clock.today(), put_off=until)

    @property
    def saved_message(self) -> str:
        return gettext("The rows were saved.")

    def saved_words(self, me: CurrentUser) -> str:
        last = max(self.by_row.values(), key=lambda each: each[2], default=None)
        if last is None:
            return gettext("There are no rows.")
        by, _institution, at = last
        return saved_at(me, replace(self.draft, changed_by=by, changed_at=at))

    @cached_property
    def columns(self) -> tuple[ShownColumn, ...]:
        typed = self.rows_are.shown_columns(self.tags, once=())
        words = {row: self._changed(*who) for row, who in self.by_row.items()}
        column = Column(key="changed", cell=ChangedCell(words), called=_CHANGED, path="changed", width="l")
        return (*typed, ShownColumn(column))

    def _changed(self, by: str, institution: str, at: str) -> str:
        return gettext(_BY) % {
            "who": self.people.get(by) or by,
            "of": self.called.get(institution, institution),
            "when": _when(at, self.reader.slug),
        }

    def kept(self, me: CurrentUser, content: Mapping[str, Any]) -> Self:
        rows, were, at = _by_place(self.rows_are, content), _by_place(self.rows_are, self.content), clock.now()
        planning.keep_arranged(
            institution=me.institution,
            exchange=self.about,
            sheet=self.sheet,
            rows=rows,
            seen=self.seen,
            together=self.together,
            delete_on=self.kept_until,
            by=me.username,
            at=at,
        )
        changed = {place for place, cells in rows.items() if cells != were.get(place)}
        now = (me.username, me.institution, at)
        return replace(
            self,
            content=content,
            seen={place: self.seen.get(place, 0) + (place in changed) for place in rows},
            by_row={place: now if place in changed else self.by_row[place] for place in rows},
        )

    def changed_meanwhile(self) -> Self | None:
        kept = arranged([self.about], sheets=[self.sheet], institution=self.institution, together=self.together)
        if {row.place: row.edition for row in kept.rows} == dict(self.seen):
            return None
        return replace(self, **with_arranged(self.rows_are, kept.rows))


def _when(at: str, slug: str) -> str:
    """A moment in short: the day without its year, and the hour."""
    there = told(at)
    day = Edtf(there.day)
    return f"{weekday_in_words(day, slug) or date_in_words(day, slug)} {there.hour}".strip()


def arranged_sheet(
    me: CurrentUser,
    rows_are: RowSheet,
    *,
    about: str,
    place: int,
    together: tuple[str, ...],
    rows: Iterable[ArrangedRow],
    said: tuple[SheetSaid, ...] = (),
    last: date | None,
    reader: CellReader,
    called: Mapping[str, str],
    tags: tuple[str, ...] = (),
    offered: tuple[str, ...] = (),
) -> ArrangedSheet:
    """The sheet of these rows."""
    return ArrangedSheet(
        rows_are=rows_are,
        naming=lambda _content: (),
        draft=replace(NO_DRAFT, institution=me.institution, kind=rows_are.kind),
        offered=offered,
        tags=tags,
        reader=reader,
        known={},
        fixed=False,
        about=about,
        sheet=rows_are.kind,
        place=place,
        institution=me.institution,
        username=me.username,
        together=together,
        empty_rows=2,
        last=last,
        people=me.names,
        called=called,
        said=said,
        **with_arranged(rows_are, rows),
    )


def with_arranged(rows_are: RowSheet, rows: Iterable[ArrangedRow]) -> dict[str, Any]:
    """What a sheet holds of these rows: its content, their editions, who changed each."""
    listed = list(rows)
    return {
        "content": {rows_are.path: [{"id": row.place, **row.cells} for row in listed]} if listed else {},
        "seen": {row.place: row.edition for row in listed},
        "by_row": {row.place: (row.changed_by, row.changed_for, row.changed_at) for row in listed},
    }


def _by_place(rows_are: RowSheet, content: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        item["id"]: {name: value for name, value in item.items() if name != "id"}
        for item in items_of(rows_are, content)
    }
