"""Whatever lies in the database or in a file, a command prints characters, and a value stays in its line."""

import ast
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from koryu.cli.terminal import in_line, plain
from tests.cli.test_bad_input import GOOD, in_home

CLI = Path(__file__).parents[2] / "koryu" / "cli"
# What would turn the colour, write over the line, forge another one, turn the text around, name the window, go back.
PLANTED = {
    "escape": "\x1b[31mx",
    "return": "a\rkept",
    "line": "a\nforged",
    "override": "a\u202eb",
    "isolate": "a\u2066b\u2069",
    "window": "\x1b]0;x\x07",
    "back": "a\x08\x08b",
    "csi": "\x9b2J",
    "separator": "a\u2028b",
    "delete": "a\x7fb",
    "form feed": "a\x0cb",
    "mark": "a\u200fb",
}


@dataclass(frozen=True)
class Listing:
    """A command, the statement that puts `:text` where it reads it, and how many lines it prints more by that.

    `before` is how many of what is planted were printed as they are, and how many lines more, before there was one way
    of printing. An escape was left out even then where nobody looks at a terminal, as in a test.
    """

    command: tuple[str, ...]
    planting: str
    before: tuple[int, int]
    more: int = 0


IN_A_TITLE = "UPDATE archive_record SET line = json_set(line, '$.title', json_object('en', :text)) WHERE kind = '{}'"
LISTINGS = [
    Listing(("role", "list"), "UPDATE institutions_person SET name = :text WHERE handle = 'mori'", (11, 1)),
    Listing(("role", "list"), "UPDATE institutions_person SET handle = :text WHERE handle = 'mori'", (11, 1)),
    Listing(("role", "list"), "UPDATE institutions_role SET institution = :text", (11, 2)),
    Listing(("institution", "list"), IN_A_TITLE.format("institution"), (11, 2)),
    Listing(("institution", "list"), "UPDATE institutions_person SET name = :text WHERE handle = 'han'", (0, 0)),
    Listing(("institution", "list"), "UPDATE institutions_person SET handle = :text WHERE handle = 'han'", (11, 1)),
    Listing(("institution", "list"), "UPDATE institutions_role SET institution = :text", (11, 2), more=1),
    Listing(("key", "list"), "UPDATE institutions_key SET institution = :text WHERE institution LIKE '%nlk'", (11, 1)),
    Listing(("journal",), 'INSERT INTO journal_line ("at", "by", institution, what, about, "values") '
            "VALUES ('2026-11-29T10:00:00Z', :text, '', 'person entered', '', '{}')", (11, 2), more=1),
    Listing(("journal",), 'INSERT INTO journal_line ("at", "by", institution, what, about, "values") '
            "VALUES ('2026-11-29T10:00:00Z', 'x', :text, 'person entered', :text, '{}')", (11, 3), more=1),
    Listing(("journal",), 'INSERT INTO journal_line ("at", "by", institution, what, about, "values") '
            "VALUES ('2026-11-29T10:00:00Z', 'x', '', 'person entered', '', json_object('whom', :text))",
            (11, 2), more=1),
    Listing(("find", "exchange"), IN_A_TITLE.format("exchange"), (1, 1)),
    Listing(("find", "exchange", "--json"), IN_A_TITLE.format("exchange"), (6, 0)),
]  # fmt: skip


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[tuple[str, ...], int]]:
    """A database with something for each command to list, and how many lines each prints."""
    home = tmp_path_factory.mktemp("home")
    (home / "good.yaml").write_text(GOOD, encoding="utf-8")
    run = in_home(home)
    for command in (
        ("load", "good.yaml"),
        ("institution", "add", "nlk", "ko=국립중앙도서관", "--head", "han", "--head-name", "한가람"),
        ("role", "give", "mori", "officer", "institution/nlk", "--name", "森 健一"),
        ("index",),
    ):
        assert run(*command).returncode == 0
    with closing(sqlite3.connect(home / "koryu.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    lines = {
        one.command: run(*one.command).stdout.count("\n") for one in {one.command: one for one in LISTINGS}.values()
    }
    return (home / "koryu.sqlite3").read_bytes(), lines


@pytest.mark.parametrize("listing", LISTINGS, ids=lambda one: f"{' '.join(one.command)}: {one.planting[:48]}")
def test_what_lies_in_the_database_is_printed_as_characters(
    filled: tuple[bytes, dict[tuple[str, ...], int]], tmp_path: Path, listing: Listing
) -> None:
    """All at once, each beside the other, for a process takes a second to begin."""
    text = " ".join(PLANTED.values())
    kept, lines = filled
    (tmp_path / "koryu.sqlite3").write_bytes(kept)
    with closing(sqlite3.connect(tmp_path / "koryu.sqlite3", isolation_level=None)) as database:
        assert database.execute(listing.planting, {"text": text}).rowcount > 0
    done = in_home(tmp_path)(*listing.command)
    assert (done.returncode, done.stderr) == (0, "")
    assert plain(done.stdout) == done.stdout
    assert done.stdout.count("\n") - lines[listing.command] == listing.more
    assert in_line(text) in done.stdout or "--json" in listing.command


@pytest.mark.parametrize("planted", PLANTED)
def test_each_is_written_as_its_number(planted: str) -> None:
    text = PLANTED[planted]
    said = in_line("before", text, "", "after")
    assert said.isprintable()
    assert said.startswith("before  ")
    assert said.endswith("  after")
    assert "\\u00" in said or "\\u20" in said


def test_values_in_a_line_are_told_apart_and_empty_ones_left_out() -> None:
    assert in_line("a", "", "森 健一", "b") == "a  森 健一  b"


def test_no_command_prints_past_the_one_way_of_printing() -> None:
    """`terminal.say` is it; `BadInput` and the refusal in `main` escape what they say by themselves."""
    past = []
    for file in sorted(CLI.glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("click.echo", "click.secho", "print"):
                past.append((file.name, ast.unparse(node.args[0])))
    assert past == [
        ("__init__.py", "f'{plain(word)}: this is not text in UTF-8.'"),
        ("__init__.py", "plain(str(refused.reason))"),
        ("bad_input.py", "plain(self.message)"),
        ("terminal.py", "plain(text)"),
    ]
