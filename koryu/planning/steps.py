"""What planning has to do in each round of `koryu tend`: private rows are deleted on their day."""

from datetime import date
from typing import Final

from koryu.planning import actions


def delete_rows(*, at: str, today: date) -> list[str]:
    """Delete private rows whose day has come; how many, of which sheet. Then candidate dates that are long past.

    The days are counted anew before, by the dates of each exchange as they stand now.
    """
    actions.count_days_anew(today=today)
    deleted = actions.delete_old_rows(today=today)
    actions.delete_sheets(today=today)
    lines = [f"{count} private rows were deleted ({sheet})." for sheet, count in sorted(deleted.items())]
    candidates = actions.delete_old_candidates(today=today)
    return [*lines, f"{candidates} candidate dates were deleted."] if candidates else lines


STEPS: Final = (delete_rows,)
