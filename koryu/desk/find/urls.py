"""The address of what is found at the desk."""

from django.urls import path

from koryu.desk.find import pages

urlpatterns = [
    path("find/", pages.find, name="find"),
]
