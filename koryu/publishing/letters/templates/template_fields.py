"""Which fields a template of each kind of letter may have, and where. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from koryu.wording.letters.letter_kinds import LETTER_KINDS
from koryu.wording.letters.template_words import SECOND


@dataclass(frozen=True, kw_only=True)
class TemplateList:
    """A list of a letter: its name, the column it has once, those it has for each language, what heads its parts."""

    name: str
    once: str = ""
    columns: tuple[str, ...]
    heading: str

    def codes(self, signs: Iterable[str]) -> tuple[str, ...]:
        """The codes of the fields of a row, from the left, in languages whose fields have these signs."""
        each = (f"{self.name}.{column}{sign}" for sign in signs for column in self.columns)
        return (*((f"{self.name}.{self.once}",) if self.once else ()), *each)

    @property
    def heading_code(self) -> str:
        """The code of the field that stands over each part."""
        return f"{self.name}.{self.heading}"


# The list that a kind of letter prints as a table.
LIST_OF: Final[Mapping[str, TemplateList]] = {
    "programme": TemplateList(name="session", once="time", columns=("what", "where"), heading="day"),
    "participants": TemplateList(name="member", once="no", columns=("name", "post", "role"), heading="institution"),
    "papers": TemplateList(name="paper", once="no", columns=("title", "speaker", "kind"), heading="institution"),
    "approval": TemplateList(name="change", columns=("item", "now", "new"), heading="title"),
    "invitation": TemplateList(name="half-day", columns=("day", "morning", "afternoon", "city"), heading="title"),
}
# Values of the plan: of each kind of letter, and in both languages where it has two.
PLAN_FIELDS: Final = (
    *("form", "dates", "places", "host", "institutions", "main themes", "sub-themes", "size", "languages", "open"),
)
_ANY: Final = ("number", "date", "title", "exchange", "stay", *PLAN_FIELDS, "replaces", "cites", "reference")
_LETTER: Final = (
    *("to.lines", "to.institution", "to.unit", "to.post", "to.name", "to.honorific", "to.addressed", "salutation"),
    *("subject", "their.letter", "their.number", "their.date", "body", "text", "ending", "end mark", "enclosures"),
    *("sender.lines", "sender.institution", "sender.unit", "sender.post", "sender.name", "sender.address"),
    *("sender.telephone", "sender.mail", "contact.line", "contact.unit", "contact.name"),
)
_OWN: Final = {
    "plan": ("covering", "notes"),
    "programme": ("provisional", "zone", "notes"),
    "participants": ("notes",),
    "papers": ("notes",),
    "invitation": ("invited", "purpose", "cities", "costs", "translation"),
    "enquiry": ("points", "deadline"),
    "thanks": (),
    "approval": ("reasons", "costs"),
}
_INVITED: Final = ("invited.title", "invited.name", "invited.post")
# What such a letter should not be without; of two names in brackets either will do.
_WANTED: Final = {
    "invitation": (
        ("to.lines", "to.name"),
        ("invited", "invited.name"),
        ("purpose",),
        ("stay",),
        ("cities",),
        ("costs",),
        ("sender.lines", "sender.name"),
        ("contact.line", "sender.address"),
    ),
    "enquiry": (("to.lines", "to.name"), ("points",), ("sender.lines", "sender.name")),
    "thanks": (("to.lines", "to.name"), ("body", "text"), ("sender.lines", "sender.name")),
    "approval": (("reasons",),),
    "plan": (("dates",), ("places",)),
    "programme": (("session.time",), ("session.what",)),
    "participants": (("member.name",),),
    "papers": (("paper.title",),),
}


@dataclass(frozen=True, kw_only=True)
class TemplateField:
    """A field: its code; the list in whose rows it stands, '' for none; whether it heads the parts of that list.

    `both` where a template in two languages has it in either.
    """

    code: str
    row_of: str = ""
    is_heading: bool = False
    both: bool = False


@cache
def fields_of(kind: str, *, two: bool = False) -> dict[str, TemplateField]:
    """The fields of a kind of letter, by code, in the order of a letter; `two` for a template in two languages."""
    fields = {field.code: field for field in _fields(kind)}
    if two:
        seconds = (field for field in tuple(fields.values()) if field.both)
        for field in seconds:
            code = f"{field.code} {SECOND}"
            fields[code] = TemplateField(code=code, row_of=field.row_of, both=True)
    return fields


def wanted_of(kind: str) -> tuple[tuple[str, ...], ...]:
    """What a template of this kind should have; each the codes of which one is enough."""
    return _WANTED[kind]


def _fields(kind: str) -> Iterator[TemplateField]:
    for code in _ANY:
        yield TemplateField(code=code, both=LETTER_KINDS[kind].both and code in ("exchange", *PLAN_FIELDS))
    for code in (*(() if LETTER_KINDS[kind].is_list else _LETTER), *_OWN[kind]):
        yield TemplateField(code=code)
    if kind == "invitation":
        for code in _INVITED:
            yield TemplateField(code=code, row_of="invited", is_heading=code == "invited.title")
    if listed := LIST_OF.get(kind):
        yield TemplateField(code=listed.heading_code, row_of=listed.name, is_heading=True)
        if listed.once:
            yield TemplateField(code=f"{listed.name}.{listed.once}", row_of=listed.name)
        for column in listed.columns:
            yield TemplateField(code=f"{listed.name}.{column}", row_of=listed.name, both=LETTER_KINDS[kind].both)
