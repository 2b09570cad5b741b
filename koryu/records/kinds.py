"""The list of kinds: from a content to the document that reads it."""

from collections.abc import Mapping
from typing import Any

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


def document_of(content: Mapping[str, Any], *, base: str | None = None, kept: bool = False) -> Document:
    """The document that this content is.

    `base` completes short links such as `institution/ndl`. Of a content that was `kept`, and so was checked before,
    texts and links are taken as they are. Raises Refused for a kind that is not known and pydantic.ValidationError
    for a content that does not fit its kind.
    """
    kind = KINDS.get(str(content.get("kind")))
    if kind is None:
        raise Refused(
            Reason(
                "“%(kind)s” is not a kind of record; expected one of %(kinds)s",
                kind=content.get("kind", ""),
                kinds=", ".join(KINDS),
            )
        )
    return kind.model_validate(content, context={"base": base, "kept": kept})
