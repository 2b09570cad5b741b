"""The public addresses. A record has one address without a language for good, and a page in each language."""

from django.urls import path, register_converter

from koryu.ink.languages import LANGUAGES
from koryu.public.facets import FACETS
from koryu.public.pages import browsing, components, finding, machines, reading
from koryu.records.kinds import KINDS


class Language:
    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class Kind(Language):
    regex = "|".join(KINDS)


class Facet(Language):
    regex = "|".join(FACETS)


class Form(Language):
    regex = "|".join(machines.CITED)


register_converter(Language, "language")
register_converter(Kind, "kind")
register_converter(Facet, "facet")
register_converter(Form, "form")

app_name = "public"
urlpatterns = [
    path("", reading.front, name="front"),
    path("api/find", finding.api, name="find-api"),
    path("keys.json", machines.keys, name="keys"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("<language:lang>/", reading.home, name="home"),
    path("<language:lang>/find/", finding.find, name="find"),
    path("<language:lang>/about/", reading.about, name="about"),
    path("<language:lang>/about/components/", components.components, name="components"),
    path("<language:lang>/timeline/", browsing.timeline, name="timeline"),
    path("<language:lang>/timeline/<str:span>/", browsing.timeline, name="timeline"),
    path("<language:lang>/network/", browsing.network, name="network"),
    path("<language:lang>/browse/", browsing.browse, name="browse"),
    path("<language:lang>/browse/<facet:facet>/<str:value>/", browsing.browsed, name="browsed"),
    path("<language:lang>/browse/<facet:facet>/<str:value>/<int:number>/", browsing.browsed, name="browsed"),
    path("<language:lang>/new/", browsing.new, name="new"),
    path("<language:lang>/new.atom", machines.new, name="feed"),
    path("<language:lang>/work/bibliography.<form:form>", machines.bibliography, name="bibliography"),
    path("<language:lang>/<kind:kind>/", reading.listing, name="listing"),
    path("<language:lang>/<kind:kind>/page/<int:number>/", reading.listing, name="listing"),
    path("<language:lang>/<kind:kind>/<str:address>/", reading.record, name="record"),
    path("<language:lang>/<kind:kind>/<str:address>/beside/<language:other>/", browsing.beside, name="beside"),
    path("<language:lang>/<kind:kind>/<str:address>/history/", reading.history, name="history"),
    path("<language:lang>/<kind:kind>/<str:address>/cite.<form:form>", machines.cite, name="cite"),
    path("<kind:kind>/<str:address>.json", machines.proof, name="proof"),
    path("<kind:kind>/<str:address>", reading.permanent, name="permanent"),
]
