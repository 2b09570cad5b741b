"""In which language a reader reads, and what of the record a reader may see."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest
from django.utils.translation import get_language_from_request

from koryu.archive import queries as archive

# The part of the address, the language tag of what is shown there, and the language's own name for itself.
LANGUAGES: Final = {
    "en": ("en", "English"),
    "ja": ("ja", "日本語"),
    "zh-hans": ("zh-Hans", "简体中文"),
    "ko": ("ko", "한국어"),
}


class Erased(Http404):
    """The record was there and its content has been erased."""


@dataclass(frozen=True)
class Reader:
    """The language a page is read in: `slug` in addresses, `tag` for texts."""

    slug: str

    @property
    def tag(self) -> str:
        return LANGUAGES[self.slug][0]


def preferred(request: HttpRequest) -> Reader:
    """The interface language that the reader's browser asks for first; English when it asks for none of them."""
    return Reader(get_language_from_request(request))


def record_for(*, kind: str, address: str) -> archive.Record:
    """The public record at this address. Raises Erased or Http404 where there is none to show."""
    found = archive.record_at(kind=kind, address=address)
    if found:
        return found
    if archive.was_erased(kind=kind, address=address):
        raise Erased
    raise Http404
