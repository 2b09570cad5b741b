"""The form of a letter with an addressee, in each language: where number, date, names, subject and signature stand."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from koryu.publishing.letters.blocks import (
    DATE,
    NUMBER,
    HeadingBlock,
    LetterBlock,
    LineBlock,
    PairBlock,
    ParagraphBlock,
    Runs,
    SignBlock,
    SpaceBlock,
)
from koryu.publishing.letters.letter_runs import RunMaker
from koryu.publishing.letters.letter_source import LetterSource
from koryu.wording.letters.letter_dates import as_day, letter_date
from koryu.wording.letters.letter_words import addressed, labelled, list_joint, words

# A seal of an institution is 30 to 40 mm wide; none is drawn.
_FOR_A_SEAL: Final = 40
_FOR_A_SIGNATURE: Final = 16
_NO_DATE: Final = {
    "ja": "　　　年　　月　　日",
    "zh-Hans": "　　　年　　月　　日",
    "ko": "　　　.　　.　　.",
    "en": "__ ________ ____",
}
_ORDINALS: Final[Mapping[str, tuple[str, ...]]] = {
    "ja": tuple(f"{chr(0xFF10 + number)}　" for number in range(1, 10)),
    "zh-Hans": tuple(f"{number}、" for number in "一二三四五六七八九"),
    "ko": tuple(f"{letter}. " for letter in "가나다라마바사아자"),
    "en": tuple(f"{number}. " for number in range(1, 10)),
}


@dataclass(frozen=True, kw_only=True)
class LetterBody:
    """What a letter says between its head and its foot: sentences, numbered points, tables, and its last sentence."""

    opening: tuple[Runs, ...]
    points: tuple[tuple[str, Runs], ...] = ()
    tables: tuple[LetterBlock, ...] = ()
    ending: Runs = ()


def in_form(
    source: LetterSource, maker: RunMaker, body: LetterBody, *, kind: str, subject: str
) -> Iterable[LetterBlock]:
    """The letter as its language writes one."""
    return _FORMS[maker.tag](source, maker, body, kind, subject)


def numbered(points: Iterable[tuple[str, Runs]], maker: RunMaker) -> tuple[LetterBlock, ...]:
    """Points with the numbers of the language, each a label (a key of the letter's words) and what is said."""
    listed = [
        (f"{ordinal}{words(key, maker.tag)}", value)
        for ordinal, (key, value) in zip(_ORDINALS[maker.tag], points, strict=False)
    ]
    width = min(13.0, 1.5 + max((_width(label) for label, _value in listed), default=0))
    return tuple(PairBlock(label=maker.plain(label), value=value, width=width) for label, value in listed)


def typed_lines(source: LetterSource, box: str, maker: RunMaker) -> tuple[Runs, ...]:
    """What is typed in a box, a paragraph for each of its lines."""
    return tuple(maker.plain(line.strip()) for line in source.box(box).splitlines() if line.strip())


def number_run(source: LetterSource, maker: RunMaker, *, is_own: bool = False) -> Runs:
    """The office's own number, or the place for it; `is_own` where it stays in the house."""
    day = as_day(source.box("date"))
    key = "own number" if is_own else "our number"
    blank = words(key, maker.tag, year=day.year if day else "　　") if maker.tag == "zh-Hans" else ""
    blank = blank or {"ja": words("our number", "ja"), "ko": "　　　　-　　　　", "en": "____________"}[maker.tag]
    return maker.plain(source.box("number") or blank, slot=NUMBER)


def date_run(source: LetterSource, maker: RunMaker) -> Runs:
    """The date of the letter, or the place for it."""
    day = as_day(source.box("date"))
    return maker.plain(
        letter_date(day, maker.tag, era=bool(source.box("era"))) if day else _NO_DATE[maker.tag], slot=DATE
    )


def _japanese(
    source: LetterSource, maker: RunMaker, body: LetterBody, kind: str, subject: str
) -> Iterable[LetterBlock]:
    yield LineBlock(runs=number_run(source, maker), align="right")
    yield LineBlock(runs=date_run(source, maker), align="right")
    yield SpaceBlock(lines=0.5)
    yield from _lines(_person(source, "to", maker), "left")
    yield SpaceBlock(lines=0.5)
    yield _signed(_person(source, "sender", maker), source, maker, align="right", kind=kind)
    yield HeadingBlock(level=1, runs=maker.plain(subject), align="center")
    yield from _their_letter(source, maker)
    if kind == "thanks":
        yield ParagraphBlock(runs=maker.said("greeting"))
    for sentence in body.opening:
        yield ParagraphBlock(runs=sentence, indent=1)
    if body.ending:
        yield ParagraphBlock(runs=body.ending, indent=1)
    if kind == "thanks":
        yield LineBlock(runs=maker.said("respectfully"), align="right")
    if body.points or body.tables:
        yield SpaceBlock(lines=0.3)
        yield LineBlock(runs=maker.said("below"), align="center")
        yield SpaceBlock(lines=0.3)
        yield from numbered(body.points, maker)
        yield from body.tables
        yield LineBlock(runs=maker.said("ends"), align="right")
    yield from _foot(source, maker)


def _chinese(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str, subject: str) -> Iterable[LetterBlock]:
    yield HeadingBlock(level=1, runs=maker.plain(subject), align="center")
    yield LineBlock(runs=number_run(source, maker, is_own=kind == "approval"), align="center")
    yield SpaceBlock(lines=0.5)
    yield from _lines(_chinese_addressee(source, maker), "left")
    yield from _their_letter(source, maker)
    for sentence in body.opening:
        yield ParagraphBlock(runs=sentence, indent=2)
    yield from numbered(body.points, maker)
    yield from body.tables
    if body.ending:
        yield ParagraphBlock(runs=body.ending, indent=2)
    if kind != "approval":
        yield ParagraphBlock(runs=maker.said("wish"), indent=2)
    yield from _foot(source, maker)
    yield SpaceBlock(lines=0.5)
    yield _signed((*_person(source, "sender", maker), date_run(source, maker)), source, maker, align="right", kind=kind)


def _korean(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str, subject: str) -> Iterable[LetterBlock]:
    to = source.box("to_institution")
    to_person = " ".join(filter(None, (source.box("to_unit"), source.box("to_post"), source.box("to_name"))))
    to_person = addressed(to_person, source.box("to_honorific"), "ko")
    bracketed = f"{to}({to_person})" if to and to_person else to or to_person
    yield PairBlock(label=maker.said("to"), value=maker.plain(bracketed), width=4)
    yield PairBlock(label=maker.said("via"), value=(), width=4)
    yield HeadingBlock(level=1, runs=(*maker.said("subject"), *maker.plain(f"  {subject}")))
    yield SpaceBlock(lines=0.5)
    sentences = [*([] if kind == "approval" else [maker.said("wish")]), *body.opening]
    for place, sentence in enumerate(sentences, start=1):
        yield ParagraphBlock(runs=(*maker.plain(f"{place}. "), *sentence))
    yield from numbered(body.points, maker)
    yield from body.tables
    if body.ending:
        yield ParagraphBlock(runs=(*maker.plain(f"{len(sentences) + 1}. "), *body.ending))
    enclosures = _enclosures(source)
    for place, each in enumerate(enclosures, start=1):
        ends = f"  {words('ends', 'ko')}" if place == len(enclosures) else ""
        label = maker.said("enclosures") if place == 1 else ()
        yield PairBlock(
            label=label, value=maker.plain(f"{f'{place}. ' if len(enclosures) > 1 else ''}{each} 1부.{ends}"), width=4
        )
    if not enclosures:
        yield LineBlock(runs=maker.plain(f"  {words('ends', 'ko')}"))
    yield _signed(_person(source, "sender", maker), source, maker, align="center", kind=kind)
    dated = (*number_run(source, maker), *maker.plain(" ("), *date_run(source, maker), *maker.plain(")"))
    yield PairBlock(label=maker.said("our number"), value=dated, width=4)
    yield from _contact(source, maker)


def _english(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str, subject: str) -> Iterable[LetterBlock]:
    yield LineBlock(runs=(*maker.said("our number"), *maker.plain(" "), *number_run(source, maker)), align="right")
    yield LineBlock(runs=date_run(source, maker), align="right")
    yield SpaceBlock(lines=0.5)
    yield from _lines(_person(source, "to", maker), "left")
    yield SpaceBlock(lines=0.5)
    if kind != "approval":
        called = addressed(source.box("to_name"), source.box("to_honorific"), "en") or "Colleagues"
        yield LineBlock(runs=maker.plain(f"Dear {called},"))
    yield HeadingBlock(level=1, runs=maker.plain(subject))
    yield from _their_letter(source, maker)
    for sentence in body.opening:
        yield ParagraphBlock(runs=sentence)
    yield from numbered(body.points, maker)
    yield from body.tables
    if body.ending:
        yield ParagraphBlock(runs=body.ending)
    if kind != "approval":
        yield SpaceBlock(lines=0.5)
        yield LineBlock(runs=maker.said("wish"))
    yield _signed(_person(source, "sender", maker), source, maker, align="left", kind=kind)
    yield from _foot(source, maker)


_FORMS: Final[Mapping[str, Callable[[LetterSource, RunMaker, LetterBody, str, str], Iterable[LetterBlock]]]] = {
    "ja": _japanese,
    "zh-Hans": _chinese,
    "ko": _korean,
    "en": _english,
}


def _person(source: LetterSource, side: str, maker: RunMaker) -> tuple[Runs, ...]:
    """Whom it is to, or from, line by line: the institution first but in English."""
    tag = maker.tag
    name = source.box(f"{side}_name")
    if side == "to":
        name = addressed(name, source.box("to_honorific"), tag)
    unit, post = source.box(f"{side}_unit"), source.box(f"{side}_post")
    house = source.box(f"{side}_institution")
    listed: tuple[str, ...]
    match tag:
        case "en":
            listed = (name, ", ".join(filter(None, (post, unit))), house)
        case "zh-Hans":
            listed = (house, unit, " ".join(filter(None, (post, name))))
        case "ko":
            # An institution speaks through its head: 국립중앙도서관장, one line in the middle.
            listed = (" ".join(filter(None, (house, unit, post, name))),)
        case _:
            listed = (" ".join(filter(None, (house, unit))).replace(" ", "　"), "　".join(filter(None, (post, name))))
            if side == "to" and not name:
                listed = _to_a_desk(listed, source.box("to_honorific"), tag)
    return tuple(maker.plain(line) for line in listed if line)


def _to_a_desk(listed: tuple[str, ...], honorific: str, tag: str) -> tuple[str, ...]:
    """Lines that name nobody, with the form of address behind the last: 国際課　御中."""
    *before, last = filter(None, listed) if any(listed) else ("",)
    return (*before, addressed(last, honorific, tag))


def _chinese_addressee(source: LetterSource, maker: RunMaker) -> tuple[Runs, ...]:
    """尊敬的 with a name and its post; the institution alone before a colon."""
    name, post = source.box("to_name"), source.box("to_post")
    house = "".join(filter(None, (source.box("to_institution"), source.box("to_unit"))))
    honorific = source.box("to_honorific")
    if not name:
        return (maker.plain(f"{house}{post}："),) if house or post else ()
    called = addressed(f"{post}{name}" if honorific and post else f"{name}{post}", honorific, "zh-Hans")
    return tuple(maker.plain(line) for line in (house, f"{words('respected', 'zh-Hans')}{called}：") if line)


def _signed(lines: Iterable[Runs], source: LetterSource, maker: RunMaker, *, align: str, kind: str) -> LetterBlock:
    """Who sends it, with the place for a seal or a signature, or the note that the seal is left out."""
    seal = source.box("seal") or ("none" if kind == "approval" else "")
    note = maker.said("sealless") if seal == "omitted" else ()
    free = 0 if seal in ("omitted", "none") else _FOR_A_SIGNATURE if maker.tag == "en" else _FOR_A_SEAL
    return SignBlock.model_validate({"lines": tuple(filter(None, (*lines, note))), "align": align, "free": free})


def _their_letter(source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    number, day = source.box("their_number"), as_day(source.box("their_date"))
    cited = " ".join(filter(None, (letter_date(day, maker.tag) if day else "", number)))
    if cited:
        yield LineBlock(runs=maker.plain(labelled(words("their letter", maker.tag), cited, maker.tag)))


def _foot(source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    enclosures = _enclosures(source)
    if enclosures:
        many = len(enclosures) > 1
        listed = [f"{place}. {each}" if many else each for place, each in enumerate(enclosures, start=1)]
        runs = maker.lines_of(maker.plain(each) for each in listed)
        yield PairBlock(label=maker.said("enclosures"), value=runs, width=4 if maker.tag != "en" else 6.5)
    yield from _contact(source, maker)


def _contact(source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    joint = "　" if maker.tag == "ja" else list_joint(maker.tag)
    who = " ".join(filter(None, (source.box("contact_unit"), source.box("contact_name"))))
    reached = (
        labelled(words(label, maker.tag), source.box(box), maker.tag)
        for label, box in (
            ("postal address", "sender_address"),
            ("telephone", "sender_telephone"),
            ("mail", "sender_mail"),
        )
        if source.box(box)
    )
    line = joint.join(filter(None, (who, *reached)))
    if line:
        yield PairBlock(label=maker.said("contact"), value=maker.plain(line), width=4 if maker.tag != "en" else 6.5)


def _enclosures(source: LetterSource) -> list[str]:
    return [line.strip() for line in source.box("enclosures").splitlines() if line.strip()]


def _lines(many: Iterable[Runs], align: str) -> Iterable[LetterBlock]:
    return (LineBlock.model_validate({"runs": runs, "align": align}) for runs in many)


def _width(text: str) -> float:
    """How wide a text is, in em: a Han character or a syllable of hangul one, a letter about half."""
    return sum(1 if ord(character) > 0x1100 else 0.55 for character in text)
