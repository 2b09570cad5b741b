"""What was typed into a form, as values."""

from collections.abc import Mapping

from koryu.sheets import clean
from koryu.values.reason import Reason, Refused
from koryu.values.text import Text
from koryu.wording.languages import LANGUAGES

_LONGEST_NUMBER = 19
TAGS = tuple(tag for tag, _ in LANGUAGES.values())


def text_typed(typed: Mapping[str, str], *, mine: str) -> Text:
    """The text typed into one box for each language (`text-ja` …), its source the writer's own language.

    Raises Refused where that one is empty.
    """
    forms = {tag: lines(typed.get(f"text-{tag}", "")).strip() for tag in (mine, *TAGS)}
    if not forms[mine]:
        raise Refused(Reason("Enter a text, at least in your own language."))
    given = {tag: form for tag, form in forms.items() if form}
    return Text({**given, "source": mine} if len(given) > 1 else given)


def text_so_far(typed: Mapping[str, str], *, before: Mapping[str, str], mine: str) -> dict[str, str]:
    """The same, unfinished: nothing where nothing is typed, and the source of `before` as long as it is there."""
    given = {tag: form for tag in TAGS if (form := clean.prose(typed.get(f"text-{tag}", "")).strip())}
    source = next((tag for tag in (before.get("source"), mine, *given) if tag in given), "")
    return {**given, "source": source} if len(given) > 1 else given


def lines(typed: str) -> str:
    """What was typed, with its lines ended as everywhere: a browser ends them otherwise.

    Nothing is taken out, unlike in a draft: what is said with this form is said at once, and refused if it cannot be.
    """
    return typed.replace("\r\n", "\n").replace("\r", "\n")


def number_typed(written: str) -> int:
    """The number of a row, as a form sends it; 0 for what is none."""
    return int(written) if written.isascii() and written.isdecimal() and len(written) < _LONGEST_NUMBER else 0
