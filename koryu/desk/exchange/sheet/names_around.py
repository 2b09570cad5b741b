"""Who and what the cells of a sheet may name: the institutions, people and papers of its exchange."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from koryu.archive.queries import Line
from koryu.desk.exchange.part_list import ExchangeText
from koryu.desk.exchange.sheet.draft_sheet import names_of
from koryu.desk.exchange.sheet.part_work import PartWork
from koryu.sheets.rows.exchange_names import ExchangeNames, NamedMember, NamedRecord
from koryu.sheets.rows.name_cells import written_name
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import items_of, kept_text
from koryu.sheets.rows.same_names import same_name
from koryu.values.text import Text
from koryu.wording.titles import short_name_in_words


def names_around(there: PartWork, tag: str) -> ExchangeNames:
    """What a sheet of an exchange may name, as a reader of `tag` calls it; of people those whose lists we see, ours
    first."""
    names = names_of(there.lines)
    lists = [
        (text, content) for text in there.every if text.kind == "participation" and (content := _list(there, text))
    ]
    lists.sort(key=lambda each: each[0].institution != there.work.institution)
    return ExchangeNames(
        institutions=tuple(_institution(uri, there.lines, tag) for uri in there.work.institutions),
        people=tuple(member for text, content in lists for member in _members(text, content, names, tag)),
        papers=tuple(_papers([text for text in there.every if text.kind == "paper"], tag)),
        participations=tuple(
            {text.institution: text.record for text, _content in reversed(lists) if text.institution}.items()
        ),
    )


def _list(there: PartWork, text: ExchangeText) -> Mapping[str, Any] | None:
    """What is typed of a list of people, else what stands."""
    if text.draft:
        return text.draft.content
    document = there.documents.get(text.record)
    return document.content() if document else None


def _institution(uri: str, lines: Mapping[str, Line], tag: str) -> NamedRecord:
    line = lines.get(uri)
    called = short_name_in_words(line, uri, tag)
    forms = [*line.summary.title.values(), *line.summary.short.values()] if line else []
    return NamedRecord(uri=uri, called=called, names=tuple(dict.fromkeys((called, *map(str, forms)))))


def _members(
    text: ExchangeText, content: Mapping[str, Any], names: Mapping[str, Mapping[str, str]], tag: str
) -> Iterator[NamedMember]:
    for item in items_of(PEOPLE, content):
        known = names.get(item.get("person", "")) if isinstance(item.get("person"), str) else None
        printed = item.get("printed")
        forms = [*kept_text(known).values(), *kept_text(printed).values()]
        if forms:
            name = written_name(known or printed)
            called = name.shown(tag).text if name else ""
            yield NamedMember(
                participation=text.record,
                member=item["id"],
                institution=text.institution,
                called=called,
                names=tuple(dict.fromkeys((called, *forms))),
                item=item,
            )


def _papers(texts: Iterable[ExchangeText], tag: str) -> Iterator[NamedRecord]:
    listed = [(text, *_label_and_titles(text)) for text in texts]
    often = Counter(same_name(label) for _text, label, _titles in listed)
    for text, label, titles in listed:
        title = Text.kept(titles).shown(tag).text if titles else ""
        called = label if label and often[same_name(label)] == 1 else title or label
        yield NamedRecord(
            uri=text.record,
            called=called,
            names=tuple(name for name in dict.fromkeys((label, *kept_text(titles).values())) if name),
        )


def _label_and_titles(text: ExchangeText) -> tuple[str, Mapping[str, str]]:
    if text.draft:
        return str(text.draft.content.get("label") or ""), kept_text(text.draft.content.get("title"))
    if text.current:
        summary = text.current.line.summary
        return summary.label, {**summary.titles, **summary.title}
    return "", {}
