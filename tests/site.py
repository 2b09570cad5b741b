"""The shipped record, served by a real server of its own, and a reader who follows its links."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urljoin
from zlib import crc32

from koryu.cli.demo import shipped
from tests import commands

# Side by side, as citations and as calendars, the records of every kind are made alike: those of the smaller kinds are
# walked; what is found with filters leads on to more filters without end.
MADE_ALIKE = re.compile(
    r"/(exchange|institution|paper|participation|report|timetable|work)/[^/]+/(beside/|cite\.|calendar\.)|/find/\?.*&"
    r"|/(browse/.*|find)\.(xlsx|csv)"
)
# Kinds with so many records that each is read in one language.
MANY = ("browse/", "paper/", "participation/", "person/", "theme/", "timeline/", "work/")
# The templates write every attribute in double quotes; a parser would take ten times as long over all pages.
ADDRESSES = re.compile(r'<[a-z][^<>]*?\s(?:href|src)="([^"]+)"')
LANGUAGES = ("en", "ja", "zh-hans", "ko")
# Gives a folder by its name, and makes it where it was not yet made in this run.
MadeOnce = Callable[[str, Callable[[Path], object]], Path]


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Site:
    """A server of the shipped record on a port of this machine."""

    home: Path
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, **headers: str) -> Answer:
        """One request, following nothing."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            return self._read(connection.getresponse())
        finally:
            connection.close()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One of Koryu's commands on the same record."""
        return commands.run(arguments, environment=self.environment, folder=Path.cwd())

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, "KORYU_HOME": str(self.home), "KORYU_DATABASE": "", "KORYU_DEBUG": ""}

    @cached_property
    def pages(self) -> dict[str, Answer]:
        """Every address of this server that links lead to from the home page, with its answer; not those MADE_ALIKE.

        Not each page is read in each language, see `is_read`; all of them are by `./run look`.
        """
        return dict(self.walk(besides=lambda link: bool(MADE_ALIKE.search(link)) or not is_read(link)))

    def walk(self, *, besides: Callable[[str], bool] = lambda _: False) -> Iterator[tuple[str, Answer]]:
        """Every address of this server that links lead to from the home page, with its answer; not those `besides`."""
        waiting = [f"/{language}/" for language in LANGUAGES]
        known = set(waiting)
        while waiting:
            path = waiting.pop()
            answer = self.get(path)
            yield path, answer
            if answer.headers.get("content-type", "").startswith("text/html"):
                links = {link for link in self.links(path, answer.body) if not besides(link)}
                waiting += sorted(links - known)
                known |= links

    @cached_property
    def exported(self) -> list[dict[str, Any]]:
        """Every record as `koryu export` gives it."""
        return [json.loads(line) for line in self.run("export").stdout.splitlines()]

    def links(self, path: str, body: str) -> list[str]:
        """The addresses on this server that a page links to, each once."""
        whole = (urljoin(f"{self.address}{path}", link) for link in dict.fromkeys(links_in(body)))
        return [urldefrag(link).url[len(self.address) :] for link in whole if link.startswith(self.address + "/")]

    @staticmethod
    def _read(response: HTTPResponse) -> Answer:
        body = response.read().decode("utf-8", "replace")
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)


def load_shipped(home: Path) -> None:
    """Put the shipped record into a new folder, found by the search too, with the static files."""
    home.mkdir()
    site = Site(home, 0)
    for command in (["load", *map(str, shipped())], ["index"], ["prepare"]):
        done = site.run(*command)
        assert done.returncode == 0, done.stderr


# `koryu demo` without the practice area beside it.
DEMO = ("demo", "--practice-port", "0")


def free_port() -> int:
    """A port of this machine at which nobody listens at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def served(home: Path, *command: str) -> Iterator[Site]:
    """A folder answered for on a free port until the block ends: by `koryu demo`, or by the command that is given."""
    site = Site(home, free_port())
    server = subprocess.Popen(
        [sys.executable, "-c", "from koryu.cli import main; main()", *(command or DEMO), "--port", str(site.port)],
        env=site.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    while not (said := server.stdout.readline()).startswith("Koryu: "):
        assert server.poll() is None, said + server.stdout.read()
    yield site
    server.terminate()
    server.communicate(timeout=30)


@contextmanager
def answering(home: Path) -> Iterator[Site]:
    """A folder that is prepared, answered for on a free port until the block ends, by the server of `koryu serve`."""
    site = Site(home, free_port())
    with commands.answering(site.port, environment=site.environment):
        yield site


def in_its_turn(path: str) -> bool:
    """Whether a page is in the language whose turn it is: of each page in four, one; what has none is always so."""
    language, _, rest = path.lstrip("/").partition("/")
    return language not in LANGUAGES or language == LANGUAGES[lot(_record(rest) or rest) % len(LANGUAGES)]


def is_read(path: str) -> bool:
    """Whether a page is read by the tests.

    Each page of a record is read in English and in one of the other languages; where there are MANY of its kind, made
    alike, in the one language whose turn it is.
    """
    language, _, rest = path.lstrip("/").partition("/")
    record = _record(rest)
    if record is None or language not in LANGUAGES:
        return True
    if record.startswith(MANY):
        return in_its_turn(path)
    return language in ("en", LANGUAGES[1 + lot(record) % 3])


def _record(rest: str) -> str | None:
    """The kind and the slug of the record that an address without its language is about; None for what is no record."""
    found = re.match(r"[a-z]+/(?!(?:page|new)/)[^/]+/", rest)
    return found and found[0]


def lot(text: str) -> int:
    """A number that is the same for the same text in each run."""
    return crc32(text.encode())


def links_in(body: str) -> list[str]:
    """Every address that a page names, in the order of the page."""
    return [unescape(address) for address in ADDRESSES.findall(body)]


class _Spoken(HTMLParser):
    """The texts of a page, each with the language it is said to be in."""

    VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
    UNSPOKEN = frozenset({"code", "script", "style", "kbd", "title"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, str]] = [("", "")]
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            language = "" if tag in self.UNSPOKEN else dict(attrs).get("lang") or self.stack[-1][1]
            self.stack.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self.stack) > 1 and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.stack[-1][1]:
            self.found.append((self.stack[-1][1], re.sub(r"\s+", " ", data.strip())))


def spoken(body: str) -> list[tuple[str, str]]:
    """(language, text) for every text of a page but code."""
    parser = _Spoken()
    parser.feed(body)
    return parser.found
