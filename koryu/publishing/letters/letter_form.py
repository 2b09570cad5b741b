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
    if name := source.named(box):
        return (maker.plain(name),)
    return tuple(maker.plain(line.strip()) for line in source.box(box).splitlines() if line.strip())


def number_run(source: LetterSource, maker: RunMaker, *, is_own: bool = False) -> Runs:
    """The office's own number, or the place for it; `is_own` where it stays in the house."""
    if name := source.named("number"):
        return maker.plain(name)
    day = as_day(source.box("date"))
    key = "own number" if is_own else "our number"
    blank = words(key, maker.tag, year=day.year if day else "　　") if maker.tag == "zh-Hans" else ""
    blank = blank or {"ja": words("our number", "ja"), "ko": "　　　　-　　　　", "en": "____________"}[maker.tag]
    return maker.plain(source.box("number") or blank, slot=NUMBER)


def date_run(source: LetterSource, maker: RunMaker) -> Runs:
    """The date of the letter, or the place for it."""
    if name := source.named("date"):
        return maker.plain(name)
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
    yield from _lines(person_lines(source, "to", maker), "left")
    yield SpaceBlock(lines=0.5)
    yield _signed(person_lines(source, "sender", maker), source, maker, align="right", kind=kind)
    yield HeadingBlock(level=1, runs=maker.plain(subject), align="center")
    yield from _their_letter(source, maker)
    if kind == "thanks":
        yield ParagraphBlock(runs=maker.said("greeting"))
    for sentence in body_lines(source, maker, body, kind):
        yield ParagraphBlock(runs=sentence, indent=1)
    if ending := ending_runs(source, maker, body, kind):
        yield ParagraphBlock(runs=ending, indent=1)
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
    yield from _lines(person_lines(source, "to", maker), "left")
    yield from _their_letter(source, maker)
    for sentence in body_lines(source, maker, body, kind):
        yield ParagraphBlock(runs=sentence, indent=2)
    yield from numbered(body.points, maker)
    yield from body.tables
    if ending := ending_runs(source, maker, body, kind):
        yield ParagraphBlock(runs=ending, indent=2)
    if kind != "approval":
        yield ParagraphBlock(runs=maker.said("wish"), indent=2)
    yield from _foot(source, maker)
    yield SpaceBlock(lines=0.5)
    signed = (*person_lines(source, "sender", maker), date_run(source, maker))
    yield _signed(signed, source, maker, align="right", kind=kind)


def _korean(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str, subject: str) -> Iterable[LetterBlock]:
    to = maker.lines_of(person_lines(source, "to", maker))
    yield PairBlock(label=maker.said("to"), value=to, width=4)
    yield PairBlock(label=maker.said("via"), value=(), width=4)
    yield HeadingBlock(level=1, runs=(*maker.said("subject"), *maker.plain(f"  {subject}")))
    yield SpaceBlock(lines=0.5)
    for sentence in body_lines(source, maker, body, kind):
        yield ParagraphBlock(runs=sentence)
    yield from numbered(body.points, maker)
    yield from body.tables
    if ending := ending_runs(source, maker, body, kind):
        yield ParagraphBlock(runs=ending)
    for place, each in enumerate(enclosure_lines(source, maker)):
        yield PairBlock(label=() if place else maker.said("enclosures"), value=each, width=4)
    if mark := end_mark(source, maker):
        yield LineBlock(runs=mark)
    yield _signed(person_lines(source, "sender", maker), source, maker, align="center", kind=kind)
    dated = (*number_run(source, maker), *maker.plain(" ("), *date_run(source, maker), *maker.plain(")"))
    yield PairBlock(label=maker.said("our number"), value=dated, width=4)
    yield from _contact(source, maker)


