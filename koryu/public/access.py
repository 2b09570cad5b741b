"""In which language a reader reads, and what of the record a reader may see."""

from django.http import Http404, HttpRequest

from koryu.archive import queries as archive
from koryu.ink.languages import Reader, asked_for


class Erased(Http404):
    """The record was there and its content has been erased."""


def preferred(request: HttpRequest) -> Reader:
    """The interface language that the reader's browser asks for first; English when it asks for none of them."""
    return Reader(asked_for(request.headers.get("Accept-Language", "")))


def record_for(*, kind: str, address: str) -> archive.Record:
    """The public record at this address. Raises Erased or Http404 where there is none to show."""
    found = archive.record_at(kind=kind, address=address)
    if found:
        return found
    if archive.was_erased(kind=kind, address=address):
        raise Erased
    raise Http404
