"""The people of an exchange as its institution may see them: what stands, what is drafted, and the sheets of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.people.people_sheet import named_in, people_sheet
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.part_work import DraftedWork, read_part
from koryu.wording.languages import active_reader


@dataclass(frozen=True, kw_only=True)
class PeopleWork(DraftedWork):
    """An exchange with all that its page of people and what is done there need."""

    def sheet_of(self, me: CurrentUser, text: ExchangeText, asked: Sequence[str]) -> DraftSheet:
        assert text.draft
        others = [document for uri, document in self.documents.items() if uri != text.record]
        return people_sheet(
            me, self.work, text.draft, slug=active_reader().slug, asked=asked, lines=self.lines, documents=others
        )


def people_work(me: CurrentUser, name: str) -> PeopleWork:
    """The people of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    return PeopleWork(kind="participation", **read_part(me, name, {"participation": named_in}))
