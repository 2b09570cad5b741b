"""The steps of a round are found in the rooms that have some, and taken in one order."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import koryu
from koryu.delivery.steps import rooms_with_steps, steps

STEPS_OF_A_ROOM = """
def first(*, at, today):
    return [f"{at} {today}"]

def second(*, at, today):
    return []

STEPS = (first, second)
"""


def names() -> list[str]:
    return [f"{step.__module__}.{step.__qualname__}" for step in steps()]  # type: ignore[attr-defined]  # -- functions


@pytest.fixture
def another_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A room `another` that has steps, and one that has none."""
    for room in ("another", "idle"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    (tmp_path / "another" / "steps.py").write_text(STEPS_OF_A_ROOM, encoding="utf-8")
    monkeypatch.setattr(koryu, "__path__", [*koryu.__path__, str(tmp_path)])
    yield
    for module in ("koryu.another.steps", "koryu.another"):
        sys.modules.pop(module, None)
    vars(koryu).pop("another", None)


OURS = [
    *("koryu.desk.steps.remind_of_steps", "koryu.desk.steps.note_events"),
    *("koryu.notices.steps.gather", "koryu.notices.steps.send"),
    *("koryu.correspondence.steps.forget_erased", "koryu.correspondence.steps.delete_letters"),
    *("koryu.correspondence.steps.wipe_erased", "koryu.planning.steps.note_table"),
    "koryu.planning.steps.delete_rows",
    *("koryu.archive.steps.catch_up", "koryu.files.steps.forget_arrived"),
    *("koryu.institutions.steps.forget", "koryu.institutions.steps.delete_links", "koryu.ledger.steps.wipe"),
]


def test_what_sends_comes_first_and_what_tidies_last() -> None:
    assert names() == OURS


def test_a_room_that_has_steps_is_found_and_stands_before_what_tidies(another_room: None) -> None:
    assert sorted(names()) == sorted([*OURS, "koryu.another.steps.first", "koryu.another.steps.second"])
    first = names().index("koryu.another.steps.first")
    assert names().index("koryu.notices.steps.send") < first < names().index("koryu.archive.steps.catch_up")
    assert steps()[first](at="2026-11-22T09:00:00Z", today=date(2026, 11, 22)) == ["2026-11-22T09:00:00Z 2026-11-22"]


def test_to_find_the_rooms_none_is_imported() -> None:
    asked = (
        "import sys; from koryu.delivery.steps import rooms_with_steps as rooms; rooms(); "
        "print(*sorted(name for name in sys.modules if name.startswith('koryu')))"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["koryu", "koryu.delivery", "koryu.delivery.steps"]
    rooms = ("desk", "notices", "correspondence", "planning", "archive", "files", "institutions", "ledger")
    assert rooms_with_steps() == rooms
