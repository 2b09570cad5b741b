"""Texts as they are read together: alone, beside what stands, beside what they answer. Drawn once for each reader.

A page of 50 texts would take longer than anybody waits if each were compared and drawn anew whenever it is looked at.
What the ledger says is known by its last entry, and so is what the records that a text names are called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from koryu.markup import content_html
from koryu.markup.content_view import ContentView, compared, read
from koryu.markup.desk_writer import DeskWriter

Content = Mapping[str, Any] | None


@dataclass(frozen=True, kw_only=True)
class TextViews:
    """A text: `alone`, `against` what stands, and `answering` another; None where there is no such."""

    alone: ContentView
    against: ContentView | None
    answering: ContentView | None
    named: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class DrawnText:
    """The same as HTML; empty where nothing differs, None where there is nothing to compare it with."""

    alone: Markup
    against: Markup | None
    answering: Markup | None


@dataclass(frozen=True, kw_only=True)
class TextReader:
    """Who reads: at which last entry of the ledger, for which institution; set with `writer`.

    `together` names exactly the texts beside it that are on no record yet, and are named as they are drafted.
    """

    last: str
    institution: str
    together: tuple[str, ...]
    writer: DeskWriter = field(compare=False)


def text_views(key: tuple[str, ...], now: Content, *, stands: Content = None, answered: Content = None) -> TextViews:
    """How a text is read, beside what stands and what it answers.

    `key` names exactly these contents: the digest of the text, and the last entry of the ledger.
    """
    return _views(_Contents(key, now, stands, answered))


def drawn(reader: TextReader, views: TextViews, *, files_of: str, heads: Sequence[str]) -> DrawnText:
    """The HTML of a text; `heads` are what stands, what it answers, and it itself are called."""
    stood, answered, now = heads
    alone = _drawn(_Piece(reader, reader.writer.slug, views.alone, files_of, ()))
    return DrawnText(
        alone=alone,
        against=_beside(reader, views.against, files_of, (stood, now)),
        answering=_beside(reader, views.answering, files_of, (answered, now)),
    )


def _beside(reader: TextReader, view: ContentView | None, files_of: str, heads: tuple[str, ...]) -> Markup | None:
    if view is None:
        return None
    return _drawn(_Piece(reader, reader.writer.slug, view, files_of, heads)) if view.differs else Markup()


@dataclass(frozen=True)
class _Contents:
    # By digests alone: two contents that Python holds to be equal may be different texts.
    key: tuple[str, ...]
    now: Content = field(compare=False)
    stands: Content = field(compare=False)
    answered: Content = field(compare=False)


@dataclass(frozen=True, eq=False)
class _Piece:
    """One piece of HTML; of the same view, which is made once for the same contents."""

    reader: TextReader
    slug: str
    view: ContentView
    files_of: str
    heads: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Piece) and self.view is other.view and self._known_by == other._known_by

    def __hash__(self) -> int:
        return hash((id(self.view), self._known_by))

    @property
    def _known_by(self) -> tuple[object, ...]:
        return self.reader, self.slug, self.files_of, self.heads


@lru_cache(maxsize=256)
def _views(contents: _Contents) -> TextViews:
    now = contents.now
    alone = read(now)
    against = compared(contents.stands, now) if contents.stands is not None else None
    answering = compared(contents.answered, now) if contents.answered is not None else None
    views = [view for view in (alone, against, answering) if view]
    return TextViews(
        alone=alone,
        against=against,
        answering=answering,
        named=frozenset(uri for view in views for uri in view.named),
    )


@lru_cache(maxsize=512)
def _drawn(piece: _Piece) -> Markup:
    writer = piece.reader.writer
    if not piece.heads:
        return content_html.content(writer, piece.view, files_of=piece.files_of)
    return content_html.columns(writer, piece.view, *piece.heads, every=False, files_of=piece.files_of)
