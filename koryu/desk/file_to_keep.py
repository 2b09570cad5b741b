"""A file as the answer to whoever asked for it: to be kept, never shown inside the browser, whatever it holds."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def to_keep(body: bytes | str, media_type: str, name: str) -> HttpResponse:
    """The file under this name. No browser guesses what it is."""
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type=media_type, headers=headers)
