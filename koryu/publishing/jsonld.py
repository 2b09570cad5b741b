"""Records as linked data: JSON-LD in the terms of schema.org, for search engines and harvesters."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from koryu.archive.queries import Line, Record
from koryu.records.document import Document
from koryu.records.exchange import EventState, Exchange, ExchangeForm
from koryu.records.institution import Institution, InstitutionType
from koryu.records.paper import Paper
from koryu.records.work import Work
from koryu.values.edtf import Edtf
from koryu.values.invisible import signed_throughout
from koryu.values.text import Text

Addresses = Mapping[str, str]

# What is an address, and not a text.
_ADDRESSES: Final = ("@id", "url", "mainEntityOfPage", "identifier")

_STATES: Final = {
    EventState.PLANNED: "EventScheduled",
    EventState.HELD: "EventScheduled",
    EventState.POSTPONED: "EventPostponed",
    EventState.CANCELLED: "EventCancelled",
}
_LIBRARIES: Final = {
    InstitutionType.NATIONAL_LIBRARY,
    InstitutionType.PARLIAMENTARY_LIBRARY,
    InstitutionType.BRANCH,
    InstitutionType.PUBLIC_LIBRARY,
    InstitutionType.UNIVERSITY_LIBRARY,
}


def described(record: Record, *, lines: Mapping[str, Line], addresses: Addresses, reader: str) -> dict[str, Any] | None:
    """The record in schema.org's terms; None for a kind that schema.org has no word for.

    `addresses` gives the lasting address of each record named, by URI. What is inferred is left out, for these terms
    have no place to say so; what cannot be seen in a text stands as a sign.
    """
    terms: dict[str, Any] | None = signed_throughout(_terms(record, lines, addresses, reader), addresses=_ADDRESSES)
    return terms


def _terms(record: Record, lines: Mapping[str, Line], addresses: Addresses, reader: str) -> dict[str, Any] | None:
    document = record.document
    match document:
        case Exchange():
            terms = _event(document, lines=lines, addresses=addresses, reader=reader)
        case Institution():
            terms = {"@type": "Library" if document.type in _LIBRARIES else "Organization", **_names(document)}
        case Paper():
            terms = {"@type": "ScholarlyArticle", **_said(document, "title", headline=_in(document.title, reader))}
            terms |= _said(
                document, "institution", publisher=_organisation(document.institution, lines, addresses, reader)
            )
        case Work():
            terms = {"@type": "CreativeWork", **_said(document, "title", headline=_in(document.title, reader))}
            terms |= {"url": document.address} if document.address else {}
        case _:
            return None
    address = addresses[record.line.uri]
    return {
        "@context": "https://schema.org",
        "@id": address,
        "identifier": record.line.uri,
        **_said(document, "title", name=_in(document.title, reader)),
        **(
            _said(document, "issued", datePublished=_day(document.issued))
            if isinstance(document, Work) and document.issued
            else {}
        ),
        "mainEntityOfPage": address,
        **terms,
    }


def _event(exchange: Exchange, *, lines: Mapping[str, Line], addresses: Addresses, reader: str) -> dict[str, Any]:
    online = exchange.form is ExchangeForm.ONLINE
    mode = "OnlineEventAttendanceMode" if online else "OfflineEventAttendanceMode"

    def named(uris: Iterable[str]) -> list[dict[str, Any]]:
        return [_organisation(uri, lines, addresses, reader) for uri in uris]

    terms: dict[str, Any] = {
        "@type": "Event",
        **_said(exchange, "event", eventStatus=f"https://schema.org/{_STATES[exchange.event.state]}"),
        **_said(exchange, "form", eventAttendanceMode=f"https://schema.org/{mode}"),
        **_said(exchange, "hosts", organizer=named(exchange.hosts)),
        **_said(exchange, "institutions", contributor=named(exchange.institutions)),
        "location": [
            {"@type": "Place", "name": _in(place.city, reader)}
            for place in exchange.places
            if place.city and not exchange.is_inferred(f"places[{place.id}].city")
        ],
    }
    first = next(iter(exchange.dates), None)
    dated = first.date if first and not exchange.is_inferred(f"dates[{first.id}].date") else None
    if dated and dated.is_interval:
        terms |= {"startDate": dated.start and _day(dated.start), "endDate": dated.end and _day(dated.end)}
    elif dated:
        terms |= {"startDate": _day(dated)}
    return {name: value for name, value in terms.items() if value}


def _names(document: Document) -> dict[str, Any]:
    known = (form for tag, form in document.title.forms.items() if f"title.{tag}" not in document.summary().inferred)
    return {"alternateName": sorted(set(known))}


def _said(document: Document, field: str, **terms: Any) -> dict[str, Any]:
    """These terms, unless the field they come from is inferred."""
    return {} if document.is_inferred(field) else terms


def _organisation(uri: str, lines: Mapping[str, Line], addresses: Addresses, reader: str) -> dict[str, Any]:
    name = {"name": _in(lines[uri].title, reader)} if uri in lines else {}
    return {"@type": "Organization", "@id": addresses.get(uri, uri), **name}


def _day(date: Edtf) -> str | None:
    """An ISO 8601 date as far as it is known for sure; None where it is not."""
    # schema.org has no way to say that a date is uncertain, so an uncertain one is left out.
    bare = str(date)
    return None if any(mark in bare for mark in "?~%X/") else bare


def _in(text: Text, reader: str) -> str:
    return text.shown(reader).text
