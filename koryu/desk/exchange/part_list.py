"""The parts of an exchange and what stands of each, in a few words: for the rail and the lists of its pages. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from koryu.archive.queries import CurrentLine
from koryu.consent.queries import Consultation, Drafted, ExchangeWork
from koryu.planning.rules.replies import PartnersReply
from koryu.values.moments import Moment
from koryu.values.reason import N_, Reason
from koryu.values.text import Text
from koryu.wording.titles import title_of

# The kinds that belong to an exchange, by the part under which its pages show them.
PART_OF_KIND: Final[Mapping[str, str]] = {
    "participation": "people",
    "paper": "papers",
    "timetable": "timetable",
    "questions": "questions",
    "summary": "results",
    "report": "results",
    "follow-up": "results",
}
# Those of which each institution gives its own account, or which all agree: nobody records them for another.
NOT_FOR_OTHERS: Final = frozenset({"summary", "report", "follow-up"})
PART_NAMES: Final[Mapping[str, str]] = {
    "plan": N_("Plan"),
    "people": N_("Participants"),
    "papers": N_("Papers"),
    "timetable": N_("Timetable"),
    "questions": N_("Questions"),
    "results": N_("Results and follow-ups"),
    "schedule": N_("Schedule"),
    "notes": N_("Our notes"),
}
# The parts that have a page of their own on which they are typed, by kind.
PAGE_OF_KIND: Final[Mapping[str, str]] = {
    "participation": "exchange-people",
    "paper": "exchange-papers",
    "timetable": "exchange-timetable",
    "questions": "exchange-questions",
}
NOTHING_YET: Final = Reason("nothing yet")
_TO_REPLY: Final = N_("sent; to reply: %(who)s")


@dataclass(frozen=True, kw_only=True)
class ExchangeText:
    """A text of an exchange, its plan or what belongs to it: whose, and how it stands. `draft` is one of ours or one
    that is shown to us; `is_ours` where we are to reply."""

    kind: str
    record: str
    institution: str
    title: Text | None
    current: CurrentLine | None
    draft: Drafted | None
    says: tuple[Reason, ...]
    is_ours: bool = False


@dataclass(frozen=True, kw_only=True)
class RailItem:
    """A line of the rail: which part, whose where it is one institution's, what stands in a few words."""

    part: str
    name: str
    says: tuple[Reason, ...]
    institution: str = ""
    is_ours: bool = False

    @property
    def there(self) -> bool:
        """Whether there is anything of it yet."""
        return self.says != (NOTHING_YET,)


def texts_of(work: ExchangeWork) -> tuple[ExchangeText, ...]:
    """All texts of an exchange, by part, then institution; its plan first."""
    current = {part.line.uri: part for part in work.parts}
    if work.plan:
        current[work.plan.line.uri] = work.plan
    drafts = {draft.record: draft for draft in (*reversed(work.shown), *reversed(work.drafts))}
    open_texts = {text.record: text for text in work.open}
    kinds = ["exchange", *PART_OF_KIND]
    texts = [
        _text(work, record, current.get(record), drafts.get(record), open_texts.get(record))
        for record in dict.fromkeys((*current, *open_texts, *drafts))
    ]
    listed = [text for text in texts if text.kind in kinds]
    return tuple(sorted(listed, key=lambda text: (kinds.index(text.kind), text.institution, text.record)))


def with_replies(
    work: ExchangeWork, texts: Iterable[ExchangeText], replies: Mapping[str, PartnersReply]
) -> tuple[ExchangeText, ...]:
    """The same, where a partner has written that it wants something changed in one of ours: that says so."""
    wished = {
        text.record: replies[text.version]
        for text in work.open
        if text.version in replies and text.proposed.institution == work.institution and not text.declined
    }
    return tuple(_replied(text, wished[text.record]) if text.record in wished else text for text in texts)


def _replied(text: ExchangeText, reply: PartnersReply) -> ExchangeText:
    wants = Reason("sent; %(who)s wants something changed", who=(reply.by,))
    says = (wants if reason.message == _TO_REPLY else reason for reason in text.says)
    return replace(text, says=tuple(says), is_ours=True)


def rail_of(
    work: ExchangeWork, texts: Iterable[ExchangeText], next_steps: tuple[Reason, ...] = ()
) -> tuple[RailItem, ...]:
    """The rail: the plan, the people of each institution, papers, timetable, questions, results, the schedule with what
    is next by it, and the notes."""
    by_part: dict[str, list[ExchangeText]] = {}
    for text in texts:
        by_part.setdefault(PART_OF_KIND.get(text.kind, "plan"), []).append(text)
    return (
        _first("plan", by_part),
        *_people(work, by_part.get("people", [])),
        _counted("papers", by_part.get("papers", [])),
        _first("timetable", by_part),
        _counted("questions", by_part.get("questions", [])),
        _counted("results", by_part.get("results", [])),
        RailItem(part="schedule", name=PART_NAMES["schedule"], says=next_steps),
        RailItem(part="notes", name=PART_NAMES["notes"], says=_number_of_notes(work)),
    )


