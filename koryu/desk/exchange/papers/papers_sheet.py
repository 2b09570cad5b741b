"""The papers of one institution that we type, as a sheet: each row is a draft, and saving saves those that changed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Self

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.queries import Drafted, ExchangeWork
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.saved_at import saved_at
from koryu.desk.drafts.touched_words import note_touched
from koryu.desk.exchange.begin_part import is_recorded, name_in, part_content, sources_of
from koryu.desk.exchange.papers.paper_drafts import drafts_by_row, listed, paper_changes
from koryu.desk.exchange.sheet.draft_sheet import DraftSheet
from koryu.institutions import rules as roles
from koryu.seals.digests import digest_of
from koryu.sheets.rows.paper_cells import texts_in
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.uris import mint

_NAME_IN_USE: Final = Reason("There is a record of this name already; choose another short name.")
_NOT_HERE: Final = Reason(
    "A paper that was shown, submitted or commented on, or that has a file, is deleted at the page of its draft."
)
_GONE: Final = Reason("This row was removed meanwhile by somebody else.")
_NOBODYS: Final = Reason("Choose the kind of record.")


@dataclass(frozen=True, kw_only=True)
class PapersSheet(DraftSheet):
    """The sheet of all our drafts of the papers that one institution gives.

    `draft` is the one that was changed last; `username` is whoever looks.
    """

    work: ExchangeWork
    institution: str
    by_row: Mapping[str, Drafted]
    username: str

    @property
    def number(self) -> int:
        """A number that the list of an institution has at every exchange, whatever is in it."""
        return number_of(self.institution)

    @property
    def seed(self) -> str:
        """From what the ids of new rows are made: other ones with each row that is begun, and for each person."""
        last = max((draft.id for draft in self.by_row.values()), default=0)
        return f"{self.work.uri}:{self.institution}:{last}:{self.username}"

    def row_of_record(self, record: str) -> str:
        """The row of the draft of a record; '' where none of them is."""
        return next((row for row, draft in self.by_row.items() if draft.record == record), "")

    @property
    def list_of(self) -> str:
        return self.institution

    def saved_words(self, me: CurrentUser) -> str:
        return saved_at(me, self.draft) if self.draft.id else ""

    def with_drafts(self, drafts: tuple[Drafted, ...]) -> Self:
        """The sheet of these drafts of it."""
        by_row = drafts_by_row(drafts, f"{name_in(self.work, self.institution)}-")
        last = max(drafts, key=lambda draft: (draft.changed_at, draft.id), default=replace(self.draft, id=0))
        return replace(self, by_row=by_row, draft=last, content=listed(by_row))

    def kept(self, me: CurrentUser, content: Mapping[str, Any]) -> Self:
        """Save each draft that this changes, begin those of new rows, discard those of rows that are gone: all or none.

        Raises Refused, also where another was faster.
        """
        changes = paper_changes(self.content, content)
        with transaction.atomic():
            for row in changes.gone:
                self._discard(me, row)
            for row, changed in changes.changed.items():
                self._save(me, self.by_row[row], changed)
            for row, begun in changes.begun.items():
                self._begin(me, row, begun)
        now = self.with_drafts(self._now())
        return now.with_content(now.content, asking=me.institution)

    def changed_meanwhile(self) -> Self | None:
        now = self._now()
        seen = {draft.id: draft.edition for draft in self.by_row.values()}
        if {draft.id: draft.edition for draft in now} == seen:
            return None
        return self.with_drafts(now)

    def _now(self) -> tuple[Drafted, ...]:
        return tuple(
            draft
            for draft in consent.drafts_of(self.work.institution)
            if draft.kind == "paper" and draft.exchange == self.work.uri and whose(draft) == self.institution
        )

    def _save(self, me: CurrentUser, draft: Drafted, content: Mapping[str, Any]) -> None:
        try:
            actions.save(draft=draft.id, content=content, seen=draft.edition, by=me.username, at=clock.now())
        except ObjectDoesNotExist as gone:
            raise Refused(_GONE) from gone
        note_touched(me, draft, content)

    def _begin(self, me: CurrentUser, row: str, typed: Mapping[str, Any]) -> None:
        record = mint(me.institution, "paper", f"{name_in(self.work, self.institution)}-{row}")
        if consent.history(record).headers:
            # A paper that was sent is called so: by four letters that happens.
            record += digest_of(row)[7:11]
        or_refuse(_NAME_IN_USE if consent.draft_begun(me.institution, record=record) else None)
        as_begun, says = self._beginning(me)
        stays = {name: as_begun[name] for name in ("kind", "exchange", "institution")}
        actions.draft(
            institution=me.institution,
            record=record,
            content={**as_begun, **typed, **stays},
            replaces=None,
            by=me.username,
            at=clock.now(),
            says=says,
        )

    def _beginning(self, me: CurrentUser) -> tuple[dict[str, Any], str]:
        """(what a new paper of this list says first, as what it is said): a partner's rests on what others of it do."""
        if self.institution != me.institution:
            before = next((draft for draft in reversed(list(self.by_row.values())) if draft.says == "recorded"), None)
            if before is None:
                raise Refused(_NOBODYS)
            sources, shown_to = before.content.get("sources"), str(before.content.get("shown_to", ""))
            return self._content(sources if isinstance(sources, list) else None, shown_to), "recorded"
        if is_recorded(self.work):
            return self._content(sources_of(self.work), ""), "recorded"
        return self._content(None, "institutions"), "proposed"

    def _content(self, sources: list[dict[str, Any]] | None, shown_to: str) -> dict[str, Any]:
        return part_content(self.work, kind="paper", institution=self.institution, sources=sources, shown_to=shown_to)

    def _discard(self, me: CurrentUser, row: str) -> None:
        """What goes with its row can be put back with it: nothing but what was typed."""
        draft = self.by_row[row]
        said = consent.said_beside(draft, institution=me.institution)
        or_refuse(_NOT_HERE if is_held(draft) or any(each.means == "comment" for each in said) else None)
        try:
            actions.discard(draft=draft.id, by=me.username, at=clock.now())
        except ObjectDoesNotExist as gone:
            raise Refused(_GONE) from gone

    @cached_property
    def held(self) -> frozenset[str]:
        """The rows that are not removed here."""
        return frozenset(row for row, draft in self.by_row.items() if is_held(draft))


def number_of(institution: str) -> int:
    """What names the list of an institution in addresses."""
    return int(digest_of(institution)[7:13], 16)


def whose(draft: Drafted) -> str:
    """The institution that gives a drafted paper; ours where it names none yet."""
    named = draft.content.get("institution")
    return named if isinstance(named, str) else draft.institution


def is_held(draft: Drafted) -> bool:
    """Whether more is in a draft than what was typed into it."""
    return bool(
        draft.submissions
        or draft.shared_at
        or draft.replaces
        or draft.answers
        or any("file" in text for text in texts_in(draft.content))
    )


def may_type(me: CurrentUser, draft: Drafted) -> bool:
    """Whether whoever looks may change one of our drafts."""
    return _may(DraftAct.CHANGE, me, draft) is None


def may_translate(me: CurrentUser, draft: Drafted) -> bool:
    """Whether they may put its words into other languages."""
    return _may(DraftAct.TRANSLATE, me, draft) is None


def may_begin(me: CurrentUser) -> bool:
    return roles.may_draft(role=me.role, kind="paper") is None


def _may(act: DraftAct, me: CurrentUser, draft: Drafted) -> Reason | None:
    return may_with_draft(act, me.speaker(), consent.drafting_of(draft, by=me.username))
