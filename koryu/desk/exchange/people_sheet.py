"""The list of people of one participation as a sheet: its columns and languages, the names it knows, what its checks
are told. Nothing here writes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import Drafted, ExchangeWork
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk.access import CurrentUser, place_of
from koryu.records.document import Document
from koryu.records.participation import ParticipationSide
from koryu.sheets.parse import is_record
from koryu.sheets.rows.name_cells import forms_on_record
from koryu.sheets.rows.people_rows import PEOPLE, listed_members
from koryu.sheets.rows.row_sheet import CellMark, CellReader, ShownColumn, TypedRow, items_of, marks_of, rows_of
from koryu.wording.languages import LANGUAGES
from koryu.wording.titles import short_name_in_words

# The languages in which a list can be typed: those of the pages, besides the institution's own.
_OFFERED: Final = tuple(tag for tag, _name in LANGUAGES.values())
# What is typed in the first language alone.
_ONCE: Final = ("reading", "remark")


@dataclass(frozen=True, kw_only=True)
class PeopleSheet:
    """The sheet of one draft for whoever looks.

    `tags` are the languages that are shown, the own one first; `offered` those that can be. `known` is what the checks
    are told. Where `fixed`, whoever looks may read it and nothing else.
    """

    draft: Drafted
    content: Mapping[str, Any]
    offered: tuple[str, ...]
    tags: tuple[str, ...]
    reader: CellReader
    known: Mapping[str, Any]
    fixed: bool

    @property
    def columns(self) -> tuple[ShownColumn, ...]:
        return PEOPLE.shown_columns(self.tags, once=_ONCE)

    @property
    def rows(self) -> tuple[TypedRow, ...]:
        return rows_of(PEOPLE, self.content, self.columns, self.reader)

    @property
    def marks(self) -> tuple[CellMark, ...]:
        return marks_of(PEOPLE, self.content, self.columns, self.reader, self.known)

    def with_content(self, content: Mapping[str, Any], *, asking: str) -> "PeopleSheet":
        """The same sheet of a content that was changed, with the names of the people chosen for it."""
        unnamed = [uri for uri in named_in(content) if uri not in self.reader.names]
        names = names_of(archive.lines_named(unnamed, asking=asking)) if unnamed else {}
        reader = replace(self.reader, names={**self.reader.names, **names})
        return replace(self, content=content, reader=reader)


def people_sheet(
    me: CurrentUser,
    work: ExchangeWork,
    draft: Drafted,
    *,
    slug: str,
    asked: Sequence[str],
    lines: Mapping[str, Line],
    documents: Iterable[Document] = (),
) -> PeopleSheet:
    """The sheet of a draft of this exchange, in the languages `asked` for, else in those in which it is typed.

    `lines` are those of the records it names, `documents` what stands of the participations of the exchange.
    """
    reader = CellReader(slug=slug, names=names_of(lines))
    whose = str(draft.content.get("institution", ""))
    offered = tuple(dict.fromkeys((language_of(lines.get(whose), else_=reader.tag), *_OFFERED)))
    chosen = [tag for tag in offered if tag in asked]
    speaker = me.speaker()
    return PeopleSheet(
        draft=draft,
        content=draft.content,
        offered=offered,
        tags=tuple(chosen) or tuple(_typed_in(draft.content, offered)),
        reader=reader,
        known=_known(work, draft, documents, reader),
        fixed=draft.institution != me.institution
        or may_with_draft(DraftAct.CHANGE, speaker, place_of(me, draft)) is not None,
    )


def named_in(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The records that a participation, finished or not, names: its people, bodies of their posts, whose it is."""
    named = [content.get("institution"), content.get("host")]
    for item in items_of(PEOPLE, content):
        named += [item.get("person"), *(post.get("institution") for post in _posts(item))]
    return tuple(dict.fromkeys(uri for uri in named if isinstance(uri, str) and is_record(uri)))


def names_of(lines: Mapping[str, Line]) -> dict[str, Mapping[str, str]]:
    """The names that cells know, by URI: those of people with their readings, those of all else as they are written."""
    return {
        uri: forms_on_record(line.summary.title, line.summary.readings) if line.kind == "person" else line.summary.title
        for uri, line in lines.items()
    }


def language_of(line: Line | None, *, else_: str) -> str:
    """The language of an institution: the one in which its own name was first written."""
    return str(line.title.source) if line and line.summary.title else else_


def _typed_in(content: Mapping[str, Any], offered: Sequence[str]) -> Iterator[str]:
    """The first language, and each in which a name, a post or a unit is typed."""
    texts = [text for item in items_of(PEOPLE, content) for text in _texts(item) if isinstance(text, Mapping)]
    for place, tag in enumerate(offered):
        if not place or any(tag in text for text in texts):
            yield tag


def _texts(item: Mapping[str, Any]) -> Iterator[object]:
    yield item.get("printed")
    for post in _posts(item):
        yield from (post.get("post"), post.get("unit"))


def _posts(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    posts = item.get("posts")
    return [post for post in posts if isinstance(post, Mapping)] if isinstance(posts, list) else []


def _known(work: ExchangeWork, draft: Drafted, documents: Iterable[Document], reader: CellReader) -> Mapping[str, Any]:
    """How many are to come, and who is in the lists of the others."""
    size = draft.content.get("size_stated") or _planned_size(work, draft)
    whose = draft.content.get("institution")
    elsewhere: dict[str, set[str]] = {}
    others = [other.content for other in (*work.drafts, *work.shown) if other.kind == "participation"]
    for content in (*(document.content() for document in documents), *others):
        institution = content.get("institution")
        if isinstance(institution, str) and institution != whose:
            called = short_name_in_words(work.named.get(institution), institution, reader.tag)
            known = elsewhere.setdefault(called, set())
            known.update(name for member in listed_members(content, reader) for name in member.known_by)
    return {"agreed": size if isinstance(size, int) else None, "elsewhere": elsewhere}


def _planned_size(work: ExchangeWork, draft: Drafted) -> object:
    """The size that is planned is that of who visits."""
    drafted = work.own_plan or work.shown_plan
    content = work.content or (drafted.content if drafted else {})
    return content.get("planned_size") if draft.content.get("side") == ParticipationSide.VISITING else None
