"""A file of a letter or a template, to keep: nobody else on its way keeps it, and no browser guesses what it is."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from koryu.publishing.letters.pdf import PDF_TYPE
from koryu.publishing.letters.word import MEDIA_TYPE


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


def pdf_to_keep(body: bytes, name: str) -> HttpResponse:
    """A PDF under this name, which has no ending yet."""
    return to_keep(body, PDF_TYPE, f"{name}.pdf")
