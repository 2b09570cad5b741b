"""What is found among texts that do not stand: drafts and proposed texts one may see. Pure.

They are found by the words of their titles; an exchange also by its number and the names of its institutions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, Drafted
from koryu.records.search_entry import counted
from koryu.search.figures import folded_words
from koryu.values.text import Text
from koryu.wording.titles import title_of


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """A draft, or a proposed text of a record where `draft` is 0; `by` is the institution whose it is."""

    title: Text
    kind: str
    record: str
    by: str
    at: str
    draft: int = 0
    content: Mapping[str, Any] = field(default_factory=dict, compare=False)


def drafted(drafts: Iterable[Drafted]) -> tuple[Unfinished, ...]:
    """Drafts that have a title."""
    return tuple(
        Unfinished(
            title=title,
            kind=draft.kind,
            record=draft.record,
            by=draft.institution,
            at=draft.changed_at,
            draft=draft.id,
            content=draft.content,
        )
        for draft in drafts
        if (title := title_of(draft.content))
    )


def proposed(consultations: Iterable[Consultation], *, institution: str) -> tuple[Unfinished, ...]:
    """The texts that are not settled and that this institution must agree to."""
    return tuple(
        Unfinished(
            title=title,
            kind=consultation.header.kind,
            record=consultation.record,
            by=consultation.proposed.institution,
            at=consultation.proposed.at,
            content=consultation.content or {},
        )
        for consultation in consultations
        if institution in consultation.history.must_agree(consultation.version)
        and (title := title_of(consultation.content or {}))
    )


def titled(
    query: str, texts: Iterable[Unfinished], *, called: Callable[[str], Iterable[str]]
) -> tuple[Unfinished, ...]:
    """Those of which every word of the query is in one form of the title, of a number or of the name of an institution,
    whatever the width, case or accents.

    `called` gives the names of an institution by its URI.
    """
    words = folded_words(query)
    if not words:
        return ()
    return tuple(text for text in texts if _has(words, text.title, text.content, called))


def is_called(query: str, title: Text, content: Mapping[str, Any], *, called: Callable[[str], Iterable[str]]) -> bool:
    """Whether a text that does not stand is found so."""
    words = folded_words(query)
    return bool(words) and _has(words, title, content, called)


def _has(words: Iterable[str], title: Text, content: Mapping[str, Any], called: Callable[[str], Iterable[str]]) -> bool:
    titles = [_folded(form) for form in title.forms.values()]
    words = tuple(words)
    # In one language of the title; else also by what an exchange is known by besides.
    if any(all(word in form for word in words) for form in titles):
        return True
    besides = [_folded(form) for form in _besides(content, called)]
    return bool(besides) and all(any(word in form for form in (*titles, *besides)) for word in words)


def _besides(content: Mapping[str, Any], called: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """The numbers and institutions of an exchange, finished or not, as they are written."""
    if content.get("kind") != "exchange":
        return
    held = content.get("programmes")
    for each in held if isinstance(held, list) else ():
        number = each.get("number") if isinstance(each, Mapping) else None
        yield from (form.text for form in counted(number if isinstance(number, str) else ""))
    listed = content.get("institutions")
    for uri in listed if isinstance(listed, list) else ():
        yield from called(uri) if isinstance(uri, str) else ()


def names_of_line(line: Line | None) -> tuple[str, ...]:
    """What a record is called, at length and in short, in every language; nothing where it may not be read."""
    called = (line.summary.title, line.summary.short) if line else ()
    return tuple(name for names in called for tag, name in names.items() if tag != "source")


def institutions_in(texts: Iterable[tuple[str, Mapping[str, Any]]]) -> set[str]:
    """The institutions of the exchanges among these (kind, content), whose names they are found by."""
    listed = (content.get("institutions") for kind, content in texts if kind == "exchange")
    return {uri for each in listed if isinstance(each, list) for uri in each if isinstance(uri, str)}


def _folded(text: str) -> str:
    return "".join(folded_words(text))
