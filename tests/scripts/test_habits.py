"""What CONTRIBUTING.md and the checks at each commit name is there; nothing is fetched from elsewhere."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import yaml

from scripts.check import CHECKS

ROOT = Path(__file__).parent.parent.parent
VERBS = re.compile(r"^\./run ([a-z]+)", re.MULTILINE)


def verbs() -> set[str]:
    said = subprocess.run([ROOT / "run"], capture_output=True, text=True, check=True).stdout
    return set(VERBS.findall(said))


def hooks() -> list[dict[str, Any]]:
    read = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    return [{**hook, "repo": repo["repo"]} for repo in read["repos"] for hook in repo["hooks"]]


def test_every_place_that_the_guide_names_is_there() -> None:
    for guide in ("CONTRIBUTING.md", "SECURITY.md", "docs/how-to/release.md"):
        text = (ROOT / guide).read_text(encoding="utf-8")
        places = re.findall(r"`((?:koryu|scripts|tests|requirements|docs)/[\w./-]*)`", text)
        links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
        assert [place for place in places if not (ROOT / place).exists()] == []
        assert [link for link in links if not ((ROOT / guide).parent / link).exists()] == []
        assert set(re.findall(r"\./run ([a-z]+)", text)) - verbs() == set()


def test_what_is_checked_at_each_commit_is_the_project_s_own_and_leaves_no_check_out() -> None:
    assert {(hook["repo"], hook["language"], hook["pass_filenames"]) for hook in hooks()} == {
        ("local", "system", False)
    }
    asked = [hook["entry"].split() for hook in hooks()]
    assert {tuple(words[:2]) for words in asked} == {("./run", "check")}
    assert sorted(name for words in asked for name in words[2:]) == sorted(CHECKS)


def test_where_no_python_is_here_by_its_name_trying_all_of_them_says_so(tmp_path: Path) -> None:
    for program in ("bash", "dirname", "readlink"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    asked = [str(shutil.which("bash")), str(ROOT / "run"), "check", "--all"]
    done = subprocess.run(asked, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == "Not tried, for it is not on this machine: Python 3.11 3.12 3.13.\n"
    assert done.stderr == ("No Python that Koryu runs on is here by its name (python3.11, python3.12, python3.13).\n")
