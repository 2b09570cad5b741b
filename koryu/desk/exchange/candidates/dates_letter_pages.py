"""The candidate dates as a text and a table for one partner, in a language of its choice; and that it was sent."""

from html import escape
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.candidates.candidates_view import candidates_view, shown_among, taking_part
from koryu.desk.exchange.candidates.dates_letter import LANGUAGE_OF, DatesLetter, dates_letter
from koryu.desk.exchange.plan_days import content_planned
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.file_to_keep import to_keep
from koryu.institutions import rules as roles
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.named_lines import with_names
from koryu.planning import actions, queries
from koryu.planning.queries import KnownCalendar
from koryu.planning.rules.candidates import Candidate
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import LANGUAGES, Reader
from koryu.wording.titles import title_of

_PAGE: Final = (
    '<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title></head><body>%s</body></html>'
)


@staff
def letter(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What a partner is written; `?to=` is the partner, `?lang=` the language. A button notes that it was sent."""
    work, to = exchange_for(me, slug), request.GET.get("to", "")
    if roles.may_plan(role=me.role) or to == me.institution or to not in taking_part(work):
        raise Http404
    problem: Reason | None = None
    if request.method == "POST":
        try:
            _note_asked(me, work, to)
        except Refused as refused:
            problem = refused.reason
        else:
            messages.success(request, _("Noted: they were asked today."))
            return HttpResponseRedirect(reverse("desk:exchange-candidates", kwargs={"slug": slug}))
    calendars = queries.calendars(taking_part(work), asking=me.institution)
    lang = request.GET.get("lang") or _language_of(calendars[to])
    if lang not in LANGUAGES:
        raise Http404
    own, known = queries.rows_and_candidates(work.uri, institution=me.institution, together=shown_among(work))
    written = _written(me, work, known, calendars, lang)
    if request.GET.get("as") == "file":
        return _as_file(written, lang)
    return frame_of(work, slug, own).page(
        request,
        me,
        "desk/exchange/candidates_letter.html",
        naming=taking_part(work),
        status=409 if problem else 200,
        to=to,
        lang=lang,
        written=written,
        languages_offered=[(each, shown_name) for each, (_tag, shown_name) in LANGUAGES.items()],
        problem=problem,
    )


def _written(
    me: CurrentUser,
    work: ExchangeWork,
    known: tuple[Candidate, ...],
    calendars: dict[str, KnownCalendar],
    lang: str,
) -> DatesLetter:
    reader, today = Reader(lang), clock.today()
    lines = with_names(work.named, tag=reader.tag, asking=me.institution)
    title = title_of(content_planned(work))
    return dates_letter(
        DeskWriter(reader.slug, lines),
        title=title.shown(reader.tag).text if title else "",
        sender=me.institution,
        candidates=candidates_view(work, known, {}, today=today).open,
        calendars=calendars,
        today=today,
    )


def _as_file(written: DatesLetter, lang: str) -> HttpResponse:
    """A page that word processors open; text and table as they are."""
    page = _PAGE % (Reader(lang).tag, escape(written.subject), written.table)
    return to_keep(page, "text/html; charset=utf-8", f"dates-{lang}.html")


def _language_of(calendar: KnownCalendar) -> str:
    return LANGUAGE_OF.get(calendar.days.country, "en")


def _note_asked(me: CurrentUser, work: ExchangeWork, to: str) -> None:
    actions.note_asked(
        institution=me.institution,
        exchange=work.uri,
        of=to,
        together=shown_among(work),
        today=clock.today(),
        by=me.username,
        at=clock.now(),
    )
