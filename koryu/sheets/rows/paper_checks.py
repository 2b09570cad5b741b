"""What is pointed out in a list of papers, and what of each is there or missing. Nothing stops anybody from typing."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from koryu.sheets.rows.paper_cells import texts_in, title_in
from koryu.sheets.rows.row_sheet import CellMark, RowItem, kept_text
from koryu.sheets.rows.same_names import same_name
from koryu.values.reason import N_, Reason

_ALSO_IN: Final = N_("Also in %(sessions)s.")
_IN_NONE: Final = N_("In no session.")
_IN_NOBODYS: Final = N_("The speaker is in nobody’s list: %(speakers)s.")
_NAMESAKES: Final = N_("More than one person in the lists is called so: %(speakers)s.")
_LISTED_SO: Final = N_("The list of people says: %(speakers)s.")
_NO_TITLE: Final = N_("No title in: %(languages)s.")
_SAME_LABEL: Final = N_("The label is on two papers.")
_SAME_TITLE: Final = N_("Two papers have the same title.")
_SAME_TITLE_OF: Final = N_("A paper of %(institution)s has the same title.")


class Part(StrEnum):
    """What of a paper there is in each language."""

    TITLE = "title"
    TEXT = "text"


class TextState(StrEnum):
    """How a title or a text in one language is there."""

    GIVEN = N_("as given")
    SUPPLIED = N_("supplied by the institution")
    TRANSLATED = N_("in translation")
    MISSING = N_("missing")
    NOT_NEEDED = N_("not needed")


_BY_STATUS: Final[Mapping[str, TextState]] = {str(how): how for how in TextState}


@dataclass(frozen=True, kw_only=True)
class ListedPaper:
    """A paper as its checks know it: its row, its `content`, what those of its speakers are called who are in nobody's
    list (`strangers`), those of whom it is not clear which person of the lists they are (`namesakes`), what the lists
    say of those who are there `otherwise`, and the names of the `sessions` that name it."""

    row: str
    content: RowItem
    strangers: Sequence[str] = ()
    namesakes: Sequence[str] = ()
    otherwise: Sequence[str] = ()
    sessions: Sequence[str] = ()


def found_in(
    content: Mapping[str, Any], tags: Iterable[str], *, working: Sequence[str], home: str
) -> dict[tuple[Part, str], TextState]:
    """How the title and the text of a paper are there, in each of these languages.

    `working` are the languages in which each paper is needed, `home` is that of whoever gives it.
    """
    texts = {str(text.get("lang")): text for text in reversed(list(texts_in(content)))}
    titles = {} if content.get("title_given") is False else kept_text(content.get("title"))
    seen = content.get("title_given") is not False
    ways: dict[tuple[Part, str], TextState] = {}
    for tag in tags:
        text = texts.get(tag, _NO_TEXT)
        absent = TextState.MISSING if tag in working else TextState.NOT_NEEDED
        status = text.get("status")
        known = _BY_STATUS.get(status, TextState.GIVEN) if isinstance(status, str) else None
        is_titled = titles.get(tag) or (seen and text.get("title"))
        likely = known or (TextState.GIVEN if tag == home else TextState.TRANSLATED)
        ways[Part.TITLE, tag] = likely if is_titled else absent
        ways[Part.TEXT, tag] = known or absent
    return ways


_NO_TEXT: Final[Mapping[str, Any]] = {}


def paper_marks(
    papers: Sequence[ListedPaper],
    *,
    languages: Mapping[str, str],
    has_timetable: bool,
    titles_elsewhere: Mapping[str, str],
) -> Iterator[CellMark]:
    """Everything pointed out in one list.

    `languages` are the working languages with what they are called, `titles_elsewhere` the titles of the papers of
    others, folded, with whose they are.
    """
    yield from in_sessions(papers, has_timetable=has_timetable)
    yield from in_nobodys_list(papers)
    yield from listed_otherwise(papers)
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


def in_nobodys_list(papers: Iterable[ListedPaper]) -> Iterator[CellMark]:
    """Each paper of which a speaker is in no list of people."""
    for paper in papers:
        if paper.strangers:
            yield CellMark(paper.row, "speakers", Reason(_IN_NOBODYS, speakers="; ".join(paper.strangers)))


def listed_otherwise(papers: Iterable[ListedPaper]) -> Iterator[CellMark]:
    """Each paper of whose speakers a list of people says something else, or names two who may be meant."""
    for paper in papers:
        if paper.namesakes:
            yield CellMark(paper.row, "speakers", Reason(_NAMESAKES, speakers="; ".join(paper.namesakes)))
        if paper.otherwise:
            yield CellMark(paper.row, "speakers", Reason(_LISTED_SO, speakers="; ".join(paper.otherwise)))


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
