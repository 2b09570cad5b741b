"""What each sort of private link shows: put together for the templates, in the language of the link. Reads nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.template.loader import render_to_string

from koryu.desk.exchange.timetable.timetable_versions import versions_of
from koryu.desk.visit.linked_exchange import LinkedExchange, VisitStanding
from koryu.desk.visit.visit_days import VisitDay, VisitText, Whose, told, visit_days
from koryu.desk.visit.visit_people import VisitPaper, VisitPerson, language_called, visit_papers, visit_people
from koryu.desk.visit.visit_questions import VisitQuestion, visit_questions
from koryu.planning.queries.arranged_rows import ArrangedRow
from koryu.planning.rules.arrangements import TERMS
from koryu.records.timetable import AttendingAs
from koryu.sheets.rows.arrangement_rows import ARRIVALS, CALLS, ROOMS
from koryu.sheets.rows.row_sheet import RowSheet, kept_text
from koryu.sheets.rows.same_names import same_name
from koryu.values.edtf import Edtf
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words, translated
from koryu.wording.told_moments import moment_in_words, zone_in_words

# Of a row about somebody, what needs no name beside it: who it is about is known.
_KNOWN: Final = ("person", "way")


@dataclass(frozen=True, kw_only=True)
class VisitChange:
    """What a version of the timetable changed after it was fixed, in words; `new` where it was today."""

    when: str
    lines: tuple[str, ...]
    new: bool


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """A private row as (what, words); `head` says what it is of."""

    head: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class VisitTerm:
    """A term in every language of a list, in their order."""

    forms: tuple[tuple[str, str], ...]
    remark: str


def shown_by(there: LinkedExchange, *, today: date, as_file: bool = False) -> dict[str, Any]:
    """What the template of the link's sort is given; `as_file` where nothing can be led to."""
    shown = {
        "tag": there.tag,
        "title": there.title,
        "dates": _dates(there),
        "state": _state(there),
        "zone": zone_in_words(there.zone, there.slug) if there.zone else "",
        "provisional": bool(there.timetable.get("provisional")),
        "language": lambda tag: language_called(tag, there),
        "institution": there.institution,
        "changes": _changes(there, today),
        "today": today,
    }
    return {**shown, **_OF[there.link.scope](there, today, as_file)}


def _of_delegate(there: LinkedExchange, today: date, as_file: bool) -> dict[str, Any]:
    standing = there.standing
    me = _me(there, standing)
    institution = me.institution if me else _institution_of(there, there.link.part)
    home = there.zone_of(institution)
    whose = Whose(part=there.link.part, member=there.link.member, institution=institution)
    days = visit_days(there, whose, home=home)
    return {
        "me": me,
        "home": zone_in_words(home, there.slug) if _is_elsewhere(days) else "",
        "days": days,
        "now": _now(days, today),
        "papers": _papers_html(standing, as_file, me.known_by) if me else "",
        "questions": _questions_to(standing, me) if me else (),
        "arrivals": [_facts(there, ARRIVALS, row, "way") for row in _of_person(there, me, "arrivals")],
        "rooms": [_facts(there, ROOMS, row, "") for row in _of_person(there, me, "rooms")],
        "calls": _calls(there),
    }


def _of_interpreter(there: LinkedExchange, today: date, as_file: bool) -> dict[str, Any]:
    link, standing = there.link, there.standing
    me = _me(there, standing)
    whose = Whose(part=link.part, member=link.member, institution=me.institution if me else "")
    days = visit_days(there, whose, only=AttendingAs.INTERPRETS) if me else visit_days(there, Whose())
    # Where nobody has said yet in which sessions, all of them may be.
    undecided = bool(me) and not days
    return {
        "me": me,
        "days": visit_days(there, Whose()) if undecided else days,
        "undecided": undecided,
        "now": _now(days, today),
        "people": _people_html(standing),
        "papers": _papers_html(standing, as_file),
        "questions": _questions(standing),
        "missing": sum(paper.missing for paper in _papers(standing)),
        "terms": _terms(there),
        "calls": _calls(there),
        "home": "",
    }


