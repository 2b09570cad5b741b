"""Letters as their institution knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from koryu.correspondence import models
from koryu.correspondence.rules.letter_life import LetterState
from koryu.files import queries as files
from koryu.files.queries import NamedFile
from koryu.files.rules import Naming
from koryu.values.moments import Moment


@dataclass(frozen=True, kw_only=True)
class LetterInWriting:
    """A version of a letter; moments are '' for what has not come yet. See `models.LetterVersionRow`."""

    version: int
    edition: int
    typed: Mapping[str, str]
    changed_by: str
    changed_at: str
    remark: str
    pages: Mapping[str, Any] | None
    pages_digest: str
    submitted_by: str
    submitted_at: str
    approved_by: str
    approved_at: str
    word: str
    pdf: str
    sent_by: str
    sent_at: str
    sent_how: str
    sent_on: str
    sent_to: str
    document_number: str
    document_date: str
    sent_word: str
    sent_pdf: str
    ended_as: str
    ended_by: str
    ended_at: str
    delete_on: date | None
    deleted: bool

    @property
    def state(self) -> LetterState:
        """How far it is."""
        if self.ended_as:
            return LetterState.ANSWERED if self.ended_as == "answered" else LetterState.CLOSED
        if self.sent_at:
            return LetterState.SENT
        if self.approved_at:
            return LetterState.APPROVED
        return LetterState.SUBMITTED if self.submitted_at else LetterState.DRAFT

    @property
    def since(self) -> Moment:
        """Since when it is so."""
        reached = self.ended_at or self.sent_at or self.approved_at or self.submitted_at or self.changed_at
        return Moment(reached)


@dataclass(frozen=True, kw_only=True)
class OwnLetter:
    """A letter with its versions, the first one first."""

    number: str
    institution: str
    exchange: str
    kind: str
    langs: tuple[str, ...]
    begun_by: str
    begun_at: str
    versions: tuple[LetterInWriting, ...]

    @property
    def last(self) -> LetterInWriting:
        """The newest version."""
        return self.versions[-1]

    @property
    def before(self) -> LetterInWriting | None:
        """The version that the newest replaces."""
        return self.versions[-2] if len(self.versions) > 1 else None

    def at(self, version: int) -> LetterInWriting | None:
        """The version with this number."""
        return next((each for each in self.versions if each.version == version), None)


_PLAIN = (
    "version edition typed changed_by changed_at remark pages pages_digest submitted_by submitted_at approved_by "
    "approved_at word pdf sent_by sent_at sent_how sent_on sent_to document_number document_date sent_word sent_pdf "
    "ended_as ended_by ended_at delete_on deleted"
).split()
_MOMENTS = ("submitted_at", "approved_at", "sent_at", "ended_at")


def letters_of(exchange: str, *, institution: str) -> tuple[OwnLetter, ...]:
    """The letters of an institution about an exchange, the newest first; without their pages."""
    rows = models.LetterVersionRow.objects.filter(letter__institution=institution, letter__exchange=exchange)
    versions: dict[models.LetterRow, list[LetterInWriting]] = {}
    for row in rows.select_related("letter").defer("pages", "sheet").order_by("-letter_id", "version"):
        versions.setdefault(row.letter, []).append(version_of(row, pages=False))
    return tuple(_letter(row, tuple(listed)) for row, listed in versions.items())


def letters_waiting(institution: str) -> tuple[OwnLetter, ...]:
    """The letters of an institution that wait for approval, the oldest first; without their pages."""
    rows = models.LetterVersionRow.objects.filter(
        letter__institution=institution, submitted_at__isnull=False, approved_at=None, deleted=False
    )
    waiting = rows.select_related("letter").defer("pages", "sheet").order_by("submitted_at", "pk")
    return tuple(_letter(row.letter, (version_of(row, pages=False),)) for row in waiting)


def letter(number: str, *, institution: str) -> OwnLetter | None:
    """A letter of this institution; None where it has none of this number."""
    rows = models.LetterVersionRow.objects.filter(letter__number=number, letter__institution=institution)
    versions = list(rows.select_related("letter").defer("sheet").order_by("version"))
    if not versions:
        return None
    return _letter(versions[0].letter, tuple(version_of(row) for row in versions))


def letter_file(digest: str, *, number: str, institution: str) -> NamedFile | None:
    """A file of a letter of this institution; None for any other."""
    naming = Naming(digest=digest, institution=institution, record=record_of(number))
    return files.file_for(digest, institution=institution, readable=(naming,)) if digest else None


def record_of(number: str) -> str:
    """For what the files of a letter are brought: no record of the ledger is called so."""
    return f"letter:{number}"


def approved_by_officers(institution: str) -> frozenset[str]:
    """The kinds of letter that the head has left to the officers."""
    return frozenset(models.LetterRightRow.objects.filter(institution=institution).values_list("kind", flat=True))


def boxes_before(institution: str, *, lang: str) -> Mapping[str, str]:
    """What was typed for the newest letter in this language that says who sends it; nothing where there is none."""
    rows = models.LetterVersionRow.objects.filter(letter__institution=institution, deleted=False)
    for typed, langs in rows.order_by("-pk").values_list("typed", "letter__langs")[:50]:
        if langs[:1] == [lang] and typed.get("sender_institution"):
            return dict(typed)
    return {}


def _letter(row: models.LetterRow, versions: tuple[LetterInWriting, ...]) -> OwnLetter:
    return OwnLetter(
        number=row.number,
        institution=row.institution,
        exchange=row.exchange,
        kind=row.kind,
        langs=tuple(row.langs),
        begun_by=row.begun_by,
        begun_at=row.begun_at,
        versions=versions,
    )


def version_of(row: models.LetterVersionRow, *, pages: bool = True) -> LetterInWriting:
    """A version as its row says it; without its `pages` where they were not read."""
    values = {name: getattr(row, name) for name in _PLAIN if name != "pages"}
    for name in _MOMENTS:
        values[name] = values[name] or ""
    return LetterInWriting(**values, pages=row.pages if pages else None)
