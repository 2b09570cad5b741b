"""The errors of a content that may be unfinished, in words, by the path of the box beside which each is shown."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError

from koryu.records.kinds import document_of
from koryu.records.schema import Field, FieldType, fields_of
from koryu.sheets.parse import is_date, is_record
from koryu.values.frozen import complaints
from koryu.values.reason import Reason, Refused
from koryu.values.typed import as_typed

Wrong = Mapping[str, tuple[Reason, ...]]
_EMPTY: Final = Reason("This is empty: fill it in, or remove it.")


def wrong_in(kind: str, content: Mapping[str, Any]) -> Wrong:
    """Everything wrong by path, '' for what concerns the whole; nothing for a content that is complete."""
    reasons_by_path: dict[str, tuple[Reason, ...]] = {}
    for path, reason in (*_complaints(kind, content), *_blanks(fields_of(kind), content, "")):
        if reason not in reasons_by_path.get(path, ()):
            reasons_by_path[path] = (*reasons_by_path.get(path, ()), reason)
    return reasons_by_path


def _complaints(kind: str, content: Mapping[str, Any]) -> Iterator[tuple[str, Reason]]:
    try:
        document_of(content)
    except ValidationError as error:
        for place, reason in complaints(error):
            yield _said(fields_of(kind), content, place.split("."), reason)
    except Refused as refused:
        yield "", refused.reason


def _said(fields: Sequence[Field], content: Any, steps: Sequence[str], reason: Reason) -> tuple[str, Reason]:
    """(path as the sheet writes it, reason) of an error; for what was not understood, a reason that helps."""
    path, value, field = "", content, None
    for step in steps:
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
            path += f"[{value['id'] if isinstance(value, Mapping) and 'id' in value else step}]"
            continue
        inner = next((candidate for candidate in fields if candidate.name == step), None)
        if inner is None or not isinstance(value, Mapping):
            break
        field, fields, value = inner, inner.fields, value.get(step)
        path = f"{path}.{step}" if path else step
    return path, _helpful(field, value) or reason


def _helpful(field: Field | None, value: Any) -> Reason | None:
    if field is None or not isinstance(value, str):
        return None
    if field.sort in (FieldType.DATE, FieldType.DATE_OR_TEXT) and not is_date(value):
        try:
            as_typed(value)
        except Refused as refused:
            return refused.reason
    if field.sort is FieldType.RECORD and not is_record(value):
        return Reason("“%(typed)s” was not chosen from the records yet.", typed=value)
    return None


def _blanks(fields: Sequence[Field], content: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Reason]]:
    """An error for each item without a value: it would stay in the record for ever."""
    for field in fields:
        value = content.get(field.name)
        if field.sort is not FieldType.GROUP or not value:
            continue
        for item in value if isinstance(value, list) else [value]:
            # Whatever an unfinished content holds: what is no item at all is refused by the record itself.
            if not isinstance(item, Mapping) or (field.many and "id" not in item):
                continue
            path = f"{prefix}{field.name}[{item['id']}]" if field.many else f"{prefix}{field.name}"
            if not any(name != "id" for name in item):
                yield path, _EMPTY
            yield from _blanks(field.fields, item, f"{path}.")
