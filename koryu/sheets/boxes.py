"""A content as a sheet: one box for each field of its kind, in order, with what is wrong beside it.

What draws boxes (`koryu.markup.sheet_html`, `widgets`) knows no kind of record, and boxes know no HTML.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

from koryu.records.form_groups import FormGroup
from koryu.records.schema import Field, FieldType, fields_of
from koryu.sheets import layout
from koryu.sheets.errors import Wrong
from koryu.sheets.operations import is_tag
from koryu.sheets.parse import UNITS, is_date, is_record, understood
from koryu.values.edtf import Edtf
from koryu.values.language_tags import name_of
from koryu.values.reason import Reason

InWords = Callable[[Edtf], str]
_LENGTH: Final = re.compile(r"P(?:(.*?)Y)?(?:(.*?)M)?(?:(.*?)W)?(?:(.*?)D)?")


@dataclass(frozen=True, slots=True)
class LanguageRow:
    """A text in one language: what that is `called`, and its tag in `lang` where it is one."""

    tag: str
    called: str
    lang: str
    text: str
    source: bool
    fixed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One field of a sheet, or one value of a list of them: where it is, what it holds, what is wrong with it.

    `looks` says how it is drawn. `inside` are the boxes of a group, the items of a list or the values of one; `rows`
    the languages of a text; `typed` what stands in the line; `echo` how it is understood.
    """

    looks: str
    path: str
    name: str
    top: bool
    required: bool
    field: Field
    wrong: tuple[Reason, ...] = ()
    value: Any = None
    typed: str = ""
    echo: Edtf | None = None
    hint: str = ""
    prose: bool = False
    says_source: bool = False
    rows: tuple[LanguageRow, ...] = ()
    inside: tuple["Box", ...] = ()
    first: bool = False
    last: bool = False

    @property
    def is_filled(self) -> bool:
        """Whether anything is said here."""
        return self.value not in (None, "", [], {}) or self.is_none or bool(self.wrong)

    @property
    def is_none(self) -> bool:
        """Whether it is said of a list that nothing is in it."""
        return self.field.is_said_empty(self.value)

    @property
    def says_something(self) -> bool:
        """Whether here or inside it anything is said that is not said by itself, or anything is wrong."""
        match self.looks:
            case "duration":
                return bool(self.wrong) or any(self.value.values())
            case "group":
                return bool(self.wrong) or any(box.says_something for box in self.inside)
            case _:
                return self.is_filled and (bool(self.wrong) or self.value != self.field.default)

    @property
    def faults(self) -> int:
        """In how many places here and inside it something is wrong."""
        return sum(1 for box in _every([self]) if box.wrong)


