"""What nobody should type, and somebody does: one sentence and exit code 2, never a trace, nothing changed.

`before` is how each ended before there was a sentence for it.
"""

import json
import socket
from dataclasses import dataclass
from pathlib import Path

import pytest

from koryu.cli.demo import practice_beside
from koryu.cli.terminal import plain
from tests.cli.test_bad_input import ONE_MORE, in_home
from tests.site import free_port


@dataclass(frozen=True)
class Given:
    """Something given; a part of what is said of it; and what was said before."""

    name: str
    given: str
    says: str
    before: str


TRACE = "a trace"


def refusal(home: Path, *arguments: str) -> str:
    done = in_home(home)(*arguments)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.count("\n") == 1, done.stderr
    assert done.stderr == f"{plain(done.stderr)}"
    return done.stderr


DEEP = "are nested too deeply"
NAME = "is not a name for a record"
# In the place of the form, or of the record's name.
DATA = [
    Given("a list too deep", f"form: {'[' * 3000}{']' * 3000}", DEEP, TRACE),
    Given("a mapping too deep", f"form: {'{a: ' * 3000}{'}' * 3000}", DEEP, TRACE),
    Given("a list as a name", "form: visit\n    ? [a, b]\n    : c", "the name of a field was expected", TRACE),
    Given("a mapping as a name", "form: visit\n    ? {a: b}\n    : c", "the name of a field was expected", TRACE),
    Given("a number too large", f"form: visit\n    planned_size: {'9' * 400}", "no canonical form", "the same"),
    Given("a name with a space", "record: exchange/X Y", NAME, TRACE),
    Given("a name with a full-width space", "record: exchange/X\u3000Y", NAME, TRACE),
    Given("a name with a stroke", "record: exchange/x/y", NAME, "loaded, and its page could not be reached"),
    Given("a name with a question mark", "record: exchange/a?b", NAME, "loaded, and its page could not be reached"),
    Given("a name with an escape", "record: exchange/a%2Fb", NAME, "loaded, and its page could not be reached"),
    Given("a name with a hash", 'record: "exchange/a#b"', NAME, "loaded, and its page could not be reached"),
    Given("the folder above", "record: exchange/..", NAME, "loaded, and its page could not be reached"),
    Given("no address", "record: exchange/", NAME, "loaded, and its page could not be reached"),
    Given("a control character", r'record: "exchange/x\e[31my"', NAME, "the terminal's colour was changed"),
    Given("a NUL", r'record: "exchange/x\0y"', NAME, "loaded on one database, a trace on the other"),
    Given("a text turned around", r'record: "exchange/x\u202Ey"', NAME, "loaded"),
    Given("a name beyond all length", f"record: exchange/{'x' * 600}", NAME, "loaded on one database alone"),
]


@pytest.mark.parametrize("given", DATA, ids=lambda one: one.name)
def test_a_data_set_that_cannot_be_taken_is_refused_in_one_sentence(home: Path, given: Given) -> None:
    instead = "record: exchange/two" if given.given.startswith("record:") else "form: visit"
    (home / "bad.yaml").write_text(ONE_MORE.replace(instead, given.given, 1), encoding="utf-8")
    assert given.says in refusal(home, "load", "bad.yaml")


EXPORTED = [
    Given("a list too deep", "[" * 100_000 + "]" * 100_000, "deeper than any record", TRACE),
    Given("a mapping too deep", '{"a":' * 100_000 + "1" + "}" * 100_000, "deeper than any record", TRACE),
    Given("half of a list too deep", "[" * 100_000, "deeper than any record", TRACE),
    Given("lines too deep", '{"a": 1}\n' + "[" * 100_000, "deeper than any record", TRACE),
    Given("a number too large", '{"format": ' + "9" * 5000 + "}", "JSON was expected", "the same"),
    Given("no number", '{"format": NaN}', "this is not an exported record", "the same"),
    Given("an endless number", '{"format": 1e999}', "this is not an exported record", "the same"),
    Given("nothing", "null", "an exported record was expected", "the same"),
    Given("a number", "3", "an exported record was expected", "the same"),
    Given("a text", '"x"', "an exported record was expected", "the same"),
    Given("a list of nothing", "[]", "an exported record was expected", "the same"),
    Given("a control character", '{"record": "\\u001b[31mx"}', "\\u001b[31mx: format", "the colour was changed"),
    Given("a title for the window", '{"record": "\\u001b]0;x\\u0007"}', "\\u001b]0;x\\u0007", "the title was changed"),
]


