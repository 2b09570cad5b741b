"""What was erased is in no byte of the installation: words planted in every place where something is written.

`before` is where a word still was when this was written.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.doors.planting import ALONE, SCAN, STAYS, WORDS
from tests.site import Site
from tests.world import EXCHANGE, NDL

PLANT = "import django; django.setup(); from tests.doors.planting import plant; plant()"


# By where it was planted: where it still was, beside the bytes of koryu.sqlite3, once its record was erased.
BEFORE = {
    "a version that stands": "consent_draft, notices_notice",
    "an earlier version": "consent_draft, notices_notice",
    "a version that was withdrawn": "notices_notice",
    "the title of a proposal that notices told of": "notices_notice",
    "the reason why a version was not taken up": "ledger_entry",
    "the reason of a counter-proposal": "consent_draft, ledger_entry",
    "a remark that an account differs": "archive_remark, ledger_entry",
    "a remark with a check": "archive_remark, ledger_entry",
    "a comment of the house on a draft that was sent": "consent_comment",
    "a comment of the partner on a draft that was sent": "consent_comment",
    "the remark with which a draft was returned": "consent_submission",
    "a note on the record": "consent_note",
    "a note of the partner on the record": "consent_note",
    "a telephone note on the record": "consent_note",
    "the letter by which a version was accepted": "nowhere",
    "the name of that letter": "nowhere",
}


@dataclass(frozen=True)
class Erased:
    """Where each word was found before its record was erased, after it, and after all was rebuilt."""

    site: Site
    before: dict[str, list[str]]
    after: dict[str, list[str]]
    rebuilt: dict[str, list[str]]


def erase(site: Site, record: str) -> None:
    done = site.run("erase", record, "--institution", NDL, "--by", "head", "--requested", "--yes")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Erased]:
    """An installation in which two of three records were erased while another process has the database open."""
    site = Site(tmp_path_factory.mktemp("erased"), 0)
    assert site.run("institution", "list").returncode == 0
    # A server has the database open all the time, so that its write-ahead log stays.
    with closing(sqlite3.connect(site.home / "koryu.sqlite3")) as server:
        server.execute("SELECT count(*) FROM sqlite_master").fetchone()
        plant(site)
        before = looked_for(site.home)
        erase(site, EXCHANGE)
        erase(site, ALONE)
        after = looked_for(site.home)
        assert site.run("rebuild").returncode == 0
        yield Erased(site, before, after, looked_for(site.home))


def plant(site: Site) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PLANT], env=site.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def looked_for(home: Path) -> dict[str, list[str]]:
    return {word: where(home, word) for word in (*WORDS.values(), SCAN, STAYS)}


def where(home: Path, word: str) -> list[str]:
    """The files whose bytes hold a word, in any case, and the tables whose rows do."""
    sought = word.lower().encode()
    files = [file for file in sorted(home.rglob("*")) if file.is_file() and sought in file.read_bytes().lower()]
    return [*(str(file.relative_to(home)).partition("/")[0] for file in files), *tables(home, word)]


def tables(home: Path, word: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{home / 'koryu.sqlite3'}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        held = {}
        for name in names:
            rows = database.execute(f'SELECT * FROM "{name}"').fetchall()
            held[name] = any(word.lower() in _text(value) for row in rows for value in row)
    return sorted(name for name, holds in held.items() if holds)


def _text(value: object) -> str:
    written = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return written.lower()


def test_every_place_is_looked_at() -> None:
    assert BEFORE.keys() == WORDS.keys()


@pytest.mark.parametrize("word", [*WORDS.values(), SCAN, STAYS])
def test_every_word_was_there_before(erased: Erased, word: str) -> None:
    assert erased.before[word] != []


@pytest.mark.parametrize(("place", "before"), BEFORE.items())
def test_it_is_nowhere_once_its_record_was_erased(erased: Erased, place: str, before: str) -> None:
    assert erased.after[WORDS[place]] == []


@pytest.mark.parametrize("place", WORDS)
def test_rebuilding_brings_nothing_back(erased: Erased, place: str) -> None:
    assert set(erased.rebuilt[WORDS[place]]) <= set(erased.after[WORDS[place]])


def test_a_scan_and_the_wording_of_a_record_go_with_it(erased: Erased) -> None:
    assert erased.after[SCAN] == []


def test_what_another_record_holds_stays(erased: Erased) -> None:
    assert {"archive_record", "ledger_content", "ledger_file"} <= set(erased.after[STAYS])


def test_what_is_left_still_verifies(erased: Erased) -> None:
    exported = erased.site.run("export")
    assert exported.returncode == 0, exported.stderr
    (erased.site.home / "all.jsonl").write_text(exported.stdout, encoding="utf-8")
    verified = erased.site.run("verify", str(erased.site.home / "all.jsonl"))
    assert (verified.returncode, verified.stderr) == (0, "")


def test_who_reads_while_it_is_erased_keeps_nothing_of_it_for_longer_than_the_next_round(tmp_path: Path) -> None:
    """Before: its bytes stayed in koryu.sqlite3."""
    site = Site(tmp_path, 0)
    plant(site)
    with closing(sqlite3.connect(site.home / "koryu.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM ledger_content").fetchone()
        erase(site, ALONE)
        reader.execute("COMMIT")
        assert site.run("tend", "--once").returncode == 0
        assert where(site.home, SCAN) == []
