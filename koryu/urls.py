"""Which room answers which address, and what is said where none does."""

from django.urls import include, path

urlpatterns = [
    path("desk/account/", include("koryu.desk.account.urls")),
    path("desk/", include("koryu.desk.urls")),
    path("", include("koryu.public.urls")),
]

handler400 = "koryu.public.pages.not_found.not_understood"
handler403 = "koryu.desk.system.error_pages.not_open"
handler404 = "koryu.public.pages.not_found.not_found"
handler500 = "koryu.public.pages.not_found.failed"
