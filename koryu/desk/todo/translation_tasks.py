"""The translations that whoever looks owes, one task for each exchange and language, with the first day one is due."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import Drafted
from koryu.desk.access import CurrentUser
from koryu.desk.todo.step_tasks import exchange_subject
from koryu.desk.todo.tasks import Section, Task
from koryu.institutions import rules as roles
from koryu.institutions.rules import Role
from koryu.planning.queries.schedules import WorkKept
from koryu.planning.rules.translations import KeptTranslation, WordsState, is_mine, words_state, working_languages
from koryu.sheets.translated_texts import TextAtPath, texts_in_content
from koryu.values.edtf import Edtf
from koryu.values.language_tags import name_of
from koryu.values.reason import N_, Reason
from koryu.wording.languages import active_reader

_TRANSLATE: Final = N_("Translate what was asked of you")
_INTO: Final = N_("Into %(language)s: %(n)s.")
_INTO_STALE: Final = N_("Into %(language)s: %(n)s; the original has changed of %(stale)s.")
_SOON: Final = timedelta(days=14)
# Where what is owed is typed: the page of all of somebody's translations.
PAGE: Final = "translations"


@dataclass(frozen=True, kw_only=True)
class AskedTranslations:
    """What an institution keeps of the translations of its drafts, at exchanges that are not closed."""

    kept: tuple[KeptTranslation, ...] = ()
    drafts: Mapping[str, Drafted] = field(default_factory=dict)

    @property
    def exchanges(self) -> frozenset[str]:
        return frozenset(each.exchange for each in self.kept)


def asked_translations(
    me: CurrentUser, work: WorkKept, drafts: Iterable[Drafted], *, closed: Collection[str]
) -> AskedTranslations:
    """What may be owed by whoever looks; nothing for those who translate nothing."""
    if roles.may_translate(role=me.role):
        return AskedTranslations()
    ours = {draft.record: draft for draft in drafts if draft.institution == me.institution}
    kept = (each for exchange, at in work.at.items() if exchange not in closed for each in at.translations)
    wanted = (each for each in kept if each.at.record in ours)
    return AskedTranslations(kept=tuple(wanted), drafts=ours)


def owed_translations(
    me: CurrentUser, asked: AskedTranslations, lines: Iterable[Line], *, last: str, today: date
) -> tuple[Task, ...]:
    """What is owed by whoever looks; in no statement as long as the ledger's `last` entry stays, else in one."""
    if not asked.kept:
        return ()
    known = {line.uri: line for line in lines if line.kind == "exchange" and line.uri in asked.exchanges}
    documents = archive.documents_at(last, known.values())
    drafted = {uri: asked.drafts[uri].content for uri in asked.exchanges if uri in asked.drafts}
    plans = {**drafted, **{uri: document.content() for uri, document in documents.items()}}
    return tuple(translation_tasks(me, asked.kept, asked.drafts, known, plans, today=today))


def translation_tasks(
    me: CurrentUser,
    kept: Iterable[KeptTranslation],
    drafts: Mapping[str, Drafted],
    lines: Mapping[str, Line],
    plans: Mapping[str, Mapping[str, Any]],
    *,
    today: date,
) -> Iterator[Task]:
    """A task for each exchange and language of which something kept is theirs to write; `drafts` by record, `plans` by
    exchange."""
    owed: dict[tuple[str, str], list[tuple[KeptTranslation, WordsState]]] = {}
    texts: dict[str, dict[str, TextAtPath]] = {}
    for each in kept:
        record, language = each.at.record, each.at.language
        # A language that the plan no longer names is owed by nobody.
        named = working_languages(plans.get(each.exchange, {}), (language,))
        if record not in texts:
            texts[record] = {text.path: text for text in texts_in_content(drafts[record].content)}
        text = texts[record].get(each.at.path)
        if text is None or language not in named:
            continue
        state = words_state(text, language, each, working=())
        if is_mine(each, state, username=me.username, translates=me.role == Role.TRANSLATOR):
            owed.setdefault((each.exchange, language), []).append((each, state))
    for (exchange, language), listed in owed.items():
        yield _task(exchange, language, listed, lines.get(exchange), plans.get(exchange, {}), today)


def _task(
    exchange: str,
    language: str,
    owed: list[tuple[KeptTranslation, WordsState]],
    line: Line | None,
    plan: Mapping[str, Any],
    today: date,
) -> Task:
    stale = sum(state is WordsState.STALE for _each, state in owed)
    due = min((each.due for each, _state in owed if each.due_date), default="", key=_latest)
    named = name_of(language, active_reader().tag)
    values = {"language": named, "n": len(owed)}
    return Task(
        section=_section(due, today),
        about=replace(exchange_subject(exchange, line, plan), page=PAGE),
        does=_TRANSLATE,
        besides=(Reason(_INTO_STALE, **values, stale=stale) if stale else Reason(_INTO, **values),),
        due=due,
    )


def _latest(due: str) -> date:
    return Edtf(due).latest


def _section(due: str, today: date) -> Section:
    """What is past its day is late; what is due later than in two weeks is coming."""
    if due and _latest(due) < today:
        return Section.LATE
    return Section.COMING if due and _latest(due) > today + _SOON else Section.MINE
