"""Cells of a paper: its label, its kind, and for each language how its text is there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from koryu.records.paper import PaperType, Status
from koryu.sheets.rows.chosen_cells import PlainCell, folded_word
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with, kept_text
from koryu.values.reason import N_, Reason
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

_KINDS: Final = frozenset(PaperType)
_STATUSES: Final = frozenset(Status)
_NO_KIND: Final = N_("“%(typed)s” is not a kind of paper; choose from: %(kinds)s.")
_NO_STATUS: Final = N_("“%(typed)s” does not say how a text is there; choose from: %(words)s.")
# What is in lists of papers besides the labels; the first letters of all of them are understood too.
_KIND_WORDS: Final[Mapping[PaperType, str]] = {
    PaperType.KEYNOTE: "keynote keynote_report 基調 基調講演 主旨 主旨演讲 主题演讲 主題演講 기조 기조강연 기조발표",
    PaperType.THEME_REPORT: "theme theme_paper テーマ 主題報告 专题 專題報告 专题发言 주제 주제보고",
    PaperType.PAPER: "paper presentation 発表 論文 业务报告 業務報告 论文 报告 发言 발표 논문",
    PaperType.LECTURE: "lecture 講義 演讲 講座 讲演 강의",
}
_STATUS_WORDS: Final[Mapping[Status, str]] = {
    Status.GIVEN: "given original as_given 原文 発表 原稿 原文稿 宣读稿 原件 원문 원고 발표",
    Status.SUPPLIED: "supplied provided 提供 機関 先方提供 对方提供 提供译文 제공 기관",
    Status.TRANSLATED: "translation translated in_translation 翻訳 訳 訳文 翻译 译 译文 譯文 翻譯 번역 번역문",
}


@dataclass(frozen=True)
class LabelCell(PlainCell):
    """What a paper is called for short, as printed: `L1`."""

    def fits(self, typed: str, tag: str) -> bool:
        return bool(re.fullmatch(r"[A-Za-zＡ-Ｚ]{1,2}[-.]?[0-9０-９]{1,2}", typed))


@dataclass(frozen=True)
class PaperTypeCell(CellSort):
    """What kind of paper it is: chosen, or pasted in words of any of the languages; a paper where nothing is said."""

    looks = "choice"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return str(item.get("type") or (PaperType.PAPER if len(item) > 1 else ""))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        meant = _meant(PaperType, typed)
        return item_with(item, "type", (meant[0] if len(meant) == 1 else typed) or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        value = item.get("type")
        if value is None or value in _KINDS:
            return None
        return Reason(_NO_KIND, typed=str(value), kinds=reader.listed(map(reader.word, PaperType)))

    def fits(self, typed: str, tag: str) -> bool:
        return _folded(typed) in _words(PaperType)

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return tuple((str(kind), reader.word(kind)) for kind in PaperType)


@dataclass(frozen=True)
class TextStatusCell(CellSort):
    """How the text in one language is there: as given, supplied by the institution, in translation; its file stays."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        status = text_in(item, tag).get("status", "")
        return reader.word(status) if status in _STATUSES else str(status)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        meant = _meant(Status, typed)
        return with_text(item, tag, {"status": (meant[0] if len(meant) == 1 else typed) or None}, home=reader.home)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        status = text_in(item, tag).get("status")
        if status is None or status in _STATUSES:
            return None
        return Reason(_NO_STATUS, typed=str(status), words=reader.listed(map(reader.word, Status)))

    def fits(self, typed: str, tag: str) -> bool:
        return _folded(typed) in _words(Status)


def texts_in(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What a paper, finished or not, says of its texts, one for each language."""
    texts = item.get("wordings")
    yield from (text for text in texts if isinstance(text, dict)) if isinstance(texts, list) else ()


def text_in(item: Mapping[str, Any], tag: str) -> dict[str, Any]:
    """What it says of its text in one language; nothing where it has none."""
    return next((text for text in texts_in(item) if text.get("lang") == tag), {})


def with_text(item: RowItem, tag: str, said: Mapping[str, Any], *, home: str) -> RowItem:
    """The paper with this said of its text in one language; a text that has a file, or a title, is never taken out.

    Of such a text without a status it is said what it is likely to be: as given in the language `home` of whoever gives
    the paper, translated in others.
    """
    texts = list(texts_in(item))
    before = text_in(item, tag)
    made = {name: value for name, value in {**before, **said}.items() if value is not None}
    if made.keys() & {"file", "title"}:
        made.setdefault("status", str(Status.GIVEN if tag == home else Status.TRANSLATED))
    if not made.keys() - {"id", "lang"}:
        return item_with(item, "wordings", [text for text in texts if text is not before] or None)
    taken = {text.get("id") for text in texts}
    name = next(name for name in (tag.lower(), *(f"{tag.lower()}-{n}" for n in range(2, 99))) if name not in taken)
    made = {"id": before.get("id", name), "lang": tag, **made}
    kept = [made if text is before else text for text in texts]
    return item_with(item, "wordings", kept if before else [*kept, made])


def title_in(item: Mapping[str, Any], tag: str) -> str:
    """The title of a paper in one language; '' where it has none, or where its own was not seen."""
    if item.get("title_given") is False:
        return ""
    title = kept_text(item.get("title")).get(tag) or text_in(item, tag).get("title")
    return title if isinstance(title, str) else ""


@lru_cache(maxsize=2)
def _words(sort: type[StrEnum]) -> dict[str, str]:
    """The words for each code of a sort, folded."""
    listed: Mapping[Any, str] = _KIND_WORDS if sort is PaperType else _STATUS_WORDS
    words = {_folded(word.replace("_", " ")): str(code) for code, said in listed.items() for word in said.split()}
    labels = {_folded(translated(chosen(code), slug)): str(code) for code in sort for slug in LANGUAGES}
    return {**words, **labels, **{_folded(code): str(code) for code in sort}}


@lru_cache(maxsize=1024)
def _meant(sort: type[StrEnum], typed: str) -> tuple[str, ...]:
    """The codes that a word may mean: one where it is understood, several where it begins several."""
    word, words = _folded(typed), _words(sort)
    if not word or word in words:
        return (words[word],) if word else ()
    return tuple(dict.fromkeys(code for start, code in words.items() if start.startswith(word)))


def _folded(word: str) -> str:
    return folded_word(word).strip(" .。()")
