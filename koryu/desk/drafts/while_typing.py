"""What the script of a form asks while somebody types: records to choose from, and how a date is understood."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.desk.access import CurrentUser, staff
from koryu.desk.find.unfinished import institutions_in, is_called, names_of_line
from koryu.search.entries import Filters
from koryu.sheets.errors import wrong_in
from koryu.sheets.parse import is_date, understood
from koryu.values.edtf import Edtf
from koryu.values.reason import Refused
from koryu.values.text import Text
from koryu.wording.languages import active_reader
from koryu.wording.messages import date_in_words
from koryu.wording.titles import title_of

_MOST_OFFERED: Final = 8


@staff
@require_safe
def suggest(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """Records of some kinds whose names go on from what was typed, in any script."""
    typed, kinds = request.GET.get("q", ""), tuple(request.GET.get("kinds", "").split())
    try:
        uris_found = [
            suggestion.uri
            for suggestion in archive.suggested(typed, reader=active_reader().tag, asking=me.institution)
            if not kinds or suggestion.kind in kinds
        ]
    except Refused:
        uris_found = []
    own = own_drafts(me)
    uris = tuple(dict.fromkeys((*uris_found, *records_found(typed, kinds, own, me=me))))[:_MOST_OFFERED]
    titles = {**{uri: own[uri].title for uri in uris if uri in own}, **_titles(uris, me)}
    named = [(uri, titles[uri].shown(active_reader().tag)) for uri in uris if uri in titles]
    return JsonResponse(
        {"suggestions": [{"record": uri, "text": title.text, "lang": title.lang} for uri, title in named]}
    )


@staff
@require_safe
def echo(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """How a date that was typed is understood, or why it is not."""
    typed = request.GET.get("q", "").strip()
    value = understood(typed)
    if is_date(value):
        return JsonResponse({"date": value, "words": date_in_words(Edtf(value), active_reader().slug)})
    why = wrong_in("institution", {"kind": "institution", "founded": value}).get("founded", ()) if value else ()
    return JsonResponse({"wrong": " ".join(reason.in_words(translation.gettext) for reason in why)})


@dataclass(frozen=True)
class OwnDraft:
    """A record that is drafted here and stands nowhere yet: others that are drafted with it name it."""

    kind: str
    title: Text
    content: Mapping[str, Any] = field(default_factory=dict, compare=False)


def own_drafts(me: CurrentUser) -> dict[str, OwnDraft]:
    begun = ((unsent, title_of({"title": unsent.title})) for unsent in consent.begun_by(me.institution))
    return {unsent.record: OwnDraft(unsent.kind, title, unsent.content) for unsent, title in begun if title}


def _titles(uris: Iterable[str], me: CurrentUser) -> dict[str, Text]:
    return {uri: line.title for uri, line in archive.lines_named(uris, asking=me.institution).items()}


def _drafted(typed: str, kinds: tuple[str, ...], own: Mapping[str, OwnDraft], me: CurrentUser) -> Iterator[str]:
    offered = {uri: draft for uri, draft in own.items() if not kinds or draft.kind in kinds}
    institutions = institutions_in((draft.kind, draft.content) for draft in offered.values())
    lines = archive.lines_named(institutions, asking=me.institution) if institutions else {}
    for uri, draft in offered.items():
        begins = any(typed.casefold() in form.casefold() for form in draft.title.forms.values())
        if begins or is_called(typed, draft.title, draft.content, called=lambda at: names_of_line(lines.get(at))):
            yield uri


def records_found(
    typed: str, kinds: tuple[str, ...], own: Mapping[str, OwnDraft], *, me: CurrentUser
) -> tuple[str, ...]:
    """What is found for what was typed: our own drafts first, then what stands."""
    typed = typed.strip()
    if not typed:
        return ()
    try:
        result = archive.found(typed, reader=active_reader().tag, asking=me.institution, filters=Filters(kind=kinds))
    except Refused:
        return tuple(_drafted(typed, kinds, own, me))
    stands = (hit.uri for hit in result.hits or result.near)
    return tuple(dict.fromkeys((*_drafted(typed, kinds, own, me), *stands)))[:_MOST_OFFERED]
