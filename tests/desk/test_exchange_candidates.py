"""Candidate dates through the door: put forward, answered by each side itself or as told, taken; who sees them."""

import re
from datetime import date, timedelta
from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions as consent_actions
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.files.queries import kept
from koryu.planning import actions, queries, steps
from koryu.planning.rules.candidates import Says
from koryu.planning.rules.periods import Effect, Period, ShownAs
from koryu.records.kinds import document_of
from koryu.values.reason import Refused
from koryu.values.text import Text
from tests.desk.people import person
from tests.desk.test_exchange_dates import text_of
from tests.world import (
    AT,
    COMPILER,
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    NLC,
    NLK,
    House,
    drafted,
    in_countries,
    programme,
    records,
    settle_in,
    the_exchange,
    under,
    uri,
)

pytestmark = pytest.mark.django_db
HERE: Final = "/desk/exchange/e/candidates/"
LETTER: Final = f"{HERE}text/"
TODAY: Final = date(2026, 11, 29)
TRIP: Final = [{"id": "d", "scope": "trip", "date": "2027"}]
SPAN: Final = (date(2027, 11, 16), date(2027, 11, 23))
OTHER: Final = (date(2027, 9, 27), date(2027, 10, 4))


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    in_countries({NDL: "JP", NLC: "CN", NAL: "KR"})


@pytest.fixture(autouse=True)
def autumn_of_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def partner() -> Client:
    return person("partner", (NLC, "officer"), language="zh-hans")


def draft(*institutions: str, shown: bool = True, **more: Any) -> int:
    """A draft of the exchange by the first of these, shown to the others."""
    given = {"dates": TRIP, "hosts": [institutions[0]], **more}
    number = drafted(institutions[0], under(*institutions, **given))
    if shown:
        consent_actions.share(draft=number, by="head", at=AT)
    return number


def forward(*spans: tuple[date, date], institution: str = NDL, together: tuple[str, ...] = (NDL, NLC)) -> None:
    actions.put_forward(institution=institution, exchange=EXCHANGE, spans=spans, together=together, today=TODAY, **HEAD)


def known(asking: str = NDL, together: tuple[str, ...] = (NDL, NLC)) -> Any:
    return queries.candidates(EXCHANGE, asking=asking, together=together)


def said(of: str, *, asking: str = NDL) -> list[Says | None]:
    answers = [each.answer_of(of, asking=asking) for each in known(asking)]
    return [each.says if each else None for each in answers]


def fields(client: Client, form: str = "answers") -> dict[str, str]:
    """What the boxes of a form hold."""
    page = client.get(HERE).content.decode()
    typed = dict(re.findall(rf'name="([a-z]+-\d+)" form="{form}" value="([^"]*)"', page))
    for name, options in re.findall(rf'<select name="([a-z]+-\d+)" form="{form}"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.findall(r'value="([^"]*)" selected', options)
        typed[name] = chosen[0] if chosen else ""
    return typed


def answer(client: Client, **says: str) -> Any:
    """What was shown, with these answers in the place of what was chosen: `_1="preferred"`."""
    changed = {f"says-{name.removeprefix('_')}": value for name, value in says.items()}
    return client.post(HERE, {**fields(client), **changed, "answer": "1"})


# Put forward


def test_days_ticked_beside_what_was_found_are_put_forward_for_as_long_as_the_trip(officer: Client) -> None:
    draft(NDL, NLC)
    page = officer.get("/desk/exchange/e/dates/").content.decode()
    offered = re.findall(r'name="day" value="([^"]+)" form="put-forward"', page)
    assert offered
    assert officer.post(HERE, {"put-forward": "1", "day": offered[:2], "length": "8"}).status_code == 302
    assert [(str(each.first), each.days) for each in known()] == [(day, 8) for day in offered[:2]]
    assert said(NDL) == ["possible", "possible"]


