"""Which room answers which address, and what is said where none does."""

from django.urls import include, path

from koryu.desk.feeds.feed_reading import calendar_at
from koryu.desk.visit.visit_pages import link_file, link_page, link_text

urlpatterns = [
    path("desk/account/", include("koryu.desk.account.urls")),
    path("desk/", include("koryu.desk.urls")),
    # No page of the desk: no cookie is sent there, and whatever is not there is the same answer.
    path("calendar/<str:secret>.ics", calendar_at, name="calendar-at"),
    path("v/<str:secret>/", link_page, name="private-link"),
    path("v/<str:secret>/text/<str:digest>/", link_text, name="private-link-text"),
    path("v/<str:secret>/page.html", link_file, name="private-link-file"),
    path("", include("koryu.public.urls")),
]

handler400 = "koryu.public.pages.not_found.not_understood"
handler403 = "koryu.desk.system.error_pages.not_open"
handler404 = "koryu.public.pages.not_found.not_found"
handler500 = "koryu.public.pages.not_found.failed"
