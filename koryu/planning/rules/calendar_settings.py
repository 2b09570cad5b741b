"""In which country an institution works: what can be said of it. Pure but for the table of holidays."""

from typing import Final

from koryu.planning.rules.holidays import is_known
from koryu.values.reason import Reason

_MONTHS: Final = range(1, 13)


def settings_fail(*, country: str, subdivision: str, year_month: int | None) -> Reason | None:
    """Why these settings cannot be kept; None where they can. A country may be left out: its days are unknown then."""
    if year_month is not None and year_month not in _MONTHS:
        return Reason("Choose the month in which the budget year begins.")
    if not country:
        return Reason("Choose the country first.") if subdivision else None
    if not is_known(country):
        return Reason("No calendar is known for the country %(code)s.", code=country[:2])
    if subdivision and not is_known(country, subdivision):
        return Reason("No calendar is known for this part of the country: %(code)s.", code=subdivision[:10])
    return None
