"""On which day and at which hour a moment is told: where the institution is, in whatever language it is read."""

import pytest
from django.utils import timezone

from koryu.wording.languages import LANGUAGES
from koryu.wording.told_moments import (
    ToldMoment,
    active_zone_in_words,
    day_told,
    moment_in_words,
    tell_in,
    told,
    told_in,
    zone_in_words,
)


# A moment and the zone; the day and the hour.
@pytest.mark.parametrize(
    ("moment", "zone", "day", "hour"),
    [
        ("2026-11-28T16:05:59Z", "Asia/Tokyo", "2026-11-29", "01:05"),
        ("2026-11-28T14:59:59Z", "Asia/Tokyo", "2026-11-28", "23:59"),
        ("2026-11-28T15:59:59Z", "Asia/Shanghai", "2026-11-28", "23:59"),
        ("2026-11-28T16:00:00Z", "Asia/Shanghai", "2026-11-29", "00:00"),
        ("2026-11-28T23:59:59Z", "UTC", "2026-11-28", "23:59"),
        ("2026-12-31T15:00:00Z", "Asia/Seoul", "2027-01-01", "00:00"),
        ("2024-02-28T20:00:00Z", "Asia/Seoul", "2024-02-29", "05:00"),
        ("1988-07-01T15:00:00Z", "Asia/Seoul", "1988-07-02", "01:00"),
        ("1990-07-01T15:00:00Z", "Asia/Shanghai", "1990-07-02", "00:00"),
        ("2027-03-28T01:30:00Z", "Europe/Berlin", "2027-03-28", "03:30"),
        ("2026-11-28T03:00:00Z", "America/New_York", "2026-11-27", "22:00"),
    ],
)
def test_day_and_hour_are_those_of_the_zone_it_is_told_in(moment: str, zone: str, day: str, hour: str) -> None:
    with told_in(zone):
        assert told(moment) == ToldMoment(day, hour, zone)
        assert day_told(moment) == day


@pytest.mark.parametrize("written", ["2026-11-28", "2026-11", "", "9999-12-31"])
def test_a_day_is_that_day_everywhere(written: str) -> None:
    with told_in("Asia/Tokyo"):
        assert told(written) == ToldMoment(written)


@pytest.mark.parametrize(("written", "day"), [("soonTnever", "soon"), ("9999-12-31T23:59:59Z", "9999-12-31")])
def test_what_is_no_moment_is_returned_up_to_its_hour(written: str, day: str) -> None:
    with told_in("Asia/Tokyo"):
        assert told(written) == ToldMoment(day)


@pytest.mark.parametrize("zone", ["", "Nowhere/City", "../etc"])
def test_where_no_zone_is_known_it_is_utc(zone: str) -> None:
    with told_in(zone):
        assert told("2026-11-28T16:00:00Z") == ToldMoment("2026-11-28", "16:00", "UTC")


def test_a_request_after_another_tells_in_its_own_zone() -> None:
    with told_in(""):
        tell_in("Asia/Tokyo")
        assert day_told("2026-11-28T16:00:00Z") == "2026-11-29"
        tell_in("")
        assert day_told("2026-11-28T16:00:00Z") == "2026-11-28"
    assert timezone.get_current_timezone_name() == "UTC"


# The same act in four languages: the same day, the same hour, and the zone by name.
SAID = {
    "en": "29 November 2026, 01:05 (Tokyo time)",
    "ja": "2026年11月29日 01:05（日本時間）",
    "zh-hans": "2026年11月29日 01:05（东京时间）",
    "ko": "2026년 11월 29일 01:05(도쿄 시간)",
}


@pytest.mark.parametrize("slug", LANGUAGES)
def test_an_act_falls_on_one_day_in_every_language(slug: str) -> None:
    with told_in("Asia/Tokyo"):
        words = moment_in_words("2026-11-28T16:05:59Z", slug)
        assert active_zone_in_words(slug) in words
    assert ("29" in words, "01:05" in words) == (True, True)
    assert words == SAID[slug]


@pytest.mark.parametrize(
    ("slug", "called"), [("en", "Berlin time"), ("ja", "ベルリン時間"), ("zh-hans", "柏林时间"), ("ko", "베를린 시간")]
)
def test_a_zone_is_called_after_its_city(slug: str, called: str) -> None:
    city = called.removesuffix(" time").removesuffix("時間").removesuffix("时间").removesuffix("시간").strip()
    assert city in zone_in_words("Europe/Berlin", slug)