@pytest.mark.parametrize(
    ("first", "last", "spans"),
    [
        ("2027-11-16", "2027-11-23", [SPAN]),
        ("16-23 November 2027", "", [SPAN]),
        ("2027年11月16日", "2027年11月23日", [SPAN]),
        ("2027-11-16", "", [(SPAN[0], SPAN[0])]),
    ],
)
def test_typed_dates_are_understood_as_everywhere(officer: Client, first: str, last: str, spans: Any) -> None:
    draft(NDL, NLC)
    typed = {"put-forward": "1", "first": first, "last": last, "says": "preferred"}
    assert officer.post(HERE, typed).status_code == 302
    assert [(each.first, each.last) for each in known()] == spans
    assert said(NDL) == ["preferred"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"first": "2026-11-01", "last": "2026-11-08"}, "These dates have passed."),
        ({"first": "2027-11-16", "last": "2027-11-23"}, "These dates are among the candidates already."),
        ({"first": "2027-11-23", "last": "2027-11-16"}, "The last day comes before the first."),
        ({"first": "2027-11", "last": "2027-12"}, "Enter the first and the last day."),
        ({"first": "2027-11-1X"}, "is not understood as a date"),
        ({"first": "soon"}, "is not understood as a date"),
        ({"first": "", "last": ""}, "Enter the first and the last day."),
        ({"first": "2027-02-30", "last": "2027-03-02"}, "not a valid calendar date"),
        ({"first": "2027-11-16", "last": "2028-11-16"}, "Candidate dates last at most 100 days."),
        ({"length": "8"}, "Tick the days of arrival first."),
        ({"day": "yesterday", "length": "8"}, "Choose the day of arrival."),
        ({"day": "9999-12-31", "length": "8"}, "Enter days between 1970 and 2100."),
        ({"day": "2027-12-01", "length": "x"}, "Say how many days the trip and the meetings last."),
        ({"day": ["2027-12-01", "2026-01-01"], "length": "8"}, "These dates have passed."),
    ],
)
def test_what_cannot_be_put_forward_is_refused_whole(officer: Client, typed: dict[str, Any], reason: str) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    answered = officer.post(HERE, {"put-forward": "1", **typed})
    assert answered.status_code == 409
    assert reason in text_of(answered)
    assert len(known()) == 1


def test_the_ninth_is_refused_whoever_put_the_eight_forward(officer: Client) -> None:
    draft(NDL, NLC)
    forward(*((date(2027, 9, day), date(2027, 9, day)) for day in range(1, 6)))
    forward(*((date(2027, 10, day), date(2027, 10, day)) for day in range(1, 4)), institution=NLC)
    answered = officer.post(HERE, {"put-forward": "1", "first": "2027-11-16"})
    assert answered.status_code == 409
    assert "At most eight candidates." in text_of(answered)
    assert len(known()) == 8


# Who sees them


def test_until_the_draft_is_shown_they_are_our_own(officer: Client, partner: Client) -> None:
    number = draft(NDL, NLC, shown=False)
    forward(SPAN, together=())
    assert "Only your institution sees these dates." in text_of(officer.get(HERE))
    assert partner.get(HERE).status_code == 404
    consent_actions.share(draft=number, by="head", at=AT)
    assert "Seen by you and: NLC" in text_of(officer.get(HERE))
    assert "2027年11月16日" in text_of(partner.get(HERE))


def test_what_stands_between_us_shows_nothing_of_what_only_we_consider(officer: Client, partner: Client) -> None:
    the_exchange(dates=TRIP, shown_to="institutions")
    forward(SPAN, together=())
    assert "16" in text_of(officer.get(HERE))
    assert "2027年11月16日" not in text_of(partner.get(HERE))
    number = int(known(together=())[0].id)
    refused = partner.post(HERE, {f"says-{number}": "possible", f"edition-{number}": "0", "answer": "1"})
    assert refused.status_code == 409


