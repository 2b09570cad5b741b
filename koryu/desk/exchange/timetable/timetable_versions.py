"""The versions of a timetable that have stood, and what each changed after it was fixed."""

from dataclasses import dataclass
from functools import lru_cache

from koryu.consent import queries as consent
from koryu.wording.timetable_changes import SessionChange, change_in_words, changes_since_fixed, is_fixed


@dataclass(frozen=True, kw_only=True)
class TimetableVersion:
    """One version: since when it stands, what it changed in the one before after that was fixed."""

    at: str
    fixed: bool
    changes: tuple[SessionChange, ...]

    def in_words(self, slug: str) -> list[str]:
        return [change_in_words(change, slug) for change in self.changes]


# What the ledger says is known by its last entry.
@lru_cache(maxsize=64)
def versions_of(record: str, _last: str) -> tuple[TimetableVersion, ...]:
    """The versions of a timetable that stood, in order, when the ledger's last entry is the one with this digest; in
    two statements, once for each."""
    history = consent.history(record)
    agreed = [said for said in history.statements if said.said == "concluded" and said.version]
    stood = agreed or [said for said in history.statements if said.said == "recorded" and said.version]
    headers = {str(said.version): history.headers[str(said.version)] for said in stood}
    contents = consent.contents_of(headers)
    there = [said for said in stood if said.version in contents]
    ordered = [contents[str(said.version)] for said in there]
    return tuple(
        TimetableVersion(at=said.at, fixed=is_fixed(content), changes=changes)
        for said, content, changes in zip(there, ordered, changes_since_fixed(ordered), strict=True)
    )
