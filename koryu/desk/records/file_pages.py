"""Files: letters, scans and wordings, for those who may see the record that names them."""

from django.http import HttpRequest, HttpResponse

from koryu.desk.access import CurrentUser, staff
from koryu.desk.file_to_keep import to_keep
from koryu.desk.visible_record import file_for


@staff
def file(request: HttpRequest, me: CurrentUser, digest: str) -> HttpResponse:
    """A file to keep; it is never shown inside the browser, whatever it holds. `?of=` is the record that names it."""
    kept = file_for(me, digest, record=request.GET.get("of", ""))
    return to_keep(kept.body, kept.media_type, kept.name)
