"""The page of the papers of an exchange: what each institution gives; ours are typed here, and those of its letters."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse
from django.template.backends.utils import csrf_input
from django.utils.translation import gettext
from markupsafe import Markup

from koryu.desk.exchange.papers.paper_hints import Ways, paper_hints
from koryu.desk.exchange.papers.papers_sheet import PapersSheet, may_type
from koryu.desk.exchange.papers.papers_tables import PaperTables
from koryu.desk.exchange.papers.papers_work import PapersWork
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.work_frame import frame_of
from koryu.sheets.rows.paper_checks import Part, TextState, found_in
from koryu.sheets.rows.speaker_cells import as_listed, speaker_with_posts, speakers_in
from koryu.wording.languages import active_reader

_OPTION: Final = Markup('<option value="%s">%s</option>')


@dataclass(frozen=True, kw_only=True)
class ListedOtherwise:
    """A speaker of whom a list of people says something else than a paper: what each says, and where it is."""

    row: str
    speaker: str
    paper: str
    said: str
    listed: str


@dataclass(frozen=True, kw_only=True)
class PapersOf:
    """Everything of one institution: our drafts as a sheet, and a table of what else there is.

    `titles` and `texts` are how many of them are missing; `papers` are the options to choose one of our drafts by what
    it is called, `languages` those in which a file can be put in. `otherwise` are the
    speakers of whom a list of people says something else.
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
    otherwise: Sequence[ListedOtherwise] = ()


def papers_page(page: SheetPage[PapersWork]) -> HttpResponse:
    """The papers of one exchange, of each of its institutions."""
    me, there = page.me, page.there
    frame = frame_of(there.work, page.name, texts=there.every)
    for_me = page.request.GET.get("for") == "me"
    tables = PaperTables(
        me=me,
        there=there,
        name=page.name,
        writer=page.writer,
        hints=paper_hints(there, active_reader().slug, frame.own.steps),
        mark=str(csrf_input(page.request)),
        for_me=for_me,
    )
    halves = _Halves(page, tables).halves()
    return page.answer(
        frame,
        sheets=[half.sheet for half in halves if half.sheet],
        languages=there.languages(page.asked, first=there.home_of(me.institution)),
        halves=halves,
        for_me=for_me,
        working=there.working,
    )


class _Halves:
    """The parts of one page while it is put together."""

    def __init__(self, page: SheetPage[PapersWork], tables: PaperTables) -> None:
        self.page, self.me, self.there, self.tables = page, page.me, page.there, tables

    def halves(self) -> list[PapersOf]:
        """Ours first, then those of the others, in the order in which the exchange names them."""
        return [self._half(uri) for uri in self.there.whose]

    def _half(self, institution: str) -> PapersOf:
        there, me = self.there, self.me
        texts, home = there.texts_of(institution), there.home_of(institution)
        sheet = there.sheet_for(me, institution, self.page.asked)
        sheet = self.page.drawn(sheet) if sheet else None
        _offered, tags = there.languages(self.page.asked, first=home)
        ways = self._ways(texts, tags, home)
        typed = {draft.record for draft in sheet.by_row.values()} if sheet else set()
        unsaved = self.page.not_saved_in(sheet) if sheet else None
        typed_by_me = {row for row, draft in sheet.by_row.items() if may_type(me, draft)} if sheet else set()
        return PapersOf(
            institution=institution,
            is_ours=institution == me.institution,
            count=len(texts),
            titles=self._missing(ways, Part.TITLE),
            texts=self._missing(ways, Part.TEXT),
            sheet=sheet,
            table=self.tables.typed(sheet, unsaved, texts, ways, typed_by_me) if sheet and unsaved else "",
            panel=unsaved.panel if unsaved and sheet else "",
            saved=sheet.saved_words(me) if sheet and not sheet.fixed else "",
            others=self.tables.read([text for text in texts if text.record not in typed], institution, tags, ways),
            papers=self._options(sheet, typed_by_me) if sheet else "",
            languages=sheet.tags if sheet else (),
            otherwise=tuple(self._otherwise(sheet, typed_by_me)) if sheet else (),
        )

    def _otherwise(self, sheet: PapersSheet, rows: Collection[str]) -> Iterator[ListedOtherwise]:
        """The speakers in these rows of whom a list of people says something else."""
        for row, draft in sheet.by_row.items():
            for speaker in speakers_in(draft.content) if row in rows else ():
                if listed := as_listed(speaker, sheet.reader):
                    yield ListedOtherwise(
                        row=row,
                        speaker=str(speaker.get("id", "")),
                        paper=self._brief(draft.content),
                        said=speaker_with_posts(speaker, sheet.reader),
                        listed=speaker_with_posts(listed, sheet.reader),
                    )

    def _ways(self, texts: Iterable[ExchangeText], tags: Sequence[str], home: str) -> dict[str, Ways]:
        """How titles and texts are there, by record: in the languages that are shown, and those that are needed."""
        working = self.there.working
        every = tuple(dict.fromkeys((*tags, *working)))
        contents = ((text.record, self.there.contents.get(text.record)) for text in texts)
        return {record: found_in(content, every, working=working, home=home) for record, content in contents if content}

    def _missing(self, ways: Mapping[str, Ways], part: Part) -> int:
        return sum(each[part, tag] is TextState.MISSING for each in ways.values() for tag in self.there.working)

    def _options(self, sheet: PapersSheet, rows: Collection[str]) -> Markup:
        chosen = ((row, self._brief(draft.content)) for row, draft in sheet.by_row.items() if row in rows)
        return Markup("").join([_OPTION % each for each in chosen])

    def _brief(self, content: Mapping[str, Any]) -> str:
        """What a paper is called where one is chosen."""
        title = content.get("title")
        forms = title if isinstance(title, Mapping) else {}
        words = forms.get(active_reader().tag) or next(iter(forms.values()), "") or gettext("without a title yet")
        return " ".join(filter(None, (str(content.get("label") or ""), str(words))))
