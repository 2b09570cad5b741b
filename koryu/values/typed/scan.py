"""What stands in a typed date, piece by piece: numbers, units, months, days of the week, and words between dates."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from koryu.values.typed.eras import BY_NAME, HAN, Era, number

MONTHS: Final = (
    *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
    *("september sept sep", "october oct", "november nov", "december dec"),
)
_DAYS: Final = (
    *(
        "monday mon 月曜日 月曜 星期一 周一 週一 礼拜一 월요일",
        "tuesday tue tues 火曜日 火曜 星期二 周二 週二 礼拜二 화요일",
    ),
    "wednesday wed 水曜日 水曜 星期三 周三 週三 礼拜三 수요일",
    "thursday thu thur thurs 木曜日 木曜 星期四 周四 週四 礼拜四 목요일",
    *(
        "friday fri 金曜日 金曜 星期五 周五 週五 礼拜五 금요일",
        "saturday sat 土曜日 土曜 星期六 周六 週六 礼拜六 토요일",
    ),
    "sunday sun 日曜日 日曜 星期日 星期天 周日 週日 礼拜日 礼拜天 일요일",
)

# What each piece is, by one letter; a date is then recognised by the letters of its pieces (`koryu.values.typed.side`).
#   Y year (four digits)   e year of an era   N number of one or two digits   O ordinal   m month by name
#   Z decade, hundred years   w day of the week   y o d the signs for year, month, day   M some month   f of
#   . / , ( )   h hyphen inside a word   D dash or tilde   a about   q uncertain
#   x of the next year   s of the same year   z of the same month
#   F from, before a date   E from, after it   K から 부터: after it or between two   S to, between
#   V until, before a date or between two   L until, before a date only   U until, after it   P the present
#   B between   A and   R 에서   G g "between", after two dates
_WORDS: Final = {
    "w": " ".join(_DAYS),
    "m": " ".join(MONTHS),
    "y": "年 년",
    "o": "月 월",
    "d": "日 号 號 일",
    "f": "of",
    "a": "about around circa approximately ca. ca c. 約 约 大约 大概 およそ 약 頃 ごろ ころ 左右 前后 경 무렵 쯤",
    "q": "uncertain probably perhaps possibly (uncertain) (不確実) (不確か) (存疑) (不确定) (불확실) ?",
    "x": "翌年 翌 次年 이듬해 다음해 익년",
    "s": "同年 동년 같은해",
    "z": "同月 동월",
    "F": "from since 自 从 從",
    "E": "以降 以来 より 起 开始 開始 이후 이래 onward onwards",
    "K": "から 부터",
    "S": "to",
    "V": "until till 至 到",
    "L": "截至",
    "U": "まで 까지 为止 為止 止",
    "P": "present now today 至今 迄今 現在に至る 今に至る 現在 现在 目前 今日 今 현재 지금 오늘",
    "B": "between",
    "A": "and",
    "R": "에서",
    "G": "の間 之间 间 사이",
    "g": "間",
}
_PHRASES: Final = {
    "M": r"some month|(?:an )?unknown month|(?:某|何|[○〇?x])月か? ?の?|(?:모|[?x])월",
    "P": r"the present(?: day)?|to date",
    "L": r"up to",
    "F": r"as of",
    "x": r"(?:of )?(?:the )?(?:next|following) year|다음 해",
    "s": r"(?:of )?the same year|같은 해",
}
_LETTER: Final = {word: letter for letter, words in _WORDS.items() for word in words.split()}
_MONTH: Final = {name: value for value, names in enumerate(MONTHS, start=1) for name in names.split()}
_WEEKDAY: Final = {name: value for value, names in enumerate(_DAYS) for name in names.split()}
_PAREN_DAYS: Final = ("月월一", "火화二", "水수三", "木목四", "金금五", "土토六", "日일天")

_CJK: Final = "|".join(
    sorted((re.escape(word) for word in _LETTER if not word[0].isascii() or word[0] in "(?"), key=len, reverse=True)
)
_NUMBER: Final = rf"[0-9{HAN}]+"
_ERAS: Final = "|".join(name for name in BY_NAME if len(name) > 1)
_HUNDRED: Final = (
    r"(?P<hundred>between (?P<en>[0-9]{2})00 and (?P=en)99|(?P<ja>[0-9]{2})00年から(?P=ja)99年の?間"
    r"|(?P<zh>[0-9]{2})00年至(?P=zh)99年之?间|(?P<ko>[0-9]{2})00년에서 ?(?P=ko)99년 ?사이)"
)
# A holiday stands with the day of the week: (水・祝).
_PAREN: Final = (
    r"\((?P<paren>(?:周|週|星期|礼拜)?[月火水木金土日一二三四五六天월화수목금토일])(?:曜日?|요일)?"
    r"(?:[・/、,]?(?:祝日?|休日?|振休))?\)"
)
_PIECE: Final = re.compile(
    "|".join(
        (
            r"(?P<space>\s+|the (?=[0-9]))",
            # Years of which only the hundreds are known, as they are written in words.
            _HUNDRED,
            r"(?P<decade>(?:the )?[0-9]{3}0(?:'?s\b|年代|년대)|[0-9]{2,3}世[纪紀][0-9]0年代)",
            _PAREN,
            rf"\((?P<named>{'|'.join(name for name in _WEEKDAY if name.isascii())})\.?\)",
            *(rf"(?P<p{letter}>{phrase})" for letter, phrase in _PHRASES.items()),
            rf"(?P<era>{_ERAS})\s*(?P<nth>元|{_NUMBER})",
            r"(?<![a-z])(?P<initial>[mtshr])(?P<th>[0-9]{1,2}|元)(?=[.年/-])",
            rf"(?:公元|西元|西暦|서기)\s*(?P<ad>{_NUMBER})",
            r"(?P<ordinal>[0-9]{1,2})(?:st|nd|rd|th)\b",
            rf"(?P<number>{_NUMBER})",
            rf"(?P<cjk>{_CJK})",
            r"(?P<latin>[a-z]+\.?)",
            r"(?P<gap>-\?\?-)",
            r"(?P<dash>\s?[-–~]\s?)",
            r"(?P<mark>[./,()・])",
        )
    )
)


@dataclass(frozen=True)
class DatePiece:
    """One piece: its letter, the number in it, how many digits that has, its era; of a dash, how it stands."""

    letter: str
    text: str
    value: int = 0
    digits: int = 0
    era: Era | None = None
    spaced: bool = False
    tight: bool = False


def plain(typed: str) -> str:
    """The text in one manner of writing: digits and widths folded, dashes as – or - or ~, spaces single."""
    # Marks of direction come along with dates copied from elsewhere and say nothing.
    text = "".join(character for character in typed if unicodedata.category(character) != "Cf")
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip().rstrip("。、")
    text = re.sub(r"[‐‑−]", "-", text)
    text = re.sub(r"[—―ー‒]+", "–", text)
    return re.sub(r"[〜∼˜]", "~", text)


def pieces(text: str) -> tuple[DatePiece, ...] | None:
    """The pieces of a plain text, or None where something stands in it that belongs to no date."""
    found_pieces: list[DatePiece] = []
    at = 0
    while at < len(text):
        match = _PIECE.match(text, at)
        if match is None:
            return None
        read = tuple(_read(match, text))
        if any(not piece.letter for piece in read):
            return None
        found_pieces += read
        at = match.end()
    return tuple(found_pieces)


def _read(match: re.Match[str], text: str) -> Iterator[DatePiece]:
    kind, written = str(match.lastgroup), match[0]
    match kind:
        case "space":
            return
        case "ad" | "number":
            yield from _numbers(match[kind], is_year=kind == "ad")
        case "dash":
            yield _dash(written, text, match)
        case "cjk" | "latin":
            word = written if written in _LETTER else written.rstrip(".")
            yield DatePiece(_LETTER.get(word, ""), written, _MONTH.get(word) or _WEEKDAY.get(word) or 0)
        case "ordinal":
            yield DatePiece("O", written, int(match[kind]), 2)
        case "nth" | "th":
            yield _of_era(match["era"] or match["initial"], match[kind], written)
        case _:
            yield _other(kind, written, match)


def _other(kind: str, written: str, match: re.Match[str]) -> DatePiece:
    match kind:
        case "decade":
            return DatePiece("Z", _decade(written))
        case "hundred":
            return DatePiece("Z", f"{next(digits for digits in match.group('en', 'ja', 'zh', 'ko') if digits)}XX")
        case "paren":
            return DatePiece("w", written, next(n for n, days in enumerate(_PAREN_DAYS) if match["paren"][-1] in days))
        case "named":
            return DatePiece("w", written, _WEEKDAY[match["named"]])
        case "gap":
            return DatePiece("M", written)
        case "mark":
            return DatePiece("." if written == "・" else written, written)
    # The phrases are named after their letter.
    return DatePiece(kind[1:], written)


def _decade(written: str) -> str:
    digits = re.findall(r"[0-9]+", written)
    return f"{int(digits[0]) - 1:02}{digits[1][0]}X" if len(digits) == 2 else f"{digits[0][:3]}X"


def _of_era(name: str, nth: str, written: str) -> DatePiece:
    era, counted = BY_NAME[name], (1, 1) if nth == "元" else number(nth)
    if counted is None or counted[0] > 199:
        return DatePiece("", written)
    return DatePiece("e", written, era.before + counted[0], counted[1], era)


def _numbers(written: str, *, is_year: bool) -> Iterator[DatePiece]:
    value, digits = number(written) or (0, 0)
    if digits == 8 and written.isascii():
        yield from (DatePiece("Y", written, int(written[:4]), 4), DatePiece("h", "-"))
        yield from (
            DatePiece("N", written, int(written[4:6]), 2),
            DatePiece("h", "-"),
            DatePiece("N", written, value % 100, 2),
        )
        return
    letter = "Y" if digits == 4 else "N" if digits in (1, 2) and not is_year else ""
    yield DatePiece(letter, written, value, digits)


def _dash(written: str, text: str, match: re.Match[str]) -> DatePiece:
    sign = written.strip()
    spaced = written != sign
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    letter = "h" if sign == "-" and not spaced and before and after else "D"
    return DatePiece(
        letter, sign, spaced=spaced, tight=sign != "~" and not spaced and before.isdigit() and after.isdigit()
    )
