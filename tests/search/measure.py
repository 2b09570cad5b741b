"""How well the shipped record is found: recall in the first ten and mean reciprocal rank, by group of queries.

A third of the queries, chosen by their digest, is held out: nobody looks at them while the search is being tuned, and
both figures are told. `python -m tests.search.measure` tells which queries of the other two thirds miss what.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from koryu.search.entries import LedgerMark
from koryu.search.index import Index
from tests.search.published import BASE, shipped

HERE = Path(__file__).parent
DEPTH = 10


@dataclass(frozen=True)
class Answer:
    """What one query brought. What is only proposed as near counts for slips of the finger, and for nothing else."""

    group: str
    query: str
    wanted: tuple[str, ...]
    found: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of what must be found that is among the first ten; of more than ten, ten must be."""
        return sum(uri in self.wanted for uri in self.found[:DEPTH]) / min(DEPTH, len(self.wanted))

    @property
    def reciprocal_rank(self) -> float:
        ranks = [place for place, uri in enumerate(self.found[:DEPTH], start=1) if uri in self.wanted]
        return 1 / ranks[0] if ranks else 0.0

    @property
    def held_out(self) -> bool:
        return int(sha256(self.query.encode()).hexdigest(), 16) % 3 == 0


Asked = tuple[str, str, tuple[str, ...]]


def groups() -> Iterator[Asked]:
    """(group, query, URIs of what must be found) in the shipped record."""
    for name in ("queries.yaml", "queries-by-hand.yaml"):
        yield from ((group, query, tuple(BASE + one for one in wanted)) for group, query, wanted in asked(name))


def asked(name: str) -> Iterator[Asked]:
    """(group, query, what must be found) as one file has them."""
    read = yaml.load((HERE / name).read_text("utf-8"), Loader=yaml.BaseLoader)
    for group, pairs in read.items():
        yield from ((group, query, tuple(wanted)) for query, wanted in pairs.items())


def nothing() -> list[list[str]]:
    """Things the record does not speak of, each in several forms."""
    found: list[list[str]] = yaml.load((HERE / "queries-of-nothing.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return found


def answers(index: Index, questions: Iterable[Asked]) -> list[Answer]:
    return [
        Answer(group, query, wanted, found(index, query, near=group == "slips")) for group, query, wanted in questions
    ]


def found(index: Index, query: str, *, near: bool = False) -> tuple[str, ...]:
    answer = index.find(query, size=DEPTH, counts=False)
    hits = answer.hits + (answer.near if near else ())
    return tuple(hit.uri for hit in hits)


def false_hits(index: Index) -> dict[str, tuple[str, ...]]:
    """Queries that should find nothing, and what they found all the same."""
    brought = {query: found(index, query) for forms in nothing() for query in forms}
    return {query: uris for query, uris in brought.items() if uris}


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers) if numbers else 0.0


def recall(given: list[Answer]) -> float:
    return mean([answer.recall for answer in given])


def table(given: list[Answer]) -> str:
    """The figures by group, then of those held out and of all."""
    some = {group: [one for one in given if one.group == group] for group in sorted({one.group for one in given})}
    some["held out"] = [one for one in given if one.held_out]
    some["tuned on"] = [one for one in given if not one.held_out]
    some["all"] = given
    rows = [
        f"| {name} | {len(them)} | {recall(them):.3f} | {mean([one.reciprocal_rank for one in them]):.3f} |"
        for name, them in some.items()
    ]
    return "\n".join(["| queries | number | recall@10 | MRR |", "|---|---|---|---|", *rows])


def misses(given: list[Answer]) -> Iterator[str]:
    for answer in given:
        if answer.recall < 1 and not answer.held_out:
            missed = [uri for uri in answer.wanted if uri not in answer.found[:DEPTH]][:4]
            yield f"{answer.group}: {answer.query} misses {', '.join(missed)}; found {', '.join(answer.found[:4])}"


def indexed(folder: str | Path) -> Index:
    """An index of the shipped record."""
    index = Index(folder)
    index.rebuild(shipped(), LedgerMark(1, ""))
    return index


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        index = indexed(folder)
        given = answers(index, groups())
        sys.stdout.write("\n".join([table(given), *misses(given), ""]))
        for query, uris in false_hits(index).items():
            sys.stdout.write(f"false: {query} finds {', '.join(uris)}\n")


if __name__ == "__main__":
    main()
