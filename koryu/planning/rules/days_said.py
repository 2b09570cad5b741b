"""All that is said of the working days of an institution, and all that was said of them before. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from koryu.planning.rules.announced_years import AnnouncedYear
from koryu.planning.rules.periods import Override


@dataclass(frozen=True, kw_only=True)
class WorksIn:
    """In which country an institution works, as `kept_by` has it; said at one moment, and no longer from `until` on."""

    kept_by: str
    country: str
    subdivision: str = ""
    uses_holidays: bool = True
    at: str = ""
    until: str = ""


@dataclass(frozen=True, kw_only=True)
class DaysSaid:
    """What was ever said of the working days of an institution, as far as `asking` knows it.

    Of each, `at` is when it was said, `until` when it was taken back or said otherwise ('' while it holds). Of a year
    that nobody loaded, the table of holidays decides; `announced` holds too what a table before the one of now had.
    """

    institution: str
    asking: str = ""
    settings: tuple[WorksIn, ...] = ()
    overrides: tuple[Override, ...] = ()
    announced: tuple[AnnouncedYear, ...] = ()

    def moments(self) -> Iterator[str]:
        """When something of it was said, or no longer."""
        all_said: tuple[WorksIn | Override | AnnouncedYear, ...] = (*self.settings, *self.overrides, *self.announced)
        for each in all_said:
            yield from filter(None, (each.at, each.until))
