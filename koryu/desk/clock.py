"""The time it is, for the desk and the commands: the rooms below are told it, and never ask."""

from datetime import UTC, date, datetime

from django.utils import timezone


def now() -> str:
    """The present moment in UTC, as entries write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> date:
    """The present day where moments are told: at the institution one works for; see `koryu.wording.told_moments`."""
    return timezone.localdate()
