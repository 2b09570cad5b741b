"""Private links: made, shown once, read without an account; guessed, ended, forwarded; what each sort shows."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.test import Client

from koryu.consent import actions, queries
from koryu.desk import clock
from koryu.desk.visit import visit_pages
from koryu.files import actions as files
from koryu.gateway.request_log import page_of as logged
from koryu.institutions import actions as people
from koryu.institutions import models, steps
from koryu.institutions.queries import token_digest
from koryu.journal.queries import lines as journal_lines
from koryu.planning import actions as planning
from koryu.records.kinds import document_of
from koryu.seals.digests import digest
from tests import visit
from tests.desk.people import person
from tests.visit import DAYS, GUESTS, HOSTS, LECTURE, NOW, SESSIONS, TODAY
from tests.world import EXCHANGE, HEAD, NDL, NLC, NLK, PROGRAMME, of, participation, stands, timetable, uri

pytestmark = pytest.mark.django_db
PAGE: Final = "/desk/exchange/e/links/"
ENDS: Final = date(2027, 11, 29)
UNKNOWN: Final = "/v/AAAAAAAAAAAAAAAAAAAAAA/"


@pytest.fixture(scope="module", autouse=True)
def world(once: None) -> None:
    visit.houses()
    visit.visit()


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    on(monkeypatch, TODAY)


def on(monkeypatch: pytest.MonkeyPatch, day: date, now: str = NOW) -> None:
    monkeypatch.setattr(clock, "today", lambda: day)
    monkeypatch.setattr(clock, "now", lambda: now)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


def makes(client: Client, scope: str = "delegate", **typed: str) -> str:
    """The path of a new link."""
    whom = {"delegate": f"{GUESTS} shen", "interpreter": f"{GUESTS} he"}.get(scope, "")
    sent = {"act": "make", "scope": scope, "person": whom, "language": "en", "ends": ENDS.isoformat(), **typed}
    answer = client.post(PAGE, sent)
    assert answer.status_code == 200, answer.content.decode()
    (path,) = re.findall(r'value="https?://[^/"]+(/v/[A-Za-z0-9_-]{22}/)"', answer.content.decode())
    return str(path)


def opened(path: str, **more: Any) -> str:
    answer = Client().get(path, **more)
    assert answer.status_code == 200
    html = str(answer.content.decode())
    assert "&lt;" not in html
    return html


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.partition("<body>")[2]))


def keep(sheet: str, about: str = EXCHANGE, institution: str = NDL, **rows: dict[str, Any]) -> None:
    people.appoint(username="keeper", name="Keeper", institution=institution, role="officer")
    said: dict[str, Any] = {"institution": institution, "exchange": about, "by": "keeper", "at": NOW}
    planning.keep_arranged(sheet=sheet, rows=rows, seen={}, delete_on=date(2028, 3, 1), **said)


SHEN: Final = {"person": "沈文远", "member": f"{GUESTS} shen"}


def arranged() -> None:
    """Rows of two guests and of the host alone, whom to call, and two terms."""
    arrival = {"way": "arrives", "day": "2027-11-08", "time": "14:05", "train": "CA925"}
    keep("arrivals", r1={**SHEN, **arrival}, r2={"person": "何静", "train": "PLANTED1"})
    keep("rooms", r1={"person": "Shen Wenyuan", "room": "605"}, r2={"person": "何静", "room": "PLANTED2"})
    keep("diet", r1={**SHEN, "diet": "PLANTED3"})
    keep("free", r1={"what": "PLANTED4"})
    keep("calls", r1={"who": "森 健一", "phone": "+81 3 3506 3319"})
    keep("terms", PROGRAMME, t1={"term": {"ja": "業務交流", "zh-Hans": "业务交流", "source": "ja"}})


# Made and ended


def test_a_link_is_shown_once_and_only_its_digest_is_kept(officer: Client) -> None:
    path = makes(officer, email="shen@example.org")
    secret = path.split("/")[2]
    kept = models.TokenRow.objects.get()
    assert (kept.digest, kept.part, kept.member, kept.ends) == (token_digest(secret), GUESTS, "shen", ENDS)
    assert (kept.person, kept.made_by, kept.name) == (None, "officer", "")
    page = officer.get(PAGE)
    assert secret not in page.content.decode() + str(list(journal_lines()))
    assert "沈文远" in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "link given" in [line.change for line in journal_lines()]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"ends": "2027-11-08"}, "Choose a day still to come on which it ends."),
        ({"ends": (TODAY + timedelta(days=181)).isoformat()}, "A link ends after 180 days at the latest."),
        ({"ends": "soon"}, "Choose a day still to come on which it ends."),
        ({"scope": "everything"}, "Choose one of the values offered."),
        ({"person": ""}, "Choose the person it is for."),
        ({"person": f"{GUESTS} nobody"}, "Choose the person it is for."),
        ({"person": "tag:other.org,2026:participation/x shen"}, "Choose the person it is for."),
    ],
)
def test_a_link_that_cannot_be_is_not_made(officer: Client, typed: dict[str, str], said: str) -> None:
    sent = {"act": "make", "scope": "delegate", "person": f"{GUESTS} shen", "ends": ENDS.isoformat(), **typed}
    answer = officer.post(PAGE, sent)
    assert (answer.status_code, said in answer.content.decode()) == (409, True)
    assert not models.TokenRow.objects.exists()


def test_what_is_offered_ends_two_weeks_after_the_departure(officer: Client) -> None:
    assert 'name="ends" value="2027-11-29"' in officer.get(PAGE).content.decode()


@pytest.mark.parametrize("who", [(NLK, "head"), (NDL, "contributor"), (NDL, "translator"), (NDL, "reader")])
def test_nobody_else_sees_makes_or_ends_links(officer: Client, who: tuple[str, str]) -> None:
    path, client = makes(officer), person("somebody", who)
    number = models.TokenRow.objects.get().pk
    for typed in ({"act": "make", "scope": "reader", "ends": ENDS.isoformat()}, {"act": "end", "link": str(number)}):
        assert client.post(PAGE, typed).status_code == 404
    assert client.get(PAGE).status_code == 404
    assert Client().get(PAGE).status_code == 302
    assert opened(path)


def test_a_partner_sees_and_ends_its_own_links_alone(officer: Client) -> None:
    path, guest = makes(officer), person("guest", (NLC, "head"))
    answer = guest.post(PAGE, {"act": "end", "link": str(models.TokenRow.objects.get().pk)})
    assert answer.status_code == 409
    assert "No link is open." in guest.get(PAGE).content.decode()
    assert opened(path)


# What opens nothing


def test_unknown_ended_revoked_and_taken_back_are_one_answer(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ended, revoked, back = makes(officer, ends="2027-11-10"), makes(officer), makes(officer, "reader")
    number = models.TokenRow.objects.get(digest=token_digest(revoked.split("/")[2])).pk
    colleague = person("colleague", (NDL, "head"))
    assert colleague.post(PAGE, {"act": "end", "link": str(number)}).status_code == 302
    on(monkeypatch, date(2027, 11, 11))
    stands(visit.plan(institutions=[NLC], hosts=[NLC]), NDL, NLC, replaces=queries.history(EXCHANGE).in_force)
    answers = [Client().get(path) for path in (UNKNOWN, ended, revoked, back, f"{ended}page.html", "/v/x/")]
    answers += [Client().post(back), Client().head(UNKNOWN), Client().get(f"/v/{'ä' * 300}/")]
    told = {(answer.status_code, answer.content, tuple(sorted(answer.items()))) for answer in answers if answer.content}
    assert len(told) == 1
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content.decode().count("<p lang=") == 4


def test_after_twenty_wrong_ones_in_a_minute_there_is_429_and_a_right_one_still_opens(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, guesser = makes(officer), Client(REMOTE_ADDR="203.0.113.9")
    codes = [guesser.get(f"/v/{number:022}/").status_code for number in range(22)]
    assert codes == [404] * 20 + [429] * 2
    assert guesser.get(path).status_code == 200
    assert Client(REMOTE_ADDR="203.0.113.10").get(UNKNOWN).status_code == 404
    on(monkeypatch, TODAY, "2027-11-08T23:31:30Z")
    assert guesser.get(UNKNOWN).status_code == 404


def test_opening_changes_nothing_but_a_count(officer: Client) -> None:
    path = makes(officer)
    before = models.TokenRow.objects.values().get()
    for _ in range(2):
        # Forwarded to somebody else, looked at by a machine.
        opened(path, headers={"User-Agent": "scanner", "Cookie": "a=b"})
    assert Client().head(path).status_code == 200
    now = models.TokenRow.objects.values().get()
    assert now == {**before, "opened": 2}
    assert ">2<" in officer.get(PAGE).content.decode()


def test_a_link_outlives_the_role_of_its_maker_and_is_ended_by_whoever_comes_after(officer: Client) -> None:
    path = makes(officer)
    models.RoleRow.objects.filter(person__username="officer").delete()
    assert "沈文远" in opened(path)
    head = person("newcomer", (NDL, "head"))
    head.post(PAGE, {"act": "end", "link": str(models.TokenRow.objects.get().pk)})
    assert Client().get(path).status_code == 404


def test_links_are_deleted_a_month_after_they_have_ended(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    makes(officer)
    assert steps.delete_links(at=NOW, today=ENDS + timedelta(days=30)) == []
    assert steps.delete_links(at=NOW, today=ENDS + timedelta(days=31)) == [
        "1 private links that had ended were deleted."
    ]
    assert not models.TokenRow.objects.exists()


# How it is read


@pytest.mark.parametrize("scope", ["delegate", "interpreter", "reader"])
def test_a_page_has_no_cookie_no_script_no_copy_and_is_told_to_nobody(officer: Client, scope: str) -> None:
    path = makes(officer, scope)
    for address in (path, f"{path}page.html"):
        answer = Client().get(address)
        html = answer.content.decode()
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert answer["X-Robots-Tag"].startswith("noindex")
        assert not answer.cookies
        assert "<script" not in html
        assert re.findall(r'(?:src|href)="([^"#]+)"', html) in (["page.html"], [])
        assert path.split("/")[2] not in html
        assert len(answer.content) < 200_000
    assert logged({"PATH_INFO": path}, status=200) == "/v/…"


def test_a_saved_page_is_whole_and_says_when_it_was_saved(officer: Client) -> None:
    answer = Client().get(f"{makes(officer)}page.html")
    html = answer.content.decode()
    assert "Saved 9 November 2027, 08:30 (Tokyo time). The page may be newer at its address." in html
    assert (Path(visit_pages.__file__).parents[2] / "static/koryu/visit.css").read_text() in html
    assert answer["Content-Disposition"] == 'attachment; filename="e-2027-11-09.html"'


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
@pytest.mark.parametrize("scope", ["delegate", "interpreter", "reader"])
def test_each_page_is_made_in_the_language_of_its_link(officer: Client, scope: str, language: str) -> None:
    arranged()
    html = opened(makes(officer, scope, language=language), headers={"Accept-Language": "fr"})
    assert f'<html lang="{"zh-Hans" if language == "zh-hans" else language}">' in html
    assert visit.TITLE["zh-Hans" if language == "zh-hans" else language] in html


# What each sees


def test_a_delegate_sees_today_first_their_own_days_papers_arrival_and_room(officer: Client) -> None:
    arranged()
    text = words(opened(makes(officer)))
    assert text.index("Today") < text.index("All days")
    assert "10:00–11:30 09:00–10:30" in text
    assert "National Archives" in text
    assert "Hosts among themselves" not in text
    assert "CA925" in text
    assert "605" in text
    assert "国家图书馆的新馆" in text
    assert "+81 3 3506 3319" in text
    assert "PLANTED" not in text


def test_an_interpreter_sees_their_sessions_names_with_readings_and_what_is_missing(officer: Client) -> None:
    arranged()
    text = words(opened(makes(officer, "interpreter")))
    assert "interprets" in text
    assert "National Archives" not in text
    assert "しん・ぶんえん" in text
    assert "もり けんいち" in text
    assert "title missing" in text
    assert "text missing" in text
    assert "业务交流" in text
    assert "CA925" not in text
    assert "PLANTED" not in text
    # Somebody whom the host supplies is in no list: all sessions.
    free = words(opened(makes(officer, "interpreter", person="", name="Ms Kim")))
    assert "National Archives" in free
    assert "Ms Kim" in free


def test_a_reader_sees_what_stands_for_the_circle_and_no_rows(officer: Client) -> None:
    arranged()
    text = words(opened(makes(officer, "reader", name="Director")))
    for shown in ("沈文远", "国家图书馆的新馆", "National Archives", "Hosts among themselves", "Director"):
        assert shown in text
    for row in ("CA925", "605", "+81", "PLANTED"):
        assert row not in text


def test_the_text_of_a_paper_is_kept_by_whoever_is_shown_the_paper_and_by_nobody_else(officer: Client) -> None:
    body = b"%PDF-1.4 the text"
    named = digest(body)
    brought: dict[str, Any] = {"institution": NLC, "record": LECTURE, "by": "head", "at": NOW}
    files.bring(name="lecture.pdf", media_type="application/pdf", body=body, **brought)
    file = {"id": "f", "name": "lecture.pdf", "digest": named, "media_type": "application/pdf", "size": len(body)}
    wording = {"id": "w", "lang": "zh-Hans", "title": "国家图书馆的新馆", "status": "as given", "file": file}
    replaces = queries.history(LECTURE).in_force
    visit.says(NLC, visit.lecture(wordings=[wording]), LECTURE, replaces=replaces)
    paths = {scope: makes(officer, scope) for scope in ("delegate", "reader")}
    hosts = makes(officer, person=f"{HOSTS} mori")
    for path in paths.values():
        (address,) = re.findall(r'href="(text/[^"]+)"', opened(path))
        answer = Client().get(f"{path}{address}")
        assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, body, "application/pdf")
        assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
        assert answer["Content-Disposition"] == 'attachment; filename="lecture.pdf"'
        assert "text/" not in Client().get(f"{path}page.html").content.decode().partition("<body>")[2]
    # Another person's paper, a file of nothing, a link that is none; and no page is made of what is asked for.
    for wrong in (f"{hosts}text/{named}/", f"{paths['reader']}text/{digest(b'other')}/", f"{UNKNOWN}text/{named}/"):
        assert (Client().get(wrong).status_code, Client().get(wrong).content) == (404, Client().get(UNKNOWN).content)


def test_questions_are_shown_to_whom_they_are_put_and_to_the_interpreter(officer: Client) -> None:
    asks = {"institution": NDL, "printed": {"ja": "森 健一"}}
    items = [
        {"id": "q1", "type": "question", "text": {"ja": "新館はいつ開きますか"}, "of": {"paper": LECTURE}, "by": asks},
        {
            "id": "q2",
            "type": "question",
            "text": {"ja": "統計をください"},
            "to": {"printed": {"zh-Hans": "沈文远"}},
            "in_writing": True,
            "due": "2027-11-24",
        },
        {"id": "q3", "type": "question", "text": {"ja": "通訳への問い"}, "to": {"printed": {"zh-Hans": "何静"}}},
    ]
    visit.says(NDL, of("questions", institution=NDL, exchange=EXCHANGE, items=items), uri("questions/e-ndl"))
    answered = {"record": uri("questions/e-ndl"), "item": "q1"}
    said = {"id": "a1", "type": "answer", "text": {"zh-Hans": "明年春天"}, "answers": answered}
    visit.says(NLC, of("questions", institution=NLC, exchange=EXCHANGE, items=[said]), uri("questions/e-nlc"))
    text = words(opened(makes(officer)))
    for shown in ("新館はいつ開きますか", "森 健一 (NDL)", "明年春天", "統計をください"):
        assert shown in text
    assert text.count("To be answered in writing by 24 November 2027.") == 1
    assert "通訳への問い" not in text
    assert "通訳への問い" in words(opened(makes(officer, "interpreter")))
    assert "統計をください" not in words(opened(makes(officer, "reader")))


def test_an_exchange_that_is_cancelled_says_so_first(officer: Client) -> None:
    path = makes(officer)
    cancelled = visit.plan(event={"state": "cancelled"})
    stands(cancelled, NDL, NLC, replaces=queries.history(EXCHANGE).in_force)
    assert "cancelled" in words(opened(path)).partition("Whom to call")[0].partition("All days")[0]


def test_a_link_shows_nothing_that_is_drafted_or_of_another_institution_alone(officer: Client) -> None:
    keep("free", institution=NLC, r1={"what": "PLANTED"})
    keep("terms", PROGRAMME, institution=NLC, t1={"term": {"en": "PLANTED"}})
    moved = [{**SESSIONS[0], "title": {"en": "PLANTED"}}]
    actions.draft(institution=NDL, record=DAYS, content=visit.days(moved).content(), replaces=None, **HEAD)
    for scope in ("delegate", "interpreter", "reader"):
        assert "PLANTED" not in opened(makes(officer, scope))


def test_what_was_changed_this_morning_stands_before_everything_else(officer: Client) -> None:
    path = makes(officer)
    assert "Changed since it was fixed" not in opened(path)
    moved = [SESSIONS[0], {**SESSIONS[1], "start": "15:00"}, SESSIONS[2]]
    before = queries.history(DAYS).in_force
    said: dict[str, Any] = {"institution": NDL, "record": DAYS, "by": "head", "at": "2027-11-08T22:40:00Z"}
    actions.propose(document=visit.days(moved), replaces=before, **said)
    text = words(opened(path))
    assert text.index("Changed since it was fixed") < text.index("Today:")
    assert "14:00 → 15:00" in text
    assert 'class="new"' in opened(path)


def test_of_two_timetables_that_of_the_host_is_shown(officer: Client) -> None:
    guests = timetable(NLC, sessions=[{**SESSIONS[0], "title": {"en": "PLANTED"}}], shown_to="institutions")
    visit.says(NLC, guests, uri("timetable/a"))
    text = words(opened(makes(officer, "reader")))
    assert "National Archives" in text
    assert "PLANTED" not in text


def test_a_member_who_left_the_list_is_told_so(officer: Client) -> None:
    path = makes(officer)
    left = participation(NLC, members=visit.MEMBERS[1:], shown_to="institutions")
    visit.says(NLC, document_of(left.content()), GUESTS, replaces=queries.history(GUESTS).in_force)
    text = words(opened(path))
    assert "Your name is not in the list of people any more." in text
    assert "somebody who is no longer in the list" in officer.get(PAGE).content.decode()


@pytest.mark.parametrize("scope", ["delegate", "interpreter", "reader"])
def test_a_page_takes_six_statements_at_most(officer: Client, scope: str, django_assert_max_num_queries: Any) -> None:
    arranged()
    path = makes(officer, scope)
    opened(path)
    with django_assert_max_num_queries(6):
        opened(path)
