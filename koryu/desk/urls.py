"""The addresses of the desk. They bear no language and no institution: both are those of whoever reads."""

from django.urls import path

from koryu.desk.pages import machinery, myself, outbox, people, todo

app_name = "desk"
urlpatterns = [
    path("", todo.todo, name="todo"),
    path("language/", myself.language, name="language"),
    path("speak-for/", myself.speak_for, name="speak-for"),
    path("people/", people.people, name="people"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:number>/", outbox.settle, name="notice"),
    path("machinery/", machinery.machinery, name="machinery"),
    path("draft/<int:number>/", todo.todo, name="draft"),
    path("record/<path:uri>/", todo.todo, name="record"),
]
