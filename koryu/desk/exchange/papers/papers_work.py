"""The papers of an exchange as its institution may see them: what stands, what is drafted, the sheets of our drafts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.http import Http404

from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.begin_part import name_in
from koryu.desk.exchange.papers.paper_drafts import drafts_by_row, listed, named_in
from koryu.desk.exchange.papers.papers_sheet import (
    PapersSheet,
    may_begin,
    may_translate,
    may_type,
    number_of,
    whose,
)
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.people.people_sheet import named_in as named_in_people
from koryu.desk.exchange.sheet.draft_sheet import NO_DRAFT, language_of, names_of
from koryu.desk.exchange.sheet.names_around import names_around
from koryu.desk.exchange.sheet.part_work import STANDING, SheetedWork, read_part
from koryu.desk.exchange.sheet.printed_rows import PrintedRows, mark_of_list, printed_rows
from koryu.institutions.rules import Role
from koryu.planning.rules.translations import working_languages
from koryu.sheets.rows.exchange_names import ExchangeNames
from koryu.sheets.rows.paper_checks import folded_titles
from koryu.sheets.rows.paper_rows import PAPER_WORDS, PAPERS
from koryu.sheets.rows.row_sheet import CellReader, kept_text, row_of
from koryu.values.language_tags import name_of
from koryu.values.uris import last_part
from koryu.wording.languages import LANGUAGES, active_reader
from koryu.wording.titles import short_name_in_words

_OFFERED: Final = tuple(tag for tag, _name in LANGUAGES.values())


@dataclass(frozen=True, kw_only=True)
class PapersWork(SheetedWork):
    """An exchange with all that its page of papers and what is done there need."""

    @cached_property
    def whose(self) -> tuple[str, ...]:
        """The institutions that give papers, ours first, then those of the exchange in its order."""
        ours = self.work.institution
        named = (*self.work.institutions, *(text.institution for text in self.texts if text.institution))
        return tuple(sorted(dict.fromkeys(named), key=lambda uri: uri != ours))

    @cached_property
    def working(self) -> tuple[str, ...]:
        """The languages in which each paper is needed: those the plan names; else those of the institutions of the
        exchange, ours first."""
        plan = self.work.content or (drafted.content if (drafted := self.work.own_plan or self.work.shown_plan) else {})
        return working_languages(plan, (self.home_of(uri) for uri in self.whose if uri in self.work.institutions))

    @cached_property
    def reader(self) -> CellReader:
        return CellReader(slug=active_reader().slug, names=names_of(self.lines), around=self.names)

    @cached_property
    def names(self) -> ExchangeNames:
        """Who and what belongs to the exchange: of people everybody in the lists of it that we may see."""
        return names_around(self, active_reader().tag)

    @cached_property
    def contents(self) -> Mapping[str, Mapping[str, Any]]:
        """What each paper says, by record: our draft or one we are shown, else what stands."""
        return {text.record: content for text in self.texts if (content := self.content_of(text))}

    @cached_property
    def sessions(self) -> Mapping[str, tuple[str, ...]]:
        """What the sessions are called that name each paper, by record: as drafted, else as the timetable stands."""
        named: dict[str, list[str]] = {}
        for content in self.timetables:
            sessions = content.get("sessions")
            for session in sessions if isinstance(sessions, list) else ():
                papers = session.get("papers") if isinstance(session, Mapping) else None
                for record in papers if isinstance(papers, list) else ():
                    named.setdefault(str(record), []).append(_session_name(session, self.reader))
        return {record: tuple(names) for record, names in named.items()}

    @cached_property
    def timetables(self) -> tuple[Mapping[str, Any], ...]:
        texts = (text for text in self.every if text.kind == "timetable")
        return tuple(content for text in texts if (content := self.content_of(text)))

    def content_of(self, text: ExchangeText) -> Mapping[str, Any] | None:
        if text.draft:
            return text.draft.content
        document = self.documents.get(text.record)
        return document.content() if document else None

    def home_of(self, institution: str) -> str:
        """The language of an institution."""
        return self._homes.get(institution) or active_reader().tag

    @cached_property
    def _homes(self) -> Mapping[str, str]:
        return {uri: language_of(self.lines.get(uri), else_=active_reader().tag) for uri in self.whose}

    def reader_at(self, home: str) -> CellReader:
        """For the list of an institution with this language."""
        return replace(self.reader, home=home)

    def texts_of(self, institution: str) -> list[ExchangeText]:
        return [text for text in self.texts if text.institution == institution]

    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> PapersSheet:
        """The sheet of an institution's papers. Raises Http404 for what is none, or cannot be typed into."""
        uri = next((uri for uri in self.whose if number_of(uri) == number), "")
        sheet = self.sheet_for(me, uri, asked) if uri else None
        if sheet is None or sheet.fixed:
            raise Http404
        return sheet

    def sheet_for(self, me: CurrentUser, institution: str, asked: Sequence[str]) -> PapersSheet | None:
        """Our drafts of what an institution gives, as a sheet; None where there are none and none can be begun."""
        drafts = tuple(draft for draft in self.work.drafts if draft.kind == "paper" and whose(draft) == institution)
        ours = institution == me.institution and institution in self.work.institutions
        recorded = any(draft.says == "recorded" for draft in drafts)
        grows = may_begin(me) and (ours or recorded)
        if not drafts and not grows:
            return None
        by_row = drafts_by_row(drafts, f"{name_in(self.work, institution)}-")
        offered, tags = self.languages(asked, first=self.home_of(institution))
        return PapersSheet(
            rows_are=PAPER_WORDS if me.role == Role.TRANSLATOR else PAPERS,
            naming=named_in,
            draft=max(drafts, key=lambda draft: (draft.changed_at, draft.id), default=NO_DRAFT),
            content=listed(by_row),
            offered=offered,
            tags=tags,
            reader=self.reader_at(self.home_of(institution)),
            known=self._known(institution, by_row),
            fixed=not grows and not any(may_type(me, draft) or may_translate(me, draft) for draft in drafts),
            work=self.work,
            institution=institution,
            by_row=by_row,
            username=me.username,
            grows=grows,
        )

    def lists(self, me: CurrentUser, asked: Sequence[str]) -> Iterator[PrintedRows]:
        """The lists of each institution: our drafts, and what else there is of it."""
        for uri in self.whose:
            sheet, home, name = self.sheet_for(me, uri, asked), self.home_of(uri), last_part(uri)
            if sheet:
                mark = "" if sheet.fixed else mark_of_list(self.work.uri, sheet)
                yield printed_rows(sheet, key=name, institution=uri, mark=mark)
            typed = {draft.record for draft in sheet.by_row.values()} if sheet else set()
            others = [text for text in self.texts_of(uri) if text.record not in typed]
            if others:
                _offered, tags = self.languages(asked, first=home)
                columns, reader = PAPERS.shown_columns(tags), self.reader_at(home)
                items = ({"id": text.record, **self.contents.get(text.record, {})} for text in others)
                yield PrintedRows(
                    key=f"{name}{STANDING}",
                    institution=uri,
                    called=PAPERS.called,
                    columns=columns,
                    tags=tags,
                    rows=[row_of(item, columns, reader) for item in items],
                    reader=reader,
                )

    def languages(self, asked: Sequence[str], *, first: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(the languages that can be shown, those that are): those asked for, else the working languages."""
        offered = tuple(dict.fromkeys((first, *self.working, *_OFFERED)))
        chosen = asked or (first, *self.working)
        return offered, tuple(tag for tag in offered if tag in chosen) or offered[:1]

    def _known(self, institution: str, by_row: Mapping[str, Drafted]) -> Mapping[str, Any]:
        here = {draft.record for draft in by_row.values()}
        elsewhere = {
            title: short_name_in_words(self.lines.get(text.institution), text.institution, self.reader.tag)
            for text in self.texts
            if text.record not in here and text.record in self.contents
            for title in folded_titles(self.contents[text.record])
        }
        sessions = {row: self.sessions[draft.record] for row, draft in by_row.items() if draft.record in self.sessions}
        return {
            "languages": {tag: name_of(tag, self.reader.tag) for tag in self.working},
            "sessions": sessions,
            "has_timetable": bool(self.timetables),
            "titles_elsewhere": elsewhere,
        }


def papers_work(me: CurrentUser, name: str) -> PapersWork:
    """The papers of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    naming = {"paper": named_in, "participation": named_in_people, "timetable": _nothing}
    return PapersWork(kind="paper", **read_part(me, name, naming))


def _nothing(_content: Mapping[str, Any]) -> Iterator[str]:
    """A timetable names nothing that is called by name here."""
    yield from ()


def _session_name(session: Mapping[str, Any], reader: CellReader) -> str:
    forms = kept_text(session.get("title"))
    title = forms.get(reader.tag) or next(iter(forms.values()), "")
    kind, number = str(session.get("type") or ""), str(session.get("number") or "")
    return title or " ".join(filter(None, (reader.word(kind) if kind else "", number)))
