"""The lists of an exchange: who takes part, what is done when, which papers are given; in one language or in two."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from koryu.publishing.letters.blocks import HeadingBlock, LetterBlock, LetterTableRow, LineBlock, Runs, TableBlock
from koryu.publishing.letters.letter_runs import Group, RunMaker, groups, item_path, small, strong, text_of
from koryu.publishing.letters.letter_source import LetterSource, PrintedRecord
from koryu.wording.letters.letter_dates import as_day, clock_span, letter_day, letter_span
from koryu.wording.letters.letter_words import words

Makers = tuple[RunMaker, ...]


def participants_tables(source: LetterSource, makers: Makers) -> Iterator[LetterBlock]:
    """A table for each institution, host first, its members in the order of rank."""
    for printed in _in_order(source, source.participations):
        whose = printed.content.get("institution")
        yield from _of_whom(whose, printed, makers)
        rows = tuple(
            LetterTableRow(
                path=item_path(printed.base, "members", member),
                cells=(
                    makers[0].plain(str(place)),
                    *(cell for maker in makers for cell in _member(member, printed, maker)),
                ),
            )
            for place, member in enumerate(groups(printed.content.get("members")), start=1)
        )
        heads = _heads("no.", ("name", "post", "role"), makers)
        yield TableBlock(widths=(1, *(3.4, 5, 2.2) * len(makers)), heads=heads, rows=rows)


def programme_tables(source: LetterSource, makers: Makers) -> Iterator[LetterBlock]:
    """Day by day: when, what, where."""
    timetable = source.timetable
    if timetable is None:
        return
    first = makers[0]
    sessions = list(groups(timetable.content.get("sessions")))
    for day, listed in groupby(sorted(sessions, key=_when), key=lambda each: str(each.get("date") or "")):
        yield HeadingBlock(runs=_joined((_day(day, maker) for maker in makers), first))
        rows = tuple(
            LetterTableRow(
                path=item_path(timetable.base, "sessions", session),
                cells=(
                    session_hours(session, timetable, first),
                    *(cell for maker in makers for cell in _session(session, source, timetable, maker)),
                ),
            )
            for session in listed
        )
        yield TableBlock(
            widths=(2.4, *(6, 3.4) * len(makers)), heads=_heads("time", ("what", "where"), makers), rows=rows
        )
    zone = str(timetable.content.get("time_zone") or "")
    if zone:
        city = zone.rpartition("/")[2].replace("_", " ")
        yield LineBlock(runs=small(_joined((maker.said("zone", zone=_city(city, maker)) for maker in makers), first)))


def papers_tables(source: LetterSource, makers: Makers) -> Iterator[LetterBlock]:
    """A table for each institution, host first: title, speaker, kind."""
    ordered = _in_order(source, source.papers)
    for whose, listed in groupby(ordered, key=lambda each: str(each.content.get("institution") or "")):
        papers = list(listed)
        yield from _of_whom(whose, papers[0], makers)
        rows = tuple(
            LetterTableRow(
                path=printed.base.strip(),
                cells=(
                    makers[0].plain(str(printed.content.get("label") or place)),
                    *(cell for maker in makers for cell in _paper(printed, maker)),
                ),
            )
            for place, printed in enumerate(papers, start=1)
        )
        heads = _heads("no.", ("paper", "speaker", "paper kind"), makers)
        yield TableBlock(widths=(1, *(5, 4, 2) * len(makers)), heads=heads, rows=rows)


def person_with_posts(item: Group, path: str, maker: RunMaker) -> Runs:
    """A person and the posts held then, as the language puts them: 職名　氏名 in ja, name and post elsewhere."""
    name, posts = person_named(item, path, maker), posts_of(item, path, maker)
    if not (name and posts):
        return name or posts
    if maker.tag == "ja":
        return (*posts, *maker.plain("　"), *name)
    return (*name, *maker.plain(", " if maker.tag == "en" else " "), *posts)


def person_named(item: Group, path: str, maker: RunMaker, *, read: bool = True) -> Runs:
    """A member or speaker: by the record of the person, else as printed; with the reading where it is to be `read`."""
    line = maker.lines.get(str(item.get("person") or ""))
    if line:
        readings = line.summary.readings if read or maker.tag == "en" else {}
        return maker.name(line.title.as_json(), f"{path}.person", readings=readings)
    return maker.name(item.get("printed"), f"{path}.printed")


def posts_of(item: Group, path: str, maker: RunMaker) -> Runs:
    """The posts somebody held then, in the order of the language: the unit before the post, behind it in English."""
    return maker.lines_of(
        _post(post, item_path(f"{path}.", "posts", post), maker) for post in groups(item.get("posts"))
    )


def _post(post: Group, path: str, maker: RunMaker) -> Runs:
    parts = [
        maker.institution(post.get("institution"), f"{path}.institution"),
        maker.text(post.get("unit"), f"{path}.unit", sort="post"),
        maker.text(post.get("post"), f"{path}.post", sort="post"),
    ]
    joint = {"ja": "　", "en": ", "}.get(maker.tag, " ")
    if maker.tag == "en":
        parts.reverse()
    runs: Runs = ()
    for part in filter(None, parts):
        runs = (*runs, *maker.plain(joint), *part) if runs else part
    return runs


def _member(member: Group, printed: PrintedRecord, maker: RunMaker) -> tuple[Runs, Runs, Runs]:
    path = item_path(printed.base, "members", member)
    listed = member.get("roles")
    roles = [role for role in listed if role != "member"] if isinstance(listed, list | tuple) else []
    called = maker.listed(maker.choice(role, f"{path}.roles[{role}]") for role in roles)
    return person_named(member, path, maker), posts_of(member, path, maker), called


def session_called(session: Group, timetable: PrintedRecord, maker: RunMaker) -> Runs:
    """A session by its title, else by its kind and number."""
    path = item_path(timetable.base, "sessions", session)
    title = maker.text(session.get("title"), f"{path}.title", sort="title")
    kind = maker.choice(session.get("type"), f"{path}.type")
    number = maker.plain(str(session.get("number") or ""), f"{path}.number")
    return title or (*kind, *(((*maker.plain(" "), *number)) if number else ()))


def _session(session: Group, source: LetterSource, timetable: PrintedRecord, maker: RunMaker) -> tuple[Runs, Runs]:
    path = item_path(timetable.base, "sessions", session)
    called = session_called(session, timetable, maker)
    papers = [source_paper for uri in _listed(session.get("papers")) if (source_paper := _by_uri(source, uri))]
    received = (
        person_with_posts(item, item_path(f"{path}.", "received_by", item), maker)
        for item in groups(session.get("received_by"))
    )
    what = maker.lines_of(
        (
            strong(called),
            *(small(_paper_named(paper, maker)) for paper in papers),
            *(small(each) for each in received if each),
            small(maker.text(session.get("remark"), f"{path}.remark", sort="remark")),
        )
    )
    where = maker.listed(
        (
            maker.institution(session.get("at"), f"{path}.at"),
            maker.text(session.get("venue"), f"{path}.venue", sort="place"),
        )
    )
    return what, where


def _paper(printed: PrintedRecord, maker: RunMaker) -> tuple[Runs, Runs, Runs]:
    speakers = (
        person_with_posts(item, item_path(printed.base, "speakers", item), maker)
        for item in groups(printed.content.get("speakers"))
    )
    corporate = maker.text(printed.content.get("corporate_author"), f"{printed.base}corporate_author", sort="name")
    spoken = maker.lines_of((*speakers, corporate))
    return _paper_title(printed, maker), spoken, maker.choice(printed.content.get("type"), f"{printed.base}type")


def _paper_named(printed: PrintedRecord, maker: RunMaker) -> Runs:
    """The title of a paper of a session, and by whom it is."""
    title = _paper_title(printed, maker)
    names = maker.listed(
        person_named(item, item_path(printed.base, "speakers", item), maker, read=False)
        for item in groups(printed.content.get("speakers"))
    )
    if not names:
        return title
    opened, closed = ("（", "）") if maker.tag in ("ja", "zh-Hans") else (" (", ")")
    return (*title, *maker.plain(opened), *names, *maker.plain(closed))


def _paper_title(printed: PrintedRecord, maker: RunMaker) -> Runs:
    """The title as the paper itself bears it in the letter's language, else as its record calls it."""
    for wording in groups(printed.content.get("wordings")):
        if wording.get("lang") == maker.tag and isinstance(wording.get("title"), str):
            return maker.plain(wording["title"], f"{item_path(printed.base, 'wordings', wording)}.title")
    title = text_of(printed.content.get("title"))
    if title is not None or not (others := list(groups(printed.content.get("wordings")))):
        return maker.text(title, f"{printed.base}title", sort="title")
    first = others[0]
    forms = {str(first.get("lang")): str(first.get("title") or "")}
    return maker.text(forms, f"{item_path(printed.base, 'wordings', first)}.title", sort="title")


