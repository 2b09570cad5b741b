"""The languages in which pages are read."""

from dataclasses import dataclass
from typing import Final

# The part of the address, the language tag of what is shown there, and the language's own name for itself.
LANGUAGES: Final = {
    "en": ("en", "English"),
    "ja": ("ja", "日本語"),
    "zh-hans": ("zh-Hans", "简体中文"),
    "ko": ("ko", "한국어"),
}


@dataclass(frozen=True)
class Reader:
    """The language a page is read in: `slug` in addresses and settings, `tag` for texts."""

    slug: str

    @property
    def tag(self) -> str:
        return LANGUAGES[self.slug][0]