@dataclass(frozen=True, kw_only=True)
class BoxGroup:
    """What one question of a form asks: the boxes that are open at once, and those that are folded."""

    name: FormGroup
    first: tuple[Box, ...]
    folded: tuple[Box, ...]

    @property
    def boxes(self) -> tuple[Box, ...]:
        """All of them, in order."""
        return (*self.first, *self.folded)

    @cached_property
    def filled(self) -> tuple[Box, ...]:
        """Those in which something is said."""
        return tuple(box for box in self.boxes if box.says_something)

    @cached_property
    def faults(self) -> int:
        """In how many places something is wrong."""
        return sum(box.faults for box in self.boxes)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The boxes of a kind in order, what is wrong with the whole, and which records are named."""

    boxes: tuple[Box, ...]
    wrong: tuple[Reason, ...]

    @cached_property
    def groups(self) -> tuple[BoxGroup, ...]:
        """The boxes by the question they belong to; a question that asks for nothing is left out."""
        by_group = {name: [box for box in self.boxes if box.field.group == name] for name in FormGroup}
        return tuple(
            BoxGroup(
                name=name,
                first=tuple(box for box in boxes if box.field.first),
                folded=tuple(box for box in boxes if not box.field.first),
            )
            for name, boxes in by_group.items()
            if boxes
        )

    def every(self) -> Iterator[Box]:
        """Each box and all that is inside it."""
        yield from _every(self.boxes)

    @property
    def named(self) -> set[str]:
        """The URIs of the records it names."""
        return {box.value for box in self.every() if box.looks == "record" and is_record(box.value)}

    @property
    def sought(self) -> tuple[Box, ...]:
        """The boxes in which a record is still looked for."""
        return tuple(box for box in self.every() if box.looks == "record" and box.value and not is_record(box.value))


def sheet_of(
    kind: str, content: Mapping[str, Any], *, wrong: Wrong, tag: str, in_words: InWords, words_only: bool = False
) -> Sheet:
    """The sheet of a content of this kind, finished or not.

    `tag` is the language of whoever fills it in, and `in_words` writes a date in it. Where `words_only`, only the words
    in languages that are not the source of their text can be changed.
    """
    showing = _Showing(wrong=wrong, tag=tag, in_words=in_words, words_only=words_only)
    fields = layout.in_order(kind, fields_of(kind))
    boxes = [showing.field(field, content.get(field.name), field.name, top=True) for field in fields]
    # What is wrong where there is no box would be seen nowhere: it is said of the whole.
    known = {path for box in _every(boxes) for path in [box.path] if box.wrong}
    return Sheet(
        boxes=tuple(boxes),
        wrong=tuple(reason for path, reasons in wrong.items() if path not in known for reason in reasons),
    )


def _unhinted(box: Box) -> Box:
    return replace(box, hint="") if box.hint else box


@dataclass(frozen=True, kw_only=True)
class _Showing:
    """What all boxes of a sheet are made with."""

    wrong: Wrong
    tag: str
    in_words: InWords
    words_only: bool

    def field(self, field: Field, value: Any, path: str, *, top: bool = False) -> Box:
        if not field.many:
            return self.one(field, value, path, top=top)
        values = value if isinstance(value, list) else [value] if value else []
        if field.sort is FieldType.GROUP:
            return self.box("items", field, value, path, top, inside=tuple(self.items(field, values, path)))
        if field.sort is FieldType.WORD:
            return self.box("words", field, values if value is not None else field.default or [], path, top)
        inside = [self.one(field, item, f"{path}[{place}]") for place, item in enumerate(values)]
        # One box more than there are values, to type the next one into.
        if not self.words_only:
            inside.append(self.one(field, None, f"{path}[+]"))
        # What helps in filling them in is said once, of the list.
        return self.box("values", field, value, path, top, inside=tuple(map(_unhinted, inside)))

    def items(self, field: Field, values: Sequence[Any], path: str) -> Iterator[Box]:
        for place, item in enumerate(values):
            here = f"{path}[{item['id']}]"
            yield Box(
                looks="item",
                path=here,
                name=item["id"],
                top=False,
                required=False,
                field=field,
                wrong=self.wrong.get(here, ()),
                value=item,
                inside=self.group(field, item, here),
                first=place == 0,
                last=place == len(values) - 1,
            )

    def group(self, field: Field, value: Any, path: str) -> tuple[Box, ...]:
        known = value if isinstance(value, Mapping) else {}
        return tuple(self.field(inner, known.get(inner.name), f"{path}.{inner.name}") for inner in field.fields)

    def one(self, field: Field, value: Any, path: str, *, top: bool = False) -> Box:
        match field.sort:
            case FieldType.GROUP:
                return self.box("group", field, value, path, top, inside=self.group(field, value, path))
            case FieldType.TEXT:
                return self.text(field, value, path, top)
            case FieldType.DATE_OR_TEXT if isinstance(value, Mapping):
                return self.text(field, value, path, top)
            case FieldType.DATE | FieldType.DATE_OR_TEXT:
                typed, echo = self.date(value)
                return self.box("date", field, value, path, top, typed=typed, echo=echo)
            case FieldType.FLAG:
                return self.box("flag", field, field.default if value is None else value, path, top)
            case FieldType.DURATION:
                return self.box("duration", field, _length(value), path, top)
            case FieldType.WORD:
                return self.box("word", field, field.default if value is None else value, path, top)
            case FieldType.PLAIN:
                prose = layout.is_prose(field) or "\n" in str(value or "")
                return self.box("plain", field, value, path, top, typed=str(value or ""), prose=prose)
            case FieldType.RECORD:
                typed = "" if value is None or is_record(value) else str(value)
                return self.box("record", field, value, path, top, typed=typed)
            case _:
                typed = "" if value is None else str(value)
                return self.box(str(field.sort), field, value, path, top, typed=typed)

    def box(self, looks: str, field: Field, value: Any, path: str, top: bool, **more: Any) -> Box:
        return Box(
            looks=looks,
            path=path,
            name=field.name,
            top=top,
            required=field.required,
            field=field,
            wrong=self.wrong.get(path, ()),
            value=value,
            hint=layout.hint(field),
            **more,
        )

    def text(self, field: Field, value: Any, path: str, top: bool) -> Box:
        forms = {tag: text for tag, text in value.items() if tag != "source"} if isinstance(value, Mapping) else {}
        source = value.get("source") if forms else self.tag
        sole = next(iter(forms), "") if len(forms) == 1 else ""
        rows = tuple(
            LanguageRow(
                tag=tag,
                called=(tongue := _tongue(tag, self.tag)) or tag,
                lang=tag if tongue else "",
                text=str(forms.get(tag, "")),
                source=tag == (source or sole),
                fixed=self.words_only and (tag == (source or sole) or not forms),
            )
            for tag in dict.fromkeys((*layout.SIDE_BY_SIDE, *forms))
        )
        prose = layout.is_prose(field) or any("\n" in row.text for row in rows)
        says_source = bool(sole and source)
        return self.box("text", field, value, path, top, rows=rows, prose=prose, says_source=says_source)

    def date(self, value: Any) -> tuple[str, Edtf | None]:
        """(text of the line, the date) of a value: in words, if they are read back as the same date; else as it is."""
        if not is_date(value):
            return "" if value is None else str(value), None
        return _in_line(Edtf(value), self.in_words), Edtf(value)


@lru_cache(maxsize=4096)
def _tongue(tag: str, reader: str) -> str:
    """What a reader calls a language; '' for what is no language tag."""
    return name_of(tag, reader) if is_tag(tag) else ""


@lru_cache(maxsize=4096)
def _same(words: str, value: str) -> bool:
    return understood(words) == value


def _in_line(value: Edtf, in_words: InWords) -> str:
    words = in_words(value)
    return words if _same(words, str(value)) else str(value)


def _length(value: Any) -> dict[str, str]:
    match = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    parts: Iterable[str | None] = match.groups() if match else (None,) * len(UNITS)
    return {unit: part or "" for unit, part in zip(UNITS, parts, strict=True)}


def _every(boxes: Iterable[Box]) -> Iterator[Box]:
    for box in boxes:
        yield box
        yield from _every(box.inside)
