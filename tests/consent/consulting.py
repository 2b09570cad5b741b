"""Where institutions say anything in any order: who is there, how they say it, and how it is seen by the ledger."""

from itertools import dropwhile, takewhile
from typing import Any

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
)

from koryu.archive import models as archive
from koryu.consent import actions
from koryu.consent.actions.statements import new_version, seal_and_hear
from koryu.consent.rules.statement import Departure, Statement, statement_of
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.ledger.actions import locked
from koryu.records.document import Document
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.archive.test_rebuild import everything
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    WORK,
    exchange,
    give_voice,
    programme,
    put_on_record,
    uri,
)

RIVAL, STRANGER, STRANGE = uri("institution/rival"), uri("institution/stranger"), uri("exchange/strange")
EVERYONE = (NDL, NLC, NLK, NAL)
NO = Text.of(en="not this way")
RECORDS = st.sampled_from([EXCHANGE, PROGRAMME])
NUMBERS = st.integers(min_value=0, max_value=30)
SOMETIMES = st.integers(0, 3)
LEFT = st.sets(st.integers(0, 3), max_size=1)
SUBSETS = st.sets(st.integers(min_value=0, max_value=3), min_size=1)


class Consulting(RuleBasedStateMachine):
    """One exchange and the programme it is held under, between one to four institutions, some without a key at first.

    Two compilers record beside them, and a stranger with a key, that owns nothing here, tries everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.titles = 0
        self.looked_at: dict[str, int] = {}
        self.seen = 0

    @initialize(
        size=st.integers(min_value=1, max_value=4),
        letters_only=st.sets(st.integers(1, 3), max_size=2),
        rebuilt=st.integers(0, 7),
    )
    def begin(self, size: int, letters_only: set[int], rebuilt: int) -> None:
        self.is_rebuilt = rebuilt == 0
        self.members = EVERYONE[:size]
        self.speaking = tuple(one for place, one in enumerate(self.members) if place not in letters_only)
        give_voice(*self.speaking, COMPILER, RIVAL, STRANGER)
        put_on_record(*EVERYONE, COMPILER, RIVAL, STRANGER)

    def teardown(self) -> None:
        try:
            if getattr(self, "is_rebuilt", False):
                before = everything()
                actions.rebuild()
                assert everything() == before
        finally:
            transaction.set_rollback(True)
            self.rolled_back.__exit__(None, None, None)
            institutions.key_file().unlink(missing_ok=True)

    # How it is said and seen here, by the ledger alone

    def speaker(self, who: int) -> dict[str, str]:
        return {"institution": self.speaking[who % len(self.speaking)], "by": "head", "at": AT}

    def document(self, record: str, owners: set[int], left: set[int], private: int = 1) -> Document:
        self.titles += 1
        gone = tuple(self.members[place] for place in left if 0 < place < len(self.members))
        named = tuple(EVERYONE[place] for place in sorted(owners) if place < len(self.members)) or (self.members[0],)
        if record == PROGRAMME:
            stay = tuple(one for one in named if one not in gone) or (self.members[0],)
            made = programme(*stay, left=gone, title=f"Programme {self.titles}")
        else:
            held = [{"id": "p", "programme": PROGRAMME}] if self.said("proposed", PROGRAMME) else []
            shown = {"shown_to": "institutions"} if private == 0 else {}
            made = exchange(*named, title=f"Exchange {self.titles}", programmes=held, **shown)
        return self.sourced(made)

    def sourced(self, document: Document) -> Document:
        source = {"sources": [{"id": "page", "work": WORK}]}
        return type(document).model_validate({**document.content(), **source})

    def with_stranger(self, document: Document) -> Document:
        content = document.content()
        if document.kind == "exchange":
            return type(document).model_validate({**content, "institutions": [*content["institutions"], STRANGER]})
        itself = {"id": "stranger", "institution": STRANGER}
        return type(document).model_validate({**content, "institutions": [*content["institutions"], itself]})

    def departures(self, record: str, left: set[int]) -> tuple[Departure, ...]:
        concluded = self.concluded(PROGRAMME)
        if record == PROGRAMME or not left or not concluded:
            return ()
        leaver = EVERYONE[min(left)]
        return tuple(Departure(institution=leaver, programme=PROGRAMME, version=one.version) for one in concluded[-1:])

    def hear_proposal(
        self, *, record: str, document: Document, parent: str | None, departures: Any, **speaker: str
    ) -> None:
        with locked():
            header = new_version(record=record, document=document, parent=parent, departures=departures)
            seal_and_hear(Statement(said="proposed", record=record, version=header.digest, header=header, **speaker))

    def hear_record(self, *, record: str, document: Document, parent: str | None, **speaker: str) -> None:
        with locked():
            header = new_version(record=record, document=document, parent=parent)
            seal_and_hear(Statement(said="recorded", record=record, version=header.digest, header=header, **speaker))

    def on_some_version(self, verb: Any, record: str, which: int, **said: Any) -> None:
        version = self.some_version(record, which)
        if version:
            self.may_be_refused(verb, record=record, version=version, **said)

    def may_be_refused(self, verb: Any, **said: Any) -> None:
        """A verb is either carried out or refused, and refused it leaves nothing behind."""
        before = ledger.last_number()
        try:
            verb(**said)
        except Refused:
            assert ledger.last_number() == before

    def is_refused(self, verb: Any, **said: Any) -> None:
        before = ledger.last_number()
        with pytest.raises(Refused):
            verb(**said)
        assert ledger.last_number() == before

    def about(self, record: str) -> tuple[ledger.LedgerEntry, ...]:
        return ledger.entries_about(record)

    def said(self, said: str, record: str) -> list[ledger.LedgerEntry]:
        return [entry for entry in self.about(record) if entry.said == said]

    def concluded(self, record: str) -> list[ledger.LedgerEntry]:
        return self.said("concluded", record)

    def headers(self, record: str) -> Any:
        found = (statement_of(entry.sealed) for entry in self.about(record))
        return {said.version: said.header for said in found if said.header}

    def versions(self, record: str) -> list[str]:
        return list(self.headers(record))

    def some_version(self, record: str, which: int) -> str | None:
        versions = self.versions(record)
        return versions[which % len(versions)] if versions else None

    def some_parent(self, record: str, which: int) -> str | None:
        """Mostly what stands; sometimes nothing, or any other version."""
        current = archive.RecordRow.objects.filter(uri=record).values_list("current__digest", flat=True).first()
        others = [None, *self.versions(record)]
        return current if which < 20 else others[which % len(others)]

    def must_agree(self, record: str, version: str) -> set[str]:
        """Rule 1 once more, from the headers alone."""
        header = self.headers(record)[version]
        left = {departure.institution for departure in header.departures}
        return set(header.owners) | (self.owners_before(record, header) - left)

    def owners_before(self, record: str, header: Any) -> set[str]:
        """Those of the agreed version replaced; of a first one, those of the first recorded, as corrected alone."""
        if header.parent in {one.version for one in self.concluded(record)}:
            return set(self.headers(record)[header.parent].owners)
        entries = list(dropwhile(lambda one: one.said != "recorded", self.about(record)))
        first = list(takewhile(lambda one: one.institution == entries[0].institution, entries))
        corrected = [self.headers(record)[one.version].owners for one in first if one.said == "recorded"]
        return set(corrected[-1]) if corrected else set()

    def lines(self, record: str) -> dict[str, str]:
        """The last recorded version of each recorder."""
        return {str(one.institution): str(one.version) for one in self.said("recorded", record)}
