"""How moments are written."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from koryu.values.moments import written


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (None, ""),
        ("", ""),
        ("2026-11-28 16:00:00", "2026-11-28T16:00:00Z"),
        ("2026-11-28T16:00:00Z", "2026-11-28T16:00:00Z"),
        ("2026-11-29T01:00:00+09:00", "2026-11-28T16:00:00Z"),
        (datetime(2026, 11, 28, 16, 0, 0, 999, tzinfo=UTC), "2026-11-28T16:00:00Z"),
        (datetime(2026, 11, 29, 1, tzinfo=ZoneInfo("Asia/Seoul")), "2026-11-28T16:00:00Z"),
        (datetime(1, 1, 1, tzinfo=UTC), "0001-01-01T00:00:00Z"),
    ],
)
def test_a_moment_that_a_database_keeps_is_written_as_entries_write_it(kept: datetime | str | None, said: str) -> None:
    assert written(kept) == said
