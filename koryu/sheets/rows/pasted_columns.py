"""Which column of a sheet each column of a pasted table is: by the words of its head, else by what is in it.

Numbers of passports, days of birth and the like belong to no sheet of an exchange: they are left out, and kept nowhere.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from koryu.sheets.rows.clipboard import PastedGrid
from koryu.sheets.rows.printed_heads import printed_heads
from koryu.sheets.rows.row_sheet import RowSheet, ShownColumn
from koryu.sheets.rows.scripts import language_of

# Of so many of its cells a column has to be of one sort, to be taken for it without a head.
_SHARE: Final = 2 / 3
_FIRST_ROWS: Final = 20
# So many cells tell what a column is.
_SAMPLE: Final = 24
_PRIVATE_HEADS: Final = frozenset(
    "护照号 护照号码 護照號碼 护照 旅券番号 パスポート番号 パスポート 旅券 여권번호 여권 passport passportno "
    "passportnumber 签发日期 有效期 有効期限 발급일 만료일 expiry "
    "出生日期 出生年月 生年月日 생년월일 dateofbirth birthday birth dob 出生地 birthplace 年龄 年齢 연령 나이 age "
    "性别 性別 성별 sex gender 民族 籍贯 政治面貌 学历 国籍 nationality 국적 饮食 食事 식사 diet "
    "电话 電話 手机 手机号 联系电话 聯絡電話 電話番号 携帯 携帯電話 "
    "전화 전화번호 연락처 휴대폰 휴대전화 phone telephone tel mobile "
    "邮箱 電子邮箱 电子邮箱 メール メールアドレス 이메일 email e-mail mail 住所 地址 주소 address "
    "身份证号 身份证号码 身分證字號 주민등록번호".split()
)
# How the last row of a table begins that adds up those above, and a line under it that explains something.
_TOTALS: Final = frozenset(
    "合計 合计 計 计 総計 总计 總計 小計 小计 共计 共計 합계 총계 계 소계 total subtotal sum grandtotal".split()
)
_UNDER: Final = re.compile(r"[※＊*]|(?:注|備考|备注|비고|참고|note)\s*[0-9０-９]*\s*[:：)）．.]", re.IGNORECASE)
_MOST_UNDER: Final = 10
_NUMBER_HEADS: Final = frozenset("no no. # 序号 序號 编号 番号 通番 연번 번호 순번 順番 nr № ＃ 項番".split())
_PRIVATE_CELLS: Final = re.compile(
    r"[A-Z]{1,2}\s?\d{7,8}|M\d{3}[A-Z]\d{4}|[\w.+-]+@[\w.-]+\.\w+|\+?[\d()\s-]{9,}|男|女|남|여|male|female|"
    r"(?:19|20)\d\d[./年년-]\s?\d{1,2}[./月월-]\s?\d{1,2}[日일.]?|\d{17}[\dXx]",
    re.IGNORECASE,
)
_LANGUAGE_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ja": ("日文", "日语", "日語", "日本語", "和文", "일본어", "일문", "japanese"),
    "zh-Hans": ("中文", "汉语", "漢語", "中国語", "简体", "중국어", "중문", "chinese"),
    "ko": ("韩文", "韩语", "韓文", "韓国語", "한국어", "국문", "한글", "korean"),
    "en": ("英文", "英语", "英語", "영문", "영어", "english", "ローマ字"),
}
_FROM_TRADITIONAL: Final = str.maketrans(
    "務職稱備註處單號電話護團別證體簡語韓漢", "务职称备注处单号电话护团别证体简语韩汉"
)


@dataclass(frozen=True)
class ColumnChoice:
    """What becomes of one pasted column: the key of a column of the sheet, or '' where it is left out.

    `head` is what stands above it. `private` says why it is left out: it is kept nowhere.
    """

    head: str
    key: str
    private: bool = False


@dataclass(frozen=True)
class PastedTable:
    """A grid taken apart: the rows above the heads (titles, kept nowhere), the choices, and the rows themselves.

    `numbers` are those of the rows in their source; what stands `below` them, such as totals, is kept nowhere.
    `unshown` are the languages of heads that the sheet knows and does not show: what stands under them goes nowhere.
    """

    above: tuple[tuple[str, ...], ...]
    choices: tuple[ColumnChoice, ...]
    rows: tuple[tuple[str, ...], ...]
    unshown: tuple[str, ...] = ()
    below: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    has_heads: bool = True


def table_in(
    grid: PastedGrid, sheet: RowSheet, columns: Sequence[ShownColumn], *, heads_at: int | None = None
) -> PastedTable:
    """The table in a grid, with what each of its columns seems to be; no two are the same column of the sheet.

    `heads_at` is the number of the row of heads where somebody said it; 0 where there are none.
    """
    printed = printed_heads(columns)
    at = _row_of_heads(grid, sheet, printed) if heads_at is None else None
    if heads_at in grid.numbers:
        at = grid.numbers.index(heads_at)
    heads = grid.rows[at] if at is not None else ("",) * grid.width
    first = 0 if at is None else at + 1
    end = first + _rows_before_totals(grid.rows[first:])
    rows = grid.rows[first:end]
    taken: set[str] = set()
    choices = []
    unshown = _unshown((head for head in heads if head not in printed), columns)
    tongue = _tongue(heads, sheet)
    for number, head in enumerate(heads):
        cells = [row[number] for row in rows if row[number]][:_SAMPLE]
        key = printed.get(head, "")
        if key and key not in taken:
            choice = ColumnChoice(head, key)
        else:
            choice = _choice(head, cells, columns, taken, guess=not (head and unshown), tongue=tongue)
        taken.add(choice.key)
        choices.append(choice)
    return PastedTable(
        above=grid.rows[:at] if at else (),
        choices=tuple(choices),
        rows=rows,
        unshown=unshown,
        below=grid.rows[end:],
        numbers=grid.numbers[first:end],
        has_heads=at is not None,
    )


def with_choices(table: PastedTable, keys: Iterable[str], columns: Iterable[ShownColumn]) -> PastedTable:
    """The table with what somebody chose for each of its columns; what is no column of the sheet is left out."""
    known = {column.key for column in columns}
    chosen = (key if key in known else "" for key in keys)
    choices = tuple(
        ColumnChoice(choice.head, key, choice.private and not key)
        for choice, key in zip(table.choices, chosen, strict=False)
    )
    return replace(table, choices=choices + table.choices[len(choices) :])


def with_printed(table: PastedTable, keys: Sequence[str], columns: Iterable[ShownColumn]) -> PastedTable:
    """The table with the columns of the sheet from which its columns were printed, as far as that is known ('' where it
    is not): what was printed tells more than a head that may have been changed."""
    known = {column.key for column in columns}
    printed = tuple(key if key in known else "" for key in keys)
    choices = tuple(
        replace(choice, key=key, private=False) if key else replace(choice, key="") if choice.key in printed else choice
        for choice, key in zip(table.choices, printed, strict=False)
    )
    return replace(table, choices=choices + table.choices[len(choices) :])


def header_words(columns: Iterable[ShownColumn]) -> frozenset[str]:
    """All words by which heads of these columns are recognised, in every language."""
    listed = (words for column in columns for words in column.column.heads.values())
    return frozenset(word.replace("_", " ") for words in listed for word in words.split())


def _rows_before_totals(rows: Sequence[Sequence[str]]) -> int:
    """How many rows there are before those at the end that add up what is above, or explain it."""
    end = len(rows)
    for place in range(len(rows) - 1, max(-1, len(rows) - 1 - _MOST_UNDER), -1):
        words = [cell for cell in rows[place] if cell]
        totals = _folded(words[0]) in _TOTALS and not any(_is_words(word) for word in words[1:])
        if not (totals or (len(words) == 1 and _UNDER.match(words[0]))):
            break
        end = place
    # A table of nothing but such rows is none of totals.
    return end or len(rows)


def _is_words(cell: str) -> bool:
    """Whether this says something besides how many there are."""
    return not re.fullmatch(r"[\d０-９.,，．\s]+\S{0,2}", cell)


def _row_of_heads(grid: PastedGrid, sheet: RowSheet, printed: Mapping[str, str]) -> int | None:
    """The first row of which half the cells are heads of columns; titles may stand above it."""
    for at, row in enumerate(grid.rows[:_FIRST_ROWS]):
        words = [cell for cell in row if cell]
        if len(words) >= min(2, grid.width) and sum(
            word in printed or _is_head(word, sheet) for word in words
        ) * 2 >= len(words):
            return at
    return None


def _is_head(word: str, sheet: RowSheet) -> bool:
    folded, bare, _language = _head(word)
    return any(
        name in _PRIVATE | _NUMBERED or any(_tags_of(name, column.heads) for column in sheet.columns)
        for name in _names(folded, bare)
    )


def _names(folded: str, bare: str) -> tuple[str, ...]:
    """What a head may be known by: as it is, without brackets, and each of two that it names."""
    return (folded, bare, *(folded.split("/") if "/" in folded else ()))


def _unshown(heads: Iterable[str], columns: Sequence[ShownColumn]) -> tuple[str, ...]:
    """The languages of heads of columns that the sheet shows in other languages only."""
    shown = {column.tag for column in columns if column.tag}
    unshown: dict[str, None] = {}
    for head in heads:
        folded, bare, _language = _head(head)
        by_language = [column for column in columns if column.tag]
        tags = {
            tag
            for column in by_language
            for name in _names(folded, bare)
            for tag in _tags_of(name, column.column.heads)
        }
        if tags and not tags & shown:
            unshown.update(dict.fromkeys(sorted(tags)))
    return tuple(unshown)


def _choice(
    head: str, cells: Sequence[str], columns: Sequence[ShownColumn], taken: set[str], *, guess: bool, tongue: str
) -> ColumnChoice:
    """Which column it is; by what stands in its cells only where one may `guess`. `tongue` is that of all the heads."""
    folded, bare, language = _head(head)
    if {folded, bare} & _PRIVATE or (not head and _most(cells, _PRIVATE_CELLS.fullmatch)):
        return ColumnChoice(head, "", private=True)
    if {folded, bare} & _NUMBERED or _counts(cells):
        return ColumnChoice(head, "")
    free = [column for column in columns if column.key not in taken]
    names = _names(folded, bare)
    named = [column for column in free if any(_tags_of(name, column.column.heads) for name in names)]
    if named:
        return ColumnChoice(head, _best(named, names, language, cells, tongue))
    return ColumnChoice(head, _by_cells(free, columns, cells) if guess else "")


def _best(named: Sequence[ShownColumn], names: Iterable[str], language: str, cells: Sequence[str], tongue: str) -> str:
    """Of the columns that are called so, that of the right language; for a head of two senses, the one that fits."""
    kinds = list(dict.fromkeys(column.column.key for column in named))
    if len(kinds) > 1:
        fitting = [column.column.key for column in named if _most(cells, partial(_fits, column))]
        # What fits none goes to the last: the sheet has its plain words there.
        kind = next(iter(fitting), kinds[-1])
        named = [column for column in named if column.column.key == kind]
    heads = named[0].column.heads
    # 内容 is a head in Japanese and in Chinese: it is of the language of those beside it.
    called = sorted((tag for name in names for tag in _tags_of(name, heads)), key=lambda tag: tag != tongue)
    said = [*([language] if language else []), *_languages_in(cells), *called]
    if not named[0].tag:
        return named[0].key
    # A second column for the same field in the same language goes nowhere unless somebody says where.
    return next((column.key for tag in said for column in named if column.tag == tag), "")


def _tongue(heads: Iterable[str], sheet: RowSheet) -> str:
    """The language that most heads are in which are in one alone; '' where none is."""
    votes: Counter[str] = Counter()
    for head in heads:
        folded, bare, _language = _head(head)
        tags = {
            tag for column in sheet.columns for name in _names(folded, bare) for tag in _tags_of(name, column.heads)
        }
        votes.update(tags if len(tags) == 1 else ())
    return max(votes, key=votes.__getitem__, default="")


def _by_cells(free: Sequence[ShownColumn], columns: Sequence[ShownColumn], cells: Sequence[str]) -> str:
    """The first column that two thirds of the cells are of, in the language they are in."""
    han = next((column.tag for column in columns if column.tag in ("zh-Hans", "zh-Hant", "ja")), "")
    tags = [language_of(cell, han=han) for cell in cells]
    # Of Latin letters the reading of names that stand in another column is tried before a name in English.
    own = [column for column in free if not column.tag or column.tag == _first_tag(columns)]
    others = [column for column in free if column not in own]
    return next(
        (
            column.key
            for column in (*own, *others)
            if _most(cells, partial(_fits, column)) and (column in own or tags.count(column.tag) >= _SHARE * len(tags))
        ),
        "",
    )


def _first_tag(columns: Sequence[ShownColumn]) -> str:
    return next((column.tag for column in columns if column.tag), "")


def _fits(column: ShownColumn, cell: str) -> bool:
    return column.column.cell.looks != "shown" and column.column.cell.fits(cell, column.tag)


def _most(cells: Sequence[str], test: Callable[[str], object]) -> bool:
    return bool(cells) and sum(bool(test(cell)) for cell in cells) >= _SHARE * len(cells)


def _counts(cells: Sequence[str]) -> bool:
    """1, 2, 3 …"""
    return len(cells) > 1 and all(cell == str(number) for number, cell in enumerate(cells, 1))


def _languages_in(cells: Sequence[str]) -> list[str]:
    """The language that two thirds of the cells are in, where their letters alone show it."""
    tags = [language_of(cell, han="") for cell in cells]
    return [tag for tag in dict.fromkeys(tags) if tag and tags.count(tag) >= _SHARE * len(tags)]


def _tags_of(name: str, heads: Mapping[str, str]) -> list[str]:
    return [tag for tag, words in heads.items() if name and name in _folded_words(words)]


@lru_cache(maxsize=256)
def _folded_words(words: str) -> frozenset[str]:
    return frozenset(_folded(word.replace("_", " ")) for word in words.split())


def _head(word: str) -> tuple[str, str, str]:
    """(a head folded, the same without brackets and language, the language it names)."""
    folded = _folded(word)
    language = next((tag for tag, names in _LANGUAGE_WORDS.items() if any(name in folded for name in names)), "")
    bare = re.sub(r"\(.*?\)", "", folded)
    for names in _LANGUAGE_WORDS.values():
        for name in names:
            bare = bare.removeprefix(name).removesuffix(name) if bare != name else bare
    return folded, bare, language


def _folded(word: str) -> str:
    text = unicodedata.normalize("NFKC", word).casefold().translate(_FROM_TRADITIONAL)
    return re.sub(r"[\s:*・,、。]+", "", text)


_PRIVATE: Final = frozenset(map(_folded, _PRIVATE_HEADS))
_NUMBERED: Final = frozenset(map(_folded, _NUMBER_HEADS))
