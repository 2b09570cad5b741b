"""Which room answers which address, and what is said where none does."""

from django.urls import include, path

urlpatterns = [
    path("desk/account/", include("allauth.urls")),
    path("desk/", include("koryu.desk.urls")),
    path("", include("koryu.public.urls")),
]

handler400 = "koryu.public.pages.failing.not_understood"
handler404 = "koryu.public.pages.failing.not_found"
handler500 = "koryu.public.pages.failing.failed"
