"""The languages of the interface, and which of them a reader wants."""

from dataclasses import dataclass
from typing import Final

from django.utils import translation

# The part of the address, the language tag of what is shown there, and the language's own name for itself.
LANGUAGES: Final = {
    "en": ("en", "English"),
    "ja": ("ja", "日本語"),
    "zh-hans": ("zh-Hans", "简体中文"),
    "ko": ("ko", "한국어"),
}


def asked_for(accepted: str) -> str:
    """The slug of the language that a browser asks for first (Accept-Language, RFC 9110, section 12.5.4), else en.

    What weighs nothing is not wanted. Any Chinese is led to the Chinese there is; its page says in which script it is.
    """
    refused, wanted = set(), []
    for place, entry in enumerate(accepted.lower().split(",")):
        tag, _, weight = entry.partition(";")
        slug = _slug_of(tag.strip())
        try:
            weighs = float(weight.partition("=")[2] or 1)
        except ValueError:
            continue
        if not 0 < weighs <= 1:
            refused.add(slug)
        elif slug:
            wanted.append((-weighs, place, slug))
    free = [slug for slug in LANGUAGES if slug not in refused]
    for _, _, slug in sorted(wanted):
        if slug == "*" and free:
            return free[0]
        if slug in LANGUAGES:
            return slug
    return free[0] if free else "en"


def _slug_of(tag: str) -> str:
    language = tag.partition("-")[0]
    return next((slug for slug in LANGUAGES if slug.partition("-")[0] == language), "*" if tag == "*" else "")


@dataclass(frozen=True)
class Reader:
    """The language a page is read in: `slug` in addresses and settings, `tag` for texts."""

    slug: str

    @property
    def tag(self) -> str:
        return LANGUAGES[self.slug][0]

    @property
    def after_sentence(self) -> str:
        """What stands between two sentences: nothing in Japanese and Chinese, where the full stop brings its space."""
        return "" if self.slug in ("ja", "zh-hans") else " "


def slug_of(tag: str) -> str:
    """The slug of the language of the interface with this tag; '' where it is none."""
    return next((slug for slug, (known, _name) in LANGUAGES.items() if known == tag), "")


def active_reader() -> Reader:
    """Whoever reads in the language that is active now."""
    return Reader(translation.get_language() or "en")
