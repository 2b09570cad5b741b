"""A list in one draft as rows, for whoever looks: its columns and languages, the names it knows, what is pointed out.

Nothing here writes but `kept`, which saves the draft.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self

from django.utils.translation import gettext

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk import clock
from koryu.desk.access import CurrentUser, place_of
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.drafts.touched_words import note_touched
from koryu.sheets.rows.name_cells import forms_on_record
from koryu.sheets.rows.row_sheet import CellMark, CellReader, RowSheet, ShownColumn, TypedRow, marks_of, rows_of
from koryu.wording.languages import LANGUAGES

# The languages in which a list can be typed: those of the pages, besides the institution's own.
_OFFERED: Final = tuple(tag for tag, _name in LANGUAGES.values())
# What is typed in the first language alone.
_ONCE: Final = ("reading", "remark")


# In place of the draft of a list that is none, or not yet.
NO_DRAFT: Final = Drafted(
    id=0,
    institution="",
    record="",
    exchange="",
    kind="",
    content={},
    replaces="",
    answers="",
    reason=None,
    says="",
    edition=0,
    begun_by="",
    begun_at="",
    changed_by="",
    changed_at="",
    shared_at="",
    sent="",
    submissions=(),
)


@dataclass(frozen=True, kw_only=True)
class DraftSheet:
    """The sheet of one draft for whoever looks.

    `rows_are` says what its rows and columns are, `naming` which records a content of it names. `tags` are the
    languages that are shown, the own one first; `offered` those that can be. `known` is what the checks are told. Where
    `fixed`, whoever looks may read it and nothing else; where not `grows`, no rows are added.
    """

    rows_are: RowSheet
    naming: Callable[[Mapping[str, Any]], Iterable[str]]
    draft: Drafted
    content: Mapping[str, Any]
    offered: tuple[str, ...]
    tags: tuple[str, ...]
    reader: CellReader
    known: Mapping[str, Any]
    fixed: bool
    grows: bool = True
    # How many empty rows stand ready.
    empty_rows: int = 3

    @property
    def number(self) -> int:
        """What names the sheet in addresses: the number of its draft."""
        return self.draft.id

    @property
    def list_of(self) -> str:
        """What the rows belong to: the record of the draft."""
        return self.draft.record

    def row_of_record(self, record: str) -> str:
        """The row that is a draft of its own, of this record; '' in a sheet whose rows are items of one draft."""
        return ""

    @property
    def seed(self) -> str:
        """From what the ids of new rows are made: the same ones for as long as nothing was saved."""
        return f"{self.draft.id}:{self.draft.edition}"

    @property
    def saved_message(self) -> str:
        """What is said once it was saved without script."""
        return gettext("The draft was saved.")

    def saved_words(self, me: CurrentUser) -> str:
        """When it was last saved, and by whom; '' where nothing of it was yet."""
        return saved_at(me, self.draft)

    @cached_property
    def columns(self) -> tuple[ShownColumn, ...]:
        return self.rows_are.shown_columns(self.tags, once=_ONCE)

    @cached_property
    def rows(self) -> tuple[TypedRow, ...]:
        return rows_of(self.rows_are, self.content, self.columns, self.reader)

    @cached_property
    def marks(self) -> tuple[CellMark, ...]:
        return marks_of(self.rows_are, self.content, self.columns, self.reader, self.known)

    def with_content(self, content: Mapping[str, Any], *, asking: str) -> Self:
        """The same sheet of a content that was changed, with the names of the records chosen for it."""
        unnamed = [uri for uri in self.naming(content) if uri not in self.reader.names]
        names = names_of(archive.lines_named(unnamed, asking=asking)) if unnamed else {}
        reader = replace(self.reader, names={**self.reader.names, **names})
        return replace(self, content=content, reader=reader)

    def kept(self, me: CurrentUser, content: Mapping[str, Any]) -> Self:
        """Save this content, and return the sheet afterwards. Raises Refused, also where another was faster."""
        at, written = clock.now(), dict(content)
        edition = actions.save(draft=self.draft.id, content=written, seen=self.draft.edition, by=me.username, at=at)
        note_touched(me, self.draft, written)
        draft = replace(self.draft, content=written, edition=edition, changed_by=me.username, changed_at=at)
        return replace(self, draft=draft).with_content(content, asking=me.institution)

    def changed_meanwhile(self) -> Self | None:
        """The sheet as another left it; None where nobody changed it, or it is no longer there."""
        now = consent.draft(self.draft.id)
        if now is None or now.edition == self.draft.edition:
            return None
        return replace(self, draft=now, content=now.content)


def is_fixed(me: CurrentUser, draft: Drafted) -> bool:
    """Whether whoever looks may read this draft and nothing else."""
    if draft.institution != me.institution:
        return True
    return may_with_draft(DraftAct.CHANGE, me.speaker(), place_of(me, draft)) is not None


def languages_of(
    asked: Sequence[str], texts: Iterable[object], *, first: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(the languages that can be shown, those that are): those asked for, else those in which a text is typed.

    `first` is the language of the institution, `texts` are the texts of the list as JSON.
    """
    offered = tuple(dict.fromkeys((first, *_OFFERED)))
    chosen = tuple(tag for tag in offered if tag in asked)
    return offered, chosen or tuple(_typed_in(list(texts), offered))


def _typed_in(texts: Sequence[object], offered: Sequence[str]) -> Iterator[str]:
    """The first language, and each in which something is typed."""
    for place, tag in enumerate(offered):
        if not place or any(isinstance(text, Mapping) and tag in text for text in texts):
            yield tag


def names_of(lines: Mapping[str, Line]) -> dict[str, Mapping[str, str]]:
    """The names that cells know, by URI: those of people with their readings, those of all else as they are written."""
    return {
        uri: forms_on_record(line.summary.title, line.summary.readings) if line.kind == "person" else line.summary.title
        for uri, line in lines.items()
    }


def language_of(line: Line | None, *, else_: str) -> str:
    """The language of an institution: the one in which its own name was first written."""
    return str(line.title.source) if line and line.summary.title else else_
