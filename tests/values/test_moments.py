"""On which day a moment falls for whoever reads."""

import pytest

from koryu.values.moments import day_in


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
