"""What is to be done, and by whom: read from what is open, what is drafted and what comes. Pure; it stores nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, Drafted, Submitted, exchange_of_matter
from koryu.consent.rules.approval_steps import is_last
from koryu.consent.rules.permissions import Actor
from koryu.institutions import rules as roles
from koryu.records.exchange import EventState
from koryu.records.running import Running, TermState
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Reason
from koryu.values.text import Text
from koryu.wording import terms
from koryu.wording.titles import title_of


class Section(StrEnum):
    """Whose turn it is, in the order of the page."""

    MINE = N_("For me")
    HEAD = N_("For my head’s approval")
    STEPS = N_("In approval at my institution")
    LATE = N_("Late")
    SOON = N_("Due in 10 working days")
    PARTNER = N_("Waiting for a partner")
    COMING = N_("Upcoming")
    LAPSED = N_("Past their date")


@dataclass(frozen=True, kw_only=True)
class TaskSubject:
    """What there is something to be done about: a record or, where `draft` names one, a draft; and whom it concerns.

    `inferred` where no source states the date or state on account of which it is listed. `together` names drafts that
    were submitted together, and `answers` the exchange of which several texts are to be answered: then `record` is it.
    """

    title: Text | None
    kind: str
    record: str
    draft: int = 0
    together: str = ""
    answers: bool = False
    institutions: frozenset[str]
    inferred: bool = False
    # What the exchange is called in addresses, where its own page is led to.
    exchange: str = ""
    # The number of a letter about the exchange, where it is that.
    letter: str = ""
    # The page of the exchange that is led to, where it is another than the record.
    page: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to be done: what is to be done next, what it is about, since when, until when.

    `does` is the next act and `says` a sentence beside it, '' where there is nothing to add. Of their values `who` are
    institutions, `n` is how many texts, `by` is the username of a person, `when` a moment or date. `remark` is what
    came back with a draft, `besides` are further sentences. `since` is a moment, `due` a date as records write it. A
    step is called as somebody typed it, `what`, in the place of `does`. `step` is the approval step that has it.
    """

    section: Section
    about: TaskSubject
    does: str
    says: str = ""
    who: tuple[str, ...] = ()
    n: int = 0
    by: str = ""
    when: str = ""
    remark: str = ""
    besides: tuple[Reason, ...] = ()
    since: str = ""
    due: str = ""
    what: str = ""
    step: Text | None = None
    # Whether that step is one of a schedule.
    counted: bool = False

    def is_due_soon(self, today: date) -> bool:
        """Whether it is due within a week; what has passed is not due any more."""
        latest = Edtf(self.due).latest if self.due else None
        return latest is not None and today <= latest <= today + SOON


SOON: Final = timedelta(days=7)

# What is to be done next.
APPROVE: Final = N_("Approve and send, or return it")
PASS_ON: Final = N_("Pass it on, or return it")
PASS_ON_TOGETHER: Final = N_("Pass on %(n)s texts, or return them")
AT_STEP: Final = N_("Approval step: %(step)s")
HAVE_APPROVED: Final = N_("Approve and send")
CHANGE: Final = N_("Change it and submit it again")
APPROVE_TOGETHER: Final = N_("Approve and send %(n)s texts, or return them")
HAVE_APPROVED_TOGETHER: Final = N_("Approve and send %(n)s texts")
CHANGE_TOGETHER: Final = N_("Change %(n)s texts and submit them again")
ANSWER_TOGETHER: Final = N_("Answer %(n)s texts")
GO_ON: Final = N_("Go on with the draft")
COMMENT: Final = N_("Read and comment")
ANSWER: Final = N_("Accept, or send a counter-proposal")
ANSWER_OTHERWISE: Final = N_("Send a counter-proposal, or do nothing")
REPLY_OF: Final = N_("Reply of %(who)s")
PREPARE: Final = N_("Prepare the exchange")
NEW_DATE: Final = N_("Agree on a new date")
NEW_DAYS: Final = N_("Agree on the exact days")
WAS_IT_HELD: Final = N_("Record whether it was held")
RENEW: Final = N_("Renew it, or let it end")
RENEW_OR_END: Final = N_("Renew it, or record its end")

