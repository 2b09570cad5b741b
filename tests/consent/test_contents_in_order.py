"""What was typed comes back as it was typed, in its order, whichever the database (see KORYU_TEST_DATABASE)."""

import json
from typing import Any

import pytest
from django.db import connection

from koryu.archive import queries as archive
from koryu.consent import actions, models, queries
from koryu.institutions import actions as people
from koryu.values.text import Text
from tests.world import AT, COMPILER, EXCHANGE, NAL, NDL, NLC, House, exchange, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db

# What is typed, and how PostgreSQL gave it back before, by the order of its fields where that was all; SQLite the same.
TYPED: list[tuple[dict[str, Any], str]] = [
    ({"title": {"zh-Hans": "三", "ja": "一", "en": "One", "source": "ja"}}, "en, ja, source, zh-Hans"),
    ({"title": {"ko": "하나", "ja-Kana": "ヒ", "ja": "一", "source": "ko"}}, "ja, ko, source, ja-Kana"),
    ({"notes": {"en": "n"}, "title": {"en": "t"}}, "the same"),
    ({"title": {"en": "t"}, "kind": "exchange", "form": "visit"}, "form, kind, title"),
    ({"title": {"en": ""}, "hosts": [], "dates": {}}, "dates, hosts, title"),
    ({"z": {"b": {"y": 1, "x": 2}, "a": 3}}, "a, b; x, y"),
    ({"title": {"en": "a\u0000b"}}, "DataError: unsupported Unicode escape sequence"),
    ({"title": {"en": "\ufa19田"}}, "the same"),
    ({"title": {"en": "か\u3099"}}, "the same"),
    ({"planned_size": 1e3}, "the same"),
    ({"planned_size": -0.0}, "0.0"),
    ({"planned_size": 2**70}, "the same"),
    ({"title": {"en": "x" * 300_000}}, "the same"),
    ({"": {"": ""}}, "kind after it"),
    ({"aa": 1, "b": 2}, "b, aa"),
]


@pytest.fixture(scope="module", autouse=True)
def houses(once: None) -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC, NAL)
    people.appoint(username="officer", name="Officer", institution=NDL, role="officer")


def drafted(content: dict[str, Any], **more: Any) -> int:
    said: dict[str, Any] = {
        "institution": NDL,
        "record": uri("exchange/d"),
        "replaces": None,
        "by": "officer",
        "at": AT,
    }
    return actions.draft(content={"kind": "exchange", **content}, **{**said, **more})


@pytest.mark.parametrize(("typed", "before"), TYPED)
def test_a_draft_is_read_as_it_was_typed_to_the_order_of_its_fields(typed: dict[str, Any], before: str) -> None:
    number = drafted(typed)
    found = queries.draft(number)
    assert found
    whole = {"kind": "exchange", **typed}
    assert json.dumps(found.content) == json.dumps(whole)
    assert json.dumps(models.DraftRow.objects.get(pk=number).content) == json.dumps(whole)
    assert actions.save(draft=number, content=whole, seen=1, by="officer", at=AT) == 1
    actions.save(draft=number, content={**typed, "kind": "exchange"}, seen=1, by="officer", at=AT)


@pytest.mark.parametrize("tags", [("zh-Hans", "ja", "en"), ("ko", "ja-Kana", "ja"), ("en", "ja-Latn", "ko")])
def test_the_reason_of_a_counter_proposal_keeps_its_languages_in_order(tags: tuple[str, ...]) -> None:
    version = House(NLC).propose(exchange(NDL, NLC))
    reason = Text({**dict.fromkeys(tags, "No"), "source": tags[0]})
    people.appoint(username="head", name="", institution=NDL, role="head")
    number = drafted({}, record=EXCHANGE, answers=version, reason=reason, by="head")
    found = queries.draft(number)
    assert found
    assert found.reason
    assert list(found.reason) == [*tags, "source"]


def test_the_languages_of_a_line_are_in_the_order_of_what_is_sealed() -> None:
    title = {"zh-Hans": "三", "ja": "一", "ja-Latn": "Ichi", "en": "One", "ko": "하나", "source": "ja"}
    version = House(NDL).propose(exchange(NDL, NLC, title="-").model_copy(update={"title": Text(title)}))
    House(NLC).accept(version)
    line = archive.lines_named([EXCHANGE], asking=NDL)[EXCHANGE]
    assert list(line.title.forms) == ["en", "ja", "ja-Latn", "ko", "zh-Hans"]
    record = archive.record_named(EXCHANGE, asking=NDL)
    assert record
    assert list(record.document.title.forms) == list(line.title.forms)


def test_what_is_begun_and_stands_nowhere_tells_its_title_as_typed() -> None:
    drafted({"title": {"zh-Hans": "三", "ja": "一"}})
    drafted({}, record=uri("exchange/without"))
    assert [list(one.title or {}) for one in queries.begun_by(NDL)] == [[], ["zh-Hans", "ja"]]


def test_the_columns_are_texts() -> None:
    with connection.cursor() as cursor:
        for table, names in (("consent_draft", {"content", "reason"}), ("archive_record", {"line"})):
            described = connection.introspection.get_table_description(cursor, table)
            types = {one.name: connection.introspection.get_field_type(one.type_code, one) for one in described}
            assert {types[name] for name in names} == {"TextField"}
