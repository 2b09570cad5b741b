"""Files: letters, scans and wordings, for those who may see the record that names them."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from koryu.desk.access import CurrentUser, staff
from koryu.desk.visible_record import file_for


@staff
def file(request: HttpRequest, me: CurrentUser, digest: str) -> HttpResponse:
    """A file to keep; it is never shown inside the browser, whatever it holds. `?of=` is the record that names it."""
    kept = file_for(me, digest, record=request.GET.get("of", ""))
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=kept.name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(kept.body, content_type=kept.media_type, headers=headers)
