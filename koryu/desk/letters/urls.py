"""The addresses of the letters of an exchange."""

from django.urls import path

from koryu.desk.letters import (
    files_of_letter,
    letter_acts,
    letter_pages,
    own_template_acts,
    own_template_files,
    own_template_pages,
)
from koryu.desk.letters.back import back_pages, mails_pages

_TEMPLATE = "letters/templates/<str:kind>/<str:langs>/"
urlpatterns = [
    path("letters/templates/", own_template_pages.templates, name="letter-templates"),
    path(_TEMPLATE, own_template_pages.template, name="letter-template"),
    path(f"{_TEMPLATE}shipped/", own_template_files.shipped, name="letter-template-shipped"),
    path(f"{_TEMPLATE}upload/", own_template_acts.upload, name="letter-template-upload"),
    path(f"{_TEMPLATE}<row:version>/", own_template_pages.version, name="letter-template-version"),
    path(f"{_TEMPLATE}<row:version>/use/", own_template_acts.use, name="letter-template-use"),
    path(f"{_TEMPLATE}<row:version>/<str:which>/", own_template_files.file, name="letter-template-file"),
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
        files_of_letter.file,
        name="exchange-letter-file",
    ),
]
