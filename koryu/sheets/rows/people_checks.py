"""What is pointed out in a list of people. Nothing of it stops anybody from typing, or from sending."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from koryu.records.participation import DelegationRole
from koryu.sheets.rows.row_sheet import CellMark
from koryu.sheets.rows.same_names import same_name
from koryu.sheets.rows.scripts import scripts_in
from koryu.values.reason import N_, Reason

_TWO_HEADS: Final = N_("Two heads of delegation.")
_MORE_THAN_AGREED: Final = N_("%(agreed)s agreed, %(named)s named.")
_ELSEWHERE: Final = N_("Also in the list of %(institution)s.")
_NO_READING: Final = N_("No reading: the interpreter will read it aloud.")
_WHOM: Final = N_("Interpreter supplied by the host: whom?")
_TWICE: Final = N_("The same person twice.")


@dataclass(frozen=True, kw_only=True)
class ListedMember:
    """One row of a list of people: its name by language, the URI of the person where there is one, and its roles."""

    row: str
    forms: Mapping[str, str]
    person: str = ""
    roles: tuple[str, ...] = ()
    counted: bool = True
    has_post: bool = False

    @property
    def is_named(self) -> bool:
        return bool(self.forms or self.person)

    @property
    def known_by(self) -> frozenset[str]:
        """By what somebody is the same person: the record, and each form of the name but its reading."""
        names = (same_name(name) for tag, name in self.forms.items() if tag not in ("ja-Hira", "ja-Kana", "ja-Hrkt"))
        return frozenset(filter(None, (self.person, *names)))


def people_marks(
    members: Sequence[ListedMember],
    *,
    hosting: bool,
    agreed: int | None = None,
    elsewhere: Mapping[str, Iterable[str]] | None = None,
    interpreter_from_host: bool = False,
) -> Iterator[CellMark]:
    """Everything pointed out in one list.

    `agreed` is how many are to come, `elsewhere` the names (or URIs of persons) in the lists of other institutions by
    what those are called, and `interpreter_from_host` whether the host is to supply the interpreter.
    """
    yield from two_heads(members)
    yield from more_than_agreed(members, agreed)
    yield from in_another_list(members, elsewhere or {})
    yield from without_reading(members)
    if hosting:
        yield from interpreter_not_named(members, expected=interpreter_from_host)
    yield from named_twice(members)


def two_heads(members: Sequence[ListedMember]) -> Iterator[CellMark]:
    """Each head after the first."""
    heads = [member for member in members if DelegationRole.HEAD in member.roles]
    yield from (CellMark(member.row, "roles", Reason(_TWO_HEADS)) for member in heads[1:])


def more_than_agreed(members: Sequence[ListedMember], agreed: int | None) -> Iterator[CellMark]:
    """The whole sheet, where more are counted than were agreed; that fewer are named so far is nothing to point out."""
    named = sum(member.counted and (member.is_named or member.has_post) for member in members)
    if agreed is not None and named > agreed:
        yield CellMark("", "", Reason(_MORE_THAN_AGREED, agreed=agreed, named=named))


def in_another_list(members: Sequence[ListedMember], elsewhere: Mapping[str, Iterable[str]]) -> Iterator[CellMark]:
    """Who is in another institution's list of the same exchange too."""
    for institution, names in elsewhere.items():
        others = {same_name(name) for name in names} | set(names)
        for member in members:
            if member.known_by & others:
                yield CellMark(member.row, "name", Reason(_ELSEWHERE, institution=institution))


def without_reading(members: Sequence[ListedMember]) -> Iterator[CellMark]:
    """Whose name is in Han only, with nothing that says how it is read."""
    for member in members:
        if member.forms and all(scripts_in(form) == {"Han"} for form in member.forms.values()):
            yield CellMark(member.row, "reading", Reason(_NO_READING))


def interpreter_not_named(members: Sequence[ListedMember], *, expected: bool) -> Iterator[CellMark]:
    """The host's interpreter without a name; the whole sheet, where one is expected and there is none."""
    interpreters = [member for member in members if DelegationRole.INTERPRETER in member.roles]
    yield from (CellMark(member.row, "name", Reason(_WHOM)) for member in interpreters if not member.is_named)
    if expected and not interpreters:
        yield CellMark("", "", Reason(_WHOM))


def named_twice(members: Sequence[ListedMember]) -> Iterator[CellMark]:
    """Each row that names somebody who is in a row above."""
    above: set[str] = set()
    for member in members:
        if member.known_by & above:
            yield CellMark(member.row, "name", Reason(_TWICE))
        above |= member.known_by
