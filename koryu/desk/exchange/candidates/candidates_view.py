"""Candidate dates as their page shows them: who sees them, what each side says, what is to be considered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from koryu.consent.queries import Drafted, ExchangeWork
from koryu.desk.calendar.said_of_days import said_of, span
from koryu.desk.exchange.plan_days import content_planned
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.candidates import (
    Candidate,
    DateAnswer,
    Means,
    RankedCandidate,
    Says,
    SideAnswer,
    ranked,
    sides_of,
)
from koryu.planning.rules.institution_days import Cause, CauseKind, days_of
from koryu.planning.rules.plan_dates import dates_written
from koryu.records.programme import Programme
from koryu.values.edtf import Edtf
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason
from koryu.wording.languages import active_reader

SAYS: Final[Mapping[Says, str]] = {
    Says.PREFERRED: N_("preferred"),
    Says.POSSIBLE: N_("possible"),
    Says.NOT_POSSIBLE: N_("not possible"),
}
MEANS: Final[Mapping[Means, str]] = {
    Means.LETTER: N_("letter"),
    Means.MAIL: N_("mail"),
    Means.TELEPHONE: N_("telephone"),
}
_SIDE_SAYS: Final[Mapping[Says, str]] = {
    Says.PREFERRED: N_("%(who)s preferred"),
    Says.POSSIBLE: N_("%(who)s possible"),
    Says.NOT_POSSIBLE: N_("%(who)s not possible"),
}
_TOLD: Final[Mapping[Means, tuple[str, str]]] = {
    Means.LETTER: (N_("as told by letter of %(on)s"), N_("as told by letter")),
    Means.MAIL: (N_("as told by mail of %(on)s"), N_("as told by mail")),
    Means.TELEPHONE: (N_("as told by telephone on %(on)s"), N_("as told by telephone")),
}


@dataclass(frozen=True, kw_only=True)
class ShownAnswer:
    """What one institution says: in a word (None as long as it was only asked), and how we know.

    `before` is what was said earlier, the last first.
    """

    answer: DateAnswer
    says: str | None
    source: Reason | None
    before: tuple[DateAnswer, ...]


@dataclass(frozen=True, kw_only=True)
class ShownCandidate:
    """One candidate: `number` is its own for good, as letters name it; `cells` are what each side says of it."""

    number: int
    ranked: RankedCandidate
    when: Edtf
    considered: tuple[Reason, ...]
    cells: tuple[tuple[ShownAnswer, ...], ...]
    own: DateAnswer | None
    is_ours: bool
    has_passed: bool
    is_taken: bool

    @property
    def candidate(self) -> Candidate:
        return self.ranked.candidate

    @property
    def sentence(self) -> tuple[Reason, ...]:
        """What each side says, one after the other."""
        return tuple(Reason(_SIDE_SAYS[side.says], who=side.side) for side in self.ranked.sides if side.says)


@dataclass(frozen=True, kw_only=True)
class CandidatesView:
    """All candidates of an exchange, as one of its institutions sees them, in the order in which they are shown."""

    shown: tuple[ShownCandidate, ...]
    withdrawn: tuple[tuple[int, Candidate], ...]
    sides: tuple[tuple[str, ...], ...]

    @property
    def for_all(self) -> tuple[ShownCandidate, ...]:
        """Those possible for all that are still to come."""
        return tuple(each for each in self.shown if each.ranked.is_for_all and not each.has_passed)

    @property
    def open(self) -> tuple[ShownCandidate, ...]:
        """Those of which something can still be said, by their numbers."""
        return tuple(sorted((each for each in self.shown if not each.has_passed), key=lambda each: each.number))


def shown_among(work: ExchangeWork) -> tuple[str, ...]:
    """The institutions among whom a draft of the exchange itself is shown; none where nobody else is shown one."""
    shown = next((draft for draft in work.drafts if draft.kind == "exchange" and draft.shared_at), work.shown_plan)
    return tuple(dict.fromkeys((*_institutions_in(shown), shown.institution))) if shown else ()


def taking_part(work: ExchangeWork) -> tuple[str, ...]:
    """The institutions that answer: those of the plan that we work on, host first."""
    content = content_planned(work)
    listed = content.get("institutions")
    institutions = [uri for uri in listed if isinstance(uri, str)] if isinstance(listed, list | tuple) else []
    hosts = content.get("hosts")
    first = hosts if isinstance(hosts, list | tuple) else ()
    return tuple(sorted(dict.fromkeys(institutions), key=lambda uri: uri not in first))


def sides_at(work: ExchangeWork) -> tuple[tuple[str, ...], ...]:
    """Who answers as one, by the programmes of the exchange."""
    listed = content_planned(work).get("programmes")
    under = [each.get("programme") for each in listed if isinstance(each, Mapping)] if isinstance(listed, list) else []
    documents = work.documents(line for uri in under if isinstance(uri, str) and (line := work.named.get(uri)))
    programmes = [document for document in documents.values() if isinstance(document, Programme)]
    return sides_of(taking_part(work), (side.institutions for programme in programmes for side in programme.sides))


def candidates_view(
    work: ExchangeWork, candidates: Iterable[Candidate], calendars: Mapping[str, KnownCalendar], *, today: date
) -> CandidatesView:
    """The candidates with what is known of their days in these calendars."""
    candidates, me, sides = tuple(candidates), work.institution, sides_at(work)
    numbers = {candidate.id: number for number, candidate in enumerate(candidates, 1)}
    tag, dated = active_reader().tag, dates_written(content_planned(work))
    return CandidatesView(
        shown=tuple(
            ShownCandidate(
                number=numbers[each.candidate.id],
                ranked=each,
                when=span(each.candidate.first, each.candidate.last),
                considered=tuple(
                    dict.fromkeys(
                        said_of(cause, me=me, tag=tag) for cause in causes_of(each.candidate, calendars, today)
                    )
                ),
                cells=tuple(_cell(each.candidate, side, me) for side in each.sides),
                own=each.candidate.last_said(me, me),
                is_ours=each.candidate.institution == me,
                has_passed=each.candidate.first < today,
                is_taken=str(span(each.candidate.first, each.candidate.last)) in dated,
            )
            for each in ranked(candidates, sides, asking=me)
        ),
        withdrawn=tuple((numbers[each.id], each) for each in candidates if each.withdrawn_at),
        sides=sides,
    )


def causes_of(candidate: Candidate, calendars: Mapping[str, KnownCalendar], today: date) -> list[Cause]:
    """What is to be considered of the days of a candidate."""
    return [
        cause
        for known in calendars.values()
        for cause in days_of(known.days, first=candidate.first, last=candidate.last, today=today).causes_between(
            candidate.first, candidate.last
        )
        if cause.kind is not CauseKind.UNKNOWN
    ]


def _cell(candidate: Candidate, side: SideAnswer, me: str) -> tuple[ShownAnswer, ...]:
    return tuple(_shown(candidate, answer, me) for answer in side.answers)


def _shown(candidate: Candidate, answer: DateAnswer, me: str) -> ShownAnswer:
    same = [each for each in candidate.said if (each.of, each.kept_by) == (answer.of, answer.kept_by)]
    earlier = tuple(each for each in reversed(same) if each.edition < answer.edition and each.says in SAYS)
    return ShownAnswer(answer=answer, says=SAYS.get(answer.says), source=_source(answer, me), before=earlier)


def _source(answer: DateAnswer, me: str) -> Reason | None:
    """How we know what is said: since when; what we were told, when and how."""
    if answer.says is Says.ASKED:
        return Reason("asked on %(when)s, no answer yet", when=Moment(answer.at))
    if answer.means is Means.ITSELF:
        return Reason("said on %(when)s", when=Moment(answer.at))
    dated, undated = _TOLD[answer.means]
    return Reason(dated, on=Edtf(answer.told_on)) if answer.told_on else Reason(undated)


def _institutions_in(draft: Drafted | None) -> tuple[str, ...]:
    listed = draft.content.get("institutions") if draft else None
    return tuple(uri for uri in listed if isinstance(uri, str)) if isinstance(listed, list | tuple) else ()
