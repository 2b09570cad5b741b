"""An exchange as a printed programme has it: days and sessions, the papers in their places, and who came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, NamedTuple

from koryu.archive.queries import Backlink, Line, by_date
from koryu.records.document import Document
from koryu.records.participation import Member, Participation
from koryu.records.timetable import AttendingAs, Session, SessionType, Timetable
from koryu.values.edtf import Edtf
from koryu.values.text import Text

# What a timetable may say of a session besides when it was and which papers were given.
_SAID_OF_SESSIONS: Final = (
    "title",
    "themes",
    "venue",
    "at",
    "remote",
    "taking_part",
    "attending",
    "received_by",
    "remark",
)


class PostView(NamedTuple):
    """A post as it was printed then."""

    post: Text | None
    unit: Text | None
    institution: str


class SpeakerView(NamedTuple):
    """Who gave a paper: a person, or a name or post as printed."""

    person: str
    printed: Text | None
    posts: tuple[PostView, ...]
    remark: Text | None


class PaperView(NamedTuple):
    """A paper as a programme lists it; `title_given` is false where the title is ours."""

    line: Line
    title: Text
    title_given: bool
    type: str
    label: str
    speakers: tuple[SpeakerView, ...]
    corporate_author: Text | None


class AttendingView(NamedTuple):
    """Who is at a session in one capacity, by whom it is that is named: members of lists, or whole institutions."""

    does: AttendingAs
    members: tuple[Member, ...]
    institutions: tuple[str, ...]


class SessionView(NamedTuple):
    """One point of a timetable with its papers in order; those that are not on record here are named by their URIs.

    `attending` are those it names whose participations the reader may read.
    """

    session: Session
    papers: tuple[PaperView, ...]
    absent: tuple[str, ...]
    attending: tuple[AttendingView, ...] = ()

    @property
    def heads(self) -> bool:
        """Whether there is something to say of it besides its papers; of one without papers, that it was."""
        return not (self.papers or self.absent) or any(getattr(self.session, name) for name in _SAID_OF_SESSIONS)

    @property
    def is_plain_visit(self) -> bool:
        """Whether it says where somebody went and no more, so that several of them are told in one line."""
        session, more = self.session, set(_SAID_OF_SESSIONS) - {"title", "venue", "at"}
        known = bool(session.start or session.number or self.papers or self.absent)
        return session.type == SessionType.SITE_VISIT and not known and not any(getattr(session, name) for name in more)


class DayRow(NamedTuple):
    """A row of a timetable: one session or several visits; what is said of them, or one of their papers.

    `opens` where it is the first of its session, and says which one it is. `absent` is the URI of a paper that is not
    on record here.
    """

    sittings: tuple[SessionView, ...]
    paper: PaperView | None = None
    absent: str = ""
    opens: bool = True

    @property
    def session(self) -> Session:
        """The session it belongs to; of several visits the first."""
        return self.sittings[0].session


@dataclass(frozen=True, kw_only=True)
class Day:
    """The points of one day; `date` is None where the day is not known."""

    date: Edtf | None
    sittings: tuple[SessionView, ...]

    @property
    def rows(self) -> list["DayRow"]:
        """Its points as the rows of a table, with plain visits that follow each other in one."""
        listed: list[DayRow] = []
        for plain, grouped in groupby(self.sittings, key=lambda view: view.is_plain_visit):
            views = tuple(grouped)
            listed += [DayRow(views)] if plain else [row for view in views for row in _rows(view)]
        return listed

    @property
    def timed(self) -> bool:
        """Whether the time of any of its points is known."""
        return any(view.session.start for view in self.sittings)


@dataclass(frozen=True, kw_only=True)
class TimetableView:
    """One timetable of an exchange, day by day."""

    line: Line
    timetable: Timetable
    days: tuple[Day, ...]


@dataclass(frozen=True, kw_only=True)
class DelegationView:
    """Those who came for one institution."""

    line: Line
    participation: Participation


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """All that an exchange's page tells beside the exchange itself; `unplaced` papers stand in no timetable."""

    courses: tuple[TimetableView, ...]
    unplaced: tuple[PaperView, ...]
    companies: tuple[DelegationView, ...]


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """Where somebody is named: in which record, of which exchange, for which institution, in which posts and roles."""

    line: Line
    exchange: Line | None
    institution: str
    posts: tuple[Any, ...]
    roles: Any
    inferred: bool = False


# The kinds whose documents are opened for an exchange's page, few as they are; papers are read from their lines.
OPENED = frozenset({"timetable", "participation"})


