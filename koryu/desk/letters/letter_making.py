"""Making a letter out of what is kept of it: as it would be printed now, or as it was submitted; and its files."""

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.actions import LetterFiles
from koryu.correspondence.queries import LetterInWriting, OwnLetter, TemplateKept
from koryu.desk.letters.letter_contents import source_of
from koryu.publishing.letters.blocks import LetterPages, LetterRun, at_sending
from koryu.publishing.letters.make import LetterIdentity, MadeLetter, make_letter
from koryu.publishing.letters.pdf import pdf_fails, pdf_file
from koryu.publishing.letters.templates.own_layout import filled_word, layout_of
from koryu.publishing.letters.word import word_file
from koryu.values.reason import Reason, Refused
from koryu.wording.letters.letter_dates import as_day
from koryu.wording.letters.letter_words import words


def host_name() -> str:
    """The host by which letters of this server name it."""
    return urlsplit(settings.ADDRESS).hostname or ""


OF_OWN_TEMPLATE: Final = Reason("It is made with your own template: Word only. Make the PDF in Word.")
_NO_TEMPLATE: Final = Reason("The template that this letter was made with is no longer there.")


def made_now(
    work: ExchangeWork,
    letter: OwnLetter,
    version: LetterInWriting,
    *,
    draft: bool,
    template: TemplateKept | None = None,
) -> MadeLetter:
    """The letter as it would be printed now; with `draft` the foot of its pages says that it is one.

    In the office's own template that is in use, or in this one.
    """
    own = template or letter.template
    before = letter.at(version.version - 1)
    identity = LetterIdentity(
        number=letter.number,
        host=host_name(),
        version=version.version,
        is_draft=draft,
        replaces=(before.document_number or _reference(letter.number, before.version)) if before else "",
        replaced_on=(before.document_date or before.sent_on) if before else "",
    )
    source = source_of(work, letter.kind, version.typed)
    layout = layout_of(own.body, own.digest) if own else None
    return make_letter(letter.kind, letter.langs, source, identity, layout=layout)


def submitted_pages(version: LetterInWriting) -> LetterPages:
    """The pages that were submitted. Raises Refused where there are none."""
    if version.pages is None:
        raise Refused(Reason("The letter is not waiting for approval."))
    return LetterPages.model_validate(version.pages)


def template_of(letter: OwnLetter, version: LetterInWriting) -> TemplateKept | None:
    """The template that a version was submitted with, else the one in use; None for the layout that comes along."""
    if not version.template:
        return letter.template
    return correspondence.template(
        letter.institution, kind=letter.kind, langs="+".join(letter.langs), version=version.template
    )


def files_of(pages: LetterPages, template: TemplateKept | None = None) -> LetterFiles:
    """The bytes of these pages; without PDF where this server makes none, or they are in an office's own template.

    Raises Refused where the template is not the one they were made with.
    """
    pdf = None if pages.template else _pdf_or_none(pages)
    return LetterFiles(name=file_name(pages), word=word_of(pages, template), pdf=pdf)


def word_of(pages: LetterPages, template: TemplateKept | None) -> bytes:
    """The pages as Word. Raises Refused where the template is not the one they were made with."""
    if not pages.template:
        return word_file(pages, host=host_name())
    if template is None or template.digest != pages.template:
        raise Refused(_NO_TEMPLATE)
    return filled_word(pages, template.body, host=host_name())


def no_pdf(pages: LetterPages | None) -> Reason | None:
    """Why these pages have no PDF here; None where they can have one."""
    return OF_OWN_TEMPLATE if pages is not None and pages.template else pdf_fails()


def _pdf_or_none(pages: LetterPages) -> bytes | None:
    try:
        return pdf_file(pages)
    except Refused:
        return None


def files_at_sending(letter: OwnLetter, version: LetterInWriting, *, number: str, day: str) -> LetterFiles | None:
    """The bytes with the number and the day that were typed at sending; None where nothing was."""
    if not (number or day):
        return None
    pages = at_sending(submitted_pages(version), number=number, day=as_day(day), era=bool(version.typed.get("era")))
    return files_of(pages, template_of(letter, version))


def with_reference(pages: LetterPages, reference: str) -> LetterPages:
    """The same pages with another line in their foot."""
    if pages.filling is None:
        return pages.model_copy(update={"reference": reference})
    fields = {**pages.filling.fields, "reference": (LetterRun(text=reference, lang=pages.lang),)}
    filling = pages.filling.model_copy(update={"fields": fields})
    return pages.model_copy(update={"reference": reference, "filling": filling})


def file_name(pages: LetterPages) -> str:
    """What its files are called, without an ending: what it is, in which languages, its number."""
    title = words(f"title.{pages.kind}", pages.lang)
    return f"{title}-{'-'.join(pages.langs)}-{_reference(pages.number, pages.version)}"


def _reference(number: str, version: int) -> str:
    return number if version == 1 else f"{number}-{version}"
