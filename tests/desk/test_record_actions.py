"""The acts on a record, through the door: exactly what was shown, once, by whoever may, and nothing half said."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions, queries
from koryu.files import models as files
from koryu.institutions import actions as people
from koryu.institutions import queries as institutions
from koryu.ledger import queries as entries
from koryu.seals.digests import digest
from koryu.values.text import Text
from tests.desk.people import brought, person, typed_in
from tests.sheets.filling_in import posted
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    NAL,
    NDL,
    NLC,
    NLK,
    House,
    exchange,
    give_voice,
    history,
    library,
    put_on_record,
    uri,
)

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"
LETTER = b"%PDF-1.7 agreed"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL)


@pytest.fixture
def proposed() -> str:
    return House(NDL).propose(exchange(NDL, NLC))


@pytest.fixture
def proposed_to_three() -> str:
    return House(NDL).propose(exchange(NDL, NLC, NLK))


def head(institution: str = NLC, username: str = "chief", **more: Any) -> Client:
    return person(username, (institution, "head"), **more)


def does(client: Client, what: str, version: str, *, record: str = EXCHANGE, **typed: Any) -> Any:
    return client.post(f"/desk/record/{record}/act/{what}/", {"version": version, **typed})


def shows(client: Client, what: str, version: str, **asked: str) -> Any:
    return client.get(f"/desk/record/{EXCHANGE}/act/{what}/", {"version": version, **asked})


def said(record: str = EXCHANGE) -> list[tuple[str, str]]:
    return [(one.said, one.institution) for one in history(record).statements]


def told(client: Client, record: str = EXCHANGE) -> str:
    """What the record's page says once of what was just done."""
    page = client.get(f"/desk/record/{record}/").content.decode()
    return page.partition('<div class="told" role="status">')[2].partition("</div>")[0]


def letter(name: str = "letter.pdf", body: bytes = LETTER) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type="application/pdf")


# Accepting


def test_a_head_accepts_exactly_what_she_was_shown_and_it_stands(proposed: str) -> None:
    page = shows(head(), "accept", proposed).content.decode()
    assert f'<input type="hidden" name="version" value="{proposed}">' in page
    assert f"<code>{proposed}</code>" in page
    answer = does(head(), "accept", proposed)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/record/{EXCHANGE}/")
    assert history().agreed == proposed


@pytest.mark.parametrize("role", ["officer", "contributor", "translator", "reader"])
def test_nobody_but_the_head_accepts_unless_the_head_lets_officers(proposed: str, role: str) -> None:
    answer = does(person("clerk", (NLC, role)), "accept", proposed)
    assert (answer.status_code, history().agreed) == (409, None)
    people.delegate(institution=NLC, kind="exchange")
    does(person("clerk", (NLC, role)), "accept", proposed)
    assert history().agreed == (proposed if role == "officer" else None)


def test_the_same_acceptance_sent_twice_is_said_once_and_calmly_so(proposed: str) -> None:
    client = head()
    does(client, "accept", proposed)
    told(client)
    before = entries.last_number()
    assert does(client, "accept", proposed).status_code == 302
    assert entries.last_number() == before
    assert "This was already sent. It was not sent a second time." in told(client)


def test_whoever_goes_back_to_the_form_sees_why_it_is_done_with(proposed: str) -> None:
    client = head()
    does(client, "accept", proposed)
    page = shows(client, "accept", proposed).content.decode()
    assert '<button class="commits" disabled aria-describedby="why">' in page
    assert "This institution has already replied to this version." in page


def test_a_page_that_became_stale_accepts_nothing_and_shows_what_is_there_now(proposed: str) -> None:
    actions.withdraw(version=proposed, **House(NDL).said)
    other = House(NDL).propose(exchange(NDL, NLC, title="Otherwise"))
    answer = does(head(), "accept", proposed)
    page = answer.content.decode()
    assert (answer.status_code, said()[-1]) == (409, ("proposed", NDL))
    assert "This version is no longer open." in page
    assert "The current text, beside what you were shown" in page
    assert "<ins>Otherwise</ins>" in page
    assert history().open_versions == (other,)


def test_what_was_concluded_meanwhile_is_not_concluded_again(proposed: str) -> None:
    does(head(), "accept", proposed)
    before = entries.last_number()
    assert does(head(NDL, "ours"), "withdraw", proposed).status_code == 409
    assert does(head(), "decline", proposed, **{"text-en": "No"}).status_code == 409
    assert entries.last_number() == before


