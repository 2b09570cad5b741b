"""Everything that can be wrong with a file: one clear sentence, exit code 2, and what was there is untouched."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from koryu.seals.keys import SecretKey
from koryu.seals.proofs import seal
from tests.commands import koryu

BASE = "tag:koryu,2026:"
GOOD = """
base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: institution/compiler
    kind: institution
    type: compiler of a data set
    title: {en: Compiler}
    kept_by: institution/compiler
    sources: [{id: page, work: work/page}]
  - record: institution/ndl
    kind: institution
    type: national library
    title: {ja: 国立国会図書館, en: National Diet Library, source: ja}
    kept_by: institution/ndl
    sources: [{id: page, work: work/page}]
  - record: work/page
    kind: work
    type: webpage
    title: {en: Page}
    kept_by: institution/compiler
  - record: programme/p
    kind: programme
    type: mutual visit programme
    title: {en: Programme}
    institutions: [{id: ndl, institution: institution/ndl}]
    sources: [{id: page, work: work/page}]
  - record: exchange/one
    kind: exchange
    form: visit
    event: {state: held}
    title: {en: The first exchange}
    institutions: [institution/ndl]
    programmes: [{id: p, programme: programme/p, number: "1"}]
    dates: [{id: trip, scope: trip, date: 1999-05}]
    sources: [{id: page, work: work/page}]
...
"""
ONE_MORE = """
base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: exchange/two
    kind: exchange
    form: visit
    event: {state: held}
    title: {en: The second exchange}
    institutions: [institution/ndl]
    programmes: [{id: p, programme: programme/p, number: "2"}]
    dates: [{id: trip, scope: trip, date: 2000-05}]
    sources: [{id: page, work: work/page}]
...
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


def in_home(home: Path) -> Run:
    """Runs one command as a person does, in a folder with a database of its own."""

    def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return koryu(*arguments, home=home, folder=home, typed=typed)

    return run


def refused(home: Path, *arguments: str, typed: str = "") -> str:
    """The one sentence with which a command refuses, after making sure that nothing on record has changed."""
    before = everything(home)
    done = in_home(home)(*arguments, typed=typed)
    assert (done.returncode, done.stdout) == (2, ""), done
    assert done.stderr.count("\n") == 1
    assert everything(home) == before
    return done.stderr.strip()


def everything(home: Path) -> list[str]:
    """Every row of every table."""
    with closing(sqlite3.connect(home / "koryu.sqlite3")) as database:
        return list(database.iterdump())


# What is wrong with a file before anything of it is said: what is changed in it, and what is said of that.
WRONG_AS_WRITTEN: Final = [
    ("form: visit", "form: banquet", "exchange/two: form: one of these was expected here: 'visit', "),
    ("    form: visit\n", "", "line 5: exchange/two: form: this must be given."),
    ("institutions: [institution/ndl]", "institutions: []", "exchange/two: institutions: at least 1 was expected"),
    ("form: visit", "form: visit\n    weather: fine", "exchange/two: weather: there is no such field."),
    ("date: 2000-05", "date: 1986-02-29", "exchange/two: dates.0.date: 1986-02-29 is not a valid calendar date."),
    ("date: 2000-05", "date: last spring", "exchange/two: dates.0.date: "),
    (
        "{en: The second",
        "{jp: The second",
        "exchange/two: title: jp is not the tag of the language meant; write ja.",
    ),
    (
        "{en: The second",
        "{zh-hans: The second",
        "exchange/two: title: the language tag zh-hans must be written zh-Hans.",
    ),
    ("...\n", "", "last line: “...” was expected, which closes a data file; it may be cut short."),
    ("    dates: [{id: trip, scope: trip, date: 2000-05}]\n", "    dates: [{id: trip\n", "this is not YAML: "),
    ("form: visit", "form: visit\n    form: seminar", "this is not YAML: “form” is given twice."),
    (
        "kind: exchange",
        "kind: banquet",
        "exchange/two: kind: “banquet” is not a kind of record; expected one of institution, ",
    ),
    (
        "record: exchange/two",
        "record: visit/two",
        "visit/two: record: its name was expected to begin with exchange/.",
    ),
    ("recorder: institution/compiler\n", "", "recorder: it is missing."),
    ("recorder:", "colour: red\nrecorder:", "colour: it is not a field of a data file."),
]


