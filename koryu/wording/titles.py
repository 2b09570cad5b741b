"""What a record is called: its title as far as it is written yet, and its short name where a list has little room."""

from collections.abc import Mapping
from typing import Any

from koryu.archive.queries import Line
from koryu.values.text import Text


def title_of(content: Mapping[str, Any]) -> Text | None:
    """The title of a content, finished or not; None where it has none that can be read yet."""
    title = content.get("title")
    try:
        return Text(title) if title else None
    except (TypeError, ValueError):
        return None


def short_name(line: Line, tag: str) -> Text:
    """What a record is called in a list: by its short name in this language, where it has one; else by its title."""
    short = line.summary.short.get(tag)
    return Text.kept({tag: short}) if short else line.title


def short_name_in_words(line: Line | None, uri: str, tag: str) -> str:
    """As `short_name`, as a plain string, where no language can be marked; the URI of what is not on record here."""
    return str(short_name(line, tag).shown(tag).text) if line else uri
