"""The addresses of the desk. They bear no language and no institution: both are those of whoever reads."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from koryu.desk.pages import (
    acts,
    agreements,
    beginning,
    changes,
    drafting,
    editing,
    files,
    machinery,
    myself,
    outbox,
    people,
    record,
    todo,
)


class Row(IntConverter):
    """The number of a row; one that no database has room for leads to no page."""

    regex = "[0-9]{1,18}"


register_converter(Row, "row")

app_name = "desk"
urlpatterns = [
    path("", todo.todo, name="todo"),
    path("language/", myself.language, name="language"),
    path("speak-for/", myself.speak_for, name="speak-for"),
    path("people/", people.people, name="people"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<row:number>/", outbox.settle, name="notice"),
    path("journal/", changes.journal, name="journal"),
    path("journal/server/", changes.server_journal, name="server-journal"),
    path("machinery/", machinery.machinery, name="machinery"),
    path("drafts/", drafting.drafts, name="drafts"),
    path("begin/", beginning.begin, name="begin"),
    path("draft/<row:number>/", drafting.draft, name="draft"),
    path("draft/<row:number>/edit/", editing.edit, name="edit"),
    path("draft/<row:number>/discard/", drafting.discard, name="discard"),
    path("draft/<row:number>/<str:act>/", drafting.act, name="draft-act"),
    path("suggest/", editing.suggest, name="suggest"),
    path("echo/", editing.echo, name="echo"),
    path("agreements/", agreements.agreements, name="agreements"),
    path("file/<str:digest>", files.file, name="file"),
    path("record/<path:uri>/renew/", agreements.renew, name="renew"),
    path("record/<path:uri>/certificate/", agreements.certificate, name="certificate"),
    path("record/<path:uri>/act/<str:what>/", acts.act, name="act"),
    path("record/<path:uri>/compare/", record.compare, name="compare"),
    path("record/<path:uri>/history/", record.history, name="history"),
    path("record/<path:uri>/check/", record.check, name="check"),
    path("record/<path:uri>/check/json/", record.proof, name="proof"),
    path("record/<path:uri>/", record.record, name="record"),
]
