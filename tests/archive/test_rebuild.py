"""The archive is a view of the ledger: made anew, it is the same to the last row."""

from typing import Any

import pytest

from koryu.archive import models, queries
from koryu.consent import actions
from koryu.institutions import models as institutions
from koryu.values.text import Text
from tests.world import AT, COMPILER, NDL, NLC, WORK, House, exchange, give_voice, put_on_record

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every derived row without the numbers that databases give to rows."""
    return {
        "records": list(
            models.RecordRow.objects.order_by("uri").values_list(
                "uri",
                "kind",
                "slug",
                "visibility",
                "public",
                "was_public",
                "owners",
                "recorders",
                "exchange",
                "current__digest",
                "line",
                "earliest",
                "latest",
                "awaited",
                "erased",
                "changed",
            )
        ),
        "readers": sorted(models.ReaderRow.objects.values_list("record__uri", "institution")),
        "edition": list(models.EditionRow.objects.values_list("number", "public")),
        "versions": list(
            models.VersionRow.objects.order_by("entry").values_list(
                "digest",
                "record__uri",
                "number",
                "basis",
                "said_by",
                "by_letter",
                "content_digest",
                "at",
                "entry",
                "schema",
                "visibility",
            )
        ),
        "links": sorted(
            models.LinkRow.objects.values_list(
                "source__uri", "rel", "item", "target", "claim", "apart", "source__public"
            )
        ),
        "numbers": sorted(models.NumberRow.objects.values_list("series", "number", "programme", "record__uri")),
        "remarks": list(
            models.RemarkRow.objects.order_by("entry").values_list("version__digest", "institution", "said", "at")
        ),
        "keys": list(
            institutions.KeyRow.objects.order_by("given").values_list("did", "institution", "given", "retired")
        ),
    }


def test_replaying_the_ledger_gives_every_row_back() -> None:
    give_voice(NDL, NLC, COMPILER)
    put_on_record(NDL, NLC)
    first = House(NDL).propose(exchange(NDL, NLC, dates=[{"id": "t", "scope": "trip", "date": "2026-05"}]))
    House(NLC).accept(first)
    House(NLC).propose(exchange(NDL, NLC, title="Waiting"), replaces=first)
    actions.account_differs(version=first, note=Text.of(en="ours says June"), **House(NLC).said)
    actions.erase(institution=COMPILER, record=WORK, by="head", at=AT)
    actions.retire_key(institution=NLC, by="operator", at=AT)
    before = everything()
    actions.rebuild()
    assert everything() == before


def test_a_second_record_of_the_same_name_gets_an_address_of_its_own() -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NDL.replace("example.org", "example.net"))
    assert sorted(line.slug for line in queries.lines("institution", asking=queries.EVERYBODY)) == [
        "ndl",
        "ndl-258d01",
    ]


def test_an_erased_record_is_not_shown_and_is_known_to_have_been() -> None:
    give_voice(COMPILER)
    put_on_record(NDL)
    actions.erase(institution=COMPILER, record=WORK, by="head", at=AT)
    assert queries.record_at(kind="work", slug="page", asking=queries.EVERYBODY) is None
    assert queries.was_erased(kind="work", slug="page")
    assert queries.lines("work", asking=queries.EVERYBODY) == ()
