"""The files of a letter, to keep: as it would be printed, as it was approved or sent, as a mail to be sent."""

from collections.abc import Mapping
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.consent.queries import ExchangeWork
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.correspondence.rules.letter_life import LetterState
from koryu.correspondence.rules.letters_named import message_name
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.file_to_keep import to_keep
from koryu.desk.letters.letter_downloads import not_made, pdf_to_keep, word_to_keep
from koryu.desk.letters.letter_making import (
    file_name,
    host_name,
    made_now,
    no_pdf,
    submitted_pages,
    template_of,
    with_reference,
    word_of,
)
from koryu.desk.letters.letter_pages import letter_for
from koryu.publishing.letters.letter_mail import MAIL_TYPE, letter_mail
from koryu.values.reason import Refused

# Of the files of a letter: as approved, and as sent.
_KEPT_FILES: Final[Mapping[str, str]] = {"word": "word", "pdf": "pdf", "sent-word": "sent_word", "sent-pdf": "sent_pdf"}


@staff
@require_safe
def file(request: HttpRequest, me: CurrentUser, /, slug: str, number: str, version: int, which: str) -> HttpResponse:
    """A file of a letter, to keep: of a draft as it would be printed now, else the very bytes that were approved."""
    work = exchange_for(me, slug)
    kept = letter_for(me, work, number)
    wanted = kept.at(version)
    if wanted is not None and which == "mail":
        return _as_mail(me, kept, wanted)
    if wanted is None or which not in _KEPT_FILES:
        raise Http404
    if wanted.state in (LetterState.DRAFT, LetterState.SUBMITTED):
        return _file_of_draft(work, kept, wanted, which)
    digest = getattr(wanted, _KEPT_FILES[which])
    kept_file = correspondence.letter_file(digest, number=kept.number, institution=me.institution)
    if kept_file is None:
        raise Http404
    return to_keep(kept_file.body, kept_file.media_type, kept_file.name)


def _file_of_draft(work: ExchangeWork, kept: OwnLetter, version: LetterInWriting, which: str) -> HttpResponse:
    """The file as it would be: what was submitted is printed as it was, and says that it is a draft still."""
    made = made_now(work, kept, version, draft=True).pages
    pages = with_reference(submitted_pages(version), made.reference) if version.pages else made
    if which == "pdf":
        fails = no_pdf(pages)
        return not_made(fails) if fails else pdf_to_keep(pages, file_name(pages))
    if which != "word":
        raise Http404
    try:
        return word_to_keep(word_of(pages, template_of(kept, version)), file_name(pages))
    except Refused as refused:
        return not_made(refused.reason)


def _as_mail(me: CurrentUser, kept: OwnLetter, version: LetterInWriting) -> HttpResponse:
    """What was approved or sent as a mail, for whoever sends from a mail program of their own."""
    digests = (version.sent_word or version.word, version.sent_pdf or version.pdf)
    bodies = (correspondence.letter_file(each, number=kept.number, institution=me.institution) for each in digests)
    files = [file for file in bodies if file]
    if not files or not version.approved_at:
        raise Http404
    pages = submitted_pages(version)
    body = letter_mail(
        subject=f"{pages.title} [{pages.number}]",
        named=message_name(kept.number, version.version, host_name()),
        text=pages.title,
        attached=[(file.name, file.media_type, file.body) for file in files],
    )
    return to_keep(body, MAIL_TYPE, f"{file_name(pages)}.eml")
