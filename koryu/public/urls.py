"""The public addresses. A record has one address without a language for good, and a page in each language."""

from django.urls import path, register_converter

from koryu.public import pages
from koryu.public.access import LANGUAGES
from koryu.records.kinds import KINDS


class Language:
    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


class Kind(Language):
    regex = "|".join(KINDS)


register_converter(Language, "language")
register_converter(Kind, "kind")

app_name = "public"
urlpatterns = [
    path("", pages.front, name="front"),
    path("keys.json", pages.keys, name="keys"),
    path("<language:lang>/", pages.home, name="home"),
    path("<language:lang>/about/", pages.about, name="about"),
    path("<language:lang>/<kind:kind>/", pages.listing, name="listing"),
    path("<language:lang>/<kind:kind>/<str:address>/", pages.record, name="record"),
    path("<language:lang>/<kind:kind>/<str:address>/history/", pages.history, name="history"),
    path("<kind:kind>/<str:address>.json", pages.proof, name="proof"),
    path("<kind:kind>/<str:address>", pages.permanent, name="permanent"),
]
