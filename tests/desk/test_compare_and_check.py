"""Any two texts beside each other, the history as a story, and the digital check."""

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from koryu.consent import actions
from koryu.consent.rules.verification import verify
from koryu.values.text import Text
from tests.desk.people import person
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
    put_on_record,
)

pytestmark = pytest.mark.django_db
PAGE = f"/desk/record/{EXCHANGE}/"


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NLK, NAL, COMPILER)


def agreed(title: str, replaces: str | None = None) -> str:
    version = House(NDL).propose(exchange(NDL, NLC, title=title), replaces=replaces)
    House(NLC).accept(version)
    return version


def text_of(html: str) -> str:
    return re.sub(r"\s+([.,:]|$)", r"\1", re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))).strip()


def compared(client: Client, this: str, that: str) -> Any:
    return client.get(PAGE + "compare/", {"this": this, "that": that})


def test_any_two_texts_are_beside_each_other() -> None:
    first = agreed("Kyoto")
    second = agreed("Nara", first)
    third = House(NDL).propose(exchange(NDL, NLC, title="Kobe"), replaces=second)
    client = person("clerk", (NLC, "reader"))
    for this, that, was, now in ((first, second, "Kyoto", "Nara"), (third, first, "Kobe", "Kyoto")):
        page = compared(client, this, that).content.decode()
        assert f"<del>{was}</del>" in page
        assert f"<ins>{now}</ins>" in page
    assert "The two texts are the same." in compared(client, first, first).content.decode()


def test_two_titles_that_look_the_same_are_seen_to_differ() -> None:
    for was, now, said in (
        ("辻", "辻\U000e0100", ("U+8FBB", "U+8FBB U+E0100")),
        ("Visit to 辻 in May", "Visit to 辻\U000e0100 in June", ("U+E0100",)),
    ):
        first = agreed(was, history().in_force)
        second = agreed(now, first)
        page = compared(person("clerk", (NLC, "reader")), first, second).content.decode()
        for points in said:
            assert f'<code class="raw">{points}</code>' in page


def test_without_a_choice_what_is_open_is_beside_what_it_would_replace() -> None:
    first = agreed("Kyoto")
    House(NDL).propose(exchange(NDL, NLC, title="Nara"), replaces=first)
    page = person("clerk", (NLC, "reader")).get(PAGE + "compare/").content.decode()
    assert "<del>Kyoto</del>" in page
    assert "<ins>Nara</ins>" in page


def test_a_draft_of_ours_is_compared_by_us_alone() -> None:
    first = agreed("Kyoto")
    ours, theirs = person("ours", (NDL, "officer")), person("theirs", (NLC, "officer"))
    draft = actions.draft(
        institution=NDL,
        record=EXCHANGE,
        content=exchange(NDL, NLC, title="Nara").content(),
        replaces=first,
        by="ours",
        at=AT,
    )
    assert "<ins>Nara</ins>" in compared(ours, first, f"draft-{draft}").content.decode()
    actions.share(draft=draft, by="ours", at=AT)
    assert compared(theirs, first, f"draft-{draft}").status_code == 404


def test_outsiders_compare_only_what_stands_and_stood() -> None:
    first = agreed("Kyoto")
    second = agreed("Nara", first)
    third = House(NDL).propose(exchange(NDL, NLC, title="Kobe"), replaces=second)
    client = person("clerk", (NAL, "head"))
    assert compared(client, first, second).status_code == 200
    assert compared(client, first, third).status_code == 404
    assert third not in client.get(PAGE + "compare/").content.decode()


@pytest.mark.parametrize("name", ["draft-0", "draft-x", "draft-", "draft-99999999999999999999", "sha256:0", "<b>"])
def test_a_text_there_is_not_is_not_compared(name: str) -> None:
    first = agreed("Kyoto")
    assert compared(person("clerk", (NDL, "head")), first, name).status_code == 404


def story(client: Client) -> list[str]:
    page = client.get(PAGE + "history/").content.decode()
    return [text_of(one) for one in re.findall(r'<div class="what">\s*<p>(.*?)</p>', page, re.S)]


def test_the_history_is_told_in_sentences_with_who_and_what_came_of_it() -> None:
    first = agreed("Kyoto")
    second = House(NDL).propose(exchange(NDL, NLC, title="Nara"), replaces=first)
    actions.decline(version=second, reason=Text.of(en="Not this year"), **House(NLC).said)
    third = House(NLC).propose(exchange(NDL, NLC, title="Kobe"), replaces=first)
    actions.withdraw(version=third, **House(NLC).said)
    actions.check(version=first, **House(COMPILER).said)
    person("ours", (NDL, "head"))
    assert story(person("clerk", (NLC, "reader"))) == [
        "NDL proposed version 1. The proposal counts as its acceptance.",
        "NLC accepted version 1. through head",
        "All institutions had accepted version 1: it became the current version.",
        "NDL proposed a text. The proposal counts as its acceptance.",
        "NLC did not accept the text of NDL of 22 November 2026. through head",
        "NLC proposed a text. The proposal counts as its acceptance. through head",
        "NLC withdrew its text of 22 November 2026. through head",
        "COMPILER stated that it has checked version 1.",
    ]
    page = person("clerk", (NLC, "reader")).get(PAGE + "history/").content.decode()
    assert "Not this year" in page
    assert "It was not accepted." in page
    assert "Result:" in page


def test_through_whom_it_was_said_is_told_only_of_our_own() -> None:
    chief = person("chief", (NDL, "head"))
    version = actions.propose(
        institution=NDL, record=EXCHANGE, document=exchange(NDL, NLC), replaces=None, by="chief", at=AT
    )
    House(NLC).accept(version)
    assert story(chief)[0].endswith("through Chief")
    assert not any("through" in sentence for sentence in story(person("theirs", (NLC, "head"))) if "NDL" in sentence)


def test_the_digital_check_says_what_was_checked_and_that_it_is_in_order() -> None:
    agreed("Nara", agreed("Kyoto"))
    page = person("clerk", (NAL, "reader")).get(PAGE + "check/").content.decode()
    assert "Check passed" in page
    assert "that the texts of 2 versions are those their digests name" in page


def test_a_record_that_was_spoiled_is_shown_as_such() -> None:
    agreed("Kyoto")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_content SET content = replace(content, 'Kyoto', 'Kobe')")
    page = person("clerk", (NDL, "reader")).get(PAGE + "check/").content.decode()
    assert "Check failed" in page
    assert "Check passed" not in page
    assert "versions[0].content" in page


def test_nothing_is_checked_before_anything_stands() -> None:
    House(NDL).propose(exchange(NDL, NLC))
    client = person("clerk", (NDL, "reader"))
    assert "There is no version to check yet" in client.get(PAGE + "check/").content.decode()
    assert client.get(PAGE + "check/json/").status_code == 404


def test_the_record_is_kept_as_json_that_verifies_elsewhere_and_tells_no_refusals() -> None:
    first = agreed("Kyoto")
    second = House(NDL).propose(exchange(NDL, NLC, title="Nara"), replaces=first)
    actions.decline(version=second, reason=Text.of(en="Not this year"), **House(NLC).said)
    answer = person("clerk", (NAL, "reader")).get(PAGE + "check/json/")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record.json"'
    assert verify(json.loads(answer.content)).standing == "agreed"
    assert "Not this year" not in answer.content.decode()
    assert history().agreed == first
