"""The texts of an exchange as a sheet: one row is one text; saving saves the drafts in which a translation changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from koryu.consent import actions
from koryu.consent.queries import Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.exchange.sheet.draft_sheet import NO_DRAFT, DraftSheet
from koryu.desk.exchange.translations.exchange_texts import TextRow
from koryu.planning import actions as planning
from koryu.planning.queries.translations_kept import Kept
from koryu.planning.rules.translations import KeptTranslation, WordsState, is_mine, is_stale, words_state
from koryu.sheets.operations import with_value
from koryu.sheets.rows.row_sheet import CellMark, CellReader, kept_text
from koryu.sheets.rows.translation_rows import LONG, TEXTS, TRANSLATIONS, item_of, original_seen, place_mark
from koryu.sheets.translated_texts import touched_translations
from koryu.values.reason import N_, Reason, Refused, or_refuse

# There is one such sheet at an exchange.
NUMBER: Final = 1
WORDS: Final = "words"
_GONE: Final = Reason("This row was removed meanwhile by somebody else.")
_NOT_YOURS: Final = Reason("Translators can change only the texts in other languages.")
# What is said of a translation whose original was changed.
CHANGED: Final = N_("The original has changed since: “%(now)s”")


@dataclass(frozen=True, kw_only=True)
class TranslationSheet(DraftSheet):
    """The texts of one exchange for whoever looks, each in the languages that are shown.

    `text_rows` are the texts, `kept_of` is what we know of their translations, `working` are the languages in which
    each is needed. `seen` are the originals before whoever types, by text, where they are others by now. `reload` reads
    the sheet anew.
    """

    me: CurrentUser
    exchange: str
    text_rows: tuple[TextRow, ...]
    kept_of: Kept
    working: tuple[str, ...]
    reload: Callable[[], "TranslationSheet"]
    seen: Mapping[str, str]

    @property
    def number(self) -> int:
        return NUMBER

    @property
    def list_of(self) -> str:
        return self.exchange

    @cached_property
    def by_id(self) -> Mapping[str, TextRow]:
        return {row.id: row for row in self.text_rows}

    def saved_words(self, me: CurrentUser) -> str:
        """When one of the drafts was last saved; '' where there is none of ours."""
        drafts = [row.source.draft for row in self.text_rows if row.source.draft]
        ours = [draft for draft in drafts if draft.institution == me.institution]
        return saved_at(me, max(ours, key=lambda draft: (draft.changed_at, draft.id))) if ours else ""

    @cached_property
    def marks(self) -> tuple[CellMark, ...]:
        """What is out of date, with the original as it is now."""
        return tuple(
            CellMark(row.id, f"{WORDS}:{tag}", Reason(CHANGED, now=row.text.original))
            for row in self.text_rows
            if row.text
            for tag in self.tags
            if tag in row.text.forms and tag != row.text.source and is_stale(row.text, self.kept_for(row, tag))
        )

    def kept_for(self, row: TextRow, tag: str) -> KeptTranslation | None:
        """What we know of a text in a language, and who was asked for it."""
        return self.kept_of.get(row.at(tag))

    def state(self, row: TextRow, tag: str) -> WordsState:
        """How a text is there in one of the languages that are shown."""
        return self._states[row.id, tag]

    @cached_property
    def _states(self) -> Mapping[tuple[str, str], WordsState]:
        return {
            (row.id, tag): words_state(row.text, tag, self.kept_for(row, tag), working=self.working)
            for row in self.text_rows
            if row.text
            for tag in self.tags
        }

    def is_typed(self, row: TextRow, tag: str) -> bool:
        """Whether whoever looks may type into the cell: no original is typed here."""
        return row.is_open and row.text is not None and tag != row.text.source

    def is_mine(self, row: TextRow, tag: str, *, translates: bool) -> bool:
        """Whether it is for whoever looks to write; see `rules.translations.is_mine`."""
        if row.text is None or not self.is_typed(row, tag):
            return False
        kept, state = self.kept_for(row, tag), self.state(row, tag)
        return is_mine(kept, state, username=self.me.username, translates=translates)

    @cached_property
    def long(self) -> frozenset[tuple[str, str]]:
        """The cells that are typed over several lines."""
        return frozenset(
            (row.id, f"{WORDS}:{tag}")
            for row in self.text_rows
            if row.text and (len(row.text.original) > LONG or "\n" in row.text.original)
            for tag in self.tags
        )

    def kept(self, me: CurrentUser, content: Mapping[str, Any]) -> Self:
        """Save each draft in which a translation was changed: all or none. Raises Refused."""
        was = {item["id"]: item[WORDS] for item in self.content[TEXTS]}
        changed: dict[str, list[tuple[TextRow, Any]]] = {}
        for item in content[TEXTS]:
            if was.get(item["id"], item.get(WORDS)) != item.get(WORDS):
                row = self.by_id[item["id"]]
                changed.setdefault(row.source.record, []).append((row, item.get(WORDS)))
        with transaction.atomic():
            for texts in changed.values():
                self._save(me, texts)
        now = self.reload()
        assert isinstance(now, type(self))
        return replace(now, seen=self.seen)

    def changed_meanwhile(self) -> Self | None:
        now = self.reload()
        assert isinstance(now, type(self))
        return None if _editions(now.text_rows) == _editions(self.text_rows) else replace(now, seen=self.seen)

    def with_content(self, content: Mapping[str, Any], *, asking: str) -> Self:
        return replace(self, content=content)

    def _save(self, me: CurrentUser, texts: Sequence[tuple[TextRow, Any]]) -> None:
        draft = texts[0][0].source.draft
        or_refuse(None if draft and all(_only_translated(row, words) for row, words in texts) else _NOT_YOURS)
        assert draft
        content: dict[str, Any] = dict(draft.content)
        for row, words in texts:
            content = with_value(content, row.path, words)
        at = clock.now()
        try:
            actions.save(draft=draft.id, content=content, seen=draft.edition, by=me.username, at=at)
        except ObjectDoesNotExist as gone:
            raise Refused(_GONE) from gone
        planning.note_translations(
            institution=draft.institution,
            exchange=self.exchange,
            record=draft.record,
            touched=[
                replace(each, made_of=self.seen.get(place_mark(draft.record, each.path), each.made_of))
                for each in touched_translations(draft.content, content)
            ],
            today=clock.today(),
            by=me.username,
            at=at,
        )

    def as_seen(self, rows: Iterable[str]) -> tuple[Self, dict[str, str]]:
        """(the sheet that knows which originals these rows of a page were, the row of today for each of them)."""
        today = {original_seen(row.id)[0]: row for row in self.text_rows}
        seen, renamed = {}, {}
        for named in rows:
            mark, made_of = original_seen(named)
            if (row := today.get(mark)) and row.id != named:
                renamed[named], seen[mark] = row.id, made_of
        return replace(self, seen=seen), renamed


def translation_sheet(
    me: CurrentUser,
    rows: Sequence[TextRow],
    *,
    exchange: str,
    kept: Kept,
    working: tuple[str, ...],
    asked: Sequence[str],
    offered: Sequence[str],
    slug: str,
    fixed: bool,
    reload: Callable[[], TranslationSheet],
) -> TranslationSheet:
    """The sheet of these texts, in the languages `asked` for; else in the working ones, those of the originals, and
    those into which somebody was asked to translate."""
    sources = (row.text.source for row in rows if row.text)
    wanted = (at.language for at, each in kept.items() if each.asked and each.needed and each.exchange == exchange)
    usual = tuple(dict.fromkeys((*working, *sources, *wanted)))
    every = tuple(dict.fromkeys((*usual, *offered)))
    tags = tuple(tag for tag in every if tag in asked) or usual or every[:1]
    items = [item_of(row.id, row.what, row.text.forms if row.text else {}) for row in rows]
    with_sources = [
        {**item, WORDS: {**item[WORDS], "source": row.text.source}} if row.text and len(row.text.forms) > 1 else item
        for item, row in zip(items, rows, strict=True)
    ]
    return TranslationSheet(
        rows_are=TRANSLATIONS,
        naming=lambda _content: (),
        draft=NO_DRAFT,
        content={TEXTS: with_sources},
        offered=every,
        tags=tags,
        reader=CellReader(slug=slug),
        known={},
        fixed=fixed,
        grows=False,
        me=me,
        exchange=exchange,
        text_rows=tuple(rows),
        kept_of=kept,
        working=working,
        reload=reload,
        seen={},
    )


def _only_translated(row: TextRow, words: object) -> bool:
    """Whether these are the words of a text that may be typed here, with its original as it was."""
    return row.is_open and row.text is not None and kept_text(words).get(row.text.source) == row.text.original


def _editions(rows: Iterable[TextRow]) -> dict[int, int]:
    drafts: Iterable[Drafted] = (row.source.draft for row in rows if row.source.draft)
    return {draft.id: draft.edition for draft in drafts}
