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
from koryu.ledger import actions as ledger
from koryu.publishing import export
from koryu.records.document import Document
from koryu.records.kinds import KINDS, document_of
from koryu.records.shape import Field, Sort, fields_of
from koryu.seals.digests import digest
from tests.consent.houses import AT, COMPILER, NDL, NLC, NLK, give_voice, put_on_record, uri

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
    "doi": "10.1000/182",
    "field": "notes",
    "hosts": [NLC],
    "issn": "0000-0019",
    "kept_by": COMPILER,
    "time_zone": "Asia/Tokyo",
}


def golden(kind: str, number: int) -> Path:
    """The file of the bundle of a schema."""
    return FOLDER / f"{kind}-{number}.json"


def make(kind: str) -> dict[str, Any]:
    """The bundle of a record of this kind in its current number, said in an empty ledger."""
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK)
    ledger.keep_file(name="scan.pdf", media_type="application/pdf", body=SCAN)
    for before in KINDS:
        _say(uri(f"{before}/before"), document_of(sparse(before)))
    _say(uri(f"{kind}/golden"), document_of(full(kind)))
    return export.bundle(uri(f"{kind}/golden"))


def write(kind: str) -> None:
    """Write the bundle of a kind in its current number where there is none; what is there is never touched."""
    file = golden(kind, KINDS[kind].schema_number)
    if not file.exists():
        file.write_text(json.dumps(make(kind), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def let_stand(bundle: Mapping[str, Any]) -> None:
    """Put what a bundle holds into the archive, as if it had been said here."""
    said = {one["version"]: one for one in bundle["entries"] if one["said"] in ("recorded", "concluded")}
    for number, exported in enumerate(bundle["versions"], start=1):
        entry = said[exported["version"]]
        ledger.keep(salt=exported["salt"], content=exported["content"])
        effects.put(
            version=exported["version"],
            header=exported["header"],
            content=exported["content"],
            basis="recorded" if entry["said"] == "recorded" else "agreed",
            said_by=entry["institution"],
            by_letter=(),
            at=entry["at"],
            entry=number,
        )


def sparse(kind: str) -> dict[str, Any]:
    """A content of a kind that says no more than it must, and on what it rests."""
    fields = [field for field in fields_of(kind) if field.required or field.name == "sources"]
    return {"kind": kind, **_filled(fields, whole=False)}


def full(kind: str) -> dict[str, Any]:
    """A content of a kind in which every field says something, but for the one that is left open."""
    content = {"kind": kind, **_filled(fields_of(kind), whole=True)}
    kept = {*KINDS[kind].never_open, "notes"}
    empty = (field.name for field in fields_of(kind) if not (field.required or field.default or field.many))
    left_open = next((name for name in empty if name not in kept), None)
    if left_open is None:
        return {name: value for name, value in content.items() if name != "open"}
    said = [{"id": "a", "field": left_open, "note": TEXT}]
    return {name: said if name == "open" else value for name, value in content.items() if name != left_open}


def _say(record: str, document: Document) -> None:
    said: dict[str, Any] = {"record": record, "by": "head", "at": AT}
    if document.kind in RECORDED:
        actions.record(institution=COMPILER, document=document, **said)
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
    if field.name in HELD and field.sort is not Sort.GROUP:
        return HELD[field.name]
    match field.sort:
        case Sort.GROUP if field.name == "variants":
            dated = _filled(field.fields, whole=True)
            return [{**dated, "id": "a", "value": "2009-11-10/2009-11-16"}, {**dated, "id": "b", "value": TEXT}]
        case Sort.GROUP if field.name == "institutions":
            parties = [
                {"id": one.rpartition("/")[2], "institution": one, "joined": "1981-08"} for one in (NDL, NLC, NLK)
            ]
            return [*parties[:2], {**parties[2], "left": "2009"}]
        case Sort.GROUP:
            inner = _filled(field.fields, whole=whole)
            return [{"id": "a", **inner}] if field.many else inner
        case Sort.WORD if field.many:
            return list(field.choices)
        case Sort.RECORD if field.kinds == ("institution",):
            return [NDL, NLC] if field.many else NDL
    one = _one(field)
    return [one] if field.many else one


def _one(field: Field) -> Any:
    match field.sort:
        case Sort.TEXT | Sort.DATE_OR_TEXT:
            return TEXT
        case Sort.DATE:
            return "1985/1986~"
        case Sort.RECORD:
            return uri(f"{field.kinds[0] if field.kinds else 'work'}/before")
        case Sort.WORD:
            return field.choices[0]
        case Sort.LANGUAGE:
            return "ja"
        case Sort.FLAG:
            return not field.default
        case Sort.NUMBER:
            return 3
        case Sort.DURATION:
            return "P3M"
        case Sort.FILE:
            return {
                "id": "scan",
                "name": "scan.pdf",
                "digest": digest(SCAN),
                "media_type": "application/pdf",
                "size": len(SCAN),
            }
        case _:
            return {"start": "09:30", "end": "12:00"}.get(field.name, "12")
