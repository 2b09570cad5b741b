"""The addresses of the letters of an exchange."""

from django.urls import path

from koryu.desk.letters import letter_acts, letter_downloads, letter_pages
from koryu.desk.letters.back import back_pages, mails_pages

urlpatterns = [
    path("exchange/<str:slug>/letters/", letter_pages.letters, name="exchange-letters"),
    path("exchange/<str:slug>/letters/begin/", letter_acts.begin, name="exchange-letters-begin"),
    path("exchange/<str:slug>/letters/rights/", letter_acts.rights, name="exchange-letters-rights"),
    path("exchange/<str:slug>/letters/back/", back_pages.back, name="exchange-letters-back"),
    path("exchange/<str:slug>/letters/mails/", mails_pages.mails, name="exchange-letters-mails"),
    path(
        "exchange/<str:slug>/letters/<str:number>/answers/<str:digest>/",
        mails_pages.answer,
        name="exchange-letter-answer",
    ),
    path("exchange/<str:slug>/letters/<str:number>/", letter_pages.letter, name="exchange-letter"),
    path("exchange/<str:slug>/letters/<str:number>/do/", letter_acts.act, name="exchange-letter-act"),
    path(
        "exchange/<str:slug>/letters/<str:number>/<int:version>/<str:which>/",
        letter_downloads.file,
        name="exchange-letter-file",
    ),
]
