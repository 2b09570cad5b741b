"""A process killed between any two of its writes has said everything, or nothing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# What an act leaves behind: what was said, how many files are kept, how many exchanges stand, how many drafts are sent.
WHOLE = {
    "letter": [["accepted by letter", "concluded"], 1, 1, 0],
    "decline": [["declined"], 0, 0, 0],
    "package": [["concluded", "concluded", "concluded"], 0, 1, 3],
}


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[list[object]]]:
    """What processes killed before their first write, their second, and so on left behind, by act; the last lived."""
    home = tmp_path_factory.mktemp("killed")
    environment = {
        **os.environ,
        "KORYU_HOME": str(home),
        "KORYU_DATABASE": "",
        "DJANGO_SETTINGS_MODULE": "koryu.settings",
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.desk.killing", *WHOLE],
        cwd=Path(__file__).parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, list[list[object]]] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("act", list(WHOLE))
def test_a_process_killed_between_any_two_writes_leaves_nothing_half_said(
    killed: dict[str, list[list[object]]], act: str
) -> None:
    *interrupted, lived = killed[act]
    assert lived == [False, *WHOLE[act]]
    assert len(interrupted) > 5
    assert all(was_killed for was_killed, *_ in interrupted)
    left = [behind for _, *behind in interrupted]
    first_whole = left.index(WHOLE[act])
    assert left == [[[], 0, 0, 0]] * first_whole + [WHOLE[act]] * (len(left) - first_whole)
