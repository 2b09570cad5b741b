"""The texts of an exchange one by one: which record each is of, what it is called, whether it can be put into words."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.papers_sheet import may_translate, may_type
from koryu.planning.rules.translations import TranslationPlace
from koryu.records.kinds import NAMES
from koryu.sheets.operations import value_at
from koryu.sheets.rows.row_sheet import kept_text
from koryu.sheets.rows.translation_rows import FILE, row_of_text
from koryu.sheets.translated_texts import TextAtPath, texts_in_content
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Refused
from koryu.values.text import Text
from koryu.wording.field_names import field_called
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES, slug_of
from koryu.wording.messages import translated, weekday_in_words

_ITEM: Final = re.compile(r"^(.*?\[[^\]]+\])")
_BETWEEN: Final = " · "
# The path under which the texts of a paper stand that are files.
FILES: Final = "wordings"
_TEXT: Final = N_("Text")


@dataclass(frozen=True, kw_only=True)
class SourceText:
    """A content of which texts are wanted: of which record and kind, whose; `draft` where it is one of ours.

    Nothing is looked for twice in a content that is as it was, while `known` is the same.
    """

    record: str
    kind: str
    institution: str
    content: Mapping[str, Any]
    known: str
    draft: Drafted | None = None


@dataclass(frozen=True, kw_only=True)
class TextRow:
    """One text of an exchange: its row, the record and what it is called there; without a `text` the files of a paper.

    `is_open` where whoever looks may put it into other languages.
    """

    id: str
    source: SourceText
    path: str
    what: str
    text: TextAtPath | None
    is_open: bool

    def at(self, tag: str) -> TranslationPlace:
        return TranslationPlace(record=self.source.record, path=self.path, language=tag)


def text_rows(
    me: CurrentUser, sources: Iterable[SourceText], *, tag: str, names: Mapping[str, Mapping[str, str]]
) -> tuple[TextRow, ...]:
    """Every text of these contents, in their order; `names` are those of the people that they name, for a reader of
    `tag`."""
    return tuple(row for source in sources for row in _rows(me, source, tag, names))


def may_put_into_words(me: CurrentUser, source: SourceText) -> bool:
    """Whether whoever looks may type translations of it: one of our drafts, while it does not wait for approval."""
    draft = source.draft
    if draft is None or draft.institution != me.institution or draft.waiting is not None:
        return False
    return may_translate(me, draft) or may_type(me, draft)


def _rows(me: CurrentUser, source: SourceText, tag: str, names: Mapping[str, Mapping[str, str]]) -> Iterator[TextRow]:
    is_open = may_put_into_words(me, source)
    for text, what in _texts_called(_Content(source.known, tag, source, names)):
        row = row_of_text(source.record, text.path, text.made_of)
        yield TextRow(id=row, source=source, path=text.path, what=what, text=text, is_open=is_open)
    if source.kind == "paper":
        what = _called(source, FILES, tag, names)
        row = row_of_text(source.record, FILES, FILE)
        yield TextRow(id=row, source=source, path=FILES, what=what, text=None, is_open=False)


@dataclass(frozen=True)
class _Content:
    """A content that is asked about in a language, when the people it names are called as they are `known` to be."""

    known: str
    tag: str
    source: SourceText
    names: Mapping[str, Mapping[str, str]]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Content):
            return False
        return (self.known, self.tag) == (other.known, other.tag) and self.source.content == other.source.content

    def __hash__(self) -> int:
        return hash((self.known, self.tag))


# A page asks it of sixty contents each time, of which one was changed.
@lru_cache(maxsize=2048)
def _texts_called(asked: _Content) -> tuple[tuple[TextAtPath, str], ...]:
    return tuple(
        (text, _called(asked.source, text.path, asked.tag, asked.names))
        for text in texts_in_content(asked.source.content)
    )


def _called(source: SourceText, path: str, tag: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """What a text is called: its record for short, the item in which it stands, the field."""
    slug, inside = slug_of(tag), _ITEM.match(path)
    parts = [_record_called(source, slug)]
    item_path = inside[1] if inside else ""
    if item_path:
        parts.append(_item_called(source, item_path, tag, names))
    name = path.rpartition(".")[2].partition("[")[0]
    parts.append(translated(_TEXT if path == FILES else field_called(name, inside=bool(item_path)), slug))
    return _BETWEEN.join(filter(None, parts))


def _record_called(source: SourceText, slug: str) -> str:
    if source.kind == "exchange":
        return ""
    label = source.content.get("label")
    return label if isinstance(label, str) and label else translated(NAMES[source.kind][0], slug)


def _item_called(source: SourceText, path: str, tag: str, names: Mapping[str, Mapping[str, str]]) -> str:
    item = value_at(source.content, path)
    if not isinstance(item, Mapping):
        return ""
    person = item.get("person")
    if named := kept_text(names.get(person) if isinstance(person, str) else None) or kept_text(item.get("printed")):
        return Text.kept(named).shown(tag).text
    if "date" in item or "start" in item:
        return " ".join(filter(None, (_day(item.get("date"), slug_of(tag)), str(item.get("start") or ""))))
    sort = item.get("type") or item.get("level")
    return translated(chosen(sort), slug_of(tag)) if isinstance(sort, str) else ""


def _day(written: object, slug: str) -> str:
    try:
        day = Edtf(written) if isinstance(written, str) else None
    except Refused:
        return ""
    return (weekday_in_words(day, slug) or "") if day else ""


def sources_of_drafts(drafts: Iterable[Drafted], last: str) -> Iterator[SourceText]:
    """Our drafts, as contents of which texts are wanted, when the last entry of the ledger is this one."""
    for draft in drafts:
        whose = draft.content.get("institution") or draft.content.get("arranged_by")
        yield SourceText(
            record=draft.record,
            kind=draft.kind,
            institution=whose if isinstance(whose, str) else draft.institution,
            content=draft.content,
            known=f"{draft.id}:{draft.edition}:{last}",
            draft=draft,
        )


# The languages in which a text can be put: those of the pages, and what is asked for besides.
OFFERED: Final = tuple(tag for tag, _name in LANGUAGES.values())
