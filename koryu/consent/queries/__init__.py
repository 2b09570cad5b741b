"""Reading what has been said of a record, what is open on it, and what an institution keeps to itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from django.db import connection
from pydantic_core import from_json

from koryu.archive import queries as archive
from koryu.consent import models
from koryu.consent.rules.claims import Target, Targets
from koryu.consent.rules.history import History
from koryu.consent.rules.readers import parties
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.records.document import Document
from koryu.records.kinds import KINDS, brought_up_to_date
from koryu.seals.digests import digest_of
from koryu.seals.proofs import sealed_by

_OF_A_DRAFT: Final = (
    *("id", "institution", "record", "kind", "content", "schema", "replaces", "answers", "reason", "says", "edition"),
    *("begun_by", "begun_at", "changed_by", "changed_at", "shared_at", "sent"),
)
_OF_A_SUBMISSION: Final = ("digest", "by", "at", "decision", "decided_by", "decided_at", "remark")
# Written out: a page asks this each time it is made, and building a query costs several times what running it does.
_DRAFTS: Final = (
    f"SELECT {', '.join(f'd.{name}' for name in _OF_A_DRAFT)}, "  # noqa: S608 -- nothing but our own words; values go apart
    's.content_digest, s."by", s."at", s.decision, s.decided_by, s.decided_at, s.remark '
    "FROM consent_draft d LEFT JOIN consent_submission s ON s.draft_id = d.id "
    "WHERE {condition} ORDER BY d.changed_at DESC, d.id DESC, s.id"
)
_SAID_BESIDE: Final = (
    'SELECT institution, "by", "at", text, \'comment\' AS means, id FROM consent_comment '
    "WHERE draft_id = %s AND (%s OR institution = %s) UNION ALL "
    'SELECT institution, "by", "at", text, means, id FROM consent_note WHERE record = %s AND institution = %s '
    'ORDER BY "at", id'
)


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
    """A version put forward and not settled: open, waiting for the word of some; or declined, and not followed yet.

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
        return next((one for one in self.history.about(self.version) if one.said == "declined"), None)


@dataclass(frozen=True, kw_only=True)
class Submitted:
    """A draft as it was laid before the head, and what became of it: '' while it waits."""

    digest: str
    by: str
    at: str
    decision: str
    decided_by: str
    decided_at: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class Begun:
    """A record that is only drafted yet; its title as it was typed, so far."""

    record: str
    kind: str
    title: Any


@dataclass(frozen=True, kw_only=True)
class Drafted:
    """A draft with everything that was done with it inside the house, the latest submission last."""

    id: int
    institution: str
    record: str
    kind: str
    content: dict[str, Any]
    replaces: str
    answers: str
    reason: dict[str, str] | None
    says: str
    edition: int
    begun_by: str
    begun_at: str
    changed_by: str
    changed_at: str
    shared_at: str
    sent: str
    submissions: tuple[Submitted, ...]

    @cached_property
    def digest(self) -> str:
        """The digest of all that is approved when the draft is: the content, what it replaces, and the reason."""
        return digest_of(
            {
                "content": self.content,
                "replaces": self.replaces,
                "answers": self.answers,
                "reason": self.reason,
                "says": self.says,
            }
        )

    @property
    def waiting(self) -> Submitted | None:
        """The submission that waits for the head."""
        return next((one for one in self.submissions if not one.decision), None)

    @property
    def returned(self) -> Submitted | None:
        """The last submission, where it came back."""
        last = self.submissions[-1] if self.submissions else None
        return last if last and last.decision == "returned" else None


