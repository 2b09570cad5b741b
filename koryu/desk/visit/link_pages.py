"""The private links of one exchange: an officer makes them, sees each address once, and ends them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from koryu.consent.queries import ExchangeWork
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.people.people_sheet import named_in as named_in_list
from koryu.desk.exchange.sheet.draft_sheet import names_of
from koryu.desk.exchange.sheet.part_work import PartWork, part_around
from koryu.desk.exchange.timetable.timetable_work import days_of
from koryu.desk.exchange.work_frame import frame_of
from koryu.desk.text_input import number_typed
from koryu.institutions import actions, queries
from koryu.institutions import rules as roles
from koryu.institutions.queries import PrivateLink
from koryu.institutions.rules import LINK_SCOPES, LONGEST_LINK
from koryu.institutions.steps import LINKS_KEPT
from koryu.records.participation import Participation
from koryu.sheets import clean
from koryu.sheets.rows.name_cells import written_name
from koryu.sheets.rows.people_rows import PEOPLE
from koryu.sheets.rows.row_sheet import items_of
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import LANGUAGES, active_reader

SCOPE_NAMES: Final = {
    "delegate": N_("a delegate: their days, papers, arrival and room"),
    "interpreter": N_("an interpreter: sessions, people, titles and terms in every language"),
    "reader": N_("a reader: plan, people, papers and timetable"),
}
_AFTER_DEPARTURE: Final = timedelta(days=14)
_NOTHING_STANDS: Final = Reason("Nothing of this exchange is on record yet: a link would show nothing.")
_NOBODY: Final = Reason("Choose the person it is for.")


@dataclass(frozen=True, kw_only=True)
class OfferedPerson:
    """Somebody in a list of people that stands, for whom a link can be made: `which` is what the form sends."""

    which: str
    called: str
    institution: str


@staff
def links(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """The private links of one exchange; a form makes one or ends one. An address that was made is shown on the page
    that answers, and never again."""
    if roles.may_give_links(role=me.role):
        raise Http404
    work = exchange_for(me, slug)
    if request.method != "POST":
        return _page(request, me, work, slug)
    try:
        match request.POST.get("act"):
            case "make":
                return _page(request, me, work, slug, secret=_make(request, me, work))
            case "end":
                number = number_typed(request.POST.get("link", ""))
                actions.end_link(link=number, institution=me.institution, by=me.username, at=clock.now())
            case _:
                raise Http404
    except Refused as refused:
        return _page(request, me, work, slug, problem=refused.reason, status=409)
    messages.success(request, _("The link was ended."))
    return HttpResponseRedirect(reverse("desk:exchange-links", kwargs={"slug": slug}))


def _make(request: HttpRequest, me: CurrentUser, work: ExchangeWork) -> str:
    if work.plan is None:
        raise Refused(_NOTHING_STANDS)
    posted, scope = request.POST, request.POST.get("scope", "")
    which, name = posted.get("person", "") if scope != "reader" else "", clean.line(posted.get("name", ""))[:100]
    person = next((each for each in _people(_there(me, work)) if each.which == which), None) if which else None
    if which and person is None:
        raise Refused(_NOBODY)
    part, _, member = which.partition(" ")
    language = posted.get("language", "")
    return actions.give_link(
        institution=me.institution,
        scope=scope,
        about=work.uri,
        language=language if language in LANGUAGES else active_reader().slug,
        ends=_day(posted.get("ends", "")),
        # Names of people in a list are read from that; what is kept here is what the maker calls others.
        name="" if person else name,
        part=part,
        member=member,
        email=clean.line(posted.get("email", ""))[:254],
        today=clock.today(),
        by=me.username,
        at=clock.now(),
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _there(me: CurrentUser, work: ExchangeWork) -> PartWork:
    return PartWork(kind="participation", **part_around(me, work, {"participation": named_in_list}))


def _people(there: PartWork) -> Iterator[OfferedPerson]:
    """Everybody in the lists that stand: what is drafted, a link does not show."""
    names, tag = names_of(there.lines), active_reader().tag
    for uri, document in there.documents.items():
        if not isinstance(document, Participation):
            continue
        for item in items_of(PEOPLE, document.content()):
            name = written_name(names.get(str(item.get("person"))) or item.get("printed"))
            if name:
                called, institution = name.shown(tag).text, str(document.institution)
                yield OfferedPerson(which=f"{uri} {item['id']}", called=called, institution=institution)


def _page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    name: str,
    *,
    secret: str = "",
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    there, today = _there(me, work), clock.today()
    people = list(_people(there))
    days = days_of(work)
    made = queries.private_links(work.uri, institution=me.institution)
    answer = frame_of(work, name).page(
        request,
        me,
        "desk/exchange/links.html",
        lines=there.lines,
        status=status,
        secret=f"{settings.ADDRESS}{reverse('private-link', kwargs={'secret': secret})}" if secret else "",
        open_links=[each for each in made if each.is_open(today)],
        written_to=list(dict.fromkeys(each.email for each in made if each.email and each.is_open(today))),
        ended_links=[each for each in made if not each.is_open(today)],
        people=people,
        person_of={each.which: each for each in people},
        which=_which,
        scopes=LINK_SCOPES,
        scope_names=SCOPE_NAMES,
        ends=default_end(days[1] if days else None, today=today),
        latest=today + LONGEST_LINK,
        today=today,
        kept_days=LINKS_KEPT.days,
        typed=request.POST if problem else {},
        problem=problem,
    )
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _which(link: PrivateLink) -> str:
    """The member for whom a link is, as the form sends it; '' where it is for nobody in a list."""
    return f"{link.part} {link.member}" if link.member else ""


def default_end(last: date | None, *, today: date) -> date:
    """When a link ends if nothing else is chosen: two weeks after the last day, where that lies within what can be."""
    wanted = (last or today) + _AFTER_DEPARTURE
    return min(max(wanted, today + _AFTER_DEPARTURE), today + LONGEST_LINK)