def _of_reader(there: LinkedExchange, today: date, as_file: bool) -> dict[str, Any]:
    days = visit_days(there, Whose())
    return {
        "days": days,
        "now": _now(days, today),
        "people": _people_html(there.standing),
        "papers": _papers_html(there.standing, as_file),
        "plan": _plan(there),
        "home": "",
    }


_OF: Final[Mapping[str, Callable[[LinkedExchange, date, bool], dict[str, Any]]]] = {
    "delegate": _of_delegate,
    "interpreter": _of_interpreter,
    "reader": _of_reader,
}


def paper_with(there: LinkedExchange, digest: str) -> str:
    """The record of the paper of which this file is a text, among those that the link shows; '' where there is none."""
    standing = there.standing
    me, own = _me(there, standing), there.link.scope == "delegate"
    shown = [paper for paper in _papers(standing) if not own or (me and paper.by & me.known_by)]
    return next((paper.uri for paper in shown if any(text == digest for _tag, text in paper.texts)), "")


def _me(there: LinkedExchange, standing: VisitStanding) -> VisitPerson | None:
    """The member for whom the link is; None where it is for none, or they are in the list no more."""
    which = (there.link.part, there.link.member)
    return next((each for each in _people(standing) if (each.part, each.member) == which), None)


# What stands is known by the last entry of the ledger: it is put together once for all links that show it.
@lru_cache(maxsize=32)
def _people(standing: VisitStanding) -> tuple[VisitPerson, ...]:
    return visit_people(standing.there)


@lru_cache(maxsize=32)
def _papers(standing: VisitStanding) -> tuple[VisitPaper, ...]:
    return visit_papers(standing.there)


@lru_cache(maxsize=32)
def _questions(standing: VisitStanding) -> tuple[VisitQuestion, ...]:
    return visit_questions(standing.there)


def _questions_to(standing: VisitStanding, me: VisitPerson) -> tuple[VisitQuestion, ...]:
    """The questions that are put to one person, or to nobody by name about a paper of theirs."""
    own = {paper.uri for paper in _papers(standing) if paper.by & me.known_by}
    return tuple(each for each in _questions(standing) if each.to & me.known_by or (not each.to and each.paper in own))


@lru_cache(maxsize=32)
def _people_html(standing: VisitStanding) -> str:
    return _rendered("people", standing, people=_by_institution(_people(standing)))


@lru_cache(maxsize=256)
def _papers_html(standing: VisitStanding, as_file: bool, by: frozenset[str] | None = None) -> str:
    """The papers, or those of one speaker; '' where there are none."""
    papers = [paper for paper in _papers(standing) if by is None or paper.by & by]
    return _rendered("papers", standing, papers=papers, as_file=as_file) if papers else ""


def _rendered(template: str, standing: VisitStanding, **shown: Any) -> str:
    there = standing.there
    names = {"tag": there.tag, "institution": there.institution, "language": lambda tag: language_called(tag, there)}
    return str(render_to_string(f"visit/{template}.html", {**names, **shown}))


def _now(days: Iterable[VisitDay], today: date) -> VisitDay | None:
    return next((day for day in days if day.date == today), None)


def _is_elsewhere(days: Iterable[VisitDay]) -> bool:
    return any(session.at_home for day in days for session in day.sessions)


def _institution_of(there: LinkedExchange, part: str) -> str:
    return str(there.contents.get(part, {}).get("institution") or "")


def _dates(there: LinkedExchange) -> str:
    assert there.work.plan
    when = there.work.plan.line.date
    return date_in_words(when, there.slug) if when else ""


def _state(there: LinkedExchange) -> str:
    """What state the exchange is in, where it is not simply planned or held."""
    assert there.work.plan
    state = there.work.plan.line.summary.state
    return there.reader.word(state) if state in ("postponed", "cancelled") else ""


