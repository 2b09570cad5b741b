"""The one sentence that entries are made of, and the header of a version."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, Field

from koryu.records.document import Digest
from koryu.seals.digests import digest_of
from koryu.values.model import Frozen
from koryu.values.reason import N_
from koryu.values.text import Text

SAID = (
    N_("recorded"),
    N_("proposed"),
    N_("accepted"),
    N_("accepted by letter"),
    N_("declined"),
    N_("withdrawn"),
    N_("concluded"),
    N_("checked"),
    N_("account differs"),
    N_("erased"),
    N_("keyed"),
    N_("key retired"),
)
Said = Literal[
    "recorded",
    "proposed",
    "accepted",
    "accepted by letter",
    "declined",
    "withdrawn",
    "concluded",
    "checked",
    "account differs",
    "erased",
    "keyed",
    "key retired",
]
Named = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[a-z][a-z0-9+.-]*:\S+$")]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", description="UTC, RFC 3339.")]


class Departure(Frozen):
    """An institution that had left, by a version of a programme it agreed to."""

    institution: Named
    programme: Named
    version: Digest


class Header(Frozen):
    """What a version is: its digest is what institutions accept."""

    record: Named
    kind: Annotated[str, Field(min_length=1, max_length=40)]
    schema_name: Annotated[
        str, Field(validation_alias=AliasChoices("schema", "schema_name"), serialization_alias="schema")
    ]
    parent: Digest | None
    owners: Annotated[tuple[Named, ...], Field(min_length=1)]
    content: Digest
    departures: tuple[Departure, ...] = ()
    erases: Annotated[
        tuple[Digest, ...], Field(description="Contents to be erased once this is agreed (rule 13).")
    ] = ()

    def plain(self) -> dict[str, Any]:
        """The header as it is digested and sent."""
        written = self.model_dump(mode="json", by_alias=True)
        for name in ("departures", "erases"):
            if not written[name]:
                del written[name]
        return written

    @property
    def digest(self) -> str:
        """The digest of the version."""
        return digest_of(self.plain())

    @property
    def departed(self) -> frozenset[str]:
        return frozenset(departure.institution for departure in self.departures)


class Statement(Frozen):
    """One thing said by one institution through one person: the content of an entry, without its proof."""

    said: Said
    institution: Named
    by: Annotated[str, Field(min_length=1, max_length=40)]
    at: Moment
    record: Named | None = None
    version: Digest | None = None
    header: Header | None = None
    on_behalf_of: Named | None = None
    letter: Digest | None = None
    reason: Text | None = None
    note: Text | None = None
    agreements: tuple[dict[str, Any], ...] = ()
    contents: tuple[Digest, ...] = ()
    at_request_of_named: bool = False
    key: Annotated[str, Field(pattern=r"^did:key:z6Mk\w+$")] | None = None

    def plain(self) -> dict[str, Any]:
        """The statement as it is sealed and sent: nothing that is empty."""
        written = self.model_dump(mode="json", exclude_defaults=True, exclude={"header"})
        if self.header:
            written["header"] = self.header.plain()
        return written

    @property
    def agreed_by(self) -> str:
        """The institution whose agreement this statement is: itself, or the one that wrote the letter."""
        return self.on_behalf_of or self.institution


def statement_of(sealed: Mapping[str, Any]) -> Statement:
    """The statement inside a sealed document. Raises pydantic.ValidationError for anything that is none."""
    return Statement.model_validate({name: value for name, value in sealed.items() if name != "proof"})
