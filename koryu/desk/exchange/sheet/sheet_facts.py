"""What of a draft stands above its sheet, each typed beside what it was: nobody's change is lost."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_saving import save_changed
from koryu.planning.actions import CHANGED_MEANWHILE
from koryu.sheets import clean
from koryu.sheets.rows.merge import MergedContent
from koryu.values.reason import Refused

_WAS: Final = "-was"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A field above a sheet: `kept` makes of what was typed what the content holds, None for nothing; `shown` is the
    way back."""

    field: str
    kept: Callable[[str], Any] = lambda typed: typed or None
    shown: Callable[[Any], str] = lambda held: "" if held is None else str(held)


def save_facts(me: CurrentUser, sheet: DraftSheet, facts: Iterable[Fact], posted: Mapping[str, str]) -> None:
    """Save the facts that were typed otherwise than they were. Refused, where somebody else changed one meanwhile."""
    typed = [(fact, clean.line(posted.get(fact.field, "")), posted.get(f"{fact.field}{_WAS}", "")) for fact in facts]

    def changed(now: DraftSheet) -> MergedContent:
        content = dict(now.content)
        for fact, text, was in typed:
            if text == was:
                continue
            if fact.shown(content.pop(fact.field, None)) not in (was, text):
                raise Refused(CHANGED_MEANWHILE)
            if (value := fact.kept(text)) is not None:
                content[fact.field] = value
        return MergedContent(content=content)

    save_changed(me, sheet, changed)
