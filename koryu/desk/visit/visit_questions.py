"""The questions of an exchange as a private link shows them: what was asked, of whom, and what was answered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from koryu.desk.exchange.people.stands_in import speaker_names
from koryu.desk.visit.linked_exchange import LinkedExchange
from koryu.desk.visit.visit_days import VisitText, told
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Refused
from koryu.wording.messages import date_in_words, translated

_BY: Final = N_("To be answered in writing by %(day)s.")
_IN_WRITING: Final = N_("To be answered in writing.")
_NO_ITEM: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, kw_only=True)
class VisitQuestion:
    """One question: its words, who asks, what it is about; `owed` says by when an answer in writing is promised, ''
    where none is or it was given. `to` is by what whoever is asked is known, `paper` the record it is about."""

    words: VisitText
    by: str
    about: str
    owed: str
    answers: tuple[tuple[str, VisitText], ...]
    to: frozenset[str]
    paper: str


def visit_questions(there: LinkedExchange) -> tuple[VisitQuestion, ...]:
    """All questions that stand, in the order of the records they are in, each with its answers."""
    listed = [(uri, item, content) for uri, content in there.contents.items() for item in _items(content)]
    answers: dict[tuple[str, str], list[tuple[str, VisitText]]] = {}
    for _uri, item, content in listed:
        answered = item.get("answers") or _NO_ITEM
        if item.get("type") == "answer" and answered and (words := told(item.get("text"), there.tag)):
            key = (str(answered.get("record")), str(answered.get("item")))
            answers.setdefault(key, []).append((_said_by(there, item, content), words))
    return tuple(
        VisitQuestion(
            words=words,
            by=_said_by(there, item, content),
            about=there.names.called(_paper(item)),
            owed="" if (uri, str(item.get("id"))) in answers else _owed(there, item),
            answers=tuple(answers.get((uri, str(item.get("id"))), ())),
            to=frozenset(speaker_names([item["to"]])) if _names_somebody(item.get("to")) else frozenset(),
            paper=_paper(item),
        )
        for uri, item, content in listed
        if item.get("type") == "question" and (words := told(item.get("text"), there.tag))
    )


def _items(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if content.get("kind") == "questions":
        yield from (item for item in content.get("items") or () if isinstance(item, Mapping))


def _paper(item: Mapping[str, Any]) -> str:
    return str((item.get("of") or _NO_ITEM).get("paper") or "")


def _names_somebody(party: object) -> bool:
    return isinstance(party, Mapping) and bool(party.get("person") or party.get("printed"))


def _said_by(there: LinkedExchange, item: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """Who says it; where nobody is named, the institution whose record it is in."""
    return _party(there, item.get("by")) or there.institution(str(content.get("institution") or ""))


def _party(there: LinkedExchange, party: object) -> str:
    """Who asks or answers: the person, else the institution."""
    if not isinstance(party, Mapping):
        return ""
    printed = told(party.get("printed"), there.tag)
    person = there.reader.best_name(str(party.get("person") or "")) or (printed.text if printed else "")
    institution = str(party.get("institution") or "")
    whose = there.institution(institution) if institution else ""
    return f"{person} ({whose})" if person and whose else person or whose


def _owed(there: LinkedExchange, item: Mapping[str, Any]) -> str:
    if not item.get("in_writing"):
        return ""
    try:
        due = date_in_words(Edtf(str(item.get("due") or "")), there.slug)
    except Refused:
        return translated(_IN_WRITING, there.slug)
    return translated(_BY, there.slug) % {"day": due}
