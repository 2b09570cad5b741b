"""How moments are written, and on which day one falls for whoever reads."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from koryu.values.moments import Local, day_in, local, written


# A moment, the language, and the day; before, each was the day in London.
@pytest.mark.parametrize(
    ("moment", "language", "day"),
    [
        ("2026-11-28T16:00:00Z", "ja", "2026-11-29"),
        ("2026-11-28T14:59:59Z", "ja", "2026-11-28"),
        ("2026-11-28T15:00:00Z", "ja", "2026-11-29"),
        ("2026-11-28T15:00:00Z", "ko", "2026-11-29"),
        ("2026-11-28T15:59:59Z", "zh-Hans", "2026-11-28"),
        ("2026-11-28T16:00:00Z", "zh-Hans", "2026-11-29"),
        ("2026-11-28T16:00:00Z", "zh-Hant", "2026-11-29"),
        ("2026-11-28T23:59:59Z", "en", "2026-11-28"),
        ("2026-12-31T23:00:00Z", "ja", "2027-01-01"),
        ("2024-02-28T20:00:00Z", "ko", "2024-02-29"),
        ("2026-11-28", "ja", "2026-11-28"),
        ("2026-11", "ja", "2026-11"),
        ("", "ja", ""),
        ("soonTnever", "ja", "soon"),
        ("9999-12-31T23:59:59Z", "ja", "9999-12-31"),
    ],
)
def test_a_moment_falls_on_the_day_of_its_reader(moment: str, language: str, day: str) -> None:
    assert day_in(moment, language) == day


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


# A moment and the language; the day, the hour and the zone. Before, the hour was that of UTC beside any of these days.
@pytest.mark.parametrize(
    ("moment", "language", "day", "hour", "zone"),
    [
        ("2026-11-28T16:05:59Z", "ja", "2026-11-29", "01:05", "Tokyo time"),
        ("2026-11-28T14:59:59Z", "ja", "2026-11-28", "23:59", "Tokyo time"),
        ("2026-11-28T16:00:00Z", "zh-Hans", "2026-11-29", "00:00", "Beijing time"),
        ("2026-11-28T16:00:00Z", "zh-Hant", "2026-11-29", "00:00", "Beijing time"),
        ("2026-11-28T16:00:00Z", "ko", "2026-11-29", "01:00", "Seoul time"),
        ("2026-11-28T16:00:00Z", "en", "2026-11-28", "16:00", "UTC"),
        ("2026-11-28T16:00:00Z", "fr", "2026-11-28", "16:00", "UTC"),
        ("2026-11-28T16:00:00Z", "", "2026-11-28", "16:00", "UTC"),
        ("2026-12-31T15:00:00Z", "ja", "2027-01-01", "00:00", "Tokyo time"),
        ("1988-07-01T15:00:00Z", "ko", "1988-07-02", "01:00", "Seoul time"),
        ("1990-07-01T15:00:00Z", "zh-Hans", "1990-07-02", "00:00", "Beijing time"),
        ("2026-11-28", "ja", "2026-11-28", "", ""),
        ("", "ja", "", "", ""),
        ("soonTnever", "ja", "soon", "", ""),
        ("9999-12-31T23:59:59Z", "ja", "9999-12-31", "", ""),
    ],
)
def test_day_hour_and_zone_go_together(moment: str, language: str, day: str, hour: str, zone: str) -> None:
    assert local(moment, language) == Local(day, hour, zone)
