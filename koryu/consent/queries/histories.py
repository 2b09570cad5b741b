"""Reading what has been said of a record: what stands on it, what is open, and what the rules ask of others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from koryu.archive import queries as archive
from koryu.consent.rules.claims import Target, Targets
from koryu.consent.rules.history import History
from koryu.consent.rules.readers import parties
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.kinds import brought_up_to_date
from koryu.seals.proofs import sealed_by


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The version that stands, or that stood last before its content was erased; the content up to date."""

    version: str
    header: Header
    content: dict[str, Any] | None
    agreed: bool
    recorder: str | None


@dataclass(frozen=True, kw_only=True)
class Consultation:
    """A version put forward and not settled: open, some have not answered yet; or declined, and no other has followed.

    The content is brought up to date.
    """

    record: str
    version: str
    header: Header
    content: dict[str, Any] | None
    history: History
    proposed: Statement

    @property
    def waits_for(self) -> frozenset[str]:
        """Those who must agree and have said nothing yet."""
        return self.history.must_agree(self.version) - self.history.agreements(self.version).keys()

    @property
    def declined(self) -> Statement | None:
        """By which statement it was not taken up."""
        return next((statement for statement in self.history.about(self.version) if statement.said == "declined"), None)


def history(record: str, *, until: int | None = None) -> History:
    """Everything that was said of a record; up to an entry and with it, if one is given."""
    return history_of(ledger.entries_about(record, until=until))


def targets(records: Iterable[str], *, besides: Targets = MappingProxyType({})) -> dict[str, Target]:
    """What the rules ask of the records that a content names, by URI; those of which nothing was said are left out.

    `besides` are records of which something is being said in the same act; what they say goes before.
    """
    wanted = [record for record in dict.fromkeys(records) if record not in besides]
    standing = {record: _target(known) for record, known in archive.known(wanted).items()}
    missing = [record for record in wanted if record not in standing]
    said = ledger.entries_by_record(missing) if missing else {}
    consulted = {record: history_of(entries) for record, entries in said.items() if entries}
    return {**standing, **{record: _consulted(history) for record, history in consulted.items()}, **besides}


def sent_together(drafts: Targets) -> dict[str, Target]:
    """What is known of the records of what is said in one act.

    Of a record that was spoken of before, whose it is stays what it was, whatever the draft says of itself: nobody
    speaks for others' record by recording a line beside it in the same act.
    """
    before = targets(drafts)
    return {
        record: replace(known, lets_go=known.lets_go or draft.lets_go) if (known := before.get(record)) else draft
        for record, draft in drafts.items()
    }


def _target(known: archive.KnownRecord) -> Target:
    # A person is public with whatever names them, and so is no reason that something cannot be.
    follows = known.kind == "person" and known.visibility == "public"
    return Target(
        kind=known.kind,
        owners=known.owners,
        # Who only recorded a line of its own beside it does not speak for the record by that.
        recorders=frozenset(known.recorders[:1]),
        readers=known.readers,
        public=known.public,
        lets_go=known.public or follows,
        exchange=known.exchange,
    )


def _consulted(history: History) -> Target:
    """What the rules ask of a record on which nothing stands: those who must agree to what is proposed know of it."""
    last = history.last_proposed or next(iter(history.headers))
    header = history.headers[last]
    content = content_of(header)
    return Target(
        kind=header.kind,
        owners=history.owners,
        readers=parties(history, last) if history.is_open(last) else frozenset(filter(None, [history.minter])),
        exchange=str((content or {}).get("exchange", "")),
    )


def histories(records: Iterable[str]) -> dict[str, History]:
    """Everything that was said of each of these records, in one query."""
    return {record: history_of(entries) for record, entries in ledger.entries_by_record(records).items()}


def circle_of(document: Document) -> frozenset[str]:
    """The institutions of the exchange that a document belongs to."""
    exchange = document.belongs_to()
    known = targets([exchange]) if exchange else {}
    return known[exchange].owners if exchange in known else frozenset()


def history_of(entries: Iterable[ledger.LedgerEntry]) -> History:
    """The same, from the entries about the record."""
    return History.of(statement_of(entry.sealed) for entry in entries)


def standing(record: str) -> Standing | None:
    """What stands on a record, with its content; None when nothing does."""
    return _standing(history(record))


def standing_of(records: Iterable[str]) -> dict[str, Standing]:
    """What stands on each of these records on which something does."""
    said = ledger.entries_by_record(records)
    by_record = {
        record: _standing(History.of(statement_of(entry.sealed) for entry in entries))
        for record, entries in said.items()
    }
    return {record: standing for record, standing in by_record.items() if standing}


