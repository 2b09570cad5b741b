"""How a sheet arranges the fields of each kind: which come first, which hold several lines, and their hints."""

from collections.abc import Iterable, Mapping
from typing import Final

from koryu.records.form_groups import FormGroup
from koryu.records.kinds import KINDS
from koryu.records.schema import Field, FieldType
from koryu.values.language_tags import INTERFACE
from koryu.values.reason import N_

# The languages that stand side by side, and those that are offered besides.
SIDE_BY_SIDE: Final = INTERFACE
OFFERED: Final = (
    *("en", "ja", "zh-Hans", "ko", "ja-Kana", "ja-Latn", "zh-Hant", "zh-Latn-pinyin", "ko-Hani", "ko-Latn"),
    *("fr", "de", "es", "ru", "mn", "vi", "th"),
)

_PROSE: Final = frozenset(
    {
        *("notes", "purpose", "provides", "terms", "how_to_use", "text", "remark", "goals", "described", "grounds"),
        *("stated", "arrangement"),
    }
)
_CLOCK: Final = frozenset({"start", "end"})

_HINTS: Final[Mapping[str, str]] = {
    "time_zone": N_("Such as Asia/Tokyo."),
    "programme_year": N_("As it is printed, such as 2006."),
    "number": N_("As it is printed."),
    "exchanges": N_("Number of exchanges agreed."),
    "planned_size": N_("Number of people expected."),
    "lang": N_("A language tag such as ja, zh-Hans or ko-Hani."),
    "reading_lang": N_("A language tag such as ja-Kana or ko-Latn."),
    "language": N_("A language tag such as ja, zh-Hans or ko-Hani."),
    "field": N_("The name of the field it is about."),
    "address": N_("Begins with https:// or http://."),
    "copy_at": N_("Begins with https:// or http://."),
    "complete": N_("Whether everything is listed."),
    "turn_of": N_("Only where the turn to host was not the host’s own."),
}
# Lists of which it can be said that nothing is in them, which is more than that nothing is said.
_SAYS_NONE: Final[Mapping[str, str]] = {"turn_of": N_("nobody’s")}
# Of a choice among these words alone: elsewhere a field of this name is a text.
_OF_CHOICES: Final[Mapping[str, str]] = {
    "scope": N_("“Whole visit” includes the days of travel; “exchange” is the days of the programme alone."),
}
_BY_SORT: Final[Mapping[FieldType, str]] = {
    FieldType.DATE: N_("As you would write it: May 1999, 1985–86, about 2003, from January 2003."),
    FieldType.FILE: N_("PDF, PNG, JPEG, TIFF, Word, OpenDocument, plain text or a mail, at most %(size)s MB."),
}
HOUR: Final = N_("Such as 09:30.")


def in_order(kind: str, fields: Iterable[Field]) -> list[Field]:
    """The fields as the editor sets them: question by question, in each first those that are open at once."""
    questions, declared = list(FormGroup), KINDS[kind].form_groups

    def place(field: Field) -> tuple[int, bool, int]:
        names = declared.get(field.group, ())
        return questions.index(field.group), not field.first, names.index(field.name) if field.name in names else 99

    return sorted(fields, key=place)


def is_prose(field: Field) -> bool:
    """Whether a field holds more than a line."""
    return field.name in _PROSE


def is_prose_named(path: str) -> bool:
    """As `is_prose`, for the field at a path."""
    return path.rpartition(".")[2] in _PROSE


def is_clock(field: Field) -> bool:
    """Whether a field holds a time of day."""
    return field.sort is FieldType.PLAIN and field.name in _CLOCK


def says_none(field: Field) -> str:
    """In which words a list says that nothing is in it; '' where it cannot."""
    return _SAYS_NONE[field.name] if field.is_said_empty([]) else ""


def hint(field: Field) -> str:
    """What helps in filling in a field; '' where nothing needs to be said."""
    if is_clock(field):
        return HOUR
    if field.sort is FieldType.WORD and field.name in _OF_CHOICES:
        return _OF_CHOICES[field.name]
    return _HINTS.get(field.name, "") if field.sort is not FieldType.DATE else _BY_SORT[FieldType.DATE]


FILE_HINT: Final = _BY_SORT[FieldType.FILE]
