"""What a text of an exchange is called in a table: its record for short, the item it stands in, the field. Pure."""

import re
from collections.abc import Mapping
from typing import Any, Final

from koryu.desk.exchange.part_list import PART_NAMES
from koryu.sheets.operations import value_at
from koryu.sheets.rows.row_sheet import kept_text
from koryu.values.edtf import Edtf
from koryu.values.reason import N_, Refused
from koryu.values.text import Text
from koryu.wording.field_names import field_called
from koryu.wording.labels import chosen
from koryu.wording.languages import slug_of
from koryu.wording.messages import translated, weekday_in_words

_ITEM: Final = re.compile(r"^(.*?\[[^\]]+\])")
_BETWEEN: Final = " · "
# The path under which the texts of a paper stand that are files.
FILES: Final = "wordings"
_TEXT: Final = N_("Text")
# The kinds of which the texts are put into other languages, and what stands before each of them: as the parts of the
# exchange are called beside it. Each new kind that belongs to an exchange belongs here too.
TRANSLATED_KINDS: Final[Mapping[str, str]] = {
    "exchange": "",
    "participation": PART_NAMES["people"],
    "paper": N_("Paper"),
    "timetable": PART_NAMES["timetable"],
    "report": N_("Report"),
}


def text_called(
    kind: str, content: Mapping[str, Any], path: str, tag: str, names: Mapping[str, Mapping[str, str]]
) -> str:
    """What the text at a path of a content is called for a reader of `tag`; `names` are those of people, by URI."""
    slug, inside = slug_of(tag), _ITEM.match(path)
    parts = [_record_called(kind, content, slug)]
    item_path = inside[1] if inside else ""
    if item_path:
        parts.append(_item_called(content, item_path, tag, names))
    name = path.rpartition(".")[2].partition("[")[0]
    parts.append(translated(_TEXT if path == FILES else field_called(name, inside=bool(item_path)), slug))
    return _BETWEEN.join(filter(None, parts))


def _record_called(kind: str, content: Mapping[str, Any], slug: str) -> str:
    label, called = content.get("label"), TRANSLATED_KINDS[kind]
    if not called:
        return ""
    return label if isinstance(label, str) and label else translated(called, slug)


def _item_called(content: Mapping[str, Any], path: str, tag: str, names: Mapping[str, Mapping[str, str]]) -> str:
    item = value_at(content, path)
    if not isinstance(item, Mapping):
        return ""
    person = item.get("person")
    if named := kept_text(names.get(person) if isinstance(person, str) else None) or kept_text(item.get("printed")):
        return Text.kept(named).shown(tag).text
    if "date" in item or "start" in item:
        return " ".join(filter(None, (_day(item.get("date"), slug_of(tag)), str(item.get("start") or ""))))
    sort = item.get("type") or item.get("level")
    return translated(chosen(sort), slug_of(tag)) if isinstance(sort, str) else ""


def _day(written: object, slug: str) -> str:
    try:
        day = Edtf(written) if isinstance(written, str) else None
    except Refused:
        return ""
    return (weekday_in_words(day, slug) or "") if day else ""
