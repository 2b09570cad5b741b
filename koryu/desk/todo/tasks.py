"""What is to be done, and by whom: read from what is open, what is drafted and what comes. Pure; it stores nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import Consultation, Drafted
from koryu.consent.rules.permissions import Actor
from koryu.institutions import rules as roles
from koryu.records.exchange import EventState
from koryu.records.running import Running, TermState
from koryu.values.reason import N_, Reason
from koryu.values.text import Text
from koryu.wording import terms
from koryu.wording.titles import title_of


class Section(StrEnum):
    """Whose turn it is, in the order of the page."""

    MINE = N_("For me")
    HEAD = N_("For my head’s approval")
    PARTNER = N_("Waiting for a partner")
    COMING = N_("Upcoming")
    LAPSED = N_("Past their date")


@dataclass(frozen=True, kw_only=True)
class TaskSubject:
    """What there is something to be done about: a record or, where `draft` names one, a draft; and whom it concerns.

    `inferred` where no source states the date or state on account of which it is listed.
    """

    title: Text | None
    kind: str
    record: str
    draft: int = 0
    institutions: frozenset[str]
    inferred: bool = False


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to be done: a sentence with its values, and what it is about.

    `who` are the institutions in the sentence, `when` the moment or date in it, `by` the username of a person.
    `besides` are further sentences.
    """

    section: Section
    about: TaskSubject
    says: str
    who: tuple[str, ...] = ()
    by: str = ""
    when: str = ""
    remark: str = ""
    besides: tuple[Reason, ...] = ()


LAID: Final = N_("Submitted for approval by %(by)s on %(when)s.")
RETURNED: Final = N_("Returned by %(by)s on %(when)s with a remark: %(remark)s")
IN_HAND: Final = N_("A draft, last changed by %(by)s on %(when)s. It has not been shared or submitted yet.")
WITH_PARTNERS: Final = N_("A draft, shared for comment with the partners named in it, since %(when)s.")
SHOWN: Final = N_("Shared with you by %(who)s on %(when)s for comment. It is not binding.")
ASKED: Final = N_("Sent by %(who)s on %(when)s. Your institution needs to reply.")
NOT_TAKEN_UP: Final = N_("Not accepted by %(who)s on %(when)s. You can send a counter-proposal or do nothing.")
SENT: Final = N_("Sent on %(when)s. %(who)s is to reply.")
SENT_TO_SEVERAL: Final = N_("Sent on %(when)s. To reply: %(who)s.")
TAKES_PLACE: Final = N_("Planned for %(when)s.")
POSTPONED: Final = N_("Postponed. The date on record is %(when)s.")
NOT_CONFIRMED: Final = N_("Was planned for %(when)s. It is not recorded whether it was held.")

_TO_COME: Final = (EventState.PLANNED, EventState.POSTPONED)


def tasks(
    speaker: Actor,
    *,
    consultations: Iterable[Consultation],
    drafts: Iterable[Drafted],
    lines: Iterable[Line],
    today: date,
) -> tuple[Task, ...]:
    """Everything that is open for whoever speaks, section by section, what waits longest first.

    `drafts` are those of the institution, and those that partners show to it. `lines` are those of what is still to
    come or not yet said to have come, of agreements, and of what is counted under these.
    """
    lines = tuple(lines)
    own = [line for line in lines if speaker.institution in line.summary.institutions]
    drafts = tuple(drafts)
    drafted = frozenset(draft.record for draft in drafts if draft.institution == speaker.institution)
    listed = (
        *_of_drafts(speaker, drafts),
        *_of_consultations(speaker, consultations, drafted=drafted),
        *_of_exchanges(own, today),
        *_of_agreements(speaker.institution, lines, today),
    )
    order = list(Section)
    return tuple(sorted(listed, key=lambda task: (order.index(task.section), task.when)))


def _of_drafts(speaker: Actor, drafts: Iterable[Drafted]) -> Iterator[Task]:
    for draft in drafts:
        about = TaskSubject(
            title=title_of(draft.content),
            kind=draft.kind,
            record=draft.record,
            draft=draft.id,
            institutions=frozenset(named_in(draft.content)),
        )
        if draft.institution == speaker.institution:
            yield _own_draft(speaker, draft, about)
        elif draft.shared_at:
            yield Task(section=Section.MINE, about=about, says=SHOWN, who=(draft.institution,), when=draft.shared_at)


def _own_draft(speaker: Actor, draft: Drafted, about: TaskSubject) -> Task:
    if draft.waiting:
        speaks = may_speak(speaker, draft.kind)
        section = Section.MINE if speaks else Section.HEAD
        return Task(section=section, about=about, says=LAID, by=draft.waiting.by, when=draft.waiting.at)
    if draft.returned and draft.returned.remark:
        back = draft.returned
        return Task(
            section=Section.MINE,
            about=about,
            says=RETURNED,
            by=back.decided_by,
            when=back.decided_at,
            remark=back.remark,
        )
    if draft.shared_at:
        return Task(section=Section.MINE, about=about, says=WITH_PARTNERS, when=draft.shared_at)
    return Task(section=Section.MINE, about=about, says=IN_HAND, by=draft.changed_by, when=draft.changed_at)


def _of_consultations(
    speaker: Actor, consultations: Iterable[Consultation], *, drafted: frozenset[str]
) -> Iterator[Task]:
    """What is open, and what was not taken up as long as nothing is `drafted` in its place."""
    me = speaker.institution
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
                yield Task(section=Section.MINE, about=about, says=NOT_TAKEN_UP, who=(no.institution,), when=no.at)
        elif me in consultation.waits_for:
            section = Section.MINE if may_speak(speaker, consultation.header.kind) else Section.HEAD
            sender = consultation.proposed.institution
            yield Task(section=section, about=about, says=ASKED, who=(sender,), when=consultation.proposed.at)
        else:
            others = tuple(sorted(consultation.waits_for))
            says = SENT if len(others) == 1 else SENT_TO_SEVERAL
            yield Task(section=Section.PARTNER, about=about, says=says, who=others, when=consultation.proposed.at)


def _of_exchanges(lines: Iterable[Line], today: date) -> Iterator[Task]:
    for line in lines:
        if line.kind != "exchange" or not line.date or line.summary.state not in _TO_COME:
            continue
        about = _about(line)
        if line.summary.state == EventState.POSTPONED:
            yield Task(section=Section.COMING, about=about, says=POSTPONED, when=str(line.date))
        elif line.latest and line.latest < today:
            yield Task(section=Section.LAPSED, about=about, says=NOT_CONFIRMED, when=str(line.date))
        else:
            yield Task(section=Section.COMING, about=about, says=TAKES_PLACE, when=str(line.date))


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
            says=said.message,
            when=str(running.until or ""),
            besides=tuple(besides),
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
