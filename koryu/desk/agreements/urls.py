"""The addresses of agreements."""

from django.urls import path

from koryu.desk.agreements import pages, renewal_pages

urlpatterns = [
    path("agreements/", pages.agreements, name="agreements"),
    path("record/<path:uri>/renew/", renewal_pages.renew, name="renew"),
    path("record/<path:uri>/certificate/", pages.certificate, name="certificate"),
]
