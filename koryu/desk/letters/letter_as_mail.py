"""A letter that was approved or sent, as a mail with its files: for whoever sends from a mail program of their own."""

from django.http import Http404, HttpResponse

from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import LetterInWriting, OwnLetter
from koryu.correspondence.rules.letters_named import message_name
from koryu.desk.access import CurrentUser
from koryu.desk.letters.letter_downloads import to_keep
from koryu.desk.letters.letter_making import file_name, host_name, submitted_pages
from koryu.publishing.letters.letter_mail import MAIL_TYPE, letter_mail


def as_mail(me: CurrentUser, kept: OwnLetter, version: LetterInWriting) -> HttpResponse:
    """The mail to keep. Raises Http404 for a version that is not approved, or has no file."""
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
