"""Which files a content names: those in fields that hold a file, wherever they lie, and nothing else."""

from typing import Any

import pytest

from koryu.records.document import File
from koryu.records.kinds import KINDS, document_of
from koryu.records.links import walk
from koryu.records.schema import Field, FieldType, fields_of, files_named

SCAN, OTHER = ("sha256:" + digit * 64 for digit in "ab")


def file(digest: str, name: str) -> dict[str, Any]:
    return {"id": "f", "name": name, "digest": digest, "media_type": "application/pdf", "size": 4}


def agreement(**more: Any) -> dict[str, Any]:
    title = {"en": "Memorandum"}
    return {"kind": "agreement", "type": "Letter of Intent", "title": title, "institutions": ["tag:x,2026:a"], **more}


def wording(lang: str, **more: Any) -> dict[str, Any]:
    return {"id": lang, "lang": lang, "authentic": True, "text": "x", **more}


NAMING = [
    (agreement(texts_in=[wording("en", file=file(SCAN, "a.pdf")), wording("ja")]), {SCAN: "a.pdf"}),
    (
        {
            "kind": "paper",
            "type": "paper",
            "exchange": "tag:x,2026:e",
            "institution": "tag:x,2026:a",
            "title": {"en": "Paper"},
            "wordings": [
                {"id": "en", "lang": "en", "title": "t", "status": "as given", "file": file(SCAN, "a.pdf")},
                {"id": "ja", "lang": "ja", "title": "t", "status": "as given", "file": file(OTHER, "b.pdf")},
            ],
        },
        {SCAN: "a.pdf", OTHER: "b.pdf"},
    ),
    (agreement(title={"en": SCAN}, notes={"en": f"see {SCAN}"}, texts_in=[wording("en", text=SCAN)]), {}),
    # What is not finished, or is what no kind says.
    (agreement(texts_in=[{"file": {"digest": SCAN}}, "x", None, {"file": "x"}, {"file": {"digest": 3}}]), {SCAN: ""}),
    (agreement(texts_in={"file": file(SCAN, "a.pdf")}), {SCAN: "a.pdf"}),
    (agreement(file=file(SCAN, "a.pdf"), identifiers=[file(SCAN, "a.pdf")]), {}),
    ({"kind": "nothing like it", "file": file(SCAN, "a.pdf")}, {}),
    ({}, {}),
]


@pytest.mark.parametrize(("content", "named"), NAMING)
def test_a_file_is_named_by_a_field_that_holds_one(content: dict[str, Any], named: dict[str, str]) -> None:
    assert files_named(content) == named


@pytest.mark.parametrize("content", [content for content, _ in NAMING[:3]])
def test_it_is_what_a_walk_over_the_document_finds(content: dict[str, Any]) -> None:
    found = {value.digest: value.name for _, value in walk(document_of(content)) if isinstance(value, File)}
    assert files_named(content) == found


def test_the_kinds_that_hold_files_are_known_here() -> None:
    def holds(fields: tuple[Field, ...]) -> bool:
        return any(one.sort is FieldType.FILE or holds(one.fields) for one in fields)

    assert [kind for kind in KINDS if holds(fields_of(kind))] == ["agreement", "paper", "questions"]
