"""Which row of a table that came back is which: by the marks in it, else by how alike it is to what was sent."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from koryu.sheets.placing.came_tables import CameCell, Mark, PlacedRow, RowFinding, SentTable
from koryu.sheets.placing.known_columns import cells_of
from koryu.sheets.placing.likeness import folded, likeness

# From here on a pair is certain, where it is so much more alike than every other; from the third on it is asked.
_CERTAIN: Final = 0.65
_LEAD: Final = 0.12
_ASKED: Final = 0.35
# A row whose marks name one that it shares almost nothing with was perhaps typed over with another.
_ALMOST_NOTHING: Final = 0.2
_MOST_CANDIDATES: Final = 3
# Above so many, only equal rows are looked for: every pair would have to be compared.
MOST_COMPARED: Final = 400


@dataclass(frozen=True, kw_only=True)
class CameLine:
    """A row that came back: its values by column, the marks in its cells, and the cells that were merged."""

    place: int
    values: Mapping[str, str]
    marks: tuple[Mark, ...]
    merged: tuple[int, ...] = field(default=())

    @classmethod
    def of(cls, place: int, row: Sequence[CameCell], columns: Mapping[int, str]) -> "CameLine":
        values: dict[str, str] = {}
        marks: list[Mark] = []
        merged = []
        for at, cell in cells_of(row):
            if len(set(cell.marks)) > 1 or cell.columns > 1 or cell.rows > 1:
                merged.append(at)
                marks.extend(cell.marks)
                continue
            marks.extend(cell.marks)
            if (key := columns.get(at)) is not None:
                values[key] = cell.text
        if not any(text.strip() for text in values.values()):
            values = {}
        return cls(place=place, values=values, marks=tuple(marks), merged=tuple(merged))


class PlacingRows:
    """The rows of one table while they are placed."""

    def __init__(self, sent: SentTable, lines: Sequence[CameLine], keys: Sequence[str]) -> None:
        self.sent, self.lines, self.keys = sent, lines, keys
        self.telling = tuple(key for key in keys if not _counts_rows(sent, key))
        self.by_id = {row.id: row for row in sent.rows}
        how_often = {key: Counter(folded(row.values.get(key, "")) for row in sent.rows) for key in keys}
        self.weights = {
            row.id: {key: 1 / how_often[key][folded(row.values.get(key, ""))] for key in keys} for row in sent.rows
        }
        self.found: dict[int, PlacedRow] = {}

    def placed(self) -> list[PlacedRow]:
        self._by_marks()
        self._by_likeness()
        self._between_neighbours()
        return [self.found[line.place] for line in self.lines]

    def alike(self, line: CameLine, id_: str, keys: Sequence[str] | None = None) -> float:
        """How alike a row is to one that was sent, by its columns: a value that is rare in its column tells more."""
        row, weights = self.by_id[id_], self.weights[id_]
        total = shared = 0.0
        for key in self.keys if keys is None else keys:
            came = line.values.get(key)
            if came is None:
                continue
            value = row.values.get(key, "")
            if not value and not came:
                continue
            total += weights[key]
            shared += weights[key] * likeness(value, came)
        return shared / total if total else 0.0

    @property
    def _free(self) -> list[str]:
        taken = {row.id for row in self.found.values()}
        return [row.id for row in self.sent.rows if row.id not in taken]

    def _say(self, line: CameLine, finding: RowFinding, *, id_: str = "", candidates: Iterable[str] = ()) -> None:
        self.found[line.place] = PlacedRow(
            place=line.place, finding=finding, values=line.values, id=id_, candidates=tuple(candidates)
        )

    def _by_marks(self) -> None:
        """The row that most of its marks name; where two rows are named alike, the one that is more so."""
        named: dict[str, list[tuple[float, CameLine]]] = defaultdict(list)
        for line in self.lines:
            votes = Counter(mark.row for mark in line.marks if mark.row in self.by_id)
            if votes and 2 * votes.most_common(1)[0][1] > votes.total():
                id_ = votes.most_common(1)[0][0]
                named[id_].append((self.alike(line, id_, self.telling), line))
        for id_, lines in named.items():
            alike, line = max(lines, key=lambda each: each[0])
            # Nothing is left in the row that could tell: its cells were merged, or emptied.
            sure = not line.values or alike >= _ALMOST_NOTHING
            if sure:
                self._say(line, RowFinding.FOUND, id_=id_)
            else:
                self._say(line, RowFinding.ASKED, candidates=[id_])

    def _by_likeness(self) -> None:
        rest, free = [line for line in self.lines if line.place not in self.found], self._free
        if max(len(rest), len(free)) > MOST_COMPARED:
            self._equal(rest, free)
            return
        alike = {(line.place, id_): self.alike(line, id_) for line in rest for id_ in free}
        by_line = {line.place: line for line in rest}
        open_lines, open_ids = set(by_line), set(free)
        for (place, id_), how in sorted(alike.items(), key=lambda each: -each[1]):
            if how < _CERTAIN:
                break
            if place not in open_lines or id_ not in open_ids:
                continue
            rivals = [alike[place, other] for other in open_ids if other != id_]
            rivals += [alike[other, id_] for other in open_lines if other != place]
            if how - max(rivals, default=0.0) >= _LEAD:
                self._say(by_line[place], RowFinding.FOUND, id_=id_)
                open_lines.discard(place)
                open_ids.discard(id_)
        for place in sorted(open_lines):
            likely = sorted(
                (id_ for id_ in open_ids if alike[place, id_] >= _ASKED), key=lambda id_: -alike[place, id_]
            )
            finding = RowFinding.ASKED if likely else RowFinding.ADDED
            self._say(by_line[place], finding, candidates=likely[:_MOST_CANDIDATES])

    def _equal(self, rest: Sequence[CameLine], free: Sequence[str]) -> None:
        """Of too many to compare, those of which every value is equal, and that are so only once."""
        written = defaultdict(list)
        for id_ in free:
            written[tuple(self.by_id[id_].values.get(key, "") for key in self.keys)].append(id_)
        came = Counter(tuple(line.values.get(key, "") for key in self.keys) for line in rest)
        for line in rest:
            values = tuple(line.values.get(key, "") for key in self.keys)
            ids = written.get(values, [])
            if len(ids) == 1 and came[values] == 1:
                self._say(line, RowFinding.FOUND, id_=ids[0])
            else:
                self._say(line, RowFinding.ASKED if ids else RowFinding.ADDED, candidates=ids[:_MOST_CANDIDATES])

    def _between_neighbours(self) -> None:
        """A new row that stands alone where one that was sent has gone is asked: perhaps it was written anew."""
        order = {row.id: place for place, row in enumerate(self.sent.rows)}
        free = set(self._free)
        lines = list(self.lines)
        for at, line in enumerate(lines):
            if self.found[line.place].finding is not RowFinding.ADDED:
                continue
            before = order.get(self.found[lines[at - 1].place].id) if at else -1
            after = order.get(self.found[lines[at + 1].place].id) if at + 1 < len(lines) else len(order)
            if before is None or after is None or after - before != 2:
                continue
            left = self.sent.rows[before + 1].id
            if left in free:
                self._say(line, RowFinding.ASKED, candidates=[left])


def _counts_rows(sent: SentTable, key: str) -> bool:
    """Whether a column only numbers the rows: it says where one stood, and not which one it is."""
    values = [folded(row.values.get(key, "")) for row in sent.rows]
    return len(values) > 1 and values == [str(number) for number in range(1, len(values) + 1)]