def _of_whom(whose: object, printed: PrintedRecord, makers: Makers) -> Iterator[HeadingBlock]:
    """Whose list follows, as its heading; none where it is not said."""
    field = "arranged_by" if printed.content.get("kind") == "timetable" else "institution"
    runs = _joined((maker.institution(whose, f"{printed.base}{field}") for maker in makers), makers[0])
    if any(run.text.strip() for run in runs):
        yield HeadingBlock(runs=runs)


def _in_order(source: LetterSource, records: Iterable[PrintedRecord]) -> list[PrintedRecord]:
    """Host first, then as the exchange lists its institutions."""
    order = list(dict.fromkeys((*source.hosts, *source.institutions)))
    place = {uri: number for number, uri in enumerate(order)}
    return sorted(
        records, key=lambda each: (place.get(whose := str(each.content.get("institution") or ""), len(order)), whose)
    )


def _heads(own: str, keys: tuple[str, ...], makers: Makers) -> tuple[Runs, ...]:
    first = strong(makers[0].said(own))
    return (first, *(strong(maker.said(key)) for maker in makers for key in keys))


def session_hours(session: Group, timetable: PrintedRecord, maker: RunMaker) -> Runs:
    span = clock_span(str(session.get("start") or ""), str(session.get("end") or ""), maker.tag)
    until = str(session.get("until") or "")
    if until and (day := as_day(until)):
        span = (
            f"{span}{letter_day(day, maker.tag)}"
            if not session.get("end")
            else f"{span} ({letter_day(day, maker.tag)})"
        )
    return maker.plain(span, f"{item_path(timetable.base, 'sessions', session)}.start")


def _day(written: str, maker: RunMaker) -> Runs:
    if not written:
        return maker.said("no day")
    day = as_day(written)
    return maker.plain(letter_day(day, maker.tag) if day else letter_span(written, maker.tag))


def _when(session: Group) -> tuple[bool, str, bool, str]:
    date, start = str(session.get("date") or ""), str(session.get("start") or "")
    return (not date, date, not start, start)


def _joined(many: Iterable[Runs], maker: RunMaker) -> Runs:
    """The same thing in two languages on one line."""
    runs: Runs = ()
    for each in filter(None, many):
        runs = (*runs, *maker.plain(" / "), *each) if runs else each
    return runs


def _city(city: str, maker: RunMaker) -> str:
    try:
        return words(f"city.{city}", maker.tag)
    except KeyError:
        return city


def _listed(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list | tuple) else ()


def _by_uri(source: LetterSource, uri: str) -> PrintedRecord | None:
    return next((paper for paper in source.papers if paper.uri == uri), None)
