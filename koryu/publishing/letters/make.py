"""Making a letter of one kind: its blocks, what is missing in its language, and what it should not leave without."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from koryu.publishing.letters.blocks import (
    HeadingBlock,
    LetterBlock,
    LetterPages,
    LineBlock,
    ParagraphBlock,
    ReferenceBlock,
    Runs,
)
from koryu.publishing.letters.invitation_blocks import half_day_programme
from koryu.publishing.letters.letter_form import date_run, in_form, typed_lines
from koryu.publishing.letters.letter_runs import RunMaker
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord, called_in_words, exchange_called
from koryu.publishing.letters.letter_texts import letter_body, plan_value, stay_of, subject_of
from koryu.publishing.letters.letter_wants import not_in_language, wanting
from koryu.publishing.letters.list_blocks import papers_tables, participants_tables, programme_tables
from koryu.publishing.letters.plan_blocks import changed_table, plan_table
from koryu.publishing.letters.templates.named_tables import named_tables
from koryu.values.reason import Reason
from koryu.wording.letters.letter_dates import as_day, letter_date
from koryu.wording.letters.letter_kinds import LETTER_KINDS
from koryu.wording.letters.letter_words import labelled, list_joint, words


@dataclass(frozen=True, kw_only=True)
class MadeLetter:
    """A letter as it would be printed now, and what its makers should look at before it leaves."""

    pages: LetterPages
    missing: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class LetterIdentity:
    """What a letter is called: its number with the check character, version, host; and what it replaces.

    `replaces` is the version before it and `replaced_on` when that was sent (a day as records write it).
    """

    number: str
    host: str
    version: int = 1
    is_draft: bool = False
    replaces: str = ""
    replaced_on: str = ""

    def reference(self, tag: str) -> str:
        """The line in the foot of each page."""
        number = self.number + (f"-{self.version}" if self.version > 1 else "")
        return " · ".join(filter(None, (self.host, number, words("draft", tag) if self.is_draft else "")))


# What makes other pages of these, out of the same values: an office's own template.
OwnLayout = Callable[[LetterPages, LetterSource, tuple[RunMaker, ...], LetterIdentity], LetterPages]


def make_letter(
    kind: str,
    langs: tuple[str, ...],
    source: LetterSource,
    identity: LetterIdentity,
    *,
    layout: OwnLayout | None = None,
) -> MadeLetter:
    """The letter in these languages: one, or two with the reader's first; in the office's own `layout`, if it has one.

    What is missing is told of what is printed.
    """
    makers = tuple(RunMaker(tag, source.lines) for tag in langs)
    pages = letter_pages(kind, source, makers, identity)
    if layout is not None:
        pages = layout(pages, source, makers, identity)
    return MadeLetter(pages=pages, missing=(*wanting(kind, source), *not_in_language(makers, pages)))


def letter_pages(
    kind: str, source: LetterSource, makers: tuple[RunMaker, ...], identity: LetterIdentity
) -> LetterPages:
    """The pages in the layout that comes with Koryu."""
    first, langs = makers[0], tuple(maker.tag for maker in makers)
    maker = _lists if LETTER_KINDS[kind].is_list else _letters
    blocks = [*maker(kind, source, makers)]
    if replaced := replacement(source, first, identity):
        blocks.insert(_after_head(blocks, kind), ParagraphBlock(runs=replaced))
    records = {each.uri: each.digest for each in _printed(kind, source)}
    if cited := versions_printed(source, first, records):
        blocks.append(ReferenceBlock(runs=cited))
    title = "".join(run.text for run in first.said(f"title.{kind}"))
    return LetterPages(
        kind=kind,
        langs=langs,
        title=labelled(title, called_in_words(source, RunMaker(first.tag, source.lines)), first.tag),
        number=identity.number,
        version=identity.version,
        reference=identity.reference(first.tag),
        landscape=len(langs) > 1 and kind != "plan",
        records=records,
        blocks=tuple(blocks),
    )


def _lists(kind: str, source: LetterSource, makers: tuple[RunMaker, ...]) -> Iterable[LetterBlock]:
    first = makers[0]
    title = [
        run
        for maker in makers
        for run in (*first.plain(" / " if maker is not first else ""), *maker.said(f"title.{kind}"))
    ]
    if kind == "programme":
        title += provisional(source, first)
    if source.named_in or as_day(source.box("date")):
        yield LineBlock(runs=date_run(source, first), align="right")
    yield HeadingBlock(level=1, runs=tuple(title), align="center")
    if kind != "plan":
        for maker in makers:
            yield LineBlock(runs=exchange_called(source, maker), align="center")
    if kind == "programme":
        values = {"dates": stay_of(source, first), "places": on_one_line(plan_value("places", source, first), first)}
        for key, value in values.items():
            label = first.plain(labelled(words(key, first.tag), "", first.tag))
            if value:
                yield LineBlock(runs=(*label, *value), align="center")
    for sentence in typed_lines(source, "covering", first) if "covering" in LETTER_KINDS[kind].boxes else ():
        yield ParagraphBlock(runs=sentence, indent=1 if first.tag == "ja" else 0)
    yield from tables_of(kind, source, makers)
    for note in typed_lines(source, "notes", first):
        yield ParagraphBlock(runs=note)


def provisional(source: LetterSource, maker: RunMaker) -> Runs:
    """The mark of a programme that is not fixed yet."""
    if name := source.named("provisional"):
        return maker.plain(name)
    return maker.said("provisional") if source.timetable and source.timetable.content.get("provisional") else ()


def _letters(kind: str, source: LetterSource, makers: tuple[RunMaker, ...]) -> Iterable[LetterBlock]:
    maker, tables = makers[0], tuple(tables_of(kind, source, makers))
    body = letter_body(kind, source, maker)
    if kind == "invitation":
        if mark := translation_mark(source, maker):
            yield LineBlock(runs=mark, align="center")
    else:
        body = replace(body, tables=tables)
    yield from in_form(source, maker, body, kind=kind, subject=subject_of(kind, source, maker))
    if kind == "invitation":
        yield from tables


def translation_mark(source: LetterSource, maker: RunMaker) -> Runs:
    """What stands over a letter that is the translation of another."""
    if name := source.named("translation"):
        return maker.plain(name)
    return maker.said("translation") if source.box("translation") else ()


def tables_of(kind: str, source: LetterSource, makers: tuple[RunMaker, ...]) -> Iterable[LetterBlock]:
    """The tables of a letter or list, each part of a list under its heading."""
    if kind not in _TABLES:
        return ()
    tables = _TABLES[kind](source, makers)
    return named_tables(kind, tables, source, makers) if source.named_in else tables


def _approval_tables(source: LetterSource, makers: tuple[RunMaker, ...]) -> Iterable[LetterBlock]:
    yield from plan_table(source, makers)
    if changes := changed_table(source, makers[0]):
        yield HeadingBlock(runs=makers[0].said("changes"))
        yield from changes


_TABLES: Final[Mapping[str, Callable[[LetterSource, tuple[RunMaker, ...]], Iterable[LetterBlock]]]] = {
    "plan": plan_table,
    "programme": programme_tables,
    "participants": participants_tables,
    "papers": papers_tables,
    "approval": _approval_tables,
    "invitation": lambda source, makers: half_day_programme(source, makers[0]),
}


def on_one_line(runs: Runs, maker: RunMaker) -> Runs:
    """Values that stand on lines of their own, as the language lists things on one."""
    joint = maker.plain(list_joint(maker.tag))[0]
    return tuple(joint if run.text == "\n" else run for run in runs)


def _printed(kind: str, source: LetterSource) -> tuple[PrintedRecord, ...]:
    """The records whose values a letter of this kind prints."""
    plan = (source.exchange,) if source.exchange else ()
    match kind:
        case "programme":
            return (*plan, *((source.timetable,) if source.timetable else ()), *source.papers)
        case "participants":
            return (*plan, *source.participations)
        case "invitation":
            return (*plan, *source.participations, *((source.timetable,) if source.timetable else ()))
        case "papers":
            return (*plan, *source.papers)
        case _:
            return plan


def replacement(source: LetterSource, maker: RunMaker, identity: LetterIdentity) -> Runs:
    """Which letter it replaces; nothing where it replaces none."""
    if name := source.named("replaces"):
        return maker.plain(name)
    day, number = as_day(identity.replaced_on), identity.replaces
    if not number:
        return ()
    if day is None:
        return maker.said("replaces undated", number=number)
    return maker.said("replaces", date=letter_date(day, maker.tag), number=number)


def versions_printed(source: LetterSource, maker: RunMaker, records: Mapping[str, str]) -> Runs:
    """The first figures of each digest: enough to tell versions apart; the whole stands with the letter's bytes."""
    if name := source.named("cites"):
        return maker.plain(name)
    brief = " ".join(digest.partition(":")[2][:12] for digest in records.values() if digest)
    return maker.plain(labelled(words("cites", maker.tag), brief, maker.tag)) if brief else ()


def _after_head(blocks: list[LetterBlock], kind: str) -> int:
    """Where the sentence about the letter that this one replaces goes: behind the title, and its lines of a list."""
    place = next((at for at, block in enumerate(blocks) if isinstance(block, HeadingBlock)), -1) + 1
    while LETTER_KINDS[kind].is_list and place < len(blocks) and isinstance(blocks[place], LineBlock):
        place += 1
    # In the languages whose letters open with lines before the text, the text is what it stands before.
    first = next((at for at, block in enumerate(blocks) if isinstance(block, ParagraphBlock)), place)
    return place if LETTER_KINDS[kind].is_list else first
