"""The arrangements of an exchange and the terms of its programmes, as an officer of its institutions has them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404

from koryu.archive import queries as archive
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.arrangements.arranged_sheet import ArrangedSheet, arranged_sheet
from koryu.desk.exchange.people.people_sheet import named_in as named_in_list
from koryu.desk.exchange.sheet.draft_sheet import languages_of, names_of
from koryu.desk.exchange.sheet.names_around import names_around
from koryu.desk.exchange.sheet.part_work import SheetedWork, part_around
from koryu.desk.exchange.sheet.printed_rows import PrintedRows, mark_of_list, printed_rows
from koryu.desk.exchange.timetable.timetable_work import days_of
from koryu.institutions import rules as roles
from koryu.planning.queries.arranged_rows import Arranged, arranged
from koryu.planning.rules.arrangements import KEPT_FOR
from koryu.planning.rules.arrangements import TERMS as TERMS_SHEET
from koryu.sheets.rows.arrangement_rows import ARRANGED, TERMS
from koryu.sheets.rows.exchange_names import ExchangeNames
from koryu.sheets.rows.row_sheet import CellReader
from koryu.wording.languages import active_reader
from koryu.wording.titles import short_name_in_words


@dataclass(frozen=True, kw_only=True)
class ArrangedWork(SheetedWork, ABC):
    """An exchange with its private rows."""

    kept: Arranged
    together: tuple[str, ...]

    @cached_property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of the exchange, as far as they are known to the day."""
        return days_of(self.work)

    @cached_property
    def names(self) -> ExchangeNames:
        return names_around(self, active_reader().tag)

    @cached_property
    def called(self) -> dict[str, str]:
        """The institutions of the exchange by what they are called in short."""
        tag = active_reader().tag
        whose = {self.work.institution, *self.together}
        return {uri: short_name_in_words(self.lines.get(uri), uri, tag) for uri in whose}

    def reader(self) -> CellReader:
        return CellReader(slug=active_reader().slug, days=self.days, names=names_of(self.lines), around=self.names)

    @abstractmethod
    def sheets(self, me: CurrentUser, asked: Sequence[str]) -> tuple[ArrangedSheet, ...]:
        """All sheets of the part, in their order."""

    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> ArrangedSheet:
        sheets = self.sheets(me, asked)
        if not 0 < number <= len(sheets):
            raise Http404
        return sheets[number - 1]

    def lists(self, me: CurrentUser, asked: Sequence[str]) -> Iterator[PrintedRows]:
        for sheet in self.sheets(me, asked):
            mark = mark_of_list(self.work.uri, sheet)
            yield printed_rows(sheet, key=str(sheet.number), institution=me.institution, mark=mark)


class ArrangementsWork(ArrangedWork):
    """The sheets of arrangements of an exchange."""

    def sheets(self, me: CurrentUser, asked: Sequence[str]) -> tuple[ArrangedSheet, ...]:
        reader = self.reader()
        return tuple(
            arranged_sheet(
                me,
                rows_are,
                about=self.work.uri,
                place=place,
                together=self.together if KEPT_FOR[rows_are.kind].shared else (),
                rows=self.kept.of(rows_are.kind),
                said=tuple(
                    each
                    for each in self.kept.said.get(rows_are.kind, ())
                    if KEPT_FOR[rows_are.kind].shared or each.institution == me.institution
                ),
                last=self.days[1] if self.days else None,
                reader=reader,
                called=self.called,
            )
            for place, rows_are in enumerate(ARRANGED, 1)
        )


class TermsWork(ArrangedWork):
    """The terms of the programmes under which an exchange is held, a sheet for each; ours alone."""

    def sheets(self, me: CurrentUser, asked: Sequence[str]) -> tuple[ArrangedSheet, ...]:
        reader = self.reader()
        return tuple(
            self._sheet(me, reader, programme, place, asked) for place, programme in enumerate(programmes(self.work), 1)
        )

    def _sheet(
        self, me: CurrentUser, reader: CellReader, programme: str, place: int, asked: Sequence[str]
    ) -> ArrangedSheet:
        rows = [row for row in self.kept.of(TERMS_SHEET) if row.exchange == programme]
        spoken = self.work.content.get("languages") if self.work.content else None
        texts = [row.cells.get("term") for row in rows]
        wanted = dict.fromkeys(spoken, "") if isinstance(spoken, list | tuple) else {}
        offered, tags = languages_of(asked, [*texts, wanted], first=reader.tag)
        return arranged_sheet(
            me,
            TERMS,
            about=programme,
            place=place,
            together=(),
            rows=rows,
            last=None,
            reader=reader,
            called=self.called,
            tags=tags,
            offered=offered,
        )


def programmes(work: ExchangeWork) -> tuple[str, ...]:
    """The programmes under which an exchange is held, as it stands for our institution."""
    return tuple(work.plan.line.summary.programmes) if work.plan else ()


def arrangements_work(me: CurrentUser, name: str) -> ArrangementsWork:
    """The arrangements of the exchange called so in addresses. Raises Http404 for whoever has no part in them."""
    work = _arranged_by(me, name)
    kept = arranged([work.uri], institution=me.institution, together=together_in(work))
    return ArrangementsWork(kind="arrangements", kept=kept, **_around(me, work))


def terms_work(me: CurrentUser, name: str) -> TermsWork:
    """The terms of the programmes of the exchange called so in addresses. Raises Http404."""
    work = _arranged_by(me, name)
    kept = arranged(programmes(work), sheets=[TERMS_SHEET], institution=me.institution, together=())
    return TermsWork(kind="terms", kept=kept, **_around(me, work))


def together_in(work: ExchangeWork) -> tuple[str, ...]:
    """The institutions that type rows of host and guests together with ours.

    Those of the exchange as it stands, if ours is one of them: of what is only drafted or proposed, anybody could write
    themselves in.
    """
    if work.plan is None or not archive.takes_part(work.plan.line, work.institution):
        return ()
    return tuple(uri for uri in work.plan.line.summary.institutions if uri != work.institution)


def _arranged_by(me: CurrentUser, name: str) -> ExchangeWork:
    if roles.may_arrange(role=me.role):
        raise Http404
    return exchange_for(me, name)


def _around(me: CurrentUser, work: ExchangeWork) -> dict[str, Any]:
    return {**part_around(me, work, {"participation": named_in_list}), "together": together_in(work)}
