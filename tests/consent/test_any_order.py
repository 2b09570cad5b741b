"""Institutions say anything in any order, here and from elsewhere; what must never happen does not."""

from typing import Any

import pytest
from django.db import connection
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from koryu.archive import models as archive
from koryu.consent import actions, queries
from koryu.consent.rules.readers import EVERYBODY, may_read
from koryu.consent.rules.statement import statement_of
from koryu.consent.rules.verification import verify
from koryu.institutions import queries as institutions
from koryu.ledger import queries as ledger
from koryu.publishing.export import bundle
from koryu.seals.digests import digest
from koryu.seals.proofs import sealed_by
from koryu.values.text import Text
from tests.consent.consulting import (
    EVERYONE,
    LEFT,
    NO,
    NUMBERS,
    RECORDS,
    RIVAL,
    SOMETIMES,
    STRANGE,
    STRANGER,
    SUBSETS,
    Consulting,
)
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    PROGRAMME,
    exchange,
    give_voice,
)


class Consultation(Consulting):
    """What they say, and what must always hold."""

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
            **self.speaker(who),
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
            **self.speaker(who),
        )

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, which=NUMBERS)
    def accept(self, record: str, who: int, which: int) -> None:
        self.on_some_version(actions.accept, record, which, **self.speaker(who))

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, which=NUMBERS)
    def everyone_accepts(self, record: str, which: int) -> None:
        """The quick way to something that stands, so that what comes after it is tried too."""
        for who in range(len(self.speaking)):
            self.on_some_version(actions.accept, record, which, **self.speaker(who))
        for silent in set(self.members) - set(self.speaking):
            self.on_some_version(
                actions.accept_by_letter, record, which, on_behalf_of=silent, letter=digest(b"l"), **self.speaker(0)
            )

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, whose=NUMBERS, which=NUMBERS)
    def accept_by_letter(self, record: str, who: int, whose: int, which: int) -> None:
        silent = EVERYONE[whose % len(EVERYONE)]
        self.on_some_version(
            actions.accept_by_letter, record, which, on_behalf_of=silent, letter=digest(b"l"), **self.speaker(who)
        )

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, which=NUMBERS)
    def decline(self, record: str, who: int, which: int) -> None:
        self.on_some_version(actions.decline, record, which, reason=NO, **self.speaker(who))

    @precondition(lambda self: self.versions(EXCHANGE))
    @rule(who=NUMBERS, which=NUMBERS, owners=SUBSETS)
    def counter(self, who: int, which: int, owners: set[int]) -> None:
        document = self.document(EXCHANGE, owners, set())
        self.on_some_version(actions.counter, EXCHANGE, which, reason=NO, document=document, **self.speaker(who))

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, who=NUMBERS, which=NUMBERS)
    def withdraw(self, record: str, who: int, which: int) -> None:
        self.on_some_version(actions.withdraw, record, which, **self.speaker(who))

    @precondition(lambda self: self.versions(EXCHANGE) or self.versions(PROGRAMME))
    @rule(record=RECORDS, which=NUMBERS)
    def conclude(self, record: str, which: int) -> None:
        version = self.some_version(record, which)
        if version and any(entry.said == "proposed" for entry in self.about(record) if entry.version == version):
            self.may_be_refused(actions.conclude, record=record, version=version, at=AT)

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, private=SOMETIMES)
    def record(self, record: str, who: int, owners: set[int], private: int) -> None:
        recorders = (COMPILER, RIVAL, *self.speaking)
        document = self.document(record, owners, set(), private)
        said = {"institution": recorders[who % len(recorders)], "by": "head", "at": AT}
        self.may_be_refused(actions.record, record=record, document=document, **said)

    @rule(record=RECORDS, who=NUMBERS, owners=SUBSETS, replaces=NUMBERS)
    def record_from_elsewhere(self, record: str, who: int, owners: set[int], replaces: int) -> None:
        """In the place of any version, be it another's."""
        recorders = (COMPILER, RIVAL, STRANGER, *self.speaking)
        if not self.versions(record):
            return
        said = {"institution": recorders[who % len(recorders)], "by": "head", "at": AT}
        document = self.document(record, owners, set())
        parent = self.some_parent(record, replaces)
        self.may_be_refused(self.hear_record, record=record, document=document, parent=parent, **said)

    @precondition(lambda self: bool(set(self.members) - set(self.speaking)))
    @rule(rarely=SOMETIMES)
    def a_key_arrives(self, rarely: int) -> None:
        if rarely == 0:
            late = next(one for one in self.members if one not in self.speaking)
            give_voice(late)
            self.speaking = (*self.speaking, late)

    @precondition(lambda self: self.versions(EXCHANGE))
    @rule(who=NUMBERS, which=NUMBERS, differs=st.booleans())
    def remark(self, who: int, which: int, differs: bool) -> None:
        verb, note = (actions.account_differs, Text.of(en="ours says June")) if differs else (actions.check, None)
        self.on_some_version(verb, EXCHANGE, which, note=note, **self.speaker(who))

    @precondition(lambda self: len(self.versions(EXCHANGE)) > 2)
    @rule(who=NUMBERS, rarely=st.integers(0, 5), request=st.booleans())
    def erase(self, who: int, rarely: int, request: bool) -> None:
        if rarely == 0:
            speakers = (COMPILER, RIVAL, *self.speaking)
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
            **self.speaker(who),
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
        held = {"id": "p", "programme": PROGRAMME, **({"number": "7"} if numbered else {})}
        document = self.sourced(exchange(STRANGER, programmes=[held]))
        said = {"institution": STRANGER, "record": STRANGE, "document": document, "by": "head", "at": AT}
        if recorded:
            self.is_refused(actions.record, **said)
        else:
            self.is_refused(actions.propose, replaces=None, **said)

    # What must always hold

    @invariant()
    def what_must_always_hold(self) -> None:
        """Asked whenever something new was said."""
        if self.seen == ledger.last_number():
            return
        self.seen = ledger.last_number()
        self.no_version_has_two_concluded_successors()
        self.a_conclusion_holds_a_proof_of_this_version_for_each_who_must_agree()
        self.nobody_is_written_out_or_in_alone()
        self.what_is_recorded_never_stands_once_a_version_is_agreed()
        self.no_recorder_replaces_or_erases_the_line_of_another()
        self.a_stranger_is_among_nobody_and_reads_what_everybody_reads()
        self.what_was_agreed_to_be_public_stays_so_unless_it_was_erased()
        self.what_is_exported_verifies_for_each_and_holds_for_everybody_only_what_is_public()

    def no_version_has_two_concluded_successors(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            replaced = [self.headers(record)[one.version].parent for one in self.concluded(record)]
            assert len(replaced) == len(set(replaced))

    def a_conclusion_holds_a_proof_of_this_version_for_each_who_must_agree(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            for one in self.concluded(record):
                agreements = [dict(sealed) for sealed in one.sealed["agreements"]]
                assert {agreement["version"] for agreement in agreements} == {one.version}
                agreed = {agreement.get("on_behalf_of", agreement["institution"]) for agreement in agreements}
                assert self.must_agree(record, one.version) <= agreed
                for agreement in agreements:
                    assert sealed_by(agreement).did == institutions.key_of(agreement["institution"])

    def nobody_is_written_out_or_in_alone(self) -> None:
        for record in (EXCHANGE, PROGRAMME):
            for one in self.concluded(record):
                header = self.headers(record)[one.version]
                changed = set(header.owners) ^ (self.owners_before(record, header) or set(header.owners))
                agreed = {statement_of(sealed).agreed_by for sealed in one.sealed["agreements"]}
                assert changed <= agreed | {departure.institution for departure in header.departures}

    def what_is_recorded_never_stands_once_a_version_is_agreed(self) -> None:
        for record in archive.RecordRow.objects.filter(uri__in=(EXCHANGE, PROGRAMME)).select_related("current"):
            assert record.current is not None
            concluded = self.concluded(record.uri)
            assert record.current.digest in ([concluded[-1].version] if concluded else self.lines(record.uri).values())
            assert (record.current.basis == "recorded") == (not concluded)

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
            assert archive.RecordRow.objects.get(uri=EXCHANGE).public

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


@pytest.mark.django_db
def test_nothing_that_must_never_happen_happens_in_any_order() -> None:
    # What differs on PostgreSQL is how rows are locked and kept, not what the rules say.
    orders = 25 if connection.vendor == "sqlite" else 5
    phases = (Phase.explicit, Phase.generate)
    run_state_machine_as_test(
        Consultation, settings=settings(max_examples=orders, stateful_step_count=40, deadline=None, phases=phases)
    )
