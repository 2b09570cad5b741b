"""The fields of each kind, read from its pydantic model: for code that works on the contents of any kind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from koryu.records.document import Document, Duration, File
from koryu.records.form_groups import FormGroup
from koryu.records.kinds import KINDS
from koryu.records.links import Ref
from koryu.values.edtf import Edtf
from koryu.values.language_tags import LanguageTag
from koryu.values.text import Text

# Fields that only identify something: they are neither shown nor compared.
_UNSAID: Final = frozenset({"id", "kind"})
# What stands at the end of every kind: what is said about its other fields.
SAID_ABOUT: Final = ("sources", "variants", "derived", "open")


class FieldType(StrEnum):
    """What sort of value a field holds."""

    TEXT = "text"
    DATE = "date"
    DATE_OR_TEXT = "date or text"
    RECORD = "record"
    WORD = "word"
    LANGUAGE = "language"
    FLAG = "flag"
    NUMBER = "number"
    DURATION = "duration"
    FILE = "file"
    GROUP = "group"
    PLAIN = "plain"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field: the type of its value (`sort`), whether it is a list of them (`many`), and its default.

    `fields` are those of a group, `kinds` the kinds of record a link may lead to, `choices` the words to choose from.
    At the top of a record it stands in a `group` of the form, open at once where it comes `first`, else folded.
    """

    name: str
    sort: FieldType
    many: bool = False
    default: Any = None
    required: bool = False
    fields: tuple["Field", ...] = ()
    kinds: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    group: FormGroup = FormGroup.WHAT
    first: bool = False
    # What its kind calls it, where other kinds call it otherwise or have none: a message to be translated.
    called: str = ""

    def is_said_empty(self, value: Any) -> bool:
        """Whether a value says of a list that nothing is in it, where that is more than saying nothing."""
        is_empty = isinstance(value, list | tuple) and not value
        return is_empty and self.many and self.default is None and not self.required


def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind in the order in which they are read; none for a kind that is not known.

    The title comes first, then what is the kind's own, then what is said about statements.
    """
    model = KINDS.get(kind)
    return fields_in(model) if model else ()


@cache
def fields_in(model: type[Document]) -> tuple[Field, ...]:
    """As `fields_of`, for the model of a kind."""
    shared = [name for name in Document.model_fields if name not in (*_UNSAID, "title")]
    own = [name for name in model.model_fields if name not in Document.model_fields]
    notes_first = sorted(shared, key=lambda name: name != "notes")
    return tuple(_at_the_top(model, name) for name in ("title", *own, *notes_first))


def _at_the_top(model: type[Document], name: str) -> Field:
    field = _field(name, model.model_fields[name])
    declared = next((group for group, names in model.form_groups.items() if name in names), FormGroup.WHAT)
    group = FormGroup.SAID if name in SAID_ABOUT else declared
    first = field.required or name in model.first_fields
    return replace(field, group=group, first=first, called=model.field_names.get(name, ""))


def files_named(content: Mapping[str, Any]) -> dict[str, str]:
    """The names of the files in the file fields of a content, finished or not, by digest.

    A digest written in a text, a note or an identifier names no file.
    """
    return dict(_files(fields_of(str(content.get("kind", ""))), content))


def _files(fields: tuple[Field, ...], content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in fields:
        if field.sort not in (FieldType.FILE, FieldType.GROUP):
            continue
        value = content.get(field.name)
        for item in value if isinstance(value, list | tuple) else (value,):
            if not isinstance(item, Mapping):
                continue
            if field.sort is FieldType.GROUP:
                yield from _files(field.fields, item)
            elif isinstance(item.get("digest"), str):
                yield item["digest"], str(item.get("name", ""))


def _inside(model: type[BaseModel]) -> tuple[Field, ...]:
    called: Mapping[str, str] = getattr(model, "field_names", {})
    fields = ((name, _field(name, info)) for name, info in model.model_fields.items() if name not in _UNSAID)
    return tuple(replace(field, called=called[name]) if name in called else field for name, field in fields)


def _field(name: str, info: FieldInfo) -> Field:
    required = info.is_required()
    default = None if required else _plain(info.get_default())
    return _of(info.annotation, name=name, default=default, required=required)


def _of(annotation: Any, **known: Any) -> Field:
    # Before Annotated is taken apart: a duration is text with a pattern, and no plain text to whoever fills it in.
    if annotation == Duration:
        return Field(sort=FieldType.DURATION, **known)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _of(parts[0], **known)
    if origin is tuple:
        return _of(parts[0], many=True, **known)
    if origin is Literal:
        return Field(sort=FieldType.WORD, choices=tuple(map(str, parts)), **known)
    if origin in (Union, UnionType):
        held = [part for part in parts if part is not type(None)]
        return Field(sort=FieldType.DATE_OR_TEXT, **known) if len(held) > 1 else _of(held[0], **known)
    return _of_class(annotation, **known)


def _of_class(held: type, **known: Any) -> Field:
    if issubclass(held, Ref):
        return Field(sort=FieldType.RECORD, kinds=held.kinds, **known)
    if issubclass(held, StrEnum):
        return Field(sort=FieldType.WORD, choices=tuple(map(str, held)), **known)
    if issubclass(held, BaseModel) and held is not File:
        return Field(sort=FieldType.GROUP, fields=_inside(held), **known)
    return Field(sort=_SORTS.get(held, FieldType.PLAIN), **known)


_SORTS: Final[dict[type, FieldType]] = {
    Text: FieldType.TEXT,
    Edtf: FieldType.DATE,
    LanguageTag: FieldType.LANGUAGE,
    File: FieldType.FILE,
    bool: FieldType.FLAG,
    int: FieldType.NUMBER,
}


def _plain(value: Any) -> Any:
    """A default value as JSON, as a content would have it."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, StrEnum) else value
