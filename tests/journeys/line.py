"""A line between a browser and a server, which is cut at a chosen moment of a request."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from io import BufferedIOBase
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Cut(StrEnum):
    """When the line is cut: the server has nothing of the request, half of it, or all and answers; or nobody hears."""

    BEFORE = "before the request"
    IN_THE_BODY = "in the middle of what is sent"
    BEFORE_THE_ANSWER = "after it was done, before the answer"
    IN_THE_ANSWER = "in the middle of the answer"
    SILENCE = "never, and no answer comes"
    INSTEAD = "another answer comes instead"


@dataclass
class Line:
    """`cuts` are the forms that are still to be cut, in order; `instead` what is answered to INSTEAD, by its status."""

    server: tuple[str, int]
    address: str = ""
    cuts: list[Cut] = field(default_factory=list)
    instead: str = "503 Service Unavailable"
    # Forms that went through or were cut, each the size of what was sent.
    sent: list[int] = field(default_factory=list)

    def cut(self, *when: Cut, instead: str = "503 Service Unavailable") -> None:
        """Cut the forms that are sent next."""
        self.cuts, self.instead, self.sent = list(when), instead, []


@contextmanager
def line(host: str, port: int) -> Iterator[Line]:
    """A line to a server at this address, until the block ends."""
    there, over = Line((host, port)), threading.Event()

    class Passing(StreamRequestHandler):
        def handle(self) -> None:
            # A browser that goes away in the middle is what all this is about.
            with suppress(OSError):
                head = _head(self.rfile)
                if not head:
                    return
                body = self.rfile.read(_length(head))
                when = None
                if head.startswith(b"POST"):
                    there.sent.append(len(body))
                    when = there.cuts.pop(0) if there.cuts else None
                if when is Cut.SILENCE:
                    over.wait(20)
                self.wfile.write(_answer(there, head, body, when))

    class Listening(ThreadingTCPServer):
        daemon_threads = True

    with Listening(("127.0.0.1", 0), Passing) as listening:
        there.address = f"http://127.0.0.1:{listening.server_address[1]}"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield there
        over.set()
        listening.shutdown()
        thread.join()


def _head(sent: BufferedIOBase) -> bytes:
    """The head of a request, of one that is the only one on its connection; b"" where none comes."""
    lines = []
    while (one := sent.readline()) not in (b"\r\n", b""):
        lines.append(one)
    first, *others = lines or [b""]
    others = [one for one in others if not one.lower().startswith(b"connection:")]
    return b"".join([first, *others, b"Connection: close\r\n\r\n"]) if first else b""


def _length(head: bytes) -> int:
    lines = head.lower().splitlines()
    return next((int(one.partition(b":")[2]) for one in lines if one.startswith(b"content-length:")), 0)


def _answer(line: Line, head: bytes, body: bytes, when: Cut | None) -> bytes:
    """What reaches the browser of the server's answer; b"" where the line was cut before."""
    match when:
        case Cut.BEFORE | Cut.SILENCE:
            return b""
        case Cut.INSTEAD:
            return f"HTTP/1.1 {line.instead}\r\nContent-Length: 1\r\nConnection: close\r\n\r\n.".encode()
    with socket.create_connection(line.server) as server:
        if when is Cut.IN_THE_BODY:
            server.sendall(head + body[: len(body) // 2])
            return b""
        server.sendall(head + body)
        said = b"".join(iter(lambda: server.recv(65536), b""))
    # A whole head and half a body: the browser has a status, and not what was said.
    begins = said.find(b"\r\n\r\n") + 4
    match when:
        case Cut.BEFORE_THE_ANSWER:
            return b""
        case Cut.IN_THE_ANSWER:
            return said[: begins + max(1, (len(said) - begins) // 2)]
    return said
