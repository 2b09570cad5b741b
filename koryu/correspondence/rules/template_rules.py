"""For which letters an office can have a template of its own, and how many versions of it. Pure."""

from typing import Final

from koryu.values.reason import Reason
from koryu.wording.letters.letter_kinds import LETTER_KINDS, languages_allowed

# The number of no version: the layout that comes with Koryu.
SHIPPED: Final = 0
MOST_VERSIONS: Final = 50


def template_fails(kind: str, langs: str) -> Reason | None:
    """Why there can be no template for this kind of letter in these languages (`ja`, `zh-Hans+ja`)."""
    if kind not in LETTER_KINDS:
        return Reason("There is no such kind of letter.")
    if not languages_allowed(kind, tuple(langs.split("+"))):
        return Reason("Choose one language; or two, where the letter can be made side by side.")
    return None


def versions_fail(kept: int) -> Reason | None:
    """Why no other version can be kept beside so many."""
    return (
        Reason("At most %(most)s versions of a template are kept.", most=MOST_VERSIONS)
        if kept >= MOST_VERSIONS
        else None
    )
