"""Typing into a draft through the door of the desk: nothing that was typed is lost, and nothing else is changed."""

import io
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.archive import actions as search
from koryu.consent import actions, models, queries
from koryu.files import models as files
from koryu.institutions import actions as people
from koryu.seals.digests import digest
from tests.desk.people import person
from tests.sheets.filling_in import posted
from tests.world import AT, COMPILER, NAL, NDL, NLC, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
DRAFTED = uri("exchange/d")
SCRIPT = '"><script>alert(1)</script>'


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def drafted(content: dict[str, Any] | None = None) -> int:
    content = content or exchange(NDL, NLC).content()
    record = uri(f"{content['kind']}/d")
    return actions.draft(institution=NDL, record=record, content=content, replaces=None, by="officer", at=AT)


def agreement(**more: Any) -> dict[str, Any]:
    return {"kind": "agreement", "title": {"en": "Memorandum"}, "type": "memorandum of understanding"} | more


def content_of(number: int) -> Any:
    found = queries.draft(number)
    assert found
    return found.content


def form(client: Client, number: int) -> str:
    answer = client.get(f"/desk/draft/{number}/edit/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def types(client: Client, number: int, *, do: str = "save", html: str = "", **typed: Any) -> Any:
    """Send the form as it is shown, with something typed over it."""
    files = {name: typed.pop(name) for name in list(typed) if not isinstance(typed[name], str)}
    fields = posted(html or form(client, number), **{**typed, "do": do})
    return client.post(f"/desk/draft/{number}/edit/", {**dict(fields.lists()), **files})


def test_what_is_typed_is_saved_finished_or_not(officer: Client) -> None:
    number = drafted({"kind": "exchange"})
    answer = types(officer, number, **{"title.ja": "第23回業務交流", "planned_size": "５"})
    assert answer.status_code == 302
    assert content_of(number) == {"kind": "exchange", "title": {"ja": "第23回業務交流"}, "planned_size": 5}
    assert "Saved on" in form(officer, number)


def test_a_form_that_is_saved_unchanged_changes_nothing(officer: Client) -> None:
    number = drafted()
    types(officer, number)
    assert (content_of(number), queries.draft(number).edition) == (exchange(NDL, NLC).content(), 1)  # type: ignore[union-attr] # -- it is there


def test_a_date_is_echoed_as_understood_and_what_is_none_stays_as_typed(officer: Client) -> None:
    number = drafted(agreement())
    types(officer, number, proposed="2003年1月から", text_settled="some time in spring")
    assert content_of(number)["proposed"] == "2003-01/.."
    assert content_of(number)["text_settled"] == "some time in spring"
    page = form(officer, number)
    assert 'value="from January 2003"' in page
    assert 'value="some time in spring"' in page
    assert "is not understood as a date" in page


@pytest.mark.parametrize("typed", ["since 2003", "2003年から", "2003년부터", "自2003年起"])
def test_a_date_is_understood_whatever_language_the_page_is_in(officer: Client, typed: str) -> None:
    assert officer.get("/desk/echo/", {"q": typed}).json() == {"date": "2003/..", "words": "from 2003"}


def test_the_echo_of_what_is_no_date_says_what_would_help(officer: Client) -> None:
    assert "May 1999" in officer.get("/desk/echo/", {"q": SCRIPT}).json()["wrong"]


def test_items_are_added_moved_and_removed_without_a_script_and_keep_their_ids(officer: Client) -> None:
    number = drafted()
    types(officer, number, do="add:dates", **{"title.en": "Typed before adding"})
    first = content_of(number)["dates"][0]["id"]
    assert content_of(number)["title"] == {"en": "Typed before adding"}
    types(officer, number, do="add:dates", **{f"dates[{first}].date": "May 1999", f"dates[{first}].scope": "trip"})
    second = content_of(number)["dates"][1]["id"]
    types(officer, number, do=f"up:dates[{second}]", **{f"dates[{second}].date": "June 1999"})
    assert [one["id"] for one in content_of(number)["dates"]] == [second, first]
    types(officer, number, do=f"remove:dates[{second}]")
    assert content_of(number)["dates"] == [{"id": first, "scope": "trip", "date": "1999-05"}]


def test_adding_with_the_same_form_twice_adds_one(officer: Client) -> None:
    number = drafted()
    html = form(officer, number)
    assert [types(officer, number, do="add:dates", html=html).status_code for _ in range(2)] == [302, 302]
    assert len(content_of(number)["dates"]) == 1


def test_an_item_in_which_nothing_is_said_is_told_of(officer: Client) -> None:
    number = drafted()
    types(officer, number, do="add:themes")
    assert "This is empty: fill it in, or remove it." in form(officer, number)
    types(officer, number)
    assert "themes" not in content_of(number)


@pytest.mark.parametrize(
    "do", ["add:", "up:dates[x]", "remove:nowhere[x]", "clear:a.b.c", "no-such:dates", "over:", "x"]
)
def test_a_forged_button_harms_nothing(officer: Client, do: str) -> None:
    number = drafted()
    assert types(officer, number, do=do).status_code in (302, 409)
    assert content_of(number) == exchange(NDL, NLC).content()


def test_a_record_is_looked_for_in_any_script_and_chosen_of_what_is_found(officer: Client) -> None:
    search.catch_up()
    number = drafted()
    types(officer, number, **{"hosts[+]:find": "nal"})
    assert content_of(number)["hosts"] == ["nal"]
    page = form(officer, number)
    assert "was not chosen from the records yet" in page
    assert f'name="hosts[0]:chosen" value="{NAL}"' in page
    types(officer, number, **{"hosts[0]:chosen": NAL})
    assert content_of(number)["hosts"] == [NAL]
    (said,) = re.findall(r"<li>(“.*) hosts but does not take part", form(officer, number))
    assert "NAL" in said
    assert "tag:" not in re.sub(r"<[^>]+>", "", said)


def test_suggestions_are_of_the_kinds_the_field_takes(officer: Client) -> None:
    search.catch_up()
    found = officer.get("/desk/suggest/", {"q": "nal", "kinds": "institution"}).json()["suggestions"]
    assert [one["record"] for one in found] == [NAL]
    assert officer.get("/desk/suggest/", {"q": "nal", "kinds": "person"}).json() == {"suggestions": []}
    assert officer.get("/desk/suggest/").json() == {"suggestions": []}


def test_a_record_that_is_only_drafted_yet_is_found_by_its_own_house_alone(officer: Client) -> None:
    drafted(exchange(NDL, NLC, title="The exchange of next year").content())
    number = drafted({"kind": "participation", "title": {"en": "Ours"}})
    types(officer, number, **{"exchange:find": "NEXT year"})
    assert f'name="exchange:chosen" value="{DRAFTED}"' in form(officer, number)
    types(officer, number, **{"exchange:chosen": DRAFTED})
    assert content_of(number)["exchange"] == DRAFTED
    assert "The exchange of next year" in form(officer, number)
    asked = {"q": "next year", "kinds": "exchange"}
    assert [one["record"] for one in officer.get("/desk/suggest/", asked).json()["suggestions"]] == [DRAFTED]
    stranger = person("stranger", (NLC, "head"))
    assert stranger.get("/desk/suggest/", asked).json() == {"suggestions": []}


def test_languages_stand_side_by_side_and_others_are_added(officer: Client) -> None:
    number = drafted()
    types(officer, number, **{"title.ja": "交流", "title.source": "ja", "title:lang": "ja-Latn", "title:text": "Kōryū"})
    assert content_of(number)["title"] == {"en": "Exchange", "ja": "交流", "ja-Latn": "Kōryū", "source": "ja"}
    assert 'name="title.ja-Latn" value="Kōryū" lang="ja-Latn"' in form(officer, number)


def test_a_language_that_is_none_is_kept_and_told_of(officer: Client) -> None:
    number = drafted()
    types(officer, number, **{"title:lang": "klingon!", "title:text": "x"})
    assert content_of(number)["title"]["klingon!"] == "x"
    assert "is not a language tag" in form(officer, number)


def test_what_is_pasted_from_word_is_tidied_and_letters_stay_as_they_are(officer: Client) -> None:
    number = drafted()
    types(
        officer,
        number,
        **{"title.en": "\u00a0The\u00a0visit\u000b of\t2019 \u0007\r\n ", "notes.ja": "神 \r\nか\u3099\x0b。 "},
    )
    assert content_of(number)["title"] == {"en": "The visit  of 2019"}
    assert content_of(number)["notes"] == {"ja": "神\nか\u3099\n。"}


@pytest.mark.parametrize("kind", ["exchange", "agreement", "timetable", "work", "institution"])
def test_script_in_every_field_is_shown_as_text_and_kept_as_typed(officer: Client, kind: str) -> None:
    number = drafted({"kind": kind, "title": {"en": "x"}})
    html = form(officer, number)
    fields = {name: SCRIPT for name in posted(html) if name not in ("csrfmiddlewaretoken", "edition", "do")}
    assert types(officer, number, html=html, **fields).status_code == 302
    assert "<script>alert" not in form(officer, number)
    assert "<script>alert" not in officer.get(f"/desk/draft/{number}/").content.decode()
    assert content_of(number)["title"]["en"] == SCRIPT


def test_when_two_change_one_draft_the_second_is_shown_the_difference_and_loses_nothing(officer: Client) -> None:
    number, colleague = drafted(), person("colleague", (NDL, "officer"))
    mine = form(officer, number)
    types(colleague, number, **{"title.en": "Theirs"})
    answer = types(officer, number, html=mine, **{"title.en": "Mine", "programme_year": "2019"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert content_of(number)["title"] == {"en": "Theirs"}
    assert "Somebody else has changed this draft meanwhile" in page
    assert "Theirs" in page
    assert 'name="title.en" value="Mine"' in page
    saved = types(officer, number, html=page, do="over:2")
    assert saved.status_code == 302
    assert (content_of(number)["title"], content_of(number)["programme_year"]) == ({"en": "Mine"}, "2019")


def test_saving_over_needs_to_have_seen_the_latest(officer: Client) -> None:
    number, colleague = drafted(), person("colleague", (NDL, "officer"))
    mine = form(officer, number)
    types(colleague, number, **{"title.en": "Second"})
    page = types(officer, number, html=mine, **{"title.en": "Mine"}).content.decode()
    types(colleague, number, **{"title.en": "Third"})
    assert types(officer, number, html=page, do="over:2").status_code == 409
    assert content_of(number)["title"] == {"en": "Third"}


def test_the_same_form_sent_twice_or_from_the_page_before_does_no_harm(officer: Client) -> None:
    number = drafted()
    html = form(officer, number)
    twice = [types(officer, number, html=html, **{"title.en": "Once"}).status_code for _ in range(2)]
    assert twice == [302, 302]
    assert (content_of(number)["title"], queries.draft(number).edition) == ({"en": "Once"}, 2)  # type: ignore[union-attr] # -- it is there
    assert types(officer, number, html=html).status_code == 409
    assert content_of(number)["title"] == {"en": "Once"}


def test_the_script_is_told_when_it_was_saved_and_what_another_window_has_saved(officer: Client) -> None:
    number = drafted(agreement())
    fields = posted(form(officer, number), proposed="spring")
    wants: dict[str, Any] = {"headers": {"accept": "application/json"}}
    saved = officer.post(f"/desk/draft/{number}/edit/", dict(fields.lists()), **wants).json()
    assert (saved["edition"], saved["saved"].startswith("Saved on")) == (2, True)
    assert "is not understood as a date" in saved["wrong"]["proposed"][0]
    fields["title.en"] = "Stale"
    stale = officer.post(f"/desk/draft/{number}/edit/", dict(fields.lists()), **wants)
    assert (stale.status_code, "You have changed this draft" in stale.json()["problem"]) == (409, True)


def test_whoever_types_in_two_windows_is_told_so_and_loses_nothing(officer: Client) -> None:
    number = drafted()
    one_window = form(officer, number)
    types(officer, number, **{"title.en": "In the other window"})
    answer = types(officer, number, html=one_window, **{"title.en": "In this window"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("Somebody else" in page, "You have changed this draft meanwhile yourself" in page) == (False, True)
    assert "As typed here, not saved" in page
    assert 'name="title.en" value="In this window"' in page
    assert types(officer, number, html=page, do="over:2").status_code == 302
    assert content_of(number)["title"] == {"en": "In this window"}


def test_a_translator_changes_the_words_in_other_languages_and_nothing_else() -> None:
    number, translator = drafted(), person("translator", (NDL, "translator"))
    assert types(translator, number, **{"title.ja": "交流"}).status_code == 302
    assert content_of(number) == {
        **exchange(NDL, NLC).content(),
        "title": {"en": "Exchange", "ja": "交流", "source": "en"},
    }
    before = content_of(number)
    forged = (
        {"title.en": "Forged"},
        {"form": "seminar"},
        {"programme_year": "1999"},
        {"title.source": "ja"},
        {"hosts[+]:find": NAL},
        {"notes.en": "Forged"},
    )
    for typed in forged:
        answer = types(translator, number, **typed)
        assert (answer.status_code, "Translators can change only the texts" in answer.content.decode()) == (
            409,
            True,
        ), typed
    assert types(translator, number, do="add:dates").status_code == 409
    assert content_of(number) == before


def test_a_contributor_changes_the_papers_they_began_and_nothing_else() -> None:
    contributor = person("contributor", (NDL, "contributor"))
    others = drafted({"kind": "paper", "title": {"en": "Theirs"}})
    assert contributor.get(f"/desk/draft/{others}/edit/").status_code == 404
    assert contributor.get(f"/desk/draft/{drafted()}/edit/").status_code == 404
    own = actions.draft(
        institution=NDL, record=uri("paper/own"), content={"kind": "paper"}, replaces=None, by="contributor", at=AT
    )
    assert types(contributor, own, **{"title.en": "Mine"}).status_code == 302


PDF = b"%PDF-1.7 of a letter"


def word(*, macros: bool = False) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("word/document.xml"), "<w/>")
        if macros:
            archive.writestr(zipfile.ZipInfo("word/vbaProject.bin"), "x")
    return packed.getvalue()


def with_wording() -> dict[str, Any]:
    return agreement(texts_in=[{"id": "t1", "lang": "ja", "authentic": True}])


@pytest.mark.parametrize(
    ("name", "body", "media_type"),
    [
        ("letter.pdf", PDF, "application/pdf"),
        ("scan.TIFF", b"II*\x00rest", "image/tiff"),
        ("scan.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("書簡.docx", word(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("note.txt", "交流".encode("cp932"), "text/plain"),
        ("mail.eml", b"From: a@example.org\r\nDate: Mon, 1 Jan 2024 00:00:00 +0900\r\n\r\nyes", "message/rfc822"),
    ],
)
def test_a_file_is_kept_by_its_digest(officer: Client, name: str, body: bytes, media_type: str) -> None:
    number = drafted(with_wording())
    file: Any = SimpleUploadedFile(name, body)
    assert types(officer, number, **{"texts_in[t1].file:file": file}).status_code == 302
    kept = content_of(number)["texts_in"][0]["file"]
    assert kept == {"id": kept["id"], "name": name, "digest": digest(body), "media_type": media_type, "size": len(body)}
    assert bytes(files.FileRow.objects.get(digest=kept["digest"]).body) == body
    types(officer, number, **{"title.en": "Saved again"})
    assert content_of(number)["texts_in"][0]["file"] == kept
    types(officer, number, do="clear:texts_in[t1].file")
    assert "file" not in content_of(number)["texts_in"][0]


def test_what_a_colleague_uploaded_meanwhile_is_shown_by_its_name(officer: Client) -> None:
    number, colleague = drafted(with_wording()), person("colleague", (NDL, "officer"))
    mine = form(officer, number)
    file: Any = SimpleUploadedFile("覚書.pdf", PDF)
    assert types(colleague, number, **{"texts_in[t1].file:file": file}).status_code == 302
    answer = types(officer, number, html=mine, **{"title.en": "Mine"})
    assert answer.status_code == 409
    assert "覚書.pdf" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("virus.exe", b"MZ", "cannot be attached"),
        ("page.html", b"<html>", "cannot be attached"),
        ("letter.pdf", b"MZ not a letter", "is not what its name says"),
        ("macros.docx", word(macros=True), "is not what its name says"),
        ("broken.docx", b"PK\x03\x04 broken", "is not what its name says"),
        ("page.txt", b"<script>alert(1)</script>", "is not what its name says"),
        ("mail.eml", b"nothing like a mail", "is not what its name says"),
        ("large.pdf", PDF + b" " * 100, "is too large"),
    ],
)
def test_a_file_that_is_not_taken_is_told_of_and_nothing_typed_is_lost(
    officer: Client, settings: Any, name: str, body: bytes, why: str
) -> None:
    settings.FILE_SIZE = 100
    if name == "macros.docx":
        settings.FILE_SIZE = 10_000
    number = drafted(with_wording())
    typed: dict[str, Any] = {"texts_in[t1].file:file": SimpleUploadedFile(name, body), "title.en": "Typed"}
    answer = types(officer, number, **typed)
    assert (answer.status_code, why in answer.content.decode()) == (409, True)
    assert content_of(number)["title"] == {"en": "Typed"}
    assert "file" not in content_of(number)["texts_in"][0]
    assert not files.FileRow.objects.exists()


def test_a_file_sent_for_what_is_no_file_is_kept_nowhere(officer: Client) -> None:
    number = drafted(with_wording())
    for place in ("kind:file", "title:file", "no.such[place].file:file"):
        file: Any = SimpleUploadedFile("letter.pdf", PDF)
        types(officer, number, **{place: file})
    assert content_of(number) == with_wording()
    assert not files.FileRow.objects.exists()


def test_what_was_typed_when_the_session_had_ended_is_shown_after_signing_in(officer: Client) -> None:
    password = "a long enough password"
    number = drafted()
    fields = dict(posted(form(officer, number), **{"title.en": "Typed too late", "do": "save"}).lists())
    address = f"/desk/draft/{number}/edit/"
    # A new password ends every session there was.
    people.set_password(username="officer", password=password)
    gone = Client()
    gone.cookies["koryu-language"] = "en"
    door = gone.post(address, fields)
    assert door.status_code == 401
    brought = re.findall(r'name="koryu_brought" value="([^"]+)"', door.content.decode())[0]
    signs_in = {"login": "officer", "password": password, "next": address, "koryu_brought": brought}
    inside = gone.post("/desk/account/login/", signs_in)
    assert (inside.status_code, inside.headers["Location"]) == (302, address)
    page = form(gone, number)
    assert 'name="title.en" value="Typed too late"' in page
    assert "it is not saved yet" in page
    assert content_of(number)["title"] == {"en": "Exchange"}
    assert types(gone, number, html=page).status_code == 302
    assert content_of(number)["title"] == {"en": "Typed too late"}
    assert "it is not saved yet" not in form(gone, number)


def test_what_was_typed_too_late_can_be_dropped_and_is_shown_nowhere_else(officer: Client) -> None:
    number = drafted()
    other = drafted(agreement())
    session = officer.session
    session["unsaved"] = {"path": f"/desk/draft/{number}/edit/", "typed": "title.en=Too+late&edition=1"}
    session.save()
    assert "Too late" not in form(officer, other)
    page = form(officer, number)
    assert "Too late" in page
    types(officer, number, html=page, do="forget")
    assert "Too late" not in form(officer, number)
    assert content_of(number)["title"] == {"en": "Exchange"}


def test_a_large_file_typed_with_when_the_session_had_ended_opens_the_door_all_the_same() -> None:
    number = drafted(with_wording())
    file = SimpleUploadedFile("letter.pdf", PDF + b" " * 6 * 1024 * 1024)
    answer = Client().post(f"/desk/draft/{number}/edit/", {"title.en": "Typed", "texts_in[t1].file:file": file})
    assert answer.status_code == 401


def test_a_differing_account_is_a_date_or_words_and_nothing_is_lost_in_between(officer: Client) -> None:
    variant = {"id": "v", "field": "dates", "value": "2003-05", "source": uri("work/page")}
    number = drafted(exchange(NDL, NLC, variants=[variant]).content())
    types(officer, number, do="switch:variants[v].value")
    assert content_of(number)["variants"][0]["value"] == {"en": "2003-05"}
    types(officer, number, do="switch:variants[v].value", **{"variants[v].value.en": "some time in May"})
    assert content_of(number)["variants"][0]["value"] == "some time in May"
    assert "is not understood as a date" in form(officer, number)


def test_what_was_sent_is_typed_into_no_more(officer: Client) -> None:
    number = drafted()
    html = form(officer, number)
    models.DraftRow.objects.filter(pk=number).update(sent="sha256:" + "0" * 64)
    assert types(officer, number, html=html, **{"title.en": "Late"}).status_code == 404
    assert content_of(number) == exchange(NDL, NLC).content()


def test_nothing_is_wrong_before_somebody_has_typed(officer: Client) -> None:
    number = drafted({"kind": "agreement"})
    assert 'class="wrong"' not in form(officer, number)
    # The same, saved once.
    models.DraftRow.objects.filter(pk=number).update(edition=2)
    assert 'class="wrong"' in form(officer, number)
