"""Data sets: YAML files of records, every scalar a string, read strictly and whole."""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.frozen import complaints
from koryu.values.reason import Reason, Refused

# The closing line of a YAML document (YAML 1.2.2, section 9.1.4): without it, a file cut short could pass for whole.
CLOSING = "..."
# A kind and an address as the path of a page has it: nothing that a URI must escape or a path has another use for.
_NAME = re.compile(r"[a-z]+/(?!\.{1,2}$)[^\s/?#%\\\"<>{}|^`\x00-\x20\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST = 500


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One record of a data set: its URI, its document, and where it was read."""

    uri: str
    document: Document
    file: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """One file: who compiled it, and its records."""

    file: str
    recorder: str
    records: tuple[Loaded, ...]


class BadFile(Refused):
    """Files that cannot be loaded: in `problems` one sentence for each thing wrong, with the file and the line."""

    def __init__(self, problems: Sequence[Reason]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join((*map(str, self.problems), f"{len(self.problems)} problems; nothing is loaded."))
        several = Reason("%(problems)s", problems=listed)
        super().__init__(self.problems[0] if len(self.problems) == 1 else several)


def read(path: Path) -> DataSet:
    """The data set in a file. Raises BadFile with everything that is wrong in it: line, field and what was expected."""
    written = _parsed(path)
    _or_bad(_fields(written, {"base", "recorder", "records"}, path))
    base, recorder, records = written["base"], written["recorder"], written["records"]
    if not isinstance(base, str) or ":" not in base:
        problem = Reason("a URI that short names are put behind was expected")
        raise bad_file(path, "base", problem, line=line_of(written, "base"))
    if not isinstance(records, list) or not records:
        problem = Reason("a list of records was expected")
        raise bad_file(path, "records", problem, line=line_of(written, "records"))
    loaded: list[Loaded] = []
    problems: list[Reason] = []
    for place, written_record in enumerate(records):
        try:
            loaded.append(_record(written_record, path, place, base=base, line=line_of(records, place)))
        except BadFile as bad:
            problems += bad.problems
    _or_bad(problems)
    return DataSet(file=str(path), recorder=base + str(recorder), records=tuple(loaded))


def read_all(paths: Iterable[Path]) -> list[DataSet]:
    """The data sets in these files. Raises BadFile with everything that is wrong in any of them."""
    sets: list[DataSet] = []
    problems: list[Reason] = []
    for path in paths:
        try:
            sets.append(read(path))
        except BadFile as bad:
            problems += bad.problems
    _or_bad(problems)
    return sets


def problem_in(path: Path | str, where: str, problem: Reason, *, line: int = 0) -> Reason:
    """What is wrong with a file, in one sentence; line 0 is no line."""
    if not line:
        return Reason("%(file)s: %(where)s: %(problem)s.", file=path, where=where, problem=_unstopped(problem))
    return Reason(
        "%(file)s: line %(line)s: %(where)s: %(problem)s.",
        file=path,
        line=line,
        where=where,
        problem=_unstopped(problem),
    )


def bad_file(path: Path | str, where: str, problem: Reason, *, line: int = 0) -> BadFile:
    """The refusal of a file, in one sentence."""
    return BadFile([problem_in(path, where, problem, line=line)])


def line_of(written: Any, *steps: Any) -> int:
    """The line in which what these steps lead to begins, as far as they lead anywhere; 0 where they lead nowhere."""
    line = 0
    for step in steps:
        key = int(step) if isinstance(written, list) and str(step).isdecimal() else step
        if not isinstance(written, _Mapping | _List) or key not in written.lines:
            break
        line, written = written.lines[key], written[key]
    return line


def _or_bad(problems: Iterable[Reason]) -> None:
    listed = list(problems)
    if listed:
        raise BadFile(listed)


def _unstopped(problem: Reason) -> str:
    return str(problem).removesuffix(".")


def _parsed(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
    except FileNotFoundError as bad:
        raise bad_file(path, "file", Reason("there is no such file")) from bad
    except (OSError, UnicodeDecodeError) as bad:
        raise bad_file(path, "file", Reason("it cannot be read as UTF-8 text")) from bad
    if written.rstrip().rpartition("\n")[2] != CLOSING:
        raise bad_file(path, "last line", Reason("“...” was expected, which closes a data file; it may be cut short"))
    try:
        parsed = yaml.load(written, Loader=_Strings)  # noqa: S506 -- a BaseLoader makes strings, lists and mappings only
    except RecursionError as bad:
        raise bad_file(path, "file", Reason("lists and mappings are nested too deeply")) from bad
    except yaml.YAMLError as bad:
        mark = getattr(bad, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = str(getattr(bad, "problem", None) or bad)
        raise bad_file(path, f"line {line}", Reason("this is not YAML: %(problem)s", problem=problem)) from bad
    if not isinstance(parsed, dict):
        raise bad_file(path, "file", Reason("a mapping with base, recorder and records was expected"))
    return parsed


def _record(written: Any, path: Path, place: int, *, base: str, line: int) -> Loaded:
    if not isinstance(written, dict) or not isinstance(written.get("record"), str):
        problem = Reason("the short name of the record was expected")
        raise bad_file(path, f"records[{place}].record", problem, line=line)
    name = written["record"]
    if not _NAME.fullmatch(name) or len(base + name) > _LONGEST:
        raise bad_file(
            path,
            f"records[{place}].record",
            Reason(
                "“%(name)s” is not a name for a record; expected a kind and an address, like exchange/2026-1",
                name=name[:80],
            ),
        )
    content = {field: value for field, value in written.items() if field != "record"}
    try:
        document = document_of(content, base=base)
    except ValidationError as bad:
        raise BadFile(
            [
                problem_in(path, f"{name}: {where}", problem, line=line_of(written, *where.split(".")) or line)
                for where, problem in complaints(bad)
            ]
        ) from bad
    except Refused as bad:
        raise bad_file(path, f"{name}: kind", bad.reason, line=line_of(written, "kind") or line) from bad
    if name.partition("/")[0] != document.kind:
        problem = Reason("its name was expected to begin with %(kind)s/", kind=document.kind)
        raise bad_file(path, f"{name}: record", problem, line=line)
    return Loaded(uri=base + name, document=document, file=str(path), line=line)


def _fields(written: Mapping[str, Any], expected: set[str], path: Path) -> Iterator[Reason]:
    for field in sorted(expected - written.keys()):
        yield problem_in(path, field, Reason("it is missing"))
    for field in sorted(written.keys() - expected):
        problem = Reason("it is not a field of a data file")
        yield problem_in(path, field, problem, line=line_of(written, field))


class _Mapping(dict[Any, Any]):
    """A mapping of a file, with the line of each key."""

    lines: dict[Any, int]


class _List(list[Any]):
    """A list of a file, with the line of each item."""

    lines: dict[int, int]


class _Strings(yaml.CBaseLoader):
    """Every scalar a string; a key given twice is an error, not the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key.value, str):
                raise yaml.constructor.ConstructorError(None, None, "the name of a field was expected", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"“{key.value}” is given twice", key.start_mark)
            seen.add(key.value)
        made = _Mapping(super().construct_mapping(node, deep=deep))
        made.lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
        return made

    def construct_sequence(self, node: yaml.SequenceNode, deep: bool = False) -> list[Any]:
        made = _List(super().construct_sequence(node, deep=deep))
        made.lines = {place: item.start_mark.line + 1 for place, item in enumerate(node.value)}
        return made
