"""May a content say this of other records? What it links to, what it claims to belong to, and who may read it.

Pure: what is to be known of the records named is handed in. The same questions are asked of what is recorded and of
what is proposed, whether it comes from the desk, from a file or from elsewhere.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from koryu.records.document import Document
from koryu.records.kinds import NEVER_PUBLIC
from koryu.records.links import Link
from koryu.values.reason import N_, Reason

NO_SUCH_RECORD = N_("“%(field)s” does not link to a record that your institution may read: %(target)s.")


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is known of a record that a content names.

    `owners` and `recorders` speak for it; `readers` may read it, or everybody where it is `public`; `lets_go` where
    what is public may lead to it; `exchange` is the exchange it belongs to, if it belongs to one.
    """

    kind: str
    owners: frozenset[str]
    recorders: frozenset[str] = frozenset()
    readers: frozenset[str] = frozenset()
    public: bool = False
    lets_go: bool = False
    exchange: str = ""

    def is_read_by(self, institution: str) -> bool:
        return self.public or institution in self.readers


Targets = Mapping[str, Target]


def about_to_be(document: Document, *, institution: str, recorded: bool) -> Target:
    """The Target that a new record will be, once an institution has recorded or proposed this document for it."""
    return Target(
        kind=document.kind,
        owners=frozenset(document.owners()),
        recorders=frozenset({institution} if recorded else ()),
        readers=frozenset({institution, *document.owners()}),
        lets_go=document.visibility == "public",
        exchange=document.belongs_to(),
    )


def links_fail(document: Document, *, record: str, institution: str, known: Targets) -> Reason | None:
    """Rule 9: every link leads to a record of a kind its field names, that exists and that its sayer may read."""
    # A record may link to itself, and an institution to its own record before it has one: neither is in `known` yet.
    itself = {
        institution: Target(kind="institution", owners=frozenset(), public=True, lets_go=True),
        record: Target(kind=document.kind, owners=frozenset(), public=True, lets_go=True),
    }
    for link in document.links():
        target = itself.get(link.target) or known.get(link.target)
        if target is None or not target.is_read_by(institution):
            return Reason(NO_SUCH_RECORD, field=_named(link), target=link.target)
        if link.kinds and target.kind not in link.kinds:
            return Reason(
                "“%(field)s” names a record of another kind: %(target)s is one of kind %(found)s; "
                "expected was %(expected)s.",
                field=_named(link),
                target=link.target,
                found=target.kind,
                expected="/".join(link.kinds),
            )
        if document.visibility == "public" and target.kind in NEVER_PUBLIC:
            return Reason(
                "“%(field)s” links a public record to one that is never public: %(target)s. Leave it out: that one may "
                "name this one.",
                field=_named(link),
                target=link.target,
            )
        if document.visibility == "public" and not target.lets_go and not _of_one_exchange(document, link, target):
            return Reason(
                "“%(field)s” links a public record to one that is not public: %(target)s. Make that one public first.",
                field=_named(link),
                target=link.target,
            )
    return None


def claims_fail(
    document: Document, *, kept: Iterable[Link], speak: frozenset[str], recorder: str | None, known: Targets
) -> Reason | None:
    """Rule 9: a claim is heard only if an owner of the record claimed is among those who agree, or its recorder speaks.

    `speak` are those who must agree to what is said, or who records it; `recorder` is set where it is recorded. `kept`
    are the claims of the version it replaces: they stay, whatever became of the records claimed.
    """
    before = {(link.rel, link.target) for link in kept}
    for claim in document.claims():
        target = known.get(claim.target)
        if target is None or (claim.rel, claim.target) in before:
            continue
        if not (target.owners & speak) and recorder not in target.recorders:
            return Reason(
                "Only the institutions of %(target)s can agree to this (%(field)s), and none of them takes part "
                "here. Ask one of them to take part, or mention it in a note.",
                target=claim.target,
                field=_named(claim),
            )
    return None


def letters_fail(document: Document, *, recorder: str, known: Targets) -> Reason | None:
    """Rule 8: what rests on a letter is recorded by an institution of the same exchange, and is not public unless the
    letter allows it."""
    letters = [source.letter for source in document.sources if source.letter]
    if not letters:
        return None
    exchange = document.belongs_to() or next((str(letter.exchange) for letter in letters if letter.exchange), "")
    target = known.get(exchange)
    if target is None or recorder not in target.owners:
        return Reason("Content based on a letter can be recorded only by an institution of the same exchange.")
    if document.visibility == "public" and document.says_who_reads and not all(letter.public for letter in letters):
        return Reason(
            "Content based on a letter is only for the institutions of the exchange, unless the letter allows it "
            "to be made public."
        )
    return None


def narrows(document: Document, *, before: str | None) -> Reason | None:
    """Rule 12: what its institutions said is public stays so. `before` is who may read the version it replaces."""
    if before == "public" and document.visibility != "public":
        return Reason("What was made public stays public. Content that should not be public can be erased.")
    return None


def _of_one_exchange(document: Document, link: Link, target: Target) -> bool:
    """Whether both belong to one exchange, or one is the exchange of the other."""
    mine = document.belongs_to()
    return bool(mine) and mine in (link.target, target.exchange)


def _named(link: Link) -> str:
    return f"{link.rel}[{link.item}]" if link.item else link.rel
