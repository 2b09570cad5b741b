"""The Word templates of an institution: which there are, which one is in use, and their bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from koryu.correspondence import models

_WITHOUT_BYTES: Final = ("kind", "langs", "version", "name", "digest", "in_use", "by", "at")


@dataclass(frozen=True, kw_only=True)
class TemplateKept:
    """A version of a template; `body` are its bytes where they were asked for.

    Of the one in use that comes with a letter, its name, and by whom and when it was uploaded, are not read.
    """

    kind: str
    langs: str
    version: int
    digest: str
    name: str = ""
    in_use: bool = True
    by: str = ""
    at: str = ""
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


def _with_bytes(**which: str | int | bool) -> TemplateKept | None:
    row = models.LetterTemplateRow.objects.filter(**which).values(*_WITHOUT_BYTES, "body").first()
    return TemplateKept(**{**row, "body": bytes(row["body"])}) if row else None
