"""The addresses of the journal and of the machinery."""

from django.urls import path

from koryu.desk.system import journal_pages, pages

urlpatterns = [
    path("journal/", journal_pages.journal, name="journal"),
    path("journal/server/", journal_pages.server_journal, name="server-journal"),
    path("machinery/", pages.machinery, name="machinery"),
]
