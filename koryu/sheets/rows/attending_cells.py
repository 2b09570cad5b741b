"""Who is at a session, and which papers are given there, each in one cell: `all; 何静 interprets`, `L1, L2`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from koryu.records.timetable import AttendingAs
from koryu.sheets.parse import is_record
from koryu.sheets.rows.exchange_names import ExchangeNames, names_between
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with
from koryu.sheets.rows.same_names import same_name
from koryu.values.reason import N_, Reason
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

_NOBODY: Final = N_("“%(typed)s” is no institution of this exchange, and nobody in its lists of people.")
_NO_PAPER: Final = N_("“%(typed)s” is no label or title of a paper of this exchange.")
_ALL: Final = N_("all")
_ALL_WORDS: Final = "all everybody everyone 全員 全体 一同 全员 全體 全体人员 全部 전원 모두"
# What somebody does at a session, as people write it before or after the name.
_DOES_WORDS: Final[Mapping[AttendingAs, str]] = {
    AttendingAs.INTERPRETS: "interprets interpreter interpreting 通訳 翻译 口译 翻譯 口譯 통역",
    AttendingAs.CHAIRS: "chairs chair moderates moderator 司会 議長 座長 进行 主持 主持人 사회 좌장 진행",
    AttendingAs.GREETS: "greets greeting welcomes 挨拶 開会挨拶 致辞 致詞 欢迎辞 인사 인사말 환영사",
    AttendingAs.TAKES_PART: "attends 出席 参加 参会 참석",
}
_AROUND: Final = " :：()（）"


@dataclass(frozen=True)
class WhoCell(CellSort):
    """Which institutions take part, who of their people, and who interprets, chairs or greets.

    What is not understood stands among the institutions as it was typed.
    """

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        names = reader.around
        listed = _strings(item.get("taking_part"))
        everybody = bool(listed) and listed == list(names.takes_part)
        there = [translated(_ALL, reader.slug)] if everybody else [_institution(uri, reader) for uri in listed]
        doing = []
        for attending in _attending(item):
            if called := names.member_called(attending.get("participation"), attending.get("member")):
                does = _does(attending)
                if does == AttendingAs.TAKES_PART:
                    there.append(called)
                else:
                    doing.append(f"{called} {reader.word(does)}")
        return "; ".join(filter(None, (", ".join(there), *doing)))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        names = reader.around
        taking_part: list[str] = []
        attending = [each for each in _attending(item) if not _called(each, names)]
        for token in names_between(typed):
            if same_name(token) in _words_for_all():
                taking_part += [uri for uri in names.takes_part if uri not in taking_part]
            elif uri := names.institution(token):
                taking_part.append(uri)
            elif said := _member_typed(token, names):
                attending.append(_with_id(said, item, attending))
            else:
                taking_part.append(token)
        listed = item_with(item, "taking_part", list(dict.fromkeys(taking_part)) or None)
        return item_with(listed, "attending", attending or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        unknown = next((uri for uri in _strings(item.get("taking_part")) if not is_record(uri)), None)
        return None if unknown is None else Reason(_NOBODY, typed=unknown)

    def fits(self, typed: str, tag: str) -> bool:
        return same_name(typed) in _words_for_all()


@dataclass(frozen=True)
class PapersCell(CellSort):
    """The papers of a session in order, by their labels, or by their titles where they have none."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        papers = [reader.around.called(uri) or reader.best_name(uri) or uri for uri in _strings(item.get("papers"))]
        return ("; " if any(len(names_between(paper)) > 1 for paper in papers) else ", ").join(papers)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        names = reader.around
        # What stands there already is that, whatever else may be called so.
        was = {
            same_name(names.called(uri) or reader.best_name(uri) or uri): uri for uri in _strings(item.get("papers"))
        }

        def paper(word: str) -> str:
            return was.get(same_name(word)) or names.paper(word)

        papers: list[str] = []
        # A title may have commas in it: the whole is tried first, then what stands between semicolons.
        for part in [typed] if paper(typed) else [each.strip() for each in re.split("[;；]", typed)]:
            papers += [part] if paper(part) else names_between(part)
        return item_with(item, "papers", list(dict.fromkeys(paper(word) or word for word in papers)) or None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        unknown = next((uri for uri in _strings(item.get("papers")) if not is_record(uri)), None)
        return None if unknown is None else Reason(_NO_PAPER, typed=unknown)


def _institution(uri: str, reader: CellReader) -> str:
    return reader.around.called(uri) or reader.best_name(uri) or uri


def _called(attending: Mapping[str, Any], names: ExchangeNames) -> str:
    return names.member_called(attending.get("participation"), attending.get("member"))


def _does(attending: Mapping[str, Any]) -> str:
    return str(attending.get("does", AttendingAs.TAKES_PART))


def _member_typed(typed: str, names: ExchangeNames) -> dict[str, Any] | None:
    """A member, or the whole list of an institution, with what they do, where this names one."""
    if member := names.member(typed):
        return {"participation": member.participation, "member": member.member}
    for word, does in _does_words():
        name = _without(word, typed)
        if name and (member := names.member(name)):
            said = {"participation": member.participation, "member": member.member}
            return said if does == AttendingAs.TAKES_PART else {**said, "does": does}
        listed = dict(names.participations).get(names.institution(name)) if name else None
        if listed:
            return {"participation": listed, "does": does}
    return None


def _without(word: str, typed: str) -> str:
    """What is left of what was typed without this word at its beginning or its end; '' where it has it at neither."""
    text = typed.strip()
    for at_end in (True, False):
        pattern = rf"\s*[(（:：]?\s*{word}\s*[)）]?$" if at_end else rf"^{word}\s*[:：]?\s*"
        if _is_apart(word, text, at_end=at_end):
            rest = re.sub(pattern, "", text, count=1, flags=re.IGNORECASE)
            if rest != text:
                return rest.strip(_AROUND)
    return ""


def _is_apart(word: str, text: str, *, at_end: bool) -> bool:
    """A word in Latin letters is one only with a blank or a bracket beside it."""
    if not re.search("[a-z]", word):
        return True
    pattern = rf"[\s(（:：]{word}\s*[)）]?$" if at_end else rf"^{word}[\s:：]"
    return re.search(pattern, text, flags=re.IGNORECASE) is not None


def _with_id(said: dict[str, Any], item: RowItem, others: list[Any]) -> dict[str, Any]:
    """With the id it has already, or with a new one after whom it names."""
    keys = ("participation", "member", "does")
    for each in _attending(item):
        if all(each.get(key) == said.get(key) for key in keys):
            return dict(each)
    taken = {each.get("id") for each in (*_attending(item), *others)}
    base = str(said.get("member") or "all")
    return {"id": next(name for name in _numbered(base) if name not in taken), **said}


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1


def _attending(item: RowItem) -> list[Mapping[str, Any]]:
    listed = item.get("attending")
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []


def _strings(listed: object) -> list[str]:
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []


@lru_cache(maxsize=1)
def _words_for_all() -> frozenset[str]:
    labels = (translated(_ALL, slug) for slug in LANGUAGES)
    return frozenset(same_name(word) for word in (*_ALL_WORDS.split(), *labels))


@lru_cache(maxsize=1)
def _does_words() -> tuple[tuple[str, str], ...]:
    """(word as a pattern, what it says), the longest first."""
    words = {word: str(does) for does, listed in _DOES_WORDS.items() for word in listed.split()}
    words |= {translated(chosen(does), slug): str(does) for does in AttendingAs for slug in LANGUAGES}
    return tuple((re.escape(word), does) for word, does in sorted(words.items(), key=lambda each: -len(each[0])))