@dataclass(frozen=True, kw_only=True)
class Said:
    """A note or a comment: who said it for whom, when, and by what means."""

    institution: str
    by: str
    at: str
    text: str
    means: str


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What an institution keeps to itself on a record: a `draft`, with its id, or a `note` or `telephone` note."""

    what: str
    id: int
    by: str
    at: str
    text: str


def history(record: str, *, until: int | None = None) -> History:
    """Everything that was said of a record; up to an entry and with it, if one is given."""
    return history_of(ledger.entries_about(record, until=until))


def targets(records: Iterable[str], *, besides: Targets = MappingProxyType({})) -> dict[str, Target]:
    """What the rules ask of the records that a content names, by URI; those of which nothing was said are left out.

    `besides` are records of which something is being said in the same act; what they say goes before.
    """
    wanted = [record for record in dict.fromkeys(records) if record not in besides]
    found = {record: _target(known) for record, known in archive.known(wanted).items()}
    missing = [record for record in wanted if record not in found]
    said = ledger.entries_by_record(missing) if missing else {}
    consulted = {record: history_of(entries) for record, entries in said.items() if entries}
    return {**found, **{record: _consulted(one) for record, one in consulted.items()}, **besides}


def _target(known: archive.Known) -> Target:
    # A person is public with whatever names them, and so is no reason that something cannot be.
    follows = known.kind == "person" and known.visibility == "public"
    return Target(
        kind=known.kind,
        owners=known.owners,
        recorders=known.recorders,
        readers=known.readers | known.recorders,
        public=known.public,
        lets_go=known.public or follows,
        exchange=known.exchange,
    )


def _consulted(history: History) -> Target:
    """A record on which nothing stands yet: those who must agree to what is put forward know of it."""
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
    found = targets([exchange]) if exchange else {}
    return found[exchange].owners if exchange in found else frozenset()


def history_of(entries: Iterable[ledger.Entry]) -> History:
    """The same, from the entries about the record."""
    return History.of(statement_of(entry.sealed) for entry in entries)


def standing(record: str) -> Standing | None:
    """What stands on a record, with its content; None when nothing does."""
    return _standing(history(record))


def standing_of(records: Iterable[str]) -> dict[str, Standing]:
    """What stands on each of these records on which something does."""
    said = ledger.entries_by_record(records)
    found = {
        record: _standing(History.of(statement_of(one.sealed) for one in entries)) for record, entries in said.items()
    }
    return {record: standing for record, standing in found.items() if standing}


def recorded_by(recorder_of: Mapping[str, str]) -> dict[str, Standing]:
    """What each recorder has recorded last of a record; or what was agreed there since, by record."""
    said = ledger.entries_by_record(recorder_of)
    found = {}
    for record, recorder in recorder_of.items():
        history = history_of(said[record])
        version = history.agreed or history.lines.get(recorder)
        if version:
            found[record] = _as_it_stands(history, version)
    return found


def key_list() -> dict[str, list[dict[str, Any]]]:
    """Whose keys are whose, in the order they were given: each with the numbers of the first and last entry it counts
    for here (`until` is missing while it is in use), and the sealed entry by which it was given."""
    given = {str(entry.sealed["key"]): entry for entry in ledger.key_entries() if entry.said == "keyed"}
    found: dict[str, list[dict[str, Any]]] = {}
    for key in institutions.every_key():
        listed: dict[str, Any] = {"key": key.did, "from": key.since}
        if key.until is not None:
            listed["until"] = key.until
        found.setdefault(key.institution, []).append({**listed, "entry": dict(given[key.did].sealed)})
    return found


def sealed_with(did: str, *, institution: str, since: str = "", after: int = 0) -> tuple[ledger.Entry, ...]:
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


def content_of(header: Header) -> dict[str, Any] | None:
    """The content of a version as it was written, which its schema reads; None when it was erased or never came."""
    found = ledger.content(header.content)
    return dict(found.content) if found else None


def contents_of(headers: Mapping[str, Header]) -> dict[str, dict[str, Any]]:
    """The contents of these versions that are still there, up to date, by the digest of the version, in one query."""
    return contents_among(ledger.contents(header.content for header in headers.values()), headers)


def contents_among(kept: Mapping[str, ledger.Content], headers: Mapping[str, Header]) -> dict[str, dict[str, Any]]:
    """The same, of what was kept by digest and is at hand."""
    return {
        version: brought_up_to_date(kept[one.content].content, schema=one.schema_name)
        for version, one in headers.items()
        if one.content in kept
    }


def consultations() -> tuple[Consultation, ...]:
    """Every version that is not settled, whoever it concerns, the one proposed first coming first."""
    said = ledger.entries_of_the_unsettled()
    histories = [History.of(statement_of(one.sealed) for one in entries) for entries in said.values()]
    return _consultations(dict(zip(said, histories, strict=True)))


def consultations_on(record: str) -> tuple[Consultation, ...]:
    """The versions that are not settled on one record."""
    return _consultations({record: history(record)})


def draft(draft: int) -> Drafted | None:
    """The draft with this id."""
    return next(iter(_drafts("d.id = %s", draft)), None)


def drafts_of(institution: str) -> tuple[Drafted, ...]:
    """The drafts of an institution that were not sent yet, the one changed last coming first."""
    return _drafts("d.institution = %s AND d.sent = ''", institution)


def begun_by(institution: str) -> tuple[Begun, ...]:
    """What an institution drafts that stands nowhere yet, what was changed last coming first."""
    rows = models.Draft.objects.filter(institution=institution, sent="", replaces="").order_by("-changed_at", "-pk")
    return tuple(
        Begun(record=record, kind=kind, title=title)
        for record, kind, title in rows.values_list("record", "kind", "content__title")
    )


def drafts_on(record: str) -> tuple[Drafted, ...]:
    """All drafts for one record, whosever they are."""
    return _drafts("d.record = %s", record)


def circle_in(kind: str, content: Mapping[str, Any]) -> frozenset[str]:
    """Whom a content, finished or not, is for: its owners, and the institutions of the exchange it belongs to."""
    model = KINDS.get(kind)
    if model is None:
        return frozenset()
    exchange = content.get("exchange") if "exchange" in model.claims_by else None
    found = targets([exchange]) if isinstance(exchange, str) else {}
    return frozenset(model.owners_in(content)).union(*(one.owners for one in found.values()))


def is_for(draft: Drafted, institution: str) -> bool:
    """Whether a draft that is shown to partners is shown to this one."""
    return institution in circle_in(draft.kind, draft.content)


def circles_of(drafts: Iterable[Drafted]) -> dict[int, frozenset[str]]:
    """The institutions that each of these drafts is for, once it is shown to partners, by the draft's id."""
    return {draft.id: circle_in(draft.kind, draft.content) for draft in drafts if draft.shared_at}


