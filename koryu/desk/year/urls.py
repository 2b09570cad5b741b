"""The addresses of the year plan."""

from django.urls import path

from koryu.desk.year import pages

urlpatterns = [
    path("year/", pages.this_year, name="year"),
    path("year/<row:year>/", pages.year_plan, name="year-plan"),
]