def recorded_by(recorder_of: Mapping[str, str]) -> dict[str, Standing]:
    """What each recorder has recorded last of a record; or what was agreed there since, by record."""
    said = ledger.entries_by_record(recorder_of)
    standing = {}
    for record, recorder in recorder_of.items():
        history = history_of(said[record])
        version = history.agreed or history.lines.get(recorder)
        if version:
            standing[record] = _as_it_stands(history, version)
    return standing


def key_list() -> dict[str, list[dict[str, Any]]]:
    """Whose keys are whose, in the order they were given: each with the numbers of the first and last entry it counts
    for here (`until` is missing while it is in use), and the sealed entry by which it was given."""
    given = {str(entry.sealed["key"]): entry for entry in ledger.key_entries() if entry.said == "keyed"}
    keys: dict[str, list[dict[str, Any]]] = {}
    for key in institutions.every_key():
        listed: dict[str, Any] = {"key": key.did, "from": key.since}
        if key.until is not None:
            listed["until"] = key.until
        keys.setdefault(key.institution, []).append({**listed, "entry": dict(given[key.did].sealed)})
    return keys


def sealed_with(did: str, *, institution: str, since: str = "", after: int = 0) -> tuple[ledger.LedgerEntry, ...]:
    """What the institution said here with this key, in order: above the entry `after`, on or after the day `since`."""
    return tuple(
        entry
        for entry in ledger.entries_by(institution, after=after)
        if sealed_by(dict(entry.sealed)).did == did and str(entry.sealed["at"]) >= since
    )


def conclusion(version: str) -> Statement | None:
    """The statement that concluded a version."""
    entry = ledger.conclusion_of(version)
    return statement_of(entry.sealed) if entry else None


def accepted_by_letter(letter: str, *, institution: str) -> frozenset[str]:
    """The versions of which an institution has recorded that they were accepted by the letter with this digest."""
    said = (statement_of(entry.sealed) for entry in ledger.entries_with(letter, said=("accepted by letter",)))
    own = (each for each in said if (each.letter, each.institution) == (letter, institution))
    return frozenset(each.version for each in own if each.version)


def content_of(header: Header) -> dict[str, Any] | None:
    """The content of a version as it was written, which its schema reads; None when it was erased or never came."""
    kept = ledger.content(header.content)
    return dict(kept.content) if kept else None


def contents_of(headers: Mapping[str, Header]) -> dict[str, dict[str, Any]]:
    """The contents of these versions that are still there, up to date, by the digest of the version, in one query."""
    return contents_among(ledger.contents(header.content for header in headers.values()), headers)


def contents_among(
    kept: Mapping[str, ledger.SaltedContent], headers: Mapping[str, Header]
) -> dict[str, dict[str, Any]]:
    """The same, of contents that were read before and are given by their digest."""
    return {
        version: brought_up_to_date(kept[header.content].content, schema=header.schema_name)
        for version, header in headers.items()
        if header.content in kept
    }


def consultations() -> tuple[Consultation, ...]:
    """Every version that is not settled, whoever it concerns, the one proposed first coming first."""
    said = ledger.entries_of_the_unsettled()
    histories = [History.of(statement_of(entry.sealed) for entry in entries) for entries in said.values()]
    return _consultations(dict(zip(said, histories, strict=True)))


def consultations_on(record: str) -> tuple[Consultation, ...]:
    """The versions that are not settled on one record."""
    return _consultations({record: history(record)})


def _consultations(histories: Mapping[str, History]) -> tuple[Consultation, ...]:
    opened = [
        (record, version, said)
        for record, said in histories.items()
        for version in said.headers
        if said.is_open(version) or (version == said.last_proposed and said.declined_by(version))
    ]
    contents = ledger.contents(said.headers[version].content for _, version, said in opened)
    consulted = (
        Consultation(
            record=record,
            version=version,
            header=said.headers[version],
            content=_up_to_date(contents.get(said.headers[version].content), said.headers[version]),
            history=said,
            proposed=next(statement for statement in said.about(version) if statement.said == "proposed"),
        )
        for record, version, said in opened
    )
    return tuple(sorted(consulted, key=lambda consultation: (consultation.proposed.at, consultation.record)))


def _up_to_date(kept: ledger.SaltedContent | None, header: Header) -> dict[str, Any] | None:
    return brought_up_to_date(kept.content, schema=header.schema_name) if kept else None


def _standing(said: History) -> Standing | None:
    return _as_it_stands(said, said.in_force) if said.in_force else None


def _as_it_stands(said: History, version: str) -> Standing:
    header = said.headers[version]
    return Standing(
        version=version,
        header=header,
        content=_up_to_date(ledger.content(header.content), header),
        agreed=said.agreed is not None,
        recorder=said.recorder,
    )
