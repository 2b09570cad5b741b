"""The index written by a process of its own."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from koryu.search import index_process
from koryu.search.entries import BEGINNING, LedgerMark, SearchEntry, WrittenForm, WrittenReading
from koryu.search.index import Broken, Index
from koryu.search.store import Busy, Store

FIRST, SECOND, THIRD = LedgerMark(1, "sha256:a"), LedgerMark(2, "sha256:b"), LedgerMark(3, "sha256:c")

ASKING = """
import sys
from koryu.search.index import Index
queries = ("図書館", "としょかん", "toshokan", "도서관")
found = [str(hit.why) for query in queries for hit in Index(sys.argv[1]).find(query).hits]
assert len(found) == 8, found
sys.exit("lindera" in sys.modules)
"""


def entry(uri: str, text: str) -> SearchEntry:
    return SearchEntry(uri=uri, kind="paper", titles=(WrittenForm("ja", text),), theme=("t",), years=(1999, 2001))


def uris(folder: Path, query: str) -> list[str]:
    return [hit.uri for hit in Index(folder).find(query).hits]


def test_what_is_put_taken_out_and_reached_is_seen_here(tmp_path: Path) -> None:
    index_process.rebuild(tmp_path, [entry("a", "交流"), entry("b", "交流")], to=FIRST)
    assert (sorted(uris(tmp_path, "koryu")), Index(tmp_path).reached) == (["a", "b"], FIRST)
    assert index_process.change(tmp_path, [entry("c", "研修")], removed=["a"], since=FIRST, to=SECOND)
    assert (uris(tmp_path, "交流"), uris(tmp_path, "kenshu"), Index(tmp_path).reached) == (["b"], ["c"], SECOND)
    found = Index(tmp_path).find("研修")
    assert (found.counts["theme"], found.counts["decade"]) == ({"t": 1}, {"1990": 1, "2000": 1})


def test_a_name_comes_back_with_its_reading(tmp_path: Path) -> None:
    names = (
        WrittenForm("ja", "西来路秀彦", (WrittenReading("ja-Kana", "さいらいじひでひこ"),)),
        WrittenForm("ja", "国会"),
    )
    index_process.rebuild(tmp_path, [SearchEntry(uri="a", kind="person", names=names)], to=FIRST)
    known = Index(tmp_path).named("a")
    assert [(form.text, form.readings, form.kana) for form in known] == [
        ("西来路秀彦", names[0].readings, ""),
        ("国会", (), "こっかい"),
    ]
    assert Index(tmp_path).named("b") == ()


def test_whoever_was_overtaken_changes_nothing(tmp_path: Path) -> None:
    index_process.rebuild(tmp_path, [entry("a", "交流")], to=SECOND)
    assert not index_process.change(tmp_path, [entry("b", "交流")], since=FIRST, to=THIRD)
    assert (uris(tmp_path, "交流"), Index(tmp_path).reached) == (["a"], SECOND)


def test_an_index_is_made_anew_only_where_it_was_seen_to_be(tmp_path: Path) -> None:
    assert index_process.replace(tmp_path, [entry("a", "交流")], seen=None, to=FIRST)
    assert not index_process.replace(tmp_path, [entry("b", "交流")], seen=None, to=FIRST)
    assert not index_process.replace(tmp_path, [entry("b", "交流")], seen=SECOND, to=THIRD)
    assert (uris(tmp_path, "交流"), Index(tmp_path).reached) == (["a"], FIRST)
    assert index_process.replace(tmp_path, [entry("b", "交流")], seen=FIRST, to=SECOND)
    assert (uris(tmp_path, "交流"), Index(tmp_path).reached) == (["b"], SECOND)


def test_whoever_does_not_want_to_hear_everything_is_no_fault(tmp_path: Path) -> None:
    many = [entry(f"r{number}", "図書館の国際交流" * 40) for number in range(2000)]
    index_process.rebuild(tmp_path, [entry("a", "交流")], to=SECOND)
    assert not index_process.replace(tmp_path, many, seen=FIRST, to=THIRD)
    assert not index_process.change(tmp_path, many, since=FIRST, to=THIRD)
    assert uris(tmp_path, "交流") == ["a"]


def test_half_an_order_is_not_done(tmp_path: Path) -> None:
    index_process.rebuild(tmp_path, [entry("a", "交流")], to=FIRST)
    with pytest.raises(EOFError):
        index_process.obeyed(tmp_path, StringIO(json.dumps({"to": SECOND}) + "\n"))
    assert (uris(tmp_path, "交流"), Index(tmp_path).reached) == (["a"], FIRST)


def test_an_index_that_is_not_there_is_not_changed(tmp_path: Path) -> None:
    with pytest.raises(Broken):
        index_process.change(tmp_path, [entry("a", "交流")], since=BEGINNING, to=FIRST)


def test_whoever_waits_too_long_for_another_is_told_so(tmp_path: Path) -> None:
    with Store(tmp_path).writing(wait=1), pytest.raises(Busy):
        index_process.rebuild(tmp_path, [], to=FIRST, wait=0.1)


def test_whoever_only_asks_never_loads_the_dictionary(tmp_path: Path) -> None:
    index_process.rebuild(tmp_path, [entry("a", "図書館"), entry("b", "도서관")], to=FIRST)
    assert subprocess.run([sys.executable, "-c", ASKING, str(tmp_path)], check=False).returncode == 0
