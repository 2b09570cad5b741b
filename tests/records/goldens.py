"""How golden bundles are made: a content of each kind in which every field is filled in, said with the real verbs.

What is committed is kept as it is for ever. Where a kind has a new number, this makes the bundle that is missing; see
tests/records/test_golden.py.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from koryu.archive import effects
from koryu.consent import actions
from koryu.consent.rules.statement import Header
from koryu.files.actions import bring
from koryu.ledger import actions as ledger
from koryu.publishing import export
from koryu.records.document import Document
from koryu.records.kinds import KINDS, document_of
from koryu.records.schema import Field, FieldType, fields_of
from koryu.seals.digests import digest, new_salt
from tests.world import AT, COMPILER, NDL, NLC, NLK, give_voice, put_on_record, uri

FOLDER: Final = Path(__file__).parent / "golden"

TEXT: Final = {
    "ja": "神戸の図書館",
    "ja-Kana": "コウベノトショカン",
    "zh-Hans": "神户的图书馆",
    "ko": "고베의 도서관",
    "source": "ja",
}
SCAN: Final = b"%PDF-1.7 golden"
RECORDED: Final = frozenset({"institution", "person", "theme", "work", "outcome"})

# What a field holds where its sort alone does not say it.
HELD: Final[Mapping[str, Any]] = {
    "address": "https://www.example.org/page",
    "copy_at": "https://www.example.org/copy",
    "date": "2009-11-10",
    "digest": digest(SCAN),
    "doi": "10.1000/182",
    "field": "notes",
    "hosts": [NLC],
    "issn": "0000-0019",
    "kept_by": COMPILER,
    "order": "as written",
    "postponed_to": "2010-03",
    "time_zone": "Asia/Tokyo",
    "until": "2009-11-12",
    "version": "sha256:" + "0" * 64,
}

# What is left open where a kind has two fields of which a content fills one.
LEFT_OPEN: Final = {"follow-up": "done"}


def golden(kind: str, number: int) -> Path:
    """The file of the bundle of a schema."""
    return FOLDER / f"{kind}-{number}.json"


def make(kind: str) -> dict[str, Any]:
    """The bundle of a record of this kind in its current number, said in an empty ledger."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK, COMPILER)
    # A work first: everything rests on it.
    for before in dict.fromkeys(("work", *KINDS)):
        _say(uri(f"{before}/before"), document_of(sparse(before)))
    golden = uri(f"{kind}/golden")
    scan: dict[str, Any] = {"name": "scan.pdf", "media_type": "application/pdf", "body": SCAN}
    bring(institution=NDL, record=golden, by="head", at=AT, **scan)
    _say(golden, document_of(full(kind)))
    return export.bundle(golden, asking=NDL)


