"""A provider of OpenID Connect on this machine, which vouches for whomever it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit


@dataclass
class Provider:
    """`person` is what it says of whoever signs in (OpenID Connect Core 1.0, section 5.1), `asked` what it got."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def answers(self, path: str) -> dict[str, Any] | None:
        """What it says at a path; None where it has nothing to say."""
        endpoints = {name: f"{self.address}/{name}" for name in ("authorize", "token", "userinfo", "jwks")}
        answers: dict[str, dict[str, Any]] = {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": endpoints["authorize"],
                "token_endpoint": endpoints["token"],
                "userinfo_endpoint": endpoints["userinfo"],
                "jwks_uri": endpoints["jwks"],
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/token": {"access_token": "token", "token_type": "Bearer"},
            "/userinfo": self.person,
        }
        return answers.get(path)


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers until the block ends."""
    there = Provider()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_back(dict(parse_qsl(asked.query)))
                return
            answer = there.answers(self.path)
            written = json.dumps(answer or {}).encode()
            self.send_response(200 if answer is not None else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(written)))
            self.end_headers()
            self.wfile.write(written)

        def send_back(self, asked: dict[str, str]) -> None:
            """Whoever comes has signed in here already."""
            there.asked.append(asked)
            self.send_response(302)
            answer = urlencode({"code": "code", "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{answer}")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what is asked here is no news."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        there.address = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield there
        server.shutdown()
        thread.join()