def test_a_stranger_and_who_is_signed_out_finds_nothing_and_can_do_nothing() -> None:
    draft(NDL, NLC)
    forward(SPAN)
    number = known()[0].id
    acts = (
        {"put-forward": "1", "first": "2027-12-01"},
        {f"says-{number}": "not possible", f"edition-{number}": "0", "answer": "1"},
        {"take": str(number)},
        {"withdraw": str(number)},
        {"told": "1", "of": NAL, "means": "mail", f"says-{number}": "possible"},
    )
    for client in (person("stranger", (NLK, "head")), person("somebody"), Client()):
        for address in (HERE, f"{LETTER}?to={NLC}", f"{HERE}file/sha-256:0/"):
            assert client.get(address).status_code in (302, 404)
        for act in acts:
            assert client.post(HERE, act).status_code in (200, 302, 401, 404)
        assert client.post(f"{LETTER}?to={NLC}").status_code in (200, 302, 401, 404)
    (candidate,) = known()
    assert [answer.of for answer in candidate.said] == [NDL]
    assert candidate.withdrawn_at == ""
    assert known(NLK, together=(NLK, NDL)) == (candidate,)
    assert known(NLK, together=()) == ()


@pytest.mark.parametrize("role", ["contributor", "translator", "reader"])
def test_other_roles_see_none_of_it(role: str) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    client = person(role, (NDL, role))
    number = known()[0].id
    for address in (HERE, f"{LETTER}?to={NLC}"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"withdraw": str(number)}).status_code == 404
    assert known()[0].withdrawn_at == ""
    with pytest.raises(Refused):
        actions.put_forward(institution=NDL, exchange=EXCHANGE, spans=[OTHER], together=(), today=TODAY, by=role, at=AT)


# What is said of them


def test_each_side_says_its_own_and_the_sentence_names_both(officer: Client, partner: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN, OTHER)
    first, second = (each.id for each in known())
    assert answer(officer, **{f"_{first}": "preferred"}).status_code == 302
    assert "Possible for all" not in text_of(officer.get(HERE))
    assert answer(partner, **{f"_{first}": "possible", f"_{second}": "not possible"}).status_code == 302
    page = text_of(officer.get(HERE))
    assert "Possible for all: 16–23 November 2027 NLC possible NDL preferred" in page or (
        "Possible for all: 16–23 November 2027 NDL preferred NLC possible" in page
    )
    assert said(NLC) == ["possible", "not possible"]
    assert said(NDL) == ["preferred", "possible"]
    # In its order: what is possible for all first.
    shown = re.findall(r'name="take" value="(\d+)"', officer.get(HERE).content.decode())
    assert shown == [str(first), str(second)]


def test_who_said_what_before_stays_with_its_day(officer: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    number = known()[0].id
    answer(officer, **{f"_{number}": "not possible"})
    answer(officer, **{f"_{number}": "preferred"})
    (candidate,) = known()
    assert [(each.says, each.edition, each.by) for each in candidate.said] == [
        ("possible", 1, "head"),
        ("not possible", 2, "officer"),
        ("preferred", 3, "officer"),
    ]
    page = text_of(officer.get(HERE))
    assert "before: not possible" in page
    assert "before: possible" in page
    # The same saved again is not said again.
    answer(officer)
    assert len(known()[0].said) == 3


def test_an_answer_to_what_a_colleague_has_changed_meanwhile_is_refused_and_kept_on_the_page(officer: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    number = known()[0].id
    stale = fields(officer)
    answer(officer, **{f"_{number}": "preferred"})
    typed = {**stale, f"says-{number}": "not possible", f"remark-{number}": "Inventory", "answer": "1"}
    answered = officer.post(HERE, typed)
    assert answered.status_code == 409
    assert "Somebody else changed this meanwhile." in text_of(answered)
    assert b'value="Inventory"' in answered.content
    assert said(NDL) == ["preferred"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"says-{n}": "first"}, "Choose preferred, possible or not possible."),
        ({"says-{n}": "asked"}, "Choose preferred, possible or not possible."),
        ({"says-999999": "possible"}, "These candidate dates are no longer there."),
        (
            {"says-{n}": "preferred", "edition-{n}": "1", "remark-{n}": "x" * 301},
            "A remark has at most 300 characters.",
        ),
        ({"says-{n}": "preferred", "edition-{n}": "x"}, "Somebody else changed this meanwhile."),
    ],
)
def test_what_cannot_be_answered_is_refused(officer: Client, typed: dict[str, str], reason: str) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    number = known()[0].id
    given = {name.format(n=number): value for name, value in typed.items()}
    answered = officer.post(HERE, {**given, "answer": "1"})
    assert answered.status_code == 409
    assert reason in text_of(answered)
    assert said(NDL) == ["possible"]


