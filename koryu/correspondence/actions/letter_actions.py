"""The verbs of a letter. Each takes `institution`, `by` (the username) and `at`, and raises Refused with the reason.

Bytes and pages are made by the caller, out of what is kept here: this room fixes them, and knows no form.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from koryu.correspondence import models
from koryu.correspondence.queries.answers_kept import answers_of
from koryu.correspondence.queries.letters_kept import approved_by_officers, record_of, version_of
from koryu.correspondence.rules import letter_life as rules
from koryu.correspondence.rules.letter_numbers import LENGTH, numbered
from koryu.files import actions as files
from koryu.files import queries as brought
from koryu.institutions import queries as institutions
from koryu.institutions import rules as roles
from koryu.journal import actions as journal
from koryu.journal.rules import Change
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.wording.letters.letter_kinds import LETTER_KINDS, languages_allowed

_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_PDF: Final = "application/pdf"


@dataclass(frozen=True, kw_only=True)
class LetterFiles:
    """The bytes of a letter, called `name` without its ending; `pdf` is None where this server makes none."""

    name: str
    word: bytes
    pdf: bytes | None = None


def begin_letter(
    *, institution: str, exchange: str, kind: str, langs: tuple[str, ...], typed: Mapping[str, str], by: str, at: str
) -> str:
    """Begin a letter of this kind, and return its number."""
    check_writes(institution, by)
    if kind not in LETTER_KINDS:
        raise Refused(Reason("There is no such kind of letter."))
    if not languages_allowed(kind, langs):
        raise Refused(Reason("Choose one language; or two, where the letter can be made side by side."))
    _check(typed)
    with transaction.atomic():
        if models.LetterRow.objects.filter(institution=institution, exchange=exchange).count() >= rules.MOST_LETTERS:
            raise Refused(
                Reason("At most %(most)s letters are kept for one exchange; delete drafts.", most=rules.MOST_LETTERS)
            )
        row = models.LetterRow.objects.create(
            number=_new_number(),
            institution=institution,
            exchange=exchange,
            kind=kind,
            langs=list(langs),
            begun_by=by,
            begun_at=at,
        )
        models.LetterVersionRow.objects.create(letter=row, version=1, typed=dict(typed), changed_by=by, changed_at=at)
    return row.number


def save_letter(
    *,
    institution: str,
    number: str,
    typed: Mapping[str, str],
    edition: int,
    delete_on: date | None = None,
    by: str,
    at: str,
) -> None:
    """Keep what is typed; `edition` is that of the draft on which it was. `delete_on` where it holds private data."""
    check_writes(institution, by)
    _check(typed)
    with transaction.atomic():
        row = last_version(institution, number)
        or_refuse(rules.may_change(state_of(row)))
        if row.edition != edition:
            raise Refused(rules.CHANGED)
        row.typed, row.delete_on, row.edition = dict(typed), delete_on, row.edition + 1
        row.changed_by, row.changed_at = by, at
        row.save()


def discard_letter(*, institution: str, number: str, by: str, at: str) -> None:
    """Throw a draft away; of a correction the version before stays."""
    check_writes(institution, by)
    with transaction.atomic():
        row = last_version(institution, number)
        or_refuse(rules.may_change(state_of(row)))
        journal.write(
            Change.LETTER_DISCARDED, by=by, at=at, institution=institution, about=row.letter.exchange, letter=number
        )
        if row.version > 1:
            row.delete()
        else:
            _forget_answers(row.letter)
            row.letter.delete()


def send_letter(
    *,
    institution: str,
    number: str,
    how: str,
    on: str,
    to: str,
    document_number: str = "",
    document_date: str = "",
    made: LetterFiles | None = None,
    by: str,
    at: str,
) -> None:
    """Say how, on which day and to whom it was sent. `made` are its bytes with number and date, where these were typed.

    Nothing is sent by this: it is said of what somebody has sent.
    """
    check_writes(institution, by)
    or_refuse(rules.sending_fails(how=how, on=on, to=to, number=document_number, day=document_date))
    with transaction.atomic():
        row = last_version(institution, number)
        or_refuse(rules.may_send_letter(state_of(row)))
        row.sent_word, row.sent_pdf = bring_files(row.letter, made, by=by, at=at) if made else (row.word, row.pdf)
        row.sent_how, row.sent_on, row.sent_to, row.sent_by, row.sent_at = how, on, to, by, at
        row.document_number, row.document_date = document_number, document_date
        row.save()
        journal.write(
            Change.LETTER_SENT, by=by, at=at, institution=institution, about=row.letter.exchange, letter=number
        )


def end_letter(*, institution: str, number: str, ended_as: str, by: str, at: str) -> None:
    """Mark a letter that was sent as answered, or as closed without an answer."""
    check_writes(institution, by)
    if ended_as not in ("answered", "closed"):
        raise Refused(Reason("Say whether the letter was answered or is closed."))
    with transaction.atomic():
        row = last_version(institution, number)
        or_refuse(rules.may_end(state_of(row)))
        row.ended_as, row.ended_by, row.ended_at = ended_as, by, at
        row.save()


def correct_letter(*, institution: str, number: str, by: str, at: str) -> int:
    """Begin another version of a letter that was sent, and return its number; the version before stays as it is."""
    check_writes(institution, by)
    with transaction.atomic():
        row = last_version(institution, number)
        or_refuse(rules.may_go_on(state_of(row)))
        typed = {box: text for box, text in row.typed.items() if box not in ("number", "date")}
        following = models.LetterVersionRow.objects.create(
            letter=row.letter,
            version=row.version + 1,
            typed=typed,
            delete_on=row.delete_on,
            changed_by=by,
            changed_at=at,
        )
        return following.version


def let_officers_approve(*, institution: str, kinds: frozenset[str], by: str, at: str) -> None:
    """Let officers approve letters of these kinds themselves, and of no others of those that the head approves."""
    or_refuse(roles.may_give_roles(role=institutions.role_of(person=by, institution=institution)))
    with transaction.atomic():
        had, wanted = approved_by_officers(institution), kinds & rules.HEAD_APPROVES
        for kind in sorted(wanted - had):
            models.LetterRightRow.objects.get_or_create(institution=institution, kind=kind)
            journal.write(Change.OFFICERS_MAY_APPROVE, by=by, at=at, institution=institution, letters=kind)
        for kind in sorted(had - wanted):
            models.LetterRightRow.objects.filter(institution=institution, kind=kind).delete()
            journal.write(Change.OFFICERS_MAY_NOT_APPROVE, by=by, at=at, institution=institution, letters=kind)


def delete_old_letters(*, today: date) -> int:
    """Delete the bytes, pages and boxes of letters with private data whose day has come; returns how many.

    What kind it was, when it was made and sent, and its digests stay.
    """
    with transaction.atomic():
        rows = models.LetterVersionRow.objects.select_for_update().select_related("letter")
        old = list(rows.filter(delete_on__lt=today, deleted=False))
        for row in old:
            _drop(row, {row.word, row.pdf, row.sent_word, row.sent_pdf})
            row.typed, row.pages, row.sheet, row.sent_to, row.deleted = {}, None, None, "", True
            row.returned_by, row.returned_at = "", None
            row.save()
            _forget_answers(row.letter)
    return len(old)


def bring_files(letter: models.LetterRow, made: LetterFiles, *, by: str, at: str) -> tuple[str, str]:
    """Keep the bytes of a letter; their digests, Word first, '' for what there is none of."""
    said: dict[str, Any] = {"institution": letter.institution, "record": record_of(letter.number), "by": by, "at": at}
    word = files.bring(name=f"{made.name}.docx", media_type=_WORD, body=made.word, **said)
    if made.pdf is None:
        return word, ""
    return word, files.bring(name=f"{made.name}.pdf", media_type=_PDF, body=made.pdf, **said)


def forget_files(letter: models.LetterRow) -> None:
    """Let go of the files that no version of the letter names any more."""
    named = {
        digest for digests in letter.versions.values_list("word", "pdf", "sent_word", "sent_pdf") for digest in digests
    }
    gone = [file for file in brought.brought_for(record_of(letter.number)) if file.digest not in named]
    files.let_go(gone, still_named=())


def _forget_answers(letter: models.LetterRow) -> None:
    """Let go of what was filed under a letter; what is evidence for a text stays with that."""
    files.let_go(brought.brought_for(answers_of(letter.number)), still_named=())


def _drop(row: models.LetterVersionRow, digests: Iterable[str]) -> None:
    wanted = set(digests) - {""}
    files.let_go(
        [file for file in brought.brought_for(record_of(row.letter.number)) if file.digest in wanted], still_named=()
    )


def last_version(institution: str, number: str) -> models.LetterVersionRow:
    """The newest version of a letter of this institution, held until the transaction ends."""
    rows = models.LetterVersionRow.objects.select_for_update().select_related("letter")
    row = rows.filter(letter__number=number, letter__institution=institution).order_by("-version").first()
    if row is None:
        raise Refused(rules.GONE)
    return row


def state_of(row: models.LetterVersionRow) -> rules.LetterState:
    """How far a version is."""
    return version_of(row).state


def _new_number() -> str:
    while True:
        number = numbered(secrets.randbits(5 * LENGTH))
        if not models.LetterRow.objects.filter(number=number).exists():
            return number


def check_writes(institution: str, by: str) -> None:
    """Raise Refused for somebody who writes no letters for the institution."""
    or_refuse(roles.may_draft(role=institutions.role_of(person=by, institution=institution)))


def _check(typed: Mapping[str, str]) -> None:
    for box, text in typed.items():
        or_refuse(rules.box_fails(box, text))
    for box in ("date", "their_date"):
        or_refuse(rules.day_fails(typed.get(box, "")))
