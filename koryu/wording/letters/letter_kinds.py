"""The kinds of letter: what each is called at the desk, in which languages it is made, what is typed for it."""

from dataclasses import dataclass
from typing import Final

from koryu.values.reason import N_

LANGS: Final = ("ja", "zh-Hans", "ko", "en")


@dataclass(frozen=True, kw_only=True)
class LetterKind:
    """A kind of letter.

    `both` where it is also made with two languages beside each other; `is_list` where it has no addressee; `boxes` are
    what is typed for it besides, and `needs` those it should not leave without. `stays` where it stays in the house.
    """

    code: str
    name: str
    both: bool = False
    is_list: bool = False
    boxes: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    stays: bool = False


LETTER_KINDS: Final = {
    kind.code: kind
    for kind in (
        LetterKind(code="plan", name=N_("Plan proposed"), both=True, is_list=True, boxes=("covering", "notes")),
        LetterKind(code="programme", name=N_("Programme by day"), both=True, is_list=True, boxes=("notes",)),
        LetterKind(code="participants", name=N_("List of participants"), both=True, is_list=True, boxes=("notes",)),
        LetterKind(code="papers", name=N_("List of papers"), both=True, is_list=True, boxes=("notes",)),
        LetterKind(
            code="invitation",
            name=N_("Letter of invitation"),
            boxes=("purpose", "cities", "costs", "text", "translation"),
            needs=("sender_post", "sender_address", "sender_telephone", "costs"),
        ),
        LetterKind(
            code="enquiry",
            name=N_("Enquiry or reminder"),
            boxes=("text", "deadline"),
            needs=("text",),
        ),
        LetterKind(code="thanks", name=N_("Letter of thanks"), boxes=("text",)),
        LetterKind(code="approval", name=N_("Note for approval"), boxes=("costs", "reasons", "text"), stays=True),
    )
}


def languages_allowed(kind: str, langs: tuple[str, ...]) -> bool:
    """Whether a letter of this kind can be made in these languages."""
    most = 2 if LETTER_KINDS[kind].both else 1
    return 1 <= len(langs) <= most and len(set(langs)) == len(langs) and set(langs) <= set(LANGS)
