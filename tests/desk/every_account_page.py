"""The addresses as they are with a mail server and a provider to sign in with."""

from django.urls import include, path

from koryu.desk import account_urls
from koryu.urls import handler403, handler404, handler500

__all__ = ["handler403", "handler404", "handler500"]

urlpatterns = [
    path(
        "desk/account/",
        include(
            [
                *account_urls.urlpatterns,
                *account_urls.by_mail,
                *account_urls.from_elsewhere,
            ]
        ),
    ),
    path("desk/", include("koryu.desk.urls")),
    path("", include("koryu.public.urls")),
]
