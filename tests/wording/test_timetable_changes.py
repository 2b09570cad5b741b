"""What a version of a timetable changes after it was fixed, in words, in four languages."""

from typing import Any

import pytest

from koryu.wording.timetable_changes import change_in_words, changes_since_fixed, session_changes

VISIT: dict[str, Any] = {"id": "v", "type": "site visit", "title": {"en": "Archives", "ja": "公文書館", "source": "ja"}}
WEDNESDAY: dict[str, Any] = {**VISIT, "date": "2027-11-10", "start": "14:00", "end": "15:00"}


def words(was: dict[str, Any] | None, now: dict[str, Any] | None, slug: str = "en") -> list[str]:
    before, after = ({"sessions": [item] if item else []} for item in (was, now))
    return [change_in_words(change, slug) for change in session_changes(before, after)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"start": "15:00", "end": "16:00"}, "Archives 14:00–15:00 → 15:00–16:00"),
        ({"date": "2027-11-11"}, "Archives Wed 10 Nov → Thu 11 Nov"),
        ({"title": {"en": "Stacks"}}, "Archives Archives → Stacks"),
        ({"venue": {"en": "Annex"}}, "Archives not known → Annex"),
        ({"until": "2027-11-11", "end": "01:00"}, "Archives 14:00–15:00 → 14:00–Thu 11 Nov 01:00"),
        ({"papers": ["x:a"]}, "Archives Papers given: changed"),
        ({"type": "meeting"}, "Archives site visit → meeting"),
    ],
)
def test_what_changed_in_a_session_is_said_with_both_values(changed: dict[str, Any], said: str) -> None:
    assert words(WEDNESDAY, {**WEDNESDAY, **changed}) == [f"Wed 10 Nov: {said}"]


def test_new_sessions_and_those_left_out_are_said() -> None:
    assert words(None, WEDNESDAY) == ["Wed 10 Nov: new: Archives 14:00–15:00"]
    assert words(WEDNESDAY, None) == ["Wed 10 Nov: left out: Archives 14:00–15:00"]
    assert words(None, {"id": "s", "type": "meeting", "number": "2"}) == ["new: meeting 2"]
    assert words(WEDNESDAY, WEDNESDAY) == []


@pytest.mark.parametrize("slug", ["ja", "zh-hans", "ko"])
def test_it_is_said_in_the_language_of_the_pages(slug: str) -> None:
    (said,) = words(WEDNESDAY, {**WEDNESDAY, "start": "15:00", "end": None}, slug)
    assert said.endswith("14:00–15:00 → 15:00")


def test_changes_count_from_the_first_version_that_is_not_provisional() -> None:
    versions: list[dict[str, Any]] = [
        {"sessions": [WEDNESDAY], "provisional": True},
        {"sessions": [{**WEDNESDAY, "start": "13:00"}], "provisional": True},
        {"sessions": [WEDNESDAY]},
        {"sessions": [WEDNESDAY], "notes": {"en": "A note"}},
        # Once fixed, it is: what says provisional again changes it all the same.
        {"sessions": [], "provisional": True},
    ]
    assert [len(changes) for changes in changes_since_fixed(versions)] == [0, 0, 0, 0, 1]
    assert changes_since_fixed([]) == ()
