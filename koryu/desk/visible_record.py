"""A record as an institution may see it at the desk, and the files named in what it may see; all else is 404."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.rules.draft_permissions import is_own_account
from koryu.consent.rules.history import History
from koryu.consent.rules.namings import (
    namings_of_draft,
    namings_of_letters,
    namings_of_own_letters,
    namings_of_versions,
)
from koryu.consent.rules.readers import may_read, parties
from koryu.consent.rules.statement import Statement
from koryu.desk.access import CurrentUser
from koryu.files import queries as files
from koryu.files.queries import NamedFile
from koryu.ledger import queries as ledger
from koryu.ledger.queries import LedgerEntry
from koryu.publishing.export import PUBLISHED
from koryu.records.kinds import visibility_in
from koryu.values.text import Text


@dataclass(frozen=True, kw_only=True)
class VisibleRecord:
    """A record as my institution may see it. `contents` are those that were opened, by version.

    Of each version that it must agree to, or recorded, it sees everything that was said; of others, what stands or
    stood and is for its eyes. `circle` are the institutions of the exchange the record belongs to; `texts` the reasons
    and remarks given, by digest: one that is not among them was erased.
    """

    uri: str
    entries: tuple[LedgerEntry, ...]
    history: History
    contents: Mapping[str, Mapping[str, Any]]
    texts: Mapping[str, Text]
    reader: str
    circle: frozenset[str] = frozenset()

    @cached_property
    def inside(self) -> bool:
        """Whether my institution has a part in the record: it must agree to one of its versions, or recorded one."""
        return takes_part(self.reader, self.history)

    @property
    def kind(self) -> str:
        return next(iter(self.history.headers.values())).kind

    @property
    def standing(self) -> Mapping[str, Any] | None:
        """The content that stands; None where nothing does, or it was erased."""
        return self.contents.get(self.history.in_force or "")

    @property
    def own_account(self) -> bool:
        """Whether what stands is for my institution to say: false of what a partner says."""
        return is_own_account(self.kind, self.standing or {}, self.reader)

    def opens(self, version: str) -> bool:
        """Whether this version may be looked at."""
        if version not in self.history.headers:
            return False
        content = self.contents.get(version)
        visibility = visibility_in(content) if content else None
        return may_read(self.history, version, asking=self.reader, visibility=visibility, circle=self.circle)

    @property
    def said(self) -> tuple[Statement, ...]:
        """What was said of it and may be told, in order."""
        return tuple(statement for statement in self.history.statements if self._is_told(statement))

    def _is_told(self, said: Statement) -> bool:
        if not said.version:
            return True
        if self.reader in parties(self.history, said.version):
            return True
        return said.said in PUBLISHED and self.opens(said.version)


def record_for(me: CurrentUser, record: str, *, besides: Iterable[str] = (), whole: bool = False) -> VisibleRecord:
    """A record that my institution may see, with what stands and what is open; and the versions `besides`, or all.

    Raises Http404.
    """
    entries = ledger.entries_about(record)
    history = consent.history_of(entries)
    wanted = {history.in_force, history.last_proposed, *history.open_versions, *besides}
    headers = {version: header for version, header in history.headers.items() if whole or version in wanted}
    # What versions say, and the reasons and remarks given, in one query.
    kept = ledger.contents([*(header.content for header in headers.values()), *history.texts]) if headers else {}
    seen = VisibleRecord(
        uri=record,
        entries=entries,
        history=history,
        contents=consent.contents_among(kept, headers),
        texts=ledger.texts_among(kept),
        reader=me.institution,
    )
    if history.headers and not seen.inside and not seen.opens(history.in_force or ""):
        seen = replace(seen, circle=archive.circle_of(record))
    if not any(seen.opens(version) for version in history.headers):
        raise Http404
    return replace(
        seen, contents={version: content for version, content in seen.contents.items() if seen.opens(version)}
    )


def history_for(me: CurrentUser, record: str) -> History:
    """What was said of a record that my institution may see. Raises Http404."""
    return record_for(me, record).history


def takes_part(institution: str, history: History) -> bool:
    """Whether an institution has a part in a record: it must agree to one of its versions, or has recorded one.

    Neither a remark nor a proposal makes anybody one of them.
    """
    return any(institution in parties(history, version) for version in history.headers)


def file_for(me: CurrentUser, digest: str, *, record: str) -> NamedFile:
    """A file that is named in what my institution may see of a record, or in a draft of its own. Raises Http404."""
    own = [draft for draft in consent.drafts_on(record) if draft.institution == me.institution and not draft.sent]
    readable = [
        naming
        for draft in own
        for naming in namings_of_draft(draft.content, institution=me.institution, record=record, draft=draft.id)
    ]
    if digest not in {naming.digest for naming in readable}:
        seen = record_for(me, record, whole=True)
        # What was named in a version that may not be opened counts for who put it there, and opens nothing.
        contents = consent.contents_of(seen.history.headers)
        readable += namings_of_versions(record, seen.history, contents, opens=seen.opens)
        readable += namings_of_letters(seen.said)
        readable += namings_of_own_letters(record, seen.history, contents, institution=me.institution)
    file = files.file_for(digest, institution=me.institution, readable=readable)
    if file is None:
        raise Http404
    return file
