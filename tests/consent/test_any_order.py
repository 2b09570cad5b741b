"""Institutions say anything in any order, here and from elsewhere; what must never happen does not."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from koryu.archive import models as archive
from koryu.consent import actions
from koryu.consent.actions.saying import new_version, seal_and_hear
from koryu.consent.rules.proof import verify
from koryu.consent.rules.statement import Departure, Statement, statement_of
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.ledger.actions import turn
from koryu.publishing.export import bundle
from koryu.records.document import Document
from koryu.seals.digests import digest
from koryu.seals.proofs import sealed_by
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
    exchange,
    give_voice,
    programme,
    put_on_record,
)

EVERYONE = (NDL, NLC, NLK, NAL)
NO = Text.of(en="not this way")
RECORDS = st.sampled_from([EXCHANGE, PROGRAMME])
NUMBERS = st.integers(min_value=0, max_value=30)
SUBSETS = st.sets(st.integers(min_value=0, max_value=3), min_size=1)


class Consultation(RuleBasedStateMachine):
    """One exchange and the programme it is held under, between one to four institutions, some without a key."""

    def __init__(self) -> None:
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.titles = 0

    @initialize(size=st.integers(min_value=1, max_value=4), letters_only=st.sets(st.integers(1, 3), max_size=2))
    def begin(self, size: int, letters_only: set[int]) -> None:
        self.members = EVERYONE[:size]
        self.voices = tuple(one for place, one in enumerate(self.members) if place not in letters_only)
        give_voice(*self.voices, COMPILER)
        put_on_record(*EVERYONE, COMPILER)

    # What institutions do

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, replaces=NUMBERS, left=st.sets(st.integers(0, 3), max_size=1))
    def propose(self, record: str, who: int, owners: set[int], replaces: int, left: set[int]) -> None:
        document, departures = self.document(record, owners, left), self.departures(record, left)
        self.may_be_refused(
            actions.propose,
            record=record,
            document=document,
            replaces=self.some_parent(record, replaces),
            departures=departures,
            **self.voice(who),
        )

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, replaces=NUMBERS, left=st.sets(st.integers(0, 3), max_size=1))
    def propose_from_elsewhere(self, record: str, who: int, owners: set[int], replaces: int, left: set[int]) -> None:
        """From a server that does not know what is open here."""
        self.may_be_refused(
            self.hear_proposal,
            record=record,
            document=self.document(record, owners, left),
            parent=self.some_parent(record, replaces),
            departures=self.departures(record, left),
            **self.voice(who),
        )

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, which=NUMBERS)
    def accept(self, record: str, who: int, which: int) -> None:
        self.on_some_version(actions.accept, record, which, **self.voice(who))

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, which=NUMBERS)
    def everyone_accepts(self, record: str, which: int) -> None:
        """The quick way to something that stands, so that what comes after it is tried too."""
        for who in range(len(self.voices)):
            self.on_some_version(actions.accept, record, which, **self.voice(who))
        for silent in set(self.members) - set(self.voices):
            self.on_some_version(
                actions.accept_by_letter, record, which, on_behalf_of=silent, letter=digest(b"l"), **self.voice(0)
            )

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, whose=NUMBERS, which=NUMBERS)
    def accept_by_letter(self, record: str, who: int, whose: int, which: int) -> None:
        silent = EVERYONE[whose % len(EVERYONE)]
        self.on_some_version(
            actions.accept_by_letter, record, which, on_behalf_of=silent, letter=digest(b"l"), **self.voice(who)
        )

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, which=NUMBERS)
    def decline(self, record: str, who: int, which: int) -> None:
        self.on_some_version(actions.decline, record, which, reason=NO, **self.voice(who))

    @precondition(lambda self: self.versions(EXCHANGE))
    @rule(who=NUMBERS, which=NUMBERS, owners=SUBSETS)
    def counter(self, who: int, which: int, owners: set[int]) -> None:
        document = self.document(EXCHANGE, owners, set())
        self.on_some_version(actions.counter, EXCHANGE, which, reason=NO, document=document, **self.voice(who))

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, which=NUMBERS)
    def withdraw(self, record: str, who: int, which: int) -> None:
        self.on_some_version(actions.withdraw, record, which, **self.voice(who))

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, which=NUMBERS)
    def conclude(self, record: str, which: int) -> None:
        version = self.some_version(record, which)
        if version and any(entry.said == "proposed" for entry in self.about(record) if entry.version == version):
            self.may_be_refused(actions.conclude, record=record, version=version, at=AT)

    @rule(record=RECORDS, owners=SUBSETS)
    def record(self, record: str, owners: set[int]) -> None:
        document = self.document(record, owners, set())
        self.may_be_refused(actions.record, institution=COMPILER, record=record, document=document, by="head", at=AT)

    @precondition(lambda self: self.versions(EXCHANGE))
    @rule(who=NUMBERS, which=NUMBERS, differs=st.booleans())
    def remark(self, who: int, which: int, differs: bool) -> None:
        verb, note = (actions.account_differs, Text.of(en="ours says June")) if differs else (actions.check, None)
        self.on_some_version(verb, EXCHANGE, which, note=note, **self.voice(who))

    @precondition(lambda self: len(self.versions(EXCHANGE)) > 2)
    @rule(who=NUMBERS, rarely=st.integers(0, 5))
    def erase(self, who: int, rarely: int) -> None:
        if rarely == 0:
            self.may_be_refused(actions.erase, record=EXCHANGE, **self.voice(who))

    # What must always hold

    @invariant()
    def no_version_has_two_concluded_successors(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            replaced = [self.headers(record)[one.version].parent for one in self.concluded(record)]
            assert len(replaced) == len(set(replaced))

    @invariant()
    def a_conclusion_holds_a_proof_of_this_version_for_each_who_must_agree(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            for one in self.concluded(record):
                agreements = [dict(sealed) for sealed in one.sealed["agreements"]]
                assert {agreement["version"] for agreement in agreements} == {one.version}
                agreed = {agreement.get("on_behalf_of", agreement["institution"]) for agreement in agreements}
                assert self.must_agree(record, one.version) <= agreed
                for agreement in agreements:
                    assert sealed_by(agreement).did == institutions.key_of(agreement["institution"])

    @invariant()
    def nobody_is_written_out_or_in_alone(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            for one in self.concluded(record):
                header = self.headers(record)[one.version]
                before = self.headers(record).get(header.parent or "")
                changed = set(header.owners) ^ set(before.owners if before else header.owners)
                agreed = {statement_of(sealed).agreed_by for sealed in one.sealed["agreements"]}
                assert changed <= agreed | {departure.institution for departure in header.departures}

    @invariant()
    def what_is_recorded_never_stands_once_a_version_is_agreed(self) -> None:
        for record in archive.Record.objects.filter(uri__in=(EXCHANGE, PROGRAMME)).select_related("stands"):
            assert record.stands is not None
            concluded = self.concluded(record.uri)
            assert record.stands.digest == (concluded or self.said("recorded", record.uri))[-1].version
            assert (record.stands.basis == "recorded") == (not concluded)

    @invariant()
    def everything_that_stood_verifies_even_when_it_was_erased(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            if self.concluded(record) or self.said("recorded", record):
                verify(bundle(record, asking=self.members[0]), keys=institutions.keys())

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)
        institutions.key_file().unlink(missing_ok=True)

    # How it is said and seen here, by the ledger alone

    def voice(self, who: int) -> dict[str, str]:
        return {"institution": self.voices[who % len(self.voices)], "by": "head", "at": AT}

    def document(self, record: str, owners: set[int], left: set[int]) -> Document:
        self.titles += 1
        source = {"sources": [{"id": "page", "work": WORK}]}
        gone = tuple(self.members[place] for place in left if 0 < place < len(self.members))
        named = tuple(EVERYONE[place] for place in sorted(owners) if place < len(self.members)) or (self.members[0],)
        if record == PROGRAMME:
            stay = tuple(one for one in named if one not in gone) or (self.members[0],)
            made = programme(*stay, left=gone, title=f"Programme {self.titles}")
        else:
            held = [{"id": "p", "programme": PROGRAMME}] if self.said("proposed", PROGRAMME) else []
            made = exchange(*named, title=f"Exchange {self.titles}", programmes=held)
        return type(made).model_validate({**made.content(), **source})

    def departures(self, record: str, left: set[int]) -> tuple[Departure, ...]:
        concluded = self.concluded(PROGRAMME)
        if record == PROGRAMME or not left or not concluded:
            return ()
        leaver = EVERYONE[min(left)]
        return tuple(Departure(institution=leaver, programme=PROGRAMME, version=one.version) for one in concluded[-1:])

    def hear_proposal(
        self, *, record: str, document: Document, parent: str | None, departures: Any, **voice: str
    ) -> None:
        with turn():
            header = new_version(record=record, document=document, parent=parent, departures=departures)
            seal_and_hear(Statement(said="proposed", record=record, version=header.digest, header=header, **voice))

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

    def about(self, record: str) -> tuple[ledger.Entry, ...]:
        return ledger.entries_about(record)

    def said(self, said: str, record: str) -> list[ledger.Entry]:
        return [entry for entry in self.about(record) if entry.said == said]

    def concluded(self, record: str) -> list[ledger.Entry]:
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
        stands = archive.Record.objects.filter(uri=record).values_list("stands__digest", flat=True).first()
        others = [None, *self.versions(record)]
        return stands if which < 20 else others[which % len(others)]

    def must_agree(self, record: str, version: str) -> set[str]:
        """Rule 1 once more, from the headers alone."""
        header = self.headers(record)[version]
        before = self.headers(record).get(header.parent or "")
        left = {departure.institution for departure in header.departures}
        return set(header.owners) | (set(before.owners if before else ()) - left)


@pytest.mark.django_db
def test_nothing_that_must_never_happen_happens_in_any_order() -> None:
    run_state_machine_as_test(
        Consultation,
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None, phases=(Phase.explicit, Phase.generate)
        ),
    )
