"""The document that a draft is, once it can be sent."""

from collections.abc import Mapping
from typing import Any

from koryu.consent import queries
from koryu.consent.rules import draft_permissions
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.records.timetable import Timetable
from koryu.values.reason import or_refuse


def document_to_send(content: Mapping[str, Any]) -> Document:
    """The document of this content. Raises Refused, and pydantic.ValidationError for one that is not complete."""
    document = document_of(content)
    if isinstance(document, Timetable):
        exchange = queries.targets([document.exchange]).get(document.exchange)
        or_refuse(draft_permissions.may_invite(document, exchange.owners if exchange else frozenset()))
    return document