def test_what_changed_meanwhile_is_said_to_have_changed() -> None:
    first = House(NDL).propose(exchange(NDL, NLC))
    House(NLC).accept(first)
    client = head()
    shows(client, "differ", first)
    second = House(NDL).propose(exchange(NDL, NLC, title="Second"), replaces=first)
    House(NLC).accept(second)
    answer = does(client, "differ", first, **{"text-en": "Ours says June"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This changed meanwhile: another version is current now." in page
    assert "<ins>Second</ins>" in page
    assert "Ours says June" in page
    assert ("account differs", NLC) not in said()


# Whoever may not


@pytest.mark.parametrize("what", ["accept", "decline", "withdraw", "otherwise", "letter", "check", "differ", "erase"])
def test_a_record_of_others_cannot_be_reached_by_its_address(proposed: str, what: str) -> None:
    stranger = head(NAL, "stranger")
    typed: dict[str, Any] = {"text-en": "x", "letter": letter(), "on_behalf_of": NLK}
    assert shows(stranger, what, proposed).status_code == 404
    assert does(stranger, what, proposed, **typed).status_code == 404
    assert said() == [("proposed", NDL)]


def test_a_forged_institution_or_role_in_the_form_is_not_looked_at(proposed: str) -> None:
    clerk = person("clerk", (NDL, "officer"))
    does(clerk, "accept", proposed, institution=NLC, role="head", by="head")
    assert said() == [("proposed", NDL)]


@pytest.mark.parametrize("version", ["sha256:" + "0" * 64, "x", "' OR 1=1 --"])
def test_a_forged_digest_is_of_no_version(proposed: str, version: str) -> None:
    assert does(head(), "accept", version).status_code == 404
    assert shows(head(), "accept", version).status_code == 404
    assert said() == [("proposed", NDL)]


def test_an_act_there_is_not_is_not_there(proposed: str) -> None:
    assert shows(head(), "conclude", proposed).status_code == 404


def test_who_has_not_signed_in_does_nothing_and_keeps_what_was_typed(proposed: str) -> None:
    client = Client()
    answer = does(client, "decline", proposed, **{"text-en": "Not this year"})
    assert (answer.status_code, said()) == (401, [("proposed", NDL)])
    assert "Not+this+year" in typed_in(brought(answer))


def test_whoever_signs_in_again_finds_what_was_typed_on_the_same_text(proposed: str) -> None:
    person("chief", (NLC, "head"))
    people.set_password(username="chief", password="a long enough password")
    client = Client()
    door = does(client, "decline", proposed, **{"text-en": "Not this year"})
    back = re.findall(r'name="next" value="([^"]+)"', door.content.decode())[0]
    signs_in = {"login": "chief", "password": "a long enough password", "next": back, "koryu_brought": brought(door)}
    assert client.post("/desk/account/login/", signs_in).headers["Location"] == back
    page = client.get(back).content.decode()
    assert "Not this year</textarea>" in page
    assert f'name="version" value="{proposed}"' in page
    assert client.get(back).status_code == 302


def test_a_form_from_elsewhere_does_nothing(proposed: str) -> None:
    client = head()
    client.handler.enforce_csrf_checks = True
    assert does(client, "accept", proposed).status_code == 403
    assert said() == [("proposed", NDL)]


def test_a_session_that_ended_while_a_letter_was_being_sent_is_shown_the_door(proposed_to_three: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/desk/account/login/")
    token = client.cookies["koryu-form"].value
    typed: dict[str, Any] = {"csrfmiddlewaretoken": token, "on_behalf_of": NLK, "letter": letter()}
    assert does(client, "letter", proposed_to_three, **typed).status_code == 401


# Not taking up, proposing otherwise, withdrawing


def test_not_taking_it_up_needs_a_reason_in_ones_own_language(proposed: str) -> None:
    client = head(language="ja")
    answer = does(client, "decline", proposed, **{"text-en": "Not this year"})
    assert (answer.status_code, said()) == (409, [("proposed", NDL)])
    assert "Not this year" in answer.content.decode()
    does(client, "decline", proposed, **{"text-ja": "来年に\r\nしたい", "text-en": "Next year"})
    given = history().statements[-1].reason or ""
    assert entries.texts([given]) == {given: Text({"ja": "来年に\nしたい", "en": "Next year", "source": "ja"})}


def test_a_reason_is_shown_as_it_was_typed_and_nothing_in_it_runs(proposed: str) -> None:
    client = head()
    does(client, "decline", proposed, **{"text-en": SCRIPT})
    for page in ("", "history/"):
        shown = client.get(f"/desk/record/{EXCHANGE}/{page}").content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
        assert SCRIPT not in shown


def test_the_same_refusal_sent_twice_is_said_once(proposed: str) -> None:
    client = head()
    for _ in range(2):
        assert does(client, "decline", proposed, **{"text-en": "Not this year"}).status_code == 302
    assert said() == [("proposed", NDL), ("declined", NLC)]


def test_control_characters_in_a_reason_are_refused_and_it_is_kept(proposed: str) -> None:
    answer = does(head(), "decline", proposed, **{"text-en": "no\x07"})
    assert (answer.status_code, said()) == (409, [("proposed", NDL)])


def test_proposing_otherwise_makes_one_draft_and_says_nothing(proposed: str) -> None:
    client = person("clerk", (NLC, "officer"))
    for _ in range(2):
        answer = does(client, "otherwise", proposed, **{"text-en": "In June"})
        (draft,) = queries.drafts_of(NLC)
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/draft/{draft.id}/")
    assert (draft.answers, draft.reason, draft.replaces) == (proposed, {"en": "In June"}, "")
    assert draft.content == exchange(NDL, NLC).content()
    assert said() == [("proposed", NDL)]


def test_sending_the_counter_proposal_declines_and_proposes_at_once(proposed: str) -> None:
    does(head(), "otherwise", proposed, **{"text-en": "In June"})
    (draft,) = queries.drafts_of(NLC)
    content = exchange(NDL, NLC, title="In June").content()
    actions.save(draft=draft.id, content=content, seen=1, by="chief", at=AT)
    changed = queries.draft(draft.id)
    assert changed
    actions.send(draft=draft.id, shown=changed.digest, by="chief", at=AT)
    assert said() == [("proposed", NDL), ("declined", NLC), ("proposed", NLC)]


def types_why(client: Client, draft: int, **why: str) -> Any:
    """Send the form of the counter-proposal as it is shown, with another reason."""
    html = client.get(f"/desk/draft/{draft}/edit/").content.decode()
    fields = posted(html, **{f"text-{tag}": text for tag, text in why.items()}, do="save")
    return client.post(f"/desk/draft/{draft}/edit/", dict(fields.lists()))


def test_why_the_proposed_text_is_not_taken_up_can_be_said_otherwise_until_it_is_sent(proposed: str) -> None:
    client = head()
    does(client, "otherwise", proposed, **{"text-en": "In June"})
    (draft,) = queries.drafts_of(NLC)
    assert types_why(client, draft.id).status_code == 302
    assert queries.drafts_of(NLC) == (draft,)
    assert types_why(client, draft.id, en="In July\x07", ja="7月に").status_code == 302
    (changed,) = queries.drafts_of(NLC)
    assert (changed.reason, changed.edition) == ({"en": "In July", "ja": "7月に", "source": "en"}, draft.edition + 1)
    assert "In July" in client.get(f"/desk/draft/{draft.id}/").content.decode()


def test_a_counter_proposal_without_a_reason_is_kept_and_not_sent(proposed: str) -> None:
    client = head()
    does(client, "otherwise", proposed, **{"text-en": "In June"})
    (draft,) = queries.drafts_of(NLC)
    assert types_why(client, draft.id, en="").status_code == 302
    (changed,) = queries.drafts_of(NLC)
    assert changed.reason is None
    answer = client.post(f"/desk/draft/{draft.id}/send/", {"shown": changed.digest})
    assert (answer.status_code, said()) == (409, [("proposed", NDL)])


def test_a_draft_that_answers_nothing_asks_for_no_reason() -> None:
    client, content = head(), exchange(NDL, NLC).content()
    draft = actions.draft(institution=NLC, record=uri("exchange/n"), content=content, replaces=None, by="chief", at=AT)
    assert 'name="text-' not in client.get(f"/desk/draft/{draft}/edit/").content.decode()
    assert types_why(client, draft, en="Because").status_code == 302
    (same,) = queries.drafts_of(NLC)
    assert (same.reason, same.edition) == (None, 1)


def test_nothing_is_proposed_otherwise_of_what_is_no_longer_open(proposed: str) -> None:
    actions.withdraw(version=proposed, **House(NDL).said)
    assert does(head(), "otherwise", proposed, **{"text-en": "In June"}).status_code == 409
    assert queries.drafts_of(NLC) == ()


def test_only_who_proposed_withdraws_and_only_once(proposed: str) -> None:
    assert does(head(), "withdraw", proposed).status_code == 409
    ours = head(NDL, "ours")
    for _ in range(2):
        assert does(ours, "withdraw", proposed).status_code == 302
    assert said() == [("proposed", NDL), ("withdrawn", NDL)]


# By letter


def test_a_letter_is_kept_and_the_acceptance_recorded_in_one_act(proposed_to_three: str) -> None:
    client = head(NDL, "ours")
    does(client, "letter", proposed_to_three, on_behalf_of=NLK, letter=letter("회신.pdf"))
    last = history().statements[-1]
    assert (last.said, last.institution, last.on_behalf_of, last.letter) == (
        "accepted by letter",
        NDL,
        NLK,
        digest(LETTER),
    )
    brought = files.Bringing.objects.get()
    assert (brought.digest, brought.name, brought.media_type) == (digest(LETTER), "회신.pdf", "application/pdf")
    assert (brought.institution, brought.record, brought.draft) == (NDL, EXCHANGE, 0)
    assert bytes(files.FileRow.objects.get(digest=digest(LETTER)).body) == LETTER


def test_one_sided_work_comes_to_stand_by_letter_and_says_so() -> None:
    version = House(NDL).propose(exchange(NDL, NLK))
    client = head(NDL, "ours")
    does(client, "letter", version, on_behalf_of=NLK, letter=letter())
    assert history().agreed == version
    assert "Agreed by letter, recorded by" in client.get(f"/desk/record/{EXCHANGE}/").content.decode()


def test_the_same_letter_sent_twice_is_recorded_once(proposed_to_three: str) -> None:
    client = head(NDL, "ours")
    for _ in range(2):
        assert does(client, "letter", proposed_to_three, on_behalf_of=NLK, letter=letter()).status_code == 302
    assert said() == [("proposed", NDL), ("accepted by letter", NDL)]


@pytest.mark.parametrize(
    ("name", "body", "why"),
    [
        ("letter.html", b"<html>", "cannot be attached"),
        ("letter.pdf", b"MZ\x90\x00", "is not what its name says"),
        ("letter.pdf", b"", "Attach the letter"),
        (f"{SCRIPT}.exe", b"MZ", "&lt;"),
    ],
)
def test_a_file_of_another_type_or_with_a_lying_name_leaves_nothing_behind(
    proposed_to_three: str, name: str, body: bytes, why: str
) -> None:
    typed: dict[str, Any] = {"on_behalf_of": NLK, **({"letter": letter(name, body)} if body else {})}
    answer = does(head(NDL, "ours"), "letter", proposed_to_three, **typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert why in page or "cannot be attached" in page
    assert SCRIPT not in page
    assert (said(), files.FileRow.objects.count()) == ([("proposed", NDL)], 0)


def test_a_file_that_is_too_large_leaves_nothing_behind(proposed_to_three: str, settings: Any) -> None:
    settings.FILE_SIZE = 1024 * 1024
    large = letter("scan.pdf", b"%PDF-" + bytes(1024 * 1024))
    answer = does(head(NDL, "ours"), "letter", proposed_to_three, on_behalf_of=NLK, letter=large)
    assert (answer.status_code, files.FileRow.objects.count()) == (409, 0)
    assert "“scan.pdf” is too large: a file has at most 1 MB." in answer.content.decode()


@pytest.mark.parametrize("behalf", [NLC, NAL, NDL, "", "x"])
def test_no_letter_speaks_for_who_has_a_key_or_no_part_in_it(proposed_to_three: str, behalf: str) -> None:
    answer = does(head(NDL, "ours"), "letter", proposed_to_three, on_behalf_of=behalf, letter=letter())
    assert (answer.status_code, said(), files.FileRow.objects.count()) == (409, [("proposed", NDL)], 0)


def test_a_letter_is_read_by_those_who_take_part_alone_and_never_inside_the_browser(proposed_to_three: str) -> None:
    ours = head(NDL, "ours")
    does(ours, "letter", proposed_to_three, on_behalf_of=NLK, letter=letter('회신 "y".pdf'))
    does(head(), "accept", proposed_to_three)
    address = f"/desk/file/{digest(LETTER)}?of={EXCHANGE}"
    found = head().get(address)
    assert (found.status_code, found.content) == (200, LETTER)
    assert found.headers["X-Content-Type-Options"] == "nosniff"
    assert found.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    stranger = person("stranger", (NAL, "head"))
    assert stranger.get(f"/desk/record/{EXCHANGE}/").status_code == 200
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_a_file_is_there_only_under_a_record_that_names_it(proposed_to_three: str) -> None:
    ours = head(NDL, "ours")
    does(ours, "letter", proposed_to_three, on_behalf_of=NLK, letter=letter())
    other = House(NDL, uri("exchange/other")).propose(exchange(NDL, NLC))
    assert other
    for of in ("", uri("exchange/other"), uri("exchange/none"), NDL):
        assert ours.get(f"/desk/file/{digest(LETTER)}?of={of}").status_code == 404
    assert ours.get(f"/desk/file/{digest(b'x')}?of={EXCHANGE}").status_code == 404


# Remarks, and erasing


def test_any_institution_remarks_on_what_is_on_record_and_its_last_word_counts() -> None:
    client, version = head(NDL, "ours"), history(NLK).recorded or ""
    does(client, "check", version, record=NLK)
    for _ in range(2):
        does(client, "differ", version, record=NLK, **{"text-en": "Founded in 1945"})
    assert said(NLK)[1:] == [("checked", NDL), ("account differs", NDL)]
    page = client.get(f"/desk/record/{NLK}/").content.decode()
    assert "gives a different account" in page
    assert "Founded in 1945" in page
    does(client, "differ", version, record=NLK, **{"text-en": "Founded in 1946"})
    assert len(said(NLK)) == 4


def test_that_an_account_differs_is_said_with_how() -> None:
    answer = does(head(NDL, "ours"), "differ", history(NLK).recorded or "", record=NLK)
    assert (answer.status_code, len(said(NLK))) == (409, 1)


@pytest.mark.parametrize(("who", "typed"), [(COMPILER, {}), (NLC, {"requested": "1"})])
def test_nothing_is_erased_that_was_changed_since_it_was_shown(houses: None, who: str, typed: dict[str, str]) -> None:
    shown = history(NLC).recorded or ""
    changed = library(NLC).model_copy(update={"title": Text.of(en="Changed")})
    actions.record(institution=COMPILER, record=NLC, document=changed, by="head", at=AT)
    client = head(who)
    assert does(client, "erase", shown, record=NLC, **typed).status_code == 409
    assert queries.standing(NLC) is not None
    for _ in range(2):
        assert does(client, "erase", history(NLC).recorded or "", record=NLC, **typed).status_code == 302
    assert [one for one, _ in said(NLC)].count("erased") == 1


def test_what_several_have_agreed_is_erased_with_the_box_ticked_that_a_person_named_asked_for_it(proposed: str) -> None:
    House(NLC).accept(proposed)
    client = head()
    page = shows(client, "erase", proposed).content.decode()
    assert '<label><input type="checkbox" name="requested" value="1"> A person named in it has asked for it.' in page
    assert '<button class="commits">' in page
    assert does(client, "erase", proposed).status_code == 409
    assert history().erased == frozenset()
    assert does(client, "erase", proposed, requested="1").status_code == 302
    assert history().erased == {history().headers[proposed].content}
    assert history().statements[-1].at_request_of_named


# Two at once


def test_whoever_lost_their_role_meanwhile_says_nothing(proposed: str) -> None:
    client = head()
    people.appoint(username="other", name="", institution=NLC, role="head")
    people.dismiss(username="chief", institution=NLC)
    assert does(client, "accept", proposed).status_code == 404
    assert institutions.role_of(person="chief", institution=NLC) is None
    assert said() == [("proposed", NDL)]


def test_a_page_that_said_why_nothing_was_done_leads_to_the_record_when_asked_for_anew(proposed: str) -> None:
    answer = head().get(f"/desk/record/{EXCHANGE}/act/accept/")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/record/{EXCHANGE}/")


def test_changing_the_language_stays_on_exactly_the_text_that_is_shown(proposed: str) -> None:
    page = shows(head(), "accept", proposed).content.decode()
    assert f'name="next" value="/desk/record/{EXCHANGE}/act/accept/?version={quote(proposed)}"' in page
