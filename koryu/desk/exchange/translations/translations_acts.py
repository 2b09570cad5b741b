"""What is done with the translations of an exchange: typed, asked of somebody by a day, said to be still right."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from koryu.desk import clock
from koryu.desk.exchange.sheet.sheet_answer import conflicts_of, saved_content
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.exchange.translations.translation_sheet import TranslationSheet
from koryu.desk.exchange.translations.translations_pages import PART, translations_page
from koryu.desk.exchange.translations.translations_work import translations_work
from koryu.planning import actions as planning
from koryu.planning.rules.translations import TranslationPlace
from koryu.sheets import clean
from koryu.sheets.parse import understood
from koryu.sheets.rows.merge import CellChange, changes_in
from koryu.sheets.rows.posted_rows import ROWS, changes_posted
from koryu.sheets.rows.translation_rows import original_seen
from koryu.values.reason import Reason, Refused

_UNREADABLE: Final = Reason("The changes could not be read: reload the page, and type them again.")
_GONE: Final = Reason("This row was removed meanwhile by somebody else.")
# What is chosen where nobody is to write it, and where somebody else is named in words.
NOBODY: Final = "-"
OTHER: Final = "+"


def _save(asked: AskedSheet) -> HttpResponse:
    posted, sheet = asked.request.POST, asked.sheet
    assert isinstance(sheet, TranslationSheet)
    if "changes" in posted:
        return _saved_by_script(asked, sheet, posted["changes"])
    values = {name: values for name, values in posted.lists() if "/" in name or name == ROWS}
    sheet, renamed = sheet.as_seen(row.partition(":")[0] for row in values.get(ROWS, ()))
    changes = changes_posted(_renamed(values, renamed), sheet.rows, sheet.columns)
    merged, now = save_changes(asked.me, sheet, _cells_alone(changes))
    if merged.conflicts:
        return conflicts_of(asked, merged, now)
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


def _saved_by_script(asked: AskedSheet, sheet: TranslationSheet, written: str) -> HttpResponse:
    """What the script is told: the rows it sent, under the names it knows them by."""
    try:
        changes = _cells_alone(changes_in(json.loads(written)))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Refused) else Refused(_UNREADABLE) from error
    sheet, renamed = sheet.as_seen(change.row for change in changes)
    wanted = [_as_today(change, renamed) for change in changes]
    merged, now = save_changes(asked.me, sheet, wanted)
    # A page knows a row by the original that it shows: there it is the same row, whatever the original is by now.
    on_page = {original_seen(change.row)[0]: change.row for change in changes}
    answer = saved_content(asked, merged, now)
    rows = [row for row in answer["rows"] if original_seen(row["id"])[0] in on_page]
    named = {
        "rows": [_on_page(row, "id", on_page) for row in rows],
        "conflicts": [_on_page(each, "row", on_page) for each in answer["conflicts"]],
        "marks": [_on_page(mark, "row", on_page) for mark in answer["marks"]],
        "undo": [],
    }
    return JsonResponse({**answer, **named})


def _ask(asked: AskedSheet) -> HttpResponse:
    """Ask somebody of ours, or somebody else, for translations by a day; or say that none is needed."""
    posted, sheet = asked.request.POST, asked.sheet
    assert isinstance(sheet, TranslationSheet)
    person, who, needed = _who_is_meant(asked)
    due = clean.line(posted.get("due", ""))
    number = planning.ask_translations(
        institution=asked.me.institution,
        exchange=sheet.exchange,
        places=_places(sheet, posted.getlist("text"), posted.get("language", ""), ours=not who),
        person=person,
        who=who,
        due=understood(due) if due else "",
        needed=needed,
        today=clock.today(),
        by=asked.me.username,
        at=clock.now(),
    )
    said = ngettext("Saved for %(n)s text.", "Saved for %(n)s texts.", number) % {"n": number}
    messages.success(asked.request, said)
    return HttpResponseRedirect(asked.page)


def _who_is_meant(asked: AskedSheet) -> tuple[str, str, bool]:
    """(who of ours, who else, whether it is needed at all) as the form says it."""
    chosen, other = asked.request.POST.get("who", ""), clean.line(asked.request.POST.get("other", ""))
    if chosen == NOBODY:
        return "", "", False
    if chosen == OTHER:
        if not other:
            raise Refused(Reason("Say who is to translate."))
        return "", other, True
    return ("", chosen, True) if chosen in asked.there.work.institutions else (chosen, "", True)


def _places(sheet: TranslationSheet, rows: Sequence[str], language: str, *, ours: bool) -> list[TranslationPlace]:
    """The texts that are ticked, in a language; without a tick all that are missing in it: of those who are asked here
    (`ours`) what they can type."""
    if language not in sheet.offered:
        raise Refused(Reason("Choose a language."))
    marks = {original_seen(row)[0] for row in rows}
    texts = [(row, row.text) for row in sheet.text_rows if row.text and language != row.text.source]
    if marks:
        return [row.at(language) for row, _text in texts if original_seen(row.id)[0] in marks]
    return [row.at(language) for row, text in texts if language not in text.forms and (row.is_open or not ours)]


def _still_right(asked: AskedSheet) -> HttpResponse:
    """A translation whose original was changed is right as it is."""
    sheet, (named, _slash, tag) = asked.sheet, asked.request.POST.get("right", "").partition("/")
    assert isinstance(sheet, TranslationSheet)
    row = sheet.by_id.get(named)
    # Of another original than that of today it was not said.
    if row is None or row.text is None or not sheet.is_typed(row, tag):
        raise Refused(_GONE)
    planning.still_right(
        institution=asked.me.institution,
        exchange=sheet.exchange,
        place=row.at(tag),
        made_of=row.text.made_of,
        today=clock.today(),
        by=asked.me.username,
        at=clock.now(),
    )
    messages.success(asked.request, _("Saved: the translation is still correct."))
    return HttpResponseRedirect(asked.page)


def _cells_alone(changes: Sequence[Any]) -> tuple[CellChange, ...]:
    """Rows are neither added, moved nor removed here."""
    if not all(isinstance(change, CellChange) for change in changes):
        raise Refused(_UNREADABLE)
    return tuple(changes)


def _as_today(change: CellChange, renamed: Mapping[str, str]) -> CellChange:
    return CellChange(renamed.get(change.row, change.row), change.column, change.was, change.now)


def _renamed(posted: Mapping[str, list[Any]], renamed: Mapping[str, str]) -> dict[str, list[Any]]:
    """A posted form with its rows under the names of today."""
    if not renamed:
        return dict(posted)
    made: dict[str, list[Any]] = {}
    for name, values in posted.items():
        row, slash, column = name.partition("/")
        made[f"{renamed.get(row, row)}{slash}{column}"] = values
    drawn = (each.partition(":") for each in posted.get(ROWS, ()))
    return {**made, ROWS: [f"{renamed.get(row, row)}:{mark}" for row, _colon, mark in drawn]}


def _on_page(said: Mapping[str, Any], name: str, on_page: Mapping[str, str]) -> dict[str, Any]:
    row = str(said[name])
    return {**said, name: on_page.get(original_seen(row)[0], row)}


TRANSLATIONS_PART: Final = SheetPart(
    name=PART,
    work=translations_work,
    draw=translations_page,
    acts={"save": _save, "ask": _ask, "right": _still_right},
)
