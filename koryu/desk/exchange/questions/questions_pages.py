"""The page of the questions of an exchange: both sides by session, what is owed in writing; ours are typed here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpResponse

from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.begin_part import parts_to_begin
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.questions.questions_said import AskedAt, SaidItem, Thread, by_matter, owing, threads_of
from koryu.desk.exchange.questions.questions_work import KIND, QuestionsWork, words_of
from koryu.desk.exchange.sheet.asked_beside import anchor_of
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.desk.exchange.sheet.sheet_page import SheetPage
from koryu.desk.exchange.sheet.sheet_table import all_fields, table_of
from koryu.desk.exchange.work_frame import frame_of
from koryu.institutions import rules as roles
from koryu.records.questions import AskedWhen, QuestionType
from koryu.sheets.rows.question_cells import party_called
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words, translated

WRITTEN_BY: Final = N_("To be answered in writing by")
# What is chosen once and stays chosen, in the address of the page.
CHOSEN: Final = ("of", "when", "type", "text-in", "for", "answers")


@dataclass(frozen=True, kw_only=True)
class ShownItem:
    """One question, answer or statement as the page says it: what it is called, who says it, to whom, in what words."""

    key: str
    anchor: str
    institution: str
    is_draft: bool
    type: str
    when: str
    called: str
    by: str
    to: str
    text: Text | None
    due: Edtf | None
    is_owed: bool


@dataclass(frozen=True, kw_only=True)
class ShownThread:
    """A question with its answers; `owing` are those who owe an answer in writing."""

    first: ShownItem
    answers: tuple[ShownItem, ...]
    lost: bool
    owing: tuple[str, ...]
    may_answer: bool


@dataclass(frozen=True, kw_only=True)
class ShownMatter:
    """What is asked of one session or paper, which is `called` so; '' where it is of none."""

    anchor: str
    called: str
    gone: bool
    threads: tuple[ShownThread, ...]


@dataclass(frozen=True, kw_only=True)
class OwedAnswer:
    """An answer in writing that an institution owes, and by when."""

    institution: str
    is_ours: bool
    question: ShownItem


@dataclass(frozen=True, kw_only=True)
class QuestionsHalf:
    """What one institution says: what stands of it, and the draft of it with its table."""

    text: ExchangeText
    is_ours: bool
    sheet: DraftSheet | None = None
    table: str = ""
    panel: str = ""
    saved: str = ""


@dataclass(frozen=True, kw_only=True)
class NewQuestion:
    """The form in which one question after the other is typed, with what stays chosen.

    `whose` are (number of the draft, '' for ours that may not be begun yet; institution).
    """

    whose: tuple[tuple[str, str], ...]
    matters: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    chosen: dict[str, str]
    answers: ShownItem | None
    types: tuple[str, ...] = tuple(map(str, QuestionType))
    stages: tuple[str, ...] = tuple(map(str, AskedWhen))


def questions_page(page: SheetPage[QuestionsWork], typed: dict[str, str] | None = None) -> HttpResponse:
    """The questions of one exchange, of all its institutions; with what was `typed` into the form of a new one."""
    me, there = page.me, page.there
    halves = [_half(page, text) for text in there.texts]
    threads = threads_of(there.said)
    asked = by_matter(threads, there.order)
    shown = _Shown(there, may_answer=_may_type(me, there, halves))
    return page.answer(
        frame_of(there.work, page.name, texts=there.every),
        sheets=[half.sheet for half in halves if half.sheet],
        halves=halves,
        matters=[shown.matter(each) for each in asked],
        as_mail="\n".join(mail_lines(there, asked)),
        owed=sorted(shown.owed(threads), key=lambda each: (not each.is_ours, _by_due(each))),
        today=clock.today(),
        new=_new_question(page, halves, shown, typed) if shown.may_answer else None,
        typed=typed or {},
        may_change=roles.may_draft(role=me.role, kind=KIND) is None,
    )


def mail_lines(there: QuestionsWork, asked: Iterable[AskedAt]) -> Iterator[str]:
    """What our institution asks, answers and states, as plain text, to be copied into a mail."""
    slug, tag, ours = there.reader.slug, there.reader.tag, there.work.institution
    for matter in asked:
        items = [each for thread in matter.threads for each in (thread.first, *thread.answers)]
        lines = [_in_mail(there, each, slug, tag) for each in items if each.institution == ours]
        if lines:
            yield from filter(None, (there.names.called(matter.key), *lines, " "))


def _in_mail(there: QuestionsWork, said: SaidItem, slug: str, tag: str) -> str:
    called = there.names.called(said.key if said.is_question else said.answers)
    kind = "" if said.is_question else there.reader.word(str(said.item.get("type") or ""))
    due = f" [{translated(WRITTEN_BY, slug)}: {date_in_words(said.due, slug)}]" if said.due else ""
    return f"{' '.join(filter(None, (called, kind)))}: {words_of(said, tag)}{due}"


def _by_due(owed: OwedAnswer) -> date:
    return owed.question.due.latest if owed.question.due else date.max


def _may_type(me: CurrentUser, there: QuestionsWork, halves: list[QuestionsHalf]) -> bool:
    """Whether whoever looks can say something: in a draft that is there, or in one that they may begin."""
    if roles.may_draft(role=me.role, kind=KIND) or me.institution not in there.work.institutions:
        return False
    ours = next((half for half in halves if half.is_ours), None)
    if ours is None:
        return any(beginning.kind == KIND for beginning in parts_to_begin(me, there.work, there.texts))
    return ours.sheet is None or not ours.sheet.fixed


def _half(page: SheetPage[QuestionsWork], text: ExchangeText) -> QuestionsHalf:
    is_ours = text.institution == page.me.institution
    if text.draft is None:
        return QuestionsHalf(text=text, is_ours=is_ours)
    sheet = page.drawn(page.there.sheet_of(page.me, text, page.asked))
    if sheet.fixed:
        return QuestionsHalf(text=text, is_ours=is_ours, sheet=sheet)
    unsaved = page.not_saved_in(sheet)
    more = (all_fields(page.writer, sheet),)
    return QuestionsHalf(
        text=text,
        is_ours=is_ours,
        sheet=sheet,
        table=table_of(page.writer, "questions", page.name, sheet, unsaved, more=more),
        panel=unsaved.panel,
        saved=saved_at(page.me, text.draft),
    )


def _new_question(
    page: SheetPage[QuestionsWork], halves: list[QuestionsHalf], shown: "_Shown", typed: dict[str, str] | None
) -> NewQuestion:
    there = page.there
    drafts = [(half, half.sheet) for half in halves if half.sheet and not half.sheet.fixed]
    ours = next((str(sheet.number) for half, sheet in drafts if half.is_ours), "")
    others = [(str(sheet.number), half.text.institution) for half, sheet in drafts if not half.is_ours]
    given = {name: page.request.GET.get(name, "") for name in CHOSEN}
    chosen = {**given, "when": given["when"] or _stage_now(there), **(typed or {})}
    answered = next((item for item in there.said if item.key == chosen["answers"] and item.is_question), None)
    languages = next((sheet.offered for half, sheet in drafts if half.is_ours), ()) or (
        active_reader().tag,
        *(tag for tag in ("ja", "zh-Hans", "ko", "en") if tag != active_reader().tag),
    )
    return NewQuestion(
        whose=((ours, page.me.institution), *others),
        matters=tuple((key, there.names.called(key)) for key in there.order),
        languages=languages,
        chosen=chosen,
        answers=shown.item(answered) if answered else None,
    )


def _stage_now(there: QuestionsWork) -> str:
    """Before, during or after the exchange, by its days; during it where these are not known."""
    days, today = there.reader.days, clock.today()
    if days is None or days[0] <= today <= days[1]:
        return AskedWhen.DURING
    return AskedWhen.BEFORE if today < days[0] else AskedWhen.AFTER


class _Shown:
    """Makes what the page shows of what was said."""

    def __init__(self, there: QuestionsWork, *, may_answer: bool) -> None:
        self.there, self.may_answer, self.reader = there, may_answer, there.reader
        self.items: dict[str, ShownItem] = {}

    def matter(self, asked: AskedAt) -> ShownMatter:
        return ShownMatter(
            anchor=anchor_of(asked.key),
            called=self.there.names.called(asked.key),
            gone=asked.gone,
            threads=tuple(map(self.thread, asked.threads)),
        )

    def thread(self, thread: Thread) -> ShownThread:
        return ShownThread(
            first=self.item(thread.first),
            answers=tuple(map(self.item, thread.answers)),
            lost=thread.lost,
            owing=owing(thread, self.there.work.institutions),
            may_answer=self.may_answer and thread.first.is_question and not thread.first.is_draft,
        )

    def item(self, said: SaidItem) -> ShownItem:
        if said.key not in self.items:
            self.items[said.key] = self._item(said)
        return self.items[said.key]

    def _item(self, said: SaidItem) -> ShownItem:
        item, text = said.item, said.item.get("text")
        by, to = item.get("by"), item.get("to")
        return ShownItem(
            key=said.key,
            anchor=anchor_of(said.key),
            institution=said.institution,
            is_draft=said.is_draft,
            type=str(item.get("type") or ""),
            when=str(item.get("when") or ""),
            called=self.there.names.called(said.key) if said.is_question else "",
            by=party_called(by, self.reader) if isinstance(by, dict) else "",
            to=party_called(to, self.reader) if isinstance(to, dict) else "",
            text=Text.kept(text) if words_of(said, self.reader.tag) and isinstance(text, dict) else None,
            due=said.due,
            is_owed=said.is_owed,
        )

    def owed(self, threads: tuple[Thread, ...]) -> Iterator[OwedAnswer]:
        work = self.there.work
        for thread in threads:
            for institution in owing(thread, work.institutions):
                yield OwedAnswer(
                    institution=institution,
                    is_ours=institution == work.institution,
                    question=self.item(thread.first),
                )
