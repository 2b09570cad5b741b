"""What differs between two contents of a kind: field by field, item by item, language by language.

Pure, and for any contents: those of versions, and those of drafts, which may be unfinished and hold anything JSON can.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from koryu.records.schema import Field, FieldType, fields_of
from koryu.values.reason import N_

_SOURCE: Final = "source"
_WITH_PARTS: Final = frozenset({FieldType.GROUP, FieldType.TEXT, FieldType.DATE_OR_TEXT})
# Han, kana and hangul syllables differ one by one; what is written with spaces differs by the word.
_PIECES: Final = re.compile(r"[぀-ヿ㐀-鿿豈-﫿가-힣]|\s+|[^\W぀-ヿ㐀-鿿豈-﫿가-힣]+|.", re.DOTALL)
# Beyond so many pieces, marking them one by one takes longer than a reader gains by it.
_MOST_PIECES: Final = 4000


class How(StrEnum):
    """How a place differs."""

    SAME = N_("the same")
    ADDED = N_("added")
    REMOVED = N_("removed")
    CHANGED = N_("changed")
    MOVED = N_("moved")


class What(StrEnum):
    """What a place is: a field, an item of a list, a text in one language, or which language its source is."""

    FIELD = "field"
    ITEM = "item"
    FORM = "form"
    SOURCE = "source"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the way to a place: a field by its name, an item by its place in the list, a form by its language."""

    what: What
    name: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs: where, how, what was (None where nothing was) and what is."""

    path: str
    steps: tuple[Step, ...]
    how: How
    was: Any
    now: Any
    field: Field


@dataclass(frozen=True, kw_only=True)
class DiffPart:
    """One place of two contents beside each other, with what lies inside it.

    `name` is that of the field, the id of the item or the tag of the language. `stood` and `place` are where an item
    stood and stands, counted from 1; 0 on the side on which it is not. An item may have moved and changed inside as
    well.
    """

    what: What
    name: str
    field: Field
    was: Any
    now: Any
    how: How = How.SAME
    moved: bool = False
    stood: int = 0
    place: int = 0
    inside: tuple["DiffPart", ...] = ()

    @property
    def value(self) -> Any:
        """What is, or what was where nothing is."""
        return self.was if self.now is None else self.now

    def is_on(self, side: str) -> bool:
        """Whether there is anything on this side: `was`, `now`, or `both` for either."""
        return side == "both" or (self.was if side == "was" else self.now) is not None

    @property
    def is_whole(self) -> bool:
        """Whether it is an item that is there on one side only: one change, whatever lies inside it."""
        return self.what is What.ITEM and self.how in (How.ADDED, How.REMOVED)

    @property
    def is_change(self) -> bool:
        """Whether it differs as such, and not only in what lies inside it."""
        return self.how is not How.SAME and (self.moved or self.is_whole or not self.inside)


@dataclass(frozen=True)
class TextPiece:
    """A piece of a text beside another: the same in both, or only in what was, or only in what is."""

    how: How
    text: str


def difference(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the kind's fields; nothing for equal contents.

    Items are known by their ids: an item that is there on one side only is one change, whole. A field that is left out
    and one that has its default are the same.
    """
    return tuple(_changes(beside(was, now), path="", steps=()))


