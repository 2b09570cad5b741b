"""A person's name in a cell: as it is written, with its reading and its other form, and back.

`沈文遠（しん・ぶんえん）`, `SHEN Wenyuan`, `윤서진 尹瑞珍`. Nothing is put into another order, and nothing normalised.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from koryu.sheets import clean
from koryu.sheets.parse import is_record
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with, kept_text, text_with
from koryu.sheets.rows.scripts import script_of, scripts_in
from koryu.values.person_names import Order
from koryu.values.text import Text

# The tags of how a name is read or spelt, by the language of the name; new ones get the first that fits their script.
READINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "ja": ("ja-Hira", "ja-Kana", "ja-Hrkt", "ja-Latn"),
    "zh-Hans": ("zh-Latn-pinyin", "zh-Latn"),
    "zh-Hant": ("zh-Latn-pinyin", "zh-Latn"),
    "ko": ("ko-Latn", "ko-Kana"),
}
_IN_BRACKETS: Final = re.compile(r"(?P<name>[^（()]+?)\s*[（(]\s*(?P<more>[^（）()]+?)\s*[）)]")
_SLASHED: Final = re.compile(r"(?P<name>[^/／]+?)\s*[/／]\s*(?P<more>[^/／]+)")
_MOST_IN_NAME: Final = 80
_READ: Final = frozenset(tag for tags in READINGS.values() for tag in tags)


@dataclass(frozen=True)
class TypedName:
    """A name as it was typed: its forms by language tag, that of the name itself first."""

    forms: Mapping[str, str]


def name_typed(typed: str, tag: str) -> TypedName:
    """A name typed into a cell for the language `tag`, with its reading or other form where it has one.

    What is not understood as two forms is one, as it was typed.
    """
    text = clean.line(typed)
    if not text:
        return TypedName({})
    name, more = _two_forms(text)
    first = _tag_of(name, tag, alone=not more)
    if more:
        second = _tag_of_more(more, tag)
        if second and second != first:
            # A Korean name in Han first is still called by its Hangul.
            forms = {first: name, second: more}
            return TypedName({"ko": more, first: name} if second == "ko" and first == "ko-Hani" else forms)
    return TypedName({_tag_of(text, tag, alone=True): text})


def name_shown(forms: Mapping[str, str], tag: str) -> str:
    """The name in a cell for the language `tag`: a Korean one with its Han form; else how it is spelt in Latin."""
    if tag == "ko" and "ko-Hani" in forms:
        return f"{forms['ko']} {forms['ko-Hani']}" if "ko" in forms else forms["ko-Hani"]
    return forms.get(tag) or forms.get(_spelt(forms, tag), "")


def written_name(forms: object) -> Text | None:
    """A name in JSON as it is written: without how it is read or spelt, unless nothing else is known; None for none."""
    known = kept_text(forms)
    written = {tag: form for tag, form in known.items() if tag not in _READ} or known
    source = forms.get("source") if isinstance(forms, Mapping) else None
    return Text.kept({**written, **({"source": source} if source in written else {})}) if written else None


def reading_shown(forms: Mapping[str, str], tag: str) -> str:
    """How the name in this language is read; '' where the name is only spelt, for then that is the name."""
    if not _is_written(forms, tag):
        return ""
    return forms.get(_reading_of(forms, tag), "")


def reading_tag(reading: str, tag: str) -> str:
    """The tag under which a reading of a name in the language `tag` is kept."""
    script = {"Hira": "Hira", "Kana": "Kana", "Latn": "Latn"}.get(script_of(reading), "")
    tags = READINGS.get(tag) or (f"{tag.partition('-')[0]}-Latn",)
    return next((candidate for candidate in tags if script and f"-{script}" in candidate), tags[0])


def parts_of(written: str) -> tuple[str, str, Order]:
    """(family name, given name, order) of a name as far as its letters show them; ('', '', 'as written') else.

    A part in capitals is the family name, as libraries print it; before a space or a middle dot in Han, kana or Hangul
    stands the family name. Somebody looks at it before it is put on record.
    """
    parts = [part for part in re.split(r"[\s・･·]+|,\s*", written.strip()) if part]
    if len(parts) != 2:
        return "", "", "as written"
    first, last = parts
    if scripts_in(written) <= {"Latn"}:
        capital = [part.isupper() and len(part) > 1 for part in parts]
        if capital == [True, False]:
            return first, last, "family first"
        return (last, first, "given first") if capital == [False, True] else ("", "", "as written")
    return first, last, "family first"


def forms_on_record(title: Mapping[str, str], readings: Mapping[str, str]) -> dict[str, str]:
    """The names of a person on record as cells know them: the title of the record, and how it is read by language."""
    return {**title, **{reading_tag(reading, tag): reading for tag, reading in readings.items()}}


def names_proposed(printed: object) -> list[dict[str, str]]:
    """The names of a new record of a person, as a member's name was printed: to be looked at before it is made.

    Each written form is one, with its reading where it has one, and with the family and the given name where its
    letters show them.
    """
    forms = kept_text(printed)
    read = {_reading_of(forms, tag) for tag in forms}
    names = []
    for tag, written in forms.items():
        if tag in read:
            continue
        family, given, order = parts_of(written)
        parts = {"family": family, "given": given} if family else {}
        reading = _reading_of(forms, tag)
        more = {"reading": forms[reading], "reading_lang": reading} if reading else {}
        names.append({"id": tag.lower(), "lang": tag, "written": written, **parts, "order": order, **more})
    return names


def _reading_of(forms: Mapping[str, str], tag: str) -> str:
    """The tag of how the form in this language is read; '' where nothing says it."""
    return next((reading for reading in READINGS.get(tag, ()) if reading in forms), "")


def _two_forms(text: str) -> tuple[str, str]:
    if len(text) > _MOST_IN_NAME:
        return text, ""
    for manner in (_IN_BRACKETS, _SLASHED):
        if match := manner.fullmatch(text):
            return match["name"], match["more"]
    parts = text.split(" ")
    scripts = [script_of(part) for part in parts]
    cuts = [at for at in range(1, len(parts)) if scripts[at] != scripts[at - 1]]
    # 川口 まこと is one name, and so is ジョン Smith: only these two stand beside each other as two forms.
    if len(cuts) == 1 and {scripts[0], scripts[-1]} in ({"Hang", "Han"}, {"Hang", "Latn"}, {"Han", "Latn"}):
        return " ".join(parts[: cuts[0]]), " ".join(parts[cuts[0] :])
    return text, ""


def _tag_of(name: str, tag: str, *, alone: bool) -> str:
    scripts = scripts_in(name)
    if tag not in READINGS:
        return tag
    if scripts == {"Latn"} and not re.search(r"[0-9=@]", name):
        return _latin(tag)
    if tag == "ko" and scripts == {"Han"}:
        return "ko-Hani"
    if tag != "ko" and scripts == {"Hang"} and not alone:
        return "ko"
    return tag


def _tag_of_more(more: str, tag: str) -> str:
    match script_of(more):
        case "Hira":
            return "ja-Hira"
        case "Kana":
            return "ja-Kana"
        case "Hang":
            return "ko"
        case "Latn":
            return _latin(tag) if tag in READINGS else ""
        case "Han":
            return "ko-Hani" if tag == "ko" else tag if tag in READINGS else ""
    return ""


def _latin(tag: str) -> str:
    return next(reading for reading in READINGS[tag] if "-Latn" in reading)


def _spelt(forms: Mapping[str, str], tag: str) -> str:
    return next((reading for reading in READINGS.get(tag, ()) if "-Latn" in reading and reading in forms), "")


def _is_written(forms: Mapping[str, str], tag: str) -> bool:
    return tag in forms or (tag == "ko" and "ko-Hani" in forms)


@dataclass(frozen=True)
class NameCell(CellSort):
    """The name of a member or speaker: what is printed, else the name of the person on record."""

    looks = "record"

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        forms, person = _forms(item, reader), item.get("person")
        # Of a person whose record is not known here, what names it: an empty cell would say that there is nobody.
        return name_shown(forms, tag) if forms or not isinstance(person, str) else person

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        if is_record(typed):
            return item_with(item_with(item, "person", typed), "printed", None)
        item = _as_named(item, typed, tag, reader)
        printed = item.get("printed")
        forms = kept_text(printed)
        name = name_typed(typed, tag).forms
        gone = [tag, *(["ko-Hani"] if tag == "ko" else [])]
        if not _is_written(forms, tag) or (not typed and not reading_shown(forms, tag)):
            gone.append(_spelt(forms, tag))
        for form in (form for form in gone if form in forms and form not in name):
            printed = text_with(printed, form, "")
        on_record = _known(item, reader)
        for form, text in name.items():
            # What the person's record says already is not said again here.
            if form in forms or on_record.get(form) != text:
                printed = text_with(printed, form, text)
        return item_with(item, "printed", printed)

    def fits(self, typed: str, tag: str) -> bool:
        return _looks_like_name(typed, tag)


@dataclass(frozen=True)
class ReadingCell(CellSort):
    """How a name is read."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        return reading_shown(_forms(item, reader), tag)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        printed, forms = item.get("printed"), _forms(item, reader)
        if typed == reading_shown(forms, tag):
            return item
        if _is_written(forms, tag):
            for reading in (reading for reading in READINGS.get(tag, ()) if reading in kept_text(printed)):
                printed = text_with(printed, reading, "")
            # A reading without what is read would be printed as the name.
            if tag in forms:
                printed = text_with(printed, tag, forms[tag])
        if typed:
            printed = text_with(printed, reading_tag(typed, tag), typed)
        return item_with(item, "printed", printed)

    def fits(self, typed: str, tag: str) -> bool:
        return _looks_like_reading(typed, tag)


