"""What an institution plans for itself: the steps of its work on an exchange, private rows of its sheets, its calendar
and those of its partners.

Never in the ledger; seen by no other but what of a calendar it shows.
"""

from koryu.planning.models.calendar_rows import (
    AnnouncedRow,
    CalendarRow,
    DaysBeforeRow,
    EventRow,
    OverrideRow,
    PeriodRow,
)
from koryu.planning.models.date_rows import CandidateRow, PlaceRow
from koryu.planning.models.sheet_rows import CustomRow, PrivateRow, SheetRow, TranslationRow
from koryu.planning.models.work_rows import ClosingRow, CountedStepRow, ScheduleRow, StepRow, TemplateRow

__all__ = [
    "AnnouncedRow",
    "CalendarRow",
    "CandidateRow",
    "ClosingRow",
    "CountedStepRow",
    "CustomRow",
    "DaysBeforeRow",
    "EventRow",
    "OverrideRow",
    "PeriodRow",
    "PlaceRow",
    "PrivateRow",
    "ScheduleRow",
    "SheetRow",
    "StepRow",
    "TemplateRow",
    "TranslationRow",
]
