"""What a private calendar holds, gathered anew with the rights that whoever's address it is has now."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Final

from koryu.archive import queries as archive
from koryu.archive.queries import DatedLine
from koryu.consent import queries as consent
from koryu.desk.schedule.sent_letters import letters_at
from koryu.institutions import rules as roles
from koryu.institutions.queries import SecretAddress
from koryu.ledger import queries as ledger
from koryu.planning import queries as planning
from koryu.planning.queries.exchanges_ahead import ahead_of
from koryu.publishing.calendar_entries import (
    FeedEntry,
    exchange_entries,
    proposed_entries,
    session_entries,
    step_entry,
    still_shown,
)
from koryu.values.text import Text
from koryu.values.uris import last_part

# Of somebody's own calendar, what is over leaves after so many days.
_OWN_FOR: Final = timedelta(days=30)


def entries_for(address: SecretAddress, *, today: date) -> tuple[FeedEntry, ...] | None:
    """The entries that this address is entitled to now, by date; None where it is entitled to nothing.

    The role of its owner was asked before.
    """
    may_plan = roles.may_plan(role=address.role) is None
    match address.scope:
        case "exchange":
            entries = _of_exchange(address)
        case "institution":
            entries = [*exchanges_and_sessions(address.institution), *steps(address.institution)]
            if may_plan:
                entries += counted_steps(address.institution, today=today)
        case _:
            every = [
                *exchanges_and_sessions(address.institution),
                *steps(address.institution, of=(address.person, address.username)),
                *(counted_steps(address.institution, today=today, of=address.username) if may_plan else ()),
            ]
            entries = [entry for entry in every if entry.last >= today - _OWN_FOR]
    return None if entries is None else still_shown(entries, today=today)


def exchanges_and_sessions(institution: str) -> Iterator[FeedEntry]:
    """The exchanges in which an institution takes part, what is proposed to it or by it, and their sessions."""
    dated = archive.dated_exchanges(asking=institution, institution=institution)
    yield from _exchanges(dated)
    standing = {each.line.uri for each in dated}
    for matter in consent.unsettled_at(ledger.last_digest()):
        if matter.header.kind != "exchange" or matter.record in standing or matter.declined:
            continue
        if institution in matter.history.must_agree(matter.version):
            yield from proposed_entries(matter.record, matter.content or {}, since=str(matter.proposed.at))
    yield from _sessions(standing, institution)


def steps(institution: str, *, of: Collection[str] = ()) -> Iterator[FeedEntry]:
    """The steps of an institution that are to be done by a day; `of` a person, by the names of whom is meant, those
    that name nobody else."""
    for step in planning.due_steps(institution):
        if not of or not step.who or any(name in step.who for name in of if name):
            # In what language a step was typed, nobody has said.
            yield step_entry(
                uid=f"{step.exchange}#step-{step.id}",
                what=Text.kept({"und": step.what}),
                day=step.day,
                since=step.since,
                page=("exchange", last_part(step.exchange)),
            )


def counted_steps(institution: str, *, today: date, of: str = "") -> Iterator[FeedEntry]:
    """The steps of its schedules that an institution has still to do, on the days counted today; `of` a person, by
    username, without those that somebody else has taken.

    A day moves without anybody's act, when the exchange does: the schedule was begun when the entry says it is from.
    """
    for ahead in ahead_of(institution, today, letters_at=letters_at):
        for line in ahead.lines:
            if not line.code or not line.is_open or line.latest is None or (of and line.taken_by not in ("", of)):
                continue
            yield step_entry(
                uid=f"{ahead.uri}#step-{line.code}-{last_part(institution)}",
                what=line.words if isinstance(line.words, Text) else Text.kept({"und": line.words}),
                day=line.latest,
                since=ahead.since,
                page=("exchange", ahead.slug or last_part(ahead.uri)),
            )


def _of_exchange(address: SecretAddress) -> list[FeedEntry] | None:
    """One exchange with its timetable, for those who take part in it."""
    dated = archive.dated_exchanges(asking=address.institution, exchange=address.about)
    if not any(archive.takes_part(each.line, address.institution) for each in dated):
        return None
    return [*_exchanges(dated), *_sessions({address.about}, address.institution)]


def _exchanges(dated: tuple[DatedLine, ...]) -> Iterator[FeedEntry]:
    documents = archive.documents_at(ledger.last_digest(), [each.line for each in dated])
    for each in dated:
        yield from exchange_entries(each, documents.get(each.line.uri))


def _sessions(exchanges: set[str], institution: str) -> Iterator[FeedEntry]:
    timetables = archive.timetables_at(sorted(exchanges), asking=institution)
    documents = archive.documents_at(ledger.last_digest(), [each.line for each in timetables])
    for each in timetables:
        yield from session_entries(each, documents.get(each.line.uri))
