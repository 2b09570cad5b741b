"""A sheet of rows as a form posts it without script: every cell of every row, read as the changes it makes.

The names: `rows` once for each row (its id, `:`, what tells whether it is as it was when it was drawn; nothing for a
new one), `<id>/<column>` for its cells, `<id>/order` for its number, `<id>/remove` for its tick.
"""

from collections.abc import Iterator, Mapping, Sequence

from koryu.sheets.rows.merge import MOST_LETTERS, CellChange, RowAdded, RowChange, RowMoved, RowRemoved, row_mark
from koryu.sheets.rows.row_sheet import MOST_ROWS, ShownColumn, TypedRow

ROWS = "rows"
ORDER = "order"
REMOVE = "remove"


def changes_posted(
    posted: Mapping[str, Sequence[str]], now: Sequence[TypedRow], columns: Sequence[ShownColumn]
) -> tuple[RowChange, ...]:
    """The changes that a posted form makes to these rows.

    In a row that somebody else changed after it was drawn it is not known who changed what: each cell that is otherwise
    there comes back as a conflict, and nothing is lost.
    """
    drawn = [row.partition(":")[::2] for row in posted.get(ROWS, ())][: 2 * MOST_ROWS]
    there = {row.id: row for row in now}
    changes = [change for row, mark in drawn for change in _of_row(posted, row, mark, there.get(row), columns)]
    return (*changes, *_moves(posted, [row for row, _mark in drawn if row in there]))


def _of_row(
    posted: Mapping[str, Sequence[str]], row: str, mark: str, now: TypedRow | None, columns: Sequence[ShownColumn]
) -> Iterator[RowChange]:
    typed = {column.key: text for column in columns if (text := _last(posted, f"{row}/{column.key}")) is not None}
    if f"{row}/{REMOVE}" in posted:
        if now:
            yield RowRemoved(row, now.cells if row_mark(now) == mark else None)
        return
    if not mark:
        filled = {key: text for key, text in typed.items() if text.strip()}
        yield from [RowAdded(row)] if filled and now is None else []
        yield from (CellChange(row, key, "", text) for key, text in filled.items())
        return
    if now is None:
        yield from [CellChange(row, key, None, text) for key, text in typed.items() if text][:1]
        return
    as_drawn = row_mark(now) == mark
    for key, text in typed.items():
        if text != now.cells[key]:
            yield CellChange(row, key, now.cells[key] if as_drawn else None, text)


def _moves(posted: Mapping[str, Sequence[str]], drawn: Sequence[str]) -> Iterator[RowMoved]:
    """Rows whose number was changed go where it says: before the row of that number on the way up, after it down."""
    wanted = {}
    for place, row in enumerate(drawn, 1):
        number = _last(posted, f"{row}/{ORDER}") or ""
        number = number.strip()
        wanted[row] = int(number) if number.isdecimal() and len(number) < 6 else place
    moved = {row for place, row in enumerate(drawn, 1) if wanted[row] != place}
    if not moved:
        return
    places = {row: place for place, row in enumerate(drawn, 1)}
    order = sorted(drawn, key=lambda row: (wanted[row], (wanted[row] > places[row]) - (wanted[row] < places[row])))
    for place, row in enumerate(order):
        if row in moved:
            yield RowMoved(row, order[place - 1] if place else "")


def _last(posted: Mapping[str, Sequence[str]], name: str) -> str | None:
    values = posted.get(name)
    return str(values[-1])[:MOST_LETTERS] if values else None
