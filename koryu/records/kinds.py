"""The list of kinds: from a content and the schema it follows to the document that reads it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from koryu.records.agreement import Agreement
from koryu.records.document import Document
from koryu.records.exchange import Exchange
from koryu.records.institution import Institution
from koryu.records.outcome import Outcome
from koryu.records.paper import Paper
from koryu.records.participation import Participation
from koryu.records.person import Person
from koryu.records.programme import Programme
from koryu.records.report import Report
from koryu.records.service import Service
from koryu.records.theme import Theme
from koryu.records.timetable import Timetable
from koryu.records.work import Work
from koryu.values.reason import N_, Reason, Refused

# In the order in which a set of records is put on record: what is linked to comes first.
KINDS: Mapping[str, type[Document]] = {
    "institution": Institution,
    "person": Person,
    "theme": Theme,
    "work": Work,
    "agreement": Agreement,
    "programme": Programme,
    "exchange": Exchange,
    "participation": Participation,
    "paper": Paper,
    "timetable": Timetable,
    "report": Report,
    "service": Service,
    "outcome": Outcome,
}

NAMES = {
    "institution": (N_("institution"), N_("Institutions")),
    "person": (N_("person"), N_("People")),
    "theme": (N_("theme"), N_("Themes")),
    "work": (N_("work"), N_("Works")),
    "agreement": (N_("agreement"), N_("Agreements")),
    "programme": (N_("programme"), N_("Programmes")),
    "exchange": (N_("exchange"), N_("Exchanges")),
    "participation": (N_("participation"), N_("Participations")),
    "paper": (N_("paper given"), N_("Papers given")),
    "timetable": (N_("timetable"), N_("Timetables")),
    "report": (N_("own report"), N_("Own reports")),
    "service": (N_("service"), N_("Services")),
    "outcome": (N_("outcome"), N_("Outcomes")),
}


# The models of numbers before the current one, by kind and number. None is ever taken away: what follows it stays.
EARLIER: Mapping[tuple[str, int], type[Document]] = {}

_SCHEMA: Final = re.compile(r"koryu/(?P<kind>[a-z-]+)/(?P<number>[1-9][0-9]{0,5})")


class Newer(Refused):
    """A content is of a newer Koryu than this one."""


def schema_of(kind: str) -> str:
    """The schema in which contents of a kind are written now, such as `koryu/programme/1`; '' for no kind."""
    return f"koryu/{kind}/{KINDS[kind].schema_number}" if kind in KINDS else ""


def document_of(
    content: Mapping[str, Any], *, schema: str = "", base: str | None = None, kept: bool = False
) -> Document:
    """The document that this content is, by the model of its schema.

    `schema` is what the header of its version names; without one, the content is being written now. What was written
    under an earlier number is read by the model of that number, for ever.

    `base` completes short links such as `institution/ndl`. Of a content that was `kept`, and so was checked before,
    texts and links are taken as they are. Whether a content contradicts itself is asked while it is being written, and
    not of what was said: that is read for ever.

    Raises Newer for a schema, field or choice of a newer Koryu, Refused for what is no kind or schema, and
    pydantic.ValidationError for a content that does not fit its schema.
    """
    model = _model_of(schema) if schema else _kind_of(content)
    try:
        return model.model_validate(content, context={"base": base, "kept": kept, "said": bool(schema)})
    except ValidationError as bad:
        # Within a number fields and choices may be added: in what came with its header they are no mistake in typing.
        added = next((error for error in bad.errors() if error["type"] in _ADDED), None) if schema else None
        if added is None:
            raise
        raise Newer(Reason(_ADDED_SINCE, where=".".join(map(str, added["loc"])))) from bad


def brought_up_to_date(content: Mapping[str, Any], *, schema: str) -> dict[str, Any]:
    """The content as the current number of its kind writes it; as it is where it follows that already, or no schema.

    Nothing is lost and nothing made up. Takes unfinished contents too. Raises Newer for a schema of a newer Koryu.
    """
    if not schema:
        return dict(content)
    model, current = _model_of(schema), KINDS[_named(schema)[0]]
    brought = dict(content)
    for number in range(model.schema_number + 1, current.schema_number + 1):
        newer = _model_of(f"koryu/{_named(schema)[0]}/{number}")
        brought = newer.from_number_before(brought)
    return brought


def current_document(content: Mapping[str, Any], *, schema: str, kept: bool = False) -> Document:
    """The document that this content is today, whatever number it was written under: what pages and lists show.

    What was agreed is asked of `document_of`: owners, digests and proofs are those of the content as it was written.
    """
    if not schema:
        return document_of(content, kept=kept)
    return document_of(brought_up_to_date(content, schema=schema), schema=schema_of(_named(schema)[0]), kept=kept)


def _kind_of(content: Mapping[str, Any]) -> type[Document]:
    kind = KINDS.get(str(content.get("kind")))
    if kind is None:
        raise Refused(
            Reason(
                "“%(kind)s” is not a kind of record; expected one of %(kinds)s",
                kind=content.get("kind", ""),
                kinds=", ".join(KINDS),
            )
        )
    return kind


def _model_of(schema: str) -> type[Document]:
    kind, number = _named(schema)
    current = KINDS.get(kind)
    if current is None or number > current.schema_number:
        raise Newer(Reason(_NEWER, schema=schema))
    return current if number == current.schema_number else EARLIER[kind, number]


def _named(schema: str) -> tuple[str, int]:
    named = _SCHEMA.fullmatch(schema)
    if named is None:
        raise Refused(Reason("“%(schema)s” is not the name of a schema", schema=schema))
    return named["kind"], int(named["number"])


_NEWER: Final = N_("This record follows the schema %(schema)s, which is newer than this server; upgrade Koryu")
_ADDED: Final = frozenset({"extra_forbidden", "enum"})
_ADDED_SINCE: Final = N_(
    "This record says something in “%(where)s” that this server does not know yet: it is older than the server on "
    "which the record was written; upgrade Koryu"
)
