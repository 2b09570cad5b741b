"""A file of a letter or a template, to keep: nobody else on its way keeps it, and no browser guesses what it is."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.pdf import PDF_TYPE, pdf_file
from koryu.publishing.letters.word import MEDIA_TYPE
from koryu.values.reason import Reason, Refused


def to_keep(body: bytes, media_type: str, name: str) -> HttpResponse:
    """The file under this name."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(body, content_type=media_type, headers=headers)


def word_to_keep(body: bytes, name: str) -> HttpResponse:
    """A Word file under this name, which has no ending yet."""
    return to_keep(body, MEDIA_TYPE, f"{name}.docx")


def pdf_to_keep(pages: LetterPages, name: str) -> HttpResponse:
    """The pages as PDF under this name, which has no ending yet; where none can be made of them, why."""
    try:
        body = pdf_file(pages)
    except Refused as refused:
        return not_made(refused.reason)
    return to_keep(body, PDF_TYPE, f"{name}.pdf")


def not_made(reason: Reason) -> HttpResponse:
    """Instead of a file, why there is none."""
    return HttpResponse(reason.in_words(_), status=409, content_type="text/plain; charset=utf-8")