def one_thing_wrong(home: Path, cases: list[tuple[str, str, str]]) -> list[str]:
    """A file for each case, by its place, with a record of its own: their names."""
    for place, (written, instead, _sentence) in enumerate(cases):
        text = ONE_MORE.replace(written, instead, 1)
        assert text != ONE_MORE
        (home / f"{place}.yaml").write_text(text.replace("exchange/two", f"exchange/x{place}"), encoding="utf-8")
    return [f"{place}.yaml" for place in range(len(cases))]


def each_is_told(said: str, cases: list[tuple[str, str, str]]) -> None:
    """One line a file, in their order, with its sentence, and how many there are."""
    *lines, last = said.splitlines()
    assert last == f"{len(cases)} problems; nothing is loaded."
    told = [line.partition(": ") for line in lines]
    assert [name for name, _, _ in told] == [f"{place}.yaml" for place in range(len(cases))]
    sentences = [sentence.replace("exchange/two", f"exchange/x{place}") for place, (*_, sentence) in enumerate(cases)]
    assert [says for (_, _, says), sentence in zip(told, sentences, strict=True) if sentence not in says] == []


def test_files_with_one_thing_wrong_are_not_loaded_and_each_is_told(home: Path) -> None:
    before = everything(home)
    done = in_home(home)("load", *one_thing_wrong(home, WRONG_AS_WRITTEN))
    assert (done.returncode, done.stdout) == (2, ""), done
    each_is_told(done.stderr, WRONG_AS_WRITTEN)
    assert everything(home) == before


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        (
            "recorder: institution/compiler",
            "recorder: institution/ndl",
            "recorder: an institution of the type “compiler of a data set”",
        ),
        (
            "work: work/page",
            "work: work/none",
            "“sources[page]” does not link to a record that your institution may read: tag:koryu,2026:work/none.",
        ),
    ],
)
def test_a_file_with_one_thing_wrong_is_not_loaded(home: Path, written: str, instead: str, sentence: str) -> None:
    (home / "bad.yaml").write_text(ONE_MORE.replace(written, instead, 1), encoding="utf-8")
    said = refused(home, "load", "bad.yaml")
    assert said.startswith("bad.yaml: ")
    assert sentence in said


def test_a_good_file_beside_a_bad_one_is_not_loaded_either(home: Path) -> None:
    (home / "more.yaml").write_text(ONE_MORE, encoding="utf-8")
    (home / "bad.yaml").write_text(ONE_MORE.replace("exchange/two", "exchange/three").replace("visit", "banquet"))
    assert refused(home, "load", "more.yaml", "bad.yaml").startswith("bad.yaml: line 7: exchange/three: form: ")


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_number_borne_twice_is_pointed_out_and_refused_to_nobody(home: Path, number: str) -> None:
    run = in_home(home)
    (home / "more.yaml").write_text(ONE_MORE, encoding="utf-8")
    same = ONE_MORE.replace("exchange/two", "exchange/three").replace('number: "2"', f'number: "{number}"')
    (home / "same.yaml").write_text(same, encoding="utf-8")
    told = run("load", "more.yaml", "same.yaml").stdout.splitlines()
    other = {"1": "one", "2": "two"}[number]
    bearers = ", ".join(sorted(f"tag:koryu,2026:exchange/{one}" for one in (other, "three")))
    assert told == [
        "2 recorded, 0 unchanged.",
        f"The number {number} of tag:koryu,2026:programme/p is used by 2 records: {bearers}",
    ]


