"""How a record stands: its version in force, what is open, who has agreed and who has not answered yet. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from koryu.consent.rules.history import History
from koryu.consent.rules.permissions import Act, Actor, RecordContext, may
from koryu.consent.rules.statement import Statement
from koryu.desk.visible_record import VisibleRecord
from koryu.institutions import rules as roles
from koryu.values.reason import N_, Reason

ASKED: Final = N_("Sent by %(who)s on %(when)s. Your institution needs to reply.")
SENT: Final = N_("Sent on %(when)s. %(who)s is to reply.")
SENT_TO_SEVERAL: Final = N_("Sent on %(when)s. To reply: %(who)s.")
NOT_TAKEN_UP: Final = N_("Not accepted by %(who)s on %(when)s. You can send a counter-proposal or do nothing.")
WITHDRAWN: Final = N_("Withdrawn by %(who)s on %(when)s.")
OTHERWISE: Final = N_("Send a counter-proposal")
ANEW: Final = N_("Start a new draft from this text")
NOTHING_OPEN: Final = N_("There is no open proposal on it.")
ERASED: Final = N_("Erased at the request of %(who)s on %(when)s. The content is gone; its digests are kept.")


class AgreementMark(StrEnum):
    """The mark of an institution's word: filled, ring, dashed, struck. Its words stand beside it."""

    AGREED = "filled"
    AWAITED = "ring"
    BY_LETTER = "dashed"
    NOT_TAKEN_UP = "struck"