# What is said beside it.
LAID: Final = N_("Submitted for approval by %(by)s.")
RETURNED: Final = N_("Returned by %(by)s.")
IN_HAND: Final = N_("Last changed by %(by)s.")
WITH_PARTNERS: Final = N_("Shared with the partners it names, for comment.")
SHOWN: Final = N_("Shared with you for comment. It is not binding.")
DECLINED: Final = N_("Not accepted by %(who)s.")
POSTPONED: Final = N_("Postponed.")
NOT_CONFIRMED: Final = N_("It is not recorded whether it was held.")

_TO_COME: Final = (EventState.PLANNED, EventState.POSTPONED)


def tasks(
    speaker: Actor,
    *,
    consultations: Iterable[Consultation],
    drafts: Iterable[Drafted],
    lines: Iterable[Line],
    steps: Iterable[Task] = (),
    my_steps: Collection[int] = (),
    closed: Collection[str] = (),
    today: date,
) -> tuple[Task, ...]:
    """Everything that is open for whoever speaks, section by section: what is due first, then what waits longest.

    `drafts` are the institution's and those shown to it; `lines` those of what is to come, of agreements, and of what
    is counted under these; `steps` are its own (`step_tasks`), `my_steps` those of approval at which the speaker acts.
    """
    lines = tuple(lines)
    own = [line for line in lines if speaker.institution in line.summary.institutions and line.uri not in closed]
    drafts = tuple(drafts)
    drafted = frozenset(draft.record for draft in drafts if draft.institution == speaker.institution)
    matters = tuple(consultations)
    titles = _titles_of_exchanges(lines, matters, drafts)
    listed = (
        *_of_drafts(speaker, drafts, titles, my_steps),
        *_of_consultations(speaker, matters, titles, drafted=drafted),
        *_of_exchanges(own, today),
        *_of_agreements(speaker.institution, lines, today),
        *steps,
    )
    order = list(Section)
    return tuple(sorted(listed, key=lambda task: (order.index(task.section), task.due or "~", task.since)))


def _titles_of_exchanges(
    lines: Iterable[Line], matters: Iterable[Consultation], drafts: Iterable[Drafted]
) -> dict[str, Text | None]:
    """What the exchanges are called at which several texts wait: as what stands says it, else what is proposed."""
    drafted = {draft.record: title_of(draft.content) for draft in drafts if draft.kind == "exchange"}
    proposed = {text.record: title_of(text.content or {}) for text in matters if text.header.kind == "exchange"}
    return {**drafted, **proposed, **{line.uri: line.title for line in lines if line.kind == "exchange"}}


def _of_drafts(
    speaker: Actor, drafts: Iterable[Drafted], titles: Mapping[str, Text | None], my_steps: Collection[int]
) -> Iterator[Task]:
    together: dict[str, list[Drafted]] = {}
    for draft in drafts:
        last = draft.submissions[-1] if draft.submissions else None
        if draft.institution == speaker.institution and last and last.together and (draft.waiting or last.remark):
            together.setdefault(last.together, []).append(draft)
            continue
        about = TaskSubject(
            title=title_of(draft.content),
            kind=draft.kind,
            record=draft.record,
            draft=draft.id,
            institutions=frozenset(named_in(draft.content)),
        )
        if draft.institution == speaker.institution:
            yield _own_draft(speaker, draft, about, my_steps)
        elif draft.shared_at:
            yield Task(section=Section.MINE, about=about, does=COMMENT, says=SHOWN, since=draft.shared_at)
    for token, listed in together.items():
        yield _own_package(speaker, token, listed, titles, my_steps)


