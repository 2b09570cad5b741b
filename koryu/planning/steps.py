"""What planning has to do in each round of `koryu tend`: private rows are deleted on their day."""

from datetime import date
from typing import Final

from koryu.planning import actions
from koryu.planning.actions.old_schedules import delete_old_schedules


def delete_rows(*, at: str, today: date) -> list[str]:
    """Delete private rows whose day has come; how many, of which sheet. Then what is long past: candidate dates,
    schedules, steps typed by hand.

    The days are counted anew before, by the dates of each exchange as they stand now.
    """
    actions.count_days_anew(today=today)
    deleted = actions.delete_old_rows(today=today)
    actions.delete_sheets(today=today)
    candidates = actions.delete_old_candidates(today=today)
    schedules, steps = delete_old_schedules(today=today)
    counts = {
        **{f"private rows were deleted ({sheet}).": count for sheet, count in sorted(deleted.items())},
        "candidate dates were deleted.": candidates,
        "schedules of work were deleted.": schedules,
        "steps typed by hand were deleted.": steps,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


STEPS: Final = (delete_rows,)