def beside(was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[DiffPart, ...]:
    """Two contents beside each other, every field that says something in either, in the order of the kind's fields."""
    known = fields_of(str(now.get("kind") or was.get("kind") or ""))
    names = {"kind", *(field.name for field in known)}
    strange = (Field(name=name, sort=FieldType.PLAIN) for name in dict.fromkeys((*was, *now)) if name not in names)
    return _fields((*known, *strange), was, now)


def pieces(was: str, now: str) -> tuple[TextPiece, ...]:
    """Two texts as one, with what is only in one of them marked: by letters in Han, kana and hangul, else by words."""
    before, after = _PIECES.findall(was), _PIECES.findall(now)
    if len(before) + len(after) > _MOST_PIECES:
        return (TextPiece(How.REMOVED, was), TextPiece(How.ADDED, now))
    text_pieces: list[TextPiece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            text_pieces.append(TextPiece(How.SAME, "".join(before[i1:i2])))
            continue
        text_pieces += [TextPiece(How.REMOVED, "".join(before[i1:i2]))] if i1 < i2 else []
        text_pieces += [TextPiece(How.ADDED, "".join(after[j1:j2]))] if j1 < j2 else []
    return tuple(text_pieces)


def _fields(fields: tuple[Field, ...], was: Any, now: Any) -> tuple[DiffPart, ...]:
    before = _held(fields, was)
    after = before if now is was else _held(fields, now)
    said = [field for field in fields if field.name in before or field.name in after]
    return tuple(
        part for field in said if (part := _field(field, before.get(field.name), after.get(field.name))) is not None
    )


def _held(fields: tuple[Field, ...], content: Any) -> dict[str, Any]:
    """The values of a content by field, the default where it has none; nothing where it is no mapping."""
    # Left out and given as the default are the same statement, and must not show as a change.
    if not isinstance(content, Mapping):
        return {}
    held: dict[str, Any] = {}
    for field in fields:
        value = content.get(field.name)
        if not _says(value) and not field.is_said_empty(value):
            value = field.default
        if _says(value) or field.is_said_empty(value):
            held[field.name] = value
    return held


def _says(value: Any) -> bool:
    return bool(value) or isinstance(value, int | float)


def _field(field: Field, was: Any, now: Any) -> DiffPart | None:
    if was == now and (was is None or was == field.default):
        return None
    if not field.many:
        inside = _inside(field, was, now)
    elif _is(list | tuple, was) and _is(list | tuple, now):
        inside = _items(field, was or (), now or ())
    else:
        inside = ()
    return _part(What.FIELD, field.name, field, was, now, inside=inside)


def _inside(field: Field, was: Any, now: Any) -> tuple[DiffPart, ...]:
    """The parts of a group (fields) or a text (languages); none for any other value, or one of the wrong type."""
    if field.sort not in _WITH_PARTS or not (_is(Mapping, was) and _is(Mapping, now)):
        return ()
    if field.sort is FieldType.GROUP:
        return _fields(field.fields, was, now)
    return _forms(field, was or {}, now or {})


def _is(what: Any, value: Any) -> bool:
    """Whether a value is of this type, or None."""
    return value is None or isinstance(value, what)


def _forms(field: Field, was: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[DiffPart, ...]:
    sources = _source_of(was), _source_of(now)
    tags = dict.fromkeys(tag for text in (now, was) for tag in text if tag != _SOURCE)
    in_order = sorted(tags, key=lambda tag: tag != (sources[1] or sources[0]))
    forms = [_part(What.FORM, tag, field, was.get(tag) or None, now.get(tag) or None) for tag in in_order]
    if was and now and sources[0] != sources[1]:
        forms.append(_part(What.SOURCE, _SOURCE, field, *sources))
    return tuple(part for part in forms if part.was or part.now)


def _source_of(text: Mapping[str, Any]) -> str:
    return str(text.get(_SOURCE) or next((tag for tag in text if tag != _SOURCE), ""))


def _items(field: Field, was: Iterable[Any], now: Iterable[Any]) -> tuple[DiffPart, ...]:
    before = _named(was)
    after = before if now is was else _named(now)
    stood = {name: place for place, name in enumerate(before, 1)}
    stayed = _in_order([stood[name] for name in after if name in stood])
    parts = []
    for place, (name, item) in enumerate(after.items(), 1):
        moved = name in stood and stood[name] not in stayed
        parts.append(_item(field, name, before.get(name), item, stood=stood.get(name, 0), place=place, moved=moved))
    for name, item in before.items():
        if name not in after:
            parts.insert(stood[name] - 1, _item(field, name, item, None, stood=stood[name]))
    return tuple(parts)


def _item(field: Field, name: str, was: Any, now: Any, *, stood: int, place: int = 0, moved: bool = False) -> DiffPart:
    inside = _inside(field, was, now)
    return _part(What.ITEM, name, field, was, now, inside=inside, stood=stood, place=place, moved=moved)


def _named(items: Iterable[Any]) -> dict[str, Any]:
    """Items by their ids; what has none is known by its value, and the second of a name by its count as well."""
    seen: Counter[str] = Counter()
    named = {}
    for item in filter(lambda item: item is not None, items):
        name = str(item.get("id") or "") if isinstance(item, Mapping) else str(item)
        seen[name] += 1
        named[name if name and seen[name] == 1 else f"{name}#{seen[name]}"] = item
    return named


def _in_order(places: list[int]) -> frozenset[int]:
    """The most of these numbers that stand in rising order: those that were not moved."""
    # Patience sorting: `ends[n]` is the smallest end of a rising run of n + 1 numbers, and `ways[n]` that run.
    ends: list[int] = []
    ways: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        way = (*(ways[at - 1] if at else ()), place)
        ends[at : at + 1], ways[at : at + 1] = [place], [way]
    return frozenset(ways[-1]) if ways else frozenset()


def _part(
    what: What, name: str, field: Field, was: Any, now: Any, *, inside: tuple[DiffPart, ...] = (), **placed: Any
) -> DiffPart:
    how = _how(was, now, inside)
    if how is How.SAME and placed.get("moved"):
        how = How.MOVED
    return DiffPart(what=what, name=name, field=field, was=was, now=now, how=how, inside=inside, **placed)


def _how(was: Any, now: Any, inside: tuple[DiffPart, ...]) -> How:
    """How a place differs: by what lies inside it, else by itself."""
    if was is None or now is None:
        return How.ADDED if was is None else How.REMOVED
    same = all(part.how is How.SAME for part in inside) if inside else was == now
    return How.SAME if same else How.CHANGED


def _changes(parts: Iterable[DiffPart], *, path: str, steps: tuple[Step, ...]) -> Iterator[Difference]:
    for part in parts:
        if part.how is How.SAME:
            continue
        here, way = _path(path, part), (*steps, _step(part))
        if part.is_change:
            how = How.MOVED if part.moved else part.how
            yield Difference(path=here, steps=way, how=how, was=part.was, now=part.now, field=part.field)
        if not part.is_whole:
            yield from _changes(part.inside, path=here, steps=way)


def _path(path: str, part: DiffPart) -> str:
    if part.what is What.ITEM:
        return f"{path}[{part.name}]"
    return f"{path}.{part.name}" if path else part.name


def _step(part: DiffPart) -> Step:
    return Step(what=part.what, name=str(part.place or part.stood) if part.what is What.ITEM else part.name)
