"""The texts of an exchange that could be sent: what each changes, who must agree, who will see it, what refuses it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from koryu.consent import queries as consent
from koryu.consent.actions.admission import planned, would_refuse
from koryu.consent.queries import Drafted, ExchangeWork
from koryu.consent.queries.drafts import owners_in
from koryu.consent.rules.diff import difference
from koryu.consent.rules.permissions import DraftAct, may_with_draft
from koryu.desk.access import CurrentUser, place_of
from koryu.desk.exchange.together.readership import choices_of, hidden_papers, named_by_nothing_public
from koryu.records.kinds import visibility_in
from koryu.sheets.errors import wrong_in
from koryu.sheets.parse import is_record
from koryu.values.reason import Reason
from koryu.values.text import Text
from koryu.wording.titles import title_of

_NO_REASON: Final = Reason("no reason given yet")
_UNFINISHED: Final = Reason("It is not finished. The draft says what is missing.")


@dataclass(frozen=True, kw_only=True)
class SendItem:
    """One text that could be sent.

    `changes` are the fields that differ from what stands, None where nothing stands. `others` must agree to it besides
    us. `shown_to` is who will see it, and `choices` who else could be chosen; '' where that is no question. `refused`
    is what would be refused if it were sent now, `may_not` why whoever looks may not submit it; `says` are notes.
    """

    draft: Drafted
    title: Text | None
    changes: int | None
    others: tuple[str, ...]
    shown_to: str
    choices: tuple[str, ...]
    refused: Reason | None
    may_not: Reason | None
    says: tuple[Reason, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether it can be ticked: neither would it be refused, nor does it wait already."""
        return self.refused is None and self.may_not is None and self.draft.waiting is None


def send_items(me: CurrentUser, work: ExchangeWork, drafts: Sequence[Drafted]) -> tuple[SendItem, ...]:
    """The unsent drafts of ours at an exchange, in the order in which they would be sent."""
    listed = consent.in_order(drafts)
    current = {part.line.uri: part.line for part in work.parts}
    stands = {
        uri: document.content()
        for uri, document in work.documents(
            line for uri, line in current.items() if uri in {draft.record for draft in listed}
        ).items()
    }
    if work.content:
        stands[work.uri] = dict(work.content)
    refusals = _refusals(_Asked(work.last, listed))
    speaker = me.speaker()
    return tuple(
        SendItem(
            draft=draft,
            title=title_of(draft.content),
            changes=_changes(_Compared(draft, stands[draft.record])) if draft.record in stands else None,
            others=_others(me.institution, draft, stands.get(draft.record)),
            shown_to=visibility_in(draft.content) if choices_of(draft) else "",
            choices=choices_of(draft, stands.get(draft.record)),
            refused=refused or named_by_nothing_public(draft, listed),
            may_not=may_with_draft(DraftAct.SUBMIT, speaker, place_of(me, draft)) if not draft.waiting else None,
            says=tuple(hidden_papers(work, draft, listed)),
        )
        for draft, refused in zip(listed, refusals, strict=True)
    )


def to_be_sent(work: ExchangeWork) -> tuple[Drafted, ...]:
    """Our unsent drafts of an exchange, and those of what they name and nobody has put on record: people, works,
    what a follow-up led to."""
    named = {uri for draft in work.drafts for uri in records_named(draft.content)}
    missing = sorted(named - work.named.keys() - {draft.record for draft in work.drafts})
    drafted = consent.drafts_of_records(work.institution, missing) if missing else ()
    return (*work.drafts, *(draft for draft in drafted if not draft.exchange))


def records_named(content: Mapping[str, Any]) -> Iterator[str]:
    """The people and works that a content, finished or not, names; of a follow-up, what it led to."""
    for listed in ("members", "speakers", "sources", "led_to"):
        items = content.get(listed)
        for item in items if isinstance(items, list) else ():
            fields = ("record",) if listed == "led_to" else ("person", "work")
            named = next((item[name] for name in fields if item.get(name)), None) if isinstance(item, Mapping) else None
            if isinstance(named, str) and is_record(named):
                yield named


def _others(me: str, draft: Drafted, stands: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Who must agree to it besides us: nobody to what is recorded."""
    if draft.says == "recorded":
        return ()
    owners = owners_in(draft.kind, draft.content) | (owners_in(draft.kind, stands) if stands else frozenset())
    return tuple(sorted(owners - {me}))


@dataclass(frozen=True, eq=True)
class _Asked:
    """Drafts that are asked about while the last entry of the ledger is this one."""

    last: str
    drafts: tuple[Drafted, ...]

    def __hash__(self) -> int:
        return hash((self.last, *((draft.id, draft.edition) for draft in self.drafts)))


@dataclass(frozen=True, eq=True)
class _Compared:
    """A draft and what stands in its place."""

    draft: Drafted
    stands: Mapping[str, Any]

    def __hash__(self) -> int:
        return hash((self.draft.id, self.draft.edition))


# What the ledger says is known by its last entry, and what a draft says by all of it.
@lru_cache(maxsize=32)
def _refusals(asked: _Asked) -> tuple[Reason | None, ...]:
    """Why each could not be sent now, together with the others; what is unfinished is said first."""
    refusals = would_refuse([planned(draft) for draft in asked.drafts]) if asked.drafts else ()
    return tuple(
        _UNFINISHED
        if refused and wrong_in(draft.kind, draft.content)
        else refused or (_NO_REASON if draft.answers and not draft.reason else None)
        for draft, refused in zip(asked.drafts, refusals, strict=True)
    )


@lru_cache(maxsize=512)
def _changes(compared: _Compared) -> int:
    """How many fields differ."""
    return len({change.steps[0].name for change in difference(compared.stands, compared.draft.content)})