@pytest.mark.parametrize("given", EXPORTED, ids=lambda one: one.name)
def test_an_export_that_cannot_be_read_is_refused_in_one_sentence(home: Path, given: Given) -> None:
    (home / "bad.json").write_text(given.given, encoding="utf-8")
    assert given.says in refusal(home, "verify", "bad.json")


KEYS = [
    Given("empty", "", "", TRACE),
    Given("cut short", '{"did:key:z6Mk', "", TRACE),
    Given("a list", "[]", "", "has no key on this server.."),
    Given("nothing", "null", "", TRACE),
    Given("a number", "3", "", TRACE),
    Given("no number", "NaN", "", TRACE),
    Given("a text", '"x"', "", TRACE),
    Given("too deep", "[" * 100_000, "", TRACE),
    Given("keys that are numbers", '{"x": 3}', "", "has no key on this server.."),
    Given("bytes", "\x00\x01", "", TRACE),
    Given("pairs", '[["a", "b"]]', "", "has no key on this server.."),
    Given("keys that are lists", '{"x": ["z"]}', "", "has no key on this server.."),
]


@pytest.mark.parametrize("given", KEYS, ids=lambda one: one.name)
def test_a_file_of_keys_that_is_damaged_is_named_and_what_to_do(home: Path, given: Given) -> None:
    (home / "keys.json").write_text(given.given, encoding="utf-8")
    (home / "more.yaml").write_text(ONE_MORE, encoding="utf-8")
    said = refusal(home, "load", "more.yaml")
    assert said.endswith("keys.json, is damaged: the operator must restore it from the copy that was kept.\n")


@pytest.mark.parametrize("kept", ["zQ3s", "", "z" * 100, "鍵"])
def test_a_key_that_is_none_in_a_file_that_is_whole_is_named_too(home: Path, kept: str) -> None:
    keys = json.loads((home / "keys.json").read_text())
    (home / "keys.json").write_text(json.dumps(dict.fromkeys(keys, kept)), encoding="utf-8")
    (home / "more.yaml").write_text(ONE_MORE, encoding="utf-8")
    assert "keys.json, is damaged: the operator must restore it from the copy that was kept.\n" in refusal(
        home, "load", "more.yaml"
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("神田　薫", "神田　薫"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\x1b]0;title\x07", "\\u001b]0;title\\u0007"),
        ("back\x08space", "back\\u0008space"),
        ("over\rwritten", "over\\u000dwritten"),
        ("\x9b31m", "\\u009b31m"),
        ("turned\u202earound", "turned\\u202earound"),
        ("\u2066isolated\u2069", "\\u2066isolated\\u2069"),
        ("line\u2028separator", "line\\u2028separator"),
        ("\x00", "\\u0000"),
        ("\x7f", "\\u007f"),
        ("half \ud800 of a pair", "half \\ud800 of a pair"),
        ("אבג", "אבג"),
    ],
)
def test_what_would_move_the_cursor_or_turn_the_text_is_printed_as_its_number(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("command", [("show", "exchange/\udcff"), ("find", "\udcff"), ("load", "\udcff.yaml")])
def test_what_is_no_text_in_utf_8_is_refused_wherever_it_is_typed(home: Path, command: tuple[str, ...]) -> None:
    assert refusal(home, *command).endswith("this is not text in UTF-8.\n")


def test_the_practice_area_is_beside_the_server_and_its_option_is_named_where_it_cannot_be(home: Path) -> None:
    assert [practice_beside(port) for port in (8000, 9000, 1, 65534, 65535)] == [8001, 9001, 2, 65535, 65534]
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        said = refusal(home, "demo", "--port", str(free_port()), "--practice-port", str(port))
    assert said == (
        f"Cannot serve at http://127.0.0.1:{port}: address already in use. Choose another with --practice-port "
        "(0 for no practice area).\n"
    )
