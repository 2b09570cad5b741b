"""The addresses of the outbox."""

from django.urls import path

from koryu.desk.notices import pages

urlpatterns = [
    path("outbox/", pages.outbox, name="outbox"),
    path("outbox/reminders/", pages.reminders, name="reminders"),
    path("outbox/<row:number>/", pages.settle, name="notice"),
    path("outbox/<row:number>.eml", pages.mail_file, name="notice-mail"),
]
