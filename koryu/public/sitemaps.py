"""What search engines are told of: every public page in each language, with when it last changed (sitemaps.org)."""

from copy import copy
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as django_views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation

from koryu.archive import queries as archive
from koryu.public.pages.frame import in_no_language
from koryu.records.kinds import KINDS
from koryu.wording.languages import LANGUAGES

# People are not offered to search engines: their pages say so too.
_OFFERED: Final = tuple(kind for kind in KINDS if kind != "person")
Place = tuple[str, dict[str, str]]


class InEachLanguage(Sitemap):  # type: ignore[type-arg]  # -- Django's class takes none when it runs
    """Pages that exist in each language, each naming the others and the address that leads to a reader's own.

    An item is the name of an address and what it holds beside the language.
    """

    i18n = True
    alternates = True
    # So many of the longest addresses are still within the 50 MB that sitemaps.org allows.
    limit = 3_000

    @property
    def protocol(self) -> str:  # type: ignore[override]  # -- nobody writes it
        """That of the address of this server, whatever a proxy says."""
        return urlsplit(settings.ADDRESS).scheme

    def get_languages_for_item(self, item: Place) -> list[str]:
        """The tags of the languages, as the pages themselves write them."""
        return [tag for tag, _ in LANGUAGES.values()]

    def location(self, item: Place) -> str:
        """The path of a page in the language for which it is asked."""
        name, given = item
        return _path(name, translation.get_language() or "", tuple(given.items()))

    def get_urls(self, page: int | str = 1, site: Any = None, protocol: str | None = None) -> list[dict[str, Any]]:
        """The pages, each with an address for readers of any language: Django's own would lead nowhere here."""
        urls = super().get_urls(page=page, site=site, protocol=protocol)
        for url in urls:
            everywhere = settings.ADDRESS + _in_no_language(urlsplit(url["location"]).path)
            url["alternates"].append({"lang_code": "x-default", "location": everywhere})
        return urls


class Lists(InEachLanguage):
    """The pages that are there whatever is on record."""

    def items(self) -> list[Place]:
        named: list[Place] = [(name, {}) for name in ("home", "about", "new", "timeline", "network", "browse")]
        return [*named, *(("listing", {"kind": kind}) for kind in _OFFERED)]


class Records(InEachLanguage):
    """The pages of all records that anybody may read."""

    def items(self) -> list[Place]:
        return [("record", {"kind": kind, "slug": slug}) for kind, slug in self._standing]

    def lastmod(self, item: Place) -> datetime:
        """When the version came to stand that the page shows."""
        return self._standing[item[1]["kind"], item[1]["slug"]]

    # A sitemap is made for one request, and asks for its items several times.
    @cached_property
    def _standing(self) -> dict[tuple[str, str], datetime]:
        return {
            (kind, slug): datetime.fromisoformat(at)
            for kind, slug, at in archive.stood_since(*_OFFERED, asking=archive.EVERYBODY)
        }


SITEMAPS: Final[dict[str, Any]] = {"lists": Lists, "records": Records}


def index(request: HttpRequest) -> HttpResponse:
    """Where the sitemaps are."""
    return django_views.index(_at_our_address(request), sitemaps=SITEMAPS, sitemap_url_name="public:sitemap-of")


def section(request: HttpRequest, section: str) -> HttpResponse:
    """One sitemap, or the page `?p=` of it."""
    return django_views.sitemap(_at_our_address(request), sitemaps=SITEMAPS, section=section)


# Each page is named by all those in other languages, and an address depends on nothing else.
@lru_cache(maxsize=16_384)
def _path(name: str, language: str, given: tuple[tuple[str, str], ...]) -> str:
    return reverse(f"public:{name}", kwargs={"lang": language, **dict(given)})


_in_no_language = lru_cache(maxsize=16_384)(in_no_language)


def _at_our_address(request: HttpRequest) -> HttpRequest:
    """The request as if it named the address of this server: Django gives out the host by which it is asked."""
    asked = copy(request)
    asked.get_host = lambda: urlsplit(settings.ADDRESS).netloc  # type: ignore[method-assign]  # -- of this one alone
    return asked
