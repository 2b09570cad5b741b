"""A translator's day: what of all exchanges is theirs to put into words, due when, typed there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.papers.paper_hints import names_in_words
from koryu.desk.exchange.sheet.draft_sheet import language_of
from koryu.desk.exchange.sheet.sheet_table import act_address
from koryu.desk.exchange.translations.exchange_texts import OFFERED, sources_of_drafts, text_rows
from koryu.desk.exchange.translations.text_called import TRANSLATED_KINDS
from koryu.desk.exchange.translations.translation_sheet import NUMBER, TranslationSheet, translation_sheet
from koryu.desk.exchange.translations.translations_pages import PART
from koryu.desk.exchange.translations.translations_table import TranslationTable
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.institutions.rules import Role
from koryu.markup.desk_writer import DeskWriter
from koryu.planning import queries as planning
from koryu.planning.queries import OwnRows
from koryu.planning.queries.translations_kept import Kept, translations_of
from koryu.planning.rules.papers_due import due_by
from koryu.planning.rules.translations import working_languages
from koryu.values.text import Text
from koryu.values.uris import last_part
from koryu.wording.languages import active_reader
from koryu.wording.titles import title_of

_NOTHING: Final = OwnRows()


@dataclass(frozen=True, kw_only=True)
class DayAtExchange:
    """What is somebody's to translate at one exchange: its table, how many texts, and the first day one is due."""

    exchange: str
    name: str
    title: Text | None
    line: Line | None
    table: str
    number: int
    due: str
    save_at: str
    saved: str
    right_form: str
    right_at: str


@dataclass(frozen=True, kw_only=True)
class TextsAtExchanges:
    """All our drafts at exchanges, with what is known of the exchanges they belong to."""

    me: CurrentUser
    drafts: Mapping[str, list[Drafted]]
    lines: Mapping[str, Line]
    plans: Mapping[str, Mapping[str, Any]]
    kept: Kept
    own: Mapping[str, OwnRows]
    last: str

    def sheets(self) -> Iterator[TranslationSheet]:
        """The texts of each exchange that is not closed, as a sheet."""
        reader = active_reader()
        for exchange, drafts in self.drafts.items():
            if not self.own.get(exchange, _NOTHING).closed_at:
                yield self._sheet(exchange, drafts, reader.tag, reader.slug)

    def homes(self, exchange: str) -> dict[str, str]:
        """The language of each institution of an exchange, ours first."""
        listed = self.plans.get(exchange, {}).get("institutions")
        uris = [uri for uri in listed if isinstance(uri, str)] if isinstance(listed, list | tuple) else []
        ours = self.me.institution
        whose = sorted(dict.fromkeys((ours, *uris)), key=lambda uri: uri != ours)
        return {uri: language_of(self.lines.get(uri), else_=active_reader().tag) for uri in whose}

    def _sheet(self, exchange: str, drafts: Iterable[Drafted], tag: str, slug: str) -> TranslationSheet:
        sources = sources_of_drafts(drafts, self.last)
        rows = text_rows(self.me, sources, tag=tag, names={})
        return translation_sheet(
            self.me,
            rows,
            exchange=exchange,
            kept=self.kept,
            working=working_languages(self.plans.get(exchange, {}), self.homes(exchange).values()),
            asked=(),
            offered=OFFERED,
            slug=slug,
            fixed=False,
            reload=_never,
        )


def _never() -> TranslationSheet:
    """These sheets are read; what is typed into them is saved at the page of the exchange."""
    raise AssertionError("nothing is saved here")


def texts_at_exchanges(me: CurrentUser) -> TextsAtExchanges:
    """All that the page is made of; in four statements, and one more where the ledger has grown since."""
    every, last = consent.drafts_at_exchanges(me.institution)
    drafts: dict[str, list[Drafted]] = {}
    for draft in sorted(every, key=lambda each: each.id):
        if draft.institution == me.institution and draft.kind in TRANSLATED_KINDS:
            drafts.setdefault(draft.exchange, []).append(draft)
    named = {uri for listed in drafts.values() for draft in listed for uri in _institutions(draft.content)}
    lines = archive.lines_named({*drafts, *named, me.institution}, asking=me.institution, around=sorted(drafts))
    exchanges = [line for uri, line in lines.items() if uri in drafts and archive.takes_part(line, me.institution)]
    documents = archive.documents_at(last, exchanges) if exchanges else {}
    plans: dict[str, Mapping[str, Any]] = {uri: document.content() for uri, document in documents.items()}
    for exchange, listed in drafts.items():
        drafted = next((draft.content for draft in listed if draft.kind == "exchange"), {})
        plans.setdefault(exchange, drafted)
    return TextsAtExchanges(
        me=me,
        drafts=drafts,
        lines=lines,
        plans=plans,
        kept=translations_of(me.institution),
        own=planning.open_rows(me.institution),
        last=last,
    )


@staff
@require_safe
def translations_of_mine(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """What is mine to translate, at all exchanges; with `?of=all` all that is missing in our drafts."""
    may, every = roles.may_translate(role=me.role), request.GET.get("of") == "all"
    there = texts_at_exchanges(me) if may is None else None
    writer = DeskWriter(active_reader().slug, there.lines if there else {}, names=me.names)
    translates = every or me.role == Role.TRANSLATOR
    listed = [_day(there, sheet, writer, translates=translates) for sheet in there.sheets()] if there else []
    days = sorted((each for each in listed if each), key=lambda each: (each.due or "~", each.name))
    return render_page(
        request,
        me,
        "desk/exchange/translator_day.html",
        naming=there.lines if there else (),
        known=there.lines if there else {},
        days=days,
        every=every,
        always=me.role == Role.TRANSLATOR,
        may=may,
    )


def _day(
    there: TextsAtExchanges, sheet: TranslationSheet, writer: DeskWriter, *, translates: bool
) -> DayAtExchange | None:
    mine = [
        (row, tag) for row in sheet.text_rows for tag in sheet.tags if sheet.is_mine(row, tag, translates=translates)
    ]
    if not mine:
        return None
    homes, line = there.homes(sheet.exchange), there.lines.get(sheet.exchange)
    steps = there.own.get(sheet.exchange, _NOTHING).steps
    table = TranslationTable(
        sheet=sheet,
        writer=writer,
        due=due_by(steps, {uri: names_in_words(there.lines.get(uri)) for uri in homes}),
        homes=homes,
        asks=False,
        shown=frozenset(row.id for row, _tag in mine),
    )
    name = line.slug if line else last_part(sheet.exchange)
    save_at = act_address(PART, name, NUMBER, "save", sheet.tags)
    return DayAtExchange(
        exchange=sheet.exchange,
        name=name,
        title=line.title if line else title_of(there.plans.get(sheet.exchange, {})),
        line=line,
        table=table.drawn(save_at),
        number=len(mine),
        due=min((str(day) for row, tag in mine if (day := table.due_of(row, tag))), default=""),
        save_at=save_at,
        saved=sheet.saved_words(there.me),
        right_form=table.right_form,
        right_at=act_address(PART, name, NUMBER, "right"),
    )


def _institutions(content: Mapping[str, Any]) -> Iterator[str]:
    listed = content.get("institutions")
    if isinstance(listed, list):
        yield from (uri for uri in listed if isinstance(uri, str))
