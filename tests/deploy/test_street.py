"""From the compose file to a browser that signs in: a real proxy with TLS, a server, tend, PostgreSQL."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from tests.deploy.street import HOST, Street, laid
from tests.desk.provider import Provider, provider
from tests.journeys.founding import PASSWORD
from tests.notices.postbox import Postbox, postbox
from tests.postgresql import postgresql

ADDRESS = f"https://{HOST}"


@pytest.fixture(scope="module")
def nginx() -> str:
    """The path of the proxy; without one a test is skipped here and fails in CI, where nothing may be skipped."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if found:
        return found
    missing = "no nginx on this machine; apt-get install nginx-light makes this test run"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of PostgreSQL with nothing in it."""
    with postgresql(tmp_path_factory.mktemp("pg")) as server:
        yield server.empty("koryu")


@pytest.fixture(scope="module")
def box() -> Iterator[Postbox]:
    with postbox() as open_box:
        yield open_box


@pytest.fixture(scope="module")
def library() -> Iterator[Provider]:
    with provider() as there:
        yield there


@pytest.fixture(scope="module")
def street(
    nginx: str, empty_database: str, box: Postbox, library: Provider, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Street]:
    folder = tmp_path_factory.mktemp("street")
    providers = folder / "providers.json"
    one = {"server": library.address, "client_id": "koryu", "secret": "s"}
    ndl = {"id": "ndl", "name": "NDL", "institutions": ["institution/ndl"], **one}
    nlc = {"id": "nlc", "name": "NLC", "institutions": ["institution/nlc"], **one}
    providers.write_text(json.dumps([ndl, nlc]), encoding="utf-8")
    mail = f"smtp://127.0.0.1:{box.port}"
    with laid(empty_database, folder, KORYU_MAIL=mail, KORYU_OIDC=str(providers)) as street:
        set_up(street)
        yield street


def set_up(street: Street) -> None:
    """As the operator does."""
    for address, names, head in (("ndl", ["ja=国立国会図書館"], "sato"), ("nlc", ["zh-Hans=中国国家图书馆"], "gao")):
        street.koryu("institution", "add", address, *names, "--head", head, "--head-name", head.title())
        street.koryu("passwd", head, typed=f"{PASSWORD}\n")
    street.koryu("role", "give", "ito", "officer", "institution/ndl", "--name", "Ito", "--mail", "ito@ndl.example")
    street.koryu("passwd", "ito", typed=f"{PASSWORD}\n")


@pytest.fixture
def page(street: Street, browser: Browser, chromium: str) -> Iterator[Page]:
    """A browser for which the host is this machine, at the proxy's ports."""
    rules = f"MAP {HOST}:443 127.0.0.1:{street.tls}, MAP {HOST}:80 127.0.0.1:{street.plain}"
    own = browser.browser_type.launch(executable_path=chromium, args=["--no-sandbox", f"--host-resolver-rules={rules}"])
    context = own.new_context(ignore_https_errors=True, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context.new_page()
    own.close()


def signs_in(page: Page, username: str, password: str = PASSWORD) -> None:
    page.goto(f"{ADDRESS}/desk/")
    page.get_by_label("User name").fill(username)
    page.get_by_label("Password").fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in", exact=True).click()


def test_somebody_signs_in_posts_and_signs_out_over_https(street: Street, page: Page) -> None:
    page.goto(f"http://{HOST}/desk/")
    assert page.url.startswith(f"{ADDRESS}/desk/account/login/")
    signs_in(page, "sato")
    assert page.url == f"{ADDRESS}/desk/"
    cookie = next(one for one in page.context.cookies() if one["name"] == "koryu-session")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"]) == (True, True, "Lax")
    page.locator(".menu > summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="日本語").click()
    assert page.locator("html").get_attribute("lang") == "ja"
    page.locator(".menu > summary").click()
    with page.expect_navigation():
        page.locator("form[action$='/logout/'] button").click()
    # The page on which one confirms it.
    if "/logout/" in page.url:
        with page.expect_navigation():
            page.locator("main form button").click()
    page.goto(f"{ADDRESS}/desk/")
    assert "/account/login/" in page.url


def test_a_password_is_set_anew_by_the_link_in_the_mail(street: Street, page: Page, box: Postbox) -> None:
    page.goto(f"{ADDRESS}/desk/account/password/reset/")
    page.locator("input[type=email]").fill("ito@ndl.example")
    with page.expect_navigation():
        page.locator("main form button").click()
    letter = box.letters[-1].head.get_payload(decode=True)
    assert isinstance(letter, bytes)
    links = re.findall(r"\S+://\S+", letter.decode())
    assert [link.startswith(f"{ADDRESS}/desk/account/password/reset/key/") for link in links] == [True]
    page.goto(links[0])
    for field in page.locator("input[type=password]").all():
        field.fill("another quiet room")
    with page.expect_navigation():
        page.locator("main form button").click()
    signs_in(page, "ito", "another quiet room")
    assert page.url == f"{ADDRESS}/desk/"


def test_somebody_signs_in_at_the_provider_of_their_library_and_at_no_other(
    street: Street, page: Page, library: Provider
) -> None:
    library.person = {"sub": "1", "email": "ito@ndl.example", "email_verified": True}
    for name, opens in (("NLC", False), ("NDL", True)):
        page.goto(f"{ADDRESS}/desk/account/login/")
        with page.expect_navigation(url=re.compile("/desk/")):
            page.get_by_role("link", name=f"Sign in with {name}").click()
        page.goto(f"{ADDRESS}/desk/")
        assert (page.url == f"{ADDRESS}/desk/") is opens
    back = f"{ADDRESS}/desk/account/oidc/ndl/login/callback/"
    assert library.asked[-1]["redirect_uri"] == back


def tries(street: Street, *, source: str, username: str, **headers: str) -> int:
    """What a wrong password from this address of this machine is answered with."""
    path = "/desk/account/login/"
    page = street.get(path, source=source)
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.body)[0]
    cookie = page.headers["set-cookie"].partition(";")[0]
    form = urlencode({"csrfmiddlewaretoken": token, "login": username, "password": "wrong"})
    kind = "application/x-www-form-urlencoded"
    sent = {"Cookie": cookie, "Origin": ADDRESS, "Content_Type": kind, **headers}
    return street.get(path, method="POST", body=form, source=source, **sent).status


def test_wrong_passwords_close_the_door_for_their_sender_alone_whatever_it_says_of_itself(street: Street) -> None:
    forged = [{"X_Forwarded_For": f"203.0.113.{number}"} for number in range(5)]
    assert [tries(street, source="127.0.0.9", username="gao", **one) for one in forged] == [200, 200, 200, 200, 429]
    assert tries(street, source="127.0.0.9", username="gao") == 429
    assert tries(street, source="127.0.0.8", username="gao") == 200


def test_what_a_client_says_of_itself_is_not_believed(street: Street) -> None:
    forged = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "http", "X_Forwarded_Host": "elsewhere.example"}
    answer = street.get("/desk/account/login/", **forged)
    assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert "elsewhere.example" not in answer.body


def test_each_request_is_one_line_without_anybody_in_it(street: Street) -> None:
    street.get("/en/find/?q=Murakami", source="127.0.0.9", User_Agent="a browser of somebody's")
    street.get("/desk/account/password/reset/key/3-secret-key/", source="127.0.0.9")
    lines = []
    for _ in range(50):
        lines = [json.loads(line) for line in street.log().splitlines() if line.startswith("{")]
        if any("reset/key" in line["page"] for line in lines):
            break
        street.get("/healthz")
    assert {frozenset(line) for line in lines} == {
        frozenset({"at", "method", "page", "status", "bytes", "ms", "scheme", "network"})
    }
    assert {line["scheme"] for line in lines if "desk" in line["page"]} == {"https"}
    written = "\n".join(line for line in street.log().splitlines() if line.startswith("{"))
    assert [
        word for word in ("Murakami", "secret-key", "browser of", "127.0.0", "ito@", "sato") if word in written
    ] == []
    tended = (street.folder / "tend.log").read_text()
    assert all("round" in json.loads(line) for line in tended.splitlines() if line.startswith("{"))
