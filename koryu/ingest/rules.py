"""What must hold between the records of data sets before anything of them is recorded."""

from collections.abc import Sequence

from koryu.archive import queries as archive
from koryu.ingest.dataset import DataSet, Loaded, bad_file
from koryu.records.institution import Institution, Type
from koryu.records.programme import Programme
from koryu.values.reason import Reason


def check(sets: Sequence[DataSet]) -> None:
    """Raise BadFile for a record given twice, a link to nothing, a number used twice, a recorder who is none."""
    records = [record for one in sets for record in one.records]
    _each_once(records)
    _links_lead_somewhere(records)
    _numbers_are_free(records)
    for one in sets:
        _recorded_by_a_compiler(one, records)


def _each_once(records: Sequence[Loaded]) -> None:
    seen: dict[str, str] = {}
    for record in records:
        if record.uri in seen:
            raise bad_file(
                record.file, record.uri, Reason("it is given twice, the first time in %(file)s", file=seen[record.uri])
            )
        seen[record.uri] = record.file


def _links_lead_somewhere(records: Sequence[Loaded]) -> None:
    here = {record.uri: record.document.kind for record in records}
    targets = {link.target for record in records for link in record.document.links()}
    kinds = {**archive.known(targets - here.keys()), **here}
    for record in records:
        for link in record.document.links():
            _leads_somewhere(
                record, f"{link.rel}[{link.item}]" if link.item else link.rel, link.target, link.kinds, kinds
            )


def _leads_somewhere(record: Loaded, field: str, target: str, expected: tuple[str, ...], kinds: dict[str, str]) -> None:
    where = f"{record.uri}: {field}"
    if target not in kinds:
        raise bad_file(record.file, where, Reason("%(target)s leads to no record", target=target))
    if expected and kinds[target] not in expected:
        raise bad_file(
            record.file,
            where,
            Reason(
                "a link to %(expected)s was expected, not to %(target)s", expected="/".join(expected), target=target
            ),
        )


def _numbers_are_free(records: Sequence[Loaded]) -> None:
    series_of = {
        record.uri: str(record.document.number_series or record.uri)
        for record in records
        if isinstance(record.document, Programme)
    }
    given = {record.uri for record in records}
    borne: dict[tuple[str, str], str] = {}
    for record in records:
        for programme, number in record.document.numbers():
            series = series_of.get(programme) or archive.series_of(programme)
            before = archive.number_taken(series=series, number=number, by_other_than=record.uri)
            other = borne.setdefault((series, number), record.uri)
            holder = other if other != record.uri else before if before not in given else None
            if holder:
                raise bad_file(
                    record.file,
                    f"{record.uri}: programmes",
                    Reason("the number %(number)s of this series is borne by %(other)s", number=number, other=holder),
                )


def _recorded_by_a_compiler(one: DataSet, records: Sequence[Loaded]) -> None:
    compilers = {
        record.uri
        for record in records
        if isinstance(record.document, Institution) and record.document.type is Type.COMPILER
    }
    line = archive.lines_named([one.recorder]).get(one.recorder)
    if one.recorder not in compilers and (line is None or line.facts.get("type") != Type.COMPILER):
        raise bad_file(
            one.file,
            "recorder",
            Reason("an institution of the type “compiler of a data set” was expected, as no other is recorded for"),
        )
