"""The addresses of calendars."""

from django.urls import path

from koryu.desk.calendar import load_pages, pages

urlpatterns = [
    path("calendar/load/", load_pages.load, name="calendar-load"),
    path("calendar/", pages.calendar, name="calendar"),
]
