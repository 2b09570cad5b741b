"""A form in groups: each field stands in one of them, what is needed is open, and a fold with content is open too."""

import re
from typing import Any

import pytest

from koryu.markup.desk_writer import DeskWriter
from koryu.markup.sheet_html import boxes, parts_of_form
from koryu.records.form_groups import FormGroup
from koryu.records.kinds import KINDS
from koryu.records.schema import SAID_ABOUT, fields_of
from koryu.sheets.boxes import Sheet, sheet_of
from koryu.sheets.errors import wrong_in

WRITER = DeskWriter("en", {})


def sheet(kind: str, content: dict[str, Any], *, wrong: bool = False) -> Sheet:
    faults = wrong_in(kind, {"kind": kind, **content}) if wrong else {}
    return sheet_of(kind, {"kind": kind, **content}, wrong=faults, tag="en", in_words=str)


def drawn(form: Sheet) -> str:
    return boxes(WRITER, form, words_only=False, offered={}, own_drafts={}, file_size="20")


@pytest.mark.parametrize("kind", KINDS)
def test_each_field_of_a_kind_stands_in_one_group_and_what_is_needed_is_open(kind: str) -> None:
    groups = sheet(kind, {}).groups
    names = [box.name for group in groups for box in group.boxes]
    assert sorted(names) == sorted(field.name for field in fields_of(kind))
    assert [group.name for group in groups] == [name for name in FormGroup if name in {group.name for group in groups}]
    assert [box.name for group in groups for box in group.folded if box.required] == []
    assert {box.name for box in groups[-1].boxes} == set(SAID_ABOUT)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_groups_fields_that_it_has_and_each_once(kind: str) -> None:
    model, known = KINDS[kind], {field.name for field in fields_of(kind)}
    grouped = [name for names in model.form_groups.values() for name in names]
    assert sorted(grouped) == sorted({*grouped} & known)
    assert set(model.first_fields) <= known


FOLD = re.compile(r'<details class="more-fields"( open)?>\s*<summary>(.*?)</summary>')


def folds(content: dict[str, Any], *, wrong: bool = False) -> dict[str, bool]:
    """Whether each fold of the form of an exchange is open, by what its summary says."""
    return {words: bool(opened) for opened, words in FOLD.findall(drawn(sheet("exchange", content, wrong=wrong)))}


def test_a_fold_is_named_and_says_that_nothing_is_in_it_and_one_with_content_is_open() -> None:
    nothing = ' <span class="soft">– nothing yet</span>'
    size = "Planned size, Working languages, Invited by, Shown to"
    assert folds({})[f"{size}{nothing}"] is False
    # What stands by itself is nothing that somebody has said.
    assert folds({"shown_to": "public"})[f"{size}{nothing}"] is False
    assert folds({"shown_to": "institutions"})[size] is True
    assert folds({"planned_size": 5})[size] is True
    assert folds({"event": {"state": "planned"}})[f"Postponed to, Remark{nothing}"] is False
    assert folds({"event": {"state": "postponed", "postponed_to": "2028"}})["Postponed to, Remark"] is True


def test_a_fold_in_which_something_is_wrong_is_open() -> None:
    assert folds({"planned_size": "many"}, wrong=True)["Planned size, Working languages, Invited by, Shown to"] is True


def test_the_parts_of_a_form_say_what_each_has_and_what_needs_a_look() -> None:
    def parts(content: dict[str, Any], *, wrong: bool = False) -> list[str]:
        html = parts_of_form(WRITER, sheet("exchange", content, wrong=wrong))
        return re.findall(r"<small>(.*?)</small>", html)

    assert parts({}) == ["nothing yet"] * 6
    content = {"title": {"en": "Visit"}, "form": "visit", "dates": [{"id": "d", "scope": "trip", "date": "spring"}]}
    assert parts(content)[:3] == ["Title, Form", "Dates", "nothing yet"]
    assert parts(content, wrong=True)[1] == "1 field needs a look"


@pytest.mark.parametrize(
    ("title", "chosen"),
    [
        ({}, "en"),
        ({"ja": "交流"}, "ja"),
        ({"ja": "交流", "en": "Exchange", "source": "ja"}, "ja"),
        ({"ja": "交流", "en": "Exchange"}, ""),
    ],
)
def test_the_source_of_a_text_is_chosen_once(title: dict[str, str], chosen: str) -> None:
    html = drawn(sheet("theme", {"title": title} if title else {}))
    (select,) = re.findall(r'<select class="inline" name="title.source".*?</select>', html)
    assert re.findall(r'<option value="([^"]*)" selected>', select) == [chosen]
