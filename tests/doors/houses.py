"""What is tried at the doors, by whom, and what must come of it: one sentence, and nothing left behind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from koryu.consent import actions
from koryu.consent.actions.statements import hear, new_version, seal_and_hear
from koryu.consent.rules.statement import Statement
from koryu.institutions.queries import secret_key
from koryu.ledger import queries as ledger
from koryu.ledger.actions import locked
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from koryu.seals.proofs import seal
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.consent.houses import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    WORK,
    House,
    exchange,
    give_voice,
    programme,
    put_on_record,
    uri,
)

HEAD: Final[dict[str, Any]] = {"by": "head", "at": AT}
NO: Final = Text.of(en="another week would suit us better")
LETTER: Final = digest(b"letter")
MEMORANDUM: Final = uri("agreement/m")

Act = Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class Attack:
    """Something that must be refused: `prepare` does what is allowed and returns what is not.

    `before` is what came of it when it was first tried.
    """

    name: str
    before: str
    prepare: Callable[[], Act]


class Attacks(list[Attack]):
    """A table, written as functions: the name of each says what is tried."""

    def tried(self, *, before: str) -> Callable[[Callable[[], Act]], Callable[[], Act]]:
        def put_down(prepare: Callable[[], Act]) -> Callable[[], Act]:
            self.append(Attack(name=prepare.__name__, before=before, prepare=prepare))
            return prepare

        return put_down


def name_of(row: Any) -> str:
    return str(row.name)


def came_of(act: Act) -> str:
    """`accepted`, `refused: …` with the sentence, or the error that nobody thought of."""
    try:
        act()
    except Refused as refused:
        return f"refused: {refused.reason}"
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return "accepted"


def is_refused(tried: Attack) -> None:
    """It is refused in a sentence, and the ledger is as it was."""
    act = tried.prepare()
    number = ledger.last_number()
    came = came_of(act)
    assert came.startswith("refused: ")
    assert len(came.removeprefix("refused: ").split()) >= 4
    assert ledger.last_number() == number


def settle_in() -> None:
    """Three libraries and a compiler with a voice, a fourth library without one, and a programme of the first two."""
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)


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
