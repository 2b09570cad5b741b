"""Which exchanges were found before and after one, under its programme."""

import pytest

from koryu.archive import queries
from koryu.consent import actions
from koryu.records.kinds import document_of
from tests.world import AT, COMPILER, NDL, NLC, WORK, give_voice, put_on_record, uri

pytestmark = pytest.mark.django_db
PROGRAMME, OTHER = uri("programme/p"), uri("programme/other")
HELD = {"1997": "1997-09", "1998": "1998-09", "2001": "2001-09", "undated": "", "elsewhere": "1999-09"}


@pytest.fixture(autouse=True)
def on_record() -> None:
    give_voice(COMPILER)
    put_on_record(NDL, NLC)
    for programme in (PROGRAMME, OTHER):
        members = [{"id": "ndl", "institution": NDL}, {"id": "nlc", "institution": NLC}]
        put(programme, kind="programme", type="mutual visit programme", institutions=members)
    for name, day in HELD.items():
        under = OTHER if name == "elsewhere" else PROGRAMME
        put(
            uri(f"exchange/{name}"),
            kind="exchange",
            form="visit",
            event={"state": "held"},
            institutions=[NDL, NLC],
            programmes=[{"id": "p", "programme": under}],
            **({"dates": [{"id": "d", "scope": "exchange", "date": day}]} if day else {}),
        )


def put(name: str, **content: object) -> None:
    document = document_of({"title": {"en": name}, "sources": [{"id": "page", "work": WORK}], **content})
    actions.record(institution=COMPILER, record=name, document=document, by="head", at=AT)


@pytest.mark.parametrize(
    ("name", "around"),
    [
        ("1997", (None, "1998")),
        ("1998", ("1997", "2001")),
        ("2001", ("1998", None)),
        ("undated", (None, None)),
        ("elsewhere", (None, None)),
    ],
)
def test_an_exchange_stands_between_those_found_before_and_after_it(
    name: str, around: tuple[str | None, str | None]
) -> None:
    record = queries.record_named(uri(f"exchange/{name}"), asking=queries.EVERYBODY)
    assert record is not None
    found = queries.lines_around(record.line, programme=PROGRAMME, asking=queries.EVERYBODY)
    assert tuple(line and line.slug for line in found) == around
