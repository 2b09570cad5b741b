"""Known weaknesses of what the locks hold, as pip-audit tells them: where it is installed, and there is a network.

`./run audit` looks for pip-audit on the PATH (or at PIP_AUDIT=…). It is no part of the locks: it brings twenty packages
with it and asks a service, and no check and no test of ours does either. Ends with 1 for a weakness that is known, and
with 0 where none is, or where nobody could be asked: then it says so.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent
LOCKS: Final = ("run.lock", "test.lock")


def main() -> int:
    """Compare each lock with what is known."""
    program = os.environ.get("PIP_AUDIT") or shutil.which("pip-audit")
    if not program:
        print("Not audited: pip-audit is not installed (any venv will do: PIP_AUDIT=/path/to/pip-audit ./run audit).")
        return 0
    known = 0
    for lock in LOCKS:
        told, trouble = asked(program, ROOT / "requirements" / lock)
        if told is None:
            print(f"Not audited: {lock}: {trouble}")
            continue
        weaknesses = list(weaknesses_in(told))
        known += len(weaknesses)
        print(f"{lock}: {len(weaknesses)} known weaknesses of {len(told['dependencies'])} packages")
        print(*weaknesses, sep="\n", end="\n" if weaknesses else "")
        for package in told["dependencies"]:
            if "skip_reason" in package:
                print(f"  {package['name']}: not audited: {package['skip_reason']}")
    return 1 if known else 0


def asked(program: str, lock: Path) -> tuple[dict[str, Any] | None, str]:
    """What pip-audit found; else None and the last thing that it said of why not."""
    # The hashes are there, so nothing has to be resolved or installed.
    options = ["--disable-pip", "--require-hashes", "--progress-spinner", "off", "--format", "json"]
    done = subprocess.run([program, *options, "-r", lock], capture_output=True, text=True, check=False)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        return None, (said[-1][:200] if said else f"pip-audit ended with {done.returncode}.")
    return told, ""


def weaknesses_in(told: dict[str, Any]) -> Iterator[str]:
    """A line for each weakness: where, which, and the versions without it."""
    for package in told["dependencies"]:
        for weakness in package.get("vulns", ()):
            mended = ", ".join(weakness.get("fix_versions", ())) or "none yet"
            yield f"  {package['name']} {package['version']}: {weakness['id']}; mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
