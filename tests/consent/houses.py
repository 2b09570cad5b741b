"""Institutions with a voice, and records for them to speak of."""

from dataclasses import dataclass, field
from typing import Any

from koryu.consent import actions, queries
from koryu.consent.rules.history import History
from koryu.institutions import actions as people
from koryu.records.document import Document
from koryu.records.kinds import document_of

AT = "2026-11-22T09:00:00Z"
BASE = "tag:example.org,2026:"


def uri(name: str) -> str:
    """`institution/ndl` as the URI of a test record."""
    return BASE + name


NDL, NLC, NLK, NAL = (uri(f"institution/{name}") for name in ("ndl", "nlc", "nlk", "nal"))
COMPILER = uri("institution/compiler")
WORK = uri("work/page")
PROGRAMME = uri("programme/p")
EXCHANGE = uri("exchange/e")


def give_voice(*institutions: str) -> None:
    """A key, and a head called `head`, for each."""
    for institution in institutions:
        actions.give_key(institution=institution, by="operator", at=AT)
        people.appoint(username="head", name="", institution=institution, role="head")


def put_on_record(*institutions: str) -> None:
    """A page, and the institutions it names, recorded by the compiler; and a programme, agreed by nobody yet."""
    by_compiler: dict[str, Any] = {"institution": COMPILER, "by": "head", "at": AT}
    page = {"kind": "work", "type": "webpage", "title": {"en": "Page"}, "kept_by": COMPILER}
    actions.record(record=WORK, document=document_of(page), **by_compiler)
    for institution in institutions:
        actions.record(record=institution, document=library(institution), **by_compiler)


def library(uri: str) -> Document:
    """An institution that keeps its own record, as the page tells of it."""
    return document_of(
        {
            "kind": "institution",
            "type": "national library",
            "title": {"en": uri.rpartition("/")[2].upper()},
            "kept_by": uri,
            "sources": [{"id": "page", "work": WORK}],
        }
    )


def programme(*members: str, left: tuple[str, ...] = (), title: str = "Programme") -> Document:
    """A programme of these institutions, some of which have left."""
    return document_of(
        {
            "kind": "programme",
            "type": "mutual visit programme",
            "title": {"en": title},
            "institutions": [
                {"id": f"m{place}", "institution": member, **({"left": "2020"} if member in left else {})}
                for place, member in enumerate((*members, *left))
            ],
        }
    )


def exchange(*institutions: str, title: str = "Exchange", **more: Any) -> Document:
    """An exchange between these institutions, held under PROGRAMME."""
    return document_of(
        {
            "kind": "exchange",
            "form": "visit",
            "event": {"state": "planned"},
            "title": {"en": title},
            "institutions": list(institutions),
            **more,
        }
    )


@dataclass
class House:
    """Speaks for one institution about one record, briefly."""

    institution: str
    record: str = EXCHANGE
    said: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self.said = {"institution": self.institution, "record": self.record, "by": "head", "at": AT}

    def propose(self, document: Document, *, replaces: str | None = None, **more: Any) -> str:
        return actions.propose(document=document, replaces=replaces, **self.said, **more)

    def accept(self, version: str) -> None:
        actions.accept(version=version, **self.said)


def history(record: str = EXCHANGE) -> History:
    """What was said of the record."""
    return queries.history(record)
