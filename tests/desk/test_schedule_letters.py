"""Letters and the schedule of an exchange: a step is done when its letter is sent, and a partner is reminded of one."""

import re
from datetime import date
from typing import Any, Final

import pytest
from django.test import Client

from koryu.correspondence import queries
from koryu.correspondence.actions import address_to, keep_contact
from koryu.correspondence.models import LetterRow
from koryu.correspondence.queries import OwnLetter
from koryu.correspondence.rules.contacts_typed import TypedContact
from koryu.desk import clock
from koryu.desk.feeds.feed_entries import counted_steps
from koryu.desk.schedule.sent_letters import letters_at
from koryu.desk.steps import remind_of_steps
from koryu.notices.models import NoticeRow
from koryu.planning.queries.exchanges_ahead import asked
from koryu.records.kinds import document_of
from koryu.values.text import Text
from tests.desk.people import person
from tests.desk.test_calendar_addresses import makes
from tests.desk.test_letters import approved, begun, do, sent
from tests.desk.test_schedule import SCHEDULE, TRIP, does, moved_to, row, rows, said, todo
from tests.world import (
    AT,
    EXCHANGE,
    NDL,
    NLC,
    NLK,
    history,
    in_countries,
    settle_in,
    stands,
    under,
)

pytestmark = pytest.mark.django_db
LETTERS: Final = "/desk/exchange/e/letters/"
THANKS: Final = "Send a letter of thanks"
INVITATION: Final = "Send the letter of invitation"
IN_FOUR: Final = {"en": "37th Exchange", "ja": "第37回業務交流", "zh-Hans": "第37次业务交流", "source": "ja"}
LATE: Final = date(2027, 12, 10)


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()
    in_countries({NDL: "JP", NLC: "CN"})


@pytest.fixture(autouse=True)
def today_is(monkeypatch: pytest.MonkeyPatch) -> Any:
    def it_is(day: date) -> None:
        monkeypatch.setattr(clock, "today", lambda: day)
        monkeypatch.setattr(clock, "now", lambda: f"{day.isoformat()}T09:00:00Z")

    it_is(LATE)
    return it_is


@pytest.fixture
def officer() -> Client:
    return person("officer", (NDL, "officer"))


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


@pytest.fixture
def schedule(officer: Client) -> None:
    dated = {"dates": TRIP, "shown_to": "institutions", "hosts": [NDL], "title": IN_FOUR}
    stands(document_of({**under(NDL, NLC).content(), **dated}), NDL, NLC)
    assert does(officer, "begin").status_code == 302


def standing_version() -> str:
    version = history(EXCHANGE).in_force
    assert version
    return version


def thanked(head: Client) -> str:
    page = begun(head, "thanks", "zh-Hans")
    approved(head, page)
    return page


# A letter that was sent


@pytest.mark.usefixtures("schedule")
def test_a_step_is_done_when_a_letter_of_its_kind_was_sent(officer: Client, head: Client) -> None:
    assert "No such letter is marked as sent." in row(officer, THANKS)
    assert THANKS in todo(officer)["Late"]
    page = thanked(head)
    assert "late" in row(officer, THANKS)
    sent(head, page, on="2027-12-01")
    assert row(officer, THANKS).endswith("NDL done Sent on 1 December 2027 . Change")
    assert THANKS not in todo(officer).get("Late", [])
    # A correction that is in preparation leaves it sent.
    assert do(head, page, "correct").status_code == 302
    assert "done Sent on 1 December 2027" in row(officer, THANKS)


@pytest.mark.usefixtures("schedule")
def test_a_step_done_by_a_letter_is_in_no_calendar_any_more(head: Client) -> None:
    page = thanked(head)
    there = {entry.uid for entry in counted_steps(NDL, today=LATE) if "#step-thanks-" in entry.uid}
    assert len(there) == 1
    sent(head, page, on="2027-12-01")
    assert there.isdisjoint(entry.uid for entry in counted_steps(NDL, today=LATE))


