"""The how-to of the first hour, typed as it stands."""

import os
import re
import subprocess
import sys
from pathlib import Path

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "first-hour.md"


def blocks(language: str) -> list[str]:
    """The blocks of the how-to in a language, in order."""
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.S)


def test_the_commands_of_the_how_to_found_a_library_as_they_stand(tmp_path: Path) -> None:
    (yaml,) = blocks("yaml")
    (tmp_path / "partner.yaml").write_text(yaml, encoding="utf-8")
    koryu = f'koryu() {{ "{sys.executable}" -c "from koryu.cli import main; main()" "$@"; }}\n'
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KORYU_")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", koryu + "\n".join(blocks("sh"))],
        env={**kept, "HOME": str(tmp_path), "PYTHONUTF8": "1", "KORYU_DEBUG": "1"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = done.stdout
    founded = r"^tag:library\.example,2026:institution/aoyama\n  key   did:key:z6Mk\w+\n  head  aoki$"
    assert re.search(founded, said, re.M)
    assert re.findall(r"^tag:\S+  (\w+)  (\w+)  (.+)$", said, re.M) == [
        ("head", "aoki", "青木 春子"),
        ("officer", "mori", "森 健一"),
    ]
    assert re.findall(r"^(\w+): [a-z0-9]{4}(?:-[a-z0-9]{4}){4}$", said, re.M) == ["aoki", "mori", "yamada"]
    assert "3 recorded, 0 unchanged." in said
    assert "institution/harbour\nrecorded, version 1" in said
    assert (tmp_path / "koryu" / "keys.json").stat().st_mode & 0o077 == 0
