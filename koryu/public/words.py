"""What the pages call the kinds in their order, the fields of a record, and the links that arrive at one."""

from collections.abc import Mapping
from typing import Final

from koryu.values.reason import N_

# The kinds as a reader meets them: what was agreed and done first, what it is described with last.
NAVIGATION: Final = ("programme", "exchange", "agreement", "outcome", "service", "institution", "theme", "work")

# The item types of CSL 1.0.2 as a reader knows them.
WORK_TYPES: Final[Mapping[str, str]] = {
    "article": N_("article"),
    "article-journal": N_("journal article"),
    "article-magazine": N_("magazine article"),
    "article-newspaper": N_("newspaper article"),
    "book": N_("book"),
    "chapter": N_("chapter of a book"),
    "paper-conference": N_("conference paper"),
    "report": N_("report"),
    "speech": N_("speech"),
    "webpage": N_("web page"),
    "document": N_("document"),
}

_INVOLVED: Final = N_("Participating institutions")

# The fields in which accounts may differ, which may be left open or inferred.
FIELDS: Final[Mapping[str, str]] = {
    "about": N_("What it is about"),
    "accessed": N_("Consulted"),
    "act": N_("How it was made"),
    "address": N_("Address on the web"),
    "amends_by": N_("What it changes"),
    "authors": N_("Authors"),
    "basis": N_("Rests on"),
    "broader": N_("Broader theme"),
    "cadence": N_("How often"),
    "concerns": N_("Institutions concerned"),
    "container": N_("Published in"),
    "continues": N_("Continues"),
    "copy_at": N_("Copy"),
    "date": N_("Date"),
    "dates": N_("Dates"),
    "doi": N_("DOI"),
    "done": N_("Exchanged or signed"),
    "duration": N_("Duration"),
    "ended": N_("Until"),
    "event": N_("State"),
    "evidence": N_("Evidence"),
    "extends": N_("Extends"),
    "fields": N_("Fields reported on"),
    "followed_by": N_("Followed by"),
    "follows_example": N_("Follows the example of"),
    "form": N_("Form"),
    "formerly": N_("Formerly"),
    "founded": N_("Founded"),
    "grew_out_of": N_("Grew out of"),
    "hosting_order": N_("Order of hosting"),
    "hosts": N_("Host"),
    "how_to_use": N_("How to use it"),
    "identifiers": N_("Identifiers"),
    "institutions": _INVOLVED,
    "introduced": N_("Introduced"),
    "invited_by": N_("Invited by"),
    "issn": N_("ISSN"),
    "issue": N_("Issue"),
    "issued": N_("Published on"),
    "kept_by": N_("Kept by"),
    "language": N_("Language"),
    "names": N_("Names"),
    "notes": N_("Notes"),
    "number_series": N_("Number series"),
    "page": N_("Pages"),
    "part_of": N_("Part of"),
    "places": N_("Places"),
    "planned_size": N_("Planned size"),
    "programme_year": N_("Programme year"),
    "programmes": N_("Held under"),
    "proposed": N_("Proposed"),
    "provides": N_("What it provides"),
    "providers": N_("Provided by"),
    "publisher": N_("Publisher"),
    "purpose": N_("Purpose"),
    "read": N_("How it was read"),
    "receivers": N_("Provided to"),
    "shared_concern": N_("Shared concern"),
    "since": N_("Since"),
    "stands_in_for": N_("In place of"),
    "stated_by": N_("Stated by"),
    "term": N_("Term"),
    "terms": N_("Terms"),
    "text_settled": N_("Text settled"),
    "texts_in": N_("Texts"),
    "themes": N_("Themes"),
    "title": N_("Title"),
    "title_given": N_("Title"),
    "took_form_in": N_("Took form in"),
    "type": N_("Kind"),
    "until": N_("Until"),
    "usual_shape": N_("Usual shape"),
    "volume": N_("Volume"),
}

_RESTING: Final = {
    "exchange": N_("Exchanges that cite it"),
    "programme": N_("Programmes that cite it"),
    "agreement": N_("Agreements that cite it"),
    "outcome": N_("Outcomes that cite it"),
    "service": N_("Services that cite it"),
    "institution": N_("Institutions whose record cites it"),
    "theme": N_("Themes whose record cites it"),
    "work": N_("Works whose record cites it"),
}
_EXCHANGES: Final = N_("Exchanges that name it")
_PROGRAMMES: Final = N_("Programmes that name it")
_SERVICES: Final = N_("Services that name it")
_KEPT: Final = {
    "theme": N_("Themes it keeps"),
    "work": N_("Works it has described"),
    "institution": N_("Institutions it has described"),
    "outcome": N_("Outcomes it has recorded"),
}

# What each link into a record says of it, in the order shown. Links that a page shows elsewhere are not here: what
# came of a record stands among its lines of descent.
LINKS: Final[Mapping[tuple[str, str], str]] = {
    ("programme", "institutions"): N_("Programmes it takes part in"),
    ("programme", "hosting_order"): N_("Programmes it takes part in"),
    ("programme", "basis"): N_("Programmes that rest on it"),
    ("programme", "continues"): N_("Continued by"),
    ("programme", "number_series"): N_("Programmes that number with it"),
    ("programme", "fields"): _PROGRAMMES,
    ("agreement", "institutions"): N_("Agreements it has made"),
    ("agreement", "done"): N_("Agreements it has made"),
    ("agreement", "extends"): N_("Extended by"),
    ("exchange", "programmes"): N_("Exchanges held under it"),
    ("exchange", "institutions"): N_("Exchanges it takes part in"),
    ("exchange", "hosts"): N_("Exchanges it takes part in"),
    ("exchange", "invited_by"): N_("Exchanges it takes part in"),
    ("exchange", "places"): N_("Exchanges held there"),
    ("exchange", "stands_in_for"): N_("What took its place"),
    ("exchange", "themes"): N_("Exchanges on this theme"),
    ("service", "providers"): N_("Services it provides"),
    ("service", "receivers"): N_("Services it receives"),
    ("service", "introduced"): _SERVICES,
    ("outcome", "concerns"): N_("Outcomes that concern it"),
    ("outcome", "stated_by"): N_("Outcomes it has stated"),
    ("outcome", "took_form_in"): N_("Outcomes that took form in it"),
    ("outcome", "follows_example"): N_("Outcomes that follow its example"),
    ("institution", "part_of"): N_("Institutions that belong to it"),
    ("institution", "formerly"): N_("Came after it"),
    ("institution", "followed_by"): N_("Came before it"),
    ("institution", "places"): N_("Institutions with a place there"),
    ("theme", "broader"): N_("Narrower themes"),
    ("work", "about"): N_("Works about it"),
    **{(kind, rel): says for kind, says in _RESTING.items() for rel in ("sources", "variants", "evidence")},
    ("programme", "shared_concern"): _RESTING["programme"],
    **{(kind, "kept_by"): says for kind, says in _KEPT.items()},
}
