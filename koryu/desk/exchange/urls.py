"""The addresses of the work on exchanges."""

from django.urls import path

from koryu.desk.exchange import (
    closing_pages,
    dates_pages,
    list_pages,
    next_pages,
    plan_pages,
    received_pages,
    work_pages,
)
from koryu.desk.exchange.arrangements.arrangements_acts import ARRANGEMENTS_PART, TERMS_PART
from koryu.desk.exchange.candidates import candidates_pages, dates_letter_pages
from koryu.desk.exchange.papers.papers_acts import PAPERS_PART
from koryu.desk.exchange.people.people_acts import PEOPLE_PART
from koryu.desk.exchange.questions.questions_acts import QUESTIONS_PART, add_question
from koryu.desk.exchange.results import results_acts, results_pages
from koryu.desk.exchange.sheet.part_addresses import addresses_of
from koryu.desk.exchange.timetable.timetable_acts import TIMETABLE_PART, comment_on_timetable
from koryu.desk.exchange.together import answer_pages, leading_pages, package_pages, preview_pages, send_pages
from koryu.desk.exchange.translations import translator_day
from koryu.desk.exchange.translations.translations_acts import TRANSLATIONS_PART
from koryu.desk.visit import link_pages

urlpatterns = [
    path("exchanges/", list_pages.exchanges, name="exchanges"),
    path("exchanges/next/", next_pages.begin_next, name="next-exchange"),
    path("translations/", translator_day.translations_of_mine, name="translations"),
    path("package/<str:together>/", leading_pages.package_at_exchange, name="package"),
    path("answers/", leading_pages.answers_at_exchange, name="answers"),
    path("exchange/<str:slug>/", work_pages.exchange, name="exchange"),
    path("exchange/<str:slug>/plan/", plan_pages.plan, name="exchange-plan"),
    path("exchange/<str:slug>/dates/", dates_pages.dates, name="exchange-dates"),
    path("exchange/<str:slug>/candidates/", candidates_pages.candidates, name="exchange-candidates"),
    path("exchange/<str:slug>/candidates/text/", dates_letter_pages.letter, name="exchange-candidates-letter"),
    path(
        "exchange/<str:slug>/candidates/file/<str:digest>/",
        candidates_pages.letter_file,
        name="exchange-candidates-file",
    ),
    *addresses_of(PEOPLE_PART),
    path(
        "exchange/<str:slug>/timetable/<row:number>/comment/", comment_on_timetable, name="exchange-timetable-comment"
    ),
    *addresses_of(TIMETABLE_PART),
    *addresses_of(PAPERS_PART),
    path("exchange/<str:slug>/questions/add/", add_question, name="exchange-questions-add"),
    *addresses_of(QUESTIONS_PART),
    path("exchange/<str:slug>/results/", results_pages.results, name="exchange-results"),
    path("exchange/<str:slug>/results/<str:what>/", results_acts.act_on_results, name="exchange-results-act"),
    *addresses_of(ARRANGEMENTS_PART),
    *addresses_of(TERMS_PART),
    path("exchange/<str:slug>/links/", link_pages.links, name="exchange-links"),
    *addresses_of(TRANSLATIONS_PART, files=False),
    path("exchange/<str:slug>/received/", received_pages.received, name="exchange-received"),
    path("exchange/<str:slug>/send/", send_pages.send, name="exchange-send"),
    path("exchange/<str:slug>/send/<str:together>/", package_pages.package, name="exchange-package"),
    path("exchange/<str:slug>/preview/<str:lang>/", preview_pages.preview, name="exchange-preview"),
    path("exchange/<str:slug>/closing/", closing_pages.closing, name="exchange-closing"),
    path("exchange/<str:slug>/answer/", answer_pages.answer, name="exchange-answer"),
    path("exchange/<str:slug>/<str:what>/", work_pages.act, name="exchange-act"),
]
