"""The addresses of the public pages of records, made once for each list."""

from functools import lru_cache
from urllib.parse import quote

from django.urls import reverse


@lru_cache(maxsize=8192)
def public_page(language: str, kind: str, slug: str) -> str:
    """The path of the page of a record in a language."""
    # A record's page lies under the list of its kind; asking for each address anew costs more than all else about it.
    return f"{_listing(language, kind)}{quote(slug)}/"


@lru_cache(maxsize=256)
def _listing(slug: str, kind: str) -> str:
    return reverse("public:listing", kwargs={"lang": slug, "kind": kind})
