"""Data sets: YAML files of records, every scalar a string, read strictly and whole."""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.model import complaints
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


@dataclass(frozen=True, kw_only=True)
class DataSet:
    """One file: who compiled it, and its records."""

    file: str
    recorder: str
    records: tuple[Loaded, ...]


class BadFile(Refused):
    """A file that cannot be loaded: which, where in it, and what was expected."""


def read(path: Path) -> DataSet:
    """The data set in a file. Raises BadFile with one sentence naming the file, the field and what was expected."""
    written = _parsed(path)
    _only(written, {"base", "recorder", "records"}, path)
    base, recorder, records = written["base"], written["recorder"], written["records"]
    if not isinstance(base, str) or ":" not in base:
        raise bad_file(path, "base", Reason("a URI that short names are put behind was expected"))
    if not isinstance(records, list) or not records:
        raise bad_file(path, "records", Reason("a list of records was expected"))
    return DataSet(
        file=str(path),
        recorder=base + str(recorder),
        records=tuple(_record(one, path, place, base=base) for place, one in enumerate(records)),
    )


def bad_file(path: Path | str, where: str, problem: Reason) -> BadFile:
    """The refusal of a file, in one sentence."""
    # Some reasons are sentences of their own.
    problem = Reason(problem.message.removesuffix("."), **problem.values)
    return BadFile(Reason("%(file)s: %(where)s: %(problem)s.", file=path, where=where, problem=problem))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as bad:
        raise bad_file(path, "file", Reason("it cannot be read as UTF-8 text")) from bad
    if written.rstrip().rpartition("\n")[2] != CLOSING:
        raise bad_file(path, "last line", Reason("“...” was expected, which closes a data file; it may be cut short"))
    try:
        parsed = yaml.load(written, Loader=_Strings)  # noqa: S506 -- a BaseLoader makes strings, lists and mappings only
    except RecursionError as bad:
        raise bad_file(path, "file", Reason("lists and mappings lie within each other too deep")) from bad
    except yaml.YAMLError as bad:
        mark = getattr(bad, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = str(getattr(bad, "problem", None) or bad)
        raise bad_file(path, f"line {line}", Reason("this is not YAML: %(problem)s", problem=problem)) from bad
    if not isinstance(parsed, dict):
        raise bad_file(path, "file", Reason("a mapping with base, recorder and records was expected"))
    return parsed


def _record(written: Any, path: Path, place: int, *, base: str) -> Loaded:
    if not isinstance(written, dict) or not isinstance(written.get("record"), str):
        raise bad_file(path, f"records[{place}].record", Reason("the short name of the record was expected"))
    name = written["record"]
    if not _NAME.fullmatch(name) or len(base + name) > _LONGEST:
        raise bad_file(
            path,
            f"records[{place}].record",
            Reason(
                "“%(name)s” is no name for a record; expected a kind and an address, like exchange/2026-1",
                name=name[:80],
            ),
        )
    content = {field: value for field, value in written.items() if field != "record"}
    try:
        document = document_of(content, base=base)
    except ValidationError as bad:
        where, problem = complaints(bad)[0]
        raise bad_file(path, f"{name}: {where}", problem) from bad
    except Refused as bad:
        raise bad_file(path, f"{name}: kind", bad.reason) from bad
    if name.partition("/")[0] != document.kind:
        raise bad_file(
            path, f"{name}: record", Reason("its name was expected to begin with %(kind)s/", kind=document.kind)
        )
    return Loaded(uri=base + name, document=document, file=str(path))


def _only(written: Mapping[str, Any], expected: set[str], path: Path) -> None:
    for field in sorted(expected - written.keys()):
        raise bad_file(path, field, Reason("it is missing"))
    for field in sorted(written.keys() - expected):
        raise bad_file(path, field, Reason("it is not a field of a data file"))


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
        return dict(super().construct_mapping(node, deep=deep))
