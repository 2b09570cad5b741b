"""What an entry changes, whoever said it and whenever it is read: the one way into the archive."""

from koryu.archive import effects as archive
from koryu.consent.rules.statement import Header, Statement, statement_of
from koryu.institutions import effects as institutions
from koryu.ledger import queries as ledger


def take_effect(entry: ledger.Entry) -> None:
    """Let an entry of the ledger change what stands and who has a key. What only consults changes neither."""
    said = statement_of(entry.sealed)
    match said.said:
        case "recorded":
            assert said.header
            _put(said, said.header, entry=entry.number, basis="recorded", by_letter=())
        case "concluded":
            _conclude(said, entry=entry.number)
        case "checked" | "account differs":
            archive.remark(
                version=str(said.version),
                institution=said.institution,
                said=said.said,
                note=said.note or "",
                at=said.at,
                entry=entry.number,
            )
        case "erased":
            archive.erase(record=str(said.record), entry=entry.number)
        case "keyed":
            institutions.keyed(institution=said.institution, did=str(said.key), entry=entry.number)
        case "key retired":
            institutions.retired(institution=said.institution, entry=entry.number)
        case _:
            return


def _conclude(said: Statement, *, entry: int) -> None:
    agreements = [statement_of(one) for one in said.agreements]
    header = next(one.header for one in agreements if one.header)
    by_letter = tuple(sorted(one.agreed_by for one in agreements if one.on_behalf_of))
    _put(said, header, entry=entry, basis="agreed by letter" if by_letter else "agreed", by_letter=by_letter)


def _put(said: Statement, header: Header, *, entry: int, basis: str, by_letter: tuple[str, ...]) -> None:
    content = ledger.content(header.content)
    archive.put(
        version=str(said.version),
        header=header.plain(),
        content=content.content if content else None,
        basis=basis,
        said_by=said.institution,
        by_letter=by_letter,
        at=said.at,
        entry=entry,
    )