def test_what_was_withdrawn_is_neither_answered_nor_taken(officer: Client, partner: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    number = known()[0].id
    assert partner.post(HERE, {"withdraw": str(number)}).status_code == 409
    assert known()[0].withdrawn_at == ""
    assert officer.post(HERE, {"withdraw": str(number)}).status_code == 302
    assert officer.post(HERE, {"take": str(number)}).status_code == 409
    refused = partner.post(HERE, {f"says-{number}": "possible", "edition-0": "0", "answer": "1"})
    assert refused.status_code == 409
    assert "Withdrawn" in text_of(officer.get(HERE))
    # Put forward again, it is the same candidate.
    assert officer.post(HERE, {"put-forward": "1", "first": "16-23 November 2027"}).status_code == 302
    assert [(each.id, each.withdrawn_at) for each in known()] == [(number, "")]


def test_what_has_passed_meanwhile_is_shown_and_can_no_longer_be_answered(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    number = known()[0].id
    monkeypatch.setattr(clock, "today", lambda: date(2028, 1, 1))
    assert "These dates have passed." in text_of(officer.get(HERE))
    for act in ({f"says-{number}": "preferred", f"edition-{number}": "1", "answer": "1"}, {"take": str(number)}):
        answered = officer.post(HERE, act)
        assert answered.status_code == 409
        assert "These dates have passed." in text_of(answered)


# What partners know of the days


def test_each_side_reads_of_the_others_days_only_what_that_shows(officer: Client, partner: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    shown: dict[str, Any] = {"of": NDL, "kept_by": NDL, "first": SPAN[0], "last": SPAN[0], "effect": Effect.RULED_OUT}
    for label, how in (("HIDDEN", ShownAs.NOTHING), ("WORDLESS", ShownAs.NOT_POSSIBLE)):
        period = Period(label=Text.of(en=label), shown=how, **shown)
        actions.keep_period(period=period, institution=NDL, **HEAD)
    theirs = text_of(partner.get(HERE))
    assert "HIDDEN" not in theirs
    assert "WORDLESS" not in theirs
    assert "NDL" in theirs
    assert "HIDDEN, not possible" in text_of(officer.get(HERE))
    # A letter that leaves the house has holidays and nothing else.
    letter = text_of(officer.get(f"{LETTER}?to={NLC}&lang=en"))
    assert "HIDDEN" not in letter
    assert "WORDLESS" not in letter


# By letter, mail and telephone


@pytest.mark.parametrize(
    ("lang", "days", "asks"),
    [
        ("en", "Mon 27 September 2027 – Mon 4 October 2027", "Preferred / possible / not possible"),
        ("ja", "2027年9月27日（月）～10月4日（月）", ""),
        ("zh-hans", "2027年9月27日（周一）—10月4日（周一）", ""),
        ("ko", "2027년 9월 27일(월)~10월 4일(월)", ""),
    ],
)
def test_the_letter_is_in_the_language_of_the_partner(officer: Client, lang: str, days: str, asks: str) -> None:
    draft(NDL, NAL)
    forward(OTHER, together=(NDL, NAL))
    answered = officer.get(f"{LETTER}?to={NAL}&lang={lang}")
    page = answered.content.decode()
    text = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert f"1. {days}" in text
    assert f"<td>{days}</td>" in page
    assert asks in text
    # The holidays of both: of Japan there is none on these days.
    assert "개천절" in text or "National Foundation Day" in text
    file = officer.get(f"{LETTER}?to={NAL}&lang={lang}&as=file")
    assert file["Content-Disposition"] == f'attachment; filename="dates-{lang}.html"'
    assert f"<td>{days}</td>" in file.content.decode()


def test_without_a_choice_it_is_the_language_of_their_country(officer: Client) -> None:
    draft(NDL, NAL)
    forward(OTHER, together=(NDL, NAL))
    assert "2027년 9월 27일(월)" in officer.get(f"{LETTER}?to={NAL}").content.decode()
    assert officer.get(f"{LETTER}?to={NAL}&lang=xx").status_code == 404
    for to in ("", NDL, NLC, "x" * 900):
        assert officer.get(f"{LETTER}?to={to}").status_code == 404


def test_who_was_asked_by_letter_is_who_the_dates_are_with(officer: Client) -> None:
    draft(NDL, NAL, shown=False)
    forward(OTHER, together=())
    assert "A draft; no partner has a text to answer." in text_of(officer.get(HERE))
    assert officer.post(f"{LETTER}?to={NAL}").status_code == 302
    page = text_of(officer.get(HERE))
    assert "Candidate dates are with NAL." in page
    assert "asked on 29 November 2026, no answer yet" in page or "no answer yet" in page
    # Noted once, however often it is pressed.
    officer.post(f"{LETTER}?to={NAL}")
    assert len(known(together=())[0].said) == 2
    assert "Candidate dates are with NAL." in text_of(officer.get("/desk/exchanges/"))


def told(client: Client, **more: Any) -> Any:
    number = known(together=())[0].id
    typed = {"told": "1", "of": NAL, "means": "letter", "told-on": "2026-11-20", f"says-{number}": "possible"}
    return client.post(HERE, {**typed, f"edition-{number}": "0", **more})


def test_what_they_answered_is_entered_as_told_with_the_letter(officer: Client) -> None:
    draft(NDL, NAL, shown=False)
    forward(OTHER, together=())
    letter = SimpleUploadedFile("reply.txt", "괜찮습니다".encode())
    assert told(officer, letter=letter).status_code == 302
    (candidate,) = known(together=())
    (answered,) = [each for each in candidate.said if each.of == NAL]
    assert (answered.kept_by, answered.means, answered.told_on, answered.file_name) == (
        NDL,
        "letter",
        "2026-11-20",
        "reply.txt",
    )
    page = officer.get(HERE)
    assert "as told by letter of 20 November 2026" in text_of(page)
    assert "Possible for all: 27 September" in text_of(page)
    (address,) = re.findall(rf'href="({HERE}file/[^"]+)"', page.content.decode())
    assert officer.get(address).content == "괜찮습니다".encode()
    assert person("stranger", (NLK, "head")).get(address).status_code == 404
    assert person("reader", (NDL, "reader")).get(address).status_code == 404
    # Nobody else's, whoever asks for it by its digest.
    assert officer.get(f"{HERE}file/{answered.file[:-1]}0/").status_code == 404


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"of": NLC}, "Choose from which institution it came."),
        ({"of": NDL}, "Choose from which institution it came."),
        ({"means": ""}, "Say how you were told: by letter, mail or telephone."),
        ({"means": "rumour"}, "Say how you were told: by letter, mail or telephone."),
        ({"told-on": "soon"}, "is not understood as a date"),
        ({"letter": SimpleUploadedFile("reply.exe", b"MZ")}, "cannot be attached"),
    ],
)
def test_what_was_told_wrongly_is_refused_and_no_file_is_kept(officer: Client, more: Any, reason: str) -> None:
    draft(NDL, NAL, shown=False)
    forward(OTHER, together=())
    answered = told(officer, **more)
    assert answered.status_code == 409
    assert reason in text_of(answered)
    assert len(known(together=())[0].said) == 1


