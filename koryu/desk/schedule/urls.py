"""The addresses of schedules."""

from django.urls import path

from koryu.desk.schedule import schedule_pages, template_pages

urlpatterns = [
    path("exchange/<str:slug>/schedule/", schedule_pages.schedule, name="exchange-schedule"),
    path("templates/", template_pages.templates, name="templates"),
]