@pytest.mark.parametrize("length", [0, 1, 100, 300, len(ONE_MORE) - 3])
def test_a_file_cut_short_anywhere_is_not_loaded(home: Path, length: int) -> None:
    (home / "cut.yaml").write_text(ONE_MORE[:length], encoding="utf-8")
    assert refused(home, "load", "cut.yaml").startswith("cut.yaml: ")


@pytest.mark.parametrize("written", [b"\xff\xfe\x00", b"\x80abc\n...\n"])
def test_a_file_that_is_no_text_is_not_loaded(home: Path, written: bytes) -> None:
    (home / "binary.yaml").write_bytes(written)
    assert refused(home, "load", "binary.yaml") == "binary.yaml: file: it cannot be read as UTF-8 text."


def test_a_file_that_is_not_there_is_said_to_be_missing(home: Path) -> None:
    assert refused(home, "load", "none.yaml") == "none.yaml: file: there is no such file."


def test_loading_again_says_nothing_and_a_changed_record_is_recorded_again(home: Path) -> None:
    run = in_home(home)
    assert run("load", "good.yaml").stdout == "0 recorded, 5 unchanged.\n"
    (home / "good.yaml").write_text(GOOD.replace("The first exchange", "The first visit"), encoding="utf-8")
    assert run("load", "--replace", "good.yaml").stdout == "1 recorded, 4 unchanged.\n"
    history = run("history", "exchange/one").stdout.splitlines()
    assert [line.split("  ")[2] for line in history] == ["recorded", "recorded"]
    assert [line.endswith("(stands)") for line in history] == [False, True]


def test_what_would_be_replaced_is_said_and_asked(home: Path) -> None:
    run = in_home(home)
    (home / "good.yaml").write_text(GOOD.replace("The first exchange", "The first visit"), encoding="utf-8")
    before = everything(home)
    dry = run("load", "--dry-run", "good.yaml").stdout
    assert dry == (
        "0 new, 1 to be replaced, 4 unchanged. Nothing is recorded.\nWould replace: tag:koryu,2026:exchange/one\n"
    )
    for typed in ("", "n\n", "\n"):
        done = run("load", "good.yaml", typed=typed)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Would replace: tag:koryu,2026:exchange/one\n" in done.stderr
        assert "nothing is recorded" in done.stderr
    assert everything(home) == before
    assert run("load", "good.yaml", typed="y\n").stdout == "1 recorded, 4 unchanged.\n"


# What consent refuses, in a file that can be read: what is changed in it, and what is said of that. Before, a dry run
# said “1 new” of each and ended well, and the load refused it.
REFUSED_WHEN_SAID: Final = [
    ("work: work/page", "work: work/none", "record that your institution may read"),
    (
        "work: work/page",
        "work: programme/p",
        "names a record of another kind: tag:koryu,2026:programme/p is one of kind programme; expected was work.",
    ),
    ("programme: programme/p", "programme: programme/none", "record that your institution may read"),
    ("programme: programme/p", "programme: work/page", "names a record of another kind"),
    (
        "institutions: [institution/ndl]",
        "institutions: [institution/none]",
        "record that your institution may read",
    ),
    ("institutions: [institution/ndl]", "institutions: [work/page]", "names a record of another kind"),
    ("    sources: [{id: page, work: work/page}]\n", "", "sources"),
]


def test_a_dry_run_tells_every_refusal_in_every_file_as_the_load_does_and_changes_nothing(home: Path) -> None:
    files = one_thing_wrong(home, REFUSED_WHEN_SAID)
    before = everything(home)
    dry = in_home(home)("load", "--dry-run", *files)
    new = f"{len(files)} new, 0 to be replaced, 0 unchanged. Nothing is recorded.\n"
    assert (dry.returncode, dry.stdout) == (2, new)
    each_is_told(dry.stderr, REFUSED_WHEN_SAID)
    assert dry.stderr.count(".yaml: line 5: tag:koryu,2026:exchange/x") == len(files)
    assert everything(home) == before
    assert in_home(home)("load", *files).stderr == dry.stderr


