"""Other ways to find a text, for the bench: what SQLite, PostgreSQL and tantivy offer by themselves."""

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import tantivy

from koryu.search import folding, hangul, kana, phonetics, pinyin, query
from koryu.search.index import Index


class Rival(Protocol):
    name: str
    is_slow: bool

    def build(self, titles: Iterable[tuple[int, str]]) -> None: ...
    def find(self, query: str) -> list[int]: ...
    def size(self) -> int: ...


def size_of(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


class Koryu:
    """Our own index, asked for the first page without and with the counts of its filters."""

    is_slow = False

    def __init__(self, path: Path, *, counts: bool = False) -> None:
        self.name = "koryu, with counts" if counts else "koryu"
        self.path, self.counts = path, counts
        self.index = Index(path)

    def build(self, titles: Iterable[tuple[int, str]]) -> None:
        """Built by the bench itself, from entries."""

    def forget(self) -> None:
        """Meet the next query as new: nothing of those before is kept but the tables."""
        self.index._heard.clear()
        for module in (phonetics, query, folding, hangul, kana, pinyin):
            for kept in vars(module).values():
                if hasattr(kept, "cache_info") and (kept.cache_info().maxsize or 0) in range(1, 4096):
                    kept.cache_clear()

    def find(self, query: str) -> list[int]:
        return [int(hit.uri[1:]) for hit in self.index.find(query, counts=self.counts, reader="ja").hits]

    def size(self) -> int:
        return size_of(self.path)


class TantivyNgrams:
    name = "tantivy 2–3-grams"
    is_slow = False

    def __init__(self, path: Path) -> None:
        self.path = path
        schema = tantivy.SchemaBuilder().add_integer_field("id", fast=True)
        self.schema = schema.add_text_field("title", tokenizer_name="grams", index_option="basic").build()

    def build(self, titles: Iterable[tuple[int, str]]) -> None:
        self.path.mkdir(parents=True)
        self.index = tantivy.Index(self.schema, str(self.path))
        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 3)).filter(tantivy.Filter.lowercase())
        self.index.register_tokenizer("grams", analyzer.build())
        writer = self.index.writer(128_000_000, 1)
        for number, title in titles:
            writer.add_document(tantivy.Document(id=number, title=title))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def find(self, query: str) -> list[int]:
        query = query.lower()
        grams = {query[at : at + size] for size in (2, 3) for at in range(len(query) - size + 1)}
        terms = [(tantivy.Occur.Must, tantivy.Query.term_query(self.schema, "title", gram)) for gram in grams]
        searcher = self.index.searcher()
        hits = searcher.search(tantivy.Query.boolean_query(terms), limit=20, count=False).hits
        values = searcher.fast_field_values("id", [at for _, at in hits])
        return [int(value) for value in values if value is not None]

    def size(self) -> int:
        return size_of(self.path)


class SqliteTrigrams:
    name = "SQLite trigrams"
    is_slow = False

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True)
        self.path = path
        self.base = sqlite3.connect(path / "trigrams.sqlite")

    def build(self, titles: Iterable[tuple[int, str]]) -> None:
        self.base.execute("CREATE VIRTUAL TABLE t USING fts5(title, tokenize='trigram')")
        self.base.executemany("INSERT INTO t(rowid, title) VALUES (?, ?)", titles)
        self.base.commit()

    def find(self, query: str) -> list[int]:
        wanted = '"' + query.replace('"', '""') + '"'
        rows = self.base.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20", (wanted,))
        return [row[0] for row in rows]

    def size(self) -> int:
        return size_of(self.path)


class PlainScan:
    name = "plain scan (SQLite)"
    is_slow = True

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True)
        self.path = path
        self.base = sqlite3.connect(path / "scan.sqlite")

    def build(self, titles: Iterable[tuple[int, str]]) -> None:
        self.base.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, title TEXT)")
        self.base.executemany("INSERT INTO t VALUES (?, ?)", titles)
        self.base.commit()

    def find(self, query: str) -> list[int]:
        rows = self.base.execute("SELECT id FROM t WHERE instr(lower(title), lower(?)) LIMIT 20", (query,))
        return [row[0] for row in rows]

    def size(self) -> int:
        return size_of(self.path)


class Postgresql:
    """PostgreSQL with its `simple` text search, or with pg_trgm; the address is a libpq one."""

    is_slow = False

    def __init__(self, address: str, *, trigrams: bool) -> None:
        import psycopg  # the bench is asked for PostgreSQL only where it is

        self.name = "PostgreSQL pg_trgm" if trigrams else "PostgreSQL simple"
        self.table = "bench_trgm" if trigrams else "bench_simple"
        self.trigrams = trigrams
        self.base = psycopg.connect(address, autocommit=True)

    def build(self, titles: Iterable[tuple[int, str]]) -> None:
        self.base.execute(f"DROP TABLE IF EXISTS {self.table}")
        self.base.execute(f"CREATE TABLE {self.table}(id integer PRIMARY KEY, title text)")
        with self.base.cursor() as cursor, cursor.copy(f"COPY {self.table} FROM STDIN") as copy:
            for row in titles:
                copy.write_row(row)
        if self.trigrams:
            self.base.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            self.base.execute(f"CREATE INDEX ON {self.table} USING gin (title gin_trgm_ops)")
        else:
            self.base.execute(f"CREATE INDEX ON {self.table} USING gin (to_tsvector('simple', title))")
        self.base.execute(f"ANALYZE {self.table}")

    def find(self, query: str) -> list[int]:
        if self.trigrams:
            rows = self.base.execute(f"SELECT id FROM {self.table} WHERE title LIKE %s LIMIT 20", (f"%{query}%",))
        else:
            where = "to_tsvector('simple', title) @@ plainto_tsquery('simple', %s)"
            rows = self.base.execute(f"SELECT id FROM {self.table} WHERE {where} LIMIT 20", (query,))
        return [row[0] for row in rows]

    def size(self) -> int:
        row = self.base.execute("SELECT pg_total_relation_size(%s)", (self.table,)).fetchone()
        return int(row[0]) if row else 0


def fresh(path: Path) -> Path:
    shutil.rmtree(path, ignore_errors=True)
    return path
