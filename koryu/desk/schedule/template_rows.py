"""The rows of the table of a template, dozens of them alike: drawn once with slots, and then filled. Pure."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from markupsafe import Markup, escape

from koryu.desk.schedule.template_typed import TemplateBoxes

# No page has this character: what stands between two of them is the name of a slot.
_AROUND: Final = "\x00"
_PLACE: Final = f"{_AROUND}place{_AROUND}"
Options = Callable[[str, str], Markup]


def slot(name: str) -> Markup:
    """A place in a row for what differs from row to row: its `place`, its `code`, or what stands in a box by its name.

    Before that name: `options ` for the choices of the box; `checked ` for a sign where it is ticked, `selected ` for
    one where it says "after".
    """
    return Markup(f"{_AROUND}{name}{_AROUND}")  # noqa: S704 -- names of our own template


def filled(kept: str, begun: str, rows: Iterable[TemplateBoxes], options: Options) -> Iterator[Markup]:
    """Each row: of a row with slots for a step that is kept, or for one that is begun here."""
    frames = {True: str(kept), False: str(begun)}
    for row in rows:
        # The place stands in every box: it is written first, and at once.
        parts = frames[bool(row.code)].replace(_PLACE, str(row.place)).split(_AROUND)
        parts[1::2] = [_value(name, row, options) for name in parts[1::2]]
        yield Markup("".join(parts))  # noqa: S704 -- what fills the slots is escaped


def _value(name: str, row: TemplateBoxes, options: Options) -> str:
    of, _, box = name.rpartition(" ")
    match of:
        case "options":
            return options(box, row.get(box))
        case "checked":
            return " checked" if row.get(box) else ""
        case "selected":
            return " selected" if row.get(box) == "after" else ""
        case _:
            return escape(row.code if box == "code" else row.get(box))
