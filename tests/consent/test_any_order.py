"""Institutions say anything in any order, here and from elsewhere; what must never happen does not."""

from itertools import dropwhile, takewhile
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
from koryu.consent import actions, queries
from koryu.consent.actions.saying import new_version, seal_and_hear
from koryu.consent.rules.proof import verify
from koryu.consent.rules.readers import EVERYBODY, may_read
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
from tests.archive.test_rebuild import everything
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


class Consultation(RuleBasedStateMachine):
    """One exchange and the programme it is held under, between one to four institutions, some without a key at first.

    Two compilers record beside them, and a stranger with a key, that owns nothing here, tries everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.titles = 0
        self.looked_at: dict[str, int] = {}

    @initialize(
        size=st.integers(min_value=1, max_value=4),
        letters_only=st.sets(st.integers(1, 3), max_size=2),
        rebuilt=st.integers(0, 7),
    )
    def begin(self, size: int, letters_only: set[int], rebuilt: int) -> None:
        self.is_rebuilt = rebuilt == 0
        self.members = EVERYONE[:size]
        self.voices = tuple(one for place, one in enumerate(self.members) if place not in letters_only)
        give_voice(*self.voices, COMPILER, RIVAL, STRANGER)
        put_on_record(*EVERYONE, COMPILER, RIVAL, STRANGER)

    # What institutions do

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, replaces=NUMBERS, left=LEFT, private=SOMETIMES)
    def propose(self, record: str, who: int, owners: set[int], replaces: int, left: set[int], private: int) -> None:
        document, departures = self.document(record, owners, left, private), self.departures(record, left)
        self.may_be_refused(
            actions.propose,
            record=record,
            document=document,
            replaces=self.some_parent(record, replaces),
            departures=departures,
            **self.voice(who),
        )

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, replaces=NUMBERS, left=LEFT, private=SOMETIMES)
    def propose_from_elsewhere(
        self, record: str, who: int, owners: set[int], replaces: int, left: set[int], private: int
    ) -> None:
        """From a server that does not know what is open here."""
        self.may_be_refused(
            self.hear_proposal,
            record=record,
            document=self.document(record, owners, left, private),
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

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, private=SOMETIMES)
    def record(self, record: str, who: int, owners: set[int], private: int) -> None:
        recorders = (COMPILER, RIVAL, *self.voices)
        document = self.document(record, owners, set(), private)
        said = {"institution": recorders[who % len(recorders)], "by": "head", "at": AT}
        self.may_be_refused(actions.record, record=record, document=document, **said)

    @precondition(lambda self: set(self.members) - set(self.voices))
    @rule(rarely=SOMETIMES)
    def a_key_arrives(self, rarely: int) -> None:
        if rarely == 0:
            late = next(one for one in self.members if one not in self.voices)
            give_voice(late)
            self.voices = (*self.voices, late)

    @precondition(lambda self: self.versions(EXCHANGE))
    @rule(who=NUMBERS, which=NUMBERS, differs=st.booleans())
    def remark(self, who: int, which: int, differs: bool) -> None:
        verb, note = (actions.account_differs, Text.of(en="ours says June")) if differs else (actions.check, None)
        self.on_some_version(verb, EXCHANGE, which, note=note, **self.voice(who))

    @precondition(lambda self: len(self.versions(EXCHANGE)) > 2)
    @rule(who=NUMBERS, rarely=st.integers(0, 5), request=st.booleans())
    def erase(self, who: int, rarely: int, request: bool) -> None:
        if rarely == 0:
            speakers = (COMPILER, RIVAL, *self.voices)
            said = {"institution": speakers[who % len(speakers)], "by": "head", "at": AT}
            self.may_be_refused(actions.erase, record=EXCHANGE, at_request_of_named=request, **said)

    @precondition(lambda self: self.concluded(EXCHANGE))
    @rule(who=NUMBERS, owners=SUBSETS, which=NUMBERS)
    def propose_to_erase(self, who: int, owners: set[int], which: int) -> None:
        stood = self.concluded(EXCHANGE)
        header = self.headers(EXCHANGE)[stood[which % len(stood)].version]
        self.may_be_refused(
            actions.propose,
            record=EXCHANGE,
            document=self.document(EXCHANGE, owners, set()),
            replaces=stood[-1].version,
            erases=(header.content,),
            **self.voice(who),
        )

    # What a stranger tries

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, owners=SUBSETS, which=NUMBERS, how=st.sampled_from(["propose", "hear", "record"]))
    def a_stranger_puts_forward(self, record: str, owners: set[int], which: int, how: str) -> None:
        """Itself as one of the owners, or not; its own line beside what was recorded is no harm."""
        if not self.versions(record):
            return
        document = self.document(record, owners, set())
        if which % 2:
            document = self.with_stranger(document)
        said = {"institution": STRANGER, "record": record, "document": document, "by": "head", "at": AT}
        match how:
            case "propose":
                self.is_refused(actions.propose, replaces=self.some_parent(record, which), **said)
            case "hear":
                self.is_refused(self.hear_proposal, parent=self.some_parent(record, which), departures=(), **said)
            case _:
                self.may_be_refused(actions.record, **said)

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, which=NUMBERS, verb=st.sampled_from(["accept", "decline", "withdraw", "letter"]))
    def a_stranger_speaks(self, record: str, which: int, verb: str) -> None:
        version = self.some_version(record, which)
        if version is None:
            return
        said: dict[str, Any] = {"institution": STRANGER, "record": record, "version": version, "by": "head", "at": AT}
        match verb:
            case "decline":
                self.is_refused(actions.decline, reason=NO, **said)
            case "letter":
                whose = EVERYONE[which % len(EVERYONE)]
                self.is_refused(actions.accept_by_letter, on_behalf_of=whose, letter=digest(b"l"), **said)
            case _:
                self.is_refused(getattr(actions, verb), **said)

    @precondition(lambda self: self.versions(EXCHANGE))
    @rule(record=RECORDS, which=NUMBERS, request=st.booleans(), remarks=st.booleans())
    def a_stranger_erases_or_remarks(self, record: str, which: int, request: bool, remarks: bool) -> None:
        said = {"institution": STRANGER, "record": record, "by": "head", "at": AT}
        if remarks:
            self.on_some_version(actions.check, record, which, **{k: v for k, v in said.items() if k != "record"})
        elif self.versions(record) and STRANGER not in self.lines(record):
            self.is_refused(actions.erase, at_request_of_named=request, **said)

    @rule(recorded=st.booleans(), numbered=st.booleans())
    def a_stranger_claims(self, recorded: bool, numbered: bool) -> None:
        """An exchange of its own is not held under the programme of others."""
        if recorded and STRANGER in self.lines(PROGRAMME):
            return
        held = {"id": "p", "programme": PROGRAMME, **({"number": "7"} if numbered else {})}
        document = self.sourced(exchange(STRANGER, programmes=[held]))
        said = {"institution": STRANGER, "record": STRANGE, "document": document, "by": "head", "at": AT}
        self.is_refused(
            *([actions.record] if recorded else [actions.propose]), **said, **({} if recorded else {"replaces": None})
        )

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
                changed = set(header.owners) ^ (self.owners_before(record, header) or set(header.owners))
                agreed = {statement_of(sealed).agreed_by for sealed in one.sealed["agreements"]}
                assert changed <= agreed | {departure.institution for departure in header.departures}

    @invariant()
    def what_is_recorded_never_stands_once_a_version_is_agreed(self) -> None:
        for record in archive.Record.objects.filter(uri__in=(EXCHANGE, PROGRAMME)).select_related("stands"):
            assert record.stands is not None
            concluded = self.concluded(record.uri)
            assert record.stands.digest in ([concluded[-1].version] if concluded else self.lines(record.uri).values())
            assert (record.stands.basis == "recorded") == (not concluded)

    @invariant()
    def no_recorder_replaces_or_erases_the_line_of_another(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            recorder = {one.version: one.institution for one in self.said("recorded", record)}
            headers = self.headers(record)
            for version, who in recorder.items():
                assert recorder.get(headers[version].parent or "", who) == who
            for erased in (statement_of(one.sealed) for one in self.said("erased", record)):
                for version in recorder.keys() & {v for v, one in headers.items() if one.content in erased.contents}:
                    asked = erased.at_request_of_named and erased.institution in headers[version].owners
                    assert asked or recorder[version] == erased.institution

    @invariant()
    def a_stranger_is_among_nobody_and_reads_what_everybody_reads(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            history = queries.history(record)
            contents = queries.contents_of(history.headers)
            for version, header in history.headers.items():
                assert STRANGER not in history.agreements(version)
                shown = contents.get(version, {}).get("shown_to", "public") if version in contents else None
                may = {one: may_read(history, version, asking=one, visibility=shown) for one in (STRANGER, EVERYBODY)}
                own = history.recorder_of(version) == STRANGER or STRANGER in header.owners
                assert own or may[STRANGER] == may[EVERYBODY]

    @invariant()
    def what_was_agreed_to_be_public_stays_so_unless_it_was_erased(self) -> None:
        history = queries.history(EXCHANGE)
        contents = queries.contents_of(history.headers)
        for one in self.concluded(EXCHANGE):
            parent = history.headers[str(one.version)].parent
            if parent in contents and one.version in contents and history.was_agreed(str(parent)):
                was, now = (contents[str(v)].get("shown_to", "public") for v in (parent, one.version))
                assert was != "public" or now == "public"
        agreed = history.agreed
        if agreed in contents and contents[agreed].get("shown_to", "public") == "public":
            assert archive.Record.objects.get(uri=EXCHANGE).public

    @invariant()
    def what_is_exported_verifies_for_each_and_holds_for_everybody_only_what_is_public(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            said = self.about(record)
            if not said or self.looked_at.get(record) == said[-1].number:
                continue
            self.looked_at[record] = said[-1].number
            history = queries.history(record)
            in_force = history.in_force
            owners = history.headers[in_force].owners if in_force else ()
            for asking in (EVERYBODY, *owners):
                try:
                    exported = bundle(record, asking=asking)
                except LookupError:
                    assert asking == EVERYBODY
                    continue
                verify(exported, keys=institutions.keys())
                shown = [one["content"].get("shown_to") for one in exported["versions"] if one.get("content")]
                assert asking != EVERYBODY or set(shown) <= {None, "public"}
                held = {one["version"] for one in exported["versions"] if not one.get("withheld")}
                assert {one["version"] for one in exported["entries"] if one["said"] != "erased"} <= held

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

    def voice(self, who: int) -> dict[str, str]:
        return {"institution": self.voices[who % len(self.voices)], "by": "head", "at": AT}

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

    def is_refused(self, verb: Any, **said: Any) -> None:
        before = ledger.last_number()
        with pytest.raises(Refused):
            verb(**said)
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


@pytest.mark.django_db
def test_nothing_that_must_never_happen_happens_in_any_order() -> None:
    run_state_machine_as_test(
        Consultation,
        settings=settings(
            max_examples=25, stateful_step_count=40, deadline=None, phases=(Phase.explicit, Phase.generate)
        ),
    )
