"""What a record is called: by its own title, by one composed where it has none in the reader's language, or in brief.

A composed title says only what is on record and stated by a source: what is inferred or not known is left out of it.
It is no text of the record. A page that shows one says so, and gives the record's own title beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from koryu.archive.queries import Line
from koryu.records.exchange import ExchangeForm
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf, Parts, read
from koryu.values.language_tags import LanguageTag
from koryu.values.text import ShownText, Text
from koryu.wording import order
from koryu.wording.labels import chosen
from koryu.wording.languages import slug_of
from koryu.wording.messages import date_in_words, translated

Lines = Mapping[str, Line]

# The kinds whose titles only say which record it is; what the others are called is a name of their own.
COMPOSED: Final = frozenset(
    (
        *("exchange", "participation", "report", "timetable", "questions", "summary"),
        *("programme", "service", "agreement", "outcome"),
    )
)


class RecordTitle(NamedTuple):
    """What a record is called on a page, in which language; `original` is its own title where this one is composed."""

    text: str
    lang: LanguageTag
    wanted: bool
    original: ShownText | None = None


def title_of(content: Mapping[str, Any]) -> Text | None:
    """The title of a content, finished or not; None where it has none that can be read yet."""
    title = content.get("title")
    try:
        return Text(title) if title else None
    except (TypeError, ValueError):
        return None


def title_in(line: Line, tag: str, *, lines: Lines) -> RecordTitle:
    """What the record of this line is called for a reader of `tag`.

    By its own title, where that is in the reader's language or nothing can be composed; else by a composed one.
    `lines` are those of the records it is held under, belongs to and names, as far as the reader may read them.
    """
    own = line.title.shown(tag)
    if own.wanted or line.kind not in COMPOSED or own.lang.language == tag.partition("-")[0]:
        return RecordTitle(*own)
    made = composed(line, tag, lines=lines)
    return RecordTitle(made, LanguageTag(tag), True, own) if made else RecordTitle(*own)


def composed(line: Line, tag: str, *, lines: Lines) -> str:
    """A title for this record in one of the four languages, out of what is on record; '' where that is too little.

    Papers, works, themes, people and institutions are called what they are called: they get none.
    """
    usage, slug = _USAGES[tag], slug_of(tag)
    summary = line.summary
    match line.kind:
        case "exchange":
            return usage.whole(*_exchange(summary, tag, lines))
        case "participation" | "report" | "questions":
            who, what = _institution(summary, tag, lines), _named_exchange(summary, tag, lines)
            return usage.bracketed(usage.kind(line.kind, who), what) if who and what else ""
        case "timetable" | "summary":
            what = _named_exchange(summary, tag, lines, inside=False)
            return usage.kind(line.kind, what) if what else ""
        case "programme" | "service":
            return _by_institutions(summary, tag, lines, _type(summary, slug), "")
        case "agreement" | "outcome":
            return _by_institutions(summary, tag, lines, _type(summary, slug), _when(summary, slug))
        case _:
            return ""


def exchange_titles(
    programme: Mapping[str, Any], *, number: str = "", year: str = "", place: Mapping[str, str] | None = None
) -> dict[str, str] | None:
    """The title of an exchange under this programme (a content), in each language the programme has a name in.

    In its JSON form. None where there is neither a number nor a year, or the programme has no name.
    """
    names = {**programme.get("title", {}), **programme.get("short", {})}
    tags = [tag for tag in _USAGES if tag in names]
    if not tags or not (number or year):
        return None
    titles = {
        tag: _USAGES[tag].exchange(names[tag], number, _year(year, tag), (place or {}).get(tag, "")) for tag in tags
    }
    if len(tags) > 1:
        source = programme.get("title", {}).get("source")
        titles["source"] = source if source in tags else tags[0]
    return titles


def named_by_titles(lines: Iterable[Line], tag: str) -> set[str]:
    """The records out of whose names the titles of these are composed for a reader of `tag`, known or not."""
    named: set[str] = set()
    for line in lines:
        if line.kind in COMPOSED and tag not in line.summary.title:
            summary = line.summary
            named |= {*summary.programmes, *summary.institutions, summary.exchange, summary.institution}
    return named - {""}


def short_name(line: Line, tag: str) -> Text:
    """What a record is called in a list: by its short name in this language, where it has one; else by its title."""
    short = line.summary.short.get(tag)
    return Text.kept({tag: short}) if short else line.title


def short_name_in_words(line: Line | None, uri: str, tag: str) -> str:
    """As `short_name`, as a plain string, where no language can be marked; the URI of what is not on record here."""
    return str(short_name(line, tag).shown(tag).text) if line else uri


@dataclass(frozen=True, kw_only=True)
class _Usage:
    """How a language puts a title together: the number, the date and the name of an exchange, a kind and its names."""

    numbered: str
    dated: str
    colon: str
    joint: str
    brackets: str
    kinds: Mapping[str, str]

    def whole(self, name: str, said: str) -> str:
        return self.bracketed(name, said) if name else ""

    def bracketed(self, name: str, *said: str) -> str:
        known = self.joint.join(filter(None, said))
        return f"{name}{self.brackets.format(known)}" if known else name

    def kind(self, kind: str, names: str) -> str:
        return self.of(self.kinds[kind], names)

    def of(self, kind: str, names: str) -> str:
        return f"{_large(kind)}{self.colon}{names}" if names else _large(kind)

    def counted(self, name: str, number: str) -> str:
        """The name with its number; one that is no figure (“I and II”) stands behind it as it is printed."""
        if not number.isdecimal():
            return f"{_large(name)} {number}"
        return self.numbered.format(name=name, number=number, ordinal=_ordinal(int(number)))

    def exchange(self, name: str, number: str, *said: str) -> str:
        return self.bracketed(self.counted(name, number) if number else _large(name), *said)


_USAGES: Final[Mapping[str, _Usage]] = {
    "en": _Usage(
        numbered="{ordinal} {name}",
        dated="{name}, {date}",
        colon=": ",
        joint=", ",
        brackets=" ({})",
        kinds={
            "participation": "Participation",
            "report": "Report",
            "timetable": "Timetable",
            "questions": "Questions and answers",
            "summary": "Summary record",
        },
    ),
    "ja": _Usage(
        numbered="第{number}回{name}",
        dated="{date}の{name}",
        colon="：",
        joint="、",
        brackets="（{}）",
        kinds={
            "participation": "参加",
            "report": "報告書",
            "timetable": "日程",
            "questions": "質疑応答",
            "summary": "協議の記録",
        },
    ),
    "zh-Hans": _Usage(
        numbered="第{number}次{name}",
        dated="{date}{name}",
        colon="：",
        joint="，",
        brackets="（{}）",
        kinds={
            "participation": "参与",
            "report": "情况报告",
            "timetable": "日程",
            "questions": "问答",
            "summary": "交流记录",
        },
    ),
    "ko": _Usage(
        numbered="제{number}회 {name}",
        dated="{date} {name}",
        colon=": ",
        joint=", ",
        brackets="({})",
        kinds={
            "participation": "참가",
            "report": "결과 보고서",
            "timetable": "일정",
            "questions": "질의응답",
            "summary": "협의 기록",
        },
    ),
}
# Names of institutions stand beside each other as each language lists things.
_LISTED: Final = {"en": ", ", "ja": "、", "zh-Hans": "、", "ko": ", "}


def _exchange(summary: Summary, tag: str, lines: Lines) -> tuple[str, str]:
    """The name of an exchange and what stands in brackets behind it; ('', '') where too little is on record."""
    usage, slug = _USAGES[tag], slug_of(tag)
    programme, name = _programme(summary, tag, lines)
    if not name:
        form = (
            summary.form if summary.form != ExchangeForm.NOT_STATED and not summary.is_inferred("form") else "exchange"
        )
        listed = _institutions(summary, tag, lines)
        return (
            (usage.of(translated(chosen(form), slug), listed), _when(summary, slug, month=True)) if listed else ("", "")
        )
    number = "" if summary.is_inferred("numbers") else summary.numbers.get(programme, "")
    if number:
        return usage.counted(name, number), _when(summary, slug)
    if date := _when(summary, slug, month=True):
        return _large(usage.dated.format(name=name, date=date)), ""
    form = "" if summary.form == ExchangeForm.NOT_STATED or summary.is_inferred("form") else summary.form
    return usage.of(name, translated(chosen(form or "exchange"), slug)), ""


def _programme(summary: Summary, tag: str, lines: Lines) -> tuple[str, str]:
    """The first programme that can be named in this language, and its name; ('', '') where there is none."""
    if summary.is_inferred("programmes"):
        return "", ""
    for uri in summary.programmes:
        line = lines.get(uri)
        name = line and (line.summary.short.get(tag) or line.summary.title.get(tag) or composed(line, tag, lines=lines))
        if name:
            return uri, name
    return "", ""


def _named_exchange(summary: Summary, tag: str, lines: Lines, *, inside: bool = True) -> str:
    """The exchange something belongs to, by its own title or a composed one, to stand inside brackets or not."""
    line = lines.get(summary.exchange)
    if line is None or summary.is_inferred("exchange"):
        return ""
    if own := line.summary.title.get(tag):
        return own
    name, said = _exchange(line.summary, tag, lines)
    return _USAGES[tag].joint.join(filter(None, (name, said))) if inside else _USAGES[tag].whole(name, said)


def _by_institutions(summary: Summary, tag: str, lines: Lines, sort: str, said: str) -> str:
    listed = _institutions(summary, tag, lines)
    return _USAGES[tag].bracketed(_USAGES[tag].of(sort, listed), said) if sort and listed else ""


def _type(summary: Summary, slug: str) -> str:
    return translated(chosen(summary.type), slug) if summary.type and not summary.is_inferred("type") else ""


def _institution(summary: Summary, tag: str, lines: Lines) -> str:
    line = lines.get(summary.institution)
    return "" if line is None or summary.is_inferred("institution") else line.summary.title.get(tag, "")


def _institutions(summary: Summary, tag: str, lines: Lines) -> str:
    """The institutions by their full names, in the order of the language; '' unless every one has a name in it."""
    if summary.is_inferred("institutions"):
        return ""
    named = [
        line for uri in order.participants(summary.institutions, lines=lines, reader=tag) if (line := lines.get(uri))
    ]
    names = [line.summary.title.get(tag, "") for line in named]
    return _LISTED[tag].join(names) if all(names) and len(names) == len(summary.institutions) else ""


def _when(summary: Summary, slug: str, *, month: bool = False) -> str:
    """The year, or with `month` the month where that is known, as the language writes it; '' where none is stated."""
    return "" if not summary.date or summary.is_inferred("date") else _coarsely(summary.date, slug, month)


@lru_cache(maxsize=4096)
def _coarsely(date: str, slug: str, month: bool) -> str:
    ends = [side if side == ".." else _coarse(read(side), month) for side in date.split("/")]
    return date_in_words(Edtf("/".join(dict.fromkeys(ends))), slug)


def _coarse(parts: Parts, month: bool) -> str:
    known = f"{parts.year}-{parts.month:02}" if month and parts.month is not None else parts.year
    return f"{known}{parts.qualifier}"


def _year(year: str, tag: str) -> str:
    """A year as the language writes it; what is no year of four digits as it is written."""
    return date_in_words(Edtf(year), slug_of(tag)) if _is_year(year) else year


def _is_year(year: str) -> bool:
    return len(year) == 4 and year.isascii() and year.isdecimal() and year != "0000"


def _ordinal(number: int) -> str:
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _large(words: str) -> str:
    """With a large first letter, where it is one of the alphabet that has a large one."""
    return f"{words[:1].upper()}{words[1:]}" if words[:1].isascii() else words
