"""What is pointed out in a list of papers, and what of each is there or missing. Nothing stops anybody from typing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from koryu.sheets.rows.paper_cells import text_in, title_in
from koryu.sheets.rows.people_checks import same_name
from koryu.sheets.rows.row_sheet import CellMark, RowItem, kept_text
from koryu.values.reason import N_, Reason

_ALSO_IN: Final = N_("Also in %(sessions)s.")
_IN_NONE: Final = N_("In no session.")
_IN_NOBODYS: Final = N_("The speaker is in nobody’s list: %(speakers)s.")
_NO_TITLE: Final = N_("No title in: %(languages)s.")
_SAME_LABEL: Final = N_("The label is on two papers.")
_SAME_TITLE: Final = N_("Two papers have the same title.")
_SAME_TITLE_OF: Final = N_("A paper of %(institution)s has the same title.")


class Part(StrEnum):
    """What of a paper there is in each language."""

    TITLE = "title"
    TEXT = "text"


class Found(StrEnum):
    """How a title or a text in one language is there."""

    GIVEN = N_("as given")
    SUPPLIED = N_("supplied by the institution")
    TRANSLATED = N_("in translation")
    MISSING = N_("missing")
    NOT_NEEDED = N_("not needed")


@dataclass(frozen=True, kw_only=True)
class ListedPaper:
    """A paper as its checks know it: its row, its `content`, of each speaker with a name by what they are known, and
    what they are called; the names of the `sessions` that name it."""

    row: str
    content: RowItem
    speakers: Sequence[tuple[frozenset[str], str]] = ()
    sessions: Sequence[str] = ()


def found(content: Mapping[str, Any], part: Part, tag: str, *, working: Iterable[str], home: str) -> Found:
    """How the title or the text of a paper is there in a language.

    `working` are the languages in which each paper is needed, `home` is that of whoever gives it.
    """
    status = text_in(content, tag).get("status")
    there = title_in(content, tag) if part is Part.TITLE else status
    if there:
        if status in set(Found):
            return Found(status)
        return Found.GIVEN if part is Part.TEXT or tag == home else Found.TRANSLATED
    return Found.MISSING if tag in working else Found.NOT_NEEDED


def missing(contents: Iterable[Mapping[str, Any]], part: Part, *, working: Sequence[str], home: str) -> int:
    """How many titles or texts of these papers are missing, in all working languages together."""
    return sum(
        found(content, part, tag, working=working, home=home) is Found.MISSING
        for content in contents
        for tag in working
    )


def paper_marks(
    papers: Sequence[ListedPaper],
    *,
    languages: Mapping[str, str],
    listed: frozenset[str],
    has_timetable: bool,
    titles_elsewhere: Mapping[str, str],
) -> Iterator[CellMark]:
    """Everything pointed out in one list.

    `languages` are the working languages with what they are called, `listed` by what the people in all lists of the
    exchange are known, `titles_elsewhere` the titles of the papers of others, folded, with whose they are.
    """
    yield from in_sessions(papers, has_timetable=has_timetable)
    yield from in_nobodys_list(papers, listed)
    yield from without_title(papers, languages)
    yield from with_one_label(papers)
    yield from with_one_title(papers, titles_elsewhere)


def in_sessions(papers: Iterable[ListedPaper], *, has_timetable: bool) -> Iterator[CellMark]:
    """Each paper in more than one session; and where there is a timetable, each in none."""
    for paper in papers:
        if len(paper.sessions) > 1:
            yield CellMark(paper.row, "", Reason(_ALSO_IN, sessions="; ".join(paper.sessions[1:])))
        elif has_timetable and not paper.sessions:
            yield CellMark(paper.row, "", Reason(_IN_NONE))


def in_nobodys_list(papers: Iterable[ListedPaper], listed: frozenset[str]) -> Iterator[CellMark]:
    """Each paper of which a speaker is in no list of people, once there is such a list."""
    for paper in papers if listed else ():
        unknown = [called for known_by, called in paper.speakers if not known_by & listed]
        if unknown:
            yield CellMark(paper.row, "speakers", Reason(_IN_NOBODYS, speakers="; ".join(unknown)))


def without_title(papers: Iterable[ListedPaper], languages: Mapping[str, str]) -> Iterator[CellMark]:
    """Each paper that has a title, but not in every working language. One without any is refused by the record."""
    for paper in papers:
        missing = [tag for tag in languages if not title_in(paper.content, tag)]
        if missing and kept_text(paper.content.get("title")):
            named = ", ".join(languages[tag] for tag in missing)
            yield CellMark(paper.row, f"title:{missing[0]}", Reason(_NO_TITLE, languages=named))


def with_one_label(papers: Sequence[ListedPaper]) -> Iterator[CellMark]:
    """Each paper whose label another has. (Labels that say the kind, such as 기조보고, are on one of each side.)"""
    labels = [same_name(str(paper.content.get("label") or "")) for paper in papers]
    counted = Counter(filter(None, labels))
    yield from (
        CellMark(paper.row, "label", Reason(_SAME_LABEL))
        for paper, label in zip(papers, labels, strict=True)
        if counted[label] > 1
    )


def with_one_title(papers: Sequence[ListedPaper], elsewhere: Mapping[str, str]) -> Iterator[CellMark]:
    """Each paper that is called as another one is, in whatever language."""
    folded = [folded_titles(paper.content) for paper in papers]
    counted = Counter(title for titles in folded for title in titles)
    for paper, titles in zip(papers, folded, strict=True):
        if any(counted[title] > 1 for title in titles):
            yield CellMark(paper.row, "title", Reason(_SAME_TITLE))
        elif whose := next((elsewhere[title] for title in titles if title in elsewhere), ""):
            yield CellMark(paper.row, "title", Reason(_SAME_TITLE_OF, institution=whose))


def folded_titles(content: Mapping[str, Any]) -> frozenset[str]:
    """The titles of a paper for comparing; none where they only describe it."""
    if content.get("title_given") is False:
        return frozenset()
    return frozenset(filter(None, map(same_name, kept_text(content.get("title")).values())))
