"""Cells of questions: what a question is about, who asks whom, by when an answer is owed, what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from koryu.records.questions import AskedWhen, QuestionType
from koryu.sheets.parse import YES, is_date, is_record, understood
from koryu.sheets.rows.chosen_cells import folded_word
from koryu.sheets.rows.exchange_names import matter_key
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with, kept_text
from koryu.values.edtf import Edtf
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.messages import date_in_words

TYPE_WORDS: Final[Mapping[QuestionType, str]] = {
    QuestionType.QUESTION: "q question 質問 質疑 问 問 提问 질문 질의",
    QuestionType.ANSWER: "a answer reply 回答 答 答え 答复 答覆 답 답변",
    QuestionType.STATEMENT: "s statement remark 発言 意見 发言 发表意见 발언 의견",
}
STAGE_WORDS: Final[Mapping[AskedWhen, str]] = {
    AskedWhen.BEFORE: "before 事前 前 之前 会前 이전 사전",
    AskedWhen.DURING: "during 当日 中 会中 期间 당일",
    AskedWhen.AFTER: "after 事後 後 之后 会后 이후 사후",
}
# What people write where an answer in writing is promised and no day was named.
_PROMISED: Final = frozenset({"yes", "y", "✓", "○", "o", "x", "はい", "要", "是", "需要", "예", "네", YES})
_PROMISED_SHOWN: Final = "✓"


@dataclass(frozen=True)
class MatterCell(CellSort):
    """The paper or the session that something is about, by its label, its number or its title."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        matter = item.get("of")
        key = matter_key(matter)
        return reader.around.called(key) or key or (str(matter) if isinstance(matter, str) else "")

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        if not typed:
            return item_with(item, "of", None)
        return item_with(item, "of", matter_of(reader.around.matter(typed)) or typed)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        matter = item.get("of")
        if matter is None or matter_key(matter):
            return None
        return Reason("“%(typed)s” is no session and no paper of this exchange.", typed=str(matter))


def matter_of(key: str) -> dict[str, str] | None:
    """What records say it is about, of a key: the URI of a paper, or `timetable#session`; None for ''."""
    record, _hash, session = key.partition("#")
    if session:
        return {"timetable": record, "session": session}
    return {"paper": record} if record else None


@dataclass(frozen=True)
class PartyCell(CellSort):
    """Who asks (`by`), or is asked (`to`): an institution of the exchange, one of its people, or a name as typed."""

    field: str

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        party = item.get(self.field)
        if not isinstance(party, Mapping):
            return str(party or "")
        return party_called(party, reader)

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        return item_with(item, self.field, _party(typed, reader) if typed else None)


def party_called(party: Mapping[str, Any], reader: CellReader) -> str:
    """What somebody who asks or is asked is called: the person where one is named, else the institution."""
    person, printed, institution = party.get("person"), kept_text(party.get("printed")), party.get("institution")
    if isinstance(person, str) and (name := reader.best_name(person)):
        return name
    if printed:
        return str(Text.kept(party["printed"]).shown(reader.tag).text)
    return reader.around.called(str(institution or "")) or reader.best_name(str(institution or "")) or str(person or "")


def _party(typed: str, reader: CellReader) -> dict[str, Any]:
    if institution := reader.around.institution(typed):
        return {"institution": institution}
    member = reader.around.member(typed)
    if member is None:
        return {"printed": {reader.home or reader.tag: typed}}
    named = {"person": member.person} if member.person else {"printed": member.item.get("printed")}
    return {**({"institution": member.institution} if member.institution else {}), **named}


@dataclass(frozen=True)
class WrittenCell(CellSort):
    """By when an answer in writing is owed: a day, or that one is, without a day."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        due = item.get("due")
        if isinstance(due, str):
            return date_in_words(Edtf(due), reader.slug) if is_date(due) else due
        return _PROMISED_SHOWN if item.get("in_writing") else ""

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        written = folded_word(typed)
        dated = understood(typed) if written and written not in _PROMISED else None
        return item_with(item_with(item, "due", dated), "in_writing", True if written else None)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        due = item.get("due")
        if due is None or is_date(str(due)):
            return None
        return Reason("“%(typed)s” is not understood as a date.", typed=str(due))


@dataclass(frozen=True)
class AnswersCell(CellSort):
    """The question that an answer answers, by whose it is and its number there: `NLC 3`."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        answers = item.get("answers")
        if not isinstance(answers, Mapping):
            return str(answers or "")
        key = f"{answers.get('record', '')}#{answers.get('item', '')}"
        return reader.around.called(key) or key

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        if not typed:
            return item_with(item, "answers", None)
        record, _hash, asked = reader.around.question(typed).partition("#")
        return item_with(item, "answers", {"record": record, "item": asked} if asked else typed)

    def wrong(self, item: RowItem, tag: str, reader: CellReader) -> Reason | None:
        answers = item.get("answers")
        if answers is None or (isinstance(answers, Mapping) and is_record(answers.get("record", ""))):
            return None
        return Reason("“%(typed)s” is no question of this exchange.", typed=str(answers))
