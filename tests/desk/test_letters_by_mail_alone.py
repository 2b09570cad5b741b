"""Partners who only mail, told from end to end: a plan answered, lists in old encodings, files that are refused."""

from typing import Any, Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from koryu.consent import actions
from koryu.consent import queries as consent
from koryu.consent.models import Note
from koryu.correspondence import models, queries
from koryu.files.models import ArrivedFile, FileRow
from koryu.seals.digests import digest
from tests.desk.people import person
from tests.desk.test_exchange_received import RECEIVED, accepting
from tests.desk.test_exchange_spreadsheets import load, panel_of, put
from tests.desk.test_letters import DATES, IN_FOUR
from tests.desk.test_letters_back import (
    BACK,
    MAILS,
    comes_back,
    drops,
    fields_of,
    filed,
    in_japanese,
    mails_in,
    nameless,
    went_out,
)
from tests.desk.test_letters_come_back import edited, typed_over
from tests.ingest.made_files import mail
from tests.ingest.test_letter_files import BAD
from tests.world import (
    EXCHANGE,
    HEAD,
    NAL,
    NDL,
    House,
    drafted,
    exchange,
    participation,
    settle_in,
)

pytestmark = pytest.mark.django_db
PEOPLE: Final = "/desk/exchange/e/people/"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    """The NAL has no key here: whatever it says comes by mail."""
    settle_in()
    plan = exchange(NDL, NAL, title="x", hosts=[NAL], shown_to="institutions", planned_size=5, dates=DATES)
    House(NDL).propose(type(plan).model_validate({**plan.content(), "title": IN_FOUR}))


@pytest.fixture
def head() -> Client:
    return person("director", (NDL, "head"))


def proposal() -> str:
    (version,) = consent.history(EXCHANGE).open_versions
    return str(version)


def test_a_plan_comes_back_by_mail_becomes_another_plan_and_stands_by_letter(head: Client) -> None:
    """The plan goes out in Chinese; the NAL writes six for five, and mails the file with a subject in ISO-2022-JP.

    The mail is filed under its letter, the file compared, the draft sent in place of the first text, and the next mail
    accepts that one.
    """
    number, word = went_out(head)
    first = proposal()

    def six(rows: list[Any]) -> None:
        (size,) = (row for row in rows if any("5人" in (text.text or "") for text in row.iter()))
        typed_over(size, "5人", "6人")

    answer = mail(attached=[("方案.docx", edited(word, six))], sender="朴 <park@nal.example>", name="<1@nal.example>")
    answer = answer.replace(b"Subject: =?utf-8?b?", b"X-Was: ", 1)
    answer = b"Subject: " + in_japanese(f"交流計画について（{number}）") + b"\r\n" + answer
    looked_at = drops(head, answer)
    (held,) = mails_in(looked_at)
    assert mails_in(looked_at)[held] == number
    assert "交流計画について" in looked_at.content.decode()
    compared = head.post(MAILS, {"mail": held, "read": f"{held}:0:letter"}, follow=True)
    fields = fields_of(compared.content.decode())
    assert fields["take"] == ["set planned_size"]
    assert head.post(BACK, {**fields, "do": "take"}).status_code == 302
    assert filed(head, {held: number}).status_code == 302

    (draft,) = (each for each in consent.drafts_of(NDL) if each.kind == "exchange")
    assert draft.content["planned_size"] == 6
    assert "answers letter" in Note.objects.get().text
    actions.withdraw(institution=NDL, record=EXCHANGE, version=first, by=HEAD["by"], at=HEAD["at"])
    actions.submit(draft=draft.id, shown=draft.digest, **HEAD)
    second = actions.approve(draft=draft.id, shown=draft.digest, **HEAD)
    agreed = SimpleUploadedFile("承诺.eml", mail(name="<2@nal.example>", attached=[]))
    answered = head.post(RECEIVED, {"partner": NAL, "letter": agreed, "dated": "2027-09-07", **accepting(second)})
    assert answered.status_code == 302
    standing = consent.standing(EXCHANGE)
    assert standing
    assert (standing.version, standing.agreed, (standing.content or {})["planned_size"]) == (second, True, 6)
    # Evidence: the untouched mail and file with the letter, the acceptance with the plan.
    kept = [each.digest for each in queries.answers_to(number, institution=NDL)]
    assert (digest(answer) in kept, len(kept)) == (True, 2)


@pytest.mark.parametrize(
    ("encoding", "heads", "family"), [("gb18030", "姓名,职务", "沈"), ("cp932", "氏名,職名", "髙")]
)
def test_twelve_people_in_an_old_encoding_are_made_once_and_two_of_one_name_stay_two(
    head: Client, encoding: str, heads: str, family: str
) -> None:
    drafted(NDL, participation(NDL, shown_to="institutions"), record=f"{NDL}/participation/e")
    (draft,) = (each.id for each in consent.drafts_of(NDL) if each.kind == "participation")
    names = [f"{family}{given}" for given in "一二三四五六七八九十百千"]
    lines = [heads, *(f"{name},館員" for name in names), f"{names[0]},館員"]
    body = "\r\n".join(lines).encode(encoding)
    panel = panel_of(load(head, draft, body, "名单.csv"))
    assert put(head, draft, panel).status_code == 302
    made = consent.draft(draft)
    assert made
    assert [member["printed"].popitem()[1] for member in made.content["members"]] == [*names, names[0]]
    again = panel_of(load(head, draft, body, "名单.csv"))
    assert "This file was already taken in on" in again
    assert again.count("no change") == 13


@pytest.mark.parametrize("what", ["pdf", "bomb", "macros", "hangul"])
def test_a_bad_file_is_a_sentence_at_the_door_and_leaves_nothing(head: Client, what: str) -> None:
    name, body, sentence = BAD[what]
    before = (len(consent.drafts_of(NDL)), FileRow.objects.count())
    answer = comes_back(head, body, name)
    assert answer.status_code == 409
    assert sentence in answer.content.decode()
    assert before == (len(consent.drafts_of(NDL)), FileRow.objects.count())
    held = fields_of(answer.content.decode())["held"]
    assert head.post(BACK, {"held": held, "do": "drop"}).status_code == 302
    assert not ArrivedFile.objects.exists()


def test_a_letter_of_another_server_or_exchange_is_told_apart(head: Client) -> None:
    number, word = went_out(head)
    assert "does not say which" in comes_back(head, nameless(word)).content.decode()
    models.LetterRow.objects.update(exchange="tag:example.org,2026:exchange/other")
    answer = comes_back(head, word)
    assert f"This is letter {number}, of another exchange. Nothing was taken." in answer.content.decode()
    models.LetterRow.objects.update(number="0000000")
    answer = comes_back(head, word)
    assert answer.status_code == 409
    assert f"Your institution has no letter {number}." in answer.content.decode()
