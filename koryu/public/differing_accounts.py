"""Accounts that differ, as a table: a row for each field, a column for each source, none before another."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from koryu.records.document import Document, Variant
from koryu.values.edtf import Edtf
from koryu.values.text import Text


class AccountSaid(NamedTuple):
    """What one source says of a field: of which record, and in which respect, where it says so."""

    value: Edtf | Text
    record: str = ""
    scope: Text | None = None


class AccountRow(NamedTuple):
    """What each source says of one field, in the order of the columns."""

    field: str
    cells: tuple[tuple[AccountSaid, ...], ...]


class AccountsTable(NamedTuple):
    """The columns, each the URI of a work, '' for what the record says without saying by which of its sources."""

    sources: tuple[str, ...]
    rows: tuple[AccountRow, ...]


def accounts_table(document: Document) -> AccountsTable | None:
    """The accounts that differ in this document; None where none do.

    Where a field has one variant, what the record itself says of it is the other account.
    """
    said: dict[str, dict[str, list[AccountSaid]]] = defaultdict(lambda: defaultdict(list))
    for field, variants in _by_field(document.variants).items():
        own = value_at(document, field)
        if own is not None and len(variants) == 1:
            said[field][_source_of_own(document, variants[0])].append(AccountSaid(own))
        for variant in variants:
            about = AccountSaid(variant.value, str(variant.record or ""), variant.scope)
            said[field][str(variant.source)].append(about)
    sources = tuple(dict.fromkeys(source for cells in said.values() for source in cells))
    rows = tuple(
        AccountRow(field, tuple(tuple(cells.get(source, ())) for source in sources)) for field, cells in said.items()
    )
    return AccountsTable(sources, rows) if rows else None


def value_at(document: Document, field: str) -> Edtf | Text | None:
    """The value of a field named as accounts name it, such as `dates[trip].date`; None where it is no date or text."""
    value: Any = document
    for name in re.findall(r"[^.\[\]]+", field):
        if isinstance(value, tuple):
            value = next((part for part in value if part.id == name), None)
        else:
            value = getattr(value, name, None)
    return value if isinstance(value, Edtf | Text) else None


def _source_of_own(document: Document, variant: Variant) -> str:
    """The one source that can be meant by what the record says; '' where there are several, or none."""
    others = {str(citation.work) for citation in document.sources if citation.work} - {str(variant.source)}
    return others.pop() if len(others) == 1 else ""


def _by_field(variants: Sequence[Variant]) -> dict[str, list[Variant]]:
    fields: dict[str, list[Variant]] = defaultdict(list)
    for variant in variants:
        fields[variant.field].append(variant)
    return fields