def occasion(about: Iterable[Line], documents: Mapping[str, Document], *, first: Sequence[str] = ()) -> Occasion:
    """The occasion out of the lines that belong to an exchange and the documents of those of the kinds OPENED.

    `first` is the order in which institutions are named.
    """
    lines = {line.uri: line for line in about}
    papers = {uri: paper(line) for uri, line in lines.items() if line.kind == "paper"}
    opened = [(lines[uri], document) for uri, document in documents.items() if uri in lines]
    tables = [(line, document) for line, document in opened if isinstance(document, Timetable)]
    came = [
        DelegationView(line=line, participation=document)
        for line, document in opened
        if isinstance(document, Participation)
    ]
    named = {uri: document for uri, document in documents.items() if isinstance(document, Participation)}
    placed = {uri for _, table in tables for session in table.sessions for uri in session.papers}
    return Occasion(
        courses=tuple(
            TimetableView(line=line, timetable=table, days=days(table, papers, named)) for line, table in tables
        ),
        unplaced=tuple(paper_view for uri, paper_view in papers.items() if uri not in placed),
        companies=tuple(sorted(came, key=lambda delegation: _place(delegation.participation.institution, first))),
    )


def appearances(
    person: str, back: Iterable[Backlink], documents: Mapping[str, Document], lines: Mapping[str, Line]
) -> list[Appearance]:
    """Where a person is named as one who took part or gave a paper, by date."""
    named_there = []
    for line in {link.source.uri: link.source for link in back if link.rel in ("members", "speakers")}.values():
        document = documents.get(line.uri)
        members: tuple[Any, ...] = document.members if isinstance(document, Participation) else paper(line).speakers
        exchange = lines.get(line.summary.exchange)
        named_there += [
            Appearance(
                line=line,
                exchange=exchange,
                institution=line.summary.institution,
                posts=member.posts,
                roles=member if document else None,
                inferred=_is_inferred(document, line, member),
            )
            for member in members
            if member.person == person
        ]
    return sorted(named_there, key=lambda appearance: by_date(appearance.exchange or appearance.line))


def _is_inferred(document: Document | None, line: Line, named: Any) -> bool:
    """Whether no source states that it was this person, or what is said of them there."""
    return document.is_inferred(f"members[{named.id}]") if document else line.summary.is_inferred("speakers")


def days(
    timetable: Timetable, papers: Mapping[str, PaperView], participations: Mapping[str, Document]
) -> tuple[Day, ...]:
    """The timetable day by day, in its own order; those who attend are named as `participations` name them."""
    by_day = groupby(timetable.sessions, key=lambda session: session.date)
    return tuple(
        Day(date=date, sittings=tuple(_sitting(session, papers, participations) for session in sessions))
        for date, sessions in by_day
    )


def paper(line: Line) -> PaperView:
    """The paper of this line; its title in every language in which any wording bears one."""
    summary = line.summary
    given = not summary.untitled
    return PaperView(
        line=line,
        title=Text.kept({**summary.titles, "source": line.title.source, **summary.title}),
        title_given=given,
        type=summary.type,
        label=summary.label,
        speakers=tuple(map(_speaker, summary.speakers)),
        corporate_author=_text(summary.corporate_author),
    )


def _rows(view: SessionView) -> list[DayRow]:
    head = [DayRow((view,))] if view.heads else []
    papers = [DayRow((view,), paper=paper, opens=False) for paper in view.papers]
    rows = [*head, *papers, *(DayRow((view,), absent=uri, opens=False) for uri in view.absent)]
    return [rows[0]._replace(opens=True), *rows[1:]]


def _sitting(session: Session, papers: Mapping[str, PaperView], participations: Mapping[str, Document]) -> SessionView:
    return SessionView(
        session=session,
        papers=tuple(papers[uri] for uri in session.papers if uri in papers),
        absent=tuple(uri for uri in session.papers if uri not in papers),
        attending=tuple(_attending(session, participations)),
    )


def _attending(session: Session, participations: Mapping[str, Document]) -> Iterator[AttendingView]:
    """In the order in which the capacities are declared."""
    for does in AttendingAs:
        members, institutions = [], []
        for attending in session.attending:
            document = participations.get(attending.participation)
            if attending.does != does or not isinstance(document, Participation):
                continue
            if attending.member is None:
                institutions.append(str(document.institution))
            members += [member for member in document.members if member.id == attending.member]
        if members or institutions:
            yield AttendingView(does, tuple(members), tuple(institutions))


def _speaker(written: Mapping[str, Any]) -> SpeakerView:
    posts = [
        PostView(_text(post.get("post")), _text(post.get("unit")), post.get("institution", ""))
        for post in written.get("posts", ())
    ]
    return SpeakerView(
        person=written.get("person", ""),
        printed=_text(written.get("printed")),
        posts=tuple(posts),
        remark=_text(written.get("remark")),
    )


def _text(written: Mapping[str, str] | None) -> Text | None:
    return Text.kept(written) if written else None


def _place(institution: str, first: Sequence[str]) -> int:
    return first.index(institution) if institution in first else len(first)
