"""What is done with questions besides typing in their sheet: one after the other added; the first begins the draft."""

from secrets import token_hex
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from koryu.desk.access import CurrentUser, staff
from koryu.desk.drafts.new_draft import begin_from_record
from koryu.desk.exchange.begin_part import begin_part
from koryu.desk.exchange.questions.questions_pages import CHOSEN, questions_page
from koryu.desk.exchange.questions.questions_work import KIND, QuestionsWork, questions_work
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_acts import SHEET_ACTS
from koryu.desk.exchange.sheet.sheet_request import SheetPart
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.text_input import number_typed
from koryu.institutions import rules as roles
from koryu.records.questions import QuestionType
from koryu.sheets import clean
from koryu.sheets.rows.merge import RowRestored
from koryu.sheets.rows.question_cells import matter_of
from koryu.sheets.rows.question_rows import QUESTIONS
from koryu.sheets.rows.row_sheet import RowItem, item_with, text_with
from koryu.values.reason import Reason, Refused, or_refuse

# What of a new question is typed, by the key of the column that understands it.
_TYPED: Final = ("by", "to", "written")
# What stays chosen for the next one.
_STAYS: Final = ("of", "when", "type", "text-in", "for")


@staff
def add_question(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """Put one question, answer or statement under the others of a draft of ours; the first one begins the draft."""
    there = questions_work(me, slug)
    if request.method != "POST":
        late = typed_too_late(request)
        if late is None:
            return HttpResponseRedirect(QUESTIONS_PART.address(slug))
        return questions_page(QUESTIONS_PART.page(request, me, slug, problem=SIGNED_OUT), typed=_as_typed(late))
    posted = request.POST
    try:
        or_refuse(roles.may_draft(role=me.role, kind=KIND))
        item = _item(there, posted)
        sheet = _sheet(request, me, there, slug, posted.get("for", ""))
        # Two who add at the same moment add two: no row is named after what was there.
        row = f"q{token_hex(4)}"
        save_changes(me, sheet, [RowRestored(row, {**item, "id": row})])
    except Refused as refused:
        now = QUESTIONS_PART.page(request, me, slug, problem=refused.reason, status=409)
        return questions_page(now, typed=_as_typed(posted))
    messages.success(request, _("Added to the draft."))
    stays = urlencode({name: value for name in _STAYS if (value := posted.get(name, ""))})
    return HttpResponseRedirect(f"{QUESTIONS_PART.address(slug)}?{stays}#new-text")


def _as_typed(posted: QueryDict) -> dict[str, str]:
    return {name: posted.get(name, "") for name in (*CHOSEN, *_TYPED, "text")}


def _item(there: QuestionsWork, posted: QueryDict) -> RowItem:
    """What was typed, as a record has it. Raises Refused."""
    text, tag = clean.prose(posted.get("text", "")), posted.get("text-in", "")
    or_refuse(None if text else Reason("Type the words of the question, answer or statement."))
    answers, key = posted.get("answers", ""), posted.get("of", "")
    asked = next((each for each in there.said if each.key == answers and each.is_question), None)
    or_refuse(Reason("The question it answers is no longer there.") if answers and asked is None else None)
    matter = matter_of(key if key in there.order else "") or (asked.item.get("of") if asked else None)
    item: RowItem = item_with({"text": text_with(None, tag or there.reader.tag, text)}, "of", matter)
    for column in QUESTIONS.columns:
        typed = clean.line(posted.get(column.key, ""))
        if column.key in ("type", "when", *_TYPED) and typed:
            item = column.cell.with_typed(item, typed, "", there.reader)
    if asked:
        record, _hash, place = asked.key.partition("#")
        return {**item, "type": str(QuestionType.ANSWER), "answers": {"record": record, "item": place}}
    return item


def _sheet(request: HttpRequest, me: CurrentUser, there: QuestionsWork, slug: str, whose: str) -> DraftSheet:
    """The draft it goes into: the one that was chosen, else ours, begun where there is none. Raises Refused."""
    if number := number_typed(whose):
        return there.sheet(me, number, [])
    ours = next((text for text in there.texts if text.institution == me.institution), None)
    if ours and ours.draft and ours.draft.institution == me.institution:
        return there.sheet(me, ours.draft.id, [])
    if ours and ours.current:
        number = begin_from_record(request, me, ours.record)
    else:
        number = begin_part(request, me, there.work, kind=KIND)
    return questions_work(me, slug).sheet(me, number, [])


QUESTIONS_PART: Final = SheetPart(
    name="questions", begins=KIND, work=questions_work, draw=questions_page, acts=SHEET_ACTS
)
