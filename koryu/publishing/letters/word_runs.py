"""A stretch of text as Word has it: in the font and language of its own, with its reading over it where it has one."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from lxml import etree

from koryu.publishing.letters.blocks import LetterRun, ruby_parts
from koryu.publishing.letters.word_parts import W, tagged

# Fonts that come with Word and WPS in each language; Latin letters are set alike everywhere.
_EAST_ASIAN: Final = {"ja": "MS Mincho", "zh": "SimSun", "ko": "Batang"}
_LOCALES: Final = {"ja": "ja-JP", "zh": "zh-CN", "ko": "ko-KR", "en": "en-GB"}
_LATIN: Final = "Times New Roman"
_NORMAL, _SMALL = 21, 18
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
# ECMA-376, part 1, 17.3.2.28: properties of a run stand in this order; those that are set here, and what is behind.
_ORDER: Final = ("rStyle", "rFonts", "b", "sz", "lang")
_BEHIND_LANG: Final = ("eastAsianLayout", "specVanish", "oMath", "rPrChange")


def written_runs(run: LetterRun, *, look: etree._Element | None = None, own_lang: str = "") -> Iterator[etree._Element]:
    """The elements of a run: one, or one for each part that has a reading.

    With a `look`, the properties of another run, it is set as that one is; a font is then given only to what is in
    another language than `own_lang`, that of the page.
    """
    for text, reading in ruby_parts(run):
        element = tagged("r")
        element.append(_properties(run, look, own_lang))
        if reading:
            element.append(_ruby(text, reading, run, element[0]))
        else:
            _write(element, text)
        yield element


def _write(element: etree._Element, text: str) -> None:
    for place, line in enumerate(text.split("\n")):
        if place:
            tagged("br", parent=element)
        written = tagged("t", parent=element)
        written.set(_SPACE, "preserve")
        written.text = line


def _properties(run: LetterRun, look: etree._Element | None, own_lang: str) -> etree._Element:
    properties = deepcopy(look) if look is not None else tagged("rPr")
    language = run.lang.partition("-")[0]
    font = _EAST_ASIAN.get(language)
    if look is None and font:
        tagged("rFonts", parent=properties, ascii=_LATIN, hAnsi=_LATIN, eastAsia=font, hint="eastAsia")
    elif font and language != own_lang.partition("-")[0]:
        fonts = _placed(properties, "rFonts")
        fonts.set(f"{{{W}}}eastAsia", font)
        fonts.set(f"{{{W}}}hint", "eastAsia")
    if run.strong:
        _placed(properties, "b")
    if run.small and look is None:
        _placed(properties, "sz").set(f"{{{W}}}val", str(_SMALL))
    locale = _LOCALES.get(language, run.lang)
    said = _placed(properties, "lang")
    said.set(f"{{{W}}}val", locale)
    if font:
        said.set(f"{{{W}}}eastAsia", locale)
    return properties


def _placed(properties: etree._Element, name: str) -> etree._Element:
    """A property of a run, made where it belongs if there is none yet."""
    tag = f"{{{W}}}{name}"
    if (known := properties.find(tag)) is not None:
        return known
    made = tagged(name)
    if name == "lang":
        behind = next((child for child in properties if etree.QName(child).localname in _BEHIND_LANG), None)
        if behind is None:
            properties.append(made)
        else:
            behind.addprevious(made)
        return made
    earlier = [each for each in _ORDER[: _ORDER.index(name)] if each != "sz"]
    place = max((properties.index(child) + 1 for child in properties if _is_any(child, earlier)), default=0)
    if name == "sz":
        place = sum(1 for child in properties if not _is_any(child, ["lang", *_BEHIND_LANG]))
    properties.insert(place, made)
    return made


def _is_any(element: etree._Element, names: list[str]) -> bool:
    return etree.QName(element).localname in names


def _ruby(text: str, reading: str, run: LetterRun, properties: etree._Element) -> etree._Element:
    """ECMA-376, part 1, 17.3.3.25: the reading stands over the text, half its size."""
    size = properties.find(f"{{{W}}}sz")
    half_points = int(size.get(f"{{{W}}}val", _NORMAL)) if size is not None else _NORMAL
    ruby = tagged("ruby")
    about = tagged("rubyPr", parent=ruby)
    tagged("rubyAlign", parent=about, val="center")
    tagged("hps", parent=about, val=half_points // 2)
    tagged("hpsRaise", parent=about, val=half_points - 3)
    tagged("hpsBaseText", parent=about, val=half_points)
    tagged("lid", parent=about, val=_LOCALES.get(run.lang.partition("-")[0], run.lang))
    for name, said in (("rt", reading), ("rubyBase", text)):
        part = tagged("r", parent=tagged(name, parent=ruby))
        look = deepcopy(properties)
        if name == "rt":
            _placed(look, "sz").set(f"{{{W}}}val", str(half_points // 2))
        part.append(look)
        _write(part, said)
    return ruby