def _changes(there: LinkedExchange, today: date) -> tuple[VisitChange, ...]:
    uri = there.timetable_uri
    if not uri:
        return ()
    versions = versions_of(uri, there.work.last)
    return tuple(
        VisitChange(
            when=moment_in_words(version.at, there.slug),
            lines=tuple(version.in_words(there.slug)),
            new=there.today(version.at) == today,
        )
        for version in reversed(versions)
        if version.changes
    )


def _of_person(there: LinkedExchange, me: VisitPerson | None, sheet: str) -> list[ArrangedRow]:
    """The rows of a sheet about one person: by which member is meant; as typed, by any form of the name."""
    if me is None:
        return []
    which, names = f"{me.part} {me.member}", {same_name(each) for each in (me.name, *(form for _tag, form in me.forms))}
    return [
        row
        for row in there.kept.of(sheet)
        if row.cells.get("member") == which
        or ("member" not in row.cells and same_name(str(row.cells.get("person") or "")) in names)
    ]


def _facts(there: LinkedExchange, rows_are: RowSheet, row: ArrangedRow, head: str) -> VisitFacts:
    """What is filled in of a row, in words."""
    item, reader = {"id": row.place, **row.cells}, there.reader
    heads, facts = "", []
    for column in rows_are.columns:
        words = column.cell.shown(item, "", reader)
        words = next((called for code, called in column.cell.choices(reader) if code == words), words)
        if column.key == head:
            heads = words
        elif words and column.key not in _KNOWN:
            facts.append((translated(column.called, there.slug), words))
    return VisitFacts(head=heads, facts=tuple(facts))


def _calls(there: LinkedExchange) -> list[dict[str, str]]:
    return [
        {
            **{column.key: str(row.cells.get(column.path) or "") for column in CALLS.columns},
            "of": there.institution(row.institution),
        }
        for row in there.kept.of("calls")
    ]


def _terms(there: LinkedExchange) -> tuple[tuple[tuple[str, ...], tuple[VisitTerm, ...]], ...]:
    """The terms as one table: the languages of its columns, and the rows."""
    rows = [(kept_text(row.cells.get("term")), str(row.cells.get("remark") or "")) for row in there.kept.of(TERMS)]
    order = [tag for tag, _name in LANGUAGES.values()]
    used = {tag for forms, _remark in rows for tag in forms}
    tags = tuple(sorted(used, key=lambda tag: (order.index(tag) if tag in order else len(order), tag)))
    terms = tuple(
        VisitTerm(forms=tuple((tag, forms.get(tag, "")) for tag in tags), remark=remark) for forms, remark in rows
    )
    return ((tags, terms),) if terms else ()


def _by_institution(people: Iterable[VisitPerson]) -> list[tuple[str, list[VisitPerson]]]:
    by: dict[str, list[VisitPerson]] = {}
    for person in people:
        by.setdefault(person.institution, []).append(person)
    return list(by.items())


def _plan(there: LinkedExchange) -> dict[str, Any]:
    """The plan in a few facts: hosts, places, themes."""
    content = there.work.content or {}
    themes = [_theme(there, each) for each in content.get("themes") or ()]
    places = [told(each.get("city") or each.get("venue"), there.tag) for each in content.get("places") or ()]
    return {
        "hosts": [there.institution(uri) for uri in content.get("hosts") or ()],
        "institutions": [there.institution(uri) for uri in there.work.institutions],
        "places": [each for each in places if each],
        "themes": [each for each in themes if each],
        "days": [
            (there.reader.word(str(each.get("scope"))), date_in_words(Edtf(str(each.get("date"))), there.slug))
            for each in content.get("dates") or ()
        ],
    }


def _theme(there: LinkedExchange, treated: Mapping[str, Any]) -> VisitText | None:
    line = there.lines.get(str(treated.get("theme") or ""))
    return told(treated.get("text"), there.tag) or (told(dict(line.summary.title), there.tag) if line else None)
