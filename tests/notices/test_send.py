"""A notice is sent at most once, whoever sends it, however often, and wherever it is broken off."""

from typing import Any

import pytest
from django.core import mail

from koryu.notices import actions, queries
from koryu.values.reason import Reason, Refused
from tests.notices.people import a_notice, settle_in
from tests.notices.postbox import Postbox
from tests.world import AT, NDL, NLC

pytestmark = pytest.mark.django_db
LATER = "2026-11-22T09:05:00Z"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    settle_in()


@pytest.fixture
def configured(settings: Any) -> None:
    settings.MAIL = True


def refused(**given: Any) -> Reason | None:
    try:
        actions.send(**{"seen": "", "by": "mori", "at": AT, **given})
    except Refused as refusal:
        return refusal.reason
    return None


def state(number: int) -> tuple[str, str, str, str]:
    found = queries.notice(number)
    assert found
    return found.taken_at, found.sent_at, found.sent_by, found.failure


def test_a_person_sends_a_notice_and_it_is_noted(configured: None) -> None:
    number = a_notice()
    assert refused(notice=number) is None
    assert [(one.to, one.subject, one.body) for one in mail.outbox] == [(["sato@example.org"], "Subject", "Text\n")]
    assert state(number) == (AT, AT, "mori", "")


def test_without_a_mail_server_nothing_is_sent() -> None:
    number = a_notice()
    assert refused(notice=number) == Reason("Mail is not configured here: nothing is sent.")
    assert (mail.outbox, state(number)) == ([], ("", "", "", ""))


@pytest.mark.parametrize("by", ["yomu", "shen", "nobody"])
def test_only_the_head_and_officers_of_the_institution_send_and_put_aside(configured: None, by: str) -> None:
    number = a_notice()
    only = Reason("Only the head and officers can send notices.")
    assert refused(notice=number, by=by) == only
    for verb in (actions.note_sent, actions.put_aside):
        with pytest.raises(Refused) as refusal:
            verb(notice=number, by=by, at=AT)
        assert refusal.value.reason == only
    assert mail.outbox == []


def test_what_was_sent_is_not_sent_again(configured: None) -> None:
    number = a_notice()
    actions.send(notice=number, seen="", by="mori", at=AT)
    assert refused(notice=number, by="sato") == Reason("This notice was sent already.")
    assert actions.send_waiting(at=LATER) == actions.SendingResult(sent=0, failed=0)
    assert len(mail.outbox) == 1


def test_what_was_put_aside_is_not_sent(configured: None) -> None:
    number = a_notice()
    actions.put_aside(notice=number, by="mori", at=AT)
    assert refused(notice=number) == Reason("This notice will not be sent.")
    assert actions.send_waiting(at=AT).sent == 0


def test_what_was_sent_by_hand_is_not_sent_by_itself(configured: None) -> None:
    number = a_notice()
    actions.note_sent(notice=number, by="mori", at=AT)
    assert actions.send_waiting(at=AT).sent == 0
    with pytest.raises(Refused):
        actions.put_aside(notice=number, by="mori", at=AT)


def test_what_was_taken_and_never_noted_is_left_to_a_person(configured: None) -> None:
    number = a_notice(taken_at=AT, taken_by="server")
    assert actions.send_waiting(at=LATER).sent == 0
    at_this_moment = Reason("Somebody is sending this notice at this moment.")
    assert refused(notice=number, seen="", at=LATER) == at_this_moment
    assert refused(notice=number, seen=AT, at="2026-11-22T09:01:00Z") == at_this_moment
    assert mail.outbox == []
    assert refused(notice=number, seen=AT, at=LATER) is None
    assert len(mail.outbox) == 1


def test_what_waits_is_sent_by_itself_in_its_order(box: Postbox) -> None:
    a_notice("sato", subject="第一")
    a_notice("shen", NLC, subject="第二")
    assert actions.send_waiting(at=AT) == actions.SendingResult(sent=2, failed=0)
    assert [letter.to for letter in box.letters] == ["sato@example.org", "shen@example.org"]
    assert queries.to_send() == ()


