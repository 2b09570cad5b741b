"""The questions, the sheet: one row is one question, answer or statement of an institution."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from koryu.records.questions import QuestionType
from koryu.sheets.rows.chosen_cells import code_cell
from koryu.sheets.rows.exchange_names import matter_key
from koryu.sheets.rows.question_cells import STAGE_WORDS, TYPE_WORDS, AnswersCell, MatterCell, PartyCell, WrittenCell
from koryu.sheets.rows.row_sheet import CellMark, CellReader, Column, RowSheet, items_of
from koryu.sheets.rows.text_cells import TextCell
from koryu.values.reason import N_, Reason

_COLUMNS: Final = (
    Column(
        key="type",
        cell=code_cell("type", TYPE_WORDS),
        called=N_("Kind"),
        path="type",
        heads={"en": "kind type", "ja": "種別 区分", "zh-Hans": "类别 类型", "ko": "구분 종류"},
        stops=True,
    ),
    Column(
        key="of",
        cell=MatterCell(),
        called=N_("Session or paper"),
        path="of",
        heads={
            "en": "session paper about",
            "ja": "セッション 報告 議題",
            "zh-Hans": "会议 报告 议题",
            "ko": "세션 발표 의제",
        },
        stops=True,
    ),
    Column(
        key="when",
        cell=code_cell("when", STAGE_WORDS),
        called=N_("When"),
        path="when",
        heads={"en": "when", "ja": "時期", "zh-Hans": "时间", "ko": "시기"},
        stops=True,
    ),
    Column(
        key="text",
        cell=TextCell("text", looks="prose"),
        called=N_("What is said"),
        path="text",
        width="xl",
        by_language=True,
        heads={
            "en": "text question answer content",
            "ja": "内容 質問 回答 本文",
            "zh-Hans": "内容 问题 答复 正文",
            "ko": "내용 질문 답변 본문",
        },
    ),
    Column(
        key="by",
        cell=PartyCell("by"),
        called=N_("Who says it"),
        path="by",
        heads={"en": "by asked_by", "ja": "質問者 発言者", "zh-Hans": "提问人 发言人", "ko": "질문자 발언자"},
    ),
    Column(
        key="to",
        cell=PartyCell("to"),
        called=N_("Who is asked"),
        path="to",
        heads={"en": "to asked", "ja": "宛先 回答者", "zh-Hans": "对象 答复人", "ko": "대상 답변자"},
    ),
    Column(
        key="written",
        cell=WrittenCell(),
        called=N_("In writing by"),
        path="due",
        heads={
            "en": "in_writing_by due",
            "ja": "文書回答期限 回答期限 期限",
            "zh-Hans": "书面答复期限 期限",
            "ko": "서면답변기한 기한",
        },
        stops=True,
    ),
    Column(
        key="answers",
        cell=AnswersCell(),
        called=N_("Answers"),
        path="answers",
        heads={"en": "answers", "ja": "回答対象", "zh-Hans": "所答问题", "ko": "답변대상"},
        stops=True,
    ),
)


def _checks(content: Mapping[str, Any], reader: CellReader, _known: Mapping[str, Any]) -> Iterator[CellMark]:
    for item in items_of(QUESTIONS, content):
        key = matter_key(item.get("of"))
        if key and not reader.around.called(key):
            yield CellMark(item["id"], "of", Reason("It is no longer in the programme of this exchange."))
        answers = item.get("answers")
        asked = f"{answers.get('record')}#{answers.get('item')}" if isinstance(answers, Mapping) else ""
        if asked and not reader.around.called(asked):
            yield CellMark(item["id"], "answers", Reason("The question it answers is no longer there."))
        if item.get("type") != QuestionType.QUESTION and (item.get("in_writing") or item.get("due")):
            yield CellMark(item["id"], "written", Reason("Only a question is to be answered in writing."), stops=True)


QUESTIONS: Final = RowSheet(
    kind="questions",
    path="items",
    called=N_("Questions and answers"),
    columns=_COLUMNS,
    keyed_by=("text",),
    as_above=frozenset({"of", "when"}),
    checks=(_checks,),
)
