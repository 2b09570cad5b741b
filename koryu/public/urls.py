"""The public addresses. A record has one address without a language for good, and a page in each language."""

from django.urls import path, register_converter

from koryu.public import sitemaps
from koryu.public.facets import FACETS
from koryu.public.pages import (
    browse,
    calendar_feeds,
    components,
    downloads,
    endpoints,
    record_pages,
    search_pages,
    spreadsheet_pages,
)
from koryu.publishing.spreadsheets import WRITERS
from koryu.records.kinds import KINDS
from koryu.wording.languages import LANGUAGES


class Language:
    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class Kind(Language):
    regex = "|".join(KINDS)


class Facet(Language):
    regex = "|".join(FACETS)


class CitationFormat(Language):
    regex = "|".join(endpoints.CITED)


class SpreadsheetForm(Language):
    regex = "|".join(WRITERS)


register_converter(Language, "language")
register_converter(Kind, "kind")
register_converter(Facet, "facet")
register_converter(CitationFormat, "form")
register_converter(SpreadsheetForm, "spreadsheet")

app_name = "public"
urlpatterns = [
    path("", record_pages.front, name="front"),
    path("api/find", search_pages.api, name="find-api"),
    path("keys.json", endpoints.keys, name="keys"),
    path("robots.txt", endpoints.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemaps.section, name="sitemap-of"),
    path(".well-known/security.txt", endpoints.security, name="security"),
    path("<language:lang>/", record_pages.home, name="home"),
    path("<language:lang>/find/", search_pages.find, name="find"),
    path("<language:lang>/find.<spreadsheet:form>", spreadsheet_pages.found, name="find-file"),
    path("<language:lang>/about/", record_pages.about, name="about"),
    path("<language:lang>/about/components/", components.components, name="components"),
    path("<language:lang>/timeline/", browse.timeline, name="timeline"),
    path("<language:lang>/timeline/<str:span>/", browse.timeline, name="timeline"),
    path("<language:lang>/network/", browse.network, name="network"),
    path("<language:lang>/browse/", browse.browse, name="browse"),
    path("<language:lang>/browse/<facet:facet>/<str:value>/", browse.browsed, name="browsed"),
    path("<language:lang>/browse/<facet:facet>/<str:value>/<int:number>/", browse.browsed, name="browsed"),
    path(
        "<language:lang>/browse/<facet:facet>/<str:value>.<spreadsheet:form>",
        spreadsheet_pages.browsed,
        name="browsed-file",
    ),
    path("<language:lang>/new/", browse.new, name="new"),
    path("<language:lang>/new.atom", endpoints.new, name="feed"),
    path("<language:lang>/work/bibliography.<form:form>", endpoints.bibliography, name="bibliography"),
    path("<language:lang>/<kind:kind>/", record_pages.listing, name="listing"),
    path("<language:lang>/<kind:kind>.<spreadsheet:form>", spreadsheet_pages.listing, name="listing-file"),
    path(
        "<language:lang>/programme/<str:slug>/exchanges.<spreadsheet:form>",
        spreadsheet_pages.programme,
        name="programme-file",
    ),
    path("<language:lang>/<kind:kind>/page/<int:number>/", record_pages.listing, name="listing"),
    path("<language:lang>/<kind:kind>/<str:slug>/", record_pages.record, name="record"),
    path("<language:lang>/<kind:kind>/<str:slug>/beside/<language:other>/", browse.beside, name="beside"),
    path("<language:lang>/<kind:kind>/<str:slug>/history/", record_pages.history, name="history"),
    path("<language:lang>/<kind:kind>/<str:slug>/cite.<form:form>", endpoints.cite, name="cite"),
    path("<language:lang>/<kind:kind>/<str:slug>/calendar.ics", calendar_feeds.calendar_feed, name="calendar"),
    path("<kind:kind>/<str:slug>/file/<str:digest>", downloads.file, name="file"),
    path("<kind:kind>/<str:slug>.json", endpoints.proof, name="proof"),
    path("<kind:kind>/<str:slug>", record_pages.permanent, name="permanent"),
]