def write(kind: str) -> None:
    """Write the bundle of a kind in its current number where there is none; what is there is never touched."""
    file = golden(kind, KINDS[kind].schema_number)
    if not file.exists():
        file.write_text(json.dumps(make(kind), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def let_stand(bundle: Mapping[str, Any]) -> None:
    """Put what a bundle holds into the archive, as if it had been said here, with what lets it be public (rule 12)."""
    said = {one["version"]: one for one in bundle["entries"] if one["said"] in ("recorded", "concluded")}
    named = document_of(bundle["versions"][-1]["content"], schema=bundle["versions"][-1]["header"]["schema"])
    if exchange := named.belongs_to():
        _let_stand_one(exchange, document_of(sparse("exchange")), entry=1)
    if named.kind == "person":
        by = [{"id": "a", "institution": NDL, "person": bundle["record"]}]
        _let_stand_one(uri("agreement/naming"), document_of({**sparse("agreement"), "proposed_by": by}), entry=1)
    for number, exported in enumerate(bundle["versions"], start=2):
        entry = said[exported["version"]]
        ledger.keep(salt=exported["salt"], content=exported["content"])
        basis = "recorded" if entry["said"] == "recorded" else "agreed"
        _settle(exported["version"], exported["header"], exported["content"], entry=number, basis=basis, by=entry)


def _let_stand_one(record: str, document: Document, *, entry: int) -> None:
    content = document.content()
    header = Header(
        record=record,
        kind=document.kind,
        schema_name=document.schema_name,
        parent=None,
        owners=document.owners(),
        content=ledger.keep(salt=new_salt(), content=content),
    )
    by = {"institution": COMPILER, "at": AT}
    _settle(header.digest, header.plain(), content, entry=entry, basis="recorded", by=by)


def _settle(
    version: str,
    header: Mapping[str, Any],
    content: Mapping[str, Any],
    *,
    entry: int,
    basis: str,
    by: Mapping[str, Any],
) -> None:
    effects.put(
        version=version,
        header=header,
        visibility=document_of(content, schema=header["schema"]).visibility,
        basis=basis,
        said_by=by["institution"],
        by_letter=(),
        at=by["at"],
        entry=entry,
    )
    stands = effects.StandingRecord(
        kind=header["kind"],
        owners=frozenset(header["owners"]),
        recorders=(by["institution"],) if basis == "recorded" else (),
        version=version,
        schema=header["schema"],
        content=content,
    )
    effects.settle(header["record"], stands, entry=entry)


def sparse(kind: str) -> dict[str, Any]:
    """A content of a kind that says no more than it must, and on what it rests."""
    fields = [field for field in fields_of(kind) if field.required or field.name == "sources"]
    return {"kind": kind, **_filled(fields, whole=False)}


def full(kind: str) -> dict[str, Any]:
    """A content of a kind in which every field says something, but for the one that is left open."""
    content = {"kind": kind, **_filled(fields_of(kind), whole=True)}
    kept = {*KINDS[kind].never_open, "notes"}
    empty = (field.name for field in fields_of(kind) if not (field.required or field.default or field.many))
    left_open = LEFT_OPEN.get(kind) or next((name for name in empty if name not in kept), None)
    if left_open is None:
        return {name: value for name, value in content.items() if name != "open"}
    said = [{"id": "a", "field": left_open, "note": TEXT}]
    return {name: said if name == "open" else value for name, value in content.items() if name != left_open}


def _say(record: str, document: Document) -> None:
    said: dict[str, Any] = {"record": record, "by": "head", "at": AT}
    if document.kind in RECORDED:
        # By an institution of the exchange, which may rest on its letters.
        actions.record(institution=NDL, document=document, **said)
        return
    first, *others = document.owners()
    version = actions.propose(institution=first, document=document, replaces=None, **said)
    for owner in others:
        actions.accept(institution=owner, version=version, **said)


def _filled(fields: Iterable[Field], *, whole: bool) -> dict[str, Any]:
    return {
        field.name: _held(field, whole=whole) for field in fields if whole or field.required or field.name == "sources"
    }


def _held(field: Field, *, whole: bool) -> Any:
    if field.name in HELD and field.sort is not FieldType.GROUP:
        return HELD[field.name]
    match field.sort:
        case FieldType.GROUP if field.name == "variants":
            dated = _filled(field.fields, whole=True)
            return [{**dated, "id": "a", "value": "2009-11-10/2009-11-16"}, {**dated, "id": "b", "value": TEXT}]
        case FieldType.GROUP if {"work", "letter"} <= {one.name for one in field.fields}:
            return _sources(field, whole=whole)
        case FieldType.GROUP if field.name == "institutions":
            parties = [
                {"id": one.rpartition("/")[2], "institution": one, "joined": "1981-08"} for one in (NDL, NLC, NLK)
            ]
            return [*parties[:2], {**parties[2], "left": "2009"}]
        case FieldType.GROUP if field.name == "items":
            return _questions(field)
        case FieldType.GROUP:
            inner = _filled(field.fields, whole=whole)
            return [{"id": "a", **inner}] if field.many else inner
        case FieldType.WORD if field.many:
            return list(field.choices)
        case FieldType.RECORD if field.kinds == ("institution",):
            return [NDL, NLC] if field.many else NDL
    one = _one(field)
    return [one] if field.many else one


def _sources(field: Field, *, whole: bool) -> list[dict[str, Any]]:
    """A work that is rested on, and a letter beside it: a source is one of the two."""
    inner = _filled(field.fields, whole=True)
    work = {"work": uri("work/before")}
    where = {"where": inner["where"]} if whole else {}
    by_work = {"id": "a", **where, **work}
    return [by_work, {"id": "b", **where, "letter": inner["letter"]}] if whole else [by_work]


def _questions(field: Field) -> list[dict[str, Any]]:
    """One item of each sort: which fields one has depends on its sort."""
    every = _filled(field.fields, whole=True)
    said = {name: value for name, value in every.items() if name not in ("type", "in_writing", "due", "answers", "of")}
    paper, session = {"paper": every["of"]["paper"]}, {name: every["of"][name] for name in ("timetable", "session")}
    owed = {"in_writing": True, "due": every["due"]}
    return [
        {"id": "a", "type": "question", **said, "of": paper, **owed},
        {"id": "b", "type": "answer", **said, "of": session, "answers": every["answers"]},
        {"id": "c", "type": "statement", **said},
    ]


def _one(field: Field) -> Any:
    match field.sort:
        case FieldType.TEXT | FieldType.DATE_OR_TEXT:
            return TEXT
        case FieldType.DATE:
            return "1985/1986~"
        case FieldType.RECORD:
            return uri(f"{field.kinds[0] if field.kinds else 'work'}/before")
        case FieldType.WORD:
            return field.choices[0]
        case FieldType.LANGUAGE:
            return "ja"
        case FieldType.FLAG:
            return not field.default
        case FieldType.NUMBER:
            return 3
        case FieldType.DURATION:
            return "P3M"
        case FieldType.FILE:
            return {
                "id": "scan",
                "name": "scan.pdf",
                "digest": digest(SCAN),
                "media_type": "application/pdf",
                "size": len(SCAN),
            }
        case _:
            return {"start": "09:30", "end": "12:00"}.get(field.name, "12")
