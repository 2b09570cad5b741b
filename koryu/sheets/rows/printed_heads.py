"""What the columns of a sheet are called where it goes out as a file, in each language; so they are known again."""

from collections.abc import Sequence

from koryu.sheets.rows.row_sheet import ShownColumn
from koryu.values.language_tags import name_of
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import translated


def head_in_words(column: ShownColumn, columns: Sequence[ShownColumn], slug: str) -> str:
    """What a column is called in a file: with its language, where it is for one."""
    called = translated(column.column.called, slug)
    if not column.tag:
        return called
    language = column.tag.partition("-")[0]
    others = {each.tag for each in columns if each.tag.partition("-")[0] == language}
    return f"{called} ({name_of(language if len(others) == 1 else column.tag, LANGUAGES[slug][0])})"


def printed_heads(columns: Sequence[ShownColumn]) -> dict[str, str]:
    """The key of the column that is called so in any of the languages; what two are called is none."""
    heads: dict[str, str] = {}
    for slug in LANGUAGES:
        for column in columns:
            head = head_in_words(column, columns, slug)
            heads[head] = column.key if heads.get(head, column.key) == column.key else ""
    return heads
