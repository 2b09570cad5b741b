"""Candidate dates of an exchange: what each side says of them, and which are possible for all. Pure.

Nobody is outvoted. Institutions that host or travel as one are one side.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Final

from koryu.planning.rules.periods import EARLIEST, LATEST
from koryu.values.reason import Reason

MOST: Final = 8
LONGEST: Final = 100
LONGEST_REMARK: Final = 300


class Says(StrEnum):
    """What an institution says of dates; `asked` where it was only asked so far."""

    ASKED = "asked"
    PREFERRED = "preferred"
    POSSIBLE = "possible"
    NOT_POSSIBLE = "not possible"


class Means(StrEnum):
    """How we were told what an institution says; not at all where it says so itself."""

    ITSELF = ""
    LETTER = "letter"
    MAIL = "mail"
    TELEPHONE = "telephone"


# What is an answer, the best first.
ANSWERS: Final = (Says.PREFERRED, Says.POSSIBLE, Says.NOT_POSSIBLE)


@dataclass(frozen=True, kw_only=True)
class DateAnswer:
    """What was said of a candidate for an institution, `of`, and by whom it was written down, `kept_by`.

    `told_on` is the day on which we were told, as records write it; `file` the digest of the letter or mail.
    """

    of: str
    kept_by: str
    says: Says
    remark: str = ""
    means: Means = Means.ITSELF
    told_on: str = ""
    file: str = ""
    file_name: str = ""
    edition: int = 1
    by: str = ""
    at: str = ""

    @property
    def same(self) -> tuple[str, ...]:
        """What makes two answers the same, whoever wrote them down and when."""
        return (self.says, self.remark, self.means, self.told_on, self.file)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Dates that an institution puts forward, with all that was said of them, by time."""

    id: int
    institution: str
    first: date
    last: date
    by: str = ""
    at: str = ""
    withdrawn_at: str = ""
    said: tuple[DateAnswer, ...] = ()

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def written(self) -> str:
        """As records write these days."""
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"

    def last_said(self, of: str, kept_by: str) -> DateAnswer | None:
        """The last that one institution wrote down for another, or for itself."""
        return next((said for said in reversed(self.said) if (said.of, said.kept_by) == (of, kept_by)), None)

    def answer_of(self, institution: str, *, asking: str) -> DateAnswer | None:
        """What an institution says, as far as who asks may know: what it says itself, else what who asks was told."""
        itself = self.last_said(institution, institution)
        return itself or self.last_said(institution, asking)


@dataclass(frozen=True, kw_only=True)
class SideAnswer:
    """What the institutions of one side say of a candidate; the worst of it is what the side says."""

    side: tuple[str, ...]
    answers: tuple[DateAnswer, ...]

    @cached_property
    def says(self) -> Says | None:
        """None as long as none of them has answered."""
        said = [ANSWERS.index(answer.says) for answer in self.answers if answer.says in ANSWERS]
        return ANSWERS[max(said)] if said else None


@dataclass(frozen=True, kw_only=True)
class RankedCandidate:
    """A candidate with what each side says of it, in the order of the sides."""

    candidate: Candidate
    sides: tuple[SideAnswer, ...]

    @property
    def is_for_all(self) -> bool:
        """Whether all have answered, and nobody that it is not possible."""
        return all(side.says in (Says.PREFERRED, Says.POSSIBLE) for side in self.sides)

    @property
    def is_excluded(self) -> bool:
        """Whether it is not possible for somebody."""
        return any(side.says is Says.NOT_POSSIBLE for side in self.sides)

    @property
    def place(self) -> tuple[int, int, int, date, int]:
        """Its place among others: first what is possible for all, then by the worst that is said, then by the sum."""
        said = [ANSWERS.index(side.says) for side in self.sides if side.says]
        group = 0 if self.is_for_all else 2 if self.is_excluded else 1
        return (group, max(said, default=0), sum(said) - len(said), self.candidate.first, self.candidate.id)


