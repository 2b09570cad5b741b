"""The language of a reader, and the public record or file at an address, or why there is none."""

from django.http import Http404, HttpRequest

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.consent.rules.namings import namings_of_versions
from koryu.files import queries as files
from koryu.files.queries import NamedFile
from koryu.wording.languages import Reader, asked_for


class Erased(Http404):
    """The record was there and its content has been erased."""


def preferred(request: HttpRequest) -> Reader:
    """The interface language that the reader's browser asks for first; English when it asks for none of them."""
    return Reader(asked_for(request.headers.get("Accept-Language", "")))


def record_for(*, kind: str, slug: str) -> archive.Record:
    """The public record of this kind with this slug. Raises Erased or Http404 where there is none to show."""
    record = archive.record_at(kind=kind, slug=slug, asking=archive.EVERYBODY)
    if record:
        return record
    if archive.was_erased(kind=kind, slug=slug):
        raise Erased
    raise Http404


def file_for(*, kind: str, slug: str, digest: str) -> NamedFile:
    """A file that the public record with this slug names as it stands. Raises Erased or Http404."""
    record = record_for(kind=kind, slug=slug)
    history = consent.history(record.line.uri)
    readable = namings_of_versions(
        record.line.uri,
        history,
        consent.contents_of(history.headers),
        opens=lambda version: version == record.version.digest,
    )
    file = files.file_for(digest, institution="", readable=readable)
    if file is None:
        raise Http404
    return file
