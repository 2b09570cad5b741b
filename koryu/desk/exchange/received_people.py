"""The list of people that came with a letter, put into the draft that rests on it."""

from dataclasses import dataclass

from koryu.desk.access import CurrentUser
from koryu.desk.exchange.people.people_acts import PEOPLE_PART
from koryu.desk.exchange.sheet.sheet_saving import save_changes
from koryu.sheets.rows.clipboard import PastedGrid
from koryu.sheets.rows.pasted import changes_of, paste_preview


@dataclass(frozen=True, kw_only=True)
class PutIn:
    """How many rows were put in or changed; and the heads of the columns that were left out, and are kept nowhere."""

    rows: int
    left_out: tuple[str, ...]


def put_in_people(me: CurrentUser, name: str, number: int, pasted: PastedGrid) -> PutIn:
    """Put a list that was pasted into one of our drafts of people, its columns recognised in every language.

    What is not recognised, or is private, is left out. Raises Refused.
    """
    there = PEOPLE_PART.work(me, name)
    # Asked for in all languages that the list can be typed in.
    sheet = there.sheet(me, number, there.sheet(me, number, []).offered)
    preview = paste_preview(
        pasted,
        sheet=sheet.rows_are,
        content=sheet.content,
        columns=sheet.columns,
        reader=sheet.reader,
        chosen=None,
        seed=sheet.seed,
    )
    merged, _sheet = save_changes(me, sheet, changes_of(preview, {row.id: row for row in sheet.rows}))
    left_out = tuple(choice.head for choice in preview.table.choices if choice.head and not choice.key)
    return PutIn(rows=len(merged.changed), left_out=left_out)
