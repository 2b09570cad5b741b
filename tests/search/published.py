"""Entries to try the search on: a few of all kinds from entries.yaml, and the whole shipped record."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from koryu.ingest.dataset import read
from koryu.search.entries import PUBLIC, SearchEntry, WrittenForm, WrittenReading

ENTRIES = Path(__file__).parent / "entries.yaml"
DATA = Path(__file__).parents[2] / "koryu" / "data"
BASE = "tag:koryu,2026:"


def entries() -> list[SearchEntry]:
    rows = yaml.load(ENTRIES.read_text("utf-8"), Loader=yaml.BaseLoader)
    return [
        SearchEntry(uri=row["uri"], kind=row["kind"], names=forms(row.get("names")), titles=forms(row.get("titles")))
        for row in rows
    ]


def forms(rows: list[list[Any]] | None) -> tuple[WrittenForm, ...]:
    return tuple(
        WrittenForm(lang, text, tuple(WrittenReading(*pair) for pair in rest[0]) if rest else ())
        for lang, text, *rest in rows or []
    )


@cache
def shipped() -> tuple[SearchEntry, ...]:
    """What each shipped record says it is to be found by."""
    sets = [read(file) for file in sorted(DATA.glob("**/*.yaml"))]
    return tuple(record.document.found_by(record.uri, audience=(PUBLIC,)) for one in sets for record in one.records)
