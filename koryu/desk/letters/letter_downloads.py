"""Files of a letter or a template, to keep; where none can be made, why."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from koryu.desk.file_to_keep import to_keep
from koryu.publishing.letters.blocks import LetterPages
from koryu.publishing.letters.pdf import PDF_TYPE, pdf_file
from koryu.publishing.letters.word import MEDIA_TYPE
from koryu.values.reason import Reason, Refused


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
