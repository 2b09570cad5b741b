"""The tables of the page of papers: our drafts as they are typed, and what else there is, for reading."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from markupsafe import Markup

from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.paper_hints import PaperHints, Ways, part_of
from koryu.desk.exchange.papers.papers_sheet import PapersSheet, may_begin, may_translate
from koryu.desk.exchange.papers.papers_work import PapersWork
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.sheet.asked_beside import asked_column
from koryu.desk.exchange.sheet.sheet_table import NotSaved, table_of
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.page_writer import plain
from koryu.markup.table_html import DrawnCells, DrawnTable, ToldColumn, row_table
from koryu.sheets.rows.paper_cells import texts_in
from koryu.sheets.rows.paper_checks import TextState
from koryu.sheets.rows.paper_rows import PAPERS
from koryu.sheets.rows.row_sheet import ShownColumn, row_of
from koryu.values.reason import N_, Reason

_SESSION: Final = N_("Session, from the timetable")
_STANDS: Final = N_("Status")
_ALL_FIELDS: Final = N_("All fields")
_OPEN: Final = N_("Open the record")
_READ: Final = N_("Read the draft")
_NEW_VERSION: Final = N_("Draft a new version")
_STANDING: Final = Markup('%s <a href="%s"%s>%s</a>')
_FILE: Final = Markup('<a class="file" href="%s">%s</a>')
_BEGIN: Final = Markup(
    '<form action="%s" method="post">%s<input type="hidden" name="record" value="%s">'
    '<button class="quiet">%s</button></form>'
)


@dataclass(frozen=True, kw_only=True)
class PaperTables:
    """How the tables of one page are drawn: for whom, at the exchange that is called `name` in addresses.

    `mark` is the hidden field by which Django knows its own forms. Where `for_me`, rows are hidden in which nothing is
    missing that whoever looks may put in.
    """

    me: CurrentUser
    there: PapersWork
    name: str
    writer: DeskWriter
    hints: PaperHints
    mark: str
    for_me: bool = False
    words: dict[tuple[Reason, ...], str] = field(default_factory=dict)

    def typed(
        self,
        sheet: PapersSheet,
        unsaved: NotSaved,
        texts: Iterable[ExchangeText],
        ways: Mapping[str, Ways],
        by_me: Collection[str],
    ) -> str:
        """Our drafts, with how each stands; into the rows `by_me` whoever looks may type."""
        beside: dict[tuple[str, str], Markup] = {}
        closed: list[tuple[str, str]] = []
        unseen: set[str] = set()
        columns = sheet.columns
        for row, draft in sheet.by_row.items():
            there = ways.get(draft.record, {})
            beside.update(self._files(row, draft, columns))
            shut = [] if row in by_me else list(self._closed(row, draft, columns))
            closed += shut
            if self.for_me and not self._is_for_me(row, there, columns, shut):
                unseen.add(row)
        ways_by_row = {row: ways.get(draft.record, {}) for row, draft in sheet.by_row.items()}
        hints = self.hints.of_rows(ways_by_row, columns, sheet.institution)
        held = sheet.held | {row for row in sheet.by_row if row not in by_me}
        cells = DrawnCells(closed=frozenset(closed), held=held, hidden=frozenset(unseen), hints=hints, beside=beside)
        records = {row: draft.record for row, draft in sheet.by_row.items()}
        before, after = reverse("desk:edit", kwargs={"number": 0}).split("/0/")
        by_record = {text.record: text for text in texts}
        stands = {
            row: self._stands(by_record.get(draft.record), f"{before}/{draft.id}/{after}", _ALL_FIELDS)
            for row, draft in sheet.by_row.items()
        }
        return table_of(self.writer, "papers", self.name, sheet, unsaved, more=self._told(records, stands), cells=cells)

    def read(
        self, texts: Sequence[ExchangeText], institution: str, tags: Sequence[str], ways: Mapping[str, Ways]
    ) -> str:
        """What is not typed here: what stands, and what a partner shows us."""
        if not texts:
            return ""
        there, home = self.there, self.there.home_of(institution)
        columns = PAPERS.shown_columns(tags)
        items = {f"o-{place}": text for place, text in enumerate(texts, 1)}
        contents = {row: {"id": row, **there.contents.get(text.record, {})} for row, text in items.items()}
        ways_by_row = {row: ways.get(text.record, {}) for row, text in items.items()}
        hints = self.hints.of_rows(ways_by_row, columns, institution)
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
        said = self._stands(text, href, _OPEN if text.current else _READ)
        if not text.current or text.institution != self.me.institution or not may_begin(self.me):
            return said
        begin = reverse("desk:exchange-papers-begin", kwargs={"slug": self.name})
        label = plain(_NEW_VERSION, self.writer.slug)
        return said + _BEGIN % (begin, self.mark, text.record, label)

    def _told(self, records: Mapping[str, str], stands: Mapping[str, Markup]) -> tuple[ToldColumn, ...]:
        sessions = {
            row: Markup("; ").join(self.there.sessions[record])
            for row, record in records.items()
            if record in self.there.sessions
        }
        asked = asked_column(self.there.work, self.name, records)
        return ToldColumn(called=_SESSION, cells=sessions), *asked, ToldColumn(called=_STANDS, cells=stands)

    def _stands(self, text: ExchangeText | None, href: str, called: str) -> Markup:
        says = self._says(text.says) if text else ""
        # What the script opens for F2.
        form = Markup(" data-form") if called is _ALL_FIELDS else ""
        return _STANDING % (says, href, form, plain(called, self.writer.slug))

    def _says(self, reasons: tuple[Reason, ...]) -> str:
        """How a text stands; of most papers of a list it is the same."""
        if reasons not in self.words:
            self.words[reasons] = "; ".join(map(self.writer.plain_reason, reasons))
        return self.words[reasons]

    def _files(
        self, row: str, draft: Drafted, columns: Iterable[ShownColumn]
    ) -> Iterator[tuple[tuple[str, str], Markup]]:
        """The files of its texts, each behind the cell of its language."""
        files = {str(text.get("lang")): text.get("file") for text in texts_in(draft.content)}
        for column in columns:
            file = files.get(column.tag) if column.column.takes_files else None
            if isinstance(file, dict) and isinstance(digest := file.get("digest"), str):
                address = file_address(digest, draft.record)
                yield (row, column.key), _FILE % (address, str(file.get("name", "")))

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
            ways.get((part, column.tag)) is TextState.MISSING and (row, column.key) not in closed
            for column in columns
            if (part := part_of(column))
        )


def file_address(digest: str, record: str) -> str:
    """Where a file is opened that a paper names."""
    return f"{reverse('desk:file', kwargs={'digest': digest})}?{urlencode({'of': record})}"
