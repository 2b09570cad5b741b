"""What is asked and answered at an exchange, of all its institutions in one order: by session, each question with its
answers. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from koryu.planning.rules.promises import who_owes
from koryu.records.questions import AskedWhen, QuestionType
from koryu.sheets.parse import is_date
from koryu.sheets.rows.exchange_names import matter_key
from koryu.sheets.rows.question_rows import QUESTIONS
from koryu.sheets.rows.row_sheet import items_of
from koryu.values.edtf import Edtf

_STAGES: Final = tuple(map(str, AskedWhen))


@dataclass(frozen=True, kw_only=True)
class SaidText:
    """What one institution says in questions and answers: its record, the content, and whether that is a draft."""

    record: str
    institution: str
    content: Mapping[str, Any]
    is_draft: bool = False


@dataclass(frozen=True, kw_only=True)
class SaidItem:
    """One question, answer or statement: whose, in which record, and what it says."""

    record: str
    institution: str
    item: Mapping[str, Any]
    is_draft: bool
    number: int

    @property
    def key(self) -> str:
        """What names it: `record#item`."""
        return f"{self.record}#{self.item['id']}"

    @property
    def is_question(self) -> bool:
        return self.item.get("type") == QuestionType.QUESTION

    @property
    def is_owed(self) -> bool:
        """Whether an answer in writing was promised."""
        return self.is_question and bool(self.item.get("in_writing"))

    @property
    def due(self) -> Edtf | None:
        """By when, where that is known."""
        due = self.item.get("due")
        return Edtf(due) if isinstance(due, str) and is_date(due) else None

    @property
    def asked(self) -> str:
        """The institution it is put to; '' where it names none."""
        to = self.item.get("to")
        return str(to.get("institution") or "") if isinstance(to, Mapping) else ""

    @property
    def answers(self) -> str:
        """The question that it answers, as `record#item`; '' for none."""
        answers = self.item.get("answers")
        return f"{answers.get('record')}#{answers.get('item')}" if isinstance(answers, Mapping) else ""


@dataclass(frozen=True, kw_only=True)
class Thread:
    """A question with its answers; or a statement; or an answer to what is no longer there (`lost`)."""

    first: SaidItem
    answers: tuple[SaidItem, ...] = ()
    lost: bool = False

    @property
    def awaits(self) -> bool:
        """Whether an answer in writing was promised and is not there."""
        return self.first.is_owed and not self.answers


@dataclass(frozen=True, kw_only=True)
class AskedAt:
    """What is asked of one session or paper: `key` names it; '' for what is of none. `gone` where it has left the
    programme."""

    key: str
    threads: tuple[Thread, ...]
    gone: bool = False


def said_items(texts: Iterable[SaidText]) -> tuple[SaidItem, ...]:
    """Everything said in these texts; `number` counts the questions of each."""
    return tuple(item for text in texts for item in _items(text))


def _items(text: SaidText) -> Iterator[SaidItem]:
    number = 0
    for item in items_of(QUESTIONS, text.content):
        number += item.get("type") == QuestionType.QUESTION
        yield SaidItem(
            record=text.record, institution=text.institution, item=item, is_draft=text.is_draft, number=number
        )


def threads_of(items: Sequence[SaidItem]) -> tuple[Thread, ...]:
    """Each question with its answers, then what belongs to none, in the order before, during and after."""
    questions = {each.key for each in items if each.is_question}
    answers: dict[str, list[SaidItem]] = {}
    for each in items:
        if each.answers in questions:
            answers.setdefault(each.answers, []).append(each)
    threads = [
        Thread(
            first=each,
            answers=tuple(answers.get(each.key, ())),
            lost=bool(each.answers),
        )
        for each in items
        if each.is_question or each.answers not in questions
    ]
    return tuple(sorted(threads, key=lambda thread: _stage(thread.first)))


def _stage(item: SaidItem) -> int:
    when = str(item.item.get("when") or AskedWhen.DURING)
    return _STAGES.index(when) if when in _STAGES else len(_STAGES)


def by_matter(threads: Iterable[Thread], order: Sequence[str]) -> tuple[AskedAt, ...]:
    """The same by what it is about: sessions and papers in this order, then what is of none, then what has left."""
    groups: dict[str, list[Thread]] = {}
    for thread in threads:
        groups.setdefault(matter_key(thread.first.item.get("of")), []).append(thread)
    known = [key for key in dict.fromkeys(order) if key in groups]
    none = [""] if "" in groups else []
    gone = [key for key in groups if key and key not in known]
    return tuple(AskedAt(key=key, threads=tuple(groups[key]), gone=key in gone) for key in (*known, *none, *gone))


def owing(thread: Thread, institutions: Iterable[str]) -> tuple[str, ...]:
    """Who owes an answer in writing: who was asked; where the question says nobody, each of the others."""
    if not thread.awaits:
        return ()
    return who_owes(asked=thread.first.asked, asker=thread.first.institution, institutions=institutions)
