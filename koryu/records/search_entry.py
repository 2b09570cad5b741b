"""From a document to its search entry: the names, titles and texts by which a record is found."""

from collections.abc import Iterable, Iterator
from datetime import date

from koryu.search.entries import WrittenForm, WrittenReading
from koryu.values.edtf import Edtf
from koryu.values.language_tags import LanguageTag
from koryu.values.text import Text

# Where a text says what the record rests on, and not what it is about.
ABOUT_SOURCES = frozenset({"sources", "derived", "open", "evidence"})

# Scripts that write sounds (ISO 15924).
OF_SOUNDS = frozenset({"Latn", "Hira", "Kana", "Hrkt"})


def forms(*texts: Text | None) -> tuple[WrittenForm, ...]:
    """Every language of these texts, each form once."""
    return once(WrittenForm(str(tag), form) for text in texts if text for tag, form in text.forms.items())


def titled(title: Text) -> tuple[WrittenForm, ...]:
    """The forms of a title; one in sounds (`ja-Hira`, `zh-Latn`) is also the reading of the others of its language."""
    sounds = [WrittenReading(str(tag), form) for tag, form in title.forms.items() if _is_of_sounds(tag)]

    def readings(tag: str) -> tuple[WrittenReading, ...]:
        return (
            ()
            if _is_of_sounds(tag)
            else tuple(reading for reading in sounds if _language(reading.lang) == _language(tag))
        )

    return once(WrittenForm(str(tag), form, readings(tag)) for tag, form in title.forms.items())


def _is_of_sounds(tag: str) -> bool:
    return not OF_SOUNDS.isdisjoint(tag.split("-")[1:])


def _language(tag: str) -> str:
    return tag.split("-")[0]


def form(
    lang: LanguageTag, written: str, *, reading: str | None = None, reading_lang: str | None = None
) -> WrittenForm:
    """A name in one language with the reading on record for it, if there is one."""
    if reading is None:
        return WrittenForm(str(lang), written)
    return WrittenForm(str(lang), written, (WrittenReading(reading_lang or reading_in(lang), reading),))


def reading_in(tag: str) -> str:
    """The language tag of a name's reading: kana for Japanese, Latin letters for Chinese and Korean."""
    return tag if tag.startswith("ja") else f"{tag.split('-')[0]}-Latn"


def once(forms: Iterable[WrittenForm], *, besides: Iterable[WrittenForm] = ()) -> tuple[WrittenForm, ...]:
    """Each form once, in order, without those in `besides`."""
    seen = {(form.lang, form.text) for form in besides}
    kept: dict[tuple[str, str], WrittenForm] = {}
    for form in forms:
        if (form.lang, form.text) not in seen:
            kept.setdefault((form.lang, form.text), form)
    return tuple(kept.values())


def other_texts(texts: Iterable[tuple[str, Text]]) -> Iterator[Text]:
    """The texts about the record itself, without its title and its sources."""
    for path, text in texts:
        top = path.split(".")[0].split("[")[0]
        if top != "title" and top not in ABOUT_SOURCES and not path.endswith(".scope"):
            yield text


def years(*dates: Edtf | None) -> tuple[int, int] | None:
    """The first and last year of these dates; an end that is open ends where the last known year does."""
    known = [dated for dated in dates if dated]
    firsts = [dated.earliest.year for dated in known if dated.earliest != date.min]
    lasts = [dated.latest.year for dated in known if dated.latest != date.max]
    if not firsts and not lasts:
        return None
    return min(firsts or lasts), max([*lasts, *firsts])


def counted(number: str) -> tuple[WrittenForm, ...]:
    """The number of an exchange in its series as it is written in four languages: 24th, 第24回, 第24次, 제24회."""
    if not (number.isascii() and number.isdecimal()):
        return ()
    teens = len(number) > 1 and number[-2] == "1"
    ending = "th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(number[-1], "th")
    written = {"en": f"{number}{ending}", "ja": f"第{number}回", "zh-Hans": f"第{number}次", "ko": f"제{number}회"}
    return tuple(WrittenForm(lang, text) for lang, text in written.items())