def _english(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str, subject: str) -> Iterable[LetterBlock]:
    yield LineBlock(runs=(*maker.said("our number"), *maker.plain(" "), *number_run(source, maker)), align="right")
    yield LineBlock(runs=date_run(source, maker), align="right")
    yield SpaceBlock(lines=0.5)
    yield from _lines(person_lines(source, "to", maker), "left")
    yield SpaceBlock(lines=0.5)
    if greeting := salutation(source, maker, kind):
        yield LineBlock(runs=greeting)
    yield HeadingBlock(level=1, runs=maker.plain(subject))
    yield from _their_letter(source, maker)
    for sentence in body_lines(source, maker, body, kind):
        yield ParagraphBlock(runs=sentence)
    yield from numbered(body.points, maker)
    yield from body.tables
    if ending := ending_runs(source, maker, body, kind):
        yield ParagraphBlock(runs=ending)
    if kind != "approval":
        yield SpaceBlock(lines=0.5)
        yield LineBlock(runs=maker.said("wish"))
    yield _signed(person_lines(source, "sender", maker), source, maker, align="left", kind=kind)
    yield from _foot(source, maker)


_FORMS: Final[Mapping[str, Callable[[LetterSource, RunMaker, LetterBody, str, str], Iterable[LetterBlock]]]] = {
    "ja": _japanese,
    "zh-Hans": _chinese,
    "ko": _korean,
    "en": _english,
}


def person_lines(source: LetterSource, side: str, maker: RunMaker) -> tuple[Runs, ...]:
    """Whom it is to, or from, line by line: the institution first but in English."""
    if name := source.named(f"{side}.lines"):
        return (maker.plain(name),)
    if side == "to" and maker.tag == "zh-Hans":
        return _chinese_addressee(source, maker)
    if side == "to" and maker.tag == "ko":
        return _korean_addressee(source, maker)
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


def salutation(source: LetterSource, maker: RunMaker, kind: str) -> Runs:
    """How the letter speaks to whom it is to, where its language does so on a line of its own."""
    if maker.tag != "en" or kind == "approval":
        return ()
    called = addressed(source.box("to_name"), source.box("to_honorific"), "en") or "Colleagues"
    return maker.plain(source.named("salutation") or f"Dear {called},")


def body_lines(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str) -> tuple[Runs, ...]:
    """The sentences with which a letter begins; in Korean with a wish before them, and all numbered."""
    if name := source.named("body"):
        return (maker.plain(name),)
    if maker.tag != "ko":
        return body.opening
    return tuple(
        (*maker.plain(f"{place}. "), *sentence) for place, sentence in enumerate(_sentences(maker, body, kind), start=1)
    )


def ending_runs(source: LetterSource, maker: RunMaker, body: LetterBody, kind: str) -> Runs:
    """The last sentence; in Korean with its number."""
    if name := source.named("ending"):
        return maker.plain(name)
    if maker.tag != "ko" or not body.ending:
        return body.ending
    return (*maker.plain(f"{len(_sentences(maker, body, kind)) + 1}. "), *body.ending)


def _sentences(maker: RunMaker, body: LetterBody, kind: str) -> tuple[Runs, ...]:
    return (*(() if kind == "approval" else (maker.said("wish"),)), *body.opening)


def enclosure_lines(source: LetterSource, maker: RunMaker) -> tuple[Runs, ...]:
    """What goes along, each on a line, numbered where there are several; in Korean with the sign of the end."""
    if name := source.named("enclosures"):
        return (maker.plain(name),)
    listed = [line.strip() for line in source.box("enclosures").splitlines() if line.strip()]
    numbered_ones = [f"{place}. {each}" if len(listed) > 1 else each for place, each in enumerate(listed, start=1)]
    if maker.tag != "ko":
        return tuple(maker.plain(each) for each in numbered_ones)
    *before, last = numbered_ones or [""]
    ends = f"{last} 1부.  {words('ends', 'ko')}" if last else ""
    return tuple(maker.plain(each) for each in (*(f"{each} 1부." for each in before), ends) if each)


