"""Making a letter of one kind: its blocks, what is missing in its language, and what it should not leave without."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from koryu.publishing.letters.blocks import (
    HeadingBlock,
    LetterBlock,
    LetterPages,
    LineBlock,
    ParagraphBlock,
    ReferenceBlock,
    Runs,
    runs_of,
    says_nothing,
)
from koryu.publishing.letters.letter_form import LetterBody, date_run, in_form, typed_lines
from koryu.publishing.letters.letter_runs import RunMaker, groups, item_path
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord, called_in_words, exchange_called
from koryu.publishing.letters.list_blocks import (
    papers_tables,
    participants_tables,
    person_with_posts,
    programme_tables,
)
from koryu.publishing.letters.plan_blocks import changed_table, plan_table, plan_values
from koryu.values.reason import N_, Reason
from koryu.wording.letters.letter_dates import as_day, days_of, letter_date, letter_span
from koryu.wording.letters.letter_kinds import LETTER_KINDS
from koryu.wording.letters.letter_words import labelled, list_joint, words

# What is counted as not being in the letter's language.
_NOT_IN: Final[Mapping[str, str]] = {
    "title": N_("Titles that are not in %(language)s: %(n)s."),
    "name": N_("Names that are not in %(language)s: %(n)s."),
    "post": N_("Posts and units that are not in %(language)s: %(n)s."),
    "institution": N_("Institutions without a name in %(language)s: %(n)s."),
    "theme": N_("Themes that are not in %(language)s: %(n)s."),
    "place": N_("Places that are not in %(language)s: %(n)s."),
    "note": N_("Notes that are not in %(language)s: %(n)s."),
}
_LANGUAGE_NAMES: Final = {"ja": N_("Japanese"), "zh-Hans": N_("Chinese"), "ko": N_("Korean"), "en": N_("English")}
# What a letter of invitation is refused for, where it does not say it.
_WANTED: Final[Mapping[str, str]] = {
    "to": N_("It does not say to whom it is addressed."),
    "sender": N_("It does not say who sends it."),
    "sender_post": N_(
        "It does not say which post the sender holds; it should be equal in rank to the head of the delegation."
    ),
    "sender_address": N_("It has no postal address."),
    "sender_telephone": N_("It has no telephone number."),
    "costs": N_("It does not say who bears which costs."),
    "text": N_("The text is empty."),
    "reasons": N_("It gives no reasons."),
}


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


def make_letter(kind: str, langs: tuple[str, ...], source: LetterSource, identity: LetterIdentity) -> MadeLetter:
    """The letter in these languages: one, or two with the reader's first."""
    makers = tuple(RunMaker(tag, source.lines) for tag in langs)
    first = makers[0]
    maker = _lists if LETTER_KINDS[kind].is_list else _letters
    blocks = [block for block in maker(kind, source, makers) if not says_nothing(block)]
    if identity.replaces:
        blocks.insert(_after_head(blocks, kind), ParagraphBlock(runs=first.plain(_replaces(identity, first.tag))))
    printed = _printed(kind, source)
    records = {each.uri: each.digest for each in printed}
    if digests := [digest for digest in records.values() if digest]:
        blocks.append(ReferenceBlock(runs=first.plain(_cites(digests, first.tag))))
    title = "".join(run.text for run in first.said(f"title.{kind}"))
    pages = LetterPages(
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
    return MadeLetter(pages=pages, missing=(*_wanting(kind, source), *_not_in(makers, pages)))


def _lists(kind: str, source: LetterSource, makers: tuple[RunMaker, ...]) -> Iterable[LetterBlock]:
    first = makers[0]
    title = [
        run
        for maker in makers
        for run in (*first.plain(" / " if maker is not first else ""), *maker.said(f"title.{kind}"))
    ]
    if kind == "programme" and source.timetable and source.timetable.content.get("provisional"):
        title += first.said("provisional")
    if as_day(source.box("date")):
        yield LineBlock(runs=date_run(source, first), align="right")
    yield HeadingBlock(level=1, runs=tuple(title), align="center")
    if kind != "plan":
        for maker in makers:
            yield LineBlock(runs=exchange_called(source, maker), align="center")
    if kind == "programme" and source.exchange:
        values = {"dates": _stay(source, first), "places": _on_one_line(_plan_value("places", source, first), first)}
        for key, value in values.items():
            label = first.plain(labelled(words(key, first.tag), "", first.tag))
            if value:
                yield LineBlock(runs=(*label, *value), align="center")
    for sentence in typed_lines(source, "covering", first):
        yield ParagraphBlock(runs=sentence, indent=1 if first.tag == "ja" else 0)
    yield from _TABLES[kind](source, makers)
    for note in typed_lines(source, "notes", first):
        yield ParagraphBlock(runs=note)


_TABLES: Final[Mapping[str, Callable[[LetterSource, tuple[RunMaker, ...]], Iterable[LetterBlock]]]] = {
    "plan": plan_table,
    "programme": programme_tables,
    "participants": participants_tables,
    "papers": papers_tables,
}


def _letters(kind: str, source: LetterSource, makers: tuple[RunMaker, ...]) -> Iterable[LetterBlock]:
    maker = makers[0]
    called = called_in_words(source, maker)
    subject = source.box("subject") or words(f"subject.{kind}", maker.tag, exchange=called)
    opening = tuple(filter(None, [maker.plain(_said(f"body.{kind}", maker.tag, called))]))
    body = LetterBody(
        opening=(*opening, *typed_lines(source, "text", maker)) if kind != "enquiry" else opening,
        points=tuple((key, value) for key, value in _POINTS[kind](source, maker) if value),
        tables=tuple(_tables_of(kind, source, maker)),
        ending=maker.said(f"end.{kind}"),
    )
    return in_form(source, maker, body, kind=kind, subject=subject)


def _tables_of(kind: str, source: LetterSource, maker: RunMaker) -> Iterable[LetterBlock]:
    if kind != "approval":
        return
    yield from plan_table(source, (maker,))
    if changes := changed_table(source, maker):
        yield HeadingBlock(runs=maker.said("changes"))
        yield from changes


def _invitation_points(source: LetterSource, maker: RunMaker) -> Iterable[tuple[str, Runs]]:
    yield "invited", maker.lines_of(_invited(source, maker))
    yield "purpose", maker.plain(source.box("purpose")) or _themes(source, maker)
    yield "stay", _stay(source, maker)
    yield "cities", maker.plain(source.box("cities")) or _plan_value("places", source, maker)
    yield "costs", maker.lines_of(typed_lines(source, "costs", maker))


def _enquiry_points(source: LetterSource, maker: RunMaker) -> Iterable[tuple[str, Runs]]:
    yield "points", maker.lines_of(typed_lines(source, "text", maker)) or _plan_value("open", source, maker)
    day = as_day(source.box("deadline"))
    yield "deadline", maker.plain(letter_date(day, maker.tag) if day else source.box("deadline"))


def _approval_points(source: LetterSource, maker: RunMaker) -> Iterable[tuple[str, Runs]]:
    yield "reasons", maker.lines_of(typed_lines(source, "reasons", maker))
    yield "costs", maker.lines_of(typed_lines(source, "costs", maker))


_POINTS: Final[Mapping[str, Callable[[LetterSource, RunMaker], Iterable[tuple[str, Runs]]]]] = {
    "invitation": _invitation_points,
    "enquiry": _enquiry_points,
    "thanks": lambda _source, _maker: (),
    "approval": _approval_points,
}


def _invited(source: LetterSource, maker: RunMaker) -> Iterable[Runs]:
    """Those of the other institutions, with their posts."""
    for printed in source.participations:
        if printed.content.get("institution") != source.me:
            for member in groups(printed.content.get("members")):
                yield person_with_posts(member, item_path(printed.base, "members", member), maker)


def _stay(source: LetterSource, maker: RunMaker) -> Runs:
    dates = list(groups(source.exchange.content.get("dates"))) if source.exchange else []
    trip = next((each for each in dates if each.get("scope") == "trip"), dates[0] if dates else None)
    if trip is None or source.exchange is None:
        return ()
    written = str(trip.get("date") or "")
    days = days_of(written)
    span = maker.plain(letter_span(written, maker.tag), f"{item_path(source.exchange.base, 'dates', trip)}.date")
    return (*span, *(maker.said("days", n=days) if days else ()))


def _themes(source: LetterSource, maker: RunMaker) -> Runs:
    return _plan_value("main themes", source, maker)


def _plan_value(key: str, source: LetterSource, maker: RunMaker) -> Runs:
    return dict(plan_values(source, source.exchange, maker)).get(key, ()) if source.exchange else ()


def _said(key: str, tag: str, called: str) -> str:
    said = words(key, tag)
    return said % {"exchange": called} if "%(exchange)s" in said else said


def _on_one_line(runs: Runs, maker: RunMaker) -> Runs:
    joint = maker.plain(list_joint(maker.tag))[0]
    return tuple(joint if run.text == "\n" else run for run in runs)


def _printed(kind: str, source: LetterSource) -> tuple[PrintedRecord, ...]:
    """The records whose values a letter of this kind prints."""
    plan = (source.exchange,) if source.exchange else ()
    match kind:
        case "programme":
            return (*plan, *((source.timetable,) if source.timetable else ()), *source.papers)
        case "participants" | "invitation":
            return (*plan, *source.participations)
        case "papers":
            return (*plan, *source.papers)
        case _:
            return plan


def _wanting(kind: str, source: LetterSource) -> Iterable[Reason]:
    """What a letter of this kind should not leave without."""
    if not LETTER_KINDS[kind].is_list:
        yield from _boxes_wanted(kind, source)
    if kind == "invitation":
        yield from _invitation_wants(source)
    elif kind in _NOTHING_OF and not _NOTHING_OF[kind](source):
        yield _NOTHING_YET[kind]


def _boxes_wanted(kind: str, source: LetterSource) -> Iterable[Reason]:
    if kind != "approval" and not (source.box("to_institution") or source.box("to_name")):
        yield _wanted("to")
    if not (source.box("sender_institution") or source.box("sender_name")):
        yield _wanted("sender")
    has_points = kind == "enquiry" and source.exchange and source.exchange.content.get("open")
    for box in LETTER_KINDS[kind].needs:
        if not source.box(box) and not (box == "text" and has_points):
            yield _wanted(box)


def _wanted(box: str) -> Reason:
    return Reason(_WANTED[box])


def _invitation_wants(source: LetterSource) -> Iterable[Reason]:
    if not any(True for _runs in _invited(source, RunMaker("en", source.lines))):
        yield Reason("Nobody is named as invited: the list of the partner’s participants is empty or not known.")
    dates = list(groups(source.exchange.content.get("dates"))) if source.exchange else []
    if not any(days_of(str(each.get("date") or "")) for each in dates):
        yield Reason("The days of the stay are not known exactly.")


# What each kind prints, and what is said where there is none of it.
_NOTHING_OF: Final[Mapping[str, Callable[[LetterSource], object]]] = {
    "plan": lambda source: source.exchange,
    "approval": lambda source: source.exchange,
    "programme": lambda source: source.timetable and source.timetable.content.get("sessions"),
    "participants": lambda source: source.participations,
    "papers": lambda source: source.papers,
}
_NOTHING_YET: Final[Mapping[str, Reason]] = {
    "plan": Reason("There is no plan yet."),
    "approval": Reason("There is no plan yet."),
    "programme": Reason("There is no timetable yet."),
    "participants": Reason("There is no list of participants yet."),
    "papers": Reason("There are no papers yet."),
}


def _not_in(makers: Iterable[RunMaker], pages: LetterPages) -> Iterable[Reason]:
    """What is printed in another language than the letter's, counted by what it is."""
    printed = {run.path for block in pages.blocks for run in runs_of(block) if run.path}
    for maker in makers:
        counts = Counter(sort for path, sort in maker.missing.items() if path in printed)
        for sort, message in _NOT_IN.items():
            if counts[sort]:
                yield Reason(message, language=Reason(_LANGUAGE_NAMES[maker.tag]), n=counts[sort])


def _replaces(identity: LetterIdentity, tag: str) -> str:
    day = as_day(identity.replaced_on)
    if day is None:
        return words("replaces undated", tag, number=identity.replaces)
    return words("replaces", tag, date=letter_date(day, tag), number=identity.replaces)


def _cites(digests: Iterable[str], tag: str) -> str:
    """The first figures of each digest: enough to tell versions apart; the whole stands with the letter's bytes."""
    brief = " ".join(digest.partition(":")[2][:12] for digest in digests)
    return labelled(words("cites", tag), brief, tag)


def _after_head(blocks: list[LetterBlock], kind: str) -> int:
    """Where the sentence about the letter that this one replaces goes: behind the title, and its lines of a list."""
    place = next((at for at, block in enumerate(blocks) if isinstance(block, HeadingBlock)), -1) + 1
    while LETTER_KINDS[kind].is_list and place < len(blocks) and isinstance(blocks[place], LineBlock):
        place += 1
    # In the languages whose letters open with lines before the text, the text is what it stands before.
    first = next((at for at, block in enumerate(blocks) if isinstance(block, ParagraphBlock)), place)
    return place if LETTER_KINDS[kind].is_list else first
