"""From what was typed to a content: plain JSON, unfinished where the draft is, and nothing that was typed lost.

What was typed comes as a plain mapping from paths to the values given there, in their order: `title.ja`,
`institutions[m1].institution`. A form posts it so; a pasted table, a Word file and a spreadsheet are only other ways to
the same mapping. What is not understood (as a date, a number, a record) stays in the content as it was typed, until
somebody mends it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.records.schema import Field, FieldType, fields_of
from koryu.sheets import clean, layout
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.typed import as_typed
from koryu.values.uris import Uri

# Endings of the names of controls, behind the path: what was looked for, what was chosen from the results.
FIND: Final = ":find"
CHOSEN: Final = ":chosen"
# A text in one language says which that is only where it did before.
SAYS_SOURCE: Final = ":says-source"
SAYS_NONE: Final = ":none"
MORE_LANG: Final = ":lang"
MORE_TEXT: Final = ":text"
NEW: Final = "[+]"
YES, NO = "yes", "no"
Typed = Mapping[str, Sequence[str]]
UNITS: Final = ("Y", "M", "W", "D")
_OF_FILE: Final = ("id", "name", "digest", "media_type")


def content_of(kind: str, typed: Typed) -> dict[str, Any]:
    """The content of a draft of this kind as it was typed."""
    return {"kind": kind, **_Read.of(typed).fields(fields_of(kind), "")}


def understood(typed: str) -> str:
    """A date as records write it; what is not understood, as it was typed."""
    try:
        return str(as_typed(typed))
    except Refused:
        return clean.line(typed)


def date_typed(typed: str) -> Edtf:
    """The date that was typed. Raises Refused with what is wrong, or with how dates are written."""
    return as_typed(typed)


@dataclass(frozen=True)
class _Read:
    """What was typed, by path; `below` are the last steps of the paths below each path."""

    given: Typed
    below: Mapping[str, list[str]]

    @classmethod
    def of(cls, given: Typed) -> "_Read":
        below = defaultdict(list)
        for name in given:
            path, dot, last = name.rpartition(".")
            if dot:
                below[path].append(last)
        return cls(given, below)

    def last(self, path: str) -> str:
        """What was typed at a path; of several values the last, as browsers and Django have it."""
        values = self.given.get(path)
        return str(values[-1]) if values else ""

    def fields(self, fields: Sequence[Field], prefix: str) -> dict[str, Any]:
        values = ((field, self.field(field, f"{prefix}{field.name}")) for field in fields)
        return {field.name: value for field, value in values if value is not None and value != field.default}

    def field(self, field: Field, path: str) -> Any:
        if not field.many:
            return self.one(field, path)
        if field.sort is FieldType.GROUP:
            return self.items(field, path)
        if field.sort is FieldType.WORD:
            # Nothing chosen is posted as nothing; it was asked if the page says so.
            return list(self.given.get(path, ())) if f"{path}:asked" in self.given else None
        places = [f"{path}[{place}]" for place in self.given.get(path, ())]
        values = [value for place in (*places, path + NEW) if (value := self.one(field, place)) is not None]
        # Nothing in it, and nothing said of it, are two things where the page asks which.
        return values or ([] if field.is_said_empty([]) and f"{path}{SAYS_NONE}" in self.given else None)

    def items(self, field: Field, path: str) -> list[dict[str, Any]] | None:
        items = [(name, self.fields(field.fields, f"{path}[{name}].")) for name in self.given.get(path, ())]
        return [{"id": name, **item} for name, item in items if item] or None

    def one(self, field: Field, path: str) -> Any:
        if field.sort is FieldType.GROUP:
            return self.fields(field.fields, f"{path}.") or None
        if field.sort is FieldType.PLAIN:
            return self.plain(field, path)
        return _READ[field.sort](self, path)

    def typed(self, path: str) -> str:
        return clean.line(self.last(path))

    def plain(self, field: Field, path: str) -> str | None:
        typed = self.last(path)
        if layout.is_clock(field):
            hour = clean.digits(typed)
            return (f"0{hour}" if hour[1:2] == ":" else hour) or None
        return (clean.prose(typed) if layout.is_prose(field) or "\n" in typed.strip() else clean.line(typed)) or None

    def text(self, path: str) -> dict[str, str] | None:
        prose = layout.is_prose_named(path)
        typed = {tag: self.last(f"{path}.{tag}") for tag in self.below.get(path, ()) if tag != "source"}
        if more := self.last(path + MORE_TEXT).strip():
            # A text without its language is kept all the same: `und` is refused later, beside the text itself.
            typed.setdefault(self.typed(path + MORE_LANG) or "und", more)
        forms = {
            tag: text
            for tag, written in typed.items()
            if (text := clean.prose(written) if prose or "\n" in written.strip() else clean.line(written))
        }
        if not forms:
            return None
        source = self.typed(f"{path}.source")
        says = len(forms) > 1 or f"{path}{SAYS_SOURCE}" in self.given
        return {**forms, "source": source} if says and source in forms else forms

    def date(self, path: str) -> str | None:
        return understood(self.last(path)) or None

    def date_or_text(self, path: str) -> str | dict[str, str] | None:
        return self.text(path) if path in self.below else self.date(path)

    def record(self, path: str) -> str | None:
        """The record that was chosen from the results; else the words to search for; else the record that was there."""
        return self.typed(path + CHOSEN) or self.typed(path + FIND) or self.typed(path) or None

    def word(self, path: str) -> str | None:
        return self.typed(path) or None

    def flag(self, path: str) -> bool | str | None:
        typed = self.typed(path)
        return {YES: True, NO: False}.get(typed, typed or None)

    def number(self, path: str) -> int | str | None:
        typed = clean.digits(self.last(path))
        return int(typed) if typed.isdecimal() and len(typed) < 10 else typed or None

    def duration(self, path: str) -> str | None:
        typed = ((unit, clean.digits(self.last(f"{path}.{unit}"))) for unit in UNITS)
        return "P" + said if (said := "".join(f"{number}{unit}" for unit, number in typed if number)) else None

    def file(self, path: str) -> dict[str, Any] | None:
        """A file that was kept before; what is uploaded with this form is put in its place by the page."""
        known = {name: self.typed(f"{path}.{name}") for name in _OF_FILE}
        return {**known, "size": self.number(f"{path}.size")} if known["digest"] else None


_READ: Final[Mapping[FieldType, Callable[[_Read, str], Any]]] = {
    FieldType.TEXT: _Read.text,
    FieldType.DATE: _Read.date,
    FieldType.DATE_OR_TEXT: _Read.date_or_text,
    FieldType.RECORD: _Read.record,
    FieldType.WORD: _Read.word,
    FieldType.LANGUAGE: _Read.word,
    FieldType.FLAG: _Read.flag,
    FieldType.NUMBER: _Read.number,
    FieldType.DURATION: _Read.duration,
    FieldType.FILE: _Read.file,
}


def is_date(value: object) -> bool:
    """Whether this is a date as records write it."""
    try:
        return isinstance(value, str) and bool(Edtf(value))
    except Refused:
        return False


def is_record(value: object) -> bool:
    """Whether this names a record, and is not what somebody looked for."""
    try:
        return isinstance(value, str) and bool(Uri(value))
    except Refused:
        return False
