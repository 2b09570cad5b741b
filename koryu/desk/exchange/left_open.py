"""What of an exchange is not finished when somebody is about to close it: said first, and no condition. Pure."""

from collections.abc import Iterator, Sequence

from koryu.archive.queries import Line
from koryu.consent.queries import ExchangeWork
from koryu.planning.queries import OwnRows
from koryu.planning.rules.promises import open_promises
from koryu.planning.rules.schedule.schedule_lines import ScheduleLine
from koryu.values.reason import Reason


def left_open(
    work: ExchangeWork,
    own: OwnRows,
    *,
    lines: Sequence[ScheduleLine] = (),
    translations: int = 0,
) -> Iterator[Reason]:
    """What is open, in sentences: steps with whose they are, texts nobody answered, drafts, points of the plan, what
    was asked for and not translated.

    `lines` are those of a schedule, where one is kept: the steps typed by hand are among them. `translations` is how
    many were asked for and not made.
    """
    yield from map(_of_line, (line for line in lines if line.is_ours and line.is_open))
    for step in () if lines else own.steps:
        yield _step(step.what, step.who)
    sent = [text for text in work.open if not text.declined and text.waits_for]
    if sent:
        awaited = tuple(sorted({who for text in sent for who in text.waits_for}))
        yield Reason("texts not answered: %(n)s (%(who)s)", n=len(sent), who=awaited)
    if work.drafts:
        yield Reason("our drafts, not sent: %(n)s", n=len(work.drafts))
    owed = _owed(work)
    if owed:
        yield Reason("written answers to come: %(n)s (%(who)s)", n=len(owed), who=tuple(sorted(set(owed))))
    promised = [
        line.summary.institution for line in _lines(work) if line.kind == "follow-up" and not line.summary.state
    ]
    if promised:
        yield Reason("follow-ups not done: %(n)s (%(who)s)", n=len(promised), who=tuple(sorted(set(promised))))
    points = (work.content or {}).get("open")
    if isinstance(points, list | tuple) and points:
        yield Reason("points open in the plan: %(n)s", n=len(points))
    if translations:
        yield Reason("translations asked for and not made: %(n)s", n=translations)


def _lines(work: ExchangeWork) -> Iterator[Line]:
    return (part.line for part in work.parts)


def _owed(work: ExchangeWork) -> list[str]:
    """Who owes an answer in writing, once for each."""
    listed = ((line.uri, line.kind, line.summary) for line in _lines(work))
    promises = open_promises(listed, {work.uri: work.institutions})
    return [promise.owner for _exchange, promise in promises if promise.asked_by]


def _of_line(line: ScheduleLine) -> Reason:
    if line.acting and not line.who:
        return _step(line.words, (line.acting,))
    return _step(line.words, line.who)


def _step(what: object, who: object) -> Reason:
    if who:
        return Reason("step: %(what)s (%(who)s)", what=what, who=who)
    return Reason("step: %(what)s", what=what)
