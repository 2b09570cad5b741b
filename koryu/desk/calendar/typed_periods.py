"""Periods, single days and settings of a calendar, as they were typed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from koryu.planning.rules.periods import Effect, HowSure, Period, Repeat, ShownAs
from koryu.sheets import clean
from koryu.sheets.parse import date_typed
from koryu.values.edtf import ENDS_FIRST
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text

Choice = TypeVar("Choice", bound=StrEnum)
Typed = Mapping[str, Any]
_DAYS_NEEDED: Final = Reason("Enter the first and the last day.")


@dataclass(frozen=True, kw_only=True)
class TypedSettings:
    """The settings of a calendar, as typed."""

    country: str
    subdivision: str
    year_month: int | None
    uses_holidays: bool


def settings_typed(typed: Typed) -> TypedSettings:
    month = clean.digits(typed.get("year_month", ""))
    return TypedSettings(
        country=clean.line(typed.get("country", "")).upper(),
        subdivision=clean.line(typed.get("subdivision", "")).upper(),
        year_month=int(month) if month.isascii() and month.isdecimal() and len(month) < 3 else None,
        uses_holidays=bool(typed.get("uses_holidays")),
    )


def period_typed(typed: Typed, *, of: str, kept_by: str, tag: str, before: Period | None) -> Period:
    """The period in the boxes, its words in the language of whoever typed them; `before` is the one it changes.

    Words in other languages stay as they are. Raises Refused with what is wrong.
    """
    first, last = days_typed(typed.get("days", ""))
    period = Period(
        of=of,
        kept_by=kept_by,
        first=first,
        last=last,
        effect=choice_typed(Effect, typed.get("effect", "")),
        repeat=choice_typed(Repeat, typed.get("repeat", "")),
        shown=choice_typed(ShownAs, typed.get("shown", ShownAs.NOT_POSSIBLE)),
        sure=choice_typed(HowSure, typed.get("sure", HowSure.FIXED)),
        label=_label(clean.line(typed.get("label", "")), tag, before.label if before else None),
        source=clean.line(typed.get("source", "")),
        told_by=clean.line(typed.get("told_by", "")),
    )
    return replace(period, id=before.id, uid=before.uid) if before else period


def days_typed(typed: str) -> tuple[date, date]:
    """The days that were typed: one, two with a dash, or a month. Raises Refused."""
    if not clean.line(typed):
        raise Refused(_DAYS_NEEDED)
    try:
        when = date_typed(typed)
    except Refused as refused:
        if refused.reason.message == ENDS_FIRST:
            raise Refused(Reason("The last day comes before the first.")) from None
        raise
    if when.start is None or when.end is None or when.qualifier or when.precision == "year" or "X" in when:
        raise Refused(_DAYS_NEEDED)
    return when.earliest, when.latest


def day_typed(typed: str) -> date:
    """The one day that was typed. Raises Refused."""
    first, last = days_typed(typed)
    if first != last:
        raise Refused(Reason("Enter one day."))
    return first


def row_number(typed: Typed, name: str) -> int:
    """The number of a row, 0 where none was sent."""
    written = str(typed.get(name, ""))
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 19 else 0


def _label(written: str, tag: str, before: Text | None) -> Text | None:
    forms: dict[str, str] = {str(lang): words for lang, words in before.forms.items()} if before else {}
    source = str(before.source) if before else tag
    forms.pop(tag, None)
    if written:
        forms[tag] = written
    if not forms:
        return None
    return Text({**forms, "source": source if source in forms else next(iter(forms))})


def choice_typed(choices: type[Choice], typed: str) -> Choice:
    """The choice that was made. Raises Refused."""
    try:
        return choices(typed)
    except ValueError:
        raise Refused(Reason("Choose one of the values offered.")) from None