@pytest.mark.parametrize(
    ("written", "instead", "sentence"),
    [
        (
            "{en: The first exchange}",
            "{en: The first exchange}\n    shown_to: institutions",
            "What was made public stays public.",
        ),
        ("institution/compiler", "institution/other", "none of them can be left out"),
    ],
)
def test_a_dry_run_tells_what_may_not_be_said_of_a_record_that_is_there(
    home: Path, written: str, instead: str, sentence: str
) -> None:
    (home / "again.yaml").write_text(GOOD.replace(written, instead), encoding="utf-8")
    before = everything(home)
    dry = in_home(home)("load", "--dry-run", "again.yaml")
    assert dry.returncode == 2
    assert sentence in dry.stderr
    assert everything(home) == before
    assert in_home(home)("load", "--replace", "again.yaml").stderr == dry.stderr


def test_a_dry_run_takes_a_record_that_names_another_of_the_same_load(home: Path) -> None:
    more = ONE_MORE.replace("work: work/page", "work: work/new").replace(
        "...\n",
        "  - {record: work/new, kind: work, type: webpage, title: {en: New}, kept_by: institution/compiler}\n...\n",
    )
    (home / "two.yaml").write_text(more, encoding="utf-8")
    dry = in_home(home)("load", "--dry-run", "two.yaml")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert in_home(home)("load", "two.yaml").returncode == 0


