"""Which column of a table that came back is which: by the marks in it, by its heading, by what is under it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from koryu.sheets.placing.came_tables import CameCell, CameTable, SentTable
from koryu.sheets.placing.likeness import folded, likeness

# A heading is a row with at least so many labels that are known.
_LEAST_LABELS: Final = 2
_SAME_COLUMN: Final = 0.5
# Of so many values of a column it is asked how alike they are.
_MOST_READ: Final = 40


def known_columns(sent: SentTable, came: CameTable) -> dict[int, str]:
    """The columns that are known, by their place: by the marks in them, by their headings, by what is in them."""
    known: dict[int, str] = {}
    _take(known, _votes(sent, came))
    _take(known, _headings(sent, came))
    _take(known, _by_contents(sent, came, known))
    return dict(sorted(known.items()))


def _take(known: dict[int, str], votes: Mapping[tuple[int, str], float]) -> None:
    """The strongest first; each place and each column once."""
    for (place, key), _vote in sorted(votes.items(), key=lambda each: -each[1]):
        if place not in known and key not in known.values():
            known[place] = key


def cells_of(row: Sequence[CameCell]) -> Iterator[tuple[int, CameCell]]:
    """The cells of a row, each with the place at which it begins."""
    place = 0
    for cell in row:
        yield place, cell
        place += cell.columns


def _votes(sent: SentTable, came: CameTable) -> Mapping[tuple[int, str], float]:
    keys = {column.key for column in sent.columns}
    votes: Counter[tuple[int, str]] = Counter()
    for row in came:
        for place, cell in cells_of(row):
            if len(set(cell.marks)) == 1 and cell.columns == 1 and cell.marks[0].column in keys:
                votes[place, cell.marks[0].column] += 1
    return {at: float(count) for at, count in votes.items()}


def _labels_in(sent: SentTable, row: Sequence[CameCell]) -> dict[int, str]:
    keys = {folded(label): column.key for column in sent.columns for label in column.labels}
    labels = ((place, keys.get(folded(cell.text))) for place, cell in cells_of(row) if cell.text.strip())
    return {place: key for place, key in labels if key}


def is_heading(sent: SentTable, row: Sequence[CameCell]) -> bool:
    written = sum(1 for cell in row if cell.text.strip())
    labels = len(_labels_in(sent, row))
    return labels >= min(_LEAST_LABELS, len(sent.columns)) and 2 * labels > written


def _headings(sent: SentTable, came: CameTable) -> Mapping[tuple[int, str], float]:
    heading = next((row for row in came if is_heading(sent, row)), ())
    return dict.fromkeys(_labels_in(sent, heading).items(), 1.0)


def _by_contents(sent: SentTable, came: CameTable, known: Mapping[int, str]) -> Mapping[tuple[int, str], float]:
    """How alike what is in a column is to what was sent in one, where neither is known yet."""
    rest = [column.key for column in sent.columns if column.key not in known.values()]
    written: dict[int, list[str]] = defaultdict(list)
    if rest:
        for row in (row for row in came if not is_heading(sent, row)):
            for place, cell in cells_of(row):
                if place not in known and cell.columns == 1 and cell.text.strip():
                    written[place].append(cell.text)
    votes: dict[tuple[int, str], float] = {}
    for place, values in written.items():
        for key in rest:
            sent_values = {row.values[key] for row in sent.rows if row.values.get(key)}
            best = (max((likeness(value, each) for each in sent_values), default=0.0) for value in values[:_MOST_READ])
            alike = list(best)
            mean = sum(alike) / len(alike)
            if mean >= _SAME_COLUMN:
                votes[place, key] = mean
    return votes
