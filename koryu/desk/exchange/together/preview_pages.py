"""What readers will see of an exchange once it is public, in one of their languages: the public page itself."""

from collections.abc import Iterable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.views.decorators.http import require_safe
from pydantic import ValidationError

from koryu.archive import queries as archive
from koryu.consent.actions.as_if import as_if_stood
from koryu.consent.queries import Drafted, ExchangeWork, in_order
from koryu.desk import clock
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.together.readership import becomes_public
from koryu.desk.exchange.together.send_items import to_be_sent
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.render import render_page
from koryu.records.document import Document
from koryu.records.kinds import current_document, document_of, schema_of, visibility_in
from koryu.values.reason import Refused
from koryu.wording.languages import LANGUAGES, active_reader
from koryu.wording.told_moments import told_in


@staff
@require_safe
def preview(request: HttpRequest, me: CurrentUser, /, slug: str, lang: str) -> HttpResponse:
    """The public page of the exchange as it will be in this language: nothing that is not public is in it."""
    if lang not in LANGUAGES:
        raise Http404
    work = exchange_for(me, slug)
    drafts = in_order(to_be_sent(work))
    public, unfinished = _public(work, drafts)
    if answer := _public_page(request, me, work, public, lang=lang, name=slug, unfinished=unfinished):
        return answer
    return render_page(
        request,
        me,
        "desk/exchange/preview.html",
        known=work.named,
        work=work,
        name=slug,
        title=title_for(work),
        lang=lang,
        unfinished=unfinished,
        readers_see=becomes_public(work, drafts),
        preview_in=_preview_in(),
    )


def _public_page(
    request: HttpRequest,
    me: CurrentUser,
    work: ExchangeWork,
    public: Mapping[str, Document],
    *,
    lang: str,
    name: str,
    unfinished: int,
) -> HttpResponse | None:
    """The very page that readers would be given, with a note above it; None where they would be given none."""
    said = {uri: document for uri, document in public.items() if not _stands_so(work, uri, document)}
    with as_if_stood(said, said_by=me.institution, at=clock.now()), told_in(""):
        line = archive.lines_named([work.uri], asking=archive.EVERYBODY).get(work.uri)
        if line is None:
            return None
        address = reverse("public:record", kwargs={"lang": lang, "kind": line.kind, "slug": line.slug})
        view = resolve(address)
        answer: HttpResponse = view.func(_as_asked_by_a_reader(request, address), **view.kwargs)
    note = render_to_string(
        "desk/exchange/preview_note.html",
        {
            "name": name,
            "reader": active_reader(),
            "lang": lang,
            "unfinished": unfinished,
            "preview_in": _preview_in(),
        },
    )
    # The first link of a page is the way past all that goes before its text.
    before, way, after = answer.content.decode().partition("</a>")
    return HttpResponse("".join((before, way, note, after)))


def _stands_so(work: ExchangeWork, uri: str, document: Document) -> bool:
    """Whether a document is what stands, for everybody already."""
    parts = [*([work.plan] if work.plan else []), *work.parts]
    lines = [part.line for part in parts if part.line.uri == uri and part.public]
    return bool(lines) and work.documents(lines).get(uri) == document


def _as_asked_by_a_reader(request: HttpRequest, address: str) -> HttpRequest:
    """A request for a public page: of nobody who is signed in."""
    asked = HttpRequest()
    asked.method, asked.path, asked.path_info = "GET", address, address
    asked.META = {
        name: request.META[name] for name in ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST") if name in request.META
    }
    return asked


def _preview_in() -> list[tuple[str, str]]:
    return [(slug, shown_name) for slug, (_tag, shown_name) in LANGUAGES.items()]


def _public(work: ExchangeWork, drafts: Iterable[Drafted]) -> tuple[dict[str, Document], int]:
    """The documents that will be public by URI: what stands, with our drafts in its place; and how many of these
    cannot be shown yet, as they are not finished."""
    parts = [*([work.plan] if work.plan else []), *work.parts]
    public = dict(work.documents(part.line for part in parts if part.public))
    proposed = work.open_plan
    if proposed and not proposed.declined and visibility_in(proposed.content or {}) == "public":
        public[work.uri] = current_document(proposed.content or {}, schema=schema_of("exchange"), kept=True)
    unfinished = 0
    for draft in drafts:
        if visibility_in(draft.content) != "public":
            continue
        try:
            public[draft.record] = document_of(draft.content)
        except (ValidationError, Refused):
            unfinished += 1
    return public, unfinished
