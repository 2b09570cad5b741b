"""The addresses of the desk, task by task. They bear no language and no institution: both are those of the reader."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter


class RowNumber(IntConverter):
    """The number of a row; one that no database has room for leads to no page."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")

app_name = "desk"
urlpatterns = [
    path("", include("koryu.desk.todo.urls")),
    path("", include("koryu.desk.account.preference_urls")),
    path("", include("koryu.desk.find.urls")),
    path("", include("koryu.desk.help.urls")),
    path("", include("koryu.desk.people.urls")),
    path("", include("koryu.desk.contacts.urls")),
    path("", include("koryu.desk.notices.urls")),
    path("", include("koryu.desk.system.urls")),
    path("", include("koryu.desk.drafts.urls")),
    path("", include("koryu.desk.letters.urls")),
    path("", include("koryu.desk.schedule.urls")),
    path("", include("koryu.desk.exchange.urls")),
    path("", include("koryu.desk.handover.urls")),
    path("", include("koryu.desk.agreements.urls")),
    path("", include("koryu.desk.year.urls")),
    path("", include("koryu.desk.calendar.urls")),
    path("", include("koryu.desk.feeds.urls")),
    path("", include("koryu.desk.records.urls")),
]
