"""Files that a public record names, for everyone to keep."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from koryu.public.access import file_for


@require_safe
def file(request: HttpRequest, kind: str, slug: str, digest: str) -> HttpResponse:
    """A file to keep; it is never shown inside the browser, whatever it holds."""
    named_file = file_for(kind=kind, slug=slug, digest=digest)
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=named_file.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(named_file.body, content_type=named_file.media_type, headers=headers)
