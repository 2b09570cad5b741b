"""Roles, and yes or no, by words or their first letters in any of the four languages."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from koryu.records.participation import DelegationRole
from koryu.sheets import clean
from koryu.sheets.parse import NO, YES
from koryu.sheets.rows.row_sheet import CellReader, RowItem, item_with
from koryu.values.reason import N_, Reason
from koryu.wording.labels import chosen
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated

# What each role is called in lists of delegations. Those before the bar are also understood by their first letters.
_WORDS: Final[Mapping[DelegationRole, str]] = {
    DelegationRole.HEAD: "head 団長 团长 단장 | 團長 代表団長 代表团团长 訪問団長 대표단장 방문단장 leader",
    DelegationRole.ACTING_HEAD: "acting_head 団長代理 代理团长 단장대리 | acting 團長代理 代理團長 団長代行 단장직무대리",
    DelegationRole.MEMBER: "member 団員 团员 단원 | 團員 成员 成員 メンバー 代表 대표 delegate 参加者 隊員 대표단원",
    DelegationRole.INTERPRETER: "interpreter 通訳 翻译 통역 | 翻訳 口译 口譯 翻譯 通訳者 翻译（口译） 통역사 통역관 翻译人员 translator",
    DelegationRole.AUDITOR: "auditor 傍聴 旁听 참관 | 旁聽 傍聴者 聴講 청강 참관인 旁听人员 observer オブザーバー 列席",
    DelegationRole.TRAINEE: "trainee 研修生 进修人员 연수생 | 進修人員 研修 进修 연수 实习生",
    DelegationRole.CHAIR: "chair 司会 主持人 사회 | 主持 사회자 議長 座長 좌장 moderator chairperson chairman chairwoman",
    DelegationRole.GREETING: "greeting 挨拶 致辞 인사 | あいさつ 致詞 開会挨拶 축사 환영사 인사말 開會致詞 opening_address",
    DelegationRole.SPEAKER: "speaker 報告者 报告人 발표자 | 発表者 発言者 演讲人 发言人 報告 发言 报告 발표 講演者 강연자 主讲人 報告人",
    DelegationRole.ESCORT: "escort 随行 陪同人员 수행 | 陪同 随行者 随员 隨員 隨行 수행원 同行 秘书 秘書",
}
_BETWEEN: Final = re.compile(r"\s*(?:[;；,，、/／+＋&＆\n]|兼任?|겸임?|\band\b)\s*")
_YES: Final = frozenset("yes y true 1 ○ ◯ 〇 ✓ ✔ ☑ はい 有 是 計入 计入 예 네 포함 算 対象".split())
_NO: Final = frozenset("no n false 0 × ✕ x ☐ いいえ 無 否 不 不计 不計 除外 아니오 아니요 제외 対象外".split())
_AMBIGUOUS: Final = N_("“%(typed)s” may be %(roles)s; write one more letter.")
_UNKNOWN: Final = N_("“%(typed)s” is not a role; choose from: %(roles)s.")


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
    words = {
        _folded(word.replace("_", " ")): str(role) for role, listed in _WORDS.items() for word in listed.split() if word != "|"
    }
    labels = {_folded(translated(chosen(role), slug)): str(role) for role in DelegationRole for slug in LANGUAGES}
    return {**words, **labels, **{_folded(role): str(role) for role in DelegationRole}}


@lru_cache(maxsize=1)
def _first_words() -> tuple[tuple[str, str], ...]:
    return tuple(
        (_folded(word.replace("_", " ")), str(role))
        for role, listed in _WORDS.items()
        for word in listed.partition("|")[0].split()
    )


def _folded(word: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", word).casefold()).strip(" .。()")


@dataclass(frozen=True)
class RolesCell:
    """The roles of a member; where none is said it is a member."""

    looks: str = "line"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        roles = item.get("roles", [DelegationRole.MEMBER] if len(item) > 1 else [])
        comma = ", " if reader.slug in ("en", "ko") else "、"
        return comma.join(reader.word(str(role)) for role in (roles if isinstance(roles, list) else [roles]))

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        roles = list(roles_typed(typed))
        return item_with(item, "roles", None if roles in ([], [DelegationRole.MEMBER]) else roles)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        roles = item.get("roles")
        for role in roles if isinstance(roles, list) else ():
            if role in set(DelegationRole):
                continue
            meant = role_typed(str(role))
            words = ", ".join(reader.word(word) for word in (meant or DelegationRole))
            return Reason(_AMBIGUOUS if meant else _UNKNOWN, typed=str(role), roles=words)
        return None

    def fits(self, typed: str, tag: str) -> bool:
        roles = roles_typed(typed)
        return bool(roles) and all(role in set(DelegationRole) for role in roles)

    def choices(self, reader: CellReader) -> tuple[tuple[str, str], ...]:
        return ()


@dataclass(frozen=True)
class YesNoCell:
    """Yes or no; what is neither stays as it was typed."""

    field: str
    default: bool
    looks: str = "choice"

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