def end_mark(source: LetterSource, maker: RunMaker) -> Runs:
    """The sign of the end of a Korean letter, where nothing goes along that would bear it."""
    if maker.tag != "ko" or (not source.named_in and source.box("enclosures")):
        return ()
    return maker.plain(source.named("end mark") or f"  {words('ends', 'ko')}")


def _korean_addressee(source: LetterSource, maker: RunMaker) -> tuple[Runs, ...]:
    to = source.box("to_institution")
    person = " ".join(filter(None, (source.box("to_unit"), source.box("to_post"), source.box("to_name"))))
    person = addressed(person, source.box("to_honorific"), "ko")
    line = maker.plain(f"{to}({person})" if to and person else to or person)
    return (line,) if line else ()


def _chinese_addressee(source: LetterSource, maker: RunMaker) -> tuple[Runs, ...]:
    """尊敬的 with a name and its post; the institution alone before a colon."""
    name, post = source.box("to_name"), source.box("to_post")
    house = "".join(filter(None, (source.box("to_institution"), source.box("to_unit"))))
    honorific = source.box("to_honorific")
    if not name:
        return (maker.plain(f"{house}{post}："),) if house or post else ()
    called = addressed(f"{post}{name}" if honorific and post else f"{name}{post}", honorific, "zh-Hans")
    return tuple(maker.plain(line) for line in (house, f"{words('respected', 'zh-Hans')}{called}：") if line)


def seal_note(source: LetterSource, maker: RunMaker) -> Runs:
    """The note that the seal is left out, where it is."""
    return maker.said("sealless") if source.box("seal") == "omitted" else ()


def _signed(lines: Iterable[Runs], source: LetterSource, maker: RunMaker, *, align: str, kind: str) -> LetterBlock:
    """Who sends it, with the place for a seal or a signature, or the note that the seal is left out."""
    # A translation is signed by nobody: what is translated is.
    seal = source.box("seal") or ("none" if kind == "approval" or source.box("translation") else "")
    free = 0 if seal in ("omitted", "none") else _FOR_A_SIGNATURE if maker.tag == "en" else _FOR_A_SEAL
    signed = tuple(filter(None, (*lines, seal_note(source, maker))))
    return SignBlock.model_validate({"lines": signed, "align": align, "free": free})


def their_letter(source: LetterSource, maker: RunMaker) -> Runs:
    """Which letter of theirs it answers."""
    if name := source.named("their.letter"):
        return maker.plain(name)
    number, day = source.box("their_number"), as_day(source.box("their_date"))
    cited = " ".join(filter(None, (letter_date(day, maker.tag) if day else "", number)))
    return maker.plain(labelled(words("their letter", maker.tag), cited, maker.tag)) if cited else ()


def contact_line(source: LetterSource, maker: RunMaker) -> Runs:
    """Who is asked, and how they are reached."""
    if name := source.named("contact.line"):
        return maker.plain(name)
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
    return maker.plain(joint.join(filter(None, (who, *reached))))


def _their_letter(source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    if cited := their_letter(source, maker):
        yield LineBlock(runs=cited)


def _foot(source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    if listed := enclosure_lines(source, maker):
        runs = maker.lines_of(listed)
        yield PairBlock(label=maker.said("enclosures"), value=runs, width=4 if maker.tag != "en" else 6.5)
    yield from _contact(source, maker)


def _contact(source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    if line := contact_line(source, maker):
        yield PairBlock(label=maker.said("contact"), value=line, width=4 if maker.tag != "en" else 6.5)


def _lines(many: Iterable[Runs], align: str) -> Iterable[LetterBlock]:
    return (LineBlock.model_validate({"runs": runs, "align": align}) for runs in many)


def _width(text: str) -> float:
    """How wide a text is, in em: a Han character or a syllable of hangul one, a letter about half."""
    return sum(1 if ord(character) > 0x1100 else 0.55 for character in text)
