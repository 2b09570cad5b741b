"""What is done with a list of people: begun, saved as it is typed, pasted into, filled from that of last time."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.desk.access import CurrentUser, staff
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.begin_part import begin_part
from koryu.desk.exchange.people_before import last_people, taken_along
from koryu.desk.exchange.people_pages import page_of
from koryu.desk.exchange.people_saving import save_changes, save_facts
from koryu.desk.exchange.people_sheet import PeopleSheet
from koryu.desk.exchange.people_table import NotSaved, act_address, address_with, hidden_fields, languages_asked
from koryu.desk.exchange.people_work import PeopleWork, people_work
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.paste_html import paste_panel
from koryu.markup.table_html import heads_of
from koryu.sheets.rows.clipboard import pasted_grid
from koryu.sheets.rows.merge import MergedContent, RowChange, changes_in
from koryu.sheets.rows.pasted import changes_of, paste_preview
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.posted_rows import ROWS, changes_posted
from koryu.sheets.rows.row_sheet import CellMark
from koryu.sheets.rows.saved_rows import saved_rows
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import active_reader

_JSON: Final = "application/json"
_NOT_ALL: Final = Reason("Not everything was saved: somebody else changed the list meanwhile. What you typed is below.")
_UNREADABLE: Final = Reason("The changes could not be read: reload the page, and type them again.")


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """What somebody asks of one of our lists: by whom, at which exchange, of which sheet."""

    request: HttpRequest
    me: CurrentUser
    name: str
    there: PeopleWork
    sheet: PeopleSheet

    @property
    def languages(self) -> list[str]:
        return languages_asked(self.request)

    @property
    def by_script(self) -> bool:
        """Whether the script of the sheet asks, and reads the answer as JSON."""
        return _JSON in self.request.headers.get("Accept", "")

    @property
    def page(self) -> str:
        return address_with(reverse("desk:exchange-people", kwargs={"slug": self.name}), self.languages)

    @property
    def writer(self) -> DeskWriter:
        return DeskWriter(active_reader().slug, self.there.lines, names=self.me.names)


@staff
def begin_people(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Begin the draft of our list, from nothing or from what stands, and come back to the page."""
    there = people_work(me, slug)
    page = reverse("desk:exchange-people", kwargs={"slug": slug})
    if request.method != "POST":
        return HttpResponseRedirect(page)
    record = request.POST.get("record", "")
    try:
        if record:
            if not any(text.record == record and text.current for text in there.texts):
                raise Http404
            begin_from_record(request, me, record)
        else:
            begin_part(request, me, there.work, kind="participation")
    except Refused as refused:
        return page_of(request, me, there, slug, problem=refused.reason, status=409)
    return HttpResponseRedirect(address_with(page, languages_asked(request)))


@staff
def act_on_people(request: HttpRequest, me: CurrentUser, /, slug: str, number: int, act: str) -> HttpResponse:
    """Do one thing with one of our lists."""
    if act not in _DO:
        raise Http404
    there = people_work(me, slug)
    asked = _Asked(
        request=request, me=me, name=slug, there=there, sheet=there.sheet(me, number, languages_asked(request))
    )
    if request.method != "POST" and act != "last":
        return _come_back(asked, act)
    try:
        return _DO[act](asked)
    except Refused as refused:
        if asked.by_script and act in ("save", "paste"):
            return JsonResponse({"problem": refused.reason.in_words(_)}, status=409)
        unsaved = _typed_in(asked, request.POST) if act == "save" else None
        return _again(asked, unsaved=unsaved, problem=refused.reason)


def _come_back(asked: _Asked, act: str) -> HttpResponse:
    """Where somebody was signed out while typing: what was typed, still in its cells."""
    late = typed_too_late(asked.request)
    if late is None:
        return HttpResponseRedirect(asked.page)
    return _again(asked, unsaved=_typed_in(asked, late) if act == "save" else None, problem=SIGNED_OUT, status=200)


def _again(asked: _Asked, *, unsaved: NotSaved | None, problem: Reason | None, status: int = 409) -> HttpResponse:
    there = people_work(asked.me, asked.name)
    return page_of(asked.request, asked.me, there, asked.name, unsaved=unsaved, problem=problem, status=status)


def _typed_in(asked: _Asked, posted: QueryDict) -> NotSaved:
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
    return NotSaved(draft=asked.sheet.draft.id, mine=mine, new=new)


# Saving


def _save(asked: _Asked) -> HttpResponse:
    if "changes" in asked.request.POST:
        return _answer(asked, *save_changes(asked.me, asked.sheet, _sent(asked.request.POST["changes"])))
    posted = {name: values for name, values in asked.request.POST.lists() if "/" in name or name == ROWS}
    merged, sheet = save_changes(asked.me, asked.sheet, changes_posted(posted, asked.sheet.rows, asked.sheet.columns))
    if merged.conflicts:
        return _again(asked, unsaved=_conflicts(sheet, merged), problem=_NOT_ALL)
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


