"""What is done with a list of papers besides typing: a file put in as the text of one in one language."""

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.papers.papers_pages import papers_page
from koryu.desk.exchange.papers.papers_sheet import PapersSheet, may_type
from koryu.desk.exchange.papers.papers_tables import file_address
from koryu.desk.exchange.papers.papers_work import papers_work
from koryu.desk.exchange.sheet.sheet_acts import SHEET_ACTS
from koryu.desk.exchange.sheet.sheet_answer import saved_answer
from koryu.desk.exchange.sheet.sheet_request import AskedSheet, SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changed
from koryu.files.actions import bring_upload
from koryu.sheets.rows.merge import MergedContent
from koryu.sheets.rows.paper_cells import text_in, with_text
from koryu.sheets.rows.paper_rows import LISTED, PAPERS
from koryu.sheets.rows.row_sheet import RowItem, items_of
from koryu.sheets.rows.speaker_cells import as_listed, speakers_in
from koryu.values.reason import Reason, Refused

_WHICH: Final = Reason("Choose the paper, the language and the file.")


def _put_file(asked: AskedSheet) -> HttpResponse:
    """A file is the text of a paper in a language."""
    sheet, posted = asked.sheet, asked.request.POST
    assert isinstance(sheet, PapersSheet)
    row, tag = posted.get("paper", ""), posted.get("language", "")
    uploaded = asked.request.FILES.get("file")
    if sheet.rows_are is not PAPERS:
        raise Http404
    try:
        if row not in sheet.by_row or tag not in sheet.offered or uploaded is None:
            raise Refused(_WHICH)
        with transaction.atomic():
            merged, now = _with_file(asked.me, sheet, row, tag, uploaded)
    except Refused as refused:
        if not asked.by_script:
            raise
        return JsonResponse({"problem": refused.reason.in_words(_)}, status=409)
    if asked.by_script:
        file = text_in(now.by_row[row].content, tag)["file"]
        href = file_address(file["digest"], now.by_row[row].record)
        return saved_answer(asked, merged, now, file={"name": file["name"], "href": href})
    messages.success(asked.request, _("The file was kept as the text of the paper."))
    return HttpResponseRedirect(asked.page)


def _with_file(
    me: CurrentUser, sheet: PapersSheet, row: str, tag: str, uploaded: "UploadedFile[Any]"
) -> tuple[MergedContent, PapersSheet]:
    most, draft = settings.FILE_SIZE, sheet.by_row[row]
    kept = bring_upload(
        name=str(uploaded.name),
        # One byte more than is kept tells that there is too much; the rest need not be read.
        body=uploaded.read(most + 1),
        most=most,
        institution=draft.institution,
        record=draft.record,
        draft=draft.id,
        by=me.username,
        at=clock.now(),
    )

    def changed(now: PapersSheet) -> MergedContent:
        items = list(items_of(PAPERS, now.content))
        item = next((each for each in items if each["id"] == row), None)
        if item is None:
            raise Refused(_WHICH)
        before = text_in(item, tag).get("file")
        name = before["id"] if isinstance(before, dict) and "id" in before else f"f{kept.digest[7:13]}"
        file = {"id": name, "name": kept.name, "digest": kept.digest, "media_type": kept.media_type, "size": kept.size}
        made = with_text(item, tag, {"file": file}, home=now.reader.home)
        content = {**now.content, LISTED: [made if each is item else each for each in items]}
        return MergedContent(content=content, changed=(row,))

    return save_changed(me, sheet, changed)


def _use_list(asked: AskedSheet) -> HttpResponse:
    """Take what the list of people says of a speaker into a paper, as both are now."""
    sheet, row, named = asked.sheet, asked.request.POST.get("paper", ""), asked.request.POST.get("speaker", "")
    assert isinstance(sheet, PapersSheet)
    if sheet.rows_are is not PAPERS or row not in sheet.by_row or not may_type(asked.me, sheet.by_row[row]):
        raise Http404

    def changed(now: PapersSheet) -> MergedContent:
        items = list(items_of(PAPERS, now.content))
        made = [_as_in_list(item, named, now) if item["id"] == row else item for item in items]
        return MergedContent(content={**now.content, LISTED: made}, changed=(row,))

    save_changed(asked.me, sheet, changed)
    messages.success(asked.request, _("The paper now says what the list of people says."))
    return HttpResponseRedirect(asked.page)


def _as_in_list(item: RowItem, named: str, now: PapersSheet) -> RowItem:
    speakers = list(speakers_in(item))
    listed = {place: as_listed(each, now.reader) for place, each in enumerate(speakers) if each.get("id") == named}
    taken = {str(each.get("id")) for place, each in enumerate(speakers) if place not in listed}
    made = [
        # A name that another speaker has is not taken again.
        {**new, "id": each["id"] if new["id"] in taken else new["id"]} if (new := listed.get(place)) else each
        for place, each in enumerate(speakers)
    ]
    return {**item, "speakers": made} if made else item


PAPERS_PART: Final = SheetPart(
    name="papers",
    begins="paper",
    work=papers_work,
    draw=papers_page,
    acts={**SHEET_ACTS, "file": _put_file, "list": _use_list},
)
