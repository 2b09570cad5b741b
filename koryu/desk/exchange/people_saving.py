"""Saving a list of people: what was changed is put into what is there now, whoever changed that meanwhile."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.people_sheet import PeopleSheet
from koryu.records.participation import ParticipationSide
from koryu.sheets import clean
from koryu.sheets.rows.merge import MergedContent, RowChange, content_with
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.values.reason import Reason, Refused

# Whoever is overtaken so often in one moment is told.
_MOST_TIMES: Final = 4
_CHANGED_MEANWHILE: Final = Reason("Somebody else changed this meanwhile. Look at it, and save again.")


def save_changes(
    me: CurrentUser, sheet: PeopleSheet, changes: Iterable[RowChange]
) -> tuple[MergedContent, PeopleSheet]:
    """Put these changes into the draft as it is now, and save it. Returns what came of it and the sheet afterwards.

    Raises Refused, where nothing was saved.
    """
    wanted = tuple(changes)

    def changed(now: PeopleSheet) -> MergedContent:
        return content_with(PEOPLE, now.content, wanted, now.columns, now.reader)

    return _saved(me, sheet, changed)


def save_facts(me: CurrentUser, sheet: PeopleSheet, posted: Mapping[str, str]) -> None:
    """Save how many come and on which side, as they were typed beside what they were. Raises Refused."""
    typed = {name: clean.line(posted.get(name, "")) for name in ("size_stated", "side")}
    was = {name: posted.get(f"{name}-was", "") for name in typed}

    def changed(now: PeopleSheet) -> MergedContent:
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

    _saved(me, sheet, changed)


def _fact(name: str, typed: str) -> int | str | None:
    if not typed:
        return None
    if name == "side":
        return typed if typed in set(ParticipationSide) else None
    # What is no number stays as it was typed, as in forms; the record refuses it when it is sent.
    return int(typed) if typed.isdecimal() and len(typed) < 6 else typed


def _saved(
    me: CurrentUser, sheet: PeopleSheet, changed: Callable[[PeopleSheet], MergedContent]
) -> tuple[MergedContent, PeopleSheet]:
    for times in range(_MOST_TIMES):
        # A person may be named by the changes themselves: read what is there, then put them in.
        sheet = sheet.with_content(sheet.content, asking=me.institution)
        merged = changed(sheet)
        if merged.content == sheet.content:
            return merged, sheet
        try:
            edition = actions.save(
                draft=sheet.draft.id, content=merged.content, seen=sheet.draft.edition, by=me.username, at=clock.now()
            )
        except Refused:
            now = consent.draft(sheet.draft.id)
            if now is None or now.edition == sheet.draft.edition or times == _MOST_TIMES - 1:
                raise
            sheet = replace(sheet, draft=now, content=now.content)
            continue
        draft = replace(
            sheet.draft, content=merged.content, edition=edition, changed_by=me.username, changed_at=clock.now()
        )
        return merged, replace(sheet, draft=draft).with_content(merged.content, asking=me.institution)
    raise AssertionError("the last time raises")