@pytest.mark.usefixtures("schedule")
def test_a_letter_of_another_kind_exchange_or_institution_does_no_step(officer: Client, head: Client) -> None:
    page = begun(officer, "enquiry", "ja")
    approved(officer, page, text="日程")
    sent(officer, page)
    partner = person("partner", (NLC, "head"))
    theirs = begun(partner, "thanks", "ja")
    number = theirs.rstrip("/").rpartition("/")[2]
    letter = queries.letter(number, institution=NLC)
    assert letter
    assert do(partner, theirs, "submit", edition="1").status_code == 302
    shown = queries.letter(number, institution=NLC)
    assert shown
    assert do(partner, theirs, "approve", shown=shown.last.pages_digest).status_code == 302
    sent(partner, theirs)
    assert "late" in row(officer, THANKS)
    # And one of ours at another exchange.
    mine = thanked(head)
    sent(head, mine)
    LetterRow.objects.filter(institution=NDL, kind="thanks").update(exchange=f"{NDL}/exchange/other")
    assert "late" in row(officer, THANKS)
    assert THANKS in todo(officer)["Late"]


@pytest.mark.usefixtures("schedule")
def test_nobody_is_reminded_of_a_step_whose_letter_was_sent(officer: Client, head: Client) -> None:
    page = thanked(head)
    assert "thanks" in {step.key for step in asked(LATE, letters_at=letters_at)}
    sent(head, page)
    assert "thanks" not in {step.key for step in asked(LATE, letters_at=letters_at)}
    # What the desk's own round asks is the same.
    assert remind_of_steps(at="2027-12-10T06:00:00Z", today=LATE)
    assert NoticeRow.objects.exists()
    assert not NoticeRow.objects.filter(text__contains=THANKS).exists()


@pytest.mark.usefixtures("schedule")
def test_a_letter_is_asked_for_anew_once_the_dates_are_others_and_days_set_by_hand_stay(
    officer: Client, head: Client, today_is: Any
) -> None:
    feed = makes(officer)
    today_is(date(2027, 6, 1))
    invitation = begun(head, "invitation", "en")
    approved(head, invitation)
    sent(head, invitation, on="2027-06-01")
    does(officer, "set-day", "host-hotel", day="2027-09-01")
    assert "Sent on 1 June 2027" in row(officer, INVITATION)
    moved_to("2027-11-23/2027-11-30", standing_version())
    page = said(officer)
    asks = "“Send the letter of invitation” was done for 16–23 November 2027. Do it again?"
    assert asks in page
    assert "stays, set by hand: 1 September 2027" in page
    # That somebody has looked at the days is no answer to that.
    does(officer, "note-dates", seen="2027-11-23/2027-11-30")
    assert asks in said(officer)
    today_is(date(2027, 6, 3))
    without = Client().get(feed).content
    assert does(officer, "anew", "host-invitation").status_code == 302
    assert "Do it again?" not in said(officer)
    assert "Sent on 1 June 2027; to be sent again." in row(officer, INVITATION)
    to_do_again = Client().get(feed).content
    assert (b"invitation" in without, b"invitation" in to_do_again) == (False, True)

    today_is(date(2027, 6, 4))
    again = begun(head, "invitation", "en")
    approved(head, again)
    sent(head, again, on="2027-06-04")
    assert "Sent on 4 June 2027" in row(officer, INVITATION)
    assert "Do it again?" not in said(officer)
    # The calendar knows the letter at once.
    assert b"invitation" not in Client().get(feed).content


@pytest.mark.usefixtures("schedule")
def test_a_letter_may_stay_as_it_was_sent(officer: Client, head: Client) -> None:
    thanks = thanked(head)
    sent(head, thanks)
    moved_to("2027-11-23/2027-11-30", standing_version())
    assert "“Send a letter of thanks” was done for 16–23 November 2027. Do it again?" in said(officer)
    does(officer, "stays", "thanks")
    assert "Do it again?" not in said(officer)
    assert " done " in row(officer, THANKS)


