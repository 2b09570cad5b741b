"""A file of a letter or a template, to keep: nobody else on its way keeps it, and no browser guesses what it is."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def to_keep(body: bytes, media_type: str, name: str) -> HttpResponse:
    """The file under this name."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(body, content_type=media_type, headers=headers)
