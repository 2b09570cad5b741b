"""What is released: a wheel that holds everything, and works where nothing of the source is."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from koryu import __version__
from tests.site import LANGUAGES, free_port

ROOT = Path(__file__).parent.parent
# Where nothing of this folder is found: neither in the environment nor in the folder that a command is run in.
BARE = {name: value for name, value in os.environ.items() if not name.startswith(("KORYU_", "DJANGO_", "PYTHON"))}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what the locks hold and without any network."""
    folder = tmp_path_factory.mktemp("wheel")
    offline = ["--quiet", "--no-build-isolation", "--no-deps", "--no-index", "--wheel-dir", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *offline, str(ROOT)], check=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new venv with the wheel in it; what it needs is found in the venv that runs the tests."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    python = venv / "bin" / "python"
    offline = ["--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *offline, wheel], check=True)
    # A folder named so is only searched: the lines by which the source itself is found from there are not read.
    (places,) = venv.glob("lib/python*/site-packages")
    (places / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return venv / "bin"


def run(program: Path, *arguments: str, home: Path) -> str:
    """What a program says that has to succeed."""
    given = [str(program), *arguments]
    environment = {**BARE, "KORYU_HOME": str(home)}
    done = subprocess.run(given, cwd=home.parent, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_holds_every_file_of_the_house_and_no_other(wheel: Path) -> None:
    files = {file.relative_to(ROOT).as_posix() for file in (ROOT / "koryu").rglob("*") if file.is_file()}
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert held == {file for file in files if "__pycache__" not in file}
    kinds = ("templates/", "locale/", "static/", "data/", "migrations/", "search/data/")
    assert [kind for kind in kinds if not any(name.startswith(f"koryu/{kind}") for name in held)] == []


def test_the_wheel_says_what_it_is_and_needs_no_driver_of_a_database_server(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        (name,) = (name for name in held.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = held.read(name).decode()
    assert re.findall(r"^(?:Name|Version): (.+)$", metadata, re.MULTILINE) == ["koryu", __version__]
    needed = re.findall(r"^Requires-Dist: (\S+?)(?:\[.*?\])?(?:[<>=].*?)?(?:; (.*))?$", metadata, re.MULTILINE)
    assert [name for name, extra in needed if not extra and name in ("psycopg", "rich")] == []
    assert [extra for name, extra in needed if name == "psycopg"] == ["extra == 'postgresql'"]


def test_the_command_is_there_once_it_is_installed(installed: Path, tmp_path: Path) -> None:
    assert run(installed / "koryu", "--version", home=tmp_path / "home") == f"koryu, version {__version__}\n"
    where = run(installed / "python", "-c", "import koryu; print(koryu.__file__)", home=tmp_path / "home")
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_what_is_installed_makes_its_tables_and_finds_itself_sound(installed: Path, tmp_path: Path) -> None:
    run(installed / "koryu", "migrate", home=tmp_path / "home")
    said = run(installed / "koryu", "check", "--no-mail", home=tmp_path / "home").splitlines()
    assert "well   database: it answers, and its tables are up to date" in said
    assert [line for line in said if line.startswith("WRONG")] == []


@pytest.fixture(scope="module")
def demo(installed: Path, shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which the installed demo answers, which has found every record of its own as it is on record here."""
    home, port = tmp_path_factory.mktemp("demo") / "home", free_port()
    shutil.copytree(shipped_home, home)
    server = subprocess.Popen(
        [installed / "koryu", "demo", "--port", str(port), "--practice-port", "0"],
        cwd=home.parent,
        env={**BARE, "KORYU_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    while not (said := server.stdout.readline()).startswith("Koryu: "):
        assert server.poll() is None, said + server.stdout.read()
    yield port
    server.terminate()
    server.communicate(timeout=30)


def get(port: int, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_the_record_its_words_and_its_styles_are_served_from_the_wheel(demo: int) -> None:
    pages = {language: get(demo, f"/{language}/programme/ndl-nlc/") for language in LANGUAGES}
    assert {language: status for language, (status, _) in pages.items()} == dict.fromkeys(LANGUAGES, 200)
    # The same page in four languages, each in its own words.
    assert len({re.sub(r"<[^>]+>|\s", "", body)[:2000] for _, body in pages.values()}) == len(LANGUAGES)
    _, english = pages["en"]
    styles = re.findall(r'<link rel="stylesheet" href="(/static/[^"]+)"', english)
    assert [get(demo, style)[0] for style in styles] == [200] * len(styles)
    assert styles
