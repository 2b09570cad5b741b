"""Letters as their institution knows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import BinaryField, Count, F, IntegerField, Max, Q, QuerySet, TextField
from django.db.models.expressions import RawSQL

from koryu.consent.rules.approval_steps import StepTaken
from koryu.correspondence import models
from koryu.correspondence.queries.templates_kept import TemplateKept
from koryu.correspondence.rules.letter_life import LetterState
from koryu.files import queries as files
from koryu.files.queries import NamedFile
from koryu.files.rules import Naming
from koryu.values.moments import Moment, written
from koryu.values.text import Text


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
    steps: tuple[StepTaken, ...]
    returned_by: str
    returned_at: str
    template: int
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
    def at_step_since(self) -> str:
        """Since when it is at the approval step where it is."""
        return next((step.at for step in reversed(self.steps) if step.at), self.submitted_at)

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
    # The institution's own template that is in use for such letters; read with one letter that is a draft.
    template: TemplateKept | None = None

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


# By exchange and kind, on which days such letters were sent, and when each was marked so, the first one first.
SentLetters = dict[str, dict[str, tuple[tuple[str, str], ...]]]


@dataclass(frozen=True, kw_only=True)
class WaitingLetter:
    """A letter that waits for approval since it was submitted `by` somebody; `steps` are those on its way.

    Or one that was given back: then `by` is who did, `since` when, and `remark` what was said with it.
    """

    number: str
    exchange: str
    kind: str
    since: str
    by: str
    steps: tuple[StepTaken, ...] = ()
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class LettersUnderWay:
    """The letters of an institution that wait for approval, those that came back for changes, and those it has sent."""

    waiting: tuple[WaitingLetter, ...]
    returned: tuple[WaitingLetter, ...]
    sent: SentLetters


_PLAIN = (
    "version edition typed changed_by changed_at remark pages_digest submitted_by submitted_at approved_by "
    "approved_at steps returned_by returned_at template word pdf "
    "sent_by sent_at sent_how sent_on sent_to document_number document_date sent_word sent_pdf "
    "ended_as ended_by ended_at delete_on deleted"
).split()
_OF_LETTER = ("number", "institution", "exchange", "kind", "langs", "begun_by", "begun_at")
_MOMENTS = ("submitted_at", "returned_at", "approved_at", "sent_at", "ended_at")


# A column of the template that is in use for letters like this one, where the version is a draft. In words of our own:
# Django takes longer to write them than the whole page of a letter takes besides.
_TEMPLATE: Final = (
    "(SELECT t.{column} FROM correspondence_template t "
    "WHERE t.in_use AND t.institution = correspondence_letter.institution AND t.kind = correspondence_letter.kind "
    "AND correspondence_letter_version.submitted_at IS NULL AND t.langs = "
    # The list of languages, as either database writes it, as templates name them.
    """REPLACE(REPLACE(REPLACE(CAST(correspondence_letter.langs AS text), '["', ''), '"]', ''), '", "', '+'))"""
)
_OF_TEMPLATE: Final = {
    f"template_{column}": RawSQL(_TEMPLATE.format(column=column), (), output_field=kind)  # noqa: S611 -- constants
    for column, kind in (("version", IntegerField()), ("digest", TextField()), ("body", BinaryField()))
}
_TO_TRY_WITH: Final = 10
_WAITING: Final = (
    "SELECT COUNT(*) FROM correspondence_letter_version v JOIN correspondence_letter l ON l.id = v.letter_id "
    "WHERE l.institution = %s AND NOT v.deleted "
    "AND (v.returned_at IS NOT NULL OR (v.submitted_at IS NOT NULL AND v.approved_at IS NULL))"
)


_SENT_LETTERS: Final = (
    "SELECT v.sent_at, l.exchange, l.kind, v.sent_on FROM correspondence_letter_version v "
    "JOIN correspondence_letter l ON l.id = v.letter_id WHERE l.institution = %s AND v.sent_at IS NOT NULL"
)
_IN_ORDER: Final = "ORDER BY v.sent_at, v.id"


def letters_of(exchange: str, *, institution: str) -> tuple[OwnLetter, ...]:
    """The letters of an institution about an exchange, the newest first; without their pages."""
    rows = _versions(institution).filter(letter__exchange=exchange)
    return _letters(rows.order_by("-letter_id", "version"))


def letters_under_way(institution: str) -> LettersUnderWay:
    """The letters of an institution that wait for approval or came back, the oldest first, and those it has sent.

    In one statement.
    """
    rows = _versions(institution).filter(
        Q(sent_at__isnull=False)
        | Q(submitted_at__isnull=False, approved_at=None, deleted=False)
        | Q(returned_at__isnull=False, deleted=False)
    )
    names = ("submitted_by", "submitted_at", "steps", "returned_by", "returned_at", "remark", "sent_on", "sent_at")
    waiting, returned, sent = [], [], []
    for row in rows.order_by("submitted_at", "pk").values(
        *names, number=F("letter__number"), exchange=F("letter__exchange"), kind=F("letter__kind")
    ):
        which = {name: row[name] for name in ("number", "exchange", "kind")}
        if row["sent_at"]:
            sent.append((written(row["sent_at"]), row["exchange"], row["kind"], row["sent_on"]))
        elif row["returned_at"]:
            back = {"by": row["returned_by"], "since": written(row["returned_at"]), "remark": row["remark"]}
            returned.append(WaitingLetter(**which, **back))
        else:
            laid = {"by": row["submitted_by"], "since": written(row["submitted_at"]), "steps": _steps(row["steps"])}
            waiting.append(WaitingLetter(**which, **laid))
    return LettersUnderWay(waiting=tuple(waiting), returned=tuple(returned), sent=_by_exchange(sorted(sent)))


def counted_waiting(institution: str) -> tuple[str, tuple[str, ...]]:
    """The statement that counts these, with its values: every page of the desk asks it, among others."""
    return _WAITING, (institution,)


def letter(number: str, *, institution: str) -> OwnLetter | None:
    """A letter of this institution, a draft with the template in use; None where it has none of this number.

    In one statement.
    """
    rows = _versions(institution).filter(letter__number=number).order_by("version")
    rows = rows.annotate(**_OF_TEMPLATE)
    return next(iter(_letters(rows, "pages", *_OF_TEMPLATE)), None)


def letters_like(institution: str, *, kind: str, langs: tuple[str, ...]) -> tuple[OwnLetter, ...]:
    """The newest letters of an institution of this kind in these languages, to try a template with; without pages."""
    rows = models.LetterRow.objects.filter(institution=institution, kind=kind, langs=list(langs))
    numbers = list(rows.order_by("-pk").values_list("number", flat=True)[:_TO_TRY_WITH])
    return _letters(
        _versions(institution).filter(letter__number__in=numbers, deleted=False).order_by("-letter_id", "version")
    )


def letter_file(digest: str, *, number: str, institution: str) -> NamedFile | None:
    """A file of a letter of this institution; None for any other."""
    naming = Naming(digest=digest, institution=institution, record=record_of(number))
    return files.file_for(digest, institution=institution, readable=(naming,)) if digest else None


def record_of(number: str) -> str:
    """For what the files of a letter are brought: no record of the ledger is called so."""
    return f"letter:{number}"


def letters_sent(institution: str, *, exchange: str = "") -> SentLetters:
    """The letters that an institution has sent.

    In one statement; of one exchange where that is asked for.
    """
    statement = f"{_SENT_LETTERS} AND l.exchange = %s {_IN_ORDER}" if exchange else f"{_SENT_LETTERS} {_IN_ORDER}"
    # Written out: every page on which dates are counted asks it.
    with connection.cursor() as cursor:
        cursor.execute(statement, [institution, exchange] if exchange else [institution])
        return _by_exchange((written(at), place, kind, on) for at, place, kind, on in cursor.fetchall())


def sent_mark(institution: str) -> tuple[str, ...]:
    """What is another whenever an institution has marked a letter as sent; in one statement."""
    rows = _versions(institution).filter(sent_at__isnull=False)
    return tuple(map(str, rows.aggregate(count=Count("pk"), last=Max("sent_at")).values()))


def _by_exchange(sent: Iterable[tuple[str, str, str, str]]) -> SentLetters:
    every: SentLetters = {}
    for at, exchange, kind, on in sent:
        kinds = every.setdefault(exchange, {})
        kinds[kind] = (*kinds.get(kind, ()), (on, at))
    return every


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


def version_of(row: models.LetterVersionRow) -> LetterInWriting:
    """A version as its row says it."""
    return _version({name: getattr(row, name) for name in (*_PLAIN, "pages")})


def _versions(institution: str) -> QuerySet[models.LetterVersionRow]:
    return models.LetterVersionRow.objects.filter(letter__institution=institution)


def _letters(rows: QuerySet[models.LetterVersionRow], *more: str) -> tuple[OwnLetter, ...]:
    """The letters with these versions, as they come; `more` are columns that are read besides."""
    versions: dict[str, list[dict[str, Any]]] = {}
    for values in rows.values(*_PLAIN, *more, *(f"letter__{name}" for name in _OF_LETTER)):
        versions.setdefault(values["letter__number"], []).append(values)
    return tuple(_letter(listed) for listed in versions.values())


def _letter(listed: list[dict[str, Any]]) -> OwnLetter:
    own = {name: listed[0][f"letter__{name}"] for name in _OF_LETTER}
    return OwnLetter(
        **{**own, "langs": tuple(own["langs"])},
        versions=tuple(map(_version, listed)),
        template=_template(listed[-1], own) if listed[-1].get("template_version") else None,
    )


def _template(row: Mapping[str, Any], own: Mapping[str, Any]) -> TemplateKept:
    return TemplateKept(
        kind=own["kind"],
        langs="+".join(own["langs"]),
        version=row["template_version"],
        digest=row["template_digest"],
        body=bytes(row["template_body"]),
    )


def _version(values: dict[str, Any]) -> LetterInWriting:
    known = {name: values[name] for name in _PLAIN}
    moments = {name: known[name] or "" for name in _MOMENTS}
    return LetterInWriting(**{**known, **moments, "steps": _steps(known["steps"])}, pages=values.get("pages"))


def _steps(kept: Iterable[Mapping[str, Any]]) -> tuple[StepTaken, ...]:
    return tuple(StepTaken(**{**step, "name": Text.kept(step["name"])}) for step in kept)
