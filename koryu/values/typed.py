"""Uncertain dates as people type them, in any of the four languages: "May 1999", "1985–86", "2003年1月から"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from koryu.values.edtf import Edtf, Qualifier
from koryu.values.reason import Reason, Refused

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug"),
            *("september sept sep", "october oct", "november nov", "december dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = rf"(?P<named>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY: Final = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<y>\d{4})"

# The eras of Japan by the year before their first (元年).
_ERAS: Final = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA: Final = re.compile(rf"({'|'.join(_ERAS)})(元|\d{{1,2}})年")
_WEEKDAY: Final = re.compile(
    r"\s*\((?:[月火水木金土日](?:曜日?)?|(?:周|星期)?[一二三四五六日]|[월화수목금토일](?:요일)?)\)"
    r"|^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+"
)

# One date, or as much of one as stands on one side of a span; tried in this order.
_WRITTEN: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?",
        rf"{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY}(?:,? {_YEAR})?",
        _MONTH,
        rf"{_DAY},? {_YEAR}",
        r"(?P<y>\d{4}|\d{2})[年년] ?(?P<m>\d{1,2})[月월] ?(?:(?P<d>\d{1,2})[日号일]?)?",
        r"(?P<y>\d{4}|\d{2})[年년] ?(?P<m>\d{1,2})?",
        r"(?P<m>\d{1,2})[月월] ?(?:(?P<d>\d{1,2})[日号일]?)?",
        r"(?P<d>\d{1,2})[日号일]",
        r"(?P<y>\d{4})(?: ?[-./] ?(?P<m>\d{1,2}))(?: ?[-./] ?(?P<d>\d{1,2}))? ?\.?",
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})",
        r"(?P<m>\d{1,2})[./](?P<d>\d{1,2})\.?",
        _YEAR,
        r"(?P<bare>\d{1,2})",
    )
)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SOME_MONTH: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:the )?(?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?:of )?(?:some|(?:an )?unknown) month,?(?: of)? (?P<y>\d{4})",
        r"(?P<y>\d{4})[年년]? ?(?:某月|何月か|[?x○〇]月|모월|[?x]월) ?の?(?P<d>\d{1,2})[日号일]",
        r"(?P<y>\d{4})-\?\?-(?P<d>\d{2})",
    )
)
_DECADES: Final = re.compile(r"(?:the )?(?P<ten>\d{3})0(?:'?s|年代|년대)|(?P<century>\d{2,3})世纪(?P<of>\d)0年代")
_HUNDRED_YEARS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"between (\d\d)00 and \1(?:99)",
        r"(\d\d)00年から\1(?:99)年の?間",
        r"(\d\d)00年至\1(?:99)年之?间",
        r"(\d\d)00년에서 ?\1(?:99)년 ?사이",
    )
)

_UNCERTAIN: Final = re.compile(
    r"(?P<it>.+?)(?:, uncertain| ?\((?:uncertain|不確実|不確か|存疑|不确定|불확실)\)| ?\?)"
    r"|(?:probably|perhaps|possibly) (?P<or>.+)"
)
_ABOUT: Final = re.compile(
    r"(?:about |around |circa |ca?\. ?|approximately |約 ?|约 ?|大约 ?|大概 ?|およそ ?|약 ?)(?P<it>.+)"
    r"|(?P<or>.+?) ?(?:頃|ごろ|ころ|左右|前后|경|무렵|쯤|~)"
)
_FROM: Final = re.compile(
    r"(?:from |since |as of )(?P<it>.+)|(?:自|从)(?P<both>.+?)(?:起|以来|开始)?"
    r"|(?P<or>.+?) ?(?:から|以降|以来|より|起|开始|부터|이후|이래|onwards?| ?[-–—―〜～~])"
)
_UNTIL: Final = re.compile(
    r"(?:until |till |up to |to |[-–—―〜～~] ?|截至|至|到)(?P<it>.+)|(?P<or>.+?) ?(?:まで|为止|止|까지)"
)
_BETWEEN: Final = re.compile(
    r"between (?P<a>.+) and (?P<b>.+)|(?P<c>.+?)から(?P<d>.+?)の?間"
    r"|(?P<e>.+?)至(?P<f>.+?)之?间|(?P<g>.+?)에서 ?(?P<h>.+?) ?사이"
)
_TO: Final = re.compile(
    r" [-~] | ?[–—―〜] ?| (?:to|until|till) | ?から ?| ?부터 ?|至|到|(?<=\D)[-~]|[-~](?=\D)|(?<=\d)[-~](?=\d)"
)
_FROM_WORD: Final = re.compile(r"from |自|从")
_UNTIL_WORD: Final = re.compile(r" ?(?:まで|为止|止|까지)$")

_Found = Edtf | None


@dataclass(frozen=True)
class _Known:
    """As much of a date as is written: `bare` is a number of one or two digits that may be any part of it."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    bare: int | None = None


