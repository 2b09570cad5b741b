"""Every check that is not a test, one after the other; all are run, then the exit code says whether all were passed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent

CHECKS = {
    "format": ["ruff", "format", "--check", "--output-format", "concise", "."],
    "lint": ["ruff", "check", "--output-format", "concise", "."],
    "layers": ["lint-imports"],
    "types": ["mypy"],
    "templates": ["djlint", "--lint", "--quiet", "koryu/templates"],
    "words": ["python", "-m", "scripts.words", "--check"],
    "migrations": ["django-admin", "makemigrations", "--check", "--dry-run"],
    "schemas": ["koryu", "schemas", "--check"],
    "states": ["python", "-m", "scripts.states", "--check"],
    "house": ["pytest", "--quiet", "tests/test_architecture.py"],
}


def main() -> int:
    """Run the checks named on the command line, or all of them."""
    chosen = sys.argv[1:] or list(CHECKS)
    unknown = [name for name in chosen if name not in CHECKS]
    if unknown:
        print(f"There is no check {', '.join(unknown)}; there are {', '.join(CHECKS)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="koryu-check-") as home:
        results = [passes(name, home=home) for name in chosen]
    return 0 if all(results) else 1


def passes(name: str, *, home: str) -> bool:
    """Whether the check is passed; prints one line, and the check's own output only when it is not."""
    began = time.monotonic()
    program, *arguments = CHECKS[name]
    done = subprocess.run(
        [BIN / program, *arguments],
        cwd=ROOT,
        env={**os.environ, "KORYU_HOME": home, "DJANGO_SETTINGS_MODULE": "koryu.settings"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    print(f"{'passed' if passed else 'FAILED'}  {name}  ({time.monotonic() - began:.1f} s)", flush=True)
    if not passed:
        print(done.stdout, flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
