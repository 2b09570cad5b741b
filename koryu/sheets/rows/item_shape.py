"""What of a row that a page sends back can be in its item: known fields, each with JSON of its shape."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from koryu.records.schema import Field, FieldType, fields_of
from koryu.sheets import clean
from koryu.sheets.operations import is_tag
from koryu.sheets.rows.row_sheet import MOST_ROWS, RowItem, RowSheet

ROW_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_SOURCE: Final = "source"
# No number on record is as great; of greater ones not every database and no script knows all digits.
_GREATEST: Final = 2**53


def fields_in_row(sheet: RowSheet) -> tuple[Field, ...]:
    """The fields of the items that are rows of a sheet."""
    if sheet.own_fields:
        return sheet.own_fields
    fields = fields_of(sheet.kind)
    if sheet.rows_are_drafts:
        return fields
    for name in sheet.path.split("."):
        fields = next((each.fields for each in fields if each.name == name), ())
    return fields


def in_shape(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """What of these values a form could have put there: known fields, each with JSON of its shape, finished or not."""
    shaped = ((field, values[field.name]) for field in fields if field.name in values)
    return {field.name: made for field, value in shaped if (made := _in_shape(field, value)) is not None}


def _in_shape(field: Field, value: Any) -> Any:
    if field.many:
        values = value[:MOST_ROWS] if isinstance(value, list) else []
        return [made for each in values if (made := _one_in_shape(field, each)) is not None] or None
    return _one_in_shape(field, value)


def _one_in_shape(field: Field, value: Any) -> Any:
    match value:
        case {"id": str(row)} if field.sort is FieldType.GROUP and field.many and ROW_ID.fullmatch(row):
            return {"id": row, **in_shape(field.fields, value)}
        case dict() if field.sort is FieldType.GROUP and not field.many:
            return in_shape(field.fields, value)
        case dict() if field.sort in (FieldType.TEXT, FieldType.DATE_OR_TEXT):
            return text_in_shape(value)
        case bool():
            return value if field.sort is FieldType.FLAG else None
        case int():
            return value if field.sort is FieldType.NUMBER and abs(value) <= _GREATEST else None
        case str() if field.sort not in (FieldType.GROUP, FieldType.TEXT, FieldType.FILE):
            return clean.without_controls(value)
    return None


def text_in_shape(value: Mapping[Any, Any]) -> dict[str, str] | None:
    """What of these values is a text by language, with its source if that is one of them; None where nothing is."""
    forms = {tag: clean.without_controls(form) for tag, form in strings_in(value).items() if is_tag(tag)}
    source = value.get(_SOURCE)
    return {**forms, **({_SOURCE: source} if source in forms else {})} or None


def with_files_of(fields: Iterable[Field], held: dict[str, Any], now: RowItem) -> dict[str, Any]:
    """Values that are put back, with the files that are in the item now: no page sends those."""
    made = dict(held)
    for group in fields:
        if group.sort is FieldType.GROUP and group.many and any(each.sort is FieldType.FILE for each in group.fields):
            made[group.name] = _itemswith_files_of(group, held.get(group.name) or [], now.get(group.name) or [])
    return {name: value for name, value in made.items() if value != []}


def _itemswith_files_of(group: Field, held: list[dict[str, Any]], now: list[Any]) -> list[dict[str, Any]]:
    names = [each.name for each in group.fields if each.sort is FieldType.FILE]
    with_file = {item["id"]: item for item in now if isinstance(item, dict) and any(name in item for name in names)}
    kept = [{**item, **_only(with_file.get(item["id"], {}), names)} for item in held]
    there = {item["id"] for item in kept}
    return [*kept, *(item for row, item in with_file.items() if row not in there)]


def _only(item: RowItem, names: Iterable[str]) -> RowItem:
    return {name: item[name] for name in names if name in item}


def strings_in(cells: Mapping[Any, Any]) -> dict[str, str]:
    """Those of these values that are strings, by key."""
    return {str(key): text for key, text in cells.items() if isinstance(text, str)}
