"""What stands above a list of people: how many come, and on which side."""

from typing import Final

from koryu.desk.exchange.sheet.sheet_facts import Fact
from koryu.records.participation import ParticipationSide


def _size(typed: str) -> int | str | None:
    # What is no number stays as it was typed, as in forms; the record refuses it when it is sent.
    return int(typed) if typed.isdecimal() and len(typed) < 6 else typed or None


def _side(typed: str) -> str | None:
    return typed if typed in set(ParticipationSide) else None


FACTS: Final = (Fact(field="size_stated", kept=_size), Fact(field="side", kept=_side))