def as_typed(typed: str) -> Edtf:
    """The date that somebody typed, in English, Japanese, Chinese or Korean, or as EDTF.

    What `koryu.values.dates.in_words` writes is read back as the same date. Raises Refused with what is wrong, or with
    how dates are written where nothing was understood.
    """
    if exact := _exactly(typed.strip()):
        return exact
    text, wrong = _plain(typed), None
    for attempt in (_exactly, _one, _from, _until, _between, _span):
        try:
            if found := attempt(text):
                return found
        except Refused as refused:
            wrong = wrong or refused
    if wrong:
        raise wrong
    if _SLASHED.fullmatch(text):
        raise Refused(Reason("“%(typed)s” may be either of two days; write the month in words.", typed=typed.strip()))
    raise Refused(
        Reason(
            "“%(typed)s” is not understood as a date; it can be written like May 1999, 1985–1986, about 2003, "
            "from January 2003, 12–16 November 2019.",
            typed=typed.strip(),
        )
    )


def _exactly(text: str) -> _Found:
    """What is written as records write it. A day that never was is said so further on."""
    try:
        return Edtf(text.upper())
    except Refused:
        return None


def _plain(typed: str) -> str:
    """The text in one manner of writing: digits folded, spaces single, eras as years, no days of the week."""
    # The wave dash and the full-width tilde mean a span; a half-width one at the end means about.
    text = typed.replace("\uff5e", "〜").replace("−", "-").replace("‐", "-").replace("‑", "-")
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).lower()).strip().rstrip("。、")
    text = _ERA.sub(lambda found: f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", text)
    return _WEEKDAY.sub("", text)


def _one(text: str) -> _Found:
    """One date, about or uncertain if it says so."""
    inner, qualifier = _qualified(text)
    written = _date(inner)
    return Edtf(written + qualifier) if written else None


def _qualified(text: str) -> tuple[str, Qualifier]:
    """What is said to be about or uncertain, and which of the two."""
    text, uncertain = _less(_UNCERTAIN, text)
    text, about = _less(_ABOUT, text)
    return text, "%" if uncertain and about else "?" if uncertain else "~" if about else ""


def _less(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    found = pattern.fullmatch(text)
    return (_inside(found), True) if found else (text, False)


def _inside(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None).strip()


def _date(text: str) -> str | None:
    """One date without qualifier, as EDTF."""
    for pattern in _SOME_MONTH:
        if found := pattern.fullmatch(text):
            return f"{found['y']}-XX-{int(found['d']):02}"
    if found := _DECADES.fullmatch(text):
        return f"{found['ten']}X" if found["ten"] else f"{int(found['century']) - 1:02}{found['of']}X"
    for pattern in _HUNDRED_YEARS:
        if found := pattern.fullmatch(text):
            return f"{found[1]}XX"
    if found := _SLASHED.fullmatch(text):
        return _day_first(int(found[1]), int(found[2]), int(found[3]))
    return next((_edtf(known) for known in _known(text) if _is_whole(known)), None)


def _is_whole(known: _Known) -> bool:
    return known.year is not None and known.year > 99 and (known.day is None or known.month is not None)


def _day_first(one: int, other: int, year: int) -> str | None:
    """25/12/2003 can be read one way only; 5/12/2003 cannot."""
    if (one > 12) == (other > 12) and one != other:
        return None
    day, month = (other, one) if other > 12 else (one, other)
    return f"{year}-{month:02}-{day:02}"


def _known(text: str) -> Iterator[_Known]:
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            yield _Known(
                year=_number(parts.get("y")),
                month=_MONTHS.get(parts.get("named") or "") or _number(parts.get("m")),
                day=_number(parts.get("d")),
                bare=_number(parts.get("bare")),
            )


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _edtf(known: _Known) -> str:
    month = "" if known.month is None else f"-{known.month:02}"
    day = "" if known.day is None else f"-{known.day:02}"
    return f"{known.year:04}{month}{day}"


def _from(text: str) -> _Found:
    return _open(_FROM, text, "{}/..")


def _until(text: str) -> _Found:
    return _open(_UNTIL, text, "../{}")


def _open(pattern: re.Pattern[str], text: str, written: str) -> _Found:
    found = pattern.fullmatch(text)
    known = _one(_inside(found)) if found else None
    return Edtf(written.format(known)) if known else None


def _between(text: str) -> _Found:
    found = _BETWEEN.fullmatch(text)
    if not found:
        return None
    begin, end = (side.strip() for side in found.groups() if side is not None)
    return _joined(begin, end)


def _span(text: str) -> _Found:
    text = _UNTIL_WORD.sub("", text) if _TO.search(_UNTIL_WORD.sub("", text)) else text
    bare, qualifier = _qualified(text)
    # "about 1985–1986" is about both years; "about 1985 – 1986", of which one is, stands wide.
    attempts: list[tuple[str, Qualifier]] = [(text, ""), (bare, qualifier)]
    if re.search(r"\d[-–—]\d", text):
        attempts.reverse()
    for inner, both in attempts:
        for begin, end in _sides(_FROM_WORD.sub("", inner, count=1) if _FROM_WORD.match(inner) else inner):
            if found := _joined(begin, end, both):
                return found
    return None


def _sides(text: str) -> Iterator[tuple[str, str]]:
    for found in _TO.finditer(text):
        yield text[: found.start()].strip(), text[found.end() :].strip()


def _joined(begin: str, end: str, both: Qualifier = "") -> _Found:
    """The span of two dates, each whole, or each filled in from the other."""
    first, last = _one(begin), _one(end)
    if first and last and not (first.is_interval or last.is_interval):
        return _interval(first, last, both)
    for a in _known(begin):
        for b in _known(end):
            first_known, last_known = _filled(a, b)
            if _is_whole(first_known) and _is_whole(last_known):
                return _interval(_edtf(first_known), _edtf(last_known), both)
    return None


def _interval(first: str, last: str, both: Qualifier) -> Edtf:
    return Edtf(f"{first}{both}/{last}{both}")


def _filled(a: _Known, b: _Known) -> tuple[_Known, _Known]:
    """What one side leaves out stands on the other: 12–16 November 2019, 2019年11月12日～16日, 1985–86."""
    a, b = _placed(a, b), _placed(b, a)
    if b.year is not None and b.year < 100 and a.year is not None:
        b = replace(b, year=_whole_year(a.year, b.year))
    a, b = replace(a, year=a.year or b.year), replace(b, year=b.year or a.year)
    if a.day is not None and a.month is None:
        a = replace(a, month=b.month)
    if b.day is not None and b.month is None:
        b = replace(b, month=a.month)
    return a, b


def _placed(known: _Known, other: _Known) -> _Known:
    """A bare number is as fine a part as the other side has."""
    if known.bare is None:
        return known
    if other.day is not None:
        return _Known(day=known.bare)
    return _Known(month=known.bare) if other.month is not None else _Known(year=known.bare)


def _whole_year(first: int, digits: int) -> int:
    year = first // 100 * 100 + digits
    return year + 100 if year < first and year + 100 - first <= 20 else year
