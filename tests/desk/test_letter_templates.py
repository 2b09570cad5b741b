"""Word templates of an office through the door: taken, changed, checked, looked at, used; and who may not."""

import io
import re
import zipfile
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from koryu.correspondence import queries
from koryu.records.kinds import document_of
from tests.desk.people import person
from tests.docx import changed, packed, text_of
from tests.world import (
    COMPILER,
    NDL,
    NLC,
    PROGRAMME,
    give_voice,
    participation,
    programme,
    put_on_record,
    stands,
    under,
)

pytestmark = pytest.mark.django_db
LETTERS: Final = "/desk/exchange/e/letters/"
INVITATION: Final = "/desk/letters/templates/invitation/ja/"
HEADED: Final = "国立国会図書館 総務部（様式）"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    dates = [{"id": "d", "scope": "trip", "date": "2090-11-09/2090-11-11"}]
    titled = {
        **under(NDL, NLC).content(),
        "title": {"ja": "第37回業務交流"},
        "dates": dates,
        "shown_to": "institutions",
    }
    stands(document_of(titled), NDL, NLC)
    members = [{"id": "m1", "printed": {"zh-Hans": "何静"}, "roles": ["head of delegation"]}]
    stands(participation(NLC, members=members), NLC, record=f"{NLC}/participation/e")


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def shipped(client: Client, page: str = INVITATION, names: str = "ja") -> bytes:
    answer = client.get(f"{page}shipped/?names={names}")
    assert answer.status_code == 200
    return answer.content


def uploaded(client: Client, body: bytes, page: str = INVITATION, name: str = "招へい状.docx") -> Any:
    return client.post(f"{page}upload/", {"template": SimpleUploadedFile(name, body)})


def headed(client: Client) -> bytes:
    """The shipped layout with the head of the office over it."""
    return changed(shipped(client), {"{{文書番号}}": f"{HEADED}{{{{文書番号}}}}"})


def in_use(client: Client) -> None:
    page = uploaded(client, headed(client)).url
    assert client.post(f"{page}use/").status_code == 302


def begun(client: Client, kind: str = "invitation", langs: str = "ja") -> str:
    answer: Any = client.post(f"{LETTERS}begin/", {"kind": kind, "langs": langs})
    assert answer.status_code == 302
    return str(answer.url)


def kept(page: str) -> Any:
    letter = queries.letter(page.rstrip("/").rpartition("/")[2], institution=NDL)
    assert letter
    return letter.last


def do(client: Client, page: str, what: str, **typed: str) -> Any:
    return client.post(f"{page}do/", {"do": what, **typed})


def reads(answer: Any) -> str:
    words = re.sub(r"<[^>]+>", "", answer.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(words.replace("&#34;", '"').split())


def test_an_office_changes_the_layout_and_letters_are_made_with_it(officer: Client) -> None:
    template = headed(officer)
    answer = uploaded(officer, template)
    assert answer.status_code == 302
    preview = officer.get(answer.url)
    assert HEADED in reads(preview)
    assert "This version is not in use." in reads(preview)
    # Until it is used, letters are made as before; then with it, and they say so.
    page = begun(officer)
    assert HEADED not in reads(officer.get(page))
    assert officer.post(f"{answer.url}use/").status_code == 302
    assert HEADED in reads(officer.get(page))
    assert "Made with your own template, version 1." in reads(officer.get(page))
    word = officer.get(f"{page}1/word/").content
    assert HEADED in text_of(word)
    assert "何静" in text_of(word)
    assert officer.get(f"{page}1/pdf/").status_code == 409
    # With the values of that letter, it is looked at from the template too.
    number = page.rstrip("/").rpartition("/")[2]
    assert "何静" in reads(officer.get(f"{answer.url}?letter={number}"))
    assert officer.get(f"{answer.url}word/?letter={number}").content.startswith(b"PK")
    assert officer.get(f"{answer.url}pdf/").content.startswith(b"%PDF-")
    assert officer.get(f"{answer.url}template/").content == template
    # And back to the layout that comes with Koryu.
    assert officer.post(f"{INVITATION}0/use/").status_code == 302
    assert HEADED not in reads(officer.get(page))


def test_a_letter_remembers_its_version_and_the_hands_see_what_is_sent(officer: Client) -> None:
    in_use(officer)
    page, head = begun(officer), person("director", (NDL, "head"))
    assert do(officer, page, "submit", edition="1", costs="派遣館").status_code == 302
    # Another version comes into use; what was submitted stays as it was.
    other = uploaded(officer, changed(shipped(officer), {"{{文書番号}}": "別の様式{{文書番号}}"})).url
    officer.post(f"{other}use/")
    seen = reads(head.get(page))
    assert (HEADED in seen, "別の様式" in seen, kept(page).template) == (True, False, 1)
    assert do(head, page, "approve", shown=kept(page).pages_digest).status_code == 302
    word = head.get(f"{page}1/word/").content
    assert HEADED in text_of(word)
    assert "案（未決裁）" not in text_of(word)
    given = {"how": "post", "on": "2090-06-03", "to": "NLC", "number": "国図総第5号", "day": "2090-06-02"}
    assert do(officer, page, "send", **given).status_code == 302
    sent = text_of(officer.get(f"{page}1/sent-word/").content)
    assert ("国図総第5号" in sent, "2090年6月2日" in sent) == (True, True)
    # Its PDF is made in Word; the page says so, and has no address for it.
    assert "Make the PDF in Word." in reads(officer.get(page))


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(officer: Client) -> None:
    wrong = changed(
        shipped(officer),
        {"{{宛先}}": "{{宛名の氏名}}", "{{件名}}": "{{招へい者の氏名}}", "{{本文}}": "{{本文", "{{添付}}": "{{時刻}}"},
    )
    answer = uploaded(officer, wrong)
    said = reads(answer)
    assert answer.status_code == 409
    for sentence in (
        "{{宛名の氏名}} is not known; did you mean {{宛先の氏名}}?",
        "{{招へい者の氏名}} belongs to a list: it must stand in the row of a table.",
        "braces or brackets are opened and not closed",
        "{{時刻}} is not a field of this kind of letter.",
    ):
        assert sentence in said
    assert queries.templates_of(NDL, kind="invitation", langs="ja") == ()


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("a.docx", b"%PDF-1.7", "This is not a Word file (.docx)."),
        ("a.docx", b"", "This is not a Word file (.docx)."),
        ("a.docx", b"PK\x03\x04 cut off", "The file ends too early"),
        ("a.docx", packed({"word/document.xml": b"<x/>"}), "The file ends too early"),
        ("a.docx", b"0" * 5_000_001, "A template has at most 5 MB."),
    ],
)
def test_what_is_no_word_file_is_refused_with_a_sentence(officer: Client, name: str, body: bytes, says: str) -> None:
    answer = uploaded(officer, body, name=name)
    assert (answer.status_code, says in reads(answer)) == (409, True)
    assert officer.post(f"{INVITATION}upload/", {}).status_code == 409


