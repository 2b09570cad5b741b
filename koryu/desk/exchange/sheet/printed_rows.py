"""A list of an exchange as it goes out in a file: what its page shows, and what tells it when it is back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.publishing.spreadsheets import ListFile
from koryu.sheets.rows.printed_heads import head_in_words
from koryu.sheets.rows.returned_rows import cell_of_ids, head_of_ids, printed_text
from koryu.sheets.rows.row_sheet import CellReader, ShownColumn, TypedRow
from koryu.values.reason import N_
from koryu.wording.messages import translated

_GUIDE: Final = N_("How to fill this in")
_SENTENCES: Final = (
    N_("Each row is one entry. Put new rows where you like; the order may be changed."),
    N_("Change only what is to change: the rest stays as it is, also what was changed on the server meanwhile."),
    N_("A cell that you empty is emptied. A column that you delete is left as it was."),
    N_("Dates, times and numbers are text here: write them as you are used to."),
    N_("The first column is hidden and says which row is which. Leave it there."),
)
_ONE_OF: Final = N_("One of: %(words)s")
_BETWEEN: Final = N_(", ")


@dataclass(frozen=True, kw_only=True)
class PrintedRows:
    """A list as it goes out: `key` names it in addresses, `institution` whose it is, `called` what it is.

    Where it is one of ours to type, `mark` is what tells that it came back; else it is ''.
    """

    key: str
    institution: str
    called: str
    columns: Sequence[ShownColumn]
    tags: Sequence[str]
    rows: Sequence[TypedRow]
    reader: CellReader
    mark: str = ""

    def as_file(self, title: str) -> ListFile:
        """The file of it, in the language of whoever looks; `title` is that of the exchange."""
        reader = self.reader
        heads = [head_in_words(column, self.columns, reader.slug) for column in self.columns]
        cells = [[printed_text(column, row.cells[column.key], reader) for column in self.columns] for row in self.rows]
        called = translated(self.called, reader.slug)
        if not self.mark:
            return ListFile(called=called, heads=heads, rows=cells)
        typed = [place for place, column in enumerate(self.columns) if column.is_typed]
        ids = [
            cell_of_ids(row.id, (line[place] for place in typed)) for row, line in zip(self.rows, cells, strict=True)
        ]
        return ListFile(
            called=called,
            heads=heads,
            rows=cells,
            ids=(head_of_ids(self.mark, self.tags, self.rows), ids),
            guide_called=translated(_GUIDE, reader.slug),
            guide=[[f"{called}: {title}" if title else called, ""], *self._guide(heads)],
        )

    def _guide(self, heads: Sequence[str]) -> Iterator[list[str]]:
        slug = self.reader.slug
        yield from (["", translated(sentence, slug)] for sentence in _SENTENCES)
        for column, head in zip(self.columns, heads, strict=True):
            words = [words for _code, words in column.column.cell.choices(self.reader) if words]
            one_of = translated(_ONE_OF, slug) % {"words": translated(_BETWEEN, slug).join(words)}
            yield [head, one_of if words else ""]


def printed_rows(sheet: DraftSheet, *, key: str, institution: str, mark: str = "") -> PrintedRows:
    """A sheet as it goes out."""
    return PrintedRows(
        key=key,
        institution=institution,
        called=sheet.rows_are.called,
        columns=sheet.columns,
        tags=sheet.tags,
        rows=sheet.rows,
        reader=sheet.reader,
        mark=mark,
    )


def mark_of_list(exchange: str, sheet: DraftSheet) -> str:
    """What tells a list of ours when it comes back: of which exchange it is, and whose."""
    return sha256(f"{exchange}\n{sheet.rows_are.kind}\n{sheet.list_of}".encode()).hexdigest()[:12]
