"""On which day and at which hour a moment is told, and what the time of that place is called: one rule for all.

A moment is told in the zone that is active: at the desk that of the institution one works for, in a mail that of the
institution it goes to, and UTC elsewhere, which is every page for readers. The language changes nothing of it.
"""

from contextlib import AbstractContextManager
from datetime import datetime
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.utils import timezone, translation

from koryu.records.institution import has_time_zone
from koryu.values.edtf import Edtf
from koryu.values.reason import N_
from koryu.wording.languages import LANGUAGES
from koryu.wording.messages import date_in_words

UTC: Final = "UTC"
# What the time of a place is called by those who live there; elsewhere it is called after its city.
_CALLED: Final = {
    "Asia/Tokyo": N_("Tokyo time"),
    "Asia/Shanghai": N_("Beijing time"),
    "Asia/Seoul": N_("Seoul time"),
    UTC: N_("UTC"),
}
_AFTER_CITY: Final = N_("%(city)s time")
_AT: Final = N_("%(day)s, %(hour)s (%(zone)s)")


class ToldMoment(NamedTuple):
    """A moment as it is told: the day (2026-11-29), the hour (01:00) and the name of the zone (Asia/Tokyo).

    Hour and zone are empty where only a day is known.
    """

    day: str
    hour: str = ""
    zone: str = ""


def told_in(zone: str) -> AbstractContextManager[None]:
    """Within it, moments are told in this zone (IANA); in UTC where it is none."""
    return timezone.override(ZoneInfo(zone) if has_time_zone(zone) else None)


def tell_in(zone: str) -> None:
    """From now on, in this request, moments are told in this zone; in UTC where it is none."""
    if has_time_zone(zone):
        timezone.activate(ZoneInfo(zone))
    else:
        timezone.deactivate()


def told(moment: str) -> ToldMoment:
    """A moment (2026-11-28T16:00:00Z) in the active zone; a day as itself.

    What is neither is returned as it is, up to its T.
    """
    return _told(moment, timezone.get_current_timezone_name())


def day_told(moment: str) -> str:
    """The day of a moment in the active zone: see `told`."""
    return told(moment).day


def moment_in_words(moment: str, slug: str) -> str:
    """The day and hour of a moment in the active zone, which is named, in words of this language."""
    return _in_words(told(moment), slug)


@lru_cache(maxsize=4096)
def _in_words(there: ToldMoment, slug: str) -> str:
    day = date_in_words(Edtf(there.day), slug)
    if not there.hour:
        return day
    with translation.override(slug):
        return translation.gettext(_AT) % {"day": day, "hour": there.hour, "zone": zone_in_words(there.zone, slug)}


def active_zone_in_words(slug: str) -> str:
    """What the time of the active zone is called."""
    return zone_in_words(timezone.get_current_timezone_name(), slug)


@lru_cache(maxsize=256)
def zone_in_words(zone: str, slug: str) -> str:
    """What the time of a zone (IANA) is called in this language."""
    with translation.override(slug):
        if zone in _CALLED:
            return translation.gettext(_CALLED[zone])
        city = get_timezone_location(ZoneInfo(zone), locale=LANGUAGES[slug][0].replace("-", "_"), return_city=True)
        return translation.gettext(_AFTER_CITY) % {"city": city}


@lru_cache(maxsize=4096)
def _told(moment: str, zone: str) -> ToldMoment:
    day, has_time, _ = moment.partition("T")
    if not has_time:
        return ToldMoment(day)
    try:
        there = datetime.fromisoformat(moment).astimezone(ZoneInfo(zone))
    except (ValueError, OverflowError):
        return ToldMoment(day)
    return ToldMoment(there.date().isoformat(), f"{there:%H:%M}", zone)
