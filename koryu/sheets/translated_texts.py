"""The texts of a content that are put into other languages: where each stands, its original, its translations. Pure.

Names of people, what sources say and what is left open are no such texts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from koryu.seals.digests import digest_of
from koryu.values.language_tags import LanguageTag
from koryu.values.reason import Refused

# A name has a reading and other written forms, and is not translated; what a source says stays as it says it.
_LEFT_OUT: Final = frozenset({"printed", "names", "sources", "variants", "derived", "open"})
_SOURCE: Final = "source"
# Long enough that no two originals of one text have the same.
_DIGITS: Final = 16


@dataclass(frozen=True, kw_only=True)
class TextAtPath:
    """One text of a content: its path (`sessions[s1].title`), its forms by language, which of these is its original."""

    path: str
    forms: Mapping[str, str]
    source: str

    @property
    def original(self) -> str:
        return self.forms[self.source]

    @cached_property
    def made_of(self) -> str:
        """What tells whether the original is as it was when a translation was made of it."""
        return original_digest(self.source, self.original)


@dataclass(frozen=True, kw_only=True)
class TouchedTranslation:
    """A translation that a change of its content concerns, with what tells of which original it was made.

    `typed` where it was typed itself; else its original was changed, and it was made of what that was before.
    """

    path: str
    language: str
    made_of: str
    typed: bool


@lru_cache(maxsize=4096)
def original_digest(tag: str, original: str) -> str:
    """What tells one original from another: sixteen hexadecimal digits of a language and the words in it."""
    return digest_of({"lang": tag, "text": original}).removeprefix("sha256:")[:_DIGITS]


def texts_in_content(content: Mapping[str, Any]) -> Iterator[TextAtPath]:
    """The texts of a content, finished or not, in the order in which they stand there."""
    yield from _in_group(content, "")


def text_at(content: Mapping[str, Any], path: str) -> TextAtPath | None:
    """The text at a path; None where none is."""
    return next((text for text in texts_in_content(content) if text.path == path), None)


def touched_translations(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[TouchedTranslation]:
    """The translations that were typed between two contents, and those whose original was changed and they were not."""
    if before == after:
        return
    was = {text.path: text for text in texts_in_content(before)}
    for text in texts_in_content(after):
        old = was.get(text.path)
        if old == text:
            continue
        for tag, form in text.forms.items():
            if tag == text.source:
                continue
            if old is None or old.forms.get(tag) != form or tag == old.source:
                yield TouchedTranslation(path=text.path, language=tag, made_of=text.made_of, typed=True)
            elif old.made_of != text.made_of:
                yield TouchedTranslation(path=text.path, language=tag, made_of=old.made_of, typed=False)


def _texts(value: Any, path: str) -> Iterator[TextAtPath]:
    if isinstance(value, dict):
        if forms := _forms(value):
            source = value.get(_SOURCE)
            yield TextAtPath(path=path, forms=forms, source=source if source in forms else next(iter(forms)))
            return
        yield from _in_group(value, path)
    elif isinstance(value, list):
        for item in value:
            # An item is never a text, though its id may look like the tag of a language.
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                yield from _in_group(item, f"{path}[{item['id']}]")


def _in_group(group: Mapping[str, Any], path: str) -> Iterator[TextAtPath]:
    for name, inner in group.items():
        if name not in _LEFT_OUT and isinstance(inner, dict | list):
            yield from _texts(inner, f"{path}.{name}" if path else name)


def _forms(value: Mapping[str, Any]) -> dict[str, str]:
    """The forms of a text by language; nothing for what is another group of values."""
    forms = {tag: form for tag, form in value.items() if tag != _SOURCE}
    if not forms or not all(isinstance(form, str) and _is_tag(tag) for tag, form in forms.items()):
        return {}
    return {tag: form for tag, form in forms.items() if form.strip()}


@lru_cache(maxsize=512)
def _is_tag(written: str) -> bool:
    try:
        LanguageTag(written)
    except Refused:
        return False
    return True
