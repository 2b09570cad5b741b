"""A content as people read it: field by field and in words, alone, or beside another with what differs marked.

Written as HTML by content_html. The content of a draft may be unfinished: what is not what it should be
is shown as it is written.
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
    """What is shown: its parts in order, and the URIs of the records it names, for `frame.show(naming=…)`."""

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
    """What was and what is, beside each other."""
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
            yield from (one for one in (part.was, part.now) if isinstance(one, str))
        yield from _named(part.inside)