def test_nothing_said_is_nothing_told(officer: Client) -> None:
    draft(NDL, NAL, shown=False)
    forward(OTHER, together=())
    number = known(together=())[0].id
    answered = told(officer, **{f"says-{number}": ""})
    assert answered.status_code == 409
    assert "Say what they answered" in text_of(answered)


def test_an_institution_that_uses_this_server_answers_itself(officer: Client) -> None:
    draft(NDL, NLC)
    forward(OTHER)
    answered = told(officer, of=NLC)
    assert answered.status_code == 409
    assert "That institution uses this server and must reply itself." in text_of(answered)
    assert b"Enter what NLC answered" not in officer.get(HERE).content


# Three institutions, two sides


def test_institutions_that_host_as_one_have_one_column_and_the_worst_of_them_counts(officer: Client) -> None:
    three = document_of(
        {
            **programme(NDL, NLK, NAL, title="Three").content(),
            "sides": [{"id": "a", "institutions": [NDL]}, {"id": "b", "institutions": [NLK, NAL]}],
        }
    )
    records(COMPILER, three, record=uri("programme/three"))
    draft(NDL, NLK, NAL, held_under=uri("programme/three"))
    forward(SPAN, together=(NDL, NLK, NAL))
    head = officer.get(HERE).content.decode().partition("<thead>")[2].partition("</thead>")[0]
    columns = [re.sub(r"<[^>]+>", "", each).strip() for each in re.findall(r"<th [^>]*>(.*?)</th>", head)]
    assert columns == ["No.", "Dates", "NDL", "NAL, NLK", "Actions"] or columns[2:4] == ["NDL", "NLK, NAL"]
    (candidate,) = known(together=(NDL, NLK, NAL))
    said_by_nlk = person("nlk", (NLK, "officer")).post(
        HERE, {f"says-{candidate.id}": "preferred", f"edition-{candidate.id}": "0", "answer": "1"}
    )
    assert said_by_nlk.status_code == 302
    assert "Possible for all" in text_of(officer.get(HERE))
    answered = officer.post(
        HERE,
        {
            "told": "1",
            "of": NAL,
            "means": "telephone",
            f"says-{candidate.id}": "not possible",
            f"edition-{candidate.id}": "0",
        },
    )
    assert answered.status_code == 302
    assert "Possible for all" not in text_of(officer.get(HERE))
    # What the NDL was told of the NAL is its own note: the NLK does not read it.
    theirs = text_of(person("nlk2", (NLK, "officer")).get(HERE))
    assert "telephone" not in theirs.partition("By letter")[0]
    assert "Possible for all" in theirs