def _sent(changes: str) -> tuple[RowChange, ...]:
    try:
        return changes_in(json.loads(changes))
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, Refused) else Refused(_UNREADABLE) from error


def _answer(asked: _Asked, merged: MergedContent, sheet: PeopleSheet) -> HttpResponse:
    answer = saved_rows(
        PEOPLE,
        merged,
        columns=sheet.columns,
        reader=sheet.reader,
        marks=sheet.marks,
        translate=_,
        heads=heads_of(asked.writer, sheet.columns),
    )
    return JsonResponse({**answer, "saved": saved_at(asked.me, sheet.draft)})


def _conflicts(sheet: PeopleSheet, merged: MergedContent) -> NotSaved:
    """What was not saved, each in its cell; whatever was typed into a row that is gone in a new one."""
    there = {row.id for row in sheet.rows}
    typed = [conflict for conflict in merged.conflicts if conflict.column]
    return NotSaved(
        draft=sheet.draft.id,
        mine={(conflict.row, conflict.column): conflict.mine for conflict in typed},
        marks=[CellMark(conflict.row, conflict.column, conflict.reason) for conflict in merged.conflicts],
        new=list(dict.fromkeys(conflict.row for conflict in typed if conflict.row not in there)),
    )


def _save_facts(asked: _Asked) -> HttpResponse:
    save_facts(asked.me, asked.sheet, {name: asked.request.POST.get(name, "") for name in asked.request.POST})
    messages.success(asked.request, _("The draft was saved."))
    return HttpResponseRedirect(asked.page)


# Pasting


def _paste(asked: _Asked) -> HttpResponse:
    """Shown before anything is written; then put in, or dropped."""
    posted, sheet = asked.request.POST, asked.sheet
    if posted.get("do") == "drop":
        return HttpResponseRedirect(asked.page)
    grid = pasted_grid(posted.get("text", ""), posted.get("html", ""))
    preview = paste_preview(
        grid,
        sheet=PEOPLE,
        content=sheet.content,
        columns=sheet.columns,
        reader=sheet.reader,
        chosen=posted.getlist("choice") or None,
        seed=f"{sheet.draft.id}:{sheet.draft.edition}",
    )
    if posted.get("do") == "put":
        return _put(asked, changes_of(preview, {row.id: row for row in sheet.rows}))
    panel = paste_panel(
        asked.writer,
        grid,
        preview,
        sheet.columns,
        paste_at=act_address(asked.name, sheet.draft.id, "paste", sheet.tags),
        mark=hidden_fields(asked.request, sheet.tags),
    )
    if asked.by_script:
        return HttpResponse(panel)
    return _again(asked, unsaved=NotSaved(draft=sheet.draft.id, panel=panel), problem=None, status=200)


def _put(asked: _Asked, changes: Iterable[RowChange]) -> HttpResponse:
    merged, sheet = save_changes(asked.me, asked.sheet, changes)
    if asked.by_script:
        return _answer(asked, merged, sheet)
    if merged.conflicts:
        return _again(asked, unsaved=_conflicts(sheet, merged), problem=_NOT_ALL)
    messages.success(asked.request, _("Rows put in or changed: %(n)s.") % {"n": len(merged.changed)})
    return HttpResponseRedirect(asked.page)


# From last time


def _from_last(asked: _Asked) -> HttpResponse:
    """Our own people of the last exchange, to be ticked."""
    last = last_people(asked.there.work, str(asked.sheet.content.get("institution", "")))
    if asked.request.method == "POST" and last:
        changes = taken_along(last, asked.request.POST.getlist("member"), asked.sheet)
        merged, _sheet = save_changes(asked.me, asked.sheet, changes)
        messages.success(asked.request, _("Rows put in or changed: %(n)s.") % {"n": len(merged.changed)})
        return HttpResponseRedirect(asked.page)
    members = last.document.members if last else ()
    naming = {str(member.person) for member in members if member.person}
    naming |= {str(post.institution) for member in members for post in member.posts if post.institution}
    return render_page(
        asked.request,
        asked.me,
        "desk/exchange/people_before.html",
        naming={*naming, *([last.exchange.uri, last.line.uri] if last else [])},
        known=asked.there.lines,
        name=asked.name,
        work=asked.there.work,
        title=title_for(asked.there.work),
        last=last,
        number=asked.sheet.draft.id,
        asked=asked.languages,
        page=asked.page,
    )


_DO: Final[Mapping[str, Callable[[_Asked], HttpResponse]]] = {
    "save": _save,
    "facts": _save_facts,
    "paste": _paste,
    "last": _from_last,
}
