"""A kept page is answered without making it again, and is never older than the last change."""

import gzip
from http.client import HTTPConnection
from urllib.request import Request, urlopen

import brotli
import pytest

from tests.site import Site

PATH = "/ja/programme/ndl-nlc/"


def test_a_page_that_has_not_changed_is_answered_304(site: Site) -> None:
    first = site.get(PATH)
    assert first.headers["cache-control"] == "no-cache"
    again = site.get(PATH, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, "")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


def test_a_kept_page_is_the_page_to_the_byte_and_in_its_headers(site: Site) -> None:
    first, again = site.get(PATH), site.get(PATH)
    assert again == first
    assert site.get(PATH, If_None_Match='"another"').body == first.body


def test_a_page_with_a_question_in_its_address_and_a_missing_one_are_not_kept(site: Site) -> None:
    assert "etag" not in site.get("/en/none/").headers
    assert site.get(PATH + "?x=1").status == 200
    assert "etag" not in site.get("/").headers


def test_a_forged_host_name_gets_into_no_page(site: Site) -> None:
    assert "elsewhere.example" not in site.get("/ja/agreement/", Host="elsewhere.example").body
    assert "elsewhere.example" not in site.get("/ja/agreement/").body


def test_a_page_shows_the_next_moment_what_another_process_has_changed(own_site: Site) -> None:
    before = own_site.get("/en/institution/nlk/")
    own_site.get("/en/institution/nlk/")
    data = (own_site.home / "more.yaml").resolve()
    data.write_text(MORE, encoding="utf-8")
    loaded = own_site.run("load", str(data))
    assert loaded.returncode == 0, loaded.stderr
    after = own_site.get("/en/institution/nlk/", If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert "A visit of tomorrow" in after.body


def test_what_was_erased_is_gone_the_next_moment(own_site: Site) -> None:
    path = "/en/outcome/ndl-nlc-copying/"
    assert own_site.get(path).status == 200
    erased = own_site.run(
        "erase", "outcome/ndl-nlc-copying", "--institution", "institution/compiler", "--by", "loader", "--yes"
    )
    assert erased.returncode == 0, erased.stderr
    answer = own_site.get(path)
    assert answer.status == 410
    assert "was removed" in answer.body
    assert own_site.get("/outcome/ndl-nlc-copying.json").status == 410


MORE = """
base: "tag:koryu,2026:"
recorder: institution/compiler
records:
  - record: exchange/tomorrow
    kind: exchange
    form: visit
    event: {state: planned}
    title: {en: A visit of tomorrow}
    institutions: [institution/ndl, institution/nlk]
    sources: [{id: page, work: work/ndl-exchange-activities}]
...
"""


# What a client takes, and in which form the page is sent. Before, each was sent the page as it is.
TAKEN = [
    ("", ""),
    ("br", "br"),
    ("gzip", "gzip"),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip, deflate", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("br;q=0.1, gzip;q=0.5", "gzip"),
    ("identity", ""),
    ("identity;q=1, br;q=0.5", ""),
    ("*", "br"),
    ("*;q=0", ""),
    ("gzip;q=0, *", "br"),
    ("br;q=none", ""),
    ("BR", "br"),
    ("deflate, zstd", ""),
    ("x-gzip-like", ""),
]
BACK = {"": lambda body: body, "br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(("taken", "coding"), TAKEN)
def test_a_kept_page_is_sent_as_small_as_the_client_takes_it(site: Site, taken: str, coding: str) -> None:
    whole = urlopen(f"{site.address}{PATH}").read()
    with urlopen(Request(f"{site.address}{PATH}", headers={"Accept-Encoding": taken})) as answer:
        body = answer.read()
    assert (answer.headers.get("Content-Encoding") or "") == coding
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert BACK[coding](body) == whole
    assert int(answer.headers["Content-Length"]) == len(body)


# Which tags are named, T being the page's own, and the answer. Before, * was answered 200 and x with 304.
NAMED = [
    ("T", 304),
    ('"x", T', 304),
    ("*", 304),
    ("W/T", 304),
    ('W/"x", W/T', 304),
    ("T,T", 304),
    (" T ", 304),
    ('"x"', 200),
    ("x", 200),
    ('"*"', 200),
    ("", 200),
    ("w/T", 200),
    ('"xT"', 200),
]


@pytest.mark.parametrize(("named", "status"), NAMED)
@pytest.mark.parametrize("accepts", ["", "br"])
def test_a_page_that_is_known_by_its_tag_is_not_sent_again(site: Site, named: str, status: int, accepts: str) -> None:
    tag = site.get(PATH, Accept_Encoding=accepts).headers["etag"]
    inside = tag.strip('"')
    named = named.replace('"xT"', f'"x{inside}"').replace("T", tag)
    assert site.get(PATH, If_None_Match=named, Accept_Encoding=accepts).status == status


# A page, and of which of its headers HEAD did not tell before.
PAGES = [
    (PATH, ""),
    ("/en/", ""),
    ("/", "content-length"),
    ("/en/about/", ""),
    ("/en/none/", "content-length"),
    ("/en/find/?q=library", ""),
    ("/robots.txt", ""),
    ("/keys.json", ""),
    ("/healthz", ""),
    ("/desk/", "content-length"),
    ("/desk/account/login/", ""),
    ("/api/find?q=library", ""),
    ("/programme/ndl-nlc", "content-length"),
    ("/en/new.atom", ""),
    ("/nowhere", ""),
]


@pytest.mark.parametrize(("path", "before"), PAGES)
def test_head_is_answered_as_get_is_without_the_body(site: Site, path: str, before: str) -> None:
    def asked(method: str) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
        connection.request(method, path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        differs = ("date", "set-cookie", "vary" if path.startswith("/desk/") else "")
        return answer.status, {n.lower(): v for n, v in answer.getheaders() if n.lower() not in differs}, body

    asked("GET")
    got, head = asked("GET"), asked("HEAD")
    assert head == (got[0], got[1], b"")
    assert before in {"", *head[1]}