def ranked(
    candidates: Iterable[Candidate], sides: Sequence[tuple[str, ...]], *, asking: str
) -> tuple[RankedCandidate, ...]:
    """The candidates that are not withdrawn, in the order in which they are shown."""
    given = (
        RankedCandidate(
            candidate=candidate,
            sides=tuple(
                SideAnswer(
                    side=side,
                    answers=tuple(
                        answer for uri in side if (answer := candidate.answer_of(uri, asking=asking)) is not None
                    ),
                )
                for side in sides
            ),
        )
        for candidate in candidates
        if not candidate.withdrawn_at
    )
    return tuple(sorted(given, key=lambda each: each.place))


def sides_of(institutions: Sequence[str], together: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Who answers as one, in the order in which they take part; who is in none of the sides that are known is alone."""
    side_of: Mapping[str, frozenset[str]] = {uri: frozenset(side) for side in map(tuple, together) for uri in side}
    sides = (side_of.get(uri, frozenset({uri})) for uri in institutions)
    return tuple(tuple(uri for uri in institutions if uri in side) for side in dict.fromkeys(sides))


def seen(candidates: Iterable[Candidate], *, asking: str, together: Iterable[str]) -> tuple[Candidate, ...]:
    """The candidates that an institution sees, with what it may know of what was said.

    Its own; those of the institutions `together`, among whom the plan is shown; and those of which it has said
    something itself. What an institution was told of another is its own note.
    """
    among = {asking, *together}
    return tuple(
        Candidate(
            id=each.id,
            institution=each.institution,
            first=each.first,
            last=each.last,
            by=each.by,
            at=each.at,
            withdrawn_at=each.withdrawn_at,
            said=tuple(said for said in each.said if said.kept_by in (asking, said.of)),
        )
        for each in candidates
        if each.institution in among or each.last_said(asking, asking)
    )


def asked_of(
    institution: str, candidates: Iterable[Candidate], *, among: Iterable[str], planned: Iterable[str], today: date
) -> tuple[Candidate, ...]:
    """The candidates of others that wait for what an institution says itself: still to come, put forward by one of
    those `among` whom the plan is shown. None once the days of one of them are `planned`, as records write them."""
    others, written = set(among) - {institution}, frozenset(planned)
    there = [each for each in candidates if not each.withdrawn_at and each.institution in {*others, institution}]
    if any(each.written in written for each in there):
        return ()
    return tuple(
        each
        for each in there
        if each.institution in others and each.first >= today and not _has_said(each, institution)
    )


def _has_said(candidate: Candidate, institution: str) -> bool:
    said = candidate.last_said(institution, institution)
    return said is not None and said.says in ANSWERS


def candidate_fails(first: date, last: date, *, today: date, beside: Iterable[Candidate]) -> Reason | None:
    """Why these days cannot be put forward beside others; None where they can."""
    if last < first:
        return Reason("The last day comes before the first.")
    if first < EARLIEST or last > LATEST:
        return Reason("Enter days between 1970 and 2100.")
    if first < today:
        return Reason("These dates have passed.")
    if (last - first).days >= LONGEST:
        return Reason("Candidate dates last at most %(most)s days.", most=LONGEST)
    beside = [each for each in beside if not each.withdrawn_at]
    if any((each.first, each.last) == (first, last) for each in beside):
        return Reason("These dates are among the candidates already.")
    return Reason("At most eight candidates.") if len(beside) >= MOST else None


def answer_fails(answer: DateAnswer, candidate: Candidate, *, today: date) -> Reason | None:
    """Why this cannot be said of a candidate; None where it can."""
    if candidate.withdrawn_at:
        return Reason("These dates were withdrawn.")
    if candidate.first < today:
        return Reason("These dates have passed.")
    if len(answer.remark) > LONGEST_REMARK:
        return Reason("A remark has at most %(most)s characters.", most=LONGEST_REMARK)
    return None
