"""The addresses of the desk. They bear no language and no institution: both are those of whoever reads."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from koryu.desk.account import go_on, preferences
from koryu.desk.agreements import pages
from koryu.desk.drafts import edit_draft, new_draft, pages
from koryu.desk.notices import pages
from koryu.desk.people import pages
from koryu.desk.records import action_pages, file_pages, pages
from koryu.desk.system import journal_pages, pages
from koryu.desk.todo import pages


class RowNumber(IntConverter):
    """The number of a row; one that no database has room for leads to no page."""

    regex = "[0-9]{1,18}"


register_converter(RowNumber, "row")

app_name = "desk"
urlpatterns = [
    path("", pages.todo, name="todo"),
    path("go-on/", go_on.go_on, name="go-on"),
    path("come-back/", go_on.signed_in_elsewhere, name="come-back"),
    path("language/", preferences.language, name="language"),
    path("speak-for/", preferences.speak_for, name="speak-for"),
    path("people/", pages.people, name="people"),
    path("outbox/", pages.outbox, name="outbox"),
    path("outbox/<row:number>/", pages.settle, name="notice"),
    path("journal/", journal_pages.journal, name="journal"),
    path("journal/server/", journal_pages.server_journal, name="server-journal"),
    path("machinery/", pages.machinery, name="machinery"),
    path("drafts/", pages.drafts, name="drafts"),
    path("begin/", new_draft.begin, name="begin"),
    path("draft/<row:number>/", pages.draft, name="draft"),
    path("draft/<row:number>/edit/", edit_draft.edit, name="edit"),
    path("draft/<row:number>/discard/", pages.discard, name="discard"),
    path("draft/<row:number>/<str:act>/", pages.act, name="draft-act"),
    path("suggest/", edit_draft.suggest, name="suggest"),
    path("echo/", edit_draft.echo, name="echo"),
    path("agreements/", pages.agreements, name="agreements"),
    path("file/<str:digest>", file_pages.file, name="file"),
    path("record/<path:uri>/renew/", pages.renew, name="renew"),
    path("record/<path:uri>/certificate/", pages.certificate, name="certificate"),
    path("record/<path:uri>/act/<str:what>/", action_pages.act, name="act"),
    path("record/<path:uri>/compare/", pages.compare, name="compare"),
    path("record/<path:uri>/history/", pages.history, name="history"),
    path("record/<path:uri>/check/", pages.check, name="check"),
    path("record/<path:uri>/check/json/", pages.proof, name="proof"),
    path("record/<path:uri>/", pages.record, name="record"),
]
