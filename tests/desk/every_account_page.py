"""The addresses as they are with a mail server and a provider to sign in with."""

from django.urls import include, path

from koryu.desk.account import urls
from koryu.urls import handler403, handler404, handler500

__all__ = ["handler403", "handler404", "handler500"]

urlpatterns = [
    path(
        "desk/account/",
        include(
            [
                *urls.urlpatterns,
                *urls.by_mail,
                *urls.from_elsewhere,
            ]
        ),
    ),
    path("desk/", include("koryu.desk.urls")),
    path("", include("koryu.public.urls")),
]