def _forms(item: RowItem, reader: CellReader) -> dict[str, str]:
    """The forms of a name: those printed here, and those of the person's record where none of a language is printed."""
    return {**_known(item, reader), **kept_text(item.get("printed"))}


def _known(item: RowItem, reader: CellReader) -> dict[str, str]:
    person = item.get("person")
    return kept_text(reader.names.get(person)) if isinstance(person, str) else {}


def _as_named(item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
    """Without the person on record, where another name is typed over the one that person's record has."""
    person = item.get("person")
    if not isinstance(person, str) or not is_record(person):
        return item
    if person not in reader.names and not kept_text(item.get("printed")):
        return item_with(item, "person", None)
    known = _known(item, reader)
    was = name_shown(known, tag)
    named = set(name_typed(typed, tag).forms.values()) <= set(known.values()) and typed
    if not was or named or tag in kept_text(item.get("printed")):
        return item
    return item_with(item, "person", None)


def _looks_like_name(typed: str, tag: str) -> bool:
    name, _more = _two_forms(clean.line(typed))
    scripts = scripts_in(name)
    if re.search(r"[0-9@:：]", name) or not scripts:
        return False
    letters = len(re.sub(r"[\s・･·]", "", name))
    match tag:
        case "ko":
            return scripts == {"Hang"} and 2 <= letters <= 5
        case "ja":
            return "Hang" not in scripts and "Latn" not in scripts and 2 <= letters <= 8
        case "zh-Hans" | "zh-Hant":
            return scripts == {"Han"} and 2 <= letters <= 5
    return scripts == {"Latn"} and 2 <= len(name.split()) <= 4 and name[:1].isupper()


def _looks_like_reading(typed: str, tag: str) -> bool:
    script = script_of(typed)
    if re.search(r"[0-9@:：]", typed):
        return False
    if tag == "ja":
        return script in ("Hira", "Kana")
    return script == "Latn" and len(typed.split()) in (2, 3) and typed[:1].isupper()
