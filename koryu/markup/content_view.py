"""What is shown of a content: its parts, field by field, alone or beside another content.

`content_html` makes HTML of it. The content of a draft may be unfinished: a value of the wrong type is shown as it is
written.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from koryu.consent.rules.diff import DiffPart, How, beside
from koryu.records.schema import FieldType
from koryu.values.edtf import Edtf
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Refused


@dataclass(frozen=True)
class ContentView:
    """What is shown of a content: its parts in order, and `named`, the URIs of the records that a page must look up."""

    parts: tuple[DiffPart, ...]

    @property
    def named(self) -> frozenset[str]:
        return frozenset(_named(self.parts))

    @property
    def differs(self) -> bool:
        return any(part.how is not How.SAME for part in self.parts)


def read(content: Mapping[str, Any] | None) -> ContentView:
    """One content alone; nothing of one that was erased."""
    return compared(content, content)


def compared(was: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> ContentView:
    """Two contents beside each other: what was, and what is now."""
    return ContentView(beside(was or {}, now or {}))


def date_written(value: Any) -> Edtf | None:
    """The date that this is; None for what is none."""
    try:
        return Edtf(value)
    except (Refused, TypeError):
        return None


def language_written(value: Any) -> LanguageTag | None:
    """The language tag that this is; None for what is none."""
    try:
        return LanguageTag(value)
    except (Refused, TypeError):
        return None


def source_of(text: Mapping[str, Any]) -> str:
    """The language in which a text was first written."""
    return str(text.get("source") or next(iter(text), ""))


def _named(parts: Iterable[DiffPart]) -> Iterator[str]:
    for part in parts:
        if part.field.sort is FieldType.RECORD and not part.inside:
            yield from (uri for uri in (part.was, part.now) if isinstance(uri, str))
        yield from _named(part.inside)
