"""The page of the papers of an exchange: what each institution gives; ours are typed here, and those of its letters."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe
from markupsafe import Markup

from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.papers.papers_sheet import PapersSheet, may_begin, may_translate, may_type
from koryu.desk.exchange.papers.papers_work import PapersWork, papers_work
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.sheet.part_work import PartWork
from koryu.desk.exchange.sheet.sheet_table import NotSaved, act_address, languages_asked, table_of
from koryu.desk.exchange.work_frame import WorkFrame, frame_of
from koryu.desk.render import render_page
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import as_markup, plain
from koryu.markup.table_html import DrawnCells, DrawnTable, ToldColumn, row_table
from koryu.markup.widgets import hidden
from koryu.planning.rules.papers_due import Owed, due_by
from koryu.sheets.rows.paper_cells import texts_in
from koryu.sheets.rows.paper_checks import Found, Part, found_in
from koryu.sheets.rows.paper_rows import PAPERS
from koryu.sheets.rows.row_sheet import ShownColumn, row_of
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words, translated

_SESSION: Final = N_("Session")
_STANDS: Final = N_("How it stands")
_DUE: Final = N_("missing; due %(date)s")
_ALL_FIELDS: Final = N_("All fields")
_OPEN: Final = N_("Open the record")
_NEW_VERSION: Final = N_("Draft a new version")
_PARTS: Final[Mapping[str, Part]] = {str(part): part for part in Part}

# How the title and the text of a paper are there, by language.
Ways = Mapping[tuple[Part, str], Found]


@dataclass(frozen=True, kw_only=True)
class PapersOf:
    """Everything of one institution: our drafts as a sheet, and a table of what else there is.

    `titles` and `texts` are how many of them are missing; `papers` are the options to choose one of our drafts by what
    it is called, `languages` those in which a file can be put in.
    """

    institution: str
    is_ours: bool
    count: int
    titles: int
    texts: int
    sheet: PapersSheet | None = None
    table: str = ""
    panel: str = ""
    saved: str = ""
    others: str = ""
    papers: str = ""
    languages: Sequence[str] = ()


@staff
@require_safe
def papers(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The papers of one exchange, of each of its institutions."""
    return page_of(request, me, papers_work(me, slug), slug)


