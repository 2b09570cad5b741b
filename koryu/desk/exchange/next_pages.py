"""Beginning the next exchange: what the record suggests, each with its reasons and a box to overtype; then a draft."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.cited_work import CitedWork, cited_work, works_offered
from koryu.desk.exchange.drafts_under_way import drafts_under_way
from koryu.desk.exchange.next_draft import GIVES, begin_draft_of_next
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.planning import queries as planning
from koryu.planning.queries import ProgrammeGoingOn
from koryu.planning.rules.next_content import GOES_ON, ChosenNext
from koryu.records.exchange import ExchangeForm
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused, or_refuse
from koryu.values.uris import last_part

# What a box says that has no institution: that the turn used up is nobody's.
_NOBODYS: Final = "nobody"
_FORMS: Final = tuple(form for form in ExchangeForm if form is not ExchangeForm.NOT_STATED)


@dataclass(frozen=True, kw_only=True)
class NextForm(ChosenNext):
    """What stands in the boxes: as it is suggested or, once somebody has typed, as it was typed.

    `name` is what the exchange is to be called in addresses; `gives` the kinds of texts that are begun with it, from
    the same publication.
    """

    name: str = ""
    gives: tuple[str, ...] = ()


@staff
def begin_next(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Choose the programme; then see what comes next, overtype it, and begin the draft."""
    late = typed_too_late(request) if request.method != "POST" else None
    typed = request.POST if request.method == "POST" else late or request.GET
    programme = clean.line(typed.get("programme", ""))
    if not programme:
        return _choose(request, me)
    going_on = _going_on(me, programme)
    if request.method != "POST":
        form = (
            _typed(programme, late)
            if late is not None
            else _suggested(programme, going_on, was_held=bool(typed.get("held")))
        )
        return _page(request, me, programme, going_on, form, problem=SIGNED_OUT if late is not None else None)
    form, source = _typed(programme, request.POST), cited_work(request.POST)
    try:
        or_refuse(roles.may_draft(role=me.role, kind="exchange"))
        name = begin_draft_of_next(
            request, me, form, going_on, name=form.name, source=source, gives=form.gives if form.was_held else ()
        )
    except Refused as refused:
        return _page(request, me, programme, going_on, form, source=source, problem=refused.reason, status=409)
    return HttpResponseRedirect(reverse("desk:exchange", kwargs={"slug": name}))


def _choose(request: HttpRequest, me: CurrentUser) -> HttpResponse:
    """The programmes that my institution takes part in, those that go on first."""
    programmes = archive.lines("programme", asking=me.institution)
    ours = [line for line in programmes if archive.takes_part(line, me.institution)]
    ours.sort(key=lambda line: (bool(line.summary.until), line.uri))
    held = {"held": "1"} if request.GET.get("held") else {}
    return render_page(
        request,
        me,
        "desk/exchange/choose.html",
        naming={uri for line in ours for uri in line.summary.institutions},
        programmes=ours,
        held=held,
    )


def _going_on(me: CurrentUser, programme: str) -> ProgrammeGoingOn:
    """The programme, if my institution takes part in it. Raises Http404."""
    going_on = planning.exchange_to_come(
        programme,
        asking=me.institution,
        today=clock.today(),
        under_way=lambda: drafts_under_way(consent.drafts_of(me.institution), programme),
        besides=[membership.institution for membership in me.memberships],
    )
    if going_on is None or not archive.takes_part(going_on.lines[programme], me.institution):
        raise Http404
    return going_on


def _suggested(programme: str, going_on: ProgrammeGoingOn, *, was_held: bool) -> NextForm:
    """What the record suggests; nothing of what is only to be chosen from."""
    coming = going_on.next
    number, year = str(coming.number.value or ""), str(coming.year.value or "")
    return NextForm(
        programme=programme,
        number=number,
        year=year,
        hosts=coming.host.value or (),
        form=coming.form.value or "",
        was_held=was_held,
        name=_free_name(going_on, programme, number, year),
    )


def _free_name(going_on: ProgrammeGoingOn, programme: str, number: str, year: str) -> str:
    """What it could be called in addresses: as the programme, and its number or year.

    A number that was cancelled, and is given again, is in use already: the year goes with it.
    """
    there = {name for line in going_on.lines.values() for name in (line.slug, last_part(line.uri))}
    begins = f"{going_on.lines[programme].slug}-{number or year or 'next'}"
    others = [f"{begins}-{year}"] if number and year else []
    counted = (f"{begins}-{place}" for place in range(2, len(there) + 3))
    return next(name for name in (begins, *others, *counted) if name not in there)


def _typed(programme: str, posted: QueryDict) -> NextForm:
    return NextForm(
        programme=programme,
        number=clean.line(posted.get("number", "")),
        year=clean.digits(posted.get("year", "")),
        hosts=tuple(dict.fromkeys(map(clean.line, posted.getlist("host")))),
        form=posted.get("form", "") if posted.get("form") in set(_FORMS) else "",
        turn_of=_turn_typed(clean.line(posted.get("turn", ""))),
        goes_on=frozenset(posted.getlist("goes-on")) & frozenset(GOES_ON),
        was_held=bool(posted.get("held")),
        gives=tuple(kind for kind in GIVES if kind in posted.getlist("gives")),
        name=clean.line(posted.get("name", "")).lower(),
    )


def _turn_typed(typed: str) -> tuple[str, ...] | None:
    """Whose turn is used up, as it was chosen; None where it is simply the host's."""
    if not typed:
        return None
    return () if typed == _NOBODYS else (typed,)


def _page(
    request: HttpRequest,
    me: CurrentUser,
    programme: str,
    going_on: ProgrammeGoingOn,
    form: NextForm,
    *,
    source: CitedWork | None = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    coming, source = going_on.next, source or CitedWork()
    works = works_offered(me, source)
    members = [term.institution for term in planning.members_of(going_on.document) if term.left is None]
    members = list(dict.fromkeys((*members, *form.hosts, *(form.turn_of or ()))))
    last = going_on.last_document.content() if going_on.last_document else {}
    reasons = [*coming.host.because, *coming.number.because, *(why for _side, why in coming.host.also)]
    named = {uri for reason in reasons for value in reason.values.values() if isinstance(value, tuple) for uri in value}
    return render_page(
        request,
        me,
        "desk/exchange/next.html",
        naming={*members, *form.hosts, *named, *(uri for side, _why in coming.host.also for uri in side), *works},
        known=going_on.lines,
        status=status,
        programme=programme,
        line=going_on.lines[programme],
        coming=coming,
        awaited=_at_work(me, going_on, coming.awaited),
        last=going_on.last,
        form=form,
        forms=_FORMS,
        members=members,
        turn="" if form.turn_of is None else "".join(form.turn_of) or _NOBODYS,
        nobodys=_NOBODYS,
        goes_on=[(field, last[field]) for field in GOES_ON if field in last],
        source=source,
        works=works,
        gives=[kind for kind in GIVES if roles.may_draft(role=me.role, kind=kind) is None],
        problem=problem,
        refusal=roles.may_draft(role=me.role, kind="exchange"),
    )


def _at_work(me: CurrentUser, going_on: ProgrammeGoingOn, awaited: str | None) -> str:
    """The name, in addresses, of the exchange that is under way already or was put off; '' where none is."""
    line = going_on.lines.get(awaited or "")
    return line.slug if line else last_part(awaited) if awaited else ""
