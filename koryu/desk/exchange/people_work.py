"""The people of an exchange as its institution may see them: what stands, what is drafted, and the sheets of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.part_list import ExchangeText, texts_of
from koryu.desk.exchange.people_sheet import PeopleSheet, named_in, people_sheet
from koryu.desk.exchange.work_frame import named_on
from koryu.records.document import Document
from koryu.wording.languages import active_reader


@dataclass(frozen=True, kw_only=True)
class PeopleWork:
    """An exchange with all that its page of people and what is done there need; in two statements more."""

    work: ExchangeWork
    every: tuple[ExchangeText, ...]
    documents: Mapping[str, Document]
    lines: Mapping[str, Line]

    @cached_property
    def texts(self) -> tuple[ExchangeText, ...]:
        """Those of its texts that say who comes."""
        return tuple(text for text in self.every if text.kind == "participation")

    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> PeopleSheet:
        """The sheet of one of our drafts. Raises Http404 for what is none, or cannot be typed into."""
        text = next((each for each in self.texts if each.draft and each.draft.id == number), None)
        if text is None:
            raise Http404
        sheet = self.sheet_of(me, text, asked)
        if sheet.fixed:
            raise Http404
        return sheet

    def sheet_of(self, me: CurrentUser, text: ExchangeText, asked: Sequence[str]) -> PeopleSheet:
        assert text.draft
        others = [document for uri, document in self.documents.items() if uri != text.record]
        return people_sheet(
            me, self.work, text.draft, slug=active_reader().slug, asked=asked, lines=self.lines, documents=others
        )


def people_work(me: CurrentUser, name: str) -> PeopleWork:
    """The people of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    work = exchange_for(me, name)
    every = texts_of(work)
    texts = [text for text in every if text.kind == "participation"]
    documents = work.documents(text.current.line for text in texts if text.current)
    contents = [*(document.content() for document in documents.values())]
    contents += [text.draft.content for text in texts if text.draft]
    named = {*named_on(work), *(uri for content in contents for uri in named_in(content))}
    lines = work.named
    if not named <= work.named.keys():
        lines = archive.lines_named(named, asking=me.institution, besides=work.named)
    return PeopleWork(work=work, every=every, documents=documents, lines=lines)
