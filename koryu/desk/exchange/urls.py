"""The addresses of the work on exchanges."""

from django.urls import path

from koryu.desk.exchange import (
    dates_pages,
    list_pages,
    next_pages,
    people_acts,
    people_pages,
    plan_pages,
    received_pages,
    work_pages,
)

urlpatterns = [
    path("exchanges/", list_pages.exchanges, name="exchanges"),
    path("exchanges/next/", next_pages.begin_next, name="next-exchange"),
    path("exchange/<str:slug>/", work_pages.exchange, name="exchange"),
    path("exchange/<str:slug>/plan/", plan_pages.plan, name="exchange-plan"),
    path("exchange/<str:slug>/dates/", dates_pages.dates, name="exchange-dates"),
    path("exchange/<str:slug>/people/", people_pages.people, name="exchange-people"),
    path("exchange/<str:slug>/people/begin/", people_acts.begin_people, name="exchange-people-begin"),
    path("exchange/<str:slug>/people/<row:number>/<str:act>/", people_acts.act_on_people, name="exchange-people-act"),
    path("exchange/<str:slug>/received/", received_pages.received, name="exchange-received"),
    path("exchange/<str:slug>/<str:what>/", work_pages.act, name="exchange-act"),
]
