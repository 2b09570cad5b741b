"""The list of people of one participation as a sheet: which records it names, and what its checks are told."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from koryu.archive.queries import Line
from koryu.consent.queries import Drafted, ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet, is_fixed, language_of, languages_of, names_of
from koryu.records.document import Document
from koryu.records.participation import ParticipationSide
from koryu.sheets.parse import is_record
from koryu.sheets.rows.people_rows import PEOPLE, listed_members
from koryu.sheets.rows.row_sheet import CellReader, items_of
from koryu.wording.titles import short_name_in_words


def people_sheet(
    me: CurrentUser,
    work: ExchangeWork,
    draft: Drafted,
    *,
    slug: str,
    asked: Sequence[str],
    lines: Mapping[str, Line],
    documents: Iterable[Document] = (),
) -> DraftSheet:
    """The sheet of a draft of this exchange, in the languages `asked` for, else in those in which it is typed.

    `lines` are those of the records it names, `documents` what stands of the participations of the exchange.
    """
    reader = CellReader(slug=slug, names=names_of(lines))
    whose = lines.get(str(draft.content.get("institution", "")))
    texts = [text for item in items_of(PEOPLE, draft.content) for text in _texts(item)]
    offered, tags = languages_of(asked, texts, first=language_of(whose, else_=reader.tag))
    return DraftSheet(
        rows_are=PEOPLE,
        naming=named_in,
        draft=draft,
        content=draft.content,
        offered=offered,
        tags=tags,
        reader=reader,
        known=_known(work, draft, documents, reader),
        fixed=is_fixed(me, draft),
    )


def named_in(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The records that a participation, finished or not, names: its people, bodies of their posts, whose it is."""
    named = [content.get("institution"), content.get("host")]
    for item in items_of(PEOPLE, content):
        named += [item.get("person"), *(post.get("institution") for post in _posts(item))]
    return tuple(dict.fromkeys(uri for uri in named if isinstance(uri, str) and is_record(uri)))


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
