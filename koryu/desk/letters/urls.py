"""The addresses of the letters of an exchange."""

from django.urls import path

from koryu.desk.letters import letter_acts, letter_pages, template_acts, template_pages
from koryu.desk.letters.back import back_pages, mails_pages

_TEMPLATE = "letters/templates/<str:kind>/<str:langs>/"
urlpatterns = [
    path("letters/templates/", template_pages.templates, name="letter-templates"),
    path(_TEMPLATE, template_pages.template, name="letter-template"),
    path(f"{_TEMPLATE}shipped/", template_pages.shipped, name="letter-template-shipped"),
    path(f"{_TEMPLATE}upload/", template_acts.upload, name="letter-template-upload"),
    path(f"{_TEMPLATE}<row:version>/", template_pages.version, name="letter-template-version"),
    path(f"{_TEMPLATE}<row:version>/use/", template_acts.use, name="letter-template-use"),
    path(f"{_TEMPLATE}<row:version>/<str:which>/", template_pages.file, name="letter-template-file"),
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
        letter_pages.file,
        name="exchange-letter-file",
    ),
]
