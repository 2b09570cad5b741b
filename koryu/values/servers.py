"""Reads two settings: the public address of this server, and which proxies in front of it are trusted."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from urllib.parse import urlsplit


def own_address(written: str) -> str:
    """Where readers find this server, without a slash at the end.

    Raises ValueError with one sentence for what is no address of a whole server.
    """
    try:
        parts = urlsplit(written.strip())
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except (ValueError, UnicodeError):
        parts, host, port = urlsplit(""), "", None
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.path.strip("/") or parts.query:
        raise ValueError(
            "KORYU_ADDRESS: expected where readers find this server, like https://koryu.example.org, without a path."
        )
    # As a browser writes it, which leaves out the default port of the scheme.
    usual = port in (None, {"http": 80, "https": 443}[parts.scheme])
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{'' if usual else f':{port}'}"


def trusted_proxies(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """The networks of the proxies that are trusted to say which client a request comes from.

    Raises ValueError with one sentence for what is neither an address nor a network, or is everybody.
    """
    networks = []
    for proxy in filter(None, (part.strip() for part in written.split(","))):
        try:
            network = ip_network(proxy.strip("[]"), strict=False)
        except ValueError as error:
            raise ValueError(
                f"KORYU_PROXY: {proxy} is not an address or a network, "
                "like 127.0.0.1 or 10.0.0.0/24 (commas in between)."
            ) from error
        if not network.prefixlen:
            raise ValueError(f"KORYU_PROXY: {proxy} is everybody; name only the proxies of your own.")
        networks.append(network)
    return tuple(networks)
