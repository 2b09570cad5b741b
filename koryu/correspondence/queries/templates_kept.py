"""The Word templates of an institution: which there are, which one is in use, and their bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from koryu.correspondence import models

# In order: a template without its bytes, and with them.
_WITHOUT_BYTES: Final = ("kind", "langs", "version", "name", "digest", "in_use", "by", "at")
OF_TEMPLATE: Final = (*_WITHOUT_BYTES, "body")


@dataclass(frozen=True, kw_only=True)
class TemplateKept:
    """A version of a template; `body` are its bytes where they were asked for."""

    kind: str
    langs: str
    version: int
    name: str
    digest: str
    in_use: bool
    by: str
    at: str
    body: bytes = b""


def templates_of(institution: str, *, kind: str, langs: str) -> tuple[TemplateKept, ...]:
    """The versions of a template, the newest first; without their bytes."""
    rows = models.LetterTemplateRow.objects.filter(institution=institution, kind=kind, langs=langs)
    return tuple(TemplateKept(**row) for row in rows.order_by("-version").values(*_WITHOUT_BYTES))


def templates_in_use(institution: str) -> Mapping[tuple[str, str], TemplateKept]:
    """Those that are in use, by kind and languages; without their bytes."""
    rows = models.LetterTemplateRow.objects.filter(institution=institution, in_use=True).order_by("kind", "langs")
    return {(row["kind"], row["langs"]): TemplateKept(**row) for row in rows.values(*_WITHOUT_BYTES)}


def template(institution: str, *, kind: str, langs: str, version: int) -> TemplateKept | None:
    """One version, with its bytes; None where this institution has none of this number."""
    return _with_bytes(institution=institution, kind=kind, langs=langs, version=version)


def template_read(row: Mapping[str, Any]) -> TemplateKept:
    """A template of the columns that are read of one."""
    return TemplateKept(**{**row, "body": bytes(row["body"])})


def _with_bytes(**which: str | int | bool) -> TemplateKept | None:
    row = models.LetterTemplateRow.objects.filter(**which).values(*OF_TEMPLATE).first()
    return template_read(row) if row else None
