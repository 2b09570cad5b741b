"""The statement that each entry of the ledger holds, and the header of a version."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, AliasChoices, Field, model_validator

from koryu.records.document import Digest
from koryu.seals.digests import digest_of
from koryu.values.frozen import Frozen
from koryu.values.reason import Reason, Refused

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
Named = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[a-z][a-z0-9+.-]*:[^\s\x00-\x1f\x7f]+$")]
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


def _that_there_is(moment: str) -> str:
    """The moment, unchanged. Raises Refused for a day or an hour that does not exist."""
    try:
        datetime.fromisoformat(moment)
    except ValueError as bad:
        raise Refused(Reason("“%(moment)s” is not a valid date and time", moment=moment)) from bad
    return moment


_ON_A_VERSION: Final = frozenset({"record", "version"})
# What each statement holds beside who says it and when: nothing else is sealed with it, and kept for ever.
_HOLDS: Final[Mapping[str, frozenset[str]]] = {
    "recorded": _ON_A_VERSION | {"header"},
    "proposed": _ON_A_VERSION | {"header"},
    "accepted": _ON_A_VERSION,
    "accepted by letter": _ON_A_VERSION | {"on_behalf_of", "letter"},
    "declined": _ON_A_VERSION | {"reason"},
    "withdrawn": _ON_A_VERSION,
    "concluded": _ON_A_VERSION | {"agreements"},
    "checked": _ON_A_VERSION | {"note"},
    "account differs": _ON_A_VERSION | {"note"},
    "erased": frozenset({"record", "contents", "at_request_of_named"}),
    "keyed": frozenset({"key"}),
    "key retired": frozenset(),
}
_ALWAYS: Final = frozenset({"said", "institution", "by", "at"})


class Statement(Frozen):
    """One thing said by one institution through one person: the content of an entry, without its proof.

    `reason` and `note` are digests of texts that are kept apart, as contents are, so that they can be erased.
    """

    said: Said
    institution: Named
    by: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$")]
    at: Annotated[Moment, AfterValidator(_that_there_is)]
    record: Named | None = None
    version: Digest | None = None
    header: Header | None = None
    on_behalf_of: Named | None = None
    letter: Digest | None = None
    reason: Digest | None = None
    note: Digest | None = None
    agreements: tuple[dict[str, Any], ...] = ()
    contents: tuple[Digest, ...] = ()
    at_request_of_named: bool = False
    key: Annotated[str, Field(pattern=r"^did:key:z6Mk\w+$")] | None = None

    @model_validator(mode="after")
    def _holds_what_belongs_to_it(self) -> Self:
        strange = self.model_fields_set - _ALWAYS - _HOLDS[self.said]
        if foreign := sorted(name for name in strange if getattr(self, name) not in (None, (), False)):
            raise Refused(Reason("“%(said)s” has no field %(field)s", said=self.said, field=", ".join(foreign)))
        return self

    def plain(self) -> dict[str, Any]:
        """The statement as it is sealed and sent: nothing that is empty."""
        written = self.model_dump(mode="json", exclude_defaults=True, exclude={"header"})
        if self.header:
            written["header"] = self.header.plain()
        return written

    @property
    def text(self) -> str | None:
        """The digest of the reason or remark that this statement gives."""
        return self.reason or self.note

    @property
    def agreed_by(self) -> str:
        """The institution whose agreement this statement is: itself, or the one that wrote the letter."""
        return self.on_behalf_of or self.institution


def statement_of(sealed: Mapping[str, Any]) -> Statement:
    """The statement inside a sealed document. Raises pydantic.ValidationError for anything that is none."""
    return Statement.model_validate({name: value for name, value in sealed.items() if name != "proof"})