def test_a_dry_run_into_nothing_takes_what_the_load_takes(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    dry = in_home(tmp_path)("load", "--dry-run", "good.yaml")
    assert (dry.returncode, dry.stderr) == (0, "")
    assert dry.stdout == "5 new, 0 to be replaced, 0 unchanged. Nothing is recorded.\n"
    assert not (tmp_path / "keys.json").exists()


# What is wrong, in a file otherwise good, and each with its line; before, only the first was told, without its line.
WRONG_IN_MANY_PLACES: Final = (
    ONE_MORE.replace("form: visit", "form: banquet")
    .replace("date: 2000-05", "date: 2000-13")
    .replace("...\n", "")
    .replace("{en: The second exchange}", "{jp: 二}")
    + """  - record: person/x
    kind: person
    title: {ja: 真}
    kept_by: institution/compiler
    names:
      - id: n
        lang: kr
        written: 真
        order: as written
  - record: banquet/x
    kind: banquet
  - kind: theme
  - record: timetable/x
    kind: timetable
    title: {en: x}
    exchange: exchange/two
    arranged_by: institution/ndl
    time_zone: localtime
    known: [{id: k, what: sessions, known: 12, of: 11}]
...
"""
)


def test_everything_wrong_is_told_with_file_and_line(home: Path) -> None:
    (home / "one.yaml").write_text(WRONG_IN_MANY_PLACES, encoding="utf-8")
    (home / "two.yaml").write_text(ONE_MORE.replace("form: visit", "forms: visit"), encoding="utf-8")
    before = everything(home)
    done = in_home(home)("load", "one.yaml", "two.yaml", "none.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert everything(home) == before
    told = done.stderr.splitlines()
    assert [tuple(line.split(": ")[:3]) for line in told[:-1]] == [
        ("one.yaml", "line 9", "exchange/two"),
        ("one.yaml", "line 7", "exchange/two"),
        ("one.yaml", "line 12", "exchange/two"),
        ("one.yaml", "line 20", "person/x"),
        ("one.yaml", "line 18", "person/x"),
        ("one.yaml", "line 24", "banquet/x"),
        ("one.yaml", "line 25", "records[3].record"),
        ("one.yaml", "line 31", "timetable/x"),
        ("one.yaml", "line 32", "timetable/x"),
        ("two.yaml", "line 5", "exchange/two"),
        ("two.yaml", "line 7", "exchange/two"),
        ("none.yaml", "file", "there is no such file."),
    ]
    assert told[-1] == "12 problems; nothing is loaded."


def test_everything_the_records_say_of_each_other_is_told_too(home: Path) -> None:
    wrong = ONE_MORE.replace("work: work/page", "work: work/none")
    other = wrong.replace("exchange/two", "exchange/three").replace("programme: programme/p", "programme: programme/q")
    (home / "two.yaml").write_text(wrong, encoding="utf-8")
    (home / "three.yaml").write_text(other, encoding="utf-8")
    before = everything(home)
    told = in_home(home)("load", "two.yaml", "three.yaml").stderr.splitlines()
    assert {line.split(": ")[0] for line in told[:-1]} == {"two.yaml", "three.yaml"}
    assert all(": line 5: tag:koryu,2026:exchange/" in line for line in told[:-1])
    assert everything(home) == before


def test_a_second_compiler_adds_its_account_and_replaces_none(home: Path) -> None:
    run = in_home(home)
    # Who keeps the page was said by the first; nobody's account leaves out whom another named.
    other = GOOD.replace("institution/compiler", "institution/other").replace("The first exchange", "The first visit")
    other = "institution/compiler\n  - record: programme".join(other.split("institution/other\n  - record: programme"))
    (home / "other.yaml").write_text(other, encoding="utf-8")
    told = run("load", "--dry-run", "other.yaml").stdout.splitlines()
    assert told[0] == "1 new, 0 to be replaced, 0 unchanged. Nothing is recorded."
    assert "Would stand beside another account: tag:koryu,2026:exchange/one" in told
    done = run("load", "other.yaml")
    assert done.stdout.startswith("5 recorded, 0 unchanged.\n"), done
    assert "Recorded beside another account: tag:koryu,2026:exchange/one" in done.stdout
    said = [line.split("  ")[1] for line in run("history", "exchange/one").stdout.splitlines()]
    assert said == ["tag:koryu,2026:institution/compiler", "tag:koryu,2026:institution/other"]
    for file in ("good.yaml", "other.yaml"):
        told = run("load", "--dry-run", file).stdout.splitlines()
        assert told == ["0 new, 0 to be replaced, 5 unchanged. Nothing is recorded."]


def test_a_number_may_pass_from_one_record_to_another_in_one_load(home: Path) -> None:
    run = in_home(home)
    (home / "more.yaml").write_text(ONE_MORE, encoding="utf-8")
    assert run("load", "more.yaml").stdout == "1 recorded, 0 unchanged.\n"


def test_everything_exported_verifies_with_and_without_the_list_of_keys(home: Path) -> None:
    run = in_home(home)
    without = run("verify", "-", typed=(home / "all.jsonl").read_text())
    assert without.returncode == 0
    assert without.stdout.splitlines()[0] == "In order: 5 records, 5 versions."
    assert "only a list of keys shows" in without.stdout
    assert "only a list of keys" not in run("verify", "all.jsonl", "one.json", "--keys", "keys.list").stdout


def test_verifying_needs_no_home_and_no_database(home: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    done = subprocess.run(
        [sys.executable, "-c", "from koryu.cli import main; main()", "verify", str(home / "one.json")],
        env={**os.environ, "KORYU_HOME": str(nowhere), "KORYU_DATABASE": "postgresql://nowhere.invalid/none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, nowhere.exists()) == (0, False), done.stderr


def changed(home: Path, change: Callable[[dict[str, Any]], None]) -> str:
    exported = json.loads((home / "one.json").read_text())
    change(exported)
    (home / "changed.json").write_text(json.dumps(exported, ensure_ascii=False))
    return "changed.json"


def test_one_byte_changed_in_an_exported_record_is_noticed(home: Path) -> None:
    written = (home / "one.json").read_text()
    (home / "changed.json").write_text(written.replace("The first exchange", "The First exchange"))
    assert refused(home, "verify", "changed.json").startswith(
        f"changed.json: {BASE}exchange/one: versions[0].content: expected sha256:"
    )


def test_a_wrong_proof_is_noticed(home: Path) -> None:
    def forge(exported: dict[str, Any]) -> None:
        exported["entries"][0]["at"] = "1999-05-01T00:00:00Z"

    assert refused(home, "verify", changed(home, forge)) == (
        f"changed.json: {BASE}exchange/one: entries[0].proof: "
        "the proof does not fit the document: one of them was changed, or another key made it."
    )


def test_an_export_sealed_anew_with_another_key_is_caught_by_the_list_of_keys(home: Path) -> None:
    thief = SecretKey.generate()

    def reseal(exported: dict[str, Any]) -> None:
        own = {name: value for name, value in exported["entries"][0].items() if name != "proof"}
        exported["entries"] = [seal(own, key=thief, created="2026-11-22T09:00:00Z")]

    file = changed(home, reseal)
    assert in_home(home)("verify", file).returncode == 0
    assert refused(home, "verify", file, "--keys", "keys.list") == (
        f"changed.json: {BASE}exchange/one: entries[0].proof: sealed with {thief.public.did}, "
        f"which the list of keys does not name as a key of {BASE}institution/compiler."
    )


@pytest.mark.parametrize("length", [0, 2, 500])
def test_an_export_cut_short_is_noticed(home: Path, length: int) -> None:
    (home / "cut.json").write_text((home / "one.json").read_text()[:length])
    assert refused(home, "verify", "cut.json").startswith("cut.json: ")


def test_a_line_missing_its_end_is_named_by_its_number(home: Path) -> None:
    lines = (home / "all.jsonl").read_text().splitlines()
    (home / "cut.jsonl").write_text("\n".join([lines[0], lines[1][:-20]]))
    assert refused(home, "verify", "cut.jsonl").startswith("cut.jsonl: line 2: JSON was expected")


def test_a_list_of_keys_that_is_none_is_refused(home: Path) -> None:
    (home / "keys.bad").write_text("[]")
    assert refused(home, "verify", "one.json", "--keys", "keys.bad") == (
        "keys.bad: a list of keys by institution was expected, as JSON."
    )


@pytest.mark.parametrize("command", [("show", "exchange/none"), ("history", "none"), ("erase", "exchange/none")])
def test_a_name_no_record_bears_is_refused(home: Path, command: tuple[str, ...]) -> None:
    more = ("--institution", "institution/compiler", "--by", "loader", "--yes") if command[0] == "erase" else ()
    assert "no record has this name" in refused(home, *command, *more)


def test_erasing_takes_the_content_out_everywhere_and_keeps_the_chain(home: Path) -> None:
    run = in_home(home)
    erase = ("erase", "exchange/one", "--institution", "institution/compiler", "--by", "loader")
    asked = run(*erase, typed="n\n")
    assert (asked.returncode, asked.stdout.splitlines()[0]) == (
        1,
        "This goes for good: 1 versions. Their digests stay, and who said what when.",
    )
    assert run(*erase, "--yes").stdout == "Erased for good: 1 versions.\n"
    assert run("show", "exchange/one").returncode == 1
    (home / "erased.json").write_text(run("show", "exchange/one", "--json").stdout)
    assert "The first exchange" not in (home / "erased.json").read_text()
    assert run("verify", "erased.json", "--keys", "keys.list").returncode == 0
    assert run("rebuild").returncode == 0
    assert "The first exchange" not in (home / "koryu.sqlite3").read_bytes().decode("utf-8", "ignore")


def test_a_stranger_can_have_nothing_erased(home: Path) -> None:
    assert "Only the head" in refused(
        home, "erase", "exchange/one", "--institution", "institution/ndl", "--by", "loader", "--yes"
    )
