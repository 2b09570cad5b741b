"""The institutions somebody writes to: our own, those of our programmes and agreements, those we keep contacts of."""

from collections.abc import Iterable
from functools import wraps
from typing import ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.desk.access import Answering, CurrentUser, Page, staff
from koryu.institutions import rules as roles

P = ParamSpec("P")


def contact_keepers(page: Page[P]) -> Answering[P]:
    """A page for those who keep the contacts of their institution; for whoever does not it is not there."""

    @wraps(page)
    @staff
    def shown(request: HttpRequest, me: CurrentUser, /, *args: P.args, **places: P.kwargs) -> HttpResponse:
        if roles.may_keep_contacts(role=me.role):
            raise Http404
        return page(request, me, *args, **places)

    return shown


def written_to(me: CurrentUser, besides: Iterable[str] = ()) -> dict[str, Line]:
    """The lines of the institutions that can be written to, our own first, in two statements."""
    common = archive.lines("programme", "agreement", asking=me.institution)
    ours = [line for line in common if archive.takes_part(line, me.institution)]
    partners = {uri for line in ours for uri in line.summary.institutions}
    wanted = dict.fromkeys((me.institution, *sorted(partners), *besides))
    lines = archive.lines_named(wanted, asking=me.institution)
    return {uri: lines[uri] for uri in wanted if uri in lines and lines[uri].kind == "institution"}
