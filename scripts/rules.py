"""Each clause of the rules of consent taken out, and the test that notices: docs/reference/rules.md.

`python -m scripts.rules` takes the clauses of `removals.yaml` out of a copy of Koryu, one at a time, runs the tests
named there against it, and writes the page. It takes minutes, and is no part of the checks. Named rules (`3 9`) are
tried alone, and the page is left as it is.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copy2, copytree, ignore_patterns
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parent.parent
REMOVALS: Final = Path(__file__).with_name("removals.yaml")
PAGE: Final = ROOT / "docs/reference/rules.md"
AT_ONCE: Final = 2
_FAILED: Final = re.compile(r"^FAILED (\S+::\S+)", re.MULTILINE)
_HEAD: Final = """# The rules of consent, and what notices when one is gone

Each line takes one clause out of Koryu, as the second column says, and runs tests that speak through the door through
which everything is said: the tests of the third column then fail. With nothing taken out, they all pass. The page is
written by `python -m scripts.rules`; what it takes out stands in `scripts/removals.yaml`.

| rule | with this taken out | these tests fail |
|---|---|---|
"""


@dataclass(frozen=True)
class Edit:
    """A text in a file of Koryu, and what stands there once the clause is gone."""

    file: str
    was: str
    now: str


@dataclass(frozen=True)
class Removal:
    """A clause of a rule, how it is taken out, and the tests that are to notice."""

    rule: int
    removed: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]

    @classmethod
    def read(cls, plain: dict[str, Any]) -> "Removal":
        edits = tuple(Edit(**edit) for edit in plain["edits"])
        return cls(plain["rule"], plain["removed"], edits, tuple(plain["tests"]))


def removals() -> tuple[Removal, ...]:
    """Everything that is taken out, in the order of the rules."""
    return tuple(Removal.read(plain) for plain in yaml.safe_load(REMOVALS.read_text(encoding="utf-8")))


def without(removal: Removal, whole: Path, folder: Path) -> Path:
    """The whole without the clause, in the folder: files are links, but for those that are changed."""
    copytree(
        whole / "koryu",
        folder / "koryu",
        copy_function=lambda file, copy: Path(copy).symlink_to(file),
    )
    for edit in removal.edits:
        file = folder / edit.file
        text = file.read_text(encoding="utf-8")
        if text.count(edit.was) != 1:
            raise ValueError(f"{edit.file} holds this {text.count(edit.was)} times, and should once: {edit.was}")
        file.unlink()
        file.write_text(text.replace(edit.was, edit.now), encoding="utf-8")
    return folder


def failing(tests: Sequence[str], *, whole: Path, first: Path | None = None) -> tuple[str, ...]:
    """Those of the tests that fail, where Koryu is imported from the folder that comes first."""
    path = f"pythonpath={first or whole} {whole}"
    done = subprocess.run(
        [sys.executable, *("-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider", "-o"), path, *tests],
        cwd=whole,
        env={**os.environ, "COLUMNS": "500"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise ValueError(f"These tests could not be run: {' '.join(tests)}\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return tuple(_FAILED.findall(done.stdout))


def noticed(removal: Removal, whole: Path) -> tuple[str, ...]:
    """The tests that fail without the clause."""
    with tempfile.TemporaryDirectory(prefix="koryu-rules-") as folder:
        return failing(removal.tests, whole=whole, first=without(removal, whole, Path(folder)))


def copied(folder: Path) -> Path:
    """Koryu and its tests as they are now, so that what is changed meanwhile does not matter."""
    for part in ("koryu", "tests"):
        copytree(ROOT / part, folder / part, ignore=ignore_patterns("__pycache__"))
    copy2(ROOT / "pyproject.toml", folder)
    return folder


def written(found: Sequence[tuple[Removal, tuple[str, ...]]]) -> Iterator[str]:
    """The lines of the table."""
    for removal, tests in found:
        named = dict.fromkeys(_told(test) for test in tests)
        yield f"| {removal.rule} | {removal.removed} | {'<br>'.join(named) or '**untested**'} |\n"


def _told(test: str) -> str:
    """A test as the page names it: `door/test_claims.py`, and what is tried there."""
    file, _, name = test.partition("::")
    name, _, tried = name.removesuffix("]").partition("[")
    of_a_table = tried and name.startswith(("test_it_is_refused_in", "test_what_is_forged_is"))
    said = (tried if of_a_table else name.removeprefix("test_")).replace("_", " ")
    return f"{said} (`{file.removeprefix('tests/')}`)"


def main(*rules: str) -> int:
    wanted = [one for one in removals() if not rules or str(one.rule) in rules]
    with tempfile.TemporaryDirectory(prefix="koryu-rules-") as folder:
        found = tried(wanted, copied(Path(folder)))
    if not rules:
        PAGE.write_text(_HEAD + "".join(written(found)), encoding="utf-8")
    return 0 if all(failed for _, failed in found) else 1


def tried(wanted: Sequence[Removal], whole: Path) -> list[tuple[Removal, tuple[str, ...]]]:
    """What failed without each of these, told as it goes. Exits where something fails with nothing taken out."""
    if broken := failing(sorted({test for one in wanted for test in one.tests}), whole=whole):
        sys.exit("With nothing taken out these fail:\n" + "\n".join(broken))
    found = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one, failed in zip(wanted, pool.map(partial(noticed, whole=whole), wanted), strict=True):
            found.append((one, failed))
            passing = [test for test in one.tests if not any(name.startswith(test) for name in failed)]
            sys.stdout.write(f"{one.rule:2} {one.removed}{''.join(f' Passes still: {test}' for test in passing)}\n")
            sys.stdout.flush()
    return found


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
