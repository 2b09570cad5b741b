"""The page of the people of an exchange: who comes for each institution; our own lists are typed here, as sheets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.begin_part import parts_to_begin
from koryu.desk.exchange.part_list import ExchangeText, rail_of, texts_of
from koryu.desk.exchange.people_sheet import PeopleSheet, named_in, people_sheet
from koryu.desk.exchange.work_pages import named_on, title_for
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnTable, row_table
from koryu.markup.widgets import hidden
from koryu.planning.queries import OwnRows
from koryu.planning.rules.exchange_facts import facts_of
from koryu.planning.rules.status import status_of
from koryu.records.document import Document
from koryu.records.participation import ParticipationSide
from koryu.sheets.rows.merge import new_ids
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import CellMark
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader

_EMPTY_ROWS: Final = 3


@dataclass(frozen=True, kw_only=True)
class NotSaved:
    """What of one sheet is not saved: what was typed by row and column, what is said of it, rows that are new.

    `panel` is what was pasted, before it is put in.
    """

    draft: int
    mine: Mapping[tuple[str, str], str] = field(default_factory=dict)
    marks: Sequence[CellMark] = ()
    new: Sequence[str] = ()
    panel: str = ""


@dataclass(frozen=True, kw_only=True)
class PeopleList:
    """One participation: what stands of it, and the draft of it with its table."""

    text: ExchangeText
    document: Document | None
    sheet: PeopleSheet | None = None
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


@dataclass(frozen=True, kw_only=True)
class PeopleWork:
    """An exchange with all that its page of people and what is done there need; in two statements more."""

    work: ExchangeWork
    every: tuple[ExchangeText, ...]
    documents: Mapping[str, Document]
    lines: Mapping[str, Line]

    @cached_property
    def texts(self) -> tuple[ExchangeText, ...]:
        """Those of its texts that say who comes."""
        return tuple(text for text in self.every if text.kind == "participation")

    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> PeopleSheet:
        """The sheet of one of our drafts. Raises Http404 for what is none, or cannot be typed into."""
        text = next((each for each in self.texts if each.draft and each.draft.id == number), None)
        if text is None:
            raise Http404
        sheet = self.sheet_of(me, text, asked)
        if sheet.fixed:
            raise Http404
        return sheet

    def sheet_of(self, me: CurrentUser, text: ExchangeText, asked: Sequence[str]) -> PeopleSheet:
        assert text.draft
        others = [document for uri, document in self.documents.items() if uri != text.record]
        return people_sheet(
            me, self.work, text.draft, slug=active_reader().slug, asked=asked, lines=self.lines, documents=others
        )


def people_work(me: CurrentUser, name: str) -> PeopleWork:
    """The people of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    work = exchange_for(me, name)
    every = texts_of(work)
    texts = [text for text in every if text.kind == "participation"]
    documents = archive.documents(text.current.line for text in texts if text.current)
    contents = [*(document.content() for document in documents.values())]
    contents += [text.draft.content for text in texts if text.draft]
    named = {*named_on(work), *(uri for content in contents for uri in named_in(content))}
    lines = work.named
    if not named <= work.named.keys():
        lines = archive.lines_named(named, asking=me.institution, besides=work.named)
    return PeopleWork(work=work, every=every, documents=documents, lines=lines)


def languages_asked(request: HttpRequest) -> list[str]:
    """The languages that were ticked: kept in the address, and in each form of the page."""
    return (request.POST.getlist("lang") if request.method == "POST" else []) or request.GET.getlist("lang")


def address_with(address: str, asked: Sequence[str]) -> str:
    """An address with the languages that were ticked."""
    return f"{address}?{urlencode({'lang': list(asked)}, doseq=True)}" if asked else address


def act_address(name: str, number: int, act: str, asked: Sequence[str] = ()) -> str:
    """Where one thing is done with one of our lists: save, paste, facts, last."""
    return address_with(reverse("desk:exchange-people-act", kwargs={"slug": name, "number": number, "act": act}), asked)


def hidden_fields(request: HttpRequest, asked: Sequence[str]) -> str:
    """What the form of a paste sends besides: the mark of the page, and the languages of the sheet."""
    return str(csrf_input(request)) + "".join(hidden("lang", tag) for tag in asked)


@staff
@require_safe
def people(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Who comes to one exchange, for each of its institutions."""
    return page_of(request, me, people_work(me, slug), slug)


def page_of(
    request: HttpRequest,
    me: CurrentUser,
    there: PeopleWork,
    name: str,
    *,
    unsaved: NotSaved | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with what of one of its sheets is not saved, and the `problem` where something was not done."""
    work, asked = there.work, languages_asked(request)
    page = _Page(request, me, there, name, asked, unsaved)
    halves = page.halves()
    facts = facts_of(
        me.institution, plan=work.plan, open_texts=work.open, drafts=work.drafts, shown=work.shown, own=OwnRows()
    )
    sheets = [each.sheet for half in halves for each in half.lists if each.sheet]
    return render_page(
        request,
        me,
        "desk/exchange/people.html",
        naming=there.lines,
        known=there.lines,
        status=status,
        work=work,
        name=name,
        title=title_for(work),
        status_now=status_of(facts, clock.today()),
        rail=rail_of(work, there.every, None),
        halves=halves,
        # All sheets of the page are in the same languages; those of the first are ticked.
        offered=sheets[0].offered if sheets else (),
        tags=sheets[0].tags if sheets else (),
        sides=list(ParticipationSide),
        act_address=act_address,
        asked=asked,
        problem=problem,
    )


class _Page:
    """The parts of one page while it is put together."""

    def __init__(
        self,
        request: HttpRequest,
        me: CurrentUser,
        there: PeopleWork,
        name: str,
        asked: Sequence[str],
        unsaved: NotSaved | None,
    ) -> None:
        self.me, self.there, self.name, self.asked, self.unsaved = me, there, name, asked, unsaved
        self.writer = DeskWriter(active_reader().slug, there.lines, names=me.names)

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
        sheet = self.there.sheet_of(self.me, text, self.asked)
        unsaved = self.unsaved
        if unsaved is None or unsaved.draft != text.draft.id:
            unsaved = NotSaved(draft=text.draft.id)
        return PeopleList(
            text=text,
            document=document,
            sheet=sheet,
            table=self._table(sheet, unsaved),
            panel=unsaved.panel,
            saved="" if sheet.fixed else saved_at(self.me, text.draft),
        )

    def _table(self, sheet: PeopleSheet, unsaved: NotSaved) -> str:
        number, rows = sheet.draft.id, sheet.rows
        taken = [*(row.id for row in rows), *unsaved.new]
        seed = f"{number}:{sheet.draft.edition}"
        drawn = DrawnTable(
            at=f"p{number}-",
            sheet=PEOPLE,
            columns=sheet.columns,
            rows=rows,
            marks=(*sheet.marks, *unsaved.marks),
            new=(*unsaved.new, *new_ids(seed, taken, count=_EMPTY_ROWS)),
            mine=unsaved.mine,
            fixed=sheet.fixed,
        )
        if sheet.fixed:
            return row_table(self.writer, drawn)
        save_at, paste_at = (act_address(self.name, number, act, sheet.tags) for act in ("save", "paste"))
        return row_table(self.writer, drawn, save_at=save_at, paste_at=paste_at)
