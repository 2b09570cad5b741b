"""Saving a sheet: what was changed is put into what is there now, whoever changed that meanwhile."""

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.sheets.rows.merge import MergedContent, RowChange, content_with
from koryu.values.reason import Refused

Sheet = TypeVar("Sheet", bound=DraftSheet)

# Whoever is overtaken so often in one moment is told.
_MOST_TIMES: Final = 4


def save_changes(me: CurrentUser, sheet: Sheet, changes: Iterable[RowChange]) -> tuple[MergedContent, Sheet]:
    """Put these changes into the sheet as it is now, and save it. Returns what came of it and the sheet afterwards.

    Raises Refused, where nothing was saved.
    """
    wanted = tuple(changes)

    def changed(now: Sheet) -> MergedContent:
        return content_with(now.rows_are, now.content, wanted, now.columns, now.reader)

    return save_changed(me, sheet, changed)


def save_changed(
    me: CurrentUser, sheet: Sheet, changed: Callable[[Sheet], MergedContent]
) -> tuple[MergedContent, Sheet]:
    """The same of a change that is given the sheet as it is now, each time another was faster. Raises Refused."""
    for times in range(_MOST_TIMES):
        # A record may be named by the changes themselves: read what is there, then put them in.
        sheet = sheet.with_content(sheet.content, asking=me.institution)
        merged = changed(sheet)
        if merged.content == sheet.content:
            return merged, sheet
        try:
            return merged, sheet.kept(me, merged.content)
        except Refused:
            now = sheet.changed_meanwhile()
            if now is None or times == _MOST_TIMES - 1:
                raise
            sheet = now
    raise AssertionError("the last time raises")
