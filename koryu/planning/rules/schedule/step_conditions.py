"""What the record says of whether a step is done: read each time, never written. Pure.

A condition that has stopped being true opens its step again, and the sentence says why.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from koryu.planning.rules.schedule.schedule_steps import Condition
from koryu.sheets.rows.paper_checks import Part, TextState, found_in
from koryu.values.edtf import Edtf
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason

Content = Mapping[str, Any]
ON_RECORD_SINCE: Final = N_("On record since %(when)s.")
_SENT_ON: Final = N_("Sent on %(when)s.")


@dataclass(frozen=True, kw_only=True)
class ConditionRead:
    """Whether a condition holds, and in one sentence why; `at` since when, where that is known."""

    holds: bool
    says: Reason
    at: str = ""


@dataclass(frozen=True, kw_only=True)
class PartOnRecord:
    """A text of an exchange that stands: whose it is, since when, and what it says."""

    kind: str
    institution: str
    at: str
    content: Content
    uri: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposedPlan:
    """The text of an exchange that is open: who sent it and when; `declined` where somebody did not accept it."""

    by: str
    at: str
    declined: bool = False


@dataclass(frozen=True, kw_only=True)
class LetterSent:
    """A kind of letter of which an institution has marked one as sent, at a moment: sent `on` that day, the first time.

    `last_on` and `last_at` are the same of the last time, '' where there was only one.
    """

    on: str
    at: str
    last_on: str = ""
    last_at: str = ""


# Of one institution, the first letter of each kind that was sent, by kind; and those of each exchange.
LettersSent = Mapping[str, LetterSent]
LettersAt = Mapping[str, LettersSent]


@dataclass(frozen=True, kw_only=True)
class ExchangeOnRecord:
    """What the record says of an exchange as far as conditions ask it.

    `agreed_at` is '' where nothing stands that was agreed; what was only put on record from published sources was
    agreed by nobody. `languages` are those in which one works there. `letters` are those that institutions have sent,
    by whose they are: of whom they are not known, nothing is said.
    """

    agreed_at: str = ""
    by_letter: bool = False
    when: Edtf | None = None
    proposed: ProposedPlan | None = None
    languages: tuple[str, ...] = ()
    parts: tuple[PartOnRecord, ...] = ()
    letters: Mapping[str, LettersSent] = field(default_factory=dict)

    def of(self, kind: str, institution: str) -> tuple[PartOnRecord, ...]:
        """What stands of one kind from one institution."""
        return tuple(part for part in self.parts if part.kind == kind and part.institution == institution)


def read_condition(
    condition: str, *, of: str, record: ExchangeOnRecord, letter_kind: str = "", anew_at: str = ""
) -> ConditionRead | None:
    """Whether a condition holds for an institution, `of`; None for one that no record says anything of.

    `letter_kind` is the kind of letter that has to be sent, where that is the condition; after `anew_at`, where it is
    to be sent again.
    """
    if condition == Condition.LETTER_SENT:
        return _letter_sent(letter_kind, of, record, anew_at)
    reads = _READ.get(condition)
    return reads(of, record) if reads else None


def _sent(_of: str, record: ExchangeOnRecord) -> ConditionRead:
    """Whether a text of the exchange was sent, and so approved inside the house before."""
    if record.agreed_at:
        return _holds(N_("Agreed on %(when)s."), record.agreed_at)
    proposed = record.proposed
    if proposed is None:
        return _not(Reason("No text has been sent yet."))
    if proposed.declined:
        return _not(Reason("The text sent on %(when)s was not accepted.", when=Moment(proposed.at)))
    return _holds(_SENT_ON, proposed.at)


def _letter_sent(kind: str, of: str, record: ExchangeOnRecord, anew_at: str) -> ConditionRead | None:
    letters = record.letters.get(of)
    if letters is None or not kind:
        return None
    if kind not in letters:
        return _not(Reason("No such letter is marked as sent."))
    sent = letters[kind]
    if anew_at:
        on, at = (sent.last_on, sent.last_at) if sent.last_at else (sent.on, sent.at)
        if at <= anew_at:
            return _not(Reason("Sent on %(when)s; to be sent again.", when=Edtf(on)))
        return ConditionRead(holds=True, says=Reason(_SENT_ON, when=Edtf(on)), at=at)
    return ConditionRead(holds=True, says=Reason(_SENT_ON, when=Edtf(sent.on)), at=sent.at)


def _agreed(_of: str, record: ExchangeOnRecord) -> ConditionRead:
    if not record.agreed_at:
        return _not(Reason("No dates are agreed yet."))
    if record.when is None or record.when.precision != "day":
        return _not(Reason("What is agreed says no days yet."))
    return _holds(N_("Agreed on %(when)s."), record.agreed_at)


def _by_letter(_of: str, record: ExchangeOnRecord) -> ConditionRead:
    if not record.agreed_at:
        return _not(Reason("No answer is on record yet."))
    message = N_("Agreed by letter on %(when)s.") if record.by_letter else N_("Agreed on %(when)s.")
    return _holds(message, record.agreed_at)


def _people(of: str, record: ExchangeOnRecord) -> ConditionRead:
    listed = record.of("participation", of)
    return _on_record(listed) if listed else _not(Reason("No list of participants is on record."))


def _people_each(holds: Callable[[Content], bool], missing: str) -> Callable[[str, ExchangeOnRecord], ConditionRead]:
    """Whether all members are known in some way."""

    def reads(of: str, record: ExchangeOnRecord) -> ConditionRead:
        listed = record.of("participation", of)
        members = [member for part in listed for member in _items(part.content, "members")]
        if not members:
            return _not(Reason("No list of participants is on record."))
        without = sum(not holds(member) for member in members)
        return _not(Reason(missing, n=without)) if without else _on_record(listed)

    return reads


def _is_named(member: Content) -> bool:
    return bool(member.get("person") or member.get("printed"))


def _is_read(member: Content) -> bool:
    """Whether it is known how a name is read: a person on record says it, else the name in sounds or in Latin."""
    printed = member.get("printed")
    if member.get("person") or not isinstance(printed, Mapping):
        return bool(member.get("person"))
    tags = {str(tag) for tag in printed}
    return bool({"en"} & tags or {tag for tag in tags if tag.endswith(("Latn", "Hira", "Kana", "Hrkt"))})


def _interpreter(of: str, record: ExchangeOnRecord) -> ConditionRead:
    listed = record.of("participation", of)
    members = [member for part in listed for member in _items(part.content, "members")]
    named = any("interpreter" in (member.get("roles") or ()) and _is_named(member) for member in members)
    return _on_record(listed) if named else _not(Reason("No interpreter is named yet."))


def _papers(part: Part, *, translated: bool = False) -> Callable[[str, ExchangeOnRecord], ConditionRead]:
    """Whether every paper has its title, or its text, in each of the languages of the exchange."""

    def reads(of: str, record: ExchangeOnRecord) -> ConditionRead:
        listed = record.of("paper", of)
        if not listed:
            return _not(Reason("No paper is on record."))
        missing = sum(_missing(paper.content, part, record.languages, translated) for paper in listed)
        return _not(Reason(_MISSING[part], n=missing)) if missing else _on_record(listed)

    return reads


_MISSING: Final[Mapping[Part, str]] = {
    Part.TITLE: N_("Papers whose titles are missing: %(n)s."),
    Part.TEXT: N_("Papers whose texts are missing: %(n)s."),
}


def _missing(paper: Content, part: Part, languages: tuple[str, ...], translated: bool) -> bool:
    """Whether a paper lacks its title; or its text, in any language; or, translated, in one of all."""
    if part is Part.TITLE:
        return paper.get("title_given") is False
    given = tuple(str(each.get("lang")) for each in _items(paper, "wordings"))
    tags = languages if translated and languages else given
    states = found_in(paper, tags, working=tags, home="")
    there = [state is not TextState.MISSING for (which, _tag), state in states.items() if which is Part.TEXT]
    if not translated:
        return not any(there)
    # Where it is not said in which languages one works there, a text in a second one is a translation.
    return not all(there) or len(there) < (1 if languages else 2)


def _timetable(field: str, wanted: bool, otherwise: str) -> Callable[[str, ExchangeOnRecord], ConditionRead]:
    def reads(_of: str, record: ExchangeOnRecord) -> ConditionRead:
        listed = tuple(part for part in record.parts if part.kind == "timetable")
        if not listed or not any(_items(part.content, "sessions") for part in listed):
            return _not(Reason("No timetable is on record."))
        if any(bool(part.content.get(field)) is not wanted for part in listed):
            return _not(Reason(otherwise))
        return _on_record(listed)

    return reads


def _report(of: str, record: ExchangeOnRecord) -> ConditionRead:
    listed = record.of("report", of)
    return _on_record(listed) if listed else _not(Reason("No report is on record."))


def _summary(_of: str, record: ExchangeOnRecord) -> ConditionRead:
    listed = tuple(part for part in record.parts if part.kind == "summary")
    return _on_record(listed) if listed else _not(Reason("No summary record is agreed."))


def _follow_ups(of: str, record: ExchangeOnRecord) -> ConditionRead:
    listed = record.of("follow-up", of)
    return _on_record(listed) if listed else _not(Reason("No follow-up is on record."))


def _on_record(parts: Iterable[PartOnRecord]) -> ConditionRead:
    return _holds(ON_RECORD_SINCE, max(part.at for part in parts))


def _holds(message: str, at: str) -> ConditionRead:
    return ConditionRead(holds=True, says=Reason(message, when=Moment(at)), at=at)


def _not(why: Reason) -> ConditionRead:
    return ConditionRead(holds=False, says=why)


def _items(content: Content, name: str) -> list[Content]:
    listed = content.get(name)
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list | tuple) else []


_READ: Final[Mapping[str, Callable[[str, ExchangeOnRecord], ConditionRead]]] = {
    Condition.APPROVED: _sent,
    Condition.PROPOSED: _sent,
    Condition.AGREED: _agreed,
    Condition.BY_LETTER: _by_letter,
    Condition.PEOPLE: _people,
    Condition.PEOPLE_NAMED: _people_each(_is_named, N_("Participants without a name: %(n)s.")),
    Condition.PEOPLE_READINGS: _people_each(_is_read, N_("Participants whose names have no reading: %(n)s.")),
    Condition.INTERPRETER: _interpreter,
    Condition.PAPERS_TITLED: _papers(Part.TITLE),
    Condition.PAPERS_TEXTS: _papers(Part.TEXT),
    Condition.PAPERS_TRANSLATED: _papers(Part.TEXT, translated=True),
    Condition.TIMETABLE_COMPLETE: _timetable("complete", True, N_("The timetable is not marked as complete.")),
    Condition.TIMETABLE_FIXED: _timetable("provisional", False, N_("The timetable may still change.")),
    Condition.REPORT: _report,
    Condition.SUMMARY_RECORD: _summary,
    Condition.FOLLOW_UPS: _follow_ups,
}
