"""The letters that come back of every exchange that is shipped, out as Word and in again unchanged."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, Final, NamedTuple

from koryu.archive.queries import Line
from koryu.ingest.letter_files import LetterCell, read_letter
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord
from koryu.publishing.letters.make import LetterIdentity, make_letter
from koryu.publishing.letters.plan_back import PlanBack, PlanNames, plan_changes, sent_plan
from koryu.publishing.letters.sent_tables import sent_tables
from koryu.publishing.letters.word import word_file
from koryu.records.document import Document
from koryu.records.paper import Paper
from koryu.records.participation import Participation
from koryu.records.timetable import Timetable
from koryu.sheets import clean
from koryu.sheets.placing import CameCell, RowFinding, placed
from tests.shipped import BASE, shipped

LANGS: Final = ("ja", "zh-Hans", "ko", "en")
# Alone, and in two beside each other.
IN: Final = (*((lang,) for lang in LANGS), ("zh-Hans", "ja"))
# The kinds of letters that come back into fields, of which each exchange has some.
KINDS: Final = ("plan", "programme", "participants", "papers")
IDENTITY: Final = LetterIdentity(number="7Q42M9A", host="library.example")
NOTHING: Final = PlanBack(changes=(), missing=(), besides=(), merged=())


class ShippedLetter(NamedTuple):
    """A letter of a shipped exchange, before it goes out."""

    name: str
    kind: str
    langs: tuple[str, ...]
    source: LetterSource

    @property
    def pages(self) -> LetterPages:
        return make_letter(self.kind, self.langs, self.source, IDENTITY).pages


@cache
def lines() -> dict[str, Line]:
    return {
        BASE + name: Line(uri=BASE + name, kind=each.kind, slug=name, basis="recorded", summary=each.summary())
        for name, each in shipped().items()
    }


@cache
def sources() -> dict[str, LetterSource]:
    """What letters of each exchange print, by its short name."""
    parts: dict[str, list[tuple[str, Document]]] = {}
    for name, each in shipped().items():
        if isinstance(each, Participation | Timetable | Paper):
            parts.setdefault(str(each.exchange), []).append((name, each))
    exchanges = {name: each for name, each in shipped().items() if each.kind == "exchange"}
    return {name: _source(name, each, parts.get(BASE + name, [])) for name, each in exchanges.items()}


def _source(name: str, exchange: Document, parts: list[tuple[str, Document]]) -> LetterSource:
    def of(kind: str) -> tuple[PrintedRecord, ...]:
        return tuple(_printed(part, each) for part, each in parts if each.kind == kind)

    return LetterSource(
        me=BASE + "institution/ndl",
        exchange=_printed(name, exchange),
        participations=of("participation"),
        timetable=next(iter(of("timetable")), None),
        papers=of("paper"),
        lines=lines(),
    )


def _printed(name: str, document: Document) -> PrintedRecord:
    return PrintedRecord(uri=BASE + name, content=document.content())


def letters() -> Iterator[ShippedLetter]:
    """Every letter that is not empty, in four languages and in two."""
    for name, source in sources().items():
        there = (True, source.timetable, source.participations, source.papers)
        for kind, has in zip(KINDS, there, strict=True):
            for langs in IN if has else ():
                yield ShippedLetter(name, kind, langs, source)


def differences(letter: ShippedLetter) -> list[str]:
    """What differs in a letter that went out as Word and came back as it was."""
    pages = letter.pages
    read = read_letter(b'{"name": "a.docx", "rejected": false}\n' + word_file(pages, host="library.example"))
    if read["letter"] != pages.number:
        return [f"{letter.name}: the letter"]
    tables = [[[_cell(*cell) for cell in row] for row in table] for table in read["tables"]]
    if letter.kind == "plan":
        return _plan_differs(letter, pages, tables)
    return list(_lists_differ(letter, pages, tables))


def _cell(text: str, marks: list[str], columns: int, rows: int) -> LetterCell:
    return LetterCell(text, tuple(marks), columns, rows)


def _plan_differs(letter: ShippedLetter, pages: LetterPages, tables: Any) -> list[str]:
    sent = sent_plan(pages)
    assert sent
    names = PlanNames({uri: each.title for uri, each in lines().items() if each.kind == "institution"})
    (table,) = tables
    came = [[_came(cell, sent.marks) for cell in row] for row in table]
    back = plan_changes(sent, came, sent, names)
    return [] if back == NOTHING else [f"{letter.name} {letter.langs}: {back}"]


def _lists_differ(letter: ShippedLetter, pages: LetterPages, tables: Any) -> Iterator[str]:
    # A list of nobody has a head alone.
    listed = [table for table in tables if any(cell.marks for row in table for cell in row)]
    for sent, table in zip(sent_tables(pages), listed, strict=True):
        # The sheet reads each cell as one line.
        came = [[_came(replace(cell, text=clean.line(cell.text)), sent.marks) for cell in row] for row in table]
        result = placed(sent.table, came)
        values = {row.id: row.values for row in sent.table.rows}
        if result.missing or result.removed or result.merged or len(result.rows) != len(values):
            yield f"{letter.name} {letter.kind} {letter.langs}: {result}"
        for row in result.rows:
            same = row.finding is RowFinding.FOUND and dict(row.values) == dict(values[row.id])
            if not same:
                yield f"{letter.name} {letter.kind} {letter.langs}: {row}"


def _came(cell: LetterCell, marks: Any) -> CameCell:
    known = tuple(marks[mark] for mark in cell.marks if mark in marks)
    return CameCell(cell.text, known, columns=cell.columns, rows=cell.rows)
