"""What stands above a list of people, saved: how many come, and on which side."""

from collections.abc import Mapping
from typing import Final

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_saving import save_changed
from koryu.records.participation import ParticipationSide
from koryu.sheets import clean
from koryu.sheets.rows.merge import MergedContent
from koryu.values.reason import Reason, Refused

_CHANGED_MEANWHILE: Final = Reason("Somebody else changed this meanwhile. Look at it, and save again.")


def save_facts(me: CurrentUser, sheet: DraftSheet, posted: Mapping[str, str]) -> None:
    """Save how many come and on which side, as they were typed beside what they were. Raises Refused."""
    typed = {name: clean.line(posted.get(name, "")) for name in ("size_stated", "side")}
    was = {name: posted.get(f"{name}-was", "") for name in typed}

    def changed(now: DraftSheet) -> MergedContent:
        content = dict(now.content)
        for name, text in typed.items():
            if text == was[name]:
                continue
            if str(content.get(name, "")) not in (was[name], text):
                raise Refused(_CHANGED_MEANWHILE)
            value = _fact(name, text)
            content.pop(name, None)
            content.update({name: value} if value is not None else {})
        return MergedContent(content=content)

    save_changed(me, sheet, changed)


def _fact(name: str, typed: str) -> int | str | None:
    if not typed:
        return None
    if name == "side":
        return typed if typed in set(ParticipationSide) else None
    # What is no number stays as it was typed, as in forms; the record refuses it when it is sent.
    return int(typed) if typed.isdecimal() and len(typed) < 6 else typed
