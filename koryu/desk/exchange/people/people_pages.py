"""The page of the people of an exchange: who comes for each institution; our own lists are typed here, as sheets."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import HttpResponse
from markupsafe import Markup

from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.begin_part import parts_to_begin
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.people.people_work import PeopleWork
from koryu.desk.exchange.people.stands_in import papers_of, spoken_by
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.sheet.sheet_table import all_fields, table_of
from koryu.desk.exchange.work_frame import frame_of
from koryu.institutions import rules as roles
from koryu.markup.table_html import ToldColumn
from koryu.records.document import Document
from koryu.records.participation import ParticipationSide
from koryu.sheets.rows.people_rows import listed_members
from koryu.values.reason import N_
from koryu.wording.languages import active_reader

_SPEAKS: Final = N_("Papers")
_AS_IT_IS: Final = Markup("%s")


@dataclass(frozen=True, kw_only=True)
class PeopleList:
    """One participation: what stands of it, and the draft of it with its table."""

    text: ExchangeText
    document: Document | None
    sheet: DraftSheet | None = None
    table: str = ""
    panel: str = ""
    saved: str = ""


@dataclass(frozen=True, kw_only=True)
class PeopleOf:
    """Everything of one institution: `may_begin` where we can begin its list, `is_silent` where a partner has none."""

    institution: str
    is_ours: bool
    lists: tuple[PeopleList, ...]
    may_begin: bool = False
    may_change: bool = False
    is_silent: bool = False


def people_page(page: SheetPage[PeopleWork]) -> HttpResponse:
    """Who comes to one exchange, for each of its institutions."""
    halves = _Halves(page).halves()
    return page.answer(
        frame_of(page.there.work, page.name),
        sheets=[each.sheet for half in halves for each in half.lists if each.sheet],
        halves=halves,
        sides=list(ParticipationSide),
    )


class _Halves:
    """The parts of one page while it is put together."""

    def __init__(self, page: SheetPage[PeopleWork]) -> None:
        self.page, self.me, self.there, self.writer = page, page.me, page.there, page.writer

    def halves(self) -> list[PeopleOf]:
        """Ours first, then those of the others, in the order in which the exchange names them."""
        me, work = self.me, self.there.work
        named = (*work.institutions, *(text.institution for text in self.there.texts if text.institution))
        whose = sorted(dict.fromkeys(named), key=lambda uri: uri != me.institution)
        may_begin = any(beginning.kind == "participation" for beginning in parts_to_begin(me, work, self.there.texts))
        return [
            PeopleOf(
                institution=uri,
                is_ours=uri == me.institution,
                lists=tuple(self._list(text) for text in self._of(uri)),
                may_begin=uri == me.institution and may_begin,
                may_change=roles.may_draft(role=me.role, kind="participation") is None,
                is_silent=uri != me.institution and not self._of(uri),
            )
            for uri in whose
        ]

    def _of(self, institution: str) -> list[ExchangeText]:
        return [text for text in self.there.texts if text.institution == institution]

    def _list(self, text: ExchangeText) -> PeopleList:
        document = self.there.documents.get(text.record)
        if text.draft is None:
            return PeopleList(text=text, document=document)
        sheet = self.page.drawn(self.there.sheet_of(self.me, text, self.page.asked))
        unsaved = self.page.not_saved_in(sheet)
        return PeopleList(
            text=text,
            document=document,
            sheet=sheet,
            table=table_of(self.writer, "people", self.page.name, sheet, unsaved, more=self._more(sheet)),
            panel=unsaved.panel,
            saved="" if sheet.fixed else saved_at(self.me, text.draft),
        )

    @cached_property
    def _papers(self) -> dict[str, list[str]]:
        return papers_of(self.there.work, active_reader())

    def _more(self, sheet: DraftSheet) -> tuple[ToldColumn, ...]:
        """Beside each row what its person speaks about, and the form of the row."""
        members = listed_members(sheet.content, sheet.reader)
        spoken = {member.row: spoken_by(member, self._papers) for member in members if member.is_named}
        cells = {row: _AS_IT_IS % ", ".join(papers) for row, papers in spoken.items() if papers}
        forms = () if sheet.fixed else (all_fields(self.writer, sheet),)
        return ToldColumn(called=_SPEAKS, cells=cells), *forms
