"""A content as cells (path, label, value, language), and from cells back to the content.

What tables, Word files and spreadsheets write and read. Whoever changes one cell changes what lies at its path and
nothing else.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, NamedTuple

from koryu.sheets.boxes import Box, Sheet
from koryu.sheets.parse import NO, SAYS_NONE, SAYS_SOURCE, UNITS, YES, Typed, content_of

# What a field is called, by its name and whether it lies at the top of the record.
Called = Callable[[str, bool], str]
_OF_FILE: Final = ("id", "name", "digest", "media_type", "size")


class Cell(NamedTuple):
    """One value at its path, as it is read and typed; `language` is the tag of a text, else empty."""

    path: str
    label: str
    value: str
    language: str = ""


def cells_of(sheet: Sheet, *, called: Called) -> tuple[Cell, ...]:
    """The cells in which something stands, in the order of the sheet."""
    return tuple(_cells(sheet.boxes, called))


def content_in(kind: str, cells: Iterable[Cell]) -> dict[str, Any]:
    """The content that these cells say: of the cells of a sheet, unchanged, the content of that sheet."""
    return content_of(kind, typed_in(cells))


def typed_in(cells: Iterable[Cell]) -> Typed:
    """The cells as what was typed, by path: with the items of each list in the order in which they are first named."""
    given: dict[str, list[str]] = defaultdict(list)
    for cell in cells:
        for place, item in _items_on(cell.path):
            if item not in given[place]:
                given[place].append(item)
        given[cell.path].append(cell.value)
        if cell.path.endswith(".source"):
            given[cell.path.removesuffix(".source") + SAYS_SOURCE] = ["1"]
        elif not cell.language:
            # Of several words to choose from those that are there were chosen, and no others.
            given[f"{cell.path}:asked"] = ["1"]
    return given


def _items_on(path: str) -> Iterator[tuple[str, str]]:
    """Each list that a path leads through, and the item of it."""
    for match in re.finditer(r"\[([^\]]+)\]", path):
        yield path[: match.start()], match[1]


def _cells(boxes: Iterable[Box], called: Called) -> Iterator[Cell]:
    for box in boxes:
        label = called(box.name, box.top)
        match box.looks:
            case "values" if box.is_none:
                yield Cell(f"{box.path}{SAYS_NONE}", label, YES)
            case "items" | "item" | "group" | "values":
                yield from _cells(box.inside, called)
            case "text":
                yield from _text(box, label)
            case "words":
                yield from (Cell(box.path, label, str(word)) for word in box.value or ())
            case "flag":
                if isinstance(box.value, bool):
                    yield Cell(box.path, label, YES if box.value else NO)
            case "duration":
                yield from (Cell(f"{box.path}.{unit}", label, box.value[unit]) for unit in UNITS if box.value[unit])
            case "file":
                if isinstance(box.value, dict):
                    yield from (Cell(f"{box.path}.{name}", label, str(box.value.get(name, ""))) for name in _OF_FILE)
            case _:
                value = box.typed or ("" if box.value is None else str(box.value))
                if value:
                    yield Cell(box.path, label, value)


def _text(box: Box, label: str) -> Iterator[Cell]:
    yield from (Cell(f"{box.path}.{row.tag}", label, row.text, row.tag) for row in box.rows if row.text)
    if isinstance(box.value, dict) and "source" in box.value:
        yield Cell(f"{box.path}.source", label, str(box.value["source"]))
