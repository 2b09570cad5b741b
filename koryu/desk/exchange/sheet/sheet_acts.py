"""What is done with every sheet of an exchange: its draft begun, saved as it is typed, pasted into."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.utils.translation import gettext as _

from koryu.desk.access import CurrentUser, staff
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.exchange.begin_part import begin_part
from koryu.desk.exchange.sheet.sheet_answer import conflicts_of, saved_answer
from koryu.desk.exchange.sheet.sheet_load import HELD
from koryu.desk.exchange.sheet.sheet_paste import load, paste
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.exchange.sheet.sheet_table import NotSaved, languages_asked
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.sheets.rows.merge import RowChange, changes_in
from koryu.sheets.rows.posted_rows import ROWS, changes_posted
from koryu.values.reason import Reason, Refused

_UNREADABLE: Final = Reason("The changes could not be read: reload the page, and type them again.")


@staff
def begin_sheet(request: HttpRequest, me: CurrentUser, /, slug: str, part: SheetPart[Any]) -> HttpResponse:
    """Begin the draft of our text of this part, from nothing or from what stands, and come back to the page."""
    there = part.work(me, slug)
    if request.method != "POST":
        return HttpResponseRedirect(part.address(slug))
    record = request.POST.get("record", "")
    try:
        if record:
            if not any(text.record == record and text.current for text in there.texts):
                raise Http404
            begin_from_record(request, me, record)
        else:
            begin_part(request, me, there.work, kind=part.begins)
    except Refused as refused:
        return part.draw(part.page(request, me, slug, problem=refused.reason, status=409))
    return HttpResponseRedirect(part.address(slug, languages_asked(request)))


@staff
def act_on_sheet(
    request: HttpRequest, me: CurrentUser, /, slug: str, number: int, act: str, part: SheetPart[Any]
) -> HttpResponse:
    """Do one thing with one of our sheets."""
    if act not in part.acts:
        raise Http404
    there = part.work(me, slug)
    sheet = there.sheet(me, number, languages_asked(request))
    asked = AskedSheet(request=request, me=me, part=part, name=slug, there=there, sheet=sheet)
    looks = act == "load" and HELD in request.GET and request.method in ("GET", "HEAD")
    if request.method != "POST" and act not in part.safe and not looks:
        return _come_back(asked, act)
    try:
        return part.acts[act](asked)
    except Refused as refused:
        if asked.by_script and act in ("save", "paste"):
            return JsonResponse({"problem": refused.reason.in_words(_)}, status=409)
        unsaved = _typed_in(asked, request.POST) if act == "save" else None
        return asked.again(unsaved=unsaved, problem=refused.reason)


def _come_back(asked: AskedSheet, act: str) -> HttpResponse:
    """Where somebody was signed out while typing: what was typed, still in its cells."""
    late = typed_too_late(asked.request)
    if late is None:
        return HttpResponseRedirect(asked.page)
    return asked.again(unsaved=_typed_in(asked, late) if act == "save" else None, problem=SIGNED_OUT, status=200)


def _typed_in(asked: AskedSheet, posted: QueryDict) -> NotSaved:
    """The cells of a form as they were typed; those of rows that are not there (any more) in new ones."""
    there = {row.id for row in asked.sheet.rows}
    mine: dict[tuple[str, str], str] = {}
    new = []
    for row in (row.partition(":")[0] for row in posted.getlist(ROWS)):
        cells = {column.key: posted.get(f"{row}/{column.key}", "") for column in asked.sheet.columns}
        if row not in there and any(cells.values()):
            new.append(row)
        if row in there or any(cells.values()):
            mine |= {(row, key): text for key, text in cells.items()}
    return NotSaved(number=asked.sheet.number, mine=mine, new=new)


def _save(asked: AskedSheet) -> HttpResponse:
    if "changes" in asked.request.POST:
        return saved_answer(asked, *save_changes(asked.me, asked.sheet, _sent(asked.request.POST["changes"])))
    posted = {name: values for name, values in asked.request.POST.lists() if "/" in name or name == ROWS}
    merged, sheet = save_changes(asked.me, asked.sheet, changes_posted(posted, asked.sheet.rows, asked.sheet.columns))
    if merged.conflicts:
        return conflicts_of(asked, merged, sheet)
    messages.success(asked.request, sheet.saved_message)
    return HttpResponseRedirect(asked.page)


def _sent(changes: str) -> tuple[RowChange, ...]:
    try:
        return changes_in(json.loads(changes))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Refused) else Refused(_UNREADABLE) from error


# What can be done with every sheet that is typed row by row.
SHEET_ACTS: Final[Mapping[str, Callable[[AskedSheet], HttpResponse]]] = {"save": _save, "paste": paste, "load": load}
