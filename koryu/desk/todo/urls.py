"""The address of the front page of the desk."""

from django.urls import path

from koryu.desk.todo import pages

urlpatterns = [
    path("", pages.todo, name="todo"),
]
