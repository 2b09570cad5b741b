"""The addresses of the desk. They bear no language and no institution: both are those of whoever reads."""

from django.urls import path

from koryu.desk.pages import beginning, drafting, editing, myself, todo

app_name = "desk"
urlpatterns = [
    path("", todo.todo, name="todo"),
    path("language/", myself.language, name="language"),
    path("speak-for/", myself.speak_for, name="speak-for"),
    path("drafts/", drafting.drafts, name="drafts"),
    path("begin/", beginning.begin, name="begin"),
    path("draft/<int:number>/", drafting.draft, name="draft"),
    path("draft/<int:number>/edit/", editing.edit, name="edit"),
    path("draft/<int:number>/discard/", drafting.discard, name="discard"),
    path("draft/<int:number>/<str:act>/", drafting.act, name="draft-act"),
    path("suggest/", editing.suggest, name="suggest"),
    path("echo/", editing.echo, name="echo"),
    path("record/<path:uri>/", todo.todo, name="record"),
]
