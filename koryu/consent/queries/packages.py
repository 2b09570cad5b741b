"""Drafts that are submitted, approved and sent in one act: in which order, and of exactly what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from koryu.consent.queries.drafts import Drafted, drafts_where
from koryu.consent.rules.approval_steps import StepTaken
from koryu.records.kinds import KINDS
from koryu.seals.digests import digest_of

_PLACES: Final = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, kw_only=True)
class Package:
    """The drafts that were submitted together and wait, in the order in which they are sent: by kind, then by name."""

    together: str
    drafts: tuple[Drafted, ...]

    @property
    def institution(self) -> str:
        return self.drafts[0].institution

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of its texts, each once."""
        return tuple(dict.fromkeys(draft.kind for draft in self.drafts))

    @property
    def by(self) -> str:
        """Who submitted it."""
        return self.drafts[0].waiting.by if self.drafts[0].waiting else ""

    @property
    def at(self) -> str:
        """When it was submitted."""
        return self.drafts[0].waiting.at if self.drafts[0].waiting else ""

    @property
    def since(self) -> str:
        """Since when it waits for whoever has it now."""
        return self.drafts[0].waiting.since if self.drafts[0].waiting else ""

    @property
    def steps(self) -> tuple[StepTaken, ...]:
        """The approval steps on its way; none where the head alone approves."""
        return self.drafts[0].waiting.steps if self.drafts[0].waiting else ()

    @cached_property
    def digest(self) -> str:
        """The digest of all that is approved when it is: its records in their order, each with that of its draft."""
        return package_digest(self.drafts)

    @cached_property
    def submitted_digest(self) -> str:
        """The same, of what was submitted: for pages, which are asked for more often than anybody approves."""
        return _digest_of((draft.record, draft.waiting.digest) for draft in self.drafts if draft.waiting)

    @property
    def is_as_submitted(self) -> bool:
        """Whether each of its drafts is what it was when it was submitted."""
        return all(draft.waiting is not None and draft.waiting.digest == draft.digest for draft in self.drafts)


@dataclass(frozen=True, kw_only=True)
class ReturnedPackage:
    """The drafts that were submitted together last and came back: by whom, when, with which remark.

    `changed` are those that were changed in just that moment, and so brought the others back.
    """

    drafts: tuple[Drafted, ...]
    by: str
    at: str
    remark: str

    @property
    def changed(self) -> tuple[Drafted, ...]:
        return tuple(
            draft
            for draft in self.drafts
            if draft.returned and draft.returned.digest != draft.digest
            if (draft.changed_by, draft.changed_at) == (self.by, self.at)
        )


def package(together: str) -> Package | None:
    """The package with this token, as long as it waits."""
    submitted = drafts_submitted(together)
    return next((waiting for waiting in packages_in(submitted) if waiting.together == together), None)


def drafts_submitted(together: str) -> tuple[Drafted, ...]:
    """The drafts that were once submitted together under this token, whatever became of them since."""
    # PostgreSQL takes no NUL, not even to look for it.
    if not together or "\0" in together:
        return ()
    return drafts_where("d.id IN (SELECT draft_id FROM consent_submission WHERE together = %s)", together)


def packages_in(drafts: Iterable[Drafted]) -> tuple[Package, ...]:
    """The packages that wait among these drafts, the one submitted first coming first."""
    by_token: dict[str, list[Drafted]] = {}
    for draft in drafts:
        if draft.waiting and draft.waiting.together and not draft.sent:
            by_token.setdefault(draft.waiting.together, []).append(draft)
    waiting = (Package(together=token, drafts=in_order(listed)) for token, listed in by_token.items())
    return tuple(sorted(waiting, key=lambda package: (package.at, package.together)))


def returned_packages(drafts: Iterable[Drafted]) -> tuple[ReturnedPackage, ...]:
    """The packages among these drafts that came back, and of which no draft was submitted again since."""
    by_token: dict[str, list[Drafted]] = {}
    for draft in drafts:
        if draft.returned and draft.returned.together and not draft.sent:
            by_token.setdefault(draft.returned.together, []).append(draft)
    return tuple(
        ReturnedPackage(drafts=in_order(listed), by=back.decided_by, at=back.decided_at, remark=back.remark)
        for listed in by_token.values()
        if (back := listed[0].returned)
    )


def drafts_numbered(numbers: Sequence[int]) -> tuple[Drafted, ...]:
    """The drafts with these ids that are there, in one statement."""
    if not numbers:
        return ()
    return drafts_where(f"d.id IN ({', '.join(['%s'] * len(numbers))})", *numbers)


def drafts_of_records(institution: str, records: Sequence[str]) -> tuple[Drafted, ...]:
    """The unsent drafts that an institution has of these records, in one statement."""
    if not records:
        return ()
    listed = ", ".join(["%s"] * len(records))
    return drafts_where(f"d.institution = %s AND d.sent = '' AND d.record IN ({listed})", institution, *records)


def in_order(drafts: Iterable[Drafted]) -> tuple[Drafted, ...]:
    """Drafts in the order in which they are sent together: what is linked to goes before what links to it."""
    return tuple(sorted(drafts, key=lambda draft: (place_of_kind(draft.kind), draft.record, draft.id)))


def place_of_kind(kind: str) -> int:
    """Where a kind comes when several texts are sent, or accepted, in one act."""
    return _PLACES.get(kind, len(_PLACES))


def package_digest(drafts: Iterable[Drafted]) -> str:
    """The digest over the drafts in their order: each record with the digest of its draft."""
    return _digest_of((draft.record, draft.digest) for draft in in_order(drafts))


def _digest_of(texts: Iterable[tuple[str, str]]) -> str:
    return digest_of({"together": [[record, digest] for record, digest in texts]})
