"""A part of an exchange as its institution may see it: what stands of it, what is drafted, and all that these name."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.http import Http404

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.part_list import ExchangeText, texts_of
from koryu.desk.exchange.sheet.draft_sheet import NO_DRAFT, DraftSheet
from koryu.desk.exchange.sheet.printed_rows import PrintedRows, mark_of_list, printed_rows
from koryu.desk.exchange.work_frame import named_on
from koryu.records.document import Document
from koryu.values.uris import last_part

# What names the list of what stands, behind the name of its record.
STANDING: Final = "-current"
# Which records a content names, by the kind of record it is of.
NamingByKind = Mapping[str, Callable[[Mapping[str, Any]], Iterable[str]]]


@dataclass(frozen=True, kw_only=True)
class PartWork:
    """An exchange with all that the page of one of its parts and what is done there need; in two statements more.

    `kind` is that of the records of the part. `documents` are those that stand, of all the kinds that were asked for.
    """

    kind: str
    work: ExchangeWork
    every: tuple[ExchangeText, ...]
    documents: Mapping[str, Document]
    lines: Mapping[str, Line]

    @cached_property
    def texts(self) -> tuple[ExchangeText, ...]:
        """The texts of the exchange that are of this part."""
        return tuple(text for text in self.every if text.kind == self.kind)


@dataclass(frozen=True, kw_only=True)
class SheetedWork(PartWork, ABC):
    """The same of a part that is typed as sheets."""

    @abstractmethod
    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> DraftSheet:
        """The sheet of this number. Raises Http404 for what is none, or cannot be typed into."""

    def lists(self, me: CurrentUser, asked: Sequence[str]) -> Iterator[PrintedRows]:
        """The lists of this part as its page shows them, to go out in files; none, where it offers none."""
        yield from ()


@dataclass(frozen=True, kw_only=True)
class DraftedWork(SheetedWork, ABC):
    """The same of a part of which each draft is a sheet."""

    @abstractmethod
    def sheet_of(self, me: CurrentUser, text: ExchangeText, asked: Sequence[str]) -> DraftSheet:
        """The draft of a text as a sheet."""

    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> DraftSheet:
        """The sheet of one of our drafts. Raises Http404 for what is none, or cannot be typed into."""
        text = next((each for each in self.texts if each.draft and each.draft.id == number), None)
        if text is None:
            raise Http404
        sheet = self.sheet_of(me, text, asked)
        if sheet.fixed:
            raise Http404
        return sheet

    def lists(self, me: CurrentUser, asked: Sequence[str]) -> Iterator[PrintedRows]:
        """The lists of this part: what is drafted, and what stands."""
        for text in self.texts:
            name = last_part(text.record)
            if text.draft:
                sheet = self.sheet_of(me, text, asked)
                mark = "" if sheet.fixed else mark_of_list(self.work.uri, sheet)
                yield printed_rows(sheet, key=name, institution=text.institution, mark=mark)
            document = self.documents.get(text.record)
            if document and text.current:
                content, said_by = document.content(), text.current.said_by
                draft = replace(NO_DRAFT, kind=text.kind, record=text.record, institution=said_by, content=content)
                standing = self.sheet_of(me, replace(text, draft=draft), asked)
                yield printed_rows(standing, key=f"{name}{STANDING}", institution=text.institution)


def read_part(me: CurrentUser, name: str, naming: NamingByKind) -> dict[str, Any]:
    """What a `PartWork` holds of the exchange called so in addresses.

    Of the kinds in `naming` the documents are read, and the lines of all that these and the drafts of them name. Raises
    Http404 for whoever has no part in the exchange.
    """
    return part_around(me, exchange_for(me, name), naming)


def part_around(me: CurrentUser, work: ExchangeWork, naming: NamingByKind) -> dict[str, Any]:
    """The same of an exchange that was read before."""
    every = texts_of(work)
    documents, contents = _contents(work, every, naming)
    named = {*named_on(work), *(uri for kind, content in contents for uri in naming[kind](content))}
    lines = work.named
    if not named <= work.named.keys():
        lines = archive.lines_named(named, asking=me.institution, besides=work.named)
    return {"work": work, "every": every, "documents": documents, "lines": lines}


def _contents(
    work: ExchangeWork, every: Iterable[ExchangeText], kinds: Collection[str]
) -> tuple[Mapping[str, Document], list[tuple[str, Mapping[str, Any]]]]:
    texts = [text for text in every if text.kind in kinds]
    documents = work.documents(text.current.line for text in texts if text.current)
    contents = [(document.kind, document.content()) for document in documents.values()]
    return documents, [*contents, *((text.kind, text.draft.content) for text in texts if text.draft)]