def _own_package(
    speaker: Actor,
    token: str,
    drafts: list[Drafted],
    titles: Mapping[str, Text | None],
    my_steps: Collection[int],
) -> Task:
    """Drafts that were submitted together, in one line: they wait, or came back with a remark."""
    exchange = next((draft.exchange for draft in drafts if draft.exchange), "")
    waiting, back = drafts[0].waiting, drafts[0].returned
    about = TaskSubject(
        title=titles.get(exchange) or title_of(drafts[0].content),
        kind="exchange",
        record=exchange,
        together=token,
        institutions=frozenset(uri for draft in drafts for uri in named_in(draft.content)),
    )
    if waiting and waiting.turn:
        return _at_step(waiting, about, my_steps, n=len(drafts))
    if waiting:
        speaks = all(may_speak(speaker, draft.kind) for draft in drafts)
        section = Section.MINE if speaks else Section.HEAD
        alone, together = (APPROVE, APPROVE_TOGETHER) if speaks else (HAVE_APPROVED, HAVE_APPROVED_TOGETHER)
        does = alone if len(drafts) == 1 else together
        return Task(section=section, about=about, does=does, n=len(drafts), says=LAID, by=waiting.by, since=waiting.at)
    assert back
    return Task(
        section=Section.MINE,
        about=about,
        does=CHANGE if len(drafts) == 1 else CHANGE_TOGETHER,
        n=len(drafts),
        says=RETURNED,
        by=back.decided_by,
        since=back.decided_at,
        remark=back.remark,
    )


def _at_step(waiting: Submitted, about: TaskSubject, my_steps: Collection[int], *, n: int = 1) -> Task:
    """What is at an approval step: for whoever acts there today, and for the others to see where it is."""
    turn = waiting.turn
    assert turn
    at: dict[str, Any] = {
        "about": about,
        "says": LAID,
        "by": waiting.by,
        "since": waiting.since,
        "n": n,
        "step": turn.name,
    }
    if turn.step not in my_steps:
        return Task(section=Section.STEPS, does=AT_STEP, **at)
    alone, together = (APPROVE, APPROVE_TOGETHER) if is_last(waiting.steps) else (PASS_ON, PASS_ON_TOGETHER)
    return Task(section=Section.MINE, does=alone if n == 1 else together, **at)


def _own_draft(speaker: Actor, draft: Drafted, about: TaskSubject, my_steps: Collection[int]) -> Task:
    if draft.waiting and draft.waiting.turn:
        return _at_step(draft.waiting, about, my_steps)
    if draft.waiting:
        section, does = (Section.MINE, APPROVE) if may_speak(speaker, draft.kind) else (Section.HEAD, HAVE_APPROVED)
        return Task(section=section, about=about, does=does, says=LAID, by=draft.waiting.by, since=draft.waiting.at)
    if draft.returned and draft.returned.remark:
        back = draft.returned
        return Task(
            section=Section.MINE,
            about=about,
            does=CHANGE,
            says=RETURNED,
            by=back.decided_by,
            since=back.decided_at,
            remark=back.remark,
        )
    if draft.shared_at:
        since = draft.commented_at or draft.shared_at
        said = (Reason("Comments of partners: %(n)s.", n=draft.comments),) if draft.comments else ()
        return Task(section=Section.MINE, about=about, does=GO_ON, says=WITH_PARTNERS, besides=said, since=since)
    return Task(
        section=Section.MINE, about=about, does=GO_ON, says=IN_HAND, by=draft.changed_by, since=draft.changed_at
    )


def _of_consultations(
    speaker: Actor,
    consultations: Iterable[Consultation],
    titles: Mapping[str, Text | None],
    *,
    drafted: frozenset[str],
) -> Iterator[Task]:
    """What is open, and what was not taken up as long as nothing is `drafted` in its place.

    Several texts of one exchange that ask us for an answer are one line.
    """
    me = speaker.institution
    asked: dict[str, list[Consultation]] = {}
    for consultation in consultations:
        concerned = consultation.history.must_agree(consultation.version)
        if me not in concerned:
            continue
        about = TaskSubject(
            title=title_of(consultation.content or {}),
            kind=consultation.header.kind,
            record=consultation.record,
            institutions=concerned,
        )
        if no := consultation.declined:
            if consultation.record not in drafted:
                yield Task(
                    section=Section.MINE,
                    about=about,
                    does=ANSWER_OTHERWISE,
                    says=DECLINED,
                    who=(no.institution,),
                    since=no.at,
                )
        elif me in consultation.waits_for:
            asked.setdefault(exchange_of_matter(consultation) or consultation.record, []).append(consultation)
        else:
            others, since = tuple(sorted(consultation.waits_for)), consultation.proposed.at
            yield Task(section=Section.PARTNER, about=about, does=REPLY_OF, who=others, since=since)
    for exchange, texts in asked.items():
        yield _to_answer(speaker, exchange, texts, titles)


