"""What the pages of all parts typed as sheets share while they are drawn: languages, what is not saved, paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final, Generic, TypeVar

from django.http import HttpRequest, HttpResponse

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.part_work import SheetedWork
from koryu.desk.exchange.sheet.sheet_table import NotSaved, act_address, languages_asked
from koryu.desk.exchange.work_frame import WorkFrame
from koryu.markup.desk_writer import DeskWriter
from koryu.values.reason import Reason
from koryu.wording.languages import active_reader

Sheet = TypeVar("Sheet", bound=DraftSheet)
Work = TypeVar("Work", bound=SheetedWork)
PRINT: Final = "print"


@dataclass(frozen=True, kw_only=True)
class SheetPage(Generic[Work]):
    """One page of a part, asked for by somebody: with what of one of its sheets is not saved, and the `problem` where
    something was not done."""

    request: HttpRequest
    me: CurrentUser
    there: Work
    part: str
    name: str
    unsaved: NotSaved | None = None
    problem: Reason | None = None
    status: int = 200

    @property
    def asked(self) -> list[str]:
        """The languages that were ticked."""
        return languages_asked(self.request)

    @property
    def on_paper(self) -> bool:
        """Whether it is asked for to be printed: then nothing can be typed, and cells are as long as their words."""
        return self.request.GET.get("for") == PRINT

    @property
    def writer(self) -> DeskWriter:
        return DeskWriter(active_reader().slug, self.there.lines, names=self.me.names)

    def drawn(self, sheet: Sheet) -> Sheet:
        """The sheet as this page draws it."""
        return replace(sheet, fixed=True) if self.on_paper else sheet

    def not_saved_in(self, sheet: DraftSheet) -> NotSaved:
        """What of this sheet is not saved."""
        mine = self.unsaved is not None and self.unsaved.number == sheet.number
        return self.unsaved if self.unsaved and mine else NotSaved(number=sheet.number)

    def answer(
        self,
        frame: WorkFrame,
        *,
        sheets: Sequence[DraftSheet],
        languages: tuple[tuple[str, ...], tuple[str, ...]] = ((), ()),
        **shown: Any,
    ) -> HttpResponse:
        """The page. All its sheets are in the same languages, those of the first; `languages` where it has none."""
        offered, tags = (sheets[0].offered, sheets[0].tags) if sheets else languages
        return frame.page(
            self.request,
            self.me,
            f"desk/exchange/{self.part}.html",
            lines=self.there.lines,
            status=self.status,
            offered=offered,
            tags=tags,
            act_address=partial(act_address, self.part),
            asked=self.asked,
            on_paper=self.on_paper,
            problem=self.problem,
            **shown,
        )
