"""What is said in the empty cells of titles and texts: missing, by when, or not needed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext

from koryu.desk.exchange.papers.papers_work import PapersWork
from koryu.planning.queries import WorkStep
from koryu.planning.rules.papers_due import Owed, due_by
from koryu.sheets.rows.paper_checks import Found, Part
from koryu.sheets.rows.row_sheet import ShownColumn
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.wording.messages import date_in_words, translated

_DUE: Final = N_("missing; due %(date)s")
_PARTS: Final[Mapping[str, Part]] = {str(part): part for part in Part}

# How the title and the text of a paper are there, by language.
Ways = Mapping[tuple[Part, str], Found]


@dataclass(frozen=True, kw_only=True)
class PaperHints:
    """The words for the cells of one page; `due` is by when each institution owes what."""

    there: PapersWork
    slug: str
    due: Mapping[tuple[str, Owed], Edtf]
    words: dict[tuple[Found, Edtf | None], str] = field(default_factory=dict)

    def of_row(
        self, row: str, ways: Ways, columns: Iterable[ShownColumn], institution: str
    ) -> Iterator[tuple[tuple[str, str], str]]:
        """(the cell by row and column, what is said in it) for each that is empty."""
        home = self.there.home_of(institution)
        for column in columns:
            part = part_of(column)
            how = ways.get((part, column.tag)) if part else None
            if part and how in (Found.MISSING, Found.NOT_NEEDED):
                due = self._due(institution, part, at_home=column.tag == home) if how is Found.MISSING else None
                yield (row, column.key), self._said(how, due)

    def _said(self, how: Found, due: Edtf | None) -> str:
        """The same for many cells: put into words once."""
        if (how, due) not in self.words:
            words = gettext(_DUE) % {"date": date_in_words(due, self.slug)} if due else translated(str(how), self.slug)
            self.words[how, due] = words
        return self.words[how, due]

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
    called = {uri: _called(there, uri) for uri in there.whose}
    return PaperHints(there=there, slug=slug, due=due_by(steps, called))


def _called(there: PapersWork, institution: str) -> set[str]:
    """What an institution may be called in words, in any language."""
    line = there.lines.get(institution)
    called = (line.summary.title, line.summary.short) if line else ()
    return {name for names in called for tag, name in names.items() if tag != "source"}
