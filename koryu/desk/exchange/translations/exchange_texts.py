"""The texts of an exchange one by one: which record each is of, what it is called, whether it can be put into words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.papers_sheet import may_translate, may_type
from koryu.desk.exchange.translations.text_called import FILES, text_called
from koryu.planning.rules.translations import TranslationPlace
from koryu.sheets.rows.translation_rows import FILE, row_of_text
from koryu.sheets.translated_texts import TextAtPath, texts_in_content
from koryu.wording.languages import LANGUAGES


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
        what = text_called(source.kind, source.content, FILES, tag, names)
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
        (text, text_called(asked.source.kind, asked.source.content, text.path, asked.tag, asked.names))
        for text in texts_in_content(asked.source.content)
    )


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
