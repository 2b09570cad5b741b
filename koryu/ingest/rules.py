"""What must hold between the records of data sets before anything of them is recorded."""

from collections.abc import Iterator, Sequence

from koryu.archive import queries as archive
from koryu.ingest.dataset import BadFile, DataSet, Loaded, problem_in
from koryu.records.institution import Institution, InstitutionType
from koryu.values.reason import Reason


def check(sets: Sequence[DataSet]) -> None:
    """Raise BadFile for records given twice, and recorders that are no compilers; consent asks the rest, one by one."""
    records = [record for dataset in sets for record in dataset.records]
    problems = [*_given_twice(records), *(problem for dataset in sets for problem in _no_compiler(dataset, records))]
    if problems:
        raise BadFile(problems)


def _given_twice(records: Sequence[Loaded]) -> Iterator[Reason]:
    seen: dict[str, str] = {}
    for record in records:
        if record.uri in seen:
            problem = Reason("it is given twice, the first time in %(file)s", file=seen[record.uri])
            yield problem_in(record.file, record.uri, problem, line=record.line)
        seen.setdefault(record.uri, record.file)


def _no_compiler(dataset: DataSet, records: Sequence[Loaded]) -> Iterator[Reason]:
    compilers = {
        record.uri
        for record in records
        if isinstance(record.document, Institution) and record.document.type is InstitutionType.COMPILER
    }
    line = archive.lines_named([dataset.recorder], asking=archive.EVERYBODY).get(dataset.recorder)
    if dataset.recorder not in compilers and (line is None or line.summary.type != InstitutionType.COMPILER):
        yield problem_in(
            dataset.file,
            "recorder",
            Reason("an institution of the type “compiler of a data set” was expected, as no other is recorded for"),
        )