# Taken


def test_the_dates_taken_stand_in_our_draft(officer: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN, OTHER)
    number = known()[0].id
    assert officer.post(HERE, {"take": str(number)}).headers["Location"] == "/desk/exchange/e/plan/"
    (own,) = consent.drafts_of(NDL)
    assert own.content["dates"] == [{"id": "d", "scope": "trip", "date": "2027-11-16/2027-11-23"}]
    page = text_of(officer.get(HERE))
    assert "as the plan has it now" in page
    assert "Candidate dates are with" not in page


def test_a_partner_without_a_draft_answers_and_takes_nothing(partner: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    assert b'name="take"' not in partner.get(HERE).content
    assert partner.post(HERE, {"take": str(known()[0].id)}).status_code == 409
    assert list(consent.drafts_of(NLC)) == []


def waiting(client: Client) -> list[str]:
    """Where To do leads for candidate dates that wait for an answer."""
    page = client.get("/desk/").content.decode()
    return re.findall(r'href="([^"]+)">Say which dates are possible<', page)


def told_of_dates(client: Client) -> tuple[bool, bool]:
    """Whether the list of exchanges, and the page of this one, say that dates wait for an answer."""
    there = [text_of(client.get(address)) for address in ("/desk/exchanges/", "/desk/exchange/e/plan/")]
    listed, on_page = ("Candidate dates of" in each.replace("\u2068", "").replace("\u2069", "") for each in there)
    return listed, on_page


@pytest.fixture
def asked() -> Client:
    return person("asked", (NLC, "officer"))


def test_a_partner_is_told_that_dates_wait_for_its_answer_until_it_has_answered_all(
    officer: Client, asked: Client
) -> None:
    draft(NDL, NLC)
    forward(OTHER, SPAN)
    assert waiting(asked) == [HERE]
    assert told_of_dates(asked) == (True, True)
    assert waiting(officer) == []
    assert told_of_dates(officer) == (False, False)
    first, second = (each.id for each in known())
    answer(asked, **{f"_{first}": "possible"})
    assert waiting(asked) == [HERE]
    answer(asked, **{f"_{second}": "not possible"})
    assert waiting(asked) == []
    assert told_of_dates(asked) == (False, False)


def test_what_is_withdrawn_taken_or_past_waits_for_no_answer(
    officer: Client, asked: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(NDL, NLC)
    forward(OTHER, SPAN)
    first, second = (each.id for each in known())
    officer.post(HERE, {"withdraw": str(first)})
    assert waiting(asked) == [HERE]
    monkeypatch.setattr(clock, "today", lambda: SPAN[0] + timedelta(days=1))
    assert waiting(asked) == []
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    assert officer.post(HERE, {"take": str(second)}).status_code == 302
    assert waiting(asked) == []
    assert told_of_dates(asked) == (False, False)


def test_dates_of_a_plan_that_is_not_shown_to_us_are_not_told(asked: Client) -> None:
    draft(NDL, NLC, shown=False)
    forward(OTHER)
    assert waiting(asked) == []
    assert told_of_dates(asked) == (False, False)


def test_whoever_puts_dates_forward_where_our_draft_is_shown_asks_us(officer: Client) -> None:
    draft(NDL, NLC)
    forward(OTHER, institution=NLC)
    assert waiting(officer) == [HERE]
    assert told_of_dates(officer) == (True, True)


@pytest.mark.parametrize("who", [(NLC, "contributor"), (NLC, "translator"), (NLK, "head"), (NLK, "officer")])
def test_nobody_else_is_told_of_dates_that_wait(who: tuple[str, str]) -> None:
    draft(NDL, NLC)
    forward(OTHER)
    assert waiting(person("somebody", who)) == []


def test_to_do_takes_as_many_statements_whatever_dates_wait(asked: Client, django_assert_num_queries: Any) -> None:
    draft(NDL, NLC)
    asked.get("/desk/")
    for spans in ((), (OTHER,), (SPAN,)):
        forward(*spans)
        with django_assert_num_queries(9):
            asked.get("/desk/")


DATES: Final = "/desk/exchange/e/dates/?year=2027"


def frames(client: Client) -> tuple[list[str], list[str]]:
    """The frames drawn in the picture of the year, each with its number; and the rows of its table that say them."""
    page = client.get(DATES).content.decode()
    across = page.partition('<svg class="year across"')[2].partition("</svg>")[0]
    drawn = re.findall(r'<rect class="(frame[^"]*)"[^>]*/>(?:<text class="number"[^>]*>(\d+)<)?', across)
    rows = re.findall(r'<tr id="dates-\d+">(.*?)</tr>', page, re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", row).replace("\u2068", "").replace("\u2069", "").split()) for row in rows]
    return [f"{kind} {number}".strip() for kind, number in drawn], words


def test_candidates_are_frames_with_their_numbers_in_the_picture_of_the_year(officer: Client) -> None:
    draft(NDL, NLC)
    forward(OTHER, SPAN)
    forward((date(2027, 10, 18), date(2027, 10, 25)), institution=NLC)
    drawn, rows = frames(officer)
    assert drawn == ["frame 1", "frame 2", "frame 3"]
    assert [row.partition(" ")[0] for row in rows] == ["NDL", "NDL", "NLC"]
    assert all(f"candidate {number}" in row for number, row in enumerate(rows, 1))
    numbers = [each.id for each in known()]
    at = {"institution": NDL, "exchange": EXCHANGE, "together": (NDL, NLC), **HEAD}
    actions.withdraw_candidate(candidate=numbers[0], **at)
    assert frames(officer)[0] == ["frame 2", "frame 3"]
    assert officer.post(HERE, {"take": str(numbers[1])}).status_code == 302
    assert frames(officer)[0] == ["frame 2", "frame 3"]


def test_once_agreed_the_dates_of_a_candidate_are_filled(officer: Client) -> None:
    draft(NDL, NLC)
    forward(OTHER, SPAN)
    the_exchange(dates=[{"id": "d", "scope": "trip", "date": f"{SPAN[0]}/{SPAN[1]}"}], hosts=[NDL])
    drawn, rows = frames(officer)
    assert sorted(drawn) == ["frame 1", "frame agreed"]
    assert any(row.startswith("Plan ") and "agreed dates" in row for row in rows)


def test_of_candidates_that_we_do_not_see_nothing_is_drawn(officer: Client) -> None:
    draft(NDL, NLC, shown=False)
    the_exchange(hosts=[NDL])
    forward(OTHER, institution=NLC, together=(NLC,))
    assert frames(officer) == ([], [])


def test_what_was_chosen_is_not_lost_when_dates_are_taken(officer: Client) -> None:
    draft(NDL, NLC)
    forward(SPAN, OTHER)
    first, second = (each.id for each in known())
    typed = {**fields(officer), f"says-{second}": "not possible", "take": str(first)}
    assert officer.post(HERE, typed).status_code == 302
    assert said(NDL) == ["possible", "not possible"]


# In four languages, and how much it costs


@pytest.mark.parametrize("language", ["en", "ja", "zh-hans", "ko"])
def test_the_pages_are_there_in_each_language(language: str) -> None:
    draft(NDL, NLC)
    forward(SPAN)
    client = person("officer", (NDL, "officer"), language=language)
    for address in (HERE, f"{LETTER}?to={NLC}"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_take_as_many_statements_however_many_there_are(
    officer: Client, count: int, django_assert_max_num_queries: Any
) -> None:
    draft(NDL, NLC)
    forward(*((date(2027, 10, 1 + place), date(2027, 10, 8 + place)) for place in range(count)))
    for address in (HERE, f"{LETTER}?to={NLC}", "/desk/exchange/e/dates/", "/desk/exchange/e/plan/"):
        officer.get(address)
        with django_assert_max_num_queries(8):
            officer.get(address)


def test_an_odd_address_or_act_leads_nowhere(officer: Client) -> None:
    draft(NDL, NLC)
    assert officer.post(HERE, {"nothing": "1"}).status_code == 404
    for number in ("", "x", "-1", "9" * 30, "٣"):
        assert officer.post(HERE, {"withdraw": number}).status_code == 409
        assert officer.post(HERE, {"take": number}).status_code == 409


# In the end


def test_two_years_after_their_last_day_they_are_deleted_with_the_letters_that_only_they_name(officer: Client) -> None:
    draft(NDL, NAL, shown=False)
    forward(OTHER, together=())
    for name, said_on in (("reply.txt", "first"), ("again.txt", "again")):
        number = known(together=())[0].id
        edition = "0" if said_on == "first" else "1"
        letter = SimpleUploadedFile(name, f"reply, {said_on}".encode())
        answered = told(officer, letter=letter, **{f"edition-{number}": edition, f"remark-{number}": said_on})
        assert answered.status_code == 302
    digests = {each.file for each in known(together=())[0].said if each.file}
    assert len(digests) == 2
    # By the second letter a text of the exchange was agreed to as well: it is evidence, and stays.
    accepted = max(digests)
    House(NDL).propose(under(NDL, NAL, hosts=[NDL], dates=TRIP))
    version = next(iter(consent.history(EXCHANGE).open_versions))
    consent_actions.accept_by_letter(
        institution=NDL, record=EXCHANGE, on_behalf_of=NAL, letter=accepted, version=version, **HEAD
    )
    assert steps.delete_rows(at=AT, today=date(2029, 10, 3)) == []
    assert kept(digests) == digests
    assert steps.delete_rows(at=AT, today=date(2029, 10, 4)) == ["1 candidate dates were deleted."]
    assert known(together=()) == ()
    assert kept(digests) == {accepted}
    assert steps.delete_rows(at=AT, today=date(2029, 10, 4)) == []
