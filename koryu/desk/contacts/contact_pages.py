"""One contact: typed anew or changed, ended, erased."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.correspondence import actions, queries
from koryu.correspondence.queries import Contact
from koryu.correspondence.rules.contacts_typed import MOST_NAMES
from koryu.desk import clock
from koryu.desk.access import CurrentUser
from koryu.desk.contacts.partners import contact_keepers, written_to
from koryu.desk.contacts.typed_contact import NAME_LANGUAGES, ORDERS, contact_typed, day_typed
from koryu.desk.kept_text import SIGNED_OUT, typed_too_late
from koryu.desk.render import render_page
from koryu.desk.text_input import TAGS, number_typed
from koryu.search.entries import Filters
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import active_reader
from koryu.wording.letters.letter_words import HONORIFICS

_EMPTY_ROWS: Final = 2
_MOST_OFFERED: Final = 5


@contact_keepers
def new(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """A contact that is typed anew, at the institution that the address names."""
    of = request.GET.get("of", "") or me.institution
    if of not in written_to(me, (of,)):
        raise Http404
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, of, None, typed=late, problem=SIGNED_OUT if late is not None else None)
    try:
        typed = contact_typed(request.POST, of=of, before=None, mine=active_reader().tag)
        number = actions.keep_contact(institution=me.institution, contact=typed, by=me.username, at=clock.now())
    except Refused as refused:
        return _page(request, me, of, None, typed=request.POST, problem=refused.reason, status=409)
    messages.success(request, _("The contact was saved."))
    return HttpResponseRedirect(reverse("desk:contact", kwargs={"number": number}))


@contact_keepers
def contact(request: HttpRequest, me: CurrentUser, /, number: int) -> HttpResponse:
    """A contact as it is kept; a form sent from here changes, ends or erases it."""
    kept = queries.contact(me.institution, number)
    if kept is None:
        raise Http404
    if request.method != "POST":
        late = typed_too_late(request)
        return _page(request, me, kept.of, kept, typed=late, problem=SIGNED_OUT if late is not None else None)
    said: dict[str, Any] = {"institution": me.institution, "number": number, "by": me.username, "at": clock.now()}
    try:
        match request.POST.get("act"):
            case "erase":
                actions.erase_contact(**said)
                messages.success(request, _("The contact was erased."))
                return HttpResponseRedirect(f"{reverse('desk:contacts')}?{urlencode({'of': kept.of})}")
            case "end":
                until = day_typed(request.POST.get("ended", "")) or clock.today().isoformat()
                actions.end_contact(until=until, **said)
                messages.success(
                    request, _("Saved until when the post was held. Letters are no longer addressed there.")
                )
            case _:
                typed = contact_typed(request.POST, of=kept.of, before=kept, mine=active_reader().tag)
                actions.keep_contact(contact=typed, seen=number_typed(request.POST.get("edition", "")), **said)
                messages.success(request, _("The contact was saved."))
    except Refused as refused:
        return _page(request, me, kept.of, kept, typed=request.POST, problem=refused.reason, status=409)
    return HttpResponseRedirect(reverse("desk:contact", kwargs={"number": number}))


def _page(
    request: HttpRequest,
    me: CurrentUser,
    of: str,
    kept: Contact | None,
    *,
    typed: Any = None,
    problem: Reason | None = None,
    status: int = 200,
) -> HttpResponse:
    values = _values(kept) if typed is None else dict(typed.items())
    languages = typed.getlist("language") if typed is not None else kept.languages if kept else ()
    persons = _persons(me, kept)
    there = [each for each in queries.contacts(me.institution, of=of) if kept is None or each.id != kept.id]
    return render_page(
        request,
        me,
        "desk/contacts/contact.html",
        naming={of, *persons},
        status=status,
        of=of,
        contact=kept,
        values=values,
        languages_chosen=languages,
        rows=range(1, min(MOST_NAMES, _rows(values) + _EMPTY_ROWS) + 1),
        tags=TAGS,
        name_languages=NAME_LANGUAGES,
        orders=ORDERS,
        honorifics=HONORIFICS,
        assistants=there,
        persons=persons,
        today=clock.today(),
        problem=problem,
    )


def _values(kept: Contact | None) -> dict[str, str]:
    """What stands in the boxes of a contact's form, by their names."""
    if kept is None:
        return {}
    values = {name: getattr(kept, name) for name in ("email", "telephone", "address", "since", "until", "remark")}
    values |= {"person": kept.person, "assistant": str(kept.assistant or ""), "write-in": kept.writes_in}
    for name, text in (("unit", kept.unit), ("post", kept.post)):
        values |= {f"{name}-{tag}": form for tag, form in (text.forms if text else {}).items()}
    values |= {f"honorific-{tag}": honorific for tag, honorific in kept.honorifics.items()}
    for row, form in enumerate(kept.names, start=1):
        parts = {"written": form.written, "lang": form.lang, "order": form.order, "family": form.family}
        parts |= {"given": form.given, "reading": form.reading}
        values |= {f"{part}-{row}": str(value or "") for part, value in parts.items()}
    return values


def _rows(values: Mapping[str, str]) -> int:
    """Up to which row something is written."""
    return max((row for row in range(1, MOST_NAMES + 1) if values.get(f"written-{row}")), default=0)


def _persons(me: CurrentUser, kept: Contact | None) -> dict[str, Line]:
    """Records of people that bear one of the names, to be chosen from; and the one that is linked."""
    if kept is None:
        return {}
    uris = [kept.person] if kept.person else []
    for form in kept.names:
        uris += _bearing(form.written, me)
    return dict(archive.lines_named(dict.fromkeys(uris), asking=me.institution))


def _bearing(name: str, me: CurrentUser) -> Iterable[str]:
    try:
        result = archive.found(
            name, reader=active_reader().tag, asking=me.institution, filters=Filters(kind=("person",))
        )
    except Refused:
        return ()
    return [hit.uri for hit in result.hits[:_MOST_OFFERED]]
