"""Loading data sets: all the files or nothing, recorded by their compiler, said only where something changed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from koryu.archive import queries as archive
from koryu.consent import actions as consent
from koryu.consent import queries
from koryu.consent.actions.admission import PlannedStatement, would_refuse
from koryu.consent.queries import Standing
from koryu.consent.rules.claims import Targets, about_to_be
from koryu.ingest import rules
from koryu.ingest.dataset import BadFile, DataSet, Loaded, problem_in
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.institutions.rules import LOADER
from koryu.ledger.actions import locked
from koryu.records.kinds import KINDS
from koryu.values.reason import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class LoadReport:
    """The result of loading, by URI.

    `borne_twice` are the numbers that several records bear: programme, number, and the records. None is refused.
    """

    recorded: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_alone: tuple[str, ...]
    borne_twice: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What loading would do, by URI: `beside` are accounts of records that somebody else has recorded before."""

    new: tuple[str, ...]
    beside: tuple[str, ...]
    replaced: tuple[str, ...]
    unchanged: tuple[str, ...]
    left_alone: tuple[str, ...]


def plan(sets: Sequence[DataSet]) -> Plan:
    """What loading these data sets would do, without loading anything. Raises BadFile as loading them would.

    A recorder replaces its own account alone; what is asked of each record when it is said, `refusals` asks.
    """
    rules.check(sets)
    recorder_of = {record.uri: dataset.recorder for dataset in sets for record in dataset.records}
    standing, known = queries.recorded_by(recorder_of), set(archive.known(recorder_of))
    by_outcome: dict[str, list[str]] = {field.name: [] for field in fields(Plan)}
    for record in (record for dataset in sets for record in dataset.records):
        by_outcome[_comes_to(record, standing.get(record.uri), is_known=record.uri in known)].append(record.uri)
    return Plan(**{name: tuple(uris) for name, uris in by_outcome.items()})


def refusals(sets: Sequence[DataSet]) -> tuple[Reason, ...]:
    """Why records of these data sets would be refused when they are said, each with file and line; none is said."""
    recorder_of = {record.uri: dataset.recorder for dataset in sets for record in dataset.records}
    said = _to_be_said(sets, queries.recorded_by(recorder_of))
    answers = would_refuse(
        [
            PlannedStatement(
                institution=recorder_of[record.uri],
                record=record.uri,
                content=record.document.content(),
                says="recorded",
            )
            for record in said
        ]
    )
    return tuple(
        problem_in(record.file, record.uri, refused, line=record.line)
        for record, refused in zip(said, answers, strict=True)
        if refused
    )


def _to_be_said(sets: Sequence[DataSet], standing: Mapping[str, Standing]) -> list[Loaded]:
    """The records of which something new is said, in the order in which it is said."""
    records = (record for dataset in sets for record in dataset.records)
    return sorted(
        (record for record in records if _says_more(record, standing.get(record.uri))), key=_in_order_of_kinds
    )


def _says_more(record: Loaded, standing: Standing | None) -> bool:
    return standing is None or not (standing.agreed or standing.content == record.document.content())


def _comes_to(record: Loaded, standing: Standing | None, *, is_known: bool) -> str:
    if standing is None:
        return "beside" if is_known else "new"
    if standing.agreed:
        return "left_alone"
    return "unchanged" if standing.content == record.document.content() else "replaced"


def load(
    sets: Sequence[DataSet], *, at: str, tell: Callable[[Iterable[Loaded]], Iterable[Loaded]] = iter
) -> LoadReport:
    """Record what these data sets say that does not stand already.

    A record that has since been agreed is left alone and reported. `tell` is given the records as they are put on
    record, to show progress. Raises BadFile, and then nothing of any file is loaded.
    """
    with locked():
        rules.check(sets)
        records = [record for dataset in sets for record in dataset.records]
        recorder_of = {record.uri: dataset.recorder for dataset in sets for record in dataset.records}
        # Sorted, so that the same files leave the same entries in the same order.
        for recorder in sorted(set(recorder_of.values())):
            _give_key(recorder, at=at)
        standing = queries.recorded_by(recorder_of)
        besides = queries.sent_together(
            {
                record.uri: about_to_be(record.document, institution=recorder_of[record.uri], recorded=True)
                for record in _to_be_said(sets, standing)
            }
        )
        by_outcome: dict[str, list[str]] = {"recorded": [], "unchanged": [], "left alone": []}
        problems: list[Reason] = []
        for record in tell(sorted(records, key=_in_order_of_kinds)):
            recorder = recorder_of[record.uri]
            try:
                done = _put_on_record(record, standing.get(record.uri), recorder=recorder, at=at, besides=besides)
            except Refused as refused:
                problems.append(problem_in(record.file, record.uri, refused.reason, line=record.line))
                continue
            by_outcome[done].append(record.uri)
        if problems:
            # The exception ends the transaction of `locked`, and with it everything that was recorded.
            raise BadFile(problems)
    return LoadReport(
        recorded=tuple(by_outcome["recorded"]),
        unchanged=tuple(by_outcome["unchanged"]),
        left_alone=tuple(by_outcome["left alone"]),
        borne_twice=_borne_twice(records),
    )


def _borne_twice(records: Sequence[Loaded]) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    bearers_of = {}
    for record in records:
        others = archive.bearers(record.document.numbers(), besides=record.uri, asking=archive.EVERYBODY)
        for (programme, number), bearers in others.items():
            bearers_of[programme, number] = tuple(sorted({record.uri, *bearers}))
    return tuple((programme, number, bearers) for (programme, number), bearers in bearers_of.items())


def _put_on_record(record: Loaded, standing: Standing | None, *, recorder: str, at: str, besides: Targets) -> str:
    if standing and standing.agreed:
        return "left alone"
    if standing and standing.content == record.document.content():
        return "unchanged"
    said = {"institution": recorder, "record": record.uri, "by": LOADER, "at": at}
    consent.record(document=record.document, besides=besides, **said)
    return "recorded"


def _give_key(recorder: str, *, at: str) -> None:
    """Give a compiler a key the first time it records; it speaks through the loader, which is no person's account.

    `rules.check` has made sure that it is a compiler.
    """
    if institutions.key_of(recorder) is None:
        consent.give_key(institution=recorder, by=LOADER, at=at)
    people.let_loader_speak(institution=recorder, at=at)


def _in_order_of_kinds(record: Loaded) -> tuple[int, str]:
    return list(KINDS).index(record.document.kind), record.uri
