"""The addresses of a record at the desk. The last leads to a record of any name, so these come after all others."""

from django.urls import path

from koryu.desk.records import action_pages, file_pages, pages, submit_pages

urlpatterns = [
    path("file/<str:digest>", file_pages.file, name="file"),
    path("record/<path:uri>/act/<str:what>/", action_pages.act, name="act"),
    path("record/<path:uri>/submit/", submit_pages.submit, name="submit"),
    path("record/<path:uri>/compare/", pages.compare, name="compare"),
    path("record/<path:uri>/history/", pages.history, name="history"),
    path("record/<path:uri>/check/", pages.check, name="check"),
    path("record/<path:uri>/check/json/", pages.proof, name="proof"),
    path("record/<path:uri>/", pages.record, name="record"),
]
