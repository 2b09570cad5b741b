"""What stands, who may do what there, and why not: docs/reference/states.md, written from the rules themselves."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from koryu.consent.rules.history import History
from koryu.consent.rules.permissions import Act, Actor, DraftAct, Drafting, RecordContext, may, may_with_draft
from koryu.consent.rules.statement import Header, Statement
from koryu.institutions.rules import OWN_HALF, OWN_PAPERS, TYPED_TOGETHER, Role
from koryu.seals.digests import digest
from koryu.values.reason import Reason

PAGE: Final = Path(__file__).parent.parent / "docs/reference/states.md"
AT: Final = "2026-01-01T00:00:00Z"
RECORD: Final = "tag:example.org,2026:exchange/e"
# The institutions of the tables: two that take part, a third that does not, and one that compiled from sources.
OURS, THEIRS, OTHER, COMPILER = (f"tag:example.org,2026:institution/{name}" for name in ("a", "b", "c", "compiler"))
JOINT: Final = "exchange"
PEOPLE: Final[Mapping[str, Actor]] = {
    "head": Actor(institution=OURS, role=Role.HEAD),
    "officer": Actor(institution=OURS, role=Role.OFFICER),
    "officer, given the right for the kind": Actor(institution=OURS, role=Role.OFFICER, delegated=frozenset({JOINT})),
    "contributor": Actor(institution=OURS, role=Role.CONTRIBUTOR),
    "translator": Actor(institution=OURS, role=Role.TRANSLATOR),
    "reader": Actor(institution=OURS, role=Role.READER),
    "somebody without a role, or an operator": Actor(institution=OURS, role=None),
}


@dataclass(frozen=True)
class Situation:
    """A record as it stands after these statements, looked at from one of its institutions."""

    stands: str
    whose: str
    institution: str
    statements: tuple[Statement, ...] = ()
    version: str = ""
    keyed: frozenset[str] = frozenset({OURS, THEIRS, OTHER})

    @property
    def place(self) -> RecordContext:
        return RecordContext(kind=JOINT, history=History.of(self.statements), version=self.version, keyed=self.keyed)


def header(name: str, *, parent: Header | None = None) -> Header:
    """A version of the record, told apart by its name alone."""
    return Header(
        record=RECORD,
        kind=JOINT,
        schema_name=f"koryu/{JOINT}/1",
        parent=parent.digest if parent else None,
        owners=(OURS, THEIRS),
        content=digest(name.encode()),
    )


def said(word: Any, institution: str, version: Header, **more: Any) -> Statement:
    first = {"header": version} if word in ("proposed", "recorded") else {}
    return Statement(
        said=word, institution=institution, by="head", at=AT, record=RECORD, version=version.digest, **first, **more
    )


def situations() -> Iterator[Situation]:
    """Every way a record can stand, and where in it an institution can be."""
    first, next_one = header("first"), header("next", parent=header("first"))
    proposed = (said("proposed", OURS, first),)
    declined = (*proposed, said("declined", THEIRS, first, reason=digest(b"too early")))
    agreed = (*proposed, said("accepted", THEIRS, first), said("concluded", OURS, first))
    letter = said("accepted by letter", OURS, first, on_behalf_of=THEIRS, letter=digest(b"letter"))
    by_letter = (*proposed, letter, said("concluded", OURS, first))
    recorded = (said("recorded", COMPILER, first),)
    anew = (*agreed, said("proposed", THEIRS, next_one))
    replaced = (*anew, said("accepted", OURS, next_one), said("concluded", THEIRS, next_one))
    erased = (
        *agreed,
        Statement(said="erased", institution=OURS, by="head", at=AT, record=RECORD, contents=(first.content,)),
    )
    withdrawn = (*proposed, said("withdrawn", OURS, first))
    no_key = frozenset({OURS, OTHER})
    yield Situation("nothing yet", "anybody", OURS)
    yield Situation("under consultation", "the one that proposed", OURS, proposed, first.digest)
    yield Situation("under consultation", "one that must agree", THEIRS, proposed, first.digest)
    yield Situation("under consultation", "one that does not take part", OTHER, proposed, first.digest)
    yield Situation(
        "under consultation with one that has no key here",
        "the one that proposed",
        OURS,
        proposed,
        first.digest,
        no_key,
    )
    yield Situation("not accepted", "the one that proposed", OURS, declined, first.digest)
    yield Situation("not accepted", "the one that did not accept it", THEIRS, declined, first.digest)
    yield Situation("withdrawn", "the one that proposed", OURS, withdrawn, first.digest)
    yield Situation("agreed", "one of those that agreed", OURS, agreed, first.digest)
    yield Situation("agreed", "one that does not take part", OTHER, agreed, first.digest)
    yield Situation("agreed by letter", "the one that recorded the letter", OURS, by_letter, first.digest, no_key)
    yield Situation("from published sources", "one it belongs to", OURS, recorded, first.digest)
    yield Situation("from published sources", "its recorder", COMPILER, recorded, first.digest)
    yield Situation("from published sources", "one it does not belong to", OTHER, recorded, first.digest)
    yield Situation(
        "agreed, and its successor under consultation", "the one asked; of the successor", OURS, anew, next_one.digest
    )
    yield Situation("earlier version", "one of those that agreed", OURS, replaced, first.digest)
    yield Situation("agreed, then erased", "one of those that agreed", OURS, erased, first.digest)


def answer(act: Act, situation: Situation, speaker: Actor) -> Reason | None:
    """The answer of the rules to one person in one situation."""
    here = Actor(institution=situation.institution, role=speaker.role, delegated=speaker.delegated)
    others = {OURS, THEIRS} - {situation.institution}
    return may(act, here, situation.place, on_behalf_of=min(others))


@dataclass
class Notes:
    """The reasons of a table, numbered as they come."""

    found: dict[str, int]

    def cell(self, reason: Reason | None) -> str:
        if reason is None:
            return "yes"
        return str(self.found.setdefault(str(reason), len(self.found) + 1))

    def written(self) -> Iterator[str]:
        yield from (f"{number}. {reason}" for reason, number in self.found.items())


def table(names: Iterable[str], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    head = tuple(names)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def page() -> str:
    """The whole page."""
    notes = Notes({})
    head = PEOPLE["head"]
    by_standing = [
        (one.stands, one.whose, *(notes.cell(answer(act, one, head)) for act in Act)) for one in situations()
    ]
    open_to_all = next(one for one in situations() if one.whose == "one that must agree")
    nothing = next(situations())
    by_person = [
        (name, *(notes.cell(answer(act, nothing if act is Act.DRAFT else open_to_all, speaker)) for act in ASKED))
        for name, speaker in PEOPLE.items()
    ]
    own_half = [
        (name, *(notes.cell(_of_a_kind(speaker, kind)) for kind in (JOINT, *sorted(OWN_HALF))))
        for name, speaker in PEOPLE.items()
    ]
    drafts = [
        (state, name, *(notes.cell(may_with_draft(act, speaker, draft)) for act in DraftAct))
        for state, draft in DRAFTS.items()
        for name, speaker in PEOPLE.items()
    ]
    lines = [
        *INTRODUCTION,
        *table(("how it stands", "asked by", *Act), by_standing),
        *BY_PERSON,
        *table(("person", *ASKED), by_person),
        *SPEAKING,
        *table(("person", JOINT, *sorted(OWN_HALF)), own_half),
        *ON_DRAFTS,
        *table(("the draft", "person", *DraftAct), drafts),
        *REASONS,
        *notes.written(),
    ]
    return "\n".join(lines) + "\n"


def _of_a_kind(speaker: Actor, kind: str) -> Reason | None:
    proposed = next(one for one in situations() if one.whose == "one that must agree")
    place = RecordContext(kind=kind, history=History.of(proposed.statements), version=proposed.version)
    here = Actor(institution=THEIRS, role=speaker.role, delegated=speaker.delegated)
    return may(Act.ACCEPT, here, place)


ASKED: Final = (Act.DRAFT, Act.ACCEPT, Act.DECLINE, Act.COUNTER)
DRAFTS: Final[Mapping[str, Drafting]] = {
    "in hand": Drafting(kind=JOINT, own=True),
    "a paper, begun by somebody else": Drafting(kind=min(OWN_PAPERS), own=False),
    "a paper, begun by whoever asks": Drafting(kind=min(OWN_PAPERS), own=True),
    "our questions, begun by somebody else": Drafting(kind=min(TYPED_TOGETHER), own=False),
    "a partner’s questions, recorded by us": Drafting(kind=min(TYPED_TOGETHER), own=False, own_account=False),
    "submitted for approval": Drafting(kind=JOINT, own=True, waiting=True),
    "sent": Drafting(kind=JOINT, own=True, sent=True),
    "a partner’s, shown to us": Drafting(kind=JOINT, own=False, ours=False, shown=True),
    "a partner’s": Drafting(kind=JOINT, own=False, ours=False),
}
INTRODUCTION: Final = (
    "# States",
    "",
    "The status of a record, who may do what on it, and why not. This page is written from the rules",
    "(`koryu/consent/rules/permissions.py`), and a check holds it to them; `python -m scripts.states` writes it again.",
    "",
    "The status of a record is not stored: it is computed from the statements about it. A number stands for the reason",
    "why not, in the list at the end: it is the sentence that the page shows and with which the verb refuses.",
    "",
    "## By how it stands",
    "",
    "Of an exchange of two institutions, asked by their heads. Others are asked first what the next tables say.",
    "",
)
BY_PERSON: Final = (
    "",
    "## By person",
    "",
    "Of an exchange under consultation, at an institution that must agree. Withdrawing, letters and remarks are as",
    "accepting.",
    "",
)
SPEAKING: Final = (
    "",
    "## Speaking for the institution, by kind",
    "",
    "Officers speak for their institution’s own half, and where the head has given that right.",
    "",
)
ON_DRAFTS: Final = (
    "",
    "## Drafts",
    "",
    "A draft is not binding. The table is for an exchange, where no other kind is named.",
    "",
)
REASONS: Final = ("", "## Reasons", "")


def main() -> int:
    """Write the page, or with --check say whether it is stale."""
    written = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == written:
        return 0
    print(f"{PAGE.name} is stale. Write it anew with: python -m scripts.states", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
