"""The addresses of the instructions."""

from django.urls import path

from koryu.desk.help import pages

urlpatterns = [
    path("help/", pages.index, name="help"),
    path("help/<slug:topic>/", pages.topic, name="help-topic"),
]
