"""The addresses of calendars that other programs read: the page at the desk. Each calendar's own is beside the desk."""

from django.urls import path

from koryu.desk.feeds import address_pages

urlpatterns = [
    path("calendar/addresses/", address_pages.addresses, name="calendar-addresses"),
]
