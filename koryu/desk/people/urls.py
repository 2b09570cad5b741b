"""The addresses of people and roles, and of approval in several steps."""

from django.urls import path

from koryu.desk.people import approval_steps_pages, pages

urlpatterns = [
    path("people/", pages.people, name="people"),
    path("people/steps/", approval_steps_pages.approval_steps, name="approval-steps"),
]
