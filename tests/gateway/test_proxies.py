"""Whose a request is: what a trusted proxy says, and nothing that a client says of itself."""

from typing import Any

import pytest

from koryu.gateway.proxies import as_the_proxy_says
from koryu.values.servers import own_address, trusted_proxies

TRUSTED = trusted_proxies("127.0.0.1, 10.0.0.0/8, ::1, fd00::/8")
# From where it comes, the headers, and then the client and the scheme. Before, each was the first of these and http:
# every reader seemed to be the proxy, and a form that came encrypted was refused as another server's.
SEEN = [
    ("127.0.0.1", {"FOR": "203.0.113.5", "PROTO": "https"}, "203.0.113.5", "https"),
    ("203.0.113.9", {"FOR": "203.0.113.5", "PROTO": "https"}, "203.0.113.9", "http"),
    ("127.0.0.1", {}, "127.0.0.1", "http"),
    ("127.0.0.1", {"FOR": "198.51.100.1, 203.0.113.5"}, "203.0.113.5", "http"),
    ("127.0.0.1", {"FOR": "203.0.113.5, 10.1.2.3"}, "203.0.113.5", "http"),
    ("127.0.0.1", {"FOR": "10.9.9.9, 10.1.2.3"}, "10.9.9.9", "http"),
    ("127.0.0.1", {"FOR": "forged, 203.0.113.5"}, "203.0.113.5", "http"),
    ("127.0.0.1", {"FOR": "203.0.113.5, forged"}, "127.0.0.1", "http"),
    ("127.0.0.1", {"FOR": ""}, "127.0.0.1", "http"),
    ("127.0.0.1", {"FOR": "203.0.113.5:443"}, "203.0.113.5", "http"),
    ("127.0.0.1", {"FOR": "[2001:db8::7]:443"}, "2001:db8::7", "http"),
    ("127.0.0.1", {"FOR": "2001:DB8::7"}, "2001:db8::7", "http"),
    ("::1", {"FOR": "203.0.113.5", "PROTO": "HTTPS"}, "203.0.113.5", "https"),
    ("::ffff:127.0.0.1", {"FOR": "203.0.113.5"}, "203.0.113.5", "http"),
    ("fd12::3", {"FOR": "203.0.113.5"}, "203.0.113.5", "http"),
    ("127.0.0.1", {"PROTO": "https, http"}, "127.0.0.1", "http"),
    ("127.0.0.1", {"PROTO": "gopher"}, "127.0.0.1", "http"),
    ("127.0.0.2", {"FOR": "203.0.113.5"}, "127.0.0.2", "http"),
    ("11.0.0.1", {"FOR": "203.0.113.5"}, "11.0.0.1", "http"),
    ("", {"FOR": "203.0.113.5", "PROTO": "https"}, "", "http"),
    ("127.0.0.1", {"FOR": "203.0.113.5,"}, "127.0.0.1", "http"),
]


@pytest.mark.parametrize(("remote", "said", "client", "scheme"), SEEN)
def test_the_client_is_who_the_nearest_trusted_proxy_says(
    remote: str, said: dict[str, str], client: str, scheme: str
) -> None:
    environ: dict[str, Any] = {"REMOTE_ADDR": remote, "wsgi.url_scheme": "http", "HTTP_X_REAL_IP": "203.0.113.66"}
    environ |= {f"HTTP_X_FORWARDED_{name}": value for name, value in said.items()}
    seen = as_the_proxy_says(environ, TRUSTED)
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == (client, scheme)
    assert [name for name in seen if name.startswith(("HTTP_X_", "HTTP_FORWARDED"))] == []


def test_without_a_trusted_proxy_nobody_is_believed() -> None:
    environ = {"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "HTTP_X_FORWARDED_PROTO": "https"}
    assert as_the_proxy_says(environ, ()) == {"REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http"}


@pytest.mark.parametrize(
    "written",
    [
        "localhost",
        "proxy",
        "127.0.0.1/33",
        "10.0.0",
        "*",
        "0.0.0.0/0",
        "::/0",
        "127.0.0.1;::1",
        "::g",
        "-1",
        "1 2",
        "10.0.0.0/0",
    ],
)
def test_a_proxy_that_is_no_address_or_is_everybody_is_refused_in_one_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"^KORYU_PROXY: [^\n]+\.$"):
        trusted_proxies(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://koryu.example.org", "https://koryu.example.org"),
        ("https://Koryu.Example.org/", "https://koryu.example.org"),
        ("https://koryu.example.org:443", "https://koryu.example.org"),
        ("http://koryu.example.org:80/", "http://koryu.example.org"),
        ("https://koryu.example.org:8443", "https://koryu.example.org:8443"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("https://図書館.example", "https://xn--lcss68aj21b.example"),
        (" http://127.0.0.1:8000 ", "http://127.0.0.1:8000"),
    ],
)
def test_the_address_is_written_as_browsers_write_it(written: str, read: str) -> None:
    assert own_address(written) == read


# Before, each was taken, and the server answered 400 to everybody or led them to another place.
@pytest.mark.parametrize(
    "written",
    ["koryu.example.org", "https://", "ftp://koryu.example.org", "https://koryu.example.org/koryu", "https://a@b.example",
     "https://koryu.example.org:99999", "https://koryu.example.org:x", "https://[::1", "https://koryu.example.org?x", "://x",
     "https:koryu.example.org", "https://.."],
)  # fmt: skip
def test_an_address_that_is_none_of_a_whole_server_is_refused_in_one_sentence(written: str) -> None:
    with pytest.raises(ValueError, match=r"^KORYU_ADDRESS: [^\n]+\.$"):
        own_address(written)
