"""The addresses of drafts."""

from django.urls import path

from koryu.desk.drafts import edit_draft, new_draft, pages, while_typing

urlpatterns = [
    path("drafts/", pages.drafts, name="drafts"),
    path("begin/", new_draft.begin, name="begin"),
    path("draft/<row:number>/", pages.draft, name="draft"),
    path("draft/<row:number>/edit/", edit_draft.edit, name="edit"),
    path("draft/<row:number>/discard/", pages.discard, name="discard"),
    path("draft/<row:number>/<str:act>/", pages.act, name="draft-act"),
    path("suggest/", while_typing.suggest, name="suggest"),
    path("echo/", while_typing.echo, name="echo"),
]
