"""The table of a template: what its boxes show, and the steps that were typed into them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from koryu.planning.rules.schedule.schedule_steps import MOST_STEPS, STEP, Acts, Anchor, ScheduleStep, Unit
from koryu.seals.digests import digest_of
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES

NEW_ROWS: Final = 3
_LONGEST_NUMBER: Final = 4
_BOXES: Final = (
    "acts",
    "anchor",
    "after",
    "n",
    "side",
    "unit",
    "lead",
    "makes",
    "condition",
    "travel",
    "shown",
    "delete",
)
_CODE: Final = re.compile(r"[a-z0-9-]{1,40}")


@dataclass(frozen=True, kw_only=True)
class TemplateBoxes:
    """One row of the table: its place, and what stands in each of its boxes, by name."""

    place: int
    code: str
    boxes: Mapping[str, str]

    def get(self, name: str) -> str:
        return self.boxes.get(name, "")


def rows_of(steps: Sequence[ScheduleStep], tag: str, typed: Any = None) -> tuple[TemplateBoxes, ...]:
    """The rows of a table, with some empty ones behind; as they were `typed`, where they could not be kept."""
    if typed and "rows" in typed:
        return tuple(_as_typed(typed, place) for place in range(_number_of_rows(typed)))
    rows = [
        TemplateBoxes(
            place=place,
            code=step.code,
            boxes={
                "acts": str(step.acts),
                "anchor": "" if step.after_step else str(step.anchor),
                "after": _words_of(step.after_step, steps, tag),
                "n": str(abs(step.n)),
                "side": "after" if step.n > 0 else "before",
                "unit": str(step.unit),
                "lead": str(step.lead or ""),
                "makes": str(step.makes),
                "condition": str(step.condition),
                "travel": "1" if step.travel else "",
                "shown": "1" if step.shown else "",
                **{f"words-{language}": step.words.as_json().get(language, "") for language, _ in LANGUAGES.values()},
            },
        )
        for place, step in enumerate(steps)
    ]
    begun = dict.fromkeys(_BOXES, "") | {
        "acts": str(Acts.OWN),
        "anchor": str(Anchor.ARRIVAL),
        "side": "before",
        "unit": str(Unit.WORKING_DAYS),
    }
    return (*rows, *(TemplateBoxes(place=len(rows) + n, code="", boxes=begun) for n in range(NEW_ROWS)))


def _words_of(code: str, steps: Sequence[ScheduleStep], tag: str) -> str:
    """What the step with this code is called, for whoever reads it; a step is chosen by its words."""
    return next((step.words.shown(tag).text for step in steps if step.code == code), code)


def _as_typed(typed: Any, place: int) -> TemplateBoxes:
    names = (*_BOXES, *(f"words-{language}" for language, _ in LANGUAGES.values()))
    boxes = {name: str(typed.get(f"{name}-{place}", "")) for name in names}
    return TemplateBoxes(place=place, code=_code_typed(typed, place), boxes=boxes)


def steps_typed(typed: Any, tag: str) -> tuple[ScheduleStep, ...]:
    """The steps in the boxes, without empty rows and those that are ticked to be deleted. Raises Refused.

    A new one is called inside by its place and words; a step keeps what it is called inside, so that what was done with
    it stays with it.
    """
    steps = tuple(_steps(typed, tag))
    by_words = {form: step.code for step in reversed(steps) for form in step.words.forms.values()}
    return tuple(_counted_from(step, by_words) for step in steps)


def _counted_from(step: ScheduleStep, by_words: Mapping[str, str]) -> ScheduleStep:
    """A step, counted from the one whose words were typed."""
    typed = step.after_step
    return replace(step, anchor=f"{STEP}{by_words[typed]}") if typed in by_words else step


def _steps(typed: Any, tag: str) -> Iterator[ScheduleStep]:
    taken: set[str] = set()
    for place in range(_number_of_rows(typed)):
        row = _as_typed(typed, place)
        words = {lang: clean.line(row.get(f"words-{lang}")) for lang, _ in LANGUAGES.values()}
        words = {lang: form for lang, form in words.items() if form}
        if not words or row.get("delete"):
            continue
        n = _number(row.get("n"))
        step = ScheduleStep(
            code=row.code if row.code and row.code not in taken else _new_code(words, place, taken),
            words=Text({**words, "source": tag if tag in words else next(iter(words))}),
            acts=_choice(Acts, row.get("acts")),
            anchor=_anchor(row.get("anchor"), clean.line(row.get("after"))),
            n=n if row.get("side") == "after" else -n,
            unit=_choice(Unit, row.get("unit")),
            lead=_number(row.get("lead")),
            makes=row.get("makes"),
            condition=row.get("condition"),
            travel=bool(row.get("travel")),
            shown=bool(row.get("shown")),
        )
        taken.add(step.code)
        yield step


def _new_code(words: Mapping[str, str], place: int, taken: set[str]) -> str:
    code = f"s-{digest_of({**words, 'place': str(place)}).rpartition(':')[2][:12]}"
    while code in taken:
        code += "x"
    return code[:40]


def _code_typed(typed: Any, place: int) -> str:
    code = str(typed.get(f"code-{place}", ""))
    return code if _CODE.fullmatch(code) else ""


def _anchor(chosen: str, after: str) -> str:
    """From what a step is counted: another step, where its words were typed."""
    if after:
        return f"{STEP}{after}"
    if chosen not in set(Anchor):
        raise Refused(Reason("Choose one of the values offered."))
    return chosen


def _number_of_rows(typed: Any) -> int:
    return min(_number(str(typed.get("rows", ""))), MOST_STEPS + NEW_ROWS + 1)


def _number(written: str) -> int:
    digits = clean.digits(written)
    if not digits:
        return 0
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > _LONGEST_NUMBER:
        raise Refused(Reason("Enter a number of days."))
    return int(digits)


def _choice(choices: Any, written: str) -> Any:
    try:
        return choices(written)
    except ValueError:
        raise Refused(Reason("Choose one of the values offered.")) from None
