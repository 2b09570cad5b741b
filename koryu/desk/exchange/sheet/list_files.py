"""A list of an exchange, as a file to keep: the same that its page shows, to the same people."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.sheet.sheet_request import SheetPart
from koryu.desk.exchange.sheet.sheet_table import languages_asked
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.file_to_keep import to_keep
from koryu.publishing.spreadsheets import WRITERS
from koryu.wording.languages import active_reader
from koryu.wording.messages import translated


@staff
@require_safe
def list_file(
    request: HttpRequest, me: CurrentUser, /, slug: str, key: str, form: str, part: SheetPart[Any]
) -> HttpResponse:
    """One list of this part. Raises Http404 for whoever has no part in it, and for what its page does not show."""
    there = part.work(me, slug)
    listed = next((each for each in there.lists(me, languages_asked(request)) if each.key == key), None)
    if listed is None or form not in WRITERS:
        raise Http404
    reader, title = active_reader(), title_for(there.work)
    write, media_type = WRITERS[form]
    body = write(listed.as_file(title.shown(reader.tag).text if title else slug))
    name = f"{translated(listed.called, reader.slug)} {key}.{form}"
    return to_keep(body, media_type, name)
