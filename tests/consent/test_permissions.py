"""The permission table, whole: what the rules answer to a person is what happens when that person tries."""

from collections.abc import Callable
from itertools import product
from typing import Any, NamedTuple

import pytest
from django.db import transaction

from koryu.consent import actions, queries
from koryu.consent.rules.permissions import Act, Actor, DraftAct, Drafting, RecordContext, may, may_with_draft
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.institutions.rules import Role
from koryu.seals.digests import digest
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    WORK,
    House,
    exchange,
    give_voice,
    put_on_record,
    uri,
)

pytestmark = pytest.mark.django_db
TEXT = Text.of(en="another week would suit us better")
PEOPLE = (*Role, "officer with the right", "nobody")
ASKED = (NDL, NLC, NAL, COMPILER)


class Here(NamedTuple):
    """A situation: the version meant, and for whom a letter would be recorded."""

    version: str
    writer: str = NLC


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NAL, COMPILER)
    put_on_record(NDL, NLC, NAL, NLK)
    for person, institution in product(PEOPLE, ASKED):
        role = "officer" if person == "officer with the right" else person
        if role != "nobody":
            people.appoint(username=person, name="", institution=institution, role=role)


def proposed(*, partner: str = NLC, **more: Any) -> str:
    return House(NDL).propose(exchange(NDL, partner, sources=[{"id": "s", "work": WORK}]), **more)


def nothing() -> Here:
    return Here(digest(b"never put forward"))


def under_consultation() -> Here:
    return Here(proposed())


def waiting_for_a_letter() -> Here:
    return Here(proposed(partner=NLK), writer=NLK)


def not_taken_up() -> Here:
    version = proposed()
    actions.decline(institution=NLC, record=EXCHANGE, version=version, reason=TEXT, by="head", at=AT)
    return Here(version)


def withdrawn() -> Here:
    version = proposed()
    actions.withdraw(institution=NDL, record=EXCHANGE, version=version, by="head", at=AT)
    return Here(version)


def agreed() -> Here:
    version = proposed()
    House(NLC).accept(version)
    return Here(version)


def agreed_by_letter() -> Here:
    version = proposed(partner=NLK)
    said = {"institution": NDL, "on_behalf_of": NLK, "letter": digest(b"letter")}
    actions.accept_by_letter(record=EXCHANGE, version=version, by="head", at=AT, **said)
    return Here(version, writer=NLK)


def recorded() -> Here:
    document = exchange(NDL, NLC, sources=[{"id": "s", "work": WORK}])
    return Here(actions.record(institution=COMPILER, record=EXCHANGE, document=document, by="head", at=AT))


def successor_under_consultation() -> Here:
    return Here(House(NLC).propose(exchange(NDL, NLC, title="Next"), replaces=agreed().version))


def earlier_version() -> Here:
    first = agreed().version
    House(NLC).accept(House(NDL).propose(exchange(NDL, NLC, title="Next"), replaces=first))
    return Here(first)


def erased() -> Here:
    here = agreed()
    actions.erase(institution=NDL, record=EXCHANGE, by="head", at=AT, at_request_of_named=True)
    return here


SITUATIONS = (
    *(nothing, under_consultation, waiting_for_a_letter, not_taken_up, withdrawn, agreed),
    *(agreed_by_letter, recorded, successor_under_consultation, earlier_version, erased),
)


def tried(act: Act, *, by: str, institution: str, here: Here) -> str:
    """What happens when somebody tries: '' or the reason with which it is refused. Nothing is left of it."""
    said: dict[str, Any] = {"institution": institution, "record": EXCHANGE, "by": by, "at": AT}
    on_this = {**said, "version": here.version}
    content = exchange(NDL, NLC).content()
    letter = {"on_behalf_of": here.writer, "letter": digest(b"letter")}
    tries: dict[Act, Callable[[], object]] = {
        Act.DRAFT: lambda: actions.draft(content=content, replaces=None, **said),
        Act.ACCEPT: lambda: actions.accept(**on_this),
        Act.LETTER: lambda: actions.accept_by_letter(**letter, **on_this),
        Act.DECLINE: lambda: actions.decline(reason=TEXT, **on_this),
        Act.COUNTER: lambda: actions.draft(content=content, replaces=None, answers=here.version, reason=TEXT, **said),
        Act.WITHDRAW: lambda: actions.withdraw(**on_this),
        Act.CHECK: lambda: actions.check(**on_this),
        Act.DIFFER: lambda: actions.account_differs(note=TEXT, **on_this),
        Act.ERASE: lambda: actions.erase(at_request_of_named=True, **said),
    }
    return outcome(tries[act])


