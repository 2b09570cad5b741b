"""The address of people and roles."""

from django.urls import path

from koryu.desk.people import pages

urlpatterns = [
    path("people/", pages.people, name="people"),
]