def drafts_for(institution: str) -> tuple[Drafted, ...]:
    """The unsent drafts of an institution, and those of others that are shown to it, the one changed last first."""
    unsent = _drafts("d.sent = '' AND (d.institution = %s OR d.shared_at <> '')", institution)
    return tuple(one for one in unsent if one.institution == institution or is_for(one, institution))


def comments_on_unsent() -> dict[int, tuple[Said, ...]]:
    """What was said of the drafts that were not sent yet, in order, by the draft's id."""
    found: dict[int, tuple[Said, ...]] = {}
    for row in models.Comment.objects.filter(draft__sent="").order_by("pk"):
        found[row.draft_id] = (*found.get(row.draft_id, ()), _said(row, means="comment"))
    return found


def said_beside(draft: Drafted, *, institution: str) -> tuple[Said, ...]:
    """What an institution sees beside a draft, in the order it was said: comments, and its own notes on the record.

    Whoever made the draft sees every comment; a partner who was shown it sees its own alone.
    """
    values = (draft.id, institution == draft.institution, institution, draft.record, institution)
    with connection.cursor() as cursor:
        cursor.execute(_SAID_BESIDE, values)
        return tuple(
            Said(institution=said_for, by=by, at=at, text=text, means=means)
            for said_for, by, at, text, means, _ in cursor
        )


def kept_on(record: str, *, institution: str) -> tuple[Kept, ...]:
    """What an institution keeps to itself on a record: its unsent drafts and its notes, the latest first."""
    values = (record, institution)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'draft', id, changed_by, changed_at, '' FROM consent_draft "
            "WHERE record = %s AND institution = %s AND sent = '' "
            'UNION ALL SELECT means, id, "by", "at", text FROM consent_note WHERE record = %s AND institution = %s '
            "ORDER BY 4 DESC, 2 DESC",
            (*values, *values),
        )
        return tuple(Kept(what=what, id=id, by=by, at=at, text=text) for what, id, by, at, text in cursor.fetchall())


def drafts_unsent() -> tuple[Drafted, ...]:
    """Every draft that was not sent yet, whosever it is: to be shown only to those who may see it."""
    return _drafts("d.sent = ''")


def _drafts(condition: str, *values: str | int) -> tuple[Drafted, ...]:
    """Drafts with their submissions in one query, the one changed last coming first."""
    drafts: dict[int, dict[str, Any]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_DRAFTS.format(condition=condition), values)
        for row in cursor:
            found = drafts.setdefault(row[0], {**dict(zip(_OF_A_DRAFT, row, strict=False)), "submissions": ()})
            if row[len(_OF_A_DRAFT)] is not None:
                laid = dict(zip(_OF_A_SUBMISSION, row[len(_OF_A_DRAFT) :], strict=True))
                found["submissions"] = (*found["submissions"], Submitted(**laid))
    return tuple(_drafted(**draft) for draft in drafts.values())


def _drafted(*, content: str, schema: str, reason: str | None, **draft: Any) -> Drafted:
    content_now = brought_up_to_date(from_json(content), schema=schema)
    return Drafted(content=content_now, reason=_json(reason), **draft)


def _json(written: str | None) -> Any:
    return None if written is None else from_json(written)


def _said(row: models.Comment | models.Note, *, means: str) -> Said:
    return Said(institution=row.institution, by=row.by, at=row.at, text=row.text, means=means)


def _consultations(histories: Mapping[str, History]) -> tuple[Consultation, ...]:
    opened = [
        (record, version, said)
        for record, said in histories.items()
        for version in said.headers
        if said.is_open(version) or (version == said.last_proposed and said.declined_by(version))
    ]
    contents = ledger.contents(said.headers[version].content for _, version, said in opened)
    found = (
        Consultation(
            record=record,
            version=version,
            header=said.headers[version],
            content=_up_to_date(contents.get(said.headers[version].content), said.headers[version]),
            history=said,
            proposed=next(one for one in said.about(version) if one.said == "proposed"),
        )
        for record, version, said in opened
    )
    return tuple(sorted(found, key=lambda one: (one.proposed.at, one.record)))


def _up_to_date(kept: ledger.Content | None, header: Header) -> dict[str, Any] | None:
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
