"""The table of texts and languages: what is missing by when, who was asked for it, what is out of date."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext
from markupsafe import Markup

from koryu.desk.exchange.papers.papers_tables import file_address
from koryu.desk.exchange.sheet.sheet_table import NotSaved
from koryu.desk.exchange.translations.exchange_texts import TextRow
from koryu.desk.exchange.translations.translation_sheet import WORDS, TranslationSheet
from koryu.institutions.rules import called
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.table_html import DrawnCells, DrawnTable, ToldColumn, row_table
from koryu.planning.rules.papers_due import Owed
from koryu.planning.rules.translations import KeptTranslation, WordsState
from koryu.sheets.rows.paper_cells import texts_in
from koryu.sheets.rows.paper_checks import Part, TextState, found_in
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.values.uris import last_part
from koryu.wording.messages import date_in_words

_DUE: Final = N_("missing; due %(date)s")
_ASKED: Final = N_("asked of %(who)s")
_ASKED_BY_DAY: Final = N_("asked of %(who)s, due %(date)s")
_DUE_ALONE: Final = N_("due %(date)s")
_STILL_RIGHT: Final = N_("The translation is still correct")
_CHOOSE: Final = N_("Choose")
_NOTE: Final = Markup(' <small class="soft">%s</small>')
_FILE: Final = Markup(' <a class="file" href="%s">%s</a>')
# The form it belongs to stands behind the table.
_RIGHT: Final = Markup(' <button class="quiet" form="%s" name="right" value="%s">%s</button>')
_TICK: Final = Markup('<input type="checkbox" form="ask" name="text" value="%s" aria-label="%s">')
_TITLE: Final = "title"

Due = Mapping[tuple[str, Owed], Edtf]


@dataclass(frozen=True, kw_only=True)
class TranslationTable:
    """How the table of one sheet is drawn: by when each institution owes what, whether texts are chosen to ask for.

    `homes` are the languages of the institutions. Only the rows in `shown` are drawn, where that is said.
    """

    sheet: TranslationSheet
    writer: DeskWriter
    due: Due
    homes: Mapping[str, str]
    asks: bool
    shown: frozenset[str] | None = None
    more: Sequence[ToldColumn] = ()
    _dates: dict[str, str] = field(default_factory=dict)
    _messages: dict[str, str] = field(default_factory=dict)

    @property
    def right_form(self) -> str:
        """The id of the form by which it is said that a translation is still right; it stands behind the table."""
        return f"right-{last_part(self.sheet.exchange)}"

    def drawn(self, save_at: str, unsaved: NotSaved | None = None) -> str:
        """The table; `save_at` is where the script sends what is typed."""
        sheet = self.sheet
        rows = [row for row in sheet.text_rows if self.shown is None or row.id in self.shown]
        there = {row.id for row in rows}
        hints: dict[tuple[str, str], str] = {}
        beside: dict[tuple[str, str], Markup] = {}
        closed: list[tuple[str, str]] = []
        for row in rows:
            cells = self._words(row) if row.text else self._files(row)
            for tag, hint, more, is_typed in cells:
                at = (row.id, f"{WORDS}:{tag}")
                hints[at], beside[at] = hint, more
                if not is_typed:
                    closed.append(at)
        drawn = DrawnTable(
            at=f"t{last_part(sheet.exchange)}-",
            sheet=sheet.rows_are,
            columns=sheet.columns,
            rows=[row for row in sheet.rows if row.id in there],
            marks=[mark for mark in (*sheet.marks, *(unsaved.marks if unsaved else ())) if mark.row in there],
            more=(*self.more, *self._ticks(rows)),
            mine=unsaved.mine if unsaved else {},
            fixed=sheet.fixed,
            cells=DrawnCells(closed=frozenset(closed), hints=hints, beside=beside, long=sheet.long),
        )
        return row_table(self.writer, drawn, save_at="" if sheet.fixed else save_at)

    def _words(self, row: TextRow) -> Iterator[tuple[str, str, Markup, bool]]:
        """(language, what an empty cell is, what stands behind it, whether it is typed into) for each of a text."""
        for tag in self.sheet.tags:
            state = self.sheet.state(row, tag)
            is_typed = self.sheet.is_typed(row, tag)
            yield tag, self._hint(row, tag, state), self._beside(row, tag, state, is_typed), is_typed

    def _hint(self, row: TextRow, tag: str, state: WordsState) -> str:
        due = self.due_of(row, tag) if state is WordsState.MISSING else None
        return self._said(_DUE) % {"date": self._date(due)} if due else self._said(state)

    def due_of(self, row: TextRow, tag: str) -> Edtf | None:
        """By when a text is due in a language: as it was asked for, else by the steps of the exchange."""
        kept = self.sheet.kept_for(row, tag)
        return (kept.due_date if kept else None) or self._by_steps(row)

    def _by_steps(self, row: TextRow) -> Edtf | None:
        """By when whoever gives the text owes it in other languages."""
        whose = row.source.institution or self.sheet.me.institution
        own = self.due.get((whose, Owed.TITLES)) if row.path.endswith(_TITLE) else None
        return self.due.get((whose, Owed.TRANSLATIONS)) or own

    def _beside(self, row: TextRow, tag: str, state: WordsState, is_typed: bool) -> Markup:
        said, kept = Markup(), self.sheet.kept_for(row, tag)
        if kept is not None and kept.asked and state.is_owed:
            said = _NOTE % words if (words := self._asked(kept)) else said
        if state is WordsState.STALE and is_typed:
            said += _RIGHT % (self.right_form, f"{row.id}/{tag}", gettext(_STILL_RIGHT))
        return said

    def _asked(self, kept: KeptTranslation) -> str:
        who = called(kept.person, self.writer.names, translate=gettext) if kept.person else self._who(kept.who)
        due = self._date(kept.due_date) if kept.due_date else ""
        if who and due:
            return gettext(_ASKED_BY_DAY) % {"who": who, "date": due}
        return gettext(_ASKED) % {"who": who} if who else gettext(_DUE_ALONE) % {"date": due} if due else ""

    def _who(self, who: str) -> str:
        return str(self.writer.brief_text(who)) if who in self.homes else who

    def _said(self, message: str) -> str:
        """A message of our own: a table says few, and each of them in most of its cells."""
        if message not in self._messages:
            self._messages[message] = gettext(message)
        return self._messages[message]

    def _date(self, day: Edtf) -> str:
        if day not in self._dates:
            self._dates[day] = date_in_words(day, self.writer.slug)
        return self._dates[day]

    def _files(self, row: TextRow) -> Iterator[tuple[str, str, Markup, bool]]:
        """The same of the text of a paper: how it is there in each language, with its file. It is put in at Papers."""
        source = row.source
        home = self.homes.get(source.institution, "")
        ways = found_in(source.content, self.sheet.tags, working=self.sheet.working, home=home)
        files = {str(text.get("lang")): text.get("file") for text in texts_in(source.content)}
        for tag in self.sheet.tags:
            state, file = ways[Part.TEXT, tag], files.get(tag)
            hint = self._said(state)
            if state is TextState.MISSING and (due := self._file_due(source.institution, tag, home)):
                hint = self._said(_DUE) % {"date": self._date(due)}
            digest = file.get("digest") if isinstance(file, dict) else None
            named = (
                _FILE % (file_address(digest, source.record), str(file["name"]))
                if isinstance(digest, str) and file
                else Markup()
            )
            yield tag, hint, named, False

    def _file_due(self, institution: str, tag: str, home: str) -> Edtf | None:
        owed = Owed.TEXTS if tag == home else Owed.TRANSLATIONS
        return self.due.get((institution, owed))

    def _ticks(self, rows: Iterable[TextRow]) -> tuple[ToldColumn, ...]:
        """By which a text is chosen to ask somebody for it."""
        if not self.asks:
            return ()
        choose = gettext(_CHOOSE)
        ticks = {row.id: _TICK % (row.id, f"{choose}: {row.what}") for row in rows if row.text}
        return (ToldColumn(called=_CHOOSE, cells=ticks),)


def owed_in(sheet: TranslationSheet) -> dict[str, tuple[int, int]]:
    """(how many texts are missing, how many are out of date) for each language that is shown."""
    counts = {}
    for tag in sheet.tags:
        states = [sheet.state(row, tag) for row in sheet.text_rows if row.text]
        counts[tag] = (states.count(WordsState.MISSING), states.count(WordsState.STALE))
    return counts


def rows_owed(sheet: TranslationSheet) -> frozenset[str]:
    """The rows in which something is missing or out of date."""
    return frozenset(
        row.id for row in sheet.text_rows if row.text and any(sheet.state(row, tag).is_owed for tag in sheet.tags)
    )
