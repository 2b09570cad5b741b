"""The client's address and scheme of a request that came through a trusted proxy."""

from collections.abc import Callable, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any, Final

from django.conf import settings

Environ = dict[str, Any]
Address = IPv4Address | IPv6Address
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Network = IPv4Network | IPv6Network

FOR: Final = "HTTP_X_FORWARDED_FOR"
SCHEME: Final = "HTTP_X_FORWARDED_PROTO"
# Other headers in which proxies say the same. They are removed: anybody can write them, and nothing may read them.
_UNREAD: Final = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_SSL",
    "HTTP_X_REAL_IP",
    "HTTP_CLIENT_IP",
)


def as_the_proxy_says(environ: Environ, trusted: Sequence[Network]) -> Environ:
    """The WSGI environment with the client's own address and scheme in it, as far as a trusted proxy vouches for them.

    Of the addresses in X-Forwarded-For the last one that is no trusted proxy is the client: those before it anybody
    could have written. What an untrusted client says of itself is taken out, so that nothing behind this believes it.
    """
    forwarded, scheme = environ.pop(FOR, ""), environ.pop(SCHEME, "")
    for name in _UNREAD:
        environ.pop(name, None)
    client = address_of(environ.get("REMOTE_ADDR", ""))
    if client is None or not is_one_of(client, trusted):
        return environ
    environ["REMOTE_ADDR"] = str(client_behind(client, forwarded, trusted))
    said = scheme.rpartition(",")[2].strip().lower()
    if said in ("http", "https"):
        environ["wsgi.url_scheme"] = said
    return environ


def client_behind(proxy: Address, forwarded: str, trusted: Sequence[Network]) -> Address:
    """The last address of a list that is no trusted proxy, as far as the list can be read from its end."""
    client = proxy
    for written in reversed(forwarded.split(",")):
        address = address_of(written)
        if address is None:
            return client
        client = address
        if not is_one_of(address, trusted):
            return client
    return client


def address_of(written: str) -> Address | None:
    """An IP address, with or without a port and brackets; None where there is none.

    An IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2) is read as the IPv4 address.
    """
    bare = written.strip()
    if bare.startswith("["):
        bare = bare[1:].partition("]")[0]
    elif bare.count(":") == 1:
        bare = bare.partition(":")[0]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def is_one_of(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


class Proxied:
    """A WSGI application before another one, for a server that makes WSGI's environment itself."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        return self._application(as_the_proxy_says(environ, settings.PROXIES), start_response)