@dataclass(frozen=True, kw_only=True)
class Word:
    """What an institution has answered to a version, or that it has not yet; `said` is the statement that says so."""

    institution: str
    mark: AgreementMark
    at: str
    said: Statement | None = None


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence with its values, as a page sets it: see DeskWriter.sentence. Where it `is_ours`, we act next."""

    says: str
    who: tuple[str, ...] = ()
    when: str = ""
    by: str = ""
    remark: str = ""
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True)
class VersionStanding:
    """How a version stands or stood."""

    version: str
    number: int
    basis: str
    said_by: str
    by_letter: tuple[str, ...]
    at: str


class Became(StrEnum):
    """What became of a version, in words."""

    STANDS = N_("current version")
    STOOD = N_("earlier version")
    OPEN = N_("under consultation")
    NOT_TAKEN_UP = N_("not accepted")
    WITHDRAWN = N_("withdrawn")
    OVERTAKEN = N_("replaced by another")


@dataclass(frozen=True, kw_only=True)
class Named:
    """A version as pages name it: its number, what became of it, who put it forward and when."""

    version: str
    number: int
    became: Became
    by: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Offered:
    """Something that could be done here: the act, on which version, and the reason where it may not be."""

    act: Act
    version: str
    reason: Reason | None
    on_behalf_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Otherwise:
    """A draft that could be begun from a text that came to nothing, and the reason where it may not be."""

    button: str
    reason: Reason | None


def how_it_stands(history: History, version: str) -> VersionStanding | None:
    """How a version stands or stood; None for one that never did."""
    said = next(
        (statement for statement in reversed(history.about(version)) if statement.said in ("recorded", "concluded")),
        None,
    )
    if said is None:
        return None
    letters = tuple(
        sorted(institution for institution, word in history.agreements(version).items() if word.on_behalf_of)
    )
    basis = "recorded" if said.said == "recorded" else "agreed by letter" if letters else "agreed"
    return VersionStanding(
        version=version,
        number=number_of(history, version),
        basis=basis,
        said_by=said.institution,
        by_letter=letters,
        at=said.at,
    )


def number_of(history: History, version: str) -> int:
    """The number of a version: how many there are from the first one to it."""
    parent = history.headers[version].parent
    return 1 + (number_of(history, parent) if parent in history.headers and parent else 0)


def named(history: History, version: str) -> Named:
    """A version as pages name it."""
    first = next(statement for statement in history.about(version) if statement.said in ("recorded", "proposed"))
    return Named(
        version=version,
        number=number_of(history, version),
        became=_became(history, version),
        by=first.institution,
        at=first.at,
    )


def _became(history: History, version: str) -> Became:
    if version == history.in_force:
        return Became.STANDS
    if how_it_stands(history, version):
        return Became.STOOD
    if history.is_open(version):
        return Became.OPEN
    if history.declined_by(version):
        return Became.NOT_TAKEN_UP
    return Became.WITHDRAWN if history.was("withdrawn", version) else Became.OVERTAKEN


def words_on(history: History, version: str) -> tuple[Word, ...]:
    """What each institution that must agree to a version has answered, in the order of their URIs."""
    proposed = next(statement for statement in history.about(version) if statement.said == "proposed")
    return tuple(_word(history, version, who, sent=proposed.at) for who in sorted(history.must_agree(version)))


def _word(history: History, version: str, who: str, *, sent: str) -> Word:
    agreed = history.agreements(version).get(who)
    if agreed:
        mark = AgreementMark.BY_LETTER if agreed.on_behalf_of else AgreementMark.AGREED
        return Word(institution=who, mark=mark, at=agreed.at, said=agreed)
    no = next(
        (
            statement
            for statement in history.about(version)
            if statement.said == "declined" and statement.institution == who
        ),
        None,
    )
    if no:
        return Word(institution=who, mark=AgreementMark.NOT_TAKEN_UP, at=no.at, said=no)
    return Word(institution=who, mark=AgreementMark.AWAITED, at=sent)


def answered(history: History, version: str) -> Statement | None:
    """The statement by which a text was declined in the same act in which this one was proposed instead."""
    before: Statement | None = None
    for statement in history.statements:
        if statement.said == "proposed" and statement.version == version:
            in_one_act = before and before.said == "declined" and before.institution == statement.institution
            return before if in_one_act else None
        before = statement
    return None


def what_next(record: VisibleRecord, *, me: str) -> tuple[Sentence, ...]:
    """Who acts next and since when, of every version that is open; else what became of the last."""
    history = record.history
    if not record.inside:
        return ()
    if erased := next((statement for statement in history.statements if statement.said == "erased"), None):
        return (Sentence(says=ERASED, who=(erased.institution,), when=erased.at),)
    open_ones = tuple(_who_next(history, version, me) for version in history.open_versions)
    return open_ones or (_what_became(history),)


def _who_next(history: History, version: str, me: str) -> Sentence:
    proposed = next(statement for statement in history.about(version) if statement.said == "proposed")
    awaited = tuple(sorted(history.must_agree(version) - history.agreements(version).keys()))
    if me in awaited:
        return Sentence(says=ASKED, who=(proposed.institution,), when=proposed.at, is_ours=True)
    says = SENT if len(awaited) == 1 else SENT_TO_SEVERAL
    return Sentence(says=says, who=awaited, when=proposed.at)


def _what_became(history: History) -> Sentence:
    last = history.about(history.last_proposed or "")
    for statement in reversed(last):
        if statement.said == "withdrawn":
            return Sentence(says=WITHDRAWN, who=(statement.institution,), when=statement.at)
        if statement.said == "declined":
            return Sentence(says=NOT_TAKEN_UP, who=(statement.institution,), when=statement.at)
    return Sentence(says=NOTHING_OPEN)


def remarks_on(history: History, version: str) -> tuple[Statement, ...]:
    """What each institution last remarked on a version."""
    remarks = {
        statement.institution: statement
        for statement in history.about(version)
        if statement.said in ("checked", "account differs")
    }
    return tuple(remarks.values())


def offered_on(history: History, version: str, *, speaker: Actor, keyed: frozenset[str]) -> tuple[Offered, ...]:
    """What could be done on an open version, in the order of the buttons, each with the reason where it may not be."""
    place = RecordContext(kind=history.headers[version].kind, history=history, version=version, keyed=keyed)
    if history.proposer(version) == speaker.institution:
        acts: Iterable[Act] = (Act.WITHDRAW,)
    else:
        acts = (Act.ACCEPT, Act.COUNTER, Act.DECLINE)
    return (*(_offer(act, speaker, place) for act in acts), *_letters(history, version, speaker, place))


def _letters(history: History, version: str, speaker: Actor, place: RecordContext) -> Iterator[Offered]:
    """An agreement by letter, offered for each institution that has not answered and has no key here."""
    silent = history.must_agree(version) - history.agreements(version).keys() - history.declined_by(version)
    for who in sorted(silent - place.keyed - {speaker.institution}):
        yield _offer(Act.LETTER, speaker, place, on_behalf_of=who)


def offered_on_what_stands(history: History, *, speaker: Actor) -> tuple[Offered, ...]:
    """The remarks that could be made on what stands, and erasing it; only what the institution may say at all."""
    version = history.in_force or ""
    place = RecordContext(kind=history.headers[version].kind, history=history, version=version)
    offers = (_offer(act, speaker, place) for act in (Act.CHECK, Act.DIFFER, Act.ERASE))
    head = Actor(institution=speaker.institution, role="head")
    return tuple(offer for offer in offers if may(offer.act, head, place) is None)


def may_ask_head(history: History, version: str, *, speaker: Actor) -> bool:
    """Whether they may not accept an open version that their head may; and may keep notes of our own, to ask her."""
    if not history.is_open(version):
        return False
    place = RecordContext(kind=history.headers[version].kind, history=history, version=version)
    head = Actor(institution=speaker.institution, role="head")
    return (
        may(Act.ACCEPT, head, place) is None
        and may(Act.ACCEPT, speaker, place) is not None
        and roles.may_note(role=speaker.role) is None
    )


def otherwise(record: VisibleRecord, *, speaker: Actor) -> Otherwise | None:
    """Whether the text that was proposed last, where it came to nothing and nothing is open, could be drafted anew."""
    history, last = record.history, record.history.last_proposed or ""
    if not record.inside or history.open_versions or last not in record.contents or not history.is_dead(last):
        return None
    place = RecordContext(kind=record.kind, history=history)
    if may(Act.DRAFT, Actor(institution=speaker.institution, role="head"), place):
        return None
    return Otherwise(button=OTHERWISE if history.declined_by(last) else ANEW, reason=may(Act.DRAFT, speaker, place))


def _offer(act: Act, speaker: Actor, place: RecordContext, *, on_behalf_of: str = "") -> Offered:
    reason = may(act, speaker, place, on_behalf_of=on_behalf_of)
    return Offered(act=act, version=place.version, reason=reason, on_behalf_of=on_behalf_of)
