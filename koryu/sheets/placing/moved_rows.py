"""Which rows have moved: those outside the longest run that is still in its order."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from koryu.sheets.placing.came_tables import PlacedRow, SentTable


def with_moved(sent: SentTable, rows: Sequence[PlacedRow]) -> tuple[PlacedRow, ...]:
    """The rows; moved are those outside the longest run that is still in its order."""
    order = {row.id: place for place, row in enumerate(sent.rows)}
    known = [row for row in rows if row.id]
    stays = set(_longest_rising([order[row.id] for row in known]))
    moved = {row.place for at, row in enumerate(known) if at not in stays}
    return tuple(replace(row, moved=row.place in moved) for row in rows)


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of the longest run of numbers that rises, not counting what lies between."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(number)
            at.append(place)
        else:
            ends[length], at[length] = number, place
    run = []
    place = at[-1] if at else -1
    while place >= 0:
        run.append(place)
        place = before[place]
    return run[::-1]