def _to_answer(speaker: Actor, exchange: str, texts: list[Consultation], titles: Mapping[str, Text | None]) -> Task:
    first = texts[0]
    speaks = any(may_speak(speaker, text.header.kind) for text in texts)
    alone = len(texts) == 1
    about = TaskSubject(
        title=title_of(first.content or {}) if alone else titles.get(exchange) or title_of(first.content or {}),
        kind=first.header.kind if alone else "exchange",
        record=first.record if alone else exchange,
        answers=not alone,
        institutions=frozenset(uri for text in texts for uri in text.history.must_agree(text.version)),
    )
    return Task(
        section=Section.MINE if speaks else Section.HEAD,
        about=about,
        does=ANSWER if alone else ANSWER_TOGETHER,
        n=len(texts),
        since=min(text.proposed.at for text in texts),
    )


def _of_exchanges(lines: Iterable[Line], today: date) -> Iterator[Task]:
    for line in lines:
        if line.kind != "exchange" or not line.date or line.summary.state not in _TO_COME:
            continue
        about = _about(line)
        if line.summary.state == EventState.POSTPONED:
            until = line.summary.postponed_to
            does = (PREPARE if Edtf(until).precision == "day" else NEW_DAYS) if until else NEW_DATE
            yield Task(section=Section.COMING, about=about, does=does, says=POSTPONED, due=until or str(line.date))
        elif line.latest and line.latest < today:
            yield Task(section=Section.LAPSED, about=about, does=WAS_IT_HELD, says=NOT_CONFIRMED, due=str(line.date))
        else:
            yield Task(section=Section.COMING, about=about, does=PREPARE, due=str(line.date))


def _of_agreements(institution: str, lines: tuple[Line, ...], today: date) -> Iterator[Task]:
    """The agreements that end, renew or have ended, each once with all that extend it."""
    by_uri = {line.uri: line for line in lines if line.kind == "agreement"}
    known = {uri: line.summary for uri, line in by_uri.items()}
    for running in archive.running(lines, today=today).values():
        section = _section(running)
        if section is None or institution not in running.institutions:
            continue
        said, *besides = terms.sentences(running, known)
        yield Task(
            section=section,
            about=_about(by_uri[running.root]),
            does=RENEW if section is Section.COMING else RENEW_OR_END,
            says=said.message,
            when=str(running.until or ""),
            besides=tuple(besides),
            due=str(running.until or ""),
        )


def _section(running: Running) -> Section | None:
    if running.state in (TermState.RAN_OUT, TermState.FULFILLED):
        return Section.LAPSED
    return None if running.step is None else Section.COMING


def _about(line: Line) -> TaskSubject:
    institutions = frozenset(line.summary.institutions)
    inferred = line.summary.is_inferred(*(("date", "state") if line.kind == "exchange" else ("until", "renewal")))
    return TaskSubject(title=line.title, kind=line.kind, record=line.uri, institutions=institutions, inferred=inferred)


def may_speak(speaker: Actor, kind: str) -> bool:
    """Whether this person can give the institution's word on a record of the kind."""
    return roles.may_speak(role=speaker.role, kind=kind, delegated=speaker.delegated) is None


def named_in(content: Mapping[str, Any]) -> set[str]:
    """The institutions that a content, finished or not, lists as taking part."""
    listed = content.get("institutions")
    if not isinstance(listed, list):
        listed = [content.get("institution")]
    named = (member.get("institution") if isinstance(member, Mapping) else member for member in listed)
    return {uri for uri in named if isinstance(uri, str)}
