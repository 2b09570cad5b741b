"""One text in several languages, exactly as written."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Self

from pydantic import AfterValidator, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from koryu.values.frozen import is_new
from koryu.values.invisible import check_seen
from koryu.values.language_tags import LanguageTag, check_meant
from koryu.values.reason import Reason, Refused

_SOURCE = "source"
_NOT_A_TEXT = Reason('a text by language was expected, such as {"ja": "…", "en": "…", "source": "ja"}')


class ShownText(NamedTuple):
    """What a reader sees: the text, the language it is in, and whether that is the reader's own (`wanted`)."""

    text: str
    lang: LanguageTag
    wanted: bool


@dataclass(frozen=True, init=False, eq=False)
class Text:
    """A text in one or more languages, one of them the source; never Unicode-normalised.

    Made from its JSON form, `{"ja": "…", "en": "…", "source": "ja"}`, which `as_json` gives back in the same order.
    `source` may be left out of one language alone. Equal when the JSON forms are. Raises Refused otherwise.
    """

    _document: Mapping[str, str]

    def __init__(self, document: Mapping[str, str]) -> None:
        _check(document)
        object.__setattr__(self, "_document", dict(document))

    @classmethod
    def of(cls, *, source: str | None = None, **forms: str) -> Self:
        """`Text.of(ja="…", zh_Hans="…", source="ja")`: tags as keywords, with _ for -."""
        document = {tag.replace("_", "-"): text for tag, text in forms.items()}
        return cls(document if source is None else {**document, _SOURCE: source})

    @classmethod
    def kept(cls, document: Mapping[str, str]) -> Self:
        """A text from a JSON form that was checked before it was kept; it is not checked again."""
        made = object.__new__(cls)
        object.__setattr__(made, "_document", document)
        return made

    def as_json(self) -> dict[str, str]:
        """The JSON form it was made from."""
        return dict(self._document)

    @property
    def forms(self) -> dict[LanguageTag, str]:
        """The text by language, in the order given."""
        return {LanguageTag(tag): text for tag, text in self._document.items() if tag != _SOURCE}

    @property
    def source(self) -> LanguageTag:
        """The language the text was first written in."""
        return LanguageTag(self._document.get(_SOURCE) or next(iter(self._document)))

    def shown(self, reader: str) -> ShownText:
        """The text for a reader of `reader`: in that language, else in another script of it, else the source.

        `wanted` tells whether it is in that language and script; where it is not, the page says which it is in.
        """
        document = self._document
        if reader in document:
            return ShownText(document[reader], _tag(reader), True)
        best, wanted = _nearest(tuple(document), document.get(_SOURCE) or next(iter(document)), reader)
        return ShownText(document[best], best, wanted)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.as_json() == other.as_json()

    def __hash__(self) -> int:
        return hash(frozenset(self._document.items()))

    def __repr__(self) -> str:
        return f"Text({self.as_json()!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(cls.as_json)
        return core_schema.with_info_plain_validator_function(cls._from, serialization=written)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "object", "additionalProperties": {"type": "string", "minLength": 1}, "minProperties": 1}

    @classmethod
    def _from(cls, value: object, info: ValidationInfo) -> Self:
        if isinstance(value, cls):
            return value
        if (info.context or {}).get("kept"):
            return cls.kept(value)  # type: ignore[arg-type]  # -- it was a mapping when it was kept
        if is_new(info) and isinstance(value, Mapping):
            for tag in value:
                check_meant(str(tag))
        return cls(value)  # type: ignore[arg-type]  # -- what is no mapping is refused


_SAME, _SAME_SCRIPT, _SAME_LANGUAGE, _FOREIGN = range(4)


@lru_cache(maxsize=1024)
def _tag(written: str) -> LanguageTag:
    return LanguageTag(written)


@lru_cache(maxsize=4096)
def _nearest(tags: tuple[str, ...], source: str, reader: str) -> tuple[LanguageTag, bool]:
    """Which of the languages a reader is shown, and whether it is the one asked for."""
    asked = LanguageTag(reader)
    forms = [LanguageTag(tag) for tag in tags if tag != _SOURCE]
    best = min(forms, key=lambda tag: (_distance(tag, asked), tag != source, tag))
    if _distance(best, asked) == _FOREIGN:
        best = LanguageTag(source)
    return best, _distance(best, asked) <= _SAME_SCRIPT


def _distance(tag: LanguageTag, asked: LanguageTag) -> int:
    if tag == asked:
        return _SAME
    if tag.language != asked.language:
        return _FOREIGN
    return _SAME_SCRIPT if tag.script == asked.script else _SAME_LANGUAGE


def _check(document: object) -> None:
    if not isinstance(document, Mapping):
        raise Refused(_NOT_A_TEXT)
    if not all(isinstance(part, str) for pair in document.items() for part in pair):
        raise Refused(_NOT_A_TEXT)
    tags = [LanguageTag(tag) for tag in document if tag != _SOURCE]
    if not tags:
        raise Refused(_NOT_A_TEXT)
    if _SOURCE not in document and len(tags) > 1:
        raise Refused(Reason("a text in more than one language must say which is its source"))
    if _SOURCE in document and document[_SOURCE] not in tags:
        raise Refused(Reason("the source of a text must be one of its languages, not %(tag)s", tag=document[_SOURCE]))
    for tag in tags:
        check_characters(document[tag], allowed="\n")


def check_characters(text: str, *, allowed: str = "") -> None:
    """Raise Refused for a blank text, or one with a control character (Cc) not `allowed` or half a character (Cs)."""
    if not text.strip():
        raise Refused(Reason("a text must not be empty"))
    if text.isprintable():
        return
    for character in text:
        if character not in allowed and unicodedata.category(character) in ("Cc", "Cs"):
            code = f"U+{ord(character):04X}"
            raise Refused(Reason("a text must not contain the control character %(code)s", code=code))


def _line(text: str, info: ValidationInfo) -> str:
    check_characters(text)
    if is_new(info):
        check_seen(text)
    return text


Line = Annotated[str, AfterValidator(_line)]
"""One line of text in no particular language, as written: not blank, no line break, and nothing that cannot be seen."""
