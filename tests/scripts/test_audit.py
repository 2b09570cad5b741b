"""`./run audit`: known weaknesses of what the locks hold, or that nobody could be asked."""

import json
from pathlib import Path

import pytest

from scripts import audit

FOUND = {
    "dependencies": [
        {"name": "sound", "version": "1.0", "vulns": []},
        {"name": "left-out", "skip_reason": "not on this platform"},
        {"name": "weak", "version": "2.0", "vulns": [{"id": "X-2026-1", "fix_versions": ["2.1", "3.0"]}]},
        {"name": "forsaken", "version": "0.1", "vulns": [{"id": "X-2026-2", "fix_versions": []}]},
    ]
}


def auditor(tmp_path: Path, says: str, *, complains: str = "", ends: int = 0) -> str:
    """A program in the place of pip-audit, for that one asks the world."""
    (tmp_path / "says").write_text(says, encoding="utf-8")
    program = tmp_path / "pip-audit"
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\ncat {tmp_path}/says\necho "{complains}" >&2\nexit {ends}\n'
    )
    program.chmod(0o755)
    return str(program)


def test_each_weakness_is_named_with_the_versions_that_are_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_AUDIT", auditor(tmp_path, json.dumps(FOUND), ends=1))
    assert audit.main() == 1
    weak = [
        "  weak 2.0: X-2026-1; mended in 2.1, 3.0",
        "  forsaken 0.1: X-2026-2; mended in none yet",
        "  left-out: not audited: not on this platform",
    ]
    said = [[f"{lock}: 2 known weaknesses of 4 packages", *weak] for lock in ("run.lock", "test.lock")]
    assert capsys.readouterr().out.splitlines() == [line for lock in said for line in lock]
    asked = (tmp_path / "asked").read_text().splitlines()
    assert [line.rpartition("/")[2] for line in asked] == ["run.lock", "test.lock"]


def test_where_nothing_is_known_all_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = {"dependencies": FOUND["dependencies"][:1]}
    monkeypatch.setenv("PIP_AUDIT", auditor(tmp_path, json.dumps(sound)))
    assert audit.main() == 0


def test_where_nobody_can_be_asked_it_says_so_and_fails_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_AUDIT", auditor(tmp_path, "", complains="ERROR: the network is unreachable", ends=1))
    assert audit.main() == 0
    why = "ERROR: the network is unreachable"
    assert capsys.readouterr().out.splitlines() == [f"Not audited: {lock}: {why}" for lock in audit.LOCKS]


def test_without_pip_audit_it_says_how_to_have_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("PIP_AUDIT", raising=False)
    monkeypatch.setenv("PATH", "")
    assert audit.main() == 0
    assert capsys.readouterr().out.startswith("Not audited: pip-audit is not installed")
