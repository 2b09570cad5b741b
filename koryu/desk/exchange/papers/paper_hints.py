"""What is said in the empty cells of titles and texts: missing, by when, or not needed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from koryu.archive.queries import Line
from koryu.desk.exchange.papers.papers_work import PapersWork
from koryu.planning.queries import WorkStep
from koryu.planning.rules.papers_due import Owed, due_by
from koryu.sheets.rows.paper_checks import Part, TextState
from koryu.sheets.rows.row_sheet import ShownColumn
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.wording.messages import date_in_words

_DUE: Final = N_("missing; due %(date)s")
_PARTS: Final[Mapping[str, Part]] = {str(part): part for part in Part}

# How the title and the text of a paper are there, by language.
Ways = Mapping[tuple[Part, str], TextState]


@dataclass(frozen=True, kw_only=True)
class PaperHints:
    """The words for the cells of one page; `due` is by when each institution owes what."""

    there: PapersWork
    slug: str
    due: Mapping[tuple[str, Owed], Edtf]

    def of_rows(
        self, ways_by_row: Mapping[str, Ways], columns: Iterable[ShownColumn], institution: str
    ) -> dict[tuple[str, str], str]:
        """What is said in each empty cell, by row and column; of a column the same in all rows."""
        home = self.there.home_of(institution)
        said = [
            (column.key, (part, column.tag), self._said(institution, part, at_home=column.tag == home))
            for column in columns
            if (part := part_of(column))
        ]
        return {
            (row, key): words
            for row, ways in ways_by_row.items()
            for key, at, by_way in said
            if (words := by_way.get(ways.get(at, TextState.GIVEN)))
        }

    def _said(self, institution: str, part: Part, *, at_home: bool) -> dict[TextState, str]:
        due = self._due(institution, part, at_home=at_home)
        missing = gettext(_DUE) % {"date": date_in_words(due, self.slug)} if due else gettext(TextState.MISSING)
        return {TextState.MISSING: missing, TextState.NOT_NEEDED: gettext(TextState.NOT_NEEDED)}

    def _due(self, institution: str, part: Part, *, at_home: bool) -> Edtf | None:
        """What is in another language than that of whoever gives the paper is a translation."""
        own = Owed.TITLES if part is Part.TITLE else Owed.TEXTS
        if at_home:
            return self.due.get((institution, own))
        return self.due.get((institution, Owed.TRANSLATIONS)) or (
            self.due.get((institution, own)) if part is Part.TITLE else None
        )


def part_of(column: ShownColumn) -> Part | None:
    """Whether a column is one of titles or of texts."""
    return _PARTS.get(column.column.key)


def paper_hints(there: PapersWork, slug: str, steps: Iterable[WorkStep]) -> PaperHints:
    """Those of a page in this language, by the steps that are still to be done."""
    called = {uri: names_in_words(there.lines.get(uri)) for uri in there.whose}
    return PaperHints(there=there, slug=slug, due=due_by(steps, called))


def names_in_words(line: Line | None) -> set[str]:
    """What an institution may be called in words, in any language."""
    called = (line.summary.title, line.summary.short) if line else ()
    return {name for names in called for tag, name in names.items() if tag != "source"}
