"""Names that go public and are on no record yet: looked at once, with reading and order, then records of people."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, Final

from django.db import transaction
from pydantic import ValidationError

from koryu.consent import actions
from koryu.consent.queries import Drafted
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.drafts.begin_draft import name_of_new
from koryu.institutions import rules as roles
from koryu.records.kinds import document_of, visibility_in
from koryu.seals.digests import digest_of
from koryu.sheets import clean
from koryu.sheets.rows.name_cells import names_proposed, reading_tag
from koryu.sheets.rows.same_names import same_name
from koryu.sheets.rows.speaker_cells import row_of_speaker
from koryu.values.frozen import complaints
from koryu.values.reason import Reason, Refused, or_refuse

ORDERS: Final = ("family first", "given first", "as written")
# Where people are named in the texts that an institution sends of its own.
_LISTS: Final[Mapping[str, str]] = {"participation": "members", "paper": "speakers"}
_IN_ADDRESSES: Final = re.compile(r"[^a-z0-9]+")
_NONE: Final = Reason("Choose at least one name.")


@dataclass(frozen=True, kw_only=True)
class NamedPlace:
    """Where a name stands: in which draft, in which of its lists, in which item."""

    draft: int
    field: str
    item: str


@dataclass(frozen=True, kw_only=True)
class NewName:
    """A name that is on no record yet, as it would be put on one: each written form with its reading and its parts."""

    key: str
    forms: tuple[Mapping[str, str], ...]
    places: tuple[NamedPlace, ...]

    @property
    def called(self) -> str:
        return self.forms[0]["written"]

    @property
    def lang(self) -> str:
        return self.forms[0]["lang"]


def names_to_look_at(drafts: Iterable[Drafted]) -> tuple[NewName, ...]:
    """The names in those of these drafts that go public and were not submitted, each once, in the order of the lists.

    The same name in several lists is one, in whatever language and with whatever reading each has it.
    """
    names: list[NewName] = []
    # People first: their lists have the most of each name, and every row of theirs is somebody.
    for draft in sorted(drafts, key=lambda draft: draft.kind != "participation"):
        if draft.waiting or visibility_in(draft.content) != "public":
            continue
        for place, forms in _named(draft):
            at = _known_in(names, place, forms)
            if at is None:
                names.append(NewName(key=_key(forms, names), forms=tuple(forms), places=(place,)))
            else:
                known = names[at]
                longest = max(known.forms, tuple(forms), key=len)
                names[at] = NewName(key=known.key, forms=longest, places=(*known.places, place))
    return tuple(names)


def _known_in(names: list[NewName], place: NamedPlace, forms: list[dict[str, str]]) -> int | None:
    """Which of these is this name: by the row of the list that a speaker was taken from, else by any form or reading.

    Two rows of one list are two people; a name that may be either's is another one.
    """
    row = row_of_speaker(place.item) if place.field == "speakers" else ""
    linked = [at for at, known in enumerate(names) if row in {there.item for there in known.places}] if row else []
    if len(linked) == 1:
        return linked[0]
    called = _called(forms)
    alike = [
        at
        for at, known in enumerate(names)
        if called & _called(known.forms) and place.draft not in {there.draft for there in known.places}
    ]
    return alike[0] if len(alike) == 1 else None


def _called(forms: Iterable[Mapping[str, str]]) -> frozenset[str]:
    words = (form.get(part, "") for form in forms for part in ("written", "reading"))
    return frozenset(same_name(word) for word in words if word)


def _key(forms: list[dict[str, str]], names: list[NewName]) -> str:
    """What a name is called on the page: the same as long as it is written so, and another one for a namesake."""
    taken = {known.key for known in names}
    written = [forms[0]["lang"], forms[0]["written"]]
    keys = (digest_of([*written, *["again"] * times])[7:19] for times in range(len(names) + 1))
    return next(key for key in keys if key not in taken)


def put_names_in(me: CurrentUser, drafts: Iterable[Drafted], posted: Any) -> int:
    """Begin a record of each person who is ticked, as typed, and link the lists to it. Returns how many they are.

    All or none: Refused for a name that is not as a record needs it, or a list that somebody changed meanwhile.
    """
    or_refuse(roles.may_draft(role=me.role, kind="person"))
    by_number = {draft.id: draft for draft in drafts}
    wanted = set(posted.getlist("name"))
    chosen = [name for name in names_to_look_at(by_number.values()) if name.key in wanted]
    if not chosen:
        raise Refused(_NONE)
    linked: dict[int, dict[str, str]] = {}
    with transaction.atomic():
        for name in chosen:
            record = _begin(me, name, posted, like=by_number[name.places[0].draft])
            for place in name.places:
                linked.setdefault(place.draft, {})[place.item] = record
        for number, people in linked.items():
            _link(me, by_number[number], people)
    return len(chosen)


def _named(draft: Drafted) -> Iterator[tuple[NamedPlace, list[dict[str, str]]]]:
    field = _LISTS.get(draft.kind, "")
    listed = draft.content.get(field)
    for item in listed if isinstance(listed, list) else ():
        if not isinstance(item, Mapping) or item.get("person") or not isinstance(item.get("printed"), Mapping):
            continue
        if forms := names_proposed(item["printed"]):
            yield NamedPlace(draft=draft.id, field=field, item=str(item.get("id", ""))), forms


def _begin(me: CurrentUser, name: NewName, posted: Any, *, like: Drafted) -> str:
    """The record of a person, begun as a draft that says what the list says: proposed, or recorded of what was."""
    forms = [_form_typed(name, form, posted) for form in name.forms]
    title = {form["lang"]: form["written"] for form in forms}
    sources = [_of_exchange(source, like) for source in like.content.get("sources", ())]
    content: dict[str, Any] = {
        "kind": "person",
        "title": {**title, "source": forms[0]["lang"]} if len(title) > 1 else title,
        "kept_by": me.institution,
        "names": forms,
        **({"sources": sources} if sources and like.says == "recorded" else {}),
    }
    try:
        document_of(content)
    except ValidationError as bad:
        where, problem = complaints(bad)[0]
        why = Reason("%(field)s: %(problem)s", field=where.rpartition(".")[2], problem=problem)
        raise Refused(Reason("“%(name)s”: %(why)s", name=name.called, why=why)) from bad
    record = _record(me, forms)
    actions.draft(
        institution=me.institution,
        record=record,
        content=content,
        replaces=None,
        says=like.says,
        by=me.username,
        at=clock.now(),
    )
    return record


def _form_typed(name: NewName, form: Mapping[str, str], posted: Any) -> dict[str, str]:
    """One written form as it was looked at: what stands in the boxes counts, and nothing else."""
    at = f"{name.key}-{form['id']}-"
    typed = {part: clean.line(posted.get(at + part, "")) for part in ("reading", "family", "given")}
    order = posted.get(at + "order", "")
    looked_at = {"id": form["id"], "lang": form["lang"], "written": form["written"]}
    looked_at |= {part: typed[part] for part in ("family", "given") if typed[part]}
    looked_at["order"] = order if order in ORDERS else "as written"
    if typed["reading"]:
        kept = form.get("reading_lang", "") if typed["reading"] == form.get("reading") else ""
        looked_at |= {"reading": typed["reading"], "reading_lang": kept or reading_tag(typed["reading"], form["lang"])}
    return looked_at


def _of_exchange(source: Any, like: Drafted) -> Any:
    """A source as a record has it that belongs to no exchange: a letter then says itself of which it is (rule 8)."""
    letter = source.get("letter") if isinstance(source, Mapping) else None
    return {**source, "letter": {**letter, "exchange": like.exchange}} if isinstance(letter, Mapping) else source


def _record(me: CurrentUser, forms: list[dict[str, str]]) -> str:
    """A name for the record: made of the letters of the Latin form where there is one, else of a few figures."""
    written = [text for form in forms for text in (form["written"], form.get("reading", ""))]
    latin = next((text for text in written if text.isascii() and any(letter.isalpha() for letter in text)), "")
    short = _IN_ADDRESSES.sub("-", latin.lower()).strip("-")[:60] or f"p-{token_hex(3)}"
    try:
        return name_of_new(me, "person", short)
    except Refused:
        return name_of_new(me, "person", f"{short}-{token_hex(3)}")


def _link(me: CurrentUser, draft: Drafted, people: Mapping[str, str]) -> None:
    """Let the items of a list name the records. What was printed stays beside it, as it was printed then."""
    field = _LISTS[draft.kind]
    listed = [
        {**item, "person": people[str(item.get("id"))]} if str(item.get("id")) in people else item
        for item in draft.content[field]
    ]
    content = {**draft.content, field: listed}
    actions.save(draft=draft.id, content=content, seen=draft.edition, by=me.username, at=clock.now())