# A reminder


def expected(client: Client) -> str:
    """What names the first step that is expected of the partner."""
    found = re.findall(r'name="remind" value="([^"]+)"', client.get(SCHEDULE).content.decode())
    return str(found[0])


def letter_at(answer: Any) -> OwnLetter:
    assert answer.status_code == 302
    assert answer.url.startswith(LETTERS)
    letter = queries.letter(answer.url.rstrip("/").rpartition("/")[2], institution=NDL)
    assert letter
    return letter


@pytest.mark.usefixtures("schedule")
def test_a_reminder_names_the_step_and_its_day_in_the_language_of_the_partner(officer: Client) -> None:
    offered = [each for each in rows(officer) if "Write a reminder" in each]
    assert offered
    assert all(" NLC expected" in each for each in offered)
    letter = letter_at(does(officer, "remind", f"guest-names@{NLC}"))
    assert (letter.kind, letter.exchange) == ("enquiry", EXCHANGE)
    typed = letter.last.typed
    assert letter.langs == ("en",)
    assert (typed["to_institution"], typed["subject"], typed["text"]) == (
        "NLC",
        "37th Exchange: Send the list of participants",
        (
            "“Send the list of participants”: our schedule has this for 18 August 2027 (provisional). "
            "We should be grateful to know how it is progressing."
        ),
    )
    assert "The reminder was begun." in officer.get(f"{LETTERS}{letter.number}/").content.decode()


@pytest.mark.usefixtures("schedule")
def test_a_reminder_goes_to_whoever_is_named_for_it_in_the_language_they_are_written_to(officer: Client) -> None:
    said: dict[str, Any] = {"institution": NDL, "by": "head", "at": AT}
    desk = TypedContact(of=NLC, unit=Text.of(**{"zh-Hans": "国际交流处"}), languages=("zh-Hans", "en"))
    address_to(of=NLC, kind="enquiry", number=keep_contact(contact=desk, **said), **said)
    letter = letter_at(does(officer, "remind", f"guest-names@{NLC}"))
    assert (letter.langs, letter.last.typed["to_unit"]) == (("zh-Hans",), "国际交流处")
    assert letter.last.typed["subject"] == "关于第37次业务交流“发送参加人员名单”的函"
    assert (
        letter.last.typed["text"]
        == "“发送参加人员名单”一项，按我方日程安排在2027年8月18日（暂定）前后，烦请告知目前进展情况。"
    )


@pytest.mark.usefixtures("schedule")
def test_a_day_that_somebody_set_is_no_provisional_one(officer: Client) -> None:
    does(officer, "set-day", f"guest-names@{NLC}", day="1 September 2027")
    typed = letter_at(does(officer, "remind", f"guest-names@{NLC}")).last.typed
    assert "for 1 September 2027. We" in typed["text"]


@pytest.mark.usefixtures("schedule")
@pytest.mark.parametrize("of", ["host-hotel", f"host-hotel@{NLC}", f"guest-names@{NLK}", "nonsense", "typed:1", ""])
def test_of_what_is_not_expected_of_a_partner_no_reminder_is_begun(officer: Client, of: str) -> None:
    answer = does(officer, "remind", of)
    assert answer.status_code == 409
    assert "This step is no longer there." in answer.content.decode()
    assert not LetterRow.objects.exists()


@pytest.mark.usefixtures("schedule")
@pytest.mark.parametrize(
    ("institution", "role"), [(NDL, "contributor"), (NDL, "translator"), (NDL, "reader"), (NLK, "head")]
)
def test_whoever_sees_no_schedule_begins_no_reminder(institution: str, role: str) -> None:
    assert does(person("other", (institution, role)), "remind", f"guest-names@{NLC}").status_code == 404
    assert does(Client(), "remind", f"guest-names@{NLC}").status_code == 401
    assert not LetterRow.objects.exists()
