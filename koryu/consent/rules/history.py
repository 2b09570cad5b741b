"""What has been said of one record, read in order: who must agree, what is open, what stands.

Pure: a History is made from statements and nothing else, and never looks at a clock (rule 11).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import dropwhile, takewhile

from koryu.consent.rules.statement import Header, Statement
from koryu.values.uris import minted_by

AGREEING = ("proposed", "accepted", "accepted by letter")


@dataclass(frozen=True)
class History:
    """The statements about one record, in the order in which they were said.

    `withheld` are headers of versions that are known to have been agreed, and of which nothing else is at hand: an
    exported record has them in the place of a version that was not public. `is_whole` is not so of an exported record:
    what came to nothing is not in it, so that it cannot tell whether another had spoken before something was said.
    """

    statements: tuple[Statement, ...]
    withheld: Mapping[str, Header] = field(default_factory=dict)
    is_whole: bool = True

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> "History":
        return cls(tuple(statements))

    @classmethod
    def exported(cls, *, withheld: Mapping[str, Header]) -> "History":
        """The beginning of the history of an exported record."""
        return cls((), withheld, is_whole=False)

    def and_then(self, *said: Statement) -> "History":
        """This history with more statements after the others."""
        return replace(self, statements=(*self.statements, *said))

    def until(self, place: int) -> "History":
        """This history as it was before the statement at a place, counted from 0."""
        return replace(self, statements=self.statements[:place])

    @cached_property
    def headers(self) -> dict[str, Header]:
        """The header of every version that was recorded or proposed, and of those withheld, by its digest."""
        said = {said.version: said.header for said in self.statements if said.version and said.header}
        return {**self.withheld, **said}

    @cached_property
    def _about(self) -> dict[str, tuple[Statement, ...]]:
        by_version: dict[str, list[Statement]] = {}
        for said in self.statements:
            if said.version:
                by_version.setdefault(said.version, []).append(said)
        return {version: tuple(said) for version, said in by_version.items()}

    def about(self, version: str) -> tuple[Statement, ...]:
        return self._about.get(version, ())

    def agreements(self, version: str) -> dict[str, Statement]:
        """Who has agreed to this version, and by which statement."""
        return {said.agreed_by: said for said in self.about(version) if said.said in AGREEING}

    def declined_by(self, version: str) -> frozenset[str]:
        return frozenset(said.institution for said in self.about(version) if said.said == "declined")

    # Whose it is

    @cached_property
    def minter(self) -> str | None:
        """The institution that made the record's name: the one the name says, else whoever proposed first under it.

        None where the name says nothing and what came first was recorded: such names are on record already (rule 2).
        """
        first = next(iter(self.statements), None)
        if first is None:
            return None
        return minted_by(first.record or "") or (first.institution if first.said == "proposed" else None)

    @cached_property
    def named(self) -> frozenset[str]:
        """Whom the minter of the name has named as owners, in whatever it put forward (rule 2)."""
        minted = (
            statement.header
            for statement in self.statements
            if statement.header and statement.institution == self.minter
        )
        return frozenset(owner for header in minted for owner in header.owners)

    @cached_property
    def recorded_owners(self) -> frozenset[str]:
        """The owners by the first recorded version; its recorder corrects them until another has spoken (rule 8)."""
        owners: frozenset[str] = frozenset()
        for corrected in self._owners_as_corrected():
            # Once another has spoken nobody is left out, so that whoever is left out was so before. Of somebody added
            # an exported record cannot tell it.
            owners = corrected if self.is_whole or not owners <= corrected else owners or corrected
        return owners

    def _owners_as_corrected(self) -> Iterator[frozenset[str]]:
        """The owners by each version of whoever recorded first, until another is known to have spoken."""
        recorded = dropwhile(lambda statement: statement.said != "recorded", self.statements)
        first = next(recorded, None)
        if first is None:
            return
        for statement in (first, *takewhile(lambda said: said.institution == first.institution, recorded)):
            if statement.said == "recorded" and statement.header:
                yield frozenset(statement.header.owners)

    @property
    def owners(self) -> frozenset[str]:
        """Whose the record is: by what is agreed; else by what was recorded first; else whom the minter named."""
        if self.agreed:
            return frozenset(self.headers[self.agreed].owners)
        return self.recorded_owners or self.named

    def may_put_forward(self) -> frozenset[str] | None:
        """Who may put the next version forward (rule 2); None for a record of which nothing was said yet."""
        if self.agreed:
            return frozenset(self.headers[self.agreed].owners)
        minter = {self.minter} if self.minter else set()
        recorded = self.recorded_owners if self.is_whole else frozenset().union(*self._owners_as_corrected())
        return (recorded | self.named | minter) if self.statements else None

    # Who must agree

    def predecessor(self, header: Header) -> str | None:
        """The agreed version that this one would replace; for rules 1, 3 and 4 a recorded one is none."""
        return header.parent if header.parent and self.was_agreed(header.parent) else None

    def was_agreed(self, version: str) -> bool:
        """Whether a version is or was agreed by all who must."""
        return version in self.withheld or self.was("concluded", version)

    def must_agree(self, version: str) -> frozenset[str]:
        """Those who must agree to a version (rule 1)."""
        return self.must_agree_to(self.headers[version])

    def must_agree_to(self, header: Header) -> frozenset[str]:
        """Rule 1: the new owners, and the old ones less those who had left. New owners agree whatever they left.

        Of a first version the old owners are those that were recorded, and the minter of its name agrees to it
        (rule 2). What is said here may be the first thing said: then the header's record tells the minter.
        """
        before = self.predecessor(header)
        if before:
            old = frozenset(self.headers[before].owners)
        else:
            minter = self.minter if self.statements else minted_by(header.record)
            old = self.recorded_owners | (frozenset({minter}) if minter else frozenset())
        return frozenset(header.owners) | (old - header.departed)

    def has_agreed_everyone(self, version: str) -> bool:
        return self.must_agree(version) <= self.agreements(version).keys()

    # What became of a version

    def was(self, said: str, version: str) -> bool:
        return any(statement.said == said for statement in self.about(version))

    def stood(self, version: str) -> bool:
        """Whether a version stands or stood: recorded or agreed."""
        return self.was("recorded", version) or self.was_agreed(version)

    def is_proposal(self, version: str) -> bool:
        return self.was("proposed", version)

    def is_dead(self, version: str) -> bool:
        """Whether it was withdrawn, or declined by one who must agree: then it can never be concluded."""
        return self.was("withdrawn", version) or bool(self.declined_by(version) & self.must_agree(version))

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

    def texts_on(self, version: str) -> frozenset[str]:
        """The digests of the reasons and remarks that were given on a version."""
        return frozenset(said.text for said in self.about(version) if said.text)

    @property
    def contents(self) -> frozenset[str]:
        """The digests of everything that has a text: contents of versions, reasons and remarks."""
        return frozenset([*(header.content for header in self.headers.values()), *self.texts])

    @property
    def open_versions(self) -> tuple[str, ...]:
        return tuple(version for version in self.headers if self.is_open(version))

    @property
    def last_proposed(self) -> str | None:
        """The version that was put forward last."""
        return next(
            (statement.version for statement in reversed(self.statements) if statement.said == "proposed"), None
        )

    # What stands

    @cached_property
    def agreed(self) -> str | None:
        """The agreed version in force."""
        concluded = (statement.version for statement in reversed(self.statements) if statement.said == "concluded")
        return next(concluded, None) or next(reversed(list(self.withheld)), None)

    @cached_property
    def lines(self) -> dict[str, str]:
        """The latest recorded version of each recorder, whoever recorded first coming first (rule 8)."""
        latest: dict[str, str] = {}
        for statement in self.statements:
            if statement.said == "recorded" and statement.version:
                latest[statement.institution] = statement.version
        return latest

    def recorded_for(self, circle: frozenset[str] = frozenset()) -> str | None:
        """The recorded version that is shown: an owner's line, else one of the circle, else another's (rule 8)."""
        owners = self.recorded_owners

        # min() takes the first of equals: of several in one rank, whoever recorded first.
        def rank(who: str) -> tuple[bool, int]:
            is_erased = self.headers[self.lines[who]].content in self.erased
            return is_erased, 0 if who in owners else 1 if who in circle else 2

        return self.lines[min(self.lines, key=rank)] if self.lines else None

    @property
    def recorded(self) -> str | None:
        """The recorded version that is shown, whether or not an agreed one stands before it."""
        return self.recorded_for()

    @property
    def in_force(self) -> str | None:
        """The version that stands: the agreed one, else the recorded one that is shown (rule 8)."""
        return self.agreed or self.recorded

    @property
    def recorder(self) -> str | None:
        """The institution that recorded the version which is shown."""
        return next((who for who, version in self.lines.items() if version == self.recorded), None)

    def recorder_of(self, version: str) -> str | None:
        """The institution that recorded this version."""
        return next((statement.institution for statement in self.about(version) if statement.said == "recorded"), None)

    def proposer(self, version: str) -> str:
        return next(said.institution for said in self.about(version) if said.said == "proposed")

    def stands_on(self, institution: str, *, instead_of: str | None, besides: str = "") -> str | None:
        """The open version by which this institution would already replace the agreed `instead_of` (rule 3).

        Every first version has the same predecessor: none.
        """
        # What can never be concluded, and what would replace another version, binds the institution to nothing.
        for version, header in self.headers.items():
            rival = version != besides and self.is_proposal(version) and self.predecessor(header) == instead_of
            if rival and not self.is_dead(version) and institution in self.agreements(version):
                return version
        return None

    def replaced_by(self, predecessor: str | None) -> str | None:
        """The version that was concluded in the place of an agreed one, or as the first one."""
        concluded = (
            statement.version for statement in self.statements if statement.said == "concluded" and statement.version
        )
        return next((version for version in concluded if self.predecessor(self.headers[version]) == predecessor), None)
