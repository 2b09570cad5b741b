"""How much of each room the tests have run: lines, and ways that a line can be left by.

`./run test --coverage` measures and then calls this. Which lines are meant, says `coverage report` or `coverage html`.
"""

import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import coverage
from coverage.exceptions import CoverageException

COUNTED = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def main() -> int:
    try:
        found = measured()
    except CoverageException as nothing:
        print(f"Nothing was measured: {nothing}", file=sys.stderr)
        return 1
    print("\n".join(told(found)))
    return 0


def measured() -> dict[str, dict[str, Any]]:
    """What was counted in each file that was read, by its path."""
    whole = coverage.Coverage()
    whole.load()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        whole.json_report(outfile=str(file))
        files = json.loads(file.read_text(encoding="utf-8"))["files"]
    return {path: one["summary"] for path, one in files.items()}


def told(files: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    """A line for each room, that of which least was run first, and one for the whole."""
    rooms: dict[str, list[int]] = defaultdict(lambda: [0] * len(COUNTED))
    for path, summary in files.items():
        for room in (room_of(path), "all"):
            rooms[room] = [sum(pair) for pair in zip(rooms[room], (summary[name] for name in COUNTED), strict=True)]
    yield f"{'room':<14}{'lines':>8}{'ways':>8}"
    for room, (lines, of_lines, ways, of_ways) in sorted(rooms.items(), key=lambda one: (one[0] == "all", _share(one))):
        yield f"{room:<14}{_percent(lines, of_lines):>8}{_percent(ways, of_ways):>8}"


def room_of(path: str) -> str:
    """`consent` of koryu/consent/rules/history.py; what lies in no room is `koryu` itself."""
    _, *within = Path(path).parts
    return within[0] if len(within) > 1 else "koryu"


def _share(room: tuple[str, list[int]]) -> float:
    lines, of_lines, ways, of_ways = room[1]
    return (lines + ways) / ((of_lines + of_ways) or 1)


def _percent(part: int, whole: int) -> str:
    """Rounded down: only what is whole is 100 %."""
    return f"{100 * part // whole} %" if whole else "—"


if __name__ == "__main__":
    sys.exit(main())
