"""Making a letter out of what is kept of it: as it would be printed now, or as it was submitted; and its files."""

from urllib.parse import urlsplit

from django.conf import settings

from koryu.consent.queries import ExchangeWork
from koryu.correspondence.actions import LetterFiles
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.desk.letters.letter_contents import source_of
from koryu.publishing.letters.blocks import LetterPages, at_sending
from koryu.publishing.letters.make import LetterIdentity, MadeLetter, make_letter
from koryu.publishing.letters.pdf import pdf_file
from koryu.publishing.letters.word import word_file
from koryu.values.reason import Reason, Refused
from koryu.wording.letters.letter_dates import as_day
from koryu.wording.letters.letter_words import words


def host_name() -> str:
    """The host by which letters of this server name it."""
    return urlsplit(settings.ADDRESS).hostname or ""


def made_now(work: ExchangeWork, letter: OwnLetter, version: LetterInWriting, *, draft: bool) -> MadeLetter:
    """The letter as it would be printed now; with `draft` the foot of its pages says that it is one."""
    before = letter.at(version.version - 1)
    identity = LetterIdentity(
        number=letter.number,
        host=host_name(),
        version=version.version,
        is_draft=draft,
        replaces=(before.document_number or _reference(letter.number, before.version)) if before else "",
        replaced_on=(before.document_date or before.sent_on) if before else "",
    )
    return make_letter(letter.kind, letter.langs, source_of(work, letter.kind, version.typed), identity)


def submitted_pages(version: LetterInWriting) -> LetterPages:
    """The pages that were submitted. Raises Refused where there are none."""
    if version.pages is None:
        raise Refused(Reason("The letter is not waiting for approval."))
    return LetterPages.model_validate(version.pages)


def files_of(pages: LetterPages) -> LetterFiles:
    """The bytes of these pages; without PDF where this server makes none of them."""
    return LetterFiles(
        name=file_name(pages),
        word=word_file(pages, host=host_name()),
        pdf=_pdf_or_none(pages),
    )


def _pdf_or_none(pages: LetterPages) -> bytes | None:
    try:
        return pdf_file(pages)
    except Refused:
        return None


def files_at_sending(version: LetterInWriting, *, number: str, day: str) -> LetterFiles | None:
    """The bytes with the number and the day that were typed at sending; None where nothing was."""
    if not (number or day):
        return None
    pages = submitted_pages(version)
    return files_of(at_sending(pages, number=number, day=as_day(day), era=bool(version.typed.get("era"))))


def file_name(pages: LetterPages) -> str:
    """What its files are called, without an ending: what it is, in which languages, its number."""
    title = words(f"title.{pages.kind}", pages.lang)
    return f"{title}-{'-'.join(pages.langs)}-{_reference(pages.number, pages.version)}"


def _reference(number: str, version: int) -> str:
    return number if version == 1 else f"{number}-{version}"
