"""The questions of an exchange as its institution may see them: what stands and is drafted, and the sheets of it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.people.people_sheet import named_in as named_in_list
from koryu.desk.exchange.questions.questions_said import SaidItem, SaidText, said_items
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet, is_fixed, language_of, languages_of, names_of
from koryu.desk.exchange.sheet.names_around import names_around
from koryu.desk.exchange.sheet.part_work import DraftedWork, read_part
from koryu.desk.exchange.timetable.timetable_sheet import named_in as named_in_timetable
from koryu.desk.exchange.timetable.timetable_work import days_of
from koryu.sheets.parse import is_record
from koryu.sheets.rows.exchange_names import ExchangeNames, NamedRecord
from koryu.sheets.rows.question_rows import QUESTIONS
from koryu.sheets.rows.row_sheet import CellReader, RowItem, items_of, kept_text
from koryu.sheets.rows.timetable_checks import session_called
from koryu.sheets.rows.timetable_rows import TIMETABLE
from koryu.values.text import Text
from koryu.wording.languages import active_reader
from koryu.wording.titles import short_name_in_words

KIND = "questions"


@dataclass(frozen=True, kw_only=True)
class QuestionsWork(DraftedWork):
    """An exchange with all that its page of questions and what is done there need."""

    @cached_property
    def reader(self) -> CellReader:
        """For whoever looks, with what sessions, papers and questions are called."""
        return CellReader(
            slug=active_reader().slug, days=days_of(self.work), names=names_of(self.lines), around=self.names
        )

    @cached_property
    def names(self) -> ExchangeNames:
        tag = active_reader().tag
        around = names_around(self, tag)
        reader = CellReader(slug=active_reader().slug, names=names_of(self.lines), around=around)
        return replace(around, sessions=tuple(self._sessions(reader)), questions=tuple(self._questions(tag)))

    @cached_property
    def said(self) -> tuple[SaidItem, ...]:
        """All that is asked, answered and stated, of each institution: our draft, or one we are shown, else what
        stands; ours first."""
        ours = self.work.institution
        texts = sorted(self.texts, key=lambda text: text.institution != ours)
        return said_items(
            SaidText(
                record=text.record,
                institution=text.institution,
                content=content,
                is_draft=text.draft is not None,
            )
            for text in texts
            if (content := self.content_of(text))
        )

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The sessions of the timetable, each with its papers after it; then the papers that are in none."""
        papers = [paper.uri for paper in self.names.papers]
        keys: list[str] = []
        for record, session in self._each_session():
            keys += [f"{record}#{session['id']}", *(uri for uri in _listed(session.get("papers")) if uri in papers)]
        return tuple(dict.fromkeys((*keys, *papers)))

    def content_of(self, text: ExchangeText) -> Mapping[str, Any] | None:
        """What is typed of a text, else what stands."""
        if text.draft:
            return text.draft.content
        document = self.documents.get(text.record)
        return document.content() if document else None

    def sheet_of(self, me: CurrentUser, text: ExchangeText, asked: Sequence[str]) -> DraftSheet:
        assert text.draft
        draft, reader = text.draft, self.reader
        home = language_of(self.lines.get(text.institution), else_=reader.tag)
        texts = [item.get("text") for item in items_of(QUESTIONS, draft.content)]
        offered, tags = languages_of(asked, texts, first=home)
        return DraftSheet(
            rows_are=QUESTIONS,
            naming=named_in,
            draft=draft,
            content=draft.content,
            offered=offered,
            tags=tags,
            reader=replace(reader, home=home),
            known={},
            fixed=is_fixed(me, draft),
        )

    def _each_session(self) -> Iterator[tuple[str, RowItem]]:
        for text in self.every:
            if text.kind == TIMETABLE.kind and (content := self.content_of(text)):
                yield from ((text.record, session) for session in items_of(TIMETABLE, content))

    def _sessions(self, reader: CellReader) -> Iterator[NamedRecord]:
        listed = [
            (f"{record}#{session['id']}", session, session_called(session, reader))
            for record, session in self._each_session()
        ]
        often = Counter(called for _key, _session, called in listed)
        for key, session, called in listed:
            day = TIMETABLE.columns[0].cell.shown(session, "", reader)
            named = f"{called} ({day})" if often[called] > 1 and day else called
            number = str(session.get("number") or "")
            forms = kept_text(session.get("title")).values()
            names = tuple(name for name in dict.fromkeys((named, *forms, number)) if name)
            yield NamedRecord(uri=key, called=named, names=names)

    def _questions(self, tag: str) -> Iterator[NamedRecord]:
        """Each question by whose it is and which of these it is; drafts of others are not counted on."""
        for each in self.said:
            if each.is_question:
                whose = short_name_in_words(self.lines.get(each.institution), each.institution, tag)
                forms = kept_text(each.item.get("text")).values()
                yield NamedRecord(
                    uri=each.key, called=f"{whose} {each.number}", names=(f"{whose} {each.number}", *forms)
                )


def questions_work(me: CurrentUser, name: str) -> QuestionsWork:
    """The questions of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    naming = {KIND: named_in, "participation": named_in_list, "timetable": named_in_timetable}
    return QuestionsWork(kind=KIND, **read_part(me, name, naming))


def named_in(content: Mapping[str, Any]) -> tuple[str, ...]:
    """The records that questions, finished or not, name: whose they are, who asks and is asked."""
    named = [content.get("institution")]
    for item in items_of(QUESTIONS, content):
        for party in (item.get("by"), item.get("to")):
            if isinstance(party, Mapping):
                named += [party.get("institution"), party.get("person")]
    return tuple(dict.fromkeys(uri for uri in named if isinstance(uri, str) and is_record(uri)))


def words_of(item: SaidItem, tag: str) -> str:
    """What it says, for a reader of `tag`."""
    text = kept_text(item.item.get("text"))
    return str(Text.kept(item.item["text"]).shown(tag).text) if text else ""


def _listed(listed: object) -> list[str]:
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list | tuple) else []
