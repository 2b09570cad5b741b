"""What has been said of one record, read in order: who must agree, what is open, what stands.

Pure: a History is made from statements and nothing else, and never looks at a clock (rule 11).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from koryu.consent.rules.statement import Header, Statement

AGREEING = ("proposed", "accepted", "accepted by letter")


@dataclass(frozen=True)
class History:
    """The statements about one record, in the order in which they were said."""

    statements: tuple[Statement, ...]

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> "History":
        return cls(tuple(statements))

    @cached_property
    def headers(self) -> dict[str, Header]:
        """The header of every version that was put into words, by its digest."""
        return {said.version: said.header for said in self.statements if said.version and said.header}

    def about(self, version: str) -> tuple[Statement, ...]:
        return tuple(said for said in self.statements if said.version == version)

    def agreements(self, version: str) -> dict[str, Statement]:
        """Who has agreed to this version, and by which statement."""
        return {said.agreed_by: said for said in self.about(version) if said.said in AGREEING}

    def declined_by(self, version: str) -> frozenset[str]:
        return frozenset(said.institution for said in self.about(version) if said.said == "declined")

    def must_agree(self, version: str) -> frozenset[str]:
        """Those who must agree to a version (rule 1)."""
        return self.must_agree_to(self.headers[version])

    def must_agree_to(self, header: Header) -> frozenset[str]:
        """Rule 1: the new owners, and the old ones less those who had left. New owners agree whatever they left."""
        replaced = self.headers.get(header.parent or "")
        old = frozenset(replaced.owners) if replaced else frozenset()
        return frozenset(header.owners) | (old - header.departed)

    def has_agreed_everyone(self, version: str) -> bool:
        return self.must_agree(version) <= self.agreements(version).keys()

    def was(self, said: str, version: str) -> bool:
        return any(one.said == said for one in self.about(version))

    def is_proposal(self, version: str) -> bool:
        return self.was("proposed", version)

    def is_dead(self, version: str) -> bool:
        """Withdrawn, declined by one who must agree, or erased: nobody stands on it any more."""
        return (
            self.was("withdrawn", version)
            or bool(self.declined_by(version) & self.must_agree(version))
            or (self.headers[version].content in self.erased and not self.was("concluded", version))
        )

    def is_open(self, version: str) -> bool:
        return self.is_proposal(version) and not self.was("concluded", version) and not self.is_dead(version)

    @cached_property
    def erased(self) -> frozenset[str]:
        """The digests of contents that were erased."""
        return frozenset(digest for said in self.statements for digest in said.contents if said.said == "erased")

    @property
    def texts(self) -> tuple[str, ...]:
        """The digests of the reasons and remarks that were given, in order."""
        return tuple(said.text for said in self.statements if said.text)

    @property
    def contents(self) -> frozenset[str]:
        """The digests of everything that was put into words: contents of versions, reasons and remarks."""
        return frozenset([*(header.content for header in self.headers.values()), *self.texts])

    @property
    def open_versions(self) -> tuple[str, ...]:
        return tuple(version for version in self.headers if self.is_open(version))

    @property
    def last_proposed(self) -> str | None:
        """The version that was put forward last."""
        return next((one.version for one in reversed(self.statements) if one.said == "proposed"), None)

    @property
    def agreed(self) -> str | None:
        """The agreed version in force."""
        return next((one.version for one in reversed(self.statements) if one.said == "concluded"), None)

    @property
    def recorded(self) -> str | None:
        """The latest recorded version, whether or not an agreed one stands before it."""
        return next((one.version for one in reversed(self.statements) if one.said == "recorded"), None)

    @property
    def in_force(self) -> str | None:
        """The version that stands: the agreed one, else the recorded one (rule 8)."""
        return self.agreed or self.recorded

    @property
    def recorder(self) -> str | None:
        """The institution whose statement the recorded version is."""
        return next((one.institution for one in reversed(self.statements) if one.said == "recorded"), None)

    def proposer(self, version: str) -> str:
        return next(said.institution for said in self.about(version) if said.said == "proposed")

    def stands_on(self, institution: str, *, instead_of: str | None, besides: str = "") -> str | None:
        """The living version by which this institution would already replace `instead_of`, other than `besides`."""
        for version, header in self.headers.items():
            rival = version != besides and header.parent == instead_of and self.is_proposal(version)
            if rival and not self.is_dead(version) and institution in self.agreements(version):
                return version
        return None

    def replaced_by(self, parent: str | None) -> str | None:
        """The version that was concluded in the place of `parent`."""
        concluded = (one.version for one in self.statements if one.said == "concluded" and one.version)
        return next((version for version in concluded if self.headers[version].parent == parent), None)
