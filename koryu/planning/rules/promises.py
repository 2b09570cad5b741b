"""What was promised at an exchange and by whom: answers in writing, follow-ups. Read, never written. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from koryu.planning.rules.schedule.step_conditions import ExchangeOnRecord, PartOnRecord
from koryu.records.listed_values import Summary
from koryu.values.edtf import Edtf
from koryu.values.text import Text


@dataclass(frozen=True, kw_only=True)
class Promise:
    """One promise: what names it, whose it is, in what words, by when.

    `asked_by` is who waits for an answer in writing; '' for a follow-up. `kept_at` is since when it is on record that
    it was kept, '' while it is not. One that was given up is none.
    """

    key: str
    owner: str
    words: Text
    due: Edtf | None
    asked_by: str = ""
    kept_at: str = ""


def who_owes(*, asked: str, asker: str, institutions: Iterable[str]) -> tuple[str, ...]:
    """Who owes an answer in writing: whom the question names; where it names nobody, each of the others."""
    if asked:
        return (asked,)
    return tuple(uri for uri in institutions if uri != asker)


def promises_of(record: ExchangeOnRecord, institutions: Iterable[str]) -> tuple[Promise, ...]:
    """All promises that are on record of an exchange of these institutions."""
    taking_part = tuple(institutions)
    answered = {key: part.at for part in record.parts for key in _answered(part)}
    return tuple(promise for part in record.parts for promise in _of_part(part, taking_part, answered))


def _of_part(part: PartOnRecord, institutions: tuple[str, ...], answered: Mapping[str, str]) -> Iterator[Promise]:
    content = part.content
    if part.kind == "follow-up" and not content.get("ended"):
        done = part.at if content.get("done") else ""
        words, due = Text.kept(content["title"]), content.get("due")
        yield Promise(key=part.uri, owner=part.institution, words=words, due=Edtf(due) if due else None, kept_at=done)
    if part.kind != "questions":
        return
    for item in _items(content):
        if not item.get("in_writing"):
            continue
        key, to = f"{part.uri}#{item['id']}", item.get("to") or {}
        asked = str(to.get("institution") or "")
        for owner in who_owes(asked=asked, asker=part.institution, institutions=institutions):
            yield Promise(
                key=key,
                owner=owner,
                words=Text.kept(item["text"]),
                due=Edtf(item["due"]) if item.get("due") else None,
                asked_by=part.institution,
                kept_at=answered.get(key, ""),
            )


def _answered(part: PartOnRecord) -> Iterator[str]:
    for item in _items(part.content) if part.kind == "questions" else ():
        answers = item.get("answers")
        if isinstance(answers, Mapping):
            yield f"{answers['record']}#{answers['item']}"


def _items(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    listed = content.get("items")
    return [each for each in listed if isinstance(each, Mapping)] if isinstance(listed, list | tuple) else []


def open_promises(
    listed: Iterable[tuple[str, str, Summary]], institutions: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Promise]]:
    """(exchange, promise) for all that is still open, of what lists know of questions and follow-ups: their URI, kind
    and values. `institutions` are those of each exchange."""
    known = tuple(listed)
    answered = {key for _uri, _kind, values in known for key in values.answered}
    for uri, kind, values in known:
        if kind == "follow-up" and not values.state:
            due = Edtf(values.until) if values.until else None
            yield values.exchange, Promise(key=uri, owner=values.institution, words=Text.kept(values.title), due=due)
        for owed in values.owed:
            key = f"{uri}#{owed['item']}"
            if key in answered:
                continue
            taking_part = institutions.get(values.exchange, ())
            for owner in who_owes(asked=owed["to"], asker=values.institution, institutions=taking_part):
                yield (
                    values.exchange,
                    Promise(
                        key=key,
                        owner=owner,
                        words=Text.kept(owed["text"]),
                        due=Edtf(owed["due"]) if owed["due"] else None,
                        asked_by=values.institution,
                    ),
                )
