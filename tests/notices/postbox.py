"""A mail server on this machine that keeps what it is given, and answers otherwise where it is told to."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message


@dataclass(frozen=True)
class Letter:
    """A letter as it was handed over."""

    to: str
    head: Message


@dataclass
class Postbox:
    """`answers` gives, by verb (`RCPT`, `.` for the end of a letter), another answer; '' hangs up without one.

    `before_the_answer` is done when a letter has come, before its sender knows.
    """

    port: int = 0
    letters: list[Letter] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    before_the_answer: Callable[[], object] | None = None


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A postbox that is open until the block ends."""
    box = Postbox()

    class Clerk(socketserver.StreamRequestHandler):
        """As much of RFC 5321 as a letter needs."""

        def handle(self) -> None:
            self.say("220 postbox")
            to = ""
            while line := self.rfile.readline():
                verb = line[:4].strip().upper().decode("ascii", "replace")
                answer = box.answers.get(verb, {"DATA": "354 go on", "QUIT": "221 bye"}.get(verb, "250 well"))
                if verb == "RCPT":
                    to = line.decode().partition("<")[2].partition(">")[0]
                self.say(answer)
                if verb == "QUIT":
                    return
                if verb == "DATA" and not self.take(to):
                    return

        def take(self, to: str) -> bool:
            body = b"".join(iter(self.rfile.readline, b".\r\n"))
            box.letters.append(Letter(to, message_from_bytes(body)))
            if box.before_the_answer:
                box.before_the_answer()
            answer = box.answers.get(".", "250 kept")
            if answer:
                self.say(answer)
            return bool(answer)

        def say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    with Server(("127.0.0.1", 0), Clerk) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield box
        server.shutdown()
        thread.join()
