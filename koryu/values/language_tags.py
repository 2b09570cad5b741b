"""Language tags (BCP 47) and what a language is called in another."""

import re
from functools import lru_cache
from typing import Any, Final, Self

import langcodes
from babel import Locale, UnknownLocaleError
from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from koryu.values.frozen import is_new
from koryu.values.reason import Reason, Refused

INTERFACE: Final = ("en", "ja", "zh-Hans", "ko")

# RFC 5646, section 2.1, less extended language subtags (each has a shorter preferred tag), extensions, private use and
# the irregular tags of old: a tag here tells every partner the same thing.
_SHAPE = re.compile(
    r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
    re.IGNORECASE | re.ASCII,
)

# Where CLDR's words are about speech, or would put brackets within brackets.
_OWN_NAMES = {("ko", "zh-Hans"): "중국어(간체)", ("ko", "zh-Hant"): "중국어(번체)"}
_PINYIN = {"en": "pinyin", "ja": "ピンイン", "zh": "拼音", "ko": "병음"}
_BRACKETS = {"ja": "{}（{}）", "zh": "{}（{}）", "ko": "{}({})"}


class LanguageTag(str):
    """A BCP 47 tag of registered subtags in canonical case, such as `ja`, `ja-Latn`, `zh-Hans` or `zh-Latn-pinyin`.

    Raises Refused (a ValueError) otherwise. Language, script, region and variants only.
    """

    __slots__ = ()

    def __new__(cls, tag: str) -> Self:
        _check(tag)
        return super().__new__(cls, tag)

    @property
    def language(self) -> str:
        """The language alone: `zh` of `zh-Hans`."""
        return self.split("-", 1)[0]

    @property
    def script(self) -> str:
        """The script written or, where none is, the usual one of the language: `Latn` of `ja-Latn`, `Jpan` of `ja`."""
        return _script(str(self))

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_after_validator_function(cls._meant, core_schema.str_schema())

    @classmethod
    def _meant(cls, tag: str, info: ValidationInfo) -> Self:
        if is_new(info):
            check_meant(tag)
        return cls(tag)


# What people write for a language who think of its country. Some of these are languages (kr is Kanuri, spoken in
# Nigeria), but of none is anything on record here.
_MISTAKEN: Final = {
    **dict.fromkeys(("kr", "kp"), "ko"),
    "jp": "ja",
    **dict.fromkeys(("cn", "ch"), "zh-Hans"),
    **dict.fromkeys(("tw", "hk"), "zh-Hant"),
}
_NO_LANGUAGE: Final = frozenset({"und", "mul", "mis", "zxx"})


@lru_cache(maxsize=1024)
def check_meant(tag: str) -> None:
    """Raise Refused for a tag that hardly means what it says: `kr` for Korean, `kor` for `ko`, `und`."""
    language, hyphen, rest = tag.partition("-")
    if language in _NO_LANGUAGE:
        raise Refused(Reason("%(tag)s names no language; write which one it is, such as ja, ko or zh-Hans", tag=tag))
    meant = _MISTAKEN.get(language.lower())
    if meant is None and len(language) == 3 and langcodes.tag_is_valid(language):
        meant = langcodes.Language.get(language, normalize=True).to_tag()
    if meant not in (None, language):
        meant = f"{str(meant).partition('-')[0]}-{rest}" if hyphen else meant
        raise Refused(Reason("%(tag)s is not the tag of the language meant; write %(meant)s", tag=tag, meant=meant))


# The scripts that are written from right to left (Unicode TR 9), by their codes in ISO 15924.
_LEFTWARDS: Final = frozenset("Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())


@lru_cache(maxsize=1024)
def is_leftwards(tag: str) -> bool:
    """Whether a language is written from right to left; of what is no tag, not."""
    try:
        return _script(tag) in _LEFTWARDS
    except ValueError:
        return False


@lru_cache(maxsize=1024)
def _check(tag: str) -> None:
    if not _SHAPE.fullmatch(tag) or not langcodes.tag_is_valid(tag):
        raise Refused(Reason("%(tag)s is not a language tag such as ja, ja-Latn or zh-Hans", tag=tag))
    canonical = langcodes.Language.get(tag, normalize=False).to_tag()
    if tag != canonical:
        raise Refused(Reason("the language tag %(tag)s must be written %(canonical)s", tag=tag, canonical=canonical))


@lru_cache(maxsize=1024)
def _script(tag: str) -> str:
    return langcodes.Language.get(tag, normalize=False).maximize().script or ""


@lru_cache(maxsize=1024)
def name_of(tag: str, reader: str) -> str:
    """What the language of `tag` is called in the language of `reader`: "Japanese (Latin)", "日本語", "繁体中文".

    Raises Refused if `tag` is none. A name that CLDR does not have is given in English, else as the tag itself; so is
    every name for a reader whose language CLDR does not have.
    """
    wanted, locale = LanguageTag(tag), _locale(reader)
    own = _OWN_NAMES.get((locale.language, tag)) or locale.languages.get(tag.replace("-", "_"))
    if own:
        return own
    name = _word(locale, "languages", wanted.language)
    rest = [word for subtag in wanted.split("-")[1:] if (word := _subtag(locale, subtag, wanted))]
    return _BRACKETS.get(locale.language, "{} ({})").format(name, ", ".join(rest)) if rest else name


def _subtag(locale: Locale, subtag: str, whole: LanguageTag) -> str:
    if subtag == "pinyin":
        return _PINYIN.get(locale.language, subtag)
    if len(subtag) == 4 and subtag.isalpha():
        return "" if "pinyin" in whole else _word(locale, "scripts", subtag)
    if len(subtag) <= 3:
        return _word(locale, "territories", subtag)
    return _word(locale, "variants", subtag.upper())


def _word(locale: Locale, kind: str, code: str) -> str:
    english = getattr(Locale("en"), kind)
    return str(getattr(locale, kind).get(code) or english.get(code) or code)


def _locale(reader: str) -> Locale:
    try:
        return Locale.parse(reader, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
