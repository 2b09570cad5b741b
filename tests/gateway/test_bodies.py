"""Bodies that never finish, and others that are not what they say: open pages go on answering within a second."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from tests.site import Site, served

# With a cookie, for without one a form is refused before it is read.
POST = f"POST /desk/account/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: koryu-form={'a' * 32}\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
FILE = "Content-Type: multipart/form-data; boundary=x\r\n"
MANY = 64


@dataclass(frozen=True)
class Unfinished:
    """What is sent and then nothing more; `before`, in how many seconds an open page answered beside 64 of it."""

    name: str
    sent: str
    before: str


HANGS = "no answer in 5 s"
UNFINISHED = [
    Unfinished("a form without a byte of it", f"{POST}{FORM}Content-Length: 10\r\n\r\n", HANGS),
    Unfinished("half a form", f"{POST}{FORM}Content-Length: 10\r\n\r\nlogin", HANGS),
    Unfinished("all but a byte", f"{POST}{FORM}Content-Length: 10\r\n\r\nlogin=abc", HANGS),
    Unfinished("a great form", f"{POST}{FORM}Content-Length: 5000000\r\n\r\na=", HANGS),
    Unfinished("a chunk that was not finished", f"{POST}{FORM}Transfer-Encoding: chunked\r\n\r\n5\r\nab", "at once"),
    Unfinished("chunks without the last", f"{POST}{FORM}Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n", "at once"),
    Unfinished("chunks that never begin", f"{POST}{FORM}Transfer-Encoding: chunked\r\n\r\n", "at once"),
    Unfinished(
        "a file's beginning", f"{POST}{FILE}Content-Length: 90000\r\n\r\n--x\r\nContent-Disposition: form-", HANGS
    ),
    Unfinished("a file of the greatest size", f"{POST}{FILE}Content-Length: 20000000\r\n\r\n--x\r\n", HANGS),
    Unfinished(
        "to a page that is not there", f"{POST.replace('login', 'none')}{FORM}Content-Length: 9\r\n\r\na", "at once"
    ),
    Unfinished(
        "to a public page", f"{POST.replace('/desk/account/login/', '/en/')}{FORM}Content-Length: 9\r\n\r\na", HANGS
    ),
    Unfinished(
        "who waits to be told to go on", f"{POST}{FORM}Content-Length: 9\r\nExpect: 100-continue\r\n\r\n", HANGS
    ),
    Unfinished("with GET", f"{POST.replace('POST', 'GET')}Content-Length: 9\r\n\r\na", "at once"),
    Unfinished("with PUT", f"{POST.replace('POST', 'PUT')}{FORM}Content-Length: 9\r\n\r\na", "at once"),
    Unfinished("without a head's end", f"{POST}{FORM}Content-Length: 9\r\n", "at once"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A server with nothing on record."""
    home = tmp_path_factory.mktemp("bodies") / "home"
    home.mkdir()
    with served(home, "serve") as site:
        yield site


@contextmanager
def sent(site: Site, text: str | bytes, *, times: int = 1) -> Iterator[list[socket.socket]]:
    """Connections over which this was sent, open until the block ends."""
    with ExitStack() as stack:
        opened = []
        for _ in range(times):
            one = stack.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=5))
            one.sendall(text if isinstance(text, bytes) else text.encode())
            opened.append(one)
        yield opened


def quickest(site: Site, path: str) -> float:
    """In how many seconds a page answers, the quickest of three times, whatever else the machine does."""
    took = []
    for _ in range(3):
        began = time.monotonic()
        assert site.get(path).status == 200
        took.append(time.monotonic() - began)
    return min(took)


@pytest.mark.parametrize("unfinished", UNFINISHED, ids=lambda one: one.name)
def test_beside_64_bodies_that_never_finish_a_page_answers_within_a_second(site: Site, unfinished: Unfinished) -> None:
    with sent(site, unfinished.sent, times=MANY):
        time.sleep(0.3)
        for path in ("/en/about/", "/desk/account/login/", "/healthz"):
            assert quickest(site, path) < 1, path


@dataclass(frozen=True)
class Refusal:
    """What is sent whole and is not what it says, the answer's first line, and what it was `before`."""

    name: str
    sent: bytes
    status: str
    before: str


def whole(head: str, body: bytes = b"") -> bytes:
    return f"{POST}{FORM}Connection: close\r\n{head}\r\n".encode() + body


REFUSED = [
    Refusal("longer than a file may be", whole("Content-Length: 30000000\r\n", b"a="), "413", "400"),
    Refusal("of a length that is no number", whole("Content-Length: ten\r\n", b"a="), "400", "400"),
    Refusal("of a negative length", whole("Content-Length: -1\r\n", b"a="), "400", "400"),
    Refusal("of two lengths", whole("Content-Length: 1\r\nContent-Length: 2\r\n", b"a="), "400", "400"),
    Refusal("of a length beyond all numbers", whole("Content-Length: 99999999999999999999999\r\n"), "400", "400"),
    Refusal("chunks of no number", whole("Transfer-Encoding: chunked\r\n", b"zz\r\na=\r\n0\r\n\r\n"), "411", "403"),
    Refusal("chunks, whole", whole("Transfer-Encoding: chunked\r\n", b"2\r\na=\r\n0\r\n\r\n"), "411", "403"),
    Refusal("compressed, on its way", whole("Transfer-Encoding: gzip\r\n", b"a="), "400", "400"),
    Refusal("longer than it says", whole("Content-Length: 1\r\n", b"a=b"), "403", "403"),
]


@pytest.mark.parametrize("refusal", REFUSED, ids=lambda one: one.name)
def test_a_body_that_is_not_what_it_says_is_refused_in_a_sentence(site: Site, refusal: Refusal) -> None:
    with sent(site, refusal.sent) as (connection,):
        answer = connection.recv(65536).decode()
    assert answer.split(" ")[1] == refusal.status
    assert "Traceback" not in answer


def test_more_than_one_client_may_send_at_once_are_told_so_and_others_are_heard(site: Site) -> None:
    half = f"{POST}{FORM}Content-Length: 10\r\n\r\nlogin"
    with sent(site, half, times=MANY):
        time.sleep(0.3)
        with sent(site, half) as (one_more,):
            assert one_more.recv(65536).startswith(b"HTTP/1.1 503 ")
        with socket.create_connection(("127.0.0.1", site.port), 5, source_address=("127.0.0.9", 0)) as other:
            other.sendall(whole("Content-Length: 3\r\n", b"a=b"))
            assert other.recv(65536).startswith(b"HTTP/1.1 403 ")
    time.sleep(0.3)
    assert site.get("/en/about/").status == 200


def test_who_hangs_up_in_the_middle_leaves_nothing_behind(site: Site) -> None:
    for _ in range(3):
        with sent(site, f"{POST}{FORM}Content-Length: 10\r\n\r\nlogin", times=MANY):
            pass
    time.sleep(0.5)
    with sent(site, whole("Content-Length: 3\r\n", b"a=b")) as (connection,):
        assert connection.recv(65536).startswith(b"HTTP/1.1 403 ")
