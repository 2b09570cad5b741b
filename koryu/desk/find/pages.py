"""Finding at the desk: public records, those for one's own institution, drafts and proposed texts one may see.

Who may read is asked of the archive and of consent, as everywhere; nothing here widens what they answer.
"""

from dataclasses import dataclass, replace
from typing import Final, Self
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from koryu.archive import queries as archive
from koryu.consent import queries as consent
from koryu.correspondence import queries as correspondence
from koryu.correspondence.queries import Contact
from koryu.desk.access import CurrentUser, staff
from koryu.desk.find.unfinished import Unfinished, drafted, institutions_in, names_of_line, proposed, titled
from koryu.desk.render import render_page
from koryu.institutions import rules as roles
from koryu.publishing.search_json import pages
from koryu.records.kinds import KINDS
from koryu.search.entries import Filters, SearchResult
from koryu.sheets import clean
from koryu.values.reason import Reason, Refused
from koryu.wording.languages import active_reader

_LONGEST: Final = 1000
_LONGEST_NUMBER: Final = 6
_MOST_CONTACTS: Final = 20


@dataclass(frozen=True, kw_only=True)
class DeskQuestion:
    """What is asked at the desk: `?q=…&kind=paper&page=2`; what is no kind or page counts as not given."""

    query: str = ""
    kind: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        kind, page = given.get("kind", ""), given.get("page", "")
        is_number = page.isascii() and page.isdigit() and len(page) <= _LONGEST_NUMBER
        return cls(
            query=clean.line(given.get("q", "")[:_LONGEST]),
            kind=kind if kind in KINDS else "",
            page=max(int(page), 1) if is_number else 1,
        )

    def to(self, **changed: str | int) -> str:
        """The address of the question asked otherwise."""
        asked = replace(self, **changed)  # type: ignore[arg-type]  # -- fields of this very class
        pairs = {"q": asked.query, "kind": asked.kind, "page": str(asked.page) if asked.page > 1 else ""}
        return "?" + urlencode({name: value for name, value in pairs.items() if value}, errors="replace")

    def at_page(self, number: int) -> str:
        """The address of another page of what is found."""
        return self.to(page=number)


@staff
@require_safe
def find(request: HttpRequest, me: CurrentUser, /) -> HttpResponse:
    """What is found, for whoever asks, among everything they may see."""
    asked = DeskQuestion.of(request.GET)
    result, note = _found(asked, me)
    unfinished = _unfinished(asked, me)
    counts = result.counts.get("kind", {})
    return render_page(
        request,
        me,
        "desk/find.html",
        naming={*(hit.uri for hit in (*result.hits, *result.near)), *(text.by for text in unfinished)},
        asked=asked,
        result=result,
        note=note or result.note,
        unfinished=unfinished,
        contacts=_contacts(asked, me),
        kinds=[(kind, counts[kind]) for kind in KINDS if counts.get(kind)],
        pages=pages(result),
    )


def _contacts(asked: DeskQuestion, me: CurrentUser) -> tuple[Contact, ...]:
    """On the first page, the contacts of our own that match; for those who keep them. No index knows them."""
    if not asked.query or asked.kind or asked.page > 1 or roles.may_keep_contacts(role=me.role):
        return ()
    return correspondence.contacts_found(me.institution, asked.query)[:_MOST_CONTACTS]


def _found(asked: DeskQuestion, me: CurrentUser) -> tuple[SearchResult, Reason | None]:
    if not asked.query:
        return SearchResult(query=""), None
    filters = Filters(kind=(asked.kind,) if asked.kind else ())
    try:
        reader = active_reader().tag
        result = archive.found(asked.query, reader=reader, asking=me.institution, filters=filters, page=asked.page)
    except Refused as busy:
        return SearchResult(query=asked.query), busy.reason
    return result, None


def _unfinished(asked: DeskQuestion, me: CurrentUser) -> tuple[Unfinished, ...]:
    """On the first page, what is drafted or proposed under such a title."""
    if not asked.query or asked.page > 1:
        return ()
    texts = (
        *drafted(consent.drafts_for(me.institution)),
        *proposed(consent.consultations(), institution=me.institution),
    )
    wanted = [text for text in texts if asked.kind in ("", text.kind)]
    lines = archive.lines_named(institutions_in((text.kind, text.content) for text in wanted), asking=me.institution)
    return titled(asked.query, wanted, called=lambda uri: names_of_line(lines.get(uri)))
