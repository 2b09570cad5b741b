"""A summary and a report begun with what is known: sessions, papers, questions, people, days. Pure but for reading."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from koryu.consent import queries as consent
from koryu.consent.queries import ExchangeWork
from koryu.desk.access import CurrentUser
from koryu.desk.exchange.people.people_sheet import named_in as named_in_list
from koryu.desk.exchange.questions.questions_said import SaidText, said_items, threads_of
from koryu.desk.exchange.questions.questions_work import named_in as named_in_questions
from koryu.desk.exchange.sheet.names_around import names_around
from koryu.desk.exchange.sheet.part_work import PartWork, part_around
from koryu.desk.exchange.timetable.timetable_sheet import named_in as named_in_timetable
from koryu.desk.exchange.timetable.timetable_work import days_of
from koryu.records.document import Document
from koryu.records.timetable import Session, SessionType, Timetable
from koryu.sheets.rows.exchange_names import matter_key
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.values.text import Text
from koryu.wording.labels import chosen
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words, translated
from koryu.wording.titles import short_name_in_words

# Of these sessions nothing is to be summed up.
_SOCIAL: Final = frozenset({SessionType.RECEPTION, SessionType.COURTESY_CALL, SessionType.ORIENTATION})
_NAMING: Final = {
    "participation": named_in_list,
    "timetable": named_in_timetable,
    "questions": named_in_questions,
}
_WHEN: Final = N_("Dates")
_WHO: Final = N_("Participants")
_DAYS: Final = N_("Dates")
_PAPERS: Final = N_("Papers")


def everything_of(me: CurrentUser, work: ExchangeWork) -> PartWork:
    """An exchange that was read before, with the people, timetables and questions that stand of it."""
    return PartWork(kind="summary", **part_around(me, work, _NAMING))


def laid_out_summary(there: PartWork, content: Mapping[str, Any]) -> dict[str, Any]:
    """A new summary record with its sessions: the papers of each as its points, what was asked and answered there."""
    tables = [(uri, each) for uri, each in there.documents.items() if isinstance(each, Timetable)]
    asked = _asked(there)
    sessions = [
        _summed(there, uri, session, asked)
        for uri, table in tables
        for session in table.sessions
        if session.type not in _SOCIAL
    ]
    placed = {each["item"] for session in sessions for each in session.get("asked", ())}
    rest = [each for group in asked.values() for each in group if each["item"] not in placed]
    if rest:
        sessions.append({"id": "besides", "asked": rest})
    return {**content, **({"sessions": sessions} if sessions else {})}


def _summed(
    there: PartWork, timetable: str, session: Session, asked: Mapping[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    papers = {text.record: text for text in there.every if text.kind == "paper" and text.current}
    titles = [papers[uri].title for uri in map(str, session.papers) if uri in papers]
    keys = (f"{timetable}#{session.id}", *map(str, session.papers))
    said = [each for key in keys for each in asked.get(key, ())]
    points = [{"id": f"p{place}", "text": title.as_json()} for place, title in enumerate(titles, 1) if title]
    return {
        "id": session.id,
        "timetable": timetable,
        "session": session.id,
        **({"title": session.title.as_json()} if session.title else {}),
        **({"points": points} if points else {}),
        **({"asked": said} if said else {}),
    }


def _asked(there: PartWork) -> dict[str, list[dict[str, Any]]]:
    """What was asked and answered on record, by what it is about, each question before its answers."""
    documents = {uri: each for uri, each in there.documents.items() if each.kind == "questions"}
    versions = {uri: standing.version for uri in documents if (standing := consent.standing(uri))}
    items = said_items(
        SaidText(record=uri, institution="", content=document.content()) for uri, document in documents.items()
    )
    by_matter: dict[str, list[dict[str, Any]]] = {}
    place = 0
    for thread in threads_of(items):
        for each in (thread.first, *thread.answers):
            place += 1
            named = {"id": f"q{place}", "record": each.record, "item": each.item["id"]}
            version = {"version": versions[each.record]} if each.record in versions else {}
            by_matter.setdefault(matter_key(thread.first.item.get("of")), []).append({**named, **version})
    return by_matter


def laid_out_report(there: PartWork, content: Mapping[str, Any]) -> dict[str, Any]:
    """A new report with what is known in the language of the page: the dates, who came, each day, the papers."""
    reader = active_reader()
    sections = (
        (_WHEN, list(_dates(there, reader.slug))),
        (_WHO, list(_people(there, reader.tag))),
        (_DAYS, list(_days(there, reader.slug, reader.tag))),
        (_PAPERS, list(_papers(there, reader.tag))),
    )
    blocks = ["\n".join([translated(head, reader.slug), *lines]) for head, lines in sections if lines]
    return {**content, **({"text": {reader.tag: "\n\n".join(blocks)}} if blocks else {})}


def _dates(there: PartWork, slug: str) -> Iterator[str]:
    if days := days_of(there.work):
        yield date_in_words(Edtf("/".join(dict.fromkeys(day.isoformat() for day in days))), slug)


def _people(there: PartWork, tag: str) -> Iterator[str]:
    around = names_around(there, tag)
    for member in around.people:
        posts = member.item.get("posts")
        post = next((_words(each.get("post"), tag) for each in posts or () if isinstance(each, Mapping)), "")
        whose = short_name_in_words(there.lines.get(member.institution), member.institution, tag)
        yield ", ".join(filter(None, (member.called, post, whose)))


def _days(there: PartWork, slug: str, tag: str) -> Iterator[str]:
    for table in _tables(there.documents.values()):
        for session in table.sessions:
            day = date_in_words(session.date, slug) if session.date else ""
            hours = "–".join(filter(None, (session.start, session.end)))
            called = session.title.shown(tag).text if session.title else translated(chosen(str(session.type)), slug)
            venue = session.venue.shown(tag).text if session.venue else ""
            yield "  ".join(filter(None, (day, hours, called, venue)))


def _papers(there: PartWork, tag: str) -> Iterator[str]:
    for text in there.every:
        if text.kind == "paper" and text.title:
            label = text.current.line.summary.label if text.current else ""
            whose = short_name_in_words(there.lines.get(text.institution), text.institution, tag)
            yield "  ".join(filter(None, (label, text.title.shown(tag).text, f"({whose})")))


def _tables(documents: Iterable[Document]) -> Iterator[Timetable]:
    return (each for each in documents if isinstance(each, Timetable))


def _words(text: object, tag: str) -> str:
    return str(Text.kept(text).shown(tag).text) if isinstance(text, Mapping) and text else ""


def laid_out(me: CurrentUser, work: ExchangeWork, content: Mapping[str, Any]) -> dict[str, Any]:
    """What a new text of this exchange begins with: a summary and a report with what is known, others as they are."""
    match content.get("kind"):
        case "summary":
            return laid_out_summary(everything_of(me, work), content)
        case "report":
            return laid_out_report(everything_of(me, work), content)
        case _:
            return dict(content)