def test_a_notice_bears_one_name_however_often_it_is_sent(box: Postbox) -> None:
    number = a_notice()
    actions.send(notice=number, seen="", by="mori", at=AT)
    assert box.letters[0].head["Message-ID"] == f"<notice-{number}.20261120090000@127.0.0.1>"
    assert box.letters[0].head["Auto-Submitted"] == "auto-generated"


def test_what_the_server_does_not_take_is_left_to_a_person_with_what_it_said(box: Postbox) -> None:
    box.answers["RCPT"] = "550 no such person"
    first, second = a_notice("sato"), a_notice("mori")
    assert actions.send_waiting(at=AT) == actions.SendingResult(sent=0, failed=2)
    taken_at, sent_at, _, failure = state(first)
    assert (taken_at, sent_at, "no such person" in failure) == ("", "", True)
    del box.answers["RCPT"]
    assert actions.send_waiting(at=LATER) == actions.SendingResult(sent=0, failed=0)
    assert refused(notice=second, at=LATER) is None


def test_what_the_server_takes_later_is_tried_again(box: Postbox) -> None:
    box.answers["RCPT"] = "450 come back later"
    a_notice()
    assert actions.send_waiting(at=AT) == actions.SendingResult(sent=0, failed=1)
    del box.answers["RCPT"]
    assert actions.send_waiting(at=LATER) == actions.SendingResult(sent=1, failed=0)


def test_a_server_that_is_not_there_costs_nothing_but_time(box: Postbox, settings: Any) -> None:
    number = a_notice()
    port, settings.EMAIL_PORT = box.port, 1
    assert actions.send_waiting(at=AT).stopped_by != ""
    assert state(number) == ("", "", "", "")
    settings.EMAIL_PORT = port
    assert actions.send_waiting(at=LATER) == actions.SendingResult(sent=1, failed=0)


def test_a_line_that_breaks_while_a_letter_is_handed_over_is_not_taken_for_a_failure(box: Postbox) -> None:
    """Whether the server kept the letter is not known: it is not sent once more by itself."""
    box.answers["."] = ""
    number = a_notice()
    assert actions.send_waiting(at=AT).stopped_by != ""
    del box.answers["."]
    assert actions.send_waiting(at=LATER) == actions.SendingResult(sent=0, failed=0)
    assert state(number)[:2] == (AT, "")
    actions.note_sent(notice=number, by="mori", at=LATER)
    assert state(number)[:3] == (AT, LATER, "mori")


def test_somebody_without_an_address_is_left_to_a_person(box: Postbox) -> None:
    from koryu.institutions import actions as people

    people.enter(username="sato", name="Sato")
    number = a_notice()
    assert actions.send_waiting(at=AT) == actions.SendingResult(sent=0, failed=0)
    assert refused(notice=number) == Reason("%(name)s was added without an e-mail address.", name="Sato")


def test_the_outbox_of_an_institution_is_its_own() -> None:
    own = a_notice("sato")
    a_notice("shen", NLC)
    assert [one.id for one in queries.waiting(NDL)] == [own]
    actions.put_aside(notice=own, by="mori", at=AT)
    assert (queries.waiting(NDL), [one.id for one in queries.settled(NDL)]) == ((), [own])


def test_how_the_notices_stand() -> None:
    assert queries.state() == queries.NoticesStatus(followed=0, waiting=0, uncertain=0, failed=0, tended_at="", did=())
    a_notice()
    a_notice(taken_at=AT)
    a_notice(failure="550")
    actions.note_round(at=AT, did=["1 notices sent."])
    assert queries.state() == queries.NoticesStatus(
        followed=0, waiting=3, uncertain=1, failed=1, tended_at=AT, did=("1 notices sent.",)
    )
