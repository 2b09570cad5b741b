"""The index on disk: entries in, answers out. Everything in it can be made again from the ledger."""

import json
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from importlib import resources
from pathlib import Path
from zlib import crc32

import tantivy

from koryu.search import matching, tables
from koryu.search.compile import Query, QueryCompiler, narrowed
from koryu.search.documents import SEQUENCE, document, headed, prepare, schema, schema_mark, unpacked
from koryu.search.entries import (
    BEGINNING,
    FACETS,
    PUBLIC,
    Filters,
    Hit,
    LedgerMark,
    Match,
    SearchEntry,
    SearchResult,
    Suggestion,
    WrittenForm,
)
from koryu.search.query import LONGEST_QUERY, understood
from koryu.search.store import Store
from koryu.values.reason import Reason, Refused

PAGE_SIZE = 20
LAST_PAGE = 500
_MOST_VALUES = 1000
_HEAP = 64_000_000
_EVERYONE = frozenset({PUBLIC})
NOTHING_ASKED = Reason("Type a word, a name or a year to search for.")
_TOO_LONG = Reason("Only the first %(number)s characters were searched for.", number=LONGEST_QUERY)


class Broken(Refused):
    """The index cannot be read or is of an older make: make it anew with `rebuild`."""


class Index:
    """A search index in a folder of its own.

    Any number of processes may read it; one at a time writes, and the others see what it committed with their
    next question. Opening never fails: `wants_rebuild` says when the index must be made anew.
    """

    def __init__(self, path: Path | str, *, wait: float = 10.0) -> None:
        self.path = Path(path)
        self._store = Store(self.path)
        self._wait = wait
        self._guard = threading.RLock()
        self._held = ExitStack()
        self._writer: tantivy.IndexWriter | None = None
        self._engine: tantivy.Index | None = None
        self._folder: Path | None = None
        self._stamp: tuple[int, ...] = (-1,)
        self._searcher: tantivy.Searcher | None = None
        self._heard: dict[str, str] = {}

    @property
    def wants_rebuild(self) -> Reason | None:
        """Why the index must be made anew; None when it can be used as it is."""
        try:
            self._fresh()
        except Broken as broken:
            return broken.reason
        return None

    @property
    def reached(self) -> LedgerMark:
        """How far the index has followed the ledger. Raises Broken."""
        searcher = self._fresh()
        with _readable():
            hits = searcher.search(_is(SEQUENCE), limit=1).hits
            return LedgerMark(*json.loads(bytes(searcher.doc(hits[0][1])["payload"][0]))) if hits else BEGINNING

    def named(self, uri: str) -> tuple[WrittenForm, ...]:
        """The names of an entry with what the index knows of their readings; none where there is no such entry.

        Raises Broken.
        """
        searcher = self._fresh()
        with _readable():
            hits = searcher.search(_is(uri), limit=1).hits
            return unpacked(headed(bytes(searcher.doc(hits[0][1])["payload"][0]))[2])[0] if hits else ()

    def take_turn(self) -> None:
        """Keeps others from writing until `commit` or `give_up`. Raises Busy, Broken."""
        with self._guard:
            self._writing()

    def put(self, entry: SearchEntry) -> None:
        """Takes an entry in, in place of the one with its URI. Others see it after `commit`. Raises Busy, Broken."""
        made = document(entry)
        with self._guard:
            writer = self._writing()
            writer.delete_documents_by_term("uri", entry.uri)
            writer.add_document(made)

    def remove(self, uri: str) -> None:
        """Takes an entry out; one that is not there is no fault. Others see it after `commit`. Raises Busy, Broken."""
        with self._guard:
            self._writing().delete_documents_by_term("uri", uri)

    def commit(self, mark: LedgerMark) -> None:
        """Makes all changes seen at once, together with the place in the ledger they reach. Raises Busy, Broken."""
        with self._guard:
            _note(self._writing(), mark)
            self._finish()

    def give_up(self) -> None:
        """Forgets all changes since the last commit and lets others write."""
        with self._guard:
            if self._writer is not None:
                self._writer.rollback()
            self._writer = None
            self._held.close()

    def rebuild(self, entries: Iterable[SearchEntry], mark: LedgerMark) -> None:
        """Makes the index anew beside the old one, which goes on answering until this is done. Raises Busy."""
        with self._guard, self._store.writing(wait=self._wait):
            self._make_anew(entries, mark)

    def replace(self, entries: Iterable[SearchEntry], mark: LedgerMark, *, seen: LedgerMark | None) -> bool:
        """As `rebuild`, if the index is still where it was `seen` (None: where it could not be read); else False.

        Raises Busy.
        """
        with self._guard, self._store.writing(wait=self._wait):
            if self.reached_if_readable() != seen:
                return False
            self._make_anew(entries, mark)
            return True

    def reached_if_readable(self) -> LedgerMark | None:
        """How far the index has followed the ledger; None where it must be made anew."""
        try:
            return self.reached
        except Broken:
            return None

    def _make_anew(self, entries: Iterable[SearchEntry], mark: LedgerMark) -> None:
        folder = self._store.new_generation()
        (folder / "make").write_text(_make(), "ascii")
        (folder / "engine").mkdir()
        writer = prepare(tantivy.Index(schema(), str(folder / "engine"))).writer(_HEAP * 2, 1)
        for entry in entries:
            writer.add_document(document(entry))
        _note(writer, mark)
        writer.commit()
        writer.wait_merging_threads()
        self._store.use(folder)
        self._stamp = (-1,)

    def find(
        self,
        query: str,
        *,
        filters: Filters | None = None,
        page: int = 1,
        size: int = PAGE_SIZE,
        reader: str = "",
        audiences: frozenset[str] = _EVERYONE,
        counts: bool = True,
    ) -> SearchResult:
        """Answers any string a person may type, for a reader of a language who belongs to some audiences.

        Without `counts`, `total` is what this page shows. A query with nothing to look for, and an audience of
        nobody, find nothing. Raises Broken.
        """
        text = query[:LONGEST_QUERY]
        meaning = understood(text)
        if meaning is None:
            return SearchResult(query=text, note=NOTHING_ASKED)
        look = _Look(self._fresh(), text, reader, filters or Filters(), audiences, self._heard)
        page = min(max(page, 1), LAST_PAGE)
        with _readable():
            wanted = look.compiler.query(meaning)
            hits = look.hits(wanted, size=size, offset=(page - 1) * size)
            totals = look.counts(wanted) if counts and (hits or page > 1) else {}
            near = () if hits or page > 1 else look.hits(look.compiler.near(meaning), size=size, near=True)
        total = sum(totals.get("kind", {}).values()) if counts else (page - 1) * size + len(hits)
        note = _TOO_LONG if len(query) > LONGEST_QUERY else None
        return SearchResult(query=text, hits=hits, total=total, page=page, counts=totals, near=near, note=note)

    def suggest(
        self, typed: str, *, reader: str = "", audiences: frozenset[str] = _EVERYONE, limit: int = 8
    ) -> tuple[Suggestion, ...]:
        """Names and titles that go on from what was typed so far, the reader's language first. Raises Broken."""
        text = typed[:LONGEST_QUERY]
        meaning = understood(text, unfinished=True)
        if meaning is None:
            return ()
        look = _Look(self._fresh(), text, reader, Filters(), audiences, self._heard)
        with _readable():
            hits = look.hits(look.compiler.query(meaning), size=limit)
        return tuple(_suggestion(hit) for hit in hits)

    def _writing(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._held.enter_context(self._store.writing(wait=self._wait))
            try:
                self._fresh()
                assert self._engine is not None
                self._writer = self._engine.writer(_HEAP, 1)
            except BaseException:
                self._held.close()
                raise
        return self._writer

    def _finish(self) -> None:
        try:
            assert self._writer is not None
            self._writer.commit()
            self._writer.wait_merging_threads()
        finally:
            self._writer = None
            self._held.close()

    def _fresh(self) -> tantivy.Searcher:
        """A searcher that sees the last commit of whichever process made it. Raises Broken."""
        with self._guard:
            folder, stamp = self._now()
            if stamp != self._stamp or self._searcher is None:
                try:
                    self._open(folder, stamp)
                except Broken:
                    # A rebuild may have put another generation in the place of the one just looked at.
                    again = self._now()
                    if again == (folder, stamp):
                        raise
                    self._open(*again)
            assert self._searcher is not None
            return self._searcher

    def _now(self) -> tuple[Path | None, tuple[int, ...]]:
        current = self._store.stamp()
        folder = self._folder if current and current == self._stamp[:2] else self._store.generation
        return folder, (*current, *_stamp_of(folder))

    def _open(self, folder: Path | None, stamp: tuple[int, ...]) -> None:
        if folder is None:
            raise Broken(Reason("There is no search index yet. It must be built."))
        engine = self._engine if stamp[:2] == self._stamp[:2] else None
        self._engine = self._searcher = None
        with _readable():
            if (folder / "make").read_text("ascii", "replace") != _make():
                raise Broken(Reason("The search index was made by another release. It must be rebuilt."))
            engine = engine or prepare(tantivy.Index.open(str(folder / "engine")))
            engine.reload()
            searcher = engine.searcher()
        self._engine, self._searcher, self._folder, self._stamp = engine, searcher, folder, stamp
        self._heard = {}


def _stamp_of(folder: Path | None) -> tuple[int, ...]:
    if folder is None:
        return ()
    try:
        meta = os.stat(f"{folder}/engine/meta.json")  # noqa: PTH116 -- every question asks, and a Path takes as long
    except OSError:
        return ()
    return (meta.st_ino, meta.st_mtime_ns, meta.st_size)


def broken() -> Broken:
    """The exception for an index whose files are damaged."""
    return Broken(Reason("The search index cannot be read. It must be rebuilt."))


def _make() -> str:
    readings = resources.files("koryu.search").joinpath("data/readings.yaml").read_bytes()
    return f"{schema_mark():08x}-{tables.fingerprint()}-{crc32(readings):08x}"


def _is(uri: str) -> Query:
    return Query.term_query(schema(), "uri", uri, index_option="basic")


def _note(writer: tantivy.IndexWriter, mark: LedgerMark) -> None:
    writer.delete_documents_by_term("uri", SEQUENCE)
    note = tantivy.Document()
    note.add_text("uri", SEQUENCE)
    note.add_bytes("payload", json.dumps(mark).encode())
    writer.add_document(note)


class _Look:
    """One question of one reader, answered from one state of the index."""

    def __init__(
        self,
        searcher: tantivy.Searcher,
        text: str,
        reader: str,
        filters: Filters,
        audiences: frozenset[str],
        heard: dict[str, str],
    ) -> None:
        self.searcher, self.text, self.reader = searcher, text, reader
        self.filters, self.audiences = filters, audiences
        self.compiler = QueryCompiler(searcher, reader=reader, heard=heard)

    def hits(self, wanted: Query | None, *, size: int, offset: int = 0, near: bool = False) -> tuple[Hit, ...]:
        if wanted is None or not self.audiences:
            return ()
        narrow = narrowed(wanted, self.filters, self.audiences)
        explain = matching.explainer(self.text, self.reader, near=near, heard=self.compiler.in_japanese)
        ranked = self.searcher.search(narrow, limit=size, offset=offset, count=False).hits
        return tuple(self._hit(at, score, near, explain) for score, at in ranked)

    def _hit(
        self, at: tantivy.DocAddress, score: float, near: bool, explain: Callable[[Hit], tuple[Match, ...]]
    ) -> Hit:
        uri, kind, forms = headed(bytes(self.searcher.doc(at)["payload"][0]))
        return Hit(uri=uri, kind=kind, unpack=partial(unpacked, forms), score=score, near=near, explain=explain)

    def counts(self, wanted: Query | None) -> dict[str, dict[str, int]]:
        if wanted is None or not self.audiences:
            return {}
        asked: dict[str, object] = {
            facet: {"terms": {"field": f"facts.{facet}", "size": _MOST_VALUES}} for facet in (*FACETS, "decade")
        }
        aggregated = self.searcher.aggregate(narrowed(wanted, self.filters, self.audiences), asked)
        return {facet: {row["key"]: row["doc_count"] for row in aggregated[facet]["buckets"]} for facet in asked}


@contextmanager
def _readable() -> Iterator[None]:
    """Turns every exception by which the engine reports a damaged file into Broken."""
    try:
        yield
    except Refused:
        raise
    except (ValueError, OSError) as fault:
        raise broken() from fault
    except BaseException as fault:
        # A panic in the engine's Rust code is no subclass of Exception, and its class cannot be imported.
        if type(fault).__name__ != "PanicException":
            raise
        raise broken() from fault


def _suggestion(hit: Hit) -> Suggestion:
    matched = [match.form for match in hit.matches if match.part != "texts"]
    forms = matched or [*hit.names, *hit.titles, *hit.texts]
    form = forms[0]
    return Suggestion(form.text, form.lang, hit.uri, hit.kind)
