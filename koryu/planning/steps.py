"""What planning has to do in each round of `koryu tend`: a newer table of holidays is noticed, private rows are deleted
on their day."""

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
    actions.forget_days_before(today=today)
    counts = {
        **{f"private rows were deleted ({sheet}).": count for sheet, count in sorted(deleted.items())},
        "candidate dates were deleted.": candidates,
        "schedules of work were deleted.": schedules,
        "steps typed by hand were deleted.": steps,
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def note_table(*, at: str, today: date) -> list[str]:
    """Keep what the table of holidays says; where a newer one says otherwise, people are told what moved with it."""
    changed = actions.note_table(today=today, at=at)
    return [f"{changed} years have other holidays in this edition of their table."] if changed else []


STEPS: Final = (note_table, delete_rows)
