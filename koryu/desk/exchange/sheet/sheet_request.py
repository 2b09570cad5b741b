"""What is asked of one sheet: by whom, at which exchange, of which of its parts; and where one goes on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.part_work import SheetedWork
from koryu.desk.exchange.sheet.sheet_page import SheetPage, Work
from koryu.desk.exchange.sheet.sheet_table import NotSaved, act_address, address_with, languages_asked
from koryu.markup.desk_writer import DeskWriter
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader

_JSON: Final = "application/json"


@dataclass(frozen=True, kw_only=True)
class SheetPart(Generic[Work]):
    """A part of an exchange that is typed as sheets.

    Its addresses are named after it: `exchange-people`, `exchange-people-act`. `work` reads what is there, `draw` draws
    its page, `acts` are what can be done with one of its sheets; those in `safe` have a page of their own. A draft of
    the kind `begins` can be begun at its page, where that is not ''.
    """

    name: str
    work: Callable[[CurrentUser, str], Work]
    draw: Callable[[SheetPage[Work]], HttpResponse]
    acts: Mapping[str, "Callable[[AskedSheet], HttpResponse]"]
    safe: frozenset[str] = frozenset()
    begins: str = ""

    def page(
        self,
        request: HttpRequest,
        me: CurrentUser,
        slug: str,
        *,
        unsaved: NotSaved | None = None,
        problem: Reason | None = None,
        status: int = 200,
    ) -> SheetPage[Work]:
        """The page of an exchange as it is now, still to be drawn. Raises Http404 for whoever has no part in it."""
        return SheetPage(
            request=request,
            me=me,
            there=self.work(me, slug),
            part=self.name,
            name=slug,
            unsaved=unsaved,
            problem=problem,
            status=status,
        )

    def address(self, slug: str, asked: Sequence[str] = ()) -> str:
        """The page of this part of an exchange, in the languages that were ticked."""
        return address_with(reverse(f"desk:exchange-{self.name}", kwargs={"slug": slug}), asked)


@dataclass(frozen=True, kw_only=True)
class AskedSheet:
    """What somebody asks of one of our sheets: by whom, at which exchange, of which sheet."""

    request: HttpRequest
    me: CurrentUser
    part: SheetPart[Any]
    name: str
    there: SheetedWork
    sheet: DraftSheet

    @property
    def languages(self) -> list[str]:
        return languages_asked(self.request)

    @property
    def by_script(self) -> bool:
        """Whether the script of the sheet asks, and reads the answer as JSON."""
        return _JSON in self.request.headers.get("Accept", "")

    @property
    def page(self) -> str:
        return self.part.address(self.name, self.languages)

    @property
    def writer(self) -> DeskWriter:
        return DeskWriter(active_reader().slug, self.there.lines, names=self.me.names)

    def act(self, act: str) -> str:
        """Where one thing is done with this sheet."""
        return act_address(self.part.name, self.name, self.sheet.number, act, self.sheet.tags)

    def again(self, *, unsaved: NotSaved | None, problem: Reason | None, status: int = 409) -> HttpResponse:
        """The page as it is now, with what is not saved."""
        page = self.part.page(self.request, self.me, self.name, unsaved=unsaved, problem=problem, status=status)
        return self.part.draw(page)
