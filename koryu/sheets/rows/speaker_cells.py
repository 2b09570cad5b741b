"""Who gives a paper, in one cell: names with `;` between them, with their posts or posts alone in brackets.

`沈文远; 何静` · `Sato Yuko (Chief, Research Section)` · `(Deputy Director)` · `[Research Department]`, which is a body
as author. Whoever is in a list of people of the exchange is taken from there, with the posts they have in it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from koryu.sheets import clean
from koryu.sheets.parse import is_record
from koryu.sheets.rows.exchange_names import NamedMember
from koryu.sheets.rows.name_cells import name_shown, name_typed
from koryu.sheets.rows.row_sheet import CellReader, CellSort, RowItem, item_with, kept_text
from koryu.sheets.rows.same_names import same_name
from koryu.sheets.rows.scripts import language_of
from koryu.sheets.rows.text_cells import OF_POSTS

# What parts two names; inside brackets it is a part of what stands there.
_PART: Final = re.compile(
    r"(?:[^;；、\n（()）\[\]［］【】]|[（(][^（）()]*[)）]?|[\[［【][^\]］】]*[\]］】]?|[)）\]］】])+"
)
_AUTHOR: Final = re.compile(r"[\[［【]\s*(?P<author>.*?)\s*[\]］】]?")
_WITH_POST: Final = re.compile(r"(?P<name>[^（()]*?)\s*[（(]\s*(?P<post>.+?)\s*[)）]")
# How a speaker is called who was taken from the list of people: after the row there.
_ROW: Final = "row-"
# What a list of people says of somebody that a paper says too.
_LISTED: Final = ("person", "printed", "posts")
_POST_AND_UNIT: Final = re.compile(r"\s*[,，、]\s*")


@dataclass(frozen=True)
class SpeakersCell(CellSort):
    """The speakers of a paper, and a body as its author. Names look like any other words: only a head says of pasted
    ones that they are speakers."""

    def shown(self, item: RowItem, tag: str, reader: CellReader) -> str:
        author = _best(kept_text(item.get("corporate_author")), reader)
        parts = [speaker_shown(speaker, reader) for speaker in speakers_in(item)]
        return "; ".join([*parts, *([f"[{author}]"] if author else [])])

    def with_typed(self, item: RowItem, typed: str, tag: str, reader: CellReader) -> RowItem:
        there = list(speakers_in(item))
        author: str | None = None
        speakers: list[dict[str, Any]] = []
        for part in _parts(typed):
            if match := _AUTHOR.fullmatch(part):
                author = match["author"] or author
                continue
            speaker = _same(part, there, reader)
            taken = {each.get("id") for each in (*speakers, *there)}
            is_new = "id" not in speaker or speaker["id"] in taken
            speakers.append({**speaker, "id": _new_id([*speakers, *there])} if is_new else speaker)
        # Of whom nothing is shown, nothing was typed over.
        speakers += [speaker for speaker in speakers_in(item) if not speaker_shown(speaker, reader)]
        item = item_with(item, "speakers", speakers or None)
        if author == _best(kept_text(item.get("corporate_author")), reader):
            return item
        return item_with(item, "corporate_author", {_tag_of(author, reader): author} if author else None)


def speakers_in(item: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The speakers of a paper, finished or not."""
    speakers = item.get("speakers")
    yield from (speaker for speaker in speakers if isinstance(speaker, dict)) if isinstance(speakers, list) else ()


def names_of_speaker(speaker: Mapping[str, Any], reader: CellReader) -> frozenset[str]:
    """By what a speaker is the same person as one in a list: the record, and each form of the name."""
    person = speaker.get("person")
    known = kept_text(reader.names.get(person)) if isinstance(person, str) else {}
    forms = {**known, **kept_text(speaker.get("printed"))}
    uri = [person] if isinstance(person, str) and is_record(person) else []
    return frozenset(filter(None, (*uri, *map(same_name, forms.values()))))


def _same(part: str, there: list[dict[str, Any]], reader: CellReader) -> dict[str, Any]:
    """The speaker that was typed: one that is there already is taken out of those, with all that is said of it."""
    speaker = next((each for each in there if speaker_shown(each, reader) == part), None)
    if speaker is None:
        typed = _typed(part, reader)
        speaker = next((each for each in there if {**each, "id": ""} == {**typed, "id": ""}), None)
        if speaker is None:
            return typed
    there.remove(speaker)
    return speaker


def _parts(typed: str) -> Iterator[str]:
    parts = (clean.line(match.group()) for match in _PART.finditer(typed))
    yield from (part for part in parts if part)


def speaker_shown(speaker: Mapping[str, Any], reader: CellReader) -> str:
    """A speaker as it is typed; the posts not where they are those of the list of people."""
    name = _name(speaker, reader)
    listed = listed_as(speaker, reader)
    if listed and posts_said(listed.item) == posts_said(speaker):
        return name
    return _with(name, _posts_shown(speaker, reader))


def speaker_with_posts(speaker: Mapping[str, Any], reader: CellReader) -> str:
    """The same with the posts, whoever else has them."""
    return _with(_name(speaker, reader), _posts_shown(speaker, reader))


def _with(name: str, posts: str) -> str:
    return f"{name} ({posts})".strip() if posts else name


