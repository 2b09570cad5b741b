"""The few values of a record that lists, timelines and figures need, so that none of them opens documents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final

Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What lists show of a record: its title in its JSON form and, by kind, what is needed besides.

    Codes, dates (EDTF) and URIs are as the document writes them; texts are in their JSON form, by language tag. What a
    kind has nothing to say of is empty.
    """

    title: Forms = field(default_factory=dict)
    date: str = ""
    # Which of these values no source states: by name, a title in one language as `title.ja`.
    inferred: Sequence[str] = ()
    # Of which type it is, and in which state.
    type: str = ""
    form: str = ""
    state: str = ""
    side: str = ""
    label: str = ""
    untitled: bool = False
    # Whose it is, and what it belongs to.
    institution: str = ""
    institutions: Sequence[str] = ()
    hosts: Sequence[str] = ()
    exchange: str = ""
    programmes: Sequence[str] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    # Exchanges: what counting turns needs. Where `turn_said`, `turn_of` is whose turn was used up, or nobody's.
    programme_year: str = ""
    postponed_to: str = ""
    stands_in: bool = False
    turn_said: bool = False
    turn_of: Sequence[str] = ()
    continues: str = ""
    series: str = ""
    # Which agreements an exchange names, and on which a programme rests, with since when it says it does.
    agreements: Sequence[str] = ()
    basis: Mapping[str, str] = field(default_factory=dict)
    themes: Sequence[str] = ()
    cities: Sequence[Forms] = ()
    # Agreements: how one came about, how long it runs, in which texts.
    act: str = ""
    done: str = ""
    since: str = ""
    until: str = ""
    stated: Forms = field(default_factory=dict)
    lasts: str = ""
    exchanges_agreed: int = 0
    renewal: str = ""
    extends: str = ""
    amends_by: str = ""
    authentic: Sequence[str] = ()
    files: Sequence[Mapping[str, str]] = ()
    # People and bodies: short names, readings, who spoke and who came.
    short: Forms = field(default_factory=dict)
    readings: Forms = field(default_factory=dict)
    people: Sequence[str] = ()
    titles: Forms = field(default_factory=dict)
    speakers: Sequence[Mapping[str, Any]] = ()
    corporate_author: Forms = field(default_factory=dict)
    # Questions to be answered in writing, as {item, to, due, text}; the questions that are answered, and how much is
    # said of which paper or session, each as `record` or `record#item`. What a follow-up led to, and for whom it is.
    owed: Sequence[Mapping[str, Any]] = ()
    answered: Sequence[str] = ()
    matters: Mapping[str, int] = field(default_factory=dict)
    led_to: Sequence[str] = ()
    for_whom: Sequence[str] = ()
    # Works: who wrote them, and where they appeared.
    authors: Sequence[Forms] = ()
    container: Forms = field(default_factory=dict)
    issue: str = ""
    address: str = ""

    def as_json(self) -> dict[str, Any]:
        """What is said, as plain JSON values: what the archive keeps."""
        said = ((each.name, getattr(self, each.name)) for each in fields(self))
        return {name: value for name, value in said if value}

    def is_inferred(self, *values: str) -> bool:
        """Whether any of these values is one that no source states."""
        return bool(self.inferred) and not frozenset(values).isdisjoint(self.inferred)


VALUES: Final = frozenset(each.name for each in fields(Summary))
