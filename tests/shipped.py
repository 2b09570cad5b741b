"""The record that Koryu ships, read from its files as loading reads it."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from koryu.ingest.dataset import read
from koryu.records.document import Document

DATA = Path(__file__).parents[1] / "koryu" / "data"
BASE = "tag:koryu,2026:"
Kind = TypeVar("Kind", bound=Document)
Record = dict[str, Document]


@cache
def shipped() -> Record:
    """Every document of the shipped record by its short name, such as `exchange/ndl-nlc-23`."""
    sets = [read(path) for path in sorted(DATA.rglob("*.yaml"))]
    return {one.uri.removeprefix(BASE): one.document for each in sets for one in each.records}


def the(kind: type[Kind], name: str, record: Record) -> Kind:
    """The record of this short name, which must be of this kind."""
    document = record[name]
    assert isinstance(document, kind)
    return document
