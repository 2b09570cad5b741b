"""Institutions that speak for themselves, and records for them to speak of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from koryu.consent import actions, queries
from koryu.consent.actions.statements import hear, new_version, seal_and_hear
from koryu.consent.rules.history import History
from koryu.consent.rules.statement import Statement
from koryu.institutions import actions as people
from koryu.institutions.queries import secret_key
from koryu.ledger.actions import locked
from koryu.planning import actions as planning
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from koryu.seals.proofs import seal
from koryu.values.text import Text

Act = Callable[[], Any]
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
HEAD: Final[dict[str, Any]] = {"by": "head", "at": AT}

NO: Final = Text.of(en="another week would suit us better")

LETTER: Final = digest(b"letter")

MEMORANDUM: Final = uri("agreement/m")


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


def settle_in() -> None:
    """Three libraries and a compiler that have a key, a fourth that has none, and a programme of the first two."""
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


def in_countries(countries: Mapping[str, str]) -> None:
    """Which country each of these institutions is in, as the NDL says it: by that working days are counted."""
    for of, country in countries.items():
        planning.keep_settings(of=of, country=country, institution=NDL, **HEAD)


def stands(document: Document, *houses: str, record: str = EXCHANGE, replaces: str | None = None) -> str:
    """A version that these institutions agree; the first of them proposes it."""
    first, *others = (House(one, record) for one in houses)
    version = first.propose(document, replaces=replaces)
    for other in others:
        other.accept(version)
    return version


def the_exchange(**more: Any) -> str:
    """EXCHANGE, agreed by the NDL and the NLC and held under their programme."""
    return stands(under(NDL, NLC, **more), NDL, NLC)


def under(*institutions: str, number: str = "", held_under: str = PROGRAMME, **more: Any) -> Document:
    """An exchange of these institutions that says it is held under a programme."""
    held = {"id": "p", "programme": held_under, **({"number": number} if number else {})}
    return exchange(*institutions, programmes=[held], **more)


def of(kind: str, **more: Any) -> Document:
    """A document of a kind, with a title."""
    return document_of({"kind": kind, "title": {"en": kind.title()}, **more})


def report(institution: str, exchange: str = EXCHANGE, **more: Any) -> Document:
    return of("report", institution=institution, exchange=exchange, **more)


def paper(institution: str, exchange: str = EXCHANGE, **more: Any) -> Document:
    return of("paper", type="paper", institution=institution, exchange=exchange, **more)


def participation(institution: str, exchange: str = EXCHANGE, **more: Any) -> Document:
    return of("participation", side="visiting", institution=institution, exchange=exchange, **more)


def timetable(institution: str, exchange: str = EXCHANGE, **more: Any) -> Document:
    return of("timetable", arranged_by=institution, exchange=exchange, **more)


def outcome(keeper: str, origin: str = EXCHANGE, **more: Any) -> Document:
    grew = [{"id": "o", "record": origin}]
    return of("outcome", type="practice adopted", kept_by=keeper, grew_out_of=grew, **more)


def memorandum(*institutions: str, **more: Any) -> Document:
    return of("agreement", **{"type": "memorandum of understanding", "institutions": list(institutions), **more})


def sourced(document: Document) -> Document:
    """The same, resting on the page."""
    return document_of({**document.content(), "sources": [{"id": "s", "work": WORK}]})


def records(institution: str, document: Document, record: str = EXCHANGE) -> str:
    return actions.record(institution=institution, record=record, document=sourced(document), **HEAD)


def proposes(institution: str, document: Document, record: str, replaces: str | None = None) -> Act:
    """What lies ready to be proposed."""
    return partial(House(institution, record).propose, document, replaces=replaces)


def drafted(institution: str, document: Document, record: str = EXCHANGE, replaces: str | None = None) -> int:
    return actions.draft(institution=institution, record=record, content=document.content(), replaces=replaces, **HEAD)


def says(
    institution: str,
    said: str,
    document: Document | None = None,
    *,
    record: str | None = EXCHANGE,
    parent: str | None = None,
    header: dict[str, Any] | None = None,
    **more: Any,
) -> Act:
    """A statement sealed by the institution itself, as it comes from another server; `header` is what it lies of."""
    said_by: dict[str, Any] = {"said": said, "institution": institution, "record": record, **HEAD, **more}

    def heard() -> str:
        with locked():
            if document is None:
                plain = {name: value for name, value in said_by.items() if value is not None}
                return str(hear(seal(plain, key=secret_key(institution), created=AT)).version)
            made = new_version(record=str(record), document=document, parent=parent)
            made = made.model_copy(update=header or {})
            seal_and_hear(Statement.model_validate({**said_by, "version": made.digest, "header": made}))
        return made.digest

    return heard
