"""The services of deploy/compose.yaml as processes of this machine: their commands, their environment, our ports."""

import os
import re
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any, Final

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.site import Answer, free_port

ROOT: Final = Path(__file__).parents[2]
COMPOSE: Final = ROOT / "deploy" / "compose.yaml"
HOST: Final = "koryu.library.example"


@dataclass(frozen=True)
class Service:
    """What a service runs and with what, as the compose file says."""

    command: list[str]
    environment: dict[str, str]


def services(values: Mapping[str, str]) -> dict[str, Service]:
    """The services with a command of their own, with `values` for what the compose file leaves open."""
    listed = yaml.safe_load(filled(COMPOSE.read_text(encoding="utf-8"), values))["services"]
    return {
        name: Service([str(word) for word in one["command"]], {k: str(v or "") for k, v in one["environment"].items()})
        for name, one in listed.items()
        if "command" in one
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with ${NAME} and ${NAME:-usual} filled in as compose does. Raises KeyError for a name without either."""

    def value(match: re.Match[str]) -> str:
        name, usual = match[1], match[2]
        return values[name] if usual is None else values.get(name) or usual[2:]

    return re.sub(r"\$\{([A-Z_]+)(:-[^}]*)?\}", value, text)


@dataclass
class Street:
    """The services as they run: `home` is the volume of that name, `tls` the port where the proxy answers."""

    home: Path
    folder: Path
    database: str
    tls: int
    plain: int
    inside: int
    values: dict[str, str]

    def environment(self, service: str) -> dict[str, str]:
        """What the compose file gives the service, with what lies elsewhere here put in its place."""
        given = dict(services(self.values)[service].environment)
        if service != "proxy":
            # What follows is all that differs: where the volume lies, where the database is, and who the proxy is.
            assert given["KORYU_DATABASE"] == "postgresql://koryu:word@database:5432/koryu"
            assert given["KORYU_HOME"] == "/var/lib/koryu"
            assert (
                given["KORYU_PROXY"]
                == yaml.safe_load(COMPOSE.read_text())["networks"]["inside"]["ipam"]["config"][0]["subnet"]
            )
            given |= {"KORYU_DATABASE": self.database, "KORYU_HOME": str(self.home), "KORYU_PROXY": "127.0.0.1"}
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("KORYU", "DJANGO"))}
        return {**ours, **given, "NO_PROXY": "127.0.0.1"}

    def command(self, service: str) -> list[str]:
        """The command of the service, at ports of this machine."""
        here = {"koryu": str(Path(sys.executable).with_name("koryu")), "0.0.0.0": "127.0.0.1", "8000": str(self.inside)}
        return [here.get(word, word) for word in services(self.values)[service].command]

    def koryu(self, *arguments: str, typed: str = "") -> str:
        """What a command says, run as `docker compose run server koryu …` would."""
        done = subprocess.run(
            [self.command("server")[0], *arguments],
            env=self.environment("server"),
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def get(
        self, path: str, *, method: str = "GET", body: str | None = None, source: str = "127.0.0.1", **headers: str
    ) -> Answer:
        """One request through the proxy, from this address of this machine, following nothing."""
        anybody = ssl.create_default_context(cafile=str(self.folder / "fullchain.pem"))
        connection = HTTPSConnection("127.0.0.1", self.tls, timeout=20, context=anybody, source_address=(source, 0))
        # The certificate is of the host's name, and that is looked at.
        connection._context = _For(anybody)  # type: ignore[attr-defined]  # -- http.client connects and checks by one name
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers={"Host": HOST, **named})
            response = connection.getresponse()
            said = response.read().decode("utf-8", "replace")
            return Answer(response.status, {n.lower(): v for n, v in response.getheaders()}, said)
        finally:
            connection.close()

    def log(self) -> str:
        return (self.folder / "server.log").read_text(encoding="utf-8")


class _For:
    """A TLS context that asks for the host by its name, wherever it is connected to."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context

    def wrap_socket(self, sock: Any, *, server_hostname: str) -> Any:
        return self._context.wrap_socket(sock, server_hostname=HOST)


def certificate(folder: Path) -> None:
    """A certificate of the host, signed by itself, with its key, as a proxy wants them."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = serialization.PrivateFormat.PKCS8
    plain = serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, plain))


def nginx_settings(street: Street) -> str:
    """The settings of the proxy as its image makes them of the template; where it listens and writes is our own."""
    given = street.environment("proxy")
    assert given["KORYU_SERVER"] == "server:8000"
    template = (ROOT / "deploy" / "nginx.conf.template").read_text(encoding="utf-8")
    server = filled(
        template, {**given, "KORYU_SERVER": f"127.0.0.1:{street.inside}", "CERTIFICATES": str(street.folder)}
    )
    server = re.sub(r"listen \[::\].*;", "", server)
    server = server.replace("listen 80;", f"listen 127.0.0.1:{street.plain};")
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{street.tls} ssl;")
    own = "".join(
        f"{kind}_temp_path {street.folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return (
        f"pid {street.folder}/nginx.pid;\nerror_log {street.folder}/nginx.log;\nworker_processes 1;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{own}{server}}}\n"
    )


@contextmanager
def running(street: Street, service: str, *, command: list[str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """A service until the block ends; what it says is in a file of its name."""
    with (street.folder / f"{service}.log").open("ab") as log:
        process = subprocess.Popen(
            command or street.command(service), env=street.environment(service), stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(timeout=30)


@contextmanager
def laid(database: str, folder: Path, **values: str) -> Iterator[Street]:
    """Everything that the compose file names, from nothing, until the block ends; `database` is empty."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    given = {"KORYU_HOST": HOST, "DATABASE_PASSWORD": "word", **values}
    street = Street(home, folder, database, free_port(), free_port(), free_port(), given)
    certificate(folder)
    (folder / "nginx.conf").write_text(nginx_settings(street), encoding="utf-8")
    done = subprocess.run(
        street.command("tables"), env=street.environment("tables"), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx
    proxy = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf"), *street.command("proxy")[1:]]
    with ExitStack() as services:
        services.enter_context(running(street, "server"))
        services.enter_context(running(street, "tend"))
        services.enter_context(running(street, "proxy", command=proxy))
        wait_for(street)
        yield street


def wait_for(street: Street) -> None:
    for _ in range(600):
        try:
            if street.get("/healthz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(street.log())
