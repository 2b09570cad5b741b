"""The page of a handover, made to be printed; what is typed on it are the customs of the relation."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.desk import clock
from koryu.desk.access import CurrentUser, said_by
from koryu.desk.contacts.partners import contact_keepers
from koryu.desk.handover.handover_blocks import handover_pages
from koryu.desk.handover.handover_view import Handover, handover_of
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.letters.letter_downloads import pdf_to_keep
from koryu.desk.render import render_page
from koryu.desk.text_input import number_typed
from koryu.markup.desk_writer import DeskWriter
from koryu.markup.named_lines import with_names
from koryu.planning import actions as planning
from koryu.publishing.letters.pdf import pdf_fails
from koryu.sheets import clean
from koryu.values.reason import N_, Reason, Refused
from koryu.wording.languages import active_reader

# What the files are of, as their addresses say it.
_KINDS: Final = {"programme": "programme", "partner": "institution"}
_OTHERS: Final = Reason("This row was removed meanwhile by somebody else.")


@contact_keepers
def of_programme(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What whoever comes after us should know of a programme."""
    return _shown(request, me, "programme", slug)


@contact_keepers
def of_partner(request: HttpRequest, me: CurrentUser, /, slug: str) -> HttpResponse:
    """What whoever comes after us should know of a partner."""
    return _shown(request, me, "institution", slug)


def _shown(request: HttpRequest, me: CurrentUser, kind: str, slug: str) -> HttpResponse:
    handover = handover_of(me, kind, slug, today=clock.today())
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, handover, typed=late or {}, problem=SIGNED_OUT if late is not None else None)
    what = request.POST.get("do", "")
    if what not in _DO:
        raise Http404
    try:
        _DO[what](request, me, handover)
    except Refused as refused:
        again = handover_of(me, kind, slug, today=clock.today())
        return _page(request, me, again, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _(_DONE[what]))
    return HttpResponseRedirect(address_of(kind, slug))


@contact_keepers
@require_safe
def as_file(request: HttpRequest, me: CurrentUser, /, kind: str, slug: str) -> HttpResponse:
    """The same as PDF, to keep or to print."""
    if kind not in _KINDS:
        raise Http404
    handover = handover_of(me, _KINDS[kind], slug, today=clock.today())
    reader, lines = active_reader(), _lines(me, handover)
    writer = DeskWriter(reader.slug, with_names(lines, tag=reader.tag, asking=me.institution), names=me.names)
    return pdf_to_keep(handover_pages(handover, writer, reader.tag, clock.today()), slug)


def _lines(me: CurrentUser, handover: Handover) -> Mapping[str, Line]:
    """The lines of all that it names."""
    named = frozenset({*handover.named, *(membership.institution for membership in me.memberships)})
    return archive.lines_named_at(handover.ledger, named, me.institution)


def address_of(kind: str, slug: str) -> str:
    """Where the handover of a programme or a partner is."""
    return reverse(f"desk:handover-{kind}", kwargs={"slug": slug})


def _page(
    request: HttpRequest,
    me: CurrentUser,
    handover: Handover,
    *,
    typed: Mapping[str, Any],
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = _lines(me, handover)
    return render_page(
        request,
        me,
        "desk/handover/handover.html",
        naming=lines,
        known=lines,
        status=status,
        handover=handover,
        relation=handover.relation,
        contacts=[(uri, [each for each in handover.contacts if each.of == uri]) for uri in handover.partners],
        open_items=sum(len(each.items) for each in handover.open),
        late_items=sum(item.is_late for each in handover.open for item in each.items),
        today=clock.today(),
        no_pdf=pdf_fails(),
        typed=typed,
        problem=problem,
    )


def _add(request: HttpRequest, me: CurrentUser, handover: Handover) -> None:
    planning.add_custom(relation=handover.relation.uri, text=_text(request), **said_by(me))


def _change(request: HttpRequest, me: CurrentUser, handover: Handover) -> None:
    number = number_typed(request.POST.get("custom", ""))
    planning.change_custom(
        relation=_relation_of(handover, number),
        custom=number,
        text=_text(request),
        seen=number_typed(request.POST.get("edition", "")),
        **said_by(me),
    )


def _remove(request: HttpRequest, me: CurrentUser, handover: Handover) -> None:
    number = number_typed(request.POST.get("custom", ""))
    relation = _relation_of(handover, number)
    planning.remove_custom(relation=relation, custom=number, institution=me.institution, by=me.username)


def _relation_of(handover: Handover, number: int) -> str:
    """Of which relation a custom is: of a programme's page also those of its members are shown. Raises Refused."""
    relation = next((each.relation for each in handover.customs if each.id == number), "")
    if not relation:
        raise Refused(_OTHERS)
    return relation


def _text(request: HttpRequest) -> str:
    return clean.line(request.POST.get("text", ""))


_DO: Final[Mapping[str, Callable[[HttpRequest, CurrentUser, Handover], None]]] = {
    "add": _add,
    "change": _change,
    "remove": _remove,
}
_DONE: Final[Mapping[str, str]] = {
    "add": N_("Saved; only your institution sees it."),
    "change": N_("Saved; only your institution sees it."),
    "remove": N_("Deleted."),
}
