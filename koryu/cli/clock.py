"""The time it is, for commands: the rooms below are told it, and never ask."""

from datetime import UTC, datetime


def now() -> str:
    """The present moment in UTC, as entries write it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
