"""What readers will see of an exchange once it is public, in one of their languages: of our drafts and what stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from markupsafe import Markup
from pydantic import ValidationError

from koryu.archive import queries as archive
from koryu.archive.queries import Line
from koryu.consent.queries import Drafted, ExchangeWork, in_order
from koryu.desk.access import CurrentUser, staff
from koryu.desk.exchange.access import exchange_for
from koryu.desk.exchange.together.named_together import drafted_line
from koryu.desk.exchange.together.readership import becomes_public
from koryu.desk.exchange.together.send_items import to_be_sent
from koryu.desk.exchange.work_frame import title_for
from koryu.desk.render import render_page
from koryu.markup.desk_writer import page_in
from koryu.markup.named_lines import with_names
from koryu.markup.page_writer import PageWriter
from koryu.records.document import Document, visibility_in
from koryu.records.kinds import current_document, document_of, schema_of
from koryu.values.reason import Refused
from koryu.wording.languages import LANGUAGES, Reader

# What the page of an exchange shows, in the order in which it does.
_SHOWN: Final = ("exchange", "participation", "timetable", "paper", "report")


@dataclass(frozen=True, eq=False)
class _PreviewWriter(PageWriter):
    """As on the pages for readers; what is not public yet leads to its place on this one."""

    def page_of(self, line: Line) -> str:
        return super().page_of(line) if line.slug else f"#{line.kind}"


@staff
@require_safe
def preview(request: HttpRequest, me: CurrentUser, /, slug: str, lang: str) -> HttpResponse:
    """The exchange as it will read in this language: nothing that is not public is in it."""
    if lang not in LANGUAGES:
        raise Http404
    work = exchange_for(me, slug)
    drafts = in_order(to_be_sent(work))
    public, unfinished = _public(work, drafts)
    return render_page(
        request,
        me,
        "desk/exchange/preview.html",
        known=work.named,
        work=work,
        name=slug,
        title=title_for(work),
        lang=lang,
        page=_page(public, lang) if public else None,
        unfinished=unfinished,
        readers_see=becomes_public(work, drafts),
        preview_in=[(slug, shown_name) for slug, (_tag, shown_name) in LANGUAGES.items()],
    )


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


def _page(public: Mapping[str, Document], lang: str) -> Markup:
    """The texts as a reader of this language will see them."""
    reader = Reader(lang)
    drafted = {uri: drafted_line(uri, document) for uri, document in public.items()}
    named = {link.target for document in public.values() for link in document.links()}
    # What readers may not read is named by nothing.
    known = archive.lines_named(named, asking=archive.EVERYBODY, besides=drafted)
    lines = with_names({**known, **drafted}, tag=reader.tag, asking=archive.EVERYBODY)
    writer = _PreviewWriter(reader.slug, lines)
    listed = [
        (kind, [(drafted[uri], document) for uri, document in public.items() if document.kind == kind])
        for kind in _SHOWN
    ]
    return page_in(
        reader.slug,
        "desk/exchange/preview_page.html",
        **writer.template_functions(),
        reader=reader,
        lines=lines,
        listed=[(kind, texts) for kind, texts in listed if texts],
    )
