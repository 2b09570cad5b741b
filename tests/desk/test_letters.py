"""The letters of an exchange through the door: made, looked at, approved, sent, corrected; and who may not."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from koryu.consent import actions
from koryu.correspondence import models, queries, steps
from koryu.correspondence.actions import address_to, keep_contact
from koryu.correspondence.rules.contacts_typed import TypedContact
from koryu.files.models import Bringing, FileRow
from koryu.ledger import queries as ledger
from koryu.publishing.letters import pdf
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from koryu.values.text import Text
from tests.desk.people import person
from tests.world import (
    AT,
    COMPILER,
    NAL,
    NDL,
    NLC,
    NLK,
    PROGRAMME,
    drafted,
    give_voice,
    history,
    participation,
    programme,
    put_on_record,
    stands,
    under,
)

pytestmark = pytest.mark.django_db
LETTERS: Final = "/desk/exchange/e/letters/"
W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
IN_FOUR: Final = {
    "en": "37th Exchange",
    "ja": "第37回業務交流",
    "zh-Hans": "第37次业务交流",
    "ko": "제37회 업무교류",
    "source": "ja",
}
DATES: Final = [{"id": "d", "scope": "trip", "date": "2090-11-09/2090-11-17"}]
# A name with a compatibility ideograph, which nobody may normalise.
MEMBERS: Final = [
    {
        "id": "m1",
        "printed": {"ja": "\ufa19尾 健一"},
        "roles": ["head of delegation"],
        "posts": [{"id": "p", "unit": {"ja": "総務部", "zh-Hans": "总务部", "source": "ja"}, "post": {"ja": "部長"}}],
    },
    {"id": "m2", "printed": {"ja": "森 花子"}, "roles": ["interpreter"]},
]
PLANTED: Final = "PLANTEDPRIVATE"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, NLK, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)
    stands(programme(NDL, NLC), NDL, NLC, record=PROGRAMME)
    titled = {**under(NDL, NLC).content(), "title": IN_FOUR, "dates": DATES, "shown_to": "institutions", "hosts": [NLC]}
    stands(document_of(titled), NDL, NLC)
    drafted(NDL, participation(NDL, members=MEMBERS, shown_to="institutions"), record=f"{NDL}/participation/e")


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


def begun(client: Client, kind: str = "participants", langs: str = "zh-Hans") -> str:
    """The page of a letter that was begun."""
    answer: Any = client.post(f"{LETTERS}begin/", {"kind": kind, "langs": langs})
    assert answer.status_code == 302
    return str(answer.url)


def kept(page: str) -> Any:
    letter = queries.letter(page.rstrip("/").rpartition("/")[2], institution=NDL)
    assert letter
    return letter


def do(client: Client, page: str, what: str, **typed: str) -> Any:
    return client.post(f"{page}do/", {"do": what, **typed})


def submitted(client: Client, page: str, **typed: str) -> str:
    """The digest of the pages of a letter that was submitted."""
    assert do(client, page, "submit", edition=str(kept(page).last.edition), **typed).status_code == 302
    return str(kept(page).last.pages_digest)


def approved(client: Client, page: str, **typed: str) -> None:
    shown = submitted(client, page, **typed)
    assert do(client, page, "approve", shown=shown).status_code == 302


def sent(client: Client, page: str, **typed: str) -> None:
    given = {"how": "post", "on": "2027-06-03", "to": "NLC", **typed}
    assert do(client, page, "send", **given).status_code == 302


def main_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def to_do(client: Client) -> int:
    """The number beside To do."""
    found = re.search(r'>To do</a> <span class="n">(\d+)<', client.get("/desk/find/").content.decode())
    return int(found[1]) if found else 0


def words_in(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    return "".join(text.text or "" for text in root.iter(f"{W}t"))


def test_two_clicks_from_the_exchange_to_a_list_as_word_and_pdf(officer: Client) -> None:
    assert f'href="{LETTERS}"' in main_of(officer, "/desk/exchange/e/")
    page = begun(officer)
    word, printed = officer.get(f"{page}1/word/"), officer.get(f"{page}1/pdf/")
    text = words_in(word.content)
    assert "参加人员名单" in text
    assert "第37次业务交流" in text
    assert "\ufa19尾 健一" in text
    assert printed.content.startswith(b"%PDF-")
    assert "attachment" in word["Content-Disposition"]
    assert "no-store" in printed["Cache-Control"]
    # The screen shows the same, and lists what is not in the language of the letter.
    shown = main_of(officer, f"{page}?lang=en")
    assert "\ufa19尾 健一" in shown
    assert "Posts and units that are not in Chinese: 1." in shown


@pytest.mark.parametrize("lang", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_every_language(lang: str) -> None:
    officer = person("reader-of-it", (NDL, "officer"), language=lang)
    for kind in ("participants", "invitation"):
        assert main_of(officer, begun(officer, kind, "ja"))
    assert main_of(officer, LETTERS)


def test_what_is_typed_stands_in_the_letter_and_what_another_typed_meanwhile_is_not_overwritten(
    officer: Client,
) -> None:
    page = begun(officer, "enquiry", "ja")
    typed = {"to_institution": "中国国家図書館", "to_honorific": "様", "text": "日程\nテーマ", "deadline": "2027-06-30"}
    assert do(officer, page, "save", edition="1", **typed).status_code == 302
    text = words_in(officer.get(f"{page}1/word/").content)
    assert "日程" in text
    assert "2027年6月30日" in text
    late = do(officer, page, "save", edition="1", text="あとから")
    assert late.status_code == 409
    assert "Somebody else changed this meanwhile" in late.content.decode()
    # What was typed too late is still in its box.
    assert "あとから" in late.content.decode()
    assert kept(page).last.typed["text"] == "日程\nテーマ"


@pytest.mark.parametrize(
    ("box", "typed", "says"),
    [
        ("text", "字" * 5001, "At most 5000 characters fit here; this has 5001."),
        ("to_name", "a\x07b", "U+0007"),
        ("to_name", "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace") * 501, "At most 500"),
        ("date", "3 June", "“3 June” is not understood as a date."),
        ("date", "2027-02-30", "“2027-02-30” is not understood as a date."),
        ("their_date", "20270203", "“20270203” is not understood as a date."),
    ],
)
def test_what_cannot_be_printed_is_refused_with_the_reason(officer: Client, box: str, typed: str, says: str) -> None:
    page = begun(officer, "enquiry", "ja")
    answer = do(officer, page, "save", edition="1", **{box: typed})
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert kept(page).last.edition == 1


@pytest.mark.parametrize(
    ("kind", "langs"),
    [
        ("summons", "ja"),
        ("", "ja"),
        ("enquiry", "ja+zh-Hans"),
        ("plan", "fr"),
        ("plan", "ja+ja"),
        ("plan", ""),
        ("plan", "ja+ko+en"),
        # Before: a failure of the server, where the letter begins with what the last one says.
        ("enquiry", "0"),
        ("enquiry", ""),
        ("enquiry", "zh-hans"),
    ],
)
def test_a_letter_that_there_is_not_is_not_begun(officer: Client, kind: str, langs: str) -> None:
    assert officer.post(f"{LETTERS}begin/", {"kind": kind, "langs": langs}).status_code == 409
    assert models.LetterRow.objects.count() == 0


def test_what_is_approved_is_exactly_what_was_submitted_and_its_bytes_are_fixed(officer: Client) -> None:
    page = begun(officer)
    shown = submitted(officer, page)
    assert do(officer, page, "approve", shown=digest(b"other")).status_code == 409
    assert kept(page).last.approved_by == ""
    # What is changed in the record after that is in no page of it any more.
    row = models.LetterVersionRow.objects.get()
    assert do(officer, page, "approve", shown=shown).status_code == 302
    version = kept(page).last
    word = officer.get(f"{page}1/word/").content
    assert digest(word) == version.word
    assert digest(officer.get(f"{page}1/pdf/").content) == version.pdf
    assert "\ufa19尾 健一" in words_in(word)
    row.refresh_from_db()
    assert row.sheet
    values = {value["mark"]: value["text"] for value in row.sheet["values"]}
    assert "\ufa19尾 健一" in values.values()
    assert set(re.findall(r'name="(k[0-9A-Z_]+)"', _xml(word))) == set(values)
    # Not twice, and typed at no more.
    assert do(officer, page, "approve", shown=shown).status_code == 409
    assert do(officer, page, "save", edition="2", notes="x").status_code == 409


def test_a_letter_of_the_head_is_approved_by_nobody_else_until_the_head_says_so(officer: Client, head: Client) -> None:
    page = begun(officer, "invitation", "zh-Hans")
    shown = submitted(officer, page, costs="国际旅费由派出方承担")
    refused = do(officer, page, "approve", shown=shown)
    assert refused.status_code == 409
    assert "Only the head can approve a letter of this kind." in refused.content.decode()
    assert officer.post(f"{LETTERS}rights/", {"kind": "invitation"}).status_code == 409
    assert head.post(f"{LETTERS}rights/", {"kind": ["invitation", "participants", "nonsense"]}).status_code == 302
    assert queries.approved_by_officers(NDL) == {"invitation"}
    assert do(officer, page, "approve", shown=shown).status_code == 302
    assert head.post(f"{LETTERS}rights/", {}).status_code == 302
    assert queries.approved_by_officers(NDL) == frozenset()


def test_what_waits_for_approval_stands_in_to_do_for_whoever_may_give_it(officer: Client, head: Client) -> None:
    page = begun(officer, "invitation", "zh-Hans")
    assert page not in main_of(head, "/desk/")
    shown = submitted(officer, page)
    row = re.compile(rf'(?s)class="group"(?:(?!class="group").)*{re.escape(page)}')
    assert "For me" in row.findall(main_of(head, "/desk/"))[0]
    assert "For my head" in row.findall(main_of(officer, "/desk/"))[0]
    assert page not in main_of(person("partner", (NLC, "head")), "/desk/")
    # Nor for those for whom no letter is there.
    for role in ("translator", "reader"):
        listed = main_of(person(f"one-{role}", (NDL, role)), "/desk/")
        assert "letter" not in listed
        assert page not in listed
    assert do(head, page, "approve", shown=shown).status_code == 302
    assert page not in main_of(head, "/desk/")


def test_what_waits_is_counted_beside_to_do_for_whoever_reads_letters(officer: Client, head: Client) -> None:
    others = [person("partner", (NLC, "head")), person("translating", (NDL, "translator"))]
    everybody = (officer, head, *others)
    before = [to_do(client) for client in everybody]
    page = begun(officer, "invitation", "zh-Hans")
    assert [to_do(client) for client in everybody] == before
    shown = submitted(officer, page)
    more = [before[0] + 1, before[1] + 1, *before[2:]]
    assert [to_do(client) for client in everybody] == more
    assert do(head, page, "approve", shown=shown).status_code == 302
    assert [to_do(client) for client in everybody] == before


def test_number_and_date_are_typed_at_sending_and_what_was_approved_stays(officer: Client) -> None:
    page = begun(officer, "enquiry", "ja")
    approved(officer, page, text="日程")
    before = kept(page).last
    sent(officer, page, number="国図支協第2609号", day="2027-06-03")
    version = kept(page).last
    assert (version.word, version.pdf) == (before.word, before.pdf)
    assert version.sent_word != version.word
    text = words_in(officer.get(f"{page}1/sent-word/").content)
    assert "国図支協第2609号" in text
    assert "2027年6月3日" in text
    assert "国図支協第2609号" not in words_in(officer.get(f"{page}1/word/").content)
    assert do(officer, page, "send", how="post", on="2027-06-03", to="NLC").status_code == 409


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"how": "pigeon"}, "Say how the letter was sent."),
        ({"on": ""}, "Say on which day the letter was sent."),
        ({"on": "yesterday"}, "“yesterday” is not understood as a date."),
        ({"to": " "}, "Say to whom the letter was sent."),
        ({"day": "2027-13-01"}, "“2027-13-01” is not understood as a date."),
        ({"number": "9" * 101}, "At most 100 characters fit here; this has 101."),
    ],
)
def test_it_is_said_how_when_and_to_whom_it_was_sent(officer: Client, typed: dict[str, str], says: str) -> None:
    page = begun(officer, "enquiry", "en")
    approved(officer, page, text="Dates")
    answer = do(officer, page, "send", **{"how": "post", "on": "2027-06-03", "to": "NLC", **typed})
    assert answer.status_code == 409
    assert says in answer.content.decode()
    assert kept(page).last.sent_by == ""


def test_a_correction_says_what_it_replaces_and_the_first_version_stays(officer: Client) -> None:
    page = begun(officer, "enquiry", "ja")
    assert do(officer, page, "correct").status_code == 409
    approved(officer, page, text="日程")
    sent(officer, page, number="国図支協第2609号", day="2027-06-03")
    first = officer.get(f"{page}1/sent-word/").content
    assert do(officer, page, "correct").status_code == 302
    text = words_in(officer.get(f"{page}2/word/").content)
    assert "本状は、2027年6月3日付けの当方の文書（国図支協第2609号）に代わるものです。" in text
    assert officer.get(f"{page}1/sent-word/").content == first
    # A correction that is thrown away leaves the letter as it was.
    assert do(officer, page, "discard").status_code == 302
    assert [version.version for version in kept(page).versions] == [1]
    assert do(officer, page, "answered").status_code == 302
    assert do(officer, page, "closed").status_code == 409


def test_whoever_approves_another_version_sees_what_changed_in_it(officer: Client, head: Client) -> None:
    page = begun(officer, "invitation", "ja")
    heading = "Changes from the version before"
    shown = submitted(officer, page, costs="旅費は派遣側", text="宿は当方で手配", to_name="\ufa19尾")
    assert heading not in main_of(head, page)
    assert do(head, page, "approve", shown=shown).status_code == 302
    sent(officer, page)
    assert do(officer, page, "correct").status_code == 302
    submitted(officer, page, costs="旅費は受入側", text="宿は当方で手配", to_name="\ufa19尾")
    table = main_of(head, page).partition("letter-changed")[2].partition("</table>")[0]
    rows = [re.sub(r"<[^>]+>", "", row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]]
    assert any("旅費は派遣側" in row and "旅費は受入側" in row for row in rows)
    assert "本状は、" in "".join(rows)
    assert "宿は当方で手配" not in table
    # What was sent replaces it, and nobody has to look at that any more.
    assert do(head, page, "approve", shown=kept(page).last.pages_digest).status_code == 302
    assert heading in main_of(head, page)
    sent(officer, page)
    assert heading not in main_of(head, page)


def test_what_is_taken_back_is_a_draft_again_and_its_files_are_gone(officer: Client) -> None:
    page = begun(officer)
    approved(officer, page)
    gone = kept(page).last.word
    assert FileRow.objects.filter(digest=gone).exists()
    assert do(officer, page, "take-back", remark="部署名を直す").status_code == 302
    assert not FileRow.objects.filter(digest=gone).exists()
    assert not Bringing.objects.filter(record__startswith="letter:").exists()
    assert "部署名を直す" in main_of(officer, page)
    assert do(officer, page, "discard").status_code == 302
    assert officer.get(page).status_code == 404


def test_a_newer_version_than_the_one_printed_is_said(officer: Client, head: Client) -> None:
    page = begun(head, "plan", "ja")
    approved(head, page)
    assert "What is on record has changed" not in main_of(head, page)
    changed = {
        **under(NDL, NLC).content(),
        "title": IN_FOUR,
        "dates": DATES,
        "shown_to": "institutions",
        "planned_size": 6,
    }
    stands(document_of(changed), NDL, NLC, replaces=history().in_force)
    assert "What is on record has changed since this was printed." in main_of(head, page)


def test_strangers_find_no_letters_whatever_they_ask_for(officer: Client) -> None:
    page = begun(officer)
    approved(officer, page)
    strangers = [
        person("partner", (NLC, "head")),
        person("other", (NLK, "head")),
        person("translating", (NDL, "translator")),
        person("reading", (NDL, "reader")),
        person("minding", operator=True),
    ]
    for stranger in strangers:
        for address in (page, f"{page}1/word/", f"{page}1/pdf/", f"{page}1/sent-word/"):
            assert stranger.get(address).status_code == 404
        for what in (
            "save",
            "address",
            "submit",
            "approve",
            "send",
            "take-back",
            "discard",
            "correct",
            "answered",
            "nonsense",
        ):
            assert do(stranger, page, what, edition="1").status_code == 404
    contributor = person("helping", (NDL, "contributor"))
    assert contributor.get(page).status_code == 200
    for what in ("save", "address", "submit", "send", "take-back", "discard"):
        given = {"how": "post", "on": "2027-06-03", "to": "NLC"}
        assert do(contributor, page, what, edition="1", **given).status_code == 409
    assert contributor.post(f"{LETTERS}begin/", {"kind": "plan", "langs": "ja"}).status_code == 409
    assert kept(page).last.state == "Letter approved, not sent yet"
    for address in (LETTERS, page, f"{page}1/word/"):
        assert Client().get(address).status_code == 302
    # A partner has letters of its own here, and none of ours.
    listed = main_of(strangers[0], LETTERS)
    assert page.rstrip("/").rpartition("/")[2] not in listed
    assert strangers[1].get(LETTERS).status_code == 404
    # No link leads to where nothing is for them.
    assert LETTERS not in main_of(strangers[2], "/desk/exchange/e/")
    assert strangers[3].get(LETTERS).status_code == 404


@pytest.mark.parametrize("tail", ["ZZZZZZZ/", "nonsense/", "%00/", "7Q42M9A/1/word/", "0000000/9/word/"])
def test_a_number_of_no_letter_leads_nowhere(officer: Client, tail: str) -> None:
    assert officer.get(f"{LETTERS}{tail}").status_code == 404


def test_files_of_versions_that_are_not_there_are_not_found(officer: Client) -> None:
    page = begun(officer)
    assert officer.get(f"{page}2/word/").status_code == 404
    assert officer.get(f"{page}1/exe/").status_code == 404
    assert officer.get(f"{page}1/sent-word/").status_code == 404


def test_nothing_of_a_letter_is_in_the_ledger_the_archive_or_the_search(officer: Client) -> None:
    last = ledger.last_digest()
    page = begun(officer, "enquiry", "ja")
    approved(officer, page, text=f"{PLANTED}の件", to_name=PLANTED)
    sent(officer, page, to=PLANTED, number=PLANTED)
    assert ledger.last_digest() == last
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names()
            if name.startswith(("ledger_", "archive_", "journal"))
        ]
        for table in (name for name in tables if name != "ledger_file"):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert PLANTED not in str(cursor.fetchall()), table
    for address in ("/en/find/", "/desk/find/"):
        answer = officer.get(address, {"q": PLANTED})
        assert f"letters/{kept(page).number}" not in answer.content.decode()


def test_a_letter_with_private_data_is_emptied_on_its_day(officer: Client) -> None:
    page = begun(officer, "enquiry", "ja")
    approved(officer, page, text=PLANTED, private="1")
    word = kept(page).last.word
    assert steps.delete_letters(at="", today=date(2091, 2, 15)) == []
    assert steps.delete_letters(at="", today=date(2091, 2, 16)) == ["1 letters with private data were emptied."]
    assert steps.delete_letters(at="", today=date(2091, 2, 16)) == []
    version = kept(page).last
    assert (version.word, version.typed, version.pages) == (word, {}, None)
    assert PLANTED not in json.dumps([*models.LetterVersionRow.objects.values()], default=str)
    assert not FileRow.objects.filter(digest=word).exists()
    assert "Its files were deleted" in main_of(officer, page)
    assert officer.get(f"{page}1/word/").status_code == 404


def test_who_sends_it_is_taken_over_from_the_last_letter(officer: Client) -> None:
    page = begun(officer, "enquiry", "ja")
    approved(officer, page, text="日程", sender_institution="国立国会図書館", sender_name="倉田敬子", to_name="熊遠明")
    again = kept(begun(officer, "thanks", "ja")).last.typed
    assert (again["sender_name"], again.get("to_name")) == ("倉田敬子", None)


XIONG: Final = TypedContact(
    of=NLC,
    unit=Text.of(ja="国際交流処", **{"zh-Hans": "国际交流处"}, source="zh-Hans"),
    post=Text.of(ja="処長", **{"zh-Hans": "处长"}, source="zh-Hans"),
    names=(
        {"id": "n1", "written": "熊遠明", "lang": "ja", "order": "as written"},
        {"id": "n2", "written": "熊远明", "lang": "zh-Hans", "order": "as written"},
    ),
    honorifics={"ja": "処長殿", "zh-Hans": "处长"},
)
DESK: Final = TypedContact(of=NLC, unit=Text.of(ja="国際交流処"), honorifics={"ja": "御中"})


def contact_kept(typed: TypedContact, *, kinds: tuple[str, ...] = (), institution: str = NDL) -> int:
    said: dict[str, Any] = {"institution": institution, "by": "head", "at": AT}
    number = keep_contact(contact=typed, **said)
    for kind in kinds:
        address_to(of=typed.of, kind=kind, number=number, **said)
    return number


def test_a_letter_is_begun_with_the_addressee_of_its_kind(officer: Client, head: Client) -> None:
    contact_kept(DESK, kinds=("",))
    contact_kept(XIONG, kinds=("invitation",))
    typed = kept(begun(officer, "invitation", "ja")).last.typed
    assert {box: text for box, text in typed.items() if box.startswith("to_")} == {
        "to_institution": kept(begun(officer, "enquiry", "ja")).last.typed["to_institution"],
        "to_unit": "国際交流処",
        "to_post": "処長",
        "to_name": "熊遠明",
        "to_honorific": "処長殿",
    }
    # For every other kind the desk; nobody for what stays in the house; and a list has no addressee.
    other = kept(begun(officer, "enquiry", "ja")).last.typed
    assert (other["to_unit"], other["to_honorific"], other.get("to_name")) == ("国際交流処", "御中", None)
    assert kept(begun(officer, "approval", "ja")).last.typed.get("to_unit") is None
    assert kept(begun(officer, "plan", "ja")).last.typed == {}


def test_whoever_no_longer_holds_the_post_is_not_addressed(officer: Client) -> None:
    contact_kept(replace(XIONG, until="2020-03"), kinds=("enquiry",))
    page = begun(officer, "enquiry", "ja")
    assert kept(page).last.typed.get("to_name") is None
    assert "Addressee from contacts" not in main_of(officer, page)


def test_another_addressee_is_chosen_from_contacts_and_what_was_typed_besides_is_kept(officer: Client) -> None:
    contact_kept(XIONG, kinds=("enquiry",))
    desk = contact_kept(DESK)
    page = begun(officer, "enquiry", "ja")
    shown = main_of(officer, page)
    offered = re.findall(r'<option value="\d+" lang="ja">([^<]*)</option>', shown)
    assert offered == ["熊遠明 処長殿 – 国際交流処 処長", "国際交流処 御中"]
    # A form of address that is nobody's usual one is in its box all the same.
    assert '<option selected lang="ja">処長殿</option>' in shown
    typed = {**kept(page).last.typed, "text": "日程"}
    assert do(officer, page, "address", edition="1", contact=str(desk), **typed).status_code == 302
    now = kept(page).last.typed
    assert (now["to_unit"], now["to_honorific"], now["text"]) == ("国際交流処", "御中", "日程")
    assert not {"to_name", "to_post"} & set(now)
    assert "御中" in words_in(officer.get(f"{page}1/word/").content)
    # Where none is chosen, it is saved as it is.
    assert do(officer, page, "address", edition="2", contact="", **{**now, "text": "宿"}).status_code == 302
    assert kept(page).last.typed == {**now, "text": "宿"}


@pytest.mark.parametrize("whose", ["foreign", "elsewhere", "none", "odd"])
def test_a_letter_is_addressed_to_no_contact_of_another_institution_or_of_nobody_who_takes_part(
    officer: Client, whose: str
) -> None:
    kept_at: dict[str, dict[str, Any]] = {
        "foreign": {"typed": XIONG, "institution": NLK},
        "elsewhere": {"typed": replace(XIONG, of=NLK)},
    }
    number = contact_kept(**kept_at[whose]) if whose in kept_at else {"none": 999_999, "odd": "one"}[whose]
    page = begun(officer, "enquiry", "ja")
    assert "熊遠明" not in main_of(officer, page)
    answer = do(officer, page, "address", edition="1", contact=str(number), text="日程")
    assert answer.status_code == 409
    assert "This contact is no longer there." in answer.content.decode()
    assert "熊遠明" not in answer.content.decode()
    assert kept(page).last.edition == 1


def test_an_unfinished_plan_and_list_print_what_they_have(officer: Client) -> None:
    odd: dict[str, Any] = {
        **participation(NDL).content(),
        "title": {},
        "members": [{"id": "x"}, "nonsense", {"id": "y", "printed": {"ja": ""}, "roles": None, "posts": {"a": 1}}],
    }
    actions.draft(
        institution=NDL,
        record=f"{NDL}/participation/odd",
        content=odd,
        replaces=None,
        by="head",
        at="2026-11-22T09:00:00Z",
    )
    for kind in ("plan", "participants", "programme", "papers", "approval", "invitation"):
        page = begun(officer, kind, "ko")
        assert officer.get(page).status_code == 200
        assert officer.get(f"{page}1/word/").status_code == 200
        assert officer.get(f"{page}1/pdf/").content.startswith(b"%PDF-")


def test_without_the_fonts_word_is_made_and_the_page_says_why_there_is_no_pdf(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "_FONTS", ("a_wheel_that_is_not_installed",))
    page = begun(officer)
    says = "PDF cannot be made on this server (fonts are missing); Word can."
    assert says in main_of(officer, page)
    refused = officer.get(f"{page}1/pdf/")
    assert (refused.status_code, refused.content.decode()) == (409, says)
    approved(officer, page)
    assert officer.get(f"{page}1/word/").status_code == 200
    assert officer.get(f"{page}1/pdf/").status_code == 404
    assert kept(page).last.pdf == ""


def test_each_page_reads_little(officer: Client) -> None:
    contact_kept(XIONG)
    for _ in range(3):
        page, addressed = begun(officer), begun(officer, "enquiry", "ja")
    officer.get(page)
    for address, most in ((LETTERS, 8), (page, 8), (addressed, 8)):
        with CaptureQueriesContext(connection) as asked:
            officer.get(address)
        assert len(asked) <= most, "\n".join(query["sql"][:150] for query in asked)


def _xml(docx: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()
