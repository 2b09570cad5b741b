"""A database that goes away and comes back: said in a sentence, and then everything is as before, kept pages too."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.cli.test_bad_input import GOOD
from tests.postgresql import Server, postgresql
from tests.site import Site, free_port

KEPT = "/en/exchange/one/"
PAGES = (KEPT, "/en/find/?q=visit", "/desk/", "/desk/account/login/", "/healthz", "/keys.json", "/")


class OnServer(Site):
    """A site whose record is in a database of PostgreSQL."""

    database = ""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "KORYU_DATABASE": self.database, "KORYU_LOG": "1"}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with postgresql(tmp_path_factory.mktemp("postgresql")) as server:
        yield server


@pytest.fixture(scope="module")
def site(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OnServer]:
    home = tmp_path_factory.mktemp("home")
    site = OnServer(home, free_port())
    site.database = server.empty("lost")
    (home / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert site.run("load", str(home / "good.yaml")).returncode == 0
    program = [sys.executable, "-c", "from koryu.cli import main; main()", "serve", "--port", str(site.port)]
    with (home / "log").open("wb") as log:
        running = subprocess.Popen(program, env={**os.environ, **site.environment}, stdout=log, stderr=log)
    for _ in range(300):
        if "Koryu: " in (home / "log").read_text():
            break
        time.sleep(0.1)
    yield site
    running.terminate()
    running.wait(timeout=30)


def answers(site: Site) -> list[int]:
    return [site.get(path).status for path in PAGES]


WELL = [200, 200, 302, 200, 200, 200, 302]


def test_connections_that_were_cut_are_replaced_without_anybody_noticing(site: OnServer, server: Server) -> None:
    assert answers(site) == WELL
    for _ in range(4):
        assert server.hang_up("lost") > 0
        assert [answers(site) for _ in range(3)] == [WELL] * 3


def test_while_it_is_away_that_is_said_and_afterwards_everything_is_as_before(site: OnServer, server: Server) -> None:
    before = site.get(KEPT)
    with psycopg.connect(server.address, autocommit=True) as operator:
        operator.execute("ALTER DATABASE lost ALLOW_CONNECTIONS false")
        server.hang_up("lost")
        for path in (KEPT, "/healthz", "/en/find/?q=visit"):
            began = time.monotonic()
            answer = site.get(path, Accept_Language="en")
            assert (answer.status, "Traceback" in answer.body) == (503, False), path
            assert time.monotonic() - began < 15
        assert site.get(KEPT, Accept_Language="en").body == (
            "The database does not answer at this moment. Please try again in a minute.\n"
        )
        assert json.loads(site.get("/healthz").body)["ok"] is False
        operator.execute("ALTER DATABASE lost ALLOW_CONNECTIONS true")
    for _ in range(100):
        if site.get("/healthz").status == 200:
            break
        time.sleep(0.2)
    assert answers(site) == WELL
    after = site.get(KEPT)
    assert (after.body, after.headers["etag"]) == (before.body, before.headers["etag"])


def test_each_request_was_one_line_and_each_is_json(site: OnServer) -> None:
    time.sleep(0.5)
    lines = [line for line in (site.home / "log").read_text().splitlines() if line.startswith('{"at"')]
    assert len(lines) > len(PAGES)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", json.loads(line)["at"]) for line in lines)