def test_strangers_find_no_templates_whatever_they_ask_for(officer: Client) -> None:
    in_use(officer)
    addresses = [
        f"{INVITATION}{tail}" for tail in ("", "shipped/", "1/", "1/word/", "1/pdf/", "1/template/", "2/", "1/exe/")
    ]
    for role in ("reader", "translator"):
        within = person(role, (NDL, role))
        assert {within.get(address).status_code for address in ("/desk/letters/templates/", *addresses)} == {404}
        assert uploaded(within, headed(officer)).status_code == 404
        assert within.post(f"{INVITATION}1/use/").status_code == 404
    # Another institution has templates of its own, and none of ours.
    partner = person("partner", (NLC, "head"))
    assert [partner.get(address).status_code for address in addresses] == [200, 200, *(404,) * 6]
    assert partner.post(f"{INVITATION}1/use/").status_code == 409
    # A contributor reads them, and changes nothing.
    helping = person("helping", (NDL, "contributor"))
    assert helping.get(addresses[2]).status_code == 200
    assert uploaded(helping, headed(officer)).status_code == 409
    assert helping.post(f"{INVITATION}0/use/").status_code == 409
    outside = Client()
    assert {outside.get(address).status_code for address in addresses} == {302}
    assert outside.post(f"{INVITATION}0/use/").status_code == 302
    assert queries.templates_in_use(NDL)[("invitation", "ja")].version == 1


@pytest.mark.parametrize("tail", ["nonsense/ja/", "invitation/de/", "invitation/ja+ko/", "plan/ja+ja/", "plan/+/"])
def test_there_is_no_template_for_what_is_no_letter(officer: Client, tail: str) -> None:
    assert officer.get(f"/desk/letters/templates/{tail}").status_code == 404
    assert uploaded(officer, b"PK", page=f"/desk/letters/templates/{tail}").status_code == 404


@pytest.mark.parametrize("lang", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_every_language(lang: str) -> None:
    reader = person("reads-it", (NDL, "officer"), language=lang)
    for page in ("/desk/letters/templates/", "/desk/letters/templates/plan/zh-Hans+ja/"):
        assert reader.get(page).status_code == 200
    tag = {"en": "en", "ja": "ja", "zh-hans": "zh-Hans", "ko": "ko"}[lang]
    name = {"en": "subject", "ja": "件名", "zh-hans": "事由", "ko": "제목"}[lang]
    assert f"{{{{{name}}}}}" in text_of(reader.get(f"{INVITATION}shipped/").content)
    assert f"{{{{{name}}}}}" in text_of(shipped(reader, names=tag))


def test_a_letter_in_a_template_reads_little(officer: Client) -> None:
    in_use(officer)
    page = begun(officer)
    officer.get(page)
    with CaptureQueriesContext(connection) as asked:
        officer.get(page)
    assert len(asked) <= 8, "\n".join(query["sql"][:120] for query in asked)


def test_the_file_says_which_letter_it_is_and_nobody_who_made_the_template(officer: Client) -> None:
    in_use(officer)
    page = begun(officer)
    with zipfile.ZipFile(io.BytesIO(officer.get(f"{page}1/word/").content)) as package:
        core = package.read("docProps/core.xml").decode()
        foot = package.read("word/footer1.xml").decode()
    number = page.rstrip("/").rpartition("/")[2]
    assert f"/{number}<" in core
    assert "creator" not in core
    assert f"{number} · 案（未決裁）" in foot
