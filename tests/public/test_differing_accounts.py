"""Accounts that differ stand in a table: a row for a field, a column for a source."""

from typing import Any

from koryu.public.differing_accounts import AccountSaid, accounts_table, value_at
from koryu.records.document import Document
from koryu.records.kinds import document_of
from koryu.values.edtf import Edtf
from koryu.values.text import Text

OURS, THEIRS, THIRD = "x:work/ours", "x:work/theirs", "x:work/third"
LONG, SHORT = Edtf("2009-09-09/2009-09-16"), Edtf("2009-09-10/2009-09-11")


def exchange(*variants: dict[str, Any], sources: tuple[str, ...] = (OURS, THEIRS)) -> Document:
    return document_of(
        {
            "kind": "exchange",
            "form": "visit",
            "title": {"en": "Exchange"},
            "event": {"state": "held"},
            "institutions": ["x:institution/ndl"],
            "dates": [{"id": "trip", "scope": "trip", "date": str(LONG)}],
            "sources": [{"id": f"s{place}", "work": uri} for place, uri in enumerate(sources)],
            "variants": [{"id": f"v{place}", **variant} for place, variant in enumerate(variants)],
        },
        base="x:",
    )


def says(source: str, value: object, field: str = "dates[trip].date", **more: Any) -> dict[str, Any]:
    return {"field": field, "value": value, "source": source, **more}


def test_without_variants_there_is_no_table() -> None:
    assert accounts_table(exchange()) is None


def test_one_variant_stands_beside_what_the_record_says_by_its_other_source() -> None:
    table = accounts_table(exchange(says(THEIRS, str(SHORT))))
    assert table is not None
    assert table.sources == (OURS, THEIRS)
    assert table.rows == (("dates[trip].date", ((AccountSaid(LONG),), (AccountSaid(SHORT),))),)


def test_what_the_record_says_has_a_column_of_its_own_where_it_may_be_by_any_of_several_sources() -> None:
    table = accounts_table(exchange(says(THEIRS, str(SHORT)), sources=(OURS, THEIRS, THIRD)))
    assert table is not None
    assert table.sources == ("", THEIRS)


def test_several_variants_are_all_the_accounts_there_are() -> None:
    table = accounts_table(exchange(says(OURS, str(LONG)), says(THEIRS, str(SHORT))))
    assert table is not None
    assert table.sources == (OURS, THEIRS)
    assert table.rows[0].cells == ((AccountSaid(LONG),), (AccountSaid(SHORT),))


def test_a_source_may_say_two_things_in_two_respects_and_nothing_of_another_field() -> None:
    scopes: list[dict[str, Any]] = [{"scope": {"en": scope}} for scope in ("trip", "seminar")]
    table = accounts_table(
        exchange(
            *(says(THEIRS, str(SHORT), **scope) for scope in scopes),
            says(THIRD, {"en": "Another title"}, field="title"),
        )
    )
    assert table is not None
    assert [row.field for row in table.rows] == ["dates[trip].date", "title"]
    by_field = {row.field: dict(zip(table.sources, row.cells, strict=True)) for row in table.rows}
    assert [said.scope for said in by_field["dates[trip].date"][THEIRS]] == [
        Text({"en": "trip"}),
        Text({"en": "seminar"}),
    ]
    assert by_field["title"][THEIRS] == ()
    assert by_field["title"][THIRD] == (AccountSaid(Text({"en": "Another title"})),)


def test_a_value_is_found_by_the_name_that_accounts_give_it() -> None:
    document = exchange()
    assert value_at(document, "dates[trip].date") == LONG
    assert value_at(document, "title") == Text({"en": "Exchange"})
    assert value_at(document, "dates") is None
    assert value_at(document, "dates[none].date") is None