def _name(speaker: Mapping[str, Any], reader: CellReader) -> str:
    person = speaker.get("person")
    forms = {**(kept_text(reader.names.get(person)) if isinstance(person, str) else {})}
    forms |= kept_text(speaker.get("printed"))
    if not forms:
        return person if isinstance(person, str) else ""
    return name_shown(forms, reader.home or reader.tag) or _best(forms, reader)


def _best(forms: Mapping[str, str], reader: CellReader) -> str:
    """A text in the language of the list, else of the reader, else in any."""
    return next((forms[tag] for tag in (reader.home, reader.tag) if tag in forms), next(iter(forms.values()), ""))


def _posts_shown(speaker: Mapping[str, Any], reader: CellReader) -> str:
    posts = speaker.get("posts")
    held = [post for post in posts if isinstance(post, Mapping)] if isinstance(posts, list) else []
    words = (
        ", ".join(filter(None, (_best(kept_text(post.get(part)), reader) for part in ("post", "unit"))))
        for post in held
    )
    # A unit alone begins with its comma, so that it is read as one.
    return "; ".join(
        f", {text}" if not post.get("post") and text else text for post, text in zip(held, words, strict=True)
    )


def listed_as(speaker: Mapping[str, Any], reader: CellReader) -> NamedMember | None:
    """The member of a list of the exchange that this speaker is: by its row, else by the record or any form of the name
    or its reading; None where none is, or more than one may be."""
    row = row_of_speaker(str(speaker.get("id", "")))
    linked = reader.around.in_row(row) if row else None
    return linked or reader.around.known_by(names_of_speaker(speaker, reader))


def row_of_speaker(name: str) -> str:
    """The row of the list of people that the speaker of this id was taken from; '' where there is none."""
    return name.removeprefix(_ROW) if name.startswith(_ROW) else ""


def as_listed(speaker: Mapping[str, Any], reader: CellReader) -> dict[str, Any] | None:
    """The speaker as the list of people has them; None where nobody in it is meant, or it says nothing else."""
    member = listed_as(speaker, reader)
    if member is None:
        return None
    held = {field: member.item[field] for field in _LISTED if member.item.get(field)}
    if speaker.get("person") or held.get("person"):
        # By the record a person has all names; what was printed then stays.
        held.pop("printed", None)
    if posts_said(held) in ([], posts_said(speaker)):
        held.pop("posts", None)
    if all(speaker.get(field) == value for field, value in held.items()):
        return None
    return {**speaker, **held, "id": _ROW + member.member}


def posts_said(participant: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The posts of somebody, without what they are called inside the record."""
    posts = participant.get("posts")
    held = [post for post in posts if isinstance(post, Mapping)] if isinstance(posts, list) else []
    return [{name: value for name, value in post.items() if name != "id"} for post in held]


def _typed(part: str, reader: CellReader) -> dict[str, Any]:
    if is_record(part):
        return _from_list({part}, reader) or {"person": part}
    name, post = _name_and_post(part, reader)
    speaker: dict[str, Any] = {}
    if name:
        speaker = _from_list({same_name(name)}, reader) or _printed(name, reader)
    return {**speaker, "posts": _posts_typed(post, reader)} if post else speaker


def _name_and_post(part: str, reader: CellReader) -> tuple[str, str]:
    """(name, post) of what was typed; what stands in brackets may also be how the name is read."""
    match = _WITH_POST.fullmatch(part)
    if not match:
        return part, ""
    is_reading = match["name"] and len(name_typed(part, _tag_of(match["name"], reader)).forms) > 1
    return (part, "") if is_reading and not OF_POSTS.search(match["post"]) else (match["name"], match["post"])


def _from_list(names: set[str], reader: CellReader) -> dict[str, Any] | None:
    """Whoever is called so in a list of the exchange, as a speaker."""
    member = reader.around.known_by(names)
    if member is None:
        return None
    return {"id": _ROW + member.member, **{field: member.item[field] for field in _LISTED if field in member.item}}


def _printed(name: str, reader: CellReader) -> dict[str, Any]:
    if "person/" in (person := reader.named(name)):
        return {"person": person}
    forms = dict(name_typed(name, _tag_of(name, reader)).forms)
    return {"printed": {**forms, "source": next(iter(forms))} if len(forms) > 1 else forms}


def _posts_typed(typed: str, reader: CellReader) -> list[dict[str, Any]]:
    posts = []
    for place, words in enumerate(filter(None, re.split(r"\s*[;；]\s*", typed)), 1):
        post, *unit = _POST_AND_UNIT.split(words, maxsplit=1)
        made = {part: {_tag_of(text, reader): text} for part, text in (("post", post), ("unit", "".join(unit))) if text}
        if made:
            posts.append({"id": "post" if place == 1 else f"post-{place}", **made})
    return posts


def _tag_of(text: str, reader: CellReader) -> str:
    """In which language something is written, as far as its letters say; else that of the list."""
    home = reader.home or reader.tag
    han = home if home in ("ja", "zh-Hans", "zh-Hant", "ko") else "zh-Hans"
    return language_of(text, han=han) or home


def _new_id(speakers: list[dict[str, Any]]) -> str:
    taken = {speaker.get("id") for speaker in speakers}
    return next(name for number in range(1, len(taken) + 2) if (name := f"s{number}") not in taken)