def _text(
    work: ExchangeWork,
    record: str,
    current: CurrentLine | None,
    draft: Drafted | None,
    open_text: Consultation | None,
) -> ExchangeText:
    content = (open_text.content if open_text else None) or (draft.content if draft else None) or {}
    kind = current.line.kind if current else open_text.header.kind if open_text else draft.kind if draft else ""
    whose = current.line.summary.institution if current else content.get("institution") or content.get("arranged_by")
    says, is_ours = _standing(work.institution, current, draft, open_text)
    return ExchangeText(
        kind=kind,
        record=record,
        institution=whose if isinstance(whose, str) else "",
        title=current.line.title if current else title_of(content),
        current=current,
        draft=draft,
        says=tuple(says),
        is_ours=is_ours,
    )


def _standing(
    me: str, current: CurrentLine | None, draft: Drafted | None, open_text: Consultation | None
) -> tuple[list[Reason], bool]:
    says = [*_stands(current), *_open(me, open_text), *_drafted(me, draft)]
    is_ours = open_text is not None and not open_text.declined and me in open_text.waits_for
    return says, is_ours


def _stands(current: CurrentLine | None) -> Iterator[Reason]:
    if current is None:
        return
    when = Moment(current.at)
    match current.line.basis:
        case "recorded":
            yield Reason("recorded by %(who)s", who=(current.said_by,))
        case "agreed by letter":
            yield Reason("agreed by letter %(when)s", when=when)
        case _ if len(current.line.summary.institutions) > 1:
            yield Reason("agreed %(when)s", when=when)
        case _:
            yield Reason("sent %(when)s", when=when)
    if not current.public:
        yield Reason("not public")


def _open(me: str, text: Consultation | None) -> Iterator[Reason]:
    if text is None:
        return
    if declined := text.declined:
        yield Reason("not accepted by %(who)s", who=(declined.institution,))
    elif me in text.waits_for:
        yield Reason("sent by %(who)s: yours to answer", who=(text.proposed.institution,))
    else:
        yield Reason(_TO_REPLY, who=tuple(sorted(text.waits_for)))


def _drafted(me: str, draft: Drafted | None) -> Iterator[Reason]:
    if draft is None:
        return
    if draft.institution != me:
        yield Reason("draft of %(who)s, shown to you", who=(draft.institution,))
    elif draft.waiting and draft.waiting.turn:
        yield Reason("draft, at the step “%(step)s”", step=draft.waiting.turn.name)
    elif draft.waiting:
        yield Reason("draft, waiting for your head")
    elif draft.shared_at:
        yield Reason("draft, shown to partners")
    else:
        yield Reason("draft")


def _first(part: str, by_part: Mapping[str, list[ExchangeText]]) -> RailItem:
    text = next(iter(by_part.get(part, [])), None)
    says = text.says if text else (NOTHING_YET,)
    return RailItem(part=part, name=PART_NAMES[part], says=says, is_ours=text is not None and text.is_ours)


def _people(work: ExchangeWork, texts: list[ExchangeText]) -> Iterator[RailItem]:
    whose = dict.fromkeys((*work.institutions, *(text.institution for text in texts if text.institution)))
    for institution in whose:
        text = next((text for text in texts if text.institution == institution), None)
        yield RailItem(
            part="people",
            name=PART_NAMES["people"],
            says=text.says if text else (NOTHING_YET,),
            institution=institution,
            is_ours=text is not None and text.is_ours,
        )


def _counted(part: str, texts: list[ExchangeText]) -> RailItem:
    stand = sum(text.current is not None for text in texts)
    drafted = sum(text.draft is not None for text in texts)
    says = [Reason("on record: %(n)s", n=stand)] if stand else []
    says += [Reason("drafts: %(n)s", n=drafted)] if drafted else []
    return RailItem(
        part=part,
        name=PART_NAMES[part],
        says=tuple(says) or (NOTHING_YET,),
        is_ours=any(text.is_ours for text in texts),
    )


def _number_of_notes(work: ExchangeWork) -> tuple[Reason, ...]:
    return (Reason("kept: %(n)s", n=len(work.notes)),) if work.notes else (NOTHING_YET,)
