"""The address of calendars."""

from django.urls import path

from koryu.desk.calendar import pages

urlpatterns = [
    path("calendar/", pages.calendar, name="calendar"),
]
