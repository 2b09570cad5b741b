"""What must hold between the records of data sets before anything of them is recorded."""

from collections.abc import Sequence

from koryu.archive import queries as archive
from koryu.ingest.dataset import DataSet, Loaded, bad_file
from koryu.records.institution import Institution, Type
from koryu.values.reason import Reason


def check(sets: Sequence[DataSet]) -> None:
    """Raise BadFile for a record given twice, and a recorder who is none; all else is asked of what is said."""
    records = [record for one in sets for record in one.records]
    _each_once(records)
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


def _recorded_by_a_compiler(one: DataSet, records: Sequence[Loaded]) -> None:
    compilers = {
        record.uri
        for record in records
        if isinstance(record.document, Institution) and record.document.type is Type.COMPILER
    }
    line = archive.lines_named([one.recorder], asking=archive.EVERYBODY).get(one.recorder)
    if one.recorder not in compilers and (line is None or line.facts.get("type") != Type.COMPILER):
        raise bad_file(
            one.file,
            "recorder",
            Reason("an institution of the type “compiler of a data set” was expected, as no other is recorded for"),
        )
