"""In which papers of the exchange each person of a list speaks, by what those are called."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from koryu.consent.queries import ExchangeWork
from koryu.sheets.rows.people_checks import ListedMember
from koryu.sheets.rows.row_sheet import kept_text
from koryu.sheets.rows.same_names import same_name
from koryu.wording.languages import Reader
from koryu.wording.titles import title_of


def papers_of(work: ExchangeWork, reader: Reader) -> dict[str, list[str]]:
    """What the papers are called in which somebody speaks, by the record of a person or a name folded for comparing.

    A draft goes before what stands.
    """
    drafted = {draft.record: draft.content for draft in (*work.shown, *work.drafts) if draft.kind == "paper"}
    by_speaker: dict[str, list[str]] = {}
    for content in drafted.values():
        title = title_of(content)
        called = str(content.get("label") or (title.shown(reader.tag).text if title else ""))
        _add(by_speaker, called, content.get("speakers"))
    for part in work.parts:
        line = part.line
        if line.kind == "paper" and line.uri not in drafted:
            called = line.summary.label or line.title.shown(reader.tag).text
            _add(by_speaker, called, line.summary.speakers)
    return by_speaker


def spoken_by(member: ListedMember, papers: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The papers of one member, each once."""
    return tuple(dict.fromkeys(paper for name in sorted(member.known_by) for paper in papers.get(name, ())))


def _add(by_speaker: dict[str, list[str]], called: str, speakers: object) -> None:
    for name in speaker_names(speakers) if called else ():
        by_speaker.setdefault(name, []).append(called)


def speaker_names(speakers: object) -> Iterator[str]:
    """By what the speakers of a paper, finished or not, are the same as somebody in a list."""
    for speaker in speakers if isinstance(speakers, list | tuple) else ():
        if not isinstance(speaker, Mapping):
            continue
        person: Any = speaker.get("person")
        yield from [person] if isinstance(person, str) else map(same_name, kept_text(speaker.get("printed")).values())
