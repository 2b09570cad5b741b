"""Roles, and yes or no, by words or their first letters in any of the four languages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from koryu.records.participation import DelegationRole
from koryu.sheets import clean
from koryu.sheets.parse import NO, YES
from koryu.sheets.rows.chosen_cells import folded_word
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with
from koryu.values.reason import N_, Reason
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

# What each role is called in lists of delegations, besides its labels. The first words of each, and the labels, are
# also understood by their first letters.
_WORDS: Final[Mapping[DelegationRole, tuple[str, ...]]] = {
    DelegationRole.HEAD: (
        "head 団長 团长 단장",
        "團長 代表団長 代表団団長 代表团团长 代表團團長 訪問団長 访问团团长 대표단장 방문단장 leader team_leader",
    ),
    DelegationRole.ACTING_HEAD: (
        "acting_head 団長代理 代理团长 단장대리",
        "acting 團長代理 代理團長 団長代行 단장직무대리",
    ),
    DelegationRole.MEMBER: (
        "member 団員 团员 단원",
        "團員 成员 成員 メンバー 代表 대표 대표단원 delegate 参加者 隊員",
    ),
    DelegationRole.INTERPRETER: (
        "interpreter 通訳 翻译 통역",
        "翻訳 口译 口譯 翻譯 翻译（口译） 通訳者 翻译人员 통역사 통역관 translator",
    ),
    DelegationRole.AUDITOR: (
        "auditor 傍聴 旁听 참관",
        "旁聽 傍聴者 旁听人员 聴講 列席 オブザーバー 청강 참관인 observer",
    ),
    DelegationRole.TRAINEE: ("trainee 研修生 进修人员 연수생", "進修人員 研修 进修 实习生 연수"),
    DelegationRole.CHAIR: (
        "chair 司会 主持人 사회",
        "主持 議長 座長 사회자 좌장 moderator chairperson chairman chairwoman",
    ),
    DelegationRole.GREETING: (
        "greeting 挨拶 致辞 인사",
        "あいさつ 開会挨拶 致詞 開會致詞 축사 환영사 인사말 opening_address",
    ),
    DelegationRole.SPEAKER: (
        "speaker 報告者 报告人 발표자",
        "報告人 報告 报告 発表者 発言者 講演者 演讲人 主讲人 发言人 发言 발표 강연자",
    ),
    DelegationRole.ESCORT: (
        "escort 随行 陪同人员 수행",
        "陪同 同行 随行者 随员 隨員 隨行 秘书 秘書 수행원",
    ),
}
_BETWEEN: Final = re.compile(r"\s*(?:[;；,，、/／+＋&＆\n]|兼任?|겸임?|\band\b)\s*")
_YES: Final = frozenset("yes y true 1 ○ ◯ 〇 ✓ ✔ ☑ はい 有 是 計入 计入 예 네 포함 算 対象".split())
_NO: Final = frozenset("no n false 0 × ✕ x ☐ いいえ 無 否 不 不计 不計 除外 아니오 아니요 제외 対象外".split())
_AMBIGUOUS: Final = N_("“%(typed)s” may be %(roles)s; write one more letter.")
_UNKNOWN: Final = N_("“%(typed)s” is not a role; choose from: %(roles)s.")


@lru_cache(maxsize=1024)
def role_typed(typed: str) -> tuple[str, ...]:
    """The roles a word may mean: one where it is understood, several where it begins several, none else."""
    word = _folded(typed)
    if not word:
        return ()
    if role := _whole_words().get(word):
        return (role,)
    starts = _first_words()
    return tuple(dict.fromkeys(role for start, role in starts if start.startswith(word)))


def roles_typed(typed: str) -> tuple[str, ...]:
    """The roles in a cell in their order; a word that is not understood, or may mean several, is as it was typed."""
    words = [word for word in _BETWEEN.split(clean.line(typed)) if word]
    meant = (role_typed(word) for word in words)
    read = [roles[0] if len(roles) == 1 else word for word, roles in zip(words, meant, strict=True)]
    return tuple(dict.fromkeys(read))


@lru_cache(maxsize=1)
def _whole_words() -> dict[str, str]:
    words = {word: str(role) for role, listed in _WORDS.items() for word in _folded_all(" ".join(listed))}
    labels = {_folded(translated(chosen(role), slug)): str(role) for role in DelegationRole for slug in LANGUAGES}
    return {**words, **labels, **{_folded(role): str(role) for role in DelegationRole}}


@lru_cache(maxsize=1)
def _first_words() -> tuple[tuple[str, str], ...]:
    words = ((word, str(role)) for role, (first, _more) in _WORDS.items() for word in _folded_all(first))
    labels = ((_folded(translated(chosen(role), slug)), str(role)) for role in DelegationRole for slug in LANGUAGES)
    return tuple(dict.fromkeys((*words, *labels)))


def _folded_all(words: str) -> list[str]:
    return [_folded(word.replace("_", " ")) for word in words.split()]


def _folded(word: str) -> str:
    return folded_word(word).strip(" .。()")


@dataclass(frozen=True)
class RolesCell(CellSort):
    """The roles of a member; where none is said it is a member."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        roles = item.get("roles", [DelegationRole.MEMBER] if len(item) > 1 else [])
        return reader.listed(reader.word(str(role)) for role in (roles if isinstance(roles, list) else [roles]))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        roles = list(roles_typed(typed))
        return item_with(item, "roles", None if roles in ([], [DelegationRole.MEMBER]) else roles)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        roles = item.get("roles")
        for role in roles if isinstance(roles, list) else ():
            if role in set(DelegationRole):
                continue
            meant = role_typed(str(role))
            words = reader.listed(reader.word(word) for word in (meant or DelegationRole))
            return Reason(_AMBIGUOUS if meant else _UNKNOWN, typed=str(role), roles=words)
        return None

    def fits(self, typed: str, tag: str) -> bool:
        roles = roles_typed(typed)
        return bool(roles) and all(role in set(DelegationRole) for role in roles)


@dataclass(frozen=True)
class YesNoCell(CellSort):
    """Yes or no; what is neither stays as it was typed."""

    field: str
    default: bool
    looks = "choice"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        value = item.get(self.field, self.default if len(item) > 1 else "")
        return {True: YES, False: NO}.get(value, str(value)) if isinstance(value, bool) else str(value)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        word = _folded(typed)
        value: object = True if word in _YES else False if word in _NO else typed or None
        return item_with(item, self.field, None if value is self.default else value)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        value = item.get(self.field, self.default)
        return None if isinstance(value, bool) else Reason("“%(typed)s” is neither yes nor no.", typed=str(value))

    def fits(self, typed: str, tag: str) -> bool:
        return _folded(typed) in _YES | _NO

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ((YES, translated("yes", reader.slug)), (NO, translated("no", reader.slug)))
