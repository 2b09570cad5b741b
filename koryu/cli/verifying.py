"""`koryu verify`: exported records checked with no database, no server and no settings."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from koryu.cli.bad_input import BadInput
from koryu.cli.progress import told
from koryu.cli.terminal import say
from koryu.consent.rules.key_list import read
from koryu.consent.rules.verification import Keys, Verified
from koryu.consent.rules.verification import verify as verify_bundle
from koryu.values.reason import Refused

_TOO_DEEP = "lists and mappings lie within each other deeper than any record of Koryu has them."
STANDING = {
    "recorded": "from published sources",
    "agreed": "agreed",
    "agreed by letter": "agreed by letter",
}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.File(encoding="utf-8"))
@click.option("--keys", "keys_file", type=click.Path(path_type=Path), help="A list of whose keys are whose (JSON).")
def verify(files: tuple[IO[str], ...], keys_file: Path | None) -> None:
    """Check exported records in FILES (- for the standard input): every digest, every seal, every agreement.

    Ends with 2 at the first thing that is wrong, naming the file, the record and the field.
    """
    keys = _keys(keys_file) if keys_file else None
    speakers: set[tuple[str, str]] = set()
    checked = versions = 0
    for file in files:
        for place, exported in told(list(_exported(file)), saying="Checking"):
            verified = _verified(file.name, place, exported, keys)
            checked, versions = checked + 1, versions + verified.versions
            speakers |= set(verified.keys)
            if len(files) == 1 and checked == 1:
                first = verified
    say(f"In order: {_counted(checked, 'record')}, {_counted(versions, 'version')}.")
    if checked == 1:
        say(f"{first.record}: {STANDING[first.standing]}")
    for institution, did in sorted(speakers):
        say(f"  {institution}  {did}")
    if keys is None:
        say("The seals show that nothing was changed. Whose keys these are, only a list of keys shows (--keys).")


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _verified(file: str, place: str, exported: Any, keys: Keys | None) -> Verified:
    name = exported.get("record", place) if isinstance(exported, dict) else place
    if not isinstance(exported, dict):
        raise BadInput(f"{file}: {name}: an exported record was expected.")
    try:
        return verify_bundle(exported, keys=keys)
    except Refused as refused:
        raise BadInput(f"{file}: {name}: {refused.reason}.") from refused
    except RecursionError as deep:
        raise BadInput(f"{file}: {name}: {_TOO_DEEP}") from deep


def _exported(file: IO[str]) -> Iterator[tuple[str, Any]]:
    """Each exported record in a file that holds one JSON document, or one on each line."""
    try:
        written = file.read()
    except UnicodeDecodeError as bad:
        raise BadInput(f"{file.name}: UTF-8 text was expected.") from bad
    if not written.strip():
        raise BadInput(f"{file.name}: exported records were expected; the file is empty.")
    try:
        yield "record", json.loads(written, object_pairs_hook=_each_once)
        return
    except RecursionError as deep:
        raise BadInput(f"{file.name}: {_TOO_DEEP}") from deep
    except ValueError:
        lines = written.splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            yield f"line {number}", json.loads(line, object_pairs_hook=_each_once)
        except RecursionError as deep:
            raise BadInput(f"{file.name}: line {number}: {_TOO_DEEP}") from deep
        except ValueError as bad:
            raise BadInput(
                f"{file.name}: line {number}: JSON was expected; the file may be cut short or changed ({bad})."
            ) from bad


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name is given twice")
    return values


def _keys(file: Path) -> Keys:
    try:
        listed = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_each_once)
    except (OSError, ValueError, RecursionError) as bad:
        raise BadInput(f"{file}: a list of keys by institution was expected, as JSON.") from bad
    try:
        return read(listed)
    except Refused as refused:
        raise BadInput(f"{file}: {refused.reason}, as JSON.") from refused
