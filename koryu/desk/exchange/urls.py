"""The addresses of the work on exchanges."""

from django.urls import path, register_converter

from koryu.desk.exchange import (
    closing_pages,
    dates_pages,
    list_pages,
    next_pages,
    plan_pages,
    received_pages,
    work_pages,
)
from koryu.desk.exchange.arrangements import arrangements_acts, arrangements_pages
from koryu.desk.exchange.candidates import candidates_pages, dates_letter_pages
from koryu.desk.exchange.papers import papers_acts, papers_pages
from koryu.desk.exchange.people import people_acts, people_pages
from koryu.desk.exchange.questions import questions_acts, questions_pages
from koryu.desk.exchange.results import results_acts, results_pages
from koryu.desk.exchange.timetable import timetable_acts, timetable_pages
from koryu.desk.exchange.together import answer_pages, leading_pages, package_pages, preview_pages, send_pages
from koryu.desk.exchange.translations import translations_acts, translations_pages, translator_day
from koryu.desk.visit import link_pages
from koryu.publishing.spreadsheets import WRITERS


class ListForm:
    """How the names of files end in which lists go out."""

    regex = "|".join(WRITERS)

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(ListForm, "listed")

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
    path("exchange/<str:slug>/people/", people_pages.people, name="exchange-people"),
    path(
        "exchange/<str:slug>/people/list/<str:key>.<listed:form>", people_acts.people_file, name="exchange-people-file"
    ),
    path("exchange/<str:slug>/people/begin/", people_acts.begin_people, name="exchange-people-begin"),
    path("exchange/<str:slug>/people/<row:number>/<str:act>/", people_acts.act_on_people, name="exchange-people-act"),
    path("exchange/<str:slug>/timetable/", timetable_pages.timetable, name="exchange-timetable"),
    path(
        "exchange/<str:slug>/timetable/list/<str:key>.<listed:form>",
        timetable_acts.timetable_file,
        name="exchange-timetable-file",
    ),
    path("exchange/<str:slug>/timetable/begin/", timetable_acts.begin_timetable, name="exchange-timetable-begin"),
    path(
        "exchange/<str:slug>/timetable/<row:number>/<str:act>/",
        timetable_acts.act_on_timetable,
        name="exchange-timetable-act",
    ),
    path("exchange/<str:slug>/papers/", papers_pages.papers, name="exchange-papers"),
    path(
        "exchange/<str:slug>/papers/list/<str:key>.<listed:form>", papers_acts.papers_file, name="exchange-papers-file"
    ),
    path("exchange/<str:slug>/papers/begin/", papers_acts.begin_paper, name="exchange-papers-begin"),
    path("exchange/<str:slug>/papers/<row:number>/<str:act>/", papers_acts.act_on_papers, name="exchange-papers-act"),
    path("exchange/<str:slug>/questions/", questions_pages.questions, name="exchange-questions"),
    path(
        "exchange/<str:slug>/questions/list/<str:key>.<listed:form>",
        questions_acts.questions_file,
        name="exchange-questions-file",
    ),
    path("exchange/<str:slug>/questions/begin/", questions_acts.begin_questions, name="exchange-questions-begin"),
    path("exchange/<str:slug>/questions/add/", questions_acts.add_question, name="exchange-questions-add"),
    path(
        "exchange/<str:slug>/questions/<row:number>/<str:act>/",
        questions_acts.act_on_questions,
        name="exchange-questions-act",
    ),
    path("exchange/<str:slug>/results/", results_pages.results, name="exchange-results"),
    path("exchange/<str:slug>/results/<str:what>/", results_acts.act_on_results, name="exchange-results-act"),
    path("exchange/<str:slug>/arrangements/", arrangements_pages.arrangements, name="exchange-arrangements"),
    path(
        "exchange/<str:slug>/arrangements/list/<str:key>.<listed:form>",
        arrangements_acts.arrangements_file,
        name="exchange-arrangements-file",
    ),
    path(
        "exchange/<str:slug>/arrangements/<row:number>/<str:act>/",
        arrangements_acts.act_on_arrangements,
        name="exchange-arrangements-act",
    ),
    path("exchange/<str:slug>/terms/", arrangements_pages.terms, name="exchange-terms"),
    path(
        "exchange/<str:slug>/terms/list/<str:key>.<listed:form>",
        arrangements_acts.terms_file,
        name="exchange-terms-file",
    ),
    path(
        "exchange/<str:slug>/terms/<row:number>/<str:act>/", arrangements_acts.act_on_terms, name="exchange-terms-act"
    ),
    path("exchange/<str:slug>/links/", link_pages.links, name="exchange-links"),
    path("exchange/<str:slug>/translations/", translations_pages.translations, name="exchange-translations"),
    path(
        "exchange/<str:slug>/translations/<row:number>/<str:act>/",
        translations_acts.act_on_translations,
        name="exchange-translations-act",
    ),
    path("exchange/<str:slug>/received/", received_pages.received, name="exchange-received"),
    path("exchange/<str:slug>/send/", send_pages.send, name="exchange-send"),
    path("exchange/<str:slug>/send/<str:together>/", package_pages.package, name="exchange-package"),
    path("exchange/<str:slug>/preview/<str:lang>/", preview_pages.preview, name="exchange-preview"),
    path("exchange/<str:slug>/closing/", closing_pages.closing, name="exchange-closing"),
    path("exchange/<str:slug>/answer/", answer_pages.answer, name="exchange-answer"),
    path("exchange/<str:slug>/<str:what>/", work_pages.act, name="exchange-act"),
]