def outcome(call: Callable[[], object]) -> str:
    """'' or the reason with which a call is refused; whatever it did is taken back."""
    try:
        with transaction.atomic():
            call()
            transaction.set_rollback(True)
    except Refused as refused:
        return str(refused.reason)
    return ""


def speaker(person: str, institution: str) -> Actor:
    delegated = institutions.delegated(institution)
    return Actor(
        institution=institution, role=institutions.role_of(person=person, institution=institution), delegated=delegated
    )


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.__name__)
def test_what_the_rules_answer_is_what_happens(situation: Callable[[], Here]) -> None:
    here = situation()
    keyed = frozenset(institutions.keys())
    place = RecordContext(kind="exchange", history=queries.history(EXCHANGE), version=here.version, keyed=keyed)
    differing = {}
    for person, institution in product(PEOPLE, ASKED):
        if person == "officer with the right":
            people.delegate(institution=institution, kind="exchange")
        for act in Act:
            answer = str(may(act, speaker(person, institution), place, on_behalf_of=here.writer) or "")
            happened = tried(act, by=person, institution=institution, here=here)
            # Of what nobody put forward, the verb says just that, whoever asks.
            if answer != happened and not (answer and happened):
                differing[person, institution, act] = (answer, happened)
        people.undelegate(institution=institution, kind="exchange")
    assert differing == {}


def drafted(kind: str, by: str) -> int:
    contents = {
        "exchange": exchange(NDL, NLC).content(),
        "paper": {
            "kind": "paper",
            "type": "keynote",
            "title": {"en": "Paper"},
            "exchange": EXCHANGE,
            "institution": NDL,
        },
    }
    said: dict[str, Any] = {"institution": NDL, "record": uri(f"{kind}/draft"), "by": by, "at": AT}
    return actions.draft(content=contents[kind], replaces=None, **said)


def laid(draft: int, by: str = "head") -> str:
    found = queries.draft(draft)
    assert found
    return found.digest


def on_draft(draft: int, *, person: str, institution: str, shown: str) -> dict[DraftAct, Callable[[], object]]:
    """What this person would do with the draft."""
    found = queries.draft(draft)
    assert found
    changed = {**found.content, "notes": {"en": "!"}}
    translated = {**found.content, "title": {**found.content["title"], "ja": "題", "source": "en"}}
    said: dict[str, Any] = {"draft": draft, "by": person, "at": AT}
    return {
        DraftAct.CHANGE: lambda: actions.save(content=changed, seen=1, **said),
        DraftAct.TRANSLATE: lambda: actions.save(content=translated, seen=1, **said),
        DraftAct.SHARE: lambda: actions.share(**said),
        DraftAct.COMMENT: lambda: actions.comment(institution=institution, text="!", **said),
        DraftAct.SUBMIT: lambda: actions.submit(shown=shown, **said),
        DraftAct.APPROVE: lambda: actions.approve(shown=shown, **said),
        DraftAct.DISCARD: lambda: actions.discard(draft=draft, by=person, at=AT),
    }


@pytest.mark.parametrize("kind", ["exchange", "paper"])
@pytest.mark.parametrize("state", ["in hand", "waiting", "sent", "shown"])
def test_what_the_rules_answer_on_a_draft_is_what_happens(kind: str, state: str) -> None:
    House(NLC).accept(proposed())
    draft = drafted(kind, "contributor" if kind == "paper" else "officer")
    shown = laid(draft)
    if state == "waiting":
        actions.submit(draft=draft, shown=shown, by="head", at=AT)
    if state == "sent":
        actions.send(draft=draft, shown=shown, by="head", at=AT)
    if state == "shown":
        actions.share(draft=draft, by="head", at=AT)
    differing = {}
    for person, institution, act in product(PEOPLE, (NDL, NLC), DraftAct):
        where = Drafting(
            kind=kind,
            own=person == ("contributor" if kind == "paper" else "officer"),
            ours=institution == NDL,
            shown=state == "shown",
            waiting=state == "waiting",
            sent=state == "sent",
        )
        answer = may_with_draft(act, speaker(person, institution), where)
        if institution == NLC and act is not DraftAct.COMMENT:
            continue  # the verbs speak for the draft's own institution, where people of others have no role
        tries = on_draft(draft, person=person, institution=institution, shown=shown)
        # Whoever may change a draft may also put it into other languages.
        allowed = answer is None or (
            act is DraftAct.TRANSLATE and may_with_draft(DraftAct.CHANGE, speaker(person, institution), where) is None
        )
        happened = outcome(tries[act])
        if allowed != (happened == ""):
            differing[person, institution, act] = (str(answer), happened)
    assert differing == {}
