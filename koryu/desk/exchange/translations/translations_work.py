"""The translations of an exchange as its institution may see them: all its texts, what is known of each translation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.people.people_sheet import named_in as named_in_people
from koryu.desk.exchange.sheet.draft_sheet import language_of, names_of
from koryu.desk.exchange.sheet.part_work import SheetedWork, read_part
from koryu.desk.exchange.translations.exchange_texts import OFFERED, SourceText, text_rows
from koryu.desk.exchange.translations.text_called import TRANSLATED_KINDS
from koryu.desk.exchange.translations.translation_sheet import TranslationSheet, translation_sheet
from koryu.institutions import rules as roles
from koryu.planning.queries.translations_kept import Kept, translations_at
from koryu.planning.rules.translations import working_languages
from koryu.wording.languages import active_reader


@dataclass(frozen=True, kw_only=True)
class TranslationsWork(SheetedWork):
    """An exchange with all that its page of translations and what is done there need."""

    kept: Kept

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The language of each institution of the exchange, ours first."""
        tag, ours = active_reader().tag, self.work.institution
        whose = sorted(self.work.institutions, key=lambda uri: uri != ours)
        return {uri: language_of(self.lines.get(uri), else_=tag) for uri in whose}

    @cached_property
    def working(self) -> tuple[str, ...]:
        """The languages in which each text is needed."""
        plan = self.work.content or (drafted.content if (drafted := self.work.own_plan or self.work.shown_plan) else {})
        return working_languages(plan, self.homes.values())

    @cached_property
    def sources(self) -> tuple[SourceText, ...]:
        """What each text of the exchange says: our draft or one we are shown, else what stands."""
        return tuple(
            SourceText(
                record=text.record,
                kind=text.kind,
                institution=text.institution,
                content=content,
                known=self._known(text),
                draft=text.draft,
            )
            for text in self.every
            if text.kind in TRANSLATED_KINDS and (content := self._content(text))
        )

    def sheet(self, me: CurrentUser, number: int, asked: Sequence[str]) -> TranslationSheet:
        """The sheet of all texts. Raises Http404 for whoever may neither type in it nor ask anybody."""
        sheet = self.all_texts(me, asked)
        if sheet.fixed:
            raise Http404
        return sheet

    def all_texts(self, me: CurrentUser, asked: Sequence[str]) -> TranslationSheet:
        """The same, also for those who only read."""
        reader = active_reader()
        rows = text_rows(me, self.sources, tag=reader.tag, names=names_of(self.lines))
        asks, translates = roles.may_plan(role=me.role) is None, roles.may_translate(role=me.role) is None
        name = self.work.plan.line.slug if self.work.plan else self.work.uri.rpartition("/")[2]
        return translation_sheet(
            me,
            rows,
            exchange=self.work.uri,
            kept=self.kept,
            working=self.working,
            asked=asked,
            offered=OFFERED,
            slug=reader.slug,
            fixed=not asks and not translates and not any(row.is_open for row in rows),
            reload=lambda: translations_work(me, name).all_texts(me, asked),
        )

    def _content(self, text: ExchangeText) -> Mapping[str, Any] | None:
        if text.draft:
            return text.draft.content
        if text.kind == "exchange":
            return self.work.content or (self.work.open_plan.content if self.work.open_plan else None)
        document = self.documents.get(text.record)
        return document.content() if document else None

    def _known(self, text: ExchangeText) -> str:
        if text.draft:
            return f"{text.draft.id}:{text.draft.edition}:{self.work.last}"
        return f"{text.record}:{self.work.last}"


def translations_work(me: CurrentUser, name: str) -> TranslationsWork:
    """The translations of the exchange called so in addresses. Raises Http404 for whoever has no part in it."""
    naming = dict.fromkeys(TRANSLATED_KINDS, _nothing)
    part = read_part(me, name, {**naming, "participation": named_in_people})
    kept = translations_at(part["work"].uri, institution=me.institution)
    return TranslationsWork(kind="translation", kept=kept, **part)


def _nothing(_content: Mapping[str, Any]) -> Iterator[str]:
    """What they name is in none of the texts."""
    yield from ()
