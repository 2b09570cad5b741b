"""What a template of an office is filled with: every value a letter can print, by the code of its field."""

from collections.abc import Iterator

from koryu.publishing.letters.blocks import FilledPart, FilledRow, LetterFilling, LetterPages, LineBlock, Runs
from koryu.publishing.letters.letter_form import (
    body_lines,
    contact_line,
    date_run,
    enclosure_lines,
    end_mark,
    ending_runs,
    number_run,
    person_lines,
    salutation,
    seal_note,
    their_letter,
    typed_lines,
)
from koryu.publishing.letters.letter_runs import RunMaker, groups, item_path
from koryu.publishing.letters.letter_source import LetterSource, exchange_called
from koryu.publishing.letters.letter_texts import letter_body, plan_value, points_of, stay_of, subject_of
from koryu.publishing.letters.list_blocks import person_named, posts_of
from koryu.publishing.letters.make import (
    LetterIdentity,
    on_one_line,
    provisional,
    replacement,
    tables_of,
    translation_mark,
    versions_printed,
)
from koryu.publishing.letters.templates.named_tables import filled_list
from koryu.publishing.letters.templates.template_fields import LIST_OF, PLAN_FIELDS, fields_of
from koryu.wording.letters.letter_dates import as_day, letter_date
from koryu.wording.letters.letter_kinds import LETTER_KINDS
from koryu.wording.letters.letter_words import addressed

Valued = Iterator[tuple[str, Runs]]


def filling_of(
    pages: LetterPages, source: LetterSource, makers: tuple[RunMaker, ...], identity: LetterIdentity
) -> LetterFilling:
    """All values of a letter, and its lists; `pages` are its own in the layout that comes with Koryu."""
    kind, first = pages.kind, makers[0]
    fields = dict(_of_any(pages, source, first, identity))
    for maker in makers:
        fields |= dict(_of_plan(kind, source, maker))
    fields |= dict(_of_list(source, first) if LETTER_KINDS[kind].is_list else _of_letter(kind, source, first))
    lists = {}
    if kind in LIST_OF:
        tables = tuple(tables_of(kind, source, makers))
        lists[LIST_OF[kind].name] = filled_list(kind, tables, makers)
        zone = next((block.runs for block in tables if isinstance(block, LineBlock)), ())
        fields |= {"zone": zone} if kind == "programme" else {}
    if kind == "invitation":
        lists["invited"] = (FilledPart(heading=first.said("invited"), rows=tuple(_invited(source, first))),)
    known = fields_of(kind, two=len(makers) > 1)
    return LetterFilling(fields={code: value for code, value in fields.items() if code in known}, lists=lists)


def _of_any(pages: LetterPages, source: LetterSource, maker: RunMaker, identity: LetterIdentity) -> Valued:
    yield "number", number_run(source, maker, is_own=pages.kind == "approval")
    yield "date", date_run(source, maker) if _is_dated(pages.kind, source) else ()
    yield "title", maker.said(f"title.{pages.kind}")
    yield "reference", maker.plain(pages.reference)
    yield "replaces", replacement(source, maker, identity)
    yield "cites", versions_printed(source, maker, pages.records)


def _is_dated(kind: str, source: LetterSource) -> bool:
    """A list has a date where one is typed; a letter has a place for it."""
    return not LETTER_KINDS[kind].is_list or as_day(source.box("date")) is not None


def _of_plan(kind: str, source: LetterSource, maker: RunMaker) -> Valued:
    yield f"exchange{maker.sign}", exchange_called(source, maker)
    for code in PLAN_FIELDS:
        value = plan_value(code, source, maker)
        is_line = code == "places" and kind not in ("plan", "approval")
        yield f"{code}{maker.sign}", on_one_line(value, maker) if is_line else value
    if not maker.sign:
        yield "stay", stay_of(source, maker)


def _of_list(source: LetterSource, maker: RunMaker) -> Valued:
    yield "covering", maker.lines_of(typed_lines(source, "covering", maker))
    yield "notes", maker.lines_of(typed_lines(source, "notes", maker))
    yield "provisional", provisional(source, maker)


def _of_letter(kind: str, source: LetterSource, maker: RunMaker) -> Valued:
    for side in ("to", "sender"):
        note = (seal_note(source, maker),) if side == "sender" else ()
        yield f"{side}.lines", maker.lines_of((*person_lines(source, side, maker), *note))
        for box in ("institution", "unit", "post", "name"):
            yield f"{side}.{box}", maker.plain(source.box(f"{side}_{box}"))
    yield "to.honorific", maker.plain(source.box("to_honorific"))
    yield "to.addressed", maker.plain(addressed(source.box("to_name"), source.box("to_honorific"), maker.tag))
    yield "salutation", salutation(source, maker, kind)
    yield "subject", maker.plain(subject_of(kind, source, maker))
    day = as_day(source.box("their_date"))
    yield "their.letter", their_letter(source, maker)
    yield "their.number", maker.plain(source.box("their_number"))
    yield "their.date", maker.plain(letter_date(day, maker.tag) if day else "")
    body = letter_body(kind, source, maker)
    yield "body", maker.lines_of(body_lines(source, maker, body, kind))
    yield "text", maker.lines_of(typed_lines(source, "text", maker))
    yield "ending", ending_runs(source, maker, body, kind)
    yield "end mark", end_mark(source, maker)
    yield "enclosures", maker.lines_of(enclosure_lines(source, maker))
    for box in ("address", "telephone", "mail"):
        yield f"sender.{box}", maker.plain(source.box(f"sender_{box}"))
    yield "contact.line", contact_line(source, maker)
    yield "contact.unit", maker.plain(source.box("contact_unit"))
    yield "contact.name", maker.plain(source.box("contact_name"))
    yield "translation", translation_mark(source, maker)
    yield from points_of(kind, source, maker)


def _invited(source: LetterSource, maker: RunMaker) -> Iterator[FilledRow]:
    """Those of the other institutions, each with name and posts apart."""
    for printed in source.participations:
        if printed.content.get("institution") == source.me:
            continue
        for member in groups(printed.content.get("members")):
            path = item_path(printed.base, "members", member)
            cells = {
                "invited.name": person_named(member, path, maker),
                "invited.post": posts_of(member, path, maker),
            }
            yield FilledRow(path=path, cells=cells)
