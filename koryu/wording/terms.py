"""How the term of an agreement stands, in sentences: the same at the desk, in the register and in a notice."""

from collections.abc import Mapping
from typing import Final

from koryu.records.agreement import AgreementType
from koryu.records.listed_values import Summary
from koryu.records.running import Running, TermState
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason

RUNS_OUT: Final = N_("Runs out: %(when)s.")
RAN_OUT: Final = N_("Ran out: %(when)s. No extension is on record.")
FULFILLED: Final = N_("All exchanges agreed in it were held. No extension is on record.")
# On a day, in a month or year: English says it in two ways.
RENEWS: Final = (
    N_("Renews automatically on %(when)s. If it should not, give notice before then."),
    N_("Renews automatically in %(when)s. If it should not, give notice before then."),
)
RECKONED: Final = N_("This date is calculated from the beginning and the length of the term.")
COUNTED: Final = N_("%(held)s of %(agreed)s exchanges held.")
_ANOTHER_MEMORANDUM: Final = (
    N_("Another memorandum of these institutions begins on %(when)s. Does it extend this one?"),
    N_("Another memorandum of these institutions begins in %(when)s. Does it extend this one?"),
)
_ANOTHER_AGREEMENT: Final = (
    N_("Another agreement of these institutions begins on %(when)s. Does it extend this one?"),
    N_("Another agreement of these institutions begins in %(when)s. Does it extend this one?"),
)


def sentences(running: Running, agreements: Mapping[str, Summary]) -> tuple[Reason, ...]:
    """What is said of how long an agreement runs: when it ends, how that is known, what was held, what is to be asked.

    `agreements` are what lists know of all of them, by URI. Dates among the values are Edtf. Nothing is said of an end
    that is not known.
    """
    return (*_end(running), *_count(running), *_questions(running, agreements))


def by_precision(messages: tuple[str, str], when: Edtf) -> str:
    """The first of two messages for a day, the second for anything less exact."""
    return messages[0] if when.earliest == when.latest else messages[1]


def _end(running: Running) -> tuple[Reason, ...]:
    if running.state == TermState.FULFILLED:
        return (Reason(FULFILLED),)
    if running.until is None:
        return ()
    message = {TermState.RAN_OUT: RAN_OUT, TermState.RENEWS: by_precision(RENEWS, running.until)}.get(
        running.state, RUNS_OUT
    )
    said = Reason(message, when=running.until)
    return (said, Reason(RECKONED)) if running.reckoned else (said,)


def _count(running: Running) -> tuple[Reason, ...]:
    return (Reason(COUNTED, held=running.count.held, agreed=running.count.agreed),) if running.count else ()


def _questions(running: Running, agreements: Mapping[str, Summary]) -> tuple[Reason, ...]:
    memorandum = agreements[running.root].type == AgreementType.MEMORANDUM
    messages = _ANOTHER_MEMORANDUM if memorandum else _ANOTHER_AGREEMENT
    begin = [Edtf(agreements[uri].since or agreements[uri].done) for uri in running.alike]
    return tuple(Reason(by_precision(messages, when), when=when) for when in begin)