def page_of(
    request: HttpRequest,
    me: CurrentUser,
    there: PartWork,
    name: str,
    *,
    unsaved: NotSaved | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page; with what of one of its sheets is not saved, and the `problem` where something was not done."""
    assert isinstance(there, PapersWork)
    asked = languages_asked(request)
    frame = frame_of(there.work, name, texts=there.every)
    for_me = request.GET.get("for") == "me"
    halves = _Page(request, me, there, frame, asked, unsaved, for_me).halves()
    sheets = [half.sheet for half in halves if half.sheet]
    offered, tags = there.languages(asked, first=there.home_of(me.institution))
    return render_page(
        request,
        me,
        "desk/exchange/papers.html",
        naming=there.lines,
        known=there.lines,
        status=status,
        **frame.variables,
        halves=halves,
        offered=sheets[0].offered if sheets else offered,
        tags=sheets[0].tags if sheets else tags,
        act_address=partial(act_address, "papers"),
        asked=asked,
        for_me=for_me,
        working=there.working,
        problem=problem,
    )


def file_address(digest: str, record: str) -> str:
    """Where a file is opened that a paper names."""
    return f"{reverse('desk:file', kwargs={'digest': digest})}?{urlencode({'of': record})}"


class _Page:
    """The parts of one page while it is put together."""

    def __init__(
        self,
        request: HttpRequest,
        me: CurrentUser,
        there: PapersWork,
        frame: WorkFrame,
        asked: Sequence[str],
        unsaved: NotSaved | None,
        for_me: bool,
    ) -> None:
        self.request, self.me, self.there, self.frame = request, me, there, frame
        self.asked, self.unsaved, self.for_me = asked, unsaved, for_me
        self.writer = DeskWriter(active_reader().slug, there.lines, names=me.names)
        self.due = due_by(frame.own.steps, {uri: self._called(uri) for uri in there.whose})
        self.hints: dict[tuple[Found, Edtf | None], str] = {}

    def halves(self) -> list[PapersOf]:
        """Ours first, then those of the others, in the order in which the exchange names them."""
        return [self._half(uri) for uri in self.there.whose]

    def _half(self, institution: str) -> PapersOf:
        there, me = self.there, self.me
        texts, home = there.texts_of(institution), there.home_of(institution)
        sheet = there.sheet_for(me, institution, self.asked)
        _offered, tags = there.languages(self.asked, first=home)
        ways = self._ways(texts, tags, home)
        typed = {draft.record for draft in sheet.by_row.values()} if sheet else set()
        unsaved = self.unsaved
        if sheet and (unsaved is None or unsaved.number != sheet.number):
            unsaved = NotSaved(number=sheet.number)
        typed_by_me = {row for row, draft in sheet.by_row.items() if may_type(me, draft)} if sheet else set()
        return PapersOf(
            institution=institution,
            is_ours=institution == me.institution,
            count=len(texts),
            titles=self._missing(ways, Part.TITLE),
            texts=self._missing(ways, Part.TEXT),
            sheet=sheet,
            table=self._typed(sheet, unsaved, texts, ways, typed_by_me) if sheet and unsaved else "",
            panel=unsaved.panel if unsaved and sheet else "",
            saved=sheet.saved_words(me) if sheet and not sheet.fixed else "",
            others=self._read([text for text in texts if text.record not in typed], institution, ways),
            papers=self._options(sheet, typed_by_me) if sheet else "",
            languages=sheet.tags if sheet else (),
        )

    def _ways(self, texts: Iterable[ExchangeText], tags: Sequence[str], home: str) -> dict[str, Ways]:
        """How titles and texts are there, by record: in the languages that are shown, and those that are needed."""
        working = self.there.working
        every = tuple(dict.fromkeys((*tags, *working)))
        contents = ((text.record, self.there.contents.get(text.record)) for text in texts)
        return {record: found_in(content, every, working=working, home=home) for record, content in contents if content}

    def _missing(self, ways: Mapping[str, Ways], part: Part) -> int:
        return sum(each[part, tag] is Found.MISSING for each in ways.values() for tag in self.there.working)

    def _typed(
        self,
        sheet: PapersSheet,
        unsaved: NotSaved,
        texts: Iterable[ExchangeText],
        ways: Mapping[str, Ways],
        by_me: Collection[str],
    ) -> str:
        hints: dict[tuple[str, str], str] = {}
        beside: dict[tuple[str, str], Markup] = {}
        closed: list[tuple[str, str]] = []
        hidden: set[str] = set()
        columns = sheet.columns
        for row, draft in sheet.by_row.items():
            found = ways.get(draft.record, {})
            hints.update(self._hints(row, found, columns, sheet.institution))
            beside.update(self._files(row, draft, columns))
            shut = [] if row in by_me else list(self._closed(row, draft, columns))
            closed += shut
            if self.for_me and not self._is_for_me(row, found, columns, shut):
                hidden.add(row)
        held = sheet.held | {row for row in sheet.by_row if row not in by_me}
        cells = DrawnCells(closed=frozenset(closed), held=held, hidden=frozenset(hidden), hints=hints, beside=beside)
        records = {row: draft.record for row, draft in sheet.by_row.items()}
        before, after = reverse("desk:edit", kwargs={"number": 0}).split("/0/")
        by_record = {text.record: text for text in texts}
        stands = {
            row: self._stands(by_record.get(draft.record), f"{before}/{draft.id}/{after}", _ALL_FIELDS)
            for row, draft in sheet.by_row.items()
        }
        return table_of(
            self.writer, "papers", self.frame.name, sheet, unsaved, more=self._told(records, stands), cells=cells
        )

    def _read(self, texts: Sequence[ExchangeText], institution: str, ways: Mapping[str, Ways]) -> str:
        """What is not typed here: what stands, and what a partner shows us."""
        if not texts:
            return ""
        there, home = self.there, self.there.home_of(institution)
        _offered, tags = there.languages(self.asked, first=home)
        columns = PAPERS.shown_columns(tags)
        items = {f"o-{place}": text for place, text in enumerate(texts, 1)}
        contents = {row: {"id": row, **there.contents.get(text.record, {})} for row, text in items.items()}
        hints: dict[tuple[str, str], str] = {}
        for row, text in items.items():
            hints.update(self._hints(row, ways.get(text.record, {}), columns, institution))
        drawn = DrawnTable(
            at=f"o{institution.rpartition('/')[2]}-",
            sheet=PAPERS,
            columns=columns,
            rows=[row_of(item, columns, there.reader_at(home)) for item in contents.values()],
            more=self._told(
                {row: text.record for row, text in items.items()},
                {row: self._of_others(text) for row, text in items.items()},
            ),
            fixed=True,
            cells=DrawnCells(hints=hints),
        )
        return row_table(self.writer, drawn)

    def _of_others(self, text: ExchangeText) -> Markup:
        href = (
            reverse("desk:record", kwargs={"uri": text.record})
            if text.current or not text.draft
            else reverse("desk:draft", kwargs={"number": text.draft.id})
        )
        said = self._stands(text, href, _OPEN if text.current else N_("Read the draft"))
        if not text.current or text.institution != self.me.institution or not may_begin(self.me):
            return said
        begin = reverse("desk:exchange-papers-begin", kwargs={"slug": self.frame.name})
        label = plain(_NEW_VERSION, self.writer.slug)
        return said + as_markup(
            f'<form action="{escape(begin)}" method="post">{csrf_input(self.request)}'
            f'{hidden("record", text.record)}<button class="quiet">{label}</button></form>'
        )

    def _told(self, records: Mapping[str, str], stands: Mapping[str, Markup]) -> tuple[ToldColumn, ToldColumn]:
        sessions = {
            row: Markup("; ").join(self.there.sessions[record])
            for row, record in records.items()
            if record in self.there.sessions
        }
        return ToldColumn(called=_SESSION, cells=sessions), ToldColumn(called=_STANDS, cells=stands)

    def _stands(self, text: ExchangeText | None, href: str, called: str) -> Markup:
        says = "; ".join(self.writer.plain_reason(reason) for reason in text.says) if text else ""
        # What the script opens for F2.
        form = " data-form" if called is _ALL_FIELDS else ""
        return as_markup(f'{escape(says)} <a href="{escape(href)}"{form}>{plain(called, self.writer.slug)}</a>')

    def _hints(
        self, row: str, ways: Ways, columns: Iterable[ShownColumn], institution: str
    ) -> Iterator[tuple[tuple[str, str], str]]:
        """What is said in the empty cells of titles and texts: missing, by when, or not needed."""
        home = self.there.home_of(institution)
        for column in columns:
            part = _PARTS.get(column.column.key)
            how = ways.get((part, column.tag)) if part else None
            if part and how in (Found.MISSING, Found.NOT_NEEDED):
                due = self._due(institution, part, at_home=column.tag == home) if how is Found.MISSING else None
                yield (row, column.key), self._hint(how, due)

    def _hint(self, how: Found, due: Edtf | None) -> str:
        """The same for many cells: put into words once."""
        if (how, due) not in self.hints:
            slug = self.writer.slug
            words = gettext(_DUE) % {"date": date_in_words(due, slug)} if due else translated(str(how), slug)
            self.hints[how, due] = words
        return self.hints[how, due]

    def _due(self, institution: str, part: Part, *, at_home: bool) -> Edtf | None:
        """What is in another language than that of whoever gives the paper is a translation."""
        own = Owed.TITLES if part is Part.TITLE else Owed.TEXTS
        if at_home:
            return self.due.get((institution, own))
        return self.due.get((institution, Owed.TRANSLATIONS)) or (
            self.due.get((institution, own)) if part is Part.TITLE else None
        )

    def _files(
        self, row: str, draft: Drafted, columns: Iterable[ShownColumn]
    ) -> Iterator[tuple[tuple[str, str], Markup]]:
        """The files of its texts, each behind the cell of its language."""
        files = {str(text.get("lang")): text.get("file") for text in texts_in(draft.content)}
        for column in columns:
            file = files.get(column.tag) if column.column.takes_files else None
            if isinstance(file, dict) and isinstance(digest := file.get("digest"), str):
                href = escape(file_address(digest, draft.record))
                link = as_markup(f'<a class="file" href="{href}">{escape(str(file.get("name", "")))}</a>')
                yield (row, column.key), link

    def _closed(self, row: str, draft: Drafted, columns: Iterable[ShownColumn]) -> Iterator[tuple[str, str]]:
        """Of a draft that whoever looks does not change: all but the titles that they may put into other languages."""
        title = draft.content.get("title")
        source = title.get("source", next(iter(title), "")) if isinstance(title, Mapping) else ""
        for column in columns:
            words = column.column.key == "title" and source and column.tag != source
            if not (words and may_translate(self.me, draft)):
                yield row, column.key

    def _is_for_me(
        self, row: str, ways: Ways, columns: Iterable[ShownColumn], closed: Collection[tuple[str, str]]
    ) -> bool:
        """Whether something is missing that whoever looks may put in."""
        return any(
            ways.get((part, column.tag)) is Found.MISSING and (row, column.key) not in closed
            for column in columns
            if (part := _PARTS.get(column.column.key))
        )

    def _options(self, sheet: PapersSheet, rows: Collection[str]) -> Markup:
        chosen = ((row, self._brief(draft.content)) for row, draft in sheet.by_row.items() if row in rows)
        return as_markup(
            "".join([f'<option value="{escape(row)}">{escape(called)}</option>' for row, called in chosen])
        )

    def _brief(self, content: Mapping[str, Any]) -> str:
        """What a paper is called where one is chosen."""
        title = content.get("title")
        forms = title if isinstance(title, Mapping) else {}
        words = forms.get(self.writer.tag) or next(iter(forms.values()), "") or gettext("without a title yet")
        return " ".join(filter(None, (str(content.get("label") or ""), str(words))))

    def _called(self, institution: str) -> set[str]:
        """What an institution may be called in words, in any language."""
        line = self.there.lines.get(institution)
        called = (line.summary.title, line.summary.short) if line else ()
        return {name for names in called for tag, name in names.items() if tag != "source"}
