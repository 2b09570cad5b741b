"""What letters say that are no lists: their sentences and points, out of what is on record and what is typed."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from koryu.publishing.letters.blocks import Runs
from koryu.publishing.letters.letter_form import LetterBody, typed_lines
from koryu.publishing.letters.letter_runs import RunMaker, groups, item_path
from koryu.publishing.letters.letter_source import LetterSource, called_in_words
from koryu.publishing.letters.list_blocks import person_with_posts
from koryu.publishing.letters.plan_blocks import plan_values
from koryu.wording.letters.letter_dates import as_day, days_of, letter_date, letter_span
from koryu.wording.letters.letter_words import words


def subject_of(kind: str, source: LetterSource, maker: RunMaker) -> str:
    """What a letter is about: as typed, else as such letters say it."""
    if name := source.named("subject"):
        return name
    called = called_in_words(source, maker)
    return source.box("subject") or words(f"subject.{kind}", maker.tag, exchange=called)


def letter_body(kind: str, source: LetterSource, maker: RunMaker) -> LetterBody:
    """What a letter says between its head and its foot, but for tables."""
    opening = tuple(filter(None, [maker.plain(_said(f"body.{kind}", maker.tag, called_in_words(source, maker)))]))
    return LetterBody(
        opening=(*opening, *typed_lines(source, "text", maker)) if kind != "enquiry" else opening,
        points=points_of(kind, source, maker),
        ending=maker.said(f"end.{kind}"),
    )


def points_of(kind: str, source: LetterSource, maker: RunMaker) -> tuple[tuple[str, Runs], ...]:
    """The points of a letter: the key of its words, and what is said."""
    points = _POINTS[kind](source, maker)
    if source.named_in:
        return tuple((key, maker.plain(source.named(key))) for key, _value in points)
    return tuple((key, value) for key, value in points if value)


def _invitation_points(source: LetterSource, maker: RunMaker) -> Iterable[tuple[str, Runs]]:
    yield "invited", maker.lines_of(invited_persons(source, maker))
    yield "purpose", maker.plain(source.box("purpose")) or plan_value("main themes", source, maker)
    yield "stay", stay_of(source, maker)
    yield "cities", maker.plain(source.box("cities")) or plan_value("places", source, maker)
    yield "costs", maker.lines_of(typed_lines(source, "costs", maker))


def _enquiry_points(source: LetterSource, maker: RunMaker) -> Iterable[tuple[str, Runs]]:
    yield "points", maker.lines_of(typed_lines(source, "text", maker)) or plan_value("open", source, maker)
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


def invited_persons(source: LetterSource, maker: RunMaker) -> Iterable[Runs]:
    """Those of the other institutions, with their posts."""
    for printed in source.participations:
        if printed.content.get("institution") != source.me:
            for member in groups(printed.content.get("members")):
                yield person_with_posts(member, item_path(printed.base, "members", member), maker)


def stay_of(source: LetterSource, maker: RunMaker) -> Runs:
    """The days of the visit, with how many they are."""
    if name := source.named("stay"):
        return maker.plain(name)
    dates = list(groups(source.exchange.content.get("dates"))) if source.exchange else []
    trip = next((each for each in dates if each.get("scope") == "trip"), dates[0] if dates else None)
    if trip is None or source.exchange is None:
        return ()
    written = str(trip.get("date") or "")
    days = days_of(written)
    span = maker.plain(letter_span(written, maker.tag), f"{item_path(source.exchange.base, 'dates', trip)}.date")
    return (*span, *(maker.said("days", n=days) if days else ()))


def plan_value(key: str, source: LetterSource, maker: RunMaker) -> Runs:
    """A value of the plan by the key of its label."""
    if name := source.named(f"{key}{maker.sign}"):
        return maker.plain(name)
    return dict(plan_values(source, source.exchange, maker)).get(key, ()) if source.exchange else ()


def _said(key: str, tag: str, called: str) -> str:
    said = words(key, tag)
    return said % {"exchange": called} if "%(exchange)s" in said else said
